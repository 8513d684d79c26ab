"""What our own builds may cost (`goals.toml`), beside what they did cost."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from results import Results

OURS = "mujaz"
HEAD = "| | articles | at most | measured | met |\n|---|---|---|---|---|"


@dataclass(frozen=True)
class Goal:
    """An upper limit of one figure; its keys are told in the table."""

    what: str
    size: int
    kind: str
    figure: str
    most: float
    over: int = 0

    def measured(self, found: Results) -> float | None:
        """The figure, None where it was not measured."""
        rows = [found.of(size, OURS, self.kind) for size in (self.size, self.over) if size]
        values = [float(getattr(row, self.figure)) for row in rows if row]
        if len(values) < len(rows):
            return None
        return values[0] / values[1] if self.over else values[0]


def load() -> tuple[Goal, ...]:
    """The goals in the order of the table."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return tuple(Goal(**row) for row in table["goal"])


def held(goals: Iterable[Goal], found: Results) -> str:
    """The goals as a table of Markdown."""
    return "\n".join([HEAD, *(_row(goal, goal.measured(found)) for goal in goals)])


def _row(goal: Goal, value: float | None) -> str:
    told = ("not measured", "") if value is None else (f"{value:.2f}", "yes" if value <= goal.most else "**no**")
    return f"| {goal.what} | {goal.size:,} | {goal.most:g} | {told[0]} | {told[1]} |"
