"""A `Day` in the words of an edition: what is stated, in the order of the language, and nothing more."""

from __future__ import annotations

from markupsafe import Markup

from site_src.model.fields import Day, Found
from site_src.model.page import Article
from site_src.render.labels import Label, Labels, markup


def day_words(day: Day, labels: Labels) -> Markup:
    """The stated parts, such as "8 November 2025", "Friday 7 November" or "2025"; "" when none is.

    A weekday that the full date contradicts is left out.
    """
    calendar = labels.calendar
    if not day.month:
        return markup(str(day.year or ""))
    words = {"day": day.day, "month": calendar.months[day.month - 1], "year": day.year}
    if day.day:
        pattern = calendar.day_month_year if day.year else calendar.day_month
    else:
        pattern = calendar.month_year if day.year else Label("{month}")
    text = pattern.format(**words)
    if day.weekday is None or not _weekday_stands(day):
        return text
    return calendar.with_weekday.format(weekday=calendar.weekdays[day.weekday], date=text)


def _weekday_stands(day: Day) -> bool:
    """Whether the stated weekday may stand beside the date: nothing stated contradicts it."""
    try:
        return day.date.weekday() == day.weekday if day.date else bool(day.day)
    except ValueError:  # no such day in any calendar: nothing to stand beside
        return False


def machine_date(day: Day) -> str:
    """The value of a `datetime` attribute; a date without a year is "MM-DD", which HTML allows."""
    if day.iso:
        return day.iso
    return f"{day.month:02d}-{day.day:02d}" if day.month and day.day else ""


def shown_date(article: Article) -> tuple[str, Found[Day]]:
    """The date to show and the label that says what it is: "" for published, "updated", "event" or "no_date"."""
    for label, found in (("", article.published), ("updated", article.updated), ("event", article.event)):
        if found.value:
            return label, found
    return "no_date", article.published
