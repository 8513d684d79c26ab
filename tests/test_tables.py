"""Tables say what their TOML says, however often they are read and whatever is kept of them."""

import tomllib
from pathlib import Path

import pytest

from site_src.tables import FOLDER, read_table


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "words.toml"
    path.write_text('say = ["قال"]\nless = 0.5\n', "utf-8")
    return path


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_table_that_was_kept_says_what_its_toml_says(path: Path, kept: Path) -> None:
    said = tomllib.loads(path.read_text("utf-8"))
    assert read_table(path, kept) == said, "parsed"
    assert [one.name for one in kept.iterdir()] == [f"{path.stem}.msgpack"]
    again = read_table(path, kept)
    assert repr(again) == repr(said), "kept, in its order and with its types"


def test_what_is_kept_is_not_made_again(source: Path, kept: Path) -> None:
    said = read_table(source, kept)
    (file,) = kept.iterdir()
    before = file.stat()
    assert read_table(source, kept) == said
    assert file.stat().st_ino == before.st_ino and file.stat().st_ctime_ns == before.st_ctime_ns


def test_what_was_kept_and_harmed_in_any_byte_is_made_again(source: Path, kept: Path) -> None:
    said = read_table(source, kept)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert read_table(source, kept) == said
        assert file.read_bytes() == whole


@pytest.mark.parametrize(
    "text",
    [
        "day = 2025-11-07",
        "at = 07:32:00",
        "at = 2025-11-07T07:32:00",
        "at = 0001-01-01T00:00:00+14:00",
        "n = 1" + "0" * 30,
    ],
)
def test_what_cannot_be_kept_as_it_is_is_read_again(text: str, kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "labels.toml"
    path.write_text(f"{text}\n", "utf-8")
    assert [read_table(path, kept) for _ in range(2)] == [tomllib.loads(text)] * 2


def test_a_table_that_was_changed_is_read_anew(source: Path, kept: Path) -> None:
    read_table(source, kept)
    source.write_text("less = 0.7\n", "utf-8")
    assert read_table(source, kept) == read_table(source, kept) == {"less": 0.7}
    assert len(list(kept.iterdir())) == 1


@pytest.mark.parametrize("length", [0, 5, 20, 21, 30, -1])
def test_what_was_kept_and_cut_short_is_made_again(length: int, source: Path, kept: Path) -> None:
    said = read_table(source, kept)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:length])
    assert read_table(source, kept) == said
    assert file.read_bytes() == whole


def test_what_cannot_be_put_in_its_place_leaves_nothing_behind(source: Path, kept: Path) -> None:
    (kept / "words.msgpack").mkdir()
    assert read_table(source, kept)["less"] == 0.5
    assert [one.name for one in kept.iterdir()] == ["words.msgpack"]


def test_a_folder_that_is_not_there_costs_time_only(source: Path, kept: Path) -> None:
    assert read_table(source, kept / "none")["less"] == 0.5


def test_a_table_with_a_mistake_says_where(tmp_path: Path, kept: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("a = 1\nb = \n", "utf-8")
    with pytest.raises(tomllib.TOMLDecodeError, match="line 2"):
        read_table(wrong, kept)
