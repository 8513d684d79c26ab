"""The checks of acts: their contrary, who does them to whom, and right translations that say them in other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_src.text.names import load_names
from site_src.translate.checks import check_pair

NAMES = load_names(Path(__file__).parent.parent / "content" / "names.toml")


def found(source: str, target: str, severity: str = "") -> set[str]:
    return {each.check for each in check_pair(source, target, NAMES) if severity in {"", each.severity}}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("دعا الرئيس إلى إنهاء الحصار.", "The president called for the siege."),
        ("أهان المعارض رئيس البلدية.", "The dissident praised the mayor."),
        ("أثنى الوزير على الجنود.", "The minister insulted the soldiers."),
        ("غادرت الملكة المستشفى يوم الاثنين.", "The queen was taken to hospital on Monday."),
        ("انتخب المجلس عميده لولاية ثالثة.", "The council removed its dean for a third term."),
        ("طردت الحكومة السفير.", "The government thanked the ambassador."),
        ("منح العفو لأربعة صيادين.", "Four fishermen were sentenced."),
        ("عبر الوالي عن سعادته بالنتيجة.", "The governor expressed his sorrow at the result."),
        ("صفقت الشرطة للعدائين.", "The army applauded the runners."),
        ("زار الحاكم السابق القرية.", "The current governor visited the village."),
        ("أدرجت الوكالة المصنع في قائمتها.", "The agency removed the factory from its list."),
        ("ارتفعت الرسوم في نهاية الربيع.", "Fees fell at the end of the spring."),
        ("نفى الطبيب وجود أي علاقة، ونفته المستشفى أيضا.", "The doctor confirmed a link, and the hospital did too."),
        ("لن يزيد السعر على 90 دينارا.", "The price will be 90 dinars."),
        ("زار الرئيس مدرسة للبنات.", "The late president visited a girls' school."),
        ("أدانت الهيئة القصف.", "The body praised the shelling."),
        ("هتف أنصار المرشح.", "The candidate's opponents chanted."),
        ("جمدت النمسا أموال المصرف.", "Austria released the bank's money."),
        ("ظل الوزير صامتا.", "The president remained silent."),
        ("قاطع النواب الجلسة.", "Lawmakers attended the session."),
        ("أعلنت اللجنة نتائج أولية.", "The commission announced final results."),
        ("أمر الملك بإقالة وزير الدفاع.", "The king ordered the interior minister's dismissal."),
        ("لا يثق الناس بالحكومة.", "People do not trust the opposition."),
        ("استعادت القوات السيطرة على التل.", "The forces lost control of the hill."),
        ("نقلت الصحيفة عن مصدر أن التاجر هرب.", "The trader has fled."),
    ],
)
def test_the_contrary_of_an_act_is_seen(source: str, target: str) -> None:
    assert found(source, target) & {"opposites", "qualifiers"}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("دعا الرئيس إلى إنهاء الحصار.", "The siege must be lifted, the president said."),
        ("أثنى الوزير على الجنود.", "The soldiers won the minister's admiration."),
        ("غادرت الملكة المستشفى بعد إجراءات طبية.", "The queen was discharged once measures had been taken."),
        ("انتخب المجلس عميده لولاية ثالثة.", "The council voted its dean a third term."),
        ("لم يبق خبز في القرية بعد مغادرة الشاحنات.", "No bread was left in the village when the lorries went."),
        ("صفقت قوات الأمن للعدائين.", "The police applauded the runners."),
        ("طردت الحكومة السفير.", "The ambassador was told by the government to go."),
        ("سافر في مختلف أرجاء البلاد من أجل السلام.", "He travelled across the country for peace."),
        ("حصل على قرض طويل الأجل لأجل غير مسمى.", "He took out a long-term loan with no end date."),
        ("زار الرئيس ضريح الملك الراحل.", "The president visited the tomb of the late king."),
    ],
)
def test_an_act_in_other_words_is_no_contrary(source: str, target: str) -> None:
    assert not found(source, target) & {"opposites", "qualifiers"}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("احترق المخزن ليل الخميس الجمعة.", "The store burnt down on Thursday night."),
        ("احترق المخزن ليل الخميس-الجمعة.", "The store burnt down in the small hours of Friday."),
        ("تسلم الجيش مقاتلات من طراز سو-٣٥.", "The army has received fighters of the Su-35 type."),
        ("تعهد الوالي بألا ترفع الرسوم.", "The governor promised that fees would stay as they are."),
        ("هذا أسوأ جفاف تشهده البلاد منذ قرن.", "The country has not had such a drought in a century."),
        ("شطبت الوكالة المصنع من القائمة.", "The factory is no longer on the agency's list."),
        ("تزوج في الأربعين من عمره.", "He got married when he was forty."),
    ],
)
def test_a_day_a_figure_and_a_denial_in_other_words_draw_nothing(source: str, target: str) -> None:
    assert not found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("احترق المخزن ليل الخميس الجمعة.", "The store burnt down on Monday night."),
        ("اختفى التاجر قبل أسبوعين.", "The trader disappeared weeks ago."),
        ("خفض البنك الفائدة 40 نقطة أساس.", "The bank cut the rate by 40 percent."),
        ("تسلم الجيش مقاتلات من طراز ميغ-29.", "The army received MiG-31 fighters."),
        ("تسلم الجيش مقاتلات من طراز سو-٣٥.", "The army received Su-34 fighters."),
    ],
)
def test_another_night_an_unsaid_dual_a_point_made_a_percentage_and_another_model_draw_an_error(
    source: str, target: str
) -> None:
    assert "numbers" in found(source, target, "error")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("طلب الرئيس من بوتين تأجيل اللقاء.", "Putin asked the president to postpone the meeting."),
        ("حذرت المعارضة ماكرون من التأخير.", "Macron warned the opposition against delay."),
        ("وبخ لوكاشينكو رئيس الوزراء أمام الجميع.", "The prime minister scolded Lukashenko in front of everybody."),
        ("كلف الرئيس الجيش بحماية الميناء.", "The army tasked the president with protecting the port."),
        ("طردت تركيا دبلوماسيا روسيا.", "Russia expelled a Turkish diplomat."),
        ("ستسلم بولندا أوكرانيا سفينة.", "Ukraine will hand over a ship to Poland."),
        (
            "أقال الرئيس القرغيزي صدر جباروف كامتشيبك تاشييف.",
            "Kamchybek Tashiev dismissed the Kyrgyz president, Sadyr Japarov.",
        ),
        ("قال أربعة شهود إن أردوغان هدد بوتين.", "Four witnesses said that Putin threatened Erdogan."),
        ("قتل جندي تركي وأصيب مواطن روسي.", "A Russian soldier was killed and a Turkish citizen injured."),
        (
            "أنقذ الصيادون 40 بحارا ولا يزال 7 في عداد المفقودين.",
            "Fishermen rescued 7 sailors and 40 are still missing.",
        ),
    ],
)
def test_who_does_it_to_whom_is_turned_whatever_the_verb(source: str, target: str) -> None:
    assert "exchanged" in found(source, target, "error")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("طلب الرئيس من بوتين تأجيل اللقاء.", "Putin was asked by the president to postpone the meeting."),
        ("استقبل توكاييف بوتين في المطار.", "Putin flew in and met Tokayev at the airport."),
        ("زار بوتين توكاييف في بيته.", "Tokayev hosted Putin at his home."),
        ("قالت أنقرة إن بوتين سيزورها.", "Putin will visit Turkey, Ankara said."),
        ("تعتمد سلوفاكيا على روسيا في الغاز.", "Russia supplies Slovakia with gas."),
        ("هدد أردوغان بوتين، ثم هدد بوتين أردوغان.", "Erdogan threatened Putin, then Putin threatened Erdogan."),
        (
            "انتقد الرئيس الروسي فلاديمير بوتين الحكومة.",
            "The Russian president, Vladimir Putin, criticised the government.",
        ),
        ("وصل بوتين إلى أنقرة وكان أردوغان في استقباله.", "Putin was met by Erdogan in Ankara."),
        ("خسرت الحكومة ثقة البرلمان.", "Parliament withdrew its confidence in the government."),
    ],
)
def test_the_same_from_the_other_side_is_not_turned(source: str, target: str) -> None:
    assert "exchanged" not in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "غادر الرئيس العاصمة بعد اتخاذ إجراءات مشددة.",
            "The president flew out of the capital after strict measures were taken.",
        ),
        ("ظهر الملك للمرة الأولى في 12 نوفمبر.", "The king was first seen on November 12 and not seen until then."),
        ("أحبط النواب اقتراحا بحجب الثقة.", "Lawmakers defeated a motion of no confidence."),
        ("برأت المحكمة الطبيب.", "The doctor was found not guilty by the court."),
        ("زار الملك محمد السادس المدرسة.", "King Mohammed VI visited the school."),
        ("اغتال مجهولون قاضيا.", "A judge was shot dead by unknown men."),
        ("قال أردوغان إن بلاده ستساعد الضحايا.", "Turkey will help the victims, Erdogan said."),
        ("لا يثق الناس بالمجلس.", "The council is distrusted by the people."),
        ("نصح الطبيب الأمير بعدم السفر.", "The prince should stay at home, the doctor said."),
        ("أنهى الفريق الموسم في المركز الثالث.", "The team came third this season."),
        ("عين رئيسا لجهاز مكافحة المخدرات.", "He was made head of the narcotics agency."),
        (
            "نقلت رويترز عن متحدث باسم الاتحاد الأوروبي قوله إنه سيحضر.",
            "A European Union spokesman told Reuters that he would attend.",
        ),
    ],
)
def test_a_free_translation_of_an_act_draws_nothing(source: str, target: str) -> None:
    assert not found(source, target)
