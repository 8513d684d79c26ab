"""A line above the text that names an outlet beside its place, its desk or the desk's work; what it must not name."""

from __future__ import annotations

import pytest
from support_reader import BODY, DAY, TITLE, article

from site_src.text.datelines import opens_at_place


@pytest.mark.parametrize("dash", ["-", "–", "—", "ـ"])
def test_a_text_opens_at_a_place_before_any_dash_and_not_within_a_lengthened_word(dash: str) -> None:
    assert opens_at_place(f"القاهرة {dash} قال الوزير إن المفاوضات بدأت.")
    assert not opens_at_place("القاهـرة تستضيف المفاوضات في مطلع الشهر المقبل.")


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("مسقط - الشبيبة", "الشبيبة"),
        ("جدة- عكاظ", "عكاظ"),
        ("دمشـق/ تشريـن", "تشريـن"),
        ("بغداد - صوت الينابيع", "صوت الينابيع"),
        ("بغداد اليوم - بغداد", "بغداد اليوم"),
        ("الدوحة : نخيل نيوز", "نخيل نيوز"),
        ("خاص - الشبيبة", "الشبيبة"),
        ("رصد- الشبيبة", "الشبيبة"),
        ("الشبيبة - فريق التحرير", "الشبيبة"),
        ("نخيل برس ـ خاص:", "نخيل برس"),
        ("مسقط ـ الشبيبة", "الشبيبة"),
        ("طشقند – «خبر الصباح»", "خبر الصباح"),
        ("صحيفة السنبلة _ عدن", "السنبلة"),
        ("مسقط_الشبيبة", "الشبيبة"),
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
        "القاهرة - الداخلية",
        "دمشق - النوري",
        "ذي قار / الركابي",
        "الرباط / قسم الحوادث",
        "عمان: مفاوضات",
        "طهران - مراسلنا",
        "الرياض - فريق التحرير",
        "السنبلة - الحصاد",
        "بيروت - حصاد السنابل",
        "غزة - الحرب",
        "تحليل - المفاوضات",
        "المفاوضات - تقرير خاص",
        "المفاوضات ـ خاص",
        "السنبلة | القاهرة",
        "سنبلة24 - رياضة",
        "مقابلة - السنابل",
    ],
)
def test_what_may_be_a_place_a_person_a_section_or_a_topic_is_no_outlet(line: str) -> None:
    assert article(TITLE, DAY, line, *BODY).outlet.value is None


@pytest.mark.parametrize(
    ("word", "told"), [("الوحدة", "نادي الوحدة"), ("الأهرام", "منطقة الأهرام"), ("الاتحاد", "للاتحاد")]
)
def test_the_name_of_a_paper_beside_a_place_of_which_the_report_tells_is_no_outlet(word: str, told: str) -> None:
    report = f"وقال مسؤول في {told} إن القرار يدخل حيز التنفيذ في مطلع الشهر المقبل من هذا العام."
    assert article(TITLE, DAY, f"القاهرة - {word}", *BODY, report).outlet.value is None
    assert article(TITLE, DAY, "القاهرة - الشروق", *BODY, report).outlet.value == "الشروق"


def test_sections_above_the_headline_are_no_outlet() -> None:
    assert article("مصر - حوادث", TITLE, DAY, *BODY).outlet.value is None


def test_two_latin_letters_are_somebodys_initials() -> None:
    found = article(TITLE, "بقلم: KT", DAY, *BODY)
    assert (found.outlet.value, found.author.value) == (None, None)


def test_where_somebody_wrote_something_is_no_byline() -> None:
    assert article(TITLE, "كتبت الوزيرة على صفحتها الرسمية مساء أمس", DAY, *BODY).author.value is None


def test_a_desk_that_signs_in_english_is_nobody() -> None:
    found = article(TITLE, "بقلم: Web Desk", DAY, *BODY)
    assert (found.outlet.value, found.author.value) == (None, None)


