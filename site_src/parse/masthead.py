"""Masthead: what a page calls itself, where no line of credit says it.

A short line above the text is the site's name if the page names it again as only a site is named: beside a person or a
place, in its prompts, in the line of its rights, or as whom somebody spoke to. A name that holds a word for a medium
needs no second place. What stands alone without either stays unknown: it may be a section or a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from site_src.model import UNKNOWN, Found
from site_src.parse.credits import agency_of, names_medium, names_outlet, outlet_name
from site_src.parse.lines import Line
from site_src.tables import table
from site_src.text.fold import fold, fold_all, words
from site_src.text.patterns import compiled, late

_TOP = 30
"""Lines from the top, at most, among which the name is looked for."""
_NAME_MOST = 4
_HOLDER_MOST = 3
_LETTER = late(r"[^\W\d_]")
_PARTS = late(r"\s*[|/&«»\"“”]\s*|\s+[-–—]\s*|[-–—]\s+|\s?[:：]\s*")
_RIGHTS = late(r"[©\d–—|.،,:-]+|\(c\)|(?<!\w)لـ?(?=\s|$)", re.IGNORECASE)
_SIGN = late(r"©|حقوق|copyright|rights")
_PROMPTS = frozenset({"follow", "app", "newsletter", "disclaimer", "copyright"})


def site_of(lines: Sequence[Line]) -> Found[str]:
    """The name of the site that these lines were copied from, with the line that says so; unknown without evidence."""
    first = next((place for place, line in enumerate(lines) if line.is_body), 0)
    names = [line for line in lines[: min(first, _TOP)] if _may_be_name(line)]
    for line in names:
        if (evidence := _named_again(line, lines, first)) is not None:
            return Found(_bare(line.text), "inferred", evidence.text, f"line {evidence.line}")
    for line in lines[: min(first, _TOP)]:
        for name in _PARTS.split(line.text) if line.words <= 2 * _NAME_MOST and not line.value else ():
            if names_medium(name) or names_outlet(name):
                return Found(_bare(name), "inferred", line.text, f"line {line.line}")
    return _holder(lines)


def names_site(lines: Sequence[Line], site: str) -> bool:
    """Whether one of these lines, which is no paragraph, holds the name of the site."""
    name = fold(site)
    return any(name in line.plain for line in lines if not line.is_body)


def _may_be_name(line: Line) -> bool:
    named = line.sort == "text" or line.rule == "latin-ui" or (line.rule == "source" and line.value == line.text)
    return (
        named
        and line.words <= _NAME_MOST
        and not line.finished
        and bool(_LETTER.search(line.text))
        and not (agency_of(line.text))
    )


def _bare(name: str) -> str:
    return outlet_name(name.strip(" -–—|:،,"))


def _named_again(line: Line, lines: Sequence[Line], first: int) -> Line | None:
    """The line that names what stands in `line` as a site is named."""
    name = fold(_bare(line.text))
    for other in lines:
        if other is line or name not in other.plain or other.plain == line.plain:
            continue
        if other.rule in _PROMPTS and _holds(other.plain, name):
            return other
        if (not other.is_body or other is lines[first]) and _stands_beside(other, name):
            return other
        if _spoken_to(name).search(other.plain):
            return other
    return None


def _holds(plain: str, name: str) -> bool:
    return re.search(rf"(?<!\w)(?:ل|لـ|ب|و)?{re.escape(name)}(?!\w)", plain) is not None


def _stands_beside(line: Line, name: str) -> bool:
    """Whether the name is one part of a line of two parts or three, as in "NAME - place" and "NAME | headline"."""
    head = line.plain[:90]
    parts = [part for part in _PARTS.split(head) if part]
    return len(parts) > 1 and name in parts[:3] and (line.is_body or len(parts) <= 4)


@cache
def _spoken_to(name: str) -> re.Pattern[str]:
    told, own = (
        "|".join(map(re.escape, fold_all(table("bylines")["words"][key]))) for key in ("told_to", "before_own")
    )
    return compiled(rf"(?:\b(?:{told})\s(?:\w+\s)?ل(?:ـ)?|\b(?:{own})\s)[«\"“]?\s?{re.escape(name)}(?!\w)")


def _holder(lines: Sequence[Line]) -> Found[str]:
    """Who holds the rights to the page, where the line says no more than a name."""
    for line in reversed(lines):
        if line.rule == "copyright" and line.words <= 2 * _NAME_MOST and _SIGN.search(line.plain):
            for name in _rest_of_rights(line):
                return Found(name, "inferred", line.text, f"line {line.line}")
    return UNKNOWN


def _rest_of_rights(line: Line) -> Iterator[str]:
    phrases = _rights_phrases().search(line.plain)
    text = line.text if phrases is None else f"{line.text[: phrases.start()]} {line.text[phrases.end() :]}"
    name = " ".join(_RIGHTS.sub(" ", text).split())
    name = _bare(name[1:] if name[:1] == "ل" and outlet_name(name[1:]) != name[1:] else name)
    found = words(name)
    if 0 < len(found) <= _HOLDER_MOST and not agency_of(name) and not _no_site().intersection(found):
        yield name


@cache
def _rights_phrases() -> re.Pattern[str]:
    row = next(row for row in table("markers")["marker"] if row["id"] == "copyright")
    phrases = sorted(fold_all(row["phrases"]), key=len, reverse=True)
    return compiled("|".join(map(re.escape, phrases)))


@cache
def _no_site() -> frozenset[str]:
    return frozenset(fold_all(table("bylines")["words"]["no_site"]))
