"""Countries and regions from CLDR, with the adjectives that follow from its names of languages.

CLDR says "هنغاريا" and, for the language, "الهنغارية": where a language and its likely country share their root in
Arabic and in English, the language's name is the country's adjective. Elsewhere `tables/nisba.toml` says it, or the
Arabic ending is replaced by rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import msgpack

from site_src import beside
from site_src.model.names import Name
from site_src.tables import table
from site_src.text.fold import fold, unmarked
from site_src.text.names.forms import common_words
from site_src.text.patterns import late
from site_src.text.words import form_words
from site_src.version import code_version

_NOT_LETTERS = late("[^a-z0-9]+")
_BRACKETS = late(r"\s*\([^)]*\)")
_END = late("(?:يا|ا|ة|ه)$")
Words = dict[str, str]
"""Code of a territory or language to its name in one language."""
Adjectives = tuple[tuple[str, ...], tuple[str, ...]]
"""(Arabic, English)."""

_ROOT = 3
"""Letters that a language and a country must share to have one root; two would join Portuguese to Brazil."""


def cldr_names(kept: Path = beside.FOLDER) -> tuple[Name, ...]:
    """CLDR's territories as names, ids slugs of the English ("south-korea").

    They are left in the folder `kept` for the next time: to read them takes a tenth of a second.
    """
    made_from, place = code_version(), kept / "cldr"
    packed = beside.left(place, made_from)
    if packed is not None:
        return msgpack.decode(packed, type=tuple[Name, ...])
    names = _territories()
    beside.leave(place, made_from, msgpack.encode(names))
    return names


def _territories() -> tuple[Name, ...]:
    """`cldr_names`, read anew."""
    from babel import Locale

    ar, en = Locale("ar"), Locale("en")
    places = _words(ar.territories), _words(en.territories)
    adjectives = _language_adjectives((_words(ar.languages), _words(en.languages)), places)
    _clear_babel_caches()
    excluded = set(table("nisba")["left_out"])
    return tuple(
        _territory(code, *places, adjectives.get(code, ((), ())))
        for code in places[0]
        if code in places[1] and code not in excluded
    )


def _clear_babel_caches() -> None:
    """Make Babel forget what it read: it would hold 6 MB until the build ends, and reads again what is asked for later.

    It has no public function for this. A version that keeps its data elsewhere goes on holding them.
    """
    from babel import core, localedata

    with suppress(AttributeError):
        localedata._cache.clear()
        core._global_data = None


def join(names: Iterable[Name], others: Iterable[Name]) -> tuple[Name, ...]:
    """`names`, then those `others` whose id and Arabic form no entry of `names` has."""
    ours = tuple(names)
    ids = {name.id for name in ours}
    forms = {form_words(form) for name in ours for form in (name.ar, *name.ar_variants)}
    return (*ours, *(other for other in others if other.id not in ids and form_words(other.ar) not in forms))


def _words(names: Any) -> Words:
    return {str(code): str(name) for code, name in names.items()}


def _territory(code: str, ar: Words, en: Words, language_adjectives: Adjectives) -> Name:
    arabic, english = (_BRACKETS.sub("", names[code]).strip() for names in (ar, en))
    nisba = table("nisba")["territories"].get(code, {})
    is_one_word = len(form_words(arabic)) == 1
    by_rule = (_nisba(arabic),) if is_one_word and code.isalpha() and not nisba else ()
    is_common_word = is_one_word and fold(arabic) in common_words("ar")
    variants = tuple(nisba.get("variants", ()))
    full, *further = (*variants, f"جمهورية {arabic}") if is_common_word else (arabic, *variants)
    return Name(
        id=_NOT_LETTERS.sub("-", unmarked(english.lower())).strip("-"),
        kind="place",
        en=english,
        ar=full,
        ar_short=(arabic,) if is_common_word else (),
        ar_variants=tuple(further),
        ar_adjectives=tuple(dict.fromkeys((*nisba.get("ar", ()), *language_adjectives[0], *by_rule))),
        en_variants=tuple(nisba.get("en_variants", ())),
        en_adjectives=tuple(dict.fromkeys((*nisba.get("en", ()), *language_adjectives[1]))),
        country=code if code.isalpha() else "",
        seen="cldr",
    )


def _nisba(arabic: str) -> str:
    """The regular adjective of a one-word place: article and ending off, ي on ("ألمانيا" gives "ألماني")."""
    return _END.sub("", arabic.removeprefix("ال")).removesuffix("ي") + "ي"


def _language_adjectives(languages: tuple[Words, Words], places: tuple[Words, Words]) -> dict[str, Adjectives]:
    """Country code to adjectives, where the name of its likely language has the same root in Arabic and in English."""
    from babel.core import get_global

    (ar, en), (ar_places, en_places) = languages, places
    adjectives: dict[str, Adjectives] = {}
    for tag, likely in _words(get_global("likely_subtags")).items():
        code = likely.rsplit("_", 1)[-1]
        if "_" in tag or not _have_one_root(ar.get(tag), ar_places.get(code)):
            continue
        if _have_one_root(en.get(tag), en_places.get(code)):
            adjectives.setdefault(code, ((_stem(ar[tag]).removesuffix("ة"),), (en[tag],)))
    return adjectives


def _have_one_root(language: str | None, place: str | None) -> bool:
    """Whether the names of a language and a place, in one language, begin with the same letters; False without one."""
    if not language or not place or " " in language:
        return False
    return fold(_stem(language))[:_ROOT] == fold(_stem(place))[:_ROOT]


def _stem(arabic: str) -> str:
    return arabic.removeprefix("ال")
