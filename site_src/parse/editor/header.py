"""The header at the head of a file: TOML between `+++` lines, JSON, or plain `key: value` lines between `---`.

The plain form is rewritten as TOML line for line, so that one reader of the editor's word is enough and the line
numbers of its complaints are right. It is no YAML: a value is the text after the first colon, whatever it holds, with
the lines below that are indented deeper, or else the list below it, each entry with "- ". Tools that clip pages write
such headers too: what they leave empty states nothing, nor do keys below another key, but for the name of somebody.
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
_ENTRY = late(r"-\s+(\S.*)")
_BLOCKS = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
"""Marks that set a value, of one line or several, indented below its key."""
_ADDRESS = late(r"https?://\S+\Z")
_UNFIT = late("[\x00-\x08\x0b-\x1f\x7f]")


class Header(Struct, frozen=True, gc=False):
    """A header as TOML, the 1-based line on which it begins, and the line on which the page's own text begins."""

    toml: str = ""
    line: int = 1
    body: int = 1
    problems: tuple[Problem, ...] = ()
    titled: bool = False
    """It is a title block: the page is one article, whose headings are sections of it, of whatever level."""


def find_header(file: str, lines: Sequence[str]) -> Header:
    """The header that the decoded lines of a file begin with; an empty one where there is none."""
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].strip() if lines else ""
    if fence.startswith("% "):
        return _title_block(lines, first)
    if fence.startswith("{"):
        return _json(lines, first)
    if fence not in {"+++", "---"}:
        return Header()
    closes = {fence, "..."} if fence == "---" else {fence}
    closing = next((place for place in range(first + 1, len(lines)) if lines[place].strip() in closes), None)
    inside = lines[first + 1 : closing]
    if fence == "---":
        return _plain(file, inside, first + 2) if closing and _looks_plain(inside) else Header()
    if closing is None:
        todo = "close it with a second line of +++"
        problem = Problem(file, "header-open", "its header is never closed and was not used", todo, first + 1)
        return Header(body=first + 2, problems=(problem,))
    return Header("\n".join(inside), first + 2, closing + 2)


def _json(lines: Sequence[str], first: int) -> Header:
    """The header of site generators that is a JSON object, above the text."""
    inside = "\n".join(lines[first : first + table("header")["limits"]["lines"]])
    try:
        said, end = json.JSONDecoder().raw_decode(inside, inside.index("{"))
    except (ValueError, RecursionError):
        return Header()
    if inside[end:].partition("\n")[0].strip() or not any(fold(name) in _keys() for name in said):
        return Header()
    pairs = ((name, _said(value)) for name, value in said.items())
    toml = {key: _toml_line(key, value) for name, value in pairs if value and (key := _key_for(name, value))}
    return Header("\n".join(toml.values()), first + 1, first + inside.count("\n", 0, end) + 2)


def _said(value: object) -> str:
    """A value of JSON as a line of the plain header writes it; "" for what says nothing there."""
    if isinstance(value, dict):
        return _said(value.get("name"))
    if isinstance(value, list):
        return "، ".join(filter(None, map(_said, value)))
    return value.strip() if isinstance(value, str) else ""


def _title_block(lines: Sequence[str], first: int) -> Header:
    """The header of Pandoc: title, authors and date on lines of their own, each behind a percent sign."""
    block = [line[1:].strip() for line in takewhile(lambda line: line.startswith("%"), lines[first : first + 3])]
    values = zip(("title", "author", "published"), (one.replace(";", "،") for one in block), strict=False)
    toml = [f"{key} = {_quoted(value)}" if value else "" for key, value in values]
    return Header("\n".join(toml), first + 1, first + len(block) + 1, titled=True)


def _looks_plain(inside: Sequence[str]) -> bool:
    """Whether lines between `---` are a header at all: few, and one of them states a known key.

    Or all of them state keys, and one seems a known key misspelt: that is told, rather than read as the article.
    """
    if len(inside) > table("header")["limits"]["lines"]:
        return False
    pairs = list(map(_PAIR.fullmatch, filter(None, map(str.strip, inside))))
    keys = [fold(pair[1]) for pair in pairs if pair]
    return any(key in _keys() for key in keys) or (None not in pairs and any(nearest(key, _keys()) for key in keys))


