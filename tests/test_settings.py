"""Every mistake of site.toml is said at once: line, key, value, what is allowed."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert
from support_site import empty_site, run

from site_src import beside
from site_src.errors import SettingsError
from site_src.settings import Settings, load_settings, parse_settings
from site_src.settings.mistakes import mistakes_in

TOPIC = """
[[topics]]
slug = "rivers"
title = { en = "Rivers", ar = "أنهار" }
[[topics.groups]]
words = ["نهر"]
"""


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text)
    return caught.value.mistakes


def test_an_empty_file_is_a_site_with_defaults() -> None:
    settings = parse_settings("")
    assert settings.site.languages == ("en", "ar")
    assert settings.translation.publish == "checked"


def test_arabic_values_are_kept_as_written() -> None:
    settings = parse_settings('[site]\nname = { ar = "نشرة أ", en = "Bulletin A" }\n' + TOPIC)
    assert settings.site.name["ar"] == "نشرة أ"
    assert settings.topics[0].title["ar"] == "أنهار"


def test_all_mistakes_are_said_together_with_key_value_and_what_is_allowed() -> None:
    found = mistakes('[site]\noriginal = "whole"\nhome_stories = "five"\nnam = { ar = "x" }\n')
    assert len(found) == 3
    assert any("site.original = 'whole'" in each and "'excerpt', 'full' or 'none'" in each for each in found)
    assert any("site.home_stories = 'five'" in each and "integer" in each for each in found)
    assert any("site.nam" in each and "did you mean 'name'" in each for each in found)


def test_what_is_out_of_range_is_told_with_what_is_of_the_wrong_kind() -> None:
    said = mistakes(
        '[site]\nhome_storys = 3\npage_stories = 0\nbase_url = "ftp:/x"\n[summary]\nsentences = "four"\nwords = 1\n'
    )
    assert [each.split()[2].rstrip(":") for each in said] == [
        "site.home_storys", "summary.sentences", "site.base_url", "site.page_stories", "summary.words",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    '[site]\nlanguages = 5\nname = { xx = "Name" }\n',
    '[site]\nlanguages = [5]\n',
    '[site]\nname = { en = 1, ar = "اسم" }\n',
    TOPIC.replace('[[topics.groups]]\nwords = ["نهر"]', "groups = 5"),
])  # fmt: skip
def test_what_only_waits_for_a_wrong_value_is_not_told_beside_it(text: str) -> None:
    assert len(mistakes(text)) == 1


def test_a_mistake_is_told_with_its_line() -> None:
    assert mistakes('[site]\n\nhome_stories = "five"\n')[0].startswith("line 3: site.home_stories")
    assert mistakes(TOPIC + "[[topics]]\ntitle = {}\n")[0] == "line 7: topics.2.slug: is missing"


@pytest.mark.parametrize("key", ["threshold", "groups.1.weight", "groups.1.least"])
@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_score_that_no_story_can_be_measured_by_is_refused(key: str, value: str) -> None:
    line = f"{key.rpartition('.')[2]} = {value}\n"
    text = TOPIC.replace("[[topics.groups]]\n", f"{line}[[topics.groups]]\n") if key == "threshold" else TOPIC + line
    assert f"topics.1.{key} = {value}: must be a finite number" in mistakes(text)[0]


@pytest.mark.parametrize("length", ["words = 99999999999999999999999", "words = 0", "sentences = -1"])
def test_the_length_of_the_summaries_of_a_topic_is_checked_as_that_of_all(tmp_path: Path, length: str) -> None:
    path = tmp_path / "site.toml"
    path.write_text(f"{TOPIC}[topics.summary]\n{length}\n", "utf-8")
    with pytest.raises(SettingsError, match=rf"topics\.1\.summary\.{length}: must be from 1"):
        load_settings(path)


def test_an_unknown_key_without_a_near_one_lists_the_keys() -> None:
    assert any("the keys are" in each and "threshold" in each for each in mistakes(TOPIC + "qqqq = 1\n")) or any(
        "the keys are" in each for each in mistakes("[zzz]\n")
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('base_url = "example.org/"', "must begin with https://"),
        ('base_url = "https://example.org"', "end with /"),
        ('base_url = "https://[example.org/"', "and a host"),
        ('base_url = "https:///briefs/"', "and a host"),
        ("contact = 2025-01-01", "contact = 2025-01-01: must be a string"),
        ("languages = []", "at least one language"),
        ('languages = ["en", "ar", "ru"]', "site.name.ru"),
        ('time_zone = "Asia/Almatty"', "did you mean 'Asia/Almaty'"),
        ('time_zone = "Asia"', "is no time zone"),
        ('time_zone = "../zoneinfo/UTC"', "is no time zone"),
        ('time_zone = "a\\u0000b"', "is no time zone"),
        ("home_stories = 0", "must be from 1 to 1000"),
        ('languages = ["en", "en"]', "names en twice"),
        ('extras = ["foo"]', "'names', 'archive', 'search' or 'data'"),
    ],
)
def test_a_wrong_value_of_the_site_is_named(line: str, said: str) -> None:
    assert any(said in each for each in mistakes(f"[site]\n{line}\n"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('engines = ["nope"]', "must be 'argos'"),
        ("length_cap = -1.0", "must be from 1 to 20"),
        ("max_source_words = 0", "must be from 1 to 2000"),
        ("no_repeat_ngram = -3", "must be from 0 to 20"),
    ],
)
def test_a_wrong_value_of_the_translation_is_named(line: str, said: str) -> None:
    assert any(said in each for each in mistakes(f"[translation]\n{line}\n"))


def test_a_topic_slug_used_twice_is_named() -> None:
    assert any("used twice" in each for each in mistakes(TOPIC + TOPIC))


@pytest.mark.parametrize("slug", ["../rivers", "Rivers", "rivers-", "أنهار", ""])
def test_a_topic_slug_that_could_not_stand_in_an_address_is_named(slug: str) -> None:
    said = mistakes(re.sub('slug = "[^"]*"', f'slug = "{slug}"', TOPIC))
    assert any("must be small ASCII letters" in each for each in said)


def test_a_topic_without_rules_is_named() -> None:
    bare = '[[topics]]\nslug = "rivers"\ntitle = { en = "Rivers", ar = "أنهار" }\n'
    assert any("has no rules" in each for each in mistakes(bare))


def test_a_topic_without_a_title_in_a_language_of_the_site_is_named() -> None:
    assert any("title.ar: is missing" in each for each in mistakes(TOPIC.replace(', ar = "أنهار"', "")))


def test_a_file_that_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text("[site]\nname = \n")
    with pytest.raises(SettingsError, match="line 2"):
        load_settings(path)


def test_what_was_left_of_settings_is_what_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "FOLDER", tmp_path / "kept")
    (tmp_path / "kept").mkdir()
    path, text = tmp_path / "site.toml", (Path(__file__).parent.parent / "site.toml").read_text("utf-8")
    path.write_text(text, "utf-8")
    assert load_settings(path) == load_settings(path) == parse_settings(text)
    (left,) = (tmp_path / "kept").iterdir()
    left.write_bytes(left.read_bytes()[:-1] + b"\0")
    assert load_settings(path) == parse_settings(text)
    path.write_text(text.replace("[translation]", "[translation]\nbeam = 99"), "utf-8")
    for _ in range(2):
        with pytest.raises(SettingsError, match=r"beam = 99: must be from 1 to 32"):
            load_settings(path)


@pytest.mark.parametrize("file", ["site.toml", "content/names.toml", "content/merge.toml", "content/record.jsonl"])
def test_a_file_that_a_word_processor_saved_in_another_encoding_is_told_what_to_do(tmp_path: Path, file: str) -> None:
    site = empty_site(tmp_path)
    (site / file).write_text("[site]", "utf-16")
    said = run("build", "--config", str(site / "site.toml"), code=1).stderr
    assert f"{site / file}: 1 mistake" in said
    assert "is not UTF-8 (byte 0); save it as UTF-8" in said


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml(?s:.*)No such file or directory; bring it back"):
        load_settings(tmp_path / "nowhere.toml")


@pytest.mark.parametrize("value", ["4.0", "true", '"4"', "[4]", "2025-11-08"])
def test_a_value_that_is_nearly_of_the_right_kind_is_a_mistake_all_the_same(value: str) -> None:
    assert any("site.home_stories" in each for each in mistakes(f"[site]\nhome_stories = {value}\n"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site = 3\n", "site = 3: must be a table"),
        ("topics = [3]\n", "topics.1 = 3: must be a table"),
        ("topics = 3\n", "topics = 3: must be a list"),
        ("[site]\nname = { ar = 3 }\n", "site.name.ar = 3: must be a string"),
        ("[site]\nname = []\n", "site.name = []: must be a table"),
        ('[site]\nextras = ["names", 3]\n', "site.extras.2 = 3: must be 'names', 'archive', 'search' or 'data'"),
        ("[site]\nshare_images = 1\n", "site.share_images = 1: must be true or false"),
        ("[site]\nseconds_per_page = true\n", "site.seconds_per_page = True: must be a number"),
        ("[site.colours]\nlink = 3\n", "site.colours.link = 3: must be a string"),
        ("[[topics]]\ntitle = {}\nthreshold = []\n", "topics.1.slug: is missing"),
        ("[[topics]]\ntitle = {}\nthreshold = []\n", "topics.1.threshold = []: must be a number"),
        ('[[topics]]\nslug = "a"\ntitle = {}\nsummary = { words = "x" }\n', "topics.1.summary.words = 'x'"),
        ('[[topics]]\nslug = "a"\ntitle = {}\n[[topics.groups]]\nneeds = 1\n', "did you mean 'need'"),
    ],
)
def test_a_mistake_is_told_with_the_keys_that_lead_to_it(text: str, said: str) -> None:
    assert any(said in each for each in mistakes(text))


NUMBERS = st.one_of(st.integers(-5, 5), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.recursive(
    st.one_of(st.booleans(), NUMBERS, st.sampled_from(["", "en", "any", "x"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["en", "name", "slug", "title", "groups", "need", "words"]), inner, max_size=3),
    ),
)


@given(st.dictionaries(st.sampled_from(["site", "summary", "translation", "topics", "other"]), VALUES))
def test_whatever_does_not_fit_is_put_into_words(raw: dict[str, object]) -> None:
    try:
        convert(raw, Settings)
    except ValidationError:
        assert mistakes_in(raw, Settings)
    else:
        assert mistakes_in(raw, Settings) == []


PLAIN = "stands where only plain signs may: \" or ' around a text, a plain comma behind it, = before a value"
VALUE = "no value stands here: a text needs quotation marks around it"
QUOTED = "stands outside of quotation marks: words and keys of such letters need them"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[site]\nname = { en = "A" }\n\nlanguages = [\n  "en",\n  "ar"\n\n# words\n[summary]\nwords = 9\n',
         "line 4: Unclosed array: it begins here and is still open on line 9"),
        ('[site]\ntime_zone = "UTC\nbase_url = ""\n', "line 2: a closing quotation mark is missing"),
        ('[site]\ntime_zone = "UTC', "line 2: a closing quotation mark is missing"),
        ('[site]\ntime_zone = """UTC\n\nbase_url = ""\n', "line 2: the text that begins here is never closed"),
        ("[site]\nbase_url = \n", f"line 2: {VALUE}"),
        (f"[site]\nlanguages = {'[' * 5000}\n", "line 1: brackets stand within brackets too deep"),
        ('[site]\nlanguages ＝ ["en"]\n', f"line 2: ＝ (fullwidth equals sign) {PLAIN}"),
        ('[site]\nlanguages = [\n  “en”,\n]\n', f"line 3: “ (left double quotation mark) {PLAIN}"),
        ('[site]\nlanguages = ["en"، "ar"]\n', f"line 2: ، (arabic comma) {PLAIN}"),
        ('[site]\nhome_stories = ٥ # خمسة\n', f"line 2: ٥ (arabic-indic digit five) {PLAIN}"),
        ('[site]\nاسم = "موجز"\n', f"line 2: ا (arabic letter alef) {QUOTED}"),
        ('[site]\nlicence = """\nنص\n""" x\n', "line 4: something stands behind the value: a text, or a date in "
                                               "another form than 2025-11-08, needs quotation marks around all of it, "
                                               "in what begins on line 2: is it closed?"),
        ("[summary]\nwords = 9\nwords = 90\n", "line 3: this key has a value above already"),
        ('[site]\nname = { ar = "موجز" en = "A" }\n', "line 2: Unclosed inline table"),
        ('[site]\nlanguages = [\n "en",\n ar,\n]\n', f"line 4: {VALUE}, in what begins on line 2: is it closed?"),
    ],
)  # fmt: skip
def test_what_is_not_toml_is_told_where_the_person_must_look(text: str, said: str) -> None:
    assert mistakes(text) == (f"is not TOML: {said}",)
