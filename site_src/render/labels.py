"""The words of an edition: `labels/<language>.toml` of the template folders, checked for gaps before a page is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct

from site_src.errors import MujazError, SettingsError
from site_src.render.label_files import read_label_files
from site_src.tables import table
from site_src.text.patterns import late

Plural = Callable[..., Markup]


_PLACE = late(r"\{(\w+)\}")
_TAG = late("<[^>]*>")


markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Text that is markup already, many times as fast as `Markup`, which asks the text for its markup first."""


def special(text: str) -> bool:
    """Whether a text holds anything to escape; five searches for one character are quicker than one for any of five."""
    return "<" in text or "&" in text or '"' in text or "'" in text or ">" in text


def escaped(text: str) -> Markup:
    """Text escaped; quick where it holds nothing to escape."""
    return escape(text) if special(text) else markup(text)


def plain(words: str) -> str:
    """The words of markup."""
    if "&" in words or "<!" in words:
        return Markup(words).striptags()
    return " ".join(str.split(_TAG.sub("", words)))


def marked(value: object) -> str:
    """The value as text for a page: as it is where it is markup or holds nothing to escape, else escaped."""
    if value.__class__ is str:
        return escape(value) if special(value) else value
    if value.__class__ is int:
        return str(value)
    return value if isinstance(value, Markup) else escape(value)


NOTHING = Markup("")


@cache
def numeral(number: int) -> Markup:
    """A number as pages write it."""
    return markup(str(number))


@lru_cache(4096, typed=True)  # markup and text of the same letters stay two
def _filled(label: Label, **words: Any) -> Label:
    parts = list(_pieces(label))
    parts[1::2] = [marked(words[name]) for name in parts[1::2]]
    return _label_of("".join(parts))


class Label(Markup):
    """Words with {places}. `format` and `join` escape what they put there, many times as fast as `Markup` does."""

    __slots__ = ()

    format: Any = _filled
    """The words with every place filled; raises `KeyError` for a place that is given nothing."""

    def join(self, parts: Iterable[Any]) -> Label:
        """The parts with the label between them."""
        return _label_of(str.join(self, map(marked, parts)))

    def __html__(self) -> Label:
        """Itself: it is markup already."""
        return self


_label_of: Callable[[str], Label] = partial(str.__new__, Label)


@cache
def _pieces(text: str) -> tuple[str, ...]:
    """Text and names of places in turn."""
    return tuple(_PLACE.split(str(text)))


class Language(Struct, frozen=True, eq=False):
    """What pages need to know of a language; all of it is data of its label file."""

    code: str
    name: str
    """Its own name for itself."""
    direction: str
    """"ltr" or "rtl"."""
    foreign: str
    """The language tag of a run in the other script."""


class Calendar(Struct, frozen=True):
    """How an edition says dates: patterns with {day}, {month}, {year}, {weekday}, {date}; weeks begin on Monday."""

    months: tuple[Markup, ...]
    months_short: tuple[Markup, ...]
    weekdays: tuple[Markup, ...]
    day_month_year: Markup
    day_month: Markup
    month_year: Markup
    with_weekday: Markup


class Labels:
    """The labels of one edition as attributes: text, or a call `labels.stories(3)` for a plural.

    All are safe markup; what `format` puts into them is escaped. A missing one raises `MujazError` with key and file.
    """

    def __init__(self, tables: Mapping[str, Any], file: str):
        self.language = Language(**{key: Markup(escape(value)) for key, value in tables["language"].items()})
        self.calendar = Calendar(**{key: _marked(value) for key, value in tables["calendar"].items()})
        self.languages = {code: Markup(escape(name)) for code, name in tables["languages"].items()}
        self.desk: Mapping[str, str] = tables["desk"]
        """What the review desk says, as text."""
        self.keys = frozenset(tables["labels"])
        self._file = file
        self.__dict__ |= {key: _label(self.language.code, value) for key, value in tables["labels"].items()}

    def __getattr__(self, key: str) -> Any:
        """A label that is missing."""
        if key.startswith("__"):
            raise AttributeError(key)
        raise MujazError(f"{self._file}: the label {key!r} is missing; add it under [labels].")

    def either(self, key: str, fallback: str) -> Markup:
        """The label `key` where there is one, else the label `fallback`."""
        found = getattr(self, key if key in self.keys else fallback)
        return found if isinstance(found, Markup) else getattr(self, fallback)

    def name_of(self, language: Language) -> Markup:
        """What this edition calls a language: by its label file, else by CLDR, else by its own name, marked as such."""
        if known := self.languages.get(language.code):
            return known
        unlabelled = language.name == language.code
        said = _cldr_name(language.code, str(self.language.code)) if unlabelled else ""
        return Markup(escape(said)) or _own_name(language)


@cache
def _cldr_name(code: str, edition: str) -> str:
    """A language in the words of an edition (Unicode CLDR); "" where CLDR knows one of them not."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(edition).languages.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


def _own_name(language: Language) -> Markup:
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(language.code, language.direction, language.name)


def load_labels(folders: Iterable[Path], codes: Iterable[str]) -> dict[str, Labels]:
    """The labels of each language; a folder's words win over those of later folders.

    Raises `SettingsError` with every label that one language has and another lacks.
    """
    folders = tuple(folders)
    found = {code: Labels(read_label_files(folders, code), f"labels/{code}.toml") for code in codes}
    every = frozenset[str]().union(*(labels.keys for labels in found.values()))
    shared = frozenset.intersection(*(labels.keys for labels in found.values()))
    gaps = [f"labels/{code}.toml: the label {key!r} is missing under [labels]{_meant(key, shared, found)}"
            for code, labels in found.items() for key in sorted(every - labels.keys)]  # fmt: skip
    if gaps:
        raise SettingsError("templates", gaps)
    return found


def _meant(key: str, shared: frozenset[str], found: Mapping[str, Labels]) -> str:
    """Where a label stands that another language lacks, and the label of all that it may be a misspelling of."""
    from difflib import get_close_matches

    near = get_close_matches(key, shared, n=1, cutoff=0.8)
    holders = " and ".join(f"labels/{code}.toml" for code, labels in found.items() if key in labels.keys)
    return f"; {holders} has it" + (f": did you mean {near[0]!r} there?" if near else "")


def _marked(value: str | list[str]) -> Any:
    return Label(escape(value)) if isinstance(value, str) else tuple(Label(escape(word)) for word in value)


def _label(code: str, value: str | dict[str, str]) -> Markup | Plural:
    if isinstance(value, str):
        return Label(escape(value))
    forms = {category: Label(escape(text)) for category, text in value.items()}
    return lambda n, **words: forms.get(plural_category(code, n), forms["other"]).format(n=n, **words)


@cache
def plural_category(code: str, n: int) -> str:
    """The CLDR plural category of `n` ("one", "few", ...); "other" for a language that CLDR does not know."""
    rules = table("plurals").get(code)
    if rules is None:
        return cldr_plural(code, n)
    fits = (rule["form"] for rule in rules if rule["from"] <= (n % rule["of"] if "of" in rule else n) <= rule["to"])
    return next(fits, "other")


def cldr_plural(code: str, n: int) -> str:
    """The same from CLDR itself."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(code).plural_form(n))
    except (UnknownLocaleError, ValueError):
        return "other"
