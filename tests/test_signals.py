"""Signals that agree or contradict each other: a day and its lead, what stands twice, how paragraphs end and begin."""

from __future__ import annotations

import pytest

from site_src.model.page import Article
from tests.support_reader import BODY, DAY, TITLE, article

MONDAY = f"أعلن رئيس المجلس البلدي، اليوم الاثنين، أن {BODY[0].removeprefix('فتح ')}"
YESTERDAY = MONDAY.replace("اليوم الاثنين", "مساء أمس (الأحد)")


def texts(found: Article) -> list[str]:
    return [one.text for one in found.paragraphs]


@pytest.mark.parametrize("lead", [MONDAY, YESTERDAY])
@pytest.mark.parametrize(
    ("day", "iso"),
    [("12 مايو 2025", "2025-05-12"), ("14 مايو 2025", "2025-05-14"), ("11 مايو 2025", None), ("26 أبريل 2024", None)],
)
def test_a_bare_day_counts_unless_the_lead_tells_of_another_weekday_as_today(lead: str, day: str, iso: str) -> None:
    published = article(TITLE, day, lead, *BODY[1:]).published.value
    assert (published.iso if published else None) == iso


def test_a_labelled_day_counts_whatever_the_lead_says() -> None:
    found = article(TITLE, "تاريخ النشر: 11 مايو 2025", MONDAY, *BODY[1:])
    assert (found.published.value.iso, found.published.status) == ("2025-05-11", "stated")  # type: ignore[union-attr]


@pytest.mark.parametrize("day", ["1 يناير 1970 05:04 م", "تاريخ النشر: 1970-01-01"])
def test_the_day_from_which_programs_count_is_none_of_publication(day: str) -> None:
    assert article(TITLE, day, *BODY).published.value is None


def test_a_place_a_day_and_a_drawn_dash_open_a_report() -> None:
    found = article(TITLE, f"عمان 12 مايو 2025 ــ {BODY[0]}", *BODY[1:])
    assert found.published.value.iso == "2025-05-12"  # type: ignore[union-attr]
    assert article(TITLE, f"لقاء 12 مايو 2025 ــ {BODY[0]}", *BODY[1:]).published.value is None


@pytest.mark.parametrize("dateline", ["مسقط ـ العُمانية: ", "مسقط - (العمانية): ", "مسقط ــ العمانية ــ "])
def test_a_letter_drawn_out_stands_for_a_dash_in_a_dateline(dateline: str) -> None:
    assert article(TITLE, DAY, f"{dateline}{BODY[0]}", *BODY[1:]).agency.id == "ona"
