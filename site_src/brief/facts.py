"""The facts box: who, where, when, how much, and who says so. Arabic as written, English from names and tables only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from msgspec import Struct

from site_src.brief.bare_figures import is_before_christ, says_nothing, with_rests
from site_src.model.brief import Brief, DayField, Fact, FactKind, Facts, Figure, Mention, Saying
from site_src.model.fields import Day, Found
from site_src.model.page import Article
from site_src.parts import parts
from site_src.tables import table
from site_src.text.dates import date_part
from site_src.text.figures import find_figures
from site_src.text.figures.english import date_words, figure_words, qualified_words
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.names.book import NameBook
from site_src.text.patterns import late

_GROUPS: dict[str, FactKind] = {"person": "who", "organisation": "who", "agreement": "who", "place": "where"}
_WHEN = frozenset({"date", "year"})
_FIRST_WORDS = late(r"(?:\S+\s+){11}\S+(?=\s)")
"""The first twelve words of a longer saying: no more is shown, for the rest is in its sentence."""


class _Box(Struct, frozen=True, gc=False):
    """What the facts of one brief are taken from."""

    brief: Brief
    names: NameBook
    texts: tuple[str, ...]
    """The paragraphs, and the title last, so that index -1 is the title."""
    summary_spans: Mapping[int, Sequence[tuple[int, int, int]]]
    """Paragraph to (start, end, 1-based number) of the summary's sentences in it."""
    glosses: Mapping[str, str]
    """Folded Arabic to the desk's English."""

    def sentence(self, paragraph: int, offset: int) -> int:
        """1-based number of the summary sentence that holds an offset of a paragraph; 0 for none."""
        for start, end, number in self.summary_spans.get(paragraph, ()):
            if start <= offset < end:
                return number
        return 0

    def gloss(self, arabic: str) -> str:
        """The desk's English of the words, else ""."""
        return self.glosses.get(fold(arabic), "") if self.glosses and arabic else ""


def facts(brief: Brief, names: NameBook) -> Facts:
    """The facts of `brief`: figures of the summary first, all else in the order in which the article mentions it."""
    box = _make_box(brief, names)
    named = [fact for mentions in _direct_mentions(brief).values() for fact in _name_facts(box, mentions)]
    glossed = tuple(_gloss_facts(box, named))
    rows = (
        *(fact for fact in (*named, *glossed) if fact.kind == "who"),
        *(fact for fact in named if fact.kind == "where"),
        *_distinct(_date_facts(box)),
        *sorted(_distinct(_amount_facts(box, glossed)), key=lambda fact: fact.sentence == 0),
        *_saying_facts(box),
    )
    return Facts(parts(Fact, rows))


def _date_facts(box: _Box) -> Iterator[tuple[str, Fact]]:
    """The days that the page states of itself, then the dates and years in its text, as `_figure_facts` gives them."""
    yield from (("", fact) for fact in _stated_day_facts(box.brief.story.lead))
    yield from _figure_facts(box, [figure for figure in box.brief.figures if figure.kind in _WHEN], "when")


def _amount_facts(box: _Box, glossed: Iterable[Fact]) -> Iterator[tuple[str, Fact]]:
    """The other figures, as `_figure_facts` gives them; an amount worded by the desk replaces the figures within it."""
    by_desk = [fact for fact in glossed if fact.kind == "figure"]
    figures = [figure for figure in box.brief.figures if figure.kind not in _WHEN]
    for counted, fact in _figure_facts(box, figures, "figure"):
        if not any(fact.ar in amount.ar for amount in by_desk):
            yield counted, fact
    yield from (("", fact) for fact in by_desk)


def _make_box(brief: Brief, names: NameBook) -> _Box:
    lead = brief.story.lead
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for number, sentence in enumerate(brief.sentences, 1):
        spans.setdefault(sentence.paragraph, []).append((sentence.start, sentence.end, number))
    texts = (*(paragraph.text for paragraph in lead.paragraphs), brief.title.value or "")
    return _Box(brief, names, texts, spans, {fold(arabic): english for arabic, english in brief.story.word.glosses})


