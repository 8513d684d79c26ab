"""A `Day` in the words of an edition: its stated parts in the order of the language, and nothing else."""

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
    if day.day:
        pattern = calendar.day_month_year if day.year else calendar.day_month
    else:
        pattern = calendar.month_year if day.year else Label("{month}")
    date = pattern.format(day=day.day, month=calendar.months[day.month - 1], year=day.year)
    if day.weekday is None or not _weekday_fits(day):
        return date
    return calendar.with_weekday.format(weekday=calendar.weekdays[day.weekday], date=date)


def _weekday_fits(day: Day) -> bool:
    """Whether the stated weekday may stand beside the date: nothing that is stated contradicts it."""
    try:
        return day.date.weekday() == day.weekday if day.date else bool(day.day)
    except ValueError:  # a day that no calendar has
        return False


def machine_date(day: Day) -> str:
    """The value of a `datetime` attribute; "MM-DD" for a date without a year, which HTML allows; else ""."""
    if day.iso:
        return day.iso
    return f"{day.month:02d}-{day.day:02d}" if day.month and day.day else ""


def shown_date(article: Article) -> tuple[str, Found[Day]]:
    """(label, date to show); the label says what the date is: "" for published, "updated", "event" or "no_date"."""
    for label, date in (("", article.published), ("updated", article.updated), ("event", article.event)):
        if date.value:
            return label, date
    return "no_date", article.published
