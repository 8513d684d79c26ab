"""The catalogue: every story of a publication with all that pages say of it, and the lists that lead to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice, pairwise
from operator import attrgetter, itemgetter

from msgspec import Struct
from msgspec.structs import replace

from site_src.kept import NO_HEAD_START, HeadStart
from site_src.model.brief import Brief, Facts
from site_src.model.edition import Rendering, StoryEdition
from site_src.model.fields import Day
from site_src.model.names import Name
from site_src.model.publication import Connections, Publication
from site_src.render.fingerprint import fingerprint
from site_src.render.runs import tidy
from site_src.render.standing import BADGES, MISSING, state_of, title_mentions
from site_src.settings import Settings

NO_FACTS = Facts()
UNDATED = "undated"
GAP = "[…]"
"""Stands where sentences are not shown: what follows may lean on them."""
_NAME, _TRANSLATED = attrgetter("name"), attrgetter("translated")
_WAITING = frozenset({"pending"})


class Telling(Struct, frozen=True, gc=False):
    """A story in one edition: its briefing there, and the translation that faces the source."""

    own: StoryEdition
    target: StoryEdition | None
    """The translation beside the source: the edition itself, or, in the source's own language, the first other one."""
    target_lang: str
    """Language of `target`; "" without one."""

    @property
    def briefing(self) -> Telling:
        """Title and summary alone: all that is told elsewhere than on the story's own page."""
        return Telling(self.own.briefing, self.target and self.target.briefing, self.target_lang)

    @property
    def opening(self) -> tuple[str, str]:
        """The first sentence that the edition can show, and the one that faces it; "" for what is not there.

        With it stand those that it needs; where one of them is not shown, the next sentence is taken. One that says
        again what the title says stands back where there is another. `GAP` stands where sentences are left out before
        one that is shown.
        """
        title, sentences = self.own.title.source, self.own.sentences
        needs = [one.needs for one in self.own.brief.sentences]
        for first in sorted(range(len(sentences)), key=lambda place: bool(title) and title in sentences[place].source):
            places = _with_needs(first, needs)
            if shown := _joined([sentences[place].text for place in places], places):
                is_cut = not all(before.text for before in sentences[: places[0]])
                facing = self.target.sentences if self.target else ()
                texts = [one.source if self.target is self.own else one.text for one in facing]
                beside = _joined([texts[place] for place in places], places) if texts else ""
                return f"{GAP} {shown}" if is_cut else shown, beside
        return "", ""


def _with_needs(first: int, needs: Sequence[tuple[int, ...]]) -> list[int]:
    """The places of a sentence of the summary and of all that it needs, and that those need, in order."""
    places = {first}
    while more := {need for place in places for need in needs[place]} - places:
        places |= more
    return sorted(places)


def _joined(texts: Sequence[str], places: Sequence[int]) -> str:
    """The texts of sentences as one, with `GAP` between those that are not neighbours; "" where one is missing."""
    if not all(texts):
        return ""
    gaps = ["", *("" if place == before + 1 else f"{GAP} " for before, place in pairwise(places))]
    return " ".join(gap + text for gap, text in zip(gaps, texts, strict=True))


class Entry(Struct, frozen=True, gc=False):
    """A story and its place among the others."""

    slug: str
    brief: Brief
    facts: Facts
    editions: Mapping[str, StoryEdition]
    """Its briefing in every edition of the site."""
    line: Line
    """What other pages say of it."""
    filed: str
    """ISO date under which it is filed, as far as it is stated, or "undated"."""
    updated: str
    """ISO date on which it changed, to feeds: the full one its page states, else when we first saw it; "" for none."""
    names: tuple[str, ...]
    """Ids of the names it mentions, each once, in order."""
    states: frozenset[str]
    """The states that parts of its translations are in."""
    mark: bytes
    """Hashes of all of it: pages made from entries of the same marks are the same."""

    @property
    def lang(self) -> str:
        """The source's language."""
        return self.line.lang

    @property
    def day(self) -> Day | None:
        """The day under which it is filed; None is undated."""
        return self.line.day

    @property
    def month(self) -> str:
        """The month as "2025-11", "2025" where none is stated, or "undated"."""
        return self.filed[:7]

    def telling(self, code: str) -> Telling:
        """How the edition `code` tells it."""
        target = self.line.target(code)
        return Telling(self.editions[code], self.editions.get(target), target)


