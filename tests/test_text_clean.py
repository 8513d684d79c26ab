"""Text as a page shows it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.text.clean import shown


@pytest.mark.parametrize(
    "text",
    ["قال: \"نعم\" – 'لا'", "الـرئيس الرَّئِيسُ", "«C5+1»", "سطر\nسطر", "", "قال ﷺ كذا", "﴿آية﴾", "كتب ﻻحقا", "👍🏽 ❤️"],
)
def test_what_a_writer_chose_stays(text: str) -> None:
    assert shown(text) == (text, ())


def test_bidi_and_zero_width_characters_go() -> None:
    assert shown("\ufeffقال\u200f الرئيس\u202c: \u2067نعم\u2069\u200b.\x00") == ("قال الرئيس: نعم.", ("controls",))


def test_zwnj_stays_in_persian_and_goes_from_arabic() -> None:
    assert shown("می\u200cشود خانه\u200cها") == ("می\u200cشود خانه\u200cها", ())
    assert shown("قال\u200cالرئيس") == ("قالالرئيس", ("controls",))
    assert shown("می \u200cشود") == ("می شود", ("controls",))


def test_zwj_stays_where_it_shapes_a_letter_or_an_emoji() -> None:
    assert shown("عام 1447 ه\u200d.")[1] == ()
    assert shown("👨\u200d👩")[1] == ()
    assert shown("قا\u200dل") == ("قال", ("controls",))


def test_odd_spaces_become_single_plain_ones_and_newlines_stay() -> None:
    assert shown("قال\u00a0\u2009الرئيس  هنا\t.\nنعم") == ("قال الرئيس هنا .\nنعم", ("spaces",))


def test_presentation_forms_are_unfolded_only_when_all_arabic_is_in_them() -> None:
    assert shown("ﺍﻟﺮﺋﻴﺲ 2025") == ("الرئيس 2025", ("presentation",))
    assert shown("الرئيس ﺍﻟﺮﺋﻴﺲ") == ("الرئيس ﺍﻟﺮﺋﻴﺲ", ())


def test_decomposed_letters_are_composed_and_vowel_marks_keep_their_order() -> None:
    assert shown("ا\u0653سيا cafe\u0301") == ("آسيا café", ())
    assert shown("رّ\u064e  ")[0] == "رّ\u064e "


INVISIBLE = st.text(
    alphabet="اهیپـ \u00a0\t\n\u200b\u200c\u200d\u200f\u2028\u0653\u0654\u0301eﺍﻻﷲ\ufe70👨\x00\r", max_size=20
)


@given(st.one_of(st.text(), INVISIBLE))
def test_showing_what_is_shown_changes_nothing_more(text: str) -> None:
    once, _ = shown(text)
    assert shown(once) == (once, ())


@given(st.one_of(st.text(), INVISIBLE))
def test_words_survive(text: str) -> None:
    def letters(string: str) -> list[str]:
        plain = unicodedata.normalize("NFKD", string)
        return [letter for letter in plain if letter.isalnum()]

    assert letters(shown(text)[0]) == letters(text)
