"""Whole builds broken at hundreds of points: killed, and refused by the system at one call after the other."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from pathlib import Path

import pytest
import support_attack as attack

from site_src.pipeline import Options, build
from site_src.places import find_places
from site_src.settings import load_settings

pytestmark = pytest.mark.soak
CALLS = "openat,write,pwrite64,fsync,syncfs,rename,renameat2,link,linkat,mkdir,unlink,unlinkat,ftruncate"
ERRORS = ("EIO", "ENOSPC", "EACCES", "EROFS", "EDQUOT")


@pytest.mark.parametrize("with_model", [False, True])
def test_builds_killed_at_random_points(
    tmp_path: Path, chance: random.Random, seconds: float, with_model: bool
) -> None:
    """Children of this process, so that hundreds of whole builds need no second start of Python each."""
    site = attack.make(tmp_path / "site", with_model)
    assert attack.run(site, "build").returncode == 0
    places = find_places(str(site / "site.toml"))
    turns = killed = 0
    whole, until = 1.0, time.monotonic() + seconds
    while time.monotonic() < until:
        turns += 1
        attack.turn(site, turns)
        before = attack.whole_site(site)
        child = fork().Process(target=build, args=(places, load_settings(places.config), Options()))
        began = time.monotonic()
        child.start()
        child.join(chance.uniform(0.0, 1.1) * whole)
        if child.exitcode is None:
            killed += 1
            child.kill()
            child.join()
        else:
            assert child.exitcode == 0
            whole = time.monotonic() - began
        assert attack.whole_site(site) <= before | {90000 + turns}
        attack.whole_memory(site)
    assert attack.run(site, "build").returncode == 0
    assert attack.whole_site(site) == {90000 + turns}
    print(f"{turns} builds (package: {with_model}), {killed} killed on the way")


def fork() -> multiprocessing.context.ForkContext:
    return multiprocessing.get_context("fork")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace refuses the calls")
def test_builds_refused_by_the_system_at_any_call(tmp_path: Path, chance: random.Random, seconds: float) -> None:
    """One call of the build fails: it says so or does without, and what was there stays whole."""
    site = attack.make(tmp_path / "site")
    assert attack.run(site, "build").returncode == 0
    tried, codes = 0, dict.fromkeys((0, 1, 3), 0)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        tried += 1
        attack.turn(site, tried)
        before = attack.whole_site(site)
        error, place = chance.choice(ERRORS), chance.randrange(1, 260)
        refuse = f"inject={CALLS.replace('openat,', '')}:error={error}:when={place}"
        words = ("strace", "-qq", "-f", "-o", "/dev/null", "-e", f"trace={CALLS}", "-e", refuse)
        done = attack.run(site, "build", before=words)
        assert "Traceback" not in done.stderr or "Exception ignored" in done.stderr, (error, place, done.stderr)
        codes[done.returncode] = codes.get(done.returncode, 0) + 1
        assert done.returncode in (0, 1), (error, place, done.stdout + done.stderr)
        assert attack.whole_site(site) <= before | {90000 + tried}, (error, place)
        attack.whole_memory(site)
    assert attack.run(site, "build").returncode == 0
    print(f"{tried} builds with one refused call; exit codes {codes}")
