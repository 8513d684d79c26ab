"""What stands above a text more than once, or beside a picture: days of visits, writers, sources, further labels."""

from __future__ import annotations

import pytest
from support_reader import BODY, DAY, TITLE, article


@pytest.mark.parametrize(
    "above", [("*", DAY, "أخبار", "13 مايو 2025", "• 18:31"), ("*", DAY, "•", "12 مايو 2025", "أخبار")]
)
def test_a_day_that_may_be_that_of_the_visit_is_none_of_publication(above: tuple[str, ...]) -> None:
    assert article(*above, TITLE, *BODY).published.value is None


def test_who_wrote_is_no_paragraph_where_he_is_named_again() -> None:
    found = article(TITLE, "بواسطة", "سمير حداد", "* سمير حداد", *BODY)
    assert found.author.value == "سمير حداد"
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_the_source_of_a_picture_within_a_text_is_not_that_of_the_text() -> None:
    assert article(TITLE, DAY, BODY[0], "(المصدر: رويترز)", *BODY[1:]).agency.value is None
    assert article(TITLE, DAY, *BODY, "(المصدر: رويترز)").agency.id == "reuters"


def test_a_label_to_read_more_takes_the_headline_behind_it_and_leaves_the_same_words_in_a_sentence() -> None:
    label = "قراءة المزيد: إغلاق الجسر الغربي أمام الشاحنات مدة شهرين"
    said = "قراءة المزيد من الكتب عادة يومية للأطفال في الحديقة الجديدة كما يقول أمين المكتبة."
    found = article(TITLE, DAY, BODY[0], label, said, *BODY[1:])
    assert [one.text for one in found.paragraphs] == [BODY[0], said, *BODY[1:]]
