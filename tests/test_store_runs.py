"""Values that are asked for in a row lie together a second time, and nothing but time depends on it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec import Struct

from site_src.kept import NOTHING_KEPT, Kept
from site_src.parts import Parts, parts
from site_src.store import Store


class Spoken(NamedTuple):
    word: str


class Told(Struct, frozen=True):
    words: Parts[Spoken]


PAGES = [f"page {number}".encode() for number in range(400)]


def asked_in_a_row(folder: Path, names: list[bytes], kept: Kept = NOTHING_KEPT) -> list[Told | None]:
    """As a build of the whole site asks: what is lacking is learned, and the store is left thin."""
    store = Store(folder, kept)
    found: list[Told | None] = store.known_rows("telling", names, Told)
    for name, told in zip(names, found, strict=True):
        if told is None:
            store.learn("telling", name, telling(name))
    kept.turn()
    store.thin()
    store.close()
    return found


def telling(name: bytes) -> Told:
    return Told(parts(Spoken, [Spoken(f"{name.decode()} {number}") for number in range(60)]))


def rows_together(folder: Path) -> dict[bytes, bytes]:
    with closing(sqlite3.connect(folder / "store.sqlite")) as file:
        return dict(file.execute("SELECT key, value FROM together").fetchall())


def test_what_was_asked_for_in_a_row_is_found_whatever_came_went_or_moved(tmp_path: Path) -> None:
    assert asked_in_a_row(tmp_path, PAGES) == [None] * 400
    orders = (PAGES, PAGES[3:], [b"page new", *PAGES[:200], b"page newer", *PAGES[200:]], PAGES[::-1], PAGES[7:8] * 3)
    for names in orders:
        found = asked_in_a_row(tmp_path, names)
        assert [told for told in found if told] == [telling(name) for name in names if b"new" not in name]
        assert [place for place, told in enumerate(found) if told is None] == [
            place for place, name in enumerate(names) if b"new" in name
        ]


def test_one_input_that_changed_has_but_its_own_run_laid_anew(tmp_path: Path) -> None:
    asked_in_a_row(tmp_path, PAGES)
    before = rows_together(tmp_path)
    asked_in_a_row(tmp_path, [*PAGES[:200], b"page changed", *PAGES[201:]])
    after = rows_together(tmp_path)
    assert len(before) > 1
    assert sum(after[name] != before.get(name) for name in after) in (1, 2)
    assert len(after) <= len(before) + 1, "what nobody asks for any more is forgotten"


def test_where_an_input_came_the_others_of_its_run_are_still_read_together(tmp_path: Path) -> None:
    asked_in_a_row(tmp_path, PAGES)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as file, file:
        file.execute("DELETE FROM known")
    names = [*PAGES[:200], b"page new", *PAGES[200:]]
    assert [name for name, told in zip(names, asked_in_a_row(tmp_path, names), strict=True) if told is None] == [
        b"page new"
    ]


def test_what_is_expected_lies_together_before_it_is_first_asked_for(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        for name in PAGES:
            store.learn("telling", name, telling(name))
        store.expect_rows("telling", PAGES)
        store.thin()
    laid = rows_together(tmp_path)
    assert len(laid) > 1
    assert asked_in_a_row(tmp_path, PAGES) == [telling(name) for name in PAGES]
    assert rows_together(tmp_path) == laid


@pytest.mark.parametrize("harm", ["zeroblob(length(value))", "NULL", "'text'", "x''", "substr(value, 2)"])
def test_values_that_lie_together_no_more_are_read_one_by_one(tmp_path: Path, harm: str) -> None:
    asked_in_a_row(tmp_path, PAGES)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as file, file:
        file.execute(f"UPDATE together SET value = {harm}")
    assert asked_in_a_row(tmp_path, PAGES) == [telling(name) for name in PAGES]
    assert asked_in_a_row(tmp_path, PAGES) == [telling(name) for name in PAGES]


def test_a_preview_finds_the_very_values_of_its_last_build(tmp_path: Path) -> None:
    asked_in_a_row(tmp_path, PAGES)
    kept = Kept()
    first, second = asked_in_a_row(tmp_path, PAGES, kept), asked_in_a_row(tmp_path, PAGES, kept)
    assert all(one is other for one, other in zip(first, second, strict=True))
