"""The values that pass between the stages: frozen, complete when made, never filled in later.

    bytes -> RawPage -> Article* -> Story* -> Brief* -> Edition* -> Publication -> Recipe* -> files

Every span (`start`, `end`) counts characters of the paragraph text it belongs to, end exclusive. What a story has by
the dozen (mentions, figures, sayings, sentences, facts) are named tuples: a quarter of the time to make, less to keep.
"""

from collections.abc import Callable, Mapping
from typing import Generic, Literal, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from site_src.parts import Parts

T = TypeVar("T")

Status = Literal["stated", "inferred", "editor", "unknown"]
"""How a field is known: the page says so; we concluded it; a person set it; nobody knows."""


class Found(Struct, Generic[T], frozen=True, gc=False, array_like=True):
    """A field and its evidence. `value` is None exactly when `status` is "unknown"."""

    value: T | None = None
    status: Status = "unknown"
    words: str = ""
    """The words of the page that the value was read from, as written."""
    where: str = ""
    """Where they stand: "line 3", "json-ld", "og:title", "NAME.toml", "copy FILE"; "" when unknown."""
    id: str = ""
    """Canonical id where the tables know one, such as "afp" for an agency."""


UNKNOWN: Found[str] = Found()


class Day(Struct, frozen=True, gc=False, array_like=True):
    """A date, as far as it is stated: a part that nobody states stays None, and is never guessed."""

    year: int | None
    month: int | None
    day: int | None
    time: str = ""
    """HH:MM (24 hours) as stated, else ""."""
    zone: str = ""
    """The zone as written ("GMT", "بتوقيت غرينتش", "+03:00"), else ""."""
    weekday: int | None = None
    """0 is Monday; only when the text names it."""
    ambiguous: bool = False
    """A numeric date that could be read month first as well; it was read day first."""

    @property
    def iso(self) -> str | None:
        """YYYY, YYYY-MM or YYYY-MM-DD as far as it is known from the year down; None without a year."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}"]
        for part in (self.month, self.day):
            if part is None:
                break
            parts.append(f"{part:02d}")
        return "-".join(parts)

    @property
    def full(self) -> bool:
        """Whether year, month and day are all known."""
        return None not in (self.year, self.month, self.day)


UNDATED: Found[Day] = Found()


class Problem(Struct, frozen=True, gc=False, array_like=True):
    """Something about one file that a person should know: what, where, what to do."""

    file: str
    code: str
    """Stable short name such as "empty-file", for tests and machine-readable reports."""
    what: str
    todo: str = ""
    line: int | None = None
    severity: Literal["error", "warning"] = "error"
    """"error": (part of) the file was not used, `--strict` fails. "warning": it was used, but look."""


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
        stated = [day for day in (self.published.value, self.updated.value) if day and day.year is not None]
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


NameKind = Literal["person", "place", "organisation", "agreement"]


class Name(Struct, frozen=True, gc=False, array_like=True):
    """One entry of `names.toml` (or CLDR): what we may call somebody or something in each language."""

    id: str
    kind: NameKind
    en: str
    ar: str
    en_short: str = ""
    ar_variants: tuple[str, ...] = ()
    en_variants: tuple[str, ...] = ()
    ar_short: tuple[str, ...] = ()
    """Forms that count only in an article that also has a full one ("5+1")."""
    ar_adjectives: tuple[str, ...] = ()
    """Adjectives that point to it, masculine singular without article ("مجري"), or a plural noun ("روس")."""
    en_adjectives: tuple[str, ...] = ()
    country: str = ""
    note: str = ""
    seen: str = ""
    """Where the forms were read: "cldr", "sample page" or the public page consulted."""


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


class Brief(Struct, frozen=True, gc=False, array_like=True):
    """The Arabic briefing of one story: everything in it was read off the lead."""

    story: Story
    topics: tuple[str, ...]
    """Slugs, the primary one first; empty is unsorted."""
    title: Found[str]
    """Stated, the editor's, or inferred (derived from the lead and marked so)."""
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    figures: Parts[Figure] = ()
    sayings: Parts[Saying] = ()
    body: Parts[Sentence] = ()
    """Every sentence of the lead, those of the summary too, where the site translates whole articles; else empty."""

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


