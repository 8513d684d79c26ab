"""Junk by shape: lines known by their letters, punctuation, repetition or length, not by a phrase."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from site_src.parse.lines import ARABIC, MEASURES, Line
from site_src.parse.word_lists import word_list
from site_src.tables import table
from site_src.text.fold import words
from site_src.text.patterns import compiled, late
from site_src.text.words import alternatives

_URL = late(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_LETTER = late(r"[^\W\d_]")
_COPYRIGHT = " حقوق النشر "
_CREDIT = late(r"(?:©|(?<=\s)(?:Copyright|حقوق النشر)\s)[^©\d]*\Z")
"""A sign of copyright and what follows it, without a digit."""
_NAMED_FIRST = late(r"©\s?(?:[A-Za-z]|[^.،|:–—-]{2,40}[.،|:–—-]\s?\S)")
"""A credit before its caption: a name in Latin letters, or a name and a sign that divides the two."""
_RIGHTS = late(r"(?:©|\(c\))\s*(?:[^\W\d_]+\s+){0,4}\d{4}|\d{4}\s*©", re.IGNORECASE)
"""A sign of copyright beside a year."""
_INITIALS = late(r"(?:[^\W\d_](?:[\s./-]+|\Z)){2,14}")
_BETWEEN_INITIALS = frozenset(" ./-")
_CODE = late(r"(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)[A-Za-z\d+/]{20,}={1,2}(?:\s|\Z)")
"""A code of capital and small letters and digits that ends with an equals sign."""
_COUNT = late(r"\W*\d{1,7}(?:[.,]\d+)?[KMkm+%]?\W*\Z")
_COUNTS = late(r"(?:[^\w\s.,:;%()/+–—-]\ufe0f?\s*\d{1,7}(?:[.,]\d+)?[KMkm]?\s*){2,}\Z")
"""Several numbers, each behind a symbol."""
_PLACE_OF = late(r"\W*\d{1,3}\s?/\s?\d{1,3}\W*\Z")
_CLOCK = late(r"\W*\d{1,2}:\d{2}(?::\d{2})?(?:\s*/\s*\d{1,2}:\d{2})?\W*\Z")
_PUNCTUATION = late(r'[.,،؛:!?؟…"«»“”()]')
_PAGE_NUMBER = late(r"\s(?:ال)?(?:صفحه|page)\s?\d{1,4}(?:\s?(?:من|/|of)\s?\d{1,4})?\Z")
_TRAIL = late(r"\s+[>›»/|←\\]\s+")
_SEPARATOR = late(r"[|•،,#؛]")
_SHORTCODE = late(r"\[(\w+) [^\]]*\].*\[/\1\]\Z")
_MARKDOWN_PICTURE = late(r"!\[[^\[\]]*\]\([^()\s]*\)")
_POSTED = late(r"[—–-]{1,2}\s.{1,60}\(@\w{2,40}\)\s.{0,20}\d{4}\Z")
"""Who posted what a page shows from a network, the account, and the day, behind a dash."""
_CUE = late(r"[|•،,#؛>›»/←\\©=(wW]")
"""A sign or letter that every short line of Arabic words with a shape of junk has, unless it ends with a number."""
_DOUBLED = 12
"""Characters by which the second of two equal beginnings is looked for."""
_PART_END = late(r"\s*[|•،,#؛]\s*")


def is_symbols(line: Line) -> bool:
    """Rules, stars, icons: nothing to read."""
    return not any(letter.isalnum() for letter in line.text)


def is_photo_credit(line: Line) -> bool:
    """A sign of copyright and a name, as below pictures; at the foot of a page a year or the rights follow the sign.

    The caption may stand before the credit, or behind the credit and a sign that divides the two.
    """
    if line.text[0] == "©" and line.stopped and line.words > MEASURES["latin_ui_most"]:
        return line.words <= MEASURES["caption_most"] and _NAMED_FIRST.match(line.text) is not None
    credit = _CREDIT.search(line.text) if _may_be_credited(line.text) else None
    most_words = MEASURES["caption_most" if line.text[0] == "©" else "latin_ui_most"]
    return credit is not None and credit[0].count(" ") < most_words


def _may_be_credited(text: str) -> bool:
    return "©" in text or " Copyright " in text or _COPYRIGHT in text


def is_rights(line: Line) -> bool:
    """The foot of a page: a sign of copyright beside a year."""
    return "©" in line.text and _RIGHTS.match(line.text) is not None and line.words <= MEASURES["headline_most"]


def is_initials(line: Line) -> bool:
    """Single letters and nothing else: the initials of the desk below a dispatch."""
    return line.text[1:2] in _BETWEEN_INITIALS and _INITIALS.fullmatch(line.text) is not None


def is_code(line: Line) -> bool:
    """A code that a script left in the page, perhaps with a few words behind it."""
    return "=" in line.text and _CODE.match(line.text) is not None and line.words <= MEASURES["latin_ui_most"]


def is_desk_credit(line: Line) -> bool:
    """A line in brackets that names those who reported, edited or translated, as agencies end their dispatches."""
    in_brackets = line.text[0] == "(" and line.text[-1] == ")" and line.words <= MEASURES["headline_most"]
    return in_brackets and not word_list("bylines", "desk_work").isdisjoint(words(line.plain))


def is_picture(line: Line) -> bool:
    """A picture in the mark-up of Markdown or WordPress (`[caption id="..."]...[/caption]`), left in another format."""
    pattern = {"!": _MARKDOWN_PICTURE, "[": _SHORTCODE}.get(line.text[0])
    return pattern is not None and pattern.fullmatch(line.text) is not None


def is_doubled(line: Line) -> bool:
    """A line whose first words stand twice in a row: the description of a picture and its caption."""
    second = line.text.find(line.text[:_DOUBLED], _DOUBLED)
    if second < 0:
        return False
    first_words = line.text[:second].rstrip(" -–—|،:")
    return first_words.count(" ") > 1 and line.text.startswith(first_words, second)


def is_url(line: Line) -> bool:
    """An address and nothing else."""
    return _URL.match(line.text) is not None


def is_count(line: Line) -> bool:
    """A bare number, several behind symbols, a place among others ("2 / 3"), or a running time as players show it."""
    return _LETTER.search(line.text) is None and any(
        pattern.match(line.text) for pattern in (_COUNT, _CLOCK, _PLACE_OF, _COUNTS)
    )


def is_page_head(line: Line) -> bool:
    """The running head or foot of a printed page, which ends with its number."""
    return not line.finished and _PAGE_NUMBER.search(line.plain) is not None


def is_hashtags(line: Line) -> bool:
    """Hashtags and nothing else."""
    return line.text.startswith("#") and all(word.startswith("#") for word in line.text.split())


def is_trail(line: Line) -> bool:
    """A breadcrumb trail or a row of links: three short parts or more between arrows, bars or slashes.

    The last part may be longer, and it may be cut off with dots.
    """
    if _TRAIL.search(line.text) is None:
        return False
    parts = _TRAIL.split(line.text)
    is_cut = line.text.endswith(("...", "…"))
    return len(parts) >= 3 and (is_cut or not line.stopped) and all(part.count(" ") < 4 for part in parts[:-1])


def is_posted(line: Line) -> bool:
    """The account and the day below a post that a page shows: that day is not the page's."""
    return "(@" in line.text and _POSTED.match(line.text) is not None


