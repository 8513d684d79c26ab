"""The site that was there, kept as a spare, saves time only: nothing in it is believed, nothing foreign is lost."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.errors import MujazError
from site_src.filesystem import alone
from site_src.model.output import Recipe
from site_src.output import Left, beside, write_site

NAMES = ("index.html", "a", "a/b", "a/b/c.html", "a/d.html", "e/f/g.html", "e/f.html")
Site = dict[str, bytes]


def tree(folder: Path) -> Site:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".mujaz-files")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def page(path: str, content: bytes, made_from: bytes = b"") -> Recipe:
    return Recipe(path, made_from, lambda: content)


def write(out: Path, site: Site, left: Left | None = None) -> Left:
    """Write `site` beside its spare; until it is whole, nobody sees anything of it."""
    before = tree(out)

    def recipes() -> Iterator[Recipe]:
        for path, content in site.items():
            yield page(path, content, b"of " + content)
        assert tree(out) == before

    written = write_site(out, recipes(), left, spare=out.with_name("spare"))
    assert tree(out) == site
    assert not beside(out, "new").exists()
    return written.left


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A site of which there is a spare: it was written twice."""
    write(tmp_path / "site", {"index.html": b"1", "en/a.html": b"a", "en/old/b.html": b"b"})
    write(tmp_path / "site", {"index.html": b"2", "en/a.html": b"a", "en/old/b.html": b"b"})
    return tmp_path / "site"


def harm(folder: Path, how: str, name: str) -> None:
    """What may be done to a file of a folder, if it is there and can be done."""
    path = folder / name
    with suppress(OSError):
        if how == "foreign":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("xb").close()
        elif how == "link to a folder":
            shutil.move(path.parent, folder.with_name("elsewhere"))
            path.parent.symlink_to(folder.with_name("elsewhere") / path.parent.name)
        elif how == "write":
            with os.fdopen(os.open(path, os.O_RDWR | os.O_NOFOLLOW), "r+b") as file:
                file.write(b"wrong")
        else:
            path.unlink()
            if how == "replace":
                path.write_bytes(b"wrong")
            elif how == "link":
                path.symlink_to(folder.with_name("elsewhere") / "file")


def sites() -> st.SearchStrategy[Site]:
    def possible(names: set[str]) -> bool:
        return not any(one.startswith(f"{other}/") for one in names for other in names)

    names = st.sets(st.sampled_from(NAMES), min_size=1).filter(possible)
    contents = st.sampled_from([b"x", b"yy", b"zzz"])
    return names.flatmap(lambda chosen: st.fixed_dictionaries(dict.fromkeys(sorted(chosen), contents)))


HARMS = st.tuples(
    st.sampled_from(["write", "remove", "replace", "link", "link to a folder", "foreign"]), st.sampled_from(NAMES)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(sites(), st.lists(HARMS, max_size=2), st.booleans()), min_size=2, max_size=6))
def test_whatever_happens_to_the_spare_the_site_is_right(steps: list[tuple[Site, list[tuple[str, str]], bool]]) -> None:
    with TemporaryDirectory() as made:
        out, left = Path(made, "site"), None
        Path(made, "elsewhere").mkdir()
        Path(made, "elsewhere", "file").write_bytes(b"elsewhere")
        for site, harms, remembers in steps:
            left = write(out, site, left if remembers else None)
            for how, name in harms:
                harm(out.with_name("spare"), how, name)
            assert Path(made, "elsewhere", "file").read_bytes() == b"elsewhere"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(sites(), st.sampled_from(["write", "remove", "replace"]), st.sampled_from(NAMES)),
                min_size=2, max_size=5))  # fmt: skip
def test_whatever_happens_to_the_site_the_next_one_is_right(steps: list[tuple[Site, str, str]]) -> None:
    with TemporaryDirectory() as made:
        out, left = Path(made, "site"), None
        for site, how, name in steps:
            left = write(out, site, left)
            harm(out, how, name)


def test_a_first_site_has_a_spare_already(tmp_path: Path) -> None:
    out, site = tmp_path / "site", {"index.html": b"1", "en/a.html": b"a"}
    left = write(out, site)
    assert tree(tmp_path / "spare") == site
    before = (out / "en" / "a.html").stat().st_ctime_ns
    left = write(out, site | {"index.html": b"2"}, left)
    assert (out / "en" / "a.html").stat().st_ctime_ns == before
    assert tree(tmp_path / "spare") == site


def test_a_first_spare_that_is_harmed_in_place_leaves_the_site_ours(tmp_path: Path) -> None:
    left = write(tmp_path / "site", {"index.html": b"1", "en/a.html": b"a"})
    for path in (tmp_path / "spare").rglob("*"):
        if path.is_file():
            path.write_bytes(b"harmed")
    write(tmp_path / "site", {"index.html": b"2", "en/a.html": b"a"}, left)


def test_a_first_site_has_no_spare_where_none_is_wanted_or_can_be(tmp_path: Path) -> None:
    write_site(tmp_path / "alone", [page("index.html", b"1")])
    write_site(tmp_path / "site", [page("index.html", b"1")], spare=tmp_path / "not there" / "spare")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "site"]


def test_what_stays_is_not_even_linked_again(out: Path) -> None:
    paths = [out / "en" / "a.html", out / "en" / "old" / "b.html"]
    before = [(path.stat().st_ino, path.stat().st_ctime_ns) for path in paths]
    for turn in b"3", b"4", b"5":
        write(out, {"index.html": turn, "en/a.html": b"a", "en/old/b.html": b"b"})
    assert [(path.stat().st_ino, path.stat().st_ctime_ns) for path in paths] == before


