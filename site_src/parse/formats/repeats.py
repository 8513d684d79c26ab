"""Repeats: what a Markdown page says a second time, in a quotation set apart or in a list below the text."""

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
"""A quotation with more characters than this may repeat a sentence of the text."""
_CLAUSE = 5
"""Spaces in a clause, at least; names have fewer."""
_AROUND = re.compile(r"\A\W+|\W+\Z")


def without_repeats(blocks: list[Block]) -> tuple[list[Block], list[Dropped]]:
    """The blocks without quotations and lists that only repeat the text, and what was left out."""
    quotes = [block for block in blocks if block.role == "quote" and len(block.text) > _REPEATED]
    quotes = quotes if len(quotes) <= LIMITS["pull_quotes"] else []
    body = "\n".join(fold(block.text) for block in blocks if block.role in {"", "list"}) if quotes else ""
    repeats = [quote for quote in quotes if _AROUND.sub("", fold(quote.text)) in body] + list(_highlights(blocks))
    remaining = [block for block in blocks if block not in repeats]
    return remaining, [Dropped(block.line, block.text, "pullquote") for block in repeats]


def _highlights(blocks: list[Block]) -> Iterator[Block]:
    """The entries of lists in which every entry repeats a clause of the text above: what a reader marked in it."""
    texts: list[str] = []
    lists = 0
    for role, group in groupby(blocks, attrgetter("role")):
        entries = list(group)
        lists += role == "list"
        if role == "list" and lists <= LIMITS["pull_quotes"]:
            clauses = [_AROUND.sub("", fold(entry.text)) for entry in entries]
            if all(clause.count(" ") >= _CLAUSE and any(clause in text for text in texts) for clause in clauses):
                yield from entries
        elif not role:
            texts += [fold(entry.text) for entry in entries]
