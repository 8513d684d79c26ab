"""Which line is the headline: what the page and the text say of it counts; where nothing does, there is none."""

from __future__ import annotations

from textwrap import wrap

import pytest
from support_reader import BODY, DAY, OTHER_BODY, TITLE, article, read

from site_src.model.page import Article, RawPage
from site_src.parse import parse_page

MENU = "Bulletin الرسالة البريدية Agenda المواعيد الصوتيات مرئيات Nahrnews"
OTHERS = (
    "افتتاح معرض الزهور في حديقة الأورمان بمشاركة مئتي عارض",
    "فوز فريق السباحة بثلاث ميداليات في بطولة البحر المتوسط للناشئين هذا الأسبوع",
    "تأجيل امتحانات الشهر بسبب موجة الحر الشديدة",
    "قافلة بيطرية تعالج ألف رأس ماشية في الواحات",
    "ورشة لتعليم الأطفال صناعة الفخار في قصر الثقافة",
    "رحلات جوية جديدة بين أسوان ومرسى علم خلال الشتاء",
    "مهرجان التمور يستقبل زواره في واحة سيوة",
)


def test_a_call_before_a_headline_is_cut_where_more_than_two_words_are_left() -> None:
    assert article(f"عاجل | {TITLE}", DAY, *BODY).title.value == TITLE
    assert article("عاجل | حريق كبير", DAY, *BODY).title.value == "عاجل | حريق كبير"


def test_a_menu_that_stands_twice_is_no_headline_where_the_text_tells_another() -> None:
    page = (MENU, "أوروبا", "الأبواب", "البرامج", MENU, "تابعونا هنا", "خدمات", "مواعيد", "أبواب", TITLE, DAY, *BODY)
    assert article(*page).title.value == TITLE


def test_a_headline_that_stands_twice_stays_though_the_line_below_it_tells_the_text_better() -> None:
    title = "من الركام إلى الظل في سبع سنوات"
    told = "حديقة عامة وملعب ومكتبة مكان السوق القديم في وسط المدينة"
    assert article(title, DAY, title, told, *BODY).title.value == title


def test_a_headline_below_the_menu_of_latest_news_is_that_of_the_text() -> None:
    page = ("آخر الأخبار", "ترندات", "جدول زمني", "أوروبا", TITLE, "صورة للحديقة حقوق النشر AP", "حقوق النشر AP", *BODY)
    found = article(*page)
    assert found.title.value == TITLE
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_headlines_on_one_line_below_a_label_are_no_text() -> None:
    row = " ".join(OTHERS)
    found = article("آخر الأخبار", row, "", TITLE, "", f"محليات | {DAY} |", "", *BODY)
    assert (found.title.value, [one.text for one in found.paragraphs]) == (TITLE, list(BODY))


def test_the_only_paragraph_of_a_page_is_no_excerpt_of_another() -> None:
    text = " ".join(BODY)
    assert [one.text for one in article("آخر الأخبار", OTHERS[0], text).paragraphs] == [text]


def test_headlines_of_which_a_report_tells_none_are_all_of_others() -> None:
    found = article(*OTHERS, f"أكد {BODY[0]}", *BODY[1:])
    assert found.title.value is None
    assert [one.text for one in found.paragraphs] == [f"أكد {BODY[0]}", *BODY[1:]]


@pytest.mark.parametrize("line", ["البنك الزراعي المحلي", "فريق التحرير |", "هيئة التحرير الرقمية"])
def test_a_name_or_a_desk_above_the_text_is_no_headline(line: str) -> None:
    assert article(line, *BODY).title.value is None


def test_three_words_that_say_something_are_a_headline() -> None:
    assert article("حديقة مكان السوق", *BODY).title.value == "حديقة مكان السوق"


