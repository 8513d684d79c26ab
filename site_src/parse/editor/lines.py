"""The lines of a page that the editor keeps, drops, or names as the beginning of an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_src.model.report import Problem
from site_src.parse.editor.header import key_of
from site_src.parse.editor.word import Source, Word, usable_value
from site_src.parse.lines import Line, with_fields_at
from site_src.text.fold import fold

_HINT_LINES = 2000
"""Lines of the page, at most, among which a hint is sought."""
_HINT_SIMILARITY = 0.6
"""How similar a line of the page is, at least, to be suggested in place of words that no line begins with."""


def mark_kept(word: Word, lines: list[Line]) -> list[Line]:
    """The lines of the page, with those that the editor keeps marked as kept."""
    return with_fields_at(lines, _matching_indexes(word.lists("keep"), lines), kept=True)


def without_dropped(word: Word, lines: list[Line]) -> list[Line]:
    """The lines of the page, with those that the editor drops made junk."""
    return with_fields_at(lines, _matching_indexes(word.lists("drop"), lines), sort="junk", rule="editor")


def forced_starts(word: Word, lines: Sequence[Line]) -> frozenset[int] | None:
    """The indexes at which the editor says that an article begins; None where the rules decide."""
    return None if word.splits is None else frozenset(_matching_indexes(word.lists("split"), lines))


def _matching_indexes(entries: Iterable[str | int], lines: Sequence[Line]) -> dict[int, str | int]:
    """The index of each line that begins with the words of an entry, or has its number in the file, to that entry."""
    starts = [(entry, fold(entry) if isinstance(entry, str) else entry) for entry in entries]
    matches: dict[int, str | int] = {}
    for index, line in enumerate(lines if starts else ()):
        plain = fold(line.text)
        for entry, start in starts:
            if line.line == start if isinstance(start, int) else plain.startswith(start):
                matches[index] = entry
    return matches


def unmatched(word: Word, all_lines: Sequence[Line], paragraphs: Sequence[Line]) -> list[Problem]:
    """A problem for each entry of `keep` that matches no line, or of `drop` or `split` that matches no paragraph.

    `all_lines` are the lines of the page as saved, `paragraphs` the same joined to whole paragraphs.
    """
    problems = []
    for key, lines in (("keep", all_lines), ("drop", paragraphs), ("split", paragraphs)):
        if entries := word.lists(key):
            used_entries = set(_matching_indexes(entries, lines).values())
            problems += [_unmatched(word, key, entry, lines) for entry in entries if entry not in used_entries]
    return problems


def _unmatched(word: Word, key: str, entry: str | int, lines: Sequence[Line]) -> Problem:
    """The problem that an entry of a list matches none of the lines, with a similar line as a hint."""
    from difflib import get_close_matches

    if isinstance(entry, int):
        what = f"{key}: {entry}: nothing begins on this line of the page"
    else:
        length = entry.count(" ") + 1
        starts = {" ".join(line.text.split(" ", length)[:length]): line.line for line in lines[:_HINT_LINES]}
        similar = get_close_matches(entry, starts, 1, _HINT_SIMILARITY)
        hint = f"; did you mean {similar[0]!r} (line {starts[similar[0]]})?" if similar else ""
        what = f"{key}: {entry!r}: no line of the page begins so{hint}"
    source, number, name = next(_places_of_entry(word, key, entry))
    return source.fault(number, name, what, "copy the first words of the line as they stand")


def _places_of_entry(word: Word, key: str, entry: str | int) -> Iterator[tuple[Source, int, str]]:
    """Each place of an entry in the editor's lists: the source, the number of the table, and the name of the entry."""
    for source in word.sources:
        for number, table in enumerate(source.tables):
            for name, value in table.items():
                entries = usable_value(key, value) if key_of(name) == key else None
                if entries and entry in entries:
                    yield source, number, f"{name}.{entries.index(entry) + 1}"
