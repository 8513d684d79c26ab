"""Every change of a source file or table makes another version; what is kept of their content only saves time."""

import os
from pathlib import Path

import pytest

from site_src import filesystem
from site_src.version import version_of

LONG_AGO = 1_000_000_000


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "package" / "text").mkdir(parents=True)
    (tmp_path / "package" / "words.toml").write_text("words = []", "utf-8")
    (tmp_path / "package" / "text" / "fold.py").write_text("fold = 1", "utf-8")
    return tmp_path / "package"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept, on a machine where files have not been changed for two seconds."""
    monkeypatch.setattr(filesystem, "_TICK", -LONG_AGO)
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


@pytest.mark.parametrize("file", ["words.toml", "text/fold.py"])
def test_a_changed_file_makes_another_version_though_its_size_and_time_stay(
    file: str, package: Path, kept: Path
) -> None:
    before, path = version_of(package, kept), package / file
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert version_of(package, kept) == before, "touched"
    path.write_bytes(path.read_bytes().replace(b" = ", b"  ="))
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert version_of(package, kept) != before


def test_a_file_more_less_or_elsewhere_makes_another_version_and_compiled_ones_do_not(
    package: Path, kept: Path
) -> None:
    versions = [version_of(package, kept)]
    (package / "text" / "new.py").write_bytes(b"")
    versions.append(version_of(package, kept))
    (package / "text" / "new.py").rename(package / "new.py")
    versions.append(version_of(package, kept))
    assert len(set(versions)) == 3
    (package / "new.py").unlink()
    (package / "words.pyc").write_bytes(b"compiled")
    assert version_of(package, kept) == versions[0]


def test_files_that_were_not_changed_are_not_read_again(package: Path, kept: Path) -> None:
    before = version_of(package, kept)
    (file,) = kept.iterdir()
    left = file.stat()
    assert version_of(package, kept) == before
    assert file.stat().st_ctime_ns == left.st_ctime_ns


def test_files_that_were_changed_a_moment_ago_are_read_again(
    package: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    version_of(package, kept)
    assert not list(kept.iterdir())


def test_a_link_is_read_again_since_its_own_marks_say_nothing_of_its_goal(
    package: Path, kept: Path, tmp_path: Path
) -> None:
    goal = tmp_path / "elsewhere.py"
    goal.write_text("fold = 2", "utf-8")
    (package / "linked.py").symlink_to(goal)
    before = version_of(package, kept)
    goal.write_text("fold = 3", "utf-8")
    assert version_of(package, kept) != before


def test_what_was_kept_and_harmed_changes_no_version(package: Path, kept: Path) -> None:
    before = version_of(package, kept)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert version_of(package, kept) == before
