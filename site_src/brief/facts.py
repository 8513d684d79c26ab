"""The facts box: who, where, when, how much, said by whom; Arabic as written, English from names and tables only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_src.model import Brief, Day, Fact, FactKind, Facts, Figure, Found, Mention, Saying
from site_src.parts import parts
from site_src.tables import table
from site_src.text.figures import find_figures
from site_src.text.figures.english import date_words, qualified_words
from site_src.text.fold import fold
from site_src.text.memo import Memo
from site_src.text.names.book import NameBook

_GROUPS: dict[str, FactKind] = {"person": "who", "organisation": "who", "agreement": "who", "place": "where"}
_RTL, _POP = "\u2067", "\u2069"
"""Isolates around Arabic words in an English row."""
_SAYING = re.compile(r"(?:\S+\s+){11}\S+(?=\s)")
"""The first twelve words: a saying is shown so far, the rest is in its sentence."""


def facts(brief: Brief, names: NameBook) -> Facts:
    """The facts of `brief`: figures of the summary first, all else in the order in which the article mentions it."""
    named = [fact for group in _by_name(brief).values() for fact in _named(brief, names, group)]
    return Facts(
        parts(Fact, (*(fact for fact in named if fact.kind == "who"), *_glossed_only(brief, named))),
        parts(Fact, (fact for fact in named if fact.kind == "where")),
        parts(Fact, _distinct([*_stated_days(brief), *_figures(brief, "when")])),
        parts(Fact, sorted(_distinct(_figures(brief, "figure")), key=lambda fact: fact.sentence == 0)),
        parts(Fact, _told([_glossed(brief, fact) for saying in brief.sayings for fact in _said(brief, names, saying)])),
    )


def _text(brief: Brief, paragraph: int) -> str:
    return brief.story.lead.paragraphs[paragraph].text if paragraph >= 0 else brief.title.value or ""


def _sentence(brief: Brief, paragraph: int, start: int) -> int:
    """1-based number of the summary sentence that holds the place; 0 for none."""
    for number, (_, place, first, end, _) in enumerate(brief.sentences, 1):
        if place == paragraph and first <= start < end:
            return number
    return 0


def _by_name(brief: Brief) -> dict[str, list[Mention]]:
    """Direct mentions of each name, in reading order; adjectives alone make no fact."""
    groups: dict[str, list[Mention]] = {}
    for mention in brief.mentions:
        name, *_, direct = mention
        if direct:
            groups.setdefault(name, []).append(mention)
    return groups


def _named(brief: Brief, names: NameBook, group: list[Mention]) -> Iterator[Fact]:
    name = names.names.get(group[0].name)
    if name is None:
        return
    spellings = dict.fromkeys(_written(_text(brief, mention.paragraph), mention) for mention in group)
    first = max(spellings, key=lambda spelling: len(spelling.split()))
    place = next((one for one in group if _sentence(brief, one.paragraph, one.start)), group[0])
    yield _glossed(
        brief,
        Fact(
            first, name.en, _GROUPS[name.kind], name.id, _sentence(brief, place.paragraph, place.start),
            place.paragraph, tuple(spelling for spelling in spellings if fold(spelling) != fold(first)),
        ),
    )  # fmt: skip


def _written(text: str, mention: Mention) -> str:
    """The name as the article writes it; of للمجر the article that ل swallowed is given back."""
    words = text[mention.start : mention.end]
    swallowed = words.startswith("ل") and text[mention.start - 1 : mention.start] == "ل"
    return f"ا{words}" if swallowed else words


def _glosses(brief: Brief) -> dict[str, str]:
    return {fold(arabic): english for arabic, english in brief.story.lead.word.glosses}


def _glossed(brief: Brief, fact: Fact) -> Fact:
    """The fact with the desk's English where we have none."""
    gloss = _glosses(brief).get(fold(fact.ar)) if not fact.en else None
    return fact._replace(en=gloss, gloss_by_desk=True) if gloss else fact


def _glossed_only(brief: Brief, named: list[Fact]) -> tuple[Fact, ...]:
    """Words that only the desk explains: they stand in the article, but in no names file."""
    known = {fold(fact.ar) for fact in named}
    counted = {fold(figure.noun) for figure in brief.figures}
    found = []
    for arabic, english in brief.story.lead.word.glosses:
        for place in range(-1, len(brief.story.lead.paragraphs)):
            start = _text(brief, place).find(arabic)
            if start >= 0 and fold(arabic) not in known | counted:
                number = _sentence(brief, place, start)
                found.append(Fact(arabic, english, "who", "", number, place, gloss_by_desk=True))
                break
    return tuple(found)


