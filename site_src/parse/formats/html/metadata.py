"""Fields that HTML states outside of the text: JSON-LD, OpenGraph and other meta elements, `time`, canonical links.

Values are handed on as written; what they mean, and whether they contradict the page, is decided with the fields.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from site_src.model.page import RawPage
from site_src.model.report import Problem
from site_src.parse.blocks import OF_SITE, Meta
from site_src.parse.fields.names import names_outlet, site_around
from site_src.parse.fields.stated import is_bare_date
from site_src.parse.formats.html.elements import Heads, called_authors, clean, times
from site_src.tables import table
from site_src.text.agencies import agency_of
from site_src.text.dates import find_dates
from site_src.text.fold import fold, words
from site_src.text.stated_days import stated_day

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d+\)(\S{1,2000})\s{0,9}-->")
_SINGLE_FILE = re.compile(
    r"<!--\s{0,9}Page saved with SingleFile\s{0,9}url:\s{0,9}(\S+)\s{1,9}saved date:\s{0,9}([^\n]+)"
)
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?|(?:-->|//\s*\]\]>|\]\]>)?[\s;]*$")
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_PAGE_ADDRESS = re.compile(r"https?://[^/\s]+/(?:[^\s?#]*/)?[^\s?#/]*[-\d][^\s?#/]*\.[a-z]?html?")
"""That of a page with a number or words for its name, not of a site, of one of its folders or of its first page."""
_KIND = re.compile(r'"@type"\s*:\s*"(\w{1,40})"')
_PLAIN_VALUE = re.compile(r'"(headline|datePublished|dateModified)"\s*:\s*"([^"\n]{1,400})"\s*[,}\n]')
_NAMED_VALUE = re.compile(r'"(author|publisher)"\s*:\s*\{[^{}\[\]]{0,200}?"name"\s*:\s*"([^"\n]{1,100})"')
_BAR = re.compile(r"\s[|–—-]\s")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_metadata(page: RawPage, root: Element, heads: Heads) -> tuple[tuple[Meta, ...], tuple[Problem, ...]]:
    """Every field that the markup states, the more trustworthy statements first, and JSON-LD that cannot be read.

    On a page of several articles a statement goes to the one whose headline it names or in which it stands,
    and what speaks of the whole page to the article that the page's title names, else to the first.
    """
    scripts, problems = _scripts(page, root)
    whole, last = _meta_elements(root), tuple(_title_and_language(root))
    owner = _owner([meta.value for meta in (*whole, *last) if meta.name == "title"], heads)
    stated = (
        *_json_ld(scripts, heads), *whole, *_links(root), *_saved(page.text[:4000]), *times(root, heads),
        *called_authors(root, heads), *last
    )  # fmt: skip
    stated = (*_without_sites(stated, heads), *_days_of_titles(stated, heads), *_sites_for_titles(stated))
    owned = (one if one.group or one.name in OF_SITE else replace(one, group=owner) for one in stated if one.value)
    return tuple(sorted(dict.fromkeys(owned), key=_is_vague)), problems


def _is_vague(one: Meta) -> bool:
    """Whether a statement is a day without its day, which counts after those that are whole."""
    if one.name not in {"published", "updated"}:
        return False
    day = stated_day(one.value, None)
    return day is None or not day.full


def _owner(titles: Sequence[str], heads: Heads) -> int:
    named = (heads.group_of(title) for title in titles)
    first = min((group for _, group in heads.titles), default=0)
    return next((group for group in named if group is not None), first)


def _without_sites(stated: Sequence[Meta], heads: Heads) -> Iterator[Meta]:
    """The statements without authors that are the site itself, by any of the names that the page gives it."""
    sites = [one.value for one in stated if one.name == "outlet"]
    titles = [one.value for one in stated if one.name == "title"]
    heads_of = {title: head for title in titles for head, _ in heads.titles if head in fold(title)}
    sites += [site for title, head in heads_of.items() if (site := site_around(fold(title), head))]
    known = {_letters(site) for site in sites}
    for one in stated:
        name = _letters(one.value) if one.name == "author" else ""
        if not name or not any(name in site for site in known):
            yield one


def _letters(name: str) -> str:
    return "".join(words(name))


def _days_of_titles(stated: Sequence[Meta], heads: Heads) -> Iterator[Meta]:
    """The full date that ends the page's title, where neither the markup nor the head of the text states one."""
    if heads.dated or any(one.name == "published" for one in stated):
        return
    for one in stated:
        tail = _BAR.split(one.value)[-1].strip() if one.name == "title" and _BAR.search(one.value) else ""
        days = find_dates(tail) if is_bare_date(tail) else ()
        if len(days) == 1 and days[0].day.full:
            yield Meta("published", tail, one.where, one.group)


def _sites_for_titles(stated: Sequence[Meta]) -> Iterator[Meta]:
    """The name of a medium that stands where the window's title does, on a page that states its headline elsewhere."""
    titles = [one for one in stated if one.name == "title"]
    headlines = set(words(" ".join(one.value for one in titles if one.where != "title element")))
    for one in titles:
        named = agency_of(one.value) or names_outlet(one.value)
        if headlines and one.where == "title element" and named and headlines.isdisjoint(words(one.value)):
            yield Meta("outlet", one.value, one.where)


