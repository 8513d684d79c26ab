"""What stands above, below and beside a report and is none of it: others' reports, captions, notes of collectors."""

from __future__ import annotations

from support_reader import BODY, DAY, OTHER_BODY, TITLE, article, read

OTHERS = (
    "افتتاح معرض الزهور في حديقة الأورمان بمشاركة مئتي عارض",
    "فوز فريق السباحة بثلاث ميداليات في بطولة البحر المتوسط للناشئين",
    "تأجيل امتحانات الشهر بسبب موجة الحر الشديدة",
)
DISPATCH = (
    "المكلا - سبأ : أكد مسؤول في الميناء أن السفينة الأولى أفرغت حمولة القمح كاملة بعد انتظار أسبوعين.",
    *OTHER_BODY,
)
SHORTS = (
    "زار رئيس البلدية مدرسة البنات في الحي الشرقي واطلع على سير امتحانات الفصل الثاني فيها.",
    "انطلقت في مدينة بون مسيرة للدراجات شارك فيها مئات العائلات رغم المطر الغزير.",
    "ذكرت صحيفة رياضية أن النادي يفاوض حارس مرمى شابا قبل بداية الموسم الجديد.",
)
HEAD = "الميناء يستقبل السفينة الأولى محملة بالقمح بعد انتظار أسبوعين"


def test_a_report_above_the_headline_of_a_dispatch_is_kept() -> None:
    own = (TITLE, BODY[0], *SHORTS[:2])
    for above in (own, (DAY, *SHORTS), (*SHORTS[:2], BODY[1])):
        texts = [one.text for found in read(*above, HEAD, *DISPATCH).articles for one in found.paragraphs]
        assert {line for line in above if line.endswith(".")} <= set(texts)


def test_an_agency_behind_a_bar_took_the_picture() -> None:
    found = article(TITLE, DAY, "سكان الحي في الحديقة الجديدة صباح أمس | أ.ف.ب", *BODY)
    assert [one.text for one in found.paragraphs] == list(BODY)


def test_the_last_change_of_a_page_is_neither_its_author_nor_its_day() -> None:
    found = article("التحديث الأخير بتاريخ|الجمعة, نوفمبر 15, 2024", TITLE, *BODY)
    assert (found.author.value, found.published.value) == (None, None)


def test_what_a_collector_says_of_where_a_report_appeared_first_is_none_of_it() -> None:
    notes = (
        f'هذا الخبر بعنوان "{TITLE}" نشر أولاً على موقع السنبلة وتم جلبه من مصدره الأصلي في اليوم نفسه.',
        "لا يتحمل موقعنا مضمونه بأي شكل من الأشكال، ويمكن الاطلاع على تفاصيله من خلال مصدره.",
    )
    assert [one.text for one in article(TITLE, DAY, *notes, *BODY).paragraphs] == list(BODY)


def test_a_writer_named_ali_stands_alone_above_his_report() -> None:
    found = article(TITLE, "محمد علي", *BODY)
    assert (found.author.value, [one.text for one in found.paragraphs]) == ("محمد علي", list(BODY))
    staff = article("رئيس مجلس الإدارة", "عبد الرحيم علي", "رئيس التحرير", "سمير حداد", "", "محليات", "", TITLE, *BODY)
    assert (staff.title.value, staff.author.value) == (TITLE, None)


def test_a_photographer_in_latin_letters_behind_the_only_line_above_a_text_shows_that_it_is_no_headline() -> None:
    assert article("رئيس البلدية سمير حداد - (Photo by Jane Doe/Getty Images)", *BODY).title.value is None
    assert article("حديقة عامة وملعب للأطفال مكان السوق (AFP)", *BODY).title.value is not None
