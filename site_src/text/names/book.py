"""The book of names: where known names stand in a text, in Arabic or in English.

A span is the name with its article, without the particles written onto it: in "وللمجر" it begins at the second lam,
which is what is left of the article there. An adjective ("المجري") is a mention that is not direct.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from site_src.model.names import Name
from site_src.text.cut import CutText
from site_src.text.fold import fold, unmarked
from site_src.text.memo import Once
from site_src.text.names.forms import ARABIC, ENGLISH, common_words, is_given_name
from site_src.text.names.trie import Claim, Form, Match, Trie
from site_src.text.patterns import late

_DOTLESS = late(r"\b(?:فى|التى|الذى)\b")
"""Words of a page that writes ى for a final ي; elsewhere "مجرى" is a course and no Hungarian."""
_PLUS = "+"
_FULL, _SHORT, _ADJECTIVE = Claim
_SHORT_ACRONYM = 3
"""Letters of an acronym that is nothing but capitals; longer ones are also written "Nato"."""


class NameSpan(Struct, frozen=True, gc=False):
    """A known name in a text: `text[start:end]`, end exclusive."""

    name_id: str
    start: int
    end: int
    direct: bool = True
    """False for an adjective that points to the name."""
    person: bool = False
    """Whether it is a person's name."""


class NameBook:
    """Known names by id, ready to be found. It is never changed."""

    def __init__(self, names: dict[str, Name], forms: tuple[Form, ...] | None = None):
        """The book of names by their ids, and their Arabic forms where they are known."""
        self.names = names
        self._forms = forms

    @classmethod
    def build(cls, names: Iterable[Name], forms: tuple[Form, ...] | None = None) -> NameBook:
        """The book of `names`; the first entry of an id stays. `forms` are those of an equal book."""
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
        """The Arabic forms, as they are sought."""
        return Trie(self.forms, ARABIC.strip, ARABIC.stems)

    @Once
    def _english(self) -> Trie:
        """The English ones, which a build that checks no translation does without."""
        names = [name for name in self.names.values() if name.id not in self._larger.values()]
        return Trie(ENGLISH.forms_of(names), ENGLISH.strip, ENGLISH.stems)

    @Once
    def unmarked(self) -> NameBook:
        """The same names in English letters without marks, which `find_english` finds where a text has none."""
        return NameBook({name.id: _unmarked(name) for name in self.names.values()}, ())

    @Once
    def _larger(self) -> dict[str, str]:
        """Ids of names that another name has with a plus behind it: OPEC to that of OPEC+."""
        pluses = {name.en[:-1]: name.id for name in self.names.values() if name.en.endswith(_PLUS)}
        return {name.id: pluses[name.en] for name in self.names.values() if name.en in pluses} if pluses else {}

    def _with_plus(self, text: str, spans: tuple[NameSpan, ...]) -> tuple[NameSpan, ...]:
        """The same spans, those before a plus being of the name that has it."""
        return tuple(
            replace(span, name_id=self._larger[span.name_id], end=span.end + 1)
            if text.startswith(_PLUS, span.end) and span.name_id in self._larger
            else span
            for span in spans
        )

    def find(self, text: str, *, lone: bool = False) -> tuple[NameSpan, ...]:
        """The names in one Arabic text; see `find_all` for what an article adds."""
        return self.find_all([text], lone=lone)[0]

    def find_all(self, texts: Sequence[str | CutText], *, lone: bool = False) -> tuple[tuple[NameSpan, ...], ...]:
        """The names in each text of one article, in order.

        A family name or another short form counts where a full form of the same name, and of no rival, stands in
        any of the texts; a form that two names share likewise. `lone` lets a short form stand by itself, for a
        sentence whose article is not at hand.
        """
        cuts = [CutText.of(text) for text in texts]
        found = self._resolved(self._arabic, cuts, lone=lone)
        pairs = list(zip([cut.text for cut in cuts], found, strict=True))
        if any(_PLUS in text for text, _ in pairs):
            found = tuple([self._with_plus(text, spans) for text, spans in pairs])
            pairs = list(zip([cut.text for cut in cuts], found, strict=True))
        if not any(_is_dotless(span, text) for text, spans in pairs for span in spans if not span.direct):
            return found
        if any(_DOTLESS.search(text) for text, _ in pairs):
            return found
        return tuple(tuple(span for span in spans if not _is_dotless(span, text)) for text, spans in pairs)

    def find_english(self, text: str) -> tuple[NameSpan, ...]:
        """The names in an English text: any case, but capitals for acronyms and for names that are common words."""
        found = self._with_plus(text, self._resolved(self._english, [CutText.of(text)], lone=True)[0])
        return tuple(span for span in found if self._well_written(text[span.start : span.end], span))

    def english_forms(self, name_id: str) -> tuple[str, ...]:
        """All that English may call it: English, short form, variants, adjectives."""
        name = self.names[name_id]
        forms = (name.en, name.en_short, *name.en_variants, *name.en_adjectives)
        return tuple(dict.fromkeys(form for form in forms if form))

    def _well_written(self, words: str, span: NameSpan) -> bool:
        if words in common_words("en"):
            return False
        acronyms = [
            form for form in self.english_forms(span.name_id) if form.isupper() and form.lower() == words.lower()
        ]
        return not acronyms or words.isupper() or (len(words) > _SHORT_ACRONYM and not words.islower())

    def _resolved(self, trie: Trie, texts: Sequence[CutText], *, lone: bool) -> tuple[tuple[NameSpan, ...], ...]:
        found = [[match for match in trie.matches(cut) if self._is_own(match, cut.text)] for cut in texts]
        anchored = {
            match.owners[0] for text in found for match in text if match.claim is _FULL and len(match.owners) == 1
        }
        return tuple([tuple(self._spans(text, anchored, lone=lone)) for text in found])

    def _spans(self, found: list[Match], anchored: set[str], *, lone: bool) -> Iterator[NameSpan]:
        for match in found:
            owners = match.owners
            if len(owners) > 1 or (match.claim is _SHORT and not lone):
                owners = tuple(name_id for name_id in owners if name_id in anchored)
            if len(owners) == 1:
                person = self.names[owners[0]].kind == "person"
                yield NameSpan(owners[0], match.start, match.end, match.claim is not _ADJECTIVE, person)

    def _is_own(self, match: Match, text: str) -> bool:
        """Whether a single name is not somebody else's family name: "Eduardo X" is not the X of the book."""
        if not match.bare or match.claim is _ADJECTIVE or self.names[match.owners[0]].kind != "person":
            return True
        before = match.start - 1
        given = text[text.rfind(" ", 0, before) + 1 : max(before, 0)]
        return not is_given_name(given) or self._is_given_to(fold(given), match.owners[0])

    def _is_given_to(self, given: str, name_id: str) -> bool:
        """Whether a folded first name is the person's own, in whichever spelling: then so is the family name."""
        name = self.names[name_id]
        return any(fold(form).startswith(f"{given} ") for form in (name.ar, *name.ar_variants))


def _is_dotless(span: NameSpan, text: str) -> bool:
    return not span.direct and text[span.end - 1] == "ى"


def _unmarked(name: Name) -> Name:
    """A name, its English without the marks on its letters."""
    if all(map(str.isascii, (name.en, name.en_short, *name.en_variants, *name.en_adjectives))):
        return name
    return replace(
        name,
        en=unmarked(name.en),
        en_short=unmarked(name.en_short),
        en_variants=tuple(map(unmarked, name.en_variants)),
        en_adjectives=tuple(map(unmarked, name.en_adjectives)),
    )