def test_a_name_in_two_scripts_is_no_headline_beside_another() -> None:
    assert article("حديقة السوق القديم - Old Market Garden", TITLE, *BODY).title.value == TITLE
    assert article("المجلس يوقع مع Old Market Garden", "حديقة وملعب للأطفال", *BODY).title.value is not None


def test_two_persons_of_whom_the_text_tells_did_not_write_it() -> None:
    assert article(TITLE, "سمير حداد وجهاد النوري", DAY, *BODY).author.value is None
    assert article(TITLE, "سمير حداد", DAY, *BODY).author.value == "سمير حداد"


def test_prices_above_a_sentence_stay() -> None:
    wares = ("الطماطم", "البصل الأحمر", "الثوم البلدي", "الخيار", "الجزر", "الفلفل الأخضر", "الباذنجان")
    prices = [f"سعر كيلو {ware} في سوق الجملة {price} جنيها" for price, ware in enumerate(wares, 9)]
    end = (
        "وقال تجار في السوق إن الأسعار مستقرة منذ أسبوع بفضل وصول شاحنات من محافظات الشمال بعد انتهاء موجة البرد فيها."
    )
    (found,) = read("أسعار الخضر في الأسواق صباحا", *prices, end).articles
    assert set(prices) <= {one.text for one in found.paragraphs}


def test_a_headline_of_which_the_text_tells_more_words_stands_below_a_short_one() -> None:
    assert article("رغم إزالة السوق القديم", TITLE, *BODY).title.value == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "تقرير: حديقة عامة مكان السوق القديم",
        "مصدر: المجلس البلدي يفتح حديقة قريبا",
        "تحديث: المجلس البلدي يفتح الحديقة العامة",
        "إعداد جيل جديد من البستانيين",
        "بواسطة الحدائق الصغيرة تنهض الأحياء",
    ],
)
def test_a_headline_that_begins_as_a_label_does_is_one_and_credits_nobody(title: str) -> None:
    found = article(title, DAY, *BODY)
    assert (found.title.value, found.outlet.value, found.author.value) == (title, None, None)
    assert [one.text for one in found.paragraphs] == list(BODY)


@pytest.mark.parametrize(
    ("label", "author", "outlet"),
    [
        ("كتب سمير حداد من المدينة القديمة", "سمير حداد", None),
        ("المصدر: مجلس المدينة القديمة", None, "مجلس المدينة القديمة"),
    ],
)
def test_a_label_that_credits_somebody_stays_one_where_no_headline_stands(
    label: str, author: str | None, outlet: str | None
) -> None:
    found = article(label, DAY, *BODY)
    assert (found.title.value, found.outlet.value, found.author.value) == (None, outlet, author)


@pytest.mark.parametrize("section", ["خاص", "اقتصاد ومال", "سمير حداد"])
def test_what_stands_behind_the_bar_of_a_headline_is_cut_and_is_no_outlet_by_that_alone(section: str) -> None:
    found = article(f"{TITLE} | {section}", DAY, *BODY)
    assert (found.title.value, found.outlet.value) == (TITLE, None)


def test_a_dated_headline_above_a_label_is_that_of_the_text_though_it_tells_one_below_too() -> None:
    other = "المجلس البلدي يفتح سوقا جديدة مكان الحديقة القديمة"
    found = article(TITLE, DAY, "اقرأ أيضا", OTHERS[0], other, *BODY)
    assert (found.title.value, found.published.value and found.published.value.iso) == (TITLE, "2025-05-12")


def test_a_line_between_headline_and_text_that_shares_no_word_with_them_is_no_standfirst() -> None:
    assert [
        one.text for one in article(TITLE, DAY, "خصم خمسين بالمئة على عطور الشتاء لفترة محدودة جدا", *BODY).paragraphs
    ] == list(BODY)
    told = "ملعب ومكتبة صغيرة وأربعمئة شجرة في قلب المدينة"
    assert article(TITLE, DAY, told, *BODY).paragraphs[0].text == told


