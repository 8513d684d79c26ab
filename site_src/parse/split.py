"""Split: where on a page one article ends and the next begins, and what is only announced.

A further article begins at a second headline in the markup, after a "read also" that brings a headline with a body of
its own, at a headline with its own date or byline, at one between two reports that begin with a dateline, or at a
headline with a body after the first article was closed.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line
from site_src.parse.reflow import begins_with_and
from site_src.text.fold import words
from site_src.text.memo import Once
from site_src.text.patterns import late

_GLUED = late(r"(?<=[ةى])(?=[ء-ي])|(?<=[”»\"])(?=[“«\"])|(?<=[^\W\d_][.!؟])(?=[^\W\d_]{2})|(?<=[”»])(?=[^\W_])")
DATELINE = late(r"\A[^\W\d_]+(?:\s[^\W\d_]+)?\s*(?:[(/,،]\s*[^()/]{2,30}\)?\s*)?[-–—:/]\s")
"""A place, and maybe who reports from there, before a dash, slash or colon."""
_CLOSING_FIELDS = frozenset({"source", "sources"})
_DATELINE_MOST = 40
_LABELS = frozenset({"related", "close", "end", "tags"})


class Parts(Struct, frozen=True, gc=False):
    """The lines of each article of a page, and the headlines that are only announced."""

    parts: tuple[tuple[Line, ...], ...]
    teasers: tuple[str, ...]


def parted(lines: list[Line], forced: frozenset[int] | None) -> Parts:
    """The page in articles; `forced` are the places that the editor said, None where nothing was said."""
    if forced is not None:
        return _cut_at(lines, sorted(forced), ())
    starts: list[int] = []
    teasers: list[str] = []
    page = _Reader(lines)
    for place in range(len(lines)):
        if page.begins(place):
            starts.append(place)
        if page.lines[place].sort == "related":
            teasers += page.announced(place)
    return _cut_at(page.lines, starts, tuple(teasers))


def _cut_at(lines: list[Line], starts: list[int], teasers: tuple[str, ...]) -> Parts:
    edges = [0, *(start for start in starts if start), len(lines)]
    return Parts(tuple(tuple(lines[a:b]) for a, b in pairwise(edges)), teasers)


class _Reader:
    """Reads the lines once from the top; knows how much of the current article has passed."""

    def __init__(self, lines: list[Line]):
        self.page = lines
        self.lines = list(lines)
        """Those of the page, some of them known for junk by now."""
        self.body = 0
        self.closed = False
        self.ended = False
        self.group = 0
        self.from_place = False
        self.next_start = -1

    @Once
    def blocks(self) -> dict[int, _Block]:
        """The text below each line that is none itself: most pages need not know."""
        return _blocks(self.page)

    def begins(self, place: int) -> bool:
        """Whether a further article begins at this line."""
        line = self.lines[place]
        if line.is_body and not line.group:
            self._pass_body(place, line)
            return False
        start = place == self.next_start or self._begins_by_itself(place, line)
        if start:
            self.body, self.closed, self.ended = 0, False, False
        if line.group:
            self.group = line.group
        if line.is_body:
            self._pass_body(place, line)
        elif (
            line.sort in ("close", "end", "tags")
            or (line.sort == "field" and line.rule in _CLOSING_FIELDS)
            or (line.rule == "symbols" and len(line.text) >= MEASURES["rule_least"])
        ):
            self.closed = self.closed or self.body >= MEASURES["article_least"]
            self.ended = self.ended or (line.sort == "end" and self.closed)
        return start

    def _pass_body(self, place: int, line: Line) -> None:
        if self.ended:
            self.lines[place] = line.but(sort="junk", rule="after-end")
        else:
            self.from_place = self._reports_from_place(place) if not self.body else self.from_place
            self.body += line.words

    def _begins_by_itself(self, place: int, line: Line) -> bool:
        if line.group and self.group and line.group != self.group:
            return self.body > 0
        if not self.body or not line.is_headline or line.group:
            return False
        if line.role == "title":
            return True
        after = self._after(place)
        if after is None or after.paragraphs < 2 or after.words < MEASURES["article_body"]:
            return False
        return after.dated or self.closed or (self.from_place and self._reports_from_place(place + 1))

    def _reports_from_place(self, place: int) -> bool:
        """Whether a report begins here with its dateline and a colon behind it, as an agency's do."""
        head = self.lines[place].text[:_DATELINE_MOST]
        return self.lines[place].is_body and ":" in head and DATELINE.match(head) is not None

    def _after(self, place: int) -> _Block | None:
        """The text right below a headline."""
        return self.blocks.get(place)

    def announced(self, place: int) -> list[str]:
        """The headlines that the "read also" at this line announces; they are junk from here on."""
        line = self.lines[place]
        announced = headlines_in(line.value)
        while True:
            heads, body, block = self._below(place)
            if heads and not line.value and self._is_article(heads[-1], body, block):
                self.next_start = heads.pop()
                body = None
            excerpt = body is not None and block is not None and bool(heads) and self._is_excerpt(body, block)
            announced += [self.lines[head].text for head in heads]
            for gone in [*heads, body] if excerpt and body is not None else heads:
                self.lines[gone] = self.lines[gone].but(sort="junk", rule="teaser")
            if not excerpt or body is None:
                return announced
            place = body

    def _below(self, place: int) -> tuple[list[int], int | None, _Block | None]:
        """The headlines below a label, the first paragraph after them, and the run of text it begins.

        A sentence too short for a paragraph ends them too; a date above it makes the last of them its headline.
        """
        heads: list[int] = []
        dated = False
        for below in range(place + 1, len(self.lines)):
            line = self.lines[below]
            if line.is_body:
                return heads, below, self.blocks.get(heads[-1] if heads else place)
            if line.sort in _LABELS or line.role in ("title", "heading"):
                break
            if line.sort == "text" and heads and (line.stopped or begins_with_and(line)):
                return heads[: len(heads) - dated], None, None
            if line.sort == "text":
                heads.append(below)
            dated = line.sort == "field" and line.rule in HEAD_FIELDS
        return heads, None, None

    def _is_article(self, head: int, body: int | None, block: _Block | None) -> bool:
        """Whether a headline below a "read also" has a body of its own, and does not stand inside an article."""
        if body is None or block is None or self.lines[head].words < MEASURES["headline_least"]:
            return False
        if block.words < MEASURES["article_body"] or block.paragraphs < 2:
            return False
        if self.closed or not self.body:
            return True
        lead = self.lines[body].text
        return (
            not begins_with_and(self.lines[body])
            and shared(self.lines[head].text, stems(lead)) >= MEASURES["headline_shared"]
        )

    def _is_excerpt(self, body: int, block: _Block) -> bool:
        """Whether one paragraph below a headline is a taste of another article, not this one going on."""
        return block.paragraphs == 1 and not begins_with_and(self.lines[body])


