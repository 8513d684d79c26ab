"""Which reports are one story: what `merge.toml` must say to change it, and how alike two stories are. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec import Struct

from site_src.merge.addresses import own_slug
from site_src.merge.word import Lists, MergeWord
from site_src.model.page import Article
from site_src.model.story import Story
from site_src.pipeline.opening import Opened
from site_src.serve.articles.toml_edit import Setting
from site_src.tables import table
from site_src.text.shingles import Sketch, containment, same_paragraphs, unpack

Place = tuple[str, int]
"""A file of the articles folder and the number of an article in it."""

_NEAR = table("desk")["near"]


class Near(Struct, frozen=True):
    """Another story that could be the same, with how much of the shorter text the longer one contains."""

    story: Story
    share: float
    """The share of its shingles (runs of three words), from 0 to 1."""
    same: int
    """How many of its paragraphs the longer one contains word for word."""
    paragraphs: int
    """How many paragraphs it has."""


class Report(Struct, frozen=True):
    """An article by its names in `merge.toml`."""

    name: str
    """The name that the desk writes: its file, with its number where the file holds several articles."""
    names: frozenset[str]
    """All names by which a list may mean it."""


Reports = Sequence[Report]
"""The reports of a story, its lead first."""


def reports_in(opened: Opened) -> Callable[[Story], Reports]:
    """A function that gives the reports of a story; call this once for many stories, since it reads the whole site."""
    sketches = _sketches(opened)
    article_counts = Counter(article.file for article in opened.pages.articles)

    def report(article: Article) -> Report:
        numbered = f"{article.file}#{article.part}"
        name = numbered if article_counts[article.file] > 1 else article.file
        slug = own_slug(article, sketches[_place(article)].hash)
        return Report(name, frozenset({name, numbered, slug}))

    return lambda story: tuple(map(report, story.articles))


def _place(article: Article) -> Place:
    return article.file, article.part


def _sketches(opened: Opened) -> dict[Place, Sketch]:
    """The sketch of each article of the site."""
    pages = opened.pages
    return {_place(article): sketch for article, sketch in zip(pages.articles, pages.sketches, strict=True)}


def with_joined(word: MergeWord, story: Reports, other_story: Reports) -> MergeWord:
    """The word with two stories made one: their leads are listed together, and no pair keeps their reports apart."""
    apart = _without_pairs(word.keep_apart, story, other_story)
    return MergeWord((*word.merge, (story[0].name, other_story[0].name)), apart)


def _without_pairs(apart: Lists, story: Reports, other_story: Reports) -> Lists:
    """The lists without the pairs that keep a report of one story apart from a report of the other."""
    return tuple(
        names
        for names in apart
        if len(names) > 2 or not any(_name_all(names, report, other) for report in story for other in other_story)
    )


def with_separated(word: MergeWord, others: Reports, copy: Report) -> MergeWord:
    """The word with a copy kept apart from each other report of its story, and in no list that joined it to one.

    Each pair is listed by itself: one list of all of them would keep the others apart from each other too.
    """
    merged = []
    for names in word.merge:
        if any(_name_all(names, report, copy) for report in others):
            names = tuple(name for name in names if name not in copy.names)
        if len(names) > 1:
            merged.append(names)
    pairs = ((report.name, copy.name) for report in others)
    new_pairs = (pair for pair in pairs if pair not in word.keep_apart)
    return MergeWord(tuple(merged), (*word.keep_apart, *new_pairs))


def _name_all(names: tuple[str, ...], *reports: Report) -> bool:
    """Whether a list names each of the reports."""
    return all(not report.names.isdisjoint(names) for report in reports)


def without_list(word: MergeWord, names: tuple[str, ...], stories: Sequence[Reports]) -> MergeWord:
    """The word without a list, so that the rules decide again.

    Where the list kept two stories apart, all pairs between these two go: with one left, merging would separate a
    third report.
    """
    named_stories = [reports for reports in stories if any(not report.names.isdisjoint(names) for report in reports)]
    apart = word.keep_apart
    if names in apart and len(named_stories) == 2:
        apart = _without_pairs(apart, *named_stories)
    return MergeWord(_without_names(word.merge, names), _without_names(apart, names))


def _without_names(lists: Lists, names: tuple[str, ...]) -> Lists:
    return tuple(element for element in lists if element != names)


def settings_between(before: MergeWord, after: MergeWord) -> Iterator[Setting]:
    """The settings that change `merge.toml` from one word to the other; a key without a list is removed."""
    for key in ("merge", "keep_apart"):
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield Setting(key, old or None, new or None)


def lists_naming(word: MergeWord, names: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(key, list) for each list of the word that has one of these names."""
    for key in ("merge", "keep_apart"):
        yield from ((key, listed) for listed in getattr(word, key) if not set(listed).isdisjoint(names))


def nearest_stories(opened: Opened, story: Story) -> tuple[Near, ...]:
    """The stories whose text is most like that of `story`, the most alike first."""
    sketches = _sketches(opened)
    sketch = sketches[_place(story.lead)]
    shingles = {*unpack(sketch.sample), *unpack(sketch.head)}
    candidates = []
    for other in opened.merged.stories:
        other_sketch = sketches[_place(other.lead)]
        if other.slug != story.slug and not shingles.isdisjoint(unpack(other_sketch.sample)):
            candidates.append(_near(other, sketch, other_sketch))
    nearest = sorted((near for near in candidates if near.share >= _NEAR["least"]), key=lambda near: -near.share)
    return tuple(nearest[: _NEAR["most"]])


def _near(other: Story, sketch: Sketch, other_sketch: Sketch) -> Near:
    shorter, longer = sorted((sketch, other_sketch), key=lambda candidate: candidate.words)
    same, paragraphs = same_paragraphs(shorter, longer)
    return Near(other, containment(shorter, longer), same, paragraphs)
