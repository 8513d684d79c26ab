"""Sentences: where each sentence of one paragraph begins and ends.

A mark (`.` `!` `؟` …) is judged by what stands before and after it; a quotation or bracket is kept whole unless it is
itself the sentence. Two dots are a pause, never an end. `؛` and `:` never end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.quotations import pairs

_CONTROLS = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_SHARP = frozenset("!?؟")
_MARK = re.compile(
    r"(?P<mark>[.!?؟…۔]+(?:[ \u00a0][.!?؟…]+)*)"
    r"|(?P<item>\n\s*(?=\n|[•▪●◦*–—-]\s|[\d٠-٩]{1,2}[.)-]\s)|(?<=[:.؛!؟])\s+(?=[•▪●◦]\s))"
)
_CLOSERS = re.compile(rf"[{_CONTROLS}’'»”“\")\]]*")
_SPACED_CLOSER = re.compile(r"\s+(?=[»”\")\]])")
_NEXT = re.compile(rf"([\s{_CONTROLS}]*)([«“„”\"(\[]*)([^\W_]*)")
_CONTINUES = frozenset("،,:;؛)]»%٪/")
_FULL_STOP_FOLLOWS = re.compile(r"\s*(?:\.(?!\.)|[!?؟]|$)")
_OPENERS = '«“„”"([{—–-:،'
_WORD = re.compile(r"[^\W_]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_NUMBER = re.compile(r"[\d٠-٩۰-۹.,٫٬/:-]+")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(table("abbreviations")[kind])


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of one paragraph, white space trimmed; together they hold every other character."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text):
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


def _ends(text: str) -> Iterator[int]:
    """Where sentences end, in order."""
    matched = pairs(text)
    closing = frozenset(close for _, close in matched)
    held = iter(_held(text, matched))
    opened, closed = next(held, (len(text), len(text)))
    start = 0
    for mark in _MARK.finditer(text):
        end = _past_closers(text, mark.end(), closing) if mark["mark"] else mark.start()
        while closed < end:
            opened, closed = next(held, (len(text), len(text)))
        if opened < mark.start():
            continue
        if mark["item"] is not None or _is_end(text, start, mark.start(), mark.end(), end):
            yield end
            start = end


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
    inner = text[closed - 1]
    return inner in ".!?؟" and _after_quotation(inner, *_next(text, closed + 1))


def _past_closers(text: str, end: int, closing: frozenset[int]) -> int:
    """The end of a sentence with the closing marks that follow its full stop, also across white space."""
    limit = _CLOSERS.match(text, end)
    while limit and end < limit.end() and (text[end] in "’'" or not text[end].isprintable() or end in closing):
        end += 1
    spaced = _SPACED_CLOSER.match(text, end)
    if spaced and spaced.end() in closing:
        return spaced.end() + 1
    return end


def _next(text: str, end: int) -> tuple[str, str, str]:
    """Gap, opening marks and folded word that follow."""
    following = _NEXT.match(text, end)
    assert following is not None
    return following[1], following[2], fold(following[3])


def _is_end(text: str, start: int, at: int, after: int, end: int) -> bool:
    """Whether the marks `text[at:after]` end the sentence that began at `start`; `end` is past closing marks."""
    gap, opener, word = _next(text, end)
    following = text[end + len(gap) : end + len(gap) + 1]
    if not following or (following in _CONTINUES and not opener):
        return False
    marks = text[at:after]
    dots = marks.count(".") + 3 * marks.count("…")
    if dots == 2 and not _SHARP.intersection(marks):
        return False
    if _WORD.search(text, at, end) is None and text[after:end].strip("’' \u200e\u200f"):
        return bool(gap) and _after_quotation(marks[-1], gap, opener, word) and not _abbreviated(text, start, at, word)
    if _SHARP.intersection(marks):
        return _sharp_end(gap, following)
    if dots > 2:
        return bool(gap) and word in _words("starts")
    return _stop_end(text, start, at, gap, opener, word)


def _after_quotation(mark: str, gap: str, opener: str, word: str) -> bool:
    """Whether a sentence ends with a quotation that closes right after `mark`."""
    if mark == "." or mark == "۔":
        return word not in _words("attributions")
    return word in _words("starts")


def _sharp_end(gap: str, following: str) -> bool:
    """`!` and `؟` end a sentence before a gap, or before Arabic letters when the space was lost."""
    if gap:
        return not ("a" <= following <= "z")
    return following.isalpha() and not following.isascii()


def _stop_end(text: str, start: int, at: int, gap: str, opener: str, word: str) -> bool:
    """Whether a single full stop ends the sentence."""
    before = _before(text, start, at)
    if not before:
        return bool(gap) or (len(word) > 1 and not word.isascii())
    if _is_list_number(text, start, at, before):
        return bool(gap) and word in _words("starts")
    if not gap:
        return _lost_space(before, opener, word, text[at + 1 : at + 2])
    if before[-1].isascii() and before[-1].isalpha() and text[at + 1 + len(gap)].islower() and word.isascii():
        return False
    return not _abbreviated(text, start, at, word)


def _before(text: str, start: int, at: int) -> str:
    """The word right before a mark, opening marks dropped; "" when white space stands before it."""
    window = text[max(start, at - 32) : at]
    if not window or window[-1].isspace():
        return ""
    return window.split()[-1].lstrip(_OPENERS)


def _is_list_number(text: str, start: int, at: int, before: str) -> bool:
    """`1.` at the start of a sentence or after a colon numbers a list."""
    if len(before) > 2 or not before.isdigit():
        return False
    lead = text[max(start, at - 16) : at - len(before)].rstrip()
    return not lead or lead[-1] in ":؛•-–" or not _WORD.search(lead)


def _lost_space(before: str, opener: str, word: str, following: str) -> bool:
    """Whether a full stop without a space after it ends a sentence all the same."""
    last = before.rpartition(".")[2]
    arabic = bool(last) and last[-1].isalpha() and not last[-1].isascii()
    if opener or not word:
        return bool(opener) and len(last) > 2
    if "@" in before or "/" in before:
        return False
    if last[-1:].isdigit() or not arabic:
        return not word.isascii() and word[0].isalpha() and len(word) > 2 and len(last) > 1
    if len(last) < 2 or fold(before) in _words("before"):
        return False
    if word.isascii():
        return len(last) > 2 and (word[0].isdigit() or following.isupper())
    return len(word) > 1 or word == "و"


def _abbreviated(text: str, start: int, at: int, word: str) -> bool:
    """Whether the full stop at `at` belongs to an abbreviation or initial rather than to the sentence."""
    shown = _before(text, start, at).rstrip('»”")]')
    before = fold(shown)
    stem = before[1:] if before.startswith("و") and len(before) > 1 else before
    prior = fold(text[max(start, at - len(shown) - 24) : at - len(shown)]).split()[-1:] or [""]
    if len(stem) == 1 and stem.isalpha():
        if _NUMBER.fullmatch(prior[0]) or prior[0] in _words("labels"):
            return False
        return not (stem.isascii() and word in _words("starts"))
    if stem in _words("before") or before in _words("before"):
        return True
    return (before in _words("either") or bool(_DOTTED.fullmatch(before))) and word not in _words("starts")
