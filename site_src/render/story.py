"""The page of one story: pairs of sentences, facts, sources, the original, and what to read next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup
from msgspec import Struct

from site_src.model.brief import Figure
from site_src.model.fields import Day
from site_src.model.output import Recipe, Sheaf
from site_src.model.page import Paragraph
from site_src.model.publication import Connections
from site_src.render.cards import Link
from site_src.render.catalogue import GAP, Catalogue, Entry, Line, Telling
from site_src.render.composer import Composer
from site_src.render.credits import source_line, title_note
from site_src.render.dates import day_words, shown_date
from site_src.render.documents import markdown_page
from site_src.render.facts import fact_lists
from site_src.render.fingerprint import fingerprint
from site_src.render.labels import NOTHING, Labels, Language, plain
from site_src.render.ledger import carriers
from site_src.render.links import story_path, topic_path
from site_src.render.original import original
from site_src.render.pairs import finding_words, story_pairs
from site_src.render.press import Press
from site_src.render.remembered import split_into_runs
from site_src.render.sharing import ShareImage, share_card, share_image, share_path
from site_src.render.standing import (
    badges,
    concerns,
    engines,
    machine_made,
    translator,
)
from site_src.render.structured import story_data
from site_src.render.whole_article import whole_article
from site_src.text.languages import recognise

SHEAF = 16
"""Stories of which the pages are bound together, on average."""


class Around(Struct, frozen=True, gc=False):
    """What the pages of a story say of others."""

    connections: Connections
    lines: Mapping[str, Line]
    """What is said of those of its connections that the site shows, by slug."""
    listed: tuple[str, ...]
    """Ids of the names in it that have a page."""

    @property
    def mark(self) -> object:
        """What tells it from others."""
        return self.connections, [line.mark for line in self.lines.values()], self.listed


def story_pages(composer: Composer, catalogue: Catalogue, pages: Mapping[str, str]) -> Iterator[Recipe | Sheaf]:
    """The pages of all stories in every edition, bound in sheaves; `pages` has an analyst's notes on some of them.

    Where stories have pictures, who draws these is asked for each, and nothing is bound.
    """
    entries, notes = tuple(catalogue.entries.values()), {name: text for name, text in pages.items() if "/" in name}
    if composer.picture:
        yield from _recipes(composer, catalogue, notes, entries)
        return
    mark = fingerprint(composer.mark, tuple(catalogue.names), notes)
    line_marks = {slug: entry.line.mark for slug, entry in catalogue.entries.items()}
    for run in split_into_runs(entries, SHEAF):
        around = [catalogue.connections.get(entry.slug) for entry in run]
        others = [line_marks.get(slug) for slug in _others(filter(None, around))]
        made_from = fingerprint(mark, [entry.mark for entry in run], around, others)
        paths = tuple([f"{code}/{story_path(entry.slug)}" for entry in run for code in entry.editions])
        yield Sheaf(paths, made_from, partial(_recipes, composer, catalogue, notes, run))


def _recipes(
    composer: Composer, catalogue: Catalogue, notes: Mapping[str, str], entries: Sequence[Entry]
) -> Iterator[Recipe]:
    for entry in entries:
        yield from _recipes_of_story(composer, catalogue, notes, entry)


def _recipes_of_story(
    composer: Composer, catalogue: Catalogue, notes: Mapping[str, str], entry: Entry
) -> Iterator[Recipe]:
    """The page of a story in every edition."""
    path, picture = story_path(entry.slug), composer.picture
    words = {
        f"{code}/{path}": (
            code,
            notes.get(f"notes/{entry.slug}.{code}", ""),
            share_image(entry.slug, code) if picture else None,
        )
        for code in entry.editions
    }
    yield from composer.recipes_of((entry, _around(composer, catalogue, entry)), words, story_page)
    if picture:
        yield from (picture(share_path(entry.slug, code), share_card(composer, entry, code)) for code in entry.editions)


def _around(composer: Composer, catalogue: Catalogue, entry: Entry) -> Around:
    connections, entries = catalogue.connections.get(entry.slug, Connections(entry.slug, ())), catalogue.entries
    lines = {slug: entries[slug].line for slug in _others([connections]) if slug in entries}
    linked = "names" in composer.press.settings.site.extras
    listed = tuple([name for name in entry.names if name in catalogue.names]) if linked else ()
    return Around(connections, lines, listed)


def _others(connections: Iterable[Connections]) -> Iterator[str]:
    """The stories of these connections, and "" where a story has no neighbour."""
    for one in connections:
        yield from [slug for _, *ends in one.steps for slug in ends]
        yield from [follow_up.slug for follow_up in one.follow_ups]


def story_page(
    composer: Composer, path: str, told: tuple[Entry, Around], code: str, note: str, picture: ShareImage | None
) -> str:
    """The page of a story in one edition; `note` is an analyst's remarks (Markdown), `picture` the one it names."""
    entry, around = told
    press, telling = composer.press, entry.telling(code)
    labels, story, heading = press.labels[code], entry.brief.story, composer.heading(entry.line, code)
    own, facing = composer.headlines(heading)
    pairs = tuple(story_pairs(composer, entry, code))
    title = composer.plain_title(heading)
    topics, crumbs = composer.once(("crumbs", code, entry.brief.topics), lambda: _crumbs(press, path, code, entry))
    words = {
        "title": title, "entry": entry, "own": own, "facing": facing, "pairs": pairs, "views": bool(facing),
        "section": next(iter(entry.brief.topics), ""), "og_type": "article", "target": telling.target,
        "picture": picture,
        "description": _description(
            composer, entry, code, next((pair.own.text for pair in pairs if pair.own.text), title)
        ),
        "topics": topics, "crumbs": crumbs,
        "source": composer.source(entry, code), "date": composer.date(entry, code),
        "chosen": len({sentence.paragraph for sentence in entry.brief.sentences}),
        "paragraphs": composer.once_a_story(("paragraphs", entry.slug), lambda: _counted(story.lead.paragraphs)),
        "waits": telling.target is not None and not telling.target.translated,
        "title_note": title_note(entry.brief.title, labels),
        "badges": badges(telling.target, labels), "alerts": tuple(_alerts(composer, telling, code)),
        "notices": tuple(_notices(composer, entry, telling, code)),
        "facts": fact_lists(composer, entry, code, around.listed),
        "carriers": carriers(composer, entry, code),
        "whole": (whole := whole_article(composer, entry, code)),
        "original": () if whole else composer.once_a_story(("original", entry.slug), lambda: original(press, entry)),
        "source_name": labels.name_of(press.language(entry.lang)),
        "notes": _notes(composer, (story.word.note, note), code),
        "ordered": bool(entry.day and entry.day.full),
        "steps": _steps(composer, around, code), "follow_ups": _follow_ups(composer, entry, around, code),
        "quoted": press.settings.site.original != "none",
        "citation": _citation(composer, entry, telling, code), "source_dir": press.language(entry.lang).direction,
        "structured": story_data(composer, entry, code, title if heading.own else ""),
    }  # fmt: skip
    return press.page("story.html", path, words)


