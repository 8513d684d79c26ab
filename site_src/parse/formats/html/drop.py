"""Which elements of a page are no part of its articles: by tag, landmark, class name or being hidden.

No name drops an element that holds the better half of the page's text: a page wrapped in one form, or in a box
called "with-sidebar", is still a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from site_src.parse.formats.html.boxes import boxes_by_make
from site_src.parse.formats.limits import LIMITS
from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNSEEN = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE)
_WIDER = re.compile(r"(?:(?:sm|md|lg|xl|2xl):|d-(?:sm|md|lg|xl|xxl)-)(?:block|flex|grid|inline|table|contents)[\w-]*")
"""A class by which what phones hide is shown on wider screens."""
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LEVELS = 64
"""Elements at most between a header and the article or page that it is of."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""Their ids are addresses within the page, made of what they say."""
_FIRM = frozenset({"hidden", "dialog", "prompt", "links", "comments"})
"""Rules that hold for a box with a headline too, unless all of the page's headlines and most of its text are in it."""


@cache
def words_of(part: str, key: str) -> frozenset[str]:
    """A list of `tables/html.toml` as a set."""
    return frozenset(table("html")[part][key])


@cache
def _rule_of_word() -> dict[str, str]:
    return {word: rule for rule, words in table("html")["classes"].items() for word in words}


def dropped_elements(elements: Sequence[Element]) -> dict[Element, str]:
    """Elements (given in document order) that no article holds, each with the rule; what is inside them goes along."""
    weights, titled = _weights(elements), _titled(elements)
    total = max(1, weights[elements[0]]) if elements else 1
    made = boxes_by_make(elements, weights)
    dropped: dict[Element, str] = {}
    authors: list[Element] = []
    kept: tuple[str, ...] = ()
    for element in elements:
        rule = _rule(element) or made.get(element, "")
        if rule and not _is_kept(element, rule, weights[element] / total, titled):
            if kept and _is_part(element, kept):
                continue
            authors += [element] * (rule == "author" and weights[element] > 0)
            dropped |= {element: rule} if rule != "author" else {}
        elif rule and rule != "comments":
            kept += tuple(name + sign for name in _naming(element) for sign in "-_")
    return dropped | (_about_authors(authors, weights) if authors else {})


def _is_part(element: Element, kept: tuple[str, ...]) -> bool:
    """Whether an element is named after a box that is kept: "news-popup" with "news-popup__text" inside, by "popup"."""
    names = _naming(element)
    return bool(names) and all(name.startswith(kept) for name in names)


def _naming(element: Element) -> list[str]:
    """The class names of an element that speak for leaving it out."""
    return [name for name in element.get("class", "").lower().split() if _class_rule(name)]


def _about_authors(boxes: Sequence[Element], weights: Mapping[Element, int]) -> dict[Element, str]:
    """What boxes of the authors say at length of them; their names in them are the article's byline.

    A page with more boxes than authors calls so whoever speaks on it, in an interview or a live report.
    """
    inside = set(boxes)
    outer = [box for box in boxes if box.getparent() not in inside]
    if len(outer) > LIMITS["authors"]:
        return {}
    inner = (inner for box in outer if not _is_text(box) for inner in box.iter())
    said = (one for one in inner if weights[one] and not any(weights[child] for child in one))
    return dict.fromkeys((one for one in said if not _is_text(one)), "author")


def _is_text(element: Element) -> bool:
    """Whether an element is called a text: an article in the colours of its author's column."""
    names = map(str.lower, _TOKENS.findall(str(element.get("class", ""))))
    return not words_of("modifiers", "of_text").isdisjoint(names)


def _weights(elements: Sequence[Element]) -> dict[Element, int]:
    """Letters of running text in each element, those of links and of short labels not counted."""
    weights = dict.fromkeys(elements, 0)
    code = words_of("elements", "code")
    for element in reversed(elements):
        parent = element.getparent()
        if isinstance(element.tag, str) and element.tag not in code and element.tag != "a":
            weights[element] += _long(element.text)
        else:
            weights[element] = 0
        if parent is not None:
            weights[parent] += weights[element] + _long(element.tail)
    return weights


