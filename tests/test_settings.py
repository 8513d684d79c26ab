"""Every mistake of site.toml is said at once: key, value, what is allowed."""

import subprocess
import sys
from pathlib import Path

import pytest

from site_src.errors import SettingsError
from site_src.settings import load_settings, parse_settings

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


def test_an_unknown_key_without_a_near_one_lists_the_keys() -> None:
    assert any("the keys are" in each and "threshold" in each for each in mistakes(TOPIC + "qqqq = 1\n")) or any(
        "the keys are" in each for each in mistakes("[zzz]\n")
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('base_url = "example.org/"', "must begin with https://"),
        ('base_url = "https://example.org"', "end with /"),
        ("languages = []", "at least one language"),
        ('languages = ["en", "ar", "ru"]', "site.name.ru"),
        ('time_zone = "Asia/Almatty"', "did you mean 'Asia/Almaty'"),
        ('time_zone = "Asia"', "is no time zone"),
        ('time_zone = "../zoneinfo/UTC"', "is no time zone"),
        ('time_zone = "a\\u0000b"', "is no time zone"),
        ("home_stories = 0", "must be from 1 to 1000"),
        ('languages = ["en", "en"]', "names en twice"),
        ('extras = ["foo"]', "'names', 'archive' or 'search'"),
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


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_settings(tmp_path / "nowhere.toml")


def test_settings_without_a_mistake_need_no_pydantic() -> None:
    shipped = Path(__file__).parent.parent / "site.toml"
    code = (
        "import sys; from pathlib import Path; from site_src.settings import load_settings\n"
        f"load_settings(Path({str(shipped)!r})); print('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=shipped.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("value", ["4.0", "true", '"4"', "[4]", "2025-11-08"])
def test_a_value_that_is_nearly_of_the_right_kind_is_a_mistake_all_the_same(value: str) -> None:
    assert any("site.home_stories" in each for each in mistakes(f"[site]\nhome_stories = {value}\n"))
