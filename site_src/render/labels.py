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
"""A label with plural forms: takes the number `n`, and the words for its other {places} by name."""

_PLACE = late(r"\{(\w+)\}")
_TAG = late("<[^>]*>")


markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Marks a text as markup. Many times as fast as `Markup(text)`, which asks the text for its markup first."""


def needs_escaping(text: str) -> bool:
    """Whether a text holds anything to escape. Five searches for one character are quicker than one for any of five."""
    return "<" in text or "&" in text or '"' in text or "'" in text or ">" in text


def escaped(text: str) -> Markup:
    """The text escaped; quick where it holds nothing to escape."""
    return escape(text) if needs_escaping(text) else markup(text)


def plain(words: str) -> str:
    """The text of a piece of markup, without tags and entities, on one line."""
    if "&" in words or "<!" in words:
        return Markup(words).striptags()
    return " ".join(str.split(_TAG.sub("", words)))


def page_text(value: object) -> str:
    """The value as text for a page: escaped, unless it is markup already or holds nothing to escape."""
    if value.__class__ is str:
        return escape(value) if needs_escaping(value) else value
    if value.__class__ is int:
        return str(value)
    return value if isinstance(value, Markup) else escape(value)


NOTHING = Markup("")
"""Empty markup."""


@cache
def numeral(number: int) -> Markup:
    """A number as pages write it."""
    return markup(str(number))


@lru_cache(4096, typed=True)  # markup and text of the same letters are told apart
def _fill_places(label: Label, **words: Any) -> Label:
    parts = list(_split_at_places(label))
    parts[1::2] = [page_text(words[name]) for name in parts[1::2]]
    return _as_label("".join(parts))


class Label(Markup):
    """Words with {places}. `format` and `join` escape what they put there, many times as fast as `Markup` does."""

    __slots__ = ()

    format: Any = _fill_places
    """The words with every place filled; raises `KeyError` for a place that is given nothing."""

    def join(self, parts: Iterable[Any]) -> Label:
        """The parts with the label between them."""
        return _as_label(str.join(self, map(page_text, parts)))

    def __html__(self) -> Label:
        """The label itself: it is markup already."""
        return self


_as_label: Callable[[str], Label] = partial(str.__new__, Label)


@cache
def _split_at_places(text: str) -> tuple[str, ...]:
    """Text and names of places in turn."""
    return tuple(_PLACE.split(str(text)))


class Language(Struct, frozen=True, eq=False):
    """What pages need to know of a language: the table `[language]` of its label file."""

    code: str
    name: str
    """What the language calls itself."""
    direction: str
    """"ltr" or "rtl"."""
    foreign: str
    """The language tag of a run in the other script."""


class Calendar(Struct, frozen=True):
    """How an edition writes dates: patterns with {day}, {month}, {year}, {weekday}, {date}; weeks begin on Monday."""

    months: tuple[Markup, ...]
    months_short: tuple[Markup, ...]
    weekdays: tuple[Markup, ...]
    day_month_year: Markup
    day_month: Markup
    month_year: Markup
    with_weekday: Markup


class Labels:
    """The labels of one edition as attributes: markup, or a function of a number, as in `labels.stories(3)`.

    What `format` puts into a label is escaped. A label that is missing raises `MujazError` with its key and file.
    """

    def __init__(self, tables: Mapping[str, Any], file: str):
        self.language = Language(**{key: Markup(escape(value)) for key, value in tables["language"].items()})
        self.calendar = Calendar(**{key: _calendar_label(value) for key, value in tables["calendar"].items()})
        self.languages = {code: Markup(escape(name)) for code, name in tables["languages"].items()}
        """What this edition calls other languages, by their codes."""
        self.desk: Mapping[str, str] = tables["desk"]
        """The words of the review desk, as text."""
        self.keys = frozenset(tables["labels"])
        self._file = file
        self.__dict__ |= {key: _label(self.language.code, value) for key, value in tables["labels"].items()}

    def __getattr__(self, key: str) -> Any:
        """Called for a label that is missing: raises an error that names it."""
        if key.startswith("__"):
            raise AttributeError(key)
        raise MujazError(f"{self._file}: the label {key!r} is missing; add it under [labels].")

    def either(self, key: str, fallback: str) -> Markup:
        """The label `key`, if there is one and it has no plural forms, else the label `fallback`."""
        label = getattr(self, key if key in self.keys else fallback)
        return label if isinstance(label, Markup) else getattr(self, fallback)

    def name_of(self, language: Language) -> Markup:
        """What this edition calls a language.

        That is the name in its label file; else, for a language that has no label file, the name in CLDR; else what the
        language calls itself, with `lang` and `dir`.
        """
        if name := self.languages.get(language.code):
            return name
        has_label_file = language.name != language.code
        cldr_name = "" if has_label_file else _cldr_name(language.code, str(self.language.code))
        return Markup(escape(cldr_name)) or _own_name(language)


@cache
def _cldr_name(code: str, edition: str) -> str:
    """The name of a language in the language of an edition (Unicode CLDR); "" where CLDR lacks one of the two."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(edition).languages.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


def _own_name(language: Language) -> Markup:
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(language.code, language.direction, language.name)


def load_labels(folders: Iterable[Path], codes: Iterable[str]) -> dict[str, Labels]:
    """The labels of each language, by code; the words of a folder win over those of later folders.

    Raises `SettingsError` with every label that one language has and another lacks.
    """
    folders = tuple(folders)
    by_language = {code: Labels(read_label_files(folders, code), f"labels/{code}.toml") for code in codes}
    all_keys = frozenset[str]().union(*(labels.keys for labels in by_language.values()))
    shared_keys = frozenset.intersection(*(labels.keys for labels in by_language.values()))
    gaps = [f"labels/{code}.toml: the label {key!r} is missing under [labels]{_hint(key, shared_keys, by_language)}"
            for code, labels in by_language.items() for key in sorted(all_keys - labels.keys)]  # fmt: skip
    if gaps:
        raise SettingsError("templates", gaps)
    return by_language


def _hint(key: str, shared_keys: frozenset[str], by_language: Mapping[str, Labels]) -> str:
    """Which files have a label that another lacks, and the label of all languages that it may be a misspelling of."""
    from difflib import get_close_matches

    similar = get_close_matches(key, shared_keys, n=1, cutoff=0.8)
    holders = " and ".join(f"labels/{code}.toml" for code, labels in by_language.items() if key in labels.keys)
    return f"; {holders} has it" + (f": did you mean {similar[0]!r} there?" if similar else "")


def _calendar_label(value: str | list[str]) -> Any:
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
    for rule in rules:
        number = n % rule["of"] if "of" in rule else n
        if rule["from"] <= number <= rule["to"]:
            return str(rule["form"])
    return "other"


def cldr_plural(code: str, n: int) -> str:
    """The CLDR plural category of `n` from CLDR itself: slower, and for every language."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(code).plural_form(n))
    except (UnknownLocaleError, ValueError):
        return "other"
