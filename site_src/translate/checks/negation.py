"""Negation: what the source denies, the translation denies too, in whatever words; and it denies nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.translate.checks.pair import Pair, Severity, Side
from site_src.translate.checks.sounds import heard

_WORD = late(r"\w+(?:['’-]\w+)*")
Span = tuple[int, int]
_SHORT = 4
"""Letters of words that sound like too many others."""


class Source(Struct, frozen=True):
    """The denials of an Arabic text, as spans of the text without marks."""

    plain: tuple[Span, ...]
    """Words that deny and nothing else: لم, لن, ليس."""
    firm: tuple[Span, ...]
    """Words that deny by what they mean: refuse, deny, fail."""
    absorbed: int
    """Words that English says with a denying word of its own, which then says no other denial."""
    excuses: int
    """All for which English may deny."""
    unsaid: tuple[Span, ...]
    """Turns such as "no less than" that the translation neither denies nor says otherwise."""


def negation(pair: Pair) -> Iterator[Finding]:
    """Denials lost or added between Arabic and English."""
    if not pair.from_arabic:
        return
    ours, theirs = _source(pair), _denials(pair.target)
    theirs["other"] = [span for span in theirs["other"] if not _is_name(pair, span)]
    if theirs["plain"]:
        theirs = _outside(theirs, [turn.span() for turn in _phrase("turns").finditer(pair.target.bare)])
    if ours.plain or ours.unsaid or ours.firm:
        other = sum(not _is_own(pair, span) for span in theirs["other"])
        yield from _lost(pair, ours, len(theirs["plain"]), other)
    if len(theirs["plain"]) > ours.excuses:
        once = len(_phrase("doubled").findall(pair.target.bare))
        if len(theirs["plain"]) - once > ours.excuses:
            yield _finding(pair.target, theirs["plain"][-1], not ours.excuses)


def _lost(pair: Pair, ours: Source, plain: int, other: int) -> Iterator[Finding]:
    """What the source denies and the translation, with so many denying words, does not."""
    denied = [*ours.plain, *ours.unsaid]
    if denied and len(denied) <= plain:
        return
    text = pair.target.bare
    other += len(_phrase("phrases").findall(text))
    turns = len(_phrase("turns").findall(text))
    carried = plain + max(0, other - len(ours.firm) - ours.absorbed) + turns
    if len(denied) > carried:
        carried += sum(bool(ar.search(pair.source.bare)) for ar in _licensed(pair, "licence"))
    if len(denied) > carried:
        certain = not carried and not all(_adjectival().fullmatch(pair.source.bare, *span) for span in denied)
        yield _finding(pair.source, denied[-1], certain)
    elif ours.firm and not carried and not other and not _phrase("firm_phrases").search(text):
        yield from (_finding(pair.source, span, True) for span in _unlicensed(pair, ours.firm)[:1])


def _unlicensed(pair: Pair, firm: tuple[Span, ...]) -> list[Span]:
    """The denials by meaning that the translation does not say in a word of its own for them."""
    said = _licensed(pair, "firm_licence")
    return [span for span in firm if not any(ar.fullmatch(pair.source.bare, *span) for ar in said)]


def _licensed(pair: Pair, sort: str) -> list[re.Pattern[str]]:
    """What finds the denials for which the translation has a word that other words of the source do not say."""
    rules = [(ar, en, own) for ar, en, own in _licences(sort) if en.search(pair.target.bare)]
    return [ar for ar, _, own in rules if own is None or not own.search(pair.source.bare)]


def _is_name(pair: Pair, span: Span) -> bool:
    """Whether an English word that seems to deny is a name of the source: Unecha."""
    word = pair.target.bare[slice(*span)]
    return word[0].isupper() and len(word) > _SHORT and heard(word, pair.source)


def _is_own(pair: Pair, span: Span) -> bool:
    """Whether the source says by a word that denies nothing what English says by this one: exempt."""
    word = pair.target.bare[slice(*span)]
    return any(en.fullmatch(word) and ar.search(pair.source.bare) for ar, en, _ in _licences("own"))


def _source(pair: Pair) -> Source:
    """The denials of the source; those of a turn count only where the translation does not say it."""
    found = _denials(pair.source)
    turns: list[Span] = []
    unsaid: list[Span] = []
    if _any_turn().search(pair.source.bare):
        for ar, en in _turn_rules():
            here = [turn.span() for turn in ar.finditer(pair.source.bare)]
            turns += here
            unsaid += here if en and not en.search(pair.target.bare) else []
        found = _outside(found, turns)
    excuses = len(turns) + sum(map(len, found.values()))
    return Source(tuple(found["plain"]), tuple(found["firm"]), len(found["absorb"]), excuses, tuple(unsaid))


def _finding(side: Side, span: Span, certain: bool) -> Finding:
    """A finding against words of the text without marks, whose place in the text itself is looked up."""
    words = side.bare[slice(*span)]
    severity: Severity = "error" if certain else "warning"
    start = side.text.find(words)
    if start < 0:
        return Finding("negation", severity, words, side.place)
    return side.finding("negation", severity, start, start + len(words))


Denials = dict[str, list[Span]]
"""The denying words of a text by their sort."""


def _denials(side: Side) -> Denials:
    """The words of each sort, but for those of names: Reporters Without Borders."""
    found: Denials = {sort: [] for sort in _SORTS[side.lang]}
    sorts = _SORT[side.lang]
    if any(map(sorts.__getitem__, _WORD.findall(side.bare))):
        for word in _WORD.finditer(side.bare):
            if sort := sorts[word[0]]:
                found[sort].append(word.span())
    if len(side.bare) == len(side.text) and any(found.values()):
        return _outside(found, [(name.start, name.end) for name in side.names])
    return found


def _outside(found: Denials, turns: list[Span]) -> Denials:
    """Those that belong to no turn."""
    return {
        sort: [span for span in spans if not any(start <= span[0] < end for start, end in turns)]
        for sort, spans in found.items()
    }


_SORTS = {"ar": ("plain", "firm", "absorb", "hints"), "en": ("plain", "other")}
"""The sorts of words of a language, the first that fits first."""


def _sort(lang: str, word: str) -> str:
    """The sort of a word, "" for one that denies nothing."""
    found = _pattern(lang).fullmatch(word)
    return (found.lastgroup or "") if found else ""


_SORT = {lang: Memo(partial(_sort, lang)) for lang in _SORTS}


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """Finds a word of any sort, in a group by the sort's name."""
    rules = table("checks_negation")[lang]
    sorts = (f"(?P<{sort}>{'|'.join(rules[sort])})" for sort in _SORTS[lang])
    return compiled(f"{rules['before']}(?:{'|'.join(sorts)})", re.IGNORECASE)


