"""Folding."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from site_src.text.fold import fold, fold_marks, folded, words

ARABIC = st.text(alphabet="اأإآٱىيئؤةهکگك\u0640\u064b\u0651\u0653\u0654\u200f\u200c٣۴٫ﻻﷲAÉe\u0301 .", max_size=40)


def test_spellings_of_one_word_fold_alike() -> None:
    assert fold("إِسرائيـل") == fold("اسرائيل") == fold("اسراییل")
    assert fold("قمة ٢٠٢٥") == fold("قمه 2025")


def test_a_decomposed_letter_folds_as_the_composed_one() -> None:
    assert fold(unicodedata.normalize("NFD", "آلأمؤئ")) == fold("آلأمؤئ")


def test_marks_alone_do_not_make_another_sentence_but_letters_do() -> None:
    assert fold_marks("الرَّئيسُ  قال") == fold_marks("الرئيس قال") != fold_marks("الرئيش قال")


def test_a_span_holds_the_marks_of_its_last_letter() -> None:
    text = "قال الرئيسُ هنا"
    view = folded(text)
    start = view.text.index("الرييس")
    assert text[slice(*view.span(start, start + 6))] == "الرئيسُ"


def test_a_ligature_is_whole_or_not_in_a_span() -> None:
    assert folded("ﷲ").span(0, 1) == (0, 1)


def test_words_keep_separators_inside_numbers() -> None:
    assert words("بلغ 3.5 و«C5+1»") == ["بلغ", "3.5", "و", "c5+1"]


def test_both_letters_of_a_ligature_with_a_mark_come_from_the_ligature() -> None:
    view = folded("00\ufef5\u064b")
    assert view.text == "00لا"
    assert [view.span(2, 3), view.span(3, 4)] == [(2, 4), (2, 4)]


@given(ARABIC)
@example("A\u0640\u0301")
def test_folded_is_fold_with_offsets(text: str) -> None:
    assert folded(text).text == fold(text)


@given(st.one_of(st.text(), ARABIC), st.data())
def test_every_folded_span_maps_to_text_that_folds_to_it(text: str, drawn: st.DataObject) -> None:
    view = folded(text)
    assert view.offsets is None or (
        len(view.offsets) == len(view.text) + 1 and list(view.offsets) == sorted(view.offsets)
    )
    start = drawn.draw(st.integers(0, len(view.text)))
    end = drawn.draw(st.integers(start, len(view.text)))
    first, last = view.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert (first < last) == (start < end)
    assert view.text[start:end] in fold(text[first:last]) or view.text[start:end] in folded(text[first:last]).text


@given(ARABIC)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
