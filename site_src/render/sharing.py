"""The image of a story for shared links: it says what the story's page says, without markup."""

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
    """The path of a story's image in the site: beside its page."""
    return f"{code}/{story_path(slug).removesuffix('.html')}.png"


class ShareImage(NamedTuple):
    """A story's image as its page names it."""

    path: str
    """In the site."""
    width: int
    """In pixels, like the height."""
    height: int


def share_image(slug: str, code: str) -> ShareImage:
    """The image that the page of a story names."""
    return ShareImage(share_path(slug, code), *table("share")["size"])


def share_card(composer: Composer, entry: Entry, code: str) -> ShareCard:
    """The words of a story's image in an edition; if the edition lacks the title, the source's title and why."""
    press, labels = composer.press, composer.press.labels[code]
    own, facing = composer.headlines(entry.line.heading(code))
    title = facing if facing and facing.text and not own.text else own
    topic_titles = [press.words(topic.title, code) for topic in press.settings.topics
                    if topic.slug in entry.brief.topics[:1]]  # fmt: skip
    note = title_note(entry.brief.title, labels)
    return ShareCard(
        lang=str(labels.language.code),
        direction=str(labels.language.direction),
        site=tuple(_line(press.say(name, language.code), language) for language, name in press.wordmark),
        topic="".join(_text(press.say(topic_title, code), labels) for topic_title in topic_titles),
        title=_line(title.text, title.language),
        names="" if own.text else _stand_in(own.names, labels, is_untitled=not title.text),
        source=_text(composer.source(entry, code), labels),
        date=_text(composer.date(entry, code), labels),
        notes=(_text(note, labels),) if note else (),
        badges=tuple(_title_badges(entry.editions[code], labels)),
    )


def _line(words: Markup, language: Language) -> CardLine:
    from site_src.render.lines import as_line  # imports an HTML parser, which no page needs

    line = as_line(words, language)
    return CardLine(line.isolated, line.lang, line.direction)


def _text(words: Markup, labels: Labels) -> str:
    """Words in the edition's language as text."""
    return _line(words, labels.language).text


def _stand_in(names: tuple[Markup, ...], labels: Labels, *, is_untitled: bool) -> str:
    """The names that stand in for a title, none of which breaks across lines; without names, that there is no title."""
    if names:
        return " · ".join(_text(name, labels).replace(" ", "\u00a0") for name in names)
    return _text(labels.untitled, labels) if is_untitled else ""


def _title_badges(edition: StoryEdition, labels: Labels) -> Iterator[tuple[str, str]]:
    """(style, words) of each state of the title: the image shows nothing else that is translated."""
    if edition.title.source:
        for css, words in badges(replace(edition, sentences=(), body=()), labels):
            yield css, _text(words, labels)
