"""Dates in text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_src.model import Day
from site_src.text.dates import FoundDate, find_dates

BASE = Day(2025, 11, 9)


def only(text: str, base: Day | None = None) -> FoundDate:
    (found,) = find_dates(text, base)
    return found


def test_an_english_ordinal_date_with_a_zone_is_read_whole() -> None:
    found = only("تاريخ النشر: 8th, November 2025 GMT")
    assert (found.day, found.start) == (Day(2025, 11, 8, zone="GMT"), 13)


def test_a_missing_year_stays_missing() -> None:
    assert only("يوم الجمعة 7 تشرين الثاني/نوفمبر").day == Day(None, 11, 7, weekday=4)


def test_a_year_alone_is_no_date_here() -> None:
    assert find_dates("عام 2022 وفي 2023") == ()


def test_relative_words_need_a_known_date() -> None:
    assert find_dates("قبل 3 ساعات، أمس") == ()
    assert [found.day for found in find_dates("منذ يومين", BASE)] == [Day(2025, 11, 7)]


def test_a_weekday_that_contradicts_the_known_date_is_left_unresolved() -> None:
    assert find_dates("أمس الجمعة", BASE) == ()


FOREIGN = st.one_of(
    st.text(), st.text(alphabet="0129٣۴/-.: ،,()مايوفبرمناليوجمعةقبلthJune\u0640\u064b\u200f", max_size=60)
)


@given(FOREIGN, st.sampled_from([None, BASE, Day(2025, None, None), Day(1, 1, 1, time="99:99"), Day(9999, 12, 31)]))
def test_any_text_gives_ordered_spans_and_possible_days(text: str, base: Day | None) -> None:
    place = 0
    for found in find_dates(text, base):
        assert place <= found.start < found.end <= len(text)
        assert found.day.month is None or 1 <= found.day.month <= 12
        assert found.day.day is None or 1 <= found.day.day <= 31
        place = found.end
