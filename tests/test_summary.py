"""The summary: whole sentences, the right ones, in order, at any length; its worth against two annotators."""

import random
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_src.brief import make_brief
from site_src.brief.summary import explain
from site_src.model.brief import Sentence
from site_src.model.fields import Day, Found
from site_src.model.page import Article, Paragraph, ParagraphKind
from site_src.model.story import Story
from site_src.settings import Summary
from site_src.text.article import ReadArticle, read_article
from site_src.text.names import NameBook
from site_src.text.sentences import split

NO_LIMIT = 10_000


def article(*texts: str, title: str = "") -> Article:
    stated: Found[str] = Found(title, "stated", title, "line 1") if title else Found()
    return Article("page.txt", 1, "ar", stated, tuple(Paragraph("text", text, line) for line, text in enumerate(texts)))


def read(lead: Article) -> ReadArticle:
    return read_article(lead, lead.title, NameBook.build(()))


def chosen(lead: Article, sentences: int = 3, words: int = NO_LIMIT) -> tuple[Sentence, ...]:
    return tuple(make_brief(Story("page", lead), (), Summary(sentences, words), read(lead)).sentences)


def texts(lead: Article, sentences: int = 3, words: int = NO_LIMIT) -> list[str]:
    return [sentence.text for sentence in chosen(lead, sentences, words)]


DAM = article(
    "أعلنت وزارة الري، الأحد، بدء تفريغ بحيرة السد الجنوبي لإصلاح ثلاث بوابات متشققة، في عملية تستمر 45 يوما.",
    "وقالت المهندسة سهى الدباغ إن منسوب المياه سينخفض ستة أمتار. وأضافت أن القرى أسفل السد ستشرب من آبار احتياطية.",
    "هل ستتوقف الكهرباء؟",
    "وقررت الوزارة تعويض 340 صيادا عن توقف العمل بمبلغ مليوني دينار.",
    "ويذكر أن السد افتتح عام 1968 بحضور عدد كبير من الضيوف.",
    "وشكر الوزير الحاضرين.",
    title="تفريغ بحيرة السد الجنوبي لإصلاح بوابات",
)


def test_a_summary_is_whole_sentences_in_the_order_of_the_article() -> None:
    sentences = chosen(DAM, 4)
    assert sentences == tuple(sorted(sentences, key=lambda one: (one.paragraph, one.start)))
    for one in sentences:
        assert DAM.paragraphs[one.paragraph].text[one.start : one.end] == one.text
        assert (one.start, one.end) in split(DAM.paragraphs[one.paragraph].text)


def test_a_sentence_that_the_page_repeats_is_told_once() -> None:
    opening, *others = (paragraph.text for paragraph in DAM.paragraphs)
    said = article(opening, f"«{opening.rstrip('.')}»", opening, others[2])
    assert texts(said, 3) == [opening, others[2]]
    assert texts(article(*[opening] * 9), 4) == [opening]


def test_a_sentence_that_is_the_title_again_is_told_only_where_there_is_no_other() -> None:
    title, *others = (paragraph.text for paragraph in DAM.paragraphs)
    assert title not in texts(article(*others, title, title=title.rstrip(".")), 4)
    assert texts(article(title, title=title.rstrip(".")), 4) == [title]


def test_that_nobody_has_commented_is_the_last_thing_that_a_summary_tells() -> None:
    silence = "ولم يصدر أي تعليق فوري من شركة الأنابيب الشمالية التي تدير المحطة وتشغل فيها 240 عاملا منذ تأسيسها."
    fire = article(
        "اندلع حريق صباح الأحد في محطة ضخ قرب مدينة الزهراء، وتوقف نقل الوقود إلى الجنوب.",
        "وقالت فرق الإطفاء إنها أخمدت النار بعد ساعات ومنعت وصولها إلى الخزانات المجاورة.",
        silence,
        "ويتوقع المهندسون أن يعود الضخ إلى نصف طاقته مساء الأربعاء.",
    )
    assert silence not in texts(fire, 3)
    assert silence in texts(fire, 4)


def test_ranks_number_the_sentences_from_the_best() -> None:
    assert sorted(one.rank for one in chosen(DAM, 4)) == [0, 1, 2, 3]
    assert [one.text for one in chosen(DAM, 4) if one.rank == 0] == texts(DAM, 1)


@pytest.mark.parametrize("sentences", range(1, 8))
def test_a_longer_summary_holds_the_shorter_ones(sentences: int) -> None:
    assert set(texts(DAM, sentences)) < set(texts(DAM, sentences + 1)) or len(texts(DAM, sentences)) == 7


