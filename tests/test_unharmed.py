"""What the reader leaves alone: ordinary pages where a rule for furniture, credits or further articles would err."""

from __future__ import annotations

import pytest
from support_reader import BODY, DAY, OTHER, OTHER_BODY, TITLE, article, read

from site_src.model.page import Article, RawPage
from site_src.parse import parse_page


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
        "يسمح بإعادة نشر الحراس في السوق القديم ليلا ونهارا بحسب العقد الجديد.",
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


@pytest.mark.parametrize(
    "deck", ["إصابة حارس صحفي في السوق القديم", "لقاء مع كاتب الرواية الأولى", "اعتقال ناشط مراسل"]
)
def test_a_line_that_speaks_of_a_journalist_names_no_author(deck: str) -> None:
    assert article(TITLE, deck, DAY, *BODY).author.value is None


# Saved pages.


def saved(name: str, text: str) -> list[str]:
    (found,) = parse_page(
        RawPage(name, "html" if name.endswith("html") else "markdown", "utf-8", text), ("ar",)
    ).articles
    return [one.text for one in found.paragraphs]


def html(*boxes: str) -> list[str]:
    return saved("page.html", f"<main><h1>{TITLE}</h1>{''.join(boxes)}</main>")


def rows(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_what_an_author_writes_is_not_what_is_written_of_him() -> None:
    lead = f'<div class="byline-top"><span class="author">أحمد علي</span><p class="lead">{BODY[0]}</p></div>'
    assert html(lead, rows(*BODY[1:], *OTHER_BODY)) == [*BODY, *OTHER_BODY]
    column = f'<div class="writer-article">{rows(*BODY[:2])}</div><div class="more">{rows(BODY[2], *OTHER_BODY)}</div>'
    assert html(column) == [*BODY, *OTHER_BODY]


def test_the_answers_of_an_interview_are_no_boxes_of_authors() -> None:
    said = zip(BODY, (*OTHER_BODY, OTHER_BODY[0].replace("البلدية", "المجلس")), strict=True)
    talk = "".join(f'<p class="q">{asked}</p><div class="writer">{answer}</div>' for asked, answer in said)
    assert len(html(talk, rows(*BODY))) == 9


def test_a_list_of_what_an_article_tells_may_name_its_source() -> None:
    told = ["الحديقة: ملعب ومكتبة وأربعمئة شجرة", "المصدر: وزارة البلديات", "افتتاح بعد سبع سنوات"]
    shown = html(f"<ul>{''.join(f'<li>{one}</li>' for one in told)}</ul>", rows(*BODY))
    assert {told[0], told[2]} <= set(shown)


def test_the_captions_of_other_stories_below_the_text_are_not_its_own() -> None:
    cards = ("فوز فريق المرفأ بكأس البلاد للمرة الثالثة", "ارتفاع أسعار الذهب في الأسواق اليوم", OTHER)
    assert html(rows(*BODY), *(f"<figure><figcaption>{card}</figcaption></figure>" for card in cards)) == [*BODY]


def test_a_box_that_is_not_closed_takes_nothing_along_and_one_that_is_ends_where_it_is_closed() -> None:
    for opened in ("<nav>", '<aside class="note">'):
        assert [*BODY] == saved("page.md", "\n\n".join([f"# {TITLE}", BODY[0], opened, *BODY[1:]]))
    closed = f"# {TITLE}\n\n{BODY[0]}\n\n<aside>{OTHER}</aside> {BODY[1]}\n\n{BODY[2]}"
    assert saved("page.md", closed) == [*BODY]


def test_an_agency_that_a_paragraph_credits_by_a_link_stays() -> None:
    credited = saved(
        "page.md", f"# {TITLE}\n\n{BODY[0]}\n\n{BODY[1][:-1]} ([رويترز](https://a.example/x))\n\n{BODY[2]}"
    )
    assert credited[1].endswith("(رويترز)")


def test_a_number_that_a_saved_page_links_to_nowhere_stays_in_its_sentence() -> None:
    assert html(rows(BODY[0], BODY[1].replace("أربعمئة", '<a href="#">400</a>'), BODY[2]))[1].count("400") == 1


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, DAY, BODY[0], "[00:41] النوري: نعم.", *BODY[1:]),
        (TITLE, DAY, BODY[0], "[00:41] النوري: نعم، بالتأكيد.", *BODY[1:]),
    ],
)
def test_a_short_answer_of_a_recording_is_no_message(lines: tuple[str, ...]) -> None:
    assert not [gone for gone in read(*lines).dropped if gone.rule == "message"]


def test_names_of_a_table_beside_its_figures_are_no_head_of_a_page() -> None:
    club = "نادي الجسر الغربي"
    found = read(TITLE, DAY, *BODY, club, "1", "نادي السوق القديم", "3", club, "4")
    assert not [gone for gone in found.dropped if gone.rule == "page-head"]


def test_a_paragraph_beside_figures_that_count_on_is_no_head_of_a_page_where_it_stands_once() -> None:
    assert article(TITLE, DAY, BODY[0], "1", BODY[1], "2", BODY[2]).paragraphs[1].text == BODY[1]


