"""Pages that list stories: topics, archive, what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.fields import Day
from site_src.model.output import Recipe
from site_src.model.publication import Change
from site_src.render.catalogue import UNDATED, Catalogue, Entry, Line
from site_src.render.chart import WIDTH, Bars, Week, weekly_bars
from site_src.render.composer import Composer
from site_src.render.dates import day_words
from site_src.render.labels import NOTHING, Labels, Language
from site_src.render.links import edition_of, month_path, name_path, paged, pager, topic_path
from site_src.render.remembered import beside_dates, set_rows
from site_src.render.structured import list_data
from site_src.settings import Topic

TALLY = 12
"""Names in the tally of a topic."""


class Tally(NamedTuple):
    """A row of the tally: a name in the edition's script, in the other, its page, how often it occurs."""

    own: Markup
    other: Markup
    path: str
    mentions: int
    length: float
    """Of its bar, up to 100."""


def facing_words(composer: Composer, topic: Topic, code: str) -> tuple[Language, str] | None:
    """(language, title) of a topic in the other language of the site, where it has one."""
    other = next((lang for lang in composer.press.editions if lang != code and topic.title.get(lang)), "")
    return (composer.press.languages[other], composer.press.words(topic.title, other)) if other else None


class Listing(NamedTuple):
    """A list of stories on as many pages as it needs: what each of its pages is told."""

    topic: str
    """Slug; "" for a list that is no topic's."""
    month: str
    stories: int
    """All of the list."""
    undated: int
    number: int
    total: int
    bars: Bars | None
    """On the first page of a topic, like `tally`."""
    tally: tuple[tuple[str, int], ...]
    """(name, mentions)."""


def topic_pages(composer: Composer, catalogue: Catalogue, topic: Topic, code: str) -> Iterator[Recipe]:
    """The pages of a topic: its stories by date, stories per week, the names it turns on."""
    entries = catalogue.by_topic.get(topic.slug, ())
    tally = composer.once(("tally", topic.slug), lambda: catalogue.mentions(topic.slug, TALLY))
    first = Listing(
        topic.slug, "", len(entries), [entry.filed for entry in entries].count(UNDATED), 1, 1,
        weekly_bars(entries, composer.press.language(code).direction), tally,
    )  # fmt: skip
    yield from _paged(composer, f"{code}/{topic_path(topic.slug)}", entries, _topic_page, first)


def _paged(
    composer: Composer, path: str, entries: Sequence[Entry], make: Callable[..., str], first: Listing
) -> Iterator[Recipe]:
    """The pages of a list; the first keeps the plain address."""
    for place, shown, number, total in paged(path, entries, composer.press.settings.site.page_stories):
        listing = first._replace(number=number, total=total)
        if number > 1:
            listing = listing._replace(bars=None, tally=())
        yield composer.recipe_of(tuple(shown), place, make, path, listing)


def _topic_page(composer: Composer, path: str, entries: Sequence[Entry], first: str, listing: Listing) -> str:
    code = edition_of(path)
    press, labels = composer.press, composer.press.labels[code]
    topic = next(topic for topic in press.settings.topics if topic.slug == listing.topic)
    words = {
        "heading": press.words(topic.title, code), "facing": facing_words(composer, topic, code), "section": topic.slug,
        "intro": press.words(topic.description, code), "trail": [("index.html", labels.home)],
        **_bars_words(composer, listing.bars, code), "tally": _tally(composer, listing.tally, code),
        "feed": f"{code}/topics/{topic.slug}/feed.xml", "empty": labels.no_topic_stories,
    }  # fmt: skip
    return _list_page(composer, path, entries, first, listing, words)


def _list_page(
    composer: Composer, path: str, entries: Sequence[Entry], first: str, listing: Listing, words: dict[str, object]
) -> str:
    code, _, plain = first.partition("/")
    labels, number, total, title = composer.press.labels[code], listing.number, listing.total, words["heading"]
    rows = set_rows(composer, entries, code, "../" * path.count("/"))
    page = {
        "title": title if total == 1 else f"{title}{labels.comma}{labels.page_of(number, total=total)}",
        "count": listing.stories, "undated": listing.undated,
        "cards": beside_dates(rows),
        "views": any(row.faced for row in rows), "standins": any(row.standin for row in rows),
        **pager(plain, number, total),
        "structured": list_data(composer, tuple(entries), code),
    }  # fmt: skip
    return composer.press.page("topic.html", path, words | page)


def _bars_words(composer: Composer, bars: Bars | None, code: str) -> dict[str, object]:
    """The chart and what it says: its whole reading as a title, the days at its ends."""
    if bars is None:
        return {"bars": None}
    labels = composer.press.labels[code]
    first, last = (_monday(week, composer, code) for week in (bars.weeks[0], bars.weeks[-1]))
    spread = labels.week_to_week.format(first=first, last=last)
    counts = labels.comma.join(
        labels.bars_each.format(week=_monday(week, composer, code), stories=labels.stories(week.stories))
        for week in bars.weeks
        if week.stories
    )
    ends = (bars.weeks[0], bars.weeks[-1])
    return {
        "bars": bars, "range": spread, "bars_title": labels.bars_title.format(range=spread, counts=counts),
        "bars_ends": [_end(week, labels, side) for week, side in zip(ends, ("start", "end"), strict=True)],
    }  # fmt: skip


