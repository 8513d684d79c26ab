"""The documentation tells what is there: settings, commands, codes, files and links are compared with the program."""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import NODEFAULT, to_builtins
from msgspec.structs import FieldInfo, fields

from site_src import errors
from site_src.cli.arguments import COMMANDS, Parser
from site_src.model.names import Name
from site_src.parse.editor.word import KEYS
from site_src.record import Entry
from site_src.settings import Colours, Settings, Site, Summary, Topic, TopicGroup, Translation
from site_src.translate.po.edit import OWNED

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
FOLDERS = ("docs", "templates", "examples", "tests/argos", ".github")
PAGES = sorted(
    [*ROOT.glob("*.md"), ROOT / "tests" / "pages" / "README.md"]
    + [page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md")]
)

COMMON = {"--help", "--debug", "--config", "--content", "--cache", "--version"}
SECTIONS = {
    "[site]": Site, "[site.colours]": Colours, "[summary]": Summary, "[translation]": Translation,
    "[[topics]]": Topic, "[[topics.groups]]": TopicGroup,
}  # fmt: skip


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def sections(name: str) -> dict[str, str]:
    """The text below each heading of a page, by the words of the heading without backticks."""
    parts = re.split(r"(?m)^#{2,4} (.+)$", text(name))
    return {head.replace("`", ""): body for head, body in zip(parts[1::2], parts[2::2], strict=True)}


def rows(body: str) -> list[list[str]]:
    """The cells of each row of a page's tables, without their heads."""
    lines = [line.strip() for line in body.splitlines() if line.lstrip().startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    heads = {place - 1 for place, row in enumerate(cells) if _rule(row)}
    return [row for place, row in enumerate(cells) if place not in heads and not _rule(row)]


def _rule(row: list[str]) -> bool:
    return set("".join(row)) == {"-"}


def coded(cell: str) -> list[str]:
    """What stands between backticks."""
    return [words.replace("\\|", "|") for words in re.findall(r"`([^`]+)`", cell)]


def keys(body: str) -> set[str]:
    return {word for row in rows(body) for word in coded(row[0])}


# ---- settings -------------------------------------------------------------------------------------------------------


def test_every_part_of_the_settings_has_its_section() -> None:
    nested = {"site", "summary", "translation", "topics"}
    assert {place.name for place in fields(Settings)} == nested
    assert set(SECTIONS) == set(sections("reference/settings.md"))


@pytest.mark.parametrize("section", SECTIONS)
def test_the_reference_has_every_setting_and_no_other(section: str) -> None:
    own = {place.name for place in fields(SECTIONS[section])} - {"colours"}
    assert keys(sections("reference/settings.md")[section]) == own


def default_of(place: FieldInfo) -> Any:
    return to_builtins(place.default if place.default_factory is NODEFAULT else place.default_factory())


@pytest.mark.parametrize("section", SECTIONS)
def test_the_defaults_of_the_reference_are_those_of_the_program(section: str) -> None:
    told = {coded(row[0])[0]: row[1] for row in rows(sections("reference/settings.md")[section])}
    for place in fields(SECTIONS[section]):
        if place.name == "colours":
            continue
        if place.required:
            assert told[place.name] == "*needed*"
        elif default_of(place) is None:
            assert told[place.name] == "*none*"
        else:
            said = tomllib.loads(f"value = {coded(told[place.name])[0]}")["value"]
            assert said == json.loads(json.dumps(default_of(place))), place.name


# ---- commands -------------------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, as it is typed, with its parser."""
    for name, (_, add) in COMMANDS.items():
        parser = Parser(prog=name)
        add(parser)
        actions = next((a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction)), None)
        words = next((a.choices for a in parser._actions if a.dest == "action" and a.choices and not actions), None)
        if actions:
            yield from ((f"{name} {action}", own) for action, own in actions.items())
        elif words:
            yield from ((f"{name} {word}", parser) for word in words)
        else:
            yield name, parser


PARSERS = dict(commands())


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {word for action in parser._actions for word in action.option_strings if word.startswith("--")} - COMMON


def arguments(parser: argparse.ArgumentParser) -> set[str]:
    return {str(a.metavar) for a in parser._actions if not a.option_strings and a.dest != "action"}


@pytest.mark.parametrize("command", PARSERS)
def test_the_reference_has_every_option_of_a_command_and_no_other(command: str) -> None:
    told = {word.split()[0] for word in keys(sections("reference/commands.md")[command])}
    assert told == options(PARSERS[command]) | arguments(PARSERS[command])


def test_the_reference_has_no_command_that_does_not_exist() -> None:
    heads = set(re.findall(r"(?m)^#{2,3} `(.+)`$", text("reference/commands.md")))
    assert heads == set(PARSERS) | set(COMMANDS)


def test_the_reference_has_the_common_options() -> None:
    assert {word.split()[0] for word in keys(sections("reference/commands.md")["For every command"])} == COMMON
    assert keys(sections("reference/commands.md")["Setting up"]) == {"--setup", "--with-model"}


def test_the_reference_has_every_exit_code() -> None:
    codes = {0, errors.FIXABLE, errors.USAGE, errors.BUG, errors.INTERRUPTED}
    assert {int(row[0]) for row in rows(sections("reference/commands.md")["Exit codes"])} == codes


def typed(path: Path) -> list[list[str]]:
    """The command lines that a page shows, as words; what stands after two hyphens is pytest's."""
    shown = re.findall(r"(?:python3 build\.py|\bmujaz) ?([^`\n|]*)", path.read_text("utf-8"))
    return [line.partition(" #")[0].partition(" -- ")[0].split() for line in shown]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_shows_only_commands_and_options_that_exist(path: Path) -> None:
    for words in typed(path):
        named = [word for word in words if re.fullmatch(r"[a-z][a-z-]+", word)]
        if words and words[0] in named and not words[0].startswith("-"):
            assert words[0] in COMMANDS, words
        command = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in PARSERS), "build")
        known = options(PARSERS[command]) | COMMON | {"--setup", "--with-model"}
        for option in (word.rstrip(".,;:)?") for word in words if re.match("--[a-z]|-[a-z]$", word)):
            assert option.partition("=")[0] in known, words


