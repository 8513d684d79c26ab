"""Whether two texts are one report, and why: how much of the smaller the larger holds, and whether they open alike.

A shortened, cut or re-edited text opens as its original does, or near there. A later report that recalls or quotes
an earlier one opens with its own news; a bulletin repeats the words of another day with other figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from site_src.tables import table
from site_src.text.shingles import Sketch, containment, figures_kept, opening

_SAME, _FIGURES = table("merge")["same"], table("merge")["figures"]

Reason = Literal["same-text", "contained", "same-lead"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a text is a copy of another."""

    containment: float
    reason: Reason


def evidence(small: Sketch, large: Sketch, days: int | None) -> Evidence | None:
    """The evidence that `small` is a copy of `large`, None where there is not enough.

    `days` lie between their dates, `large` being the later if positive; None where one has no full date.
    """
    if small.hash == large.hash:
        return Evidence(1.0, "same-text")
    share = containment(small, large)
    if share < _SAME["reedited"]:
        return None
    ahead, behind = opening(small, large), opening(large, small)
    alike = max(ahead, behind)
    if days != 0 and _other_figures(small, large):
        return None
    if behind < _SAME["contained_opening"] and (_later(days) or small.words < _SAME["new_top"] * large.words):
        return None
    if share >= _SAME["contained"] and alike >= _SAME["contained_opening"]:
        return Evidence(share, "contained")
    if alike >= _SAME["reedited_opening"]:
        return Evidence(share, "same-lead")
    return None


def _later(days: int | None) -> bool:
    return days is not None and days > 0


def _other_figures(small: Sketch, large: Sketch) -> bool:
    kept, of = figures_kept(small, large)
    return bool(of >= _FIGURES["least"] and kept < of * _FIGURES["kept"])
