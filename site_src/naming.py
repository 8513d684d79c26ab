"""The one writer of `names.toml`: adds a name or its variants, and changes its words.

Every other byte stays.
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
"""What is typed of a name, by the keys of `Name`; not checked yet, and words may be empty."""
Words = str | list[str]

_KEYS = Name.__struct_fields__
_INLINE = late(r"^\s*names\s*=", re.MULTILINE)
_LINE = late(r"(?P<new>^)?line (?P<number>\d+)(?(new): |)")


class Written(Struct, frozen=True):
    """The file before and after a change."""

    before: bytes
    after: bytes


def add_name(path: Path, entry: Entry) -> Written:
    """Add an entry at the end of the file at `path`; the file before it is kept beside it as `names.toml.bak`.

    Raises `SettingsError` with every mistake of the entry, or of the file, before anything is written; `MujazError`
    where the file cannot be read or written, which then keeps its bytes.
    """
    with _opened(path) as file:
        return file.write(file.text + _entry_text(file.text, entry))


def add_variants(path: Path, name_id: str, ar: Sequence[str] = (), en: Sequence[str] = ()) -> Written:
    """Add Arabic and English variants to an entry of the file; otherwise as `add_name`.

    What the entry lists already is not added again; a file that would not change is not written.
    """
    given = {"ar_variants": _typed(ar), "en_variants": _typed(en)}

    def more(entry: Any) -> Iterator[tuple[str, Words]]:
        return ((key, [*dict.fromkeys([*entry.get(key, []), *words])]) for key, words in given.items())

    with _opened(path) as file:
        return file.write(_with_words(file.text, path.name, name_id, more))


def change_name(path: Path, known: Name, entry: Entry) -> Written | None:
    """Give an entry of the file the words of `entry` (a key without a word goes), if it still is the `known` one.

    None, and nothing is written, where it says something else by now; otherwise as `add_name`.
    """
    said = [(key, _typed(words)) for key, words in entry.items()]
    with _opened(path) as file:
        if known not in file.names:
            return None
        return file.write(_with_words(file.text, path.name, known.id, lambda _: said))


class _Opened(Struct, frozen=True):
    """The file while no other writer changes it."""

    path: Path
    content: bytes
    mark: str
    """The byte order mark that it begins with, or ""."""
    text: str
    """What follows the mark."""
    names: tuple[Name, ...]

    def write(self, changed: str) -> Written:
        """Put another text in place of its own; raises the mistakes of that text before anything is written."""
        _check(self.path.name, self.text, changed)
        after = (self.mark + changed).encode("utf-8")
        _replace(self.path, self.content, after)
        return Written(self.content, after)


@contextmanager
def _opened(path: Path) -> Iterator[_Opened]:
    """The file at `path`, to be changed; raises its mistakes."""
    with _held(path) as content:
        mark, text = _decoded(path.name, content)
        names = parse_names(text, path.name)
        if _INLINE.search(text):
            raise SettingsError(
                path.name, ["names: write each entry as a table, [[names]]; a list takes no further ones"]
            )
        yield _Opened(path, content, mark, text, names)


@contextmanager
def _held(path: Path) -> Iterator[bytes]:
    """The bytes of the file, which no other writer of its folder changes meanwhile."""
    try:
        with alone(path.resolve().parent):
            yield path.read_bytes()
    except OSError as error:
        raise unwritable(path, error) from error


def _decoded(file: str, content: bytes) -> tuple[str, str]:
    """(byte order mark or "", the text after it)."""
    try:
        return marked(content)
    except UnicodeDecodeError as error:
        raise SettingsError(file, ["; ".join(unread(error))]) from error


def _replace(path: Path, before: bytes, after: bytes) -> None:
    """A link keeps pointing to the file, which several sites may share."""
    if after != before:
        place = path.resolve()
        replace_bytes(place.with_name(f"{place.name}.bak"), before)
        replace_bytes(place, after, over=before)


def _typed(words: str | Sequence[str]) -> Words:
    """Words without the blanks around and between them that typing leaves; a list without its empty words."""
    if isinstance(words, str):
        return " ".join(words.split())
    return [one for word in words if (one := " ".join(word.split()))]


def _entry_text(text: str, entry: Entry) -> str:
    """An entry as it follows `text`: after an empty line, in the order of `Name`, keys without a word left out."""
    import tomlkit

    stated = {key: words for key, given in entry.items() if (words := _typed(given))}
    table = tomlkit.table()
    for key in (*[key for key in _KEYS if key in stated], *sorted(stated.keys() - set(_KEYS))):
        table.add(key, stated[key])
    above = text[len(text.rstrip()) :].count("\n")
    gap = "\n" * (2 - above) if text.strip() else ""
    return ended_like(text, f"{gap}[[names]]\n{table.as_string()}")


def _with_words(text: str, file: str, name_id: str, wanted: Callable[[Any], Iterable[tuple[str, Words]]]) -> str:
    """The text with other words in an entry: `wanted` gives them by key, the entry as it is given."""
    import tomlkit

    document: Any = tomlkit.parse(text if text.endswith("\n") else text + "\n")
    entries = {str(entry["id"]): entry for entry in document.get("names", [])}
    if name_id not in entries:
        raise SettingsError(file, [f"id = {name_id!r}: no entry has it{did_you_mean(name_id, entries)}"])
    entry = entries[name_id]
    for key, words in wanted(entry):
        set_key(entry, key, words or None)
    return ended_like(text, str(document.as_string()))


def ended_like(text: str, changed: str) -> str:
    """`changed` with the line ends of `text`."""
    return re.sub(r"(?<!\r)\n", "\r\n", changed) if "\r\n" in text else changed


def _check(file: str, text: str, changed: str) -> None:
    """Raise the mistakes of the changed text, under the lines of the file as it is."""
    try:
        changed.encode("utf-8")
        parse_names(changed, file)
    except UnicodeEncodeError as error:
        raise SettingsError(file, ["a word holds bytes that are no text; type it again"]) from error
    except SettingsError as error:
        old, new = text.split("\n"), changed.split("\n")
        raise SettingsError(file, [_placed(mistake, old, new) for mistake in error.mistakes]) from None


def _placed(mistake: str, old: Sequence[str], new: Sequence[str]) -> str:
    """The mistake with line numbers of `old`; a line that only `new` has goes without."""
    added = len(new) - len(old)
    same = next((place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), len(old))

    def number(found: re.Match[str]) -> str:
        line = int(found["number"])
        if line <= same:
            return found[0]
        if line > same + added:
            return found[0].replace(found["number"], str(line - added))
        return "" if found["new"] is not None else f"line {same}"

    return _LINE.sub(number, mistake)
