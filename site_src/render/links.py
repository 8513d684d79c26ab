"""Where each page of the site stands, those of a list too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote

T = TypeVar("T")


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
    """(path, items, number, how many pages there are) of each page of a list; one page where there are no items."""
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        yield numbered(path, number), items[(number - 1) * size : number * size], number, total


def pager(plain: str, number: int, total: int) -> dict[str, object]:
    """What the macro `pager` is told on a page of a list whose first has the path `plain` below the edition."""
    return {
        "number": number, "total": total, "newer": numbered(plain, number - 1) if number > 1 else "",
        "older": numbered(plain, number + 1) if number < total else "",
    }  # fmt: skip
