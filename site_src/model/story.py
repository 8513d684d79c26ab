"""Stories: reports with their copies."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import astuple

from site_src.model.page import Article, EditorsWord


class Copy(Struct, frozen=True, gc=False, array_like=True):
    """An article that carries the same report as a story's lead."""

    article: Article
    containment: float
    """Share of the smaller text's shingles that the larger one holds, 0 to 1."""
    same_paragraphs: int
    paragraphs: int
    """How many of its paragraphs stand word for word in the lead, of how many."""
    reason: Literal["same-text", "contained", "same-lead", "editor"]


class Story(Struct, frozen=True, gc=False, array_like=True):
    """One report, its copies merged. Its address never changes."""

    slug: str
    lead: Article
    """The fullest, best-dated copy; fields it misses are taken from a copy (`Found.where` = "copy FILE")."""
    copies: tuple[Copy, ...] = ()
    first_seen: str = ""
    """ISO date on which a build first saw it; "" while the record does not know it."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """All that tell it, the lead first."""
        return (self.lead, *[copy.article for copy in self.copies]) if self.copies else (self.lead,)

    @property
    def word(self) -> EditorsWord:
        """What the editor says of the story: beside the lead, and where that is silent, beside the first copy."""
        slug, topics, note, glosses = astuple(self.lead.word)
        for one in [copy.article.word for copy in self.copies]:
            slug, note, glosses = slug or one.slug, note or one.note, glosses or one.glosses
            topics = one.topics if topics is None else topics
        return EditorsWord(slug, topics, note, glosses)
