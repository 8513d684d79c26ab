"""Which reports are one story: what the editor's word on it would have to say, and what speaks for it. Pure."""

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

_NEAR = table("desk")["near"]


class Near(Struct, frozen=True):
    """Another story that could be the same, and what of the shorter text stands in the longer."""

    story: Story
    share: float
    """Share of its words, in runs of three."""
    same: int
    paragraphs: int
    """How many of its paragraphs stand there word for word, of how many."""


class Report(Struct, frozen=True):
    """An article as `merge.toml` may call it."""

    name: str
    """Its file, with its number where the file holds several: the name that is written."""
    names: frozenset[str]
    """All names by which a list may mean it."""


Reports = Sequence[Report]
"""The reports of a story, its lead first."""


def reports_in(opened: Opened) -> Callable[[Story], Reports]:
    """What gives the reports of a story of the site: made once for many, since it goes through all of them."""
    sketches, parts = _sketches(opened), Counter(one.file for one in opened.pages.articles)

    def report(article: Article) -> Report:
        numbered = f"{article.file}#{article.part}"
        name = numbered if parts[article.file] > 1 else article.file
        return Report(name, frozenset({name, numbered, own_slug(article, sketches[article.file, article.part].hash)}))

    return lambda story: tuple(map(report, story.articles))


def _sketches(opened: Opened) -> dict[tuple[str, int], Sketch]:
    """That of each article of the site, by its place."""
    pages = opened.pages
    return {(one.file, one.part): text for one, text in zip(pages.articles, pages.sketches, strict=True)}


def joined(word: MergeWord, one: Reports, other: Reports) -> MergeWord:
    """The word with two stories made one; what kept a report of the one apart from one of the other goes."""
    return MergeWord((*word.merge, (one[0].name, other[0].name)), _together(word.keep_apart, one, other))


def _together(apart: Lists, one: Reports, other: Reports) -> Lists:
    """The lists without the pairs that keep a report of one story apart from one of the other."""
    return tuple(names for names in apart
                 if len(names) > 2 or not any(_holds(names, a, b) for a in one for b in other))  # fmt: skip


def parted(word: MergeWord, others: Reports, copy: Report) -> MergeWord:
    """The word with a copy kept apart from each other report of its story; it leaves each list that joined them.

    A pair for each: one list of them all would keep the others apart too.
    """
    merged = (tuple(name for name in names if name not in copy.names)
              if any(_holds(names, one, copy) for one in others) else names for names in word.merge)  # fmt: skip
    pairs = tuple((one.name, copy.name) for one in others)
    new = tuple(pair for pair in pairs if pair not in word.keep_apart)
    return MergeWord(tuple(names for names in merged if len(names) > 1), (*word.keep_apart, *new))


def _holds(names: tuple[str, ...], *reports: Report) -> bool:
    return all(not one.names.isdisjoint(names) for one in reports)


def without(word: MergeWord, names: tuple[str, ...], stories: Sequence[Reports]) -> MergeWord:
    """The word without a list: the rules decide again.

    Where it kept two stories apart, all pairs that do so go: with one left, a third report would be thrown out.
    """
    sides = [reports for reports in stories if any(not one.names.isdisjoint(names) for one in reports)]
    apart = word.keep_apart
    if names in apart and len(sides) == 2:
        apart = _together(apart, *sides)
    return MergeWord(_less(word.merge, names), _less(apart, names))


def _less(lists: Lists, names: tuple[str, ...]) -> Lists:
    return tuple(one for one in lists if one != names)


def settings(before: MergeWord, after: MergeWord) -> Iterator[Setting]:
    """What changes in `merge.toml`; a key without a list goes."""
    for key in ("merge", "keep_apart"):
        now, then = getattr(before, key), getattr(after, key)
        if now != then:
            yield Setting(key, now or None, then or None)


def lists_of(word: MergeWord, names: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(key, list) of all that the editor said of articles or stories by these names."""
    for key in ("merge", "keep_apart"):
        yield from ((key, said) for said in getattr(word, key) if not set(said).isdisjoint(names))


def near(opened: Opened, story: Story) -> tuple[Near, ...]:
    """The other stories whose text is nearest, the nearest first."""
    sketches = _sketches(opened)
    mine = sketches[story.lead.file, story.lead.part]
    shingles = {*unpack(mine.sample), *unpack(mine.head)}
    others = ((other, sketches[other.lead.file, other.lead.part]) for other in opened.merged.stories
              if other.slug != story.slug)  # fmt: skip
    found = [_near(other, mine, text) for other, text in others if not shingles.isdisjoint(unpack(text.sample))]
    nearest = sorted((one for one in found if one.share >= _NEAR["least"]), key=lambda one: -one.share)
    return tuple(nearest[: _NEAR["most"]])


def _near(other: Story, mine: Sketch, theirs: Sketch) -> Near:
    small, large = sorted((mine, theirs), key=lambda text: text.words)
    return Near(other, containment(small, large), *same_paragraphs(small, large))
