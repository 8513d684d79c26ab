"""The page of one story: pairs of sentences, facts, sources, the original, and what to read next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from site_src.model import Fact, Page, Rendering, Sentence
from site_src.render.cards import Desk
from site_src.render.catalogue import Entry, Telling
from site_src.render.dates import shown_date
from site_src.render.documents import markdown_page
from site_src.render.labels import Labels, Language
from site_src.render.ledger import carriers
from site_src.render.links import name_path, story_path, topic_path
from site_src.render.original import original
from site_src.render.runs import only_foreign
from site_src.render.standing import (
    MISSING,
    badges,
    concerns,
    engines,
    figures_within,
    machine_made,
    stand_in,
    translator,
    within,
)
from site_src.render.structured import story_data
from site_src.text.languages import recognise


@dataclass(frozen=True, slots=True)
class Cell:
    """A sentence in one language: its text, or what stands in for it and why."""

    language: Language
    attributes: Markup
    """`lang` and `dir`, where they are not the page's."""
    text: Markup
    names: tuple[Markup, ...] = ()
    reasons: tuple[Markup, ...] = ()
    notes: tuple[Markup, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it is a sentence with nothing to be said about it."""
        return bool(self.text) and not self.notes


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of the summary in the edition's language and the one that faces it."""

    own: Cell
    facing: Cell | None
    checks: int
    whole: bool
    """Whether the edition's own side has its sentence."""


def story_page(desk: Desk, entry: Entry, code: str, notes: dict[str, str]) -> Page:
    """The page of a story in one edition."""
    press, telling = desk.press, entry.tellings[code]
    labels, story = press.labels[code], entry.brief.story
    own, facing = desk.headlines(entry, code)
    pairs = tuple(story_pairs(desk, entry, code))
    title = desk.plain_title(entry, code)
    words = {
        "title": title, "entry": entry, "own": own, "facing": facing, "pairs": pairs, "views": bool(facing),
        "section": next(iter(entry.brief.topics), ""), "og_type": "article", "target": telling.target,
        "description": _description(desk, entry, code, next((pair.own.text for pair in pairs if pair.own.text), title)),
        "topics": [(topic_path(topic.slug), press.words(topic.title, code)) for topic in press.settings.topics
                   if topic.slug in entry.brief.topics],
        "source": desk.source(entry, code), "date": desk.date(entry, code),
        "chosen": len({sentence.paragraph for sentence in entry.brief.sentences}),
        "badges": badges(telling.target, labels), "alerts": tuple(_alerts(desk, telling, code)),
        "notices": tuple(_notices(desk, entry, telling, code)), "facts": fact_lists(desk, entry, code),
        "carriers": carriers(desk, entry, code),
        "original": desk.once(("original", entry.slug), lambda: original(press, entry)),
        "source_name": labels.name_of(press.language(entry.lang)),
        "notes": [(press.language(recognise(text) or code), markdown_page(text)) for text in
                  (story.lead.word.note, notes.get(f"notes/{entry.slug}.{code}", "")) if text.strip()],
        "ordered": any(found.value and found.value.full
                       for found in (story.lead.published, story.lead.updated, story.lead.event)),
        "steps": _steps(desk, entry, code), "follow_ups": _follow_ups(desk, entry, code),
        "quoted": press.settings.site.original != "none",
        "citation": _citation(desk, entry, code), "source_dir": press.language(entry.lang).direction,
        "structured": story_data(desk, entry, code, title),
    }  # fmt: skip
    editions = [lang for lang in press.editions if lang in entry.tellings]
    return press.page("story.html", code, story_path(entry.slug), words, editions)


def _description(desk: Desk, entry: Entry, code: str, words: str) -> str:
    """The words as a search engine or a shared link shows them, after who made them where that was a machine."""
    told = entry.tellings[code].own
    sentence = next((one for one in told.sentences if one.text), told.title)
    machine = machine_made(desk.press.labels[code], told.title, sentence)
    return (f"{machine}: " if machine else "") + Markup(words).striptags()[:200]


def _citation(desk: Desk, entry: Entry, code: str) -> Markup:
    """How to cite the briefing: under its title, else under the source's; names never stand for a title here."""
    press, labels, lead = desk.press, desk.press.labels[code], entry.brief.story.lead
    own, facing = desk.headlines(entry, code)
    title = own.text or (press.typesetter.macro("phrase", facing.language, facing.text) if facing else Markup(""))
    untitled = not own.text and not (facing and facing.text)
    source = desk.source(entry, code)
    if not lead.outlet.value and not lead.agency.value:
        source = Markup(source.replace(labels.no_source, labels.no_source_lower, 1))
    return Markup((labels.cite_untitled if untitled else labels.cite_from).format(
        site=press.words(press.settings.site.name, code), title=title, source=source,
        translation=translator(entry.tellings[code].target, labels),
        date=desk.date(entry, code) if shown_date(lead)[1].value else labels.undated_lower,
    ))  # fmt: skip


def story_pairs(desk: Desk, entry: Entry, code: str) -> Iterator[Pair]:
    """The sentences of the summary, each facing the other language."""
    telling = entry.tellings[code]
    targets: tuple[Rendering | None, ...] = telling.target.sentences if telling.target else ()
    targets = targets or (None,) * len(entry.brief.sentences)
    for sentence, target in zip(entry.brief.sentences, targets, strict=True):
        source = _source_cell(desk, entry, sentence, target, code)
        cell = target and _target_cell(desk, entry, sentence, target, code)
        checks = len(concerns(target)) if target else 0
        if cell and code != entry.lang:
            yield Pair(cell, source, checks, bool(cell.text))
        else:
            yield Pair(source, cell or None, checks, whole=True)


def _source_cell(desk: Desk, entry: Entry, sentence: Sentence, target: Rendering | None, code: str) -> Cell:
    press, language = desk.press, desk.press.language(entry.lang)
    attributes = press.attributes(language, code)
    found = [one for one in concerns(target) if one.side == "source" and one.end > one.start] if target else []
    if not found:
        return Cell(language, attributes, press.say(sentence.text, entry.lang))
    pieces, end = [], 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start >= end:
            pieces.append(press.say(sentence.text[end : one.start], entry.lang))
            pieces.append(press.typesetter.macro("missed", press.say(sentence.text[one.start : one.end], entry.lang)))
            end = one.end
    pieces.append(press.say(sentence.text[end:], entry.lang))
    return Cell(language, attributes, Markup("").join(pieces))


def _target_cell(desk: Desk, entry: Entry, sentence: Sentence, target: Rendering, code: str) -> Cell:
    press, labels, lang = desk.press, desk.press.labels[code], entry.tellings[code].target_lang
    language = press.language(lang)
    attributes = press.attributes(language, code)
    notes = tuple(_finding_words(desk, one.check, code, one.what) for one in concerns(target))
    if target.text:
        return Cell(language, attributes, press.say(target.text, lang), notes=notes)
    names = desk.names_line(stand_in(within(entry.brief, sentence), desk.catalogue.names), lang)
    figures = tuple(press.say(words, lang) for words in figures_within(entry.brief, sentence)
                    if language.direction == "ltr")  # fmt: skip
    return Cell(language, attributes, Markup(""), names + figures, tuple(_reasons(desk, entry, target, labels, code)))


def _reasons(desk: Desk, entry: Entry, target: Rendering, labels: Labels, code: str) -> Iterator[Markup]:
    state = target.state if target.state in MISSING else "pending"
    yield getattr(labels, f"why_{state}").format(source=labels.name_of(desk.press.language(entry.lang)))
    if target.why:
        yield desk.press.say(target.why, code)
    for check in dict.fromkeys(one.check for one in target.findings):
        yield _finding_words(desk, check, code, *(one.what for one in target.findings if one.check == check))


def _finding_words(desk: Desk, check: str, code: str, *found: str) -> Markup:
    """What a check has against a sentence, with every item that it found."""
    labels = desk.press.labels[code]
    words = labels.either("check_" + check.replace("-", "_"), "check_other")
    items = Markup(" · ").join(desk.press.say(what, code) for what in dict.fromkeys(found) if what)
    return Markup("{}: {}").format(words, items) if items else words


def _alerts(desk: Desk, telling: Telling, code: str) -> Iterator[tuple[int, Markup]]:
    """(number of the sentence, 0 for the title; what to check) for each concern."""
    for number, rendering in enumerate(telling.target.renderings if telling.target else ()):
        for one in concerns(rendering):
            yield number, _finding_words(desk, one.check, code, one.what)


def _notices(desk: Desk, entry: Entry, telling: Telling, code: str) -> Iterator[tuple[Markup, Markup]]:
    """(heading, text) about a translation that is missing, withheld or made by a machine."""
    labels, press = desk.press.labels[code], desk.press
    if telling.target is None:
        return
    names = {"source": labels.name_of(press.language(entry.lang)),
             "target": labels.name_of(press.language(telling.target_lang))}  # fmt: skip
    states = [one.state for one in telling.target.renderings]
    if pending := states.count("pending"):
        whole = pending == len(states)
        heading = labels.notice_pending.format(**names) if whole else labels.notice_pending_part(pending)
        yield heading, labels.notice_pending_text.format(**names)
    if withheld := states.count("withheld"):
        yield labels.notice_withheld(withheld), labels.notice_withheld_text.format(**names)
    for engine in engines(telling.target):
        yield Markup(""), labels.notice_machine.format(engine=press.say(engine, code), **names)


def fact_lists(desk: Desk, entry: Entry, code: str, *, linked: bool = True) -> list[tuple[Markup, list[Markup]]]:
    """(heading, rows) of the facts box; rows lead to names and sentences where they are `linked`."""
    labels, facts = desk.press.labels[code], entry.facts
    lists = ((labels.who, facts.who), (labels.where, facts.where), (labels.when, facts.when),
             (labels.figures, facts.figures), (labels.said, facts.said))  # fmt: skip
    return [
        (
            heading,
            [
                desk.once((fact, entry.lang, code, linked), partial(_row, desk, entry, fact, code, linked))
                for fact in found
            ],
        )
        for heading, found in lists
        if found
    ]


def _row(desk: Desk, entry: Entry, fact: Fact, code: str, linked: bool) -> Markup:
    press, labels = desk.press, desk.press.labels[code]
    notes = []
    if fact.variants:
        forms = labels.comma.join(press.quote(form, entry.lang, code) for form in fact.variants)
        notes.append(labels.also_spelt.format(forms=forms))
    if fact.gloss_by_desk:
        notes.append(labels.gloss_by_desk)
    known = fact.name_id in desk.catalogue.by_name and "names" in press.settings.site.extras
    if fact.kind == "said" and press.language(code).direction == "rtl":
        known = False  # the whole saying would be the link
    href = f"../../../{code}/{name_path(fact.name_id)}" if known and linked else ""
    source, ltr = press.language(entry.lang), press.language(code).direction == "ltr"
    words, written = fact.en if ltr or len(press.editions) > 1 else "", press.say(fact.ar, entry.lang)
    if only_foreign(fact.ar, source.direction):
        source = press.language(source.foreign)
        written = press.say(fact.ar, source.code) if ltr else press.quote(fact.ar, source.code, code)
    if fact.ar == fact.en:  # said once
        words, written = (words, Markup("")) if ltr else ("", written)
    return press.typesetter.macro("fact", labels, source, written, press.say(words, "en"),
                                  fact.sentence if linked else 0, href, labels.comma.join(notes))  # fmt: skip


def _steps(desk: Desk, entry: Entry, code: str) -> list[tuple[str, list[tuple[str, Markup, Markup] | None]]]:
    """(topic title, [link to the story before, link to the story after]) for each topic."""
    titles = {topic.slug: desk.press.words(topic.title, code) for topic in desk.press.settings.topics}
    entries = desk.catalogue.entries
    return [
        (titles[topic], [desk.link(entries[slug], code) if slug in entries else None for slug in (before, after)])
        for topic, before, after in entry.connections.steps
        if topic in titles
    ]


def _follow_ups(desk: Desk, entry: Entry, code: str) -> list[tuple[str, Markup, Markup, Markup]]:
    """(path, title, that a machine made it, what both stories share) for each follow-up."""
    press, catalogue = desk.press, desk.catalogue
    found = []
    for follow_up in entry.connections.follow_ups:
        if other := catalogue.entries.get(follow_up.slug):
            names = [catalogue.names[name] for name in follow_up.names if name in catalogue.names]
            shared = [*desk.names_line(tuple(names), code), *(press.say(figure, code) for figure in follow_up.figures)]
            found.append((*desk.link(other, code), press.labels[code].comma.join(shared)))
    return found
