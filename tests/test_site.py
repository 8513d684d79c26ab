"""The whole way, through the command line: the three shipped pages, and what an editor drops in beside them."""

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
import support_site as support
from support_site import ROOT, TINY, tree

NEWS = "\n\n".join([
    "وزير الطاقة يعلن افتتاح خط جديد لنقل النفط عبر بحر قزوين",
    "تاريخ النشر: 12 يناير 2026",
    "أعلن وزير الطاقة في كازاخستان يوم الاثنين افتتاح خط جديد لنقل النفط من أكتاو إلى باكو عبر بحر قزوين "
    "بطاقة 3 ملايين طن سنويا.",
    "وقال الوزير إن أستانا وطشقند اتفقتا على توسيع الممر الأوسط، وإن رئيس كازاخستان قاسم جومارت توكاييف "
    "سيبحث المشروع مع قادة آسيا الوسطى في بيشكك.",
    "وأضاف أن بلاده لن توقف صادراتها عبر الأراضي الروسية في الوقت الحالي.",
    "المصدر: وكالة تجريبية",
])  # fmt: skip


def test_a_check_names_the_files_that_a_build_would_write_and_remove(site: Path) -> None:
    run(site, "build", "--frozen")
    assert "0 files would be written in" in run(site, "check").stdout
    (site / "content" / "articles" / "new.txt").write_text(NEWS, "utf-8")
    (site / "content" / "articles" / "g20-miami-invitation.txt").unlink()
    said = run(site, "check", code=1).stdout
    before = tree(site / "_site")
    run(site, "build", "--frozen")
    after = tree(site / "_site")
    changed = {path for path in after if before.get(path) != after[path]} - {".mujaz-files"}
    told = {line.split(" ")[3] for line in said.splitlines() if line.startswith("  write ")}
    gone = {line.split(" ")[3] for line in said.splitlines() if line.startswith("  remove ")}
    assert changed and changed <= told <= after.keys()
    assert gone == before.keys() - after.keys()


def test_a_page_that_cannot_be_used_is_not_counted_as_read(site: Path) -> None:
    (site / "content" / "articles" / "menu.txt").write_text("شارك\nالرئيسية\nاتصل بنا\n", "utf-8")
    (site / "content" / "articles" / "packed.txt").write_bytes(b"PK\x03\x04" + bytes(60))
    assert "3 pages read, 2 refused, 4 articles" in run(site, "build", "--frozen").stdout


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return support.shipped_site(tmp_path)