class Line(Struct, frozen=True, gc=False):
    """A story as lines of other pages show it: all that they say of it."""

    slug: str
    lang: str
    """The source's language."""
    day: Day | None
    """The day under which it is filed; None is undated."""
    stated: str
    """The title that the page of its lead states, or that was made for it; "" without one."""
    titles: Mapping[str, Rendering]
    """Its title in every edition."""
    names: tuple[str, ...]
    """Ids of names that stand in where a title is missing; none where no edition lacks one."""
    figures: tuple[str, ...]
    """What English calls the figures of the title, which stand in with them."""
    mark: bytes
    """A hash of all of it."""

    def target(self, code: str) -> str:
        """The language of the translation beside the source in an edition; "" where no other edition has the story."""
        return code if code != self.lang else next((lang for lang in self.titles if lang != self.lang), "")

    def heading(self, code: str) -> Heading:
        """What it says in the edition `code`."""
        title, target = self.titles[code], self.target(code)
        source = self.stated or title.source
        facing: tuple[str, str] | None = None
        if code != self.lang:
            own, facing = title.text, (self.lang, source)
        else:
            own = title.text or source
            facing = (target, self.titles[target].text) if target else None
        machine = bool(title.text) and title.state == "machine"
        missing = "" if own or not source else title.state if title.state in MISSING else "pending"
        return Heading(self.slug, code, own, facing, self.names, self.figures, machine, missing)


class Heading(Struct, frozen=True, gc=False):
    """A story's title as lines of one edition show it, not yet set in type."""

    slug: str
    code: str
    own: str
    """In the edition's language; "" where it has none."""
    facing: tuple[str, str] | None
    """(language, title) of the other one, where there is another."""
    names: tuple[str, ...]
    """Ids of names that stand in where a title is missing."""
    figures: tuple[str, ...]
    """What English calls the figures that stand in with them."""
    machine: bool
    """Whether a machine made `own`."""
    missing: str
    """The state of the translation that would be `own`; "" where there is a title, or nothing to translate."""


class Catalogue(Struct, frozen=True):
    """All stories, newest first and undated last, with their lists."""

    entries: Mapping[str, Entry]
    names: Mapping[str, Name]
    by_topic: Mapping[str, tuple[Entry, ...]]
    by_name: Mapping[str, tuple[Entry, ...]]
    by_month: Mapping[str, tuple[Entry, ...]]
    states: Mapping[str, int]
    """How many stories have parts of their translations in each state."""
    connections: Mapping[str, Connections]
    """Of each story, by slug."""

    def of_kind(self, kind: str) -> list[tuple[Name, int]]:
        """The names of a kind that stories mention, most mentioned first, with the number of stories."""
        counted = [(self.names[name], len(found)) for name, found in self.by_name.items()
                   if self.names[name].kind == kind]  # fmt: skip
        return sorted(counted, key=lambda pair: (-pair[1], pair[0].en or pair[0].ar))

    def mentions(self, topic: str, limit: int) -> tuple[tuple[str, int], ...]:
        """The names that the stories of a topic mention most often, and how often."""
        mentioned = chain.from_iterable([entry.brief.mentions for entry in self.by_topic.get(topic, ())])
        ranked = Counter(map(_NAME, mentioned)).most_common()
        return tuple(islice((pair for pair in ranked if pair[0] in self.names), limit))

    def companions(self, name: str, limit: int) -> tuple[tuple[str, int], ...]:
        """The names that stand in the most stories together with `name`, and in how many."""
        together = Counter(chain.from_iterable([entry.names for entry in self.by_name[name]]))
        del together[name]
        ranked = sorted(sorted(together.items()), key=itemgetter(1), reverse=True)
        return tuple(islice((pair for pair in ranked if pair[0] in self.by_name), limit))


