import re
from pathlib import Path

import pytest
import support_publication as support

from site_src.errors import MujazError, SettingsError
from site_src.render.labels import Language, cldr_plural, load_labels, plural_category
from site_src.render.typesetting import Typesetter
from site_src.tables import table

LABELS = load_labels([support.TEMPLATES], ["en", "ar"])


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "لا أخبار"),
        (1, "خبر واحد"),
        (2, "خبران"),
        (3, "3 أخبار"),
        (11, "11 خبرا"),
        (100, "100 خبر"),
        (103, "103 أخبار"),
    ],
)
def test_arabic_counts_take_the_form_of_their_number(count: int, words: str) -> None:
    assert LABELS["ar"].stories(count) == words


def test_english_counts_take_two_forms() -> None:
    assert [LABELS["en"].stories(count) for count in (0, 1, 2)] == ["0 stories", "1 story", "2 stories"]


@pytest.mark.parametrize("code", sorted(table("plurals")))
def test_the_plural_forms_that_are_kept_are_those_of_cldr(code: str) -> None:
    numbers = [*range(1205), 10_003, 100_011, 1_000_000]
    assert [plural_category(code, n) for n in numbers] == [cldr_plural(code, n) for n in numbers]


def test_every_arabic_plural_has_the_six_forms() -> None:
    import tomllib

    tables = tomllib.loads((support.TEMPLATES / "labels/ar.toml").read_text("utf-8"))["labels"]
    forms = {key: set(value) for key, value in tables.items() if isinstance(value, dict)}
    assert forms and all(found == {"zero", "one", "two", "few", "many", "other"} for found in forms.values())


def test_both_languages_have_places_for_the_same_words() -> None:
    def places(code: str) -> dict[str, set[str]]:
        words = {key: getattr(LABELS[code], key) for key in LABELS[code].keys}
        return {key: set(re.findall(r"\{(\w+)\}", value)) for key, value in words.items() if isinstance(value, str)}

    english, arabic = places("en"), places("ar")
    assert {key for key in english if not arabic[key] <= english[key]} == set()


def test_what_is_put_into_a_label_is_escaped() -> None:
    assert LABELS["en"].published.format(date="<b>") == "Published &lt;b&gt;"


def test_a_misspelt_label_of_a_site_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.toml").write_text('[labels]\nhome_titel = "Briefs"\n', "utf-8")
    with pytest.raises(SettingsError) as error:
        load_labels((tmp_path, support.TEMPLATES), ("en", "ar"))
    assert "labels/en.toml has it: did you mean 'home_title' there?" in str(error.value)


def test_a_missing_label_is_an_error_naming_key_and_file() -> None:
    with pytest.raises(MujazError, match=r"labels/en\.toml.*'no_such_label'"):
        LABELS["en"].no_such_label  # noqa: B018


