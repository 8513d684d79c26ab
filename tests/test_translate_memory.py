"""The memory's files: what is read from them, what a build changes in them, and what it leaves alone."""

from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support_translate import load_memory

from site_src.translate import sharing
from site_src.translate.po import parse_po, sha
from site_src.translate.po.edit import Edit, apply_edits, new_file
from site_src.translate.po.lines import PoSyntaxError, scan
from site_src.translate.save import BACKUP, save_edits

HAND_MADE = """\
# Translations of the ferry story.
# Copyright, whatever: kept.
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Generator: Poedit 3.4\\n"

# approved: Dana
#. place: title
#: a/file.txt:3
#, c-format
msgid "وصلت العبارة إلى الميناء"
msgstr ""
"The ferry "
"has reached the port"

#   odd    spacing stays
#, fuzzy
msgid   "أعلنت الوزارة ذلك"
msgstr "The ministry said so"

#~ msgid "سطر قديم"
#~ msgstr "an old line"
"""


def write(folder: Path, text: str, name: str = "ferry.en.po") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode())
    return path


def machine(source: str, text: str) -> str:
    return f'#. machine-sha: {sha(text)}\n#, fuzzy\nmsgid "{source}"\nmsgstr "{text}"\n\n'


def states(folder: Path) -> dict[str, str]:
    memory = load_memory(folder, "en")
    return {entry.source: entry.state for file in memory.files.values() for entry in file.entries}


def test_each_state_is_read_off_the_entry_alone(tmp_path: Path) -> None:
    write(tmp_path, '# approved: project authors\nmsgid "أ"\nmsgstr "by us"\n\n'
          + 'msgid "ب"\nmsgstr ""\n\n'
          + machine("ت", "by machine")
          + machine("ث", "by machine").replace('"by machine"', '"by a person"')
          + '# withheld: names a minor\nmsgid "ج"\nmsgstr "x"\n\n'
          + '#, fuzzy\n#| msgid "before"\nmsgid "ح"\nmsgstr "old words"\n')  # fmt: skip
    assert states(tmp_path) == {
        "أ": "approved", "ب": "pending", "ت": "machine", "ث": "draft", "ج": "withheld", "ح": "stale",
    }  # fmt: skip


def test_a_comment_on_the_first_entry_of_a_file_without_header_counts(tmp_path: Path) -> None:
    write(tmp_path, '# withheld: wrong man\nmsgid "أ"\nmsgstr "x"\n')
    entry = load_memory(tmp_path, "en").lookup("ferry", "أ")
    assert entry is not None
    assert (entry.state, entry.statement("withheld")) == ("withheld", "wrong man")


def test_an_edit_leaves_every_byte_of_other_entries(tmp_path: Path) -> None:
    after = apply_edits(HAND_MADE, [Edit("ferry", "en", "أعلنت الوزارة ذلك", "The ministry announced it", True,
                                    was="The ministry said so", was_fuzzy=True)])  # fmt: skip
    assert after == HAND_MADE.replace('msgstr "The ministry said so"', 'msgstr "The ministry announced it"')


def test_a_new_entry_goes_behind_the_sentence_before_it() -> None:
    after = apply_edits(HAND_MADE, [Edit("ferry", "en", "جملة ثانية", "", notes=(("place", "paragraph 1"),),
                                    after="وصلت العبارة إلى الميناء")])  # fmt: skip
    added = '\n#. place: paragraph 1\nmsgid "جملة ثانية"\nmsgstr ""\n'
    assert after == HAND_MADE.replace('"has reached the port"\n', '"has reached the port"\n' + added)


def test_a_retired_entry_is_marked_and_comes_back_as_it_was() -> None:
    english = "The ferry has reached the port"
    entry = Edit("ferry", "en", "وصلت العبارة إلى الميناء", english, notes=(("place", "title"),), was=english)
    retired = apply_edits(HAND_MADE, [replace(entry, obsolete=True)])
    assert '# approved: Dana\n#. place: title\n#: a/file.txt:3\n#, c-format\n#~ msgid "وصلت' in retired
    assert '#~ "has reached the port"\n' in retired
    assert apply_edits(retired, [entry]) == HAND_MADE


def test_of_the_untranslated_sentences_that_left_those_stay_of_which_a_person_said_something() -> None:
    before = '# who is that?\nmsgid "أ"\nmsgstr ""\n\nmsgid "ب"\nmsgstr ""\n'
    after = apply_edits(before, [Edit("ferry", "en", source, obsolete=True) for source in ("أ", "ب")])
    assert after.startswith('# who is that?\n#~ msgid "أ"\n') and "ب" not in after


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_newlines_of_the_file_are_kept(newline: str) -> None:
    text = HAND_MADE.replace("\n", newline)
    after = apply_edits(text, [Edit("ferry", "en", "جديد", "new", True)])
    assert after.count(newline) == after.count("\n") > text.count("\n")


def test_a_byte_order_mark_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff" + HAND_MADE)
    assert save_edits(tmp_path, [Edit("ferry", "en", "جديد", "new", True)]).files == ("ferry.en.po",)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# Translations")
    assert "جديد" in states(tmp_path)


