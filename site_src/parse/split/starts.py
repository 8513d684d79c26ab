"""Split: where on a page one article ends and the next begins, and what is only announced.

A further article begins at a second headline in the markup, at a sub-heading credited as the first one is, after a
"read also" that brings a headline with a body of its own, at a headline with its own date, byline or credit, at one
between two reports that begin with a dateline, right below the credit of the article before, or at a headline with a
body after the first article was closed.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from site_src.parse.head.told import shared, stems
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line
from site_src.parse.paragraphs.reflow import begins_with_and, goes_on
from site_src.parse.split.announced import headlines_in, is_headed, is_ticker, last_told, own_of
from site_src.parse.split.below import LABELS, SOURCES, Below, from_agency, texts_below
from site_src.parse.split.passed import Passed, day_below
from site_src.text.datelines import opens_at_place
from site_src.text.memo import Once

_BROKEN_OFF = (" …", " ...", "[…]", "[...]")
_DATELINE_MOST = 40
_HALF = 0.5
"""Share of its words that a sub-heading has in the paragraph below it, at least."""
_CREDITS = SOURCES | {"byline", "dateline"}


class Parts(Struct, frozen=True, gc=False):
    """The lines of each article of a page, and the headlines that are only announced."""

    parts: tuple[tuple[Line, ...], ...]
    teasers: tuple[str, ...]
    labelled: frozenset[int] = frozenset()
    """Those of the parts that the editor, or dates and credits of their own, hold apart, however short they are."""
    doubtful: tuple[Line, ...] = ()
    """The lines at which another article may begin, without enough evidence."""


def parted(lines: list[Line], forced: frozenset[int] | None, titled: bool) -> Parts:
    """The page in articles; `forced` are the places that the editor said, None where nothing was said.

    `titled`: the page states a title outside of its text, so that it may be that of several parts.
    """
    if forced is not None:
        return Parts(_cut_at(lines, sorted(forced)), (), frozenset(range(len(forced) + 1) if forced else ()))
    starts: list[int] = []
    teasers: list[str] = []
    page = _Reader(lines, titled)
    for place in range(len(lines)):
        if page.begins(place):
            starts.append(place)
        if page.lines[place].sort == "related":
            teasers += page.announced(place)
    labelled = {
        part for number, start in enumerate(starts, 1) if start in page.labelled for part in (number - 1, number)
    }
    return Parts(_cut_at(page.lines, starts), tuple(teasers), frozenset(labelled), tuple(page.doubtful))


def _cut_at(lines: list[Line], starts: list[int]) -> tuple[tuple[Line, ...], ...]:
    edges = [0, *(start for start in starts if start), len(lines)]
    return tuple(tuple(lines[a:b]) for a, b in pairwise(edges))


class _Reader:
    """Reads the lines once from the top; knows what has passed of the current article."""

    def __init__(self, lines: list[Line], titled: bool):
        self.page, self.titled = lines, titled
        self.lines = list(lines)
        """Those of the page, some of them known for junk by now."""
        self.passed = Passed()
        self.ended = False
        self.group = 0
        self.from_place = False
        self.next_start = -1
        self.labelled: set[int] = set()
        self.heads: set[int] = set()
        """Sub-headings that were found to be headlines."""
        self.doubtful: list[Line] = []

    @Once
    def texts(self) -> dict[int, Below]:
        """The text below each line that is none itself: most pages need not know."""
        return texts_below(self.page)

    def begins(self, place: int) -> bool:
        """Whether a further article begins at this line."""
        line = self.lines[place]
        plain = line.is_body and not line.group
        start = self.passed.fresh and self._begins_after_credit(place)
        start = start or (plain and not self.passed.just_read and self._begins_as_dispatch(place))
        start = start or (not plain and (place == self.next_start or self._begins_by_itself(place, line)))
        if start:
            self.passed, self.ended = Passed(), False
        if line.group:
            self.group = line.group
        if line.is_body:
            self._pass_body(place, line)
        else:
            self.passed.with_label(line)
            self.ended = self.ended or (line.sort == "end" and self.passed.closed)
        return start

    def _pass_body(self, place: int, line: Line) -> None:
        if self.ended:
            self.lines[place] = line.but(sort="junk", rule="after-end")
        else:
            self.from_place = self._reports_from_place(place) if not self.passed.words else self.from_place
            self.passed.with_paragraph(line, place)

    def _begins_after_credit(self, place: int) -> bool:
        """Whether a text with a date above it and a credit below begins here, right after the credit of another.

        It may do so without a headline, or with one that is as short as a label or ends as a sentence does.
        """
        day = None if self.lines[place].group else day_below(self.lines, place)
        if day is None or self.ended or not (text := self.texts[day]).paragraphs:
            return False
        if text.signed:
            self.labelled.add(place)
        elif not self.lines[place].is_headline:
            self.doubtful.append(self.lines[day])
        return bool(text.signed)

    def _begins_as_dispatch(self, place: int) -> bool:
        """Whether an agency's dateline and a date of its own begin a report here, behind what closed another."""
        if self.passed.words < MEASURES["article_least"] or not self.passed.dated:
            return False
        starts = day_below(self.lines, place) is not None and from_agency(self.lines, place)
        self.labelled |= {place} if starts else set()
        return starts

    def _begins_by_itself(self, place: int, line: Line) -> bool:
        if line.group and self.group and line.group != self.group:
            return self.passed.words > 0
        if not self.passed.words or line.group:
            return False
        if line.role == "heading":
            return self._begins_as_the_first(place)
        if not line.is_headline or self.passed.holds(line):
            return False
        if line.role == "title":
            return True
        after = self.texts[place]
        if (after.signed or not self.ended) and self.passed.ends_before(after, self.lines):
            self.labelled.add(place)
            return True
        if not after.paragraphs:
            return False
        is_new = self.passed.closed or not goes_on(self.lines[after.first])
        if is_new and self._has_body(place, after):
            return True
        if is_new and not self.ended and ((after.dated and self.passed.dated) or self._tells_another(place, after)):
            self.doubtful.append(line)
        return False

    def _tells_another(self, place: int, after: Below) -> bool:
        """Whether the text below a headline tells what the headline says, and next to nothing of what was told before.

        That may be another report below the same name of a bulletin, or only a new part of this one; below a number or
        a time it is a part.
        """
        if after.paragraphs < 2 or after.words < MEASURES["article_body"] or self.lines[place - 1].rule == "count":
            return False
        below = [line.text for line in self.lines[after.first : after.first + 3] if line.is_body]
        head, lead = self.lines[place].text, " ".join(below)
        if shared(head, stems(lead)) < MEASURES["headline_shared"]:
            return False
        told = " ".join(line.text for line in self.lines[self.passed.first : place] if line.is_body)
        return shared(f"{head} {lead}", stems(told)) <= MEASURES["another_shared"]

    def _begins_as_the_first(self, place: int) -> bool:
        """Whether a sub-heading begins a report, credited as the one that the first sub-heading began.

        Both are headlines then, below the name of a bulletin. Days alone may as well be those of a chronicle, whose
        headline stands above the first of them.
        """
        above = (at for at in range(self.passed.first - 1, -1, -1) if self.lines[at].sort == "text")
        head, after = next(above, -1), self.texts[place]
        if head < 0 or after.words < MEASURES["article_body"] or not self._is_subheading(head):
            return False
        first, second = self._labels(head, self.passed.first), self._labels(place, after.first)
        if not (first & _CREDITS and second & _CREDITS):
            dated = bool(first & second & HEAD_FIELDS)
            if not dated or self.titled or any(line.is_headline for line in self.lines[:head]):
                self.doubtful += [self.lines[place]] * dated
                return False
        for at in (head, place):
            self.lines[at] = self.lines[at].but(role="title")
        self.labelled.add(place)
        self.heads |= {head, place}
        return True

    def _is_subheading(self, place: int) -> bool:
        return self.lines[place].role == "heading" or place in self.heads

    def _labels(self, head: int, first: int) -> set[str]:
        """The fields between a heading and the text below it."""
        return {line.rule for line in self.lines[head + 1 : first] if line.sort == "field"}

    def _has_body(self, place: int, after: Below) -> bool:
        """Whether the text below a headline is long enough for an article, and something says that it is one."""
        if after.paragraphs < 2 or after.words < MEASURES["article_body"]:
            return False
        return after.dated or self.passed.closed or (self.from_place and self._reports_from_place(place + 1))

    def _reports_from_place(self, place: int) -> bool:
        """Whether a report begins here with its dateline and a colon behind it, as an agency's do."""
        head = self.lines[place].text[:_DATELINE_MOST]
        return self.lines[place].is_body and ":" in head and opens_at_place(head)

    def announced(self, place: int) -> list[str]:
        """The headlines that the "read also" at this line announces; they are junk from here on."""
        line = self.lines[place]
        announced = headlines_in(line.value)
        while True:
            heads, body, block = self._below(place)
            own = self._own(place, heads, body, block) if heads and not line.value else -1
            if own >= 0:
                self.next_start = own
                heads = [head for head in heads if head < own]
                body = None
            if len(heads) > 1 and body is not None and self._is_part(heads[-1], body):
                heads.pop()
                body = None
            excerpt = [body] if body is not None and heads and self._is_excerpt(body, block) else []
            announced += [self.lines[head].text for head in heads]
            for gone in [*heads, *excerpt]:
                self.lines[gone] = self.lines[gone].but(sort="junk", rule="teaser")
            if not excerpt:
                return announced
            place = excerpt[0]

    def _below(self, place: int) -> tuple[list[int], int | None, Below | None]:
        """The headlines below a label, the first paragraph after them, and the run of text it begins.

        A sentence too short for a paragraph ends them too, and a trail; a date above it makes the last its headline.
        """
        heads: list[int] = []
        dated = False
        for below in range(place + 1, len(self.lines)):
            line = self.lines[below]
            ticker = below == place + 1 and not self.passed.words and is_ticker(line)
            if line.is_body and not (ticker or (not heads and self._is_broken_off(below + 1))):
                return heads, below, self.texts.get(heads[-1] if heads else place)
            closes = line.sort in LABELS and (self.passed.words or line.sort != "close")
            if closes or line.rule in ("list-end", "trail") or line.role in ("title", "heading"):
                break
            if line.sort == "text" and heads and (line.stopped or begins_with_and(line)):
                return heads[: len(heads) - dated], None, None
            if line.sort == "text":
                heads.append(below)
            dated = line.rule in HEAD_FIELDS
        return heads, None, None

    def _is_broken_off(self, place: int) -> bool:
        """Whether below an article nothing stands from here on but paragraphs that are broken off: those of others."""
        below = [line.text for line in self.lines[place:] if line.is_body] if self.passed.words else []
        return bool(below) and all(text.endswith(_BROKEN_OFF) for text in below)

    def _own(self, place: int, heads: list[int], body: int | None, block: Below | None) -> int:
        """The place of that headline below the "read also" at `place` which is that of the text below it; or -1."""
        if self.passed.words:
            own = last_told(self.lines, heads, body or 0)
            return own if self._is_article(heads[-1], body, block) else -1
        long = [head for head in heads if self.lines[head].is_headline]
        if body is None or not long or is_headed(self.lines, place, body):
            return -1
        own = own_of(self.lines, long, body)
        blocks = (self.texts.get(above) for above in (own, body - 1))
        return own if any(self._is_article(own, body, block) for block in blocks) else -1

    def _is_article(self, head: int, body: int | None, block: Below | None) -> bool:
        """Whether a headline below a "read also" has a body of its own, and does not stand inside an article."""
        if body is None or block is None or self.lines[head].words < MEASURES["headline_least"]:
            return False
        if block.dated and not self.passed.words:
            return True
        if block.words < MEASURES["article_body"] or block.paragraphs < 2:
            return False
        if self.passed.closed or not self.passed.words:
            return True
        told = shared(self.lines[head].text, stems(self.lines[body].text))
        return told >= MEASURES["headline_shared"] and not goes_on(self.lines[body])

    def _is_part(self, head: int, body: int) -> bool:
        """Whether the last headline below a label is a sub-heading, as short as one and told by the text below it."""
        line = self.lines[head]
        return line.words <= MEASURES["headline_least"] and shared(line.text, stems(self.lines[body].text)) > _HALF

    def _is_excerpt(self, body: int, block: Below | None) -> bool:
        """Whether one paragraph below a headline is a taste of another article: not this one going on, nor all text."""
        if block is None or block.paragraphs != 1 or goes_on(self.lines[body]):
            return self._is_broken_off(body)
        return self.passed.words > 0 or any(line.is_body for line in self.lines[body + 1 :])
