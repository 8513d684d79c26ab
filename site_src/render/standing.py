"""How far a translation may be trusted: its badges, the findings on it, and what stands in for a missing one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from markupsafe import Markup

from site_src.model.brief import Brief, Figure, Mention, Sentence
from site_src.model.edition import Finding, Rendering, StoryEdition
from site_src.model.names import Name
from site_src.render.labels import NOTHING, Labels
from site_src.text.figures.english import stated_words

UNAPPROVED = frozenset({"machine", "draft", "stale"})
APPROVED = frozenset({"authors", "editor"})
BADGES = {"pending": "wait", "withheld": "no", "stale": "wait", "draft": "wait", "machine": "mt", "authors": "ok",
           "editor": "ok"}  # fmt: skip
"""The CSS class of each state's badge, the least trusted state first."""
_COUNTED = frozenset({"pending", "withheld"})
"""States whose badge says how many sentences are in that state."""
MISSING = ("pending", "withheld", "stale", "draft")
"""States that a translation without a text can be in."""
_MOST_NAMES = 40
"""Names that stand in for a sentence."""


class Badge(NamedTuple):
    """A state in words; the class `css` draws its disc."""

    css: str
    words: Markup


def concerns(rendering: Rendering) -> tuple[Finding, ...]:
    """The findings of the checks on a text that is shown without a person's approval; () for any other text."""
    return rendering.findings if rendering.text and rendering.state in UNAPPROVED else ()


def state_of(rendering: Rendering) -> str:
    """The state of a text; for an approved one, "authors" or "editor", who approved it."""
    if rendering.state == "approved":
        return "authors" if rendering.origin == "authors" else "editor"
    return rendering.state


def badges(target: StoryEdition | None, labels: Labels) -> list[Badge]:
    """The badges of a translation, the least trusted state first; none for a site in the source's language only."""
    if target is None:
        return []
    states = tuple([state_of(rendering) for rendering in target.renderings])
    return [*_badges(labels, states, sum([len(concerns(rendering)) for rendering in target.renderings]))]


@lru_cache(256)
def _badges(labels: Labels, states: tuple[str, ...], checks: int) -> list[Badge]:
    """The badges of a translation: `states` are those of its texts, `checks` is how many findings it has."""
    badges_shown = []
    for state, css in BADGES.items():
        if count := states.count(state):
            without_count = count == len(states) or state not in _COUNTED
            words = (
                getattr(labels, f"badge_{state}") if without_count else getattr(labels, f"badge_{state}_part")(count)
            )
            badges_shown.append(Badge(css, words))
    if checks:
        badges_shown.append(Badge("qa", labels.checks(checks)))
    return badges_shown


def badge(state: str, labels: Labels) -> Badge:
    """The badge of one text in a state."""
    return Badge(BADGES[state], getattr(labels, f"badge_{state}"))


def translator(target: StoryEdition | None, labels: Labels) -> Markup:
    """Who made the translation, for a citation: the least trusted maker of the texts shown."""
    states = {state_of(rendering) for rendering in target.renderings if rendering.text} if target else set()
    for state, label in (("machine", "cite_machine"), ("authors", "cite_authors"), ("editor", "cite_editor")):
        if state in states:
            return cast(Markup, getattr(labels, label))
    return cast(Markup, labels.cite_pending)


def machine_made(labels: Labels, *shown: Rendering) -> Markup:
    """The edition's words for "machine translation" if a machine made any of the `shown` texts, else ""."""
    by_machine = any(rendering.text and rendering.state == "machine" for rendering in shown)
    return labels.badge_machine if by_machine else NOTHING


def engines(target: StoryEdition | None) -> dict[str, tuple[int, ...]]:
    """The engines, in words, of the machine translations shown, with the numbers of their sentences, 0 for the title.

    An engine that made all that is shown has no numbers.
    """
    shown = [(number, rendering) for number, rendering in enumerate(target.renderings if target else ())
             if rendering.text]  # fmt: skip
    numbers_by_engine: dict[str, tuple[int, ...]] = {}
    for number, rendering in shown:
        if rendering.state == "machine" and rendering.engine:
            numbers_by_engine[rendering.engine] = (*numbers_by_engine.get(rendering.engine, ()), number)
    return {engine: numbers if len(numbers) < len(shown) else () for engine, numbers in numbers_by_engine.items()}


def title_mentions(brief: Brief) -> Sequence[Mention]:
    """The mentions that stand in for a missing title: the title's own, else the first twelve of the text."""
    in_title = [mention for mention in brief.mentions if mention.paragraph == -1]
    return in_title or [mention for mention in brief.mentions if mention.paragraph >= 0][:12]


def stand_in(mentions: Iterable[Mention], names: Mapping[str, Name]) -> tuple[Name, ...]:
    """The names of the mentions, each once, in order; 40 at most."""
    name_ids = dict.fromkeys([mention.name for mention in mentions if mention.name in names])
    return tuple([names[name_id] for name_id in name_ids])[:_MOST_NAMES]


def within(brief: Brief, sentence: Sentence) -> list[Mention]:
    """The mentions in a sentence of the summary."""
    paragraph, start, end = sentence.paragraph, sentence.start, sentence.end
    return [mention for mention in brief.mentions
            if mention.paragraph == paragraph and start <= mention.start < end]  # fmt: skip


def figures_within(figures: Iterable[Figure], sentence: Sentence) -> tuple[str, ...]:
    """The figures in a sentence, in English, each once; without those that the tables cannot say in English."""
    paragraph, start, end = sentence.paragraph, sentence.start, sentence.end
    words = [stated_words(figure) for figure in figures
             if figure.paragraph == paragraph and start <= figure.start < end]  # fmt: skip
    return tuple(dict.fromkeys(filter(None, words)))