class Facts(Struct, frozen=True, gc=False, array_like=True):
    """The facts box of one story."""

    rows: Parts[Fact] = ()
    """Kind by kind; those of one kind in the order in which the article first mentions them."""

    def of_kind(self, kind: FactKind) -> tuple[Fact, ...]:
        """The facts of one kind."""
        return tuple([fact for fact in self.rows if fact.kind == kind])


class Finding(Struct, frozen=True, gc=False, array_like=True):
    """What a check has against a translation."""

    check: str
    severity: Literal["error", "warning"]
    what: str
    """The item in the source or the translation, as written."""
    side: Literal["source", "target", ""] = ""
    """The text in which `start` and `end` count, "" when it has no place."""
    start: int = 0
    end: int = 0


State = Literal["source", "approved", "machine", "withheld", "pending", "stale", "draft"]
Origin = Literal["source", "authors", "editor", "machine", "none"]


class Rendering(Struct, frozen=True, gc=False, array_like=True):
    """One segment (title or sentence) in one language, with where it comes from and whether it may stand."""

    source: str
    text: str
    """What the page may show; "" where nothing may."""
    state: State
    origin: Origin
    engine: str = ""
    """In words, "Argos Translate, Arabic-English package 1.0"; "" unless machine-made."""
    findings: tuple[Finding, ...] = ()
    why: str = ""
    """A person's reason for withholding, as written in the memory."""


class StoryEdition(Struct, frozen=True, gc=False, array_like=True):
    """A briefing in one language."""

    brief: Brief
    title: Rendering
    sentences: tuple[Rendering, ...]
    """One for each of `brief.sentences`, in the same order."""
    body: tuple[Rendering, ...] = ()
    """One for each of `brief.body`, in the same order."""
    translated: bool = True
    """False where all that is known of it is that it waits: then it is made of the brief and the settings alone."""

    @property
    def slug(self) -> str:
        """The story's address."""
        return self.brief.story.slug

    @property
    def renderings(self) -> tuple[Rendering, ...]:
        """Title, summary, and what the body adds, each sentence once: the place here is a sentence's number."""
        if not self.body:
            return (self.title, *self.sentences)
        added = {one.source: one for one in self.body}
        for told in self.sentences:
            added.pop(told.source, None)
        return (self.title, *self.sentences, *added.values())

    @property
    def briefing(self) -> "StoryEdition":
        """Title and summary alone: all that is told elsewhere than on the story's own page."""
        return replace(self, body=()) if self.body else self


class Edition(Struct, frozen=True, gc=False, array_like=True):
    """All briefings in one language; in a publication the newest first, the undated last."""

    lang: str
    stories: tuple[StoryEdition, ...]


class FollowUp(Struct, frozen=True, gc=False, array_like=True):
    """An earlier or later story that shares names and figures, and which."""

    slug: str
    names: tuple[str, ...]
    figures: tuple[str, ...]


class Connections(Struct, frozen=True, gc=False, array_like=True):
    """A story's past and future."""

    slug: str
    steps: tuple[tuple[str, str, str], ...]
    """(topic slug, previous story or "", next story or "") for each topic of the story."""
    follow_ups: tuple[FollowUp, ...] = ()


class Change(Struct, frozen=True, gc=False, array_like=True):
    """A story since the last closed brief."""

    slug: str
    kind: Literal["new", "changed", "gone"]
    what: tuple[str, ...] = ()
    """For "changed": ids of what did: "title", "text", "copies", "translation", "topics", "fields"."""
    title: str = ""
    """For "gone": the title it had."""


