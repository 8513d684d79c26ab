"""Sentences: where each sentence of one paragraph begins and ends.

A mark (`.` `!` `؟` …) is judged by what stands before and after it; a quotation or bracket is kept whole unless it is
itself the sentence. Two dots are a pause, never an end. `؛` and `:` never end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_src.text.fold import fold
from site_src.text.full_stops import Mark, abbreviations, ends_with_quotation, is_end
from site_src.text.patterns import late
from site_src.text.quotations import pairs
from site_src.text.words import word_memo

_CONTROLS = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_MARKS = r"(?P<mark>[.!?؟…۔][.!?؟…۔]*(?:[ \u00a0][.!?؟…]+)*)"
"""A pattern that begins with one character of a class is sought several times as fast as one that begins with a run."""
_STOP = late(_MARKS)
_STOP_OR_ITEM = late(
    rf"{_MARKS}|(?P<item>\n\s*(?=\n|[•▪●◦*–—-]\s|[\d٠-٩]{{1,2}}(?:[.)-]|\s[-–])\s)|(?<=[.؛!؟])\s+(?=[•▪●◦]\s))"
)
_MAY_BEGIN_ITEM = "\n•▪●◦"
"""Without one of these there is no item; a pattern that seeks marks alone is several times as fast."""
_NO_FULL_STOPS = f"!?؟…۔{_MAY_BEGIN_ITEM}"
"""What may end a sentence besides a full stop."""
_CLOSERS = late(rf"[{_CONTROLS}’'»”“\")\]]*")
_SPACED_CLOSER = late(r"\s+(?=[»”\")\]])")
_NEXT = late(rf"([\s{_CONTROLS}]*)([«“„”\"(\[]*)([^\W_]*[%٪]?)")
_FULL_STOP_FOLLOWS = late(r"\s*(?:\.(?!\.)|[!?؟]|$)")
_OPENERS = '«“„”"([{—–-:،'
_CLOSING = frozenset('»”“")]')
_WORD = late(r"[^\W_]")


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of one paragraph, white space trimmed; together they hold every other character."""
    return sentences_between(text, pairs(text))


def sentences_between(text: str, quotations: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """`split` for a text whose matching quotation marks and brackets (`quotations.pairs`) are known."""
    spans: list[tuple[int, int]] = []
    start, plain = 0, None if quotations else _plain_ends(text)
    for end in _ends(text, quotations) if plain is None else plain:
        if _WORD.search(text, start, end):
            spans.append(_trimmed(text, start, end))
            start = end
    if rest := text[start:].strip():
        if spans and not _WORD.search(rest):
            spans[-1] = (spans[-1][0], len(text.rstrip()))
        else:
            spans.append(_trimmed(text, start, len(text)))
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _plain_ends(text: str) -> list[int] | None:
    """Where sentences end, the last one left out, as in most paragraphs: with full stops alone that plainly do so.

    None where more is to be judged. A mark is sought many times as fast as a pattern.
    """
    if any(map(text.__contains__, _NO_FULL_STOPS)):
        return None
    ends = []
    stop, last = text.find("."), len(text.rstrip()) - 1
    while 0 <= stop < last:
        if not _plainly_ends(text, stop):
            return None
        ends.append(stop + 1)
        stop = text.find(".", stop + 1)
    return ends


def _ends(text: str, matched: tuple[tuple[int, int], ...]) -> Iterator[int]:
    """Where sentences end, in order; the last one's end is left out."""
    closing = {closed: opened for opened, closed in matched}
    held = iter(_held(text, matched))
    nothing = (len(text), len(text))
    opened, closed = next(held, nothing)
    start, last = 0, len(text.rstrip())
    marks = _STOP_OR_ITEM if any(map(text.__contains__, _MAY_BEGIN_ITEM)) else _STOP
    for found in marks.finditer(text):
        if found.end() == last and found["mark"]:
            return
        plain = found[0] == "." and _plainly_ends(text, found.start())
        if plain or not found["mark"]:
            end = found.end() if plain else found.start()
        else:
            end = _past_closers(text, found.end(), closing)
        while closed < end:
            opened, closed = next(held, nothing)
        if opened < found.start():
            continue
        if plain or not found["mark"] or is_end(_mark(text, start, found, end, closing)):
            yield end
            start = end


def _plainly_ends(text: str, stop: int) -> bool:
    """Whether a full stop stands, as most do, between an everyday word and a space before letters not Latin."""
    following = text[stop + 1 : stop + 3]
    if following[:1] != " " or not following[1:].isalpha() or following.isascii():
        return False
    return _EVERYDAY[text[text.rfind(" ", 0, stop) + 1 : stop]]


def _everyday(word: str) -> bool:
    """Whether a word is made of three letters or more, and no abbreviation."""
    return len(word) > 2 and word.isalpha() and abbreviations().isdisjoint((fold(word), fold(word[1:])))


_EVERYDAY = word_memo(_everyday)


def _held(text: str, matched: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Quotations and brackets inside which no sentence ends, outermost ones only."""
    held: list[tuple[int, int]] = []
    for opened, closed in matched:
        if held and opened < held[-1][1]:
            held[-1] = (held[-1][0], max(held[-1][1], closed))
        elif not _is_whole(text, opened, closed):
            held.append((opened, closed))
    return held


def _is_whole(text: str, opened: int, closed: int) -> bool:
    """Whether a quotation begins where a sentence begins and ends where one ends: then it is the sentences."""
    before = text[max(0, opened - 8) : opened].rstrip().rstrip('»”")]')
    if before and before[-1] not in ".!?؟…":
        return False
    if _FULL_STOP_FOLLOWS.match(text, closed + 1):
        return True
    word = fold(_next(text, closed + 1)[3])
    return text[closed - 1] in ".!?؟" and ends_with_quotation(text[closed - 1], word, introduced=True)


def _past_closers(text: str, end: int, closing: Mapping[int, int]) -> int:
    """The end of a sentence with the closing marks that follow its full stop, also across white space."""
    limit = _CLOSERS.match(text, end)
    while limit and end < limit.end() and (text[end] in "’'" or not text[end].isprintable() or end in closing):
        end += 1
    spaced = _SPACED_CLOSER.match(text, end)
    return spaced.end() + 1 if spaced and spaced.end() in closing else end


def _next(text: str, end: int) -> re.Match[str]:
    """Gap, opening marks and word that follow; the pattern matches anything."""
    following = _NEXT.match(text, end)
    assert following is not None
    return following


def _mark(text: str, start: int, found: re.Match[str], end: int, closing: Mapping[int, int]) -> Mark:
    """The mark `found` in the sentence that began at `start`; `end` is past its closing marks."""
    after = _next(text, end)
    window = text[max(start, found.start() - 48) : found.start()]
    words = window.split()
    last = words.pop() if words and not window[-1].isspace() else ""
    shown = last.lstrip(_OPENERS)
    opened = closing.get(end - 1, 0)
    introduction = text[max(start, opened - 3) : opened].rstrip()
    return Mark(
        marks=found[0],
        before_last=words[-1] if words else "",
        lead=window[: len(window) - len(shown)].rstrip(),
        before=shown,
        closed=not _CLOSING.isdisjoint(text[found.end() : end]),
        introduced=not introduction or introduction.endswith(":"),
        gap=bool(after[1]),
        following=text[after.end(1) : after.end(1) + 1],
        opener=bool(after[2]),
        after=after[3],
    )
