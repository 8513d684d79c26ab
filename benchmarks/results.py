"""Holds the figures of the comparison, and reads and writes their file, `docs/benchmark.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from processes import Cost

KINDS = {
    "cold": "cold",
    "same": "nothing changed",
    "changed": "one article changed",
    "preview": "one article changed, in the preview's process",
    "render": "the render stage alone",
}
"""The kinds of build and how the tables call them, in the order of the tables."""


@dataclass(frozen=True)
class Row:
    """The medians of the rounds of one generator, size and kind of build."""

    generator: str
    size: int
    kind: str
    cpu: float
    """Seconds."""
    wall: float
    """Seconds."""
    peak: float
    """MiB."""
    ratio: float
    """The CPU seconds over those of the baseline's cold build in the same round."""
    rounds: int
    pages: int
    """Pages of HTML."""
    written: float
    """MiB of the whole output."""
    version: str
    date: str

    @property
    def key(self) -> tuple[int, str, str]:
        return self.size, self.generator, self.kind


@dataclass(frozen=True)
class Results:
    """All figures that were measured on one machine."""

    machine: str = ""
    rows: tuple[Row, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    """The reason for which a generator has no rows, by its name."""

    def find(self, size: int, generator: str, kind: str) -> Row | None:
        """The row of this size, generator and kind of build, or None."""
        return next((row for row in self.rows if row.key == (size, generator, kind)), None)

    @property
    def sizes(self) -> list[int]:
        return sorted({row.size for row in self.rows})


def median_cost(costs: Iterable[Cost]) -> Cost:
    """The median of each figure."""
    sample = list(costs)
    return Cost(*(median(getattr(cost, name) for cost in sample) for name in ("cpu", "wall", "peak")))


def merge(results: Results, machine: str, rows: Iterable[Row], missing: Mapping[str, str]) -> Results:
    """The results with `rows` in place of older ones of the same generator, size and kind.

    The results of another machine are dropped. A generator that has a new row is missing no longer, unless `missing`
    names it.
    """
    older = results if results.machine == machine else Results(machine)
    new = {row.key: row for row in rows}
    by_key = {row.key: row for row in older.rows} | new
    names = {row.generator for row in new.values()}
    reasons = {name: reason for name, reason in older.missing.items() if name not in names} | dict(missing)
    return Results(machine, tuple(by_key[key] for key in sorted(by_key)), reasons)


def load(path: Path) -> Results:
    """The results that the file holds; none where there is no file."""
    if not path.exists():
        return Results()
    content = json.loads(path.read_text("utf-8"))
    return Results(content["machine"], tuple(Row(**row) for row in content["rows"]), content["missing"])


def save(path: Path, results: Results) -> None:
    """Write the results to the file, figures to three places."""
    rows = ",\n".join("  " + json.dumps(_short(asdict(row))) for row in results.rows)
    head = json.dumps({"machine": results.machine, "missing": dict(results.missing)}, indent=1, ensure_ascii=False)
    path.write_text(f'{head[:-2]},\n "rows": [\n{rows}\n ]\n}}\n', "utf-8")


def _short(row: dict[str, object]) -> dict[str, object]:
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()}