@pytest.mark.parametrize(
    "path", [*PAGES, ROOT / "build.py", ROOT / "site.toml"], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_page_spells_the_program_in_one_way(path: Path) -> None:
    """`python3`: a bare Debian has no `python`; `.venv` is found whatever Python starts it."""
    assert not re.findall(r"python build\.py", path.read_text("utf-8"))


# ---- codes and files ------------------------------------------------------------------------------------------------


def codes() -> set[str]:
    """Every name that a problem can have: the second value of each `Problem(...)`, and what `lint` hands on."""
    texts = [path.read_text("utf-8") for path in (ROOT / "site_src").rglob("*.py")]
    trees = [ast.parse(program) for program in texts if "roblem(" in program]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    wanted = [(call, {"Problem": 1, "_problem": 2}.get(getattr(call.func, "id", ""))) for call in calls]
    named = [call.args[place] for call, place in wanted if place and len(call.args) > place]
    return {node.value for node in named if isinstance(node, ast.Constant)}


def test_the_reference_has_every_code_of_a_problem() -> None:
    told = {word for body in sections("reference/messages.md").values() for word in keys(body)}
    assert told == codes()


def test_the_reference_has_every_key_of_the_editors_files() -> None:
    files = sections("reference/files.md")
    assert keys(files["Header fields, and NAME.toml beside a file"]) == set(KEYS) - {"part"}
    assert keys(files["Names: content/names.toml"]) == set(Name.__struct_fields__)
    assert keys(files["Copies: content/merge.toml"]) == {"merge", "keep_apart"}
    assert keys(files["Record: content/record.jsonl"]) == set(Entry.__struct_fields__)
    assert {f"#. {key}" for key in OWNED} == keys(files["Translations: content/translations/SLUG.LANG.po"])


def test_the_reference_has_every_file_that_a_build_writes(tmp_path: Path) -> None:
    how = ("--frozen", "--quiet", "--search", "--base-url", "https://example.org/x/", "--cache", tmp_path / "cache")
    command = [sys.executable, "-m", "site_src", "build", *how, "--out", tmp_path / "site"]
    subprocess.run(command, cwd=ROOT, check=True)
    told = keys(sections("reference/files.md")["What a build writes: _site/"])
    assert told == {path.name for path in (tmp_path / "site").iterdir()}


def test_the_reference_has_every_key_of_the_file_that_tells_what_a_site_was_made_from(tmp_path: Path) -> None:
    how = ("--frozen", "--quiet", "--cache", tmp_path / "cache", "--out", tmp_path / "site")
    subprocess.run([sys.executable, "-m", "site_src", "build", *how], cwd=ROOT, check=True)
    assert keys(sections("reference/files.md")["build.json"]) == set(
        json.loads((tmp_path / "site" / "build.json").read_text())
    )


def test_every_key_of_the_editors_word_is_told() -> None:
    told = set(coded(text("editors-word.md")))
    assert {key for key in KEYS if not {key, f"[{key}]", f"[[{key}]]"} & told} == set()


def test_other_names_of_the_header_fields_are_those_of_the_table() -> None:
    table = tomllib.loads((ROOT / "site_src" / "tables" / "header.toml").read_text("utf-8"))["keys"]
    body = sections("reference/files.md")["Header fields, and NAME.toml beside a file"]
    assert {coded(row[0])[0]: row[1].split(", ") for row in rows(body)} == table


def test_the_steps_to_a_new_language_name_every_part_of_a_label_file() -> None:
    labels = tomllib.loads((ROOT / "templates" / "labels" / "en.toml").read_text("utf-8"))
    assert {f"[{part}]" for part in labels} == keys(text("how-to/language.md"))
    assert set(labels["language"]) <= set(coded(text("how-to/language.md")))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_method_page_explains_every_badge_that_a_story_can_carry(lang: str) -> None:
    labels = tomllib.loads((ROOT / "templates" / "labels" / f"{lang}.toml").read_text("utf-8"))["labels"]
    badges = {words for name, words in labels.items() if name.startswith("badge_") and isinstance(words, str)}
    page = (ROOT / "content" / "pages" / f"about.{lang}.md").read_text("utf-8")
    assert badges == set(re.findall(r"(?m)^- \*(.+?)\*:", page))
    assert "python3 build.py models install" in page


# ---- links ----------------------------------------------------------------------------------------------------------


def anchor(head: str) -> str:
    """The address of a heading, as GitHub makes it."""
    bare = re.sub(r"[^\w\- ]", "", head.strip().lower())
    return bare.replace(" ", "-")


def anchors(path: Path) -> set[str]:
    return {anchor(head) for head in re.findall(r"(?m)^#{1,6} (.+)$", path.read_text("utf-8"))}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if re.match(r"[a-z]+:", link) or "_site" in link or "/content/pages" in path.as_posix():
            continue
        file, _, place = link.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), link
        assert not place or place in anchors(there), link


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_of_the_program_that_a_page_names_is_there(path: Path) -> None:
    named = re.findall(r"`((?:site_src|tests|benchmarks|docs)/[\w./-]*)`", path.read_text("utf-8"))
    assert [name for name in named if "/my" not in name and not (ROOT / name).exists()] == []


