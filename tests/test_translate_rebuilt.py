"""What is kept from an earlier build, or left out of one that saves nothing, changes no word of an edition."""

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_translate import ENGLISH, FIRST, NOBODY, SECOND, TITLE, Dictionary, brief, load_memory, translate

from site_src import filesystem
from site_src.errors import LostPartsError
from site_src.kept import Kept
from site_src.model.brief import Brief
from site_src.parts import mark_of, marked, pack, unpack
from site_src.pipeline.memories import KnownFiles
from site_src.settings import Settings
from site_src.store import Store
from site_src.translate.editions import EarlierEditions, Translated, make_editions
from site_src.translate.memory import Memory
from site_src.translate.outline import Outlines
from site_src.translate.po import sha
from site_src.translate.po.edit import Edit, apply_edits, new_file
from site_src.translate.renderings import StoryRenderings

SENTENCES = (FIRST, SECOND, "وقال المدير إن العبارة الثانية تصل غدا")
WAYS = ("absent", "absent", "blank", "machine", "approved", "draft", "stale", "withheld")


def entry(slug: str, source: str, way: str, obsolete: bool) -> list[Edit]:
    text = f"{slug} says of {len(source)} letters what {way} means"
    fuzzy = way in ("machine", "draft", "stale")
    notes = (("engine", "Dictionary 1.0"), ("machine-sha", sha(text))) if way in ("machine", "stale") else ()
    said = ("withheld: it is wrong",) if way == "withheld" else ()
    words = "" if way in ("absent", "blank") else text
    made = Edit(slug, "en", source, words, fuzzy, previous="قديم" if way == "stale" else "", notes=notes, comments=said)
    old = Edit(slug, "en", source, words, fuzzy, obsolete=True, was=words, was_fuzzy=fuzzy, previous=made.previous,
               notes=notes)  # fmt: skip
    return [] if way == "absent" else [made, *([old] if obsolete else [])]


Drawn = list[tuple[set[str], list[tuple[str, bool]]]]
stories = st.lists(
    st.tuples(st.sets(st.sampled_from(SENTENCES)), st.lists(st.tuples(st.sampled_from(WAYS), st.booleans()),
              min_size=len(SENTENCES), max_size=len(SENTENCES))),
    min_size=3, max_size=3,
)  # fmt: skip


def made(briefs: list[Brief], memory: Memory, **options: object) -> Translated:
    return make_editions(tuple(briefs), Settings(), [memory], None, NOBODY, **options)


def written(folder: Path, drawn: Drawn) -> list[Brief]:
    """The briefs of three stories, whose files stand in the folder."""
    briefs = []
    for slug, (told, entries) in zip("abc", drawn, strict=True):
        briefs.append(brief(*sorted(told), slug=slug))
        edits = [edit for source, way in zip(SENTENCES, entries, strict=True) for edit in entry(slug, source, *way)]
        text = new_file(slug, "en", "ar")
        for edit in edits:
            text = apply_edits(text, [edit])
        path = folder / f"{slug}.en.po"
        path.unlink(missing_ok=True)
        if edits:
            path.write_text(text, "utf-8")
    return briefs


@settings(max_examples=100, deadline=None)
@given(stories)
def test_a_build_that_saves_nothing_shows_what_one_shows_that_saves(
    drawn: Drawn,
) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        briefs = written(folder, drawn)
        saving, frozen = (made(briefs, load_memory(folder, "en"), frozen=frozen) for frozen in (False, True))
    assert frozen.editions == saving.editions
    ours, theirs = frozen.memories[0], saving.memories[0]
    assert [ours.lookup(slug, one) for slug in "abc" for one in SENTENCES] == [
        theirs.lookup(slug, one) for slug in "abc" for one in SENTENCES
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(stories, min_size=2, max_size=3), st.booleans())
def test_what_is_told_of_stories_that_are_known_by_their_marks_is_what_is_told_anew(
    builds: list[Drawn], frozen: bool
) -> None:
    known: dict[bytes, StoryRenderings] = {}

    def remembered(
        _: str, made_from: Sequence[bytes], shape: object, make: Callable[[int], StoryRenderings]
    ) -> Iterator[StoryRenderings]:
        return (known.setdefault(one, known.get(one) or make(place)) for place, one in enumerate(made_from))

    with TemporaryDirectory() as place:
        outlines: Mapping[str, Outlines] = {}
        for drawn in builds:
            briefs, memory = written(Path(place), drawn), load_memory(Path(place), "en")
            again = made(briefs, memory, start=EarlierEditions(remembered=remembered, outlines=outlines), frozen=frozen)
            anew = made(briefs, memory, frozen=frozen)
            assert (again.editions, again.edits, again.pending) == (anew.editions, anew.edits, anew.pending)
            outlines = unpack(dict[str, Outlines], pack(again.outlines))


