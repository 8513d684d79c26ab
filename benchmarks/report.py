"""`docs/benchmark.md`: the measured figures as tables, what is compared, and the plot.

python benchmarks/report.py     # writes it anew from docs/benchmark.json
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

import generators
import goals
import plot
import results
from generators import Generator
from results import KINDS, Results, Row

DATA = "benchmark.json"
PAGE = "benchmark.md"
PICTURE = "images/benchmark.svg"
TOLERANCE = 0.02
"""How far the number of pages may lie from the yardstick's for the same set of pages, as a share."""
HEAD = (
    "| | build | CPU s | of {}'s cold build | wall s | peak MiB | pages | MiB written |\n"
    "|---|---|---|---|---|---|---|---|"
)


def line(row: Row) -> str:
    """A row as it is said while measuring."""
    return (f"{row.size:>6,}  {row.generator:<14}{KINDS[row.kind]:<46}{row.cpu:>8.2f} CPU s {row.ratio:>7.2f} x"
            f"{row.wall:>8.2f} s {row.peak:>6.0f} MiB {row.pages:>7,} pages")  # fmt: skip


def table(found: Results, size: int, known: Mapping[str, Generator]) -> str:
    """One size: a row for each generator and kind of build."""
    lines = [HEAD.format(next(iter(known.values())).title)]
    for generator in known.values():
        lines += _rows(found, size, generator)
    return "\n".join(lines)


def _rows(found: Results, size: int, generator: Generator) -> Iterator[str]:
    for kind, words in KINDS.items():
        if row := found.of(size, generator.name, kind):
            yield (f"| {generator.title} {row.version} | {words} | {row.cpu:.2f} | {row.ratio:.2f} | {row.wall:.2f} | "
                   f"{row.peak:.0f} | {row.pages:,} | {row.written:.1f} |")  # fmt: skip


def differing(found: Results, known: Mapping[str, Generator]) -> list[str]:
    """A sentence for each size and generator whose pages are not as many as the yardstick's."""
    yardstick, *others = known.values()
    sentences = []
    for size in found.sizes:
        count = found.of(size, yardstick.name, "cold")
        for other in others:
            row = found.of(size, other.name, "cold")
            if row and count and not other.extras and abs(row.pages / count.pages - 1) > TOLERANCE:
                sentences.append(f"- {other.title} wrote {row.pages:,} pages at {size:,} articles, "
                                 f"{yardstick.title} {count.pages:,}.")  # fmt: skip
    return sentences


def page(found: Results, known: Mapping[str, Generator]) -> str:
    """The whole document."""
    tables = "\n\n".join(f"### {size:,} articles\n\n{table(found, size, known)}" for size in found.sizes)
    lacking = [f"- {known[name].title} {why}." for name, why in found.missing.items()]
    return Template((generators.FOLDER / "report.md").read_text("utf-8")).substitute(
        picture=PICTURE, alternative=plot.summary(found, known), tables=tables, machine=found.machine,
        goals=goals.held(goals.load(), found),
        dates=", ".join(sorted({row.date for row in found.rows})),
        rounds=min(row.rounds for row in found.rows),
        notes="\n".join(f"- **{one.title}**: {one.note}." for one in known.values()),
        faults="\n".join(lacking + differing(found, known)) or "Each wrote as many pages as Hugo, give or take 2 %.",
    )  # fmt: skip


def write(docs: Path, found: Results, known: Mapping[str, Generator]) -> None:
    """Write figures, and page and plot from the figures as they are written."""
    (docs / "images").mkdir(parents=True, exist_ok=True)
    results.save(docs / DATA, found)
    found = results.load(docs / DATA)
    (docs / PAGE).write_text(page(found, known), "utf-8")
    (docs / PICTURE).write_text(plot.svg(found, known), "utf-8")


if __name__ == "__main__":
    DOCS = generators.ROOT / "docs"
    write(DOCS, results.load(DOCS / DATA), generators.load())
