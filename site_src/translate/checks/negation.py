"""Negation: what the source denies, the translation denies too, in whatever words, and it denies nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from msgspec import Struct

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.memo import Memo
from site_src.text.patterns import compiled, late
from site_src.translate.checks.denied import find_affirmed, find_denied
from site_src.translate.checks.pair import Pair, Severity, Side, Span
from site_src.translate.checks.sounds import is_heard

_WORD = late(r"\w+(?:['’-]\w+)*")
_SHORT = 4
"""Words of so many letters or fewer sound like too many others."""


class SourceDenials(Struct, frozen=True):
    """The denials of an Arabic text, as spans of the text without vowel marks."""

    plain: tuple[Span, ...]
    """Words that deny and nothing else: لم, لن, ليس."""
    firm: tuple[Span, ...]
    """Words that deny by their meaning: refuse, deny, fail."""
    absorbed: int
    """How many words English translates with a denying word, which then carries no other denial."""
    excuses: int
    """How many words or idioms of any kind allow English to deny."""
    uncarried_idioms: tuple[Span, ...]
    """Idioms such as "no less than" that the translation does not have."""


def check_negation(pair: Pair) -> Iterator[Finding]:
    """Denials that the English of an Arabic text loses or adds."""
    if not pair.from_arabic:
        return
    source, target = _source_denials(pair), _denials(pair.target)
    target["other"] = [span for span in target["other"] if not _is_name(pair, span)]
    if target["plain"]:
        idioms = [match.span() for match in _english_phrases("turns").finditer(pair.target.bare)]
        target = _outside(target, idioms)
    if source.plain or source.uncarried_idioms or source.firm:
        other = sum(not _is_exempt(pair, span) for span in target["other"])
        lost = next(_lost(pair, source, target, other), None)
        if lost or (lost := _exchanged(pair, source, target)):
            yield lost
    surplus = len(target["plain"]) - source.excuses
    if surplus > 0:
        doubled = len(_english_phrases("doubled").findall(pair.target.bare))
        if doubled < surplus:
            yield _finding(pair.target, target["plain"][-1], certain=not source.excuses)


def _exchanged(pair: Pair, source: SourceDenials, target: Denials) -> Finding | None:
    """A finding where the translation affirms what the source denies, and denies what the source affirms."""
    if not find_denied(pair, target["plain"], source.plain):
        return None
    affirmed = _affirmed(pair, source, target)
    return _finding(pair.source, affirmed, certain=True) if affirmed else None


def _affirmed(pair: Pair, source: SourceDenials, target: Denials) -> Span | None:
    """A denial of the source whose denied word the translation affirms; not a denial of a denial ("does not deny")."""
    firm_starts = {start for start, _ in source.firm}
    single = [(start, end) for start, end in source.plain if end + 1 not in firm_starts]
    return find_affirmed(pair, single, _all_denials(pair, target))


def _all_denials(pair: Pair, target: Denials) -> list[Span]:
    """Every word or phrase of the translation that may deny."""
    phrases = (
        match.span()
        for key in ("phrases", "firm_phrases", "turns", "against")
        for match in _english_phrases(key).finditer(pair.target.bare)
    )
    return [*target["plain"], *target["other"], *phrases]


def _lost(pair: Pair, source: SourceDenials, target: Denials, other: int) -> Iterator[Finding]:
    """A finding where the source denies more than the translation does.

    `other` counts the words of the translation that may deny by their meaning.
    """
    plain = len(target["plain"])
    denials = [*source.plain, *source.uncarried_idioms]
    if denials and len(denials) <= plain:
        return
    text = pair.target.bare
    other += len(_english_phrases("phrases").findall(text))
    idioms = len(_english_phrases("turns").findall(text))
    carried = plain + max(0, other - len(source.firm) - source.absorbed) + idioms
    if len(denials) > carried:
        carried += sum(bool(arabic.search(pair.source.bare)) for arabic in _licensed_denials(pair, "licence"))
    if len(denials) > carried:
        all_adjectival = all(_adjectival().fullmatch(pair.source.bare, *span) for span in denials)
        affirmed = _affirmed(pair, source, target)
        certain = bool(affirmed) or (not carried and not all_adjectival)
        yield _finding(pair.source, affirmed or denials[-1], certain)
        return
    translation_denies = carried or other or _english_phrases("firm_phrases").search(text)
    if source.firm and not translation_denies:
        for span in _unlicensed(pair, source.firm)[:1]:
            yield _finding(pair.source, span, certain=True)


def _unlicensed(pair: Pair, firm: tuple[Span, ...]) -> list[Span]:
    """Those of the source's denials by meaning for which the translation has no word that may stand for them."""
    licensed = _licensed_denials(pair, "firm_licence")
    return [span for span in firm if not any(arabic.fullmatch(pair.source.bare, *span) for arabic in licensed)]


def _licensed_denials(pair: Pair, kind: str) -> list[re.Pattern[str]]:
    """The patterns of Arabic denials that the translation has an English word for.

    An English word does not count where the source has another Arabic word for it, one that denies nothing.
    """
    return [
        licence.arabic
        for licence in _licences(kind)
        if licence.english.search(pair.target.bare) and not (licence.unless and licence.unless.search(pair.source.bare))
    ]


