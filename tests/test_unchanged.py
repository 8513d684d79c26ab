"""A build that would do nothing is not made; a build that would do anything is."""

import os
import shutil
from pathlib import Path
from time import time_ns
from typing import Any

import pytest
from support_site import ROOT, shipped_site, tree

from site_src import filesystem, pipeline
from site_src.cli import main
from site_src.model.report import BuildReport
from site_src.places import find_places
from site_src.settings import load_settings
from site_src.unchanged import look, remembering, unchanged

NEWS = "أعلن وزير الطاقة في كازاخستان يوم الاثنين افتتاح خط جديد لنقل النفط من أكتاو إلى باكو عبر بحر قزوين.\n" * 3


def build(site: Path, *arguments: str) -> int:
    return main(["build", "--frozen", "--config", str(site / "site.toml"), *arguments])


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A copy of the shipped site, built."""
    shipped_site(tmp_path)
    assert build(tmp_path) == 0
    return tmp_path


def stages_run(site: Path, *arguments: str) -> bool:
    """Whether a build went through the stages: only they write the store anew when it is gone."""
    store = site / ".cache" / "store.sqlite"
    store.unlink(missing_ok=True)
    assert build(site, *arguments) == 0
    return store.exists()


def test_a_site_that_nobody_touched_is_not_built_again(built: Path) -> None:
    assert not stages_run(built)


def test_the_report_of_a_build_that_was_not_made_differs_only_in_what_was_written(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / "content" / "articles" / "empty.txt").write_bytes(b"")
    capsys.readouterr()
    said = []
    for _ in range(2):
        build(built)
        said.append(capsys.readouterr())
    first, second = ([line for line in one.out.splitlines() if "written" not in line] for one in said)
    assert first == second
    assert said[0].err == said[1].err != ""
    assert "0 files written in" in said[1].out


def test_a_touched_file_is_no_change(built: Path) -> None:
    next((built / "content" / "articles").iterdir()).touch()
    assert not stages_run(built)


@pytest.mark.parametrize("file", ["site.toml", "content/names.toml", "content/pages/about.en.md"])
def test_a_changed_file_is_seen_though_its_size_and_time_stay(built: Path, file: str) -> None:
    path = built / file
    at = path.stat()
    path.write_bytes(path.read_bytes().replace(b"\n", b" ", 1) if file.endswith(".md") else path.read_bytes() + b"\n")
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert stages_run(built)


def test_other_code_is_seen(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not stages_run(built)
    monkeypatch.setattr("site_src.unchanged.code_version", lambda: b"of other code")
    assert [stages_run(built), stages_run(built)] == [True, False]


def test_what_is_saved_while_a_build_goes_on_is_built_by_the_next(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about, whole = built / "content" / "pages" / "about.en.md", pipeline.build

    def while_saving(*arguments: Any, **named: Any) -> BuildReport:
        report = whole(*arguments, **named)
        about.write_text("# About\n\nSaved a moment too late.\n", "utf-8")
        return report

    about.write_text("# About\n\nSaved in time.\n", "utf-8")
    monkeypatch.setattr(pipeline, "build", while_saving)
    build(built)
    monkeypatch.undo()
    assert stages_run(built)
    assert b"Saved a moment too late." in b"".join(tree(built / "_site").values())


def test_an_article_saved_between_the_look_and_its_reading_is_on_the_site_after_the_next_build(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article, *_), whole = sorted((built / "content" / "articles").glob("*.txt")), pipeline.build
    added = "وأضيفت فقرة عن تذاكر القطار بعد أن بدأ البناء."

    def after_saving(*arguments: Any, **named: Any) -> BuildReport:
        article.write_text(f"{article.read_text('utf-8')}\n\n{added}\n", "utf-8")
        return whole(*arguments, **named)

    (built / "content" / "pages" / "about.en.md").write_text("# About\n\nSo that there is something to do.\n", "utf-8")
    monkeypatch.setattr(pipeline, "build", after_saving)
    build(built)
    monkeypatch.undo()
    build(built)
    assert not stages_run(built)
    site = tree(built / "_site")
    shutil.rmtree(built / ".cache")
    build(built)
    assert tree(built / "_site") == site


def test_what_is_saved_twice_within_a_tick_of_a_coarse_clock_is_built_by_the_next(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, page, now = find_places(str(built / "site.toml")), built / "content" / "pages" / "x.en.md", time_ns()
    exact = filesystem._marks
    monkeypatch.setattr(filesystem, "_marks", lambda at: exact(at)._replace(modified=now, changed=now))

    def save_again() -> BuildReport:
        page.write_bytes(b"# Two\n")
        monkeypatch.setattr(filesystem, "time_ns", lambda: now + 3_000_000_000)
        return pipeline.build(places, load_settings(places.config), pipeline.Options(frozen=True))

    page.write_bytes(b"# One\n")
    remembering(look(places, ""), places, save_again)
    assert unchanged(look(places, ""), places.out) is None


def test_a_new_article_is_built(built: Path) -> None:
    (built / "content" / "articles" / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    assert stages_run(built)
    assert (built / "_site" / "en" / "stories" / "caspian-oil-line.html").is_file()


def test_an_own_template_that_appears_is_used(built: Path) -> None:
    assert not stages_run(built)
    (built / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "404.html", built / "templates")
    assert stages_run(built)


def test_a_file_in_the_place_of_the_spare_is_told_with_what_to_do(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spare = built / ".cache" / "_site.before"
    shutil.rmtree(spare)
    spare.write_text("a note")
    (built / "content" / "articles" / "caspian-oil-line.txt").write_text(NEWS, "utf-8")
    assert build(built) == 0
    assert f"{spare}: is in the way" in capsys.readouterr().out and spare.read_text() == "a note"


def test_a_page_in_a_linked_folder_is_seen(built: Path, tmp_path: Path) -> None:
    pages = built / "content" / "pages"
    pages.rename(tmp_path / "elsewhere")
    pages.symlink_to(tmp_path / "elsewhere")
    assert build(built) == 0
    (tmp_path / "elsewhere" / "about.en.md").write_text("# Changed\n", "utf-8")
    assert build(built) == 0
    assert b"Changed" in (built / "_site" / "en" / "about" / "index.html").read_bytes()


def test_a_package_of_translation_models_that_appears_is_used(built: Path) -> None:
    (built / "models").mkdir()
    (built / "models" / "new.txt").write_text("a model")
    assert stages_run(built)


@pytest.mark.parametrize("options", [("--base-url", "https://example.org/"), ("--out", "elsewhere")])
def test_other_options_are_another_build(built: Path, options: tuple[str, ...]) -> None:
    options = tuple(str(built / word) if word == "elsewhere" else word for word in options)
    assert stages_run(built, *options)


def test_a_page_of_the_output_changed_by_hand_is_made_right_again(built: Path) -> None:
    right = tree(built / "_site")
    page = built / "_site" / "en" / "index.html"
    page.write_bytes(page.read_bytes().swapcase())
    build(built)
    assert tree(built / "_site") == right


def test_a_page_removed_from_the_output_comes_back(built: Path) -> None:
    right = tree(built / "_site")
    (built / "_site" / "index.html").unlink()
    build(built)
    assert tree(built / "_site") == right


def test_a_foreign_file_in_the_output_is_refused_again(built: Path) -> None:
    (built / "_site" / "mine.txt").write_text("mine")
    assert build(built) == 1


@pytest.mark.parametrize("rubbish", [b"", b"\xff" * 40, b"\x85\xa3how\xa0", b"\x81\xa6models\xa1\xff"])
def test_a_note_of_the_last_build_that_makes_no_sense_only_costs_time(built: Path, rubbish: bytes) -> None:
    (built / ".cache" / "finished").write_bytes(rubbish)
    assert stages_run(built)


def test_strict_still_fails_when_nothing_is_built(built: Path) -> None:
    (built / "content" / "articles" / "empty.txt").write_bytes(b"")
    assert [build(built, "--strict"), build(built, "--strict")] == [1, 1]
