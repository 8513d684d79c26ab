"""Likely names that the names file does not have: suggestions for an editor, never shown to a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from site_src.tables import table
from site_src.text.cut import overlaps
from site_src.text.fold import FATHATAN
from site_src.text.names.book import NameBook
from site_src.text.names.forms import arabic_strip, common_words
from site_src.text.words import Word, cut_words, folded_list, form_words

_LONGEST = 3
"""Words of the longest name suggested; Arabic gives no sign where a name ends."""
_ADJECTIVES = 3
"""Adjectives that may stand between a title and its name."""
_NO_STARTS = ("ال", "لت")
"""The article, and "in order to" before a verbal noun: no foreign name begins with them."""
_ENDINGS = ("ه", "ات", "ين", "ون")
"""Folded endings of ordinary Arabic nouns; a foreign name hardly ever has them."""


class Suggestion(Struct, frozen=True):
    """A likely name: its form as first written, how often it stands in the texts, and why it is likely."""

    form: str
    kind: str
    count: int
    reason: str


class _Cue(Struct, frozen=True):
    """A word or phrase that a name follows."""

    kind: str
    words: int
    """Words that the name has at least."""
    reason: str


def suggest(texts: Iterable[str], book: NameBook) -> tuple[Suggestion, ...]:
    """Likely names in Arabic texts that `book` does not know, the most frequent first."""
    counts: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], Suggestion] = {}
    for text in texts:
        for start, end, cue in _likely_names(text, book):
            form = text[start:end]
            key = form_words(form)
            counts[key] += 1
            first.setdefault(key, Suggestion(form, cue.kind, 0, cue.reason))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(replace(first[key], count=count) for key, count in ranked)


def _likely_names(text: str, book: NameBook) -> Iterator[tuple[int, int, _Cue]]:
    """(start, end, cue) of each likely name behind a cue that overlaps no known name."""
    words = cut_words(text)
    known = [(span.start, span.end) for span in book.find(text) if span.direct]
    for place in range(len(words)):
        if match := _match_cue(words, place):
            cue, following = match
            name = _name_from(words, following, text, person=cue.kind == "person")
            if len(name) < cue.words:
                continue
            (first_word, start, _), (_, _, end) = name[0], name[-1]
            if cue.kind != "person" and first_word.endswith("ي"):
                continue
            if not overlaps((start, end), known):
                yield start, end, cue


def _match_cue(words: list[Word], place: int) -> tuple[_Cue, int] | None:
    """The longest cue that begins at `place`, without its particles, and the place after it; None without any."""
    for core in (words[place][0], *(core for _, core in arabic_strip(words[place][0]))):
        for rest, cue in _cues().get(core, ()):
            after = place + 1 + len(rest)
            if tuple(word for word, _, _ in words[place + 1 : after]) == rest:
                return cue, after
    return None


def _name_from(words: list[Word], place: int, text: str, *, person: bool) -> list[Word]:
    """The words of a likely name from `place` on; before a person's name adjectives with the article are skipped."""
    skipped = 0
    while person and place < len(words) and skipped < _ADJECTIVES and words[place][0].startswith("ال"):
        if not _follows_directly(words, place, text):
            return []
        place, skipped = place + 1, skipped + 1
    name: list[Word] = []
    while place < len(words) and len(name) < _LONGEST and _continues_name(words, place, text):
        name.append(words[place])
        place += 1
    return name


def _continues_name(words: list[Word], place: int, text: str) -> bool:
    """Whether the word at `place` may be the next of a likely name."""
    return _follows_directly(words, place, text) and _may_be_name(words[place], text)


def _follows_directly(words: list[Word], place: int, text: str) -> bool:
    """Whether only a space, or a space and an opening quotation mark, parts a word from the one before."""
    return text[words[place - 1][2] : words[place][1]].strip(' "«“') == ""


def _may_be_name(word: Word, text: str) -> bool:
    """Whether a word may be part of a foreign name: no everyday word or ending, and no adverb's mark."""
    form, start, end = word
    if len(form) < 2 or not form.isalpha() or FATHATAN in text[start:end]:
        return False
    if form.startswith(_NO_STARTS) or form.endswith(_ENDINGS) or form in _stops():
        return False
    return not any(core.startswith("ال") or core in _stops() for _, core in arabic_strip(form))


@cache
def _stops() -> frozenset[str]:
    """Folded words that are no part of a name."""
    return common_words("ar") | folded_list("name_cues", "stop", "words")


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], _Cue], ...]]:
    """First word of a cue to (its further words, the cue), the longest cue first."""
    cues: dict[str, list[tuple[tuple[str, ...], _Cue]]] = {}
    for kind in ("person", "organisation", "place"):
        rule = table("name_cues")[kind]
        for cue in rule["cues"]:
            head, *rest = form_words(cue)
            cues.setdefault(head, []).append((tuple(rest), _Cue(kind, rule["words"], rule["reason"])))
    return {head: tuple(sorted(same_head, key=lambda pair: -len(pair[0]))) for head, same_head in cues.items()}
