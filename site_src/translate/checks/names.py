"""Names: each name of the source is in the translation in an accepted form, and the translation adds none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from site_src.model.edition import Finding
from site_src.model.names import Name
from site_src.tables import table
from site_src.text.fold import fold, unmarked
from site_src.text.names import NameSpan
from site_src.text.patterns import compiled, late
from site_src.text.words import folded_list
from site_src.translate.checks.pair import Pair, Severity, Side
from site_src.translate.checks.seats import capital, count_mentions, forms, groups_of, is_seat, seats
from site_src.translate.checks.sounds import has_same_sound, is_certainly_heard, is_spelt_out
from site_src.translate.checks.strangers import capitalised, check_unexplained_names, check_unsaid_names

_ADJECTIVE_ENDINGS = ("", "s", "'s", "i", "is", "n", "ns", "an", "ans", "ian", "ians", "ese")
"""What may follow a name in an adjective that the names file does not list."""
_GAP = ' «“"'
"""The characters that may stand between a name and the country beside it."""
_POSSESSIVE_GAP = late(r"['’]s (?:[\w-]+ ){0,4}")
"""What may stand between a country and a name that belongs to it."""

FirstSpans = dict[str, NameSpan]
"""Id of a name to the span of its first mention."""


def check_names(pair: Pair) -> Iterator[Finding]:
    """Names lost, replaced or added; countries, their capitals and governments may stand for each other."""
    if not pair.readable:
        return
    in_source, in_target = _first_spans(pair.source.names), _first_spans(pair.target.names)
    for name_id, span in in_source.items():
        if name_id not in in_target and (severity := _severity_of_lost(pair, span, in_source, in_target)):
            yield pair.source.finding("names", severity, span.start, span.end)
    for name_id, span in in_target.items():
        if name_id not in in_source and (severity := _severity_of_added(pair, span, in_source, in_target)):
            yield pair.target.finding("names", severity, span.start, span.end)
    if pair.target.lang == "en":
        yield from check_unexplained_names(pair)
        yield from check_unsaid_names(pair)


def _first_spans(spans: Iterable[NameSpan]) -> FirstSpans:
    """The first mention of each name; a mention of the name itself goes before its adjective."""
    first: FirstSpans = {}
    for span in spans:
        if span.name_id not in first or (span.direct and not first[span.name_id].direct):
            first[span.name_id] = span
    return first


def _severity_of_lost(pair: Pair, span: NameSpan, in_source: FirstSpans, in_target: FirstSpans) -> Severity | None:
    """How grave it is that the translation lacks a name; None where it expresses it otherwise, or for a currency."""
    money = (figure for figure in pair.source.figures if figure.kind == "money")
    if not span.direct and any(figure.start <= span.start < figure.end for figure in money):
        return None
    name = pair.source.book.names[span.name_id]
    if _is_country_of_neighbour(span, name, pair.source, in_target):
        return "warning" if span.direct else None
    stand_in = _stand_in(name, in_target, in_source, pair.target, pair.source)
    if stand_in == "free" or _is_spelt_otherwise(name, pair.target):
        return None
    target_forms = forms(name, pair.target.lang)
    if any(has_same_sound(form, pair.target) for form in target_forms):
        return None
    if stand_in == "taken" or _may_be_no_lost_name(pair, span, in_source, in_target):
        return "warning"
    return "warning" if any(is_certainly_heard(form, pair.target) for form in target_forms) else "error"


def _may_be_no_lost_name(pair: Pair, span: NameSpan, in_source: FirstSpans, in_target: FirstSpans) -> bool:
    """Whether a name that the translation lacks may be a common word, part of another name, or replaced by a title."""
    names_by_id = pair.source.book.names
    if names_by_id[span.name_id].kind == "person" and _titles().search(pair.target.folded):
        return True
    translation_adds_a_name = any(name_id not in in_source for name_id in in_target)
    if not span.direct and not translation_adds_a_name:
        return True
    words = fold(pair.source.text[span.start : span.end])
    if words in folded_list("checks_names", "words_too"):
        return True
    return any(fold(names_by_id[name_id].ar) in words for name_id in in_target)


def _is_country_of_neighbour(span: NameSpan, name: Name, source: Side, in_target: FirstSpans) -> bool:
    """Whether a country is that of a name right beside it which the translation has: الروسي فلاديمير بوتين.

    An adjective may stand on either side of the name (غازبروم الروسية), the country itself only before it
    (وزراء المجر أوربان).
    """
    if name.kind != "place" or not name.en_adjectives:
        return False
    gap_characters = _GAP if span.direct else f"{_GAP}،"
    for other in source.names:
        if other.name_id not in in_target or (span.direct and other.start < span.end):
            continue
        gap = source.text[min(other.end, span.end) : max(other.start, span.start)]
        if not gap or gap.strip(gap_characters):
            continue
        neighbour = source.book.names[other.name_id]
        if neighbour.kind != "place" and neighbour.country == name.country:
            return True
    return False


def _is_spelt_otherwise(name: Name, side: Side) -> bool:
    """Whether an English text has the name without the marks on its letters, or in an adjective that is not listed."""
    if side.lang != "en":
        return False
    text = f" {unmarked(' '.join(side.words))} "
    stems = {unmarked(fold(form)) for form in forms(name, "en") if form}
    return any(f" {stem}{ending} " in text for stem in stems for ending in _ADJECTIVE_ENDINGS)


def _severity_of_added(pair: Pair, span: NameSpan, in_source: FirstSpans, in_target: FirstSpans) -> Severity | None:
    """How grave it is that only the translation has a name; None where the source expresses it in another way."""
    book = pair.target.book
    name = book.names[span.name_id]
    stand_in = _stand_in(name, in_source, in_target, pair.source, pair.target)
    if stand_in == "free" or _is_country_of_source_name(pair, span, name, in_source):
        return None
    written = pair.target.text[span.start : span.end]
    english_forms = forms(name, "en")
    if written.islower() and written not in english_forms:  # a word of the language: a telegram, a turkey
        return None
    if _has_short_form(pair.source, name):
        return None
    if any(is_certainly_heard(form, pair.source) for form in (*english_forms, written)):
        return None
    if is_spelt_out(written, pair.source):
        return None
    if stand_in == "taken":  # a country may be named beside its capital; a capital beside its country is another place
        return "warning" if is_seat(name) else None
    source_names = (book.names[name_id] for name_id in in_source)
    contains_source_name = any(fold(other.en_short or other.en) in fold(written) for other in source_names)
    is_common_word = not written.isupper() and fold(written) in capitalised()
    return "warning" if contains_source_name or is_common_word else "error"


def _is_country_of_source_name(pair: Pair, span: NameSpan, name: Name, in_source: FirstSpans) -> bool:
    """Whether a name that only the translation has describes the country of a name which the source has."""
    if not name.country or name.country not in {pair.target.book.names[name_id].country for name_id in in_source}:
        return False
    return (
        not span.direct or _is_own_country(name, pair.source) or _owns_source_name(span, name, pair.target, in_source)
    )


def _has_short_form(source: Side, name: Name) -> bool:
    """Whether an Arabic source has a form of the name that counts only beside the full one."""
    if source.lang != "ar":
        return False
    return any(span.name_id == name.id for span in source.book.find_all([source.text, name.ar])[0])


def _owns_source_name(span: NameSpan, name: Name, target: Side, in_source: FirstSpans) -> bool:
    """Whether a name of the source that is of the same country follows the country's name as its own: Hungary's MOL."""
    names_by_id = target.book.names
    return any(
        _POSSESSIVE_GAP.fullmatch(target.text, span.end, other.start)
        for other in target.names
        if other.name_id in in_source and names_by_id[other.name_id].country == name.country
    )


def _is_own_country(name: Name, side: Side) -> bool:
    """Whether a name is a country's, and the other text has words for "his own country", which may be named."""
    if name.kind != "place" or not name.en_adjectives:
        return False
    words = table("checks_names")["own_country"].get(side.lang)
    return bool(words and compiled(rf"(?<!\w)(?:{fold(words)})(?!\w)").search(side.folded))


def _stand_in(
    name: Name, in_other: FirstSpans, in_this: FirstSpans, other: Side, this: Side
) -> Literal["free", "taken", ""]:
    """Whether the other text has another name of the same country or union for a name: its capital, its government.

    "taken" if that name already stands for itself, being in both texts, unless it has the word "capital" beside it or
    the other text mentions the country as often. "" if there is no such name.
    """
    groups, institutions = groups_of(name), table("checks_names")["institutions"]
    related = {name_id for name_id in in_other if not groups.isdisjoint(groups_of(other.book.names[name_id]))}
    if name.id in institutions:
        related = related.difference(institutions)
    if related:
        is_free = related - in_this.keys() or (is_seat(name) and capital(other.lang).search(other.folded))
        return "free" if is_free or count_mentions(groups, other) >= count_mentions(groups, this) else "taken"
    patterns = (seats(other.lang).get(group) for group in groups)
    return "free" if any(pattern and pattern.search(other.folded) for pattern in patterns) else ""


@cache
def _titles() -> re.Pattern[str]:
    return compiled(rf"\bthe (?:\w+ )?(?:{'|'.join(table('checks_names')['titles'])})\b")