def _direct_mentions(brief: Brief) -> dict[str, list[Mention]]:
    """Id of a name to its direct mentions, in reading order; a name that only adjectives point to has none."""
    mentions_of: dict[str, list[Mention]] = {}
    for mention in brief.mentions:
        if mention.direct:
            mentions_of.setdefault(mention.name, []).append(mention)
    return mentions_of


def _name_facts(box: _Box, mentions: list[Mention]) -> Iterator[Fact]:
    """The fact of one name, under its longest spelling; nothing where the book no longer has the name."""
    name = box.names.names.get(mentions[0].name)
    if name is None:
        return
    spellings = dict.fromkeys(_as_written(box.texts[mention.paragraph], mention) for mention in mentions)
    longest = max(spellings, key=lambda spelling: len(spelling.split()))
    in_summary = (mention for mention in mentions if box.sentence(mention.paragraph, mention.start))
    mention = next(in_summary, mentions[0])
    gloss = "" if name.en else box.gloss(longest)
    yield Fact(
        ar=longest,
        en=name.en or gloss,
        kind=_GROUPS[name.kind],
        name_id=name.id,
        sentence=box.sentence(mention.paragraph, mention.start),
        paragraph=mention.paragraph,
        variants=tuple(spelling for spelling in spellings if fold(spelling) != fold(longest)),
        gloss_by_desk=bool(gloss),
    )


def _as_written(text: str, mention: Mention) -> str:
    """The name as the article writes it, with the alef of its article that ل swallowed (للمجر gives المجر)."""
    words = text[mention.start : mention.end]
    swallowed = words.startswith("ل") and text[mention.start - 1 : mention.start] == "ل"
    return f"ا{words}" if swallowed else words


def _gloss_facts(box: _Box, named: list[Fact]) -> Iterator[Fact]:
    """Facts for words that the desk glosses and no names file has, where the article holds them.

    An amount as the desk words it stands in place of the figures within it.
    """
    if not box.glosses:
        return
    known = {*(fold(fact.ar) for fact in named), *(fold(figure.noun) for figure in box.brief.figures)}
    for arabic, english in box.brief.story.word.glosses:
        paragraph = next(
            (paragraph for paragraph in range(-1, len(box.texts) - 1) if arabic in box.texts[paragraph]), None
        )
        if paragraph is not None and fold(arabic) not in known:
            sentence = box.sentence(paragraph, box.texts[paragraph].index(arabic))
            kind: FactKind = "figure" if find_figures(arabic) else "who"
            yield Fact(arabic, english, kind, "", sentence, paragraph, gloss_by_desk=True)


def _stated_day_facts(lead: Article) -> Iterator[Fact]:
    """The days of publication, update and event that the page states; not a day that the desk set."""
    stated: tuple[tuple[DayField, Found[Day]], ...]
    stated = ("published", lead.published), ("updated", lead.updated), ("event", lead.event)
    for field, found in stated:
        if found.value is not None and found.status != "editor":
            day = found.value
            english, words = date_words(day.year, day.month, day.day), date_part(found.words, day)
            reckoned = bool(words) and _is_reckoned[words]
            yield Fact(words or day.iso or "", english, "when", reckoned=reckoned, field=field)


def _figure_facts(box: _Box, figures: list[Figure], kind: FactKind) -> Iterator[tuple[str, Fact]]:
    """(noun counted, fact) of each figure that says something by itself; the noun is "" where the English has it.

    Left out are an ordinal without the noun that it orders, a time before Christ, a time without its day, and what says
    nothing by itself.
    """
    for paragraph, of_paragraph in groupby(figures, attrgetter("paragraph")):
        text = box.texts[paragraph]
        for figure in with_rests(text, of_paragraph):
            if (figure.kind == "ordinal" and not figure.unit) or ":" in figure.low or is_before_christ(text, figure):
                continue
            if kind == "figure" and says_nothing(text, figure):
                continue
            yield _figure_fact(box, figure, kind)


