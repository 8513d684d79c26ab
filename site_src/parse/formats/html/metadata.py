"""Fields that HTML states outside of the text: JSON-LD, OpenGraph and other meta elements, `time`, canonical links.

Values are handed on as written; what they mean, and whether they contradict the page, is decided in `fields`.
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
from site_src.parse.fields.names import names_outlet
from site_src.parse.fields.statements import is_bare_date
from site_src.parse.formats.html.elements import Heads, called_authors, clean, times
from site_src.parse.head.window import last_part, site_around
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
_COMMENT_MARKS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?|(?:-->|//\s*\]\]>|\]\]>)?[\s;]*$")
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_PAGE_ADDRESS = re.compile(r"https?://[^/\s]+/(?:[^\s?#]*/)?[^\s?#/]*[-\d][^\s?#/]*\.[a-z]?html?")
"""The address of a single page, known by the digit or hyphen in its file name; not of a site, folder or front page."""
_TYPE = re.compile(r'"@type"\s*:\s*"(\w{1,40})"')
_PLAIN_VALUE = re.compile(r'"(headline|datePublished|dateModified)"\s*:\s*"([^"\n]{1,400})"\s*[,}\n]')
_NAMED_VALUE = re.compile(r'"(author|publisher)"\s*:\s*\{[^{}\[\]]{0,200}?"name"\s*:\s*"([^"\n]{1,100})"')
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_metadata(page: RawPage, root: Element, heads: Heads) -> tuple[tuple[Meta, ...], tuple[Problem, ...]]:
    """The fields that the markup states, the more trustworthy statements first, and a problem for broken JSON-LD.

    On a page of several articles a statement belongs to the article whose headline it names or in which it stands. One
    about the whole page belongs to the article that the page's title names, else to the first.
    """
    scripts, problems = _scripts(page, root)
    of_page, last = _meta_elements(root), tuple(_title_and_language(root))
    owner = _owner([meta.value for meta in (*of_page, *last) if meta.name == "title"], heads)
    fields = (
        *_json_ld(scripts, heads), *of_page, *_links(root), *_saved(page.text[:4000]), *times(root, heads),
        *called_authors(root, heads), *last
    )  # fmt: skip
    fields = (*_without_sites(fields, heads), *_days_of_titles(fields, heads), *_sites_for_titles(fields))
    owned = (
        field if field.group or field.name in OF_SITE else replace(field, group=owner)
        for field in fields
        if field.value
    )
    return tuple(sorted(dict.fromkeys(owned), key=_is_incomplete_day)), problems


def _is_incomplete_day(field: Meta) -> bool:
    """Whether a statement is a date without its day, which counts less than a full date."""
    if field.name not in {"published", "updated"}:
        return False
    day = stated_day(field.value, None)
    return day is None or not day.full


def _owner(titles: Sequence[str], heads: Heads) -> int:
    """The group of the article that a title of the page names, else of the first article."""
    groups = (heads.group_of(title) for title in titles)
    first = min((group for _, group in heads.titles), default=0)
    return next((group for group in groups if group is not None), first)


def _without_sites(fields: Sequence[Meta], heads: Heads) -> Iterator[Meta]:
    """The fields without authors that are the site itself, by any of the names that the page gives the site."""
    sites = [field.value for field in fields if field.name == "outlet"]
    titles = [field.value for field in fields if field.name == "title"]
    heads_by_title = {title: head for title in titles for head, _ in heads.titles if head in fold(title)}
    sites += [site for title, head in heads_by_title.items() if (site := site_around(fold(title), head))]
    site_letters = {_letters(site) for site in sites}
    for field in fields:
        author = _letters(field.value) if field.name == "author" else ""
        if not author or not any(author in letters for letters in site_letters):
            yield field


def _letters(name: str) -> str:
    """A name without spaces and signs, folded."""
    return "".join(words(name))


def _days_of_titles(fields: Sequence[Meta], heads: Heads) -> Iterator[Meta]:
    """The full date that ends the page's title, where neither the markup nor the head of the text states one."""
    if heads.dated or any(field.name == "published" for field in fields):
        return
    for field in fields:
        tail = last_part(field.value)[2] if field.name == "title" else ""
        days = find_dates(tail) if is_bare_date(tail) else ()
        if len(days) == 1 and days[0].day.full:
            yield Meta("published", tail, field.where, field.group)


