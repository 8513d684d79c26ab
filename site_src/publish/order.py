"""Stories in time: newest first, undated ones in a place of their own, neighbours within a topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from site_src.model import Article, Day, Story, StoryEdition


def day_of(story: Story) -> Day | None:
    """The day that a story stands under: published, else updated, else of the event; None without a year.

    A full date is preferred; where none of them is one, the month or year that the page gives as its own.
    """
    lead = story.lead
    own = [found.value for found in (lead.published, lead.updated) if found.value and found.value.iso]
    full = [day for day in (*own, lead.event.value) if day and day.full]
    return next(iter((*full, *own)), None)


def ordered(stories: Iterable[StoryEdition]) -> tuple[StoryEdition, ...]:
    """Newest first, undated last; of one day by stated time, then by address.

    A story of which only the month (or year) is stated comes after those of a stated day in it.
    """
    by_slug = sorted(stories, key=lambda story: story.slug)
    return tuple(sorted(by_slug, key=lambda story: _newness(day_of(story.brief.story))))


def _newness(day: Day | None) -> tuple[bool, int, int]:
    if day is None or day.year is None:
        return (True, 0, 0)
    minutes = sum(int(part) * unit for part, unit in zip(day.time.split(":"), (60, 1), strict=False) if part.isdigit())
    return (False, -(day.year * 10_000 + (day.month or 0) * 100 + (day.day or 0)), -minutes)


def steps(stories: Sequence[StoryEdition], known: Collection[str]) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """For each story (topic, the story before it in time, the story after it); only full dates make neighbours."""
    rows: dict[str, list[str]] = {}
    for story in stories:
        if (day := day_of(story.brief.story)) and day.full:
            for topic in story.brief.topics:
                rows.setdefault(topic, []).append(story.slug)
    beside = {
        (topic, slug): (older, newer)
        for topic, row in rows.items()
        for slug, older, newer in zip(row, [*row[1:], ""], ["", *row[:-1]], strict=True)
    }
    return {
        story.slug: tuple(
            (topic, *beside.get((topic, story.slug), ("", ""))) for topic in story.brief.topics if topic in known
        )
        for story in stories
    }


def until(stories: Iterable[Story]) -> Day | None:
    """The latest date, as far as it is stated, on which any text says it was published or updated."""
    articles = (article for story in stories for article in (story.lead, *(copy.article for copy in story.copies)))
    days = (day for article in articles for day in _stated(article) if day.iso)
    return max(days, key=lambda day: (day.iso or "", day.time), default=None)


def _stated(article: Article) -> Iterable[Day]:
    return (found.value for found in (article.published, article.updated) if found.value and found.status != "inferred")
