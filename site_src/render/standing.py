"""How far a translation may be trusted: its badges, what is to be checked, and what stands where it is missing."""

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
"""The style of each state's badge, the least trusted first."""
_COUNTED = frozenset({"pending", "withheld"})
"""States whose badge says how many sentences are in it."""
MISSING = ("pending", "withheld", "stale", "draft")


class Badge(NamedTuple):
    """A state in words; `css` draws its disc."""

    css: str
    words: Markup


def concerns(rendering: Rendering) -> tuple[Finding, ...]:
    """What the checks have against a text that is shown without a person's approval."""
    return rendering.findings if rendering.text and rendering.state in UNAPPROVED else ()


def state_of(rendering: Rendering) -> str:
    """The state, with "authors" or "editor" for what a person approved."""
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
    """The badges of texts in these states, of which the checks have something against so many."""
    found = []
    for state, css in BADGES.items():
        if count := states.count(state):
            whole = count == len(states) or state not in _COUNTED
            found.append(Badge(css, getattr(labels, f"badge_{state}") if whole
                               else getattr(labels, f"badge_{state}_part")(count)))  # fmt: skip
    if checks:
        found.append(Badge("qa", labels.checks(checks)))
    return found


def badge(state: str, labels: Labels) -> Badge:
    """The badge of one text in a state."""
    return Badge(BADGES[state], getattr(labels, f"badge_{state}"))


def translator(target: StoryEdition | None, labels: Labels) -> Markup:
    """Who made the translation, for a citation: the least trusted maker of what is shown."""
    states = {state_of(rendering) for rendering in target.renderings if rendering.text} if target else set()
    for state, label in (("machine", "cite_machine"), ("authors", "cite_authors"), ("editor", "cite_editor")):
        if state in states:
            return cast(Markup, getattr(labels, label))
    return cast(Markup, labels.cite_pending)


def machine_made(labels: Labels, *shown: Rendering) -> Markup:
    """The words "machine translation" of an edition where a machine made any of the texts shown, else ""."""
    made = any(one.text and one.state == "machine" for one in shown)
    return labels.badge_machine if made else NOTHING


def engines(target: StoryEdition | None) -> dict[str, tuple[int, ...]]:
    """The engines, in words, of the machine translations shown, with the numbers of their sentences, 0 for the title.

    An engine has no numbers where it made all that is shown.
    """
    shown = [(number, one) for number, one in enumerate(target.renderings if target else ()) if one.text]
    made: dict[str, tuple[int, ...]] = {}
    for number, one in shown:
        if one.state == "machine" and one.engine:
            made[one.engine] = (*made.get(one.engine, ()), number)
    return {engine: numbers if len(numbers) < len(shown) else () for engine, numbers in made.items()}


def title_mentions(brief: Brief) -> Sequence[Mention]:
    """The mentions that stand for a missing title: those of the title, else of the first paragraphs."""
    stated = [mention for mention in brief.mentions if mention.paragraph == -1]
    return stated or [mention for mention in brief.mentions if mention.paragraph >= 0][:12]


def stand_in(mentions: Iterable[Mention], names: Mapping[str, Name], limit: int = 40) -> tuple[Name, ...]:
    """The names of the mentions, each once, in order."""
    found = dict.fromkeys([mention.name for mention in mentions if mention.name in names])
    return tuple([names[name] for name in found])[:limit]


def within(brief: Brief, sentence: Sentence) -> list[Mention]:
    """The mentions that stand in a sentence of the summary."""
    paragraph, start, end = sentence.paragraph, sentence.start, sentence.end
    return [mention for mention in brief.mentions
            if mention.paragraph == paragraph and start <= mention.start < end]  # fmt: skip


def figures_within(figures: Iterable[Figure], sentence: Sentence) -> tuple[str, ...]:
    """Those of the figures that the tables can say in English and that a sentence states."""
    paragraph, start, end = sentence.paragraph, sentence.start, sentence.end
    found = [stated_words(figure) for figure in figures
             if figure.paragraph == paragraph and start <= figure.start < end]  # fmt: skip
    return tuple(dict.fromkeys(filter(None, found)))
