"""`names.toml`: read and checked as a whole; all mistakes are reported at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from site_src.errors import SettingsError, did_you_mean, unreadable
from site_src.model.names import Name, NameKind
from site_src.text.names.book import NameBook
from site_src.text.names.cldr import cldr_names, join
from site_src.text.names.forms import common_words
from site_src.text.patterns import late
from site_src.text.words import form_words
from site_src.toml import read_toml

_KINDS: tuple[str, ...] = get_args(NameKind)
_KEYS = Name.__struct_fields__
_NEEDED = _KEYS[: len(_KEYS) - len(Name.__struct_defaults__)]
_LISTS = {key for key, default in zip(_KEYS[len(_NEEDED) :], Name.__struct_defaults__, strict=True) if default == ()}
_ID = late("[a-z0-9]+(?:-[a-z0-9]+)*")
_ENTRY = late(r"\s*\[\[\s*names\s*\]\]")
_KEY = late(r"""\s*["']?([\w-]+)["']?\s*=""")

Lines = dict[str, int]
"""Line of each key of an entry; "" is the line of its head."""


def load_names(path: Path) -> NameBook:
    """The names of the file at `path` joined with CLDR's; raises `SettingsError` with every mistake."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise unreadable(path, error) from error
    return NameBook.build(join(parse_names(text, str(path)), cldr_names()))


def parse_names(text: str, file: str = "names.toml") -> tuple[Name, ...]:
    """The entries of `text` (TOML, one `[[names]]` table each); raises `SettingsError` with every mistake."""
    raw = read_toml(text, file)
    entries = raw.get("names", [])
    mistakes = [f"{key}: there is no such key; entries begin with [[names]]" for key in raw if key != "names"]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SettingsError(file, [*mistakes, "names: entries begin with [[names]]"])
    lines = _lines(text, len(entries))
    for entry, entry_lines in zip(entries, lines, strict=True):
        mistakes += _entry_mistakes(entry, entry_lines)
    mistakes += _conflicts(entries, lines)
    if mistakes:
        raise SettingsError(file, mistakes)
    return tuple(_name(entry) for entry in entries)


def _name(entry: dict[str, Any]) -> Name:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Name(**values)


def _lines(text: str, count: int) -> list[Lines]:
    """The lines of each entry and of its keys, as far as they can be told from the text alone, for `count` entries."""
    lines: list[Lines] = []
    for number, line in enumerate(text.split("\n"), 1):
        if _ENTRY.match(line):
            lines.append({"": number})
        elif lines and (key := _KEY.match(line)):
            lines[-1].setdefault(key[1], number)
    return (lines + [{"": 1}] * count)[:count]


def _entry_mistakes(entry: dict[str, Any], lines: Lines) -> Iterator[str]:
    """The mistakes in one entry by itself."""

    def at(key: str) -> str:
        return f"line {lines.get(key, lines[''])}: {entry.get('id', 'an entry')}: {key}"

    for key in sorted(entry.keys() - set(_KEYS)):
        yield f"{at(key)}: there is no such key{did_you_mean(key, _KEYS)}"
    for key in _NEEDED:
        if not entry.get(key):
            yield f"{at(key)} is missing" + ("; a name needs both languages" if key in {"ar", "en"} else "")
    for key, value in entry.items():
        if key in _KEYS and not _right_type(key, value):
            kind = "a list of words, none empty" if key in _LISTS else "a text in quotation marks"
            yield f"{at(key)} = {value!r}: must be {kind}"
    yield from (f"{at(key)} {what}" for key, what in _value_mistakes(entry))


def _right_type(key: str, value: object) -> bool:
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(form, str) and form.strip() for form in value)
    return isinstance(value, str)


def _value_mistakes(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, mistake) for each value of the right type that cannot stand there."""
    kind, name_id = entry.get("kind"), entry.get("id")
    if isinstance(kind, str) and kind and kind not in _KINDS:
        yield "kind", f"= {kind!r}: must be one of {', '.join(_KINDS)}{did_you_mean(kind, _KINDS)}"
    if isinstance(name_id, str) and name_id and not _ID.fullmatch(name_id):
        yield "id", f"= {name_id!r}: must be small ASCII letters, digits and hyphens"
    for key, form in _full_forms(entry):
        words = form_words(form)
        if not words:
            yield key, f"= {form!r}: has no letter"
        elif len(words) == 1 and words[0] in common_words("ar"):
            yield key, f"= {form!r}: is a common word; put it under ar_short, where it counts beside a full form only"
    for form in entry.get("ar_adjectives", []) if _right_type("ar_adjectives", entry.get("ar_adjectives")) else []:
        if len(form_words(form)) != 1:
            yield "ar_adjectives", f"= {form!r}: must be one word"


def _full_forms(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, Arabic form) for each form that stands for the entry by itself."""
    if isinstance(entry.get("ar"), str) and entry["ar"]:
        yield "ar", entry["ar"]
    if _right_type("ar_variants", entry.get("ar_variants")):
        yield from (("ar_variants", form) for form in entry["ar_variants"])


def _conflicts(entries: list[dict[str, Any]], lines: list[Lines]) -> Iterator[str]:
    """The mistakes between entries: an id used twice, an Arabic form that two ids claim."""
    ids: dict[str, int] = {}
    forms: dict[tuple[str, ...], tuple[str, int]] = {}
    for entry, entry_lines in zip(entries, lines, strict=True):
        name_id, entry_line = str(entry.get("id", "")), entry_lines[""]
        if name_id in ids:
            yield f"line {entry_line}: id = {name_id!r}: is used on line {ids[name_id]} already"
        elif name_id:
            ids[name_id] = entry_line
        for key, form in _full_forms(entry):
            line, words = entry_lines.get(key, entry_line), form_words(form)
            owner, owner_line = forms.setdefault(words, (name_id, line)) if words else (name_id, line)
            if owner != name_id:
                yield f"line {line}: {name_id}: {key} = {form!r}: stands for {owner!r} on line {owner_line} already"