def _counted(paragraphs: Iterable[Paragraph]) -> int:
    return sum(paragraph.counted for paragraph in paragraphs)


def _crumbs(press: Press, path: str, code: str, entry: Entry) -> tuple[list[tuple[str, str]], Markup]:
    """(path, title) of the topics of a story, and the way to them; "" where it has none."""
    topics = [(topic_path(topic.slug), press.words(topic.title, code)) for topic in press.settings.topics
              if topic.slug in entry.brief.topics]  # fmt: skip
    root = "../" * path.count("/")
    return topics, press.typesetter.fragment("crumbs", topics, press.labels[code], root) if topics else NOTHING


def _description(composer: Composer, entry: Entry, code: str, words: str) -> str:
    """The words as a search engine or a shared link shows them, after who made them where that was a machine."""
    told = entry.editions[code]
    sentence = next((one for one in told.sentences if one.text), told.title)
    machine = machine_made(composer.press.labels[code], told.title, sentence)
    cut = f"{GAP} " if sentence in told.sentences[1:] and not told.sentences[0].text else ""
    return (f"{machine}: " if machine else "") + cut + plain(words)[:200]


def _citation(composer: Composer, entry: Entry, telling: Telling, code: str) -> Markup:
    """How to cite the briefing: under its title, else under the source's; names never stand for a title here."""
    press, labels, lead = composer.press, composer.press.labels[code], entry.brief.story.lead
    own, facing = composer.headlines(composer.heading(entry.line, code))
    title = own.text or (press.phrase(facing.language, facing.text) if facing else NOTHING)
    untitled = not own.text and not (facing and facing.text)
    source = composer.once(("cited", code, composer.source(entry, code)),
                       lambda: source_line(lead, press, composer.known, code, opens=False))  # fmt: skip
    cited: Markup = (labels.cite_untitled if untitled else labels.cite_from).format(
        site=press.words(press.settings.site.name, code), title=title, source=source,
        translation=labels.cite_original if code == entry.lang else translator(telling.target, labels),
        date=composer.date(entry, code) if shown_date(lead)[1].value else labels.undated_lower,
    )  # fmt: skip
    return cited


