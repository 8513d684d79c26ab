"""Tags with more attributes than any page needs: libxml2 takes the square of their number to make an element of one.

It does so in one call, which no signal can stop. Its own tokenizer finds such tags in linear time, because it makes no
elements. Most pages need not even that: a look at their bytes shows that they hold none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_src.parse.formats.limits import LIMITS
from site_src.text.patterns import late

if TYPE_CHECKING:
    from lxml.etree import HTMLParser

_QUOTED = late(rb"=\s*+(?:\"[^\">]*+>|'[^'>]*+>)")
"""A ">" that may stand in the value of an attribute, and so does not end its tag."""


class CrowdedTagError(Exception):
    """A tag has too many attributes; `line` is the line in which the tag ends."""

    def __init__(self, line: int):
        super().__init__(line)
        self.line = line


class _TooManyAttributes(Exception):
    """Raised out of the tokenizer."""


class _AttributeCounter:
    """Target of the tokenizer that counts the attributes of each tag and keeps nothing."""

    def __init__(self, most: float):
        self._most = most

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        if len(attributes) > self._most:
            raise _TooManyAttributes

    def close(self) -> None:
        """End the parsing; there is no tree to return."""


def refuse_crowded(markup: bytes, most: float = LIMITS["attributes"], small: float = LIMITS["small"]) -> None:
    """Raise `CrowdedTagError` for UTF-8 markup with a tag of more than `most` attributes.

    Markup of up to `small` bytes is not looked at: it has no room for so many that it would take noticeable time.
    """
    if len(markup) <= small or not _may_hold_crowded(markup, most):
        return
    from lxml import etree

    try:
        etree.fromstring(markup, _tokenizer(most))
    except _TooManyAttributes:
        raise CrowdedTagError(_line(markup, most)) from None
    except (etree.XMLSyntaxError, AssertionError, ValueError):  # no markup: whoever reads it will say so
        return


def _may_hold_crowded(markup: bytes, most: float) -> bool:
    """Whether the bytes hold a sign of a tag with more attributes.

    That is two bytes for each attribute without a ">" between them, or a ">" inside quotes.
    """
    return bool(re.search(rb"<[A-Za-z][^>]{%d}" % (2 * most), markup) or _QUOTED.search(markup))


def _line(markup: bytes, most: float) -> int:
    """The 1-based line in which the first crowded tag ends."""
    parser = _tokenizer(most)
    for number, line in enumerate(markup.splitlines(keepends=True), 1):
        try:
            parser.feed(line)
        except _TooManyAttributes:
            return number
    return 1


def _tokenizer(most: float) -> HTMLParser:
    from lxml import etree

    return etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True, target=_AttributeCounter(most))
