"""Compares what our own builds may cost (`goals.toml`) with what they did cost."""

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
    """The upper limit of one figure; the head of `goals.toml` explains the keys."""

    title: str
    size: int
    kind: str
    figure: str
    limit: float
    base_size: int = 0

    def value(self, results: Results) -> float | None:
        """The figure, or None where it was not measured."""
        rows = [results.find(size, OURS, self.kind) for size in (self.size, self.base_size) if size]
        values = [float(getattr(row, self.figure)) for row in rows if row]
        if len(values) < len(rows):
            return None
        return values[0] / values[1] if self.base_size else values[0]


def load() -> tuple[Goal, ...]:
    """The goals in the order of `goals.toml`."""
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return tuple(Goal(**row) for row in content["goal"])


def table(goals: Iterable[Goal], results: Results) -> str:
    """The goals as a table of Markdown."""
    return "\n".join([HEAD, *(_row(goal, goal.value(results)) for goal in goals)])


def _row(goal: Goal, value: float | None) -> str:
    measured, met = ("not measured", "") if value is None else (f"{value:.2f}", _yes_or_no(value <= goal.limit))
    return f"| {goal.title} | {goal.size:,} | {goal.limit:g} | {measured} | {met} |"


def _yes_or_no(met: bool) -> str:
    return "yes" if met else "**no**"
