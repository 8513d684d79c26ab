"""The promises about a person's words, attacked: two processes, kills, a full disk, any order of edits and builds."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import polib
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support_translate import Dictionary, brief, load_memory, translate

from site_src.translate.po.edit import Edit
from site_src.translate.save import BACKUP, save_edits

ROOT = Path(__file__).parents[1]
WRITER = """
import sys
from pathlib import Path
from site_src.translate.po.edit import Edit
from site_src.translate.save import save_edits
folder, who = Path(sys.argv[1]), sys.argv[2]
for n in range(int(sys.argv[3])):
    save_edits(folder, [Edit("s", "en", f"{who} {n}", "words " * 200, True)])
    print(n, flush=True)
"""


def writer(folder: Path, who: str, times: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(folder), who, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def test_two_processes_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    for process in [writer(tmp_path, who, 25) for who in "ab"]:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert len(load_memory(tmp_path, "en").files["s"].entries) == 50


def test_words_written_by_hand_while_a_save_is_under_way_stay_and_the_save_comes_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_edits(tmp_path, [Edit("s", "en", "first", "by a machine")])
    path, link, by_hand = tmp_path / "s.en.po", Path.hardlink_to, ["by a person", "by the same person"]

    def meanwhile(fresh: Path, target: Path) -> None:
        """The last step before the new file takes its place: twice somebody saves at this moment."""
        link(fresh, target)
        if by_hand:
            found = polib.pofile(str(path))
            entry = found.find("first")
            assert entry
            entry.msgstr, entry.flags = by_hand.pop(0), []
            path.write_text(str(found), "utf-8")

    monkeypatch.setattr(Path, "hardlink_to", meanwhile)
    assert save_edits(tmp_path, [Edit("s", "en", "second", "by a build")]).problems == ()
    story = load_memory(tmp_path, "en").story("s")
    assert (story["first"].text, story["second"].text) == ("by the same person", "by a build")
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".new")] == []


def test_a_process_killed_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    random.seed(6)
    save_edits(tmp_path, [Edit("s", "en", "kept", "by a person")])
    for attempt in range(12):
        process = writer(tmp_path, f"k{attempt}", 10_000)
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        time.sleep(random.random() / 10)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        for folder in (tmp_path, tmp_path / BACKUP):
            memory = load_memory(folder, "en")
            assert memory.problems == ()
            assert memory.story("s")["kept"].text == "by a person"
    save_edits(tmp_path, [Edit("s", "en", "after all that", "saved", True)])
    assert "after all that" in load_memory(tmp_path, "en").story("s")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_disk_that_is_really_full_leaves_the_old_file(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        save_edits(disk, [Edit("s", "en", "kept", "by a person")])
        before = (disk / "s.en.po").read_bytes()
        saved = save_edits(disk, [Edit("s", "en", "large", "word " * 40_000, True)])
        assert [problem.code for problem in saved.problems] == ["memory-unsaved"]
        assert (disk / "s.en.po").read_bytes() == before
        assert [path.name for path in disk.iterdir() if path.name != BACKUP] == ["s.en.po"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_cannot_be_made_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    saved = save_edits(tmp_path / "file" / "translations", [Edit("s", "en", "a", "b", True)])
    assert [problem.code for problem in saved.problems] == ["memory-unsaved"]


VOICES = [f"{subject} {verb} {place}" for subject in ("الوزير", "الوفد", "الرئيس") for verb in ("زار", "غادر")
          for place in ("المدينة القديمة صباح الأحد", "الميناء الكبير مساء الأحد")]  # fmt: skip


class Desk(RuleBasedStateMachine):
    """Any order of articles that change, builds with and without an engine, and an editor at the file."""

    def __init__(self) -> None:
        super().__init__()
        from tempfile import TemporaryDirectory

        self.corner = TemporaryDirectory()
        self.folder = Path(self.corner.name)
        self.path = self.folder / "ferry.en.po"
        self.article: list[str] = []
        self.said: dict[str, str] = {}
        self.count = 0

    def teardown(self) -> None:
        self.corner.cleanup()

    @rule(sentences=st.lists(st.sampled_from(VOICES), max_size=4, unique=True))
    def the_article_changes(self, sentences: list[str]) -> None:
        self.article = sentences

    @rule(redo=st.booleans(), works=st.booleans())
    def a_build(self, redo: bool, works: bool) -> None:
        engine = Dictionary({voice: f"machine {n} says this now" for n, voice in enumerate(VOICES)}) if works else None
        translate(self.folder, brief(*self.article), engine=engine, redo=redo)

    @rule(choice=st.randoms(use_true_random=False), approves=st.booleans(), poedit=st.booleans())
    def an_editor_writes(self, choice: random.Random, approves: bool, poedit: bool) -> None:
        if not self.path.exists():
            return
        file = polib.pofile(str(self.path), wrapwidth=78 if poedit else 10_000)
        living = [entry for entry in file if not entry.obsolete]
        if living:
            entry = choice.choice(living)
            self.count += 1
            entry.msgstr = f"a person's words {self.count}"
            entry.flags = [] if approves else ["fuzzy"]
            entry.previous_msgid = None
            self.said[entry.msgid] = entry.msgstr
            file.save(str(self.path))

    @invariant()
    def every_word_of_the_editor_is_in_the_file(self) -> None:
        if self.path.exists():
            held = {entry.msgid: entry.msgstr for entry in polib.pofile(str(self.path))}
            assert {source: held.get(source) for source in self.said} == self.said


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
