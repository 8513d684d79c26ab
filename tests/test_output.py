"""The old site is whole until the new one is, and nothing that is not ours is touched."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_src.errors import MujazError
from site_src.model.output import Recipe, Sheaf
from site_src.output import beside, compare_site, write_site

ROOT = Path(__file__).parent.parent


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".mujaz-files"
    }


def page(path: str, content: bytes, made_from: bytes = b"") -> Recipe:
    return Recipe(path, made_from, lambda: content)


def never(path: str, made_from: bytes) -> Recipe:
    """A page that must not be made."""

    def make() -> bytes:
        raise AssertionError(f"{path} was made")

    return Recipe(path, made_from, make)


def never_opened() -> list[Recipe]:
    raise AssertionError("the sheaf is opened")


def sheaf(made_from: bytes, *pages: Recipe) -> Sheaf:
    return Sheaf(tuple(page.path for page in pages), made_from, lambda: pages)


def test_a_sheaf_is_opened_only_where_it_or_one_of_its_files_is_not_that_of_the_last_build(tmp_path: Path) -> None:
    out, pages = tmp_path / "site", (page("a.html", b"1", b"one"), page("b.html", b"2", b"two"))
    left = write_site(out, [sheaf(b"s", *pages)]).left
    closed = Sheaf(("a.html", "b.html"), b"s", never_opened)
    assert compare_site(out, [closed], left).written == 0
    again = write_site(out, [closed], left)
    assert (again.written, again.left) == (0, left)
    other = write_site(out, [sheaf(b"t", never("a.html", b"one"), page("b.html", b"3", b"three"))], left)
    assert (other.written, (out / "b.html").read_bytes()) == (1, b"3")
    (out / "a.html").write_bytes(b"by hand")
    mended = write_site(out, [sheaf(b"t", pages[0], never("b.html", b"three"))], other.left)
    assert (mended.written, (out / "a.html").read_bytes()) == (1, b"1")
    assert not write_site(out, [sheaf(b"t", pages[0])], mended.left).left.files.keys() & {"b.html"}


def test_a_page_of_the_same_recipe_is_not_made_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    first = write_site(out, [page("a.html", b"1", b"one"), page("b.html", b"2", b"two")])
    second = write_site(out, [never("a.html", b"one"), page("b.html", b"3", b"three")], first.left)
    assert (second.written, second.removed) == (1, 0)
    third = write_site(out, [never("a.html", b"one"), never("b.html", b"three")], second.left)
    assert (third.written, third.removed) == (0, 0)
    assert tree(out) == {"a.html": b"1", "b.html": b"3"}


def test_comparing_makes_no_page_of_the_same_recipe(tmp_path: Path) -> None:
    out = tmp_path / "site"
    left = write_site(out, [page("a.html", b"1", b"one"), page("b.html", b"2", b"two")]).left
    result = compare_site(out, [never("a.html", b"one"), page("b.html", b"3", b"three")], left)
    assert (result.written, result.removed) == (1, 0)


def in_pieces(path: str, *pieces: bytes) -> Recipe:
    return Recipe(path, b"", lambda: iter(pieces))


def test_a_file_made_in_pieces_is_written_where_it_says_something_else_alone(tmp_path: Path) -> None:
    out, spare = tmp_path / "site", tmp_path / "spare"
    left = None
    for content, written in ((b"12", 1), (b"12", 0), (b"13", 1), (b"134", 1), (b"1", 1), (b"1", 0)):
        recipes = [in_pieces("below/all.json", *(b"%c" % byte for byte in content)), page("a.html", b"a", b"a")]
        assert compare_site(out, recipes, left).written == written + (left is None)
        result = write_site(out, recipes, left, spare)
        assert result.written == written + (left is None)
        assert tree(out) == {"below/all.json": content, "a.html": b"a"}
        left = result.left


def test_a_file_whose_making_fails_half_way_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, [in_pieces("all.json", b"1", b"2")])

    def fails() -> Iterator[bytes]:
        yield b"3"
        raise MujazError("half way")

    with pytest.raises(MujazError, match="half way"):
        write_site(out, [Recipe("all.json", b"", fails)])
    assert tree(tmp_path) == {"site/all.json": b"12"}


@pytest.mark.parametrize("harm", ["changed", "replaced", "touched back", "removed"])
def test_a_page_of_the_same_recipe_is_made_again_where_somebody_changed_the_file(tmp_path: Path, harm: str) -> None:
    out = tmp_path / "site"
    left = write_site(out, [page("a.html", b"right", b"one"), page("b.html", b"2", b"two")]).left
    path = out / "a.html"
    at = path.stat()
    if harm in {"removed", "replaced"}:
        path.unlink()
    if harm != "removed":
        path.write_bytes(b"wrong")
    if harm == "touched back":
        os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert write_site(out, [page("a.html", b"right", b"one"), never("b.html", b"two")], left).written == 1
    assert tree(out) == {"a.html": b"right", "b.html": b"2"}


def test_a_page_changed_while_the_site_is_written_is_made_again_by_the_next_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    left = write_site(out, [page("a.html", b"right", b"one"), page("b.html", b"2", b"two")]).left

    def pages() -> Iterator[Recipe]:
        yield never("a.html", b"one")
        (out / "a.html").write_bytes(b"wrong")
        yield page("b.html", b"3", b"three")

    left = write_site(out, pages(), left).left
    assert write_site(out, [page("a.html", b"right", b"one"), never("b.html", b"three")], left).written == 1
    assert tree(out) == {"a.html": b"right", "b.html": b"3"}


def test_a_site_is_written_into_a_new_folder(tmp_path: Path) -> None:
    result = write_site(tmp_path / "site", [page("index.html", b"front"), page("en/a/index.html", b"story")])
    assert (result.written, result.removed) == (2, 0)
    assert tree(tmp_path / "site") == {"index.html": b"front", "en/a/index.html": b"story"}


def test_a_second_identical_build_touches_nothing(tmp_path: Path) -> None:
    out, pages = tmp_path / "site", [page("index.html", b"front"), page("en/index.html", b"home")]
    write_site(out, pages)
    before = {path: path.stat().st_mtime_ns for path in [out, *out.rglob("*")]}
    assert write_site(out, pages).written == 0
    assert {path: path.stat().st_mtime_ns for path in [out, *out.rglob("*")]} == before


def test_what_a_build_no_longer_makes_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, [page("index.html", b"1"), page("en/old/index.html", b"2")])
    result = write_site(out, [page("index.html", b"1")])
    assert (result.written, result.removed) == (0, 1)
    assert not (out / "en").exists()


def test_a_page_changed_by_hand_in_the_output_is_made_right_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, [page("index.html", b"right")])
    (out / "index.html").write_bytes(b"wrong")
    assert write_site(out, [page("index.html", b"right")]).written == 1
    assert tree(out) == {"index.html": b"right"}


def test_a_folder_with_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work")
    with pytest.raises(MujazError, match=r"thesis\.docx"):
        write_site(out, [page("index.html", b"1")])
    assert tree(out) == {"thesis.docx": b"years of work"}


def test_a_foreign_file_among_ours_is_refused_too(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, [page("index.html", b"1")])
    (out / "notes.txt").write_text("mine")
    with pytest.raises(MujazError, match=r"\(notes\.txt\)"):
        write_site(out, [])
    for name in ("plans.txt", "letters.txt"):
        (out / name).write_text("mine")
    with pytest.raises(MujazError, match=r"\(letters\.txt and 2 more\)"):
        write_site(out, [])
    assert (out / "index.html").exists()


def test_a_symbolic_link_as_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    with pytest.raises(MujazError, match="symbolic link"):
        write_site(tmp_path / "site", [page("index.html", b"1")])
    assert not list((tmp_path / "real").iterdir())


@pytest.mark.parametrize("what", ["new", "old", "lock"])
def test_a_link_in_the_place_of_what_is_kept_beside_the_output_is_refused(tmp_path: Path, what: str) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    write_site(out, [page("index.html", b"1")])
    elsewhere.mkdir()
    (elsewhere / "thesis.txt").write_text("years of work")
    beside(out, what).symlink_to(elsewhere)
    with pytest.raises(MujazError, match="symbolic link, and none of ours"):
        write_site(out, [page("index.html", b"2")])
    assert (tree(out), tree(elsewhere)) == ({"index.html": b"1"}, {"thesis.txt": b"years of work"})


def test_what_has_no_name_is_no_folder_for_a_site() -> None:
    with pytest.raises(MujazError, match="is no folder for a site"):
        write_site(Path(), [page("index.html", b"1")])


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that is a disk of its own, which no other folder can take the place of."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_site_on_a_disk_of_its_own_is_written_file_by_file(disk: Path) -> None:
    spare = disk.with_name("spare")
    site = {"index.html": b"1", "en/a.html": b"a", "en/old/b.html": b"b"}
    assert not write_site(disk, [page(path, content) for path, content in site.items()], spare=spare).atomic
    assert tree(disk) == site
    same = (disk / "en" / "a.html").stat()
    second = write_site(disk, [page("index.html", b"2"), page("en/a.html", b"a"), page("en/c.html", b"c")], spare=spare)
    assert (second.written, second.removed, second.atomic) == (2, 1, False)
    assert tree(disk) == {"index.html": b"2", "en/a.html": b"a", "en/c.html": b"c"}
    assert not (disk / "en" / "old").exists() and (disk / "en" / "a.html").stat().st_mtime_ns == same.st_mtime_ns
    assert not beside(disk, "new").exists() and not spare.exists()
    (disk / "thesis.txt").write_text("years of work")
    with pytest.raises(MujazError, match=r"thesis\.txt"):
        write_site(disk, [])


def test_a_page_that_became_a_link_out_of_the_output_is_refused(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere.html"
    write_site(out, [page("index.html", b"1")])
    elsewhere.write_bytes(b"1")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(elsewhere)
    with pytest.raises(MujazError, match=r"index\.html"):
        write_site(out, [page("index.html", b"2")])
    assert elsewhere.read_bytes() == b"1"


def test_a_list_of_files_that_names_others_removes_none_of_them(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, [page("index.html", b"1")])
    (tmp_path / "thesis.txt").write_text("years of work")
    (out / ".mujaz-files").write_bytes(b"index.html\n../thesis.txt\n" + bytes(tmp_path / "thesis.txt") + b"\n\xff\0\n")
    write_site(out, [page("other.html", b"2")])
    assert tree(out) == {"other.html": b"2"}
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_file_as_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(MujazError, match="not a folder"):
        write_site(tmp_path / "site", [page("index.html", b"1")])


def test_a_failure_in_the_middle_of_rendering_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, [page("index.html", b"old")])

    def pages():
        yield page("index.html", b"new")
        raise MujazError("a template is broken")

    with pytest.raises(MujazError, match="template"):
        write_site(out, pages())
    assert tree(out) == {"index.html": b"old"}
    assert not beside(out, "new").exists()
    assert write_site(out, [page("index.html", b"newer")]).written == 1


def test_a_site_that_an_interrupted_build_left_aside_is_back_before_the_next_begins(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, [page("index.html", b"old")])
    out.rename(beside(out, "old"))

    def recipes() -> Iterator[Recipe]:
        assert tree(out) == {"index.html": b"old"}
        yield page("index.html", b"new")
        raise MujazError("the template is broken")

    with pytest.raises(MujazError, match="broken"):
        write_site(out, recipes())
    assert tree(out) == {"index.html": b"old"} and set(tmp_path.iterdir()) == {out}


def test_an_old_site_that_an_interrupted_build_left_beside_the_new_one_is_cleared_away(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(beside(out, "old"), [page("index.html", b"old")])
    write_site(out, [page("index.html", b"new")])
    assert tree(out) == {"index.html": b"new"} and set(tmp_path.iterdir()) == {out}
    write_site(beside(out, "old"), [page("index.html", b"old")])
    assert write_site(out, [page("index.html", b"newer")]).written == 1
    assert tree(out) == {"index.html": b"newer"} and set(tmp_path.iterdir()) == {out}


def test_where_folders_cannot_be_exchanged_in_one_step_two_renames_do_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "another")
    out, spare = tmp_path / "site", tmp_path / "before"
    for content in (b"first", b"second", b"third"):
        write_site(out, [page("index.html", content)], spare=spare)
        assert tree(out) == {"index.html": content}
    assert tree(spare) == {"index.html": b"second"} and set(tmp_path.iterdir()) == {out, spare}


def test_a_disk_that_fills_leaves_the_old_site_and_says_so(tmp_path: Path) -> None:
    """A real limit of the system: no file above 64 KiB may be written by the child."""
    out = tmp_path / "site"
    write_site(out, [page("index.html", b"old")])
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from site_src.output import write_site; from site_src.model.output import Recipe\n"
        "from site_src.errors import MujazError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try: write_site(Path(sys.argv[1]), [Recipe('index.html', b'', lambda: b'n' * 100000)])\n"
        "except MujazError as error: print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(out)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert "cannot be written" in run.stdout
    assert tree(out) == {"index.html": b"old"}


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    """Two whole sites are written in turn by a child that is killed at many moments."""
    out, spare = tmp_path / "site", tmp_path / "before"
    code = (
        "import sys; from pathlib import Path\n"
        "from site_src.output import write_site; from site_src.model.output import Recipe\n"
        "print('ready', flush=True)\n"
        "for turn in range(10**6):\n"
        "    write_site(Path(sys.argv[1]),\n"
        "        [Recipe(f'{n}.html', b'', lambda turn=turn: str(turn).encode() * 50) for n in range(40)],\n"
        "        spare=Path(sys.argv[2]) if turn % 5 else None)\n"
    )
    for moment in range(25):
        child = subprocess.Popen([sys.executable, "-c", code, str(out), str(spare)], cwd=ROOT, stdout=subprocess.PIPE)
        assert child.stdout
        child.stdout.readline()
        time.sleep(0.004 * moment)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        if out.exists():
            pages = tree(out)
            assert len(pages) == 40
            assert len(set(pages.values())) == 1
    write_site(out, [page("index.html", b"after")], spare=spare)
    assert tree(out) == {"index.html": b"after"}
    assert set(tmp_path.iterdir()) == {out, spare}


def test_many_builds_at_once_write_one_at_a_time_and_leave_no_lock(tmp_path: Path) -> None:
    """The first to come creates the lock and the last to go removes it; none may hold a file that is gone."""
    inside = tmp_path / "inside"
    code = (
        "import os, sys; from pathlib import Path\n"
        "from site_src.errors import MujazError; from site_src.model.output import Recipe\n"
        "from site_src.output import write_site\n"
        "out, inside = map(Path, sys.argv[1:])\n"
        "def recipes(number):\n"
        "    inside.mkdir()\n"
        "    yield Recipe('index.html', b'', lambda: str((os.getpid(), number)).encode())\n"
        "    inside.rmdir()\n"
        "done = 0\n"
        "for number in range(60):\n"
        "    try:\n"
        "        write_site(out, recipes(number)); done += 1\n"
        "    except MujazError as error:\n"
        "        assert 'another build' in str(error), error\n"
        "print(done)\n"
    )
    call = [sys.executable, "-c", code, str(tmp_path / "site"), str(inside)]
    builds = [subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    ends = [build.communicate(timeout=120) for build in builds]
    assert [said for _, said in ends] == [b""] * 4
    assert sum(int(done) for done, _ in ends) >= 1
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_second_build_of_the_same_folder_is_told_to_wait(tmp_path: Path) -> None:
    out = tmp_path / "site"
    beside(out, "lock").write_text("process 1, which was killed")

    def pages():
        with pytest.raises(MujazError, match=rf"another build .process {os.getpid()}, for \d+ seconds"):
            write_site(out, [])
        yield page("index.html", b"first")

    assert write_site(out, pages()).written == 1


def test_comparing_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, [page(path, b"1") for path in ("a.html", "b.html", "d/e.html", "d/f.html", "d/g.html")])
    before = tree(tmp_path)
    result = compare_site(out, [page("c.html", b"3"), page("b.html", b"1"), page("a.html", b"other")])
    assert (result.would_write, result.would_remove) == (("a.html", "c.html"), ("d/e.html", "d/f.html", "d/g.html"))
    assert (result.written, result.removed) == (2, 3)
    assert tree(tmp_path) == before
