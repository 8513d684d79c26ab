"""Adding to the names file: checked before it is written, every other byte kept, and taken back only if nobody came."""

from __future__ import annotations

import errno
import os
import re
import shutil
import threading
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.cli import main
from site_src.errors import MujazError, SettingsError
from site_src.model.names import Name
from site_src.naming import add_name, add_variants, change_name
from site_src.text.names import parse_names

SHIPPED = Path(__file__).parent.parent / "content" / "names.toml"
FILE = """\
# whoever opens this file by hand

[[names]]
id = "anna"   # the first
kind = "person"
ar = "آنا كوفاتش"
en = 'Anna Kovács'

# ---- places ----

[[names]]
id = "tapolca"
kind = "place"
en = "Tapolca"
ar = "تابولتسا"
ar_variants = [
  "تابولكا",   # as one page wrote it
]
# the end
"""
BELA = {"id": "bela", "kind": "person", "en": "Béla Kiss", "ar": "بيلا كيش", "ar_variants": ["بيلا كيس"]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "names.toml"
    place.write_text(FILE, "utf-8")
    return place


def refused(path: Path, **entry: str | list[str]) -> tuple[str, ...]:
    before = path.read_bytes()
    with pytest.raises(SettingsError) as raised:
        add_name(path, entry)
    assert path.read_bytes() == before and [one.name for one in path.parent.iterdir()] == [path.name]
    return raised.value.mistakes


def test_a_name_follows_the_file_which_stays_as_it_was(path: Path) -> None:
    written = add_name(path, {"en_variants": [], **BELA, "note": ' said "once" ', "country": ""})
    assert path.read_text("utf-8") == FILE + (
        '\n[[names]]\nid = "bela"\nkind = "person"\nen = "Béla Kiss"\nar = "بيلا كيش"\n'
        'ar_variants = ["بيلا كيس"]\nnote = "said \\"once\\""\n'
    )
    assert (written.before, written.after) == (FILE.encode(), path.read_bytes())
    assert path.with_name("names.toml.bak").read_bytes() == FILE.encode()


def test_the_shipped_file_takes_a_name_and_a_variant(tmp_path: Path) -> None:
    path = Path(shutil.copy(SHIPPED, tmp_path))
    before = parse_names(path.read_text("utf-8"))
    add_name(path, BELA)
    add_variants(path, "tehran", ar=["طهراان"], en=["Teheran"])
    after = {name.id: name for name in parse_names(path.read_text("utf-8"))}
    assert (after["tehran"].ar_variants, after["tehran"].en_variants) == (("طهراان",), ("Teheran",))
    assert [name for name in after.values() if name.id not in {"tehran", "bela"}] == [
        name for name in before if name.id != "tehran"
    ]
    left = [line for line in path.read_text("utf-8").split("\n") if line not in SHIPPED.read_text("utf-8").split("\n")]
    assert len(left) == 2 + 4  # the two lists of variants; of the new entry, what no other has


def test_all_mistakes_are_told_together_and_nothing_is_written(path: Path) -> None:
    told = refused(path, id="New One", kind="persn", ar="قال", ar_variants=["تابولكا"])
    assert told == (
        "New One: en is missing; a name needs both languages",
        "New One: kind = 'persn': must be one of person, place, organisation, agreement; did you mean 'person'?",
        "New One: id = 'New One': must be small ASCII letters, digits and hyphens",
        "New One: ar = 'قال': is a common word; put it under ar_short, where it counts beside a full form only",
        "New One: ar_variants = 'تابولكا': stands for 'tapolca' on line 16 already",
    )


def test_what_another_name_has_is_refused_with_the_line_where_it_stands(path: Path) -> None:
    told = refused(path, id="tapolca", kind="place", en="T", ar="تابولتسا الكبرى", ar_variants=["أنا كوفاتش"])
    assert told[0] == "id = 'tapolca': is used on line 11 already"
    assert "stands for 'anna' on line 6 already" in told[1] and not told[1].startswith("line")


def test_an_unknown_key_and_words_that_are_no_text_are_refused(path: Path) -> None:
    (told,) = refused(path, **BELA, ar_variant=["x"])
    assert told == "bela: ar_variant: there is no such key; did you mean 'ar_variants'?"
    assert refused(path, **{**BELA, "en": "B\udcff"}) == ("a word holds bytes that are no text; type it again",)


def test_a_file_with_a_mistake_is_not_added_to(path: Path) -> None:
    path.write_text(FILE.replace('kind = "place"', 'kind = "spot"'), "utf-8")
    (told,) = refused(path, **BELA)
    assert told.startswith("line 13: tapolca: kind = 'spot'")
    path.write_bytes(b"\xff")
    assert refused(path, **BELA) == ("is not UTF-8 (byte 0); save it as UTF-8",)


def test_a_variant_joins_the_list_that_is_there_with_its_comments(path: Path) -> None:
    add_variants(path, "tapolca", ar=["تابولجا", "تابولكا"], en=["Tapolcza"])
    text = path.read_text("utf-8")
    assert parse_names(text)[1].ar_variants == ("تابولكا", "تابولجا")
    assert parse_names(text)[1].en_variants == ("Tapolcza",)
    assert set(FILE.split("\n")) <= set(text.split("\n"))


def test_a_first_variant_stands_with_the_entry_and_not_below_the_comment_after_it(path: Path) -> None:
    add_variants(path, "anna", ar=["آنا كوفاج"], en=["Anna Kovacs"])
    lists = 'ar_variants = ["آنا كوفاج"]\nen_variants = ["Anna Kovacs"]\n'
    assert path.read_text("utf-8") == FILE.replace("Kovács'\n", f"Kovács'\n{lists}")


def test_a_variant_of_the_last_entry_needs_no_newline_before_it(path: Path) -> None:
    path.write_text(FILE.removesuffix("# the end\n").rstrip(), "utf-8")
    add_variants(path, "tapolca", en=["Tapolcza"])
    assert path.read_text("utf-8").endswith(']\nen_variants = ["Tapolcza"]\n')


def test_names_in_one_list_are_refused(path: Path) -> None:
    path.write_text('names = [{id = "anna", kind = "person", ar = "آنا كوفاتش", en = "Anna"}]\n', "utf-8")
    (told,) = refused(path, **BELA)
    assert "write each entry as a table" in told


def test_a_variant_of_nobody_and_one_of_somebody_else_are_refused(path: Path) -> None:
    with pytest.raises(SettingsError, match="id = 'tapolka': no entry has it; did you mean 'tapolca'"):
        add_variants(path, "tapolka", ar=["تابو"])
    with pytest.raises(SettingsError) as raised:
        add_variants(path, "anna", ar=["تابولكا"])
    (told,) = raised.value.mistakes
    assert told == "line 16: tapolca: ar_variants = 'تابولكا': stands for 'anna' on line 7 already"
    assert path.read_text("utf-8") == FILE


def test_a_variant_that_is_there_writes_nothing(path: Path) -> None:
    written = add_variants(path, "tapolca", ar=["تابولكا"])
    assert written.before == written.after and not path.with_name("names.toml.bak").exists()


def name_in(path: Path, name_id: str) -> Name:
    return next(one for one in parse_names(path.read_text("utf-8")) if one.id == name_id)


def test_other_words_for_a_name_change_its_lines_alone(path: Path) -> None:
    words = {"en": "Ana Kovács", "en_short": "", "ar": "آنا كوفاتش", "en_variants": ["Anna Kovács"]}
    assert change_name(path, name_in(path, "anna"), words)
    changed = FILE.replace("en = 'Anna Kovács'\n", 'en = "Ana Kovács"\nen_variants = ["Anna Kovács"]\n')
    assert path.read_text("utf-8") == changed
    variants = {"ar_variants": ["تابولشا", "تابولكا"], "en_short": "Tap"}
    assert change_name(path, name_in(path, "tapolca"), variants)
    assert name_in(path, "tapolca").ar_variants == ("تابولكا", "تابولشا") and '"تابولكا",   # as' in path.read_text(
        "utf-8"
    )
    assert change_name(path, name_in(path, "tapolca"), {"ar_variants": ["تابولشا"]})
    assert name_in(path, "tapolca").ar_variants == ("تابولشا",)
    assert change_name(path, name_in(path, "tapolca"), {"ar_variants": [], "en_short": " "})
    assert path.read_text("utf-8") == re.sub(r"ar_variants = \[[^]]*\]\n", "", changed)


def test_a_name_that_changed_meanwhile_is_not_changed_again(path: Path) -> None:
    shown = name_in(path, "anna")
    path.write_text(FILE.replace("Anna Kovács", "Anna Kovacs"), "utf-8")
    before = path.read_bytes()
    assert change_name(path, shown, {"en": "Ana Kovács"}) is None
    assert path.read_bytes() == before


def test_words_of_another_name_are_refused_for_a_name_that_is_there(path: Path) -> None:
    with pytest.raises(SettingsError, match="tapolca"):
        change_name(path, name_in(path, "anna"), {"ar_variants": ["تابولتسا"]})
    assert path.read_text("utf-8") == FILE


ENDS = ["\ufeff" + FILE, FILE.replace("\n", "\r\n"), FILE.rstrip(), FILE + "\n\n", "", "# nothing yet"]


@pytest.mark.parametrize("before", ENDS)
def test_marks_and_line_ends_of_the_file_stay(path: Path, before: str) -> None:
    path.write_bytes(before.encode())
    add_name(path, BELA)
    after = path.read_bytes().decode()
    assert after.startswith(before)
    assert "\r\n" not in before or re.search(r"(?<!\r)\n", after[len(before) :]) is None
    assert parse_names(after.removeprefix("\ufeff"))[-1].ar_variants == ("بيلا كيس",)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
COMMENTS = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=4, max_size=4)


