"""Structured data of pages (schema.org, as JSON-LD), which states what the page states and nothing else."""

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

_UNSAFE = "<>&\u2028\u2029"
"""Characters that could end the element, or a line of script."""
_PLACEHOLDER = "\0"
"""Stands for a value that each page fills in; no text of a page holds it."""


def _script_json(value: object) -> str:
    """A value as JSON for a `script` element: nothing in it can end the element."""
    text = tidy(msgspec.json.encode(value).decode())
    if any(map(text.__contains__, _UNSAFE)):
        return re.sub(f"[{_UNSAFE}]", lambda character: f"\\u{ord(character[0]):04x}", text)
    return text


def _graph(nodes: list[dict[str, Any]]) -> str:
    return _script_json({"@context": "https://schema.org", "@graph": nodes})


def story_data(composer: Composer, entry: Entry, code: str, title: str) -> Markup:
    """`NewsArticle` of a story page, with the way to its topic as `BreadcrumbList`.

    `title` is "" where the edition has none. The whole is "" where pages have no absolute addresses.
    """
    press, topics = composer.press, entry.brief.topics[:1]
    if not (base := press.settings.site.base_url):
        return NOTHING
    key = "story data", code, topics, bool(title)
    pattern = composer.once(key, lambda: _story_pattern(press, base, topics, code, titled=bool(title)))
    based_on = composer.once_a_story(("based on", entry.slug), lambda: _script_json(_based_on(entry)))
    url = _script_json(f"{base}{code}/{story_path(entry.slug)}")
    return markup(pattern % (*([_script_json(title)] if title else []), based_on, url))


def _story_pattern(press: Press, base: str, topics: tuple[str, ...], code: str, *, titled: bool) -> str:
    """The structured data of a story page, without what differs between the stories of a topic.

    A page fills in its title, if it has one, what it is based on, and its address. The page itself is left out of the
    breadcrumbs, as Google's guide to them allows.
    """
    article: dict[str, Any] = {
        "@type": "NewsArticle", **({"headline": _PLACEHOLDER} if titled else {}), "inLanguage": code,
        "isBasedOn": _PLACEHOLDER, "url": _PLACEHOLDER,
        "publisher": {"@type": "Organization", "name": press.words(press.settings.site.name, code)},
    }  # fmt: skip
    pages_above = [(str(press.labels[code].home), "index.html"), *_topic_pages(press, topics, code)]
    crumbs = [{"@type": "ListItem", "position": place, "name": name, "item": f"{base}{code}/{path}"}
              for place, (name, path) in enumerate(pages_above, 1)]  # fmt: skip
    trail = [{"@type": "BreadcrumbList", "itemListElement": crumbs}] if len(crumbs) > 1 else []
    return _graph([article, *trail]).replace("%", "%%").replace(_script_json(_PLACEHOLDER), "%s")


def _based_on(entry: Entry) -> dict[str, Any]:
    """The report that a briefing was made from, as far as its page states what it is."""
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


def _topic_pages(press: Press, topics: tuple[str, ...], code: str) -> Iterator[tuple[str, str]]:
    """(name, path below the edition) of the pages of topics."""
    return ((press.words(topic.title, code), topic_path(topic.slug)) for topic in press.settings.topics
            if topic.slug in topics)  # fmt: skip


def list_data(composer: Composer, entries: tuple[Entry, ...], code: str) -> Markup:
    """An `ItemList` of the stories that a page lists, in its order; "" where they have no absolute addresses.

    It states no titles: the page does, and says which of them a machine made.
    """
    if not (base := composer.press.settings.site.base_url):
        return NOTHING
    return markup(_graph([{"@type": "ItemList", "itemListElement": [
        {"@type": "ListItem", "position": place, "url": f"{base}{code}/{story_path(entry.slug)}"}
        for place, entry in enumerate(entries, 1)
    ]}]))  # fmt: skip
