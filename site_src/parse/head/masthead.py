"""Masthead: what a page calls itself, where no line of credit says it.

A logo is the first line of a copied page. It is the site's name if the page names it again as only a site is named:
beside a person or a place below the headline, in its prompts, in the line of its rights, or as whom somebody spoke to.
A name that holds a word for a medium needs no second place, there or below the headline. What stands further down above
the headline is a menu; what the page says once stays unknown: it may be a section or a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from site_src.model.fields import UNKNOWN, Found
from site_src.parse.fields.names import is_distinctive, is_person, is_place, names_medium, names_outlet, outlet_name
from site_src.parse.fields.outlets import is_scene
from site_src.parse.head.window import site_in_window
from site_src.parse.lines import Line
from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.agencies import agency_of
from site_src.text.fold import fold, fold_all, folded, words
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_NAME_MOST = 4
_HOLDER_MOST = 3
_HALF_LEAST = 3
"""Letters of a name, at least, that was glued to itself: a shorter one is a word of its own (سمسم)."""
_BEFORE_MOST = 60
"""Letters before a name that are looked at: a verb, a word and a preposition."""
_DOMAIN = late(r"(?:[a-z\d-]{2,}\.){1,3}[a-z]{2,}", re.IGNORECASE)
"""The address of a site alone on a line, as a reader view sets it."""
_LETTER = late(r"[^\W\d_]")
_VERB = late(r"س?[يت]\w{2,}\Z")
"""A verb in the present, as headlines have it: no name of an institution, which has nouns with their article."""
_PARTS = late(r"\s*[|/&«»\"“”]\s*|\s+[-–—]\s*|[-–—]\s+|\s?[:：]\s*")
_RIGHTS = late(r"(?<!\d)[12١٢]\d{3}(?!\d)|[©–—|.،,:-]+|\(c\)|(?<!\w)لـ?(?=\s|$)", re.IGNORECASE)
_OWNED = late(r"\A\s*ل(?:ـ\s?|(?=[^\W\d_]{3})(ل)?)")
_NAMES_SITE = late(r"(?<!\bعن )(?<!\bفي )(?<!\w)[لبو]?\Z")
"""What stands before the site's name in its prompts; what a prompt is about stands behind a preposition."""
_SIGN = late(r"©|حقوق|copyright|rights")
_PROMPTS = frozenset({"follow", "app", "newsletter", "disclaimer", "copyright"})


def site_of(lines: Sequence[Line]) -> Found[str]:
    """The name of the site that these lines were copied from, with the line that says so; unknown without evidence."""
    for name, line in _names_of_site(lines):
        return Found(name, "inferred", line.text, f"line {line.line}")
    return UNKNOWN