class _Block(Struct, frozen=True, gc=False):
    """The text that follows a line, up to the next headline or label."""

    words: int
    paragraphs: int
    dated: bool
    """A date or a byline stands between the line and the text."""


def _blocks(lines: list[Line]) -> dict[int, _Block]:
    """For every line that is no body itself, the run of text below it: one pass from the end."""
    found: dict[int, _Block] = {}
    words_below = paragraphs = 0
    dated = False
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.is_body:
            if dated:
                words_below = paragraphs = 0
            words_below, paragraphs, dated = words_below + line.words, paragraphs + 1, False
            continue
        found[place] = _Block(words_below, paragraphs, dated)
        if line.sort == "field" and line.rule in HEAD_FIELDS:
            dated = paragraphs > 0
        elif line.sort in ("related", "close", "end", "tags") or (
            line.sort == "field" and line.rule in _CLOSING_FIELDS
        ):
            words_below = paragraphs = 0
            dated = False
        elif line.is_headline and line.words > MEASURES["headline_least"]:
            words_below, paragraphs, dated = 0, 0, False
    return found


def headlines_in(value: str) -> list[str]:
    """The headlines of a text that glues them: ة and ى only end words, and no word follows a closing mark at once."""
    return [headline.strip() for headline in _GLUED.split(value) if headline.strip()] if value else []


def shared(headline: str, held: frozenset[str]) -> float:
    """Share of the headline's longer words whose stems a text holds."""
    sought = [word for word in words(headline) if len(word) > 3]
    return sum(_stem(word) in held for word in sought) / len(sought) if sought else 0.0


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text."""
    return frozenset(_stem(word) for word in words(text))


def _stem(word: str) -> str:
    """The first letters of a word without conjunction, preposition and article."""
    for prefix in ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    return word[:4]