def test_words_that_a_person_saved_in_the_meantime_stay(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "أ"\nmsgstr "a person was faster"\n')
    save_edits(tmp_path, [Edit("ferry", "en", "أ", "the machine", True, was="")])
    assert path.read_text("utf-8") == 'msgid "أ"\nmsgstr "a person was faster"\n'


def test_an_approval_that_came_in_the_meantime_stays(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "أ"\nmsgstr "by machine"\n')
    save_edits(tmp_path, [Edit("ferry", "en", "أ", "by newer machine", True, was="by machine", was_fuzzy=True)])
    assert path.read_text("utf-8") == 'msgid "أ"\nmsgstr "by machine"\n'


def test_a_file_that_a_build_begins_names_its_languages(tmp_path: Path) -> None:
    save_edits(tmp_path, [Edit("ferry", "en", "أ", "a")])
    assert polib.pofile(str(tmp_path / "ferry.en.po")).metadata["Language"] == "en"


def test_a_save_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    edits = [Edit("ferry", "en", "أ", "a", True, notes=(("machine-sha", sha("a")),))]
    assert save_edits(tmp_path, edits).files == ("ferry.en.po",)
    before = (tmp_path / "ferry.en.po").stat()
    assert save_edits(tmp_path, edits).files == ()
    assert (tmp_path / "ferry.en.po").stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("links", [True, False], ids=["a disk with links", "a disk without"])
def test_the_last_good_version_is_kept_as_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refused(path: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refused)
    write(tmp_path, HAND_MADE)
    save_edits(tmp_path, [Edit("ferry", "en", "جديد", "new", True)])
    assert (tmp_path / BACKUP / "ferry.en.po").read_text("utf-8") == HAND_MADE


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "أ"\nmsgstr "no end\n', 2),
        ('msgid "أ"\nmsgstr "a"b"\n', 2),
        ('msgid "أ"\n\nmsgid "ب"\nmsgstr ""\n', 3),
        ('msgid "أ"\nmsgstr "a"\n\nwhat is this\n', 4),
        ('\n"a string alone"\n', 2),
        ('msgid "أ"\nmsgstr "a"\n\nmsgid "ب"\n', 4),
        ('msgstr "a"\n', 1),
    ],
)
def test_a_syntax_error_is_named_with_its_line_and_the_file_left_alone(tmp_path: Path, text: str, line: int) -> None:
    path = write(tmp_path, text)
    memory = load_memory(tmp_path, "en")
    assert [(p.file, p.code, p.line) for p in memory.problems] == [("ferry.en.po", "memory-syntax", line)]
    saved = save_edits(tmp_path, [Edit("ferry", "en", "جديد", "new", True)])
    assert (saved.files, saved.problems[0].code) == ((), "memory-unsaved")
    assert path.read_text("utf-8") == text


def test_a_file_that_is_the_name_of_another_file_opens_nothing(tmp_path: Path) -> None:
    other = write(tmp_path, HAND_MADE, "other.txt")
    assert parse_po("x", str(other), "x.en.po").entries == ()


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_bytes('msgid "أ"\nmsgstr "a"\n'.encode("cp1256"))
    [problem] = load_memory(tmp_path, "en").problems
    assert (problem.code, problem.what, problem.todo) == (
        "memory-unreadable", "is not UTF-8 (byte 7)", "save it as UTF-8",
    )  # fmt: skip


def test_a_sentence_that_stands_twice_is_reported_and_the_first_serves(tmp_path: Path) -> None:
    write(tmp_path, 'msgid "كَتَبَ"\nmsgstr "first"\n\nmsgid "كتب"\nmsgstr "second"\n')
    memory = load_memory(tmp_path, "en")
    assert [(p.code, p.line, p.severity) for p in memory.problems] == [("memory-twice", 4, "warning")]
    entry = memory.lookup("ferry", "كتب")
    assert entry is not None and entry.text == "first"


def test_an_approved_sentence_serves_every_story_but_the_story_has_the_last_word(tmp_path: Path) -> None:
    write(tmp_path, 'msgid "قال الرئيس ذلك"\nmsgstr "said there"\n', "a.en.po")
    write(tmp_path, 'msgid "قال الرئيس ذلك"\nmsgstr "said here"\n', "b.en.po")
    write(tmp_path, machine("قال الرئيس ذلك", "machine"), "c.en.po")
    write(tmp_path, '# withheld: no\nmsgid "قال الرئيس ذلك"\nmsgstr "x"\n', "d.en.po")
    memory = load_memory(tmp_path, "en")
    served = {slug: memory.lookup(slug, "قالَ  الرئيس ذلك") for slug in "abcdz"}
    texts = {slug: entry.text if entry and entry.state == "approved" else "" for slug, entry in served.items()}
    assert texts == {"a": "said there", "b": "said here", "c": "said there", "d": "", "z": "said there"}


