"""Approved words in which a check finds an error are published, and every report names their story."""

from __future__ import annotations

from pathlib import Path

import pytest
import support_site as support


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return support.shipped_site(tmp_path)


def run(site: Path, *arguments: str) -> str:
    return support.run(*arguments, "--config", str(site / "site.toml")).stdout


def test_a_wrong_figure_that_was_approved_by_hand_is_told_by_build_and_check(site: Path) -> None:
    memory = site / "content" / "translations" / "white-house-summit-and-orban.en.po"
    right = memory.read_text("utf-8")
    assert right.count("tenth anniversary") == 1
    assert "a check finds an error" not in run(site, "check")
    memory.write_text(right.replace("tenth anniversary", "ninth anniversary"), "utf-8")
    for command in ("check", "build"):
        (line,) = [line for line in run(site, command).splitlines() if "a check finds an error" in line]
        assert line.endswith(": white-house-summit-and-orban")
    page = site / "_site" / "en" / "stories" / "white-house-summit-and-orban.html"
    assert "ninth anniversary" in page.read_text("utf-8")
