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
"""One mark and then more of them: a pattern that begins with a run of a class is searched for several times slower."""
_STOP = late(_MARKS)
_STOP_OR_ITEM = late(
    rf"{_MARKS}|(?P<item>\n\s*(?=\n|[•▪●◦*–—-]\s|[\d٠-٩]{{1,2}}(?:[.)-]|\s[-–])\s)|(?<=[.؛!؟])\s+(?=[•▪●◦]\s))"
)
_MAY_BEGIN_ITEM = "\n•▪●◦"
"""Without one of these there is no item, and the pattern for marks alone serves, which is several times as fast."""
_OTHER_ENDS = f"!?؟…۔{_MAY_BEGIN_ITEM}"
"""What may end a sentence besides a full stop."""
_CLOSERS = late(rf"[{_CONTROLS}’'»”“\")\]]*")
_SPACED_CLOSER = late(r"\s+(?=[»”\")\]])")
_FOLLOWING = late(rf"([\s{_CONTROLS}]*)([«“„”\"(\[]*)([^\W_]*[%٪]?)")
_FULL_STOP_FOLLOWS = late(r"\s*(?:\.(?!\.)|[!?؟]|$)")
_OPENERS = '«“„”"([{—–-:،'
_CLOSING = frozenset('»”“")]')
_WORD = late(r"[^\W_]")


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of one paragraph, without the white space around them; they hold every other character."""
    return sentences_between(text, pairs(text))


def sentences_between(text: str, quotations: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """`split` for a text whose matching quotation marks and brackets (`quotations.pairs`) are known."""
    spans: list[tuple[int, int]] = []
    ends = None if quotations else _plain_sentence_ends(text)
    start = 0
    for end in _sentence_ends(text, quotations) if ends is None else ends:
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
    """The span without the white space at its ends."""
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _plain_sentence_ends(text: str) -> list[int] | None:
    """Where sentences end, without the last end, in a text whose only marks are full stops that plainly end a sentence.

    Most paragraphs are such, and a character is searched for many times as fast as a pattern. None for other texts,
    which need `_sentence_ends`.
    """
    if any(map(text.__contains__, _OTHER_ENDS)):
        return None
    ends = []
    stop, last = text.find("."), len(text.rstrip()) - 1
    while 0 <= stop < last:
        if not _plainly_ends(text, stop):
            return None
        ends.append(stop + 1)
        stop = text.find(".", stop + 1)
    return ends


def _sentence_ends(text: str, quotations: tuple[tuple[int, int], ...]) -> Iterator[int]:
    """Where sentences end, in order, without the end of the last one."""
    opening_of = {closed: opened for opened, closed in quotations}
    unbroken = iter(_unbroken(text, quotations))
    none_left = (len(text), len(text))
    opened, closed = next(unbroken, none_left)
    start, last = 0, len(text.rstrip())
    pattern = _STOP_OR_ITEM if any(map(text.__contains__, _MAY_BEGIN_ITEM)) else _STOP
    for match in pattern.finditer(text):
        if match.end() == last and match["mark"]:
            return
        plain = match[0] == "." and _plainly_ends(text, match.start())
        if plain:
            end = match.end()
        elif match["mark"]:
            end = _past_closers(text, match.end(), opening_of)
        else:
            end = match.start()
        while closed < end:
            opened, closed = next(unbroken, none_left)
        if opened < match.start():
            continue
        if plain or not match["mark"] or is_end(_mark(text, start, match, end, opening_of)):
            yield end
            start = end


def _plainly_ends(text: str, stop: int) -> bool:
    """Whether a full stop stands between an everyday word and a space before a letter that is not Latin, as most do."""
    following = text[stop + 1 : stop + 3]
    if following[:1] != " " or not following[1:].isalpha() or following.isascii():
        return False
    return _is_everyday[text[text.rfind(" ", 0, stop) + 1 : stop]]


def _look_up_everyday(word: str) -> bool:
    """Whether a word has three letters or more, nothing but letters, and is no abbreviation."""
    return len(word) > 2 and word.isalpha() and abbreviations().isdisjoint((fold(word), fold(word[1:])))


_is_everyday = word_memo(_look_up_everyday)


def _unbroken(text: str, quotations: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """The outermost quotations and brackets inside which no sentence ends."""
    unbroken: list[tuple[int, int]] = []
    for opened, closed in quotations:
        if unbroken and opened < unbroken[-1][1]:
            unbroken[-1] = (unbroken[-1][0], max(unbroken[-1][1], closed))
        elif not _holds_sentences(text, opened, closed):
            unbroken.append((opened, closed))
    return unbroken


def _holds_sentences(text: str, opened: int, closed: int) -> bool:
    """Whether a quotation consists of whole sentences: it begins where one begins and ends where one ends."""
    before = text[max(0, opened - 8) : opened].rstrip().rstrip('»”")]')
    if before and before[-1] not in ".!?؟…":
        return False
    if _FULL_STOP_FOLLOWS.match(text, closed + 1):
        return True
    word = fold(_following(text, closed + 1)[3])
    return text[closed - 1] in ".!?؟" and ends_with_quotation(text[closed - 1], word, introduced=True)


def _past_closers(text: str, end: int, opening_of: Mapping[int, int]) -> int:
    """The end of a sentence with the closing marks that follow its full stop, also across white space.

    `opening_of` has the offset of each closing mark of a pair.
    """
    closers = _CLOSERS.match(text, end)
    while closers and end < closers.end() and _may_close(text[end], end in opening_of):
        end += 1
    spaced = _SPACED_CLOSER.match(text, end)
    return spaced.end() + 1 if spaced and spaced.end() in opening_of else end


def _may_close(mark: str, closes_pair: bool) -> bool:
    return mark in "’'" or not mark.isprintable() or closes_pair


def _following(text: str, offset: int) -> re.Match[str]:
    """The gap, the opening marks and the word that follow, as groups 1 to 3; the pattern matches anything."""
    following = _FOLLOWING.match(text, offset)
    assert following is not None
    return following


def _mark(text: str, start: int, match: re.Match[str], end: int, opening_of: Mapping[int, int]) -> Mark:
    """The mark of `match` in the sentence that began at `start`; `end` is past its closing marks."""
    after = _following(text, end)
    window = text[max(start, match.start() - 48) : match.start()]
    words = window.split()
    last_word = words.pop() if words and not window[-1].isspace() else ""
    before = last_word.lstrip(_OPENERS)
    opened = opening_of.get(end - 1, 0)
    introduction = text[max(start, opened - 3) : opened].rstrip()
    return Mark(
        marks=match[0],
        before_last=words[-1] if words else "",
        lead=window[: len(window) - len(before)].rstrip(),
        before=before,
        closed=not _CLOSING.isdisjoint(text[match.end() : end]),
        introduced=not introduction or introduction.endswith(":"),
        gap=bool(after[1]),
        following=text[after.end(1) : after.end(1) + 1],
        opener=bool(after[2]),
        after=after[3],
    )
