"""Whole articles: every sentence translated, shown and remembered under the rules of the summary."""

import json
import shutil
from pathlib import Path

import lxml.html
import pytest
from test_render_site import nodes, script_of
from test_render_validity import SCHEMA, faults

from site_src.cli import main
from site_src.errors import SettingsError
from site_src.render.runs import has_words, split_runs
from site_src.settings import parse_settings
from site_src.translate.packages import manage

HERE = Path(__file__).parent
ENGLISH = dict(line.split("\t") for line in (HERE / "argos" / "pairs.tsv").read_text("utf-8").splitlines())
TITLE = "قمة جديدة تجمع قادة آسيا الوسطى"
FIRST = "وصل الوفد الكازاخي إلى واشنطن مساء الثلاثاء."
SECOND = "عقد الرئيسان جلسة مغلقة في العاصمة."
HEADING = "اتفاقات جديدة بين دول آسيا الوسطى"
STRANGE = "وذكر الصيادون في القرية أن الأمواج حطمت 14 قاربا قبل أن تهدأ الرياح في كازاخستان."
ENTRIES = ("وأعلنت طاجيكستان بناء سد جديد على النهر.", "وتصدر تركمانستان الغاز إلى جيرانها منذ سنوات.")
LAST = "وقعت الدول الخمس بيانا مشتركا بشأن المياه."
ARTICLE = f"""# {TITLE}

تاريخ النشر: 8 نوفمبر 2025

{FIRST} {SECOND}

## {HEADING}

{STRANGE}

- {ENTRIES[0]}
- {ENTRIES[1]}

{LAST}
"""
SETTINGS = """
[site]
{site}
[summary]
sentences = 1
words = 10
[translation]
articles = "full"
[[topics]]
slug = "asia"
title = {{ ar = "آسيا", en = "Asia" }}
threshold = 1.0
[[topics.groups]]
words = ["آسيا"]
"""
"""Of a site whose articles are all under one topic."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "users"))
    (tmp_path / "content" / "articles").mkdir(parents=True)
    shutil.copy(HERE.parent / "content" / "names.toml", tmp_path / "content")
    (tmp_path / "content" / "articles" / "summit.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "site.toml").write_text(SETTINGS.format(site='original = "full"'), "utf-8")
    return tmp_path


def build(site: Path, *more: str) -> None:
    assert main(["build", "--config", str(site / "site.toml"), "--out", str(site / "out"), *more]) == 0


def translated(site: Path) -> None:
    manage.install_file(HERE / "argos" / "tiny.argosmodel", site / "models")
    build(site)


def page(site: Path, code: str = "en") -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((site / "out" / code / "stories" / "summit.html").read_bytes())


def rows(site: Path, code: str = "en") -> list[tuple[str, str]]:
    """(own side, facing side) of each row of the whole article."""
    pairs = page(site, code).xpath("//section[@aria-labelledby='whole']//*[contains(@class, 'pair ')]")
    return [
        tuple(pair.xpath(f"string(./div[@class='{side}'])").strip() for side in ("own", "facing")) for pair in pairs
    ]


def memory(site: Path) -> Path:
    return site / "content" / "translations" / "summit.en.po"


def files(folder: Path) -> dict[str, bytes]:
    """All of a site; what it was made from (`build.json`) names the settings too and is left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "build.json"
    }


def test_every_sentence_stands_in_order_beside_its_source_and_waits(site: Path) -> None:
    build(site)
    found = rows(site)
    assert [facing.removeprefix("• ") for _, facing in found] == [FIRST, SECOND, HEADING, STRANGE, *ENTRIES, LAST]
    assert not any("Not translated yet" in own for own, _ in found)  # the page says it once of all
    assert "Kazakhstan" in found[3][0] and "14" in found[3][0]


def test_a_machine_fills_the_article_and_what_fails_a_check_is_withheld_in_its_place(site: Path) -> None:
    translated(site)
    found = rows(site)
    assert [own for own, _ in found[:2]] == [ENGLISH[FIRST], ENGLISH[SECOND]]
    assert found[3][0].startswith("Kazakhstan") and "Translation withheld" in found[3][0]
    assert [own for own, _ in found[4:6]] == [f"• {ENGLISH[entry]}" for entry in ENTRIES]
    assert "Argos Translate" in page(site).text_content()


