"""A cache that cannot be used costs time, and one line that says so: never a page, never a command."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import support_attack as attack
from support_cluster import free_port

from site_src.errors import FIXABLE

ROOT = Path(__file__).parent.parent
FINE = 0


def bound() -> tuple[str, ...]:
    """The words before a command that let permissions hold for root as well; skips where there is no such program."""
    if os.name != "posix":
        pytest.skip("permissions are told otherwise here")
    if os.geteuid():
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere")
    return ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


def read_only(cache: Path) -> None:
    for path in (*cache.rglob("*"), cache):
        path.chmod(path.stat().st_mode & ~0o222)


def unreadable(cache: Path) -> None:
    cache.chmod(0)


def read_only_file(cache: Path) -> None:
    (cache / "store.sqlite").chmod(0o444)


def a_file(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("no folder")


def below_nothing(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.symlink_to(cache.parent / "a missing drive" / "cache")


HARMS = pytest.mark.parametrize("harm", [read_only, unreadable, read_only_file, a_file, below_nothing])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built twice, whose articles changed since."""
    site = attack.make(tmp_path / "site")
    attack.build_here(site)
    attack.turn(site, 1)
    attack.build_here(site)
    attack.turn(site, 2)
    return site


@pytest.fixture(autouse=True)
def removable(site: Path) -> Iterator[None]:
    """What a test took away is given back, so that the folder can be removed."""
    yield
    for path in (site / ".cache", *(site / ".cache").rglob("*")):
        if path.exists():
            path.chmod(0o755)


def said(done: subprocess.CompletedProcess[str]) -> int:
    """How often a command that did its work said that nothing can be remembered."""
    assert done.returncode in (FINE, FIXABLE), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "refused it" not in done.stderr
    return done.stderr.count("nothing can be remembered there")


@HARMS
def test_a_site_is_built_right_without_its_cache_and_that_is_said_once(
    site: Path, harm: Callable[[Path], None]
) -> None:
    harm(site / ".cache")
    assert said(attack.run(site, "build", before=bound())) == 1
    assert attack.whole_site(site) == {90002}
    again = attack.run(site, "build", before=bound())
    assert said(again) == 1
    assert "0 files written" in again.stdout
    cold = attack.run(site, "check")  # by itself a check opens no cache
    assert "0 files would be written" in cold.stdout


@HARMS
@pytest.mark.parametrize(("command", "times"), [("status", 1), ("translate", 1), ("check", 0)])
def test_commands_answer_without_the_cache(site: Path, harm: Callable[[Path], None], command: str, times: int) -> None:
    attack.build_here(site)
    harm(site / ".cache")
    assert said(attack.run(site, command, before=bound())) == times


@HARMS
def test_the_preview_shows_the_site_without_the_cache_and_leaves_nothing(
    site: Path, tmp_path: Path, harm: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    harm(site / ".cache")
    instead = tmp_path / "temporary"
    instead.mkdir()
    monkeypatch.setenv("TMPDIR", str(instead))
    words = [*bound(), *attack.command(site, "serve", "--port", str(free_port()))]
    preview = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert preview.stdout is not None
    lines = []
    while not lines or not lines[-1].startswith("Preview:"):
        lines.append(preview.stdout.readline())
        assert lines[-1], lines
    assert any("the site is in" in line for line in lines), lines
    preview.send_signal(signal.SIGINT)
    preview.communicate(timeout=20)
    assert list(instead.iterdir()) == []


def test_a_cache_that_can_be_written_again_is_used_again_without_a_word(site: Path) -> None:
    (site / ".cache" / "store.sqlite").chmod(0o444)
    assert said(attack.run(site, "build", before=bound())) == 1
    for path in (site / ".cache").glob("store.sqlite*"):
        path.chmod(0o644)
    assert [said(attack.run(site, "build", before=bound())) for _ in range(2)] == [0, 0]
