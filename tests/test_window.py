"""The name of a page's window, its logo and its people above a text: what they tell of headline, site and writer."""

from __future__ import annotations

import pytest
from support_reader import BODY, DAY, TITLE, article


@pytest.mark.parametrize(
    ("suffix", "outlet"),
    [
        (" – موقع قناة النهر – لبنان", "قناة النهر"),
        (" | صحيفة النهر", "النهر"),
        (" » بوابة النهر » لبنان", "بوابة النهر"),
    ],
)
def test_the_headline_is_the_one_that_the_window_repeats_with_its_site_behind(suffix: str, outlet: str) -> None:
    found = article(f"{TITLE}{suffix}", "المجموعة اللبنانية", TITLE, DAY, *BODY)
    assert found.title.value == TITLE
    assert found.outlet.value == outlet


def test_the_headline_that_the_window_repeats_may_stand_behind_the_site() -> None:
    found = article(f"النهر نيوز - {TITLE}", TITLE, DAY, *BODY)
    assert (found.title.value, found.outlet.value) == (TITLE, "النهر نيوز")
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_a_word_for_a_medium_beside_what_the_headline_tells_names_no_site() -> None:
    assert article(f"{TITLE} - مركز الحديقة", TITLE, DAY, *BODY).outlet.value is None


@pytest.mark.parametrize("line", ["سمير حداد12 مايو 2025", "سمير حداد - 12 مايو 2025"])
def test_a_name_before_a_day_is_the_writer(line: str) -> None:
    found = article(TITLE, line, *BODY)
    assert (found.author.value, found.published.value and found.published.value.iso) == ("سمير حداد", "2025-05-12")


def test_the_people_who_run_a_site_are_no_headline_where_there_is_none() -> None:
    found = article("رئيس مجلس الإدارة : د. خالد بن سعيد", "رئيس التحرير: كريم البنا", *BODY)
    assert (found.title.value, found.outlet.value, found.author.value) == (None, None, None)


def test_a_headline_with_which_the_text_begins_again_is_no_paragraph() -> None:
    title = "سعر الخبز في المدينة يوم 21/9/2023."
    found = article(title, "0", f"{title} {BODY[0]}", *BODY[1:])
    assert (found.title.value, len(found.paragraphs)) == (title, len(BODY))


def test_what_stands_word_for_word_in_the_first_paragraph_is_the_caption_above_it() -> None:
    found = article(TITLE, "حديقة عامة مكان السوق القديم بعد سبع سنوات", DAY, *BODY)
    assert [one.text for one in found.paragraphs] == list(BODY)


@pytest.mark.parametrize(
    ("row", "author", "outlet"),
    [
        ("سمير حداد12 مايو، 2025آخر تحديث:12 مايو، 20253 دقائق", "سمير حداد", None),
        ("سمير حداد نشر في: 12 مايو 2025", "سمير حداد", None),
        ("نخيل نيوز نشر في: 12 مايو 2025", None, "نخيل نيوز"),
    ],
)
def test_a_row_of_who_wrote_and_a_labelled_day_is_read_though_it_is_glued(
    row: str, author: str | None, outlet: str | None
) -> None:
    found = article("الأحد 1 يونيو 2025", "سياسة", TITLE, row, *BODY)
    assert (found.author.value, found.outlet.value) == (author, outlet)
    assert found.published.value is not None and found.published.value.iso == "2025-05-12"


def test_a_sentence_with_a_label_and_a_day_is_no_row() -> None:
    said = "موعد المباراة تاريخ النشر: 12 مايو 2025"
    assert article(TITLE, DAY, said, *BODY).author.value is None


def test_a_person_before_agencies_wrote_for_them_and_one_before_an_agency_in_brackets_is_shown() -> None:
    found = article(TITLE, "سمير حداد رويترز، د ب أ", DAY, *BODY)
    assert (found.author.value, found.agency.id) == ("سمير حداد", "reuters+dpa")
    shown = article(TITLE, "سمير حداد (أ.ب)", "سمير حداد (أ.ب)", DAY, *BODY)
    assert (shown.author.value, shown.agency.value) == (None, None)
    assert article(TITLE, "نابلس (أ.ب)", DAY, *BODY).agency.id == "ap"


def test_a_trail_that_is_cut_is_no_headline() -> None:
    found = article("الرئيسية / محليات / المجلس البلدي يفتح حديقة عامة...", TITLE, *BODY)
    assert (found.title.value, [one.text for one in found.paragraphs]) == (TITLE, list(BODY))


def test_the_headline_is_the_one_with_which_the_trail_ends() -> None:
    told = "حديقة السوق القديم في وسط المدينة وملعب ومكتبة"
    trail = f"أنت الآن هنا:الرئيسية » محليات » {TITLE}"
    assert article("• مقالات وكتاب النهر اليوم", trail, TITLE, told, *BODY).title.value == TITLE