KINDS: list[tuple[ParagraphKind, bool]] = [
    ("heading", True), ("standfirst", True), ("quote", True), ("table", True), ("caption", True), ("text", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "certain"), KINDS)
def test_only_certain_paragraphs_of_text_are_summarised(kind: ParagraphKind, certain: bool) -> None:
    left_out = Paragraph(kind, "قررت الحكومة فرض رسوم بقيمة 50 مليون دولار على واردات القمح.", 1, certain=certain)
    text = Paragraph("text", "اجتمع الوزراء أمس. ثم انصرفوا.", 2)
    assert texts(Article("page.txt", 1, "ar", Found(), (left_out, text)), 3) == ["اجتمع الوزراء أمس.", "ثم انصرفوا."]


def test_items_of_a_list_may_be_chosen() -> None:
    items = tuple(Paragraph("list", text, 1) for text in ("رفع سعر الخبز بنسبة 10 في المئة.", "خفض دعم الوقود."))
    assert len(texts(Article("page.txt", 1, "ar", Found(), items), 3)) == 2


def test_a_question_is_left_out_while_anything_else_is_there() -> None:
    assert "هل ستتوقف الكهرباء؟" not in texts(DAM, 6)


def test_what_only_announces_a_list_or_a_table_is_no_sentence_of_the_summary() -> None:
    signed = "وقعت الوزارة عقودا مع ثلاث شركات لبناء محطات شمسية بقيمة مليوني دينار."
    announced = "وتوزعت العقود على النحو الآتي:"
    assert texts(article(signed, announced)) == [signed]
    assert texts(article(announced)) == [announced]


def test_a_sentence_in_which_a_page_was_saved_cut_off_is_left_out_where_there_are_others() -> None:
    whole = [f"وقعت الوزارة العقد رقم {number} مع شركة بناء لإنشاء محطة شمسية في مدينة ساحلية." for number in range(5)]
    cut = "وقعت الوزارة مع أكبر الشركات عقد المحطة الشمسية السادسة في المدينة الساحلية التي تعاني من"
    assert cut not in texts(article(*whole, cut), sentences=6)
    assert cut in texts(article(*whole[:3], cut), sentences=6)
    assert texts(article(whole[0], "وكانت وزيرة البيئة"), sentences=6) == whole[:1]
    without_stops = [sentence.rstrip(".") for sentence in whole]
    assert cut in texts(article(*without_stops, cut), sentences=6)


def test_politeness_and_background_give_way() -> None:
    assert {"ويذكر", "وشكر"}.isdisjoint(text.split()[0] for text in texts(DAM, 3))


@pytest.mark.parametrize(
    ("sentence", "gone"),
    [
        ("ولم يشارك المنتخب في البطولة منذ نسخة 1986.", True),
        ("بني الخط بين عامي ١٩٦٤ و١٩٧٢ بقروض أجنبية.", True),
        ("شيدت المحطة في سبعينيات القرن الماضي.", True),
        ("ارتفع الإنتاج من 1990 طنا عام 2021 إلى 2300 طن هذا العام.", True),
        ("بلغت التجارة 43.8 مليار دولار في 2024.", False),
        ("ينتهي العقد الموقع عام 2014 في نهاية 2026.", False),
        ("أجلي 1986.5 و2,024 من السكان.", False),
        ("أقر المجلس الخطة بأغلبية كبيرة.", False),
    ],
)
def test_a_sentence_whose_years_are_all_gone_tells_of_the_past(sentence: str, gone: bool) -> None:
    lead = replace(article(sentence), published=Found(Day(2025, 11, 16), "stated"))
    (told,) = explain(read(lead), ())
    assert ("past" in dict(told.parts)) == gone


def test_without_a_day_of_publication_no_year_is_gone() -> None:
    (told,) = explain(read(article("ولم يشارك المنتخب في البطولة منذ نسخة 1986.")), ())
    assert "past" not in dict(told.parts)


def test_a_late_decision_is_found() -> None:
    assert any("تعويض 340 صيادا" in text for text in texts(DAM, 2))


def test_added_words_never_stand_without_the_sentence_that_names_their_speaker() -> None:
    for sentences in range(1, 8):
        summary = texts(DAM, sentences)
        if any(text.startswith("وأضافت") for text in summary):
            assert any("سهى الدباغ" in text for text in summary)


OPENINGS = [
    "وقال عالم الآثار ماهر قبيسي إن القطع أصلية.",
    "وأضاف أن النقوش تعود إلى 1200 عام قبل الميلاد وأن 40 منها كاملة.",
    "وتابع: «قررنا عرضها كلها في متحف جديد».",
    "كما أكد أن السرقة توقفت.",
    "وأعلن المتحف افتتاح قاعة ثالثة.",
]


