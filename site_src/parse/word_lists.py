"""Word lists: the words of a list under `words` in a table, in the form in which spellings are equal."""

from __future__ import annotations

from functools import cache

from site_src.tables import table
from site_src.text.fold import fold_all


@cache
def word_list(name: str, kind: str) -> frozenset[str]:
    """The folded words of the list `kind` in the table `name`."""
    return frozenset(fold_all(table(name)["words"][kind]))