TOLD = st.tuples(
    st.lists(st.sampled_from((*SENTENCES, FIRST + "\u064b", "", " ")), max_size=4), st.sampled_from((TITLE, ""))
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(TOLD, min_size=3, max_size=3), min_size=2, max_size=3))
def test_editions_of_briefs_that_are_known_by_their_marks_are_those_that_are_made_without(
    builds: list[list[tuple[list[str], str]]],
) -> None:
    memory, outlines = Memory("en", {}), dict[str, Outlines]()
    for told in builds:
        briefs = [brief(*own, slug=slug, title=title) for slug, (own, title) in zip("abc", told, strict=True)]
        marks = {one.story.slug: mark_of(marked(one)) for one in briefs}
        known, anew = (
            made(briefs, memory, start=EarlierEditions(marks, outlines=outlines), frozen=True),
            made(briefs, memory, frozen=True),
        )
        assert (known.editions, known.pending) == (anew.editions, anew.pending)
        outlines = unpack(dict[str, Outlines], pack(known.outlines))


def test_a_story_of_which_nothing_changed_is_the_very_value_of_before(tmp_path: Path) -> None:
    def two() -> list[Brief]:
        return [brief(FIRST), brief(SECOND, slug="bridge", title=SENTENCES[2])]

    translate(tmp_path, *two(), engine=Dictionary({**ENGLISH, SENTENCES[2]: "The second ferry comes tomorrow"}))
    kept = Kept()
    before = made(two(), load_memory(tmp_path, "en"), start=EarlierEditions(kept=kept))
    kept.turn()
    path = tmp_path / "ferry.en.po"
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    after = made(two(), load_memory(tmp_path, "en"), start=EarlierEditions(kept=kept))
    old, new = ({story.slug: story for story in one.editions[0].stories} for one in (before, after))
    assert (old["ferry"].title.state, new["ferry"].title.state) == ("machine", "approved")
    assert new["bridge"] is old["bridge"]


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    """A file of the memory that was last changed long ago."""
    translate(tmp_path / "po", brief(), engine=Dictionary({TITLE: ENGLISH[TITLE]}))
    return tmp_path / "po" / "ferry.en.po"


def seen(ferry: Path, store: Store) -> str:
    known = KnownFiles(store)
    memory = known.memory(ferry.parent, "en")
    known.keep()
    return memory.files["ferry"].entries[0].text


def test_a_file_of_the_memory_is_read_again_when_it_changes_at_once_or_later(ferry: Path, tmp_path: Path) -> None:
    text = ferry.read_text("utf-8")
    for number in range(3):
        store = Store(tmp_path / "cache")
        assert seen(ferry, store) == ENGLISH[TITLE].replace("First", f"F{number}rst") if number else ENGLISH[TITLE]
        store.close()
        ferry.write_text(text.replace("First", f"F{number + 1}rst"), "utf-8")


def test_a_file_of_the_memory_whose_marks_stay_is_not_opened_while_the_cache_has_it(
    ferry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time_ns() + 3_000_000_000  # the marks of what changed a moment ago are not trusted
    monkeypatch.setattr(filesystem, "time_ns", lambda: later)
    opened: list[list[str]] = []

    def note(event: str, about: tuple[object, ...]) -> None:
        if event == "open" and opened:
            opened[-1].append(str(about[0]))

    sys.addaudithook(note)
    for _ in range(2):
        store = Store(tmp_path / "cache")
        opened.append([])
        assert seen(ferry, store) == ENGLISH[TITLE]
        store.close()
    assert [str(ferry) in one for one in opened] == [True, False]
    opened.clear()
    store = Store(tmp_path / "cache")
    memory = KnownFiles(store).memory(ferry.parent, "en")
    store.close()
    assert memory.files["ferry"].entries[0].text == ENGLISH[TITLE]


def test_a_file_that_changes_before_it_is_looked_at_is_never_taken_for_the_one_whose_marks_were_known(
    ferry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time_ns() + 3_000_000_000
    monkeypatch.setattr(filesystem, "time_ns", lambda: later)
    store = Store(tmp_path / "cache")
    assert seen(ferry, store) == ENGLISH[TITLE]
    store.close()
    with closing(sqlite3.connect(tmp_path / "cache" / "store.sqlite")) as file, file:
        file.execute("DELETE FROM known WHERE instr(value, ?)", (ENGLISH[TITLE].encode(),))
    store = Store(tmp_path / "cache")
    memory = KnownFiles(store).memory(ferry.parent, "en")
    ferry.write_text(ferry.read_text("utf-8").replace("First", "Last"), "utf-8")
    with pytest.raises(LostPartsError):
        memory.files["ferry"]
    store.close()
