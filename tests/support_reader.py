"""A pasted page to try a rule of the reader on: a headline, a day, two reports, and how they are read."""

from __future__ import annotations

from site_src.model.page import Article, ParsedPage, RawPage
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
