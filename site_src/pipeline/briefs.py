"""From stories to briefs; the brief of a story that is as it was comes from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import astuple

from site_src.brief import make_brief
from site_src.brief.facts import facts as make_facts
from site_src.brief.title import make_title
from site_src.model.brief import Brief, Facts, Figure, Mention, Saying, Sentence
from site_src.model.fields import Found
from site_src.model.page import EditorsWord
from site_src.model.report import Problem
from site_src.model.story import Story
from site_src.parts import Parts, mark_of, pack, parts, size
from site_src.pipeline.analysts import Analyst, Input, Work, remembered
from site_src.pipeline.budget import attempt
from site_src.pipeline.names import KnownNames
from site_src.publish import key_figures
from site_src.settings import Settings, Summary
from site_src.store import Store, digest
from site_src.text.article import ReadArticle, read_article
from site_src.text.names import NameBook
from site_src.topics import TopicScore, classify

if TYPE_CHECKING:
    from site_src.pipeline.pages import Held

_WORDS_A_SENTENCE = 60
"""What a summary of so many sentences may hold at least, when it is asked for by sentences."""


class Worked(NamedTuple):
    """What is worked out of a story and kept: the fields of its brief besides the story, and what others need of it."""

    topics: tuple[str, ...]
    title: Found[str] | None
    """None where it is the lead's own."""
    sentences: Parts[Sentence]
    mentions: tuple[Mention, ...]
    figures: Parts[Figure]
    sayings: Parts[Saying]
    body: Parts[Sentence]
    title_figures: tuple[str, ...]
    facts: Facts
    key_figures: Parts[str]


class Briefed(NamedTuple):
    """The stories that could be worked."""

    briefs: tuple[Brief, ...]
    facts: Mapping[str, Facts]
    """The facts box of each by slug."""
    key_figures: Mapping[str, Sequence[str]]
    """As `publish` wants them."""
    made_from: Mapping[str, bytes]
    """A hash of all that the brief of each is made from, by slug: the same brief wherever it is the same."""
    problems: tuple[Problem, ...]
    """Stories that took too long, or on which this program failed."""


def make_briefs(
    stories: Iterable[Story],
    files: Mapping[str, Held],
    settings: Settings,
    names: KnownNames,
    store: Store,
    by: Analyst,
) -> Briefed:
    """The briefs of the stories, in the same order; `files` tells what each file that holds an article held."""
    rules = digest(names.hash, pack((settings.topics, settings.summary, _wholly(settings))))
    work = Work(_attempted, (settings, names.book), Worked, "summarise")
    stories = tuple(stories)
    hashes = [_made_from(story, files, rules) for story in stories]
    known = store.known_rows("brief", hashes, Worked)
    inputs = (_input(story, hash) for one, story, hash in zip(known, stories, hashes, strict=True) if one is None)
    made = iter(list(remembered(store, "brief", work, inputs, by)))
    briefs: list[Brief] = []
    facts: dict[str, Facts] = {}
    figures: dict[str, Sequence[str]] = {}
    made_from: dict[str, bytes] = {}
    problems: list[Problem] = []
    for story, hash, held in zip(stories, hashes, known, strict=True):
        worked = held or next(made)
        if isinstance(worked, Problem):
            problems.append(worked)
        else:
            topics, title, *rest = worked[:-2]
            briefs.append(Brief(story, topics, title or story.lead.title, *rest))
            facts[story.slug], figures[story.slug] = worked[-2:]
            made_from[story.slug] = hash
    return Briefed(tuple(briefs), facts, figures, made_from, tuple(problems))


def _made_from(story: Story, files: Mapping[str, Held], rules: bytes) -> bytes:
    """A hash of what a story is made from, and of the rules by which it is briefed.

    How its articles compare follows from what they are, so that nothing of the story itself need be looked at.
    """
    told = [(files[article.file].made_from, article.part) for article in story.articles]
    return mark_of(rules + pack((story.slug, story.first_seen, told)))


def _input(story: Story, made_from: bytes) -> Input[Story]:
    return Input(story.lead.file, story, size(story.lead.paragraphs), made_from)


def _attempted(rules: tuple[Settings, NameBook], story: Story) -> Worked | Problem:
    """What is worked out of a story and kept, or why nothing is."""
    settings, names = rules
    return attempt(story.lead.file, settings.site.seconds_per_page, partial(_worked, story, settings, names))


def _worked(story: Story, settings: Settings, names: NameBook) -> Worked:
    brief = brief_of(story, settings, names)
    worked = Worked._make((*astuple(brief)[1:], make_facts(brief, names), parts(str, key_figures(brief))))
    return worked._replace(title=None) if brief.title == story.lead.title else worked


def brief_of(story: Story, settings: Settings, names: NameBook, sentences: int = 0) -> Brief:
    """The brief of one story under the topics that it belongs to; `sentences` above 0 is the summary's length."""
    read = _read(story, names)
    topics = _topics(story, read, settings)
    length = _length(topics, settings)
    if sentences:
        length = Summary(sentences, max(length.words, _WORDS_A_SENTENCE * sentences))
    return make_brief(story, topics, length, read, with_body=_translated(story, settings))


def _wholly(settings: Settings) -> tuple[str, ...]:
    """The languages into which whole articles are translated."""
    return settings.site.languages if settings.translation.articles == "full" else ()


def _translated(story: Story, settings: Settings) -> bool:
    """Whether the site tells the whole article in another language than its own."""
    return any(lang != story.lead.lang for lang in _wholly(settings))


def scores_of(story: Story, settings: Settings, names: NameBook) -> tuple[TopicScore, ...]:
    """How the rules of `site.toml` score a story under every topic, the best first."""
    return classify(_read(story, names), settings.topics)


def _read(story: Story, names: NameBook) -> ReadArticle:
    return read_article(story.lead, make_title(story.lead, names), names)


def said_topics(word: EditorsWord, settings: Settings) -> tuple[str, ...] | None:
    """The topics by the editor's word, without those that the site does not have; None where the rules decide.

    They do where nothing is said, and where all that is said is misspelt: that is no word for leaving the site.
    """
    said, known = word.topics, {topic.slug for topic in settings.topics}
    kept = tuple(slug for slug in said or () if slug in known)
    return None if said is None or (said and not kept) else kept


def _topics(story: Story, read: ReadArticle, settings: Settings) -> tuple[str, ...]:
    """Slugs of the topics, the primary one first: the editor's word, else the rules of `site.toml`."""
    if (said := said_topics(story.word, settings)) is not None:
        return said
    return tuple(score.slug for score in classify(read, settings.topics) if score.qualifies)


def _length(topics: tuple[str, ...], settings: Settings) -> Summary:
    """The summary's length: that of the primary topic where it has its own, else the site's."""
    primary = settings.topic(topics[0]) if topics else None
    return (primary and primary.summary) or settings.summary
