import pytest
import support_publication as support

from site_src.model.fields import Day, Found
from site_src.model.page import Article
from site_src.render.dates import day_words, machine_date, shown_date
from site_src.render.labels import load_labels

LABELS = load_labels([support.TEMPLATES], ["en", "ar"])
CASES = [
    (Day(2025, 11, 8), "8 November 2025", "8 تشرين الثاني/نوفمبر 2025", "2025-11-08"),
    (Day(None, 11, 7, weekday=4), "Friday 7 November", "الجمعة 7 تشرين الثاني/نوفمبر", "11-07"),
    (Day(2025, 11, 7, weekday=4), "Friday 7 November 2025", "الجمعة 7 تشرين الثاني/نوفمبر 2025", "2025-11-07"),
    (Day(2025, 11, 8, weekday=4), "8 November 2025", "8 تشرين الثاني/نوفمبر 2025", "2025-11-08"),
    (Day(2025, 1, None), "January 2025", "كانون الثاني/يناير 2025", "2025-01"),
    (Day(2025, None, None), "2025", "2025", "2025"),
    (Day(None, 3, None), "March", "آذار/مارس", ""),
    (Day(None, None, None), "", "", ""),
]


@pytest.mark.parametrize(("day", "en", "ar", "machine"), CASES)
def test_a_date_says_what_is_stated_and_no_more(day: Day, en: str, ar: str, machine: str) -> None:
    assert (day_words(day, LABELS["en"]), day_words(day, LABELS["ar"]), machine_date(day)) == (en, ar, machine)


def article(**days: Day) -> Article:
    return support.article(day=None, **{name: Found(day, "stated") for name, day in days.items()})


def test_a_page_without_a_date_stays_undated() -> None:
    assert article().day is None
    assert shown_date(article())[0] == "no_date"


def test_an_event_without_a_year_is_shown_but_files_the_story_nowhere() -> None:
    event = article(event=Day(None, 11, 7))
    assert event.day is None
    assert shown_date(event)[0] == "event"


def test_an_update_dates_a_story_that_states_no_publication() -> None:
    updated = article(updated=Day(2025, 3, 1))
    assert updated.day == Day(2025, 3, 1)
    assert shown_date(updated)[0] == "updated"


def test_a_story_is_filed_under_the_fullest_date_that_its_page_gives() -> None:
    month, day = Day(2025, 3, None), Day(2025, 3, 9)
    assert article(published=month).day == month
    assert article(published=month, updated=day).day == day
    assert article(published=Day(None, 3, 9), updated=Day(2025, None, None)).day == Day(2025, None, None)


@pytest.mark.parametrize(
    ("status", "said"), [("stated", "the page says 8th, November 2025"), ("editor", "Supplied by the desk: date.")]
)
def test_a_date_of_the_desk_is_not_told_as_the_page_s(status: str, said: str) -> None:
    published = Found(support.NOVEMBER, status, "8th, November 2025 GMT", "line 2")
    of = support.brief("dated", support.article(published=published))
    page = support.build(support.publication([support.pair(of, "pending")]))["en/stories/dated.html"].content.decode()
    assert said in page and ("Supplied by the desk" in page) == (status == "editor")
