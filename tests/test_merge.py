from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.errors import SettingsError
from site_src.merge import Merged, MergeWord, load_word, merge
from site_src.model import Article, Day, EditorsWord, Found, Paragraph, Story
from site_src.record import Entry, Record
from site_src.text.shingles import sketch

CASES = Path(__file__).parent / "cases" / "merge"
DEVELOPED = sorted(CASES.glob("*.txt"))
HELD_BACK = sorted((CASES / "held").glob("*.txt"))


@dataclass(frozen=True)
class Labelled:
    name: str
    story: str
    article: Article


def texts_of(case: Path) -> list[Labelled]:
    """The texts of a case file, in the notation that the folder's README explains."""
    bodies: dict[str, list[str]] = {}
    found = []
    for block in re.split(r"^== ", case.read_text("utf-8"), flags=re.M)[1:]:
        head, *lines = [line for line in block.splitlines() if line.strip()]
        name, story, *dates = head.split()
        bodies[name] = [written(line, bodies) for line in lines]
        found.append(Labelled(name, story, article(f"{case.stem}/{name}.txt", *bodies[name], date="".join(dates))))
    return found


def written(line: str, bodies: dict[str, list[str]]) -> str:
    before, at, reference = line.partition("@")
    if not at:
        return line
    words, *edits = re.split(r" \| ", reference)
    name, number = words.split()
    text = bodies[name][int(number) - 1]
    for old, new in (edit.split(" >") for edit in edits):
        assert old in text, (line, old)
        text = text.replace(old, new.strip())
    return before + text


def article(file: str, *paragraphs: str, date: str = "", part: int = 1, **fields: object) -> Article:
    body = tuple(Paragraph("text", text, line) for line, text in enumerate(paragraphs, 1))
    published: Found[Day] = Found(Day(*map(int, date.split("-"))), "stated", date, "line 1") if date else Found()
    return replace(Article(file, part, "ar", Found(), body, published), **fields)


def pairs_of(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def members(story: Story) -> list[str]:
    return [story.lead.file, *(copy.article.file for copy in story.copies)]


def verdicts(cases: Iterable[Path]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(pairs that should be joined, pairs that were), every case file merged by itself."""
    wanted, joined = set(), set()
    for case in cases:
        texts = texts_of(case)
        stories = {text.story for text in texts}
        wanted |= pairs_of([t.article.file for t in texts if t.story == story] for story in stories)
        joined |= pairs_of(map(members, merge([text.article for text in texts], Record()).stories))
    return wanted, joined


def f1(wanted: set[tuple[str, str]], joined: set[tuple[str, str]]) -> float:
    return 2 * len(wanted & joined) / (len(wanted) + len(joined))
