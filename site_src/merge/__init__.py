"""Merging: the copies of one report become one story with a lead, its copies and an address that stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from site_src.merge.addresses import Member, assign
from site_src.merge.again import Placement, gather_again, placement
from site_src.merge.clusters import Heap, gather
from site_src.merge.evidence import evidence
from site_src.merge.lead import choose_lead, fill_fields, rank
from site_src.merge.word import FILE, SILENT, MergeWord, Orders, barred, load_word, orders
from site_src.model.page import Article
from site_src.model.report import Problem
from site_src.model.story import Copy, Story
from site_src.record import Record
from site_src.text.shingles import Sketch, containment, same_paragraphs, sketch

__all__ = ["SILENT", "MergeWord", "Merged", "load_word", "merge", "place"]


class Merged(Struct, frozen=True):
    """All stories, in the order of their leads' files."""

    stories: tuple[Story, ...]
    members: Mapping[str, tuple[str, ...]]
    """For each story, by slug, the hashes of its texts, the lead's first: what the record keeps."""
    placement: Placement
    """Where each text was placed: given to the next `merge`, it costs only what changed."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def merge(
    articles: Sequence[Article],
    record: Record,
    word: MergeWord = SILENT,
    sketches: Sequence[Sketch] | None = None,
    before: Placement | None = None,
) -> Merged:
    """The stories of all articles.

    What the caller remembers only saves time: `sketches[i]` is `sketch(articles[i])`, `before` the `placement` of an
    earlier result. Raises `SettingsError` with every mistake of the editor's word: unknown names, contradictions.
    """
    texts = [sketch(article) for article in articles] if sketches is None else sketches
    hashes = [text.hash for text in texts]
    editor_orders = orders(word, articles, record, hashes)
    clusters, placed = _clusters(articles, texts, editor_orders, before)
    clusters = [_lead_first(cluster, articles, texts) if len(cluster) > 1 else cluster for cluster in clusters]
    clusters.sort(key=lambda cluster: (articles[cluster[0]].file, articles[cluster[0]].part))
    every = list(map(Member, articles, hashes))
    addresses = assign([[every[i] for i in cluster] for cluster in clusters], record)
    stories = tuple(
        _story(slug, record.first_seen(slug), cluster, articles, texts)
        for slug, cluster in zip(addresses.slugs, clusters, strict=True)
    )
    texts_of = [tuple([hashes[i] for i in cluster]) for cluster in clusters]
    members = dict(zip(addresses.slugs, texts_of, strict=True))
    problems = (*addresses.problems, *_different_days(editor_orders, articles))
    return Merged(stories, members, placed, problems, addresses.notes)


def _clusters(
    articles: Sequence[Article], texts: Sequence[Sketch], editor_orders: Orders, before: Placement | None
) -> tuple[list[list[int]], Placement]:
    """Clusters of indices by rank, and where each text was placed (nothing while the editor has a word in it)."""
    days = [_ordinal(article) for article in articles]

    def between(first: int, second: int) -> int | None:
        a, b = days[first], days[second]
        return None if a is None or b is None else b - a

    order = sorted(range(len(articles)), key=list(map(rank, articles, texts)).__getitem__)
    apart = barred(editor_orders.apart)
    heap = Heap(texts, _units(order, texts, editor_orders, apart.keys()), apart, between)
    firsts = (unit[0] for unit in heap.units)
    names = [f"{texts[i].hash} {texts[i].opening} {days[i]} {articles[i].part} {articles[i].file}" for i in firsts]
    by_rules = not (editor_orders.together or editor_orders.apart)
    leads = gather_again(heap, names, before) if before and by_rules else gather(heap)
    return _clusters_of(heap, leads, order), placement(heap, names, leads) if by_rules else {}


def _clusters_of(heap: Heap, leads: Mapping[int, int], order: Sequence[int]) -> list[list[int]]:
    lead_of = {member: leads[unit[0]] for unit in heap.units for member in unit}
    clusters: dict[int, list[int]] = {}
    for i in order:
        clusters.setdefault(lead_of[i], []).append(i)
    return list(clusters.values())


def _units(
    order: Sequence[int], texts: Sequence[Sketch], editor_orders: Orders, alone: Collection[int]
) -> list[tuple[int, ...]]:
    """What belongs together before any comparison: equal texts, and what the editor joins."""
    joint_keys = {i: f"editor {number}" for number, group in enumerate(editor_orders.together) for i in group}
    units: dict[str, list[int]] = {}
    for i in order:
        key = joint_keys.get(i) or (f"alone {i}" if i in alone else texts[i].hash)
        units.setdefault(key, []).append(i)
    return [tuple(unit) for unit in units.values()]


def _ordinal(article: Article) -> int | None:
    day = article.day
    date = day and day.date
    return date.toordinal() if date else None


def _lead_first(cluster: list[int], articles: Sequence[Article], texts: Sequence[Sketch]) -> list[int]:
    lead = choose_lead(cluster, articles, texts)
    return [lead, *(member for member in cluster if member != lead)]


def _story(
    slug: str, first_seen: str, cluster: Sequence[int], articles: Sequence[Article], texts: Sequence[Sketch]
) -> Story:
    lead, *others = cluster
    if not others:
        return Story(slug, articles[lead], (), first_seen)
    copies = tuple(_copy(articles[i], texts[i], texts[lead]) for i in others)
    same = [copy.article for copy in copies if copy.reason != "editor"]  # another text tells of itself alone
    return Story(slug, fill_fields(articles[lead], same), copies, first_seen)


def _copy(article: Article, text: Sketch, lead: Sketch) -> Copy:
    small, large = sorted((text, lead), key=lambda sketch: sketch.words)
    likeness = evidence(small, large, 0)
    same, of = same_paragraphs(text, lead)
    share = containment(small, large) if likeness is None or likeness.reason == "same-text" else likeness.containment
    return Copy(article, round(share, 3), same, of, likeness.reason if likeness else "editor")


def _different_days(editor_orders: Orders, articles: Sequence[Article]) -> tuple[Problem, ...]:
    problems = []
    for group in editor_orders.together:
        days = {day for i in group if (day := _ordinal(articles[i])) is not None}
        if len(days) > 1:
            files = ", ".join(articles[i].place for i in sorted(group))
            problems.append(Problem(
                FILE, "merged-days", f"a merge list joins reports of {len(days)} different days: {files}",
                "fine if it is meant: the story bears the lead's date", severity="warning"))  # fmt: skip
    return tuple(problems)
