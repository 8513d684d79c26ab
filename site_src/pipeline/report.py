"""What a build says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING

from site_src.errors import nearest
from site_src.model.edition import Edition, State
from site_src.model.page import Article
from site_src.model.publication import Publication
from site_src.model.report import BuildReport, Doubt, Doubts, Problem
from site_src.output import Written
from site_src.pipeline.briefs import said_topics
from site_src.publish import without
from site_src.settings import Settings
from site_src.translate.editions import Translated
from site_src.translate.status import doubts, failing

if TYPE_CHECKING:
    from site_src.pipeline.opening import Opened

Watch = Callable[[str, int, int], None]
"""Told how far a long piece of work is: (what, done, total)."""

NO_BASE_URL = (
    "No absolute address is set (site.base_url or --base-url): canonical links, sitemap and feeds are left out."
)
_STATES_TO_REVIEW: tuple[State, ...] = ("withheld", "stale", "draft", "approved")
"""States whose sentences the report names, of the approved only those in which a check finds an error."""
_MOST_EXAMPLES = 3
"""Stories of a state that it names, each with its first sentence."""
NOT_ATOMIC = "The output folder is a mount point: files were replaced one by one, not in one step."


def nobody(what: str, done: int, total: int) -> None:
    """The watch that nobody keeps."""


def make_report(
    opened: Opened,
    translated: Translated,
    publication: Publication,
    written: Written,
    odd: tuple[Problem, ...],
    seconds: float,
) -> BuildReport:
    """The report of one build; `odd` are the problems of files that are no articles."""
    pages, merged = opened.pages, opened.merged
    shown = without(publication.editions, publication.hidden)
    return BuildReport(
        pages=pages.read,
        refused=pages.refused,
        articles=len(pages.articles),
        stories=len(merged.stories),
        merged=sum(len(story.copies) for story in merged.stories),
        remembered=translated.remembered,
        translated=translated.translated,
        pending=translated.pending,
        withheld=translated.withheld,
        stale=translated.stale,
        drafts=translated.drafts,
        failing=failing(shown),
        written=written.written,
        removed=written.removed,
        seconds=seconds,
        problems=(*opened.problems, *_unknown_topics(opened), *translated.problems, *odd),
        unsorted=publication.hidden,
        doubts=tuple(_doubts(shown)),
        notes=(*merged.notes, *translated.notes, *_notes(publication, opened.settings, written)),
        left=written.left.files,
        would_write=written.would_write,
        would_remove=written.would_remove,
    )


def _notes(publication: Publication, settings: Settings, written: Written) -> Iterator[str]:
    """What a person should know of the site as a whole."""
    if not settings.site.base_url:
        yield NO_BASE_URL
    if publication.unsorted and not publication.hidden:
        yield f"Stories in no topic: {len(publication.unsorted)}; the site has them in a section of their own."
    if not written.atomic:
        yield NOT_ATOMIC
    if written.in_the_way:
        yield f"{written.in_the_way}: is in the way of what saves the next build time, and not ours; move it away."


def _doubts(editions: tuple[Edition, ...]) -> Iterator[Doubts]:
    """What a person should look at in the editions that are translated, state by state."""
    by_state: dict[str, dict[str, list[Doubt]]] = {state: {} for state in _STATES_TO_REVIEW}
    translated = (story for edition in editions for story in edition.stories if story.translated)
    for doubt in chain.from_iterable(doubts(story, warnings=False) for story in translated):
        if doubt.state in by_state:
            by_state[doubt.state].setdefault(doubt.slug, []).append(doubt)
    for stories in by_state.values():
        if stories:
            examples = tuple([story_doubts[0] for story_doubts in islice(stories.values(), _MOST_EXAMPLES)])
            yield Doubts(examples, sum(map(len, stories.values())), len(stories))


def _known_topics(slug: str, known: list[str]) -> str:
    near = nearest(slug, known)
    return f"did you mean {near!r}?" if near else f"the topics are {', '.join(known) or 'none yet'}; see site.toml"


def _decides(article: Article, settings: Settings) -> str:
    rules = said_topics(article.word, settings) is None
    return "the rules of site.toml decide instead" if rules else "the others that are named decide"


def days_to_come(articles: Iterable[Article], today: str) -> Iterator[Problem]:
    """A warning for each day of publication or update that lies after `today` (ISO), "" where that is not known.

    The day after counts as today: an outlet may lie where it is that already.
    """
    limit = (date.fromisoformat(today) + timedelta(1)).isoformat() if today else ""
    for article in articles if limit else ():
        for field, found in (("published", article.published), ("updated", article.updated)):
            if found.value and (found.value.iso or "") > limit:
                what = f"{field}: {found.value.iso} was still to come on the day of this build, {today}"
                todo = f'look at the day on the page; `{field}` in the file\'s .toml sets another, or "" for none'
                yield Problem(article.file, "day-to-come", what, todo, severity="warning")


def _unknown_topics(opened: Opened) -> tuple[Problem, ...]:
    """The editor's topics that the site does not have, and what decides in their place."""
    known = [topic.slug for topic in opened.settings.topics]
    return tuple(
        Problem(
            article.file,
            "unknown-topic",
            f"topics: there is no topic {slug!r}; {_decides(article, opened.settings)}",
            _known_topics(slug, known),
            severity="warning",
        )
        for article in opened.pages.articles
        for slug in article.word.topics or ()
        if slug not in known
    )
