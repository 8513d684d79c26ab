"""The path of each page of the site, and of each page of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote

T = TypeVar("T")


def edition_of(path: str) -> str:
    """The code of the edition to which the page at `path` belongs: the first part of the path."""
    return path.partition("/")[0]


@lru_cache(65536)
def story_path(slug: str) -> str:
    """The page of a story, below its edition."""
    return f"stories/{quote(slug, safe='-_.')}.html"


def topic_path(slug: str) -> str:
    """The first page of a topic, below its edition."""
    return f"topics/{slug}/index.html"


@lru_cache(65536)
def name_path(name_id: str) -> str:
    """The first page of a name, below its edition."""
    return f"names/{quote(name_id, safe='-_.')}/index.html"


def month_path(month: str) -> str:
    """The first page of a month ("2025-11", "2025" or "undated"), below its edition."""
    return f"archive/{month}/index.html"


def numbered(path: str, number: int) -> str:
    """The `number`th page of a list; the first keeps the plain address."""
    return path if number == 1 else path.replace("index.html", f"page-{number}.html")


def paged(path: str, items: Sequence[T], size: int) -> Iterator[tuple[str, Sequence[T], int, int]]:
    """(path, items, number from 1, how many pages) of each page of a list; a list without items has one page."""
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        yield numbered(path, number), items[(number - 1) * size : number * size], number, total


def pager(first_path: str, number: int, total: int) -> dict[str, object]:
    """The variables of the macro `pager` on page `number` of a list; its page 1 is `first_path` below the edition."""
    return {
        "number": number, "total": total, "newer": numbered(first_path, number - 1) if number > 1 else "",
        "older": numbered(first_path, number + 1) if number < total else "",
    }  # fmt: skip
