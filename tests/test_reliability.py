"""A build broken from outside: killed, interrupted, out of space, without rights, twice at once, in a wrong time."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import support_attack as attack
from support_site import tree

from site_src.cli import main
from site_src.filesystem import replace_bytes


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return attack.make(tmp_path / "site")


@pytest.fixture
def open_site() -> Iterator[Path]:
    """A site where every user of the machine can come; the folders of pytest are its owner's alone."""
    folder = Path(tempfile.mkdtemp(prefix="mujaz-"))
    folder.chmod(0o755)
    yield attack.make(folder / "site")
    shutil.rmtree(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 96 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "none", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def ok(done: subprocess.CompletedProcess[str], code: int = 0) -> str:
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "bug of ours" not in done.stderr
    return done.stdout + done.stderr


def test_a_build_for_which_the_memory_is_not_enough_is_no_bug_and_leaves_the_old_site(site: Path) -> None:
    ok(attack.run(site, "build"))
    before = tree(site / "_site")
    (site / "templates").mkdir()
    (site / "templates" / "story.html").write_text("{{ 'x' * 10**16 }}", "utf-8")
    assert "The memory of this machine is not enough." in ok(attack.run(site, "build"), 1)
    assert tree(site / "_site") == before


def test_a_build_killed_at_random_points_leaves_one_whole_site_and_every_word(site: Path) -> None:
    began = time.monotonic()
    ok(attack.run(site, "build"))
    whole, dice = time.monotonic() - began, random.Random(9)
    for number in range(1, 6):
        attack.turn(site, number)
        before = attack.whole_site(site)
        attack.kill_after(site, dice.uniform(0.3, 1.0) * whole)
        assert attack.whole_site(site) <= before | {90000 + number}
        attack.whole_memory(site)
    ok(attack.run(site, "build"))
    assert attack.whole_site(site) == {90005}
    assert sorted(path.name for path in site.iterdir() if "mujaz" in path.name) == []


@pytest.mark.parametrize("share", [0.1, 0.7])
def test_ctrl_c_ends_with_130_and_leaves_nothing_behind(site: Path, share: float) -> None:
    began = time.monotonic()
    ok(attack.run(site, "build"))
    attack.turn(site, 1)
    code, said = attack.kill_after(site, share * (time.monotonic() - began), signal.SIGINT)
    outside = share < 0.5 or "files written" in said  # before a line of ours has run, or after the last
    cut_short = code == -signal.SIGINT or (code == 1 and "KeyboardInterrupt" in said)  # Python's own start or end
    if code == -signal.SIGINT and "Interrupted" in said:  # a line that Python runs from a string was interrupted:
        code = 130  # of `-m` it tells the shell so by the signal, which the shell calls 130 as well
    assert code in (130, 0) or (cut_short and outside), said
    if code == 130:
        assert "Interrupted" in said
    assert "Traceback" not in said or outside
    assert {path.name for path in site.iterdir() if "mujaz" in path.name} <= {"._site.mujaz-lock"}
    attack.whole_site(site)
    attack.whole_memory(site)


def test_a_full_disk_under_the_output_keeps_the_old_site_and_says_so(site: Path, small_disk: Path) -> None:
    out = small_disk / "out"
    out.mkdir()
    assert "cannot be written" in ok(attack.run(site, "build", "--out", str(out)), code=1)
    assert list(out.iterdir()) == [] and not (small_disk / ".out.mujaz-new").exists()


def test_a_full_disk_under_the_content_keeps_its_files_and_says_so(site: Path, small_disk: Path) -> None:
    content = small_disk / "content"
    (content / "articles").mkdir(parents=True)
    for name in ("canal.txt", "lake.txt"):
        shutil.copy(site / "content" / "articles" / name, content / "articles")
    (content / "names.toml").write_text("", "utf-8")
    (content / "translations").mkdir()
    (content / "translations" / "canal.en.po").write_text(attack.PERSON, "utf-8")
    with (small_disk / "filling").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while file.write(b"x" * 1024):
            pass
    before = attack.tree(content)
    assert "record.jsonl: cannot be saved" in ok(attack.run(site, "build", "--content", str(content)))
    assert attack.tree(content) == before
    (small_disk / "filling").unlink()
    assert "cannot be saved" not in ok(attack.run(site, "build", "--content", str(content)))
    assert (content / "record.jsonl").is_file()


def test_content_that_may_only_be_read_is_built(open_site: Path) -> None:
    user = attack.as_nobody(open_site)
    if user is None:
        pytest.skip("nothing here takes root's rights away")
    for path in [open_site, *open_site.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = attack.tree(open_site)
    out = Path(tempfile.mkdtemp(prefix="mujaz-out-"))
    out.chmod(0o777)
    options = ("--out", str(out / "site"), "--cache", str(out / "cache"))
    said = ok(attack.run(open_site, "build", *options, before=user))
    assert "record.jsonl: cannot be saved" in said and "2 stories" in said
    assert "cannot be saved" not in ok(attack.run(open_site, "build", "--frozen", *options, before=user))
    assert attack.tree(open_site) == before
    for path in [open_site, *open_site.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(out)


def test_an_output_and_an_article_without_rights_are_named(open_site: Path) -> None:
    user = attack.as_nobody(open_site)
    if user is None:
        pytest.skip("nothing here takes root's rights away")
    (open_site / "content" / "articles" / "lake.txt").chmod(0)
    open_site.chmod(0o555)
    options = ("--frozen", "--cache", str(open_site / "no-cache"))
    said = ok(attack.run(open_site, "build", *options, before=user), code=1)
    assert f"cannot be written (Permission denied: {open_site}" in said
    open_site.chmod(0o777)
    said = ok(attack.run(open_site, "build", *options, before=user))
    assert "lake.txt: cannot be read: Permission denied" in said and "1 story" in said


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES], ids=errno.errorcode.get)
def test_a_call_that_the_system_refuses_costs_at_most_the_build(
    site: Path, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    words = ["build", "--config", str(site / "site.toml")]
    for turn in (0, 1):  # the first leaves more for the next
        attack.turn(site, turn)
        with attack.refusing(site, code, 0) as made:
            assert main(words) == 0
    places = random.Random(code).sample(range(1, len(made) + 1), 8)
    for turn, place in zip(count(3, 2), places, strict=False):
        attack.turn(site, turn - 1)
        assert main(words) == 0  # makes good whatever the last refusal cost: it would spare this one calls
        attack.turn(site, turn)
        before = attack.whole_site(site)
        with attack.refusing(site, code, place) as made:
            done = main(words)
        said = "".join(capsys.readouterr())
        assert len(made) >= place, "nothing was refused"
        assert done in (0, 1) and "bug of ours" not in said, (made[place - 1], said)
        assert attack.whole_site(site) <= ({90000 + turn} if done == 0 else before | {90000 + turn}), said
        attack.whole_memory(site)
    assert main(words) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_report_that_cannot_be_printed_is_no_bug_of_ours_and_the_site_is_there(site: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = attack.command(site, "build")
        done = subprocess.run(command, cwd=attack.ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1 and "The system refused it: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr and "bug of ours" not in done.stderr
    assert attack.whole_site(site) == {90000}


@pytest.mark.parametrize("planted", ["new", "old", "lock"])
def test_a_link_in_the_place_of_a_file_of_ours_is_never_written_through(site: Path, planted: str) -> None:
    elsewhere = site / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_bytes(b"somebody's")
    (site / f"._site.mujaz-{planted}").symlink_to(elsewhere / "file" if planted == "lock" else elsewhere)
    said = ok(attack.run(site, "build"), code=1)
    assert f"._site.mujaz-{planted}: is a symbolic link" in said and not (site / "_site").exists()
    assert attack.tree(elsewhere) == {"file": b"somebody's"}


def test_a_link_planted_where_a_file_is_about_to_be_written_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"somebody's")
    (tmp_path / f".names.toml.{os.getpid()}.new").symlink_to(tmp_path / "elsewhere")
    replace_bytes(tmp_path / "names.toml", b"ours")
    assert attack.tree(tmp_path) == {"elsewhere": b"somebody's", "names.toml": b"ours"}


def test_two_builds_at_once_end_as_one_site_or_one_is_told_to_wait(site: Path) -> None:
    children = [attack.start(site, "build") for _ in range(3)]
    said = [child.communicate(timeout=120)[1] for child in children]
    for child, errors in zip(children, said, strict=True):
        assert child.returncode == 0 or "another build" in errors, errors
    assert any(child.returncode == 0 for child in children)
    assert attack.whole_site(site) == {90000}
    attack.whole_memory(site)


def test_a_brief_closed_while_a_build_runs_stays_closed(site: Path) -> None:
    ok(attack.run(site, "build"))
    attack.turn(site, 1)
    building = attack.start(site, "build")
    ok(attack.run(site, "brief", "close"))
    building.communicate(timeout=120)
    assert '"brief"' in (site / "content" / "record.jsonl").read_text("utf-8")


def test_a_clock_that_goes_backwards_changes_no_byte(site: Path) -> None:
    attack.build_here(site, "2026-11-21")
    before = attack.tree(site / "_site"), (site / "content" / "record.jsonl").read_bytes()
    for path in site.rglob("*"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    attack.build_here(site, "1999-01-01")
    assert (attack.tree(site / "_site"), (site / "content" / "record.jsonl").read_bytes()) == before


def test_the_same_inputs_give_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    made = []
    for number, (zone, lang, seed) in enumerate((("UTC", "C", "1"), ("Asia/Almaty", "ar_EG.UTF-8", "77"))):
        site = attack.make(tmp_path / f"{number}" / ("deeper" * number) / "site")
        for path in site.rglob("*.txt"):
            os.utime(path, (1e9 * (number + 1), 1e9))
        environment = ("env", f"TZ={zone}", f"LANG={lang}", f"LC_ALL={lang}", f"PYTHONHASHSEED={seed}", "PYTHONUTF8=1")
        ok(attack.run(site, "build", "--frozen", "--base-url", "https://example.org/", before=environment))
        made.append(attack.tree(site / "_site"))
    assert made[0] == made[1]


def test_names_that_are_no_text_and_files_that_are_no_pages_are_each_said(site: Path) -> None:
    articles = site / "content" / "articles"
    text = (articles / "canal.txt").read_bytes()
    for name in (b"bad-\xff.txt", b"line\nbreak.txt", b"<img src=x onerror=alert(1)>.txt", b"a" * 250 + b".txt",
                 "\u202etxt.exe".encode(), b"-rf.txt", b"con.txt", b"..txt", b"..x.txt"):  # fmt: skip
        Path(os.fsdecode(os.fsencode(articles) + b"/" + name)).write_bytes(text)
    (articles / "loop").symlink_to(articles / "loop")
    (articles / "out.txt").symlink_to("/etc/passwd")
    (articles / "folder").symlink_to("/etc")
    (articles / "zip.txt").write_bytes(b"PK\x03\x04" + bytes(100))
    (articles / "esc.txt").write_bytes(b"\x1b]0;owned\x07\x1b[2J" + "شارك\n".encode())
    os.mkfifo(articles / "pipe.txt")
    said = ok(attack.run(site, "build", "--frozen"))
    for name in ("loop", "out.txt", "folder", "zip.txt", "esc.txt", "pipe.txt"):
        assert name in said
    assert "\x1b" not in said and "root:" not in "".join(map(repr, attack.tree(site / "_site").values()))
    assert "\x1b" not in ok(attack.run(site, "inspect", str(articles), "--explain"))


def test_a_note_that_is_no_text_stops_the_build_with_its_name(site: Path) -> None:
    (site / "content" / "notes").mkdir()
    (site / "content" / "notes" / "canal.en.md").write_bytes(b"\xff\xfe\x00")
    (site / "content" / "notes" / "lake.en.md").symlink_to("/etc/passwd")
    said = ok(attack.run(site, "build"), code=1)
    assert "canal.en.md: is not UTF-8" in said and "lake.en.md: is a link that leads out" in said
    assert not (site / "_site").exists()


@pytest.mark.parametrize("planted", [b"", b"SQLite format 3\0" + b"\xff" * 4000, b"\x80\x04cos\nsystem\n(S'id'\ntR."])
def test_a_planted_cache_is_only_slow(site: Path, planted: bytes) -> None:
    attack.build_here(site)
    before = attack.tree(site / "_site")
    for path in (site / ".cache").iterdir():
        if path.is_file():  # the spare's files are the site's own, by another name
            path.write_bytes(planted)
    shutil.rmtree(site / "_site")
    attack.build_here(site)
    assert attack.tree(site / "_site") == before


def test_a_bug_behind_the_preview_is_shown_and_the_next_save_tries_again(tmp_path: Path) -> None:
    from site_src.serve.preview import Preview

    builds = iter([ZeroDivisionError("a bug of ours"), None])

    def rebuild() -> bool:
        if (fault := next(builds)) is not None:
            raise fault
        return False

    preview = Preview(tmp_path, "/", 8000)
    attempt = preview.keep_failure(rebuild)
    assert attempt() and "a bug of ours" in preview.failure
    assert attempt() and preview.failure == ""