def test_the_score_of_a_match_is_no_headline_beside_another() -> None:
    assert article("المجلس 2 - 1 المدينة", TITLE, *BODY).title.value == TITLE


def test_of_two_headlines_that_a_text_tells_the_one_above_its_day_is_its_own() -> None:
    near = "المجلس البلدي يفتح حديقة ومكتبة ومتاجر مكان السوق القديم وسط المدينة قريبا"
    assert article("آخر الأخبار", near, TITLE, DAY, *BODY).title.value == TITLE


@pytest.mark.parametrize(
    "credit",
    [
        "نخيل برس ـ خاص:",
        "شبكة ضفاف النهر الإخبارية/",
        "مكتب الينابيع في المدينة:",
        "ينابيع النهر الجاري -",
        "في كلمات قليلة",
    ],
)
def test_what_a_sign_divides_from_the_text_is_no_headline(credit: str) -> None:
    found = article(credit, *BODY)
    assert found.title.value is None
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_the_line_with_which_the_trail_above_it_ends_is_the_headline_however_short() -> None:
    trail = "أنت هنا: الرئيسية / محليات / حديقة السوق"
    assert article("أحدث الأخبار", trail, "", "حديقة السوق", "", *BODY).title.value == "حديقة السوق"
    assert article("محليات", trail, "", "مقالات", "", *BODY).title.value is None


def test_a_picture_and_its_caption_in_the_same_words_are_no_headline_below_one() -> None:
    caption = "مشهد عام من الحديقة مكان السوق القديم"
    assert article(TITLE, "", caption, caption, "", *BODY).title.value == TITLE
    assert article("خدمات الموقع على مدار الساعة", TITLE, TITLE, *BODY).title.value == TITLE


@pytest.mark.parametrize("lead", ["أعلن مسؤول أمس كيف ", "القاهرة 4 مايو 2025 (نخيل) - "])
def test_a_headline_with_a_full_stop_stands_above_the_label_of_its_day(lead: str) -> None:
    page = (f"{TITLE}.", "نشر بتاريخ:", f"{lead}{BODY[0]}", *BODY[1:])
    assert article(*page).title.value == f"{TITLE}."
    assert article(BODY[1], "نشر بتاريخ:", BODY[2]).title.value is None
    dispatch = "النجف- أفاد مسؤول في المجلس البلدي بفتح حديقة عامة مكان السوق."
    assert article(dispatch, f"وأكد مسؤول كيف {BODY[0]}", *BODY[1:]).title.value is None


def test_a_credit_may_stand_between_a_headline_with_a_full_stop_and_its_report() -> None:
    told = f"أعلن مسؤول أمس كيف {BODY[0]}"
    assert article(f"{TITLE}.", "سنبلة المصدر وكالات.", told, *BODY[1:]).title.value == f"{TITLE}."
    assert article(BODY[2], "خطوات لاحقة", f"أعلن مسؤول أمس كيف {OTHER_BODY[0]}").title.value is None


NAMED = "وحضر الافتتاح نائب رئيس المجلس سمير حداد وعدد من سكان الحي ومن طلاب المدارس القريبة منه."


@pytest.mark.parametrize(
    "line",
    [
        "نائب رئيس المجلس سمير حداد",
        "سكان الحي",
        "نخلة - شؤون البلاد",
        "خدمة الأخبار العاجلة الليلية",
        "كتب / ليلى بدران",
    ],
    ids=["whom a picture shows", "a keyword", "site and section", "a service", "who wrote"],
)
@pytest.mark.parametrize("below", [(), ("", "مشهد من الافتتاح", "")])
def test_a_short_line_that_only_names_something_is_no_headline(line: str, below: tuple[str, ...]) -> None:
    found = article(line, *below, *BODY, NAMED)
    assert found.title.value is None
    assert [one.text for one in found.paragraphs] == [*BODY, NAMED]
    assert article(line, TITLE, *below, *BODY, NAMED).title.value == TITLE


