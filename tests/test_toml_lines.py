"""A mistake in a TOML file is told with the line on which its key stands."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support_site import ROOT

from site_src.toml.lines import line_of, lines_of, with_lines

ODD = '''a."b c".d = """
[x]
""""
[x]  # a table
y = [ # [
 ["a", "b"],

 # in between
 ["c",
  "d"], { q = "]" },
]
w = 'a=b'
[["q.r"]]
k = 1
[["q.r".s]]
k = 1
[["q.r".s]]
k = 1
[["q.r"]]
[["q.r".s]]
k = 1
['=']
"ب" = { c = 1 }
'''


def test_keys_tables_and_members_are_told_by_their_lines() -> None:
    assert lines_of(ODD) == {
        "a": 1, "a.b c": 1, "a.b c.d": 1, "x": 4, "x.y": 5, "x.y.1": 6, "x.y.2": 9, "x.y.3": 10, "x.w": 12,
        "q.r.1": 13, "q.r.1.k": 14, "q.r.1.s.1": 15, "q.r.1.s.1.k": 16, "q.r.1.s.2": 17, "q.r.1.s.2.k": 18,
        "q.r.2": 19, "q.r.2.s.1": 20, "q.r.2.s.1.k": 21, "=": 22, "=.ب": 23,
    }  # fmt: skip


@pytest.mark.parametrize("said", ["x.y.2 = 7: must be a string", "x.y.2: is none", "x.y.2.z: is missing"])
def test_a_mistake_is_placed_by_the_longest_key_that_it_names(said: str) -> None:
    assert with_lines(ODD, [said]) == [f"line 9: {said}"]


def test_what_is_missing_is_placed_in_its_table_and_what_no_key_states_goes_without() -> None:
    assert with_lines(ODD, ["x.title: is missing", "xy: is missing"]) == [
        "line 4: x.title: is missing",
        "xy: is missing",
    ]


def strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each text of what was read of a file, by its dotted name."""
    if isinstance(value, str):
        yield name, value
    members = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    for key, member in members:
        yield from strings(member, f"{name}.{key}".lstrip("."))


@pytest.mark.parametrize("file", ["site.toml", "content/names.toml", "templates/labels/ar.toml"])
def test_every_text_of_a_long_file_stands_on_the_line_that_is_told(file: str) -> None:
    text = Path(ROOT, file).read_text("utf-8")
    written, lines = text.split("\n"), lines_of(text)
    found = list(strings(tomllib.loads(text)))
    assert len(found) > 50
    for name, value in found:
        line = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), written[line_of(lines, name) - 1])
        assert value in line.replace("\\", ""), name