def _figure_fact(box: _Box, figure: Figure, kind: FactKind) -> tuple[str, Fact]:
    _, paragraph, start, end, low, high, _, noun, english, qualifier, lead, tail, reckoned = figure
    text, gloss = box.texts[paragraph], box.gloss(noun)
    noun_without_english = "" if english or gloss else noun
    if noun and not english:
        range_words = figure_words(Fraction(low), Fraction(high), "") if high else ""
        english = f"{range_words} {gloss}".rstrip() if high else _with_noun(text[start:end], noun, gloss)
    if qualifier:
        english = qualified_words(english, qualifier)
    arabic, sentence = text[start - lead : end + tail], box.sentence(paragraph, start)
    return noun_without_english, Fact(arabic, english, kind, "", sentence, paragraph, (), bool(gloss), reckoned)


def _with_noun(arabic: str, noun: str, noun_english: str) -> str:
    """The English number with the desk's English of its noun, `noun_english`; the number alone where that is empty."""
    number = _number_words[arabic.removesuffix(noun).removeprefix(noun).strip()]
    return "" if number is None else f"{number} {noun_english}".rstrip()


_number_words: Memo[str | None] = Memo(lambda text: next((figure.english for figure in find_figures(text)), None))
"""The English of the first figure of a few words; None where there is none."""
_is_reckoned: Memo[bool] = Memo(
    lambda text: all(figure.reckoned for figure in find_figures(text) if figure.kind == "date")
)
"""Whether a page's words for a day state no Gregorian date themselves: "three hours ago", or a Hijri date."""


def _distinct(figures: Iterable[tuple[str, Fact]]) -> Iterable[Fact]:
    """One fact for each figure of a thing: the one stated rather than reckoned, then in the summary, then the first.

    It keeps the field of the article whose day the first one is.
    """
    best: dict[tuple[str, str], Fact] = {}
    for counted, fact in figures:
        key = counted, fact.en or fold(fact.ar)
        other = best.setdefault(key, fact)
        if other is not fact and _rank(fact) > _rank(other):
            best[key] = fact._replace(field=other.field)
    return best.values()


def _rank(fact: Fact) -> tuple[bool, bool]:
    return not fact.reckoned, fact.sentence > 0


def _saying_facts(box: _Box) -> list[Fact]:
    """The sayings of the summary; all of the article where the summary has none.

    Sayings in the title and those without a speaker are left out.
    """
    sayings = [saying for saying in box.brief.sayings if saying.speaker_words and saying.paragraph >= 0]
    numbered = [(saying, box.sentence(saying.paragraph, saying.start)) for saying in sayings]
    in_summary = [(saying, number) for saying, number in numbered if number]
    return [_saying_fact(box, saying, number) for saying, number in in_summary or numbered]


def _saying_fact(box: _Box, saying: Saying, number: int) -> Fact:
    """Who says it and with which verb, in English where the names or the desk have the speaker."""
    name, verb = box.names.names.get(saying.speaker), table("verbs")["verb"][saying.verb]["en"]
    name_english = name.en if name else ""
    gloss = "" if name_english else box.gloss(saying.speaker_words)
    speaker = name_english or gloss
    english = f"{verb} {speaker}" if saying.verb == "according" else f"{speaker} {verb}"
    return Fact(
        ar=_shortened(box.texts[saying.paragraph], saying),
        en=english if speaker and verb else "",
        kind="said",
        name_id=saying.speaker,
        sentence=number,
        paragraph=saying.paragraph,
        gloss_by_desk=bool(gloss),
    )


def _shortened(text: str, saying: Saying) -> str:
    """The words of the saying; of a long one only the first, up to its verb and speaker where these stand later."""
    words = text[saying.start : saying.end]
    first_words = _FIRST_WORDS.match(words)
    if first_words is None:
        return words
    speaker_end = words.find(saying.speaker_words) + len(saying.speaker_words)
    return f"{words[: max(first_words.end(), speaker_end)]} …"
