"""Names: found whatever particle, ending or spelling they stand in; the names file checked whole."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import pytest
from babel import Locale
from babel.core import get_global
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from site_src.errors import SettingsError
from site_src.model.fields import Found
from site_src.model.names import Name
from site_src.model.page import Article, Paragraph
from site_src.tables import table
from site_src.text.article import read_article
from site_src.text.fold import fold
from site_src.text.names import Form, NameBook, cldr_names, load_names, parse_names, suggest

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "names"

HUNGARY = Name(
    id="hungary", kind="place", en="Hungary", ar="المجر", ar_variants=("هنغاريا",), ar_adjectives=("مجري",),
    en_adjectives=("Hungarian",),
)  # fmt: skip
KOVACS = Name(id="kovacs", kind="person", en="Anna Kovács", ar="أنّا كوفاتش")


@pytest.fixture(scope="module")
def book() -> NameBook:
    return load_names(ROOT / "content" / "names.toml")


def found(book: NameBook, text: str) -> list[str]:
    """Names in Arabic text as "words=id", with a star for an adjective."""
    return [f"{text[s.start : s.end]}={s.name_id}{'' if s.direct else '*'}" for s in book.find(text)]


def english(book: NameBook, text: str) -> list[str]:
    return [f"{text[s.start : s.end]}={s.name_id}{'' if s.direct else '*'}" for s in book.find_english(text)]


def mistakes(text: str) -> str:
    with pytest.raises(SettingsError) as raised:
        parse_names(text, "names.toml")
    return str(raised.value)


def entry(**keys: str) -> str:
    lines = [f"{key} = {value if value.startswith('[') else chr(34) + value + chr(34)}" for key, value in keys.items()]
    return "[[names]]\n" + "\n".join(lines) + "\n"


# ---- in Arabic ----


def rows(half: str) -> list[tuple[str, list[str]]]:
    lines = [line for line in (CASES / f"{half}.tsv").read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        (text, [words.strip() for words in wanted.split(";") if words.strip()])
        for text, _, wanted in (line.partition("\t") for line in lines)
    ]


@pytest.mark.parametrize(("text", "wanted"), rows("developed") + rows("held"))
def test_names_stand_where_a_reader_sees_them(book: NameBook, text: str, wanted: list[str]) -> None:
    assert found(book, text) == wanted


def test_a_span_keeps_the_article_and_drops_the_particles() -> None:
    book = NameBook.build([HUNGARY])
    assert found(book, "في المجر وبالمجر فللمجر") == ["المجر=hungary", "المجر=hungary", "لمجر=hungary"]


def test_vowel_marks_tatweel_and_invisible_marks_do_not_move_a_span() -> None:
    book = NameBook.build([HUNGARY])
    assert found(book, "وَالمَجَرُ، \u200fوالمـــجر") == ["المَجَرُ=hungary", "المـــجر=hungary"]


def test_a_family_name_behind_the_first_name_of_its_own_person_is_theirs_in_any_spelling() -> None:
    lavrov = Name("lavrov", "person", "Sergei Lavrov", "سيرغي لافروف", ar_variants=("سيرجي لافروف", "لاوروف"))
    book = NameBook.build([lavrov])
    assert found(book, "وصل سيرجي لاوروف ثم ألكسي لاوروف") == ["لاوروف=lavrov"]


def test_a_country_beside_the_word_today_is_no_broadcaster_unless_the_text_calls_it_one(book: NameBook) -> None:
    assert found(book, "أعلنت روسيا اليوم أنها انسحبت") == ["روسيا=russia"]
    assert found(book, "أعلنت قناة روسيا اليوم أنها توقفت") == ["قناة روسيا اليوم=rt"]


def test_an_adjective_points_to_its_country_in_every_inflection() -> None:
    book = NameBook.build([HUNGARY])
    forms = ["مجري", "المجرية", "للمجريين", "والمجريون", "المجريتان", "مجرياً", "المجريات", "بالمجريَّين"]
    for form in forms:
        (span,) = book.find(form)
        assert (span.name_id, span.direct) == ("hungary", False), form
    assert found(book, "المجرة والمجرم ومجرورات") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وصل الوزير الكوري الجنوبي.", "south-korea"),
        ("صادرات السيارات الكورية الجنوبية", "south-korea"),
        ("اتفق مسؤولون كوريون شماليون.", "north-korea"),
        ("فاز المنتخب الجنوب أفريقي.", "south-africa"),
        ("فازت عداءة جنوب أفريقية.", "south-africa"),
    ],
)
def test_the_adjective_of_a_country_of_two_words_points_to_it(text: str, name: str) -> None:
    book = load_names(ROOT / "content" / "names.toml")
    assert [(span.name_id, span.direct) for span in book.find(text)] == [(name, False)]


def test_a_final_ya_without_dots_is_an_adjective_only_where_the_page_writes_it_so() -> None:
    book = NameBook.build([HUNGARY])
    assert found(book, "تغير مجرى النهر") == []
    assert found(book, "قال الوزير المجرى فى بودابست") == ["المجرى=hungary*"]


def test_a_fathers_name_is_no_family_name_in_either_language() -> None:
    book = NameBook.build([Name("prince", "person", "Khalid bin Nasser", "خالد بن ناصر")])
    assert found(book, "خالد بن ناصر والملك ناصر") == ["خالد بن ناصر=prince"]
    assert english(book, "Khalid bin Nasser and King Nasser") == ["Khalid bin Nasser=prince"]


def test_a_family_name_counts_only_beside_its_full_name() -> None:
    book = NameBook.build([KOVACS])
    assert found(book, "قال كوفاتش") == []
    assert found(book, "قالت أنا كوفاتش ثم عادت كوفاتش") == ["أنا كوفاتش=kovacs", "كوفاتش=kovacs"]


def test_a_full_name_in_any_paragraph_of_the_article_is_enough() -> None:
    book = NameBook.build([KOVACS])
    first, second = book.find_all(["وصلت كوفاتش", "أنا كوفاتش"])
    assert [span.name_id for span in first + second] == ["kovacs", "kovacs"]


def test_somebody_with_another_first_name_is_somebody_else() -> None:
    book = NameBook.build([KOVACS])
    assert found(book, "أنا كوفاتش وبيتر كوفاتش") == ["أنا كوفاتش=kovacs"]


def test_a_child_of_the_same_name_is_somebody_else() -> None:
    book = NameBook.build([KOVACS])
    assert found(book, "وصل أنا كوفاتش الابن") == []
    assert book.find_english("Anna Kovács Jr. arrived") == book.find_english("Anna Kovács Junior arrived") == ()
    assert found(book, "وصلت أنا كوفاتش، الابنة الكبرى") == ["أنا كوفاتش=kovacs"]


def test_two_names_that_share_a_short_form_are_told_apart_by_the_article_or_left_alone() -> None:
    other = Name(id="son", kind="person", en="Béla Kovács", ar="بيلا كوفاتش")
    book = NameBook.build([KOVACS, other])
    assert found(book, "بيلا كوفاتش. قال كوفاتش") == ["بيلا كوفاتش=son", "كوفاتش=son"]
    assert found(book, "بيلا كوفاتش وأنا كوفاتش. قال كوفاتش") == ["بيلا كوفاتش=son", "أنا كوفاتش=kovacs"]


def test_the_longest_name_wins_and_a_comma_ends_a_name() -> None:
    sea = Name(id="sea", kind="place", en="Black Sea", ar="البحر الأسود")
    fleet = Name(id="fleet", kind="organisation", en="Black Sea Fleet", ar="البحر الأسود الروسي")
    book = NameBook.build([sea, fleet])
    assert found(book, "البحر الأسود الروسي والبحر الأسود") == ["البحر الأسود الروسي=fleet", "البحر الأسود=sea"]
    assert found(book, "البحر، الأسود") == []


def test_common_words_with_the_shape_of_a_name_are_left_alone(book: NameBook) -> None:
    for text in ("دعم مالي كبير", "افتتاح مول تجاري", "نهر عمان القديم", "بلغ القطر مترين", "وصل الشاهين"):
        assert all(span.name_id not in {"mali", "mol", "oman", "jeanne-shaheen"} for span in book.find(text)), text


def test_mentions_count_the_title_as_minus_one(book: NameBook) -> None:
    article = Article("a.txt", 1, "ar", Found(), (Paragraph("text", "وصل الوفد المجري.", 3),))
    mentions = read_article(article, Found("أوربان في واشنطن", "stated"), book).mentions
    assert [(m.name, m.paragraph, m.direct) for m in mentions] == [
        ("orban", -1, True),
        ("washington", -1, True),
        ("hungary", 0, False),
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=20), st.sampled_from(["المجر", "و", "لل", " ", "كوفاتش", "ـ", "َ"])), max_size=12
    )
)
def test_spans_lie_in_the_text_in_order_and_hold_the_name(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for span in NameBook.build([HUNGARY, KOVACS]).find(text):
        assert end <= span.start < span.end <= len(text)
        assert fold(text[span.start : span.end]).strip()[-1:] in fold("المجرياهنوتكوفاتش")
        end = span.end


def test_a_book_whose_forms_were_remembered_finds_the_same_names(book: NameBook) -> None:
    forms = msgpack.decode(msgpack.encode(book.forms), type=tuple[Form, ...])
    again = NameBook.build(book.names.values(), forms)
    for case in sorted((CASES.parent / "topics").glob("*.tsv")):
        lines = case.read_text("utf-8").splitlines()
        assert again.find_all(lines) == book.find_all(lines) != tuple(() for _ in lines)


# ---- in English ----


def test_english_names_are_found_in_any_case_with_possessive_accents_and_plural(book: NameBook) -> None:
    assert english(book, "Hungary's Orban and HUNGARIANS met Viktor Orbán.") == [
        "Hungary=hungary",
        "Orban=orban",
        "HUNGARIANS=hungary*",
        "Viktor Orbán=orban",
    ]


def test_english_acronyms_need_capitals_and_common_words_one(book: NameBook) -> None:
    assert english(book, "They told us to eat turkey, not Turkey, in the US.") == ["Turkey=turkey", "US=united-states"]
    assert english(book, "An ap was sent to AP.") == ["AP=ap"]


def test_english_forms_hold_what_a_translation_may_call_a_name(book: NameBook) -> None:
    forms = book.english_forms("hungary")
    assert {"Hungary", "Hungarian"} <= set(forms)
    assert book.english_forms("tokayev")[:2] == ("Kassym-Jomart Tokayev", "Tokayev")


# ---- the names file ----


def test_the_shipped_file_is_right_and_large_enough_and_has_no_office(book: NameBook) -> None:
    names = parse_names((ROOT / "content" / "names.toml").read_text("utf-8"))
    assert len(names) >= 160
    assert all(name.seen for name in names)
    assert {name.kind for name in names} == {"person", "place", "organisation", "agreement"}


@pytest.mark.parametrize(
    ("forms", "name_id"),
    [
        (["شوكت ميرزيوييف", "شافكات ميرزيوييف"], "mirziyoyev"),
        (["قرغيزستان", "قيرغيزستان"], "kyrgyzstan"),
        (["أوربان", "اوربان", "فيكتور اوربان"], "orban"),
        (["كازاخستان", "القازاقستان", "القازاقستاني"], "kazakhstan"),
        (["الأمريكي", "الأميركي", "الاميركية"], "united-states"),
        (["المجر", "هنغاريا", "الهنغاري"], "hungary"),
        (["سيردار بيردي محمدوف"], "serdar-berdimuhamedov"),
        (["صدير جباروف"], "japarov"),
        (["إمام علي رحمون"], "rahmon"),
    ],
)
def test_variants_of_the_press_lead_to_one_name(book: NameBook, forms: list[str], name_id: str) -> None:
    assert {span.name_id for form in forms for span in book.find(form)} == {name_id}


def test_every_mistake_of_the_file_is_said_at_once_with_its_line() -> None:
    said = mistakes(
        entry(id="one", kind="city", en="One", ar="واحة")
        + entry(id="two", kind="place", ar="ثانية", ar_variant="[]")
        + entry(id="Three", kind="place", en="Three", ar="مالي", ar_variants='["قمرين", ""]')
    )
    assert "line 3: one: kind = 'city': must be one of person, place, organisation, agreement" in said
    assert "line 6: two: en is missing; a name needs both languages" in said
    assert "line 10: two: ar_variant: there is no such key; did you mean 'ar_variants'?" in said
    assert "line 12: Three: id = 'Three': must be small ASCII letters" in said
    assert "line 15: Three: ar = 'مالي': is a common word" in said
    assert "line 16: Three: ar_variants = ['قمرين', '']: must be a list of words" in said


def test_an_arabic_form_of_two_names_and_an_id_used_twice_are_said_with_both_lines() -> None:
    said = mistakes(
        entry(id="one", kind="place", en="One", ar="الواحة الكبرى")
        + entry(id="two", kind="place", en="Two", ar="ثانية", ar_variants='["الواحه الكبري"]')
        + entry(id="one", kind="place", en="Three", ar="ثالثة")
    )
    assert "line 11: two: ar_variants = 'الواحه الكبري': stands for 'one' on line 5 already" in said
    assert "line 12: id = 'one': is used on line 1 already" in said
    assert "2 mistakes" in said


def test_what_is_not_toml_or_no_list_of_names_is_said_plainly(tmp_path: Path) -> None:
    assert "is not TOML" in mistakes("[[names]\n")
    assert "brackets stand within brackets too deep" in mistakes("names = " + "[" * 5_000)
    assert "entries begin with [[names]]" in mistakes("names = 3\n")
    assert "name: there is no such key; entries begin with [[names]]" in mistakes("[[name]]\nid = 'x'\n")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_names(tmp_path / "missing.toml")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_names_or_a_list_of_mistakes(text: str) -> None:
    try:
        names = parse_names("[[names]]\n" + text)
    except SettingsError as error:
        assert error.mistakes
    else:
        assert names


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "kind", "en", "ar", "ar_variants", "ar_adjectives", "note", "arr"]),
        st.sampled_from(
            ['""', '"x"', '"place"', "[]", '["مجري", "ا ب"]', "3", "[1]", "{ a = 1 }", "true", '["", "، "]']
        ),
    )
)
def test_wrong_values_of_any_type_are_mistakes_never_crashes(keys: dict[str, str]) -> None:
    text = "[[names]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items())
    try:
        parse_names(text)
    except SettingsError as error:
        assert all(mistake.startswith("line ") for mistake in error.mistakes)


# ---- CLDR ----


def test_cldr_gives_countries_with_their_adjectives() -> None:
    names = {name.country: name for name in cldr_names()}
    assert (names["JP"].en, names["JP"].ar) == ("Japan", "اليابان")
    book = NameBook.build(cldr_names())
    for text, country in [("الياباني", "JP"), ("البرتغالية", "PT"), ("الهنغاري", "HU"), ("الفنزويليين", "VE")]:
        assert [book.names[span.name_id].country for span in book.find(text)] == [country], text


def test_parts_of_continents_are_known_as_newsrooms_name_them() -> None:
    book = NameBook.build(cldr_names())
    said = {"غربي آسيا": "West Asia", "شمالي أفريقيا": "North Africa", "أوروبا الشرقية": "Eastern Europe"}
    for arabic, english in said.items():
        assert [one.name_id for one in book.find(arabic)] == [one.name_id for one in book.find_english(english)] != []


def test_what_cldr_says_is_not_held_when_the_names_are_read_and_can_be_asked_for_again(tmp_path: Path) -> None:
    once, again = tmp_path / "once", tmp_path / "again"
    once.mkdir()
    again.mkdir()
    names = cldr_names(once)
    tracemalloc.start()
    try:
        assert cldr_names(again) == names
        gc.collect()
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 1_000_000 < most, "read again, and let go again"
    assert Locale("ar").territories["HU"] == "هنغاريا"
    assert get_global("likely_subtags")["hu"] == "hu_Latn_HU"


def test_what_cldr_says_is_left_for_the_next_process_and_read_again_where_that_is_harmed(tmp_path: Path) -> None:
    names = cldr_names(tmp_path)
    (left,) = tmp_path.iterdir()
    whole = left.read_bytes()
    assert cldr_names(tmp_path) == names
    left.write_bytes(whole[:-1])
    assert cldr_names(tmp_path) == names
    assert left.read_bytes() == whole


def test_an_entry_of_the_file_takes_the_place_of_cldrs(book: NameBook) -> None:
    assert book.names["hungary"].ar == "المجر"
    assert [name.id for name in book.names.values() if name.ar == "تركيا"] == ["turkey"]


# ---- suggestions ----


def test_names_after_titles_that_the_book_lacks_are_suggested_with_their_count() -> None:
    texts = [
        "قال وزير الطاقة السلوفيني بوريس نوفاتشك إن السعر ارتفع.",
        "وأضاف الوزير بوريس نوفاتشك أن شركة «بتروفينا» ستربح، وزار أنا كوفاتش.",
    ]
    made = suggest(texts, NameBook.build([KOVACS]))
    assert [(s.form, s.kind, s.count) for s in made] == [
        ("بوريس نوفاتشك", "person", 2),
        ("بتروفينا", "organisation", 1),
    ]


def test_names_that_the_book_has_and_plain_words_are_not_suggested(book: NameBook) -> None:
    texts = [
        "قال الرئيس الأمريكي دونالد ترامب إن شركة غازبروم خسرت.",
        "قال رئيس الوزراء الجديد إن مدينة كبيرة ستبنى.",
        "أعلن الرئيس في خطاب أن شركة جديدة تأسست.",
        "هبطت الطائرة في مطار دولي قرب ميناء تجاري كبير، وأعلن مصرف مركزي رفع الفائدة.",
    ]
    assert suggest(texts, book) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_suggestions_never_fail(texts: list[str]) -> None:
    for suggestion in suggest(texts, NameBook.build([HUNGARY])):
        assert any(suggestion.form in text for text in texts)


def test_no_first_name_is_an_everyday_word_once_folded() -> None:
    first = {fold(name) for name in table("given_names")["names"]}
    assert first & {fold(word) for word in table("common_words")["ar"]} == set()


def test_a_plus_behind_a_name_makes_it_the_larger_one_where_the_names_file_says_so() -> None:
    book = load_names(Path(__file__).parent.parent / "content" / "names.toml")
    text = "وافقت أوبك+ على الزيادة، بحسب منظمة أوبك."
    assert [(span.name_id, text[span.start : span.end]) for span in book.find(text)] == [
        ("opec-plus", "أوبك+"),
        ("opec", "منظمة أوبك"),
    ]
    assert [span.name_id for span in book.find_english("OPEC+ met; OPEC said so.")] == ["opec-plus", "opec"]
    assert [span.name_id for span in book.find("بلغت حصة المجر 5.1+ بالمئة")] == ["hungary"]


@pytest.mark.parametrize(
    "text",
    [
        "أصدرت الشرطة الجنائية الدولية نشرة.",
        "سجل دروغبا هدفا للفريق.",
        "عاش تتار القرم هناك.",
        "كان جوابه ظريف المعنى.",
        "قال رجل متقي إن الصدق منجاة.",
    ],
)
def test_a_common_word_or_another_of_the_same_name_is_no_name_of_the_file(text: str) -> None:
    book = load_names(ROOT / "content" / "names.toml")
    assert not book.find(text)
