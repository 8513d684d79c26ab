"""Parts of a value lie packed until somebody looks into them, and nobody can tell."""

import pickle
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from site_src.errors import MujazError
from site_src.parts import Packed, Parts, marked, pack, parts, unpack


class Mark(NamedTuple):
    word: str
    place: int


class Text(Struct, frozen=True):
    name: str
    marks: Parts[Mark] = ()


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
    with pytest.raises(MujazError, match=r"cache.*remove its folder"):
        len(Packed(Mark, None, pack(["no mark"])))