def _sites_for_titles(fields: Sequence[Meta]) -> Iterator[Meta]:
    """The outlet's name that stands in place of the window's title, where the page states its headline elsewhere."""
    titles = [field for field in fields if field.name == "title"]
    headline_words = set(words(" ".join(field.value for field in titles if field.where != "title element")))
    for field in titles if headline_words else ():
        if field.where != "title element" or not headline_words.isdisjoint(words(field.value)):
            continue
        if agency_of(field.value) or names_outlet(field.value):
            yield Meta("outlet", field.value, field.where)


def stated_titles(root: Element) -> tuple[str, ...]:
    """The titles that the page states outside of its text, folded."""
    fields = (*_meta_elements(root), *_title_and_language(root))
    return tuple(fold(field.value) for field in fields if field.name == "title" and field.value)


def stated_body(page: RawPage, root: Element) -> str:
    """The text of the article in JSON-LD, "" without one: for pages that scripts would have filled."""
    scripts, _ = _scripts(page, root)
    nodes = (node for script in scripts for node in _nodes(script) if _is_article(node))
    bodies = (node["articleBody"] for node in nodes if isinstance(node.get("articleBody"), str))
    return _SURROGATE.sub("", next(bodies, ""))


def _scripts(page: RawPage, root: Element) -> tuple[list[Any], tuple[Problem, ...]]:
    """The JSON values of the page's JSON-LD, and a problem for each script that cannot be read."""
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
    """The complete values of an article in broken JSON-LD: its headline, days, writer and publisher."""
    kind = _TYPE.search(text)
    plain = {match[1]: match[2] for match in reversed([*_PLAIN_VALUE.finditer(text, kind.end() if kind else 0)])}
    named = {match[1]: {"name": match[2]} for match in reversed([*_NAMED_VALUE.finditer(text)])}
    node = {"@type": kind[1], **plain, **named} if kind else {}
    return [node] if _is_article(node) and "headline" in node else []