def _alerts(composer: Composer, telling: Telling, code: str) -> Iterator[tuple[int, Markup]]:
    """(number of the sentence, 0 for the title; what to check) for each concern."""
    for number, rendering in enumerate(telling.target.renderings if telling.target else ()):
        for one in concerns(rendering):
            yield number, finding_words(composer, one.check, code, one)


def _notices(
    composer: Composer, entry: Entry, telling: Telling, code: str
) -> Iterator[tuple[Markup, Markup, tuple[int, ...]]]:
    """(heading, text, numbers of the sentences that it is about, 0 for the title; none where it is about the whole).

    They tell of a translation that is missing, withheld or made by a machine.
    """
    labels, press = composer.press.labels[code], composer.press
    if telling.target is None:
        return
    names = {"source": labels.name_of(press.language(entry.lang)),
             "target": labels.name_of(press.language(telling.target_lang))}  # fmt: skip
    states = telling.target.states
    if pending := states.count("pending"):
        part = 0 if pending == len(states) else pending
        key = "notice", code, entry.lang, telling.target_lang, part
        yield composer.once(key, lambda: _pending(labels, part, names))
    if withheld := states.count("withheld"):
        yield labels.notice_withheld(withheld), labels.notice_withheld_text.format(**names), ()
    for engine, numbers in engines(telling.target).items():
        words = labels.notice_machine_parts if numbers else labels.notice_machine
        yield NOTHING, words.format(engine=press.say(engine, code), **names), numbers


def _pending(labels: Labels, part: int, names: Mapping[str, Markup]) -> tuple[Markup, Markup, tuple[int, ...]]:
    """The notice of a story of which so many texts wait, or, where `part` is 0, all."""
    heading = labels.notice_pending_part(part) if part else labels.notice_pending.format(**names)
    return heading, labels.standins, ()


def _notes(composer: Composer, texts: Iterable[str], code: str) -> list[tuple[Language, Markup]]:
    """(language, page) of each note that says something, those in the edition's language first."""
    found = [(composer.press.language(recognise(text) or code), markdown_page(text)) for text in texts if text.strip()]
    return sorted(found, key=lambda note: note[0].code != code)


def _steps(composer: Composer, around: Around, code: str) -> list[tuple[str, list[Link | None]]]:
    """(topic title, [link to the story before, link to the story after]) for each topic."""
    titles = composer.once(("topics", code), lambda: dict(_titles(composer.press, code)))
    links = {slug: composer.link(composer.heading(line, code)) for slug, line in around.lines.items()}
    return [(titles[topic], [links.get(before), links.get(after)])
            for topic, before, after in around.connections.steps if topic in titles]  # fmt: skip


def _titles(press: Press, code: str) -> Iterator[tuple[str, str]]:
    """(slug, title) of each topic."""
    return ((topic.slug, press.words(topic.title, code)) for topic in press.settings.topics)


def _follow_ups(
    composer: Composer, entry: Entry, around: Around, code: str
) -> list[tuple[str, Markup, Markup, Markup]]:
    """(path, title, how it stands, what both stories share) for each follow-up."""
    press, rows = composer.press, []
    counted = any(one.figures for one in around.connections.follow_ups)
    told = entry.brief.figures_by_key() if counted else {}
    for one in around.connections.follow_ups:
        if line := around.lines.get(one.slug):
            names = tuple(composer.names[name] for name in one.names if name in composer.names)
            figures = (_figure_words(press, entry, told[key], code) for key in one.figures if key in told)
            shared = [*composer.names_line(names, code), *figures]
            rows.append((*composer.link(composer.heading(line, code)), press.labels[code].comma.join(shared)))
    return rows


def _figure_words(press: Press, entry: Entry, figure: Figure, code: str) -> Markup:
    """A figure in the words of an edition: a day as every day; else as the article writes it, or in English abroad."""
    if figure.kind == "date":
        year, month, day = map(int, figure.low.split("-"))
        return day_words(Day(year, month, day), press.labels[code])
    if figure.english and code != entry.lang:
        return press.cite(figure.english, code)
    return press.cite(entry.brief.written(figure), code)
