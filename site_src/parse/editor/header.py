"""The header at the head of a file: TOML between `+++` lines, JSON, or plain `key: value` lines between `---`.

The plain form is rewritten as TOML line for line, so that one reader of the editor's word is enough and the line
numbers of its problems are right. It is not YAML: a value is the text after the first colon, whatever it holds, with
the lines below it that are indented deeper, or else the list below it, each entry with "- ". Tools that clip pages
write such headers too. A key that they leave empty states nothing, and neither do keys below another key, except the
name of a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import takewhile

from msgspec import Struct

from site_src.errors import nearest
from site_src.model.report import Problem
from site_src.tables import table
from site_src.text.fold import fold
from site_src.text.patterns import late
from site_src.text.words import folded_list

_PAIR = late(r"([^\W\d_][\w -]{0,39}?)\s{0,9}:(?:\s+(.*))?")
"""A key, a colon, and the value if there is one."""
_ENTRY = late(r"-\s+(\S.*)")
"""An entry of a list."""
_BLOCKS = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
"""Marks behind a key that announce a value of one or more indented lines below it."""
_ADDRESS = late(r"https?://\S+\Z")
_CONTROL_CHARACTERS = late("[\x00-\x08\x0b-\x1f\x7f]")


class Header(Struct, frozen=True, gc=False):
    """A header as TOML, with the 1-based lines on which it and the page's own text (`body`) begin."""

    toml: str = ""
    line: int = 1
    body: int = 1
    problems: tuple[Problem, ...] = ()
    is_title_block: bool = False
    """It is a title block: the page is one article, and its headings of all levels are sections of it."""


