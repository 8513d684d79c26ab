"""Whatever happens between two builds, the second gives what a first build of the same content would give."""

import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from corpus import texts
from support_site import tree

from site_src.cli import main
from site_src.cli.arguments import parse_arguments
from site_src.cli.site import open_site
from site_src.kept import Kept
from site_src.pipeline import Options
from site_src.pipeline import build as build_here

ROOT = Path(__file__).parent.parent

PLACES = ("كازاخستان", "أستانا وطشقند", "قرغيزستان", "بودابست", "آسيا الوسطى", "المجر وروسيا")


class Desk:
    """A site of which anything may be changed by chance; every edit gives a word for the report of a failure."""

    def __init__(self, site: Path, chance: random.Random):
        self.site, self.chance = site, chance
        self.articles = site / "content" / "articles"
        self.waiting = list(texts(40, chance.randrange(10**6)))
        self.edits: list[Callable[[], str]] = [
            self.add, self.add, self.copy, self.write, self.write, self.cut, self.rename, self.remove, self.touch,
            self.retitle, self.date, self.credit, self.place, self.call, self.settle, self.turn, self.approve,
            self.restyle, self.page, self.note, self.close, self.spoil_output, self.mend_nothing,
        ]  # fmt: skip

    def some(self, pattern: str = "*.txt", below: str = "content/articles") -> Path:
        return self.chance.choice(sorted((self.site / below).rglob(pattern)))

    def add(self) -> str:
        text = self.waiting.pop()
        about = f"وقال مصدر في {self.chance.choice(PLACES)} إن الاجتماع عقد في 12 مايو 2025 بحضور 27 وزيرا."
        name = f"{self.chance.choice('abz1')}-{len(self.waiting)}.txt"  # of digits alone, the text gives the address
        (self.articles / name).write_text("\n\n".join([text.title, about, *text.paragraphs]), "utf-8")
        return f"add {name}"

    def copy(self) -> str:
        source = self.some()
        name = f"copy-{self.chance.randrange(50)}.txt"
        (self.articles / name).write_text(source.read_text("utf-8") + "\n\nالمصدر: وكالة أخرى\n", "utf-8")
        return f"copy {source.name} {name}"

    def write(self) -> str:
        path = self.some()
        path.write_text(
            path.read_text("utf-8") + f"\n\nوأضاف أن {self.chance.choice(PLACES)} لن توقف العمل.\n", "utf-8"
        )
        return f"write {path.name}"

    def cut(self) -> str:
        path = self.some()
        blocks = path.read_text("utf-8").split("\n\n")
        blocks.pop(self.chance.randrange(len(blocks)))
        path.write_text("\n\n".join(blocks), "utf-8")
        return f"cut {path.name}"

    def rename(self) -> str:
        path = self.some()
        new = path.rename(self.articles / f"moved-{self.chance.randrange(10**6)}.txt")
        return f"rename {path.name} {new.name}"

    def remove(self) -> str:
        path = self.some()
        if len(list(self.articles.rglob("*.txt"))) > 1:
            path.unlink()
        return f"remove {path.name}"

    def touch(self) -> str:
        path = self.some()
        path.touch()
        return f"touch {path.name}"

    def retitle(self) -> str:
        path = self.some().with_suffix(".toml")
        path.write_text(f'title = "عنوان جديد {self.chance.randrange(9)}"\n', "utf-8")
        return f"retitle {path.name}"

    def state(self, key: str, value: str) -> str:
        """The editor states something of an article that has a stated title, or none yet."""
        path = self.some().with_suffix(".toml")
        path.write_text(f"{key} = {value}\n", "utf-8")
        return f"{key} {path.name}"

    def date(self) -> str:
        return self.state("published", f"2025-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 28):02}")

    def credit(self) -> str:
        return self.state("outlet", f'"صحيفة {self.chance.choice(PLACES)}"')

    def place(self) -> str:
        return self.state("topics", self.chance.choice(('["hungary-energy"]', '["central-asia"]', "[]")))

    def close(self) -> str:
        assert main(["brief", "close", "--config", str(self.site / "site.toml")]) == 0
        return "close"

    def spoil_output(self) -> str:
        """Somebody changes, removes or touches pages of the output."""
        pages = sorted((self.site / "kept" / "site").rglob("*.html"))
        for path in self.chance.sample(pages, min(3, len(pages))):
            way = self.chance.choice(("write", "remove", "touch"))
            if way == "write":
                path.write_bytes(path.read_bytes().swapcase())
            elif way == "remove":
                path.unlink()
            else:
                path.touch()
        return "spoil output"

    def call(self) -> str:
        path = self.site / "content" / "names.toml"
        number = self.chance.randrange(10**6)
        added = f'\n[[names]]\nid = "x{number}"\nkind = "place"\nar = "جبل الرقم {number}"\nen = "Mount {number}"\n'
        path.write_text(path.read_text("utf-8") + added, "utf-8")
        return "call"

    def settle(self) -> str:
        path = self.site / "site.toml"
        count = self.chance.randrange(1, 6)
        path.write_text(
            (ROOT / "site.toml").read_text("utf-8").replace("# home_stories = 5", f"home_stories = {count}")
        )
        return f"home_stories {count}"

    def turn(self) -> str:
        """The other edition is the first now."""
        path = self.site / "site.toml"
        text = path.read_text("utf-8")
        for old, new in (('["en", "ar"]', '["ar", "en"]'), ('["ar", "en"]', '["en", "ar"]')):
            if f"languages = {old}" in text:
                path.write_text(text.replace(f"languages = {old}", f"languages = {new}", 1), "utf-8")
                break
        return "turn"

    def approve(self) -> str:
        path = self.some("*.po", "content/translations")
        lines = [line for line in path.read_text("utf-8").splitlines() if line != "#, fuzzy"]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return f"approve {path.name}"

    def restyle(self) -> str:
        own = self.site / "templates"
        own.mkdir(exist_ok=True)
        page = (ROOT / "templates" / "404.html").read_text("utf-8")
        (own / "404.html").write_text(f"{page}<!-- {self.chance.randrange(9)} -->\n", "utf-8")
        return "restyle"

    def page(self) -> str:
        (self.site / "content" / "pages" / "about.en.md").write_text(f"# About\n\n{self.chance.random()}\n", "utf-8")
        return "page"

    def note(self) -> str:
        notes = self.site / "content" / "notes"
        notes.mkdir(exist_ok=True)
        (notes / f"{self.some().stem}.en.md").write_text(f"Seen {self.chance.randrange(9)} times.\n", "utf-8")
        return "note"

    def mend_nothing(self) -> str:
        return "nothing"


