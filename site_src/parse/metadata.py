"""Fields that HTML states outside of the text: JSON-LD, OpenGraph and other meta elements, `time`, canonical links.

Values are handed on as written; what they mean, and whether they contradict the page, is decided with the fields.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from site_src.model import Problem, RawPage
from site_src.parse.blocks import Meta
from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d+\)(\S{1,2000})\s{0,9}-->")
_SINGLE_FILE = re.compile(
    r"<!--\s{0,9}Page saved with SingleFile\s{0,9}url:\s{0,9}(\S+)\s{1,9}saved date:\s{0,9}([^\n]+)"
)
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?|(?:-->|//\s*\]\]>|\]\]>)?[\s;]*$")
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_metadata(page: RawPage, root: Element) -> tuple[tuple[Meta, ...], tuple[Problem, ...]]:
    """Every field that the markup states, the more trustworthy statements first, and JSON-LD that cannot be read."""
    scripts, problems = _scripts(page, root)
    stated = (
        *(meta for script in scripts for meta in _json_ld(script)),
        *_meta_elements(root),
        *_links(root),
        *_times(root),
        *_saved(page.text[:4000]),
        *_title_and_language(root),
    )
    return tuple(dict.fromkeys(meta for meta in stated if meta.value)), problems


def _clean(value: str) -> str:
    return " ".join(_SURROGATE.sub("", value).split())


def _scripts(page: RawPage, root: Element) -> tuple[list[Any], tuple[Problem, ...]]:
    scripts: list[Any] = []
    problems: list[Problem] = []
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "").lower() or not (script.text or "").strip():
            continue
        try:
            scripts.append(_loads(script.text or ""))
        except (ValueError, RecursionError) as error:
            what = f"its JSON-LD cannot be read and was left aside: {error}"
            todo = "nothing, if date and title are right; else state them in a side file"
            problems.append(Problem(page.file, "json-ld-broken", what, todo, script.sourceline, "warning"))
    return scripts, tuple(problems)


def _loads(text: str) -> Any:
    """JSON as pages write it: inside comments, with line breaks in strings and commas too many."""
    bare = _WRAPPING.sub("", text)
    try:
        return json.loads(bare, strict=False)
    except ValueError:
        return json.loads(_TRAILING_COMMA.sub(r"\1", bare), strict=False)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON tree, outer ones first."""
    waiting, seen = [tree], 0
    most: int = table("metadata")["json_ld"]["nodes"]
    while waiting and seen < most:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting += [inner for inner in node.values() if isinstance(inner, dict | list)]
        elif isinstance(node, list):
            waiting += node[:most]


def _json_ld(script: Any) -> Iterator[Meta]:
    nodes = list(_nodes(script))
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    article = next((node for node in nodes if _is_article(node)), None)
    for key, field in table("metadata")["json_ld"]["fields"].items() if article else ():
        for value in _values(article.get(key) if article else None, named):
            yield Meta(field, _clean(value), "json-ld")
    if article and isinstance(page := article.get("mainEntityOfPage"), str | dict):
        yield Meta("url", _clean(str(page.get("@id", "") if isinstance(page, dict) else page)), "json-ld")


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(name in table("metadata")["json_ld"]["types"] for name in names if isinstance(name, str))


def _values(value: Any, named: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The texts of a JSON-LD value: itself, its name, or the name of the object that it points to."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            name = part.get("name") or named.get(str(part.get("@id")), {}).get("name")
            yield from (text for text in (name if isinstance(name, list) else [name]) if isinstance(text, str))
        elif isinstance(part, str):
            yield part


@cache
def _places() -> dict[str, tuple[int, str]]:
    """Each key of a meta element to its rank and field."""
    rows = [(key, row["field"]) for row in table("metadata")["meta"] for key in row["keys"]]
    return {key: (rank, field) for rank, (key, field) in enumerate(rows)}


def _meta_elements(root: Element) -> list[Meta]:
    found: list[tuple[int, Meta]] = []
    for element in root.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            key = element.get(attribute, "").strip()
            place = _places().get(key.lower())
            value = _clean(element.get("content", ""))
            if place and value and not (place[1] == "author" and value.startswith("http")):
                where = key if ":" in key else f"meta {key}"
                found.append((place[0], Meta(place[1], value, where)))
    return [meta for _, meta in sorted(found, key=lambda pair: pair[0])]


def _links(root: Element) -> Iterator[Meta]:
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower().split():
            yield Meta("url", _clean(link.get("href", "")), "canonical")


def _times(root: Element) -> Iterator[Meta]:
    """Dates of `time` elements and of microdata; a change is told from the first publication by its name."""
    changed = set(table("metadata")["time"]["updated"])
    for element in root.iter("time", "span", "p", "div"):
        kind = element.get("itemprop", "").lower()
        if element.tag != "time" and kind not in {"datepublished", "datemodified"}:
            continue
        value = element.get("datetime") or element.get("content") or ""
        names = {kind, *re.split(r"[\s_-]+", element.get("class", "").lower())}
        field = "published" if names.isdisjoint(changed) else "updated"
        yield Meta(field, _clean(value), f"itemprop {element.get('itemprop')}" if kind else "time")


def _saved(head: str) -> Iterator[Meta]:
    """The notes that browsers leave at the head of a page they save."""
    if saved := _SAVED_FROM.search(head):
        yield Meta("url", saved[1], "saved from")
    if saved := _SINGLE_FILE.search(head):
        yield Meta("url", saved[1], "saved from")
        yield Meta("saved", _clean(saved[2]), "saved from")


def _title_and_language(root: Element) -> Iterator[Meta]:
    titles: Sequence[Element] = [title for title in root.iter("title") if title.getparent() is not None]
    if titles:
        yield Meta("title", _clean("".join(map(str, titles[0].itertext()))), "title element")
    yield Meta("lang", root.get("lang", ""), "html lang")
