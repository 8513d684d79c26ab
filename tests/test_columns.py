"""Columns: lines that were broken for want of room are paragraphs, and so are headlines in larger letters."""

from __future__ import annotations

import pytest

from site_src.model.page import RawPage
from site_src.parse import parse_page
from site_src.read import decode

NARROW = frozenset("اأإآلدذرزو،. 1")
WIDE = frozenset("سشصضطظىجحخ")
TEXTS = [
    "وقعت بلدية باتكين مع شركة محلية عقدا لإنارة أربعين شارعا بمصابيح تعمل بالطاقة الشمسية، تنتهي الأعمال قبل الشتاء.",
    "وقال رئيس البلدية إن المصابيح ستوفر ثلث ما تدفعه المدينة ثمنا للكهرباء، وإن السكان طلبوها منذ أعوام.",
    "وتبلغ كلفة العقد تسعة ملايين سوم تدفعها الحكومة على ثلاثة أقساط متساوية.",
]
HEADLINE = "باتكين تضيء أربعين شارعا بمصابيح شمسية وتوفر ثلث فاتورة الكهرباء"


def broken(text: str, width: float) -> str:
    """The text in lines of one width, set in letters of three widths."""
    lines, room = [""], width
    for word in text.split():
        needed = sum(0.6 if letter in NARROW else 1.6 if letter in WIDE else 1.05 for letter in f" {word}")
        if needed > room and lines[-1]:
            lines.append("")
            room = width
        lines[-1] = f"{lines[-1]} {word}".strip()
        room -= needed
    return "\n".join(lines)


def told(text: str) -> tuple[str | None, list[str]]:
    page = decode("a.txt", text.encode())
    assert isinstance(page, RawPage)
    (article,) = parse_page(page, ("ar",)).articles
    return article.title.value, [one.text for one in article.paragraphs]


@pytest.mark.parametrize("width", [24, 28, 32, 40])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_column_and_its_headline_in_larger_letters_are_made_whole(width: float, between: str) -> None:
    column = between.join(broken(text, width) for text in TEXTS)
    assert told(f"{broken(HEADLINE, width * 0.65)}\n\n{column}\n") == (HEADLINE, TEXTS)


@pytest.mark.parametrize("above", [
    "آسيا الوسطى\nأسواق المال\nنفط وغاز",
    "صحيفة الوادي اليومية\nتصدر في مدينة أوش", "زلزال خفيف يهز أوش\nمباراة ودية في بيشكك",
])  # fmt: skip
def test_lines_above_a_column_that_it_does_not_tell_are_no_headline_of_it(above: str) -> None:
    column = "\n".join(broken(text, 30) for text in TEXTS)
    assert told(f"{above}\n\n{HEADLINE}\n\n{column}\n")[0] == HEADLINE
    assert told(f"{above}\n\n{column}\n")[0] in (None, *above.split("\n"))


def test_the_name_of_a_section_above_a_headline_is_no_part_of_it() -> None:
    column = "\n".join(broken(text, 30) for text in TEXTS)
    assert (
        told(f"الطاقة الشمسية\nباتكين تضيء شوارعها بمصابيح شمسية\n\n{column}\n")[0]
        == "باتكين تضيء شوارعها بمصابيح شمسية"
    )


def test_headlines_of_like_length_are_not_one_text() -> None:
    heads = [
        "باتكين تضيء شوارعها بمصابيح شمسية جديدة", "أوش تفتح جسرا فوق النهر للمشاة والدراجات",
        "نارين تستضيف سباق الخيل في مطلع الصيف", "تالاس تبني مدرستين من قرض بنك التنمية",
        "إيسيك كول تمنع القوارب القديمة في البحيرة", "جلال آباد تصدر الجوز إلى خمس دول جديدة",
    ]  # fmt: skip
    assert not any(
        a in one and b in one
        for one in told("\n".join([*TEXTS[:2], *heads]))[1]
        for a in heads
        for b in heads
        if a != b
    )


def test_no_line_of_the_lead_is_lost_below_a_headline_and_a_reporter_without_an_empty_line() -> None:
    column = "\n".join(broken(text, 31) for text in TEXTS)
    _, found = told(f"{broken(HEADLINE, 20)}\nباتكين: نورلان عثمانوف\n{column}\n")
    assert " ".join(found).endswith(" ".join(TEXTS))


def test_labels_and_values_with_tabs_above_a_text_are_its_fields() -> None:
    labelled = f"العنوان:\t{HEADLINE}\nالتاريخ:\t18/11/2026\nالكاتب:\tسمير حداد\n"
    row = f"جريدة الينابيع\t\t18 نوفمبر 2026\t\tالعدد 512\n\n{HEADLINE}\n"
    for head in (labelled, row):
        page = decode("a.txt", "\n\n".join([head, *TEXTS]).encode())
        assert isinstance(page, RawPage)
        (found,) = parse_page(page, ("ar",)).articles
        assert found.title.value == HEADLINE
        assert found.published.value is not None and found.published.value.iso == "2026-11-18"
        assert [one.text for one in found.paragraphs] == TEXTS
