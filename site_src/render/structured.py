"""Structured descriptions of pages (schema.org, JSON-LD) that say what the page says and no more."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from markupsafe import Markup

from site_src.render.catalogue import Entry
from site_src.render.desk import Desk
from site_src.render.labels import NOTHING, markup
from site_src.render.links import safe_url, story_path, topic_path
from site_src.render.press import Press
from site_src.render.runs import tidy

_CLOSING = "<>&\u2028\u2029"
"""What could end the element, or a line of script."""


def as_script(described: list[dict[str, Any]]) -> Markup:
    """JSON for a `script` element: nothing in it can end the element."""
    text = msgspec.json.encode({"@context": "https://schema.org", "@graph": described}).decode()
    text = tidy(text)
    if any(map(text.__contains__, _CLOSING)):
        text = re.sub(f"[{_CLOSING}]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return markup(text)


def story_data(desk: Desk, entry: Entry, code: str, title: str) -> Markup:
    """`NewsArticle` and `BreadcrumbList` of a story page."""
    press = desk.press
    base, site = press.settings.site.base_url, press.words(press.settings.site.name, code)
    article: dict[str, Any] = {
        "@type": "NewsArticle", "headline": title, "inLanguage": code,
        "isBasedOn": desk.once_a_story(("based on", entry.slug), lambda: _based_on(entry)),
        "publisher": {"@type": "Organization", "name": site},
    }  # fmt: skip
    if base:
        article["url"] = f"{base}{code}/{story_path(entry.slug)}"
    topics = entry.brief.topics[:1]
    trail = desk.once(("trail", code, topics), lambda: _trail(press, topics, code))
    return as_script([article, crumbs([*trail, (title, story_path(entry.slug))], base, code)])


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


def _trail(press: Press, topics: tuple[str, ...], code: str) -> list[tuple[str, str]]:
    """(name, path below the edition) of the pages above a story's."""
    found = [(press.words(topic.title, code), topic_path(topic.slug)) for topic in press.settings.topics
             if topic.slug in topics]  # fmt: skip
    return [(str(press.labels[code].home), "index.html"), *found]


def crumbs(trail: list[tuple[str, str]], base: str, code: str) -> dict[str, Any]:
    """A `BreadcrumbList` of (name, path below the edition); addresses only where the site has an absolute one."""
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": place, "name": name} | ({"item": f"{base}{code}/{path}"} if base else {})
        for place, (name, path) in enumerate(trail, 1)
    ]}  # fmt: skip


def list_data(desk: Desk, entries: tuple[Entry, ...], code: str) -> Markup:
    """An `ItemList` of the stories that a page lists, in its order; "" where they have no absolute addresses.

    It names no title: the page beside it does, and says there which ones a machine made.
    """
    if not (base := desk.press.settings.site.base_url):
        return NOTHING
    return as_script([{"@type": "ItemList", "itemListElement": [
        {"@type": "ListItem", "position": place, "url": f"{base}{code}/{story_path(entry.slug)}"}
        for place, entry in enumerate(entries, 1)
    ]}])  # fmt: skip
