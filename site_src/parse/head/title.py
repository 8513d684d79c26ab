"""The title of an article: its headline, or else what the markup states, without what belongs to the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from site_src.model.fields import UNKNOWN, Found
from site_src.parse.blocks import Meta
from site_src.parse.fields.credits import Credits
from site_src.parse.fields.names import is_outlet, same_outlet
from site_src.parse.head.window import last_part, site_around, without_window
from site_src.parse.lines import MEASURES, Line
from site_src.tables import table
from site_src.text.fold import fold, words
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_SUFFIX_MOST = 40
"""Characters, at most, of the name of a site, a section or a writer behind a headline."""
_CALL_END = late(r"[|:/–—-]|\.\.")
"""A sign behind a word such as "breaking"."""
_DIGEST_NUMBER = late(r"\A\d{1,2}\)\s+")
"""The number of a report in a digest, which is no part of its headline."""
_LEADING_SYMBOLS = late(r"\A[^\w\"“«'’(\[#]+")
"""Symbols before the first word of a headline, but for opening marks and hashes."""


def stated_headlines(meta: Sequence[Meta]) -> list[Meta]:
    """The titles in the markup with as many words as headlines; shorter ones name the site, a section or the window."""
    return [field for field in meta if field.name == "title" and len(words(field.value)) >= MEASURES["headline_least"]]


def title_of(title: Line | None, meta: Sequence[Meta], credits: Credits) -> tuple[Found[str], Credits]:
    """The headline without the name of the site, and the credits, with that name as the outlet where none is known.

    The headline is the line `title`, else a title in the markup. A title element with fewer words than headlines
    names the site or a section.
    """
    candidates = [(title.text, f"line {title.line}")] if title else []
    headlines = stated_headlines(meta)
    titles = [field for field in meta if field.name == "title" and field.value.strip()]
    candidates += [
        (field.value, field.where) for field in titles if field in headlines or field.where != "title element"
    ]
    if not candidates:
        return UNKNOWN, credits
    text, where = candidates[0]
    known_sites = [credits.outlet.value or "", credits.aggregator.value or ""]
    headline, site = _without_suffix(_without_call(without_window(text)[0]), known_sites)
    if credits.outlet.value is None:
        sites = [(site, text, where)]
        sites += [
            (site_around(field.value, headline), field.value, field.where)
            for field in meta
            if field.where == "title element"
        ]
        outlet = next((Found(name, "inferred", window, place) for name, window, place in sites if name), UNKNOWN)
        credits = replace(credits, outlet=outlet)
    return Found(headline, "stated", text, where), credits


def _without_call(title: str) -> str:
    """A headline without the symbols, the word such as "breaking" or the name of a desk before it.

    A rest of one or two words is no headline: then the title stays as it is.
    """
    bare = title if title[:1].isalnum() else _LEADING_SYMBOLS.sub("", title)
    call = _calls().match(fold(bare)) if _CALL_END.search(bare) else None
    rest = _DIGEST_NUMBER.sub("", bare[call.end() :] if call else bare)
    return rest if rest != title and len(words(rest)) > 2 else title


@cache
def _calls() -> re.Pattern[str]:
    """A word such as "breaking" with the sign behind it, or the name of a desk with its slash, at the beginning."""
    lists = table("layout")["words"]
    calls, desks = (alternatives(lists[key]) for key in ("title_calls", "title_desks"))
    return compiled(rf"(?:#?(?:{calls})\s*(?:[|:/–—-]|\.\.)+|(?:{desks})\s?/)\s*")


def _without_suffix(title: str, known_sites: Sequence[str]) -> tuple[str, str]:
    """A title without the suffix that names the site, a section or the writer, and the name of the site; "" if unknown.

    The suffix stands outside of brackets. It is the name of a known site or outlet, or a bar divides it from the
    headline. Behind a single bar "|" may stand a section or a writer too, so an unknown name there is cut off but is
    not taken as the site.
    """
    headline, divider, suffix = last_part(title)
    if not divider or not 1 < len(suffix) <= _SUFFIX_MOST or headline.count("(") > headline.count(")"):
        return title, ""
    is_known = any(site and same_outlet(suffix, site) for site in known_sites)
    is_known = is_known or (is_outlet(suffix) and len(words(suffix)) > 1)
    has_bar = divider[0] in "|»›:"
    if len(words(headline)) < 3 or len(words(suffix)) > 4 or not (is_known or has_bar):
        return title, ""
    return headline, suffix if is_known or (has_bar and divider != "|") else ""