def _plain(file: str, inside: Sequence[str], line: int) -> Header:
    toml: dict[str, str] = {}
    problems, rows = [], []
    listing, within = False, 0
    for place, text in enumerate(map(str.strip, inside)):
        pair = _PAIR.fullmatch(text) if place >= within else None
        listing = not pair[2] if pair else place < within or (listing and bool(_ENTRY.fullmatch(text)))
        if pair is None and text and not text.startswith("#") and not listing:
            what = f"its header has a line that is not `key: value`: {text[:80]!r}"
            problems.append(Problem(file, "header-line", what, "write `key: value`, all on one line", line + place))
        more = _below(inside, place) if pair else []
        value = _value((pair[2] or "").strip(), more, inside[place + 1 :]) if pair else ""
        within = max(within, place + 1 + len(more))
        key = _key_for(pair[1], value) if pair and value else ""
        rows.append(toml.setdefault(key, _toml_line(key, value)) if key and key not in toml else "")
    return Header("\n".join(rows), line, line + len(inside) + 1, tuple(problems))


def _below(inside: Sequence[str], place: int) -> list[str]:
    """The lines of a header below one of them that are indented deeper; a list has lines of its own."""
    deep = _indent(inside[place])
    below = takewhile(lambda line: not line.strip() or _indent(line) > deep, inside[place + 1 :])
    return [*takewhile(lambda line: not _ENTRY.fullmatch(line.strip()), below)]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _value(said: str, more: Sequence[str], below: Sequence[str]) -> str:
    """The value of a key: what stands behind it and goes on below it, else a list, or the name that it holds."""
    if said.startswith("{") and said.endswith("}"):
        said, more = "", said[1:-1].split(",")
    texts = [*filter(None, map(str.strip, more))]
    if said:
        return " ".join(texts if said in _BLOCKS else [said, *texts])
    named = (pair[2] for pair in map(_PAIR.fullmatch, texts) if pair and pair[1] == "name")
    return _entries(below) or next(filter(None, named), "")


def _entries(below: Sequence[str]) -> str:
    """The lines of a list that stands below its key, as the value of one line."""
    entries = takewhile(bool, map(_ENTRY.fullmatch, map(str.strip, below)))
    return "، ".join(_unquoted(entry[1].strip()) for entry in entries if entry)


def _key_for(name: str, value: str) -> str:
    """The key of a pair: an address is no outlet's name; "" for what clipping tools note for themselves."""
    key = key_of(name)
    if key == "outlet" and _ADDRESS.match(_unquoted(value)):
        return "url"
    return "" if is_foreign(name) else key


def is_foreign(name: str) -> bool:
    """Whether tools write a key of this name into headers for themselves."""
    return fold(name) in folded_list("header", "foreign", "keys")


@cache
def _keys() -> dict[str, str]:
    """Every folded name of a key to the key itself."""
    names = table("header")["keys"]
    return {fold(name): key for key in names for name in (key, *names[key])}


def key_of(name: str) -> str:
    """The key that a name stands for; the name itself where none knows it."""
    return _keys().get(fold(name), name)


def names_of(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys, each with the other names that stand for it."""
    return tuple(name for key in keys for name in (key, *table("header")["keys"].get(key, ())))


def _toml_line(key: str, value: str) -> str:
    bare = value.strip()
    if key == "split" and fold(bare) in table("header")["lists"]["no"]:
        return f"{_quoted(key)} = false"
    if key in table("header")["lists"]["keys"]:
        parts = (part.strip() for part in re.split("[,،]", bare.removeprefix("[").removesuffix("]")))
        return f"{_quoted(key)} = [{', '.join(_scalar(part) for part in parts if part)}]"
    if bare.startswith("[") and bare.endswith("]") and not bare.startswith("[["):
        bare = "، ".join(_unquoted(part.strip()) for part in bare[1:-1].split(","))
    return f"{_quoted(key)} = {_quoted(_unquoted(bare))}"


def _scalar(part: str) -> str:
    """A number of a list (of paragraphs to drop, say) as a number, anything else as text."""
    return str(int(part)) if part.isdecimal() and len(part) < 10 else _quoted(_unquoted(part))


def _unquoted(value: str) -> str:
    """A value without quotation marks, and without the brackets that a note's link to another has."""
    value = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
    return value[2:-2] if value.startswith("[[") and value.endswith("]]") else value


def _quoted(text: str) -> str:
    return json.dumps(_UNFIT.sub("", text), ensure_ascii=False)
