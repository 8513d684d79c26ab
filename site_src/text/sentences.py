"""Sentences: where each sentence of one paragraph begins and ends.

A mark (`.` `!` `؟` …) is judged by what stands before and after it; a quotation or bracket is kept whole unless it is
itself the sentence. Two dots are a pause, never an end. `؛` and `:` never end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.quotations import pairs

_CONTROLS = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_SHARP = frozenset("!?؟")
_STOP = re.compile(r"(?P<mark>[.!?؟…۔]+(?:[ \u00a0][.!?؟…]+)*)")
_STOP_OR_ITEM = re.compile(
    rf"{_STOP.pattern}|(?P<item>\n\s*(?=\n|[•▪●◦*–—-]\s|[\d٠-٩]{{1,2}}(?:[.)-]|\s[-–])\s)|(?<=[.؛!؟])\s+(?=[•▪●◦]\s))"
)
_MAY_BEGIN_ITEM = re.compile("[\n•▪●◦]")
"""Without one of these there is no item; a pattern that seeks marks alone is several times as fast."""
_CLOSERS = re.compile(rf"[{_CONTROLS}’'»”“\")\]]*")
_SPACED_CLOSER = re.compile(r"\s+(?=[»”\")\]])")
_NEXT = re.compile(rf"([\s{_CONTROLS}]*)([«“„”\"(\[]*)([^\W_]*)")
_CONTINUES = frozenset("،,:;؛)]»%٪/")
_FULL_STOP_FOLLOWS = re.compile(r"\s*(?:\.(?!\.)|[!?؟]|$)")
_ADDRESS = frozenset("@/#")
_OPENERS = '«“„”"([{—–-:،'
_CLOSING = frozenset('»”“")]')
_WORD = re.compile(r"[^\W_]")
_DOTTED = re.compile(r"(?:(?:^|[^a-z])(?:[a-z]{1,2}\.)+[a-z]{1,2}|^(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2})\Z")
_NUMBER = re.compile(r"(?:[وفبلك]|ال|وال|بال|لل)?[\d٠-٩۰-۹.,٫٬/:-]+")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(map(fold, table("abbreviations")[kind]))


@cache
def _starts() -> frozenset[str]:
    return _words("reports") | _words("starts")


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of one paragraph, white space trimmed; together they hold every other character."""
    return sentences_between(text, pairs(text))


