"""Print an article of the development set with its sentences numbered, as the annotators read it.

    python tests/cases/summary/number.py tests/cases/summary/articles/NAME.toml ...

A number is the place of a sentence, counted from 1, over all paragraphs in order; title and standfirst have none.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[3]))

from site_src.text.sentences import split


def lines(article: dict[str, Any]) -> Iterator[str]:
    """The article for a reader: title, standfirst, then one line a sentence, an empty one between paragraphs."""
    yield f"[{article.get('kind', '')}] {article['title']}"
    if article.get("standfirst"):
        yield f"({article['standfirst']})"
    number = 0
    for paragraph in article["paragraphs"]:
        yield ""
        for start, end in split(paragraph):
            number += 1
            yield f"{number}. {paragraph[start:end]}"


def main(paths: list[str]) -> None:
    for path in paths:
        print(f"== {Path(path).stem}")
        print(*lines(tomllib.loads(Path(path).read_text("utf-8"))), "", sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
