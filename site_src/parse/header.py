"""The header at the head of a file: TOML between `+++` lines, or plain `key: value` lines between `---`.

The plain form is rewritten as TOML line for line, so that one reader of the editor's word is enough and the line
numbers of its complaints are right. It is no YAML: a value is the text after the first colon, whatever it holds, or the
lines below it, each with "- " or, behind a bar, indented. Tools that clip pages write such headers too: what they leave
empty states nothing.
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
from site_src.text.fold import fold, fold_all
from site_src.text.patterns import late

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
    if fence not in {"+++", "---"}:
        return Header()
    closing = next((place for place in range(first + 1, len(lines)) if lines[place].strip() == fence), None)
    inside = lines[first + 1 : closing]
    if fence == "---":
        return _plain(file, inside, first + 2) if closing and _looks_plain(inside) else Header()
    if closing is None:
        todo = "close it with a second line of +++"
        problem = Problem(file, "header-open", "its header is never closed and was not used", todo, first + 1)
        return Header(body=first + 2, problems=(problem,))
    return Header("\n".join(inside), first + 2, closing + 2)


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
    listing = False
    within = 0
    for place, text in enumerate(map(str.strip, inside)):
        pair = _PAIR.fullmatch(text) if place >= within else None
        listing = not pair[2] if pair else place < within or (listing and bool(_ENTRY.fullmatch(text)))
        if pair is None and text and not text.startswith("#") and not listing:
            what = f"its header has a line that is not `key: value`: {text[:80]!r}"
            problems.append(Problem(file, "header-line", what, "write `key: value`, all on one line", line + place))
        value = (pair[2] or _entries(inside[place + 1 :])).strip() if pair else ""
        if value in _BLOCKS:
            block = [*takewhile(_is_indented, inside[place + 1 :])]
            value, within = " ".join(map(str.strip, block)).strip(), place + 1 + len(block)
        key = _key_for(pair[1], value) if pair and value else ""
        rows.append(toml.setdefault(key, _toml_line(key, value)) if key and key not in toml else "")
    return Header("\n".join(rows), line, line + len(inside) + 1, tuple(problems))


def _is_indented(line: str) -> bool:
    return line[:1].isspace() or not line


def _entries(below: Sequence[str]) -> str:
    """The lines of a list that stands below its key, as the value of one line."""
    entries = takewhile(bool, map(_ENTRY.fullmatch, map(str.strip, below)))
    return "، ".join(_unquoted(entry[1].strip()) for entry in entries if entry)


def _key_for(name: str, value: str) -> str:
    """The key of a pair: an address is no outlet's name; "" for what clipping tools note for themselves."""
    key = key_of(name)
    if key == "outlet" and _ADDRESS.match(_unquoted(value)):
        return "url"
    return "" if fold(name) in _foreign() else key


@cache
def _foreign() -> frozenset[str]:
    return frozenset(fold_all(table("header")["foreign"]["keys"]))


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
