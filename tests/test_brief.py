"""Briefs: derived titles, what a brief leaves out, and the rows of the facts box."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_src.brief import make_brief
from site_src.brief.facts import facts
from site_src.brief.title import derive_title, make_title
from site_src.model.brief import Brief, Fact, Sentence
from site_src.model.fields import UNDATED, Day, Found
from site_src.model.names import Name
from site_src.model.page import Article, EditorsWord, Paragraph
from site_src.model.story import Story
from site_src.settings import Summary
from site_src.text.article import read_article
from site_src.text.names.book import NameBook

TITLES = Path(__file__).parent / "cases" / "titles" / "ar.tsv"
BOOK = NameBook.build(
    [
        Name("trump", "person", "Donald Trump", "دونالد ترامب"),
        Name("orban", "person", "Viktor Orbán", "فيكتور أوربان", ar_variants=("فيكتور اوربان", "أوربان")),
        Name("hungary", "place", "Hungary", "المجر", ar_adjectives=("مجري",)),
        Name("opec", "organisation", "OPEC", "منظمة أوبك"),
    ]
)

NO_WORD = EditorsWord()


def article(*texts: str, title: str = "", word: EditorsWord = NO_WORD, published: Found[Day] = UNDATED) -> Article:
    stated: Found[str] = Found(title, "stated", title, "line 1") if title else Found()
    paragraphs = tuple(Paragraph("text", text, line) for line, text in enumerate(texts, 2))
    return Article("page.txt", 1, "ar", stated, paragraphs, word=word, published=published)


def brief_of(lead: Article, sentences: int = 2) -> Brief:
    read = read_article(lead, make_title(lead, BOOK), BOOK)
    return make_brief(Story("a-story", lead), (), Summary(sentences=sentences), read)


def rows(found: tuple[Fact, ...]) -> list[tuple[str, str]]:
    return [(fact.ar, fact.en) for fact in found]


def title_cases() -> list[tuple[str, str]]:
    lines = TITLES.read_text("utf-8").splitlines()
    pairs = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return [(sentence, title) for sentence, _, title in pairs]


@pytest.mark.parametrize(("sentence", "title"), title_cases())
def test_a_title_is_the_main_clause_of_the_lead(sentence: str, title: str) -> None:
    assert derive_title(sentence, BOOK) == title


def test_a_brief_has_the_figures_of_its_title_in_english_each_once_and_none_of_its_text() -> None:
    told = brief_of(article("دفعت الشركة 40 دولارا.", title="الشركة تدفع 15 مليون دولار في 3 سنوات ثم 15 مليون دولار"))
    assert told.title_figures == ("15 million dollars", "three years")


def test_the_figures_of_a_title_keep_their_bounds_and_leave_out_a_day_that_is_worked_out() -> None:
    published = Found(Day(2025, 11, 9), "stated", "9 نوفمبر 2025", "line 2")
    told = brief_of(article("نص.", title="أكثر من 20 عاملا يصلون أمس وآخرون في 12 نوفمبر 2025", published=published))
    assert told.title_figures == ("more than 20 workers", "12 November 2025")


WORDS = sorted({word for sentence, _ in title_cases() for word in sentence.split()})


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join))
def test_a_derived_title_is_one_uncut_run_of_the_sentence(sentence: str) -> None:
    title = derive_title(sentence, BOOK)
    assert title in sentence
    end = sentence.index(title) + len(title)
    assert sentence[end : end + 1] in ("", *" ،.:-")


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_at_all_gives_a_title_out_of_it(text: str) -> None:
    assert derive_title(text, BOOK) in text


def test_a_stated_title_is_kept_as_it_is() -> None:
    lead = article("أعلنت الحكومة خطة جديدة.", title="خطة للطاقة")
    assert brief_of(lead).title == lead.title


def test_a_derived_title_says_that_it_is_inferred_and_from_where() -> None:
    title = brief_of(article("أعلنت الحكومة خطة جديدة.", "نص آخر.")).title
    assert (title.value, title.status, title.where) == ("أعلنت الحكومة خطة جديدة", "inferred", "lead")
    assert title.words == "أعلنت الحكومة خطة جديدة."


def test_an_article_without_text_has_no_title() -> None:
    assert brief_of(article()).title.status == "unknown"


def test_an_uncertain_paragraph_gives_neither_names_nor_figures_nor_sayings() -> None:
    certain = Paragraph("text", "زار دونالد ترامب 3 دول.", 2)
    glued = Paragraph("text", "قال فيكتور أوربان إن 500 شخص حضروا.", 3, certain=False)
    brief = brief_of(Article("page.txt", 1, "ar", Found("عنوان", "stated"), (certain, glued)))
    assert {mention.paragraph for mention in brief.mentions} == {0}
    assert {figure.paragraph for figure in brief.figures} == {0}
    assert brief.sayings == ()


def test_who_and_where_come_from_the_names_with_the_spellings_of_the_article() -> None:
    lead = article("استقبل فيكتور أوربان وفدا في المجر.", "وقال فيكتور اوربان إن بلاده مع منظمة أوبك.", title="لقاء")
    box = facts(brief_of(lead), BOOK)
    assert rows(box.of_kind("who")) == [("فيكتور أوربان", "Viktor Orbán"), ("منظمة أوبك", "OPEC")]
    assert rows(box.of_kind("where")) == [("المجر", "Hungary")]


def test_an_adjective_alone_makes_no_place_of_the_facts() -> None:
    assert facts(brief_of(article("قال الوزير المجري إنه متفائل.", title="لقاء")), BOOK).of_kind("where") == ()


def test_a_swallowed_article_is_given_back_in_the_facts() -> None:
    assert rows(facts(brief_of(article("دعوة للمجر إلى القمة.", title="لقاء")), BOOK).of_kind("where")) == [
        ("المجر", "Hungary")
    ]


def test_figures_of_the_summary_stand_before_the_others_and_each_only_once() -> None:
    lead = article("زار الوفد خمس دول. بقيت له 3 أيام.", "أنفق 2 مليون دولار في خمس دول.", "ثم 40 راكبا.", title="لقاء")
    chosen = Sentence("زار الوفد خمس دول.", 0, 0, 18, 0)
    box = facts(replace(brief_of(lead), sentences=(chosen,)), BOOK)
    assert [(fact.en, fact.sentence, fact.paragraph) for fact in box.of_kind("figure")] == [
        ("five countries", 1, 0), ("three days", 0, 0), ("2 million dollars", 0, 1), ("40 passengers", 0, 2),
    ]  # fmt: skip


def test_a_bare_number_in_a_cell_of_a_table_is_no_fact_by_itself() -> None:
    lead = article("صدرت البلاد 17 ألف طن.", title="لقاء")
    rows_of_table = [Paragraph("table", "الجهة | الكمية | الحصة", 3), Paragraph("table", "الصين | 8200 | 46.9%", 4),
                     Paragraph("table", "سمرقند | 600 ميغاواط", 5)]  # fmt: skip
    box = facts(brief_of(replace(lead, paragraphs=(*lead.paragraphs, *rows_of_table))), BOOK)
    assert [fact.en for fact in box.of_kind("figure")] == ["17,000 tonnes", "600 megawatts"]


@pytest.mark.parametrize(
    "text",
    [
        "قال مسؤول إن الوزير اتهم المجر بعرقلة الخط، مضيفا أن الكلفة ارتفعت.",
        "عاد الوزير مساء ودعا المجر إلى فتح الخط.",
        "قال أوربان، الذي انتقد دونالد ترامب، إن الوقت حان.",
    ],
)
def test_who_is_accused_or_called_upon_is_not_who_says_it(text: str) -> None:
    spoken = [row.en for row in facts(brief_of(article(text)), BOOK).of_kind("said")]
    assert [words for words in spoken if "Hungary" in words or "Trump" in words] == []


def test_the_numbers_of_a_share_of_each_are_no_facts() -> None:
    text = "قالت الهيئة إن تسعة من كل عشرة أطفال تلقوا اللقاح، وإن الوفيات 8.2 لكل ألف نسمة، وإن 40 عيادة فتحت أبوابها."
    box = facts(brief_of(article(text)), BOOK)
    assert [row.ar for row in box.of_kind("figure")] == ["40 عيادة"]


def test_the_goals_of_a_match_and_the_digits_of_a_name_are_no_facts() -> None:
    text = (
        "سجل ثنائية في الدقيقتين 22 و63. "
        "خسر الفريق 3-1 ثم 2-صفر وصفر-1 بهدف في الدقيقة 78، واحتل المركز 15 عالميا، وارتفع مؤشر ستوكس 600 وكاك 40، "
        "وقالت القناة 12 إن 4 طائرات إف 16 سقطت على بعد 5-7 كيلومترات، وإن 5-7 مسلحين فروا."
    )
    box = facts(brief_of(article(text, title="لقاء")), BOOK)
    assert rows(box.of_kind("figure")) == [
        ("4 طائرات", "four aircraft"), ("5-7 كيلومترات", "5 to 7 kilometres"), ("5-7 مسلحين", "5 to 7"),
    ]  # fmt: skip


def test_a_time_and_its_rest_are_one_row_and_a_rest_alone_is_none() -> None:
    text = (
        "حكم عليه بثلاث سنوات وشهرين و5 أيام، وعلى أخيه بسنة وستة أشهر، بعد جلسة دامت أكثر من 3 ساعات و20 دقيقة."
        " ثم أمضى 4 أيام وعامين في الخارج."
    )
    assert rows(facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("figure")) == [
        ("ثلاث سنوات وشهرين و5 أيام", "three years and two months and five days"),
        ("أكثر من 3 ساعات و20 دقيقة", "more than three hours and 20 minutes"),
        ("4 أيام", "four days"),
        ("عامين", "two years"),
    ]


def test_digits_whose_unit_or_month_stands_elsewhere_and_a_mere_one_are_no_facts() -> None:
    text = "قدم منحتين قيمتهما 45 و60 مليون دولار، وسافر في 5 الجاري حتى 12 ظهرا 600 كيلومتر بشحنة واحدة."
    assert [row.en for row in facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("figure")] == [
        "60 million dollars", "600 kilometres",
    ]  # fmt: skip


def test_a_number_whose_point_may_part_thousands_is_no_fact() -> None:
    text = "بلغت الفاتورة 12.500 جنيه لنحو 1.234 شخصا، مقابل 1.085 دولار و3.125 في المئة و1.250 مليون طن و12,500 جنيه."
    assert [row.en for row in facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("figure")] == [
        "1.085 dollars", "3.125%", "1.25 million tonnes", "12,500 pounds",
    ]  # fmt: skip


def test_a_range_of_a_noun_that_no_table_knows_has_both_ends_and_a_denied_figure_is_no_fact() -> None:
    box = facts(brief_of(article("قتل ما بين 150 و200 طابع، وكلف ليس 5 ملايين بل 8 ملايين يورو.", title="لقاء")), BOOK)
    assert rows(box.of_kind("figure")) == [("150 و200 طابع", "150 to 200"), ("8 ملايين يورو", "8 million euros")]


def test_a_number_that_counts_nothing_named_beside_it_is_no_fact() -> None:
    text = (
        "قتل 40 جنديا، بينهم 12 في الشمال، وأصيب 27 آخرون، وحسم الفريق اللقاء 5-4. وصوت 133 نائبا مقابل 49. "
        "خرج القطار رقم 1902 عن مساره، وتظاهر عشرات الآلاف، وهبط المؤشر إلى 42.35 من 65 مليارا."
    )
    assert [row.en for row in facts(brief_of(article(text, title="لقاء")), BOOK).rows[:]] == [
        "40 soldiers", "tens of thousands", "65 billion", "133 members of parliament",
    ]  # fmt: skip


def test_a_figure_that_is_limited_in_a_way_that_was_not_understood_is_no_fact() -> None:
    text = (
        "نصت الخطة على ألا يتجاوز عدد الجيش الأوكراني 600 ألف جندي، وألا يزيد الإنفاق على 5 مليارات دولار سنويا، "
        "ولن ينخفض الإنتاج دون 9 ملايين برميل، وتقل الحافلة 30 راكبا، وناهز 84 عاما، وتجاوزت الكلفة 3 ملايين يورو."
    )
    assert [row.en for row in facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("figure")] == [
        "30 passengers", "about 84 years", "more than 3 million euros",
    ]  # fmt: skip


def test_of_from_and_to_it_is_left_open_whether_they_are_a_range_or_a_change() -> None:
    text = "ارتفع السعر من 35 إلى 48 دولارا، وتستغرق الرحلة بين 6 و8 ساعات."
    assert rows(facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("figure")) == [
        ("من 35 إلى 48 دولارا", "from 35 to 48 dollars"), ("6 و8 ساعات", "6 to 8 hours"),
    ]  # fmt: skip


def test_a_call_that_may_be_an_invitation_has_no_english() -> None:
    lead = article("دعا دونالد ترامب نظيره إلى زيارة واشنطن.", "ناشد دونالد ترامب الطرفين وقف القتال.", title="لقاء")
    said = facts(replace(brief_of(lead), sentences=()), BOOK).of_kind("said")
    assert [row.en for row in said] == ["", "Donald Trump appealed"]


def test_a_year_or_century_before_christ_is_no_fact() -> None:
    text = "تعود المقبرة إلى القرن الثالث قبل الميلاد والسور إلى عام 300 ق.م، ورممت في القرن الثامن وعام 1950."
    box = facts(brief_of(article(text, title="لقاء")), BOOK)
    assert [fact.en for fact in box.rows[:]] == ["1950", "eighth century"]


def test_words_behind_a_figure_that_change_it_leave_no_row() -> None:
    text = (
        "أعيد 176 مهاجرا وفقا للشرطة، بينهم 41 امرأة وطفلا، بعد تسع ساعات إلا ربعا، وتذهب 38 ليرة من كل مئة "
        "إلى الرواتب، ويستغرق الانسحاب ستة أسابيع إلى ثمانية، وأخذ كل جانب 185 أسيرا من كل جانب."
    )
    assert [row.en for row in facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("figure")] == [
        "176 migrants", "185 prisoners",
    ]  # fmt: skip


def test_a_price_and_a_length_in_two_units_are_one_row() -> None:
    text = "استقر الخام عند 61 دولارا و40 سنتا للبرميل، وارتفع النهر مترين و40 سنتيمترا."
    assert rows(facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("figure")) == [
        ("61 دولارا و40 سنتا للبرميل", "61 dollars and 40 cents per barrel"),
        ("مترين و40 سنتيمترا", "2 metres and 40 centimetres"),
    ]


def test_a_time_without_its_day_is_no_fact() -> None:
    text = "دامت المباراة 2:47 ساعة، وبدأت الساعة 8:30 مساء، وتنتهي الجولة في 3 ديسمبر 2025 الساعة 8:30 مساء."
    box = facts(brief_of(article(text, title="لقاء")), BOOK)
    assert [fact.en for fact in box.of_kind("when")] == ["3 December 2025"]


def test_a_date_in_digits_that_may_be_read_in_two_orders_is_told_in_both() -> None:
    box = facts(brief_of(article("وقع في 3/4/2026 و13/4/2026 و5/5/2026.", title="لقاء")), BOOK)
    assert [fact.en for fact in box.of_kind("when")] == ["3 April or 4 March 2026", "13 April 2026", "5 May 2026"]


def test_a_number_that_points_back_to_those_it_named_is_no_fact() -> None:
    text = "اجتمع أربعة سفراء، ثم غادر السفراء الأربعة، ووقع الاثنان على الخطة الخمسية."
    box = facts(brief_of(article(text, title="لقاء")), BOOK)
    assert [row.ar for row in box.of_kind("figure")] == ["أربعة سفراء"]


def test_days_and_years_are_told_under_when() -> None:
    published: Found[Day] = Found(Day(2025, 11, 8), "stated", "8 نوفمبر 2025", "line 1")
    box = facts(brief_of(article("انضمت البلاد عام 1999.", title="لقاء", published=published)), BOOK)
    assert rows(box.of_kind("when")) == [("8 نوفمبر 2025", "8 November 2025"), ("1999", "1999")]


def test_a_day_that_the_page_states_of_itself_is_told_as_such_also_where_the_text_has_it_too() -> None:
    published: Found[Day] = Found(Day(2025, 11, 8), "stated", "8 نوفمبر 2025", "line 1")
    updated: Found[Day] = Found(Day(2025, 11, 9), "stated", "9 نوفمبر 2025", "line 2")
    lead = article("عقدت القمة في 8 نوفمبر 2025 بعد لقاء في 2 نوفمبر 2025.", published=published)
    box = facts(brief_of(replace(lead, updated=updated)), BOOK)
    fields = [(fact.en, fact.field, fact.sentence) for fact in box.of_kind("when")]
    assert fields == [
        ("8 November 2025", "published", 1),
        ("9 November 2025", "updated", 0),
        ("2 November 2025", "", 1),
    ]


def test_of_a_noun_that_no_table_knows_english_says_the_number_alone_and_each_noun_keeps_its_row() -> None:
    text = "جمع الهاوي 17 طابعا و17 مغناطيسا ثم 17 طابعا، وخرج عشرات آلاف المتظاهرين."
    assert rows(facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("figure")) == [
        ("17 طابعا", "17"), ("17 مغناطيسا", "17"), ("عشرات آلاف المتظاهرين", "tens of thousands"),
    ]  # fmt: skip


def test_a_gloss_of_the_desk_is_used_and_marked_as_its_own() -> None:
    word = EditorsWord(glosses=(("مذكرة", "memorandums"), ("بيتر ماجار", "Péter Magyar")))
    box = facts(brief_of(article("وقع بيتر ماجار 17 مذكرة.", title="لقاء", word=word)), BOOK)
    assert [(fact.en, fact.gloss_by_desk) for fact in (*box.of_kind("who"), *box.of_kind("figure"))] == [
        ("Péter Magyar", True), ("17 memorandums", True),
    ]  # fmt: skip


def test_an_amount_as_the_desk_words_it_stands_among_the_figures_in_place_of_the_tables_words() -> None:
    word = EditorsWord(glosses=(("بضع مئات من الهكتارات", "a few hundred hectares"),))
    box = facts(brief_of(article("يسقي السد بضع مئات من الهكتارات و40 قرية.", title="لقاء", word=word)), BOOK)
    assert box.of_kind("who") == ()
    assert [(fact.en, fact.gloss_by_desk) for fact in box.of_kind("figure")] == [
        ("40 villages", False), ("a few hundred hectares", True),
    ]  # fmt: skip


def test_who_says_something_is_told_with_the_verb() -> None:
    lead = article(
        "قال دونالد ترامب: «انتهت الحرب».", "وأكدت وزارة الدفاع أن القوات عادت.", "وأضاف أنه سعيد.", title="لقاء"
    )
    assert rows(facts(brief_of(lead), BOOK).of_kind("said")) == [
        ("قال دونالد ترامب: «انتهت الحرب»", "Donald Trump said"),
        ("وأكدت وزارة الدفاع أن القوات عادت.", ""),
    ]


def test_who_says_nothing_known_neither_cuts_a_saying_nor_borrows_a_speaker() -> None:
    text = "قال دونالد ترامب إن أوربان أكد له أن الغاز يصل، وهدد دونالد ترامب بأن الرسوم آتية، بحسب منشور على المنصة."
    assert rows(facts(brief_of(article(text, title="لقاء")), BOOK).of_kind("said")) == [
        ("قال دونالد ترامب إن أوربان أكد له أن الغاز يصل", "Donald Trump said"),
        ("وهدد دونالد ترامب بأن الرسوم آتية، بحسب منشور على المنصة.", "Donald Trump threatened"),
    ]


def test_the_desks_english_of_a_speaker_frames_the_saying_and_is_marked_as_the_desks() -> None:
    word = EditorsWord(glosses=(("وزارة الدفاع", "the defence ministry"),))
    lead = article("وأكدت وزارة الدفاع أن القوات عادت.", title="لقاء", word=word)
    [said] = facts(brief_of(lead), BOOK).of_kind("said")
    assert (said.en, said.gloss_by_desk) == ("the defence ministry affirmed", True)


def test_of_a_long_saying_the_first_twelve_words_are_shown() -> None:
    lead = article("قال دونالد ترامب إن " + "المفاوضات مستمرة " * 30, title="لقاء")
    said = facts(brief_of(lead), BOOK).of_kind("said")
    assert rows(said) == [("قال دونالد ترامب إن " + "المفاوضات مستمرة " * 4 + "…", "Donald Trump said")]


def test_sayings_of_the_summary_are_shown_and_others_only_where_it_has_none() -> None:
    lead = article("قال دونالد ترامب إن الحرب انتهت.", "وقال فيكتور أوربان إنه متفائل.", title="لقاء")
    assert [fact.en for fact in facts(brief_of(lead, sentences=1), BOOK).of_kind("said")] == ["Donald Trump said"]
    assert [fact.en for fact in facts(brief_of(lead), BOOK).of_kind("said")] == [
        "Donald Trump said",
        "Viktor Orbán said",
    ]


def test_an_article_of_one_word_still_makes_a_brief() -> None:
    brief = brief_of(article("زلزال"))
    assert (brief.title.value, brief.figures, facts(brief, BOOK).of_kind("who")) == ("زلزال", (), ())


def test_a_figure_keeps_the_words_that_make_it_a_bound() -> None:
    box = facts(brief_of(article("أصيب أكثر من 20 عاملا، وجمعوا ما لا يقل عن 17 طابعا.", title="لقاء")), BOOK)
    assert rows(box.of_kind("figure")) == [
        ("أكثر من 20 عاملا", "more than 20 workers"),
        ("ما لا يقل عن 17 طابعا", "at least 17"),
    ]


def test_dates_that_are_worked_out_are_marked_and_give_way_to_stated_ones() -> None:
    published = Found(Day(2025, 11, 9), "stated", "9 نوفمبر 2025", "line 2")
    box = facts(brief_of(article("وصل أمس. وغادر أول أمس، 7 نوفمبر 2025.", title="لقاء", published=published)), BOOK)
    assert [(fact.en, fact.reckoned) for fact in box.of_kind("when")] == [
        ("9 November 2025", False), ("8 November 2025", True), ("7 November 2025", False),
    ]  # fmt: skip


def test_a_page_dated_only_by_distance_has_a_date_that_is_worked_out() -> None:
    published = Found(Day(2025, 11, 7), "stated", "قبل يومين", "line 2")
    assert [fact.reckoned for fact in facts(brief_of(article("نص.", published=published)), BOOK).of_kind("when")] == [
        True
    ]