class Publication(Struct, frozen=True, gc=False, array_like=True):
    """Everything that any output (page, feed, mail, JSON) may draw on: one frozen set of editions."""

    editions: tuple[Edition, ...]
    names: tuple[Name, ...]
    connections: tuple[Connections, ...] = ()
    changes: tuple[Change, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    """(address that went out of use, story slug)."""
    until: Day | None = None
    """The latest date that a page states: "data until"."""
    unsorted: tuple[str, ...] = ()
    """Slugs of stories that fit no topic."""
    hidden: tuple[str, ...] = ()
    """Slugs of the stories that no page tells: the unsorted ones, unless the site lists them."""
    closed: str = ""
    """ISO date on which the last brief was closed; "" where none ever was."""


class Page(Struct, frozen=True, gc=False, array_like=True):
    """One output file."""

    path: str
    """Relative to the output folder, forward slashes."""
    content: bytes


class Recipe(Struct, frozen=True, gc=False, array_like=True):
    """One output file that need not be made where an earlier build made it from the same."""

    path: str
    made_from: bytes
    """A hash of all that `make` uses, settings and templates included, code not; b"" for what is always made."""
    make: Callable[[], bytes]

    @property
    def page(self) -> Page:
        """The file itself."""
        return Page(self.path, self.make())


class BuildReport(Struct, frozen=True, gc=False, array_like=True):
    """What a build did, for people and for `--strict`."""

    pages: int
    """Files that hold an article."""
    articles: int
    stories: int
    merged: int
    remembered: int
    translated: int
    pending: int
    withheld: int
    stale: int
    drafts: int
    failing: int
    """Sentences for which `--strict` fails, by the table of states and publication policies."""
    written: int
    removed: int
    seconds: float
    problems: tuple[Problem, ...] = ()
    unsorted: tuple[str, ...] = ()
    """Slugs of the stories that are in no topic and therefore not on the site."""
    withheld_in: tuple[str, ...] = ()
    """Slugs of the stories with a withheld sentence."""
    doubted_in: tuple[str, ...] = ()
    """Slugs of the stories with a sentence that somebody approved and in which a check finds an error."""
    notes: tuple[str, ...] = ()
    """Plain sentences for the person: no absolute base URL, the command that would translate, ..."""
    left: Mapping[str, tuple[bytes, tuple[int, ...]]] = {}
    """What stands in the output now: path of a file to a hash of what it was made from, and its marks."""
    refused: int = 0
    """Files that hold no article that the site can use."""
    would_write: tuple[str, ...] = ()
    would_remove: tuple[str, ...] = ()
    """Files of the output that a build would change, where none was changed."""


class CardLine(Struct, frozen=True, gc=False):
    """Words of a picture; runs of the other direction in them stand between Unicode isolates."""

    text: str
    lang: str
    direction: str


class ShareCard(Struct, frozen=True, gc=False):
    """What the picture of a story says in one edition, for those who share a link to its page.

    A designer's template reads it, and each of its lines, by the names of the fields.
    """

    lang: str
    direction: str
    site: tuple[CardLine, ...]
    """The site's name as its wordmark has it, left to right."""
    topic: str
    title: CardLine
    """In whatever language the story has one; "" where it has none."""
    names: str
    """What stands in for a title that the edition lacks; "" where it has one, or where nothing is known."""
    source: str
    date: str
    notes: tuple[str, ...] = ()
    """Where the title comes from, when its page does not state it."""
    badges: tuple[tuple[str, str], ...] = ()
    """(class of the style sheet, words): who translated the title, or why its translation is missing."""


PassageKind = Literal["title", "text", "name", "fact"]


class Passage(Struct, frozen=True, gc=False, array_like=True):
    """Words of a story's page by which search finds it, and which it can show as an excerpt."""

    kind: PassageKind
    runs: tuple[tuple[str, str, str], ...]
    """(language, direction, text): one run, or the two forms of a name or fact."""
    also: str = ""
    """Further words that find it and are not shown: other spellings of a name."""


class SearchEntry(Struct, frozen=True, gc=False, array_like=True):
    """A story as the search index knows it."""

    slug: str
    passages: tuple[Passage, ...]
    filters: tuple[tuple[str, str], ...]
    """(filter, value): "topic", "source", "month", "state"; a filter may have several values."""
    cards: tuple[tuple[str, str], ...]
    """(edition, markup of its place in a list of results)."""
