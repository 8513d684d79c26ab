"""The original text, as far as the site may quote it, with the sentences of the summary marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.brief import Sentence
from site_src.model.page import Paragraph
from site_src.render.catalogue import Entry
from site_src.render.labels import NOTHING, Language, numeral
from site_src.render.press import Press


class Quoted(NamedTuple):
    """A paragraph of the original, or a gap."""

    language: Language
    pieces: tuple[tuple[Markup, Markup], ...]
    """(text, number) in order: the number of a sentence of the summary, "" for the text between."""
    shown: Markup = NOTHING
    """The paragraph as markup."""
    left_out: int = 0
    """How many paragraphs (`counted`) are left out here; if any are, the other fields are empty."""


def original(press: Press, entry: Entry) -> tuple[Quoted, ...]:
    """What `site.original` lets a page show: the paragraphs from which the summary was taken, all of them, or none."""
    policy = press.settings.site.original
    if policy == "none":
        return ()
    summary: dict[int, list[tuple[int, Sentence]]] = {}
    for number, sentence in enumerate(entry.brief.sentences, 1):
        summary.setdefault(sentence.paragraph, []).append((number, sentence))
    return tuple(_quoted(press, entry, summary, all_paragraphs=policy == "full"))


def _quoted(
    press: Press, entry: Entry, summary: dict[int, list[tuple[int, Sentence]]], *, all_paragraphs: bool
) -> Iterator[Quoted]:
    """`summary` holds the (number, sentence) pairs of the summary by the place of their paragraph."""
    left_out = 0
    source_language = press.language(entry.lang)
    for place, paragraph in enumerate(entry.brief.story.lead.paragraphs):
        if not all_paragraphs and place not in summary:
            left_out += paragraph.counted
            continue
        if left_out:
            yield Quoted(source_language, (), left_out=left_out)
        left_out = 0
        pieces = tuple(_pieces(press, paragraph, summary.get(place, [])))
        language, is_heading = press.language(paragraph.lang), paragraph.kind == "heading"
        yield Quoted(language, pieces, press.typesetter.fragment("quoted", language, is_heading, pieces))
    if left_out:
        yield Quoted(source_language, (), left_out=left_out)


def _pieces(
    press: Press, paragraph: Paragraph, sentences: list[tuple[int, Sentence]]
) -> Iterator[tuple[Markup, Markup]]:
    end = 0
    for number, sentence in sentences:
        if sentence.start > end:
            yield press.say(paragraph.text[end : sentence.start], paragraph.lang), NOTHING
        yield press.say(paragraph.text[sentence.start : sentence.end], paragraph.lang), numeral(number)
        end = sentence.end
    if end < len(paragraph.text):
        yield press.say(paragraph.text[end:], paragraph.lang), NOTHING