@settings(deadline=None)
@given(st.permutations(OPENINGS), st.integers(1, 5))
def test_whatever_the_order_nobody_speaks_unnamed_if_a_name_is_there(order: list[str], sentences: int) -> None:
    lead = article(" ".join(order))
    summary = texts(lead, sentences)
    subjectless = ("وأضاف أن", "وتابع:", "كما أكد")
    for text in summary:
        before = [other for other in order[: order.index(text)] if not other.startswith(subjectless)]
        if text.startswith(subjectless) and before:
            assert before[-1] in summary


def test_a_dash_before_a_saying_hides_no_missing_speaker() -> None:
    lead = article(
        "- قال الناطق خالد عودة إن الحريق أخمد.", "- وأضاف أن ثلاثة مستودعات بقيمة 4 ملايين دينار احترقت كلها."
    )
    assert texts(lead, 1) == ["- قال الناطق خالد عودة إن الحريق أخمد."]


PORT = [
    "أغلقت سلطات الميناء الشمالي، الاثنين، ثلاثة أرصفة بعد تسرب زيت من ناقلة راسية.",
    "وقالت هيئة الموانئ في مذكرة وزعتها إن التسرب توقف.",
    "ووصلت سفينتا تنظيف من العاصمة وعلى متنهما 60 عاملا لشفط الزيت عن سطح الماء.",
    'وتابعت المذكرة "قررنا تحويل 22 سفينة إلى الميناء الجنوبي، وستدفع الشركة المالكة 5 ملايين دينار غرامة".',
]


@pytest.mark.parametrize("sentences", [1, 2, 3])
def test_the_statement_is_never_quoted_without_the_sentence_that_tells_whose_it_is(sentences: int) -> None:
    summary = texts(article(*PORT), sentences)
    assert PORT[3] not in summary or PORT[1] in summary
    assert PORT[3] in texts(article(*PORT), 4)


@pytest.mark.parametrize("opening", ["وعلاوة على ذلك", "وجاء ذلك بعدما", "ولذلك"])
def test_what_that_stands_for_is_told_before_it(opening: str) -> None:
    small = "وانخفض المنسوب."
    lead = article(
        "بدأت بلدية الوادي، الأربعاء، ترميم الجسر القديم الذي يصل ضفتي المدينة بعد ظهور تشققات في دعاماته.",
        small,
        f"{opening} قررت الوزارة منع الشاحنات من عبور الجسر وخصصت 7 ملايين دينار لإقامة جسر مؤقت بطول 300 متر.",
    )
    assert not any(opening in text for text in texts(lead, 1))
    assert all(small in texts(lead, count) for count in (2, 3) if opening in "".join(texts(lead, count)))


FERRY = "أعلن مدير العبارات مروان الصباغ خفض أجرة الركاب بنسبة 30 في المئة على كل الخطوط البحرية من الشهر المقبل."
LIMIT = "الوزارة أوضحت أن الخفض يشمل خط الجزيرة الصغرى وحده وينتهي بعد أسبوعين."


def ferries(answer: str, *more: str) -> Article:
    return article(
        f"{FERRY} {answer}",
        "وتنقل العبارات 900 راكب في اليوم بين الساحل والجزر.",
        "وبدأت الشركة إصلاح رصيفين قديمين.",
        *more,
        title="خفض أجرة الركاب في العبارات",
    )


@pytest.mark.parametrize("opening", ["لكن", "إلا أن", "غير أن", "بيد أن", "وفي المقابل،", "ومع ذلك فإن"])
def test_a_sentence_and_the_one_that_takes_it_back_are_told_together_or_not_at_all(opening: str) -> None:
    answer = f"{opening} {LIMIT}"
    assert texts(ferries(f"و{LIMIT}"), 1) == [FERRY]
    assert FERRY not in texts(ferries(answer), 1)
    assert texts(ferries(answer), 2) == [FERRY, answer]
    for sentences in range(1, 5):
        summary = texts(ferries(answer), sentences)
        assert (FERRY in summary) == (answer in summary)


def test_a_sentence_and_its_answer_that_are_too_long_for_the_budget_are_both_left_out() -> None:
    answer = f"لكن {LIMIT}"
    summary = texts(ferries(answer), 4, 24)
    assert summary
    assert {FERRY, answer}.isdisjoint(summary)
    assert texts(article(f"{FERRY} {answer}"), 1) == [FERRY]