def test_words_of_a_sentence_that_another_story_still_has_go_before_those_of_one_that_left(tmp_path: Path) -> None:
    write(tmp_path, '#~ msgid "أ"\n#~ msgstr "gone"\n', "a.en.po")
    write(tmp_path, 'msgid "أ"\nmsgstr "there"\n', "b.en.po")
    found = load_memory(tmp_path, "en").lookup("c", "أ")
    assert found and found.text == "there"


def test_two_sentences_of_the_same_hash_do_not_serve_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_edits(tmp_path, [Edit("canal", "en", "قناة أولى", "A canal."), Edit("bank", "en", "بنك", "A bank.")])
    monkeypatch.setattr(sharing, "_hash", lambda key: 7)
    memory = load_memory(tmp_path, "en")
    assert memory.lookup("ferry", "قناة ثانية") is None
    assert (own := memory.lookup("canal", "قناة أولى")) and own.text == "A canal."


def test_nothing_fuzzier_than_marks_and_spaces_serves(tmp_path: Path) -> None:
    write(tmp_path, 'msgid "قال أحمد"\nmsgstr "x"\n')
    assert load_memory(tmp_path, "en").lookup("ferry", "قال احمد") is None


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, HAND_MADE)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    saved = save_edits(tmp_path, [Edit("ferry", "en", "جديد", "new", True)])
    assert saved.files == ()
    assert "No space left" in saved.problems[0].what
    assert path.read_text("utf-8") == HAND_MADE
    assert [p.name for p in tmp_path.iterdir()] == ["ferry.en.po"]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029\x1c\x1d\x1e\x1f"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts.filter(str.strip), texts), max_size=6, unique_by=lambda pair: pair[0]))
def test_what_is_written_is_read_back_by_polib(pairs: list[tuple[str, str]]) -> None:
    text = apply_edits(new_file("s", "en", "ar"), [Edit("s", "en", source, target, True) for source, target in pairs])
    assert {entry.msgid: entry.msgstr for entry in polib.pofile(text)} == dict(pairs)
    assert {entry.source: entry.text for entry in parse_po("s", text, "s").entries} == dict(pairs)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('msgidtr "#~|,:.\\\n\rأ'), max_size=80))
def test_foreign_bytes_are_read_or_refused_and_never_changed(text: str) -> None:
    try:
        scan(text)
    except PoSyntaxError:
        return
    assert apply_edits(text, []) == text


comment = st.sampled_from(["", "# a  person\n", "#. place: title\n", "#. theirs\n", "#: a.txt:1\n", "#, c-format\n"])
foreign = st.builds(
    lambda head, gap, n, split, old: _foreign(head, gap, n, split, old),
    st.lists(comment, max_size=3).map("".join), st.sampled_from(["", "\n", "\n\n  \n"]), st.integers(0, 999),
    st.booleans(), st.booleans(),
)  # fmt: skip


def _foreign(head: str, gap: str, n: int, split: bool, old: bool) -> tuple[str, str]:
    mark = "#~ " if old else ""
    text = f'"one "\n{mark}"two"' if split else f'"text  {n}"'
    return f"sentence {n}", f'{gap}{head}{mark}msgid   "sentence {n}"\n{mark}msgstr {text}\n'


@settings(max_examples=80, deadline=None)
@given(st.lists(foreign, min_size=1, max_size=6, unique_by=lambda entry: entry[0]), st.data())
def test_an_edit_of_one_entry_leaves_the_bytes_of_all_others(
    entries: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = "".join(block for _, block in entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    source, block = entries[place]
    known = parse_po("s", text, "s").entries[place]
    edit = Edit("s", "en", source, "new words", True, was=known.text, notes=(("place", "paragraph 1"),))
    after = apply_edits(text, [edit])
    before, behind = ("".join(block for _, block in part) for part in (entries[:place], entries[place + 1 :]))
    assert after.startswith(before) and after.endswith(behind)
    changed = after[len(before) : len(after) - len(behind)]
    assert all(line in changed for line in block.splitlines() if line.startswith(("# ", "#: ", "#. theirs")))


pieces = st.sampled_from([
    "msgid ", "msgstr ", "msgstr[0] ", "msgctxt ", "msgid_plural ", '"a"', '"b\\n"', '"', "\\", "#~ ", "#~| ", "#| ",
    "#, fuzzy\n", "# approved: x\n", "#. place: t\n", "#\n", "\n", "\r\n", "\ufeff", "\x00", "\u2028", "\x85", '""',
    'msgid "e"\nmsgstr "x"\n',
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=14).map("".join))
def test_any_file_is_read_or_named_and_stays_readable_after_an_edit(text: str) -> None:
    file = parse_po("s", text, "s")
    for entry in file.entries:
        change = Edit("s", "en", entry.source, "new", True, was=entry.text, was_fuzzy=entry.fuzzy)
        after = parse_po("s", apply_edits(text, [change]), "s")
        assert after.problems == ()
        assert len(after.entries) == len(file.entries)


def test_three_thousand_sentences_are_added_one_after_the_other() -> None:
    edits = [Edit("s", "en", f"s {n}", f"t {n}", True, after=f"s {n - 1}") for n in range(3000)]
    assert len(parse_po("s", apply_edits(new_file("s", "en", "ar"), edits), "s").entries) == 3000