@pytest.mark.parametrize(
    "page", [("فرحة بعد صبر طويل", DAY), ("فرحة بعد صبر طويل", "مشهد من الافتتاح", "فرحة بعد صبر طويل")]
)
def test_a_headline_of_which_the_text_says_nothing_is_borne_out_by_its_day_or_by_standing_twice(
    page: tuple[str, ...],
) -> None:
    found = article(*page, *BODY)
    assert (found.title.value, doubts(found)) == (page[0], [])


def test_a_headline_with_which_a_paragraph_begins_is_no_name_in_it() -> None:
    assert (
        article("المجلس يفتح الحديقة العامة", f"المجلس يفتح الحديقة العامة. {BODY[0]}", *BODY[1:]).title.value
        == "المجلس يفتح الحديقة العامة"
    )


def doubts(found: Article) -> list[tuple[int | None, str]]:
    return [(one.line, one.severity) for one in found.problems if one.code == "doubtful-title"]


@pytest.mark.parametrize(
    "line",
    [
        "ملعب ومكتبة لصغار الحي",
        "عمال يطلون جدران المبنى الأبيض على ضفة النهر",
        "سكان المدينة أمام ملعب الحديقة (أرشيف)",
        f"{TITLE}.",
    ],
    ids=["few words", "hardly told", "who took a picture", "a full stop"],
)
def test_of_a_title_that_only_its_place_tells_the_editor_hears_until_he_says_what_it_is(line: str) -> None:
    report = (f"أعلن مسؤول أمس كيف {BODY[0]}", *BODY[1:])
    found = article(line, *report)
    assert (found.title.value, doubts(found)) == (line, [(1, "warning")])
    assert not doubts(article(line, "نشر بتاريخ:", DAY, *report))
    for said in (line, "حديقة جديدة", ""):
        page = RawPage("folder/page.txt", "text", "utf-8", "\n".join((line, *report)), f"title = '{said}'\n")
        (told,) = parse_page(page, ("ar",)).articles
        assert (told.title.value, doubts(told)) == (said or None, [])


@pytest.mark.parametrize("title", [TITLE, "جهاد النوري: أخلاقنا قبل كل حساب"])
def test_a_title_that_the_text_tells_or_that_quotes_somebody_is_beyond_doubt(title: str) -> None:
    found = article(title, *BODY)
    assert (found.title.value, doubts(found)) == (title, [])


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>نخلة الخبر</title>", None),
        ("<title>نخلة | شؤون البلاد</title>", None),
        ("<title>حديقة السوق القديم تفتح أبوابها</title>", "حديقة السوق القديم تفتح أبوابها"),
        ('<title>نخلة الخبر</title><meta property="og:title" content="حديقة السوق">', "حديقة السوق"),
    ],
)
def test_a_window_of_few_words_names_the_site_and_no_report(head: str, title: str | None) -> None:
    text = "".join(f"<p>{one}</p>" for one in BODY)
    page = f"<html><head>{head}</head><body><article>{text}</article></body></html>"
    (found,) = parse_page(RawPage("page.html", "html", "utf-8", page), ("ar",)).articles
    assert found.title.value == title


def test_a_headline_that_larger_letters_broke_into_two_long_lines_is_one() -> None:
    text = [line for paragraph in BODY * 2 for line in ("", *wrap(paragraph, 44))]
    found = article("المجلس البلدي يفتح حديقة عامة", "مكان السوق القديم في وسط المدينة", *text)
    assert found.title.value == "المجلس البلدي يفتح حديقة عامة مكان السوق القديم في وسط المدينة"


def test_a_question_above_its_writer_and_day_is_the_headline() -> None:
    question = "لماذا لا يشرب الناس من النيل؟"
    assert article("رأي", question, "بقلم: سلوى كرم", DAY, *BODY).title.value == question