def _stated_days(brief: Brief) -> Iterator[Fact]:
    """When the page says that it was published or updated, or that the event was."""
    lead = brief.story.lead
    stated: tuple[Found[Day], ...] = (lead.published, lead.updated, lead.event)
    for found in stated:
        if found.value is not None:
            day = found.value
            english = date_words(day.year, day.month, day.day)
            yield Fact(found.words or day.iso or "", english, "when", reckoned=_reckoned(found))


def _reckoned(found: Found[Day]) -> bool:
    """Whether the words of the page do not hold the date themselves: "three hours ago", or another calendar's."""
    return found.status != "editor" and bool(found.words) and _reckons[found.words]


def _figures(brief: Brief, kind: FactKind) -> Iterator[Fact]:
    """Figures as facts; an ordinal that orders nothing we can name says nothing alone."""
    for figure in brief.figures:
        is_when = figure.kind in {"date", "year"}
        if is_when == (kind == "when") and not (figure.kind == "ordinal" and not figure.unit):
            yield _figure(brief, figure, kind)


def _figure(brief: Brief, figure: Figure, kind: FactKind) -> Fact:
    text = _text(brief, figure.paragraph)
    arabic, qualified = text[figure.start : figure.end], text[figure.start - figure.lead : figure.end + figure.tail]
    number = _sentence(brief, figure.paragraph, figure.start)
    gloss = _glosses(brief).get(fold(figure.noun), "") if figure.noun else ""
    english = qualified_words(figure.english or _with_noun(arabic, figure.noun, gloss), figure.qualifier)
    return Fact(
        qualified, english, kind, "", number, figure.paragraph,
        gloss_by_desk=bool(gloss), reckoned=figure.reckoned,
    )  # fmt: skip


def _with_noun(arabic: str, noun: str, english: str) -> str:
    """The number with a noun that the tables do not know: the desk's English, else Arabic between isolates."""
    number = _number_words[arabic.removesuffix(noun).removeprefix(noun).strip()] if noun else None
    return "" if number is None else f"{number} {english or f'{_RTL}{noun}{_POP}'}"


_number_words: Memo[str | None] = Memo(lambda text: next((found.english for found in find_figures(text)), None))
"""The English of the first figure of a few words; None where there is none."""
_reckons: Memo[bool] = Memo(lambda text: all(one.reckoned for one in find_figures(text) if one.kind == "date"))
"""Whether a page's words for a day hold no date that they state."""


def _distinct(found: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each figure once: the one that is stated rather than reckoned, in the summary, else the first."""
    kept: dict[str, Fact] = {}
    for fact in found:
        other = kept.setdefault(fact.en or fold(fact.ar), fact)
        if (not fact.reckoned, fact.sentence > 0) > (not other.reckoned, other.sentence > 0):
            kept[fact.en or fold(fact.ar)] = fact
    return tuple(kept.values())


def _told(said: list[Fact]) -> tuple[Fact, ...]:
    """The sayings of the summary; all of the article where the summary has none."""
    return tuple(fact for fact in said if fact.sentence) or tuple(said)


def _said(brief: Brief, names: NameBook, saying: Saying) -> Iterator[Fact]:
    """Who says it and with which verb; nothing for the title, or where nobody is said to speak."""
    if not saying.speaker_words or saying.paragraph < 0:
        return
    text = _text(brief, saying.paragraph)
    name, verb = names.names.get(saying.speaker), table("verbs")["verb"][saying.verb]["en"]
    speaker = name.en if name else f"{_RTL}{saying.speaker_words}{_POP}"
    yield Fact(
        _words_said(text, saying),
        f"{verb} {speaker}" if saying.verb == "according" else f"{speaker} {verb}",
        "said", saying.speaker, _sentence(brief, saying.paragraph, saying.start), saying.paragraph,
    )  # fmt: skip


def _words_said(text: str, saying: Saying) -> str:
    """The saying; of a long one its first words, or verb and speaker where these stand further apart."""
    words = text[saying.start : saying.end]
    if not (cut := _SAYING.match(words)):
        return words
    speaker = words.find(saying.speaker_words)
    return f"{words[: max(cut.end(), speaker + len(saying.speaker_words))]} …"
