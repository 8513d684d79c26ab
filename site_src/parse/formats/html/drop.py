"""Which elements of a page are no part of its articles: by tag, landmark, class name or because they are hidden.

No name drops an element that holds most of the page's text: a page wrapped in one form, or in a box called
"with-sidebar", is still a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from site_src.parse.formats.html.boxes import boxes_by_structure
from site_src.parse.formats.limits import LIMITS
from site_src.tables import table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNSEEN = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE)
_WIDER = re.compile(r"(?:(?:sm|md|lg|xl|2xl):|d-(?:sm|md|lg|xl|xxl)-)(?:block|flex|grid|inline|table|contents)[\w-]*")
"""A class that shows on wider screens what phones hide."""
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""The words of a class name or id."""
_LEVELS = 64
"""Elements between a header and the article or page that it belongs to, at most."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""Elements whose ids are made of their own words, so that they say nothing of their kind."""
_FIRM_RULES = frozenset({"hidden", "dialog", "prompt", "links", "comments"})
"""Rules that drop even a box with a headline, unless it holds all of the page's headlines and most of its text."""


@cache
def words_of(part: str, key: str) -> frozenset[str]:
    """A list of `tables/html.toml` as a set."""
    return frozenset(table("html")[part][key])


@cache
def _rule_of_word() -> dict[str, str]:
    return {word: rule for rule, words in table("html")["classes"].items() for word in words}


def dropped_elements(elements: Sequence[Element]) -> dict[Element, str]:
    """The elements (given in document order) that are no part of an article, each with the rule.

    What is inside such an element is dropped with it.
    """
    weights, headline_counts = _weights(elements), _headline_counts(elements)
    total = max(1, weights[elements[0]]) if elements else 1
    rules_by_structure = boxes_by_structure(elements, weights)
    dropped: dict[Element, str] = {}
    author_boxes: list[Element] = []
    spared_prefixes: tuple[str, ...] = ()
    for element in elements:
        rule = _rule(element) or rules_by_structure.get(element, "")
        if not rule:
            continue
        if _is_spared(element, rule, weights[element] / total, headline_counts):
            if rule != "comments":
                spared_prefixes += tuple(name + sign for name in _suspect_names(element) for sign in "-_")
        elif spared_prefixes and _is_part_of_spared(element, spared_prefixes):
            continue
        elif rule != "author":
            dropped[element] = rule
        elif weights[element] > 0:
            author_boxes.append(element)
    return dropped | (_about_authors(author_boxes, weights) if author_boxes else {})


def _is_part_of_spared(element: Element, prefixes: tuple[str, ...]) -> bool:
    """Whether an element is named after a spared box: "news-popup" with "news-popup__text" inside, by "popup"."""
    names = _suspect_names(element)
    return bool(names) and all(name.startswith(prefixes) for name in names)


def _suspect_names(element: Element) -> list[str]:
    """The class names of an element by which it would be dropped."""
    return [name for name in element.get("class", "").lower().split() if _class_rule(name)]


def _about_authors(boxes: Sequence[Element], weights: Mapping[Element, int]) -> dict[Element, str]:
    """The long texts in the boxes of authors, which are about them; the names there are the article's byline.

    If there are more boxes than an article has authors, the page uses the name for whoever speaks on it, in an
    interview or a live report, and nothing is dropped.
    """
    all_boxes = set(boxes)
    outermost = [box for box in boxes if box.getparent() not in all_boxes]
    if len(outermost) > LIMITS["authors"]:
        return {}
    inner = (element for box in outermost if not _is_called_text(box) for element in box.iter())
    innermost = (element for element in inner if weights[element] and not any(weights[child] for child in element))
    return dict.fromkeys((element for element in innermost if not _is_called_text(element)), "author")


def _is_called_text(element: Element) -> bool:
    """Whether a class name calls an element a text: an article in the colours of its author's column."""
    names = map(str.lower, _TOKENS.findall(str(element.get("class", ""))))
    return not words_of("modifiers", "of_text").isdisjoint(names)


def _weights(elements: Sequence[Element]) -> dict[Element, int]:
    """The characters of running text in each element; links and short labels are not counted."""
    weights = dict.fromkeys(elements, 0)
    code = words_of("elements", "code")
    for element in reversed(elements):
        parent = element.getparent()
        if isinstance(element.tag, str) and element.tag not in code and element.tag != "a":
            weights[element] += _running_length(element.text)
        else:
            weights[element] = 0
        if parent is not None:
            weights[parent] += weights[element] + _running_length(element.tail)
    return weights


