"""Which paragraphs of a page are text, which were left out, and the settings of the sidecar that change it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct

from site_src.model.page import Article, ParsedPage
from site_src.serve.articles.page_file import Lists, PageFile
from site_src.serve.articles.toml_edit import Setting, Value, parse, value_of, with_settings
from site_src.text.fold import fold
from site_src.translate.po import sha

Act = Literal["bring", "cut", "begin"]
"""Make text of a paragraph that was left out; leave a paragraph out; have a further article begin at it."""

_QUOTES = "\"“”„«»'‘’ "
_WORD_COUNTS = (4, 8, 16, 10_000)
"""How many first words may name a paragraph; the fewest that change no other paragraph are used."""
_OPENERS = ("", '"', "“", "«", "„")
"""Quotation marks that open a line of the file. Those around a whole paragraph are not part of its shown text."""

_States = Counter[tuple[str, bool]]
"""How many passages of a page have this folded text and are text (True) or left out (False)."""


class Passage(Struct, frozen=True):
    """A paragraph of a page, or a passage that was left out of it."""

    line: int
    text: str
    part: int = 0
    """The number of its article on the page, from 1; 0 for a passage that was left out."""
    kind: str = ""
    """The kind of the paragraph."""
    rule: str = ""
    """The id of the rule that left it out."""

    @property
    def mark(self) -> str:
        """A digest of its text, by which a form names it."""
        return sha(self.text)

    @property
    def movable(self) -> bool:
        """Whether the editor's word can move it: what a rule on markup left out is no line of the page."""
        return not self.rule.startswith("html-")


def passages(page: ParsedPage) -> tuple[Passage, ...]:
    """All passages of a page, in the order of its lines."""
    paragraphs = [
        Passage(paragraph.line, paragraph.text, article.part, paragraph.kind)
        for article in page.articles
        for paragraph in article.paragraphs
    ]
    dropped = [Passage(line.line, line.text, rule=line.rule) for line in page.dropped]
    return tuple(sorted((*paragraphs, *dropped), key=lambda passage: passage.line))


def find_passage(page: ParsedPage, line: int, mark: str, act: Act) -> Passage | None:
    """The passage with this mark to which the act applies; where there are several, the one on that line goes first."""
    is_text = act != "bring"
    matches = [passage for passage in passages(page) if passage.mark == mark and bool(passage.part) == is_text]
    return next((passage for passage in matches if passage.line == line), matches[0] if matches else None)


def settings_to_move(page: PageFile, sidecar_text: str, passage: Passage) -> tuple[Setting, ...]:
    """The settings for the sidecar, which holds `sidecar_text` now, that leave the passage out or make it text again.

    Settings that change nothing else are preferred. Empty where none has the effect without the loss of another
    paragraph, as for passages that the markup hides.
    """
    before, lists = _states(page.read(sidecar_text)), page.lists(sidecar_text)
    header_lists = page.lists("")
    fallback: tuple[Setting, ...] = ()
    for wanted in _candidate_lists(lists, passage, page.line(passage.line)):
        settings = tuple(_settings(parse(sidecar_text, page.sidecar.name), lists, wanted, header_lists))
        after = _states(page.read(with_settings(sidecar_text, settings, page.sidecar.name)))
        if not (_has_moved(before, after, passage) and _loses_no_other(before, after, passage)):
            continue
        if _changes_no_other(before, after, passage):
            return settings
        fallback = fallback or settings
    return fallback


def _candidate_lists(lists: Lists, passage: Passage, source: str) -> Iterator[Lists]:
    """The lists to try: first without the elements that say the contrary, then also with first words of the passage."""
    contrary_key, key = ("keep", "drop") if passage.part else ("drop", "keep")
    cleared = {
        place: _without_passage(value, passage) if place[1] == contrary_key else value for place, value in lists.items()
    }
    if cleared != lists:
        yield cleared
    elements = cleared.get((0, key)) or ()
    for first_words in names_of(passage.text, source):
        if first_words not in elements:
            yield {**cleared, (0, key): (*elements, first_words)}


def _without_passage(value: Value, passage: Passage) -> Value:
    """A list without the elements that name the passage."""
    return None if value is None else tuple(element for element in value if not _names_passage(element, passage))


def _names_passage(element: object, passage: Passage) -> bool:
    """Whether an element of `drop` or `keep` names the passage: by its line number or its first words."""
    if isinstance(element, int):
        return element == passage.line
    return _folded(passage.text).startswith(_folded(str(element)))


def names_of(text: str, source: str) -> Iterator[str]:
    """First words by which a list may name a passage; last those of `source`, its whole line of the page."""
    for opener in _OPENERS:
        yield from dict.fromkeys(opener + _first_words(text, count) for count in _WORD_COUNTS)
    yield from dict.fromkeys(_first_words(source, count) for count in _WORD_COUNTS if source.strip())


def _first_words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def _settings(document: dict[str, Any], lists: Lists, wanted: Lists, header_lists: Lists) -> Iterator[Setting]:
    """The settings that turn the lists into those wanted.

    A list that becomes empty is removed, unless `header_lists`, those of the header inside the page, would then count.
    """
    for place, value in wanted.items():
        if value != lists.get(place):
            part, key = place
            after = value if value or place in header_lists else None
            yield Setting(key, value_of(document, key, part), after, part)


def _folded(text: str) -> str:
    return fold(text).strip(_QUOTES)


def _states(page: ParsedPage) -> _States:
    return Counter((_folded(passage.text), bool(passage.part)) for passage in passages(page))


def _has_moved(before: _States, after: _States, passage: Passage) -> bool:
    """Whether the passage is no longer where it was; one that was left out must now stand in a paragraph."""
    text, was_text = _folded(passage.text), bool(passage.part)
    if after[text, was_text] >= before[text, was_text]:
        return False
    return was_text or any(other and text in other for other, is_text in after if is_text)


def _changes_no_other(before: _States, after: _States, passage: Passage) -> bool:
    differences = (before - after) + (after - before)
    return {text for text, _ in differences} == {_folded(passage.text)}


def _loses_no_other(before: _States, after: _States, passage: Passage) -> bool:
    """Whether every other paragraph of an article is still there."""
    moved = _folded(passage.text)
    return all(after[text, is_text] for text, is_text in before if is_text and text != moved)


def article_of(page: ParsedPage, part: int) -> Article | None:
    """The article with that number on the page; None where there is none."""
    return next((article for article in page.articles if article.part == part), None)