def _end(week: Week, labels: Labels, side: str) -> tuple[int, str, Markup]:
    """(place, anchor, short date) beneath the bar at one side of the drawing, flush with the bar's outer edge."""
    month = labels.calendar.months_short[week.monday.month - 1]
    outer = week.x + WIDTH * ((side == "end") == (labels.language.direction == "ltr"))
    return outer, side, labels.calendar.day_month.format(day=week.monday.day, month=month)


def _monday(week: Week, composer: Composer, code: str) -> Markup:
    return day_words(Day.of(week.monday), composer.press.labels[code])


def _tally(composer: Composer, counted: Sequence[tuple[str, int]], code: str) -> list[Tally]:
    """The names most mentioned in a topic."""
    press, rows = composer.press, []
    for name_id, count in counted:
        name = composer.names[name_id]
        own, lang = press.name_words(name, code)
        other = (name.en, "en") if lang == "ar" else (name.ar, "ar")
        path = name_path(name_id) if "names" in press.settings.site.extras else ""
        rows.append(Tally(press.quote(own, lang, code), press.quote(*other, code), path, count,
                          round(100 * count / counted[0][1], 1)))  # fmt: skip
    return rows


def archive_pages(composer: Composer, catalogue: Catalogue, code: str) -> Iterator[Recipe]:
    """The archive: a list of months, and the stories of each."""
    dated = sorted((month for month in catalogue.by_month if month != UNDATED), reverse=True)
    months = [*dated, *([UNDATED] if UNDATED in catalogue.by_month else [])]
    counted = tuple((month, len(catalogue.by_month[month])) for month in months)
    yield composer.recipe(f"{code}/archive/index.html", _archive, counted)
    for month in months:
        entries = catalogue.by_month[month]
        listing = Listing("", month, len(entries), 0, 1, 1, None, ())
        yield from _paged(composer, f"{code}/{month_path(month)}", entries, _month_page, listing)


def _archive(composer: Composer, path: str, counted: Sequence[tuple[str, int]]) -> str:
    code = edition_of(path)
    rows = [(month, month_path(month), month_words(month, composer, code), count) for month, count in counted]
    words = {"title": composer.press.labels[code].archive, "section": "archive", "months": rows}
    return composer.press.page("archive.html", path, words)


def _month_page(composer: Composer, path: str, entries: Sequence[Entry], first: str, listing: Listing) -> str:
    code = edition_of(path)
    labels = composer.press.labels[code]
    words: dict[str, object] = {
        "heading": month_words(listing.month, composer, code), "section": "archive", "facing": None, "intro": "",
        "bars": None, "tally": [], "empty": labels.no_stories,
        "trail": [("index.html", labels.home), ("archive/index.html", labels.archive)],
    }  # fmt: skip
    return _list_page(composer, path, entries, first, listing, words)


def month_words(month: str, composer: Composer, code: str) -> Markup:
    """A month of the archive in the words of an edition."""
    labels = composer.press.labels[code]
    if month == UNDATED:
        undated: Markup = labels.undated
        return undated
    year, _, number = month.partition("-")
    return day_words(Day(int(year), int(number) if number else None, None), labels)


def changes_page(composer: Composer, catalogue: Catalogue, changes: Sequence[Change], closed: str, code: str) -> Recipe:
    """What is new, changed or gone since the last brief was closed (on the ISO date `closed`; "" where none was)."""
    entries = catalogue.entries
    shown = [change for change in changes if change.kind == "gone" or change.slug in entries]
    lines = [entries[change.slug].line for change in shown if change.kind != "gone"]
    return composer.recipe_of(lines, f"{code}/changes/index.html", _changes, shown, closed)


def _changes(composer: Composer, path: str, lines: Sequence[Line], changes: Sequence[Change], closed: str) -> str:
    code, there = edition_of(path), {line.slug: line for line in lines}
    shown = [(change, there[change.slug] if change.kind != "gone" else None) for change in changes]
    labels = composer.press.labels[code]
    rows = {kind: [_changed(composer, *one, code) for one in shown if one[0].kind == kind]
            for kind in ("new", "changed", "gone")}  # fmt: skip
    groups = [(getattr(labels, f"changes_{kind}"), told) for kind, told in rows.items() if told]
    since = labels.changes_never
    if closed:
        since = labels.changes_since.format(date=composer.press.time(Day.of(date.fromisoformat(closed)), code))
    words = {"title": labels.changes, "since": since, "closed": closed, "groups": groups}
    return composer.press.page("changes.html", path, words)


def _changed(composer: Composer, change: Change, line: Line | None, code: str) -> tuple[str, Markup, Markup, Markup]:
    """(path or "", title, how it stands, what changed) of a change."""
    labels = composer.press.labels[code]
    what = labels.comma.join(labels.either(f"changed_{part}", "changed_other") for part in change.what)
    words = labels.what_changed.format(what=what) if what and change.kind == "changed" else NOTHING
    if line is None:
        return "", composer.press.say(change.title or change.slug, code), NOTHING, words
    return (*composer.link(line.heading(code)), words)
