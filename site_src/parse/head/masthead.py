"""The masthead: the name of the site, on pages where no credit line states it.

The logo is the first line of a copied page. It is the site's name if the page repeats it as only a site is named:
beside a person or a place below the headline, in a prompt, in the line of rights, or as the medium to which somebody
spoke. A name with a word for a medium needs no repetition, either as the logo or below the headline. Other lines above
the headline are a menu. A name that the page states once stays unknown: it may be a section or a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from site_src.model.fields import UNKNOWN, Found
from site_src.parse.fields.names import (
    is_distinctive,
    is_issue,
    is_person,
    is_place,
    names_medium,
    names_outlet,
    outlet_name,
)
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
"""Words, at most, of a site's name."""
_HOLDER_MOST = 3
"""Words, at most, of the name of a rights holder."""
_HALF_LEAST = 3
"""Letters, at least, of a name that stands twice without a space; a shorter one is a single word (سمسم)."""
_BEFORE_MOST = 60
"""Characters before a name that are searched: enough for a verb, a word and a preposition."""
_DOMAIN = late(r"(?:[a-z\d-]{2,}\.){1,3}[a-z]{2,}", re.IGNORECASE)
"""The address of a site alone on a line, as a reader view sets it."""
_LETTER = late(r"[^\W\d_]")
_VERB = late(r"س?[يت]\w{2,}\Z")
"""A verb in the present, as in headlines; the name of an institution has none."""
_PART_DIVIDER = late(r"\s*[|/&«»\"“”]\s*|\s+[-–—]\s*|[-–—]\s+|\s?[:：]\s*")
"""A sign between a name and what stands beside it."""
_NOT_HOLDER = late(r"(?<!\d)[12١٢]\d{3}(?!\d)|[©–—|.،,:-]+|\(c\)|(?<!\w)لـ?(?=\s|$)", re.IGNORECASE)
"""What stands beside the holder of the rights: years, signs, and "to" (ل) alone."""
_TO_OWNER = late(r"\A\s*ل(?:ـ\s?|(?=[^\W\d_]{3})(ل)?)")
""""To" (ل) before the owner of the rights; group 1 is the article that is contracted with it."""
_NAMES_SITE = late(r"(?<!\bعن )(?<!\bفي )(?<!\w)[لبو]?\Z")
"""What may stand before the site's name in a prompt; behind other prepositions stands the topic of the prompt."""
_RIGHTS_SIGN = late(r"©|حقوق|copyright|rights")
"""A sign or word for rights."""
_PROMPTS = frozenset({"follow", "app", "newsletter", "disclaimer", "copyright"})
"""Rules of lines that prompt the reader to do something."""


def site_of(lines: Sequence[Line]) -> Found[str]:
    """The name of the site from which these lines were copied, with the line that says so; unknown without evidence."""
    for name, line in _names_of_site(lines):
        return Found(name, "inferred", line.text, f"line {line.line}")
    return UNKNOWN


