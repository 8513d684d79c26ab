"""Surroundings: the site's people, trails, headlines and cards of others go; what only looks like them stays."""

from __future__ import annotations

import pytest
from support_reader import BODY, DAY, OTHER, OTHER_BODY, TITLE, article, read

TICKER = (
    "افتتاح معرض الزهور في حديقة الأورمان بمشاركة مئتي عارض",
    "فوز فريق السباحة بثلاث ميداليات في بطولة البحر المتوسط للناشئين",
    "تأجيل امتحانات الشهر بسبب موجة الحر الشديدة",
    "قافلة بيطرية تعالج ألف رأس ماشية في الواحات",
    "ورشة لتعليم الأطفال صناعة الفخار في قصر الثقافة",
)


@pytest.mark.parametrize(
    "staff",
    [
        ("رئيس التحرير", "كريم البنا"),
        ("رئيس مجلسى الإدارة والتحرير", "كريم البنا", "رئيس مجلسى الإدارة والتحرير", "كريم البنا"),
        ("رئيس التحريركريم البنا",),
        ("رئيس مجلس الإدارة سعاد عمررئيس التحريركريم البنا",),
        ("رئيس مجلس الإدارة : د. خالد بن سعيد", "رئيس التحرير: كريم البنا"),
        ("النهر سبورت النهر جامعات النهر عقارات", "الإشراف العام", "سعاد عمر", "رئيس التحرير", "كريم البنا"),
    ],
)
def test_the_people_who_run_a_site_are_neither_headline_nor_author(staff: tuple[str, ...]) -> None:
    found = article(*staff, TITLE, DAY, *BODY)
    assert (found.title.value, found.author.value) == (TITLE, None)
    assert [one.text for one in found.paragraphs] == list(BODY)


@pytest.mark.parametrize(
    "headline",
    [
        "رئيس مجلس الإدارة: الشركة تضاعف أرباحها هذا العام",
        "رئيس التحرير أحمد عامر يفتتح المتحف",
        "مدير التحرير يعتذر للقراء عن خطأ في الصورة",
    ],
)
def test_a_headline_may_begin_with_an_office(headline: str) -> None:
    assert article(headline, DAY, *BODY).title.value == headline


def test_an_office_below_the_headline_leaves_the_author_his_name() -> None:
    found = article(TITLE, "سمير حداد", "رئيس التحرير", *BODY)
    assert found.author.value == "سمير حداد"


def test_the_members_of_a_board_stay_in_the_text() -> None:
    found = article(TITLE, DAY, BODY[0], "رئيس مجلس الإدارة", BODY[1], BODY[2])
    assert "رئيس مجلس الإدارة" in [one.text for one in found.paragraphs]


def test_whom_the_text_tells_of_did_not_write_it() -> None:
    found = article(TITLE, "جهاد النوري", "جهاد النوري", *BODY)
    assert (found.title.value, found.author.value) == (TITLE, None)
    assert article(TITLE, "خالد النوري", *BODY).author.value == "خالد النوري"


def test_a_trail_that_ends_with_the_headline_is_not_it() -> None:
    assert article(f"الرئيسية محليات {TITLE}", TITLE, *BODY).title.value == TITLE


def test_a_headline_may_begin_with_the_word_for_a_front_page() -> None:
    headline = "الرئيسية تتصدر نتائج الانتخابات البلدية في الشمال"
    assert article(headline, *BODY).title.value == headline


@pytest.mark.parametrize("above", [TICKER, (" ".join(TICKER),)], ids=["lines", "one line"])
def test_headlines_of_others_above_the_headline_are_no_text(above: tuple[str, ...]) -> None:
    found = article(*above, "", TITLE, *BODY)
    assert found.title.value == TITLE
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_paragraphs_without_full_stops_above_a_sub_heading_are_text() -> None:
    unstopped = [paragraph.removesuffix(".") for paragraph in (*BODY, *OTHER_BODY)]
    heading = "حديقة مكان السوق القديم المهجور في المدينة"
    found = article(TITLE, *unstopped, heading, BODY[0])
    told = " ".join(one.text for one in found.paragraphs)
    assert found.title.value == TITLE
    assert [one for one in unstopped if one not in told] == []


