"""Quotation marks and brackets in pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.text.quotations import pairs


def held(text: str) -> list[str]:
    return [text[opened + 1 : closed] for opened, closed in pairs(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('قال "نعم" و"لا".', ["نعم", "لا"]),
        ("قال «نعم» ثم “لا” ثم ”ربما“ ثم „أبدا“", ["نعم", "لا", "ربما", "أبدا"]),
        ("عند »القوسين« المقلوبين", ["القوسين"]),
        ('قال: "قلت له: "نعم" ومضيت".', ['قلت له: "نعم" ومضيت', "نعم"]),
        ('لإلغائها""الحوار أفضل"', ["الحوار أفضل"]),
        ('حزب ال"قاعدة" المحظور', ["قاعدة"]),
        ('شاشة 55" وقال "جيد".', ["جيد"]),
        ('قال "نعم. ثم قال "لا".', ["لا"]),
        ('قال "نعم"ثم مضى وقال "لا".', ["نعم", "لا"]),
        ("(أ) [ب] 1) ج", ["أ", "ب"]),
        ('" كلام بين فراغين "', [" كلام بين فراغين "]),
        ("لا شيء", []),
    ],
)
def test_marks_pair_by_their_neighbours(text: str, inside: list[str]) -> None:
    assert held(text) == inside


@given(st.one_of(st.text(), st.text(alphabet='ا «»“”„"()[].', max_size=40)))
def test_pairs_are_in_order_and_use_each_mark_once(text: str) -> None:
    found = pairs(text)
    assert list(found) == sorted(found)
    marks = [place for pair in found for place in pair]
    assert len(set(marks)) == len(marks)
    assert all(opened < closed for opened, closed in found)
