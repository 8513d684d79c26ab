"""The search index: from the stories that can be found to the files that a browser searches without a server.

Pagefind indexes folded words, one index for each language so that each is stemmed by its own rules. A reader's words
are folded by the same table (`text.fold.fold_table`), so that spelling variants find each other. What a result shows,
with its marks and vowels, is carried in the index's own file for the story and fetched only when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from html import escape
from typing import Any

from site_src.model.output import Page, Passage, SearchEntry
from site_src.search.index import run_pagefind
from site_src.search.tidy import tidy_files
from site_src.text.fold import fold
from site_src.text.memo import Memo

FOLDER = "search"
"""The index of a language stands in this folder of the site, below the language's code."""
WEIGHTS = {"title": 5, "text": 1, "name": 1, "fact": 1}
"""How much a word counts in each kind of passage: one in the title is worth as much as all of a usual summary's."""


def make_index(entries: Iterable[SearchEntry], languages: Iterable[str]) -> Iterator[Page]:
    """The files of the index of each language. Raises `MujazError` where Pagefind is missing or fails."""
    stories = {_name(entry): entry for entry in entries}
    if not stories:
        return
    shown = {name: _shown(entry) for name, entry in stories.items()}
    folded = Memo(_folded).__getitem__
    documents = ((name, _document(entry, folded)) for name, entry in stories.items())
    for code, files in run_pagefind(documents, languages):
        for name, content in tidy_files(files, shown, code):
            yield Page(f"{FOLDER}/{code}/{name}", content)


def _name(entry: SearchEntry) -> str:
    """What Pagefind knows a story by: safe in any file system, and the same however many other stories there are."""
    return blake2b(entry.slug.encode(), digest_size=8).hexdigest()


def words_of(passage: Passage) -> list[str]:
    """The words by which a passage is found, in the order in which the index counts them."""
    return " ".join((*(text for _, _, text in passage.runs), passage.also)).split()


def _folded(word: str) -> str:
    """The word as the index holds it: never empty and never two, or the words after it would be counted wrongly."""
    return "".join(fold(word).split()) or "-"


def _document(entry: SearchEntry, folded: Callable[[str], str]) -> str:
    """The page that Pagefind reads for a story: folded words by weight, and its filters."""
    filters = "".join(
        f'<i data-pagefind-filter="{name}[title]" title="{escape(value)}"></i>' for name, value in entry.filters
    )
    passages = " ".join(
        f'<span data-pagefind-weight="{WEIGHTS[one.kind]}">{escape(" ".join(map(folded, words_of(one))))}</span>'
        for one in entry.passages
    )
    return f"<!DOCTYPE html><html><body data-pagefind-body>{filters}{passages}</body></html>"


def _shown(entry: SearchEntry) -> dict[str, Any]:
    """What the page's script needs to show a story: its card in each edition, and its passages as they are written."""
    passages = [{"kind": one.kind, "runs": one.runs, "words": len(words_of(one))} for one in entry.passages]
    return {"slug": entry.slug, "cards": dict(entry.cards), "passages": passages}


__all__ = ["make_index"]
