"""The original text as far as the site may quote it, with the chosen sentences marked."""

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
    """(text, number of the summary sentence it is; "" for none) in order."""
    shown: Markup = NOTHING
    """The whole paragraph, as every edition shows it."""
    left_out: int = 0
    """How many paragraphs (`counted`) are left out here; the other fields are empty then."""


def original(press: Press, entry: Entry) -> tuple[Quoted, ...]:
    """What `site.original` lets a page show: the paragraphs of the chosen sentences, all of them, or none."""
    policy = press.settings.site.original
    if policy == "none":
        return ()
    chosen: dict[int, list[tuple[int, Sentence]]] = {}
    for number, sentence in enumerate(entry.brief.sentences, 1):
        chosen.setdefault(sentence.paragraph, []).append((number, sentence))
    return tuple(_quoted(press, entry, chosen, whole=policy == "full"))


def _quoted(
    press: Press, entry: Entry, chosen: dict[int, list[tuple[int, Sentence]]], *, whole: bool
) -> Iterator[Quoted]:
    left_out = 0
    language = press.language(entry.lang)
    for place, paragraph in enumerate(entry.brief.story.lead.paragraphs):
        if not whole and place not in chosen:
            left_out += paragraph.counted
            continue
        if left_out:
            yield Quoted(language, (), left_out=left_out)
        left_out = 0
        pieces, own = tuple(_pieces(press, paragraph, chosen.get(place, []))), press.language(paragraph.lang)
        yield Quoted(own, pieces, press.typesetter.fragment("quoted", own, paragraph.kind == "heading", pieces))
    if left_out:
        yield Quoted(language, (), left_out=left_out)


def _pieces(press: Press, paragraph: Paragraph, chosen: list[tuple[int, Sentence]]) -> Iterator[tuple[Markup, Markup]]:
    end = 0
    for number, sentence in chosen:
        if sentence.start > end:
            yield press.say(paragraph.text[end : sentence.start], paragraph.lang), NOTHING
        yield press.say(paragraph.text[sentence.start : sentence.end], paragraph.lang), numeral(number)
        end = sentence.end
    if end < len(paragraph.text):
        yield press.say(paragraph.text[end:], paragraph.lang), NOTHING