def test_the_summary_and_the_article_share_one_entry_and_one_number(site: Path) -> None:
    translated(site)
    text = memory(site).read_text("utf-8")
    sources = [TITLE, FIRST, SECOND, HEADING, STRANGE, *ENTRIES, LAST]
    assert [text.count(f'msgid "{source}"') for source in sources] == [1] * len(sources)
    assert [text.index(source) for source in sources] == sorted(text.index(source) for source in sources)
    assert "#. place: body 1.2\n" in text and "#. place: paragraph 1\n" in text
    tree = page(site)
    summary = tree.xpath("//ol[contains(@class, 'pairs')]/li/@id")
    whole = tree.xpath("//section[@aria-labelledby='whole']//div[contains(@class, 'pair ')]")
    assert summary == ["s1"] and [row.get("data-s") for row in whole if not row.get("id")] == ["1"]
    numbered = [*summary, *filter(None, (row.get("id") for row in whole))]
    assert numbered == [f"s{number}" for number in range(1, len(sources))]


def test_a_persons_words_win_and_a_changed_sentence_is_stale(site: Path) -> None:
    translated(site)
    text = memory(site).read_text("utf-8")
    head, tail = text.split(f'msgid "{SECOND}"')
    approved = head[: head.rindex("#, fuzzy\n")] + f'msgid "{SECOND}"' + tail.replace(ENGLISH[SECOND], "They met.", 1)
    memory(site).write_text(approved, "utf-8")
    build(site)
    assert rows(site)[1][0] == "They met."
    article = site / "content" / "articles" / "summit.md"
    article.write_text(ARTICLE.replace("مغلقة في العاصمة", "مغلقة أخرى في العاصمة"), "utf-8")
    build(site)
    assert "changed after it was translated" in rows(site)[1][0]
    assert f'#| msgid "{SECOND}"' in memory(site).read_text("utf-8")


def test_only_what_a_person_approved_stands_where_the_site_wants_that(site: Path) -> None:
    settings = site / "site.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[translation]", '[translation]\npublish = "approved"'), "utf-8"
    )
    translated(site)
    assert all("Translation withheld" in own for own, _ in rows(site))


def test_paragraphs_stay_what_they_are(site: Path) -> None:
    translated(site)
    whole = page(site, "ar").xpath("//section[@aria-labelledby='whole']")[0]
    assert [heading.text for heading in whole.xpath(".//h3")] == [HEADING]
    assert [len(block.xpath("./div")) for block in whole.xpath("./div[@class='pairs']")] == [2, 1, 1, 2, 1]
    assert not page(site, "ar").xpath("//section[@aria-labelledby='original']")


@pytest.mark.parametrize("code", ["en", "ar"])
def test_every_node_names_its_language_and_direction(site: Path, code: str) -> None:
    translated(site)
    tree = page(site, code)
    assert [text for lang, text in nodes(tree)
            for run in split_runs(text, script_of(lang))[1::2] if has_words(run, script_of(lang))] == []  # fmt: skip
    for element in tree.xpath("//*[@lang]"):
        assert element.get("dir") == script_of(element.get("lang"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in tree.xpath("//a[starts-with(@href, '#')]/@href")} <= set(ids)


def test_a_later_build_gives_the_bytes_of_a_first_one(site: Path) -> None:
    translated(site)
    article = site / "content" / "articles" / "summit.md"
    article.write_text(ARTICLE + f"\n{SECOND}\n\nوأكد الوزير ذلك.\n", "utf-8")
    build(site)
    later = files(site / "out")
    for folder in (".cache", "out"):
        shutil.rmtree(site / folder)
    build(site)
    assert files(site / "out") == later


def test_the_file_for_machines_tells_the_article_by_paragraph_and_lists_tell_the_summary(site: Path) -> None:
    translated(site)
    briefing = json.loads((site / "out" / "briefing.json").read_bytes())
    assert faults(briefing, SCHEMA) == []
    body = briefing["stories"][0]["editions"]["en"]["body"]
    assert [block["kind"] for block in body] == ["text", "heading", "text", "list", "list", "text"]
    assert body[0]["sentences"][1]["text"] == ENGLISH[SECOND]
    assert "withheld" not in (site / "out" / "en" / "topics" / "asia" / "index.html").read_text("utf-8")


def test_a_site_in_the_articles_own_language_is_as_without_the_setting(site: Path) -> None:
    settings = site / "site.toml"
    settings.write_text(SETTINGS.format(site='original = "full"\nlanguages = ["ar"]'), "utf-8")
    build(site)
    wholly = files(site / "out")
    settings.write_text(settings.read_text("utf-8").replace('articles = "full"\n', ""), "utf-8")
    build(site)
    assert files(site / "out") == wholly


@pytest.mark.parametrize("original", ["excerpt", "none"])
def test_a_site_that_may_not_show_the_original_whole_is_told_so_with_both_keys(original: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings(SETTINGS.format(site=f'original = "{original}"'))
    assert "translation.articles" in str(refused.value) and "site.original" in str(refused.value)
