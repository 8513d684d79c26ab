"""The search page, and each story as the index knows it: what finds it, by what it is filtered, how it is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.brief import Fact
from site_src.model.fields import Found
from site_src.model.names import Name
from site_src.model.output import Passage, PassageKind, Recipe, SearchEntry
from site_src.render.catalogue import UNDATED, Catalogue, Entry
from site_src.render.composer import Composer
from site_src.render.credits import source_name
from site_src.render.labels import Language, plain
from site_src.render.lists import month_words
from site_src.render.names import Ranked, bands, ranked
from site_src.render.original import original
from site_src.render.press import POLICY
from site_src.render.runs import reading, tidy
from site_src.render.standing import BADGES
from site_src.text.fold import fold_table

WASM_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The search page alone may run WebAssembly: what ranks the results."""
_SEARCHED = frozenset({"when", "figure", "said"})
"""The kinds of facts whose English is searched; names are searched as names."""
Choices = list[tuple[str, Markup, Language]]
"""(value, words, their language)."""


class Choosable(NamedTuple):
    """What the search can be narrowed to."""

    sources: tuple[tuple[str, Found[str]], ...]
    months: tuple[str, ...]
    states: tuple[str, ...]


def search_page(composer: Composer, catalogue: Catalogue, code: str, *, indexed: bool) -> Recipe:
    """The search page: lists that lead everywhere and, where the site has an index, the search itself."""
    extras = composer.press.settings.site.extras
    counts = [len(catalogue.by_topic.get(topic.slug, ())) for topic in composer.press.settings.topics]
    names = ranked(composer, catalogue, 8) if "names" in extras else ()
    choosable = composer.once(("choosable",), lambda: _choosable(catalogue)) if indexed else None
    return composer.recipe(f"{code}/search/index.html", _search_page, counts, names, choosable)


def _choosable(catalogue: Catalogue) -> Choosable:
    entries = catalogue.entries.values()
    sources = {key: name for entry in entries for key, name in _sources(entry).items()}
    states = tuple(state for state in BADGES if state in catalogue.states)
    return Choosable(tuple(sources.items()), tuple(catalogue.by_month), states)


def _search_page(
    composer: Composer, path: str, counts: Sequence[int], names: Ranked, choosable: Choosable | None
) -> str:
    code = path.partition("/")[0]
    press, labels = composer.press, composer.press.labels[code]
    words = {
        "title": labels.search, "section": "search", "policy": WASM_POLICY if choosable else POLICY,
        "topics": [(f"topics/{topic.slug}/index.html", press.words(topic.title, code), count)
                   for topic, count in zip(press.settings.topics, counts, strict=True)],
        "bands": bands(composer, names, code, "../../"), "archive": "archive" in press.settings.site.extras,
        "filters": _filters(composer, code, choosable, counts) if choosable else [], "indexed": choosable is not None,
        "folding": _json(fold_table()),
        "indexes": _json([(other, press.language(other).direction) for other in press.editions]),
    }  # fmt: skip
    return press.page("search.html", path, words)


def _json(value: object) -> Markup:
    """A value for a script to read, safe inside an element `script`."""
    return Markup(json.dumps(value, ensure_ascii=True).replace("<", "\\u003c"))


def _filters(
    composer: Composer, code: str, choosable: Choosable, counts: Sequence[int]
) -> list[tuple[str, Markup, Choices]]:
    """(name, label, choices) of each filter that has more than one choice."""
    press, labels, page = composer.press, composer.press.labels[code], composer.press.language(code)
    foreign = press.language(page.foreign)
    topics: Choices = [(topic.slug, Markup.escape(press.words(topic.title, code)), page)
                       for topic, count in zip(press.settings.topics, counts, strict=True) if count]  # fmt: skip
    named = [(key, plain(source_name(name, press, composer.known, code))) for key, name in choosable.sources]
    sources: Choices = [(key, Markup.escape(name), page if reading(name) in ("", page.direction) else foreign)
                        for key, name in named]  # fmt: skip
    months: Choices = [(month, month_words(month, composer, code), page) for month in sorted(choosable.months)[::-1]]
    states: Choices = [(state, getattr(labels, f"badge_{state}"), page) for state in choosable.states]
    listed = (
        ("topic", labels.search_topic, topics),
        ("source", labels.search_source, sorted(sources, key=lambda choice: choice[1])),
        ("month", labels.search_month, sorted(months, key=lambda choice: choice[0] == UNDATED)),
        ("state", labels.search_state, states),
    )  # fmt: skip
    return [(name, label, choices) for name, label, choices in listed if len(choices) > 1]


def _sources(entry: Entry) -> dict[str, Found[str]]:
    """Outlets and agencies of a story and its copies, by id or by their own words."""
    credited = (found for article in entry.brief.story.articles for found in (article.outlet, article.agency))
    return {found.id or tidy(found.value): found for found in credited if found.value}


def search_entries(composer: Composer, catalogue: Catalogue) -> Iterator[SearchEntry]:
    """Every story that the site shows, for the index."""
    for entry in catalogue.entries.values():
        filters = (
            *(("topic", topic) for topic in entry.brief.topics),
            *(("source", source) for source in _sources(entry)),
            ("month", entry.month),
            *(("state", state) for state in sorted(entry.states)),
        )
        cards = tuple((code, _card(composer, entry, code)) for code in entry.editions)
        yield SearchEntry(entry.slug, tuple(_passages(composer, entry)), filters, cards)


def _card(composer: Composer, entry: Entry, code: str) -> str:
    labels = composer.press.labels[code]
    words = {"card": composer.card(entry, code), "L": labels, "root": "../../"}
    return composer.press.typesetter.fill("result.html", words, entry.slug).strip()


def _passages(composer: Composer, entry: Entry) -> Iterator[Passage]:
    """What a reader of the story's page may remember: title and sentences in each language, the quoted original,
    the names in every spelling, and the facts in English.
    """
    told = entry.editions
    for code, story in told.items():
        if story.title.text:
            yield _passage(composer, "title", (code, story.title.text))
    source = entry.brief.title.value or ""
    if source and all(story.title.text != source for story in told.values()):
        yield _passage(composer, "title", (entry.lang, source))
    if entry.lang not in told:
        yield from (_passage(composer, "text", (entry.lang, sentence.text)) for sentence in entry.brief.sentences)
    for code, story in told.items():
        shown = story.briefing if code == entry.lang else story
        yield from (_passage(composer, "text", (code, one.text)) for one in shown.renderings[1:] if one.text)
    for part in original(composer.press, entry):
        yield from (_passage(composer, "text", (part.language.code, text)) for piece, number in part.pieces
                    if not number and (text := plain(piece)))  # fmt: skip
    known = composer.names
    yield from (_name(composer, known[name]) for name in entry.names if name in known)
    searched = (fact for fact in entry.facts.rows if fact.kind in _SEARCHED and fact.en)
    yield from (_fact(composer, entry, fact) for fact in searched)


def _passage(composer: Composer, kind: PassageKind, *runs: tuple[str, str], also: str = "") -> Passage:
    set_in_type = ((code, composer.press.language(code).direction, tidy(text)) for code, text in runs if text)
    return Passage(kind, tuple(set_in_type), also)


def _name(composer: Composer, name: Name) -> Passage:
    spellings = (name.en_short, *name.en_variants, *name.ar_variants, *name.ar_short)
    return _passage(composer, "name", ("en", name.en), ("ar", name.ar), also=" ".join(filter(None, spellings)))


def _fact(composer: Composer, entry: Entry, fact: Fact) -> Passage:
    return _passage(composer, "fact", ("en", fact.en), (entry.lang, fact.ar))