def run(site: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    return support.run(*arguments, "--config", str(site / "site.toml"), code=code)


def briefing(site: Path) -> dict:
    return json.loads((site / "_site" / "briefing.json").read_text("utf-8"))


def test_the_three_pages_are_four_articles_and_three_stories(site: Path) -> None:
    said = run(site, "build", "--frozen").stdout
    assert "3 pages read, 4 articles, 3 stories, 1 copy merged" in said


def test_the_shipped_site_is_whole_without_model_and_network(site: Path) -> None:
    run(site, "build", "--frozen", "--strict", "--quiet")
    pages = [path.read_text("utf-8") for path in (site / "_site" / "en" / "stories").glob("*.html")]
    assert len(pages) == 3
    assert not any("badge wait" in page for page in pages)


def test_a_second_build_writes_no_file(site: Path) -> None:
    run(site, "build", "--frozen")
    before = {path: path.stat().st_mtime_ns for path in (site / "_site").rglob("*")}
    assert "0 files written" in run(site, "build", "--frozen").stdout
    assert {path: path.stat().st_mtime_ns for path in (site / "_site").rglob("*")} == before


def test_two_builds_in_different_folders_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    run(site, "build", "--frozen", "--out", str(tmp_path / "one"), "--cache", str(tmp_path / "cache-1"))
    run(site, "build", "--frozen", "--out", str(tmp_path / "two"), "--cache", str(tmp_path / "cache-2"))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def made_from(site: Path) -> dict:
    run(site, "build")
    return json.loads((site / "_site" / "build.json").read_text("utf-8"))


def test_a_site_says_from_what_it_was_made(site: Path) -> None:
    first = made_from(site)
    assert (first["pages"], first["articles"], first["stories"], first["data_until"]) == (3, 4, 3, "2025-11-08")
    assert first["editions"]["en"] == {"sentences": {"approved": 15}, "stories": {"approved": 3}}
    assert first["engines"] == []
    for name in ("site.toml", "content/names.toml", "content/articles/g20-miami-invitation.txt"):
        assert first["inputs"][name] == sha256((site / name).read_bytes()).hexdigest()
    assert "record" not in str(first)
    assert str(site) not in str(first)
    assert made_from(site) == first


@pytest.mark.parametrize(
    "name", ["site.toml", "content/names.toml", "content/articles/g20-miami-invitation.toml", "content/merge.toml",
             "content/notes/g20-miami-invitation.en.md", "content/pages/about.en.md",
             "content/translations/g20-miami-invitation.en.po"],
)  # fmt: skip
def test_every_change_of_an_input_shows_in_it(site: Path, name: str) -> None:
    first = made_from(site)
    (site / name).parent.mkdir(exist_ok=True)
    with (site / name).open("a") as file:
        file.write("\n# a remark\n")
    then = made_from(site)
    changed = {key for key in then["inputs"] if then["inputs"][key] != first["inputs"].get(key)}
    assert changed == {name}


def test_a_change_of_the_templates_shows_in_it(site: Path) -> None:
    first = made_from(site)
    (site / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "page.html", site / "templates")
    assert made_from(site)["inputs"]["templates"] != first["inputs"]["templates"]


def test_the_engine_is_named_when_its_words_are_shown(site: Path) -> None:
    (site / "content" / "articles" / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    run(site, "models", "install", "--file", str(TINY))
    settings = (site / "site.toml").read_text("utf-8")
    assert made_from(site)["engines"] == []  # what the checks withhold is not shown
    (site / "site.toml").write_text(settings.replace('# publish = "checked"', 'publish = "all"'), "utf-8")
    (engine,) = made_from(site)["engines"]
    assert engine.startswith("Argos Translate")


def test_an_article_that_may_not_be_read_is_no_input(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "page.txt").write_text(NEWS, "utf-8")
    (site / "content" / "articles" / "page.txt").symlink_to(tmp_path / "elsewhere" / "page.txt")
    assert "content/articles/page.txt" not in made_from(site)["inputs"]


def test_a_frozen_build_changes_nothing_in_content(site: Path) -> None:
    before = tree(site / "content")
    (site / "content" / "articles" / "new.txt").write_text(NEWS, "utf-8")
    run(site, "build", "--frozen")
    (site / "content" / "articles" / "new.txt").unlink()
    assert tree(site / "content") == before


def test_checking_writes_nothing_at_all(site: Path) -> None:
    before = tree(site)
    run(site, "check")
    assert tree(site) == before


def test_a_new_article_is_published_with_its_translation_pending(site: Path) -> None:
    (site / "content" / "articles" / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    said = run(site, "build").stdout
    assert "4 stories" in said
    assert "python3 build.py models install" in said
    page = (site / "_site" / "en" / "stories" / "caspian-oil-line.html").read_text("utf-8")
    assert "The English translation has not been made yet" in page
    assert "Kazakhstan" in page
    run(site, "build", "--frozen", "--strict", "--quiet", code=1)


def test_with_a_package_unseen_text_is_translated_and_nonsense_is_withheld(site: Path) -> None:
    """The tiny package knows its own sentences only: of others it makes nonsense, which must not be published."""
    (site / "content" / "articles" / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    run(site, "models", "install", "--file", str(TINY))
    said = run(site, "build").stdout
    assert "translated" in said
    memory = (site / "content" / "translations" / "caspian-oil-line.en.po").read_text("utf-8")
    assert "Argos Translate, Arabic-English package" in memory
    assert "machine-sha" in memory
    page = (site / "_site" / "en" / "stories" / "caspian-oil-line.html").read_text("utf-8")
    assert "Translation withheld" in page


def test_an_unreadable_file_is_named_and_the_rest_is_built(site: Path) -> None:
    articles = site / "content" / "articles"
    (articles / "empty.txt").write_bytes(b"")
    (articles / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (articles / "menu.txt").write_text("شارك\nالرئيسية\nاتصل بنا\n", "utf-8")
    done = run(site, "build", "--frozen")
    for name in ("empty.txt", "picture.txt", "menu.txt"):
        assert name in done.stderr
    assert "3 stories" in done.stdout
    run(site, "build", "--frozen", "--strict", "--quiet", code=1)


def test_every_mistake_of_the_settings_is_said_and_nothing_is_written(site: Path) -> None:
    (site / "site.toml").write_text('[site]\noriginal = "whole"\nhome_stories = 0.5\n', "utf-8")
    done = run(site, "build", code=1)
    assert "site.original" in done.stderr
    assert "site.home_stories" in done.stderr
    assert not (site / "_site").exists()


def test_a_bare_folder_of_articles_is_built_and_nothing_is_written_into_it(site: Path, tmp_path: Path) -> None:
    bare = tmp_path / "saved"
    bare.mkdir()
    (bare / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    run(site, "build", "--content", str(bare))
    assert [path.name for path in bare.rglob("*")] == ["caspian-oil-line.txt"]
    assert (site / "_site" / "en" / "stories" / "caspian-oil-line.html").is_file()


def test_an_address_below_a_sub_path_is_used_in_every_absolute_link(site: Path) -> None:
    run(site, "build", "--frozen", "--base-url", "https://example.org/briefs/")
    page = (site / "_site" / "en" / "index.html").read_text("utf-8")
    assert 'href="https://example.org/briefs/en/' in page
    assert 'hreflang="ar"' in page
    assert "https://example.org/briefs/" in (site / "_site" / "sitemap.xml").read_text("utf-8")


def test_a_command_that_a_person_is_told_to_type_is_of_the_same_site(site: Path) -> None:
    (site / "content" / "articles" / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    named = f"--config {site / 'site.toml'}"
    assert f"`python3 build.py models install {named}`" in run(site, "build", "--frozen").stdout
    assert f"`python3 build.py models install {named}`" in run(site, "models", "list").stdout
    content = f"{named} --content {site / 'content'}"
    said = run(site, "check", "--content", str(site / "content"), code=1).stdout
    assert f"`python3 build.py models install {content}`" in said


def test_a_site_without_engine_is_told_to_write_by_hand(site: Path) -> None:
    settings = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(settings.replace('# engines = ["argos"]', "engines = []"), "utf-8")
    (site / "content" / "articles" / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    said = run(site, "build").stdout + run(site, "doctor").stdout
    assert "models install" not in said
    assert "by hand in content/translations" in said


@pytest.mark.parametrize(
    ("unsorted", "told", "listed"), [("report", "not on the site", 3), ("site", "of their own", 4)]
)
def test_stories_in_no_topic_are_reported_where_they_are(site: Path, unsorted: str, told: str, listed: int) -> None:
    settings = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(settings.replace('# unsorted = "report"', f'unsorted = "{unsorted}"'), "utf-8")
    (site / "content" / "articles" / "chess.txt").write_text(support.CHESS, "utf-8")
    said = run(site, "build", "--frozen").stdout
    assert [line for line in said.splitlines() if told in line]
    assert said.count("on the site") == (unsorted == "report")
    home = (site / "_site" / "en" / "index.html").read_text("utf-8")
    assert f"{listed} stories, 2 topics" in home


def test_the_report_names_a_withheld_sentence_why_it_is_and_the_command_that_leads_to_it(site: Path) -> None:
    assert "leads to them" not in run(site, "build", "--frozen").stdout
    memory = next((site / "content" / "translations").glob("g20*.po"))
    entry = 'msgid "'
    head, rest = memory.read_text("utf-8").split("\n\n", 1)
    memory.write_text(f"{head}\n\n{rest.replace(entry, '# withheld: under review' + chr(10) + entry, 1)}", "utf-8")
    said = run(site, "build", "--frozen").stdout.splitlines()
    named = said.index(f"withheld: {memory.name.removesuffix('.en.po')} title (under review)")
    assert "serve" in said[named + 1] and "leads to them" in said[named + 1]


def test_one_story_is_one_story_when_a_brief_is_closed(site: Path) -> None:
    for page in sorted((site / "content" / "articles").glob("*.txt"))[1:]:
        page.unlink()
    assert "closed with 1 story." in run(site, "brief", "close").stdout


def test_the_table_of_states_cuts_no_heading_on_a_narrow_terminal(site: Path) -> None:
    (site / "content" / "articles" / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    said = run(site, "status", code=1).stdout.splitlines()
    assert said[0].split("  ") == ["approved", "pending", "words pending", "findings", "story"]
    assert any(line.endswith("  caspian-oil-line") for line in said)


def test_the_status_of_a_site_without_a_story_is_a_sentence_and_no_empty_table(tmp_path: Path) -> None:
    config = support.empty_site(tmp_path / "new") / "site.toml"
    said = support.run("status", "--config", str(config)).stdout
    assert said == "No story of the site has sentences to translate.\n"


def test_a_link_within_the_site_is_no_foreign_one(site: Path) -> None:
    about = site / "content" / "pages" / "about.en.md"
    about.write_text("# About\n\n[archive](../archive/index.html) [press](https://example.org/)\n", "utf-8")
    run(site, "build", "--frozen")
    page = (site / "_site" / "en" / "about" / "index.html").read_text("utf-8")
    assert '<a href="../archive/index.html">archive</a>' in page
    assert '<a rel="noopener noreferrer nofollow external" href="https://example.org/">press</a>' in page


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("notes/g20-miami-invitaton.en.md", "did you mean g20-miami-invitation.en.md?"),
        ("notes/g20-miami-invitation.fr.md", "the languages are en, ar"),
        ("notes/zzz.en.md", "there is none called 'zzz'"),
        ("translations/g20-miami-invitaton.en.po", "did you mean g20-miami-invitation.en.po?"),
        ("caspian.txt", "move it into content/articles/"),
    ],
)
def test_a_file_that_no_story_asks_for_is_named(site: Path, name: str, told: str) -> None:
    (site / "content" / name).parent.mkdir(exist_ok=True)
    (site / "content" / name).write_text("", "utf-8")
    (warning,) = run(site, "build", "--frozen", "--strict").stderr.splitlines()
    assert warning.startswith(f"warning: {name}: ")
    assert told in warning


def test_what_was_written_for_a_story_that_is_gone_waits_without_a_word(site: Path) -> None:
    run(site, "build")
    (site / "content" / "articles" / "g20-miami-invitation.txt").unlink()
    assert run(site, "build").stderr == ""


def test_a_topic_that_is_not_there_is_answered_with_the_nearest(site: Path) -> None:
    (site / "content" / "articles" / "g20-miami-invitation.toml").write_text('topics = ["central-asai"]\n', "utf-8")
    said = run(site, "build", "--frozen").stderr
    assert (
        "there is no topic 'central-asai'; the rules of site.toml decide instead (did you mean 'central-asia'?)" in said
    )
    (told,) = (one for one in briefing(site)["stories"] if one["slug"] == "g20-miami-invitation")
    assert told["topics"] == ["central-asia"]
    assert "did you mean 'central-asia'?" in run(site, "export", "--topic", "central-asai", code=2).stderr


@pytest.mark.parametrize("kept", ["", '[site]\nname = { ar = "موجز", en = "Mujaz" }\n'])
def test_settings_that_lost_their_topics_do_not_empty_the_site(site: Path, kept: str) -> None:
    run(site, "build")
    before = tree(site / "_site")
    (site / "site.toml").write_text(kept, "utf-8")
    for command in (("build",), ("check",), ("brief", "close"), ("export", "--out", str(site / "brief.html"))):
        said = run(site, *command, code=1).stderr
        assert "names no topic" in said and "none of its 3 stories" in said
    assert tree(site / "_site") == before
    (site / "site.toml").write_text('[site]\nunsorted = "site"\n', "utf-8")
    run(site, "build")


def test_a_folder_of_articles_that_is_gone_does_not_empty_the_site(site: Path) -> None:
    articles = site / "content" / "articles"
    run(site, "build")
    before = tree(site / "_site")
    articles.rename(site / "elsewhere")
    for command in (("build",), ("check",), ("brief", "close"), ("status",)):
        said = run(site, *command, code=1).stderr
        assert "articles: cannot be opened: No such file or directory, and the site had stories" in said
    assert tree(site / "_site") == before


def test_a_setting_that_refuses_every_article_does_not_empty_the_site(site: Path) -> None:
    run(site, "build")
    before = tree(site / "_site")
    settings = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(settings.replace("[site]", '[site]\nsource_languages = ["fa"]', 1), "utf-8")
    for command in (("build",), ("check",), ("brief", "close")):
        said = run(site, *command, code=1).stderr
        assert "not a source language of this site" in said
        assert "(none of 3 files can be used), and the site had stories. Nothing was written" in said
    assert tree(site / "_site") == before


def test_a_site_that_never_had_a_story_is_built_without_a_folder_of_articles(site: Path) -> None:
    shutil.rmtree(site / "content" / "articles")
    (site / "content" / "record.jsonl").unlink()
    assert "0 stories" in run(site, "build").stdout


def test_an_output_folder_with_foreign_files_is_refused(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "photo.jpg").write_bytes(b"jpg")
    done = run(site, "build", "--frozen", "--out", str(out), code=1)
    assert "photo.jpg" in done.stderr
    assert [path.name for path in out.iterdir()] == ["photo.jpg"]
