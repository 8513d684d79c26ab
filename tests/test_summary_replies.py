"""A summary tells an accusation with its denial and a claim with what limits it."""

import pytest

from site_src.brief import make_brief
from site_src.model.fields import Found
from site_src.model.page import Article, Paragraph
from site_src.model.story import Story
from site_src.settings import Summary
from site_src.text.article import read_article
from site_src.text.names import NameBook


def article(*texts: str, title: str = "") -> Article:
    stated: Found[str] = Found(title, "stated", title, "line 1") if title else Found()
    paragraphs = tuple(Paragraph("text", text, line) for line, text in enumerate(texts))
    return Article("page.txt", 1, "ar", stated, paragraphs)


def texts(lead: Article, sentences: int) -> list[str]:
    read = read_article(lead, lead.title, NameBook.build(()))
    return [one.text for one in make_brief(Story("page", lead), (), Summary(sentences, 10_000), read).sentences]


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
