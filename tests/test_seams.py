"""Seams: junk glued to a paragraph, weak cues, and paragraphs that must not be cut."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.model.page import Article, RawPage
from site_src.parse import parse_page

CASES = tomllib.loads((Path(__file__).parent / "cases/seams/glued.toml").read_text("utf-8"))["case"]
BEFORE = "أعلنت الحكومة اليوم حزمة من القرارات التي كانت البلاد تنتظرها منذ أشهر طويلة."
AFTER = "ولم يصدر أي تعليق رسمي من الأطراف الأخرى حتى ساعة متأخرة من ليل أول من أمس."


def of_kind(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in CASES if kind in case]


def article_with(paragraph: str) -> Article:
    page = RawPage("page.txt", "text", "utf-8", f"{BEFORE}\n\n{paragraph}\n\n{AFTER}\n")
    (article,) = parse_page(page, ("ar",)).articles
    return article


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize("case", of_kind("kept"))
def test_junk_is_cut_at_the_seam_and_the_sentence_stays_whole(case: dict[str, Any]) -> None:
    found = article_with(case["text"])
    assert case["kept"] in texts(found)
    assert case["gone"] not in " ".join(texts(found))
    assert texts(found)[0] == BEFORE and texts(found)[-1] == AFTER
    assert all(paragraph.certain for paragraph in found.paragraphs)


@pytest.mark.parametrize("case", of_kind("uncertain"))
def test_a_weak_cue_leaves_the_paragraph_whole_and_says_so(case: dict[str, Any]) -> None:
    found = article_with(case["text"])
    assert [paragraph.text for paragraph in found.paragraphs if not paragraph.certain] == [case["text"]]
    assert [(problem.code, problem.severity) for problem in found.problems] == [("seam-uncertain", "warning")]


@pytest.mark.parametrize("case", of_kind("whole"))
def test_a_paragraph_that_only_looks_like_a_seam_is_left_alone(case: dict[str, Any]) -> None:
    found = article_with(case["text"])
    assert texts(found) == [BEFORE, case["text"], AFTER]
    assert all(paragraph.certain and not paragraph.repairs for paragraph in found.paragraphs)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*'وفقال .؟!"«»:', "اقرأ أيضا", "Related ", "وأكد ", "عنوان", "شارك", "\n"]), max_size=40)
)
def test_no_arrangement_of_cues_loses_a_letter_of_the_page(pieces: list[str]) -> None:
    text = "".join(pieces)
    page = parse_page(RawPage("page.txt", "text", "utf-8", f"{BEFORE}\n\n{text}\n\n{AFTER}"), ("ar",))
    kept = "".join(paragraph.text for article in page.articles for paragraph in article.paragraphs)
    kept += "".join(article.title.words for article in page.articles)
    kept += "".join(gone.text for gone in page.dropped)
    assert letters(kept) == letters(f"{BEFORE}{text}{AFTER}")


def letters(text: str) -> list[str]:
    return sorted(letter for letter in text if letter.isalnum())