def _names_of_site(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """The names that the lines give their site, each with the line that says so, the surest first."""
    first = next((place for place, line in enumerate(lines) if line.is_body), 0)
    if name := _head_of_issue(lines[:first]):
        yield name, lines[0]
    if first > 1 and (name := site_in_window(lines)):
        yield _bare(name), lines[0]
    head = next((place for place in range(first) if lines[place].is_headline), first)
    logo = next((line for line in lines[:head] if line.rule != "skip-links"), None)
    if logo and _DOMAIN.fullmatch(logo.text):
        yield logo.text.removeprefix("www."), logo
    if logo and _may_be_name(logo) and (evidence := _named_again(logo, lines, lines[head + 1 : first])) is not None:
        yield _bare(logo.text), evidence
    text = lines[first:]
    for place, line in enumerate(lines[:first]):
        if line.words <= 2 * _NAME_MOST and not (line.finished or is_scene(line, text)):
            for name in _media(line, line is logo or (place > head and not line.is_headline)):
                yield _bare(name), line
    yield from _holders(lines)


def _head_of_issue(above: Sequence[Line]) -> str:
    """What the first line names as only a paper or an institution is named: by the issue or release of it; or ""."""
    if len(above) < 2 or not any(line.is_headline for line in above[1:]):
        return ""
    name, bar, rest = above[0].text.partition(" | ")
    if bar and above[0].sort == "text" and (names_outlet(name) or names_medium(name)):
        return _bare(name) if is_distinctive(name) and rest.count(" ") < _NAME_MOST else ""
    below = above[1].plain
    if not _may_be_name(above[0]) or above[1].is_body or is_person(above[0].text):
        return ""
    released = names_institution(above[0].text) and _release().match(below)
    return _bare(above[0].text) if released or _issue().search(below) else ""


def names_institution(text: str) -> bool:
    """Whether a text begins with a word for an institution, and says nothing of it."""
    found = words(text)
    named = not word_list("bylines", "institutions").isdisjoint(found[:1])
    return named and not any(map(_VERB.match, found[1:]))


def names_site(lines: Sequence[Line], site: str) -> bool:
    """Whether one of these lines, which is no paragraph, holds the name of the site."""
    name = fold(site)
    return any(name in line.plain for line in lines if not line.is_body)


def _may_be_name(line: Line) -> bool:
    named = line.sort == "text" or line.rule == "latin-ui" or (line.rule == "source" and line.value == line.text)
    return (
        named
        and not (line.role or line.finished)
        and line.words <= _NAME_MOST
        and bool(_LETTER.search(line.text))
        and not agency_of(line.text)
        and not is_place(line.text)
        and is_distinctive(line.text)
    )


def _media(line: Line, named: bool) -> Iterator[str]:
    """What a line calls a medium: in any place "newspaper NAME"; `named`, where a name stands, by a word in it."""
    if _may_be_name(line) and names_outlet(line.text):
        yield line.text
    elif named and not line.value:
        parts = (part for part in _PARTS.split(line.text) if names_outlet(part) or names_medium(part))
        yield from (part for part in parts if is_distinctive(part))


def _bare(name: str) -> str:
    """The name without what surrounds it, once where a logo and its description were glued."""
    name = name.strip(" -–—|:،,")
    half = len(name) // 2
    return outlet_name(name[:half] if half >= _HALF_LEAST and name[:half] == name[half:] else name)


def _named_again(line: Line, lines: Sequence[Line], credits: Sequence[Line]) -> Line | None:
    """The line that names what stands in `line` as a site is named; `credits` stand between headline and text."""
    name = fold(_bare(line.text))
    for other in lines:
        if name not in other.plain or other.plain == line.plain:
            continue
        before = list(_before(name, other.plain))
        prompts = other.rule in _PROMPTS or (not other.is_body and _rights_phrases().search(other.plain))
        if prompts and any(map(_NAMES_SITE.search, before)):
            return other
        if _is_longer_name(other, name):
            return other
        if any(map(_spoken_to().search, before)) or (other in credits and _stands_beside(other, name)):
            return other
    return None


def _before(name: str, plain: str) -> Iterator[str]:
    """The words before the name, wherever it stands and its last word ends with it."""
    start = plain.find(name)
    while start >= 0:
        if not plain[start + len(name) :][:1].isalnum():
            yield plain[max(0, start - _BEFORE_MOST) : start]
        start = plain.find(name, start + 1)


def _is_longer_name(line: Line, name: str) -> bool:
    """Whether a line is the name behind a word for an outlet, with further words or none."""
    bare = _bare(line.text)
    return bare != line.text and line.words <= _NAME_MOST and words(bare)[: len(words(name))] == words(name)


def _stands_beside(line: Line, name: str) -> bool:
    """Whether the name is one of two parts: "NAME - place", "place: «NAME»"; before a colon one speaks."""
    parts = [part for part in _PARTS.split(line.plain) if part]
    return len(parts) == 2 and name in parts[":" in line.plain :]


@cache
def _spoken_to() -> re.Pattern[str]:
    """What stands before whom somebody spoke to."""
    told, own = (alternatives(table("bylines")["words"][key]) for key in ("told_to", "before_own"))
    return compiled(rf"(?:\b(?:{told})\s(?:\w+\s)?ل(?:ـ)?|\b(?:{own})\s)[«\"“]?\s?\Z")


def _holders(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """Who holds the rights to the page, where a line below its text says no more than a name."""
    text = next((place for place, line in enumerate(lines) if line.is_body), len(lines))
    for line in reversed(lines[text:]):
        signed = line.rule == "copyright" and line.words <= 2 * _NAME_MOST and _SIGN.search(line.plain)
        if signed and (name := _rest_of_rights(line)):
            yield name, line


def _rest_of_rights(line: Line) -> str:
    """The name beside the sign and the year; "" where it is nobody's, or not that of a site."""
    plain = folded(line.text)
    phrase = _rights_phrases().search(plain.text)
    start, end = plain.span(*phrase.span()) if phrase is not None else (0, 0)
    rest = " ".join(_RIGHTS.sub(" ", f"{line.text[:start]} {_OWNED.sub(_owner, line.text[end:])}").split())
    name, found = _bare(rest), words(rest)
    if not 0 < len(found) <= _HOLDER_MOST or agency_of(name) or is_person(name):
        return ""
    return name if word_list("bylines", "no_site").isdisjoint(found) else ""


def _owner(of: re.Match[str]) -> str:
    """The first letters of a name without the "to" that is written to it."""
    return "ال" if of[1] else ""


@cache
def _issue() -> re.Pattern[str]:
    """The number of an issue, as newspapers print it below their name."""
    phrases = (re.escape(phrase.removesuffix(" 1")) for phrase in _phrases_of("issue"))
    return compiled(rf"\b(?:{'|'.join(phrases)})\W{{1,3}}\d")


@cache
def _release() -> re.Pattern[str]:
    """What an institution sets above the headline of its press release."""
    return compiled(alternatives(table("bylines")["words"]["release"]))


def _phrases_of(marker: str) -> list[str]:
    """The folded phrases of a marker."""
    return fold_all(next(row for row in table("markers")["marker"] if row["id"] == marker)["phrases"])


@cache
def _rights_phrases() -> re.Pattern[str]:
    return compiled(alternatives(_phrases_of("copyright")))
