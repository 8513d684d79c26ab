"""What the desk's pages show: values for the templates, made from a site as its files are now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from site_src.merge import load_word
from site_src.model.brief import Brief
from site_src.model.edition import Rendering
from site_src.model.page import Article
from site_src.model.story import Copy, Story
from site_src.pipeline.briefs import scores_of
from site_src.pipeline.opening import Opened
from site_src.read import list_files, shown
from site_src.render.credits import as_saved
from site_src.serve.articles.merges import Near, Report, lists_naming, nearest_stories, reports_in
from site_src.serve.desk import Desk
from site_src.serve.desk.answers import contains_all
from site_src.serve.desk.view import Place, View
from site_src.settings import Topic
from site_src.tables import table
from site_src.text.fold import fold
from site_src.topics import TopicScore

MOST_ROWS: int = table("desk")["stories"]["most"]
"""How many stories, or names, a list shows."""
_SHOWN = frozenset({"approved", "machine"})
"""States of a title that the site shows."""


class Row(Struct, frozen=True):
    """A story in a list."""

    slug: str
    title: str
    lang: str
    translation: Rendering | None
    """The title in the language of the desk's page, where the site shows a translation of it."""
    files: tuple[str, ...]
    topics: tuple[str, ...]
    day: str
    """Its date as far as it is known (YYYY, YYYY-MM or YYYY-MM-DD); "" for an unknown one."""
    shown: bool
    """Whether the site has a page for it."""


class Stories(Struct, frozen=True):
    """A list of stories, those without a page first, and the pages in which no article was found."""

    rows: tuple[Row, ...]
    total: int
    """How many stories there are with those that the list has no room for."""
    unread: tuple[str, ...]
    """Names of the pages in which no article was found."""


def row(brief: Brief, view: View, page: str) -> Row:
    """The row of a story on a page of the desk in the words of the edition `page`."""
    story = brief.story
    translation = view.renderings.get(Place(story.slug, page, 0))
    files = dict.fromkeys(article.file for article in story.articles)
    day = story.lead.day
    return Row(
        slug=story.slug,
        title=brief.title.value or story.slug,
        lang=story.lead.lang,
        translation=translation if translation and translation.state in _SHOWN else None,
        files=tuple(files),
        topics=brief.topics,
        day=(day and day.iso) or "",
        shown=view.settings.tells(brief.topics),
    )


def stories(desk: Desk, query: str, page: str) -> Stories:
    """The stories whose titles, address and files together contain every word of the query; all for an empty one."""
    opened, view, query_words = desk.opened, desk.view, fold(query).split()
    rows = [row(brief, view, page) for brief in opened.briefs]
    matches = [row for row in rows if contains_all(_searched(row), query_words)]
    matches.sort(key=_list_order)
    unread = () if query_words else tuple(_unread(desk.places.articles, opened))
    return Stories(tuple(matches[:MOST_ROWS]), len(matches), unread)


def _searched(row: Row) -> tuple[str, ...]:
    return (row.title, row.translation.text if row.translation else "", row.slug, *row.files)


def _list_order(row: Row) -> tuple[bool, bool, list[int], str]:
    """A sort key: stories without a page first, then the newest first, those without a date last."""
    newest_first = [-ord(letter) for letter in row.day]
    return row.shown, not row.day, newest_first, row.slug


def _unread(folder: Path, opened: Opened) -> Iterator[str]:
    files_with_articles = {article.file for article in opened.pages.articles}
    names = (shown(path.relative_to(folder)) for path in list_files(folder) if isinstance(path, Path))
    return (name for name in names if name not in files_with_articles)


def topic_scores(opened: Opened, story: Story) -> tuple[tuple[Topic, TopicScore], ...]:
    """Each topic with its score for the story, in the order of `site.toml`."""
    scores = {score.slug: score for score in scores_of(story, opened.settings, opened.names.book)}
    return tuple((topic, scores[topic.slug]) for topic in opened.settings.topics)


class Member(Struct, frozen=True):
    """A report of a story: its article as its own page states it, and its names in `merge.toml`."""

    article: Article
    report: Report
    copy: Copy | None = None
    """Why it was merged; None for the lead."""


def members(opened: Opened, story: Story) -> tuple[Member, ...]:
    """The reports of a story, the lead first."""
    lead, *reports = reports_in(opened)(story)
    copies = (Member(copy.article, report, copy) for copy, report in zip(story.copies, reports, strict=True))
    return (Member(as_saved(story.lead), lead), *copies)


def merge_lists(desk: Desk, story: Story) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(key, list) for each list of `merge.toml` that names the story or one of its reports."""
    names = {story.slug}.union(*(member.report.names for member in members(desk.opened, story)))
    return tuple(lists_naming(load_word(desk.places.merges), names))


class Candidate(Struct, frozen=True):
    """Another story that could be the same, with what the two share."""

    row: Row
    near: Near | None
    """How much of the text they share, if it is enough to tell."""
    names: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def candidates(desk: Desk, story: Story, page: str) -> tuple[Candidate, ...]:
    """Stories that could be the same: first those with similar text, then those that share rare names and figures."""
    view, opened = desk.view, desk.opened
    briefs = {brief.story.slug: brief for brief in opened.briefs}
    follow_ups = {follow_up.slug: follow_up for follow_up in view.follow_ups.get(story.slug, ())}
    similar = {near.story.slug: near for near in nearest_stories(opened, story) if near.story.slug in briefs}
    brief = briefs.get(story.slug)
    figure_words = {}
    if brief and follow_ups:
        figure_words = {key: brief.written(figure) for key, figure in brief.figures_by_key().items()}
    rows = []
    for slug in dict.fromkeys((*similar, *follow_ups)):
        names: tuple[str, ...] = ()
        figures: tuple[str, ...] = ()
        if follow_up := follow_ups.get(slug):
            names = tuple(view.names.names[name].ar for name in follow_up.names if name in view.names.names)
            figures = tuple(figure_words[key] for key in follow_up.figures if key in figure_words)
        rows.append(Candidate(row(briefs[slug], view, page), similar.get(slug), names, figures))
    return tuple(rows)