@pytest.mark.parametrize("opening", ["لكنها", "إلا أنها", "غير أنها"])
def test_what_answers_for_somebody_unnamed_is_told_after_the_sentence_that_names_her(opening: str) -> None:
    small = "وتغادر المهندسة هالة منصبها."
    answer = f"{opening} ستشرف حتى نهاية العام على بناء 12 عبارة جديدة قررت الحكومة شراءها بمبلغ 80 مليون دينار."
    for sentences in range(1, 7):
        summary = texts(ferries(f"و{LIMIT}", small, answer), sentences)
        assert answer not in summary or small in summary
    assert answer in summary


def test_two_sentences_with_the_same_two_figures_are_one_statement_however_they_are_worded() -> None:
    flood = article(
        "قضى 87 شخصا في السيول التي اجتاحت وادي الرمان ليلة السبت وأصيب 312 آخرون نقلوا إلى مستشفيات العاصمة.",
        "وبلغت حصيلة الكارثة، وفق هيئة الإنقاذ، سبعة وثمانين قتيلا و٣١٢ جريحا بينهم عمال من مصنع الورق المجاور.",
        "وجرفت المياه 87 منزلا.",
        "وأقامت البلدية مخيما قرب الملعب.",
    )
    first, again, *others = (paragraph.text for paragraph in flood.paragraphs)
    summary = texts(flood, 4)
    assert (first in summary) != (again in summary)
    assert set(others) < set(summary)


def test_small_numbers_that_meet_in_two_sentences_say_nothing_of_what_these_state() -> None:
    talks = "اتفقت خمس دول على ثلاثة ممرات للشحن."
    visits = "وزار الوفد في خمس ساعات ثلاثة مصانع."
    assert texts(article(talks, visits), 2) == [talks, visits]


def test_the_last_paragraph_is_a_closing_only_where_others_stand_before_it() -> None:
    def closing(*paragraphs: str) -> list[bool]:
        return ["closing" in dict(one.parts) for one in explain(read(article(*paragraphs)), ())]

    assert closing("وصل الوفد إلى الميناء. وتفقد الأرصفة. وغادر مساء.") == [False, False, False]
    assert closing("وصل الوفد إلى الميناء. وتفقد الأرصفة.", "وغادر مساء.") == [False, False, True]


def test_a_sentence_that_lost_the_names_it_held_is_left_out_where_there_are_others() -> None:
    torn = "وقع رئيس الوزراء في ، مع ، اتفاقا بقيمة 40 مليار دولار لبناء 12 محطة كهرباء، وقررت الحكومة تمويله من ."
    lead = article(torn, "وتنتج كل محطة 400 ميغاواط.", "ويبدأ البناء في الربيع المقبل.")
    assert torn not in texts(lead, 3)
    assert texts(article(torn), 3) == [torn]


def test_a_comma_that_a_writer_sets_behind_a_preposition_hides_nothing() -> None:
    told = "أعلنت الوزارة أن الجسر يغلق اعتبارا من، اليوم الأحد، أمام 40 ألف شاحنة وقررت تعويض أصحابها بمليوني دينار."
    lead = article(told, "ويستمر العمل شهرين.", "وتحول الطريق إلى الوادي.")
    assert told in texts(lead, 1)


def test_a_sentence_that_repeats_another_is_not_chosen_beside_it() -> None:
    lead = article(
        "أعلنت الشركة إغلاق مصنع السيارات في المدينة الساحلية نهاية العام.",
        "وكان المصنع قد افتتح في الثمانينيات. وأعلنت الشركة أنها ستغلق مصنع السيارات في المدينة الساحلية نهاية العام.",
        "ويعمل في المصنع 2300 عامل سينقل نصفهم إلى فرع آخر.",
    )
    assert len([text for text in texts(lead, 2) if "السيارات" in text]) == 1


def test_a_sentence_that_only_repeats_the_title_gives_way_to_news() -> None:
    lead = article(
        "انقطاع الكهرباء عن ثلاث محافظات شرقية.",
        "وقالت شركة النقل إن عطلا في محطة التحويل أوقف 14 خطا مساء السبت وإن الإصلاح يستغرق يومين.",
        title="انقطاع الكهرباء عن ثلاث محافظات شرقية",
    )
    assert "محطة التحويل" in texts(lead, 1)[0]


@pytest.mark.parametrize("words", [10, 20, 40, 60, 170])
def test_the_budget_of_words_is_passed_by_the_last_sentence_at_most(words: int) -> None:
    sentences = sorted(chosen(DAM, 7, words), key=lambda one: one.rank)
    assert sum(len(one.text.split()) for one in sentences[:-1]) < words


