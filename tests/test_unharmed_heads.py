"""What the reader leaves alone at the head of a page: headlines, writers, days and outlets near the edges of rules."""

from __future__ import annotations

import pytest
from support_reader import BODY, DAY, TITLE, article


@pytest.mark.parametrize(
    "headline", ["إغلاق القناة الإخبارية الحكومية", "أكبر شركات البث الإخباري", "الوزير يتحدث لصدى نيوز"]
)
def test_a_headline_with_a_word_for_a_medium_is_none(headline: str) -> None:
    told = "وكان الوزير قد تحدث عن القناة الحكومية وعن شركات أخرى قبل الافتتاح بأسبوع في المدينة."
    found = article(headline, "القرار يثير غضب العاملين ونقابة الصحفيين في العاصمة", DAY, *BODY, told)
    assert (found.title.value, found.outlet.value) == (headline, None)


@pytest.mark.parametrize("headline", ["صاحب الامتيازات النفطية يخسر الدعوى", "رئيس التحرير: أمل كبيرة"])
def test_the_only_headline_of_a_page_is_nobody_who_runs_a_site(headline: str) -> None:
    assert article(headline, DAY, *BODY).title.value == headline


@pytest.mark.parametrize("behind", ["خبراء", "بالصور", "النوري", "أسواق الطاقة", "الصفحة 2"])
def test_what_a_window_adds_to_a_headline_is_no_outlet_without_a_word_for_one(behind: str) -> None:
    assert article(f"{TITLE} - {behind}", DAY, "", TITLE, *BODY).outlet.value is None


def test_a_name_of_two_equal_halves_stays_whole() -> None:
    assert article(TITLE, DAY, *BODY, "© 2025 سمسم. جميع الحقوق محفوظة.").outlet.value == "سمسم"


@pytest.mark.parametrize("headline", ["الصين - رأي الخبراء", "المرحلة الأولى - متابعة التنفيذ"])
def test_two_parts_of_a_headline_are_no_place_and_no_exclusive(headline: str) -> None:
    assert article(headline, DAY, *BODY).title.value == headline


def test_a_writer_beside_his_outlet_is_no_label() -> None:
    found = article(TITLE, "سامر النجار - رأي اليوم", DAY, *BODY)
    assert (found.author.value, found.outlet.value) == ("سامر النجار", "رأي اليوم")


@pytest.mark.parametrize(
    "lead",
    [
        f"بيروت - خالد منصور: {BODY[0]}",
        f"القاهرة - كتب خالد منصور: {BODY[0]}",
        f"خالد منصور – {BODY[0]}",
        "وقال مراسلنا خالد منصور إن الحديقة تضم ملعبا ومكتبة صغيرة وأربعمئة شجرة زرعها الطلاب.",
        "وقال المهندس خالد منصوري إن الحديقة تضم ملعبا ومكتبة صغيرة وأربعمئة شجرة زرعها الطلاب.",
    ],
)
def test_a_writer_whom_the_text_names_as_its_own_or_in_a_longer_name_wrote_it(lead: str) -> None:
    assert article(TITLE, "خالد منصور", DAY, lead, *BODY[1:]).author.value == "خالد منصور"


def test_somebody_named_with_his_office_below_the_headline_is_no_writer() -> None:
    assert article(TITLE, "خالد عمر وزير النقل", DAY, *BODY).author.value is None


@pytest.mark.parametrize("said", ["الافتتاح، 12 مايو 1961.", "نهاية الحرب، 8 مايو 1945."])
def test_what_happened_on_a_day_is_no_day_of_the_report(said: str) -> None:
    found = article(TITLE, BODY[0], said, *BODY[1:])
    assert (found.published.value, found.paragraphs[1].text) == (None, said)


@pytest.mark.parametrize("opening", ["انتخابات", "الرئيس التركي"])
def test_a_day_behind_no_place_and_before_an_agency_is_none_of_the_report(opening: str) -> None:
    lead = f"{opening} 12 مايو 2023 (رويترز) وما تلاها من خلاف على الحديقة التي فتحها المجلس في وسط المدينة."
    assert article(TITLE, lead, *BODY).published.value is None


@pytest.mark.parametrize("signed", ["12/5/1961", "12.5.1961، رئيس المجلس"])
def test_the_day_and_the_name_below_an_old_letter_are_those_of_no_report(signed: str) -> None:
    letter = f"جاء في رسالة المهندس الأول أن الجسر لن يصمد أكثر من خمسين عاما. {signed}"
    found = article(TITLE, BODY[0], letter, *BODY[1:])
    assert (found.published.value, found.outlet.value) == (None, None)
    assert found.paragraphs[1].text == letter


@pytest.mark.parametrize(
    "opening",
    [
        "أطلقت الشبكة الإخبارية - وهي الأقدم في المدينة -",
        "مدير مركز للدراسات – الذي أسس عام 1990 –",
        "ترى صدى تايمز – كما كتبت أمس –",
    ],
)
def test_a_remark_between_two_dashes_opens_no_report_with_its_outlet(opening: str) -> None:
    lead = f"{opening} أن الحديقة مشروع ناجح لأهل المدينة وزوارها في كل فصول السنة."
    assert article(TITLE, lead, *BODY).outlet.value is None


def test_an_agency_may_stand_before_its_place() -> None:
    assert article(TITLE, f"كونا - الكويت - {BODY[0]}", *BODY[1:]).agency.id == "kuna"


def test_the_points_of_a_summary_above_the_text_are_no_headlines_of_others() -> None:
    points = [
        "مهندسون يشرحون تصميم النوافير",
        "طلاب يحكون تجربتهم مع الزراعة",
        "قصص قديمة يرويها كبار السن",
        "صور نادرة من دفاتر المصورين",
        "نقاد يختلفون على لون الجدران",
        "السكان يأملون عودة الحياة إلى الحي",
    ]
    found = article(TITLE, DAY, *(f"- {point}" for point in points), *BODY)
    assert [one.text for one in found.paragraphs] == [*points, *BODY]


def test_a_paragraph_that_comes_back_behind_another_stays_where_it_was() -> None:
    found = article(TITLE, DAY, BODY[0], BODY[1], BODY[0], BODY[2])
    assert [one.text for one in found.paragraphs] == [BODY[0], BODY[1], BODY[0], BODY[2]]


def test_where_paragraphs_end_with_dots_the_first_is_text_as_the_others_are() -> None:
    found = article(TITLE, DAY, *(one.replace(".", "...") for one in BODY))
    assert [one.kind for one in found.paragraphs] == ["text"] * 3


def test_what_somebody_says_in_another_script_above_a_caption_stays() -> None:
    quoted = "The park is the best thing that has happened to this part of the city for a generation."
    found = article(TITLE, DAY, BODY[0], quoted, "زوار في الحديقة الجديدة (رويترز)", *BODY[1:])
    assert [one.text for one in found.paragraphs] == [BODY[0], quoted, *BODY[1:]]
