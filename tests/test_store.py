"""The store saves time and nothing else."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import pytest
from msgspec import Struct

from site_src.errors import LostPartsError
from site_src.parts import Parts, parts
from site_src.store import Store, digest


@dataclass(frozen=True)
class Result:
    words: tuple[str, ...]


class Counter:
    def __init__(self) -> None:
        self.calls = 0

    def make(self) -> Result:
        self.calls += 1
        return Result(("كلمة", "word"))


def remember(folder: Path | None, counter: Counter, made_from: bytes = b"page") -> Result:
    store = Store(folder)
    result = store.remember("analysis", made_from, Result, counter.make)
    store.close()
    return result


def test_the_same_input_is_worked_out_once(tmp_path: Path) -> None:
    counter = Counter()
    assert remember(tmp_path, counter) == remember(tmp_path, counter) == Result(("كلمة", "word"))
    assert counter.calls == 1


def test_another_input_is_worked_out_anew(tmp_path: Path) -> None:
    counter = Counter()
    remember(tmp_path, counter)
    remember(tmp_path, counter, b"another page")
    assert counter.calls == 2


def test_what_is_known_of_one_kind_says_nothing_of_another(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.learn("page", b"made from", {"a": 1})
    store.keep("placement", {"b": 2})
    store.close()
    store = Store(tmp_path)
    assert store.known("brief", b"made from", dict[str, int]) is None
    assert store.last("pages", dict[str, int]) is None
    assert (store.known("page", b"made from", dict[str, int]), store.last("placement", dict[str, int])) == (
        {"a": 1}, {"b": 2},
    )  # fmt: skip
    store.close()


def test_what_other_code_worked_out_is_worked_out_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter()
    remember(tmp_path, counter)
    monkeypatch.setattr("site_src.store.code_version", lambda: b"of another release")
    remember(tmp_path, counter)
    assert counter.calls == 2


def test_inputs_of_other_parts_are_other_inputs_wherever_their_borders_lie() -> None:
    inputs = [("ab", "c"), ("a", "bc"), ("abc",), ("", "abc"), ("abc", ""), ("ab", "d")]
    assert len({digest(*one) for one in inputs}) == len(inputs)
    assert digest("كلمة") == digest("كلمة".encode())


def test_without_a_folder_nothing_is_remembered() -> None:
    counter = Counter()
    remember(None, counter)
    remember(None, counter)
    assert counter.calls == 2


def test_a_file_of_a_version_that_wrote_other_columns_is_made_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as file, file:
        file.execute("CREATE TABLE known (key BLOB PRIMARY KEY, value BLOB)")
        file.execute("INSERT INTO known VALUES (x'00', x'00')")
    counter = Counter()
    assert remember(tmp_path, counter) == remember(tmp_path, counter) == Result(("كلمة", "word"))
    assert counter.calls == 1


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100, os.urandom(5000)])
def test_a_damaged_file_costs_only_time(tmp_path: Path, damage: bytes) -> None:
    counter = Counter()
    remember(tmp_path, counter)
    for path in tmp_path.iterdir():
        path.write_bytes(damage)
    assert remember(tmp_path, counter) == Result(("كلمة", "word"))
    assert remember(tmp_path, counter) == Result(("كلمة", "word"))
    assert counter.calls == 2


@pytest.mark.parametrize("value", [5, None, "text", 1.5, b""])
def test_a_value_of_a_type_that_the_store_never_writes_is_a_miss(tmp_path: Path, value: object) -> None:
    counter = Counter()
    remember(tmp_path, counter)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as file, file:
        file.execute("UPDATE known SET value = ?", (value,))
    remember(tmp_path, counter)
    assert counter.calls == 2


def test_a_whole_value_that_a_harmed_index_finds_under_another_key_is_a_miss(tmp_path: Path) -> None:
    counter = Counter()
    remember(tmp_path, counter, b"page")
    remember(tmp_path, counter, b"another page")
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as file, file:
        rows = file.execute("SELECT key, value FROM known").fetchall()
        file.executemany(
            "UPDATE known SET value = ? WHERE key = ?", [(rows[1][1], rows[0][0]), (rows[0][1], rows[1][0])]
        )
    remember(tmp_path, counter, b"page")
    assert counter.calls == 3


def test_a_harmed_file_whose_complaint_is_no_text_costs_only_time(tmp_path: Path) -> None:
    counter = Counter()
    remember(tmp_path, counter)
    path = tmp_path / "store.sqlite"
    path.write_bytes(path.read_bytes().replace(b"tableknown", b"tablekn\x9f\xffn").replace(b"E TABLE", b"E TABXE"))
    assert remember(tmp_path, counter) == Result(("كلمة", "word"))
    assert remember(tmp_path, counter) == Result(("كلمة", "word"))
    assert counter.calls == 2


def test_values_of_another_shape_are_a_miss(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.remember("analysis", b"page", int, lambda: 7)
    store.close()
    counter = Counter()
    assert remember(tmp_path, counter) == Result(("كلمة", "word"))
    assert counter.calls == 1


def test_a_cache_folder_that_is_a_file_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    counter = Counter()
    assert remember(tmp_path / "cache", counter) == Result(("كلمة", "word"))


def test_what_was_put_aside_is_there_in_the_next_build(tmp_path: Path) -> None:
    first = Store(tmp_path)
    assert first.last("placement", dict[str, int]) is None
    first.keep("placement", {"a": 1})
    first.close()
    second = Store(tmp_path)
    assert second.last("placement", dict[str, int]) == {"a": 1}
    assert second.last("placement", list[int]) is None
    second.close()


class Spoken(NamedTuple):
    word: str


class Told(Struct, frozen=True):
    words: Parts[Spoken]


def test_a_value_whose_bytes_changed_is_a_miss_even_where_its_parts_lie_packed(tmp_path: Path) -> None:
    told = Told(parts(Spoken, [Spoken("كلمة")]))
    store = Store(tmp_path)
    store.learn("telling", b"page", told)
    store.close()
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as file, file:
        (value,) = file.execute("SELECT value FROM known").fetchone()
        file.execute("UPDATE known SET value = ?", (value[:-3] + b"\xc1\xc1\xc1",))
    store = Store(tmp_path)
    assert store.known("telling", b"page", Told) is None
    store.close()


def plant(folder: Path) -> None:
    """Make text of the one value no text, as somebody would who knows how a value is told from a harmed one."""
    with closing(sqlite3.connect(folder / "store.sqlite")) as file, file:
        key, value = file.execute("SELECT key, value FROM known").fetchone()
        packed = value[4:].replace("كلمة".encode(), b"\xff" * 8)
        file.execute("UPDATE known SET value = ?", (crc32(packed, crc32(key)).to_bytes(4) + packed,))


def test_a_planted_value_whose_text_is_none_is_a_miss(tmp_path: Path) -> None:
    counter = Counter()
    remember(tmp_path, counter)
    plant(tmp_path)
    assert remember(tmp_path, counter) == Result(("كلمة", "word"))
    assert counter.calls == 2


def test_planted_parts_whose_text_is_none_are_lost(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.learn("telling", b"page", Told(parts(Spoken, [Spoken("كلمة")])))
    store.close()
    plant(tmp_path)
    store = Store(tmp_path)
    told: Told = store.known("telling", b"page", Told)
    with pytest.raises(LostPartsError):
        list(told.words)
    store.close()


def test_many_results_are_given_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    names = [f"page {number}".encode() for number in range(250)]
    store = Store(tmp_path)
    for number in range(0, 250, 3):
        store.learn("analysis", names[number], number)
    store.close()
    made: list[int] = []

    def make(place: int) -> int:
        made.append(place)
        return place

    store = Store(tmp_path)
    assert list(store.remember_all("analysis", names, int, make)) == list(range(250))
    store.close()
    assert made == [place for place in range(250) if place % 3]


def many() -> Told:
    return Told(parts(Spoken, [Spoken(f"كلمة {number}") for number in range(100)]))


def learn_many(folder: Path) -> None:
    store = Store(folder)
    store.learn("telling", b"page", many())
    store.close()


def test_parts_can_be_looked_at_after_the_store_is_closed(tmp_path: Path) -> None:
    learn_many(tmp_path)
    store = Store(tmp_path)
    told: Told = store.known("telling", b"page", Told)
    store.close()
    assert told == many() and list(told.words)[-1].word == "كلمة 99"


@pytest.mark.parametrize("harm", ["zeroblob(length(parts))", "NULL", "'text'", "x''"])
def test_parts_that_are_lost_after_their_value_was_found_are_told(tmp_path: Path, harm: str) -> None:
    learn_many(tmp_path)
    store = Store(tmp_path)
    told: Told = store.known("telling", b"page", Told)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as file, file:
        file.execute(f"UPDATE known SET parts = {harm}")
    with pytest.raises(LostPartsError, match=r"store\.sqlite.*remove its folder"):
        list(told.words)
    store.close()


def test_parts_that_were_out_of_reach_for_a_moment_are_there_again(tmp_path: Path) -> None:
    learn_many(tmp_path)
    store, away = Store(tmp_path), tmp_path / "away"
    told: Told = store.known("telling", b"page", Told)
    store.close()
    (tmp_path / "store.sqlite").rename(away)
    with pytest.raises(LostPartsError):
        list(told.words)
    away.rename(tmp_path / "store.sqlite")
    assert told == many()


def test_parts_of_a_store_that_cannot_be_written_stay_in_memory(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as file:
        file.execute("BEGIN EXCLUSIVE")
        told = many()
        store.learn("telling", b"page", told)
        store.close()
    assert told == many()


def test_only_who_asks_for_all_that_a_site_needs_has_the_rest_forgotten(tmp_path: Path) -> None:
    names = [f"page {number}".encode() for number in range(1500)]

    def asking_for_one(*, thin: bool) -> None:
        store = Store(tmp_path)
        assert store.known("analysis", names[7], int) == 7
        if thin:
            store.thin()
        store.close()

    def known() -> int:
        store = Store(tmp_path)
        found = store.known_all("analysis", names, int)
        store.close()
        return sum(one is not None for one in found)

    store = Store(tmp_path)
    for number, name in enumerate(names):
        store.learn("analysis", name, number)
    store.close()
    asking_for_one(thin=False)
    assert known() == 1500
    asking_for_one(thin=True)
    assert known() == 1
