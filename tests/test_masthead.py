"""What stands above a headline is the name of the site only where the page says so elsewhere; else nobody's."""

from __future__ import annotations

import pytest

from site_src.model.page import Article, RawPage
from site_src.parse import parse_page
from site_src.parse.fields.names import same_outlet

TITLE = "المجلس البلدي يفتح حديقة عامة مكان السوق القديم"
BODY = (
    "فتح المجلس البلدي حديقة عامة مكان السوق القديم بعد سبع سنوات من إزالة المتاجر المهجورة في وسط المدينة.",
    "وقال رئيس المجلس جهاد النوري إن الحديقة تضم ملعبا ومكتبة صغيرة وأربعمئة شجرة زرعها طلاب المدارس.",
    "ويأمل السكان أن تعود الحياة إلى الحي الذي هجره كثيرون بعد إغلاق السوق والمتاجر من حوله.",
)


def outlet(above: list[str], credit: list[str], below: list[str]) -> str:
    text = "\n\n".join([*above, TITLE, *credit, *BODY, *below])
    found: tuple[Article, ...] = parse_page(RawPage("page.txt", "text", "utf-8", text, ""), ("ar",)).articles
    return found[0].outlet.value or ""


@pytest.mark.parametrize(
    ("above", "site"),
    [
        (["وزارة المياه", "بيان صحفي"], "وزارة المياه"),
        (["وزارة المياه تفتتح محطة", "بيان صحفي"], ""),
        (["البيت الأزرق", "بيان صحفي"], ""),
        (["وزارة المياه", "أخبار البلد"], ""),
    ],
)
def test_a_press_release_is_that_of_the_institution_above_it(above: list[str], site: str) -> None:
    assert outlet(above, [], []) == site


@pytest.mark.parametrize(
    ("below", "site"),
    [
        ("جميع الحقوق محفوظة لموقع مرايا", "مرايا"),
        ("حمل تطبيق مرايا", "مرايا"),
        ("تابعونا على فيسبوك", ""),
        ("تابعوا كل جديد عن مرايا على فيسبوك", ""),
        ("جميع الحقوق محفوظة لموقع مراياتكم الأولى والثانية", ""),
        ("مرايا - ألماتي", ""),
    ],
)
def test_the_name_above_is_the_sites_where_the_page_asks_to_follow_it_or_keeps_its_rights(
    below: str, site: str
) -> None:
    assert outlet(["مرايا"], [], [below]) == site


@pytest.mark.parametrize(
    ("credit", "site"),
    [
        ("مرايا - طشقند", "مرايا"),
        ("طشقند: «مرايا»", "مرايا"),
        ("طشقند - ألماتي - مرايا", ""),
        ("مرايا: السوق القديم", ""),
        ("في حديث لمرايا", "مرايا"),
        ("في حديث عن مرايا", ""),
    ],
)
def test_the_name_above_is_the_sites_where_the_credit_names_it_beside_a_place_or_as_whom_one_spoke_to(
    credit: str, site: str
) -> None:
    assert outlet(["مرايا"], [credit], []) == site


@pytest.mark.parametrize(
    ("rights", "site"),
    [
        ("© 2026 مرايا", "مرايا"), ("© 2026 رويترز", ""), ("© 2026 شركة مرايا", ""),
        ("© 2026 مرايا للنشر والتوزيع الحديث", ""), ("جميع الحقوق محفوظة", ""),
    ],
)  # fmt: skip
def test_who_holds_the_rights_is_the_site_where_the_line_says_no_more_than_a_name(rights: str, site: str) -> None:
    assert outlet([], [], [rights]) == site


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("مرايا", "مرايا نيوز", True), ("مرايا", "مرايا الشرق", False), ("صحيفة مرايا الشرق", "مرايا الشرق", True),
        ("مرايا الشرق", "مرايا الشرق الجديدة", True), ("مرايا الشرق", "نوافذ الشرق", False), ("مرايا", "", False),
    ],
)  # fmt: skip
def test_a_name_with_further_words_is_the_same_outlets_unless_it_is_a_single_word_that_others_have_too(
    one: str, other: str, same: bool
) -> None:
    assert same_outlet(one, other) == same_outlet(other, one) == same
