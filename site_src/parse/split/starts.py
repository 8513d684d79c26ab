"""Where on a page one article ends and the next begins, and which headlines are only announced.

A further article begins:

- at a second headline in the markup, or at a sub-heading that is credited as the first sub-heading is;
- below a "read also", at a headline with a text of its own;
- at a headline with a date, byline or credit of its own, or between two reports that begin with a dateline;
- right below the credit of the article before;
- at a headline with a text of its own, once the current article was closed.
"""

from __future__ import annotations

from site_src.parse.head.retelling import retold_share, stems
from site_src.parse.lines import HEAD_FIELDS, MEASURES, Line
from site_src.parse.paragraphs.reflow import begins_with_and, goes_on
from site_src.parse.split.announced import headlines_in, is_headed, is_ticker, last_retold, own_headline
from site_src.parse.split.below import LABELS, SOURCES, TextBelow, divider_above, from_agency, texts_below
from site_src.parse.split.current import CurrentArticle, day_below
from site_src.text.datelines import opens_at_place
from site_src.text.memo import Once

_BROKEN_OFF = (" …", " ...", "[…]", "[...]")
"""Endings of an excerpt."""
_DATELINE_MOST = 40
"""Characters at the beginning of a paragraph in which a dateline and its colon stand."""
_HALF = 0.5
"""The paragraph below a sub-heading retells more than this share of its words."""
_CREDITS = SOURCES | {"byline", "dateline"}


