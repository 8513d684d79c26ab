"""Limits of figures, decades, and who stands behind which preposition: right translations beside their faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_src.text.names import load_names
from site_src.translate.checks import check_pair

NAMES = load_names(Path(__file__).parent.parent / "content" / "names.toml")


def found(source: str, target: str) -> set[tuple[str, str]]:
    return {(each.check, each.severity) for each in check_pair(source, target, NAMES)}


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("قتل ما لا يقل عن 19 عاملا في المنجم.", "At most 19 workers were killed in the mine.", "error"),
        ("زار المتحف أكثر من 400 سائح.", "Fewer than 400 tourists visited the museum.", "error"),
        ("لم تتجاوز كلفة الجسر 7 ملايين دينار.", "The bridge cost more than 7 million dinars.", "error"),
        ("تجاوز عدد الطلاب 3 آلاف.", "The number of pupils fell short of 3,000.", "error"),
        ("يستغرق السفر أقل من ثلاث ساعات.", "The journey takes more than three hours.", "error"),
        ("غرق 12 بحارا على الأقل.", "At most 12 sailors drowned.", "error"),
        ("يحظر البيع لمن هم دون سن 21 عاما.", "Sale is banned to those over 21.", "error"),
        ("رسب أكثر من نصف التلاميذ.", "Less than half of the pupils failed.", "warning"),
        ("أيد الخطة أقل من 40% من السكان.", "More than 40% of residents backed the plan.", "error"),
    ],
)
def test_the_contrary_limit_of_a_figure_is_seen(source: str, target: str, severity: str) -> None:
    assert ("qualifiers", severity) in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("قتل ما لا يقل عن 19 عاملا في المنجم.", "No fewer than 19 workers were killed in the mine."),
        ("زار المتحف أكثر من 400 سائح.", "Over 400 tourists visited the museum."),
        ("لم تتجاوز كلفة الجسر 7 ملايين دينار.", "The bridge cost no more than 7 million dinars."),
        ("لم تتجاوز كلفة الجسر 7 ملايين دينار.", "The cost of the bridge did not exceed 7 million dinars."),
        ("يستغرق السفر أقل من ثلاث ساعات.", "The journey takes under three hours."),
        ("غرق 12 بحارا على الأقل، وفقد أقل من 5.", "At least 12 sailors drowned, under 5 are missing."),
        ("يحظر البيع لمن هم دون سن 21 عاما.", "Sale is banned to those under the age of 21."),
        ("ارتفع العدد من أقل من 30 إلى أكثر من 90.", "The number rose from fewer than 30 to more than 90."),
    ],
)
def test_the_same_limit_in_other_words_draws_nothing(source: str, target: str) -> None:
    assert not found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("توفي الرسام في الستينيات من عمره متأثرا بمرضه.", "The painter died of his illness in his sixties."),
        ("توفي الرسام في الستينيات من عمره متأثرا بمرضه.", "The painter, who was in his 60s, died of his illness."),
        ("بني السد في سبعينات القرن الماضي.", "The dam was built in the 1970s."),
        ("بني السد في السبعينيات.", "The dam was built in the seventies."),
        ("ودع الفريق الكأس من دور الثمانية.", "The team went out of the cup in the quarter-finals."),
        ("فاز الفريق بثلاثية نظيفة.", "The team won the match 3-0."),
        ("غطت المنحة خمسي الكلفة.", "The grant covered two-fifths of the cost."),
        ("فازت العداءة بسباق 800 متر.", "The runner won the 800m."),
        ("أصيب جنديان وقتل ثالث.", "Two soldiers were injured and another was killed."),
        ("تجرى الجولة الثانية يوم الأحد.", "The runoff will be held on Sunday."),
        ("زادت الأرباح بمقدار الخُمس هذا العام.", "Profits rose by 20 percent this year."),
        ("بدأ شهر شعبان أمس.", "The month of Sha'ban began yesterday."),
    ],
)
def test_a_figure_in_another_form_draws_nothing(source: str, target: str) -> None:
    assert not found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("توفي الرسام في الستينيات من عمره متأثرا بمرضه.", "The painter died of his illness in his eighties."),
        ("بني السد في السبعينيات.", "The dam was built in the 1990s."),
        ("ودع الفريق الكأس من دور الثمانية.", "The team went out of the cup in the semi-finals."),
        ("غطت المنحة خمسي الكلفة.", "The grant covered four-fifths of the cost."),
        ("لم تصرف الأجور منذ شهرين، لليوم الثاني.", "Wages have not been paid for two years, for a second day."),
    ],
)
def test_another_figure_in_its_place_is_an_error(source: str, target: str) -> None:
    assert ("numbers", "error") in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("سلمت بولندا إلى رومانيا مهربا مطلوبا.", "Romania handed over a wanted smuggler to Poland."),
        ("تعهدت النرويج بتقديم قرض للسودان.", "Sudan pledged to provide a loan to Norway."),
        ("قال دبلوماسي أردني في العراق إن المعبر فتح.", "An Iraqi diplomat in Jordan said the crossing had opened."),
        ("تفوقت الكينية على المغربية بفارق ثانية.", "The Moroccan finished a second ahead of the Kenyan."),
    ],
)
def test_a_preposition_that_passes_from_one_name_to_the_other_is_an_exchange(source: str, target: str) -> None:
    assert ("exchanged", "error") in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("سلمت بولندا إلى رومانيا مهربا مطلوبا.", "Poland extradited a wanted smuggler to Romania."),
        ("سلمت بولندا إلى رومانيا مهربا مطلوبا.", "Romania has received a wanted smuggler from Poland."),
        ("قال دبلوماسي أردني في العراق إن المعبر فتح.", "The crossing has opened, Iraq-based Jordanian diplomat said."),
        ("لجأت عائلة من السودان إلى النرويج.", "Norway took in a family from Sudan."),
    ],
)
def test_the_same_way_in_other_words_is_no_exchange(source: str, target: str) -> None:
    assert not any(check == "exchanged" for check, _ in found(source, target))


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("غرق القارب فمات 8 وفقد 31.", "31 died and 8 went missing when the boat sank.", "exchanged"),
        ("قتل 4 جنود واعتقل 17.", "Seventeen soldiers were killed and 4 arrested.", "exchanged"),
        (
            "هنأ رئيس غانا نظيره النيجيري.",
            "The president of Nigeria congratulated his Ghanaian counterpart.",
            "exchanged",
        ),
        (
            "تلقى وزير المالية الأردني رسالة من نظيره التونسي.",
            "The Jordanian minister sent a letter to his Tunisian counterpart.",
            "exchanged",
        ),
        ("توصل الطرفان إلى اتفاق مبدئي على المياه.", "The two sides reached a final agreement on water.", "opposites"),
        ("وصف النائب الخطة بأنها «وهم» والوزير بأنها «فرصة».", "The lawmaker called the plan an “illusion”.", "quotes"),
        ("لو وافق المجلس لكان العمل قد بدأ.", "The council agreed and work began.", "qualifiers"),
        ("أصيب ١٤ راكبا في الحادث.", "١٤ passengers were hurt in the accident.", "untranslated"),
        ("غلا الخبز منذ مطلع العام.", "Bread has been dearer since the end of the year.", "opposites"),
    ],
)
def test_what_was_swapped_dropped_or_left_is_seen(source: str, target: str, check: str) -> None:
    assert check in {name for name, _ in found(source, target)}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("غرق القارب فمات 8 وفقد 31.", "31 are missing and 8 died when the boat sank."),
        ("قتل 4 جنود واعتقل 17.", "Seventeen soldiers were arrested and 4 killed."),
        ("أقر المجلس القرار بأغلبية 61 صوتا مقابل 44.", "The council passed the decision by 61 votes to 44."),
        ("لو وافق المجلس لكان العمل قد بدأ.", "Had the council agreed, work would have begun."),
        ("هنأ رئيس غانا نظيره النيجيري.", "The president of Nigeria was congratulated by his Ghanaian counterpart."),
        ("سجل الهدف في الشوط الثاني.", "The second-half goal was scored by the guest."),
        ("سيطلق 50 أسيرا من كل جانب.", "The two sides will each free 50 prisoners."),
        ("أصيب ١٤ راكبا في الحادث.", "Fourteen passengers were hurt in the accident."),
        ("غلا الخبز منذ مطلع العام.", "Bread has been dearer since the start of the year."),
    ],
)
def test_the_same_counts_and_conditions_in_other_words_draw_nothing(source: str, target: str) -> None:
    assert not found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("يزيد عدد سكان المدينة على مليوني نسمة.", "The population of the city is less than two million."),
        (
            "قال الوزير إن أكثر من ثلث المصانع توقف.",
            "The minister said that less than a third of the factories had stopped.",
        ),
    ],
)
def test_a_least_figure_told_as_less_than_that_is_withheld(source: str, target: str) -> None:
    assert ("qualifiers", "error") in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("يشترط ألا يقل عمر المرشح عن ثلاثين سنة.", "Candidates must be at least thirty years old."),
        ("تفرض الحكومة غرامة تصل إلى 300 دولار.", "The government imposes a fine of up to 300 dollars."),
    ],
)
def test_a_figure_limited_in_other_words_is_not_withheld(source: str, target: str) -> None:
    assert ("qualifiers", "error") not in found(source, target)
