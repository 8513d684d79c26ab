"""Editors at work for long: any order of edits and builds, and a preview that sees every save."""

from __future__ import annotations

import importlib.util
import random
import shutil
import sys
import time
import urllib.request
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

pytestmark = pytest.mark.soak
TESTS = Path(__file__).parent.parent


def module(path: str) -> ModuleType:
    """A test module of the ordinary tests, for what it defines."""
    name = f"soak_{Path(path).stem}"
    spec = importlib.util.spec_from_file_location(name, TESTS / path)
    assert spec and spec.loader
    sys.modules[name] = made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_no_order_of_edits_and_builds_loses_a_word(seconds: float) -> None:
    """The machine of the ordinary tests, for as many histories as the time allows."""
    desk = module("test_translate_promises.py").Desk
    histories, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        run_state_machine_as_test(
            desk, settings=settings(max_examples=10, stateful_step_count=60, deadline=None, database=None,
                                    suppress_health_check=list(HealthCheck)),
        )  # fmt: skip
        histories += 10
    print(f"{histories} histories of up to 60 steps")


def test_the_preview_outlives_any_number_of_saves(tmp_path: Path, chance: random.Random, seconds: float) -> None:
    preview_tests = module("browser/test_preview.py")
    for folder in ("articles", "translations", "pages"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    shutil.copy(TESTS.parent / "content" / "names.toml", tmp_path / "content")
    shutil.copy(TESTS.parent / "site.toml", tmp_path)
    articles, rules = tmp_path / "content" / "articles", (tmp_path / "site.toml").read_text("utf-8")
    (articles / "canal.txt").write_text(preview_tests.ARTICLE.format(title="قناة أولى"), "utf-8")
    preview = preview_tests.Preview(tmp_path)
    log = tmp_path / "preview.log"
    process, saves, held, memory = Path(f"/proc/{preview.child.pid}"), 0, [], []
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            saves += 1
            disturb(articles, rules, tmp_path / "site.toml", chance, saves)
            preview.save("canal.txt", f"قناة رقم {saves}")
            if saves % 25 == 0:
                held.append(len(list((process / "fd").iterdir())))
                memory.append(int((process / "statm").read_text().split()[1]) * 4 // 1024)
            time.sleep(chance.choice((0.0, 0.02, 0.1)))
        (tmp_path / "site.toml").write_text(rules, "utf-8")
        preview.save("canal.txt", "قناة أخيرة باقية")
        until = time.monotonic() + 60
        while "قناة أخيرة باقية" not in shown(preview.address) and time.monotonic() < until:
            time.sleep(0.5)
        assert "قناة أخيرة باقية" in shown(preview.address)
        assert preview.child.poll() is None
        builds = log.read_text("utf-8").count(" read, ")
        assert builds
        most = [max(part) for part in quarters(memory)]
        print(f"{saves} saves in {builds} builds; open files {held[0]} to {held[-1]}, at most {max(held)}; "
              f"most memory in each quarter {most} MB")  # fmt: skip
        assert max(held) <= held[0] + 10
        assert most[-1] <= 1.2 * most[0]
    finally:
        preview.close()


def quarters(measured: list[int]) -> list[list[int]]:
    size = -(-len(measured) // 4)
    return [measured[start : start + size] for start in range(0, len(measured), size)]


def disturb(articles: Path, rules: str, config: Path, chance: random.Random, saves: int) -> None:
    """Now and then: a new, a renamed, a deleted folder, a broken site.toml and its mending."""
    what = chance.randrange(12)
    if what == 0:
        (articles / f"folder-{saves}").mkdir()
        shutil.copy(articles / "canal.txt", articles / f"folder-{saves}" / "canal (copy).txt")  # the plain name leads
    elif what == 1:
        for folder in list(articles.glob("folder-*"))[:1]:
            folder.rename(articles / f"folder-renamed-{saves}")
    elif what == 2:
        for folder in list(articles.glob("folder-*"))[:2]:
            shutil.rmtree(folder)
    elif what == 3:
        config.write_text(rules + "\n[nonsense]\n", "utf-8")
    elif what == 4:
        config.write_text(rules, "utf-8")


def shown(address: str) -> str:
    try:
        with urllib.request.urlopen(address + "ar/stories/canal.html", timeout=10) as answer:
            return str(answer.read().decode("utf-8"))
    except OSError:
        return ""
