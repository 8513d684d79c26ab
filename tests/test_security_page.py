"""SECURITY.md promises what a test proves: every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", (ROOT / "SECURITY.md").read_text("utf-8"))))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_promise_names_a_test_that_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / "tests" / file).read_text("utf-8")


def test_every_line_of_the_threat_model_names_a_test() -> None:
    table = (ROOT / "SECURITY.md").read_text("utf-8").split("|---|---|---|---|---|\n")[1].split("\n\n")[0]
    assert all("::test_" in row for row in table.split("\n"))
