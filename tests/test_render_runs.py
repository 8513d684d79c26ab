import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.render.runs import first_direction, split_runs, tidy


def foreign(text: str, direction: str) -> list[str]:
    return split_runs(text, direction)[1::2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("منصة «C5+1» للحوار", ["C5+1"]),
        ("على منصة Truth Social اليوم", ["Truth Social"]),
        ("عام 2022 وعام 1991.", ["2022", "1991"]),
        ("بنسبة 15% تقريبا", ["15%"]),
        ("من 2020-2025 فقط", ["2020-2025"]),
        ("بلغ 3.5 مليار", ["3.5"]),
        ("موقع www.example.org للأخبار", ["www.example.org"]),
        ("طائرة Boeing 737 MAX، حديثة", ["Boeing 737 MAX"]),
        ("8th, November 2025 GMT", ["8th, November 2025 GMT"]),
        ("درجة -5 وأكثر", ["-5"]),
        ("ثمنه $20 أو €30", ["$20", "€30"]),
        ("كلام عربي فقط، بلا أرقام.", []),
        ("الأرقام ٢٠٢٢ عربية", []),
    ],
)
def test_runs_of_latin_and_digits_are_told_apart_in_arabic(text: str, expected: list[str]) -> None:
    assert foreign(text, "rtl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The word موجز means brief.", ["موجز"]),
        ("Published by وكالة الأنباء، القاهرة in 2025", ["وكالة الأنباء، القاهرة"]),
        ("Only English, 2025.", []),
        ("With marks مُوجَز here", ["مُوجَز"]),
    ],
)
def test_arabic_words_are_told_apart_in_english(text: str, expected: list[str]) -> None:
    assert foreign(text, "ltr") == expected


def test_the_full_stop_after_a_latin_run_stays_with_the_arabic_sentence() -> None:
    assert split_runs("نشره Reuters.", "rtl") == ["نشره ", "Reuters", "."]


@given(st.text(alphabet="ابت 12%+-.,AZaz«»():٣/@'’ $", max_size=60), st.sampled_from(["ltr", "rtl"]))
def test_nothing_of_a_text_is_lost_or_moved(text: str, direction: str) -> None:
    assert "".join(split_runs(text, direction)) == text


@given(st.text(alphabet="ابت +-.,«»():٣/@'’ $#", max_size=60))
def test_arabic_without_digits_or_latin_letters_is_one_run(text: str) -> None:
    assert split_runs(text, "rtl") == [text]


@given(st.text(alphabet=st.characters(max_codepoint=0x58F), max_size=60))
def test_text_without_arabic_or_hebrew_letters_is_one_run(text: str) -> None:
    assert split_runs(text, "ltr") == [text]


def test_controls_that_disguise_text_are_dropped() -> None:
    assert tidy("a\u202egpj.exe\u2069\x00\x1b\ud800b") == "agpj.exeb"


@pytest.mark.parametrize(
    ("text", "direction"),
    [("3 محطات", "rtl"), ("«C5+1» منصة", "ltr"), ("the 3rd", "ltr"), ("18 → 1", ""), ("", ""), ("…", "")],
)
def test_a_text_is_read_as_its_first_letter_is(text: str, direction: str) -> None:
    assert first_direction(text) == direction
