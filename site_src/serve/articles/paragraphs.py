"""Which paragraphs of a page are text and which were left out, and the editor's word that would change it: pure."""

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

Act = Literal["bring", "cut"]

_QUOTES = "\"“”„«»'‘’ "
_WORDS = (4, 8, 16, 10_000)
"""So many first words name a paragraph: the fewest by which no other paragraph changes."""
_OPENERS = ("", '"', "“", "«", "„")
"""Marks that hold a whole paragraph are not shown on a page, but a line that is to be named begins with them."""


class Passage(Struct, frozen=True):
    """A paragraph of a page, or what was left out of it."""

    line: int
    text: str
    part: int = 0
    """The article that it belongs to; 0: it was left out."""
    kind: str = ""
    """Kind of the paragraph."""
    rule: str = ""
    """The rule that left it out."""

    @property
    def mark(self) -> str:
        """A digest of its words, by which a page knows it again."""
        return sha(self.text)

    @property
    def movable(self) -> bool:
        """Whether an editor's word can reach it: what the markup leaves out is never a line of the page."""
        return not self.rule.startswith("html-")


def passages(page: ParsedPage) -> tuple[Passage, ...]:
    """All of a page, in the order of its lines."""
    kept = [Passage(one.line, one.text, article.part, one.kind)
            for article in page.articles for one in article.paragraphs]  # fmt: skip
    gone = [Passage(one.line, one.text, rule=one.rule) for one in page.dropped]
    return tuple(sorted((*kept, *gone), key=lambda one: one.line))


def find(page: ParsedPage, line: int, mark: str, act: Act) -> Passage | None:
    """The passage that a person saw under this mark, where it still stands so; the one on its line first."""
    found = [one for one in passages(page) if one.mark == mark and bool(one.part) == (act == "cut")]
    return next((one for one in found if one.line == line), found[0] if found else None)


def changed(page: PageFile, beside: str, passage: Passage) -> tuple[Setting, ...]:
    """What `NAME.toml`, which says `beside` now, must say so that the passage is left out, or text again.

    Words that change nothing else are preferred. Empty where none do it without another paragraph going, or at all:
    what the markup hides is never a line.
    """
    before, word = _states(page.read(beside)), page.lists(beside)
    best: tuple[Setting, ...] = ()
    for lists in _attempts(word, passage, page.line(passage.line)):
        settings = tuple(_settings(parse(beside, page.side.name), word, lists, page.lists("")))
        after = _states(page.read(with_settings(beside, settings, page.side.name)))
        if not (_done(before, after, passage) and _spares(before, after, passage)):
            continue
        if _only(before, after, passage):
            return settings
        best = best or settings
    return best


def _attempts(word: Lists, passage: Passage, source: str) -> Iterator[Lists]:
    """The lists to try: first without what said the contrary, then with the first words of the passage."""
    contrary, own = ("keep", "drop") if passage.part else ("drop", "keep")
    freed = {place: _without(value, passage) if place[1] == contrary else value for place, value in word.items()}
    if freed != word:
        yield freed
    said = freed.get((0, own)) or ()
    for start in _starts(passage.text, source):
        if start not in said:
            yield {**freed, (0, own): (*said, start)}


def _without(value: Value, passage: Passage) -> Value:
    """A list without the elements that say this passage."""
    return None if value is None else tuple(one for one in value if not _names(one, passage))


def _names(one: object, passage: Passage) -> bool:
    """Whether an element of `drop` or `keep` says this passage."""
    return one == passage.line if isinstance(one, int) else _key(passage.text).startswith(_key(str(one)))


def _starts(text: str, source: str) -> Iterator[str]:
    """First words of the passage as a line may begin with them; last those of its whole line of the page."""
    for opener in _OPENERS:
        yield from dict.fromkeys(opener + _first(text, count) for count in _WORDS)
    yield from dict.fromkeys(_first(source, count) for count in _WORDS if source.strip())


def _first(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def _settings(document: dict[str, Any], word: Lists, wanted: Lists, inside: Lists) -> Iterator[Setting]:
    """What of the lists is not said yet; an empty one needs to be said only against the header `inside` the page."""
    for place, value in wanted.items():
        if value != word.get(place):
            part, key = place
            said = value if value or place in inside else None
            yield Setting(key, value_of(document, key, part), said, part)


def _key(text: str) -> str:
    return fold(text).strip(_QUOTES)


def _states(page: ParsedPage) -> Counter[tuple[str, bool]]:
    return Counter((_key(one.text), bool(one.part)) for one in passages(page))


def _done(before: Counter[tuple[str, bool]], after: Counter[tuple[str, bool]], passage: Passage) -> bool:
    """Whether the passage changed sides."""
    key, part = _key(passage.text), bool(passage.part)
    return after[key, part] < before[key, part] and (part or any(text and key in text for text, kept in after if kept))


def _only(before: Counter[tuple[str, bool]], after: Counter[tuple[str, bool]], passage: Passage) -> bool:
    return {text for text, _ in (before - after) + (after - before)} == {_key(passage.text)}


def _spares(before: Counter[tuple[str, bool]], after: Counter[tuple[str, bool]], passage: Passage) -> bool:
    """Whether no other paragraph of an article goes."""
    return all(after[text, kept] for text, kept in before if kept and text != _key(passage.text))


def article_of(page: ParsedPage, part: int) -> Article | None:
    """The article of a part of the page."""
    return next((one for one in page.articles if one.part == part), None)