def test_a_card_of_another_report_within_the_text_is_none_of_it() -> None:
    picture = "السوق القديم قبل إزالته - صدى المدينة, 1920, 11.05.2025"
    found = article(TITLE, *BODY[:2], picture, OTHER, "أمس, 18:15 GMT", BODY[2])
    assert [one.text for one in found.paragraphs] == list(BODY)
    assert (found.published.value, found.author.value) == (None, None)


def test_a_second_report_below_a_picture_and_its_day_stays_whole() -> None:
    picture = "الجسر الغربي عند الغروب - صدى المدينة, 1920, 11.05.2025"
    page = read(TITLE, DAY, *BODY, picture, OTHER, "13 مايو 2025", *(one.removeprefix("و") for one in OTHER_BODY))
    said = " ".join(one.text for found in page.articles for one in found.paragraphs) + " ".join(
        found.title.value or "" for found in page.articles
    )
    assert OTHER in said


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        ("الثلاثاء 3 مارس 2026 11:42 صـ 14 رمضان 1447 هـ", None),
        ("الثلاثاء 3 مارس 2026 م 14 رمضان 1447 هـ", "2026-03-03"),
    ],
    ids=["clock", "issue"],
)
def test_a_day_in_both_calendars_with_its_time_is_that_of_the_visit(clock: str, day: str | None) -> None:
    found = article("جريدة صدى النيل", clock, "صدى النيل الإلكترونية", TITLE, *BODY)
    assert (found.published.value and found.published.value.iso) == day


def test_the_window_of_a_page_names_its_site_behind_the_headline() -> None:
    assert article(f"{TITLE} - بوابة المنارة", DAY, "الأكثر قراءة", "", TITLE, *BODY).outlet.value == "بوابة المنارة"


@pytest.mark.parametrize("behind", ["رويترز", "بيروت", "خالد منصور", "2025"])
def test_an_agency_a_place_and_a_person_behind_a_headline_are_no_site(behind: str) -> None:
    assert article(f"{TITLE} - {behind}", DAY, "", TITLE, *BODY).outlet.value is None


def test_agencies_in_brackets_behind_a_place_are_credited() -> None:
    found = article(TITLE, "براغ - (رويترز) (د ب أ)", DAY, *BODY)
    assert (found.agency.value, found.agency.id) == ("رويترز + د ب أ", "reuters+dpa")


def test_who_holds_the_rights_to_a_picture_is_no_site() -> None:
    found = article(TITLE, "الحديقة الجديدة Copyright Jan Novak/AP", "Copyright Jan Novak/AP", *BODY)
    assert (found.outlet.value, found.aggregator.value) == (None, None)
    assert [one.text for one in found.paragraphs] == list(BODY)


@pytest.mark.parametrize(
    ("line", "day"),
    [("4/23/20263 دقائق قراءة", "2026-04-23"), ("23 أبريل 20261 دقيقة قراءة", "2026-04-23"), ("5 دقائق قراءة", None)],
)
def test_the_reading_time_may_be_glued_to_the_year(line: str, day: str | None) -> None:
    found = article(TITLE, line, *BODY)
    assert (found.published.value and found.published.value.iso) == day
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_place_and_day_with_a_full_stop_are_the_day_of_the_report() -> None:
    found = article(TITLE, "بيشكيك، 14 مايو 2026. / قابار/", *BODY)
    assert (found.published.value and found.published.value.iso, found.agency.id) == ("2026-05-14", "kabar")


def test_a_short_sentence_that_ends_with_a_day_is_no_day_of_publication() -> None:
    found = article(TITLE, BODY[0], "وافتتح السوق القديم في 12 مايو 1961.", *BODY[1:])
    assert found.published.value is None
    assert "وافتتح السوق القديم في 12 مايو 1961." in [one.text for one in found.paragraphs]


def test_a_sentence_may_begin_as_a_prompt_to_follow() -> None:
    told = "تابعوا باهتمام كلمة رئيس المجلس على شاشة كبيرة نصبت في وسط الحديقة الجديدة."
    assert told in [one.text for one in article(TITLE, DAY, BODY[0], told, BODY[1]).paragraphs]


def test_one_word_before_a_colon_heads_what_follows() -> None:
    found = article(TITLE, DAY, *BODY, "تعقيب:", *(one.removeprefix("و") for one in OTHER_BODY))
    assert ("heading", "تعقيب:") in [(one.kind, one.text) for one in found.paragraphs]


