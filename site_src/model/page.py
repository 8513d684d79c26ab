"""Pages: as they were decoded, and as articles."""

from typing import Literal

from msgspec import Struct

from site_src.model.fields import UNDATED, UNKNOWN, Day, Found
from site_src.model.report import Problem
from site_src.parts import Parts


class RawPage(Struct, frozen=True, gc=False, array_like=True):
    """A decoded file of `content/articles`, before anything is understood of it."""

    file: str
    """The path as given, with forward slashes."""
    format: Literal["text", "markdown", "html", "mhtml"]
    encoding: str
    text: str
    """The whole decoded text (markup, for HTML), newlines as LF; a header is still in it."""
    header: str = ""
    """Content of `NAME.toml` beside the file, else ""."""
    problems: tuple[Problem, ...] = ()
    """What decoding had to repair: a wrong declared encoding, bytes that are no text."""


ParagraphKind = Literal["text", "heading", "standfirst", "list", "quote", "table", "caption"]


class Paragraph(Struct, frozen=True, gc=False, array_like=True):
    """One block of an article, as it will stand on a page."""

    kind: ParagraphKind
    text: str
    line: int
    """1-based line of the decoded file where it begins."""
    lang: str = "ar"
    certain: bool = True
    """False: `seam uncertain`, junk may be glued to it; summary, names and figures leave it alone."""
    repairs: tuple[str, ...] = ()
    """Ids of the recorded repairs: "joined", "spaces", "controls", "presentation", "seam", "quotes"."""

    @property
    def counted(self) -> bool:
        """Whether it is one of the article's paragraphs when they are counted: no sub-heading, no caption."""
        return self.kind not in ("heading", "caption")


class Dropped(Struct, frozen=True, gc=False, array_like=True):
    """A line (or part of one) of the page that is no part of any article, and the rule that said so."""

    line: int
    text: str
    rule: str


class EditorsWord(Struct, frozen=True, gc=False, array_like=True):
    """What `NAME.toml` or the header says to later stages (fields and paragraphs are applied already)."""

    slug: str = ""
    topics: tuple[str, ...] | None = None
    note: str = ""
    glosses: tuple[tuple[str, str], ...] = ()
    """(Arabic words of the article, English that the desk wrote for them)."""


class Article(Struct, frozen=True, gc=False, array_like=True):
    """One article of a page. Every field may be missing and then says so."""

    file: str
    part: int
    """1-based place in its file."""
    lang: str
    title: Found[str]
    paragraphs: Parts[Paragraph]
    published: Found[Day] = UNDATED
    updated: Found[Day] = UNDATED
    event: Found[Day] = UNDATED
    saved: Found[Day] = UNDATED
    outlet: Found[str] = UNKNOWN
    agency: Found[str] = UNKNOWN
    author: Found[str] = UNKNOWN
    url: Found[str] = UNKNOWN
    aggregator: Found[str] = UNKNOWN
    """The site the page was saved from, where that is not the outlet that it credits."""
    sources: tuple[Found[str], ...] = ()
    """Additional sources that the page credits."""
    word: EditorsWord = EditorsWord()
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> str:
        """FILE, or FILE#2 for the second article of a page."""
        return self.file if self.part == 1 else f"{self.file}#{self.part}"

    @property
    def day(self) -> Day | None:
        """The day that its page gives as its own: published, else updated, a full date first; None without a year."""
        published, updated = self.published.value, self.updated.value
        if published and published.full:
            return published
        stated = [day for day in (published, updated) if day and day.year is not None]
        return next((day for day in stated if day.full), stated[0] if stated else None)


FIELDS = ("title", "published", "updated", "event", "outlet", "agency", "author", "url", "aggregator")
"""The fields of `Article` for which pages are searched: each with its evidence, in the order in which they are told."""


class ParsedPage(Struct, frozen=True, gc=False, array_like=True):
    """All that one file gave: its articles in order, what was dropped and why, what is wrong."""

    file: str
    articles: tuple[Article, ...]
    dropped: tuple[Dropped, ...] = ()
    teasers: tuple[str, ...] = ()
    """Headlines of other articles that the page only announces."""
    problems: tuple[Problem, ...] = ()
    """Of the file itself: those of its articles are theirs."""

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Of the file, then of each article."""
        return (*self.problems, *(problem for article in self.articles for problem in article.problems))
