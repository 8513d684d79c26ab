"""Writes `docs/benchmark.md`: the measured figures as tables, what is compared, and the plot.

python benchmarks/report.py     # writes it anew from docs/benchmark.json
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

import generators as generator_table
import goals
import plot
from generators import Generator
from results import KINDS, Results, Row, load, save

DATA = "benchmark.json"
PAGE = "benchmark.md"
PICTURE = "images/benchmark.svg"
TOLERANCE = 0.02
"""How far the number of pages may lie from the baseline's for the same set of pages, as a share."""
HEAD = (
    "| | build | CPU s | of {}'s cold build | wall s | peak MiB | pages | MiB written |\n"
    "|---|---|---|---|---|---|---|---|"
)


def line(row: Row) -> str:
    """A row as `compare.py` prints it while it measures."""
    return (f"{row.size:>6,}  {row.generator:<14}{KINDS[row.kind]:<46}{row.cpu:>8.2f} CPU s {row.ratio:>7.2f} x"
            f"{row.wall:>8.2f} s {row.peak:>6.0f} MiB {row.pages:>7,} pages")  # fmt: skip


def table(results: Results, size: int, generators: Mapping[str, Generator]) -> str:
    """The table of one size, with a row for each generator and kind of build."""
    lines = [HEAD.format(next(iter(generators.values())).title)]
    for generator in generators.values():
        lines += _rows(results, size, generator)
    return "\n".join(lines)


def _rows(results: Results, size: int, generator: Generator) -> Iterator[str]:
    for kind, words in KINDS.items():
        if row := results.find(size, generator.name, kind):
            yield (f"| {generator.title} {row.version} | {words} | {row.cpu:.2f} | {row.ratio:.2f} | {row.wall:.2f} | "
                   f"{row.peak:.0f} | {row.pages:,} | {row.written:.1f} |")  # fmt: skip


def page_differences(results: Results, generators: Mapping[str, Generator]) -> list[str]:
    """A sentence for each size and generator whose pages are not as many as the baseline's."""
    baseline, *others = generators.values()
    sentences = []
    for size in results.sizes:
        expected = results.find(size, baseline.name, "cold")
        for other in others:
            row = results.find(size, other.name, "cold")
            if row and expected and not other.extras and abs(row.pages / expected.pages - 1) > TOLERANCE:
                sentences.append(f"- {other.title} wrote {row.pages:,} pages at {size:,} articles, "
                                 f"{baseline.title} {expected.pages:,}.")  # fmt: skip
    return sentences


def page(results: Results, generators: Mapping[str, Generator]) -> str:
    """The whole document."""
    tables = "\n\n".join(f"### {size:,} articles\n\n{table(results, size, generators)}" for size in results.sizes)
    missing = [f"- {generators[name].title} {reason}." for name, reason in results.missing.items()]
    return Template((generator_table.FOLDER / "report.md").read_text("utf-8")).substitute(
        picture=PICTURE, alternative=plot.summary(results, generators), tables=tables, machine=results.machine,
        goals=goals.table(goals.load(), results),
        dates=", ".join(sorted({row.date for row in results.rows})),
        rounds=min(row.rounds for row in results.rows),
        notes="\n".join(f"- **{generator.title}**: {generator.note}." for generator in generators.values()),
        faults="\n".join(missing + page_differences(results, generators))
        or "Each wrote as many pages as Hugo, give or take 2 %.",
    )  # fmt: skip


def write(docs: Path, results: Results, generators: Mapping[str, Generator]) -> None:
    """Write the figures to the folder `docs`, and the page and the plot from the figures as they are in the file."""
    (docs / "images").mkdir(parents=True, exist_ok=True)
    save(docs / DATA, results)
    results = load(docs / DATA)
    (docs / PAGE).write_text(page(results, generators), "utf-8")
    (docs / PICTURE).write_text(plot.svg(results, generators), "utf-8")


if __name__ == "__main__":
    DOCS = generator_table.ROOT / "docs"
    write(DOCS, load(DOCS / DATA), generator_table.load())