def test_near_the_end_of_the_budget_a_sentence_that_fits_is_preferred() -> None:
    lead = article(
        "قرر المجلس رفع أجور المعلمين بنسبة 12 في المئة ابتداء من مطلع الشهر المقبل في كل المدارس الحكومية.",
        "وتبلغ كلفة القرار 90 مليون دينار " + "تدفع من صندوق التعليم العام ومن عائدات الضرائب " * 6 + "كل سنة.",
        "وصوت ضده ستة أعضاء فقط من أصل أربعين عضوا حضروا الجلسة.",
    )  # fmt: skip
    assert [text.split()[0] for text in texts(lead, 3, 30)] == ["قرر", "وصوت"]


def test_one_sentence_is_its_own_summary() -> None:
    assert texts(article("وصل الوفد.")) == ["وصل الوفد."]


@pytest.mark.parametrize("body", [(), ("",), ("***", "...")])
def test_an_article_without_sentences_has_no_summary(body: tuple[str, ...]) -> None:
    assert chosen(article(*body, title="عنوان")) == ()


def test_an_article_of_nothing_but_questions_still_gets_a_brief() -> None:
    assert len(texts(article("من فعل ذلك؟ ولماذا فعله؟ وهل يعود؟"), 2)) == 2


def test_sayings_without_any_speaker_still_give_a_brief() -> None:
    assert len(texts(article("وأضاف أن الأمر انتهى. وتابع أنه راض."), 2)) == 2


VERSE = (
    "قفا نسأل الأطلال عن ساكن الحمى ... وهل تنطق الأحجار بعد رحيله\n"
    "مضى زمن كانت به الدار روضة ... وكان نسيم الصبح بعض خليله"
)


def test_verse_is_briefed_in_its_own_lines() -> None:
    assert texts(article(VERSE, VERSE.replace("الدار", "الأرض")), 1)[0] in VERSE


def test_sentences_without_verbs_are_briefed() -> None:
    lead = article("سماء صافية في معظم المناطق. رياح خفيفة شمالية. حرارة بين 20 و30 درجة.", title="طقس الغد")
    assert len(texts(lead, 2)) == 2


def test_five_thousand_sentences_give_the_length_that_was_asked_for() -> None:
    draw = random.Random(3)
    nouns = ["النهر", "الجسر", "المصنع", "القطار", "السوق", "الميناء", "الحقل", "البئر"]
    body = [
        f"بلغ عدد العمال في {draw.choice(nouns)} قرب {draw.choice(nouns)} {number} عاملا." for number in range(5000)
    ]
    assert len(texts(article(*body), 5)) == 5


def test_every_sentence_that_could_be_chosen_is_explained_and_its_parts_add_up() -> None:
    lines = explain(read(DAM), ())
    assert [one.line.text for one in lines] == [
        paragraph.text[start:end] for paragraph in DAM.paragraphs for start, end in split(paragraph.text)
    ]
    for one in lines:
        assert one.score == pytest.approx(sum(value for _, value in one.parts))


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet='اأبتوفلن ه.؟!«»":،٣5أضاف \n', max_size=60), max_size=6),
    st.text(max_size=20),
    st.integers(1, 6),
    st.integers(1, 40),
)
def test_any_text_at_all_gives_whole_sentences_out_of_it(
    body: list[str], title: str, sentences: int, words: int
) -> None:
    lead = article(*body, title=title)
    found = chosen(lead, sentences, words)
    assert len(found) <= sentences
    assert len({(one.paragraph, one.start) for one in found}) == len(found)
    assert all(lead.paragraphs[one.paragraph].text[one.start : one.end] == one.text for one in found)
    assert bool(found) == any(letter.isalnum() for text in body for letter in text)


FLOORS = {
    ("development", 1): 0.63, ("development", 2): 0.59, ("development", 3): 0.64, ("development", 0): 0.65,
    ("held-back", 1): 0.56, ("held-back", 2): 0.49, ("held-back", 3): 0.52, ("held-back", 0): 0.59,
}  # fmt: skip
"""F1 of picks against two annotators, just below what docs/summary.md tells; 0 is the annotator's own length."""


@pytest.mark.parametrize(("half", "sentences"), FLOORS)
def test_picks_agree_with_two_annotators_and_beat_the_lead_at_every_length(half: str, sentences: int) -> None:
    import summary as benchmark

    everything = benchmark.cases()
    held = benchmark.held_back(everything)
    cases = [case for case in everything if (case.name in held) == (half == "held-back")]
    assert len(cases) == 36
    ours, lead = (
        fmean(score[0] for score in benchmark.scores(method, cases, sentences))
        for method in (benchmark.ours, benchmark.lead)
    )
    assert ours >= FLOORS[half, sentences]
    assert ours > lead
