"""Split: pages on which short articles follow one another, and pages that only look so.

No article may be told under the date or the credit of another: where the page does not say enough, the reader warns.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

import pytest
from support_reader import BODY, OTHER, OTHER_BODY, TITLE, read

from site_src.model.page import Article, ParsedPage, RawPage
from site_src.parse import parse_page

CASES = tomllib.loads((Path(__file__).parent / "cases/split/pages.toml").read_text("utf-8"))["case"]
PAIR = next(case["text"] for case in CASES if len(case["articles"]) == 2)


def parsed(text: str, form: Literal["text", "markdown"] = "text", header: str = "") -> ParsedPage:
    return parse_page(RawPage("page.txt", form, "utf-8", text, header), ("ar",))


def told(article: Article) -> list[str]:
    day = article.published.value.iso if article.published.value else ""
    return [article.title.value or "", day or "", article.agency.value or article.outlet.value or ""]


def doubts(page: ParsedPage) -> list[int | None]:
    return [problem.line for problem in page.problems if problem.code == "second-article"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_every_article_of_a_page_keeps_its_title_day_and_credit(case: dict[str, Any]) -> None:
    page = parsed(case["text"])
    assert [told(article) for article in page.articles] == case["articles"]
    assert doubts(page) == ([case["warned"]] if "warned" in case else [])


def test_no_word_of_one_article_is_told_in_the_other() -> None:
    first, second = ({paragraph.text for paragraph in article.paragraphs} for article in parsed(PAIR).articles)
    assert first and second and not first & second


@pytest.mark.parametrize("mark", ["# ", "## ", "**"])
def test_the_same_two_articles_in_markdown_are_two(mark: str) -> None:
    heads = {article.title.value for article in parsed(PAIR).articles}
    text = "\n".join(
        f"{mark}{line}{'**' if mark == '**' else ''}" if line in heads else line for line in PAIR.split("\n")
    )
    assert len(parsed(text, "markdown").articles) == 2


def test_an_editor_who_says_that_a_page_is_one_article_hears_no_doubt() -> None:
    doubtful = next(case["text"] for case in CASES if "warned" in case)
    assert doubts(parsed(doubtful))
    page = parsed(doubtful, header="split = false\n")
    assert len(page.articles) == 1 and not doubts(page)


def test_what_the_doubt_advises_divides_the_page() -> None:
    case = next(case for case in CASES if case["name"] == "a headline with a date below a report that nobody signed")
    (doubt,) = (one for one in parsed(case["text"]).problems if one.code == "second-article")
    advised = doubt.todo.split(" write ")[1].split(" in the ")[0]
    page = parsed(case["text"], header=f"{advised}\n")
    assert len(page.articles) == 2 and not page.problems


@pytest.mark.parametrize("count", [1, 2])
def test_two_reports_each_below_its_own_labelled_source_are_two(count: int) -> None:
    first, second = (TITLE, "المصدر: رويترز", *BODY[:count]), (OTHER, "المصدر: وفا", *OTHER_BODY[:count])
    assert [told(one) for one in read(*first, *second).articles] == [[TITLE, "", "رويترز"], [OTHER, "", "وفا"]]


REST = "وأضاف الوزير أن الحكومة تخطط لبناء ثلاث محطات أخرى قبل نهاية عام 2028، منها واحدة في جنوب البلاد."
COMMENT = "مشروع ممتاز ونتمنى أن نرى مثله في مدينتنا الصغيرة التي تنتظر منذ سنوات طويلة جدا."


def test_a_text_that_seems_to_go_on_below_its_end_is_told_and_is_read_once_the_end_is_dropped() -> None:
    text = "\n\n".join([TITLE, *BODY, "التعليقات (12)", REST])
    page = parsed(text)
    (problem,) = (problem for problem in page.problems if problem.code == "text-below-end")
    assert (problem.severity, problem.line) == ("warning", len(text.splitlines()))
    assert 'drop = ["التعليقات (12)"]' in problem.todo
    (article,) = parsed(text, header='drop = ["التعليقات (12)"]').articles
    assert article.paragraphs[-1].text == REST


def test_comments_of_readers_below_the_end_are_left_out_without_a_word() -> None:
    page = parsed("\n\n".join([TITLE, *BODY, "التعليقات (12)", COMMENT]))
    assert [problem.code for problem in page.problems] == []
    assert page.articles[0].paragraphs[-1].text != COMMENT


def test_reports_each_below_the_same_row_of_dashes_are_apart_however_short() -> None:
    rule = "-" * 20
    short = "أغلقت الأمطار الغزيرة ثلاثة طرق جبلية في الشمال منذ مساء أمس."
    headed = [(TITLE, BODY[0]), ("الأمطار تغلق طرقا جبلية في الشمال", short), (OTHER, OTHER_BODY[0])]
    lines = [line for title, text in headed for line in (rule, title, text)]
    assert [one.title.value for one in read(*lines).articles] == [title for title, _ in headed]
    assert len(read(TITLE, *lines[2:]).articles) == 1  # without a row above the first they may be its parts
