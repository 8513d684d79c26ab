"""The form of a translation, whatever it means: empty, copied, in the wrong script, with broken placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Severity, Side

_ARABIC = late(
    "[\u0620-\u064a\u0660-\u0669\u06f0-\u06f9\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"
)
_HINT_OF_PLACEHOLDER = late(r"[@#{}<>&%\[_$⟦]|https?:|www\.")
"""A text without any of these has no placeholder."""
_BRACKET = late(r"[(\[]")
_OPENING_MARK = late(r"""[(\[«“"'‘]\s*$""")


def check_emptiness(pair: Pair) -> Iterator[Finding]:
    """A translation without a word."""
    if not pair.target.words and pair.source.words:
        yield pair.target.finding("empty", "error", 0, len(pair.target.text))


def check_copy(pair: Pair) -> Iterator[Finding]:
    """A translation that is its source again, or most of it: a few words may be the same in both languages."""
    source, target = pair.source.words, pair.target.words
    least = table("checks")["copied"]["share"] * max(len(source), len(target))
    if len(source) < 2 or len(set(source) & set(target)) * 2 < least:
        return
    common_words = Counter(source) & Counter(target)
    if sum(common_words.values()) >= least:
        yield pair.target.finding("copied", "error", 0, len(pair.target.text))


def check_script(pair: Pair) -> Iterator[Finding]:
    """Letters of a script that is not the target's: untranslated words of the source, or a slip; one of each kind."""
    reported = set()
    for run in _foreign_letters(pair.target.lang).finditer(pair.target.text):
        is_untranslated = bool(_ARABIC.match(run[0])) and pair.source.lang == "ar"
        if not is_untranslated and fold(run[0]) in pair.source.folded:
            continue
        check = "untranslated" if is_untranslated else "script"
        is_quoted = is_untranslated and _is_quoted(pair.target.text, run)
        severity: Severity = "warning" if is_quoted else "error"
        if (check, severity) not in reported:
            reported.add((check, severity))
            yield pair.target.finding(check, severity, *run.span())


def _is_quoted(text: str, run: re.Match[str]) -> bool:
    """Whether a word is shown as a word: alone between brackets or quotation marks."""
    opened = _OPENING_MARK.search(text, max(0, run.start() - 3), run.start())
    return bool(opened) and text[run.end() : run.end() + 1] in {*")]»”\"'’"}


@cache
def _foreign_letters(lang: str) -> re.Pattern[str]:
    """The pattern of runs of letters that no word of this language has."""
    rules = table("checks")["script"]
    return compiled(f"[{rules.get(lang, rules['other'])}]+")


def check_placeholders(pair: Pair) -> Iterator[Finding]:
    """Addresses, markup and blanks for values that are lost, changed or added; and markers that a model put in."""
    source, target = pair.source, pair.target
    in_source, in_target = _count_placeholders(source), _count_placeholders(target)
    yield from _placeholder_findings(source, in_source - in_target)
    yield from _placeholder_findings(target, in_target - in_source)
    if (marker := _model_markers().search(target.text)) and marker[0] not in source.text:
        yield target.finding("placeholder", "error", *marker.span())
    if _BRACKET.search(target.text) and not _BRACKET.search(source.text):
        for note in _sound_notes().finditer(target.text):
            yield target.finding("placeholder", "error", *note.span())


def _placeholder_findings(side: Side, missing: Counter[str]) -> Iterator[Finding]:
    """One finding for each placeholder that the other text does not have."""
    for placeholder in missing:
        start = side.text.find(placeholder)
        yield side.finding("placeholder", "error", start, start + len(placeholder))


def check_capitals(pair: Pair) -> Iterator[Finding]:
    """A sentence in capitals only, for which Arabic has no counterpart."""
    target = pair.target
    if pair.source.lang == "ar" and target.text.isupper() and len(target.words) >= table("checks")["capitals"]["words"]:
        yield target.finding("capitals", "error", 0, len(target.text))


def _count_placeholders(side: Side) -> Counter[str]:
    if not _HINT_OF_PLACEHOLDER.search(side.text):
        return Counter()
    return Counter(match[0].rstrip(".,;:") for match in _placeholder().finditer(side.text))


@cache
def _placeholder() -> re.Pattern[str]:
    return compiled("|".join(table("checks")["placeholder"]["forms"]))


@cache
def _sound_notes() -> re.Pattern[str]:
    """The pattern of notes about sounds in brackets, which models learn from subtitles: [music]."""
    return compiled(rf"[(\[](?:{'|'.join(table('checks')['placeholder']['sounds'])})[)\]]", re.IGNORECASE)


@cache
def _model_markers() -> re.Pattern[str]:
    """The pattern of markers that models leave for text which they do not know."""
    return compiled("|".join(map(re.escape, table("checks")["placeholder"]["model"])))