def stated_titles(root: Element) -> tuple[str, ...]:
    """What the page calls its title outside of its text, folded."""
    stated = (*_meta_elements(root), *_title_and_language(root))
    return tuple(fold(meta.value) for meta in stated if meta.name == "title" and meta.value)


def stated_body(page: RawPage, root: Element) -> str:
    """The article's text as JSON-LD repeats it, "" where it does not: for pages that scripts would have filled."""
    scripts, _ = _scripts(page, root)
    nodes = (node for script in scripts for node in _nodes(script) if _is_article(node))
    bodies = (node["articleBody"] for node in nodes if isinstance(node.get("articleBody"), str))
    return _SURROGATE.sub("", next(bodies, ""))


def _scripts(page: RawPage, root: Element) -> tuple[list[Any], tuple[Problem, ...]]:
    scripts: list[Any] = []
    problems: list[Problem] = []
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "").lower() or not (script.text or "").strip():
            continue
        try:
            scripts.append(_loads(script.text or ""))
        except (ValueError, RecursionError) as error:
            scripts += _salvaged(script.text or "")
            what = f"its JSON-LD cannot be read; only what it states plainly was used: {error}"
            todo = "nothing, if date and title are right; else state them in a side file"
            problems.append(Problem(page.file, "json-ld-broken", what, todo, script.sourceline, "warning"))
    return scripts, tuple(problems)


def _salvaged(text: str) -> list[Any]:
    """What the broken JSON-LD of an article states in whole values: its headline, days, writer and publisher."""
    kind = _KIND.search(text)
    found = {key[1]: key[2] for key in reversed([*_PLAIN_VALUE.finditer(text, kind.end() if kind else 0)])}
    named = {key[1]: {"name": key[2]} for key in reversed([*_NAMED_VALUE.finditer(text)])}
    node = {"@type": kind[1], **found, **named} if kind else {}
    return [node] if _is_article(node) and "headline" in node else []


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


def _json_ld(scripts: Sequence[Any], heads: Heads) -> Iterator[Meta]:
    """The fields of each article object whose headline stands on the page; of the first where none does."""
    nodes = [node for script in scripts for node in _nodes(script)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    articles = [(node, heads.group_of(str(node.get("headline") or " "))) for node in nodes if _is_article(node)]
    ours = [(node, group) for node, group in articles if group is not None]
    for node, group in ours or articles[:1]:
        for meta in _fields(node, named):
            yield replace(meta, group=group or 0)


def _fields(article: dict[str, Any], named: dict[str, dict[str, Any]]) -> Iterator[Meta]:
    for key, name in table("metadata")["json_ld"]["fields"].items():
        stated = article.get(key)
        values = list(map(clean, _values(_people(stated) if name == "author" else stated, named)))
        yield from (Meta(name, value, "json-ld") for value in (["، ".join(values)] if name == "author" else values))
    if isinstance(page := article.get("mainEntityOfPage"), str | dict):
        yield Meta("url", clean(str(page.get("@id", "") if isinstance(page, dict) else page)), "json-ld")


def _people(authors: Any) -> list[Any]:
    """The authors but organisations that are no agencies: a site that signs its own reports."""
    return [
        one
        for one in (authors if isinstance(authors, list) else [authors])
        if not (isinstance(one, dict) and "Organization" in str(one.get("@type"))) or agency_of(str(one.get("name")))
    ]


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
            value = clean(element.get("content", ""))
            if place and value and not (place[1] == "author" and value.startswith("http")):
                where = key if ":" in key else f"meta {key}"
                found.append((place[0], Meta(place[1], value, where)))
    return [meta for _, meta in sorted(found, key=lambda pair: pair[0])]


def _links(root: Element) -> Iterator[Meta]:
    """The page's own address: as its site states it, as the archive that kept it does, or what its links start from."""
    links = [(set(link.get("rel", "").lower().split()), link.get("href", "")) for link in root.iter("link")]
    for rel in ("canonical", "original"):
        yield from (Meta("url", clean(href), rel) for rels, href in links if rel in rels)
    bases = (base.get("href", "") for base in root.iter("base"))
    yield from (Meta("url", href, "base") for href in bases if _PAGE_ADDRESS.fullmatch(href))


def _saved(head: str) -> Iterator[Meta]:
    """The notes that browsers leave at the head of a page they save."""
    if saved := _SAVED_FROM.search(head):
        yield Meta("url", saved[1], "saved from")
    if saved := _SINGLE_FILE.search(head):
        yield Meta("url", saved[1], "saved from")
        yield Meta("saved", clean(saved[2]), "saved from")


def _title_and_language(root: Element) -> Iterator[Meta]:
    titles: Sequence[Element] = [title for title in root.iter("title") if title.getparent() is not None]
    if titles:
        of_feed = titles[0].getparent().tag == "channel"
        name, where = ("outlet", "channel") if of_feed else ("title", "title element")
        yield Meta(name, clean("".join(map(str, titles[0].itertext()))), where)
    yield Meta("lang", root.get("lang", ""), "html lang")