@settings(max_examples=30, deadline=None)
@given(said=COMMENTS, forms=st.lists(WORDS, max_size=3), newline=st.sampled_from(["\n", "\r\n"]))
def test_whatever_is_added_the_rest_stays(
    tmp_path_factory: pytest.TempPathFactory, said: list[str], forms: list[str], newline: str
) -> None:
    path = tmp_path_factory.mktemp("names") / "names.toml"
    first, second, third, fourth = (f"# {comment}\n" for comment in said)
    head, tail = FILE.split("# ---- places ----\n")
    path.write_bytes((first + head + second + tail + third + "\n" + fourth).replace("\n", newline).encode())
    before = path.read_bytes()
    names = parse_names(before.decode())
    try:
        written = add_variants(path, "anna", ar=[f"آنا {form}" for form in forms], en=forms)
    except SettingsError:
        assert path.read_bytes() == before
        return
    after = written.after.decode()
    assert parse_names(after)[1:] == names[1:]
    assert set(before.decode().split(newline)) <= set(after.split(newline))
    assert tomllib.loads(after)["names"][0].get("en_variants", []) == list(
        dict.fromkeys(" ".join(form.split()) for form in forms if form.split())
    )
    assert written.before == before


def test_two_who_add_at_once_lose_nothing(path: Path) -> None:
    entries = [
        {**BELA, "id": f"bela-{letter}", "ar": f"بيلا {letter * 5}", "ar_variants": []} for letter in "abcdefghijkl"
    ]
    threads = [threading.Thread(target=add_name, args=(path, entry)) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = {name.id for name in parse_names(path.read_text("utf-8"))}
    assert kept == {"anna", "tapolca", *(str(entry["id"]) for entry in entries)}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_disk_that_refuses_keeps_the_file(path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(MujazError, match=f"names.toml: cannot be changed .{os.strerror(code)}.; its old content"):
        add_name(path, BELA)
    assert path.read_text("utf-8") == FILE and [one.name for one in path.parent.iterdir()] == ["names.toml"]


def test_a_file_that_several_sites_share_by_a_link_is_changed_where_it_lies(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    link = tmp_path / "other" / "names.toml"
    link.symlink_to(path)
    add_name(link, BELA)
    assert link.is_symlink() and path.read_text("utf-8").startswith(FILE + "\n[[names]]")


@pytest.fixture
def site(path: Path) -> list[str]:
    root = path.parent
    (root / "content" / "articles").mkdir(parents=True)
    path.rename(root / "content" / "names.toml")
    (root / "site.toml").write_text("[site]\n", "utf-8")
    return ["--config", str(root / "site.toml")]


def test_the_command_adds_a_name_and_then_a_variant(
    site: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--id", "bela", "--kind", "person", "--en", "Béla Kiss", "--ar", "بيلا كيش"]
    assert main(["names", "add", *words, "--variant", "بيلا كيس", "--seen", "sample page", *site]) == 0
    assert main(["names", "add", "--id", "bela", "--variant", "بيلّا كيص", "--en-variant", "Bela Kiss", *site]) == 0
    assert main(["names", "add", "--id", "bela", "--en-variant", "Bela Kiss", *site]) == 0
    assert "Added to names.toml: bela" in (said := capsys.readouterr().out) and "already" in said
    name = parse_names((tmp_path / "content" / "names.toml").read_text("utf-8"))[-1]
    assert (name.ar_variants, name.en_variants) == (("بيلا كيس", "بيلّا كيص"), ("Bela Kiss",))
    assert name.seen == "sample page"


def test_the_command_says_what_is_wrong_and_what_was_meant(site: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "add", "--id", "bela", "--kind", "organization", "--ar", "بيلا كيش", *site]) == 1
    said = capsys.readouterr().err
    assert "did you mean 'organisation'?" in said and "en is missing" in said and "nothing was written" in said
    assert main(["names", "add", "--id", "bela", *site]) == 2
    assert "--kind, --en and --ar" in capsys.readouterr().err
