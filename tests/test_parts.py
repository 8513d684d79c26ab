"""Parts of a value lie packed until somebody looks into them, and nobody can tell."""

import pickle
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from site_src.errors import LostPartsError
from site_src.parts import Packed, Parts, Place, lay_out, marked, pack, parts, unpack


class Mark(NamedTuple):
    word: str
    place: int


class Text(Struct, frozen=True):
    name: str
    marks: Parts[Mark] = ()


class OneValue:
    """A shelf with the parts of one value."""

    def __init__(self, held: bytes):
        self.held = held

    def part(self, place: Place) -> bytes:
        return self.held[place.start : place.start + place.size]


MARKS = st.lists(st.builds(Mark, st.text(st.characters(exclude_categories=["Cs"])), st.integers(-9, 9)))


@given(MARKS)
def test_packed_or_not_they_are_the_same_values(marks: list[Mark]) -> None:
    fresh, given_back = parts(Mark, marks), unpack(Text, pack(Text("a", parts(Mark, marks)))).marks
    assert fresh == tuple(marks) == given_back
    assert fresh == given_back and hash(fresh) == hash(given_back) == hash(tuple(marks))
    assert list(given_back) == marks and len(given_back) == len(marks) and repr(given_back) == repr(tuple(marks))
    assert given_back[1:] == tuple(marks[1:])
    assert all(type(mark) is Mark for mark in given_back)


@given(MARKS, MARKS)
def test_other_values_are_other_parts_however_they_lie(first: list[Mark], second: list[Mark]) -> None:
    mine, theirs = parts(Mark, first), parts(Mark, second)
    assert (mine == theirs) is (first == second)
    pack((mine, theirs))
    assert (mine == theirs) is (first == second)
    assert (mine == parts(Mark, second)) is (first == second)


@given(MARKS)
def test_equal_values_are_packed_alike_whoever_made_them(marks: list[Mark]) -> None:
    made = pack(Text("a", parts(Mark, marks)))
    assert made == pack(unpack(Text, made)) == pack(pickle.loads(pickle.dumps(unpack(Text, made))))


@given(MARKS, MARKS)
def test_values_are_marked_alike_where_they_are_equal_and_only_there(first: list[Mark], second: list[Mark]) -> None:
    packed = unpack(Text, pack(Text("a", parts(Mark, first))))
    assert marked(packed) == marked(Text("a", parts(Mark, first)))
    assert (marked(packed) == marked(Text("a", parts(Mark, second)))) is (first == second)


def test_a_tuple_will_do_where_parts_are_asked_for() -> None:
    assert unpack(Text, pack(Text("a", (Mark("b", 1),)))) == Text("a", parts(Mark, [Mark("b", 1)]))


def test_a_lone_surrogate_stays_as_it_is_unpacked() -> None:
    torn = parts(Mark, [Mark("\ud800", 1)])
    with pytest.raises(UnicodeError):
        pack(torn)
    assert torn[0].word == "\ud800"


def test_foreign_values_are_named_with_what_to_do() -> None:
    with pytest.raises(LostPartsError, match=r"cache.*remove its folder"):
        tuple(Packed(Mark, None, pack(["no mark"])))


def test_near_parts_stay_with_their_value_however_large_they_are() -> None:
    marks = [Mark("a word", place) for place in range(300)]
    laid = lay_out(Text("a", parts(Mark, marks, near=1 << 14)), b"k" * 20)
    assert laid.parts == b"" and unpack(Text, laid.value) == Text("a", parts(Mark, marks))
    assert lay_out(Text("a", parts(Mark, marks)), b"k" * 20).parts


@given(st.lists(MARKS, max_size=4))
def test_parts_that_lie_on_a_shelf_are_the_same_values(lists: list[list[Mark]]) -> None:
    """Half of them are large, that is on the shelf."""
    texts = [Text("a", parts(Mark, marks * (1 + place % 2 * 40))) for place, marks in enumerate(lists)]
    laid = lay_out(texts, b"k" * 20)
    shelf = OneValue(laid.parts)
    there = unpack(list[Text], laid.value, shelf)
    packed = unpack(list[Text], pack(texts))
    assert there == texts == packed and pickle.loads(pickle.dumps(there)) == texts
    assert pack(there) == pack(texts) and marked(there) == marked(texts)
    for held, place in laid.places:
        held.lie(shelf, place)
    assert texts == packed and marked(texts) == marked(packed)
    assert lay_out(there, b"l" * 20).parts == laid.parts