class Reader:
    """Reads the lines of a page once from the top, and keeps what was read of the current article."""

    def __init__(self, lines: list[Line], has_title: bool):
        self.page, self.has_title = lines, has_title
        self.lines = list(lines)
        """The lines of the page, with teasers and what follows the end made junk as they are read."""
        self.current = CurrentArticle()
        self.ended = False
        """The end of all text was announced below the current article."""
        self.group = 0
        """The markup's group of the last line that has one."""
        self.from_place = False
        """The current article begins with the dateline of a place."""
        self.divider = ""
        """The row of symbols above the first headline of the page, which other headlines below one like it share."""
        self.next_start = -1
        """Index of the headline below a "read also" at which a further article begins; -1 without one."""
        self.certain_starts: set[int] = set()
        """Indexes of starts with a date or credit of their own."""
        self.bulletin_heads: set[int] = set()
        """Indexes of sub-headings that were found to be headlines."""
        self.doubtful: list[Line] = []

    @Once
    def texts(self) -> dict[int, TextBelow]:
        """The text below each line that is no paragraph, made when it is first asked for: most pages never do."""
        return texts_below(self.page)

    def read_line(self, index: int) -> bool:
        """Read the next line, which is the one at `index`, and return whether a further article begins there."""
        line = self.lines[index]
        is_start = self._is_start(index, line)
        if is_start:
            self.current, self.ended = CurrentArticle(), False
        if line.group:
            self.group = line.group
        if line.is_body:
            self._read_body(index, line)
        else:
            self.current.read_label(line)
            self.ended = self.ended or (line.sort == "end" and self.current.closed)
        return is_start

    def _is_start(self, index: int, line: Line) -> bool:
        """Whether a further article begins at this line, by the rules for a paragraph or for another line."""
        if self.current.after_credit and self._begins_after_credit(index):
            return True
        if line.is_body and not line.group:
            return not self.current.after_paragraph and self._begins_as_dispatch(index)
        return index == self.next_start or self._begins_by_itself(index, line)

    def _read_body(self, index: int, line: Line) -> None:
        """Take a paragraph into the current article; below its announced end it is junk."""
        if self.ended:
            self.lines[index] = line.with_fields(sort="junk", rule="after-end")
            return
        if not self.current.words:
            self.from_place = self._reports_from_place(index)
            headlines = [above for above in range(index) if self.lines[above].is_headline]
            self.divider = divider_above(self.page, headlines[0]) if len(headlines) == 1 else self.divider
        self.current.read_paragraph(line, index)

    def _begins_after_credit(self, index: int) -> bool:
        """Whether a text with a date above it and a credit below begins here, right below the credit of another.

        It may have no headline, or one that is as short as a label or ends as a sentence does.
        """
        date_index = None if self.lines[index].group else day_below(self.lines, index)
        if date_index is None or self.ended or not (text := self.texts[date_index]).paragraphs:
            return False
        if text.signed_by:
            self.certain_starts.add(index)
        elif not self.lines[index].is_headline:
            self.doubtful.append(self.lines[date_index])
        return bool(text.signed_by)

    def _begins_as_dispatch(self, index: int) -> bool:
        """Whether a report with an agency's dateline and a date of its own begins here, below a dated article."""
        if self.current.words < MEASURES["article_least"] or not self.current.dated:
            return False
        if day_below(self.lines, index) is None or not from_agency(self.lines, index):
            return False
        self.certain_starts.add(index)
        return True

    def _begins_by_itself(self, index: int, line: Line) -> bool:
        """Whether a further article begins at this line, which is no plain paragraph, by what it and its text are."""
        if line.group and self.group and line.group != self.group:
            return self.current.words > 0
        if not self.current.words or line.group:
            return False
        if line.role == "heading":
            return self._begins_as_the_first(index)
        if not line.is_headline or self.current.holds(line):
            return False
        if line.role == "title":
            return True
        text = self.texts[index]
        if (text.signed_by or not self.ended) and self.current.ends_before(text, self.lines):
            self.certain_starts.add(index)
            return True
        if not text.paragraphs:
            return False
        if self.divider and divider_above(self.page, index) == self.divider:
            self.certain_starts.add(index)
            return True
        if not self.current.closed and goes_on(self.lines[text.first]):
            return False
        if self._has_body(index, text):
            return True
        if not self.ended and ((text.dated and self.current.dated) or self._reports_another(index, text)):
            self.doubtful.append(line)
        return False

    def _reports_another(self, index: int, text: TextBelow) -> bool:
        """Whether a headline and the text that retells it have hardly a word in common with the current article.

        They may be another report under the same name of a bulletin, or only a new part of this one; below a number or
        a time they are a part.
        """
        if text.paragraphs < 2 or text.words < MEASURES["article_body"] or self.lines[index - 1].rule == "count":
            return False
        headline = self.lines[index].text
        lead = " ".join([line.text for line in self.lines[text.first : text.first + 3] if line.is_body])
        if retold_share(headline, stems(lead)) < MEASURES["headline_shared"]:
            return False
        current_text = " ".join(line.text for line in self.lines[self.current.first : index] if line.is_body)
        return retold_share(f"{headline} {lead}", stems(current_text)) <= MEASURES["another_shared"]

    def _begins_as_the_first(self, index: int) -> bool:
        """Whether a sub-heading begins a report with the same kind of credit as the report of the first sub-heading.

        Both are headlines then, below the name of a bulletin. Dates alone are not enough where a headline stands above
        the first of them: they may be those of a chronicle.
        """
        above = (index for index in range(self.current.first - 1, -1, -1) if self.lines[index].sort == "text")
        first_head, text = next(above, -1), self.texts[index]
        if first_head < 0 or text.words < MEASURES["article_body"] or not self._is_subheading(first_head):
            return False
        first_fields = self._fields_between(first_head, self.current.first)
        fields = self._fields_between(index, text.first)
        if not (first_fields & _CREDITS and fields & _CREDITS):
            if not first_fields & fields & HEAD_FIELDS:
                return False
            if self.has_title or any(line.is_headline for line in self.lines[:first_head]):
                self.doubtful.append(self.lines[index])
                return False
        for head in (first_head, index):
            self.lines[head] = self.lines[head].with_fields(role="title")
        self.certain_starts.add(index)
        self.bulletin_heads |= {first_head, index}
        return True

    def _is_subheading(self, index: int) -> bool:
        return self.lines[index].role == "heading" or index in self.bulletin_heads

    def _fields_between(self, head: int, first: int) -> set[str]:
        """The names of the fields between a heading and the text below it."""
        return {line.rule for line in self.lines[head + 1 : first] if line.sort == "field"}

    def _has_body(self, index: int, text: TextBelow) -> bool:
        """Whether the text below a headline is long enough for an article, and a sign of a new article supports it."""
        if text.paragraphs < 2 or text.words < MEASURES["article_body"]:
            return False
        return text.dated or self.current.closed or (self.from_place and self._reports_from_place(index + 1))

    def _reports_from_place(self, index: int) -> bool:
        """Whether a report begins here with a place and a colon behind it, as an agency's does."""
        head = self.lines[index].text[:_DATELINE_MOST]
        return self.lines[index].is_body and ":" in head and opens_at_place(head)

    def take_announced(self, index: int) -> list[str]:
        """The headlines that the label at this index ("read also") announces; they are made junk, with their excerpts.

        Below an excerpt further headlines may follow. A headline with a text of its own begins the next article.
        """
        label = self.lines[index]
        teasers = headlines_in(label.value)
        while True:
            headlines, body, text = self._headlines_below(index)
            own = self._own_headline(index, headlines, body, text) if headlines and not label.value else -1
            if own >= 0:
                self.next_start = own
                headlines = [headline for headline in headlines if headline < own]
                body = None
            if len(headlines) > 1 and body is not None and self._is_part(headlines[-1], body):
                headlines.pop()
                body = None
            excerpt = [body] if body is not None and headlines and self._is_excerpt(body, text) else []
            teasers += [self.lines[headline].text for headline in headlines]
            for teaser in [*headlines, *excerpt]:
                self.lines[teaser] = self.lines[teaser].with_fields(sort="junk", rule="teaser")
            if not excerpt:
                return teasers
            index = excerpt[0]

    def _headlines_below(self, index: int) -> tuple[list[int], int | None, TextBelow | None]:
        """The indexes of the headlines below a label, that of the first paragraph below them, and the text it begins.

        A sentence too short for a paragraph ends the headlines too, and so does a trail. If a date stands above that
        sentence, the last headline belongs to it and is left out.
        """
        headlines: list[int] = []
        is_dated = False
        for below in range(index + 1, len(self.lines)):
            line = self.lines[below]
            is_in_ticker = below == index + 1 and not self.current.words and is_ticker(line)
            if line.is_body and not is_in_ticker and (headlines or not self._is_broken_off(below + 1)):
                return headlines, below, self.texts.get(headlines[-1] if headlines else index)
            closes = line.sort in LABELS and (self.current.words or line.sort != "close")
            if closes or line.rule in ("list-end", "trail") or line.role in ("title", "heading"):
                break
            if line.sort == "text":
                if headlines and (line.stopped or begins_with_and(line)):
                    return headlines[: len(headlines) - is_dated], None, None
                headlines.append(below)
            is_dated = line.rule in HEAD_FIELDS
        return headlines, None, None

    def _is_broken_off(self, index: int) -> bool:
        """Whether, below an article, all paragraphs from this index on are broken off: excerpts of other articles."""
        paragraphs = [line.text for line in self.lines[index:] if line.is_body] if self.current.words else []
        return bool(paragraphs) and all(text.endswith(_BROKEN_OFF) for text in paragraphs)

    def _own_headline(self, index: int, headlines: list[int], body: int | None, text: TextBelow | None) -> int:
        """The index of the headline of the text at `body`, among those below the label at `index`; -1 without one."""
        if self.current.words:
            own = last_retold(self.lines, headlines, body or 0)
            return own if self._is_article(headlines[-1], body, text) else -1
        long_headlines = [headline for headline in headlines if self.lines[headline].is_headline]
        if body is None or not long_headlines or is_headed(self.lines, index, body):
            return -1
        own = own_headline(self.lines, long_headlines, body)
        texts = (self.texts.get(above) for above in (own, body - 1))
        return own if any(self._is_article(own, body, text) for text in texts) else -1

    def _is_article(self, headline: int, body: int | None, text: TextBelow | None) -> bool:
        """Whether a headline below a label has a text of its own, and does not stand inside an article."""
        if body is None or text is None or self.lines[headline].words < MEASURES["headline_least"]:
            return False
        if text.dated and not self.current.words:
            return True
        if text.words < MEASURES["article_body"] or text.paragraphs < 2:
            return False
        if self.current.closed or not self.current.words:
            return True
        share = retold_share(self.lines[headline].text, stems(self.lines[body].text))
        return share >= MEASURES["headline_shared"] and not goes_on(self.lines[body])

    def _is_part(self, headline: int, body: int) -> bool:
        """Whether the last headline below a label is a sub-heading: short, and retold by the text at `body`."""
        line = self.lines[headline]
        if line.words > MEASURES["headline_least"]:
            return False
        return retold_share(line.text, stems(self.lines[body].text)) > _HALF

    def _is_excerpt(self, body: int, text: TextBelow | None) -> bool:
        """Whether a single paragraph below a headline is an excerpt of another article.

        It does not continue the current article, and it is not the only text of the page.
        """
        if text is None or text.paragraphs != 1 or goes_on(self.lines[body]):
            return self._is_broken_off(body)
        return self.current.words > 0 or any(line.is_body for line in self.lines[body + 1 :])