def _loads(text: str) -> Any:
    """The value of JSON as pages write it: inside comments, with line breaks in strings and trailing commas."""
    bare = _COMMENT_MARKS.sub("", text)
    try:
        return json.loads(bare, strict=False)
    except ValueError:
        return json.loads(_TRAILING_COMMA.sub(r"\1", bare), strict=False)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON tree, outer ones first, up to a limit."""
    waiting, visited = [tree], 0
    most: int = table("metadata")["json_ld"]["nodes"]
    while waiting and visited < most:
        node = waiting.pop(0)
        visited += 1
        if isinstance(node, dict):
            yield node
            waiting += [inner for inner in node.values() if isinstance(inner, dict | list)]
        elif isinstance(node, list):
            waiting += node[:most]


def _json_ld(scripts: Sequence[Any], heads: Heads) -> Iterator[Meta]:
    """The fields of each article object whose headline stands on the page; of the first where none does.

    One whose headline shares no word with a headline of the page is about another article.
    """
    nodes = [node for script in scripts for node in _nodes(script)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    articles = [(node, heads.group_of(str(node.get("headline") or " "))) for node in nodes if _is_article(node)]
    on_page = [(node, group) for node, group in articles if group is not None]
    for node, group in on_page or [(node, 0) for node, _ in articles[:1] if _may_be_on_page(node, heads)]:
        for field in _fields(node, named):
            yield replace(field, group=group)


def _may_be_on_page(article: dict[str, Any], heads: Heads) -> bool:
    """Whether the headline of an article object shares a word with one of the page.

    It may where either has no words in letters beyond ASCII: a headline in English says nothing of an Arabic page's.
    """
    texts = str(article.get("headline") or ""), " ".join(title for title, _ in heads.titles)
    stated, shown = ({word for word in words(text) if not word.isascii()} for text in texts)
    return not (stated and shown) or not stated.isdisjoint(shown)


def _fields(article: dict[str, Any], named: dict[str, dict[str, Any]]) -> Iterator[Meta]:
    """The fields of an article object; `named` are the objects with a name, by their `@id`."""
    for key, name in table("metadata")["json_ld"]["fields"].items():
        value = article.get(key)
        texts = list(map(clean, _texts(_people(value) if name == "author" else value, named)))
        yield from (Meta(name, text, "json-ld") for text in (["، ".join(texts)] if name == "author" else texts))
    if isinstance(page := article.get("mainEntityOfPage"), str | dict):
        yield Meta("url", clean(str(page.get("@id", "") if isinstance(page, dict) else page)), "json-ld")


def _people(authors: Any) -> list[Any]:
    """The authors without organisations that are no agencies, such as a site that signs its own reports."""
    return [
        author
        for author in (authors if isinstance(authors, list) else [authors])
        if not _is_organisation(author) or agency_of(str(author.get("name")))
    ]


def _is_organisation(author: Any) -> bool:
    return isinstance(author, dict) and "Organization" in str(author.get("@type"))


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(name in table("metadata")["json_ld"]["types"] for name in names if isinstance(name, str))


def _texts(value: Any, named: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The texts of a JSON-LD value: itself, its name, or the name of the object whose `@id` it holds."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            name = part.get("name") or named.get(str(part.get("@id")), {}).get("name")
            yield from (text for text in (name if isinstance(name, list) else [name]) if isinstance(text, str))
        elif isinstance(part, str):
            yield part


@cache
def _meta_keys() -> dict[str, tuple[int, str]]:
    """The rank and the field of each key of a meta element."""
    rows = [(key, row["field"]) for row in table("metadata")["meta"] for key in row["keys"]]
    return {key: (rank, field) for rank, (key, field) in enumerate(rows)}


def _meta_elements(root: Element) -> list[Meta]:
    """The fields of the page's meta elements, in the order of the table."""
    ranked: list[tuple[int, Meta]] = []
    for element in root.iter("meta"):
        value = clean(element.get("content", ""))
        for attribute in ("property", "name", "itemprop") if value else ():
            key = element.get(attribute, "").strip()
            if key.lower() not in _meta_keys():
                continue
            rank, field = _meta_keys()[key.lower()]
            if not (field == "author" and value.startswith("http")):
                where = key if ":" in key else f"meta {key}"
                ranked.append((rank, Meta(field, value, where)))
    return [meta for _, meta in sorted(ranked, key=lambda pair: pair[0])]


def _links(root: Element) -> Iterator[Meta]:
    """The page's own address: by its canonical link, by an archive's link to the original, or as the base of links."""
    links = [(set(link.get("rel", "").lower().split()), link.get("href", "")) for link in root.iter("link")]
    for rel in ("canonical", "original"):
        yield from (Meta("url", clean(href), rel) for rels, href in links if rel in rels)
    bases = (base.get("href", "") for base in root.iter("base"))
    yield from (Meta("url", href, "base") for href in bases if _PAGE_ADDRESS.fullmatch(href))


def _saved(head: str) -> Iterator[Meta]:
    """The address and the time that browsers note at the head of a page when they save it."""
    if note := _SAVED_FROM.search(head):
        yield Meta("url", note[1], "saved from")
    if note := _SINGLE_FILE.search(head):
        yield Meta("url", note[1], "saved from")
        yield Meta("saved", clean(note[2]), "saved from")


def _title_and_language(root: Element) -> Iterator[Meta]:
    """The title element, which in a feed names the outlet, and the language of the page."""
    titles: Sequence[Element] = [title for title in root.iter("title") if title.getparent() is not None]
    if titles:
        is_feed = titles[0].getparent().tag == "channel"
        name, where = ("outlet", "channel") if is_feed else ("title", "title element")
        yield Meta(name, clean("".join(map(str, titles[0].itertext()))), where)
    yield Meta("lang", root.get("lang", ""), "html lang")