def test_what_an_agency_says_of_a_picture_in_its_archive_goes_with_the_caption_below_it() -> None:
    archived = "Workers plant trees in a park that replaced the old market in the centre of the city, May 11, 2025."
    found = article(archived, "عمال يزرعون الأشجار مكان السوق القديم (أسوشيتد برس)", DAY, *BODY)
    assert found.title.value is None
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_a_sentence_in_another_script_alone_stays_in_the_text() -> None:
    quoted = "The park is the best thing that has happened to this part of the city in thirty years."
    found = article(TITLE, DAY, BODY[0], quoted, *BODY[1:])
    assert quoted in [one.text for one in found.paragraphs]


def test_a_last_sentence_before_a_name_in_brackets_is_text() -> None:
    last = "كما ستفتح مقاهي الحديقة في الصيف. (صدى المدينة)"
    assert article(TITLE, DAY, *BODY, last).paragraphs[-1].text == last


def test_how_long_ago_a_report_was_written_is_no_outlet() -> None:
    found = article(TITLE, "كتبت هالة منصور في السبت 9 مايو 2026 06:20 مساءً - منذ نصف ساعة", *BODY)
    assert (found.author.value, found.outlet.value) == ("هالة منصور", None)


def test_an_outlet_may_be_named_after_the_day() -> None:
    assert article(TITLE, "المصدر: اليوم السابع", *BODY).outlet.value == "اليوم السابع"


@pytest.mark.parametrize(
    ("opening", "outlet"),
    [
        ("صدى الأردن الإخباري – ", "صدى الأردن الإخباري"),
        ("فرانس برس – ", None),
        ("الأردن – ", None),
        ("صدى نيوز: ", None),
    ],
)
def test_only_a_medium_before_a_dash_opens_a_report_as_its_outlet(opening: str, outlet: str | None) -> None:
    assert article(TITLE, f"{opening}{BODY[0]}", *BODY[1:]).outlet.value == outlet


@pytest.mark.parametrize(("line", "outlet"), [("الوادي نيوز/ بغداد", "الوادي نيوز"), ("ندوة علمية/ بغداد", None)])
def test_a_medium_beside_its_place_is_the_outlet(line: str, outlet: str | None) -> None:
    assert article(TITLE, DAY, line, *BODY).outlet.value == outlet


def test_the_day_below_the_first_of_two_equal_headlines_is_that_of_the_report() -> None:
    found = article("صدى Tv", TITLE, "2025-05-12 | 03:38", "صدى Tv https://sada.example/authors", TITLE, *BODY)
    assert found.published.value and found.published.value.iso == "2025-05-12"


def test_a_headline_that_empty_lines_hold_apart_from_a_list_is_that_of_the_page() -> None:
    headline = "مفاجأة سارة لسكان الحي الشرقي بعد سنوات الانتظار"
    found = article(*TICKER, "تراجع أسعار الخضر في أسواق الجملة", "", headline, "", *BODY)
    assert found.title.value == headline
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_below_a_menu_the_headline_is_that_which_the_text_tells() -> None:
    found = article(
        "صدى المدينة", "آخر الأخبار", "العالم", "ثقافة وفن", TITLE, "صدى المدينة الإثنين 12 مايو 09:10", "", *BODY
    )
    assert found.title.value == TITLE


def test_a_logo_glued_to_its_description_names_the_site_once() -> None:
    found = article("صدى نيوزصدى نيوز", TITLE, DAY, *BODY)
    assert found.outlet.value == "صدى نيوز"


@pytest.mark.parametrize(("line", "outlet"), [("الوادي نت/وكالات", "الوادي نت"), ("بغداد/وكالات", None)])
def test_a_medium_beside_agencies_is_the_outlet(line: str, outlet: str | None) -> None:
    found = article(TITLE, line, *BODY)
    assert (found.outlet.value, found.agency.id) == (outlet, "agencies")


def test_how_much_of_an_article_is_left_to_read_is_none_of_it() -> None:
    left = "لديك 41.5 ٪ من هذه الصفحة بعد، وهي للمشتركين وحدهم."
    assert [one.text for one in article(TITLE, DAY, *BODY, left).paragraphs] == list(BODY)


def test_a_medium_of_four_words_above_the_headline_is_no_headline() -> None:
    assert article("شبكة صدى المدينة الإخبارية/", TITLE, *BODY).title.value == TITLE