def spoil(cache: Path, chance: random.Random) -> str:
    """Harm what was remembered, in one of the ways that caches are harmed; most often not at all."""
    way = chance.choice(("kept", "kept", "kept", "gone", "cut", "rubbish", "hollow"))
    if way == "hollow":
        hollow(cache)
        return way
    for path in sorted(path for path in cache.rglob("*") if path.is_file()) if way != "kept" else ():
        if way == "gone":
            path.unlink()
        elif way == "cut":
            path.write_bytes(path.read_bytes()[: chance.randrange(200)])
        else:
            path.write_bytes(chance.randbytes(3000))
    return way


def hollow(cache: Path) -> None:
    """Values are still found, but their parts are none."""
    with closing(sqlite3.connect(cache / "store.sqlite")) as file, file:
        file.execute("UPDATE known SET parts = zeroblob(length(parts))")


def command(site: Path, where: str) -> list[str]:
    places = ("--out", str(site / where / "site"), "--cache", str(site / where / "cache"))
    return ["build", "--quiet", "--config", str(site / "site.toml"), *places]


def build(site: Path, where: str, *options: str) -> None:
    assert main([*command(site, where), *options]) == 0


def build_as_the_preview_does(site: Path, where: str, kept: Kept, *options: str) -> None:
    """A build that knows what earlier ones of this process left."""
    places, settings = open_site(parse_arguments(command(site, where)))
    build_here(places, settings, Options(frozen="--frozen" in options), kept=kept)


