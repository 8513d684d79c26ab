"""Merge generated articles with known truth: CPU seconds (cold, one article more), memory, pairwise F1, by doubling.

python benchmarks/merge.py [--articles 10000] [--seed 7] [--copies 0.1] [--doublings 3]
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))

from corpus import Text, texts

from site_src.merge import SILENT, Merged, merge
from site_src.model.fields import Day, Found
from site_src.model.page import Article, Paragraph
from site_src.record import Record
from site_src.text.shingles import Sketch, sketch

Pairs = set[tuple[str, str]]


@dataclass(frozen=True)
class Measured:
    articles: int
    sketching: float
    merging: float
    """CPU seconds, from sketches at hand and nothing placed before."""
    again: float
    """CPU seconds when one article more has come, from what was placed before: what the next build pays."""
    peak: int
    """MiB."""
    precision: float
    recall: float
    later: int
    """Later reports and bulletins that were merged into what they recall."""

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def article(text: Text) -> Article:
    body = tuple(Paragraph("text", one, line) for line, one in enumerate(text.paragraphs, 1))
    day: Found[Day] = Found(Day(*map(int, text.date.split("-"))), "stated") if text.date else Found()
    return Article(text.file, 1, "ar", Found(text.title, "stated"), body, day, outlet=Found(text.outlet, "stated"))


def measured(count: int, seed: int, copies: float) -> Measured:
    made = list(texts(count, seed, copies))
    articles = [article(text) for text in made]
    start = time.process_time()
    sketches: Sequence[Sketch] = [sketch(one) for one in articles]
    middle = time.process_time()
    merged = merge(articles, Record(), SILENT, sketches)
    end = time.process_time()
    before = merge(articles[:-1], Record(), SILENT, sketches[:-1]).placement
    changed = time.process_time()
    assert merge(articles, Record(), SILENT, sketches, before).stories == merged.stories
    again = time.process_time() - changed
    wanted, joined = pairs(by_story(made)), pairs(by_lead(merged))
    alone = {text.file for text in made if text.degree in {"later", "bulletin"}}
    later = sum(1 for pair in joined - wanted if alone.intersection(pair))
    hits = len(wanted & joined)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measured(count, middle - start, end - middle, again, peak,
                    hits / max(1, len(joined)), hits / max(1, len(wanted)), later)  # fmt: skip


def by_story(made: Iterable[Text]) -> Iterable[list[str]]:
    stories: dict[int, list[str]] = {}
    for text in made:
        stories.setdefault(text.story, []).append(text.file)
    return stories.values()


def by_lead(merged: Merged) -> Iterable[list[str]]:
    return ([article.file for article in story.articles] for story in merged.stories)


def pairs(groups: Iterable[list[str]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--copies", type=float, default=0.1)
    parser.add_argument("--doublings", type=int, default=3)
    given = parser.parse_args(arguments)
    print(
        "| articles | sketch s | merge s | one more s | ms each | peak MiB | precision | recall | F1 | later merged |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for step in range(given.doublings, -1, -1):
        one = measured(given.articles >> step, given.seed, given.copies)
        each = 1000 * (one.sketching + one.merging) / one.articles
        spent = f"{one.sketching:.2f} | {one.merging:.2f} | {one.again:.2f} | {each:.2f}"
        truth = f"{one.precision:.4f} | {one.recall:.4f} | {one.f1:.4f} | {one.later}"
        print(f"| {one.articles} | {spent} | {one.peak} | {truth} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
