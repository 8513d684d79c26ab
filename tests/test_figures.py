"""Figures: every case of both languages, and what must hold of any text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.model.brief import Figure
from site_src.model.fields import Day
from site_src.text.dates import find_dates
from site_src.text.figures import find_figures

CASES = Path(__file__).parent / "cases" / "figures"


def cases(lang: str) -> list[tuple[str, str]]:
    lines = (CASES / f"{lang}.tsv").read_text("utf-8").splitlines()
    pairs = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return [(text, expected) for text, _, expected in pairs]


def case_line(text: str, figure: Figure, with_english: bool) -> str:
    value = (figure.low or "~") + (f"..{figure.high}" if figure.high else "")
    words = " ".join(filter(None, [figure.kind, value, figure.unit]))
    english = f" > {figure.english}" if with_english else ""
    return f"{text[figure.start : figure.end]} = {words}{english}"


def as_expected(text: str, expected: str, lang: str) -> str:
    """The figures found, told in the words of the case file; English only where the case asks for it."""
    wanted = expected.split(" | ") if expected else []
    asks = [" > " in one for one in wanted] + [False] * 20
    return " | ".join(case_line(text, figure, asks[place]) for place, figure in enumerate(find_figures(text, lang)))


ALL = [(lang, *case) for lang in ("ar", "en") for file in (lang, f"later-{lang}") for case in cases(file)]


@pytest.mark.parametrize(("lang", "text", "expected"), ALL)
def test_the_figures_of_a_text_are_read_as_its_case_says(lang: str, text: str, expected: str) -> None:
    assert as_expected(text, expected, lang) == expected


ONES = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["", "عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
EN_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def arabic_below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if rest == 11:
        words = "أحد عشر"
    elif rest == 12:
        words = "اثنا عشر"
    elif 12 < rest < 20:
        words = f"{ONES[ones]} عشر"
    else:
        words = " و".join(filter(None, [ONES[ones], TENS[tens]]))
    return " و".join(filter(None, [HUNDREDS[hundreds], words]))


def arabic_scaled(count: int, one: str, two: str, many: str) -> str:
    if count < 3:
        return ["", one, two][count]
    return f"{arabic_below_thousand(count)} {many if 3 <= count % 100 <= 10 else one}"


def arabic_words(number: int) -> str:
    millions, thousands, rest = number // 10**6, number // 1000 % 1000, number % 1000
    terms = [
        arabic_scaled(millions, "مليون", "مليونان", "ملايين"),
        arabic_scaled(thousands, "ألف", "ألفان", "آلاف"),
        arabic_below_thousand(rest),
    ]
    return " و".join(filter(None, terms))


def english_words(number: int) -> str:
    for scale, name in ((10**6, "million"), (1000, "thousand")):
        if number >= scale:
            rest = f" {english_words(number % scale)}" if number % scale else ""
            return f"{english_words(number // scale)} {name}{rest}"
    if number >= 100:
        rest = f" and {english_words(number % 100)}" if number % 100 else ""
        return f"{EN_ONES[number // 100]} hundred{rest}"
    if number >= 20:
        return EN_TENS[number // 10] + (f"-{EN_ONES[number % 10]}" if number % 10 else "")
    return EN_ONES[number]


@settings(deadline=None)
@given(st.integers(2, 999_999_999))
def test_every_number_spelt_in_arabic_is_read_back(number: int) -> None:
    text = f"بلغ العدد {arabic_words(number)}."
    assert [figure.low for figure in find_figures(text)] == [str(number)]


@settings(deadline=None)
@given(st.integers(2, 999_999_999))
def test_every_number_spelt_in_english_is_read_back(number: int) -> None:
    text = f"It reached {english_words(number)}."
    assert [figure.low for figure in find_figures(text, "en")] == [str(number)]


@settings(deadline=None)
@given(
    st.integers(2, 999_999_999),
    st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]),
    st.sampled_from(["", ",", "٬"]),
)
def test_a_literal_means_the_same_in_every_script(number: int, digits: str, separator: str) -> None:
    grouped = f"{number:,}".replace(",", separator).translate({ord(str(n)): digits[n] for n in range(10)})
    found = find_figures(f"قيمتها {grouped} دولار")
    assert [(figure.kind, figure.low, figure.unit) for figure in found] == [("money", str(number), "USD")]


ORDINALS = {
    "المؤتمر": "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر",
    "الدورة": "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة",
}


def arabic_ordinal(noun: str, number: int) -> str:
    tens, ones = divmod(number, 10)
    words = ["", *ORDINALS[noun].split()]
    if number <= 10:
        return words[number]
    first = {"الأول": "الحادي", "الأولى": "الحادية"}.get(words[ones], words[ones])
    if tens == 1:
        return f"{first} {'عشر' if noun == 'المؤتمر' else 'عشرة'}"
    return f"{first} وال{TENS[tens]}" if ones else f"ال{TENS[tens]}"


@pytest.mark.parametrize("noun", ORDINALS)
@pytest.mark.parametrize("number", [number for number in range(1, 100) if number < 20 or number % 10])
def test_every_ordinal_spelt_in_arabic_is_read_back_in_both_genders(noun: str, number: int) -> None:
    found = find_figures(f"انعقد {noun} {arabic_ordinal(noun, number)} أمس")
    assert [(figure.kind, figure.low) for figure in found] == [("ordinal", str(number))]


WORDS = sorted({word for _, text, _ in ALL for word in text.split()})
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["ar", "en"]))
def test_figures_of_any_text_stand_in_it_in_order_and_apart(text: str, lang: str) -> None:
    end = 0
    for figure in find_figures(text, lang):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end].strip()
        end = figure.end


def test_a_noun_that_one_figure_took_is_not_taken_by_the_next() -> None:
    text = "الحادي الدول الـ5"
    first, second = find_figures(text)
    assert first.end <= second.start


@settings(deadline=None)
@given(TEXTS)
def test_a_text_that_is_all_one_name_has_no_figures(text: str) -> None:
    assert find_figures(text, names=[(0, len(text))]) == ()


def test_a_number_inside_a_known_name_is_no_figure() -> None:
    text = "اجتمع 5 وزراء في شارع الثورة 52 أمس"
    start = text.index("شارع")
    found = find_figures(text, names=[(start, text.index(" أمس"))])
    assert [text[figure.start : figure.end] for figure in found] == ["5 وزراء"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("عاد البحارة الـ24 إلى الميناء", ["number 24"]),
        ("انتخبت الأندية الـ16 رئيسها", ["number 16"]),
        ("صوت القضاة الـ9 لصالح القرار", ["number 9"]),
        ("قدمت حزمة المساعدات الـ20 مليون دولار", ["money 20000000"]),
        ("حكم البلاد ثلاثة عقود طويلة", ["duration 3"]),
        ("مضى على تنفيذ عقدين من الزمن شيء", ["duration 2"]),
    ],
)
def test_digits_behind_a_plural_count_it_and_long_decades_are_no_contracts(text: str, expected: list[str]) -> None:
    assert [f"{figure.kind} {figure.low}" for figure in find_figures(text)] == expected


def test_quantities_are_no_hundreds() -> None:
    assert find_figures("وكميات كبيرة من القمح تصل مع كميات من الشعير") == ()


@pytest.mark.parametrize(
    ("text", "kind", "english"),
    [
        ("ترفض هولندا الرزمة الـ 17 من الرسوم", "ordinal", "17th"),
        ("في القاعة الـ9، أمام الحضور", "ordinal", "ninth"),
        ("تنص المادة الـ 7 من العهد", "number", "7"),
        ("وقعت الدول الـ19 على العهد", "number", "19 countries"),
        ("بقي من المبلغ الـ 40 مليون دولار القليل", "money", "40 million dollars"),
    ],
)
def test_digits_with_their_article_count_or_order_what_stands_before_them(text: str, kind: str, english: str) -> None:
    assert [(figure.kind, figure.english) for figure in find_figures(text)] == [(kind, english)]


def test_a_date_is_one_whole_although_its_time_is_that_of_a_known_place() -> None:
    text = "توقف الضخ يوم 17 مايو 2026، عند الساعة 09:40 بتوقيت باكو، ثم عاد"
    start = text.index("باكو")
    found = find_figures(text, names=[(start, start + len("باكو"))])
    assert [(figure.kind, figure.low) for figure in found] == [("date", "2026-05-17")]


def test_a_day_that_names_a_square_is_no_date() -> None:
    text = "احتشدوا في ساحة 17 مايو 2026 أمس"
    start = text.index("ساحة")
    assert find_figures(text, names=[(start, text.index(" أمس"))]) == ()


def test_a_relative_date_is_resolved_only_against_a_known_day() -> None:
    text = "التقى الوزير أمس نظيره"
    assert find_figures(text) == ()
    assert [figure.low for figure in find_figures(text, base=Day(2025, 11, 8))] == ["2025-11-07"]


def test_a_counted_noun_that_the_units_do_not_know_is_kept_in_arabic() -> None:
    (figure,) = find_figures("جمع الهاوي 17 طابعا نادرا")
    assert (figure.noun, figure.english) == ("طابعا", "")


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("مشاريع بقيمة عشرات المليارات من الدولارات", "projects worth tens of billions of dollars"),
        ("بين 3 و5 مليارات يورو", "between 3 and 5 billion euros"),
        ("إنتاج مليون برميل يوميا", "an output of one million barrels per day"),
        ("على مدى ثلاثة عقود", "over three decades"),
        ("في الذكرى السنوية العاشرة", "on the 10th anniversary"),
        ("بنسبة اثني عشر ونصف بالمئة", "by 12.5 percent"),
        ("في القرن الحادي والعشرين", "in the twenty-first century"),
        ("ثلثا الأعضاء", "two-thirds of the members"),
    ],
)
def test_a_figure_and_its_translation_read_alike(arabic: str, english: str) -> None:
    def values(text: str, lang: str) -> list[tuple[str, ...]]:
        return [(one.kind, one.low, one.high, one.unit, one.english) for one in find_figures(text, lang)]

    assert values(arabic, "ar") == values(english, "en") != []


@pytest.mark.parametrize("when", ["في العام الماضي", "في السنة الحالية", "في العام المقبل", "في العام نفسه"])
def test_a_figure_of_one_year_is_no_figure_per_year(when: str) -> None:
    (found,) = [each for each in find_figures(f"بلغ الإنتاج 87.5 مليون طن {when}.") if each.unit]
    assert (found.low, found.unit) == ("87500000", "tonne")


@pytest.mark.parametrize(
    ("text", "words", "qualifier"),
    [
        ("أصيب أكثر من 20 عاملا", "أكثر من 20 عاملا", "more-than"),
        ("بأكثر من ثلاثة مليارات دولار", "أكثر من ثلاثة مليارات دولار", "more-than"),
        ("قتل ما لا يقل عن سبعة جنود", "ما لا يقل عن سبعة جنود", "at-least"),
        ("أصيب 12 شخصا على الأقل", "12 شخصا على الأقل", "at-least"),
        ("غرامة لا تتجاوز 500 دينار", "لا تتجاوز 500 دينار", "no-more-than"),
        ("ارتفعت بنحو 3%", "نحو 3%", "about"),
        ("يعيش فيها قرابة 40 ألف نسمة", "قرابة 40 ألف نسمة", "nearly"),
        ("أقل من نصف السكان", "أقل من نصف", "less-than"),
        ("على حدود ثلاث دول", "ثلاث دول", ""),
        ("أكثر من أي وقت، وجاء 20 عاملا", "20 عاملا", ""),
        ("منذ أكثر من عام 1991", "1991", ""),
        ("بني نحو 1991", "1991", ""),
        ("الجولة الثالثة على الأقل", "الجولة الثالثة", ""),
        ("لا يتجاوز عدد العاملين 300 موظف", "لا يتجاوز عدد العاملين 300 موظف", "no-more-than"),
        ("البلد واسع ولا تزيد المساحة على 40 هكتارا", "لا تزيد المساحة على 40 هكتارا", "no-more-than"),
        ("لن تقل الاستثمارات عن 5 مليارات دولار", "لن تقل الاستثمارات عن 5 مليارات دولار", "at-least"),
        ("تفوق قيمة الصفقة 3 مليارات دولار", "تفوق قيمة الصفقة 3 مليارات دولار", "more-than"),
        ("يفوق الطلب العرض 3 مرات", "3 مرات", ""),
        ("تقل الطائرة 40 راكبا", "40 راكبا", ""),
        ("هبط إلى ما دون 60 دولارا", "ما دون 60 دولارا", "less-than"),
        ("لن يفوق السعر 300 دولار", "300 دولار", ""),
        ("لم يحضر أكثر من 20 نائبا", "20 نائبا", ""),
        ("لم يبق سوى أقل من خمسين نهرا", "أقل من خمسين نهرا", "less-than"),
        ("لا يزال أكثر من 100 شخص هناك", "أكثر من 100 شخص", "more-than"),
        ("ينبغي عدم تجاوز 100 دولار", "100 دولار", ""),
    ],
)
def test_words_that_make_a_figure_a_bound_or_an_estimate_are_told(text: str, words: str, qualifier: str) -> None:
    (found,) = find_figures(text)
    assert (text[found.start - found.lead : found.end + found.tail], found.qualifier) == (words, qualifier)


@pytest.mark.parametrize(("text", "lang", "english"), [
    ("Several hundred people came.", "en", "hundreds of people"),
    ("A few hundred thousand people came.", "en", "hundreds of thousands of people"),
    ("وصل بضع مئات من الأشخاص", "ar", "hundreds of people"),
    ("وصل عدة مئات الآلاف من الأشخاص", "ar", "hundreds of thousands of people"),
])  # fmt: skip
def test_some_hundreds_are_not_counted_and_keep_their_scale(text: str, lang: str, english: str) -> None:
    (figure,) = find_figures(text, lang)
    assert (figure.low, figure.english) == ("", english)


def test_a_date_that_is_worked_out_says_so() -> None:
    found = find_figures("وصل أمس، والقمة في 12 نوفمبر 2025، وعيد الفطر 1 شوال 1446 هـ", base=Day(2025, 11, 9))
    assert [(date.low, date.reckoned) for date in found] == [
        ("2025-11-08", True), ("2025-11-12", False), ("2025-03-30", True),
    ]  # fmt: skip


NEAR_DATES = """
قبل منذ وقبل ثلاثة يومين أسبوع ساعات سنة أمس البارحة بعد غد بغداد أول الأول من يوم اليوم واليوم صباح
الجمعة والأحد، الماضي المقبلة الحالي الشهر العام نوفمبر تشرين الثاني شعبان شهر عام June Friday
7 9 12 2025 1447 ٢٠٢٥ 12/5/2024 2024-05-12 7-9 3. / - . : ، و 5\u200f سنوا\u064bت أم\u0640س ﷺ
"""


@given(
    st.lists(st.tuples(st.sampled_from(NEAR_DATES.split()), st.sampled_from(" " * 6 + "\n\u00a0\u2003_")), max_size=12),
    st.sampled_from([None, Day(2025, 11, 9)]),
)
@settings(max_examples=400, deadline=None)
def test_every_date_of_a_text_is_among_its_figures(parts: list[tuple[str, str]], base: Day | None) -> None:
    text = "".join(word + gap for word, gap in parts)
    told = {(figure.start, figure.end) for figure in find_figures(text, "ar", base) if figure.kind == "date"}
    assert {(date.start, date.end) for date in find_dates(text, base)} <= told
