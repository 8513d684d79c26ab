"""Draws the plot of the comparison: an SVG of our own, readable in light and dark and by a screen reader.

Each generator has a row, each kind of build a mark on it; the scale is logarithmic, in CPU seconds of the baseline's
cold build, so that equal distances are equal factors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from math import ceil, floor, log2

from generators import Generator
from results import KINDS, Results, Row

PLOT_KINDS = ("cold", "changed", "same")
WIDTH, LEFT, RIGHT, TOP, STEP = 760, 190, 40, 74, 34
RADIUS, REACH = 6, 7
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #222 }
.title { font-size: 15px; font-weight: 600 }
.grid { stroke: #ddd } .one { stroke: #767676 }
.cold { fill: #1b3f95 } .changed { fill: #b3261e } .same { fill: none; stroke: #2f6f3e; stroke-width: 2.5 }
.ground { fill: #fff }
@media (prefers-color-scheme: dark) {
  text { fill: #eee } .ground { fill: #16181d } .grid { stroke: #3a3d45 } .one { stroke: #9a9a9a }
  .cold { fill: #a3bcff } .changed { fill: #ffb4ab } .same { stroke: #8fd19e }
}
"""


def plot_size(results: Results) -> int:
    """The size that the plot shows: the one at which most was measured, the largest of equals."""
    return max(results.sizes, key=lambda size: (sum(row.size == size for row in results.rows), size))


def summary(results: Results, generators: Mapping[str, Generator]) -> str:
    """The plot in words: the CPU seconds of the cold builds, the least first."""
    size = plot_size(results)
    cold = sorted((row for row in results.rows if row.size == size and row.kind == "cold"), key=lambda row: row.cpu)
    costs = ", ".join(f"{generators[row.generator].title} {row.cpu:.1f}" for row in cold)
    return f"CPU seconds of a cold build of {size:,} articles: {costs}."


def svg(results: Results, generators: Mapping[str, Generator]) -> str:
    """The SVG of the plot of one size."""
    size = plot_size(results)
    marks_by_name = {
        name: [row for kind in PLOT_KINDS if (row := results.find(size, name, kind))] for name in generators
    }
    rows = {name: marks for name, marks in marks_by_name.items() if marks}
    scale = Scale([row.ratio for marks in rows.values() for row in marks])
    height = TOP + STEP * len(rows) + 44
    baseline = next(iter(generators.values())).title
    title = f"{size:,} articles: CPU time as a multiple of {baseline}'s cold build"
    body = [*_grid(scale, height), *_legend()]
    for place, (name, marks) in enumerate(rows.items()):
        body += _row(generators[name].title, marks, scale, TOP + STEP * place + STEP / 2)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title>', f'<desc id="d">{escape(summary(results, generators))}</desc>',
        f"<style>{STYLE}</style>", f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
        f'<text class="title" x="16" y="26">{escape(title)}</text>', *body, "</svg>", "",
    ])  # fmt: skip


def _measured_rows(results: Results, size: int, name: str) -> list[Row]:
    return [row for kind in PLOT_KINDS if (row := results.find(size, name, kind))]


class Scale:
    """Maps a ratio to a place; the axis runs over whole powers of two, from below the least to above the greatest."""

    def __init__(self, ratios: list[float]):
        """Span the axis over `ratios`, each above zero."""
        self.low, self.high = floor(log2(min(ratios))), ceil(log2(max(ratios)))

    def x(self, ratio: float) -> float:
        """The horizontal place of a ratio, in units of the picture."""
        share = (log2(ratio) - self.low) / max(1, self.high - self.low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    @property
    def ticks(self) -> list[float]:
        """The powers of two on the axis."""
        return [2.0**power for power in range(self.low, self.high + 1)]


def _grid(scale: Scale, height: int) -> Iterator[str]:
    for tick in scale.ticks:
        x, words = scale.x(tick), f"{tick:g}" if tick >= 1 else f"1/{1 / tick:g}"
        kind = "one" if tick == 1 else "grid"
        yield f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height - 34}"/>'
        yield f'<text x="{x:.1f}" y="{height - 14}" text-anchor="middle">{words}</text>'


def _legend() -> Iterator[str]:
    for place, kind in enumerate(PLOT_KINDS):
        x = LEFT + place * 165
        yield _mark(kind, x, 50) + f'<text x="{x + 14}" y="55">{KINDS[kind]}</text>'


def _row(title: str, marks: list[Row], scale: Scale, y: float) -> Iterator[str]:
    yield f'<text x="16" y="{y + 5:.1f}">{escape(title)}</text>'
    for row in marks:
        words = f"{title}, {KINDS[row.kind]}: {row.ratio:.2f} times, {row.cpu:.2f} CPU seconds"
        yield f"<g><title>{escape(words)}</title>{_mark(row.kind, scale.x(row.ratio), y)}</g>"


def _mark(kind: str, x: float, y: float) -> str:
    """The mark of one kind of build: kinds differ in shape as well as in colour."""
    if kind == "changed":
        return (
            f'<path class="{kind}" d="M{x:.1f} {y - REACH:.1f}l{REACH} {REACH}l-{REACH} {REACH}l-{REACH} -{REACH}z"/>'
        )
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
