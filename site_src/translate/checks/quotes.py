"""Quotation marks: every mark has its partner, and quoted words stay quoted."""

from __future__ import annotations

from collections.abc import Iterator

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.patterns import late
from site_src.text.quotations import pairs
from site_src.translate.checks.pair import Pair, Severity, Span
from site_src.translate.checks.sounds import has_same_word, is_certainly_heard, is_heard, is_spelt_out

_ACRONYM = late(r"\b[A-Z]{2,6}\b")
_MARK = late('[«»“”„"]')
_SINGLE_QUOTED = late(r"(?<!\w)[‘'](?=\w)[^‘'’]*(?:\w['’]\w[^‘'’]*)*['’](?!\w)")


def check_quotes(pair: Pair) -> Iterator[Finding]:
    """Marks without a partner where the source has none, and lost quotations."""
    source, target = pair.source.text, pair.target.text
    if not _MARK.search(source) and not _MARK.search(target):
        return
    source_quotations, target_quotations = _quotations(source), _quotations(target)
    unpaired = _unpaired_mark(target)
    if unpaired >= 0 and _unpaired_mark(source) < 0:
        yield pair.target.finding("quotes", "error", unpaired, unpaired + 1)
    elif len(target_quotations) < len(source_quotations) and not _SINGLE_QUOTED.search(target):
        required = [span for span in source_quotations if not _may_lose_marks(pair, span)]
        if len(target_quotations) < len(required):
            start, end = required[-1] if target_quotations else source_quotations[0]
            lost_speech = not target_quotations and _has_speech(source, source_quotations)
            severity: Severity = "error" if lost_speech else "warning"
            yield pair.source.finding("quotes", severity, start, end + 1)


def _quotations(text: str) -> list[Span]:
    """The offsets of each opening mark and of its closing mark."""
    return [span for span in pairs(text) if _MARK.match(text, span[0])]


def _unpaired_mark(text: str) -> int:
    """The offset of the first mark without a partner; -1 where each has one."""
    paired = {offset for span in _quotations(text) for offset in span}
    return next((mark.start() for mark in _MARK.finditer(text) if mark.start() not in paired), -1)


def _has_speech(text: str, quotations: list[Span]) -> bool:
    """Whether one of the quotations is what somebody said rather than a name or a term."""
    least_words = table("checks")["quotes"]["saying"]
    return any(
        len(text[start:end].split()) >= least_words and not _is_noun_before_name(text[:start].split()[-1:])
        for start, end in quotations
    )


def _may_lose_marks(pair: Pair, quotation: Span) -> bool:
    """Whether the marks hold a name or a figure, which English writes without them."""
    start, end = quotation
    words = pair.source.text[start + 1 : end].split()
    if len(words) >= table("checks")["quotes"]["saying"]:
        return False
    if pair.source.text[start + 1 : start + 2].isdigit():  # an age
        return True
    target_ids = {span.name_id for span in pair.target.names}
    if any(start < span.start < end and span.name_id in target_ids for span in pair.source.names):
        return True
    if len(words) == 1 and (has_same_word(words[0], pair.target) or _is_heard_name(pair, start, words[0])):
        return True
    if any(is_spelt_out(word, pair.source) for word in _ACRONYM.findall(pair.target.text)):
        return True
    return is_certainly_heard("".join(words), pair.target)


def _is_heard_name(pair: Pair, start: int, word: str) -> bool:
    """Whether a noun such as "newspaper" before the opening mark makes `word` a name, and the translation has it."""
    return _is_noun_before_name(pair.source.text[:start].split()[-1:]) and is_heard(word, pair.target)


def _is_noun_before_name(words_before: list[str]) -> bool:
    """Whether the word before the opening mark says what kind of thing bears the name between the marks."""
    nouns = table("checks")["quotes"]["titled"]
    return any(stem.removeprefix("ال") in nouns for word in words_before for stem in (word, word.lstrip("وفبكل")))
