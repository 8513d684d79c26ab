"""The lines of a TOML file on which its keys, tables and members of lists stand, to add them to mistakes."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

_TOKEN = re.compile(
    r""""{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*'|\#[^\n]*|\n|[^\S\n]+|[^\s"'\#\[\]{},=]+|."""
    "", re.DOTALL
)  # fmt: skip
Token = tuple[int, str]
"""(line from 1, text of the token)."""


def with_lines(text: str, mistakes: Iterable[str]) -> list[str]:
    """The mistakes of a file that holds `text` (TOML), each with the line of the key that it begins with.

    A missing key gets the line of the innermost table that is there.
    """
    lines = lines_of(text)
    return [f"line {line}: {mistake}" if (line := line_of(lines, mistake)) else mistake for mistake in mistakes]


def line_of(lines: Mapping[str, int], mistake: str) -> int:
    """The line of the longest key in `lines` with which a mistake begins; 0 where it begins with none."""
    keys = [key for key in lines if mistake.startswith(key) and not re.match(r"[\w-]", mistake[len(key) :])]
    return lines[max(keys, key=len)] if keys else 0


def lines_of(text: str) -> dict[str, int]:
    """The line of each key, table and member of a list in `text` (TOML), by its dotted name.

    Tables of a list, and members, count from 1: "topics.2.groups.1.names.3". What is inside a member has its line.
    """
    lines: dict[str, int] = {}
    counts: Counter[str] = Counter()
    table = ""
    for tokens in _statements(text):
        line = tokens[0][0]
        equals = next((index for index, (_, token) in enumerate(tokens) if token == "="), None)
        names = _parse_key(token for _, token in tokens[:equals] if token not in "[]")
        if equals is None:
            table = _table_name(names, counts, in_list=tokens[1][1] == "[")
            lines[table] = line
            continue
        for length in range(1, len(names) + 1):
            lines.setdefault(_dotted(table, *names[:length]), line)
        for number, member_line in enumerate(_member_lines(tokens[equals + 1 :]), 1):
            lines[_dotted(table, *names, str(number))] = member_line
    return lines


def _statements(text: str) -> Iterator[list[Token]]:
    """The tokens of each statement, without space and comments; a statement ends with a line, outside of brackets."""
    line, depth = 1, 0
    tokens: list[Token] = []
    for token in _TOKEN.findall(f"{text}\n"):
        if token == "\n" and depth == 0 and tokens:
            yield tokens
            tokens = []
        elif not token.isspace() and token[0] != "#":
            tokens.append((line, token))
            depth += _depth_change(token)
        line += token.count("\n")


def _depth_change(token: str) -> int:
    return 1 if token in ("[", "{") else -1 if token in ("]", "}") else 0


def _parse_key(tokens: Iterable[str]) -> list[str]:
    """The names in a key, which may be dotted and quoted."""
    value, names = tomllib.loads(f"{''.join(tokens)} = 0"), []
    while isinstance(value, dict):
        ((name, value),) = value.items()
        names.append(name)
    return names


def _table_name(names: Iterable[str], counts: Counter[str], *, in_list: bool) -> str:
    """The dotted name of a table; with `in_list`, of the next table of that list.

    `counts` has the number of tables so far in each list, and is updated.
    """
    table = ""
    for name in names:
        table = _dotted(table, str(counts[table])) if counts[table] else table
        table = _dotted(table, name)
    if not in_list:
        return table
    counts[table] += 1
    return _dotted(table, str(counts[table]))


def _member_lines(value: Iterable[Token]) -> Iterator[int]:
    """The line on which each member of a list begins; nothing where the value is no list."""
    depth = 0
    for line, token in value:
        if depth == 0 and token != "[":
            return
        if depth == 1 and token not in (",", "]"):
            yield line
        depth += _depth_change(token)


def _dotted(*names: str) -> str:
    return ".".join(filter(None, names))
