"""What the reader leaves alone: ordinary pages where a rule for furniture, credits or further articles would err."""

from __future__ import annotations

import pytest

from site_src.model import Article, ParsedPage, RawPage
from site_src.parse import parse_page

TITLE = "المجلس البلدي يفتح حديقة عامة مكان السوق القديم"
DAY = "12 مايو 2025"
BODY = (
    "فتح المجلس البلدي حديقة عامة مكان السوق القديم بعد سبع سنوات من إزالة المتاجر المهجورة في وسط المدينة.",
    "وقال رئيس المجلس جهاد النوري إن الحديقة تضم ملعبا ومكتبة صغيرة وأربعمئة شجرة زرعها طلاب المدارس.",
    "ويأمل السكان أن تعود الحياة إلى الحي الذي هجره كثيرون بعد إغلاق السوق والمتاجر من حوله.",
)
OTHER = "إغلاق الجسر الغربي أمام الشاحنات مدة شهرين للصيانة"
OTHER_BODY = (
    "وأوضحت البلدية أن أعمال الصيانة تشمل تبديل الفواصل المعدنية وطلاء الأعمدة وتجديد الإنارة على جانبي الجسر.",
    "وستحول الشاحنات إلى الطريق الدائري الجنوبي في ساعات النهار كلها حتى انتهاء الأعمال في نهاية الصيف المقبل.",
)


def read(*lines: str) -> ParsedPage:
    return parse_page(RawPage("folder/page.txt", "text", "utf-8", "\n".join(lines)), ("ar",))


def article(*lines: str) -> Article:
    (found,) = read(*lines).articles
    return found


@pytest.mark.parametrize(
    "lines",
    [
        ("الرئيسية", "الطاقة", "رياضة", "الطاقة | النفط", "", TITLE, DAY, *BODY),
        ("الرئيسية", "العالم", "آسيا", "العالم - آسيا", "", TITLE, DAY, *BODY),
        ("الحدائق", "الرئيسية » الحدائق » الأسواق", "", TITLE, DAY, *BODY),
        ("الحدائق", "", TITLE, DAY, *BODY, "السوق | الحدائق | المدينة"),
        ("السوق القديم", "", TITLE, DAY, *BODY, "السوق القديم: ذاكرة المدينة التي لا تغيب عن أهلها"),
        ("النوري", "", TITLE, DAY, "النوري: الحديقة للجميع", *BODY),
        ("وسط المدينة", "", TITLE, DAY, f"وسط المدينة - {BODY[0]}", *BODY[1:]),
        ("الغرامات", "", TITLE, DAY, *BODY, "ويبدأ تطبيق الغرامات الجديدة مطلع الشهر المقبل على من يؤذي الأشجار."),
        ("الرئيسية", "الاقتصاد", "", TITLE, DAY, *BODY, "وتوقع محرر الاقتصاد أن ترتفع إيجارات البيوت حول الحديقة."),
        ("الحدائق", "", TITLE, DAY, *BODY, "اشترك في النشرة الأسبوعية عن الحدائق"),
        ("اقتصاد", TITLE, "السكان ينتقدون بلدية تايمز - محليات", DAY, *BODY),
        ("Breaking News", "", TITLE, DAY, *BODY),
        ("الرئيسية", "النشرة الإخبارية", "Live TV", "World News", "صحيفة اليوم", "", TITLE, DAY, *BODY),
    ],
    ids=lambda lines: " ".join(lines)[:40],
)
def test_a_section_a_place_or_a_person_named_twice_is_no_outlet(lines: tuple[str, ...]) -> None:
    found = article(*lines)
    assert (found.outlet.value, found.aggregator.value) == (None, None)


def test_who_holds_the_rights_is_named_without_the_preposition() -> None:
    assert article(TITLE, DAY, *BODY, "© 2025 جميع الحقوق محفوظة لجريدة المرفأ").outlet.value == "المرفأ"
    assert article(TITLE, DAY, *BODY, "© 2025 جميع الحقوق محفوظة للمرفأ").outlet.value == "المرفأ"
    assert article(TITLE, DAY, *BODY, "جميع الحقوق مـحـفوظة لوزارة البلديات 2025").outlet.value == "وزارة البلديات"


@pytest.mark.parametrize(
    "lead",
    ["فيضانات عارمة اجتاحت", "فيينا (رويترز) - أغلقت", "فتحت بلدية المرفأ أو أغلقت", "فازت بلدية المرفأ حين أغلقت"],
)
def test_a_report_below_its_own_headline_and_day_may_begin_with_a_word_that_looks_joined(lead: str) -> None:
    second = f"{lead} اليوم الجسر الغربي أمام الشاحنات مدة شهرين لأن الفواصل المعدنية تحتاج إلى تبديل عاجل قبل الشتاء."
    page = read(TITLE, DAY, *BODY, "", OTHER, "13 مايو 2025", second, *OTHER_BODY)
    assert [one.title.value for one in page.articles] == [TITLE, OTHER]


@pytest.mark.parametrize(
    "sentence",
    [
        "ظهرت المقالة في مجلة مرموقة وأثارت جدلا واسعا بين سكان الحي القديم.",
        "The Post reported that the council had denied the claims.",
        "هذا الملخص الذي أعده المجلس يشمل أبرز بنود العقد الجديد.",
        "تم التسجيل بنجاح لأكثر من ألف عائلة في الحي، بحسب رئيس المجلس.",
        "لديك حسابات كثيرة يجب أن تصفيها قبل الانتخابات، قال له النوري ساخرا.",
    ],
)
def test_a_sentence_that_begins_as_a_box_does_is_text(sentence: str) -> None:
    found = article(TITLE, DAY, BODY[0], sentence, *BODY[1:])
    assert sentence in [one.text for one in found.paragraphs]


def test_the_parts_of_a_chronicle_keep_their_names() -> None:
    found = article(TITLE, DAY, BODY[0], "هدم السوق", "12 يناير 2018", BODY[1], "بدء العمل", "3 مارس 2023", BODY[2])
    assert [one.text for one in found.paragraphs if one.kind == "heading"] == ["هدم السوق", "بدء العمل"]


def test_a_headline_with_its_agency_and_day_is_no_caption() -> None:
    page = read(TITLE, DAY, *BODY, "", f"{OTHER} (رويترز)", "13 مايو 2025", *OTHER_BODY[::-1], *OTHER_BODY)
    assert len(page.articles) == 2


def test_a_sub_heading_that_asks_is_no_caption_of_the_picture_below_it() -> None:
    found = article(TITLE, DAY, BODY[0], "لماذا هدم السوق القديم؟", "صورة: رويترز", *BODY[1:])
    assert "لماذا هدم السوق القديم؟" in [one.text for one in found.paragraphs]


def test_the_headline_below_an_empty_credit_is_no_outlet() -> None:
    page = read(TITLE, DAY, *BODY, "المصدر:", "إغلاق الجسر الغربي أمام الشاحنات", "13 مايو 2025", *OTHER_BODY)
    assert "إغلاق الجسر الغربي أمام الشاحنات" not in [one.outlet.value for one in page.articles]