@pytest.mark.parametrize(
    "lines",
    [
        (DAY, "صدى الينابيع"),
        ("محليات", "صوت المجلس", DAY),
        ("منبر الجمعة", "• 735"),
        (DAY, "الينابيع"),
        (DAY, "الزراعة"),
        ("السينما", DAY),
        (DAY, "المنصورة"),
        (DAY, "الخطيب"),
        (DAY, "القطاع", "المياه"),
        (DAY, "الرياض"),
        (DAY, "الأحد"),
        (DAY, "ينابيع"),
    ],
)
def test_a_word_or_two_beside_the_day_alone_name_no_outlet(lines: tuple[str, ...]) -> None:
    found = article(TITLE, *lines, *BODY)
    assert found.outlet.value is None
    assert [one.text for one in found.paragraphs if one.kind == "text"] == list(BODY)


@pytest.mark.parametrize(
    ("opening", "outlet"),
    [
        ("الرياض - عكاظ: قال", "عكاظ"),
        ("أربيل (نهرستان24)- أكد", "نهرستان24"),
        ("الرياض - عكاظ: لن", None),
        ("البصرة - الجبوري: قال", None),
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


@pytest.mark.parametrize(
    ("line", "agency"),
    [("الأرض المحتلة-سانا", "sana"), ("عدن ـ سبأنت", "saba"), ("وكالة أنباء أوزبكستان", "uza")],
)
def test_an_agency_glued_to_two_words_or_behind_a_long_stroke_is_credited(line: str, agency: str) -> None:
    assert article(TITLE, line, *BODY).agency.id == agency


@pytest.mark.parametrize(
    ("opening", "outlet", "author"),
    [
        ("متابعات – نخيل نيوز – ", "نخيل نيوز", None),
        ("مسقط - نخيل نيوز - ", "نخيل نيوز", None),
        ("السنبلة – نخيل نيوز – ", None, None),
        ("السنبلة- سمير حداد: أكد مسؤول كيف ", None, None),
        ("سمير حداد - السنبلة - ", None, None),
        ("القاهرة - مسقط - ", None, None),
    ],
)
def test_a_report_may_open_with_two_parts_before_dashes(opening: str, outlet: str | None, author: str | None) -> None:
    found = article(TITLE, DAY, f"{opening}{BODY[0]}", *BODY[1:])
    assert (found.outlet.value, found.author.value) == (outlet, author)


def test_who_wrote_stands_between_the_outlet_and_how_it_came_by_the_report() -> None:
    assert article(TITLE, DAY, "السنبلة - سمير حداد - خاص", *BODY).author.value == "سمير حداد"
    assert article(TITLE, DAY, "السنبلة - سمير حداد - رياضة", *BODY).author.value is None
    assert article(TITLE, DAY, "السنبلة - سمير حداد، رامي نصر", *BODY).author.value == "سمير حداد، رامي نصر"


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        ("صحيفة الينابيع – سمير حداد :", "سمير حداد", "الينابيع"),
        ("الدوحة - سمير حداد:", "سمير حداد", None),
        ('رام الله - "الينابيع":', None, "الينابيع"),
    ],
)
def test_a_credit_with_a_colon_above_the_report_is_no_part_of_it(
    line: str, author: str | None, outlet: str | None
) -> None:
    found = article(TITLE, line, *BODY)
    assert (found.author.value, found.outlet.value) == (author, outlet)
    assert [one.text for one in found.paragraphs] == list(BODY)
    announced = article(TITLE, "وفيما يلي نص البيان - كما ورد:", *BODY)
    assert announced.paragraphs[0].text == "وفيما يلي نص البيان - كما ورد:"


def test_a_report_that_opens_with_a_colon_names_nobody_before_it() -> None:
    found = article(TITLE, DAY, f": {BODY[1]}", *BODY[2:])
    assert (found.title.value, found.outlet.value, found.author.value) == (TITLE, None, None)


def test_a_medium_above_a_dash_or_beside_its_place_is_the_outlet_within_a_page_too() -> None:
    found = article("نخيل الوادي الإخباري -", *BODY)
    assert (found.title.value, found.outlet.value) == (None, "نخيل الوادي الإخباري")
    assert article(TITLE, BODY[0], "كسلا : نخيل بوست", *BODY[1:]).outlet.value == "نخيل بوست"


