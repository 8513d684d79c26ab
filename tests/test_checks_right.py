"""Right translations that were withheld or warned of, and beside each kind of them a fault that must still be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_src.text.names import load_names
from site_src.translate.checks import check_pair

NAMES = load_names(Path(__file__).parent.parent / "content" / "names.toml")


def found(source: str, target: str) -> set[tuple[str, str]]:
    return {(each.check, each.severity) for each in check_pair(source, target, NAMES)}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("وصل الوفد إلى بيشكك يوم الجمعة.", "The delegation reached Bishkek on Friday."),
        ("زار الكاتب كيبك وبيشكك ثم عاد.", "The writer visited Quebec and Bishkek, then went home."),
        ("أغلق المطار في صنعاء ساعتين.", "The airport in Sana'a was closed for two hours."),
        ("عرضت قطر الوساطة على كاراكاس.", "Qatar has offered to mediate with Venezuela."),
        ("استقبل الوزير العماني وفدا من اليابان.", "The Omani minister received a delegation from Japan."),
        ("زادت صادرات الاتحاد من القمح في الشهر الماضي.", "EU exports of wheat rose in the past month."),
        ("ساعد الصليب الأحمر 40 عائلة.", "The Red Cross helped 40 families."),
        ("قالت محكمة في دوشنبه إن القضية أغلقت.", "Tajikistan has closed the case, a court in Dushanbe said."),
        ("قرر البنك المركزي الأوروبي خفض الفائدة.", "The ECB has decided to cut interest rates."),
        ("بني الفندق في ماشولبون آتا قبل عام.", "The hotel was built in Mashulpon Ata a year ago."),
        ("زار رشيد ميريكوف والدته.", "Rasit Merekow visited his mother."),
        ("نجت الملكة من انفجار في القصر.", "The queen was unhurt by a blast at the palace."),
        ("نشر المرصد السوري لحقوق الإنسان قائمة.", "The Syrian Observatory for Human Rights published a list."),
        ("اشترت شركة مول المجرية مصفاة.", "Hungary's MOL has bought a refinery."),
        ("استؤنف القصف مع انتهاء الهدنة.", "Shelling started again as the truce ended."),
        ("يجتمع تحالف أوبك بلس الأحد.", "OPEC Plus meets on Sunday."),
        ("ينقص الحزب ثلاثة مقاعد عن النصف زائد واحد.", "The party is three seats short of an outright majority."),
        ("سيرتفع البحر مترا مع نهاية القرن.", "The sea will have risen by one metre by 2100."),
        ("ستنضب المياه في غضون أسبوعين.", "The water will run out within a fortnight."),
        ("تصدر المجلة شهريا.", "The magazine comes out every month."),
        ("لم ينج من الحريق سوى طفلة.", "Only a girl survived the fire."),
        ("وصل الزوار، نصفهم من اليابان.", "The visitors arrived, 50 percent of them from Japan."),
        ("يلزم مبلغ لا يقل عن 40 دينارا.", "A sum of no less than 40 dinars is needed."),
        ("زار غابور بن تاكاتش المعرض.", "The fair was visited by Gabor Takacs."),
        ("نشرت الأمم المتحدة تقريرا عن الجفاف.", "The U.N. has published a report on the drought."),
        ("تقلص العجز في ميزانية البلدية.", "The gap in the city budget has narrowed."),
        ("زادت المبيعات من يناير إلى يوليو.", "Sales grew in January-July."),
        ("وقد نشأ الخلاف قبل عامين.", "The dispute arose two years ago."),
    ],
)
def test_a_name_or_a_figure_in_its_usual_form_draws_nothing(source: str, target: str) -> None:
    assert not found(source, target)


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("شكك النائب في بيشكك في الأرقام.", "The lawmaker in Bishkek welcomed the figures.", "qualifiers"),
        ("أغلق المطار في صنعاء ساعتين.", "The airport in Cairo was closed for two hours.", "names"),
        ("عرضت قطر الوساطة على كاراكاس.", "Qatar has offered to mediate with Colombia.", "names"),
        ("استقبل الوزير العماني وفدا من اليابان.", "The Iraqi minister received a delegation from Japan.", "names"),
        ("زادت صادرات الاتحاد السوفيتي من القمح.", "EU exports of wheat rose.", "names"),
        ("سيرتفع البحر مترا مع نهاية العام.", "The sea will have risen by one metre by 2100.", "numbers"),
        ("قالت محكمة في دوشنبه إن القضية أغلقت.", "A court in Dushanbe said Uzbekistan has closed the case.", "names"),
        ("بني الفندق في ماشولبون على عجل.", "The hotel was built in a hurry in Mashulpon Ata.", "names"),
        ("نجت الملكة من انفجار قتل سائقها.", "The queen was killed in a blast that killed her driver.", "qualifiers"),
        ("سجن الشاعر ثم أفرجت عنه والدته.", "The poet was jailed, then his father had him released.", "opposites"),
        ("نشر المرصد السوري لحقوق الإنسان قائمة.", "A list was published by Minister Alimov.", "names"),
        ("اشترت شركة مول المجرية مصفاة.", "Hungary has bought a refinery for MOL.", "names"),
        ("لا تزال المحادثات بشأن ما تبقى جارية.", "Talks on what remains are no longer under way.", "qualifiers"),
        ("قصف مخزن سوري قرب حلب.", "A Syrian store near Damascus was shelled.", "names"),
        ("هبطت الطائرة قرب قمة بوبيدا.", "The aircraft landed near Garmo Peak.", "names"),
        ("وصل الزوار، نصفهم من اليابان.", "The visitors arrived, they are from Japan.", "qualifiers"),
        ("اغتيل الحاكم في مكتبه.", "The governor survived in his office.", "qualifiers"),
        ("يلزم مبلغ لا يقل عن 40 دينارا.", "A sum of no more than 40 dinars is needed.", "qualifiers"),
    ],
)
def test_another_name_or_figure_in_their_place_is_seen(source: str, target: str, check: str) -> None:
    assert check in {name for name, _ in found(source, target)}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("رفضت المحكمة الطعن.", "The court threw out the appeal."),
        ("لن يحضر الملك الحفل.", "The king will stay away from the party."),
        ("حذر الطبيب المريض من السفر.", "The doctor warned the patient not to travel."),
        ("لم يستشر الوزير الخبراء، وهذا خطأ.", "The minister should have asked the experts first."),
        ("لم يعد أمام القرية سوى الانتظار.", "All the village can now do is wait."),
        ("أكد الوزير أن بلاده لن تتخلى عن وعودها.", "The minister said that his country would stand by its promises."),
        ("ليس من المقرر أن تغير الشركة الأسعار.", "The company plans to leave prices as they are."),
        ("تنخفض الحرارة إلى ما دون الصفر في الجبال.", "Temperatures will drop below zero in the mountains."),
        ("لم يكن الطبيب في المدينة يوم الحادث.", "The doctor was out of town on the day of the accident."),
        ("لا يشمل القرار الطلاب ولا المعلمين.", "The decision does not cover pupils or teachers."),
        ("لم يعد بوسع أحد الصيد دون رخصة.", "Anyone who wants to fish now needs a permit."),
        ("عاد المغني إلى المسرح بعد غياب عامين.", "The singer returned to the stage after two years."),
        ("يعتزم المصنع الاستغناء عن ربع عماله.", "The factory plans to lay off a quarter of its workers."),
        ("لم يعرف الوادي ربيعا بهذا الجفاف منذ عام 1950.", "It is the valley's driest spring since 1950."),
        ("لم يسلم من السيل لا الجسر ولا السوق.", "Neither the bridge nor the market escaped the flood."),
        ("لا ينكر المدرب ضعف الفريق، لكنه لا يرى خطرا.", "The team is weak, the coach concedes, but in no danger."),
        ("لم يعلن عن اسم الضحية ولا عن عمرها.", "The victim's name and age have not been announced."),
        ("لن يشارك المدافع في اللقاء المقبل.", "The defender will miss the next match."),
        ("تراجعت قيمة الشركة إلى ما دون مليار دولار.", "The company's value has fallen below a billion dollars."),
        ("لم تتجاوز نسبة الأوراق الباطلة 2 في المئة.", "The share of invalid ballots did not exceed 2 percent."),
        ("اختير العميد بالتزكية.", "The dean had no rival and was chosen."),
        ("تحذير من نقص الدواء في المدينة", "City running short of medicine, says warning"),
        ("سجن التاجر بتهمة الكسب غير المشروع.", "The merchant was jailed on a charge of graft."),
    ],
)
def test_a_denial_in_words_that_affirm_is_no_error(source: str, target: str) -> None:
    assert ("negation", "error") not in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("رفضت المحكمة الطعن.", "The court heard the appeal."),
        ("لن يحضر الملك الحفل.", "The king will attend the party."),
        ("طلب الطبيب من المريض السفر.", "The doctor asked the patient not to travel."),
        ("لم يستشر الوزير الخبراء.", "The minister asked the experts."),
        ("لم يكن الطبيب في المدينة يوم الحادث.", "The doctor was in town on the day of the accident."),
        ("لا يشمل القرار الطلاب ولا المعلمين.", "The decision covers pupils or teachers."),
        ("لا يجوز الصيد هنا إلا برخصة.", "Fishing is allowed here except with a permit."),
        ("اتهم التاجر بالغش، وهو ما ينفيه.", "The merchant was accused of fraud, which he admits."),
        ("لم تثبت التهمة، لكن القاضي أيد منعه من السفر.", "The charge was proven, but his travel ban was upheld."),
        ("لا ينكر المدرب ضعف الفريق.", "The coach denies that the team is weak."),
        ("لم يعرف الوادي ربيعا بهذا الجفاف منذ عام 1950.", "The valley has known so dry a spring since 1950."),
        ("منحت المحكمة البراءة في غياب الأدلة.", "The court acquitted him on the evidence."),
        ("ليس من المقرر أن تغير الشركة الأسعار.", "The company plans to change prices."),
    ],
)
def test_a_denial_that_is_lost_or_added_stays_an_error(source: str, target: str) -> None:
    assert ("negation", "error") in found(source, target)
