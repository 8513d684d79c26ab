"""What a text shows before anything of it is understood: empty, copied, in the wrong script, broken placeholders."""

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
_MAY_HOLD = late(r"[@#{}<>&%\[_$⟦]|https?:|www\.")
"""Without one of these a text has no placeholder."""
_BRACKET = late(r"[(\[]")
_ASIDE = late(r"""[(\[«“"'‘]\s*$""")


def empty(pair: Pair) -> Iterator[Finding]:
    """A translation without a word."""
    if not pair.target.words and pair.source.words:
        yield pair.target.finding("empty", "error", 0, len(pair.target.text))


def copied(pair: Pair) -> Iterator[Finding]:
    """A translation that is its source again, or most of it: a few words of it may be the same in both languages."""
    source, target = pair.source.words, pair.target.words
    needed = table("checks")["copied"]["share"] * max(len(source), len(target))
    if len(source) < 2 or len(set(source) & set(target)) * 2 < needed:
        return
    if sum((Counter(source) & Counter(target)).values()) >= needed:
        yield pair.target.finding("copied", "error", 0, len(pair.target.text))


def script(pair: Pair) -> Iterator[Finding]:
    """Letters of a script that is not the target's: the source's are words left untranslated, others a slip."""
    seen = set()
    for run in _strangers(pair.target.lang).finditer(pair.target.text):
        source = bool(_ARABIC.match(run[0])) and pair.source.lang == "ar"
        severity: Severity = "warning" if source and _is_aside(pair.target.text, run) else "error"
        check = "untranslated" if source else "script"
        if (source or fold(run[0]) not in pair.source.folded) and (check, severity) not in seen:
            seen.add((check, severity))
            yield pair.target.finding(check, severity, *run.span())


def _is_aside(text: str, run: re.Match[str]) -> bool:
    """Whether the word is shown as a word: alone between brackets or quotation marks."""
    opened = _ASIDE.search(text, max(0, run.start() - 3), run.start())
    return bool(opened) and text[run.end() : run.end() + 1] in {*")]»”\"'’"}


@cache
def _strangers(lang: str) -> re.Pattern[str]:
    """Runs of letters that a text in this language cannot be made of."""
    rules = table("checks")["script"]
    return compiled(f"[{rules.get(lang, rules['other'])}]+")


def placeholders(pair: Pair) -> Iterator[Finding]:
    """Addresses, markup and blanks for values, which must come out as they went in; and what models put instead."""
    theirs, ours = _placeholders(pair.source), _placeholders(pair.target)
    for mark in theirs - ours:
        place = pair.source.text.find(mark)
        yield pair.source.finding("placeholder", "error", place, place + len(mark))
    for mark in ours - theirs:
        place = pair.target.text.find(mark)
        yield pair.target.finding("placeholder", "error", place, place + len(mark))
    if (foreign := _model_marks().search(pair.target.text)) and foreign[0] not in pair.source.text:
        yield pair.target.finding("placeholder", "error", *foreign.span())
    if _BRACKET.search(pair.target.text) and not _BRACKET.search(pair.source.text):
        for sound in _sounds().finditer(pair.target.text):
            yield pair.target.finding("placeholder", "error", *sound.span())


def capitals(pair: Pair) -> Iterator[Finding]:
    """A sentence in nothing but capitals, which no Arabic asks for."""
    target = pair.target
    if pair.source.lang == "ar" and target.text.isupper() and len(target.words) >= table("checks")["capitals"]["words"]:
        yield target.finding("capitals", "error", 0, len(target.text))


def _placeholders(side: Side) -> Counter[str]:
    if not _MAY_HOLD.search(side.text):
        return Counter()
    return Counter(found[0].rstrip(".,;:") for found in _placeholder().finditer(side.text))


@cache
def _placeholder() -> re.Pattern[str]:
    return compiled("|".join(table("checks")["placeholder"]["forms"]))


@cache
def _sounds() -> re.Pattern[str]:
    return compiled(rf"[(\[](?:{'|'.join(table('checks')['placeholder']['sounds'])})[)\]]", re.IGNORECASE)


@cache
def _model_marks() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, table("checks")["placeholder"]["model"])))
