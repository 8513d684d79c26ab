"""Adequacy: sentences that are other sentences, words that turn the news, and right translations in their own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import checks as bench
import pytest

from site_src.text.fold import fold
from site_src.translate.checks import check_pair

ROOT = Path(__file__).parent.parent
NAMES = bench.site_names()


def found(source: str, target: str) -> list[tuple[str, str]]:
    return [(each.severity, each.what) for each in check_pair(source, target, NAMES) if each.check == "adequacy"]


STRIKE = "رفض المعلمون اقتراح الوزارة وأعلنوا إضرابا مفتوحا حتى صرف الرواتب المتأخرة."
TUNNEL = "دشن العمال نفقا جديدا يربط القرية بالطريق السريع بعد سنوات من التأخير والخلاف على التمويل."
RATE = "أبقى البنك المركزي سعر الفائدة ثابتا في اجتماع أمس."
WELLS = "وحذر الخبراء من أن تسرب النفط إلى الآبار يهدد مياه الشرب في القرى القريبة من المصفاة."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (STRIKE, "The doctors visited the new factory and showed an open market to the children in the village."),
        (TUNNEL, "The players celebrated a famous song that brings the school together after years of cold weather."),
        (WELLS, "Officials said that the gas price would harm the sale of houses and cars near the university."),
    ],
)
def test_a_sentence_of_other_words_is_withheld_though_no_name_or_figure_tells(source: str, target: str) -> None:
    assert [severity for severity, _ in found(source, target)] == ["error"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            STRIKE,
            "The teachers rejected the ministry's proposal and announced an open strike until late salaries are paid.",
        ),
        (
            STRIKE,
            "Turning down the ministry's offer, teachers began an open-ended walkout until overdue wages are paid.",
        ),
        (
            TUNNEL,
            "Workers opened a new tunnel linking the village to the highway after years of delay and funding rows.",
        ),
        (
            WELLS,
            "The experts warned that oil leaking into wells threatens drinking water in villages near the refinery.",
        ),
        (
            WELLS,
            "Drinking water in villages around the refinery is at risk from oil seeping into wells, experts warn.",
        ),
        (RATE, "The central bank kept its interest rate steady at yesterday's meeting."),
        ("ضحك الطفل ثم نام.", "The boy laughed, then slept."),
    ],
)
def test_a_right_translation_close_or_free_draws_nothing(source: str, target: str) -> None:
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "word"),
    [
        (RATE, "The central bank raised the interest rate at yesterday's meeting.", "raised"),
        ("تباطأ التضخم في المدن الكبرى خلال الصيف.", "Inflation rose in the big cities during the summer.", "rose"),
        ("وينص القانون على غرامات للشركة المخالفة.", "The law provides an increase for the company.", "increase"),
    ],
)
def test_a_rise_that_stands_for_another_word_is_an_error_that_quotes_it(source: str, target: str, word: str) -> None:
    assert found(source, target) == [("error", word)]


def test_the_finding_quotes_the_longest_run_of_words_that_are_lost() -> None:
    target = "The teachers rejected the ministry's proposal and announced a visit to the new factory in the village."
    assert [what for _, what in found(STRIKE, target)] == ["إضرابا مفتوحا حتى صرف الرواتب المتأخرة"]


def test_a_translation_that_rearranges_its_sentence_may_choose_other_words_but_one_in_its_order_may_not() -> None:
    source = "قررت البلدية إغلاق الجسر القديم أمام الشاحنات بعد أن كشف المهندسون شقوقا في أعمدته."
    free = "After engineers spotted cracks in its pillars, heavy vehicles were barred from the ageing bridge by decree."
    other = "The city decided to build the old bridge for visitors after the engineers painted flowers on its walls."
    assert [severity for severity, _ in found(source, free)] == ["warning"]
    assert [severity for severity, _ in found(source, other)] == ["error"]


def test_names_are_left_to_the_check_of_names() -> None:
    source = "وصل رئيس كازاخستان إلى طشقند."
    assert found(source, "The president of Hungary arrived in Budapest.") == []


def test_other_languages_have_no_lexicon() -> None:
    target = "Les joueurs ont visité la nouvelle usine du village avec les enfants de la grande école."
    assert check_pair(STRIKE, target, NAMES, "ar", "fr") == ()


def test_every_line_of_the_lexicon_can_be_reached() -> None:
    words = tomllib.loads((ROOT / "site_src" / "tables" / "lexicon.toml").read_text("utf-8"))["words"]
    for bases, english in words.items():
        assert re.fullmatch(r"[\u0621-\u064a]+(?: [\u0621-\u064a]+)*", bases), bases
        assert re.fullmatch(r"[a-z]+(?: [a-z]+)*", english), english
        assert len(set(english.split())) == len(english.split()), english
        assert all(fold(base) for base in bases.split())
    every = [base for bases in words for base in bases.split()]
    assert len(set(every)) == len(every)


CLOSE = ("literal.tsv", "close.tsv", "first.tsv", "terse.tsv")
"""Lists whose translations stay near their source, as those of engines do."""


def pairs(close: bool) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "tests" / "cases" / "bitext").rglob("*.tsv")):
        if "faults" not in path.parts and (path.name in CLOSE) is close:
            yield from (tuple(line.split("\t")[:2]) for line in path.read_text("utf-8").splitlines())  # type: ignore[misc]


@pytest.mark.parametrize(("close", "most"), [(True, 0.005), (False, 0.03)])
def test_right_translations_are_seldom_taken_for_other_sentences(close: bool, most: float) -> None:
    drawn = [any(severity == "error" for severity, _ in found(*pair)) for pair in pairs(close)]
    assert len(drawn) > 500
    assert sum(drawn) <= most * len(drawn)


def test_what_an_engine_really_gets_wrong_is_mostly_withheld_and_what_it_gets_right_hardly_ever() -> None:
    seen = [(one.worth, check_pair(one.source, one.target, NAMES)) for one in bench.outputs()]
    errors = [(worth, {each.check for each in found if each.severity == "error"}) for worth, found in seen]
    wrong = [checks for worth, checks in errors if worth == "wrong"]
    assert sum(map(bool, wrong)) >= 0.68 * len(wrong)
    assert sum("adequacy" in checks for checks in wrong) >= 0.29 * len(wrong)
    assert sum(bool(checks) for worth, checks in errors if worth == "right") <= 1


def test_a_text_of_nothing_but_a_stretched_line_says_nothing() -> None:
    assert check_pair("ـ", "", NAMES) == ()
    assert found("ـ ـــ", "The council met.") == []