def _is_name(pair: Pair, span: Span) -> bool:
    """Whether an English word that seems to deny is a name in the source: Unecha."""
    word = pair.target.bare[slice(*span)]
    return word[0].isupper() and len(word) > _SHORT and is_heard(word, pair.source)


def _is_exempt(pair: Pair, span: Span) -> bool:
    """Whether an English word that may deny translates an Arabic word that denies nothing: exempt."""
    word = pair.target.bare[slice(*span)]
    return any(
        licence.english.fullmatch(word) and licence.arabic.search(pair.source.bare) for licence in _licences("own")
    )


def _source_denials(pair: Pair) -> SourceDenials:
    """The denials of the source; an idiom counts as one only where the translation does not have it."""
    denials = _denials(pair.source)
    idioms: list[Span] = []
    uncarried: list[Span] = []
    if _any_arabic_idiom().search(pair.source.bare):
        for arabic, english in _idioms():
            spans = [match.span() for match in arabic.finditer(pair.source.bare)]
            idioms += spans
            if english and not english.search(pair.target.bare):
                uncarried += spans
        denials = _outside(denials, idioms)
    excuses = len(idioms) + sum(map(len, denials.values()))
    return SourceDenials(
        tuple(denials["plain"]), tuple(denials["firm"]), len(denials["absorb"]), excuses, tuple(uncarried)
    )


def _finding(side: Side, span: Span, certain: bool) -> Finding:
    """A finding against a span of the text without vowel marks; the same words are then searched in the text itself."""
    words = side.bare[slice(*span)]
    severity: Severity = "error" if certain else "warning"
    start = side.text.find(words)
    if start < 0:
        return Finding("negation", severity, words, side.role)
    return side.finding("negation", severity, start, start + len(words))


Denials = dict[str, list[Span]]
"""The spans of the denying words of a text, by the kind of word."""


def _denials(side: Side) -> Denials:
    """The denying words of a text by kind, except those inside names: Reporters Without Borders."""
    kind_of = _KIND[side.lang]
    denials: Denials = {kind: [] for kind in _KINDS[side.lang]}
    if any(map(kind_of.__getitem__, _WORD.findall(side.bare))):
        for word in _WORD.finditer(side.bare):
            if kind := kind_of[word[0]]:
                denials[kind].append(word.span())
    if len(side.bare) == len(side.text) and any(denials.values()):
        return _outside(denials, [(name.start, name.end) for name in side.names])
    return denials


def _outside(denials: Denials, excluded: list[Span]) -> Denials:
    """The denials that begin in none of the excluded spans."""
    return {
        kind: [(first, last) for first, last in spans if not any(start <= first < end for start, end in excluded)]
        for kind, spans in denials.items()
    }


_KINDS = {"ar": ("plain", "firm", "absorb", "hints"), "en": ("plain", "other")}
"""The kinds of denying words of a language; a word is of the first kind that matches."""


def _find_kind(lang: str, word: str) -> str:
    """The kind of a denying word, "" for any other word."""
    match = _any_denial(lang).fullmatch(word)
    return (match.lastgroup or "") if match else ""


_KIND = {lang: Memo(partial(_find_kind, lang)) for lang in _KINDS}


@cache
def _any_denial(lang: str) -> re.Pattern[str]:
    """The pattern of a denying word of any kind, in a group with the kind's name."""
    rules = table("checks_negation")[lang]
    kinds = (f"(?P<{kind}>{'|'.join(rules[kind])})" for kind in _KINDS[lang])
    return compiled(f"{rules['before']}(?:{'|'.join(kinds)})", re.IGNORECASE)


@cache
def _adjectival() -> re.Pattern[str]:
    """The pattern of Arabic words that deny an adjective: English has too many words for it to list (underprepared)."""
    rules = table("checks_negation")["ar"]
    return compiled(f"{rules['before']}(?:{rules['adjectival']})")


@cache
def _english_phrases(key: str) -> re.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(table('checks_negation')['en'][key])})(?!\w)", re.IGNORECASE)


@cache
def _any_arabic_idiom() -> re.Pattern[str]:
    """The pattern of any idiom with a denying word; most texts have none."""
    rules, before = table("checks_negation")["turn"], table("checks_negation")["ar"]["before"]
    return compiled(rf"(?<!\w){before}(?:{'|'.join(rule['ar'] for rule in rules)})(?!\w)")


@cache
def _idioms() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    """The patterns of each Arabic idiom with a denying word, and of what English says for it (None: not checked)."""
    rules, before = table("checks_negation")["turn"], table("checks_negation")["ar"]["before"]
    return tuple(
        (
            compiled(rf"(?<!\w){before}(?:{rule['ar']})(?!\w)"),
            compiled(rf"\b(?:{rule['en']})\b", re.IGNORECASE) if rule["en"] else None,
        )
        for rule in rules
    )


class Licence(Struct, frozen=True):
    """English words that may stand for Arabic words although only one of the two denies."""

    arabic: re.Pattern[str]
    english: re.Pattern[str]
    unless: re.Pattern[str] | None
    """Arabic words that the English may translate instead; where the source has them, the licence does not hold."""


@cache
def _licences(kind: str) -> tuple[Licence, ...]:
    """The licences under one key of the table."""
    return tuple(
        Licence(
            arabic=compiled(rule["ar"]),
            english=compiled(rule["en"], re.IGNORECASE),
            unless=compiled(rule["unless"]) if "unless" in rule else None,
        )
        for rule in table("checks_negation")[kind]
    )