def test_labels_that_one_language_lacks_are_said_together(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    text = (support.TEMPLATES / "labels/en.toml").read_text("utf-8").replace('code = "en"', 'code = "xx"')
    text = text.replace('skip = "Skip to the content"\n', "").replace('search = "Search"\n', "")
    (tmp_path / "labels/xx.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_labels([tmp_path, support.TEMPLATES], ["en", "xx"])
    assert [re.findall("'(.*)'", mistake)[0] for mistake in caught.value.mistakes] == ["search", "skip"]


@pytest.mark.parametrize(("edition", "called"), [("en", "Persian"), ("ar", "الفارسية")])
def test_a_source_language_without_a_label_file_is_called_by_its_name(edition: str, called: str) -> None:
    assert LABELS[edition].name_of(Language("fa", "fa", "rtl", "en")) == called


def test_a_language_without_labels_is_named() -> None:
    with pytest.raises(MujazError, match=r"labels/fr\.toml"):
        load_labels([support.TEMPLATES], ["fr"])


def test_a_site_may_change_one_word_and_keep_the_rest(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels/en.toml").write_text('[labels]\nhome_title = "Morning brief"\n', "utf-8")
    labels = load_labels([tmp_path, support.TEMPLATES], ["en"])["en"]
    assert (labels.home_title, labels.search) == ("Morning brief", "Search")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("desk = 3", "line 1: desk = 3: must be a table"),
        ("[lables]\na = 'b'", "line 1: lables: there is no such key; did you mean 'labels'?"),
        ("[language]\ncodes = 'en'", "line 2: language.codes: there is no such key; did you mean 'code'?"),
        ("[languages]\nfr = 3", "line 2: languages.fr = 3: must be a string"),
        ("[calendar]\nweekdays = ['Mon']", "line 2: calendar.weekdays = ['Mon']: must be a list of 7 strings"),
        ("[calendar]\nweekdays = 7", "line 2: calendar.weekdays = 7: must be a list of 7 strings"),
        ("[calendar]\nday_month = '{year}'", "must have no places but {day}, {month}"),
        ("[labels]\nsearch = true", "line 2: labels.search = True: must be a string"),
        ("[labels]\nsearch = {other = 'a'}", "labels.search = {'other': 'a'}: must be a string"),
        ("[labels]\nstories = '{n}'", "labels.stories = '{n}': must be a table of plural forms"),
        ("[labels]\nstories = {one = 'a', other = 3}", "labels.stories.other = 3: must be a string"),
        ("[labels]\nstories = {one = 'a'}", "labels.stories.other: is missing"),
        ("[desk]\nsave = []", "line 2: desk.save = []: must be a string"),
        ("[labels]\nsearch = ", "is not TOML"),
        (f"a = {'[' * 9999}", "is not TOML"),
    ],
)
def test_a_slip_in_a_label_file_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels/en.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_labels([tmp_path, support.TEMPLATES], ["en"])
    assert len(caught.value.mistakes) == 1 and said in caught.value.mistakes[0]


def test_every_label_that_a_template_names_exists() -> None:
    used = {key for path in support.TEMPLATES.glob("*") if path.is_file()
            for key in re.findall(r"\bL\.([a-z_]+)", path.read_text("utf-8"))}  # fmt: skip
    assert used - LABELS["en"].keys - {"language", "name_of", "calendar"} == set()


def test_a_template_error_names_file_line_and_page(tmp_path: Path) -> None:
    (tmp_path / "archive.html").write_text("\n\n{{ nothing_of_the_kind }}", "utf-8")
    with pytest.raises(MujazError, match=r"archive\.html, line 3: .*nothing_of_the_kind.* en/archive/index\.html"):
        support.build(templates=(tmp_path, support.TEMPLATES))


def test_a_template_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive.html").write_text("\n{% if %}", "utf-8")
    with pytest.raises(MujazError, match=r"archive\.html, line 2"):
        Typesetter((tmp_path, support.TEMPLATES)).fill("archive.html", {}, "x")


def test_a_site_may_change_a_template_a_word_and_a_colour_without_forking(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "static").mkdir()
    (tmp_path / "labels/en.toml").write_text('[labels]\narchive = "The files"\n', "utf-8")
    style = (support.TEMPLATES / "static/style.css").read_text("utf-8").replace("--paper:#fff;", "--paper:#fffaf0;", 1)
    (tmp_path / "static/style.css").write_text(style, "utf-8")
    heading = "<h1>{{ L.archive }}: {{ months | length }}</h1>"
    archive = f'{{% extends "base.html" %}}{{% block main %}}{heading}{{% endblock %}}'
    (tmp_path / "archive.html").write_text(archive, "utf-8")
    site = support.build(templates=(tmp_path, support.TEMPLATES))
    assert "<h1>The files: 4</h1>" in site["en/archive/index.html"].content.decode()
    assert b"--paper:#fffaf0" in site["assets/style.css"].content and b"<h1>" in site["ar/index.html"].content
