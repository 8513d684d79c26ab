"""The facts box: who, where, when, how much, said by whom; Arabic as written, English from names and tables only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from site_src.model.brief import Brief, Fact, FactKind, Facts, Figure, Mention, Saying
from site_src.model.fields import Day, Found
from site_src.model.page import Article
from site_src.parts import parts
from site_src.tables import table
from site_src.text.dates import date_part
from site_src.text.figures import find_figures
from site_src.text.figures.english import date_words, qualified_words
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.names.book import NameBook
from site_src.text.patterns import late

_GROUPS: dict[str, FactKind] = {"person": "who", "organisation": "who", "agreement": "who", "place": "where"}
_WHEN = frozenset({"date", "year"})
_SAYING = late(r"(?:\S+\s+){11}\S+(?=\s)")
"""The first twelve words: a saying is shown so far, the rest is in its sentence."""
_NEAR = 12
"""Characters before or behind a figure, enough for the words of a share of each."""


class _Box(Struct, frozen=True, gc=False):
    """What the facts of one brief are read off."""

    brief: Brief
    names: NameBook
    texts: tuple[str, ...]
    """The paragraphs, and the title last, whose place is -1."""
    places: Mapping[int, Sequence[tuple[int, int, int]]]
    """(start, end, 1-based number) of the summary's sentences in a paragraph."""
    glosses: Mapping[str, str]
    """Folded Arabic -> the desk's English."""

    def sentence(self, paragraph: int, start: int) -> int:
        """1-based number of the summary sentence that holds the place; 0 for none."""
        for first, end, number in self.places.get(paragraph, ()):
            if first <= start < end:
                return number
        return 0

    def gloss(self, arabic: str) -> str:
        """The desk's English of the words, else ""."""
        return self.glosses.get(fold(arabic), "") if self.glosses and arabic else ""


def facts(brief: Brief, names: NameBook) -> Facts:
    """The facts of `brief`: figures of the summary first, all else in the order in which the article mentions it."""
    box = _box(brief, names)
    named = [fact for group in _by_name(brief).values() for fact in _named(box, group)]
    dates = [figure for figure in brief.figures if figure.kind in _WHEN]
    counted = [figure for figure in brief.figures if figure.kind not in _WHEN]
    glossed = tuple(_glossed_only(box, named))
    amounts = [fact for fact in glossed if fact.kind == "figure"]
    told = [(what, fact) for what, fact in _figures(box, counted, "figure")
            if not any(fact.ar in one.ar for one in amounts)]  # fmt: skip
    when = (*(("", fact) for fact in _stated_days(brief.story.lead)), *_figures(box, dates, "when"))
    amount = (*told, *(("", fact) for fact in amounts))
    rows = (
        *(fact for fact in (*named, *glossed) if fact.kind == "who"),
        *(fact for fact in named if fact.kind == "where"),
        *_distinct(when),
        *sorted(_distinct(amount), key=lambda fact: fact.sentence == 0),
        *_said(box),
    )
    return Facts(parts(Fact, rows))


def _box(brief: Brief, names: NameBook) -> _Box:
    lead = brief.story.lead
    places: dict[int, list[tuple[int, int, int]]] = {}
    for number, sentence in enumerate(brief.sentences, 1):
        places.setdefault(sentence.paragraph, []).append((sentence.start, sentence.end, number))
    texts = (*(paragraph.text for paragraph in lead.paragraphs), brief.title.value or "")
    return _Box(brief, names, texts, places, {fold(arabic): english for arabic, english in brief.story.word.glosses})


def _by_name(brief: Brief) -> dict[str, list[Mention]]:
    """Direct mentions of each name, in reading order; adjectives alone make no fact."""
    groups: dict[str, list[Mention]] = {}
    for mention in brief.mentions:
        name, *_, direct = mention
        if direct:
            groups.setdefault(name, []).append(mention)
    return groups


def _named(box: _Box, group: list[Mention]) -> Iterator[Fact]:
    name = box.names.names.get(group[0].name)
    if name is None:
        return
    spellings = dict.fromkeys(_written(box.texts[mention.paragraph], mention) for mention in group)
    first = max(spellings, key=lambda spelling: len(spelling.split()))
    place = next((one for one in group if box.sentence(one.paragraph, one.start)), group[0])
    gloss = "" if name.en else box.gloss(first)
    yield Fact(
        first, name.en or gloss, _GROUPS[name.kind], name.id, box.sentence(place.paragraph, place.start),
        place.paragraph, tuple(spelling for spelling in spellings if fold(spelling) != fold(first)), bool(gloss),
    )  # fmt: skip


def _written(text: str, mention: Mention) -> str:
    """The name as the article writes it; of للمجر the article that ل swallowed is given back."""
    words = text[mention.start : mention.end]
    swallowed = words.startswith("ل") and text[mention.start - 1 : mention.start] == "ل"
    return f"ا{words}" if swallowed else words


def _glossed_only(box: _Box, named: list[Fact]) -> Iterator[Fact]:
    """Words that only the desk explains: they stand in the article, but in no names file.

    An amount as the desk words it stands in place of the figures within it.
    """
    if not box.glosses:
        return
    known = {*(fold(fact.ar) for fact in named), *(fold(figure.noun) for figure in box.brief.figures)}
    for arabic, english in box.brief.story.word.glosses:
        place = next((place for place in range(-1, len(box.texts) - 1) if arabic in box.texts[place]), None)
        if place is not None and fold(arabic) not in known:
            number = box.sentence(place, box.texts[place].index(arabic))
            kind: FactKind = "figure" if find_figures(arabic) else "who"
            yield Fact(arabic, english, kind, "", number, place, gloss_by_desk=True)


