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
"""The article, and "in order to" before a verbal noun: no foreign name has them, nor the mark of an adverb."""
_ENDINGS = ("ه", "ات", "ين", "ون")
"""Folded endings of ordinary Arabic nouns that a foreign name hardly has."""


class Suggestion(Struct, frozen=True):
    """A likely name: its form as first written, how often, and why."""

    form: str
    kind: str
    count: int
    reason: str


class _Cue(Struct, frozen=True):
    kind: str
    words: int
    reason: str


def suggest(texts: Iterable[str], book: NameBook) -> tuple[Suggestion, ...]:
    """Likely names in Arabic texts that `book` does not know, the most frequent first."""
    counts: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], Suggestion] = {}
    for text in texts:
        for start, end, cue in _unknown(text, book):
            form = text[start:end]
            key = form_words(form)
            counts[key] += 1
            first.setdefault(key, Suggestion(form, cue.kind, 0, cue.reason))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(replace(first[key], count=count) for key, count in ranked)


def _unknown(text: str, book: NameBook) -> Iterator[tuple[int, int, _Cue]]:
    """Spans after a cue that hold no known name."""
    words = cut_words(text)
    taken = [(span.start, span.end) for span in book.find(text) if span.direct]
    for place in range(len(words)):
        if found := _cue_at(words, place):
            cue, after = found
            name = _name_after(words, after, text, person=cue.kind == "person")
            if cue.kind != "person" and name and name[0][0].endswith("ي"):
                continue
            if len(name) >= cue.words and not overlaps((name[0][1], name[-1][2]), taken):
                yield name[0][1], name[-1][2], cue


def _cue_at(words: list[Word], place: int) -> tuple[_Cue, int] | None:
    """The longest cue that begins at `place` (particles read off), and the place after it."""
    for core in (words[place][0], *(core for _, core in arabic_strip(words[place][0]))):
        for rest, cue in _cues().get(core, ()):
            after = place + 1 + len(rest)
            if tuple(word for word, _, _ in words[place + 1 : after]) == rest:
                return cue, after
    return None


def _name_after(words: list[Word], place: int, text: str, *, person: bool) -> list[Word]:
    """The words of a likely name from `place` on; a person's may follow adjectives with the article."""
    skipped = 0
    while person and place < len(words) and skipped < _ADJECTIVES and words[place][0].startswith("ال"):
        if not _touch(words, place, text):
            return []
        place, skipped = place + 1, skipped + 1
    name: list[Word] = []
    while (
        place < len(words) and len(name) < _LONGEST and _touch(words, place, text) and _may_be_name(words[place], text)
    ):
        name.append(words[place])
        place += 1
    return name


def _touch(words: list[Word], place: int, text: str) -> bool:
    """Whether a mere space, or an opening quotation mark after one, parts a word from the one before."""
    return text[words[place - 1][2] : words[place][1]].strip(' "«“') == ""


def _may_be_name(found: Word, text: str) -> bool:
    word, start, end = found
    return (
        len(word) > 1
        and word.isalpha()
        and not word.startswith(_NO_STARTS)
        and FATHATAN not in text[start:end]
        and not word.endswith(_ENDINGS)
        and word not in _stops()
        and not any(core.startswith("ال") or core in _stops() for _, core in arabic_strip(word))
    )


@cache
def _stops() -> frozenset[str]:
    return common_words("ar") | folded_list("name_cues", "stop", "words")


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], _Cue], ...]]:
    """First word of a cue to (its further words, the cue), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], _Cue]]] = {}
    for kind in ("person", "organisation", "place"):
        rule = table("name_cues")[kind]
        for cue in rule["cues"]:
            head, *rest = form_words(cue)
            found.setdefault(head, []).append((tuple(rest), _Cue(kind, rule["words"], rule["reason"])))
    return {head: tuple(sorted(cues, key=lambda pair: -len(pair[0]))) for head, cues in found.items()}
