"""No pattern of ours can be made to run for ever: each meets strings made to hurt it, and each search ends."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from re import _constants as constants
from re import _parser as parser
from typing import Any

import pytest

import site_src
from site_src.model.page import ParsedPage, RawPage
from site_src.parse import parse_page
from site_src.read import decode
from site_src.text.patterns import Late

LENGTH = 400
LIMIT = 2.0
"""CPU seconds for one search of a string of that length; what our patterns need is a thousandth of it."""


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that a module of ours holds."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(site_src.__path__, "site_src."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                for place, pattern in enumerate(_held(value)):
                    found.setdefault(f"{module.name}.{name}.{place}", pattern)
    return {name: pattern for name, pattern in found.items() if name.split(".")[0] == "site_src"}


def _held(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Late):
        yield value.compiled
    elif isinstance(value, dict):
        yield from _held(tuple(value.values()))
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from _held(one)


def hostile(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Strings of about that length: what each repetition of the pattern repeats, again and again, and then an end."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    for before, body in _repeats(list(tree), ""):
        for piece in {body, body[:1], body[-1:]} - {""}:
            pumped = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
            yield from (before + pumped + end for end in ("\x00", "", piece + "\n!"))


def _repeats(nodes: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """(what comes before, one round) of each repetition, at any depth."""
    for kind, value in nodes:
        if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            inner = list(value[2])
            for turn in range(3):
                yield before, "".join(_example(one, turn) for one in inner)
            yield from _repeats(inner, before)
        for below in _below(kind, value):
            yield from _repeats(below, before)
        before += _example((kind, value), 0)


def _below(kind: Any, value: Any) -> list[list[Any]]:
    if kind == constants.SUBPATTERN:
        return [list(value[3])]
    if kind == constants.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind in (constants.ASSERT, constants.ASSERT_NOT):
        return [list(value[1])]
    if kind == constants.ATOMIC_GROUP:
        return [list(value)]
    return []


def _example(node: tuple[Any, Any], turn: int) -> str:
    """A string that the node matches; `turn` chooses among several."""
    kind, value = node
    if kind == constants.LITERAL:
        return chr(value)
    if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
        return "".join(_example(one, turn) for one in value[2]) * max(1, min(value[0], 4))
    if kind == constants.IN:
        choices = [_member(one) for one in value if one[0] != constants.NEGATE]
        if value[0][0] == constants.NEGATE:
            return next(mark for mark in "ab ا1.\n" if mark not in choices)
        return choices[turn % len(choices)]
    if kind == constants.CATEGORY:
        return _member(node)
    if kind == constants.BRANCH:
        return "".join(_example(one, turn) for one in value[1][turn % len(value[1])])
    if kind in (constants.ANY, constants.NOT_LITERAL):
        return "a"
    return "".join(_example(one, turn) for below in _below(kind, value)[:1] for one in below
                   if kind in (constants.SUBPATTERN, constants.ATOMIC_GROUP))  # fmt: skip


def _member(one: tuple[Any, Any]) -> str:
    kind, value = one
    if kind == constants.LITERAL:
        return chr(value)
    if kind == constants.RANGE:
        return chr(value[0])
    return {"SPACE": " ", "DIGIT": "1", "WORD": "a"}.get(str(value).removeprefix("CATEGORY_"), "!")


def ends(pattern: re.Pattern[Any], text: str) -> bool:
    """Whether looking for the pattern everywhere in the text comes to an end within the limit."""
    subject: Any = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        for _ in pattern.finditer(subject):
            pass
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


def _stop(_number: int, _frame: object) -> None:
    raise TimeoutError


@pytest.fixture(scope="module")
def known() -> dict[str, re.Pattern[Any]]:
    return patterns()


def wild(pattern: re.Pattern[Any]) -> str:
    """The first string on which the pattern runs wild, "" where there is none."""
    return next((text for text in hostile(pattern) if not ends(pattern, text[:LENGTH])), "")


def test_no_pattern_runs_wild_on_strings_made_against_it(known: dict[str, re.Pattern[Any]]) -> None:
    assert len(known) > 100
    tried = ((name, wild(pattern)) for name, pattern in known.items())
    assert {name: text for name, text in tried if text} == {}


@pytest.mark.parametrize("bad", [r"(?:a+)+b", r"(?:[\w-]+:[^\n]*\r?\n)*?content-type:"])
def test_a_pattern_that_runs_wild_would_be_seen(bad: str) -> None:
    assert wild(re.compile(bad))


def test_a_file_of_header_lines_is_read_at_once() -> None:
    assert isinstance(decode("a.txt", b"a:a\r\n" * 1600), RawPage)


@pytest.mark.parametrize(
    "line", ["أ" * 20_000, " " * 20_000 + "x", "| " * 5_000 + "x", "أستانا في 1" + " " * 5_000 + "-"]
)
@pytest.mark.parametrize("file", ["a.txt", "a.md"])
def test_a_line_made_against_the_rules_is_parsed(line: str, file: str) -> None:
    raw = f"| أ | ب |\n{line}\n\nقال الوزير إن العمل سيبدأ قريبا.\n".encode()
    page = decode(file, raw)
    assert isinstance(page, RawPage)
    assert isinstance(parse_page(page, ("ar",)), ParsedPage)
