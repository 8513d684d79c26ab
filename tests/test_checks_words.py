"""Checks that know, from the lexicon or from groups of words, which word of a translation stands for which one."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_src.text.names import load_names
from site_src.translate.checks import check_pair

NAMES = load_names(Path(__file__).parent.parent / "content" / "names.toml")


def errors(source: str, target: str) -> set[str]:
    return {each.check for each in check_pair(source, target, NAMES) if each.severity == "error"}


CONVOY = "تضم القافلة 40 شاحنة و12 سيارة إسعاف و7 حافلات."
QUAKE = "أسفر الزلزال عن مقتل 23 شخصا وإصابة 140 آخرين وتدمير 600 منزل."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (CONVOY, "The convoy comprises 12 trucks, 40 ambulances and 7 buses."),
        (CONVOY, "The convoy comprises 12 trucks, 7 ambulances and 40 buses."),
        (QUAKE, "The earthquake killed 140 people, injured 600 others and destroyed 23 homes."),
    ],
)
def test_figures_that_change_the_words_beside_them_are_exchanged(source: str, target: str) -> None:
    assert "exchanged" in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (CONVOY, "Forty lorries, 12 ambulances and seven buses make up the convoy."),
        (CONVOY, "With 7 buses, 12 ambulances and 40 trucks, the convoy is long."),
        (QUAKE, "Twenty-three people died, 140 were hurt and 600 houses were levelled in the quake."),
        (QUAKE, "The quake levelled 600 houses, leaving 140 hurt and 23 dead."),
    ],
)
def test_figures_in_another_order_are_not_exchanged(source: str, target: str) -> None:
    assert not errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "وقعت الحكومة الاتفاق لكنها لم تنشر نصه.",
            "The government did not sign the agreement but published its text.",
        ),
        (
            "لن ينضم البلد إلى الحلف ولن يسمح بعبور الجنود.",
            "The country will join the alliance but will not allow soldiers to cross.",
        ),
        (
            "طلب المسؤول عدم ذكر اسمه وقال إن الأموال لن تصادر.",
            "The official, who asked not to be named, said the money will be confiscated.",
        ),
    ],
)
def test_what_is_denied_of_the_wrong_word_is_withheld(source: str, target: str) -> None:
    assert "negation" in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("وقعت الحكومة الاتفاق لكنها لم تنشر نصه.", "The government signed the agreement without publishing its text."),
        (
            "لن ترسل الحكومة قوات ما لم يتم التوصل إلى اتفاق.",
            "Only once there is a deal will the government send troops.",
        ),
        (
            "حذر المحافظ الحكومة من زيادة الإنفاق.",
            "The government was warned by the head of the bank not to raise spending.",
        ),
    ],
)
def test_a_denial_in_other_words_is_not_withheld(source: str, target: str) -> None:
    assert not errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("قال الوزير إن بلاده لن تشارك.", "The foreign minister said that his country would not take part."),
        ("التقى رئيس البرلمان سفير فرنسا.", "The president met the French ambassador."),
        ("قال نجل الرئيس إن والده في صحة جيدة.", "The president said that his father is in good health."),
        ("ارتفعت الأسعار بسبب نقص الوقود.", "Prices rose despite a fuel shortage."),
        ("تنقضي المهلة بعد غد.", "The deadline expires tomorrow."),
        ("يجب على المصدرين الحصول على ترخيص.", "Exporters may obtain a licence."),
        ("يمكن للمزارعين التقدم بطلبات التعويض.", "Farmers must apply for compensation."),
        ("قد يلجأ البنك المركزي إلى رفع الفائدة.", "The central bank will resort to raising interest rates."),
        ("قالت شقيقة الزعيم إن البلاد لن تتفاوض.", "The leader said the country would not negotiate."),
        ("سجل الإنتاج أدنى مستوى له منذ عقد.", "Output reached its highest level in a decade."),
        ("لم يصل الوفد إلى المدينة بعد.", "The delegation has already reached the city."),
        ("وقالت الشرطة إن السائق كان مخمورا.", "The driver was drunk."),
        ("بحسب الحكومة فإن الخزينة خالية.", "The treasury is empty."),
    ],
)
def test_an_office_a_duty_a_cause_or_a_speaker_that_is_lost_or_becomes_another_is_withheld(
    source: str, target: str
) -> None:
    assert "qualifiers" in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("التقى رئيس البرلمان سفير فرنسا.", "The speaker of parliament met the French ambassador."),
        ("التقى الوزير نظيره التركي.", "The minister met the Turkish foreign minister."),
        ("قال نجل الرئيس إن والده في صحة جيدة.", "The president is in good health, his son said."),
        ("ارتفعت الأسعار لكن الإنتاج لم يتراجع.", "Output did not fall despite higher prices."),
        ("يجب على المصدرين الحصول على ترخيص.", "Exporters can only sell with a licence."),
        ("قد يلجأ البنك المركزي إلى رفع الفائدة.", "The central bank could raise interest rates."),
        ("وقالت الشرطة إن السائق كان مخمورا.", "The driver, police believe, was drunk."),
    ],
)
def test_an_office_a_duty_a_cause_or_a_speaker_in_other_words_is_not_withheld(source: str, target: str) -> None:
    assert "qualifiers" not in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("تنقل السفينة الحبوب من أوديسا إلى إسطنبول.", "The ship carries grain from Istanbul to Odesa."),
    ],
)
def test_who_acts_on_whom_and_from_where_to_where_is_kept(source: str, target: str) -> None:
    assert "exchanged" in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("منحت الحكومة الشركة عقد بناء المطار.", "The company was awarded the airport contract by the government."),
        (
            "حذر محافظ البنك المركزي الحكومة من زيادة الإنفاق.",
            "The government was warned by the central bank governor not to spend more.",
        ),
        ("تنقل السفينة الحبوب من أوديسا إلى إسطنبول.", "The ship takes grain to Istanbul from Odesa."),
        ("النفط القازاقي أرخص من النفط الروسي.", "Oil from Kazakhstan costs less than Russian crude."),
    ],
)
def test_who_acts_in_another_voice_or_order_is_not_withheld(source: str, target: str) -> None:
    assert "exchanged" not in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("سمع السكان دوي انفجارين في المدينة.", "Residents heard a loud explosion in the city.", "numbers"),
        ("يعتزم المصرفان دمج عملياتهما.", "The bank intends to merge its operations.", "numbers"),
        (
            "سيزور الرئيس المدينة قبل نهاية الشهر.",
            "The president will visit the city after the end of the month.",
            "opposites",
        ),
    ],
)
def test_two_told_as_one_and_a_time_turned_are_withheld(source: str, target: str, check: str) -> None:
    assert check in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "أكد الجانبان الروسي والصيني أهمية الحوار.",
            "The Russian side and the Chinese side stressed the importance of dialogue.",
        ),
        ("قتل جنديان وأصيب خمسة آخرون.", "Two soldiers died and five others were injured."),
        (
            "لن يزور الرئيس المدينة قبل نهاية الشهر.",
            "The president will not visit the city until after the end of the month.",
        ),
    ],
)
def test_two_and_times_in_other_words_are_not_withheld(source: str, target: str) -> None:
    assert not errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("استقبل الرئيس نظيره التركي في القصر.", "The president will receive his Turkish counterpart at the palace."),
        ("وقع الوزيران اتفاقا للتجارة.", "The two ministers will sign a trade agreement."),
        ("ستسلم بولندا أوكرانيا طائرات إضافية.", "Poland handed over additional aircraft to Ukraine."),
        ("من المتوقع أن تصدر المحكمة حكمها قبل حلول الصيف.", "The court issued its verdict before summer."),
        ("تعتزم طاجيكستان إصدار سندات دولية.", "Tajikistan has issued international bonds."),
    ],
)
def test_what_happened_is_not_told_as_coming_nor_the_reverse(source: str, target: str) -> None:
    assert "qualifiers" in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("وتشهد العاصمة عرضا للألعاب النارية الاثنين.", "The capital will see a fireworks display on Monday."),
        ("وقع الوزيران اتفاقا سيدخل حيز التنفيذ في أيار.", "The ministers signed a deal that will take effect in May."),
        ("أعلنت الوزارة إغلاق المعبر.", "The ministry said it will close the crossing."),
        ("ستسلم بولندا أوكرانيا طائرات إضافية.", "More aircraft are to be handed over to Ukraine by Poland."),
        (
            "من المتوقع أن تصدر المحكمة حكمها قبل حلول الصيف.",
            "A verdict is expected to be issued by the court before summer.",
        ),
    ],
)
def test_a_right_tense_in_other_words_is_not_withheld(source: str, target: str) -> None:
    assert not errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("زعمت الوزارة أن قواتها سيطرت على بلدتين.", "Its troops have captured two towns, the ministry claimed."),
        ("سلم البلد المطلوبين الثلاثة عشر.", "The country handed over the thirteen wanted people."),
        ("سيسلم المفاعل بصرف النظر عن تأخر التراخيص.", "The reactor will be delivered even though licences are late."),
    ],
)
def test_words_that_only_look_like_a_future_a_limit_or_a_contrast_are_not_withheld(source: str, target: str) -> None:
    assert "qualifiers" not in errors(source, target)


SIGNING = "بات الفريق على وشك التعاقد مع المهاجم."
APPEAL = "قدم النائب العام الليبي استئنافا على الحكم."
VOLUME = "ستشتري سلوفاكيا 900 مليون متر مكعب من الغاز."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SIGNING, "The team has completed the deal for the forward."),
        (APPEAL, "A Libyan lawmaker filed an appeal against the ruling."),
        (VOLUME, "Slovakia will buy 900 million cubic feet of gas."),
    ],
)
def test_an_end_that_is_near_an_office_and_a_unit_are_not_lost(source: str, target: str) -> None:
    assert "qualifiers" in errors(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SIGNING, "The team is on the verge of signing the forward."),
        (APPEAL, "The Libyan attorney general appealed against the ruling."),
        (VOLUME, "Slovakia will buy 900 million cubic metres of gas."),
        ("رفعت الجلسة لسماع شهود النفي.", "The hearing was adjourned to hear defence witnesses."),
        ("ما زالت الإيرادات دون مستواها السابق.", "Revenues remain below their previous level."),
    ],
)
def test_the_same_in_other_words_is_not_withheld(source: str, target: str) -> None:
    assert not errors(source, target)
