"""What the site shows of the line of a page that states its date: the date, not all else that stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import support_site as support

TEXT = [
    "أعلن وزير الطاقة في كازاخستان يوم الاثنين افتتاح خط جديد لنقل النفط من أكتاو إلى باكو عبر بحر قزوين.",
    "وقال الوزير إن أستانا وطشقند اتفقتا على توسيع الممر الأوسط، وإن رئيس كازاخستان سيبحث المشروع مع قادة آسيا الوسطى.",
]


def page_of(site: Path, line: str, word: str = "") -> str:
    """The story page of a page with this line below its title, and this word of the editor beside it."""
    articles = site / "content" / "articles"
    (articles / "line.txt").write_text("\n\n".join(["كازاخستان تفتتح خطا لنقل النفط", line, *TEXT]), "utf-8")
    if word:
        (articles / "line.toml").write_text(word, "utf-8")
    support.run("build", "--frozen", "--config", str(site / "site.toml"))
    page = (site / "_site" / "en" / "stories" / "line.html").read_text("utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.split("<main")[1].split("</main>")[0]))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return support.shipped_site(tmp_path)


@pytest.mark.parametrize(
    ("line", "shown", "not_shown"),
    [
        ("12-01-2026 آخر تحديث | 12-01-2026 نشر في | سالم بواسطة", "12-01-2026", "بواسطة"),
        ("الاثنين 23 رجب 1447 هـ الموافق 12 يناير 2026 م | القسم الاقتصادي",
         "الاثنين 23 رجب 1447 هـ الموافق 12 يناير 2026 م", "القسم"),
    ],
)  # fmt: skip
def test_of_a_line_with_a_date_the_date_is_shown(site: Path, line: str, shown: str, not_shown: str) -> None:
    page = page_of(site, line)
    assert "12 January 2026" in page
    assert shown in page
    assert not_shown not in page


def test_a_date_that_the_desk_set_is_not_told_as_read_off_the_arabic_text(site: Path) -> None:
    page = page_of(site, "متابعات", 'published = "12/1/2026"\n')
    assert "12 January 2026" in page
    assert "12/1/2026" not in page
