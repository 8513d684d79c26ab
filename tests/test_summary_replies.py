"""A summary tells an accusation with its denial, a claim with what limits it, and old events only as what they are."""

import pytest

from site_src.brief import make_brief
from site_src.brief.summary import explain
from site_src.model.fields import Day, Found
from site_src.model.page import Article, Paragraph
from site_src.model.story import Story
from site_src.settings import Summary
from site_src.text.article import read_article
from site_src.text.names import NameBook

DAY = Day(2025, 11, 16)


def article(*texts: str, title: str = "", published: Day | None = None) -> Article:
    stated: Found[str] = Found(title, "stated", title, "line 1") if title else Found()
    day: Found[Day] = Found(published, "stated") if published else Found()
    paragraphs = tuple(Paragraph("text", text, line) for line, text in enumerate(texts))
    return Article("page.txt", 1, "ar", stated, paragraphs, published=day)


def texts(lead: Article, sentences: int) -> list[str]:
    read = read_article(lead, lead.title, NameBook.build(()))
    return [one.text for one in make_brief(Story("page", lead), (), Summary(sentences, 10_000), read).sentences]


def parts(lead: Article) -> list[dict[str, float]]:
    read = read_article(lead, lead.title, NameBook.build(()))
    figures = make_brief(Story("page", lead), (), Summary(), read).figures
    return [dict(one.parts) for one in explain(read, figures)]


ACCUSATION = "اتهمت شركة المياه في الوادي، الأحد، بلدية الضفة الشرقية بسحب 40 ألف متر مكعب من الخزان المشترك."
FIGURES = [
    "وقالت الشركة إن منسوب الخزان انخفض 3 أمتار وإن 12 حيا في الضفة الغربية تلقى نصف حصته من المياه هذا الأسبوع.",
    "وتخدم الشركة 900 ألف مشترك وتنفق 15 مليون دينار في السنة على صيانة الأنابيب ومحطات الضخ في الوادي.",
    "ورفعت الشركة سعر المتر المكعب بنسبة 8 في المئة مطلع العام لتمويل 4 محطات جديدة في جنوب الوادي.",
    "وقررت الشركة خفض الضخ بنسبة 20 في المئة حتى نهاية الشهر في أحياء الوادي الغربية كلها.",
]


@pytest.mark.parametrize(
    "denial",
    ["ونفت البلدية هذه الاتهامات.", "في المقابل، رفضت البلدية الاتهامات.", "ووصفت البلدية الاتهامات بأنها باطلة."],
)
def test_an_accusation_is_told_with_its_denial_however_far_behind_it_stands(denial: str) -> None:
    summary = texts(article(ACCUSATION, *FIGURES, denial, title="شركة المياه تتهم بلدية الضفة الشرقية"), 4)
    assert {ACCUSATION, denial} <= set(summary)


def test_a_denial_is_never_told_without_what_it_denies() -> None:
    denial = "ونفى رئيس بلدية الضفة الشرقية في مؤتمر صحفي عقده الاثنين صحة ذلك، وقال إن البلدية سحبت 2000 متر مكعب فقط."
    claim = "وذكر موقع محلي أن المضخات عملت ليلا."
    for count in range(1, 7):
        summary = texts(article(FIGURES[1], claim, denial, *FIGURES[2:]), count)
        assert (denial in summary) == (claim in summary)
    assert denial in summary


def test_what_is_told_together_is_known_to_need_each_other() -> None:
    lead = article(ACCUSATION, *FIGURES, "ونفت البلدية هذه الاتهامات.", title="شركة المياه تتهم بلدية الضفة الشرقية")
    read = read_article(lead, lead.title, NameBook.build(()))
    summary = make_brief(Story("page", lead), (), Summary(4, 10_000), read).sentences
    assert (summary[0].needs, summary[3].needs) == ((3,), (0,))


def test_one_sentence_has_no_room_for_a_denial_and_tells_who_accuses() -> None:
    lead = article(ACCUSATION, *FIGURES, "ونفت البلدية هذه الاتهامات.", title="شركة المياه تتهم بلدية الضفة الشرقية")
    assert texts(lead, 1) == [ACCUSATION]


def test_to_refuse_something_else_denies_no_accusation() -> None:
    refusal = "ورفض المجلس."
    assert refusal not in texts(article(ACCUSATION, *FIGURES, refusal), 4)