def _running_length(text: str | None) -> int:
    """The length in characters of a text of several words; 0 for a label."""
    return len(text) if text and len(text) >= 40 and text.count(" ") >= 4 else 0


def _headline_counts(elements: Sequence[Element]) -> dict[Element, int]:
    """How many headlines each element holds: h1 elements with more words than the name of a site."""
    counts: dict[Element, int] = {}
    for element in reversed(elements):
        if element.tag == "h1" and len("".join(map(str, element.itertext())).split()) >= LIMITS["teaser_words"]:
            counts[element] = counts.get(element, 0) + 1
        if (count := counts.get(element)) and (parent := element.getparent()) is not None:
            counts[parent] = counts.get(parent, 0) + count
    return counts


def _is_spared(element: Element, rule: str, share: float, headline_counts: Mapping[Element, int]) -> bool:
    """Whether an element stays in spite of a rule, because it holds the headline or most of the text of the page.

    `share` is the element's share of the running text of the page.
    """
    if rule in {"noscript", "template"}:
        return False
    headlines, holds_most = headline_counts.get(element, 0), share > LIMITS["keep"]
    if rule not in _FIRM_RULES:
        return headlines > 0 or holds_most
    if not holds_most or headlines < max(headline_counts.values(), default=0):
        return False
    return headlines > 0 or rule != "comments"


def _rule(element: Element) -> str:
    """The rule by which an element's own tag and attributes say that it is no part of an article; "" without one."""
    tag = element.tag
    if not isinstance(tag, str) or tag in {"html", "body", "main", "h1"}:
        return ""
    attributes = element.attrib
    if tag == "template" and not words_of("elements", "shadow").isdisjoint(attributes):
        return ""
    rules: Mapping[str, Any] = table("html")
    if (tag == "button" or attributes.get("role") == "button") and is_in_sentence(element):
        return ""
    return (
        rules["elements"]["dropped"].get(tag)
        or (attributes and rules["landmarks"].get(attributes.get("role", "").lower()))
        or (attributes and _hidden_rule(attributes))
        or (tag in {"header", "footer"} and _is_of_the_site(element) and tag)
        or _class_rule(attributes.get("class", ""), "" if tag in _HEADINGS else attributes.get("id", ""))
        or ""
    )


def is_in_sentence(element: Element) -> bool:
    """Whether an element is a word between others of a paragraph, such as one that is explained at a click."""
    previous, box = element.getprevious(), element.getparent()
    text_before = previous.tail if previous is not None else box is not None and box.text
    return bool(
        (text_before or "").strip() and (element.tail or "").strip() and box is not None and box.tag in {"p", "li"}
    )


def _hidden_rule(attributes: Mapping[Any, Any]) -> str:
    """The rule "hidden" for what no reader sees, else "".

    `aria-hidden` does not count: whole pages carry it below a dialog.
    """
    style = attributes.get("style", "")
    is_hidden = "hidden" in attributes or (style and _UNSEEN.search(style))
    names = attributes.get("class", "").lower().split()
    if not is_hidden and not words_of("exact", "hidden").isdisjoint(names):
        is_hidden = not any(map(_WIDER.fullmatch, names))
    return "hidden" if is_hidden else ""


def _is_of_the_site(element: Element) -> bool:
    """Whether a header or footer is that of the site, not of an article: the outermost one, or one with navigation."""
    above = [box.tag for box in islice(element.iterancestors(), _LEVELS)]
    if "article" in above or "main" in above:
        return False
    return above[:1] == ["body"] or any(inner.tag in {"nav", "ul", "form"} for inner in islice(element.iter(), 500))


def _class_rule(*names: str) -> str:
    """The rule of the first class name or id that has one; "" without any. Each argument may hold several names."""
    rules, modifiers = _rule_of_word(), tuple(table("html")["modifiers"]["starts"])
    for name in " ".join(names).split():
        if name.lower() in words_of("exact", "aside"):
            return "aside"
        words = () if name.lower().startswith(modifiers) else [*map(str.lower, _TOKENS.findall(name))]
        rule = next((rules[word] for word in words if word in rules), "")
        if rule and not (rule == "share" and words_of("modifiers", "of_fields").intersection(words)):
            return rule
    return ""
