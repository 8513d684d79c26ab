"""Pages that lead to stories: home, topics, archive, what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_src.model import Change, Day, Page, Publication
from site_src.render.cards import Card, Desk
from site_src.render.catalogue import UNDATED, Entry
from site_src.render.chart import Bars, Week, weekly_bars
from site_src.render.dates import day_words
from site_src.render.labels import Labels, Language
from site_src.render.links import month_path, name_path, numbered, topic_path
from site_src.render.names import bands
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


class Section(NamedTuple):
    """A topic on the home page."""

    slug: str
    path: str
    """Its own page; "" for what fits no topic."""
    title: str
    facing: tuple[Language, str] | None
    cards: list[Card]
    total: int
    """Its stories, shown here or not."""


def home_page(desk: Desk, code: str) -> Page:
    """The first page of an edition: the newest stories of each topic, and the names they turn on."""
    press, site = desk.press, desk.press.settings.site
    sections, listed = [], []
    for topic in press.settings.topics:
        entries = _told(desk.catalogue.by_topic.get(topic.slug, ()), code)
        shown = entries[: site.home_stories]
        listed += [entry for entry in shown if entry not in listed]
        sections.append(_section(desk, topic, shown, len(entries), code))
    if loose := [entry for entry in _told(tuple(desk.catalogue.entries.values()), code) if not entry.brief.topics]:
        listed += loose[: site.home_stories]
        cards = [desk.card(entry, code) for entry in loose[: site.home_stories]]
        sections.append(Section("unsorted", "", press.labels[code].unsorted, None, cards, len(loose)))
    words = {
        "title": press.labels[code].home_title, "section": "home", "sections": sections,
        "stories": len(desk.catalogue.entries), "views": len(press.editions) > 1 or code not in site.source_languages,
        "feed": f"{code}/feed.xml",
        "bands": bands(desk, code, "../", 8) if "names" in site.extras else [],
        "structured": list_data(desk, tuple(listed), code),
    }  # fmt: skip
    return press.page("home.html", code, "index.html", words)


def _section(desk: Desk, topic: Topic, shown: Sequence[Entry], count: int, code: str) -> Section:
    cards = [desk.card(entry, code) for entry in shown]
    return Section(topic.slug, topic_path(topic.slug), desk.press.words(topic.title, code),
                   facing_words(desk, topic, code), cards, count)  # fmt: skip


def facing_words(desk: Desk, topic: Topic, code: str) -> tuple[Language, str] | None:
    """(language, title) of a topic in the other language of the site, where it has one."""
    other = next((lang for lang in desk.press.editions if lang != code and topic.title.get(lang)), "")
    return (desk.press.languages[other], desk.press.words(topic.title, other)) if other else None


def topic_pages(desk: Desk, topic: Topic, code: str) -> Iterator[Page]:
    """The pages of a topic: its stories by date, stories per week, the names it turns on."""
    press = desk.press
    entries = _told(desk.catalogue.by_topic.get(topic.slug, ()), code)
    path, title = topic_path(topic.slug), press.words(topic.title, code)
    bars = weekly_bars(entries, press.language(code).direction)
    words = {
        "heading": title, "facing": facing_words(desk, topic, code), "section": topic.slug,
        "intro": press.words(topic.description, code), "trail": [("index.html", press.labels[code].home)],
        **_bars_words(desk, bars, code), "tally": _tally(desk, topic.slug, code),
        "undated": sum(entry.day is None for entry in entries), "feed": f"{code}/topics/{topic.slug}/feed.xml",
        "empty": press.labels[code].no_topic_stories,
    }  # fmt: skip
    yield from paged(desk, "topic.html", code, path, title, entries, words)


def paged(
    desk: Desk, template: str, code: str, path: str, title: str, entries: Sequence[Entry], words: dict[str, object]
) -> Iterator[Page]:
    """A list of stories on as many pages as it needs; the first keeps the plain address."""
    size = desk.press.settings.site.page_stories
    total = max(1, -(-len(entries) // size))
    labels = desk.press.labels[code]
    for number in range(1, total + 1):
        shown = tuple(entries[(number - 1) * size : number * size])
        cards = [desk.card(entry, code) for entry in shown]
        full_title = title if total == 1 else f"{title}{labels.comma}{labels.page_of(number, total=total)}"
        page = {
            "title": full_title, "count": len(entries),
            "cards": list(zip(_dates(desk, shown, code), cards, strict=True)),
            "number": number, "total": total, "views": any(card.facing for card in cards),
            "newer": numbered(path, number - 1) if number > 1 else "",
            "older": numbered(path, number + 1) if number < total else "",
            "structured": list_data(desk, shown, code),
        }  # fmt: skip
        yield desk.press.page(template, code, numbered(path, number), words | page)


def _dates(desk: Desk, entries: Sequence[Entry], code: str) -> list[Markup]:
    """The date beside each story, once for all of the same date."""
    press = desk.press
    words = [press.time(entry.day, code) if entry.day else Markup(press.labels[code].no_date) for entry in entries]
    return [Markup("") if place and words[place - 1] == date else date for place, date in enumerate(words)]


def _bars_words(desk: Desk, bars: Bars | None, code: str) -> dict[str, object]:
    """The chart and what it says: its whole reading as a title, the days at its ends."""
    if bars is None:
        return {"bars": None}
    labels = desk.press.labels[code]
    first, last = (_monday(week, desk, code) for week in (bars.weeks[0], bars.weeks[-1]))
    spread = labels.week_to_week.format(first=first, last=last)
    counts = labels.comma.join(
        labels.bars_each.format(week=_monday(week, desk, code), stories=labels.stories(week.stories))
        for week in bars.weeks
        if week.stories
    )
    ends = (bars.weeks[0], bars.weeks[-1])
    return {
        "bars": bars, "range": spread, "bars_title": labels.bars_title.format(range=spread, counts=counts),
        "bars_ends": [_end(week, labels) for week in ends],
    }  # fmt: skip


def _end(week: Week, labels: Labels) -> tuple[int, Markup]:
    """(place, short date) beneath a bar, away from the edges of the drawing."""
    month = labels.calendar.months_short[week.monday.month - 1]
    return min(max(week.x + 11, 40), 320), labels.calendar.day_month.format(day=week.monday.day, month=month)


def _monday(week: Week, desk: Desk, code: str) -> Markup:
    return day_words(Day(week.monday.year, week.monday.month, week.monday.day), desk.press.labels[code])


def _tally(desk: Desk, topic: str, code: str) -> list[Tally]:
    """The names most mentioned in a topic."""
    press, counted = desk.press, desk.catalogue.mentions.get(topic)
    ranked = counted.most_common(TALLY) if counted else []
    rows = []
    for name_id, count in ranked:
        name = desk.catalogue.names[name_id]
        own, lang = press.name_words(name, code)
        other = (name.en, "en") if lang == "ar" else (name.ar, "ar")
        path = name_path(name_id) if "names" in press.settings.site.extras else ""
        rows.append(Tally(press.quote(own, lang, code), press.quote(*other, code), path, count,
                          round(100 * count / ranked[0][1], 1)))  # fmt: skip
    return rows


def archive_pages(desk: Desk, code: str) -> Iterator[Page]:
    """The archive: a list of months, and the stories of each."""
    press, labels = desk.press, desk.press.labels[code]
    dated = sorted((month for month in desk.catalogue.by_month if month != UNDATED), reverse=True)
    months = [*dated, *([UNDATED] if UNDATED in desk.catalogue.by_month else [])]
    rows = [(month, month_path(month), _month_words(month, desk, code), len(desk.catalogue.by_month[month]))
            for month in months]  # fmt: skip
    yield press.page("archive.html", code, "archive/index.html",
                     {"title": labels.archive, "section": "archive", "months": rows})  # fmt: skip
    for month, path, name, _ in rows:
        words: dict[str, object] = {
            "heading": name, "section": "archive", "facing": None, "intro": "", "bars": None, "tally": [], "undated": 0,
            "trail": [("index.html", labels.home), ("archive/index.html", labels.archive)], "empty": labels.no_stories,
        }  # fmt: skip
        yield from paged(desk, "topic.html", code, path, name, _told(desk.catalogue.by_month[month], code), words)


def _month_words(month: str, desk: Desk, code: str) -> Markup:
    labels = desk.press.labels[code]
    if month == UNDATED:
        return Markup(labels.undated)
    year, _, number = month.partition("-")
    return day_words(Day(int(year), int(number) if number else None, None), labels)


def changes_page(desk: Desk, publication: Publication, code: str) -> Page:
    """What is new, changed or gone since the last brief was closed."""
    labels = desk.press.labels[code]
    groups = [(getattr(labels, f"changes_{kind}"), [_changed(desk, change, code) for change in publication.changes
               if change.kind == kind and (kind == "gone" or change.slug in desk.catalogue.entries)])
              for kind in ("new", "changed", "gone")]  # fmt: skip
    words = {"title": labels.changes, "groups": [group for group in groups if group[1]]}
    return desk.press.page("changes.html", code, "changes/index.html", words)


def _changed(desk: Desk, change: Change, code: str) -> tuple[str, Markup, Markup, Markup]:
    """(path or "", title, that a machine made it, what changed) of a change."""
    labels = desk.press.labels[code]
    what = labels.comma.join(labels.either(f"changed_{part}", "changed_other") for part in change.what)
    words = Markup(labels.what_changed.format(what=what)) if what and change.kind == "changed" else Markup("")
    entry = desk.catalogue.entries.get(change.slug)
    if entry is None or change.kind == "gone":
        return "", desk.press.say(change.title or change.slug, code), Markup(""), words
    return (*desk.link(entry, code), words)


def _told(entries: Sequence[Entry], code: str) -> tuple[Entry, ...]:
    """Those of the entries that the edition has."""
    return tuple(entry for entry in entries if code in entry.tellings)