def test_a_paragraph_with_a_dateline_below_a_button_begins_no_article_without_a_date_of_its_own() -> None:
    found = read(TITLE, DAY, *BODY, "شارك الخبر", f"لندن (رويترز) - {OTHER_BODY[0]}", OTHER_BODY[1])
    assert len(found.articles) == 1


def test_a_headline_above_a_button_stays_the_headline_where_its_date_stands_above_it() -> None:
    caption = "الحديقة العامة الجديدة مكان السوق القديم"
    assert article(TITLE, DAY, "بحث", caption, *BODY).title.value == TITLE


def test_a_paragraph_broken_around_a_link_is_whole_though_its_first_line_has_three_words() -> None:
    first, rest = BODY[1].split(" جهاد ")
    assert first.count(" ") < 3
    assert article(TITLE, DAY, "", first, "جهاد", rest, BODY[2]).paragraphs[0].text == BODY[1]


def test_a_day_of_the_visit_stays_one_where_the_dateline_has_another() -> None:
    found = article("الرئيسية", DAY, "رياضة", TITLE, f"لندن 11 مايو - {BODY[0]}", *BODY[1:])
    assert found.published.value is None


def test_the_rights_to_a_page_are_no_caption() -> None:
    found = read(TITLE, DAY, *BODY, "© مؤسسة الحدائق والأسواق القديمة المستقلة غير التجارية، 2005-2025")
    assert "photo-credit" not in {gone.rule for gone in found.dropped}


def in_html(*body: str) -> Article:
    markup = "".join([f"<h1>{TITLE}</h1>", *body, *(f"<p>{one}</p>" for one in BODY[1:])])
    (found,) = parse_page(RawPage("folder/page.html", "html", "utf-8", markup), ("ar",)).articles
    return found


def test_a_task_in_a_list_is_no_byline_and_a_name_in_one_is() -> None:
    tasks = ("إعداد خطة للري", "كتابة دليل للزوار")
    entries = "".join(f"<li>{task}</li>" for task in tasks)
    found = in_html(f"<p>{BODY[0]}</p><p>وتشمل الخطة:</p><ul>{entries}</ul>")
    assert [one.text for one in found.paragraphs if one.kind == "list"] == [*tasks]
    assert found.author.value is None
    assert in_html(f"<ul><li>بقلم سمير حداد</li><li>{DAY}</li></ul><p>{BODY[0]}</p>").author.value == "سمير حداد"


def test_an_agency_among_the_keywords_is_none_that_is_credited() -> None:
    assert article(TITLE, DAY, *BODY, "الوسوم", "رويترز", "الحديقة").agency.value is None


def test_a_name_that_sections_share_is_the_outlet_where_it_stands_alone() -> None:
    assert article(TITLE, "بواسطة الأخبار", DAY, *BODY).outlet.value == "الأخبار"
    assert article(TITLE, f"بواسطة سمير حداد | {DAY} | أسعار", *BODY).outlet.value is None


@pytest.mark.parametrize(
    "said",
    [
        "صورة ملتقطة بالأقمار الصناعية تظهر اتساع الحديقة مكان السوق القديم",
        "صورة التقطت للسوق القديم قبل إزالته تثير حنين السكان",
        "الرسائل والمكالمات مشفرة لكن البلدية تريد الاطلاع عليها",
    ],
)
def test_what_a_picture_or_a_messenger_is_said_to_do_is_news(said: str) -> None:
    assert article(said, DAY, *BODY).title.value == said
    assert f"{said}، كما قال النوري." in [
        one.text for one in article(TITLE, DAY, f"{said}، كما قال النوري.", *BODY).paragraphs
    ]


def test_the_rows_of_a_table_that_repeat_a_name_beside_their_number_are_no_heads_of_pages() -> None:
    rows = ("1", "سمير حداد", "نادي المدينة الرياضي", "2", "جهاد النوري", "نادي المدينة الرياضي", "3", "هاني قاسم")
    assert "page-head" not in {gone.rule for gone in read(TITLE, DAY, BODY[0], *rows, *BODY[1:]).dropped}


def test_a_headline_that_every_page_of_a_print_repeats_is_kept_once() -> None:
    found = article(TITLE, "1", *BODY, *OTHER_BODY, "2", TITLE, *(f"{one[:-1]} أيضا." for one in BODY))
    assert found.title.value == TITLE
    assert TITLE not in [one.text for one in found.paragraphs]


def test_a_single_paragraph_broken_into_lines_below_a_wider_headline_is_whole() -> None:
    report = (
        "فتح المجلس البلدي حديقة عامة في مكان السوق القديم بعد",
        "سبع سنوات من إزالة المتاجر المهجورة في وسط المدينة،",
        "وزرع طلاب المدارس فيها أربعمئة شجرة وأقاموا ملعبا",
        "صغيرا ومكتبة للأطفال على نفقة صندوق الأحياء الفقيرة",
        "وبمساعدة السكان.",
    )
    headline = "حديقة عامة مكان السوق القديم بعد سبع سنوات من الجدل بين المجلس البلدي وأصحاب المتاجر المهجورة"
    found = article(headline, "", "تاريخ النشر: 3 أغسطس 2025", "", *report)
    assert (found.title.value, [one.text for one in found.paragraphs]) == (headline, [" ".join(report)])