def edit_and_compare(site: Path, chance: random.Random, rounds: int, until: float = float("inf")) -> None:
    shutil.copytree(ROOT / "content", site / "content", ignore=shutil.ignore_patterns("*.bak"))
    shutil.copy(ROOT / "site.toml", site)
    desk, told, kept = Desk(site, chance), [], Kept()
    build(site, "kept")
    while rounds and desk.waiting and time.monotonic() < until:
        rounds -= 1
        told += [chance.choice(desk.edits)() for _ in range(chance.choice((0, 1, 1, 2, 4)))]
        told.append(f"({spoil(site / 'kept' / 'cache', chance)})")
        options = chance.choice(((), ("--frozen",)))
        if chance.random() < 0.5:
            build(site, "kept", *options)
        else:
            build_as_the_preview_does(site, "kept", kept, *options)
            told.append("(here)")
        shutil.rmtree(site / "cold", ignore_errors=True)
        build(site, "cold", "--frozen")
        assert tree(site / "kept" / "site") == tree(site / "cold" / "site"), told


@pytest.mark.parametrize("seed", [3, 14])
def test_a_rebuild_after_any_edits_gives_the_bytes_of_a_cold_build(tmp_path: Path, seed: int) -> None:
    edit_and_compare(tmp_path, random.Random(seed), rounds=5)


def test_parts_that_are_lost_after_their_value_was_found_cost_only_time(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "site.toml", tmp_path)
    kept = Kept()
    build_as_the_preview_does(tmp_path, "kept", kept)
    for change in ("home_stories = 3", "home_stories = 2"):
        site = (ROOT / "site.toml").read_text("utf-8").replace("# home_stories = 5", f'{change}\nunsorted = "site"')
        (tmp_path / "site.toml").write_text(site, "utf-8")
        hollow(tmp_path / "kept" / "cache")
        build_as_the_preview_does(tmp_path, "kept", kept)
        build(tmp_path, "cold", "--frozen")
        assert tree(tmp_path / "kept" / "site") == tree(tmp_path / "cold" / "site")
    hollow(tmp_path / "kept" / "cache")
    (tmp_path / "site.toml").write_text((ROOT / "site.toml").read_text("utf-8"), "utf-8")
    build(tmp_path, "kept")
    build(tmp_path, "cold", "--frozen")
    assert tree(tmp_path / "kept" / "site") == tree(tmp_path / "cold" / "site")


def test_a_cache_that_is_lost_again_and_cannot_be_removed_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "site.toml", tmp_path)
    build(tmp_path, "kept")
    hollow(tmp_path / "kept" / "cache")
    shutil.rmtree(tmp_path / "kept" / "site")

    allowed = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name.startswith("store.sqlite"):
            raise PermissionError(f"{path} is open elsewhere")
        allowed(path, missing_ok)

    with monkeypatch.context() as system:
        system.setattr(Path, "unlink", unlink)
        assert main([*command(tmp_path, "kept"), "--frozen"]) == 0
    build(tmp_path, "cold", "--frozen")
    assert tree(tmp_path / "kept" / "site") == tree(tmp_path / "cold" / "site")


@pytest.mark.parametrize("words", [("names", "suggest"), ("topics", "explain", "g20-miami-invitation")])
def test_every_command_begins_anew_where_parts_are_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "site.toml", tmp_path)
    asked, said = [*words, "--config", str(tmp_path / "site.toml")], []
    for harm in (lambda: None, lambda: hollow(tmp_path / ".cache")):
        assert main(["build", "--quiet", "--config", str(tmp_path / "site.toml")]) == 0
        harm()
        capsys.readouterr()
        assert main(asked) == 0
        said.append(capsys.readouterr())
    assert said[0].out == said[1].out
    assert said[0].out and not said[1].err


def test_the_editions_may_change_places_while_the_preview_runs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "site.toml", tmp_path)
    kept, settings = Kept(), (ROOT / "site.toml").read_text("utf-8")
    for languages in ('["en", "ar"]', '["ar", "en"]'):
        (tmp_path / "site.toml").write_text(settings.replace('["en", "ar"]', languages), "utf-8")
        build_as_the_preview_does(tmp_path, "kept", kept)
    build(tmp_path, "cold", "--frozen")
    assert tree(tmp_path / "kept" / "site") == tree(tmp_path / "cold" / "site")


@pytest.mark.soak
def test_hundreds_of_edits_never_part_a_rebuild_from_a_cold_build(
    tmp_path: Path, chance: random.Random, seconds: float
) -> None:
    until = time.monotonic() + seconds
    for number in range(1000):
        if time.monotonic() < until:
            edit_and_compare(tmp_path / str(number), chance, rounds=25, until=until)
