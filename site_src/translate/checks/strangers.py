"""Unexplained names: words of one text that can only be somebody's name, while the other text has nothing like them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from site_src.model.edition import Finding
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import compiled, late
from site_src.text.words import folded_list
from site_src.translate.checks.pair import Pair, Severity
from site_src.translate.checks.seats import groups_of, seats
from site_src.translate.checks.sounds import is_heard, is_spelt_out, without_possessive

_CAPITALISED = late(r"(?<![.!?:;…\"“”«»'‘(\[—–|] )(?<![\w\"“”«»’'‘(\[-])(?<!^)[A-ZÀ-Þ][\w’'-]+")
_INSTITUTION_REST = late(r" (?:of|for) (?:the )?(?:[A-ZÀ-Þ][\w’'-]+ ?)+")
_LONG_WORD = late(r"[^\W\d_]{4,}")
_TITLE_WORDS = 4
"""A title has at least so many longer words."""
_TITLE_SHARE = 0.85
"""At least this share of the longer words of a title have a capital."""
_PREFIX_STARTS = 5
"""A word may have particles and an article of up to four letters on its front: its stem starts at offset 0 to 4."""


@cache
def capitalised() -> frozenset[str]:
    """Folded words that English capitalises without being anybody's name."""
    return frozenset(table("checks_names")["capitalised"])


def check_unexplained_names(pair: Pair) -> Iterator[Finding]:
    """Capitalised words of the translation that are no known name and that nothing in the source sounds like.

    A single one is a warning, for English may write a common word so; two side by side are somebody's name.
    """
    target = pair.target
    words = islice(_CAPITALISED.finditer(target.text), table("checks_names")["sounds"]["most"])
    unexplained = [word for word in words if _is_unexplained(word, pair)]
    if unexplained and _is_title(target.text):
        return
    for before, word, after in zip([None, *unexplained], unexplained, [*unexplained[1:], None], strict=False):
        in_pair = (before and before.end() + 1 == word.start()) or (after and word.end() + 1 == after.start())
        if not in_pair and _begins_institution(word, target.text):
            continue
        severity: Severity = "error" if in_pair else "warning"
        yield target.finding("names", severity, *word.span())


def _begins_institution(word: re.Match[str], text: str) -> bool:
    """Whether words follow that English capitalises in the name of an institution: the Observatory for Human Rights."""
    rest = _INSTITUTION_REST.match(text, word.end())
    return rest is not None and not capitalised().isdisjoint(map(fold, rest[0].split()))


def check_unsaid_names(pair: Pair) -> Iterator[Finding]:
    """The first word of the source that can only be a name, but that no word of the translation sounds like.

    Nothing is reported where the translation has an unexplained name, which may be the counterpart.
    """
    source, target = pair.source, pair.target
    if source.lang != "ar" or _is_title(target.text):
        return
    names = [(source.folded_offset(span.start), source.folded_offset(span.end)) for span in source.names]
    common_words = folded_list("checks_names", "strange", "words")
    for match in _surely_names().finditer(source.folded):
        group = match.lastindex or 0
        if any(start <= match.start(group) < end for start, end in names):
            continue
        if not common_words.isdisjoint(match[group][start:] for start in range(_PREFIX_STARTS)):
            continue
        if is_heard(match[group], target):
            continue
        if not any(_is_unexplained(word, pair) for word in _CAPITALISED.finditer(target.text)):
            yield source.folded_finding("names", "warning", *match.span(group))
        return


@cache
def _surely_names() -> re.Pattern[str]:
    """The pattern of Arabic words that can only be names; the last group that matches is the name."""
    rules = table("checks_names")["strange"]
    place = rf"(?:(?<!\w)[وفبل]?{rules['head']} )({rules['place']})"
    return compiled(rf"{place}(?!\w)|(?<!\w)({rules['surname']})(?!\w)")


def _is_unexplained(word: re.Match[str], pair: Pair) -> bool:
    """Whether nothing in the source explains a capitalised word of the translation."""
    source = pair.source
    written = without_possessive(word[0])
    folded = without_possessive(fold(word[0]))
    if len(folded) < 2 or any(map(str.isdigit, folded)):
        return False
    if not capitalised().isdisjoint((folded, folded.removesuffix("s"), folded.partition("-")[0])):
        return False
    if any(span.start <= word.start() < span.end for span in pair.target.names) or is_heard(folded, source):
        return False
    if is_spelt_out(written, source):
        return False
    return not _is_capital_of_source(word, pair)


def _is_title(text: str) -> bool:
    """Whether nearly every longer word has a capital, so that a capital means nothing."""
    words = _LONG_WORD.findall(text)
    return len(words) >= _TITLE_WORDS and sum(word[0].isupper() for word in words) >= _TITLE_SHARE * len(words)


def _is_capital_of_source(word: re.Match[str], pair: Pair) -> bool:
    """Whether the word belongs to a capital, or a government, whose country the source mentions."""
    names = pair.source.book.names
    source_groups = {group for span in pair.source.names for group in groups_of(names[span.name_id])}
    for group, pattern in seats("en").items():
        if any(seat.start() <= word.start() < seat.end() for seat in pattern.finditer(pair.target.folded)):
            return group in source_groups or bool(seats(pair.source.lang)[group].search(pair.source.folded))
    return False