def _names_of_site(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """The names that the lines give their site, each with its line as evidence, the most certain first."""
    first = next((index for index, line in enumerate(lines) if line.is_body), 0)
    if name := _head_of_issue(lines[:first]):
        yield name, lines[0]
    if first > 1 and (name := site_in_window(lines)):
        yield _bare_name(name), lines[0]
    headline = next((index for index in range(first) if lines[index].is_headline), first)
    logo = next((line for line in lines[:headline] if line.rule != "skip-links"), None)
    if logo and _DOMAIN.fullmatch(logo.text):
        yield logo.text.removeprefix("www."), logo
    if logo and _may_be_name(logo):
        evidence = _line_naming_again(logo, lines, credits=lines[headline + 1 : first])
        if evidence is not None:
            yield _bare_name(logo.text), evidence
    text = lines[first:]
    for index, line in enumerate(lines[:first]):
        if line.words <= 2 * _NAME_MOST and not (line.finished or is_scene(line, text)):
            is_name_position = line is logo or (index > headline and not line.is_headline)
            for name in _media(line, is_name_position):
                yield _bare_name(name), line
    yield from _rights_holders(lines)


def _head_of_issue(above: Sequence[Line]) -> str:
    """The newspaper or institution in the first line, if its issue or its press release is named below it; or "".

    `above` are the lines above the text. A name with a word for a medium, before a bar, needs no line below it.
    """
    if len(above) < 2 or not any(line.is_headline for line in above[1:]):
        return ""
    first, second = above[:2]
    name, bar, rest = first.text.partition(" | ")
    if bar and first.sort == "text" and (names_outlet(name) or names_medium(name)):
        return _bare_name(name) if is_distinctive(name) and rest.count(" ") < _NAME_MOST else ""
    if not _may_be_name(first) or second.is_body or is_person(first.text):
        return ""
    is_release = names_institution(first.text) and _release().match(second.plain)
    return _bare_name(first.text) if is_release or _issue().search(second.plain) else ""


def names_institution(text: str) -> bool:
    """Whether a text begins with a word for an institution and has no verb."""
    text_words = words(text)
    if word_list("bylines", "institutions").isdisjoint(text_words[:1]):
        return False
    return not any(map(_VERB.match, text_words[1:]))


def is_masthead(line: Line) -> bool:
    """Whether a line is no headline but a name beside what a medium says that it is ("NAME - agency of world news")."""
    if line.words > 2 * _NAME_MOST:
        return False
    parts = _PART_DIVIDER.split(line.text)
    return len(parts) == 2 and any(map(_describes_medium, parts))


def _describes_medium(part: str) -> bool:
    """Whether all words of a part are those with which media describe themselves, the first one a word for a medium."""
    first, *others = words(part) or [""]
    if not others or first not in word_list("bylines", "organisation"):
        return False
    return (word_list("bylines", "of_any_site") | word_list("bylines", "of_medium")).issuperset(others)


def names_issue(line: Line) -> bool:
    """Whether a line is the name of a newspaper or newsletter and the number of its issue."""
    return (
        line.words <= 2 * _NAME_MOST and line.text[-1].isdigit() and any(map(is_issue, _PART_DIVIDER.split(line.text)))
    )


def names_site(lines: Sequence[Line], site: str) -> bool:
    """Whether a line other than a paragraph holds the name of the site."""
    name = fold(site)
    return any(name in line.plain for line in lines if not line.is_body)


def _may_be_name(line: Line) -> bool:
    """Whether the shape of a line is that of a site's name: short, distinctive, and no agency's or place's."""
    is_plain = line.sort == "text" or line.rule == "latin-ui" or (line.rule == "source" and line.value == line.text)
    if not is_plain or line.role or line.finished or line.words > _NAME_MOST:
        return False
    if _LETTER.search(line.text) is None or agency_of(line.text) or is_place(line.text):
        return False
    return is_distinctive(line.text)


def _media(line: Line, is_name_position: bool) -> Iterator[str]:
    """The media that a line names: with "newspaper NAME" on any line, else by a word for a medium in one of its parts.

    The parts count only on a line where a name stands.
    """
    if _may_be_name(line) and names_outlet(line.text):
        yield line.text
    elif is_name_position and not line.value:
        parts = (part for part in _PART_DIVIDER.split(line.text) if names_outlet(part) or names_medium(part))
        yield from (part for part in parts if is_distinctive(part))


def _bare_name(name: str) -> str:
    """The name without marks around it and "site" before it, and once where it stands twice without a space.

    A logo and its description are copied as such a double name.
    """
    name = name.strip(" -–—|:،,")
    half = len(name) // 2
    is_double = half >= _HALF_LEAST and name[:half] == name[half:]
    return outlet_name(name[:half] if is_double else name)


def _line_naming_again(logo: Line, lines: Sequence[Line], credits: Sequence[Line]) -> Line | None:
    """The line that repeats the name in `logo` as only a site is named; `credits` stand between headline and text."""
    name = fold(_bare_name(logo.text))
    for line in lines:
        if name not in line.plain or line.plain == logo.plain:
            continue
        contexts = list(_words_before(name, line.plain))
        is_prompt = line.rule in _PROMPTS or (not line.is_body and _rights_phrases().search(line.plain))
        if is_prompt and any(map(_NAMES_SITE.search, contexts)):
            return line
        if _is_longer_name(line, name):
            return line
        if any(map(_spoken_to().search, contexts)) or (line in credits and _stands_beside(line, name)):
            return line
    return None


def _words_before(name: str, plain: str) -> Iterator[str]:
    """The words before each occurrence of the name in a folded text that ends with the end of a word."""
    start = plain.find(name)
    while start >= 0:
        if not plain[start + len(name) :][:1].isalnum():
            yield plain[max(0, start - _BEFORE_MOST) : start]
        start = plain.find(name, start + 1)


def _is_longer_name(line: Line, name: str) -> bool:
    """Whether a line is the name behind a word for an outlet, with or without further words behind it."""
    bare = _bare_name(line.text)
    if bare == line.text or line.words > _NAME_MOST:
        return False
    return words(bare)[: len(words(name))] == words(name)


def _stands_beside(line: Line, name: str) -> bool:
    """Whether the name is one of two parts: "NAME - place", "place: «NAME»". Before a colon stands a speaker."""
    parts = [part for part in _PART_DIVIDER.split(line.plain) if part]
    return len(parts) == 2 and name in (parts[1:] if ":" in line.plain else parts)


@cache
def _spoken_to() -> re.Pattern[str]:
    """What stands right before the medium to which somebody spoke."""
    lists = table("bylines")["words"]
    verbs, before_own = alternatives(lists["told_to"]), alternatives(lists["before_own"])
    return compiled(rf"(?:\b(?:{verbs})\s(?:\w+\s)?ل(?:ـ)?|\b(?:{before_own})\s)[«\"“]?\s?\Z")


def _rights_holders(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """The holders of the page's rights, each with a line below the text that says little more than the name."""
    first = next((index for index, line in enumerate(lines) if line.is_body), len(lines))
    for line in reversed(lines[first:]):
        if line.rule != "copyright" or line.words > 2 * _NAME_MOST or _RIGHTS_SIGN.search(line.plain) is None:
            continue
        if name := _rights_holder(line):
            yield name, line


def _rights_holder(line: Line) -> str:
    """The name beside the sign and the year of a copyright; "" where it is a person's, an agency's or no name."""
    plain = folded(line.text)
    phrase = _rights_phrases().search(plain.text)
    start, end = plain.span(*phrase.span()) if phrase is not None else (0, 0)
    text = f"{line.text[:start]} {_TO_OWNER.sub(_article_of_owner, line.text[end:])}"
    rest = " ".join(_NOT_HOLDER.sub(" ", text).split())
    name, rest_words = _bare_name(rest), words(rest)
    if not 0 < len(rest_words) <= _HOLDER_MOST or agency_of(name) or is_person(name):
        return ""
    return name if word_list("bylines", "no_site").isdisjoint(rest_words) else ""


def _article_of_owner(owned_by: re.Match[str]) -> str:
    """The article "ال" of a name that is contracted with "to" before it (لل); "" for a name without it."""
    return "ال" if owned_by[1] else ""


@cache
def _issue() -> re.Pattern[str]:
    """The number of an issue, as newspapers print it below their name."""
    phrases = (re.escape(phrase.removesuffix(" 1")) for phrase in _phrases_of("issue"))
    return compiled(rf"\b(?:{'|'.join(phrases)})\W{{1,3}}\d")


@cache
def _release() -> re.Pattern[str]:
    """The words that an institution sets above the headline of its press release."""
    return compiled(alternatives(table("bylines")["words"]["release"]))


def _phrases_of(marker: str) -> list[str]:
    """The folded phrases of a marker."""
    return fold_all(next(row for row in table("markers")["marker"] if row["id"] == marker)["phrases"])


@cache
def _rights_phrases() -> re.Pattern[str]:
    """The folded phrases that state rights."""
    return compiled(alternatives(_phrases_of("copyright")))
