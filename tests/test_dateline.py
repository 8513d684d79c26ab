"""A line above the text that names an outlet beside its place, its desk or the desk's work; what it must not name."""

from __future__ import annotations

import pytest

from tests.support_reader import BODY, DAY, TITLE, article


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("مسقط - المرصد", "المرصد"),
        ("جدة- السنبلة", "السنبلة"),
        ("دمشـق/ ينابيـع", "ينابيـع"),
        ("بغداد اليوم - بغداد", "بغداد اليوم"),
        ("الدوحة : نخيل نيوز", "نخيل نيوز"),
        ("خاص - السنبلة", "السنبلة"),
        ("رصد- السنبلة", "السنبلة"),
        ("السنبلة - فريق التحرير", "السنبلة"),
        ("طشقند – «خبر الصباح»", "خبر الصباح"),
    ],
)
def test_what_stands_beside_a_place_a_desk_or_its_work_is_the_outlet(line: str, outlet: str) -> None:
    for above in ((TITLE, DAY), (TITLE,), ()):
        found = article(*above, line, *BODY)
        assert (found.title.value, found.outlet.value) == (TITLE if above else None, outlet)
        assert [one.text for one in found.paragraphs] == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "غزة - القدس",
        "مسقط - سمير حداد",
        "مسقط - رياضة",
        "القاهرة - متابعات",
        "عمان: مفاوضات",
        "طهران - مراسلنا",
        "الرياض - فريق التحرير",
        "السنبلة - الحصاد",
        "بيروت - حصاد السنابل",
        "غزة - الحرب",
        "تحليل - المفاوضات",
        "المفاوضات - تقرير خاص",
        "مقابلة - السنابل",
    ],
)
def test_what_may_be_a_place_a_person_a_section_or_a_topic_is_no_outlet(line: str) -> None:
    assert article(TITLE, DAY, line, *BODY).outlet.value is None


@pytest.mark.parametrize(
    ("word", "told"), [("الزراعة", "وزارة الزراعة"), ("الملاعب", "ملاعب المدينة"), ("الكرملين", "للكرملين")]
)
def test_a_word_beside_a_place_of_which_the_report_tells_is_no_outlet(word: str, told: str) -> None:
    report = f"وقال مسؤول في {told} إن القرار يدخل حيز التنفيذ في مطلع الشهر المقبل من هذا العام."
    assert article(TITLE, DAY, f"القاهرة - {word}", *BODY, report).outlet.value is None
    assert article(TITLE, DAY, "القاهرة - السنبلة", *BODY, report).outlet.value == "السنبلة"


def test_sections_above_the_headline_are_no_outlet() -> None:
    assert article("مصر - حوادث", TITLE, DAY, *BODY).outlet.value is None


@pytest.mark.parametrize(
    ("line", "outlet"), [("Nahr 24", "Nahr 24"), ("Views 24", None), ("Nahr", None), ("Nahr 1402", None)]
)
def test_a_latin_name_with_a_number_between_headline_and_day_is_the_site(line: str, outlet: str | None) -> None:
    assert article(TITLE, line, DAY, *BODY).outlet.value == outlet


def test_two_latin_letters_are_somebodys_initials() -> None:
    found = article(TITLE, "بقلم: KT", DAY, *BODY)
    assert (found.outlet.value, found.author.value) == (None, None)


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        ((DAY, "صدى الينابيع"), "صدى الينابيع"),
        (("محليات", "صوت الينابيع", DAY), "صوت الينابيع"),
        ((DAY, "دار الأوبرا"), None),
        (("نبض الينابيع", "• 735"), "نبض الينابيع"),
        ((DAY, "الينابيع"), None),
        ((DAY, "الزراعة"), None),
        (("السينما", DAY), None),
        ((DAY, "المنصورة"), None),
        ((DAY, "الخطيب"), None),
        ((DAY, "القطاع", "المياه"), None),
        ((DAY, "الاقتصاد"), None),
        ((DAY, "الرياض"), None),
        ((DAY, "الأحد"), None),
        ((DAY, "ينابيع"), None),
        ((DAY, "حصاد الينابيع"), None),
        (("الينابيع",), None),
    ],
)
def test_two_words_that_begin_as_papers_do_are_the_outlet_and_one_word_beside_the_day_is_unknown(
    lines: tuple[str, ...], outlet: str | None
) -> None:
    found = article(TITLE, *lines, *BODY)
    assert found.outlet.value == outlet
    assert [one.text for one in found.paragraphs if one.kind == "text"] == list(BODY)


@pytest.mark.parametrize(
    ("opening", "outlet"),
    [
        ("الرياض - ينابيع: قال", "ينابيع"),
        ("أربيل (نهرستان24)- أكد", "نهرستان24"),
        ("الرياض - ينابيع: لن", None),
        ("الرياض: قال", None),
        ("الينابيع: قال", None),
        ("موسكو - سمير حداد: قال", None),
    ],
)
def test_a_report_may_open_with_its_place_and_its_outlet(opening: str, outlet: str | None) -> None:
    lead = f"{opening} رئيس المجلس إن الحديقة الجديدة تضم ملعبا ومكتبة صغيرة وأربعمئة شجرة زرعها طلاب المدارس."
    assert article(TITLE, DAY, lead, *BODY[1:]).outlet.value == outlet


def test_a_first_name_alone_is_who_wrote_and_three_dots_divide_a_writer_from_the_paper() -> None:
    alone = article(TITLE, "By أنور", DAY, *BODY)
    assert (alone.author.value, alone.outlet.value) == ("أنور", None)
    both = article(TITLE, "كتب : سمير حداد... نخيل نيوز", DAY, *BODY)
    assert (both.author.value, both.outlet.value) == ("سمير حداد", "نخيل نيوز")
