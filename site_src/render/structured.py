"""Structured descriptions of pages (schema.org, JSON-LD) that say what the page says and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from markupsafe import Markup

from site_src.render.catalogue import Entry
from site_src.render.composer import Composer
from site_src.render.labels import NOTHING, markup
from site_src.render.links import story_path, topic_path
from site_src.render.press import Press
from site_src.render.runs import tidy
from site_src.text.addresses import safe_url

_CLOSING = "<>&\u2028\u2029"
"""What could end the element, or a line of script."""
_TOLD = "\0"
"""Stands for what a page has to tell: no words of a page hold it."""


def _said(value: object) -> str:
    """JSON for a `script` element: nothing in it can end the element."""
    text = tidy(msgspec.json.encode(value).decode())
    if any(map(text.__contains__, _CLOSING)):
        return re.sub(f"[{_CLOSING}]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return text


def _graph(described: list[dict[str, Any]]) -> str:
    return _said({"@context": "https://schema.org", "@graph": described})


def story_data(composer: Composer, entry: Entry, code: str, title: str) -> Markup:
    """`NewsArticle` and `BreadcrumbList` of a story page."""
    press, topics = composer.press, entry.brief.topics[:1]
    shape = composer.once(("described", code, topics), lambda: _shape(press, topics, code))
    named, based_on = _said(title), composer.once_a_story(("based on", entry.slug), lambda: _said(_based_on(entry)))
    if not (base := press.settings.site.base_url):
        return markup(shape % (named, based_on, named))
    url = _said(f"{base}{code}/{story_path(entry.slug)}")
    return markup(shape % (named, based_on, url, named, url))


def _shape(press: Press, topics: tuple[str, ...], code: str) -> str:
    """What the pages of a topic's stories have in common.

    Each has to tell its title, what it is based on, and its address, if it has one; then title and address again.
    """
    base = press.settings.site.base_url
    article: dict[str, Any] = {
        "@type": "NewsArticle", "headline": _TOLD, "inLanguage": code, "isBasedOn": _TOLD,
        "publisher": {"@type": "Organization", "name": press.words(press.settings.site.name, code)},
    }  # fmt: skip
    here: dict[str, Any] = {"name": _TOLD}
    if base:
        article["url"] = here["item"] = _TOLD
    trail = [(str(press.labels[code].home), "index.html"), *_trail(press, topics, code)]
    above = [{"name": name} | ({"item": f"{base}{code}/{path}"} if base else {}) for name, path in trail]
    items = [{"@type": "ListItem", "position": place} | item for place, item in enumerate([*above, here], 1)]
    graph = _graph([article, {"@type": "BreadcrumbList", "itemListElement": items}])
    return graph.replace("%", "%%").replace(_said(_TOLD), "%s")


def _based_on(entry: Entry) -> dict[str, Any]:
    """The report that a briefing was made from, as far as its page says what it is."""
    lead = entry.brief.story.lead
    based_on: dict[str, Any] = {"@type": "NewsArticle", "inLanguage": entry.lang}
    if entry.brief.title.value:
        based_on["headline"] = entry.brief.title.value
    if lead.outlet.value:
        based_on["publisher"] = {"@type": "Organization", "name": lead.outlet.value}
    if lead.published.value and lead.published.value.iso:
        based_on["datePublished"] = lead.published.value.iso
    if url := safe_url(lead.url.value or ""):
        based_on["url"] = url
    return based_on


def _trail(press: Press, topics: tuple[str, ...], code: str) -> Iterator[tuple[str, str]]:
    """(name, path below the edition) of the pages of topics."""
    return ((press.words(topic.title, code), topic_path(topic.slug)) for topic in press.settings.topics
            if topic.slug in topics)  # fmt: skip


def list_data(composer: Composer, entries: tuple[Entry, ...], code: str) -> Markup:
    """An `ItemList` of the stories that a page lists, in its order; "" where they have no absolute addresses.

    It names no title: the page beside it does, and says there which ones a machine made.
    """
    if not (base := composer.press.settings.site.base_url):
        return NOTHING
    return markup(_graph([{"@type": "ItemList", "itemListElement": [
        {"@type": "ListItem", "position": place, "url": f"{base}{code}/{story_path(entry.slug)}"}
        for place, entry in enumerate(entries, 1)
    ]}]))  # fmt: skip
