"""What the picture of a story says for those who share a link: the same words as its page, without markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup
from msgspec.structs import replace

from site_src.model.edition import StoryEdition
from site_src.model.output import CardLine, ShareCard
from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.render.credits import title_note
from site_src.render.labels import Labels, Language
from site_src.render.links import story_path
from site_src.render.standing import badges
from site_src.tables import table


def share_path(slug: str, code: str) -> str:
    """Where the picture of a story stands: beside its page."""
    return f"{code}/{story_path(slug).removesuffix('.html')}.png"


class Shown(NamedTuple):
    """A picture as a page names it: its path in the site, its size in pixels."""

    path: str
    width: int
    height: int


def shown(slug: str, code: str) -> Shown:
    """The picture that the page of a story names."""
    return Shown(share_path(slug, code), *table("share")["size"])


def share_card(composer: Composer, entry: Entry, code: str) -> ShareCard:
    """What the picture of a story says in an edition; where that lacks the title, the source's title and why."""
    press, labels = composer.press, composer.press.labels[code]
    own, facing = composer.headlines(entry.line.heading(code))
    title = facing if facing and facing.text and not own.text else own
    topics = [press.words(topic.title, code) for topic in press.settings.topics
              if topic.slug in entry.brief.topics[:1]]  # fmt: skip
    return ShareCard(
        str(labels.language.code), str(labels.language.direction),
        tuple(_line(press.say(name, language.code), language) for language, name in press.wordmark),
        "".join(_words(press.say(topic, code), labels) for topic in topics), _line(title.text, title.language),
        "" if own.text else _names(own.names, labels) or ("" if title.text else _words(labels.untitled, labels)),
        _words(composer.source(entry, code), labels), _words(composer.date(entry, code), labels),
        (_words(note, labels),) if (note := title_note(entry.brief.title, labels)) else (),
        tuple(_badges(entry.editions[code], labels)),
    )  # fmt: skip


def _line(words: Markup, language: Language) -> CardLine:
    from site_src.render.lines import as_line  # reads HTML, which no page needs

    line = as_line(words, language)
    return CardLine(line.isolated, line.lang, line.direction)


def _words(words: Markup, labels: Labels) -> str:
    return _line(words, labels.language).text


def _names(names: tuple[Markup, ...], labels: Labels) -> str:
    """Names that stand in for a title; none of them breaks across lines."""
    return " · ".join(_words(name, labels).replace(" ", "\u00a0") for name in names)


def _badges(told: StoryEdition, labels: Labels) -> Iterator[tuple[str, str]]:
    """The states of the title alone: a picture shows no more of the story."""
    for css, words in badges(replace(told, sentences=(), body=()), labels) if told.title.source else ():
        yield css, _words(words, labels)
