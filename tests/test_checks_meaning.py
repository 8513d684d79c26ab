"""The checks of what a sentence says beside its figures and names: hedges, offices, duals, who does what to whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_src.text.names import load_names
from site_src.translate.checks import check_pair

NAMES = load_names(Path(__file__).parent.parent / "content" / "names.toml")


def found(source: str, target: str, severity: str = "") -> set[str]:
    return {each.check for each in check_pair(source, target, NAMES) if severity in {"", each.severity}}


QUALIFIED = [
    ("أصيب ثلاثة عمال على الأقل.", "Three workers were injured."),
    ("قال نائب وزير النقل إن الطريق مفتوح.", "The minister of transport said the road was open."),
    ("قال الوزير السابق إنه سيحضر.", "The minister said he would attend."),
    ("قال الوزير إنه سيحضر.", "The prime minister said he would attend the meeting."),
    ("نادرا ما يصل القطار في موعده.", "The train often arrives on time."),
    ("دعا النواب إلى وقف إطلاق النار.", "Deputies rejected a ceasefire."),
    ("قال مستشار الرئيس إن الخطة جاهزة.", "The president said the plan was ready."),
    ("حضر القائم بأعمال وزير الزراعة الافتتاح.", "The minister of agriculture attended the opening."),
]


@pytest.mark.parametrize(("source", "target"), QUALIFIED)
def test_a_sentence_that_has_lost_what_makes_it_less_or_something_else_is_withheld(source: str, target: str) -> None:
    assert "qualifiers" in found(source, target, "error")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("قد ترتفع الأسعار في الشتاء.", "Prices will rise in winter."),
        ("هددت النقابة بالإضراب يوم الأحد.", "The union goes on strike on Sunday."),
    ],
)
def test_what_right_translations_also_leave_out_is_only_worth_a_look(source: str, target: str) -> None:
    assert "qualifiers" in found(source, target, "warning")
    assert "qualifiers" not in found(source, target, "error")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("ربما ترتفع الأسعار.", "Perhaps prices will rise."),
        ("لم يستبعد الوزير زيادة الرسوم.", "The minister left open the possibility of higher fees."),
        ("لن تغادر القوات القاعدة.", "The troops will remain at the base."),
        ("سيغلق المصنع ما لم ترتفع الأسعار.", "The plant will close unless prices rise."),
    ],
)
def test_a_hedge_may_be_said_in_other_words(source: str, target: str) -> None:
    assert found(source, target) <= {"truncated"}


EXCHANGED = [
    ("اتهمت إيران تركيا بخرق الاتفاق.", "Turkey accused Iran of breaking the agreement."),
    ("وصلت القافلة من طشقند إلى أستانا.", "The convoy arrived from Astana to Tashkent."),
    ("زادت شحنات القمح من روسيا إلى موانئ مصر.", "Shipments of wheat from the ports of Egypt to Russia rose."),
    (
        "سلمت تركيا إلى إيران سجينا بعدما رفضت محكمة في أنقرة طلبه.",
        "Iran handed over to Turkey a prisoner whose plea a court in Ankara had rejected.",
    ),
    ("قتل 12 شخصا وأصيب 30 آخرون.", "Thirty people were killed and 12 others injured."),
    ("ارتفع النفط 15 سنتا وهبط الغاز 40 سنتا.", "Oil rose 40 cents and gas fell 15 cents."),
]


@pytest.mark.parametrize(("source", "target"), EXCHANGED)
def test_two_that_changed_places_are_withheld(source: str, target: str) -> None:
    assert "exchanged" in found(source, target, "error")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("اتهمت إيران تركيا بخرق الاتفاق.", "Turkey was accused by Iran of breaking the agreement."),
        ("فازت أوزبكستان على إيران في طشقند.", "Iran lost 2-1 to Uzbekistan in Tashkent."),
        ("قتل 12 شخصا وأصيب 30 آخرون.", "Another 30 were hurt and 12 people died."),
        ("قتل 12 وأصيب 30 في الهجوم.", "The attack left 30 wounded and 12 dead."),
        ("هزمت إيران أمام تركيا.", "Iran lost to Turkey."),
    ],
)
def test_the_same_in_another_order_is_no_exchange(source: str, target: str) -> None:
    assert "exchanged" not in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("سمع السكان دوي انفجارين في المدينة.", "Residents heard a loud explosion in the city."),
        ("اندمج المصرفان في العام الماضي.", "The bank was merged last year."),
    ],
)
def test_two_of_a_thing_are_not_one(source: str, target: str) -> None:
    assert "numbers" in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("سمع السكان دوي انفجارين في المدينة.", "Residents heard a pair of explosions in the city."),
        ("زار الوفد بساتين التفاح قرب الجبل.", "The delegation visited apple orchards near the mountain."),
        ("دعا الوزير الطرفين إلى الهدوء.", "The minister called on the parties to be calm."),
    ],
)
def test_what_says_no_two_needs_none(source: str, target: str) -> None:
    assert "numbers" not in found(source, target)


def test_a_name_that_no_file_has_is_missed_where_only_a_name_ends_like_it() -> None:
    source = "قالت الخبيرة دينارا سليموفا إن الثلوج كثيفة."
    assert "names" in found(source, "The expert said the snow was deep.", "warning")
    assert "names" not in found(source, "The expert Dinara Salimova said the snow was deep.")
    assert "names" not in found("كانت الظروف صعبة والحروف صغيرة.", "Conditions were hard and the letters small.")


TERSE = "أفاد مركز الرصد في بيان بأن سرعة الرياح التي هبت أمس على 12 قرية في المنطقة بلغت 90 كيلومترا في الساعة."


def test_a_short_translation_with_all_figures_is_terse() -> None:
    assert (
        found(TERSE, "Winds of 90 kilometres an hour hit 12 villages in the area, the centre said.", "error") == set()
    )
    assert found(TERSE, "Winds, the monitoring centre said in a statement.", "error")


@pytest.mark.parametrize("plain", ["شخصا", "شخصاً", "شَخْصاً"])
def test_an_exchange_is_seen_whatever_marks_the_arabic_bears(plain: str) -> None:
    source = f"قتل 12 {plain} وأصيب 30 آخرون."
    assert "exchanged" in found(source, "30 people were killed and 12 others injured.", "error")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("وصل الوفد إلى العاصمة التركية.", "The delegation arrived in Ankara."),
        ("وصل الوفد التركي إلى العاصمة التركية.", "The Turkish delegation arrived in Ankara."),
        ("أعلنت واشنطن تأجيل الاجتماع مع الوفد الأمريكي.", "The US put off the meeting with the American delegation."),
        ("قدم البنك 25 مليون دولار أمريكي.", "The bank gave 25 million US dollars."),
        ("قدم البنك 25 مليون دولار أمريكي.", "The bank gave $25 million."),
        ("حضر بهاء الدين رمضانوف.", "Bahaddin Ramazanov attended."),
        ('نشر النائب الصورة على "تويتر".', "The lawmaker posted the picture on Twitter."),
    ],
)
def test_a_name_may_be_said_in_these_ways(source: str, target: str) -> None:
    assert not {"names", "numbers", "quotes"} & found(source, target)


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("سيلتقي الوزير وفدا من البنك.", "The minister met a delegation from the bank.", "qualifiers"),
        ("رئيس الوزراء: لا زيادة في الضرائب", "President: no tax increase", "qualifiers"),
        ("انتهت الجولة صباح السبت.", "The round began on Saturday morning.", "opposites"),
        ("خفض المصرف الفائدة الجمعة.", "The bank raised the rate on Friday.", "opposites"),
        ("رفضت الشركة التخلي عن العقد.", "The company agreed to give up the contract.", "negation"),
        ("لم تسجل إصابات في بلدة أونغري.", "Injuries were recorded in the town of Ungri.", "negation"),
        ("تضخ 90 ألف برميل فقط في اليوم.", "It pumps only 90,000 barrels per month.", "numbers"),
    ],
)
def test_what_the_english_has_turned_is_seen(source: str, target: str, check: str) -> None:
    assert check in found(source, target)


def test_a_weekday_for_today_is_a_warning_and_one_for_another_an_error() -> None:
    source = "انهارت المحادثات الاثنين، وقالت اللجنة اليوم إنها ستستأنف."
    target = "Talks collapsed on {}, and the committee said on {} that they would resume."
    assert "numbers" in found(source, target.format("Monday", "Thursday"), "warning")
    assert "numbers" in found(source, target.format("Sunday", "Thursday"), "error")


@pytest.mark.parametrize(
    ("arabic", "english"), [("أوت", "August"), ("شتنبر", "September"), ("جوان", "June"), ("دجنبر", "December")]
)
def test_months_have_the_names_of_the_maghreb_too(arabic: str, english: str) -> None:
    assert found(f"وقع الحادث في {arabic} الماضي.", f"The accident happened last {english}.") == set()
    assert "numbers" in found(f"وقع الحادث في {arabic} الماضي.", "The accident happened last February.", "error")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("ارتفع القمح وارتفع الأرز وانخفض القطن.", "Wheat rose, rice fell and cotton fell."),
        ("وصل قبل الوزير وغادر قبل النائب وبعد السفير.", "He came after him and left before her and after me."),
        ("فاز الأول وفاز الثاني وخسر الثالث.", "The first won, the second lost and the third lost."),
    ],
)  # fmt: skip
def test_opposites_are_counted_where_a_sentence_says_both(source: str, target: str) -> None:
    assert "opposites" in found(source, target)


TURNED_FOR_CERTAIN = [
    ("برأت المحكمة الوزير.", "The court convicted the minister."),
    ("انضمت النقابة إلى الإضراب.", "The union has withdrawn from the strike."),
    ("يقع المنجم شمال البلدة.", "The mine lies to the south of the town."),
    ("لا يزال المصنع مغلقا.", "The factory is no longer closed."),
    ("نجا الوزير من الحادث.", "The minister died in the accident."),
    ("قال الوزير إنه مريض.", "The minister is dead."),
    ("لا يوجد دليل على ذلك.", "There is proof of it."),
    ("اشترت البلدية الحافلات من المصنع.", "The town sold the buses to the works."),
    ("استقال المدير قبل نشر التقرير.", "The director resigned after the report was published."),
]


@pytest.mark.parametrize(("source", "target"), TURNED_FOR_CERTAIN)
def test_what_says_the_contrary_beyond_doubt_is_withheld(source: str, target: str) -> None:
    assert found(source, target, "error")


def test_one_institution_of_a_union_is_not_another() -> None:
    source = "طلبت المفوضية الأوروبية تقريرا عن المشروع."
    assert "names" in found(source, "The European Parliament requested a report on the project.", "error")
    assert found(source, "Brussels requested a report on the project.") == set()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("قال أردوغان لبوتين إنه سيحضر.", "Putin told Erdogan that he would attend."),
        ("هنأ أوربان فيكو بالفوز.", "Fico congratulated Orban on the win."),
        ("اتهم الجيش الحكومة بالتقصير.", "The government accused the army of neglect."),
        ("خلف ميرضيائيف كريموف.", "Karimov succeeded Mirziyoyev."),
    ],
)
def test_who_did_it_is_found_without_marks_on_the_letters_and_without_a_name(source: str, target: str) -> None:
    assert "exchanged" in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("قالت شركة إن آي إس إنها ستغلق.", "NIS said it would close."),
        ("قالت هيئة بي بي سي إنها ستغلق.", "The BBC said it would close."),
        ("قال فوتشيتش إنه سيحضر.", "Vucic said he would attend."),
    ],
)
def test_an_acronym_whose_letters_the_arabic_spells_draws_nothing(source: str, target: str) -> None:
    assert "names" not in {each.check for each in check_pair(source, target, NAMES)}


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("يستغرق العمل شهرين.", "The work takes two years.", False),
        ("يستغرق العمل شهرين.", "The work takes two months.", True),
        ("كلف العمل خمسة بلايين دولار.", "The work cost five billion dollars.", True),
    ],
)
def test_as_many_of_something_else_is_another_figure(source: str, target: str, right: bool) -> None:
    assert ("numbers" not in found(source, target, "error")) is right


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("قالت وزارة الدفاع الروسية إن مسيرات أوكرانية سقطت.", "Ukraine's defence ministry said Russian drones fell."),
        ("ارتفعت صادرات القمح الكازاخية إلى الصين.", "Chinese wheat exports to Kazakhstan rose."),
        ("التقى الرئيس التركي وزير الخارجية الإيراني.", "The Iranian president met the Turkish foreign minister."),
    ],
)  # fmt: skip
def test_what_a_country_has_stays_its_own(source: str, target: str) -> None:
    assert "exchanged" in found(source, target, "error")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("اتصل الرئيس التركي بنظيره الإيراني.", "Iran's president took a call from Turkey's Erdogan."),
        ("ارتفعت صادرات النفط إلى الصين من كازاخستان.", "Kazakh oil exports to China rose."),
        ("وصل الرئيس فلاديمير بوتين إلى طشقند.", "The Russian president arrived in Uzbekistan."),
    ],
)
def test_what_a_country_has_may_be_said_otherwise(source: str, target: str) -> None:
    assert "exchanged" not in found(source, target)
