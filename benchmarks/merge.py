"""Merges generated articles with known truth: CPU seconds (cold, one article more), memory, pairwise F1, by doubling.

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
class Measurement:
    """What merging so many articles cost, and how well it found the copies."""

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
    """The article that a careful reader would make of a generated text."""
    body = tuple(Paragraph("text", paragraph, line) for line, paragraph in enumerate(text.paragraphs, 1))
    day: Found[Day] = Found(Day(*map(int, text.date.split("-"))), "stated") if text.date else Found()
    return Article(text.file, 1, "ar", Found(text.title, "stated"), body, day, outlet=Found(text.outlet, "stated"))


def measure(count: int, seed: int, copies: float) -> Measurement:
    """Merge `count` generated articles, then once more with the last one new."""
    sample = list(texts(count, seed, copies))
    articles = [article(text) for text in sample]
    start = time.process_time()
    sketches: Sequence[Sketch] = [sketch(each) for each in articles]
    middle = time.process_time()
    merged = merge(articles, Record(), SILENT, sketches)
    end = time.process_time()
    before = merge(articles[:-1], Record(), SILENT, sketches[:-1]).placement
    changed = time.process_time()
    assert merge(articles, Record(), SILENT, sketches, before).stories == merged.stories
    again = time.process_time() - changed
    true_pairs, merged_pairs = pairs(by_story(sample)), pairs(by_lead(merged))
    own_stories = {text.file for text in sample if text.degree in {"later", "bulletin"}}
    later = sum(1 for pair in merged_pairs - true_pairs if own_stories.intersection(pair))
    hits = len(true_pairs & merged_pairs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measurement(count, middle - start, end - middle, again, peak,
                       hits / max(1, len(merged_pairs)), hits / max(1, len(true_pairs)), later)  # fmt: skip


def by_story(sample: Iterable[Text]) -> Iterable[list[str]]:
    """The files of each story, as the corpus made them."""
    stories: dict[int, list[str]] = {}
    for text in sample:
        stories.setdefault(text.story, []).append(text.file)
    return stories.values()


def by_lead(merged: Merged) -> Iterable[list[str]]:
    """The files of each story, as merging grouped them."""
    return ([article.file for article in story.articles] for story in merged.stories)


def pairs(groups: Iterable[list[str]]) -> Pairs:
    """Every two files of one group, in the order of their names."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--copies", type=float, default=0.1)
    parser.add_argument("--doublings", type=int, default=3)
    options = parser.parse_args(arguments)
    print(
        "| articles | sketch s | merge s | one more s | ms each | peak MiB | precision | recall | F1 | later merged |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for step in range(options.doublings, -1, -1):
        row = measure(options.articles >> step, options.seed, options.copies)
        each = 1000 * (row.sketching + row.merging) / row.articles
        seconds = f"{row.sketching:.2f} | {row.merging:.2f} | {row.again:.2f} | {each:.2f}"
        truth = f"{row.precision:.4f} | {row.recall:.4f} | {row.f1:.4f} | {row.later}"
        print(f"| {row.articles} | {seconds} | {row.peak} | {truth} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
