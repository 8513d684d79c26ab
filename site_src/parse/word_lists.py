"""Word lists: the words of a list under `words` in a table, folded so that equal spellings compare equal."""

from __future__ import annotations

from functools import cache

from site_src.text.words import folded_list


@cache
def word_list(name: str, kind: str) -> frozenset[str]:
    """The folded words of the list `kind` in the table `name`."""
    return folded_list(name, "words", kind)