@cache
def _adjectival() -> re.Pattern[str]:
    """What denies an adjective, for which English has more words of its own than can be listed: underprepared."""
    rules = table("checks_negation")["ar"]
    return compiled(f"{rules['before']}(?:{rules['adjectival']})")


@cache
def _phrase(sort: str) -> re.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(table('checks_negation')['en'][sort])})(?!\w)", re.IGNORECASE)


@cache
def _any_turn() -> re.Pattern[str]:
    """What finds a turn of any sort, which most texts have not."""
    rules, before = table("checks_negation")["turn"], table("checks_negation")["ar"]["before"]
    return compiled(rf"(?<!\w){before}(?:{'|'.join(rule['ar'] for rule in rules)})(?!\w)")


@cache
def _turn_rules() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    """What finds each Arabic turn, and what English says for it."""
    rules, before = table("checks_negation")["turn"], table("checks_negation")["ar"]["before"]
    return tuple(
        (
            compiled(rf"(?<!\w){before}(?:{rule['ar']})(?!\w)"),
            compiled(rf"\b(?:{rule['en']})\b", re.IGNORECASE) if rule["en"] else None,
        )
        for rule in rules
    )


@cache
def _licences(sort: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None], ...]:
    """What finds words in Arabic, the English words that may then deny, and the Arabic that says these by itself."""
    return tuple(
        (
            compiled(rule["ar"]),
            compiled(rule["en"], re.IGNORECASE),
            compiled(rule["unless"]) if "unless" in rule else None,
        )
        for rule in table("checks_negation")[sort]
    )