def is_latin_ui(line: Line) -> bool:
    """A few Latin words that are no sentence: a button or label that the site did not translate."""
    return (
        line.words <= MEASURES["latin_ui_most"]
        and not line.stopped
        and ARABIC.search(line.text) is None
        and _LETTER.search(line.text) is not None
    )


def is_soup(line: Line) -> bool:
    """Many words without punctuation, often the same ones: the keywords or the menu of a page."""
    if line.words < MEASURES["soup_least"] or _PUNCTUATION.search(line.text.rstrip(".")):
        return False
    line_words = words(line.text)
    return len(set(line_words)) / len(line_words) < MEASURES["soup_unique"]


def is_keyword_list(line: Line) -> bool:
    """Six short parts or more between bars, bullets or commas, and no sentence."""
    if line.stopped or line.words < 6 or not _SEPARATOR.search(line.text):
        return False
    parts = _PART_END.split(line.text.strip("|•،,# "))
    return len(parts) >= 6 and line.words <= 2.5 * len(parts)


def is_share_bar(line: Line) -> bool:
    """Two or more buttons to share or to print in a row, and nothing else."""
    return not line.stopped and " " in line.plain and _share_bar().fullmatch(line.plain) is not None


@cache
def _share_bar() -> re.Pattern[str]:
    """Two or more of the phrases that are buttons to share, folded."""
    phrases = next(row["phrases"] for row in table("markers")["marker"] if row["id"] == "share")
    return compiled(rf"(?:(?:{alternatives(phrases)})(?:[\s|•،,-]+|\Z)){{2,}}")


_SHAPES_WITHOUT_CUE: dict[str, Callable[[Line], bool]] = {"caption": is_doubled, "share": is_share_bar}
"""The shapes that a short line of Arabic words may have without any sign of `_CUE`."""

SHAPES: dict[str, Callable[[Line], bool]] = {
    "symbols": is_symbols,
    "copyright": is_rights,
    "photo-credit": is_photo_credit,
    "initials": is_initials,
    "code": is_code,
    "desk-credit": is_desk_credit,
    "picture": is_picture,
    "address": is_url,
    "count": is_count,
    "page-head": is_page_head,
    "hashtags": is_hashtags,
    "trail": is_trail,
    "latin-ui": is_latin_ui,
    "keyword-soup": is_soup,
    "keyword-list": is_keyword_list,
    **_SHAPES_WITHOUT_CUE,
}
"""Rule id to the predicate of its shape. "latin-ui" holds only on a page in Arabic script."""


def is_consent(line: Line) -> bool:
    """Whether a line below a consent banner belongs to it: it holds two of the words of such banners."""
    return sum(word in line.plain for word in word_list("layout", "consent")) > 1 and not line.kept


def is_prose(line: Line) -> bool:
    """Whether a line is a sentence too long to have any shape of junk or of a field, as most lines of a page are."""
    return line.stopped and line.words > MEASURES["soup_least"] and line.text[0] != "©"


def shape_of(line: Line, on_arabic_page: Callable[[], bool]) -> str:
    """The id of the first shape of junk that a line (other than prose, see `is_prose`) has; "" without one."""
    has_cue = line.text[-1].isdigit() or _CUE.search(line.text) or _COPYRIGHT in line.text
    is_plain = not has_cue and line.words < MEASURES["soup_least"] and ARABIC.search(line.text)
    for rule, has_shape in (_SHAPES_WITHOUT_CUE if is_plain else SHAPES).items():
        if has_shape(line) and (rule != "latin-ui" or on_arabic_page()):
            return rule
    return ""