def sentences_between(text: str, quotations: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """`split` for a text whose matching quotation marks and brackets (`quotations.pairs`) are known."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text, quotations):
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


class _Mark(NamedTuple):
    """A mark that may end a sentence, and what stands around it, as written."""

    marks: str
    before_last: str
    lead: str
    """What precedes the last word in its sentence, no more than a few characters of it."""
    before: str
    """The word that the mark follows at once, "" after white space; opening marks dropped."""
    closed: bool
    """Whether a quotation or bracket closes right after the mark."""
    introduced: bool
    """Whether that quotation follows a colon or begins the sentence."""
    gap: bool
    following: str
    """The first character after the gap."""
    opener: bool
    after: str
    """The word that follows."""

    @property
    def word(self) -> str:
        """The word that follows, folded; on demand, since most marks are judged without it."""
        return fold(self.after)

    @property
    def prior(self) -> str:
        """The word before the last one, folded."""
        return fold(self.before_last)


def _ends(text: str, matched: tuple[tuple[int, int], ...]) -> Iterator[int]:
    """Where sentences end, in order; the last one's end is left out."""
    closing = {closed: opened for opened, closed in matched}
    held = iter(_held(text, matched))
    nothing = (len(text), len(text))
    opened, closed = next(held, nothing)
    start, last = 0, len(text.rstrip())
    marks = _STOP_OR_ITEM if _MAY_BEGIN_ITEM.search(text) else _STOP
    for found in marks.finditer(text):
        if found.end() == last and found["mark"]:
            return
        end = _past_closers(text, found.end(), closing) if found["mark"] else found.start()
        while closed < end:
            opened, closed = next(held, nothing)
        if opened < found.start():
            continue
        plain = found[0] == "." and _plainly_ends(text, end - 1)
        if plain or not found["mark"] or _is_end(_mark(text, start, found, end, closing)):
            yield end
            start = end


def _plainly_ends(text: str, stop: int) -> bool:
    """Whether a full stop stands, as most do, between an everyday word and a space before letters not Latin."""
    following = text[stop + 1 : stop + 3]
    word = text[text.rfind(" ", 0, stop) + 1 : stop]
    everyday = len(word) > 2 and word.isalpha() and following[:1] == " " and following[1:].isalpha()
    return everyday and not following.isascii() and _abbreviations().isdisjoint((fold(word), fold(word[1:])))


@cache
def _abbreviations() -> frozenset[str]:
    return _words("before") | _words("either") | _words("enough")


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
    return text[closed - 1] in ".!?؟" and _ends_with_quotation(text[closed - 1], word, introduced=True)


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


def _mark(text: str, start: int, found: re.Match[str], end: int, closing: Mapping[int, int]) -> _Mark:
    """The mark `found` in the sentence that began at `start`; `end` is past its closing marks."""
    after = _next(text, end)
    window = text[max(start, found.start() - 48) : found.start()]
    words = window.split()
    last = words.pop() if words and not window[-1].isspace() else ""
    shown = last.lstrip(_OPENERS)
    opened = closing.get(end - 1, 0)
    introduction = text[max(start, opened - 3) : opened].rstrip()
    return _Mark(
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


def _is_end(mark: _Mark) -> bool:
    if not mark.following or (mark.following in _CONTINUES and not mark.opener):
        return False
    sharp = not _SHARP.isdisjoint(mark.marks)
    dots = mark.marks.count(".") + 3 * mark.marks.count("…")
    if dots == 2 and not sharp:
        return False
    if mark.closed:
        ends = _ends_with_quotation(mark.marks[-1], mark.word, mark.introduced)
        return mark.gap and ends and not _abbreviated(mark)
    if sharp:
        return _sharp_end(mark)
    if dots > 2:
        return mark.gap and (dots == 4 or mark.word in _words("reports"))
    return _stop_end(mark)


def _ends_with_quotation(mark: str, word: str, introduced: bool) -> bool:
    """Whether a sentence ends with a quotation that closes right after `mark`, before `word`."""
    if mark in ".۔":
        return word not in _words("attributions") if introduced else word in _starts()
    return introduced and word in _starts()


def _sharp_end(mark: _Mark) -> bool:
    """`!` and `؟` end a sentence before a gap, or before Arabic letters when the space was lost."""
    if mark.gap:
        return not ("a" <= mark.following <= "z")
    return mark.following.isalpha() and not mark.following.isascii()


def _stop_end(mark: _Mark) -> bool:
    """Whether a single full stop ends the sentence."""
    if not mark.before:
        return mark.gap or (len(mark.word) > 1 and not mark.word.isascii())
    if _numbers_a_list(mark):
        return mark.gap and mark.word in _starts()
    if not mark.gap:
        return _lost_space(mark)
    if mark.before.isdigit() and mark.prior in _words("numbered"):
        return fold(mark.lead) != mark.prior and mark.word not in _words("continues")
    goes_on = mark.following.islower() and mark.following.isascii()
    return not (goes_on and mark.before[-1].isascii() and mark.before[-1].isalpha()) and not _abbreviated(mark)


def _numbers_a_list(mark: _Mark) -> bool:
    """`1.` at the start of a sentence or after a colon numbers a list."""
    if len(mark.before) > 2 or not mark.before.isdigit():
        return False
    return not mark.lead or mark.lead[-1] in ":؛•-–" or not _WORD.search(mark.lead)


def _lost_space(mark: _Mark) -> bool:
    """Whether a full stop without a space after it ends a sentence all the same."""
    last = mark.before.rpartition(".")[2]
    if not mark.word:
        return mark.opener and len(last) > 2
    if mark.opener:
        return len(last) > 2
    if not _ADDRESS.isdisjoint(mark.before):
        return False
    latin = mark.word.isascii()
    if not last or last[-1].isascii() or not last[-1].isalpha():
        is_word = len(mark.word) > 2 or mark.word in _words("short")
        return not latin and mark.word[0].isalpha() and is_word and len(last) > 1
    if len(last) < 2 or fold(mark.before) in _words("before"):
        return False
    if latin:
        return len(last) > 2 and (mark.word[0].isdigit() or mark.following.isupper())
    return len(mark.word) > 1 or mark.word == "و"


def _abbreviated(mark: _Mark) -> bool:
    """Whether the full stop belongs to an abbreviation or initial rather than to the sentence."""
    if mark.before[-1:] in _CLOSING or not _ADDRESS.isdisjoint(mark.before):
        return False
    before = fold(mark.before)
    if before in _words("enough"):
        return mark.word in _words("continues")
    stem = before[1:] if before.startswith("و") and len(before) > 1 else before
    if mark.following.isdigit() and stem in _words("before"):
        return True
    if len(stem) == 1 and stem.isalpha():
        return _initial(mark, stem)
    if stem in _words("before") or before in _words("before"):
        return True
    return (before in _words("either") or bool(_DOTTED.search(before))) and mark.word not in _starts()


def _initial(mark: _Mark, letter: str) -> bool:
    """Whether a single letter is an initial or title, and not a unit, a label or the end of an agency's letters."""
    spelt_out = len(mark.prior) == 1 and mark.prior.isalpha()
    if spelt_out or _NUMBER.fullmatch(mark.prior) or mark.prior in _words("labels"):
        return mark.word in _words("continues")
    title = letter in _words("before")
    verb = mark.word.startswith("و") and mark.word.endswith("ت") and len(mark.word) > 4
    return title or not (mark.word in _starts() or verb)
