"""The search page, and each story as an entry of the index: the passages that find it, its filters, its cards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from site_src.model.fields import Found
from site_src.model.names import Name
from site_src.model.output import Passage, PassageKind, Recipe, SearchEntry
from site_src.render.catalogue import UNDATED, Catalogue, Entry
from site_src.render.composer import Composer
from site_src.render.credits import source_name
from site_src.render.labels import Language, markup, plain
from site_src.render.links import edition_of
from site_src.render.lists import month_words
from site_src.render.names import Ranked, bands, ranked
from site_src.render.original import original
from site_src.render.press import POLICY
from site_src.render.runs import first_direction, tidy
from site_src.render.standing import BADGES
from site_src.text.fold import fold_table

WASM_POLICY = markup(str(POLICY).replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"))
"""The search page alone may run WebAssembly, which ranks the results."""
_SEARCHED_FACTS = frozenset({"when", "figure", "said"})
"""The kinds of facts that are searched in English; names are searched as names."""


class FilterChoice(NamedTuple):
    """A choice of a filter: its value, and its words with their language."""

    value: str
    words: Markup
    language: Language


class FilterValues(NamedTuple):
    """The values of those filters that depend on the stories."""

    sources: tuple[tuple[str, Found[str]], ...]
    """(id or words, name) of each outlet and agency."""
    months: tuple[str, ...]
    states: tuple[str, ...]


def search_page(composer: Composer, catalogue: Catalogue, code: str, *, indexed: bool) -> Recipe:
    """The search page: lists that lead everywhere and, where the site has an index, the search itself."""
    extras = composer.press.settings.site.extras
    counts = [len(catalogue.by_topic.get(topic.slug, ())) for topic in composer.press.settings.topics]
    names = ranked(composer, catalogue, 8) if "names" in extras else ()
    filter_values = composer.once(("filter values",), lambda: _filter_values(catalogue)) if indexed else None
    return composer.recipe(f"{code}/search/index.html", _search_page, counts, names, filter_values)


def _filter_values(catalogue: Catalogue) -> FilterValues:
    entries = catalogue.entries.values()
    sources = {key: name for entry in entries for key, name in _sources(entry).items()}
    states = tuple(state for state in BADGES if state in catalogue.states)
    return FilterValues(tuple(sources.items()), tuple(catalogue.by_month), states)


def _search_page(
    composer: Composer, path: str, counts: Sequence[int], names: Ranked, filter_values: FilterValues | None
) -> str:
    """`counts` are the numbers of stories of each topic; `filter_values` is None where the site has no index."""
    code = edition_of(path)
    press, labels = composer.press, composer.press.labels[code]
    variables = {
        "title": labels.search, "section": "search", "policy": WASM_POLICY if filter_values else POLICY,
        "topics": [(f"topics/{topic.slug}/index.html", press.words(topic.title, code), count)
                   for topic, count in zip(press.settings.topics, counts, strict=True)],
        "bands": bands(composer, names, code, "../../"), "archive": "archive" in press.settings.site.extras,
        "filters": _filters(composer, code, filter_values, counts) if filter_values else [],
        "indexed": filter_values is not None,
        "folding": _json(fold_table()),
        "indexes": _json([(edition, press.language(edition).direction) for edition in press.editions]),
    }  # fmt: skip
    return press.page("search.html", path, variables)


def _json(value: object) -> Markup:
    """A value as JSON, safe inside a `script` element."""
    return Markup(json.dumps(value, ensure_ascii=True).replace("<", "\\u003c"))


def _filters(
    composer: Composer, code: str, values: FilterValues, counts: Sequence[int]
) -> list[tuple[str, Markup, list[FilterChoice]]]:
    """(name, label, choices) of each filter that has more than one choice."""
    press, labels, page = composer.press, composer.press.labels[code], composer.press.language(code)
    foreign = press.language(page.foreign)
    topics = [FilterChoice(topic.slug, Markup.escape(press.words(topic.title, code)), page)
              for topic, count in zip(press.settings.topics, counts, strict=True) if count]  # fmt: skip
    sources = []
    for key, source in values.sources:
        name = plain(source_name(source, press, composer.known, code))
        language = page if first_direction(name) in ("", page.direction) else foreign
        sources.append(FilterChoice(key, Markup.escape(name), language))
    newest_first = sorted(values.months, key=lambda month: (month != UNDATED, month), reverse=True)
    months = [FilterChoice(month, month_words(month, composer, code), page) for month in newest_first]
    states = [FilterChoice(state, getattr(labels, f"badge_{state}"), page) for state in values.states]
    filters = (
        ("topic", labels.search_topic, topics),
        ("source", labels.search_source, sorted(sources, key=attrgetter("words"))),
        ("month", labels.search_month, months),
        ("state", labels.search_state, states),
    )
    return [(name, label, choices) for name, label, choices in filters if len(choices) > 1]


def _sources(entry: Entry) -> dict[str, Found[str]]:
    """Outlets and agencies of a story and its copies, by id, or by their words where they have none."""
    sources = (source for article in entry.brief.story.articles for source in (article.outlet, article.agency))
    return {source.id or tidy(source.value): source for source in sources if source.value}


def search_entries(composer: Composer, catalogue: Catalogue) -> Iterator[SearchEntry]:
    """Every story that the site shows, as an entry of the search index."""
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
    variables = {"card": composer.card(entry, code), "L": labels, "root": "../../"}
    return composer.press.typesetter.fill("result.html", variables, entry.slug).strip()


def _passages(composer: Composer, entry: Entry) -> Iterator[Passage]:
    """What a reader of the story's page may remember: title and sentences in each language, the quoted original,
    the names in every spelling, and the facts in English.
    """
    yield from _title_passages(composer, entry)
    yield from _text_passages(composer, entry)
    names = composer.names
    yield from (_name_passage(composer, names[name]) for name in entry.names if name in names)
    for fact in entry.facts.rows:
        if fact.kind in _SEARCHED_FACTS and fact.en:
            yield _passage(composer, "fact", ("en", fact.en), (entry.lang, fact.ar))


def _title_passages(composer: Composer, entry: Entry) -> Iterator[Passage]:
    """The titles of the editions, and the source's title if no edition shows it."""
    editions = entry.editions
    for code, story in editions.items():
        if story.title.text:
            yield _passage(composer, "title", (code, story.title.text))
    source_title = entry.brief.title.value or ""
    if source_title and all(story.title.text != source_title for story in editions.values()):
        yield _passage(composer, "title", (entry.lang, source_title))