def test_a_day_between_its_place_and_an_agency_in_brackets_is_that_of_the_report() -> None:
    found = article(f"بلغراد 12 مايو 2025 (شينخوا) {BODY[0]}", *BODY[1:])
    assert (found.published.value and found.published.value.iso, found.agency.id) == ("2025-05-12", "xinhua")


def test_a_day_between_its_place_and_a_remark_in_brackets_is_none() -> None:
    assert article(f"افتتاح 12 مايو 2025 (المؤجل) {BODY[0]}", *BODY[1:]).published.value is None


def test_a_writer_with_his_title_above_a_text_is_no_headline() -> None:
    assert article("الخبير مصطفى عيسى", "", *BODY).title.value is None
    told = "وشكر المجلس المهندس مصطفى سالم عيسى على عمله كله."
    assert article("تكريم مصطفى عيسى", "", BODY[0], told, *BODY[1:]).title.value == "تكريم مصطفى عيسى"


def test_a_lead_that_its_page_shows_twice_is_told_once() -> None:
    assert [one.text for one in article(TITLE, BODY[0], DAY, *BODY).paragraphs] == list(BODY)


def test_the_edition_of_an_agency_is_an_outlet() -> None:
    assert article("عربي", TITLE, "سبوتنيك عربي", DAY, *BODY).outlet.value == "سبوتنيك عربي"


def test_labels_behind_their_values_are_neither_outlet_nor_author() -> None:
    found = article(TITLE, "12-05-2025  آخر تحديث   | 11-05-2025 نشر في   |  سمير      بواسطة | ANI ", *BODY)
    assert (found.outlet.value, found.author.value, found.agency.id) == (None, None, "ani")


def test_a_number_belongs_to_the_name_of_a_site_and_a_year_does_not() -> None:
    assert article(TITLE, DAY, *BODY, "© 2025 صدى 247. جميع الحقوق محفوظة.").outlet.value == "صدى 247"


@pytest.mark.parametrize("caption", ["حسن بن علي ملك الجزيرة", "خالد عمر وزير النقل"])
def test_a_name_and_what_office_is_held_are_no_headline_and_wrote_nothing(caption: str) -> None:
    found = article(caption, TITLE, DAY, *BODY)
    assert (found.title.value, found.author.value) == (TITLE, None)


def test_a_caption_that_names_whom_the_text_tells_of_with_his_office_is_no_headline() -> None:
    lead = f"افتتح وزير النقل والمواصلات خالد عمر الحديقة. {BODY[0]}"
    assert article("خالد عمر وزير النقل والمواصلات", TITLE, DAY, lead, *BODY[1:]).title.value == TITLE


def test_an_office_can_be_the_last_word_of_a_name() -> None:
    assert article(TITLE, "سمير أحمد عمر ملك", DAY, *BODY).author.value == "سمير أحمد عمر ملك"


def test_the_place_glued_to_a_writer_is_none_of_his_name() -> None:
    assert article(TITLE, "بقلم: هالة بنت سعيد-الرياض", *BODY).author.value == "هالة بنت سعيد"
    assert article(TITLE, "بقلم: نور عبد-الحميد", *BODY).author.value == "نور عبد-الحميد"


@pytest.mark.parametrize(
    ("opening", "agency"),
    [("كونا - ", "kuna"), ("طهران / 5 ايلول / سبتمبر / ارنا – ", "irna"), ("رويترز: ", ""), ("الوزارة - ", "")],
)
def test_a_report_may_open_with_its_agency_alone(opening: str, agency: str) -> None:
    assert article(TITLE, f"{opening}{BODY[0]}", *BODY[1:]).agency.id == agency


def test_for_whom_a_report_was_written_is_no_headline() -> None:
    assert article("بيروت - خاص بالمدينة", *BODY).title.value is None
    assert article("خاص ببلدية الشمال وحدها هذا العام", *BODY).title.value == "خاص ببلدية الشمال وحدها هذا العام"


@pytest.mark.parametrize("credit", ["رويترز", "أ ف ب"])
def test_a_line_below_the_headline_that_ends_with_an_agency_behind_a_comma_is_a_caption(credit: str) -> None:
    caption = f"أشجار النخيل على ضفة النهر القديم عند مدخل المدينة الشمالي، المرفأ، {credit}"
    found = article(TITLE, "منذ ساعة واحدة", caption, "", caption, "", *BODY)
    assert found.title.value == TITLE
    assert [one.text for one in found.paragraphs] == list(BODY)
