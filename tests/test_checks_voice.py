"""Who does it to whom, whatever the voice: passives, what is received, and persons whom no names file knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_src.text.names import load_names
from site_src.translate.checks import check_pair

NAMES = load_names(Path(__file__).parent.parent / "content" / "names.toml")


def found(source: str, target: str) -> set[str]:
    return {each.check for each in check_pair(source, target, NAMES)}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("تسلمت فنلندا من بولندا دبابات.", "Finland gave Poland tanks."),
        ("سلمت فنلندا بولندا دبابات.", "Finland received tanks from Poland."),
        ("تلقى الوزير تعليمات من الرئيس.", "The minister gave instructions to the president."),
        ("جرح الجنود برصاص مسلحين.", "The soldiers wounded gunmen."),
        ("هزم المحتجون الشرطة.", "The protesters were beaten by the police."),
        ("سجن القاضي المعارض شهرا.", "The dissident jailed the judge for a month."),
        ("استدعت وزارة الخارجية السفير الفنلندي.", "The Finnish ambassador summoned the foreign ministry."),
        ("أهان إيسكندروف زولفيا كريموفا.", "Zulfiya Karimova insulted Iskandarov."),
        (
            "أعلن النائب أن تيمور سعيدوف هزم زولفيا كريموفا.",
            "The lawmaker announced that Zulfiya Karimova beat Timur Saidov.",
        ),
        ("شكر أردوغان علييف.", "Aliyev thanked Erdogan."),
        (
            "استقبل بوتين، مساء الأحد، نظيره التركي أردوغان.",
            "Erdogan received his Russian counterpart Putin on Sunday evening.",
        ),
        ("صدرت الدنمارك الزبدة إلى بولندا.", "Poland sold butter to Denmark."),
        (
            "قالت النيابة العامة إن الوزير هدد القاضي مرتين.",
            "Prosecutors said that the judge twice threatened the minister.",
        ),
        ("استقبل الملك السفير الفنلندي.", "The Finnish ambassador received the king."),
    ],
)
def test_two_who_have_changed_places_are_seen_in_any_voice(source: str, target: str) -> None:
    assert "exchanged" in found(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("تسلمت فنلندا من بولندا دبابات.", "Poland gave tanks to Finland."),
        ("تسلمت فنلندا من بولندا دبابات.", "Finland received tanks from Poland."),
        ("سلمت فنلندا بولندا دبابات.", "Poland received tanks from Finland."),
        ("تلقى الوزير تعليمات من الرئيس.", "The president gave the minister instructions."),
        ("جرح الجنود برصاص مسلحين.", "Gunmen wounded the soldiers."),
        ("هزم المحتجون الشرطة.", "The police were beaten by the protesters."),
        ("خلف سعيدوف كريموف.", "Karimov handed over to Saidov."),
        ("دعت فنلندا وبولندا الجنود إلى الهدوء.", "Finland and Poland called on the soldiers to keep calm."),
        (
            "دعت مصر وقطر إلى الهدوء، وقالت الدوحة إنها راضية.",
            "Egypt and Qatar called for calm; Doha said it was content.",
        ),
        ("أثار قرار فنلندا غضب بولندا.", "Poland condemned the decision of Finland."),
        ("أهان إيسكندروف زولفيا كريموفا.", "Zulfiya Karimova was insulted by Iskandarov."),
        (
            "ماكرون في أنقرة.. أردوغان ينظر في طلب فرنسا إعفاءها.",
            "Macron in Ankara: Erdogan considers France’s request for an exemption.",
        ),
        ("برأت محكمة الجنايات بمصر الشاعر.", "An Egyptian criminal court acquitted the poet."),
        (
            "قال سفير فنلندا لوكالة الأنباء التركية إن تركيا شريك لفنلندا.",
            "Turkey is a partner of Finland, the Finnish ambassador told Turkish journalists.",
        ),
        ("لجأت الدنمارك إلى بولندا.", "Poland took in Denmark."),
        ("اقترضت الدنمارك من بولندا مليونا.", "Poland lent Denmark a million."),
        ("امتثل الملك لقرار المحكمة.", "The court forced the king to comply."),
        ("يحظى الملك بثقة الجيش.", "The army trusts the king."),
        ("خضع الطيار لاستجواب النيابة العامة.", "Prosecutors questioned the pilot."),
        ("هزمت الدنمارك أمام بولندا بهدف.", "Poland beat Denmark by a goal."),
        ("زارت زولفيا كريموفا إيسكندروف.", "Iskandarov received a visit from Zulfiya Karimova."),
    ],
)
def test_the_same_act_in_another_voice_is_no_exchange(source: str, target: str) -> None:
    assert "exchanged" not in found(source, target)


def test_a_stranger_with_the_surname_of_a_known_person_is_not_taken_for_him() -> None:
    assert not found("فاز النائب تيمور سعيدوف بالجائزة.", "Lawmaker Timur Saidov won the prize.")
    assert "names" in found("فاز النائب تيمور كريموف بالجائزة.", "Lawmaker Timur Saidov won the prize.")