def test_an_unchanged_site_leaves_the_spare_as_it_was(out: Path) -> None:
    spare = out.with_name("spare")
    before = {path: path.stat().st_ctime_ns for path in spare.rglob("*")}
    write(out, {"index.html": b"2", "en/a.html": b"a", "en/old/b.html": b"b"})
    assert {path: path.stat().st_ctime_ns for path in spare.rglob("*")} == before
    assert tree(spare)["index.html"] == b"1"


def test_what_is_gone_leaves_no_empty_folder(out: Path) -> None:
    write(out, {"index.html": b"3"})
    write(out, {"index.html": b"4"})
    assert [path.name for path in out.iterdir() if path.name != ".mujaz-files"] == ["index.html"]


def test_a_folder_of_somebody_else_in_the_place_of_the_spare_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "spare").mkdir()
    (tmp_path / "spare" / "index.html").write_bytes(b"years of work")
    for turn in b"1", b"2", b"3":
        write(tmp_path / "site", {"index.html": turn})
    assert tree(tmp_path / "spare") == {"index.html": b"years of work"}


def test_a_file_of_somebody_else_in_the_spare_is_never_removed(out: Path) -> None:
    mine = out.with_name("spare") / "thesis.txt"
    mine.write_bytes(b"years of work")
    for turn in b"3", b"4":
        write(out, {"index.html": turn})
    assert mine.read_bytes() == b"years of work"


def test_a_link_in_the_place_of_the_spare_is_not_followed(out: Path) -> None:
    spare, elsewhere = out.with_name("spare"), out.with_name("elsewhere")
    spare.rename(elsewhere)
    spare.symlink_to(elsewhere)
    before = tree(elsewhere)
    write(out, {"index.html": b"3"})
    assert spare.is_symlink()
    assert tree(elsewhere) == before


@pytest.mark.parametrize("what", ["file", "folder", "link", "file among ours"])
def test_what_stands_in_the_place_of_the_spare_is_told_and_left(what: str, out: Path) -> None:
    spare = out.with_name("spare")
    if what == "file among ours":
        (spare / "thesis.txt").write_bytes(b"years of work")
    else:
        shutil.rmtree(spare)
    if what == "file":
        spare.write_bytes(b"years of work")
    elif what == "folder":
        spare.mkdir()
        (spare / "thesis.txt").write_bytes(b"years of work")
    elif what == "link":
        spare.symlink_to(out.parent)
    before = spare.read_bytes() if spare.is_file() else {*spare.iterdir()}
    told = [write_site(out, [page("index.html", turn)], spare=spare).in_the_way for turn in (b"3", b"3", b"4")]
    assert told == [spare] * 3
    assert before == (spare.read_bytes() if spare.is_file() else {*spare.iterdir()})


def test_nothing_is_in_the_way_where_the_spare_is_ours_or_wanting(out: Path) -> None:
    assert write_site(out, [page("index.html", b"3")], spare=out.with_name("spare")).in_the_way is None
    shutil.rmtree(out.with_name("spare"))
    assert write_site(out, [page("index.html", b"4")], spare=out.with_name("spare")).in_the_way is None


def test_the_site_itself_is_no_spare(out: Path) -> None:
    def recipes() -> Iterator[Recipe]:
        yield page("index.html", b"3")
        assert out.is_dir()

    write_site(out, recipes(), spare=out.parent / "." / out.name)
    assert tree(out) == {"index.html": b"3"}


def test_two_sites_may_share_a_spare(out: Path) -> None:
    other, spare = out.with_name("other"), out.with_name("spare")
    for turn in b"3", b"4", b"5":
        for place in (out, other):
            write(place, {"index.html": turn, "of.html": place.name.encode()})
    assert tree(spare)["index.html"] == b"4"


def test_who_looks_at_a_shared_spare_takes_it_before_another_does(out: Path) -> None:
    site = {"index.html": b"3", "en/a.html": b"a"}
    taking = Thread(target=write_site, args=(out, [page(*one) for one in site.items()], None, out.with_name("spare")))
    with alone(out.parent):
        taking.start()
        taking.join(0.5)
        assert taking.is_alive()
        shutil.rmtree(out.with_name("spare"))
        shutil.copytree(out, out.with_name("spare"))
    taking.join()
    assert tree(out) == site


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second file system")
def test_a_spare_on_another_file_system_costs_time_only(tmp_path: Path) -> None:
    with TemporaryDirectory(dir="/dev/shm") as far:
        if Path(far).stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("one file system")
        for turn in b"1", b"2", b"3":
            write_site(tmp_path / "site", [page("index.html", turn)], spare=Path(far, "spare"))
        assert tree(tmp_path / "site") == {"index.html": b"3"}
        assert not Path(far, "spare").exists()


def test_the_mode_of_a_folder_that_a_person_changed_does_not_come_back_with_the_spare(out: Path) -> None:
    usual = out.with_name("spare").stat().st_mode
    out.chmod(0o700)
    for turn in b"3", b"4":
        write(out, {"index.html": turn})
        assert out.stat().st_mode == usual


def test_a_failure_in_the_middle_leaves_the_old_site_and_room_for_the_next(out: Path) -> None:
    before = tree(out)

    def recipes() -> Iterator[Recipe]:
        yield page("index.html", b"3")
        raise MujazError("a template is broken")

    with pytest.raises(MujazError, match="template"):
        write_site(out, recipes(), spare=out.with_name("spare"))
    assert tree(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["site"]
    write(out, {"index.html": b"4"})
