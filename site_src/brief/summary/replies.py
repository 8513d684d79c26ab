"""Which earlier sentence a sentence answers: what it takes back (لكن), sets itself against, or denies (نفى ذلك)."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from site_src.brief.summary.stems import bare
from site_src.tables import table
from site_src.text.fold import fold_all
from site_src.text.words import folded_list, without_conjunction

_IN_PARAGRAPH = frozenset({"answer", "contrast"})
_COMMAS = ("،", ",")
_DENIALS = frozenset({"charge denied", "claim denied"})
_FOLLOWING_WORDS = 12
"""The words after a verb of denial, among which stands what it denies."""
_OPENING_WORDS = 4
"""The first words of a sentence, after one of which a comma may part an opening from its verb (في المقابل، نفى)."""


class Replies:
    """What each sentence of an article answers; they are asked for in source order."""

    def __init__(self) -> None:
        self._accusation = -1
        """Place of the last sentence that accuses; -1 before there is one."""
        self._answered_accusation = -1
        """Place of the last accusation that has a denial: the first one alone is told with it."""
        self._previous_cues: Set[str] = frozenset()
        """Cues of the sentence before."""
        self._previous_opens = False

    def answered_by(self, cues: Set[str], place: int, nth: int) -> int:
        """The place of the sentence that this one answers; its own where it answers none.

        `nth` is its number in its paragraph, `cues` are those of `Line`.
        """
        answered = self._answered_by(cues, place, nth) if place else place
        if "accusation" in cues:
            self._accusation = place
        self._previous_cues, self._previous_opens = cues, nth == 0
        return answered

    def _answered_by(self, cues: Set[str], place: int, nth: int) -> int:
        if nth and not cues.isdisjoint(_IN_PARAGRAPH):
            return place - 1
        if "answer" in cues and self._previous_opens and "saying" in self._previous_cues:
            return place - 1
        if "charge denied" in cues and self._accusation >= 0:
            first = self._accusation != self._answered_accusation
            self._answered_accusation = self._accusation
            return self._accusation if first else place
        return place if cues.isdisjoint(_DENIALS) else place - 1


def denial_cue(words: Sequence[str]) -> str:
    """The cue of a sentence that denies what was told before: "charge denied", "claim denied"; "" for others."""
    opening = next((index + 1 for index, word in enumerate(words[:_OPENING_WORDS]) if word.endswith(_COMMAS)), 0)
    opening += bare(words[opening]) in folded_list("summary_cues", "before_verb") if opening < len(words) else 0
    rows = _denials().get(without_conjunction(bare(words[opening]))) if opening < len(words) else None
    if not rows:
        return ""
    following = set(map(bare, words[opening + 1 : opening + 1 + _FOLLOWING_WORDS]))
    return next((cue for cue, objects in rows if not objects.isdisjoint(following)), "")


@cache
def _denials() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """Folded verb to the cues that it may give, each with the words one of which must follow it."""
    denials: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for row in table("summary_cues")["denial"]:
        for verb in fold_all(row["verbs"]):
            denials[verb] = (*denials.get(verb, ()), (row["cue"], frozenset(fold_all(row["with"]))))
    return denials
