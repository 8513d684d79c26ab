"""Quotation marks: every one that opens is closed, and quoted words stay quoted."""

from __future__ import annotations

from collections.abc import Iterator

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.patterns import late
from site_src.text.quotations import pairs
from site_src.translate.checks.pair import Pair, Severity
from site_src.translate.checks.sounds import certainly_heard, heard, same_word, spelt_out

_ACRONYM = late(r"\b[A-Z]{2,6}\b")
_MARK = late('[«»“”„"]')
_SINGLE = late(r"(?<!\w)[‘'](?=\w)[^‘'’]*(?:\w['’]\w[^‘'’]*)*['’](?!\w)")


def quotes(pair: Pair) -> Iterator[Finding]:
    """Marks without a partner, where the source has none; quotations lost."""
    source, target = pair.source.text, pair.target.text
    if not _MARK.search(source) and not _MARK.search(target):
        return
    quoted, said = _quoted(source), _quoted(target)
    if (alone := _alone(target)) >= 0 and _alone(source) < 0:
        yield pair.target.finding("quotes", "error", alone, alone + 1)
    elif len(said) < len(quoted) and not _SINGLE.search(target):
        kept = [span for span in quoted if not _is_known(pair, span)]
        if len(said) < len(kept):
            start, end = kept[-1] if said else quoted[0]
            severity: Severity = "error" if not said and _long(source, quoted) else "warning"
            yield pair.source.finding("quotes", severity, start, end + 1)


def _quoted(text: str) -> list[tuple[int, int]]:
    return [span for span in pairs(text) if _MARK.match(text, span[0])]


def _alone(text: str) -> int:
    """The place of a mark without a partner; -1 where each has one."""
    matched = {place for span in _quoted(text) for place in span}
    return next((mark.start() for mark in _MARK.finditer(text) if mark.start() not in matched), -1)


def _long(text: str, quoted: list[tuple[int, int]]) -> bool:
    """Whether somebody's own words are quoted rather than a name or a term."""
    rules = table("checks")["quotes"]
    return any(
        len(text[start:end].split()) >= rules["saying"] and not _is_titled(text[:start].split()[-1:])
        for start, end in quoted
    )


def _is_known(pair: Pair, quoted: tuple[int, int]) -> bool:
    """Whether a name, or a figure, stands between the marks, which English gives without them."""
    start, end = quoted
    words = pair.source.text[start + 1 : end].split()
    if len(words) >= table("checks")["quotes"]["saying"]:
        return False
    if pair.source.text[start + 1 : start + 2].isdigit():  # an age
        return True
    theirs = {span.name_id for span in pair.target.names}
    if any(start < span.start < end and span.name_id in theirs for span in pair.source.names):
        return True
    if len(words) == 1 and (same_word(words[0], pair.target) or _bears(pair, start, words[0])):
        return True
    if any(spelt_out(word, pair.source) for word in _ACRONYM.findall(pair.target.text)):
        return True
    return certainly_heard("".join(words), pair.target)


def _bears(pair: Pair, start: int, word: str) -> bool:
    """Whether the word before the marks says what bears the name, which is heard in the translation."""
    return _is_titled(pair.source.text[:start].split()[-1:]) and heard(word, pair.target)


def _is_titled(before: list[str]) -> bool:
    """Whether the word before the marks says what bears the name between them."""
    titled = table("checks")["quotes"]["titled"]
    return any(core.removeprefix("ال") in titled for word in before for core in (word, word.lstrip("وفبكل")))