def _stated_days(lead: Article) -> Iterator[Fact]:
    """When the page says that it was published or updated, or that the event was; a day that the desk set is none."""
    stated: tuple[Found[Day], ...] = (lead.published, lead.updated, lead.event)
    for found in stated:
        if found.value is not None and found.status != "editor":
            day = found.value
            english, words = date_words(day.year, day.month, day.day), date_part(found.words, day)
            yield Fact(words or day.iso or "", english, "when", reckoned=bool(words) and _reckons[words])


def _figures(box: _Box, figures: list[Figure], kind: FactKind) -> Iterator[tuple[str, Fact]]:
    """(what it counts where its English cannot say that, the fact) of each figure.

    An ordinal that orders nothing we can name says nothing alone, nor does a table's bare cell.

    Nor does a spelt number with its article that counts nothing: it points back to those whom the text named.
    """
    for figure in figures:
        text = box.texts[figure.paragraph]
        bare = kind == "figure" and (
            _is_bare_cell(text, figure) or _points_back(text, figure) or _is_of_each(text, figure)
        )
        if not bare and (figure.kind != "ordinal" or figure.unit):
            yield _figure(box, figure, kind)


def _points_back(text: str, figure: Figure) -> bool:
    counts = figure.kind != "number" or figure.noun or figure.unit or figure.qualifier
    return not counts and text.startswith("ال", figure.start) and text[figure.end - 1].isalpha()


def _is_of_each(text: str, figure: Figure) -> bool:
    """Whether a figure is an end of "one of every four children", in which no four children are counted."""
    of_each = tuple(table("numbers")["ar"]["word"]["of each"])
    if text[max(0, figure.start - _NEAR) : figure.start].rstrip().endswith(of_each):
        return True
    alone = not (figure.noun or figure.unit)
    return alone and text[figure.end : figure.end + _NEAR].lstrip().startswith(of_each)


def _is_bare_cell(row: str, figure: Figure) -> bool:
    """Whether a figure is all that a cell of a table holds, and counts nothing that we can name beside it."""
    if "|" not in row or figure.noun or figure.unit not in ("", "percent"):
        return False
    before, after = row[: figure.start].rstrip(), row[figure.end :].lstrip()
    return before[-1:] in ("", "|") and after[:1] in ("", "|")


def _figure(box: _Box, figure: Figure, kind: FactKind) -> tuple[str, Fact]:
    _, paragraph, start, end, _, _, _, noun, english, qualifier, lead, tail, reckoned = figure
    text, gloss = box.texts[paragraph], box.gloss(noun)
    untold = "" if english or gloss else noun
    if noun and not english:
        english = _with_noun(text[start:end], noun, gloss)
    if qualifier:
        english = qualified_words(english, qualifier)
    number = box.sentence(paragraph, start)
    return untold, Fact(
        text[start - lead : end + tail], english, kind, "", number, paragraph, (), bool(gloss), reckoned
    )


def _with_noun(arabic: str, noun: str, english: str) -> str:
    """The number with a noun that the tables do not know: the desk's English of it, else the number alone."""
    number = _number_words[arabic.removesuffix(noun).removeprefix(noun).strip()]
    return "" if number is None else f"{number} {english}".rstrip()


_number_words: Memo[str | None] = Memo(lambda text: next((found.english for found in find_figures(text)), None))
"""The English of the first figure of a few words; None where there is none."""
_reckons: Memo[bool] = Memo(lambda text: all(one.reckoned for one in find_figures(text) if one.kind == "date"))
"""Whether a page's words for a day state no date themselves: "three hours ago", or another calendar's."""


def _distinct(found: Iterable[tuple[str, Fact]]) -> Iterable[Fact]:
    """Each figure of a thing once: the one that is stated rather than reckoned, in the summary, else the first."""
    kept: dict[tuple[str, str], Fact] = {}
    for what, fact in found:
        key = what, fact.en or fold(fact.ar)
        other = kept.setdefault(key, fact)
        if other is not fact and _rank(fact) > _rank(other):
            kept[key] = fact
    return kept.values()


def _rank(fact: Fact) -> tuple[bool, bool]:
    return not fact.reckoned, fact.sentence > 0


def _said(box: _Box) -> list[Fact]:
    """The sayings of the summary; all of the article where the summary has none.

    None for the title, or where nobody is said to speak.
    """
    sayings = [saying for saying in box.brief.sayings if saying.speaker_words and saying.paragraph >= 0]
    placed = [(saying, box.sentence(saying.paragraph, saying.start)) for saying in sayings]
    told = [(saying, number) for saying, number in placed if number]
    return [_saying(box, saying, number) for saying, number in told or placed]


def _saying(box: _Box, saying: Saying, number: int) -> Fact:
    """Who says it and with which verb, in English where the names or the desk can say who."""
    name, verb = box.names.names.get(saying.speaker), table("verbs")["verb"][saying.verb]["en"]
    known = name.en if name else ""
    gloss = "" if known else box.gloss(saying.speaker_words)
    speaker = known or gloss
    framed = f"{verb} {speaker}" if saying.verb == "according" else f"{speaker} {verb}"
    return Fact(
        _words_said(box.texts[saying.paragraph], saying), framed if speaker else "",
        "said", saying.speaker, number, saying.paragraph, (), bool(gloss),
    )  # fmt: skip


def _words_said(text: str, saying: Saying) -> str:
    """The saying; of a long one its first words, or verb and speaker where these stand further apart."""
    words = text[saying.start : saying.end]
    if not (cut := _SAYING.match(words)):
        return words
    speaker = words.find(saying.speaker_words)
    return f"{words[: max(cut.end(), speaker + len(saying.speaker_words))]} …"