OFFER = "قال وزير الطاقة إن بلاده مستعدة لخفض الإنتاج بمقدار 80 ألف برميل يوميا من مطلع العام المقبل في كل الحقول."
MARKET = [
    "وارتفع سعر البرميل 3 في المئة إلى 64 دولارا بعد ساعات من كلام الوزير في أسواق آسيا وأوروبا.",
    "وتنتج الحقول الغربية مليون برميل في اليوم، أي ثلثي إنتاج البلاد، وتصدره عبر خطين إلى البحر.",
    "وقررت شركة الحقول الغربية زيادة الاستثمار بنسبة 10 في المئة وحفر 40 بئرا جديدة في السنة المقبلة.",
]


@pytest.mark.parametrize("opening", ["لكنه", "إلا أنه", "غير أنه", "واستدرك قائلا إنه"])
def test_what_somebody_says_is_told_with_the_condition_that_opens_the_next_paragraph(opening: str) -> None:
    condition = f"{opening} اشترط التزام الجميع."
    for count in range(2, 6):
        summary = texts(article(OFFER, condition, *MARKET, title="وزير الطاقة مستعد لخفض الإنتاج"), count)
        assert {OFFER, condition} <= set(summary)


def test_in_an_explainer_a_paragraph_that_opens_with_but_answers_more_than_one_sentence() -> None:
    answer = "لكن الأمر أبسط."
    summary = texts(article(OFFER, answer, *MARKET, title="كيف تخفض البلاد إنتاج النفط؟"), 3)
    assert answer not in summary
    assert OFFER in summary


def test_a_reply_is_never_told_without_what_it_replies_to() -> None:
    warning = "وحذر نائب."
    reply = "ورد وزير الطاقة بأن الحكومة خصصت 60 مليون دينار لتعويض العمال وقررت بناء 3 محطات شمسية قبل نهاية السنة."
    for count in range(1, 6):
        summary = texts(article(*MARKET, warning, reply), count)
        assert reply not in summary or warning in summary
    assert reply in summary


@pytest.mark.parametrize(
    ("sentence", "is_past"),
    [
        ("وتحطمت طائرة أخرى قرب المدينة في 25 ديسمبر 2024.", True),
        ("ووقع الجانبان في مارس 2025 اتفاقا إطاريا.", True),
        ("وارتفع التضخم إلى 4.3 في المئة في أكتوبر 2025.", False),
        ("وارتفعت الصادرات في أكتوبر 2025 مقارنة بأكتوبر 2024.", False),
        ("وبدأ العمل في ديسمبر 2024 وينتهي في 2027.", False),
        ("وتبلغ كلفة المشروع 12 مليارا تغطى بقرض أبرم عام 2014.", False),
    ],
)
def test_a_month_that_was_long_over_when_the_report_appeared_is_past(sentence: str, is_past: bool) -> None:
    (told,) = parts(article(sentence, published=DAY))
    assert ("past" in told) == is_past


def test_an_old_accident_is_not_told_beside_a_new_one_while_there_is_other_news() -> None:
    old = "وتحطمت طائرة ركاب قرب مطار المدينة الساحلية في 25 ديسمبر 2024، وقتل في تحطمها 38 راكبا وأصيب 29 آخرون."
    lead = article(
        "هبطت طائرة ركاب اضطراريا في مطار المدينة الساحلية مساء السبت بعد عطل في أحد المحركين، ولم يصب أحد.",
        "وقالت وزارة النقل إن الركاب وعددهم 156 غادروا الطائرة سالمين.",
        "واستأنف المطار رحلاته بعد ثلاث ساعات وألغيت 14 رحلة إلى العاصمة وأعيد 900 مسافر إلى بيوتهم.",
        "وتبحث لجنة فنية من الوزارة وشركة الطيران في سبب العطل.",
        old,
        title="هبوط اضطراري لطائرة ركاب",
        published=DAY,
    )
    assert old not in texts(lead, 3)


def test_a_report_that_ends_with_what_was_before_it_has_no_closing() -> None:
    body = ("أقرت الحكومة خطة المياه.", "ويبدأ العمل في مايو.")
    for last, closes in [
        ("وكان البرلمان رفضها.", False),
        ("ويذكر أن النهر جف.", False),
        ("وتعرض على المجلس غدا.", True),
    ]:
        assert ("closing" in parts(article(*body, last))[-1]) == closes


@pytest.mark.parametrize("verb", ["وكان الوزير", "وكانت الوزيرة"])
def test_he_was_and_she_was_weigh_the_same(verb: str) -> None:
    (told,) = parts(article(f"{verb} في المكتب."))
    assert {"background"} == {name for name, worth in told.items() if worth < 0} - {"short"}
