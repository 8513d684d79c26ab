"""Languages of articles and paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.text.languages import direction_of, may_be, recognise

CASES = [
    tuple(line.split(": ", 1))
    for line in (Path(__file__).parent / "cases/languages/texts.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "text"), CASES)
def test_a_text_is_recognised(language: str, text: str) -> None:
    assert recognise(text) == language.replace("-", "")


def test_an_article_with_an_english_paragraph_is_arabic() -> None:
    arabic = "قال الوزير إن بلاده ستشارك في القمة التي تعقد في العاصمة.\n"
    assert (
        recognise(arabic * 5 + "The minister said that the country will take part in the summit.\n" + arabic * 5)
        == "ar"
    )


def test_a_long_persian_article_is_persian_whatever_its_digits() -> None:
    assert recognise("او گفت که این دیدار در سال ۱۴۰۴ برگزار شد. " * 300) == "fa"


@given(st.text())
def test_any_text_has_a_short_answer(text: str) -> None:
    assert len(recognise(text)) <= 3


@pytest.mark.parametrize(
    ("text", "languages", "possible"),
    [
        ("நகராட்சி புதிய மீன் சந்தையைத் திறந்தது.", ("ar",), False),
        ("Kuriftu Bishoftu", ("ar",), False),
        ("Kuriftu Bishoftu", ("ar", "en"), True),
        ("Kuriftu Bishoftu", ("om",), True),
        ("41,2 33,7 (+0,4)", ("ar",), True),
    ],
)
def test_a_text_that_does_not_tell_its_language_may_be_in_one_of_its_letters(
    text: str, languages: tuple[str, ...], possible: bool
) -> None:
    assert recognise(text) == ""
    assert may_be(text, languages) == possible


@pytest.mark.parametrize(
    ("code", "direction"),
    [("ar", "rtl"), ("fa-AF", "rtl"), ("he", "rtl"), ("en", "ltr"), ("uz-Latn", "ltr"), ("", "ltr")],
)
def test_a_language_is_read_in_the_direction_of_its_letters(code: str, direction: str) -> None:
    assert direction_of(code) == direction