def _text_passages(composer: Composer, entry: Entry) -> Iterator[Passage]:
    """The sentences of the editions and of the source, then what the page quotes of the original besides."""
    editions = entry.editions
    if entry.lang not in editions:
        yield from (_passage(composer, "text", (entry.lang, sentence.text)) for sentence in entry.brief.sentences)
    for code, story in editions.items():
        searched = story.briefing if code == entry.lang else story  # the original of the body follows
        yield from (_passage(composer, "text", (code, rendering.text))
                    for rendering in searched.renderings[1:] if rendering.text)  # fmt: skip
    for paragraph in original(composer.press, entry):
        yield from (_passage(composer, "text", (paragraph.language.code, text)) for piece, number in paragraph.pieces
                    if not number and (text := plain(piece)))  # fmt: skip


def _passage(composer: Composer, kind: PassageKind, *texts: tuple[str, str], also: str = "") -> Passage:
    """A passage of (language, text) runs; `also` is text that finds it and is not shown."""
    runs = ((code, composer.press.language(code).direction, tidy(text)) for code, text in texts if text)
    return Passage(kind, tuple(runs), also)


def _name_passage(composer: Composer, name: Name) -> Passage:
    spellings = (name.en_short, *name.en_variants, *name.ar_variants, *name.ar_short)
    return _passage(composer, "name", ("en", name.en), ("ar", name.ar), also=" ".join(filter(None, spellings)))
