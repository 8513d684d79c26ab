"""The search index: turns the stories into the files that a browser searches without a server.

Pagefind indexes folded words, in one index for each language so that each is stemmed by its own rules. A reader's words
are folded by the same table (`text.fold.fold_table`), so that spelling variants find each other. The words that a
result shows, with their marks and vowels, are in the index's file for the story, which is fetched only to be shown.
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
"""Folder of the site that holds the index of each language, in a subfolder named by the language's code."""
WEIGHTS = {"title": 5, "text": 1, "name": 1, "fact": 1}
"""How much a word counts in each kind of passage: one in the title counts as much as all of a usual summary."""


def make_index(entries: Iterable[SearchEntry], languages: Iterable[str]) -> Iterator[Page]:
    """The files of the index of each language. Raises `MujazError` where Pagefind is missing or fails."""
    stories = {_document_name(entry): entry for entry in entries}
    if not stories:
        return
    results = {name: _result(entry) for name, entry in stories.items()}
    fold_word = Memo(_fold_word).__getitem__
    documents = ((name, _document(entry, fold_word)) for name, entry in stories.items())
    for code, files in run_pagefind(documents, languages):
        for name, content in tidy_files(files, results, code):
            yield Page(f"{FOLDER}/{code}/{name}", content)


def _document_name(entry: SearchEntry) -> str:
    """The name of a story for Pagefind: safe in any file system, and independent of the other stories."""
    return blake2b(entry.slug.encode(), digest_size=8).hexdigest()


def words_of(passage: Passage) -> list[str]:
    """The words of a passage that can be searched, in the order in which the index counts them."""
    return " ".join((*(text for _, _, text in passage.runs), passage.also)).split()


def _fold_word(word: str) -> str:
    """The word as it is indexed: never empty and never two words, or the words behind it would be counted wrongly."""
    return "".join(fold(word).split()) or "-"


def _document(entry: SearchEntry, fold_word: Callable[[str], str]) -> str:
    """The HTML page that Pagefind reads for a story: folded words with their weights, and the story's filters."""
    filters = "".join(
        f'<i data-pagefind-filter="{name}[title]" title="{escape(value)}"></i>' for name, value in entry.filters
    )
    passages = " ".join(_weighted_words(passage, fold_word) for passage in entry.passages)
    return f"<!DOCTYPE html><html><body data-pagefind-body>{filters}{passages}</body></html>"


def _weighted_words(passage: Passage, fold_word: Callable[[str], str]) -> str:
    words = " ".join(map(fold_word, words_of(passage)))
    return f'<span data-pagefind-weight="{WEIGHTS[passage.kind]}">{escape(words)}</span>'


def _result(entry: SearchEntry) -> dict[str, Any]:
    """What the page's script needs to show a story: its card in each edition, and its passages as written."""
    passages = [
        {"kind": passage.kind, "runs": passage.runs, "words": len(words_of(passage))} for passage in entry.passages
    ]
    return {"slug": entry.slug, "cards": dict(entry.cards), "passages": passages}


__all__ = ["make_index"]
