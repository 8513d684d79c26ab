"""Names in a machine's English: put right where it is certain which word is meant, left alone where it is not."""

from pathlib import Path

import pytest
from support_translate import Dictionary, brief, load_memory, translate

from site_src.model.names import Name
from site_src.text.names import NameBook
from site_src.translate.glossary import corrected, skeleton

BOOK = NameBook.build(
    [
        Name("tokayev", "person", "Kassym-Jomart Tokayev", "قاسم جومارت توكاييف"),
        Name("mirziyoyev", "person", "Shavkat Mirziyoyev", "شوكت ميرزيوييف"),
        Name("szijjarto", "person", "Péter Szijjártó", "بيتر سيارتو"),
        Name("gurbanov", "person", "Ali Gurbanov", "علي قربانوف"),
        Name("gurbanova", "person", "Leyla Gurbanova", "ليلى قربانوفا"),
        Name("kyrgyzstan", "place", "Kyrgyzstan", "قرغيزستان"),
        Name("eu", "organisation", "European Union", "الاتحاد الأوروبي"),
        Name("rubio", "person", "Marco Rubio", "ماركو روبيو"),
    ]
)
TOKAYEV, MIRZIYOYEV = "قال قاسم جومارت توكاييف ذلك", "قال شوكت ميرزيوييف ذلك"


@pytest.mark.parametrize(
    ("source", "text", "right"),
    [
        (TOKAYEV, "Toukayef said so", "Tokayev said so"),
        (TOKAYEV, "Yesterday Mr Tokaev said so.", "Yesterday Mr Tokayev said so."),
        (MIRZIYOYEV, "President Mirziof said so", "President Mirziyoyev said so"),
        (MIRZIYOYEV, "So said Mirziyoev, the president", "So said Mirziyoyev, the president"),
        ("زار الوفد قرغيزستان", "The delegation visited Kirghizstan", "The delegation visited Kyrgyzstan"),
        (f"{TOKAYEV} و{MIRZIYOYEV}", "Tokaiev and Mirzioyev said so", "Tokayev and Mirziyoyev said so"),
    ],
)
def test_a_misspelt_name_of_the_source_is_put_right(source: str, text: str, right: str) -> None:
    assert corrected(source, text, BOOK, "en")[0] == right


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (TOKAYEV, "Tokayev said so"),
        (TOKAYEV, "The president said so"),
        (TOKAYEV, "Tokaev met Tokayef and said so"),
        (TOKAYEV, "Takoyaki said so"),
        (TOKAYEV, "the tokaev said so"),
        ("قال الرئيس ذلك", "Tokaev said so"),
        ("قال ماركو روبيو ذلك", "Robew said so"),
        ("أيد الاتحاد الأوروبي ذلك", "The Europan Unoin backed it"),
        ("قال علي قربانوف وليلى قربانوفا ذلك", "Qurbanov said so"),
    ],
)
def test_what_is_not_certain_is_left_alone(source: str, text: str) -> None:
    assert corrected(source, text, BOOK, "en") == (text, ())


def test_another_language_is_left_alone() -> None:
    assert corrected(TOKAYEV, "Toukayef l'a dit", BOOK, "fr") == ("Toukayef l'a dit", ())


def test_spellings_of_one_name_have_one_skeleton() -> None:
    assert len({skeleton(word) for word in ("Mirziyoyev", "Mirzioev", "Mirziyaev", "Mirziof")}) == 1
    assert skeleton("Tokayev") != skeleton("Takoyaki")


def test_a_correction_is_recorded_in_the_memory(tmp_path: Path) -> None:
    translate(tmp_path, brief(TOKAYEV), engine=Dictionary({TOKAYEV: "Toukayef said so"}), names=BOOK)
    entry = load_memory(tmp_path, "en").lookup("ferry", TOKAYEV)
    assert entry is not None
    assert (entry.text, entry.note("corrected"), entry.state) == (
        "Tokayev said so", "Toukayef -> Tokayev", "machine",
    )  # fmt: skip
