"""What the reader leaves alone: text near the edges of rules for notices, labels, mastheads, lists and addresses."""

from __future__ import annotations

import pytest
from support_reader import BODY, DAY, OTHER_BODY, TITLE, article

from site_src.model.page import RawPage
from site_src.parse import parse_page


@pytest.mark.parametrize(
    "said",
    [
        "هذه نسخة نادرة من مخطوط قديم محفوظة في مكتبة المجلس منذ عام 1920.",
        "نسخة محفوظة من أول صحيفة في المدينة ستعرض عند باب الحديقة.",
        "تمت المشاركة عبر تقنية الفيديو من 12 دولة في المؤتمر الذي رافق الافتتاح.",
        "أنشئ حسابا على موقع المجلس مجانا، ثم اختر الشجرة التي تريد رعايتها.",
        "بقي لك أن تعرف أن مقال النوري كان أول ما كتب عن الحديقة.",
        "مع التحية التي وجهها رئيس المجلس إلى العمال انتهى الحفل.",
        "تتمة المنشور الأول الذي صدر عام 1930 موجودة في المكتبة.",
        "لمزيد من المعلومات: يمكن للسكان زيارة موقع المجلس أو الاتصال به.",
        "ملاحظة للمحررين: أضيفت الفقرة الثالثة بعد تصريح رئيس المجلس.",
    ],
)
def test_what_begins_as_the_words_of_a_site_or_of_a_mail_is_text_and_what_follows_stays(said: str) -> None:
    found = article(TITLE, DAY, "", BODY[0], "", said, "", *BODY[1:])
    assert [one.text for one in found.paragraphs] == [BODY[0], said, *BODY[1:]]


@pytest.mark.parametrize("label", ["لمزيد من المعلومات", "للمزيد من المعلومات: اضغط هنا"])
def test_a_link_to_more_in_the_middle_ends_no_report(label: str) -> None:
    found = [one.text for one in article(TITLE, DAY, "", *BODY, "", label, "", *OTHER_BODY).paragraphs]
    assert found[-2:] == list(OTHER_BODY)


@pytest.mark.parametrize(
    "above",
    [
        ("افتتاحية", "العدد 1234"),
        ("شؤون عربية", "العدد: 3310"),
        ("سامي العطار", "العدد 22"),
        ("وزارة الصحة تطلق حملة", "بيان صحفي"),
        ("مجلس المدينة يرفع الأجور", "بيان رسمي"),
    ],
)
def test_a_section_a_writer_or_a_headline_above_an_issue_or_a_release_is_no_outlet(above: tuple[str, str]) -> None:
    assert article(*above, "", TITLE, "", *BODY).outlet.value is None


@pytest.mark.parametrize(
    "below", ["رفعت البلدية الأسعار", "تحسين الخدمات الصحية", "هاجر آلاف السكان", "من عمر إلى علي"]
)
def test_a_heading_that_begins_like_a_first_name_is_no_writer(below: str) -> None:
    assert article(TITLE, "", below, "", *BODY).author.value is None


@pytest.mark.parametrize("said", ["الصحيفة: لا أزمة في أشجار المدينة", "الناشر: دار المرفأ للكتب"])
def test_what_a_paper_asks_or_who_published_a_book_is_no_outlet(said: str) -> None:
    assert article(TITLE, DAY, "", *BODY, "", said).outlet.value is None


def test_a_dash_between_words_that_are_whole_divides_none() -> None:
    lines = (
        "وقالت البلدية إن المشاركين في الحفل الذي أقيم في الساحة-",
        "هم العمال والمهندسون الذين عملوا في المشروع طوال عامين،",
        "ولم يذكر المدير الجهة التي مولت الترميم وقال مصدر- ها هنا",
        "دفعت نصف الكلفة من ميزانيتها السنوية وحصلت على الباقي من",
        "متبرعين في المدينة وخارجها كما قال رئيس البلدية في كلمته.",
    )
    assert [one.text for one in article(TITLE, "", *lines).paragraphs] == [" ".join(lines)]


@pytest.mark.parametrize(
    "entries",
    [("المنتخب الوطني لكرة السلة", "نقابة عمال الميناء"), ("قسم كتب الأطفال والناشئة", "قسم المخطوطات النادرة")],
)
def test_entries_of_a_list_that_the_text_names_too_stay(entries: tuple[str, str]) -> None:
    named = f"ومن الذين زاروا الحديقة أو أقيموا فيها {entries[0]}، و{entries[1]}، كما قال النوري."
    text = "\n\n".join(
        [f"# {TITLE}", *BODY, named, *(f"- {entry}" for entry in entries), BODY[0].replace("فتح", "افتتح")]
    )
    (found,) = parse_page(RawPage("folder/page.md", "markdown", "utf-8", text), ("ar",)).articles
    assert [one.text for one in found.paragraphs if one.kind == "list"] == list(entries)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<div class="article metered">{}</div>'),
        ('<base href="https://news.example/ar">', "{}"),
        ('<base href="https://cdn.example/static/v2">', "{}"),
        ('<base href="https://news.example/index.html">', "{}"),
    ],
)
def test_a_metered_article_is_whole_and_a_folder_is_no_address_of_a_page(head: str, body: str) -> None:
    told = body.format("".join(f"<p>{one}</p>" for one in BODY))
    text = (
        f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{told}</article></body></html>"
    )
    (found,) = parse_page(RawPage("folder/page.html", "html", "utf-8", text), ("ar",)).articles
    assert ([one.text for one in found.paragraphs], found.url.value) == (list(BODY), None)


def test_a_letter_alone_above_a_paragraph_that_begins_with_it_is_not_written_twice() -> None:
    shown = [one.text for one in article(TITLE, DAY, BODY[0], "و", BODY[1], BODY[2]).paragraphs]
    assert BODY[1].startswith("وقال") and BODY[1] in shown
