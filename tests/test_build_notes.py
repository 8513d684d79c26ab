"""What the report of a build tells of days that are still to come, and of translations that have lost their story."""

from __future__ import annotations

from pathlib import Path

import pytest
import support_attack as attack


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return attack.make(tmp_path / "site")


def date_lake(site: Path, line: str) -> None:
    page = site / "content" / "articles" / "lake.txt"
    title, _, text = page.read_text("utf-8").partition("\n")
    page.write_text(f"{title}\n{line}\n{text}", "utf-8")


@pytest.mark.parametrize(
    ("line", "today", "told"),
    [
        ("تاريخ النشر: 5 مارس 2026", "2026-03-03", "published: 2026-03-05 was still to come"),
        ("تاريخ النشر: أبريل 2026", "2026-03-03", "published: 2026-04 was still to come"),
        ("تاريخ النشر: 4 مارس 2026", "2026-03-03", ""),  # elsewhere it is that day already
        ("تاريخ النشر: مارس 2026", "2026-03-03", ""),
        ("تاريخ النشر: 5 مارس 2026", "", ""),
    ],
)
def test_a_day_of_publication_that_is_still_to_come_is_told(site: Path, line: str, today: str, told: str) -> None:
    date_lake(site, line)
    warnings = [one for one in attack.build_here(site, today).problems if one.code == "day-to-come"]
    assert [one.file for one in warnings] == ["lake.txt"] * bool(told)
    assert all(one.what.startswith(told) and one.severity == "warning" for one in warnings)


def test_the_editors_day_settles_it(site: Path) -> None:
    date_lake(site, "تاريخ النشر: 5 مارس 2036")
    (site / "content" / "articles" / "lake.toml").write_text("published = 2026-03-02\n", "utf-8")
    assert attack.build_here(site, "2026-03-03").problems == ()


def test_translations_of_a_story_whose_article_was_removed_are_named_until_it_returns(site: Path) -> None:
    page, memory = site / "content/articles/canal.txt", site / "content/translations/canal.en.po"
    assert not [note for note in attack.build_here(site).notes if "canal" in note]
    article, words = page.read_bytes(), memory.read_bytes()
    page.unlink()
    [note] = [note for note in attack.build_here(site).notes if "canal" in note]
    assert "no longer has" in note and "canal.en.po" in note and "lake.en.po" not in note
    assert memory.read_bytes() == words
    page.write_bytes(article)
    assert not [note for note in attack.build_here(site).notes if "canal" in note]
