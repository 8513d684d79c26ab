"""What builds remember of the stories that a step of the desk made or joined is taken back with the step."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import support_desk as site
from support_site import run

from site_src.serve.articles import editing
from site_src.serve.articles.forms import Pasted
from site_src.serve.desk import Desk

OTHER = """تركمانستان تفتح خطا للقطارات

افتتحت تركمانستان خطا جديدا للقطارات يصل العاصمة عشق آباد بميناء بحر قزوين أمس الأحد.

وقالت وزارة النقل إن الرحلة تستغرق سبع ساعات وإن التذاكر ستباع من مطلع الشهر المقبل.
"""
COPY = "\n\n".join(site.CANAL)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The desk of a site whose brief was closed three weeks ago; one of its stories has a copy."""
    folder = site.make_site(tmp_path)
    (folder / "content/articles/canal-copy.txt").write_text(COPY, "utf-8")
    build(folder)
    run("brief", "close", "--config", str(folder / "site.toml"))
    record = folder / "content/record.jsonl"
    rows = map(json.loads, record.read_text("utf-8").splitlines())
    earlier = [row | {"first_seen": "2026-01-05", "brief": row["brief"] | {"date": "2026-01-06"}} for row in rows]
    record.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in earlier), "utf-8")
    build(folder)
    return site.desk_of(folder)


def build(folder: Path) -> None:
    run("build", "--quiet", "--jobs", "1", "--config", str(folder / "site.toml"), "--out", str(folder / "_site"))


def content(desk: Desk) -> dict[str, bytes]:
    """What git would see of the content."""
    files = (path for path in desk.places.content.rglob("*") if path.is_file() and path.suffix != ".bak")
    return {path.name: path.read_bytes() for path in files if ".backup" not in path.parts}


def record(desk: Desk) -> dict[str, dict[str, object]]:
    rows = map(json.loads, desk.places.record.read_text("utf-8").splitlines())
    return {row["slug"]: row for row in rows}


def paste(desk: Desk) -> None:
    editing.add(desk, Pasted(OTHER, {"published": "2026-02-03"}))


@pytest.mark.parametrize(
    "step",
    [
        lambda desk: editing.separate(desk, "canal", "canal-copy.txt"),
        lambda desk: editing.join(desk, "bank", "canal"),
        paste,
    ],
    ids=["separated", "joined", "pasted"],
)
def test_stories_have_their_days_addresses_and_files_back_once_a_step_is_undone(
    desk: Desk, step: Callable[[Desk], object]
) -> None:
    before = content(desk)
    step(desk)
    build(desk.places.root)
    after = content(desk)
    assert after["record.jsonl"] != before["record.jsonl"]
    assert desk.undo().kind == "undone"
    build(desk.places.root)
    assert content(desk) == before
    assert desk.steps.redo().kind == "redone"
    build(desk.places.root)
    assert content(desk) == after


def test_what_a_person_did_after_the_step_stays_when_it_is_undone(desk: Desk) -> None:
    editing.separate(desk, "canal", "canal-copy.txt")
    (desk.places.articles / "rails.txt").write_text(OTHER, "utf-8")
    build(desk.places.root)
    po = desk.places.translations / "canal-copy.en.po"
    po.write_text(po.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "My words."\n\n', 1), "utf-8")
    assert "My words." in po.read_text("utf-8")
    rails = record(desk)["rails"]
    new_day, earlier_day = str(rails["first_seen"]), "2026-02-02"
    desk.places.record.write_text(desk.places.record.read_text("utf-8").replace(new_day, earlier_day), "utf-8")
    bank = desk.places.articles / "bank.txt"
    bank.write_text(bank.read_text("utf-8") + "\nوأضاف المحافظ أن البنك سيراجع قراره في الربيع.\n", "utf-8")
    build(desk.places.root)
    bank.rename(bank.with_name("zz.txt"))
    assert desk.undo().kind == "undone"
    build(desk.places.root)
    assert "My words." in po.read_text("utf-8")
    assert record(desk).keys() == {"canal", "bank", "rails"} and record(desk)["rails"]["first_seen"] == earlier_day


def test_what_a_brief_told_readers_since_the_step_is_not_taken_back(desk: Desk) -> None:
    editing.join(desk, "bank", "canal")
    run("brief", "close", "--config", str(desk.places.config))
    closed = record(desk)
    assert closed.keys() == {"canal"}
    assert desk.undo().kind == "undone"
    assert record(desk) == closed
