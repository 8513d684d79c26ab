"""The only writer of `names.toml`: adds a name or its variants, and changes the words of a name.

Every other byte of the file is unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from site_src.errors import SettingsError, did_you_mean, unread, unwritable
from site_src.filesystem import alone, replace_bytes
from site_src.model.names import Name
from site_src.text.decode import marked
from site_src.text.names import parse_names
from site_src.text.patterns import late
from site_src.toml.keys import set_key

Entry = Mapping[str, str | Sequence[str]]
"""What somebody typed for a name: field of `Name` to its value; not checked yet, and values may be empty."""
Words = str | list[str]

_KEYS = Name.__struct_fields__
_INLINE_LIST = late(r"^\s*names\s*=", re.MULTILINE)
_LINE_NUMBER = late(r"(?P<leading>^)?line (?P<number>\d+)(?(leading): |)")
"""A line number in a mistake; at the beginning of the mistake with the colon and space behind it."""


class Written(Struct, frozen=True):
    """The file before and after a change."""

    before: bytes
    after: bytes


def add_name(path: Path, entry: Entry) -> Written:
    """Add an entry at the end of the file at `path`; the old file is kept beside it as `names.toml.bak`.

    Raises `SettingsError` with every mistake of the entry, or of the file, before anything is written; `MujazError`
    where the file cannot be read or written, which then keeps its bytes.
    """
    with _open(path) as file:
        return file.write(file.text + _entry_text(file.text, entry))


def add_variants(path: Path, name_id: str, ar: Sequence[str] = (), en: Sequence[str] = ()) -> Written:
    """Add Arabic and English variants to an entry of the file; otherwise like `add_name`.

    A variant that the entry lists already is not added again; a file that would not change is not written.
    """
    new_variants = {"ar_variants": _normalised(ar), "en_variants": _normalised(en)}

    def with_variants(entry: Any) -> Iterator[tuple[str, Words]]:
        for key, words in new_variants.items():
            yield key, [*dict.fromkeys([*entry.get(key, []), *words])]

    with _open(path) as file:
        return file.write(_change_entry(file.text, path.name, name_id, with_variants))


def change_name(path: Path, known: Name, entry: Entry) -> Written | None:
    """Change the values of an entry of the file to those of `entry`; a key with an empty value is removed.

    Returns None, and writes nothing, where the file's entry is no longer equal to `known`; otherwise like `add_name`.
    """
    values = [(key, _normalised(words)) for key, words in entry.items()]
    with _open(path) as file:
        if known not in file.names:
            return None
        return file.write(_change_entry(file.text, path.name, known.id, lambda _: values))


class _NamesFile(Struct, frozen=True):
    """The file, which no other writer changes in the meantime."""

    path: Path
    content: bytes
    mark: str
    """The byte order mark at its beginning, or ""."""
    text: str
    """The text after the mark."""
    names: tuple[Name, ...]

    def write(self, changed: str) -> Written:
        """Replace the text by `changed`; raises `SettingsError` with its mistakes before anything is written."""
        _check(self.path.name, self.text, changed)
        after = (self.mark + changed).encode("utf-8")
        _replace(self.path, self.content, after)
        return Written(self.content, after)


@contextmanager
def _open(path: Path) -> Iterator[_NamesFile]:
    """The file at `path`, locked, to be changed; raises `SettingsError` with its mistakes."""
    with _lock(path) as content:
        mark, text = _decode(path.name, content)
        names = parse_names(text, path.name)
        if _INLINE_LIST.search(text):
            raise SettingsError(
                path.name, ["names: write each entry as a table, [[names]]; a list takes no further ones"]
            )
        yield _NamesFile(path, content, mark, text, names)


@contextmanager
def _lock(path: Path) -> Iterator[bytes]:
    """The bytes of the file, while other writers of its folder wait."""
    try:
        with alone(path.resolve().parent):
            yield path.read_bytes()
    except OSError as error:
        raise unwritable(path, error) from error


def _decode(file: str, content: bytes) -> tuple[str, str]:
    """The byte order mark or "", and the text after it."""
    try:
        return marked(content)
    except UnicodeDecodeError as error:
        raise SettingsError(file, ["; ".join(unread(error))]) from error


def _replace(path: Path, before: bytes, after: bytes) -> None:
    """Write the file that `path` is or links to, which several sites may share, and keep the old one beside it."""
    if after != before:
        target = path.resolve()
        replace_bytes(target.with_name(f"{target.name}.bak"), before)
        replace_bytes(target, after, over=before)


def _normalised(words: str | Sequence[str]) -> Words:
    """Words with single spaces between them and none around them; a list without its empty words."""
    if isinstance(words, str):
        return " ".join(words.split())
    normalised = (" ".join(word.split()) for word in words)
    return [word for word in normalised if word]


def _entry_text(text: str, entry: Entry) -> str:
    """The TOML of an entry to append to `text`: after an empty line, keys in the order of `Name`, no empty values."""
    import tomlkit

    values = {key: words for key, typed in entry.items() if (words := _normalised(typed))}
    table = tomlkit.table()
    for key in (*[key for key in _KEYS if key in values], *sorted(values.keys() - set(_KEYS))):
        table.add(key, values[key])
    newlines_at_end = text[len(text.rstrip()) :].count("\n")
    gap = "\n" * (2 - newlines_at_end) if text.strip() else ""
    return ended_like(text, f"{gap}[[names]]\n{table.as_string()}")


def _change_entry(text: str, file: str, name_id: str, new_values: Callable[[Any], Iterable[tuple[str, Words]]]) -> str:
    """The text with other values in an entry: `new_values` gives them by key, when called with the entry."""
    import tomlkit

    document: Any = tomlkit.parse(text if text.endswith("\n") else text + "\n")
    entries = {str(entry["id"]): entry for entry in document.get("names", [])}
    if name_id not in entries:
        raise SettingsError(file, [f"id = {name_id!r}: no entry has it{did_you_mean(name_id, entries)}"])
    entry = entries[name_id]
    for key, words in new_values(entry):
        set_key(entry, key, words or None)
    return ended_like(text, str(document.as_string()))


def ended_like(text: str, changed: str) -> str:
    """`changed` with line ends as in `text`."""
    return re.sub(r"(?<!\r)\n", "\r\n", changed) if "\r\n" in text else changed


def _check(file: str, text: str, changed: str) -> None:
    """Raise `SettingsError` with the mistakes of the changed text; line numbers are those of the present file."""
    try:
        changed.encode("utf-8")
        parse_names(changed, file)
    except UnicodeEncodeError as error:
        raise SettingsError(file, ["a word holds bytes that are no text; type it again"]) from error
    except SettingsError as error:
        old, new = text.split("\n"), changed.split("\n")
        raise SettingsError(file, [_renumbered(mistake, old, new) for mistake in error.mistakes]) from None


def _renumbered(mistake: str, old: Sequence[str], new: Sequence[str]) -> str:
    """The mistake with line numbers of `old`; without the number of a line that only `new` has."""
    added = len(new) - len(old)
    equal_lines = next(
        (index for index, (line, new_line) in enumerate(zip(old, new, strict=False)) if line != new_line), len(old)
    )

    def old_number(match: re.Match[str]) -> str:
        line = int(match["number"])
        if line <= equal_lines:
            return match[0]
        if line > equal_lines + added:
            return match[0].replace(match["number"], str(line - added))
        return "" if match["leading"] is not None else f"line {equal_lines}"

    return _LINE_NUMBER.sub(old_number, mistake)