def test_the_index_leads_to_every_page_of_the_documentation() -> None:
    linked = {(DOCS / link).resolve() for link in re.findall(r"\]\(([^)#\s]+)\)", text("README.md"))}
    assert {path for path in DOCS.rglob("*.md") if path.name != "README.md"} <= linked


# ---- the tutorial ---------------------------------------------------------------------------------------------------


def blocks(page: str) -> Iterator[tuple[str, str, str]]:
    """The fenced blocks of a page: what the comment above says, the file that it names, the text."""
    found = re.finditer(r"(?:<!-- (\w+): (\S+) -->\n)?```(\w+)\n(.*?)```", page, re.S)
    return ((match[1] or match[3], match[2] or "", match[4]) for match in found)


def shell(line: str, site: Path) -> str:
    """Do one line of a shell block; gives what it printed."""
    words = line.split()
    if words[0] == "git":
        return ""  # the copy is no clone; the next build only has one line more to remember
    if words[0] == "rm":
        for name in words[1:]:
            (site / name).unlink()
        return ""
    assert words[:2] == ["python3", "build.py"], line
    rest = [word for word in words[2:] if word != "--setup"]  # installs from the network; done before tests can run
    done = subprocess.run([sys.executable, "build.py", *rest], cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 0, line + done.stdout + done.stderr
    return done.stdout


def test_the_tutorial_can_be_followed_to_its_end(tmp_path: Path) -> None:
    for name in ("site_src", "templates", "content", "tests/argos"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns(".backup", "*.bak"))
    for name in ("build.py", "site.toml"):
        shutil.copy(ROOT / name, tmp_path)
    said: list[str] = []
    for kind, file, block in blocks(text("tutorial.md")):
        if kind == "file":
            (tmp_path / file).write_text(block, "utf-8")
        elif kind == "entry":
            approve(tmp_path / file, block)
        else:
            said += [shell(line, tmp_path) for line in block.splitlines()]
    told = "\n".join(said)
    for promised in ("4 stories", "5 sentences wait", "5 translated", "1 withheld", "20 remembered"):
        assert promised in told
    assert re.search(r"(?m)^ +2 +3 .* steppe-railway$", told)
    assert "3 stories" in said[-1]


def approve(path: Path, block: str) -> None:
    """The entry of the block's sentence as the block shows it: the file's own `fuzzy` is gone."""
    memory = path.read_text("utf-8")
    source = block.splitlines()[0]
    entry = re.compile(rf"#, fuzzy\n{re.escape(source)}\nmsgstr .*\n")
    assert len(entry.findall(memory)) == 1
    path.write_text(entry.sub(lambda _: block, memory), "utf-8")


def test_every_picture_is_shown_by_a_page() -> None:
    pages = "".join(page.read_text("utf-8") for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
    pictures = [path.name for path in (ROOT / "docs" / "images").iterdir()]
    assert len(pictures) > 3
    assert [name for name in pictures if f"images/{name})" not in pages] == []