@pytest.mark.parametrize("line", ["بغداد/ سمير حداد", "سمير حداد - بغداد"])
def test_who_wrote_beside_his_place_is_no_headline(line: str) -> None:
    found = article(line, *BODY)
    assert (found.title.value, found.author.value) == (None, "سمير حداد")
    assert article("بغداد: سمير حداد", *BODY).author.value is None
    assert [one.text for one in found.paragraphs] == list(BODY)


@pytest.mark.parametrize(
    ("opening", "agency", "day"),
    [
        ("طشقند 8-11-2026 (أ ف ب) - ", "أ ف ب", "2026-11-08"),
        ("طشقند 8/11/2026 (رويترز) - ", "رويترز", "2026-11-08"),
        ("طشقند. 8 نوفمبر. كازينفورم - ", "كازينفورم", None),
        ("طشقند. 8 نوفمبر 2026. كازينفورم - ", "كازينفورم", None),
        ("خسر الفريق 8-11-2026 (أولى مبارياته) - ", None, None),
        ("طشقند. 8 مندوبين. ضيوف - ", None, None),
    ],
)
def test_the_day_of_a_dateline_may_be_in_figures_or_between_stops(
    opening: str, agency: str | None, day: str | None
) -> None:
    found = article(TITLE, f"{opening}{BODY[0]}", *BODY[1:])
    assert found.agency.value == agency
    assert (found.published.value.iso if found.published.value else None) == day
    assert found.paragraphs[0].text == f"{opening}{BODY[0]}"


def test_a_headline_in_presentation_forms_is_no_button_in_latin_letters() -> None:
    headline = "ﺭﺋﻴﺲ ﻁﺎﺟﻴﻜﺴﺘﺎﻥ ﻳﻔﺘﺘﺢ ﺳﺪ ﺭﻭﻏﻮﻥ"
    assert article(headline, DAY, *BODY).title.value == headline
    assert [one.text for one in article("Share on", TITLE, DAY, *BODY).paragraphs] == list(BODY)


@pytest.mark.parametrize(
    ("line", "author", "day"),
    [
        ("عبد السلام سكية 2026/11/18", "عبد السلام سكية", "2026-11-18"),
        ("عبد السلام سكية2026/11/18", "عبد السلام سكية", "2026-11-18"),
        ("محمد علي الطحان 18 نوفمبر 2026", "محمد علي الطحان", "2026-11-18"),
        ("أحمد الطحان يزور الميناء 18 نوفمبر 2026", None, None),
        ("محمد علي الطحان 18 نوفمبر 2026 في سوق الميناء القديم", None, None),
    ],
)
def test_a_writer_of_three_names_and_the_day_may_stand_on_one_line(
    line: str, author: str | None, day: str | None
) -> None:
    found = article(TITLE, line, *BODY)
    assert (found.title.value, found.author.value) == (TITLE, author)
    assert (found.published.value.iso if found.published.value else None) == day


@pytest.mark.parametrize("bar", ["شاركها فيسبوك تويتر لينكد إن", "فيس بوك تويتر واتساب تيليجرام", "طباعة | حفظ | شارك"])
def test_a_row_of_buttons_is_no_part_of_the_text_below_it(bar: str) -> None:
    found = article(TITLE, DAY, bar, *BODY)
    assert (found.title.value, [one.text for one in found.paragraphs]) == (TITLE, list(BODY))


def test_a_sentence_that_begins_with_the_names_of_networks_is_text() -> None:
    sentence = "فيسبوك وتويتر وتيليجرام حجبتها السلطات أمس."
    assert article(TITLE, DAY, *BODY, sentence).paragraphs[-1].text == sentence


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("طهران - وكالات", "اتفاق جديد على تبادل كميات الغاز المستورد"),
        ("الذي يمر عبر ميناء السنبلة", "اتفاق جديد على تبادل كميات الغاز المستورد الذي يمر عبر ميناء السنبلة"),
    ],
)
def test_a_place_and_agencies_below_a_headline_of_a_narrow_column_are_no_part_of_it(line: str, title: str) -> None:
    column = (
        "أعلن مدير الميناء أن كميات الغاز التي تصل",
        "إلى الأرصفة الجديدة ستتضاعف قبل نهاية السنة",
        "المقبلة بفضل الخزانات التي اكتمل بناؤها.",
        "وقال المدير في مؤتمر صحفي إن العمال أنجزوا",
        "ما عليهم قبل الموعد بثلاثة أشهر كاملة، وإن",
        "السفن ستبدأ الرسو في الأسبوع الأول.",
    )
    assert article("اتفاق جديد على تبادل كميات الغاز المستورد", line, *column).title.value == title