def _long(text: str | None) -> int:
    """The length of a text that runs on for several words, 0 for a label."""
    return len(text) if text and len(text) >= 40 and text.count(" ") >= 4 else 0


def _titled(elements: Sequence[Element]) -> dict[Element, int]:
    """How many headlines each element holds: h1 elements of more words than a site's name has."""
    holders: dict[Element, int] = {}
    for element in reversed(elements):
        if element.tag == "h1" and len("".join(map(str, element.itertext())).split()) >= LIMITS["teaser_words"]:
            holders[element] = holders.get(element, 0) + 1
        if (count := holders.get(element)) and (holder := element.getparent()) is not None:
            holders[holder] = holders.get(holder, 0) + count
    return holders


def _is_kept(element: Element, rule: str, share: float, titled: Mapping[Element, int]) -> bool:
    """Whether an element stays in spite of its name: the page's headline, or most of its text, is inside it."""
    if rule in {"noscript", "template"}:
        return False
    headlines, keep = titled.get(element, 0), LIMITS["keep"]
    if rule in _FIRM:
        return share > keep and headlines == max(titled.values(), default=0) and (headlines > 0 or rule != "comments")
    return headlines > 0 or share > keep


def _rule(element: Element) -> str:
    """The rule by which the element's own tag and attributes say that it is no part of an article, else ""."""
    tag = element.tag
    if not isinstance(tag, str) or tag in {"html", "body", "main", "h1"}:
        return ""
    attributes = element.attrib
    if tag == "template" and not words_of("elements", "shadow").isdisjoint(attributes):
        return ""
    known: Mapping[str, Any] = table("html")
    if (tag == "button" or attributes.get("role") == "button") and is_in_sentence(element):
        return ""
    return (
        known["elements"]["dropped"].get(tag)
        or (attributes and known["landmarks"].get(attributes.get("role", "").lower()))
        or (attributes and _hidden(attributes))
        or (tag in {"header", "footer"} and _is_of_the_site(element) and tag)
        or _class_rule(attributes.get("class", ""), "" if tag in _HEADINGS else attributes.get("id", ""))
        or ""
    )


def is_in_sentence(element: Element) -> bool:
    """Whether an element is a word between others of a paragraph, as a word that is explained at a click."""
    before, box = element.getprevious(), element.getparent()
    said = before.tail if before is not None else box is not None and box.text
    return bool((said or "").strip() and (element.tail or "").strip() and box is not None and box.tag in {"p", "li"})


def _hidden(attributes: Mapping[Any, Any]) -> str:
    """The rule for what no reader sees; `aria-hidden` says nothing of it: whole pages carry it below a dialog."""
    style = attributes.get("style", "")
    unseen = "hidden" in attributes or (style and _UNSEEN.search(style))
    names = attributes.get("class", "").lower().split()
    if not unseen and not words_of("exact", "hidden").isdisjoint(names):
        unseen = not any(map(_WIDER.fullmatch, names))
    return "hidden" if unseen else ""


def _is_of_the_site(element: Element) -> bool:
    """Whether a header or footer is the site's, not an article's: the outermost one, or one with navigation."""
    above = [box.tag for box in islice(element.iterancestors(), _LEVELS)]
    if "article" in above or "main" in above:
        return False
    return above[:1] == ["body"] or any(inner.tag in {"nav", "ul", "form"} for inner in islice(element.iter(), 500))


def _class_rule(*names: str) -> str:
    rules, modifiers = _rule_of_word(), tuple(table("html")["modifiers"]["starts"])
    for name in " ".join(names).split():
        if name.lower() in words_of("exact", "aside"):
            return "aside"
        words = () if name.lower().startswith(modifiers) else [*map(str.lower, _TOKENS.findall(name))]
        rule = next((rules[word] for word in words if word in rules), "")
        if rule and not (rule == "share" and words_of("modifiers", "of_fields").intersection(words)):
            return rule
    return ""
