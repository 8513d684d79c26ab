"""Sayings: verbs, speakers and quotations of every case, and what must hold of any text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.model.brief import Saying
from site_src.model.names import Name
from site_src.text.names.book import NameBook
from site_src.text.sayings import find_sayings

CASES = Path(__file__).parent / "cases" / "sayings"
BOOK = NameBook.build(
    [
        Name("trump", "person", "Donald Trump", "دونالد ترامب"),
        Name("orban", "person", "Viktor Orbán", "فيكتور أوربان"),
        Name("rubio", "person", "Marco Rubio", "ماركو روبيو"),
        Name("tokayev", "person", "Kassym-Jomart Tokayev", "قاسم جومارت توكاييف"),
        Name("mirziyoyev", "person", "Shavkat Mirziyoyev", "شوكت ميرزيوييف"),
    ]
)


def case_line(saying: Saying) -> str:
    speaker = saying.speaker_words or "-"
    return f"{saying.verb} = {speaker}{f' @ {saying.speaker}' if saying.speaker else ''}{' quoted' * saying.quoted}"


def cases(name: str = "ar") -> list[tuple[str, str]]:
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()
    pairs = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return [(text, expected) for text, _, expected in pairs]


@pytest.mark.parametrize(("text", "expected"), [*cases(), *cases("later-ar")])
def test_a_saying_is_read_as_the_case_says(text: str, expected: str) -> None:
    assert " | ".join(map(case_line, find_sayings(text, BOOK.find(text)))) == expected


def test_a_quoted_saying_ends_with_its_closing_mark() -> None:
    text = "وقال الوزير: «انتهى الأمر. لن نعود»، قبل أن يغادر."
    (saying,) = find_sayings(text)
    assert text[saying.start : saying.end] == "وقال الوزير: «انتهى الأمر. لن نعود»"


def test_a_saying_ends_where_the_next_begins() -> None:
    text = "أوضح الوزير أن الخطة جاهزة، بينما أكد نائبه أن التمويل ينقصها."
    assert text[slice(*next((one.start, one.end) for one in find_sayings(text)))] == "أوضح الوزير أن الخطة جاهزة"


def test_a_saying_begins_with_the_speaker_who_stands_before_its_verb() -> None:
    text = "أقر دونالد ترامب بأن المدة سنة، لكن فيكتور أوربان أكد أن المدة مفتوحة."
    assert [text[saying.start : saying.end] for saying in find_sayings(text, BOOK.find(text))] == [
        "أقر دونالد ترامب بأن المدة سنة", "فيكتور أوربان أكد أن المدة مفتوحة.",
    ]  # fmt: skip


def test_a_speaker_is_not_carried_into_the_next_sentence() -> None:
    text = "قال الوزير إن الخطة جاهزة. وصل الوفد مؤكدا أنه متفائل."
    assert [saying.speaker_words for saying in find_sayings(text)] == ["الوزير", ""]


def test_words_inside_a_quotation_are_nobody_elses_saying() -> None:
    text = "قال الوزير: «أكد الرئيس أن الخطة جاهزة»."
    assert [saying.verb for saying in find_sayings(text)] == ["said"]


WORDS = sorted({word for text, _ in cases() for word in text.split()})


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_sayings_of_any_text_stand_in_it_and_quote_their_speaker_from_it(text: str) -> None:
    for saying in find_sayings(text, BOOK.find(text)):
        assert 0 <= saying.start < saying.end <= len(text)
        assert saying.speaker_words in text
