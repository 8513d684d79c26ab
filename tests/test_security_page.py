"""SECURITY.md promises what a test proves: each promise names tests, and each of these runs with the others."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = re.findall(r"^- (.+?): (`[\w/]+\.py::test_.*)$", PAGE.split("## What nobody may")[1], re.M)
NAMED = sorted({tuple(test.split("::")) for _, tests in PROMISES for test in re.findall(r"`(.+?)`", tests)})


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """The tests of those files that an ordinary run takes up, without their parameters."""
    files = sorted({f"tests/{file}" for file, _ in NAMED})
    options = ["-o", "addopts=--import-mode=importlib", "--collect-only", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run([sys.executable, "-m", "pytest", *options, *files], cwd=ROOT, capture_output=True, text=True,
                         check=False)  # fmt: skip
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    return {line.partition("[")[0] for line in run.stdout.splitlines() if "::" in line}


def function(file: str, name: str) -> ast.FunctionDef:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_promise_names_a_test_that_every_run_takes_up(collected: set[str], file: str, name: str) -> None:
    assert f"tests/{file}::{name}" in collected
    marks = {ast.unparse(mark).partition("(")[0] for mark in function(file, name).decorator_list}
    assert not marks & {f"pytest.mark.{word}" for word in ("skip", "skipif", "xfail", "soak")}


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_proves_a_promise_can_fail(file: str, name: str) -> None:
    """It asserts, or calls a function of its own file that does."""
    source = ast.unparse(function(file, name))
    module = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    checking = {node.name for node in functions if "assert " in ast.unparse(node)}
    called = set(re.findall(r"\b(\w+)\(", source)) - {name}
    assert "assert " in source or "raises(" in source or called & checking


def test_every_line_that_says_may_not_has_its_tests() -> None:
    said = [line for line in PAGE.split("## What nobody may")[1].split("\n## ")[0].split("\n") if line.startswith("- ")]
    assert len(said) == len(PROMISES) > 25


def test_everybody_of_the_table_may_not_do_something() -> None:
    table = PAGE.split("|---|---|---|\n")[1].split("\n\n")[0]
    who = [row.split(" | ")[0].removeprefix("| ") for row in table.split("\n")]
    assert who == re.findall(r"^\*\*(.+)\*\* may not$", PAGE, re.M)