@pytest.mark.parametrize(
    "masthead",
    [
        "سنبلة آسيا - وكالة أنباء عالمية",
        "سنبلة آسيا | وكالة أخبار دولية مستقلة",
        "صحيفة يومية سياسية مستقلة - نبض السنبلة",
    ],
)
def test_a_name_beside_what_the_medium_is_is_no_headline(masthead: str) -> None:
    assert article(masthead, DAY, *BODY).title.value is None
    assert article(masthead, TITLE, DAY, *BODY).title.value == TITLE


@pytest.mark.parametrize(
    "headline",
    ["السنبلة - وكالة أنباء عالمية تفتح مكتبا", "عمال الميناء - وكالة جديدة للتشغيل", "الميناء: صحيفة يومية تغلق"],
)
def test_a_headline_on_a_medium_is_one(headline: str) -> None:
    assert article(headline, DAY, *BODY).title.value == headline


def test_the_number_of_an_issue_is_no_outlet_and_its_line_is_the_headline_only_where_there_is_no_other() -> None:
    issue = "نشرة الميناء الأسبوعية – العدد 212"
    below, alone = article(issue, TITLE, DAY, *BODY), article(issue, DAY, *BODY)
    assert (below.title.value, below.outlet.value) == (TITLE, None)
    assert (alone.title.value, alone.outlet.value) == (issue, None)


@pytest.mark.parametrize("mark", ["Fwd: ", "FW: ", "إعادة توجيه: "])
def test_the_mark_of_a_forwarded_mail_is_no_part_of_its_headline(mark: str) -> None:
    assert article(f"{mark}{TITLE}", DAY, *BODY).title.value == TITLE


def test_a_number_of_comments_between_paragraphs_is_no_text_and_ends_none() -> None:
    found = article(TITLE, DAY, *BODY[:2], "12 تعليقا", *BODY[2:])
    assert [one.text for one in found.paragraphs] == list(BODY)


@pytest.mark.parametrize("dateline", [
    "تونس في 29 أكتوبر 2026 (وات) – ", "أوسلو في 29 أكتوبر 2026 /قنا/ ", "نواكشوط، 29 أكتوبر 2026 (و م ع) – ",
])  # fmt: skip
def test_the_day_between_the_place_and_the_agency_of_a_dateline_is_that_of_the_report(dateline: str) -> None:
    found = article(TITLE, f"{dateline}{BODY[0]}", *BODY[1:])
    assert found.published.value is not None and found.published.value.iso == "2026-10-29"
    other = article(TITLE, f"تونس في 29 أكتوبر 2026 (شمال البلاد) – {BODY[0]}", *BODY[1:])
    assert other.published.value is None


def test_a_day_before_an_agency_is_neither_outlet_nor_place() -> None:
    found = article(TITLE, "1 فبراير 2026 - الأناضول", *BODY)
    assert (found.outlet.value, found.agency.id) == (None, "anadolu")
    assert found.published.value is not None and found.published.value.iso == "2026-02-01"


def test_a_headline_that_the_text_does_not_tell_stands_below_a_section_and_above_its_writer() -> None:
    head = "طلاب وارسو ينظمون أول معرض للخط العربي"
    above = ("مجلة الثقافة العربية في المهجر", "فنون")
    assert article(*above, head, "بقلم: سلوى كرم", DAY, *BODY).title.value == head
    assert article(head, above[0], "بقلم: سلوى كرم", DAY, *BODY).title.value == head  # a standfirst right below it
