"""Briefs: what is read off the lead of a story."""

from typing import Literal, NamedTuple

from msgspec import Struct

from site_src.model.fields import Found
from site_src.model.story import Story
from site_src.parts import Parts


class Mention(NamedTuple):
    """A name in a paragraph of the lead."""

    name: str
    """`Name.id`."""
    paragraph: int
    """Index in `Article.paragraphs`; -1 is the title."""
    start: int
    end: int
    direct: bool = True
    """False for an adjective ("Hungarian") that points to the name without being it."""


FigureKind = Literal["number", "percent", "money", "quantity", "ordinal", "year", "date", "duration"]
AMOUNTS: frozenset[FigureKind] = frozenset({"number", "percent", "money", "quantity", "duration"})
"""Kinds that can be more or less; a date, year or ordinal cannot."""


class Figure(NamedTuple):
    """A figure or date in a paragraph, with what the tables can say of it in English."""

    kind: FigureKind
    paragraph: int
    start: int
    end: int
    low: str
    """Canonical decimal ("27", "0.5", "1000000"), ISO date for a date; "" for "tens of billions"."""
    high: str = ""
    """Upper end of a range, else ""."""
    unit: str = ""
    """Id in `tables/units.toml`: currency, unit, "percent"; "" where there is none."""
    noun: str = ""
    """The Arabic noun counted, as written, where the tables do not know it as a unit."""
    english: str = ""
    """The whole figure in English, composed from tables only and without its qualifier; "" when the tables cannot."""
    qualifier: str = ""
    """Id in `tables/qualifiers.toml` of what makes it a bound or an estimate ("at-least"); "" for a plain figure."""
    lead: int = 0
    """Characters before `start` that hold the qualifier's words (أكثر من)."""
    tail: int = 0
    """Characters after `end` that hold them (على الأقل)."""
    reckoned: bool = False
    """A date that the text does not state: worked out from a known day (أمس) or from another calendar."""

    @property
    def key(self) -> str:
        """Its value with what it counts: two stories share the figures of one key."""
        return " ".join(filter(None, (self.low, self.high, self.unit or self.noun)))


class Saying(NamedTuple):
    """Somebody says something: who, which verb, where."""

    paragraph: int
    start: int
    end: int
    verb: str
    """Id in `tables/verbs.toml`."""
    speaker: str
    """`Name.id`, or "" when the speaker is not in the names file."""
    speaker_words: str
    """The speaker as the page writes it."""
    quoted: bool
    """Whether the words stand between quotation marks."""


class Sentence(NamedTuple):
    """A whole source sentence, chosen for the summary or told with the whole article."""

    text: str
    paragraph: int
    start: int
    end: int
    rank: int
    """0 is the best of the summary, -1 is none of it; sentences themselves are kept in source order."""
    needs: tuple[int, ...] = ()
    """Places in the summary of the sentences without which it misleads or is not understood: what it takes back or
    denies, what takes it back or denies it, who speaks."""


class Brief(Struct, frozen=True, gc=False, array_like=True):
    """The Arabic briefing of one story: everything in it was read off the lead."""

    story: Story
    topics: tuple[str, ...]
    """Slugs, the primary one first; empty is unsorted."""
    title: Found[str]
    """Stated, the editor's, or inferred (derived from the lead and marked so)."""
    sentences: Parts[Sentence]
    """The summary."""
    mentions: tuple[Mention, ...] = ()
    figures: Parts[Figure] = ()
    sayings: Parts[Saying] = ()
    body: Parts[Sentence] = ()
    """Every sentence of the lead, those of the summary too, where the site translates whole articles; else empty."""
    title_figures: tuple[str, ...] = ()
    """What English calls the figures of the title, each once: lists show them where it waits for a translation."""

    def language(self, sentence: Sentence) -> str:
        """The language that a sentence is written in: the article's in the summary, its paragraph's in the body."""
        lead = self.story.lead
        return lead.lang if sentence.rank >= 0 else lead.paragraphs[sentence.paragraph].lang or lead.lang

    def written(self, figure: Figure) -> str:
        """One of its figures as the article writes it."""
        title, paragraphs = self.title.value or "", self.story.lead.paragraphs
        return (title if figure.paragraph < 0 else paragraphs[figure.paragraph].text)[figure.start : figure.end]

    def figures_by_key(self) -> dict[str, Figure]:
        """By `Figure.key` the first of its figures that has it."""
        return {figure.key: figure for figure in reversed(self.figures[:])}


FactKind = Literal["who", "where", "when", "figure", "said"]


DayField = Literal["", "published", "updated", "event"]


class Fact(NamedTuple):
    """One row of the facts box, Arabic beside English: read off the text, never off a translation."""

    ar: str
    """As the article writes it."""
    en: str
    """From `names.toml`, CLDR and tables only, or the desk's gloss; "" where none of them knows it."""
    kind: FactKind
    name_id: str = ""
    """`Name.id` of a name, or of the speaker of a saying; "" where there is none."""
    sentence: int = 0
    """1-based number of the summary sentence that holds it; 0 when it stands elsewhere in the article."""
    paragraph: int = -1
    """Index in `Article.paragraphs`; -1 is the title."""
    variants: tuple[str, ...] = ()
    """Other Arabic spellings of the same name in this article."""
    gloss_by_desk: bool = False
    """Whether `en` was written by a person of the desk for this article."""
    reckoned: bool = False
    """A date that was worked out, not stated."""
    field: DayField = ""
    """The field of the article whose day it is; "" for a date of the text alone."""


class Facts(Struct, frozen=True, gc=False, array_like=True):
    """The facts box of one story."""

    rows: Parts[Fact] = ()
    """Kind by kind; those of one kind in the order in which the article first mentions them."""

    def of_kind(self, kind: FactKind) -> tuple[Fact, ...]:
        """The facts of one kind."""
        return tuple([fact for fact in self.rows if fact.kind == kind])