def make_catalogue(
    publication: Publication, settings: Settings, facts: Mapping[str, Facts], start: HeadStart = NO_HEAD_START
) -> Catalogue:
    """The catalogue of a publication; it lists only what the site shows."""
    names = {name.id: _tidied(name) for name in publication.names}
    entries = _entries(publication, settings, facts, start)
    topics, by_name, months = defaultdict(list), defaultdict(list), defaultdict(list)
    for entry in entries.values():
        months[entry.month].append(entry)
        for topic in entry.brief.topics:
            topics[topic].append(entry)
        for name in entry.names:
            if name in names:
                by_name[name].append(entry)
    connections = {one.slug: one for one in publication.connections}
    states = Counter(chain.from_iterable([entry.states for entry in entries.values()]))
    return Catalogue(entries, names, _frozen(topics), _frozen(by_name), _frozen(months), states, connections)


def _tidied(name: Name) -> Name:
    """The name without controls that could disguise it."""
    forms = (name.en, name.ar, name.en_short, *name.ar_variants, *name.en_variants)
    return name if all(map(str.isprintable, forms)) else replace(
        name, en=tidy(name.en), ar=tidy(name.ar), en_short=tidy(name.en_short),
        ar_variants=tuple(map(tidy, name.ar_variants)), en_variants=tuple(map(tidy, name.en_variants)),
    )  # fmt: skip


def _frozen(lists: Mapping[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {key: tuple(entries) for key, entries in lists.items()}


def _entries(
    publication: Publication, settings: Settings, facts: Mapping[str, Facts], start: HeadStart
) -> dict[str, Entry]:
    """What the site shows, by slug, in the order of the first of its editions."""
    stories = {edition.lang: edition.stories for edition in publication.editions}
    langs = [lang for lang in settings.site.languages if lang in stories]
    hidden = {*publication.hidden}
    # Languages with their order, which tables are equal without.
    made_from = {
        slug: (tuple(zip(langs, told, strict=True)), facts.get(slug, NO_FACTS))
        for told in zip(*[stories[lang] for lang in langs], strict=True) if (slug := told[0].slug) not in hidden
    }  # fmt: skip

    def make(slugs: Sequence[str]) -> Iterable[Entry]:
        return (_entry(*made_from[slug], start.made_from.get(slug, b"")) for slug in slugs)

    return start.kept.each("entries", made_from, make)


def _entry(told: Sequence[tuple[str, StoryEdition]], known: Facts, made_from: bytes) -> Entry:
    brief, there = told[0][1].brief, dict(told)
    line = _line(brief, there)
    filed = (line.day and line.day.iso) or UNDATED
    updated = filed if line.day and line.day.full else brief.story.first_seen[:10]
    names = tuple(dict.fromkeys(map(_NAME, brief.mentions)))
    untold = not any(map(_TRANSLATED, there.values()))
    waits = untold and "pending" in [one.title.state for one in there.values()]  # as most do where no engine is
    states = _WAITING if waits else _states(there, line.lang)
    mark = line.mark + made_from if made_from and untold else _mark(line, made_from or (brief, known), there.values())
    return Entry(line.slug, brief, known, there, line, filed, updated, names, states, mark)


def _mark(line: Line, made_from: object, there: Iterable[StoryEdition]) -> bytes:
    """A hash of a story and of all that its translations show."""
    return fingerprint(line.mark, made_from, [(one.sentences, one.body) if one.translated else () for one in there])


def _states(there: Mapping[str, StoryEdition], source: str) -> frozenset[str]:
    """The states that parts of the translations of a story are in."""
    shown = [told.renderings for lang, told in there.items() if lang != source]
    return frozenset(map(state_of, chain.from_iterable(shown))).intersection(BADGES)


def _line(brief: Brief, there: Mapping[str, StoryEdition]) -> Line:
    lead, stated, titles = brief.story.lead, brief.title.value or "", {lang: one.title for lang, one in there.items()}
    whole = all((one.text or lang == lead.lang) and (stated or one.source) for lang, one in titles.items())
    names = () if whole else tuple(dict.fromkeys(map(_NAME, title_mentions(brief))))
    figures = () if whole else brief.title_figures
    slug, day = brief.story.slug, lead.day
    translated = [(lang, one.title if one.translated else None) for lang, one in there.items()]
    mark = fingerprint(slug, lead.lang, day, stated, translated, names, figures)
    return Line(slug, lead.lang, day, stated, titles, names, figures, mark)
