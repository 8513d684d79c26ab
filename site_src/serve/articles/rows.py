"""What the desk's pages show: values for the templates, made from a site as its files are now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from site_src.merge import load_word
from site_src.model.brief import Brief
from site_src.model.page import Article
from site_src.model.story import Copy, Story
from site_src.pipeline.briefs import scores_of
from site_src.pipeline.opening import Opened
from site_src.read import list_files, shown
from site_src.render.credits import as_saved
from site_src.serve.articles.merges import Near, Report, lists_of, near, reports_in
from site_src.serve.desk import Desk
from site_src.serve.desk.answers import contains_all
from site_src.settings import Topic
from site_src.tables import table
from site_src.text.fold import fold
from site_src.topics import TopicScore

_MOST: int = table("desk")["stories"]["most"]


class Row(Struct, frozen=True):
    """A story in a list."""

    slug: str
    title: str
    lang: str
    files: tuple[str, ...]
    topics: tuple[str, ...]
    day: str
    shown: bool
    """Whether the site has a page of it."""


class Stories(Struct, frozen=True):
    """The list of stories, those without a topic first, and what is on no page."""

    rows: tuple[Row, ...]
    total: int
    unread: tuple[str, ...]
    """Pages in which no article was found."""


def row(brief: Brief, opened: Opened) -> Row:
    """The row of a story."""
    story = brief.story
    files = dict.fromkeys(article.file for article in story.articles)
    day = story.lead.day
    return Row(
        story.slug, brief.title.value or story.slug, story.lead.lang, tuple(files), brief.topics,
        (day and day.iso) or "", opened.settings.tells(brief.topics),
    )  # fmt: skip


def stories(desk: Desk, asked: str) -> Stories:
    """The stories whose title, address or file holds the words `asked`; all, where it is empty."""
    opened, words = desk.opened, fold(asked).split()
    rows = [row(brief, opened) for brief in opened.briefs]
    found = [one for one in rows if contains_all((one.title, one.slug, *one.files), words)]
    found.sort(key=lambda one: (one.shown, not one.day, [-ord(letter) for letter in one.day], one.slug))
    unread = () if words else tuple(_unread(desk.places.articles, opened))
    return Stories(tuple(found[:_MOST]), len(found), unread)


def _unread(folder: Path, opened: Opened) -> Iterator[str]:
    read = {article.file for article in opened.pages.articles}
    names = (shown(path.relative_to(folder)) for path in list_files(folder) if isinstance(path, Path))
    return (name for name in names if name not in read)


def scored(opened: Opened, story: Story) -> tuple[tuple[Topic, TopicScore], ...]:
    """Each topic with its score for the story, in the order of `site.toml`."""
    scores = {score.slug: score for score in scores_of(story, opened.settings, opened.names.book)}
    return tuple((topic, scores[topic.slug]) for topic in opened.settings.topics)


class Member(Struct, frozen=True):
    """A report of a story: its article as its own page states it, and its name in `merge.toml`."""

    article: Article
    report: Report
    copy: Copy | None = None
    """Why it was merged; None for the lead."""


def members(opened: Opened, story: Story) -> tuple[Member, ...]:
    """The reports of a story, the lead first."""
    lead, *reports = reports_in(opened)(story)
    copies = (Member(one.article, report, one) for one, report in zip(story.copies, reports, strict=True))
    return (Member(as_saved(story.lead), lead), *copies)


def said(desk: Desk, story: Story) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(key, list) of `merge.toml` for all that the editor said of the story or its reports."""
    names = {story.slug}.union(*(one.report.names for one in members(desk.opened, story)))
    return tuple(lists_of(load_word(desk.places.merges), names))


class Candidate(Struct, frozen=True):
    """Another story that could be the same, with what they share."""

    row: Row
    near: Near | None
    names: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def candidates(desk: Desk, story: Story) -> tuple[Candidate, ...]:
    """Stories that could be the same: those of like text, then those that share rare names and figures."""
    view, opened = desk.view, desk.opened
    briefs = {brief.story.slug: brief for brief in opened.briefs}
    follow = {one.slug: one for one in view.follow_ups.get(story.slug, ())}
    alike = {one.story.slug: one for one in near(opened, story) if one.story.slug in briefs}
    own = briefs.get(story.slug)
    told = {key: own.written(one) for key, one in own.figures_by_key().items()} if own and follow else {}
    found = []
    for slug in dict.fromkeys((*alike, *follow)):
        names = follow[slug].names if slug in follow else ()
        known = tuple(view.names.names[name].ar for name in names if name in view.names.names)
        figures = tuple(told[key] for key in follow[slug].figures if key in told) if slug in follow else ()
        found.append(Candidate(row(briefs[slug], opened), alike.get(slug), known, figures))
    return tuple(found)
