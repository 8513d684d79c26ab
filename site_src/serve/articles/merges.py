"""Which reports are one story: what the editor's word on it would have to say, and what speaks for it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from site_src.merge.addresses import own_slug
from site_src.merge.word import MergeWord
from site_src.model import Article, Story
from site_src.pipeline.desk import Desk as Opened
from site_src.serve.articles.toml_edit import Setting
from site_src.tables import table
from site_src.text.shingles import Sketch, containment, same_paragraphs, unpack

_NEAR = table("desk")["near"]


@dataclass(frozen=True, slots=True)
class Near:
    """Another story that could be the same, and what of the shorter text stands in the longer."""

    story: Story
    share: float
    """Share of its words, in runs of three."""
    same: int
    paragraphs: int
    """How many of its paragraphs stand there word for word, of how many."""


@dataclass(frozen=True, slots=True)
class Report:
    """An article as `merge.toml` may call it."""

    name: str
    """Its file, with its number where the file holds several: the name that is written."""
    names: frozenset[str]
    """All names by which a list may mean it."""


def report(article: Article, hash: str, articles: Collection[Article]) -> Report:
    """The report of an article, `hash` being that of its text."""
    several = any(one.file == article.file and one.part != article.part for one in articles)
    name = f"{article.file}#{article.part}"
    names = {name, own_slug(article, hash), *(() if several else (article.file,))}
    return Report(name if several else article.file, frozenset(names))


def joined(word: MergeWord, one: Report, other: Report) -> MergeWord:
    """The word with two reports made one story; a list that kept just these two apart goes."""
    apart = tuple(names for names in word.keep_apart if len(names) > 2 or not _holds(names, one, other))
    return MergeWord((*word.merge, (one.name, other.name)), apart)


def parted(word: MergeWord, lead: Report, copy: Report) -> MergeWord:
    """The word with two reports kept apart; the copy leaves each list that joined them."""
    merged = (tuple(name for name in names if name not in copy.names) if _holds(names, lead, copy) else names
              for names in word.merge)  # fmt: skip
    return MergeWord(tuple(names for names in merged if len(names) > 1), (*word.keep_apart, (lead.name, copy.name)))


def _holds(names: tuple[str, ...], *reports: Report) -> bool:
    return all(not one.names.isdisjoint(names) for one in reports)


def without(word: MergeWord, names: tuple[str, ...]) -> MergeWord:
    """The word without a list: the rules decide again."""
    return MergeWord(_less(word.merge, names), _less(word.keep_apart, names))


def _less(lists: tuple[tuple[str, ...], ...], names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
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
    sketches = {
        (one.file, one.part): text for one, text in zip(opened.pages.articles, opened.pages.sketches, strict=True)
    }
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