def find_header(file: str, lines: Sequence[str]) -> Header:
    """The header at the beginning of a file, given as decoded lines; an empty one where there is none."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].strip() if lines else ""
    if fence.startswith("% "):
        return _title_block(lines, first)
    if fence.startswith("{"):
        return _json_header(lines, first)
    if fence not in {"+++", "---"}:
        return Header()
    closing_fences = {fence, "..."} if fence == "---" else {fence}
    closing = next((index for index in range(first + 1, len(lines)) if lines[index].strip() in closing_fences), None)
    inside = lines[first + 1 : closing]
    if fence == "---":
        return _plain_header(file, inside, first + 2) if closing and _looks_plain(inside) else Header()
    if closing is None:
        todo = "close it with a second line of +++"
        problem = Problem(file, "header-open", "its header is never closed and was not used", todo, first + 1)
        return Header(body=first + 2, problems=(problem,))
    return Header("\n".join(inside), first + 2, closing + 2)


def _json_header(lines: Sequence[str], first: int) -> Header:
    """The header that is a JSON object above the text, as some site generators write it; empty without a known key."""
    inside = "\n".join(lines[first : first + table("header")["limits"]["lines"]])
    try:
        fields, end = json.JSONDecoder().raw_decode(inside, inside.index("{"))
    except (ValueError, RecursionError):
        return Header()
    if inside[end:].partition("\n")[0].strip() or not any(fold(name) in _keys() for name in fields):
        return Header()
    values = ((name, _json_value(value)) for name, value in fields.items())
    toml = {key: _toml_line(key, value) for name, value in values if value and (key := _key_for(name, value))}
    return Header("\n".join(toml.values()), first + 1, first + inside.count("\n", 0, end) + 2)


def _json_value(value: object) -> str:
    """A JSON value as a line of the plain header; "" for a value that states nothing there."""
    if isinstance(value, dict):
        return _json_value(value.get("name"))
    if isinstance(value, list):
        return "، ".join(filter(None, map(_json_value, value)))
    return value.strip() if isinstance(value, str) else ""


def _title_block(lines: Sequence[str], first: int) -> Header:
    """The title block of Pandoc: title, authors and date on lines of their own, each behind a percent sign."""
    block = [line[1:].strip() for line in takewhile(lambda line: line.startswith("%"), lines[first : first + 3])]
    values = [value.replace(";", "،") for value in block]
    pairs = zip(("title", "author", "published"), values, strict=False)
    toml = [f"{key} = {_quoted(value)}" if value else "" for key, value in pairs]
    return Header("\n".join(toml), first + 1, first + len(block) + 1, is_title_block=True)


def _looks_plain(inside: Sequence[str]) -> bool:
    """Whether lines between `---` are a header: few lines, at least one of them with a known key.

    Or all of them have keys and one looks like a known key misspelt. Then the mistake is reported, which is better
    than reading the header as part of the article.
    """
    if len(inside) > table("header")["limits"]["lines"]:
        return False
    pairs = list(map(_PAIR.fullmatch, filter(None, map(str.strip, inside))))
    names = [fold(pair[1]) for pair in pairs if pair]
    if any(name in _keys() for name in names):
        return True
    return None not in pairs and any(nearest(name, _keys()) for name in names)


def _plain_header(file: str, inside: Sequence[str], line: int) -> Header:
    """The header of these lines, the first of which is the 1-based `line` of the file.

    Each of them becomes one line of TOML, an empty one if it gives no key of its own. A line that is neither a pair,
    nor part of a value or list, nor a comment is a problem.
    """
    toml: dict[str, str] = {}
    problems, rows = [], []
    in_list, value_end = False, 0
    for index, text in enumerate(map(str.strip, inside)):
        pair = _PAIR.fullmatch(text) if index >= value_end else None
        is_entry = in_list and bool(_ENTRY.fullmatch(text))
        in_list = not pair[2] if pair else index < value_end or is_entry
        if pair is None and text and not text.startswith("#") and not in_list:
            what = f"its header has a line that is not `key: value`: {text[:80]!r}"
            problems.append(Problem(file, "header-line", what, "write `key: value`, all on one line", line + index))
        continuation = _continuation(inside, index) if pair else []
        value = _value((pair[2] or "").strip(), continuation, inside[index + 1 :]) if pair else ""
        value_end = max(value_end, index + 1 + len(continuation))
        key = _key_for(pair[1], value) if pair and value else ""
        rows.append(toml.setdefault(key, _toml_line(key, value)) if key and key not in toml else "")
    return Header("\n".join(rows), line, line + len(inside) + 1, tuple(problems))


def _continuation(inside: Sequence[str], index: int) -> list[str]:
    """The lines below one line of a header that are indented deeper, down to the first entry of a list."""
    indent = _indent(inside[index])
    deeper = takewhile(lambda line: not line.strip() or _indent(line) > indent, inside[index + 1 :])
    return [*takewhile(lambda line: not _ENTRY.fullmatch(line.strip()), deeper)]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _value(text: str, continuation: Sequence[str], below: Sequence[str]) -> str:
    """The value of a key: the text behind it with its continuation, else the list below it, else a name inside it."""
    if text.startswith("{") and text.endswith("}"):
        text, continuation = "", text[1:-1].split(",")
    lines = [*filter(None, map(str.strip, continuation))]
    if text:
        return " ".join(lines if text in _BLOCKS else [text, *lines])
    names = (pair[2] for pair in map(_PAIR.fullmatch, lines) if pair and pair[1] == "name")
    return _entries(below) or next(filter(None, names), "")


def _entries(below: Sequence[str]) -> str:
    """The entries of a list that begins right below its key, joined as the value of one line; "" without a list."""
    entries = takewhile(bool, map(_ENTRY.fullmatch, map(str.strip, below)))
    return "، ".join(_unquoted(entry[1].strip()) for entry in entries if entry)


def _key_for(name: str, value: str) -> str:
    """The key of a pair; "" for a name that clipping tools add. An address under "outlet" is the "url"."""
    key = key_of(name)
    if key == "outlet" and _ADDRESS.match(_unquoted(value)):
        return "url"
    return "" if is_foreign(name) else key


def is_foreign(name: str) -> bool:
    """Whether clipping tools write a key of this name for their own use."""
    return fold(name) in folded_list("header", "foreign", "keys")


@cache
def _keys() -> dict[str, str]:
    """Every folded name of a key to that key."""
    names = table("header")["keys"]
    return {fold(name): key for key in names for name in (key, *names[key])}


def key_of(name: str) -> str:
    """The key for which a name stands; the name itself where it stands for none."""
    return _keys().get(fold(name), name)


def names_of(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys, each followed by the other names that stand for it."""
    return tuple(name for key in keys for name in (key, *table("header")["keys"].get(key, ())))


def _toml_line(key: str, value: str) -> str:
    """The line of TOML for a key and its plain value."""
    text = value.strip()
    if key == "split" and fold(text) in table("header")["lists"]["no"]:
        return f"{_quoted(key)} = false"
    if key in table("header")["lists"]["keys"]:
        entries = (entry.strip() for entry in re.split("[,،]", text.removeprefix("[").removesuffix("]")))
        return f"{_quoted(key)} = [{', '.join(_scalar(entry) for entry in entries if entry)}]"
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        text = "، ".join(_unquoted(part.strip()) for part in text[1:-1].split(","))
    return f"{_quoted(key)} = {_quoted(_unquoted(text))}"


def _scalar(entry: str) -> str:
    """An entry of a list as TOML: a number (of a line to drop, say) as a number, anything else as text."""
    return str(int(entry)) if entry.isdecimal() and len(entry) < 10 else _quoted(_unquoted(entry))


def _unquoted(value: str) -> str:
    """A value without quotation marks around it, or without the double brackets of a link between notes."""
    value = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
    return value[2:-2] if value.startswith("[[") and value.endswith("]]") else value


def _quoted(text: str) -> str:
    """A text as a string of TOML."""
    return json.dumps(_CONTROL_CHARACTERS.sub("", text), ensure_ascii=False)
