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
