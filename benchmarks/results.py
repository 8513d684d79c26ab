"""The figures of the comparison and the file that keeps them, `docs/benchmark.json`."""

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
"""What is built, in the order of the tables."""


@dataclass(frozen=True)
class Row:
    """Medians of the rounds of one generator, size and kind of build."""

    generator: str
    size: int
    kind: str
    cpu: float
    """Seconds."""
    wall: float
    peak: float
    """MiB."""
    ratio: float
    """CPU over that of the yardstick's cold build of the same round."""
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
    """All that was measured on one machine."""

    machine: str = ""
    rows: tuple[Row, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    """Generator to the reason for which it has no rows."""

    def of(self, size: int, generator: str, kind: str) -> Row | None:
        return next((row for row in self.rows if row.key == (size, generator, kind)), None)

    @property
    def sizes(self) -> list[int]:
        return sorted({row.size for row in self.rows})


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of each figure."""
    taken = list(costs)
    return Cost(*(median(getattr(cost, name) for cost in taken) for name in ("cpu", "wall", "peak")))


def added(results: Results, machine: str, rows: Iterable[Row], missing: Mapping[str, str]) -> Results:
    """With new rows in place of older ones of the same generator, size and kind; another machine's are dropped."""
    older = results if results.machine == machine else Results(machine)
    new = {row.key: row for row in rows}
    kept = {row.key: row for row in older.rows} | new
    settled = {row.generator for row in new.values()}
    lacking = {name: why for name, why in older.missing.items() if name not in settled} | dict(missing)
    return Results(machine, tuple(kept[key] for key in sorted(kept)), lacking)


def load(path: Path) -> Results:
    """What the file holds; nothing where there is none."""
    if not path.exists():
        return Results()
    kept = json.loads(path.read_text("utf-8"))
    return Results(kept["machine"], tuple(Row(**row) for row in kept["rows"]), kept["missing"])


def save(path: Path, results: Results) -> None:
    """Write them, figures to three places."""
    rows = ",\n".join("  " + json.dumps(_short(asdict(row))) for row in results.rows)
    head = json.dumps({"machine": results.machine, "missing": dict(results.missing)}, indent=1, ensure_ascii=False)
    path.write_text(f'{head[:-2]},\n "rows": [\n{rows}\n ]\n}}\n', "utf-8")


def _short(row: dict[str, object]) -> dict[str, object]:
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in row.items()}
