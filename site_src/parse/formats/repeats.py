"""Repeats: what a Markdown page tells once more, set apart from its text by quotation or below it in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from site_src.model.page import Dropped
from site_src.parse.blocks import Block
from site_src.parse.formats.limits import LIMITS
from site_src.text.fold import fold

_REPEATED = 20
"""Characters of a quotation from which on it may repeat a sentence of the text."""
_CLAUSE = 5
"""Spaces in what is more than a name."""
_AROUND = re.compile(r"\A\W+|\W+\Z")


def without_repeats(blocks: list[Block]) -> tuple[list[Block], list[Dropped]]:
    """The blocks without quotations that only repeat a sentence of the text, nor such entries below it; and these."""
    quotes = [block for block in blocks if block.role == "quote" and len(block.text) > _REPEATED]
    quotes = quotes if len(quotes) <= LIMITS["pull_quotes"] else []
    body = "\n".join(fold(block.text) for block in blocks if block.role in {"", "list"}) if quotes else ""
    gone = [quote for quote in quotes if _AROUND.sub("", fold(quote.text)) in body] + list(_highlights(blocks))
    return [block for block in blocks if block not in gone], [Dropped(one.line, one.text, "pullquote") for one in gone]


def _highlights(blocks: list[Block]) -> Iterator[Block]:
    """Lists of which every entry repeats a clause of the text above them: what a reader marked in it."""
    prose: list[str] = []
    lists = 0
    for role, run in groupby(blocks, attrgetter("role")):
        entries = list(run)
        lists += role == "list"
        if role == "list" and lists <= LIMITS["pull_quotes"]:
            said = [_AROUND.sub("", fold(entry.text)) for entry in entries]
            if all(words.count(" ") >= _CLAUSE and any(words in text for text in prose) for words in said):
                yield from entries
        elif not role:
            prose += [fold(entry.text) for entry in entries]
