"""Signals that agree or contradict each other: a day and its lead, what stands twice, how paragraphs end and begin."""

from __future__ import annotations

import pytest
from support_reader import BODY, DAY, OTHER, OTHER_BODY, TITLE, article, read

from site_src.model.page import Article

MONDAY = f"أعلن رئيس المجلس البلدي، اليوم الاثنين، أن {BODY[0].removeprefix('فتح ')}"
YESTERDAY = MONDAY.replace("اليوم الاثنين", "مساء أمس (الأحد)")


def texts(found: Article) -> list[str]:
    return [one.text for one in found.paragraphs]


@pytest.mark.parametrize("lead", [MONDAY, YESTERDAY])
@pytest.mark.parametrize(
    ("day", "iso"),
    [("12 مايو 2025", "2025-05-12"), ("14 مايو 2025", "2025-05-14"), ("11 مايو 2025", None), ("26 أبريل 2024", None)],
)
def test_a_bare_day_counts_unless_the_lead_tells_of_another_weekday_as_today(lead: str, day: str, iso: str) -> None:
    published = article(TITLE, day, lead, *BODY[1:]).published.value
    assert (published.iso if published else None) == iso


def test_a_labelled_day_counts_whatever_the_lead_says() -> None:
    found = article(TITLE, "تاريخ النشر: 11 مايو 2025", MONDAY, *BODY[1:])
    assert (found.published.value.iso, found.published.status) == ("2025-05-11", "stated")  # type: ignore[union-attr]


@pytest.mark.parametrize("day", ["1 يناير 1970 05:04 م", "تاريخ النشر: 1970-01-01"])
def test_the_day_from_which_programs_count_is_none_of_publication(day: str) -> None:
    assert article(TITLE, day, *BODY).published.value is None


def test_a_place_a_day_and_a_drawn_dash_open_a_report() -> None:
    found = article(TITLE, f"عمان 12 مايو 2025 ــ {BODY[0]}", *BODY[1:])
    assert found.published.value.iso == "2025-05-12"  # type: ignore[union-attr]
    assert article(TITLE, f"لقاء 12 مايو 2025 ــ {BODY[0]}", *BODY[1:]).published.value is None


@pytest.mark.parametrize("dateline", ["مسقط ـ العُمانية: ", "مسقط - (العمانية): ", "مسقط ــ العمانية ــ "])
def test_a_letter_drawn_out_stands_for_a_dash_in_a_dateline(dateline: str) -> None:
    assert article(TITLE, DAY, f"{dateline}{BODY[0]}", *BODY[1:]).agency.id == "ona"


def test_a_first_paragraph_that_opens_with_its_agency_may_end_with_a_colon() -> None:
    lead = "مسقط ـ العمانية: أصدر المجلس البلدي قرارا بشأن الحديقة العامة الجديدة التي فتحت مكان السوق القديم جاء فيه:"
    assert texts(article(lead, *BODY))[0] == lead


def test_the_day_of_a_page_keeps_no_paragraph_that_is_glued_to_it() -> None:
    found = article(TITLE, f"آخر تحديث: {DAY} - 11:20 ص {BODY[0]} {BODY[1]}", BODY[2])
    assert texts(found) == [f"{BODY[0]} {BODY[1]}", BODY[2]]
    assert found.updated.value.iso == "2025-05-12"  # type: ignore[union-attr]
    said = f"صدر في: {BODY[0][:-1]} وفي محيطه من الشوارع التي كانت مغلقة منذ سنوات أمام السكان والمتاجر."
    assert texts(article(TITLE, DAY, said, *BODY[1:])) == [said, *BODY[1:]]


def test_an_entry_of_a_list_may_begin_with_a_drawn_stroke_or_a_star_that_touches_it() -> None:
    opens = f"{BODY[0][:-1]} بحضور كل من السادة:"
    entries = ["- سمير حداد، مدير المتنزهات", "ـ ليلى النجار، مديرة المكتبة", "*جهاد النوري، رئيس المجلس البلدي"]
    found = article(TITLE, DAY, BODY[1], opens, *entries)
    assert texts(found)[2:] == [entry.lstrip("-ـ* ") for entry in entries]
    assert article(f"*{TITLE}*", DAY, *BODY).title.value is not None


def test_a_name_between_standfirst_and_report_ends_no_article() -> None:
    found = article(TITLE, f"{BODY[0]} {BODY[1]}", "Sputnik", BODY[2], OTHER, *OTHER_BODY)
    assert texts(found)[-2:] == list(OTHER_BODY)


def test_a_name_below_a_report_still_ends_it() -> None:
    first, _ = read(TITLE, *BODY, "رويترز", OTHER, OTHER_BODY[0].removeprefix("و"), OTHER_BODY[1]).articles
    assert texts(first) == list(BODY)


def test_a_beginning_that_is_broken_off_is_told_once() -> None:
    whole = f"{BODY[0][:-1]} ونقل أصحابها إلى سوق جديدة بنتها البلدية على أطراف المدينة قبل عامين. {BODY[1]}"
    cut = whole[: whole.index(" قبل عامين")]
    assert texts(article(TITLE, DAY, "", cut, "", TITLE, "", whole, BODY[2])) == [whole, BODY[2]]


