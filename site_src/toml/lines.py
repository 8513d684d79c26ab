"""On which line of a TOML file a key, a table or a member of a list stands, so that a mistake can be told with it."""

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
"""The line on which it stands, from 1, and the token."""


def placed(text: str, mistakes: Iterable[str]) -> list[str]:
    """The mistakes of a file that holds `text` (TOML), each begun with its line, where the key that it names is stated.

    What is missing is told on the line of the table, or the table of that, in which it is missing.
    """
    lines = lines_of(text)
    return [f"line {line}: {said}" if (line := line_of(lines, said)) else said for said in mistakes]


def line_of(lines: Mapping[str, int], said: str) -> int:
    """The line of the key, of those in `lines`, with which a sentence begins; 0 where it begins with none."""
    named = [name for name in lines if said.startswith(name) and not re.match(r"[\w-]", said[len(name) :])]
    return lines[max(named, key=len)] if named else 0


def lines_of(text: str) -> dict[str, int]:
    """The line of each key, table and member of a list that `text` (TOML) states, by its dotted name.

    Tables of a list, and members, count from 1: "topics.2.groups.1.names.3". What is within a member has its line.
    """
    lines: dict[str, int] = {}
    counts: Counter[str] = Counter()
    table = ""
    for tokens in _statements(text):
        line, equals = tokens[0][0], next((at for at, (_, token) in enumerate(tokens) if token == "="), None)
        key = _path(token for _, token in tokens[:equals] if token not in "[]")
        if equals is None:
            table = _table(key, counts, listed=tokens[1][1] == "[")
            lines[table] = line
            continue
        for length in range(1, len(key) + 1):
            lines.setdefault(_dotted(table, *key[:length]), line)
        for number, place in enumerate(_members(tokens[equals + 1 :]), 1):
            lines[_dotted(table, *key, str(number))] = place
    return lines


def _statements(text: str) -> Iterator[list[Token]]:
    """The tokens of each statement, without space and comments: one ends with its line, outside of all brackets."""
    line, depth = 1, 0
    tokens: list[Token] = []
    for token in _TOKEN.findall(f"{text}\n"):
        if token == "\n" and depth == 0 and tokens:
            yield tokens
            tokens = []
        elif not token.isspace() and token[0] != "#":
            tokens.append((line, token))
            depth += _depth(token)
        line += token.count("\n")


def _depth(token: str) -> int:
    return 1 if token in ("[", "{") else -1 if token in ("]", "}") else 0


def _path(tokens: Iterable[str]) -> list[str]:
    """The names of a key that may be dotted and quoted."""
    value, names = tomllib.loads(f"{''.join(tokens)} = 0"), []
    while isinstance(value, dict):
        ((name, value),) = value.items()
        names.append(name)
    return names


def _table(names: Iterable[str], counts: Counter[str], *, listed: bool) -> str:
    """The dotted name of a table, one more of a list where it is `listed`; `counts` has those of each list so far."""
    table = path = ""
    for path in names:
        table = _dotted(table, str(counts[table])) if counts[table] else table
        table = _dotted(table, path)
    if listed:
        counts[table] += 1
    return _dotted(table, str(counts[table])) if listed else table


def _members(value: Iterable[Token]) -> Iterator[int]:
    """The line on which each member of a list begins; none where the value is no list."""
    depth = 0
    for line, token in value:
        if depth == 0 and token != "[":
            return
        if depth == 1 and token not in (",", "]"):
            yield line
        depth += _depth(token)


def _dotted(*names: str) -> str:
    return ".".join(filter(None, names))
