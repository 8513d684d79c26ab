"""The sentences that an edition needs: each story's title and summary, or the whole article; each sentence once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import NamedTuple

from site_src.kept import Kept
from site_src.model.brief import Brief, Sentence
from site_src.text.memo import OnNeed
from site_src.translate.po import sentence_key

PlacedSentence = tuple[str, str, str]
"""(sentence, where it stands, its language)."""
Shape = tuple[int, ...]
"""For each of the `texts` of a brief the number of its segment, -1 for one that stands as it is; () where all do."""


class Segment(NamedTuple):
    """One sentence of one story, wanted in another language."""

    slug: str
    lang: str
    """The language it is wanted in."""
    source_lang: str
    source: str
    place: str
    """Where it stands in the article: "title", "paragraph 3", "body 3.2" for one that is not in the summary."""

    @property
    def key(self) -> str:
        """What it is remembered under."""
        return sentence_key(self.source)


class Need(NamedTuple):
    """What must be translated so that a brief can stand in another language, in reading order."""

    segments: tuple[Segment, ...] = ()
    keys: tuple[str, ...] = ()
    """That of each segment."""


def need(brief: Brief, lang: str) -> Need:
    """What must be translated of one brief; nothing of one in the language `lang`."""
    slug, origin = brief.story.slug, brief.story.lead.lang
    if origin == lang:
        return Need()
    sentences = _in_body(brief) if brief.body else [_in_summary(sentence, origin) for sentence in brief.sentences]
    segments: dict[str, Segment] = {}
    for source, place, source_lang in ((brief.title.value or "", "title", origin), *sentences):
        key = sentence_key(source)
        if key and key not in segments and source_lang != lang:
            segments[key] = Segment(slug, lang, source_lang, source, place)
    return Need(tuple(segments.values()), tuple(segments))


def needs(briefs: Mapping[str, Brief], lang: str, kept: Kept) -> Mapping[str, Need]:
    """What each story needs in one language, by slug: worked out for those that are asked for."""

    def need_of(slug: str) -> Need:
        return kept.same(("need", lang, slug), briefs[slug], partial(need, briefs[slug], lang))

    return OnNeed(briefs, need_of)


def texts(brief: Brief) -> tuple[str, ...]:
    """Title, summary and body of a brief, as written."""
    return brief.title.value or "", *[sentence.text for sentence in (*brief.sentences[:], *brief.body[:])]


def shape(brief: Brief, story_need: Need) -> Shape:
    """Which segment of its need stands for each text of a brief: the one that is the same sentence."""
    numbers = {key: number for number, key in enumerate(story_need.keys)}
    return tuple([numbers.get(sentence_key(text), -1) for text in texts(brief)]) if numbers else ()


def _in_summary(sentence: Sentence, lang: str) -> PlacedSentence:
    return sentence.text, f"paragraph {sentence.paragraph + 1}", lang


def _in_body(brief: Brief) -> Iterator[PlacedSentence]:
    """The whole article in reading order; what the summary chose is placed as it is without the rest."""
    lang = brief.story.lead.lang
    summary = {sentence_key(sentence.text): _in_summary(sentence, lang) for sentence in brief.sentences}
    for paragraph, sentences in groupby(brief.body, lambda sentence: sentence.paragraph):
        for number, sentence in enumerate(sentences, 1):
            place = f"body {paragraph + 1}.{number}"
            yield summary.get(sentence_key(sentence.text)) or (sentence.text, place, brief.language(sentence))