@pytest.mark.parametrize(
    "shown",
    ["حديقة المجلس البلدي - صورة أرشيفية حديقة المجلس البلدي - صورة أرشيفية تصوير : آخرون",
     "هل تفتح الحديقة الجديدة قبل الصيف؟هل تفتح الحديقة الجديدة قبل الصيف؟",
     '[caption id="attachment_36" align="alignnone"]الحديقة الجديدة مساء يوم الافتتاح في المدينة[/caption]'],
)  # fmt: skip
def test_what_a_picture_shows_and_its_caption_are_no_text(shown: str) -> None:
    assert texts(article(TITLE, DAY, shown, *BODY)) == list(BODY)
    assert texts(article(TITLE, DAY, BODY[0], shown, *BODY[1:])) == list(BODY)


def test_a_short_line_said_twice_within_a_text_is_a_caption_and_once_a_heading() -> None:
    shown = "أعمار 20 شجرة من أشجار الحديقة"
    assert texts(article(TITLE, DAY, *BODY[:2], shown, shown, BODY[2])) == list(BODY)
    assert texts(article(TITLE, DAY, *BODY[:2], shown, BODY[2])) == [*BODY[:2], shown, BODY[2]]


def test_below_a_see_also_a_paragraph_broken_off_is_that_of_another() -> None:
    cut = "وقالت البلدية إن الشاحنات ستحول إلى الطريق الدائري في ساعات النهار كلها حتى …"
    assert texts(article(TITLE, DAY, *BODY, "شاهد أيضا", f"{OTHER}.", cut)) == list(BODY)


def test_a_headline_that_stands_behind_the_name_of_the_site_is_that_of_the_page() -> None:
    kicker = "سبع سنوات بعد إزالة المتاجر المهجورة في وسط المدينة"
    found = article(kicker, TITLE, "أخبار البلد - ", f"أخبار البلد - {TITLE}", "سمير حداد", *BODY)
    assert found.title.value == TITLE


def test_the_first_headline_stands_above_one_that_the_text_hardly_tells() -> None:
    title = "بلدية الضاحية تودع شتاء قاسيا وتعد أهلها بصيف طويل"
    below = "تأكيد رسمي لموعد الحديقة... ومكتبة تستقبل طلاب الجامعة"
    assert article(title, "", below, "", *BODY).title.value == title


def test_a_dash_within_brackets_divides_no_site_from_a_headline() -> None:
    found = article("سيرة جهاد النوري ودوره في بناء الحدائق (1910 – 1974) الحلقة (6)", DAY, *BODY)
    assert (found.title.value, found.outlet.value) == (
        "سيرة جهاد النوري ودوره في بناء الحدائق (1910 – 1974) الحلقة (6)",
        None,
    )


def test_a_long_line_that_tells_the_headline_above_it_is_its_standfirst() -> None:
    title = "مفاجأة لأهل الضاحية القديمة قبل العيد"
    lead = "فاجأ المجلس أهل الضاحية القديمة قبل العيد بقرار من شأنه أن يعيد الحياة إلى الحي بعد إغلاق السوق والمتاجر"
    found = article(title, "", lead, "", *BODY[1:], OTHER_BODY[1])
    assert (found.title.value, texts(found)[0]) == (title, lead)


@pytest.mark.parametrize("opening", ["صدى نيوز-", "-صدى نيوز- "])
def test_a_medium_may_open_a_report_before_a_dash_that_touches_it(opening: str) -> None:
    assert article(TITLE, DAY, f"{opening}{BODY[0]}", *BODY[1:]).outlet.value == "صدى نيوز"
    assert article(TITLE, DAY, f"{opening.replace('صدى نيوز', 'الأنجلو')}{BODY[0]}", *BODY[1:]).outlet.value is None


def test_who_came_by_a_report_and_how_is_neither_headline_nor_text() -> None:
    credit = "الصباح البلدي_متابعات"
    assert texts(article(TITLE, credit, *BODY)) == list(BODY)
    assert article(credit, *BODY).title.value is None
    assert article(f"{TITLE} - خاص", *BODY).title.value is not None


def test_a_row_of_commas_behind_a_day_joins_it_to_nothing() -> None:
    found = article(TITLE, f"الاثنين - {DAY} - الساعة 06:28 م بتوقيت عدن ،،،", *BODY)
    assert (texts(found), found.published.value.time) == (list(BODY), "18:28")  # type: ignore[union-attr]


def test_a_list_with_which_a_page_begins_is_of_others_where_the_text_tells_none_of_it() -> None:
    headlines = [
        f"{what} {where}"
        for what in ("إغلاق الجسر الغربي أمام الشاحنات ابتداء من مطلع الأسبوع", "افتتاح مدرسة مهنية للبنات والبنين")
        for where in ("في الضاحية الشرقية", "قرب الميناء", "على طريق المطار", "في حي الزهور الجديد", "عند محطة القطار")
    ]
    found = article(*[f"- {headline}" for headline in headlines], "", MONDAY, *BODY[1:])
    assert (found.title.value, texts(found)) == (None, [MONDAY, *BODY[1:]])
    assert texts(article(TITLE, *[f"- {headline}" for headline in headlines], "", MONDAY))[:-1] == headlines


def test_a_line_as_long_as_a_headline_between_paragraphs_is_a_heading() -> None:
    head = "أول تعليق من سكان الحي القديم على افتتاح الحديقة العامة الجديدة وسط المدينة"
    (found,) = read(TITLE, DAY, *BODY[:2], head, BODY[2]).articles
    assert [one.kind for one in found.paragraphs] == ["text", "text", "heading", "text"]
