"""The title of an article: its headline, or else what the markup states, without what belongs to the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from site_src.model.fields import UNKNOWN, Found
from site_src.parse.blocks import Meta
from site_src.parse.fields.credits import Credits
from site_src.parse.fields.names import is_outlet, same_outlet, site_around
from site_src.parse.head.window import without_window
from site_src.parse.lines import MEASURES, Line
from site_src.tables import table
from site_src.text.fold import fold, words
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_SUFFIX = late(r"\s+(?P<bar>[|»›]|::)?[–—-]*\s+(?=[^|»›–—]{2,40}\Z)")
_CALL_END = late(r"[|:/–—-]|\.\.")
_NUMBER = late(r"\A\d{1,2}\)\s+")
"""The number of a report among those of a digest, which is no part of its headline."""
_CALL_SYMBOLS = late(r"\A[^\w\"“«'’(\[#]+")


def stated_headlines(meta: Sequence[Meta]) -> list[Meta]:
    """The titles that the markup states; fewer words are the name of the site, its section or window."""
    return [one for one in meta if one.name == "title" and len(words(one.value)) >= MEASURES["headline_least"]]


def title_of(title: Line | None, meta: Sequence[Meta], credits: Credits) -> tuple[Found[str], Credits]:
    """The headline without the name of the site, which is evidence for the outlet where nothing else is.

    The name of a window of fewer words than headlines have is that of the site or of a section.
    """
    written = [(title.text, f"line {title.line}")] if title else []
    headlines = stated_headlines(meta)
    said = [one for one in meta if one.name == "title" and (one in headlines or one.where != "title element")]
    written += [(one.value, one.where) for one in said if one.value.strip()]
    if not written:
        return UNKNOWN, credits
    text, where = written[0]
    known = [credits.outlet.value or "", credits.aggregator.value or ""]
    short, site = _without_suffix(_without_call(without_window(text)[0]), known)
    behind = [(site, text, where)] if site else []
    behind += [(site_around(one.value, short), one.value, one.where) for one in meta if one.where == "title element"]
    outlet = next((Found(name, "inferred", *said) for name, *said in behind if name), UNKNOWN)
    if credits.outlet.value is None:
        credits = replace(credits, outlet=outlet)
    return Found(short, "stated", text, where), credits


def _without_call(title: str) -> str:
    """A headline without the symbols, and the "breaking" or the desk, before it."""
    bare = title if title[:1].isalnum() else _CALL_SYMBOLS.sub("", title)
    call = _calls().match(fold(bare)) if _CALL_END.search(bare) else None
    rest = _NUMBER.sub("", bare[call.end() :] if call else bare)
    return rest if rest != title and len(words(rest)) > 2 else title


@cache
def _calls() -> re.Pattern[str]:
    words = table("layout")["words"]
    calls, desks = (alternatives(words[key]) for key in ("title_calls", "title_desks"))
    return compiled(rf"(?:#?(?:{calls})\s*(?:[|:/–—-]|\.\.)+|(?:{desks})\s?/)\s*")


def _without_suffix(title: str, sites: Sequence[str]) -> tuple[str, str]:
    """A title and the name of the site behind it, outside of brackets, known as a site's or divided as only windows do.

    Behind a bar may stand a section or who wrote as well: that is cut and names nobody.
    """
    cuts = list(_SUFFIX.finditer(title))
    if not cuts or title.count("(", 0, cuts[-1].start()) > title.count(")", 0, cuts[-1].start()):
        return title, ""
    cut = cuts[-1]
    head, tail = title[: cut.start()].rstrip(), title[cut.end() :].strip()
    known = any(site and same_outlet(tail, site) for site in sites) or (is_outlet(tail) and len(words(tail)) > 1)
    if len(words(head)) < 3 or len(words(tail)) > 4 or not (known or cut["bar"]):
        return title, ""
    return head, tail if known or cut["bar"] != "|" else ""
