"""The book of names: where known names stand in a text, in Arabic or in English.

A span is the name with its article, without the particles written onto it: in "وللمجر" it begins at the second lam,
which is what remains of the article there. An adjective ("المجري") is a mention that is not direct.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.names import Name, NameKind
from site_src.text.cut import CutText
from site_src.text.fold import fold, unmarked
from site_src.text.memo import Once
from site_src.text.names.forms import ARABIC, ENGLISH, common_words, is_given_name, juniors
from site_src.text.names.trie import Claim, Form, Match, Trie
from site_src.text.patterns import late

_DOTLESS = late(r"\b(?:فى|التى|الذى)\b")
"""Words of a page that writes ى for every final ي; elsewhere "مجرى" means a course, not "Hungarian"."""
_PLUS = "+"
_FULL, _SHORT, _ADJECTIVE = Claim
_SHORT_ACRONYM = 3
"""Letters of an acronym that is always written in capitals; longer ones are also written "Nato"."""


class NameSpan(Struct, frozen=True, gc=False):
    """A known name in a text: `text[start:end]`, end exclusive."""

    name_id: str
    start: int
    end: int
    direct: bool
    """False for an adjective that points to the name."""
    kind: NameKind
    """What bears the name."""


class NameBook:
    """Known names by id, ready to be found. It is never changed."""

    def __init__(self, names: dict[str, Name], forms: tuple[Form, ...] | None = None):
        """`names` by their ids; `forms` are their Arabic forms where these are worked out already."""
        self.names = names
        self._forms = forms

    @classmethod
    def build(cls, names: Iterable[Name], forms: tuple[Form, ...] | None = None) -> NameBook:
        """The book of `names`; of several with one id the first stays. `forms` are those of an equal book."""
        by_id: dict[str, Name] = {}
        for name in names:
            by_id.setdefault(name.id, name)
        return cls(by_id, forms)

    @property
    def forms(self) -> tuple[Form, ...]:
        """The Arabic forms of all names; worth remembering, for they take as long to work out as several articles."""
        if self._forms is None:
            self._forms = ARABIC.forms_of(self.names.values())
        return self._forms

    @Once
    def _arabic(self) -> Trie:
        """The trie of the Arabic forms."""
        return Trie(self.forms, ARABIC.strip, ARABIC.stems)

    @Once
    def _english(self) -> Trie:
        """The trie of the English forms; a build that checks no translation never makes it."""
        names = [name for name in self.names.values() if name.id not in self._larger.values()]
        return Trie(ENGLISH.forms_of(names), ENGLISH.strip, ENGLISH.stems)

    @Once
    def unmarked(self) -> NameBook:
        """The same names in English letters without accents; its `find_english` serves texts that have none."""
        return NameBook({name.id: _unmarked(name) for name in self.names.values()}, ())

    @Once
    def _larger(self) -> dict[str, str]:
        """Id of a name to that of the name with a plus behind it: OPEC to OPEC+."""
        pluses = {name.en[:-1]: name.id for name in self.names.values() if name.en.endswith(_PLUS)}
        return {name.id: pluses[name.en] for name in self.names.values() if name.en in pluses} if pluses else {}

    def _with_plus(self, text: str, spans: tuple[NameSpan, ...]) -> tuple[NameSpan, ...]:
        """The spans; one that a plus follows becomes that of the name with a plus, if there is such a name."""
        return tuple(
            replace(span, name_id=self._larger[span.name_id], end=span.end + 1)
            if text.startswith(_PLUS, span.end) and span.name_id in self._larger
            else span
            for span in spans
        )

    def find(self, text: str, *, lone: bool = False) -> tuple[NameSpan, ...]:
        """The names in one Arabic text; see `find_all`, which knows more of a text when it has the whole article."""
        return self.find_all([text], lone=lone)[0]

    def find_all(self, texts: Sequence[str | CutText], *, lone: bool = False) -> tuple[tuple[NameSpan, ...], ...]:
        """The names in each text of one article, in order.

        A family name or another short form counts where a full form of the same name, and of no rival, stands in
        any of the texts; a form that two names share likewise. `lone` lets a short form stand by itself, for a
        sentence whose article is not at hand.
        """
        cut_texts = [CutText.of(text) for text in texts]
        spans_of = self._spans_of(self._arabic, cut_texts, lone=lone)
        if any(_PLUS in cut.text for cut in cut_texts):
            spans_of = tuple([self._with_plus(cut.text, spans) for cut, spans in zip(cut_texts, spans_of, strict=True)])
        pairs = list(zip([cut.text for cut in cut_texts], spans_of, strict=True))
        if not any(_is_dotless(span, text) for text, spans in pairs for span in spans if not span.direct):
            return spans_of
        if any(_DOTLESS.search(text) for text, _ in pairs):
            return spans_of
        return tuple(tuple(span for span in spans if not _is_dotless(span, text)) for text, spans in pairs)

    def find_english(self, text: str) -> tuple[NameSpan, ...]:
        """The names in an English text: any case, but capitals for acronyms and for names that are common words."""
        (spans,) = self._spans_of(self._english, [CutText.of(text)], lone=True)
        spans = self._with_plus(text, spans)
        return tuple(span for span in spans if self._has_right_case(text[span.start : span.end], span))

    def english_forms(self, name_id: str) -> tuple[str, ...]:
        """All forms by which English may call it: English, short form, variants, adjectives."""
        name = self.names[name_id]
        forms = (name.en, name.en_short, *name.en_variants, *name.en_adjectives)
        return tuple(dict.fromkeys(form for form in forms if form))

    def _has_right_case(self, words: str, span: NameSpan) -> bool:
        """Whether the words are written as the name is: no common word, and an acronym in capitals."""
        if words in common_words("en"):
            return False
        forms = self.english_forms(span.name_id)
        is_acronym = any(form.isupper() and form.lower() == words.lower() for form in forms)
        if not is_acronym or words.isupper():
            return True
        return len(words) > _SHORT_ACRONYM and not words.islower()

    def _spans_of(self, trie: Trie, texts: Sequence[CutText], *, lone: bool) -> tuple[tuple[NameSpan, ...], ...]:
        """The spans of the names in each text; ambiguous and short forms as `find_all` says."""
        matches_of = [
            [match for match in trie.matches(cut) if not self._is_another_persons(match, cut.text)] for cut in texts
        ]
        full_names = {
            match.name_ids[0]
            for matches in matches_of
            for match in matches
            if match.claim is _FULL and len(match.name_ids) == 1
        }
        return tuple([tuple(self._spans(matches, full_names, lone=lone)) for matches in matches_of])

    def _spans(self, matches: list[Match], full_names: set[str], *, lone: bool) -> Iterator[NameSpan]:
        """The spans of the matches that stand for one name; `full_names` are the ids of the article's full names."""
        for match in matches:
            name_ids = match.name_ids
            if len(name_ids) > 1 or (match.claim is _SHORT and not lone):
                name_ids = tuple(name_id for name_id in name_ids if name_id in full_names)
            if len(name_ids) == 1:
                kind = self.names[name_ids[0]].kind
                yield NameSpan(name_ids[0], match.start, match.end, match.claim is not _ADJECTIVE, kind)

    def _is_another_persons(self, match: Match, text: str) -> bool:
        """Whether a name is part of another person's: "Eduardo X" is not the X of the book, nor is "Donald X Jr."."""
        if match.claim is _ADJECTIVE or self.names[match.name_ids[0]].kind != "person":
            return False
        if text.startswith(juniors(), match.end):
            return True
        if not match.is_bare_word:
            return False
        gap = match.start - 1
        previous_word = text[text.rfind(" ", 0, gap) + 1 : max(gap, 0)]
        return is_given_name(previous_word) and not self._has_first_name(match.name_ids[0], fold(previous_word))

    def _has_first_name(self, name_id: str, first_name: str) -> bool:
        """Whether a person has this folded first name, in any spelling of the full name."""
        name = self.names[name_id]
        return any(fold(form).startswith(f"{first_name} ") for form in (name.ar, *name.ar_variants))


def _is_dotless(span: NameSpan, text: str) -> bool:
    """Whether an adjective ends in ى in place of ي."""
    return not span.direct and text[span.end - 1] == "ى"


def _unmarked(name: Name) -> Name:
    """The name with its English forms without accents."""
    if all(map(str.isascii, (name.en, name.en_short, *name.en_variants, *name.en_adjectives))):
        return name
    return replace(
        name,
        en=unmarked(name.en),
        en_short=unmarked(name.en_short),
        en_variants=tuple(map(unmarked, name.en_variants)),
        en_adjectives=tuple(map(unmarked, name.en_adjectives)),
    )
