"""Approved words in which a check finds an error are published, and every report names the sentence and the error."""

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
        said = run(site, command)
        assert "status SLUG" in said and "leads to them" in said
        (line,) = [line for line in said.splitlines() if "a check finds an error" in line]
        found = "numbers: الذكرى السنوية العاشرة, ninth anniversary"
        assert line.endswith(f": white-house-summit-and-orban sentence 2 ({found})")
    page = site / "_site" / "en" / "stories" / "white-house-summit-and-orban.html"
    assert "ninth anniversary" in page.read_text("utf-8")


def test_a_slip_of_digits_that_was_approved_is_told_with_both_figures_by_the_report_and_the_status(site: Path) -> None:
    page = site / "content" / "articles" / "pump-station.txt"
    text = (
        "محطة ضخ جديدة في كازاخستان", "2 فبراير 2026", "بلغت كلفة المحطة 340 مليون دولار.",
        "وتسقي المحطة حقول القرى القريبة من النهر طوال فصل الصيف، وتخفف من شح المياه الذي شكا منه المزارعون.",
    )  # fmt: skip
    page.write_text("\n\n".join(text), "utf-8")
    page.with_suffix(".toml").write_text('slug = "pump-station"\ntopics = ["central-asia"]\n', "utf-8")
    run(site, "build")
    memory = site / "content" / "translations" / "pump-station.en.po"
    source = 'msgid "بلغت كلفة المحطة 340 مليون دولار."\nmsgstr "'
    waiting = memory.read_text("utf-8")
    assert waiting.count(source) == 1
    memory.write_text(waiting.replace(source, f"{source}The station cost 430 million dollars."), "utf-8")
    slip = "sentence 1 (numbers: 340 مليون دولار, 430 million dollars)"
    assert f"a check finds an error: pump-station {slip}\n" in run(site, "build", "--frozen")
    told = support.run("status", "pump-station", "--config", str(site / "site.toml"), code=1).stdout
    assert f"  approved: {slip}\n" in told and "white-house" not in told
    assert "no story 'pump'" in support.run("status", "pump", "--config", str(site / "site.toml"), code=2).stderr


def test_sentences_whose_file_cannot_be_read_are_told_as_such_without_the_advice_to_translate_them(site: Path) -> None:
    memory = site / "content" / "translations" / "g20-miami-invitation.en.po"
    memory.write_text("<<<<<<< ours\n" + memory.read_text("utf-8"), "utf-8")
    done = support.run("build", "--frozen", "--config", str(site / "site.toml"))
    assert memory.name in done.stderr
    assert "5 sentences wait because their PO file could not be read" in done.stdout
    assert "models install" not in done.stdout and "Translate" not in done.stdout
