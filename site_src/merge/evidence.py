"""Whether two texts are one report, and why: how much of the smaller the larger holds, and whether they open alike.

A shortened, cut or re-edited text opens as its original does, or near there. A later report that recalls or quotes
an earlier one opens with its own news; a bulletin repeats the words of another day with other figures.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from site_src.tables import table
from site_src.text.shingles import Sketch, containment, figures_kept, opening

_SAME, _FIGURES = table("merge")["same"], table("merge")["figures"]

Reason = Literal["same-text", "contained", "same-lead"]


class Evidence(Struct, frozen=True):
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
    if share < _SAME["rewritten"]:  # first, since it costs least and says most
        return None
    mine, theirs = opening(small, large), opening(large, small)
    if share < _SAME["reedited"] and min(mine, theirs) < _SAME["both_open"]:
        return None
    if max(mine, theirs) < _SAME["other_opening"]:
        return None
    if _other_figures(small, large, days is not None and abs(days) <= 1):
        return None
    if min(mine, theirs) < _SAME["other_opening"]:
        new_top = _new_top(small, large, mine < theirs, days or 0)
        return Evidence(share, "contained") if share >= _SAME["contained"] and not new_top else None
    if share >= _SAME["contained"]:
        return Evidence(share, "contained")
    agreed = share + max(mine, theirs) >= _SAME["agreed"] and abs(days or 0) <= _SAME["days"]
    return Evidence(share, "same-lead") if agreed else None


def _new_top(small: Sketch, large: Sketch, smaller_is_new: bool, days: int) -> bool:
    """Whether the one that opens with words of its own recalls the other, rather than being it cut or extended."""
    return small.words < _SAME["new_top"] * large.words or (days < 0 if smaller_is_new else days > 0)


def _other_figures(small: Sketch, large: Sketch, near: bool) -> bool:
    kept_count, total = figures_kept(small, large)
    return bool(total >= _FIGURES["least"] and kept_count < total * _FIGURES["kept_near" if near else "kept"])
