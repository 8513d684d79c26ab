"""What a desk is told of its translation: status, contradictions, suggestions, figures."""

from pathlib import Path

from msgspec.structs import replace
from support_translate import FIRST, SECOND, TITLE, brief, entry, memory

from site_src.settings import Settings, Site
from site_src.text.names import NameBook
from site_src.translate.editions import make_editions
from site_src.translate.lint import lint
from site_src.translate.po import sha
from site_src.translate.status import memory_stats, status
from site_src.translate.suggest import difference, suggestions


def test_status_counts_each_story_and_names_the_one_that_waits_longest(tmp_path: Path) -> None:
    held = memory(tmp_path, a=entry(TITLE, "Ferry arrives", "") + entry(FIRST, "draft words", "#, fuzzy\n"))
    young, old = brief(FIRST, slug="a"), brief(SECOND, slug="b")
    old = replace(old, story=replace(old.story, first_seen="2025-11-02"))
    made = make_editions((young, old), Settings(site=Site(languages=("en", "ar"))), [held], None, NameBook.build(()))
    told = status(made.editions)
    assert [(s.slug, dict(s.states)["approved"], dict(s.states)["pending"], s.failing) for s in told.stories] == [
        ("a", 1, 0, 1), ("b", 1, 1, 1),
    ]  # fmt: skip
    assert (told.words_pending, told.failing, told.oldest_pending) == (len(SECOND.split()), 2, "b")


def test_two_stories_that_approve_different_english_are_both_listed(tmp_path: Path) -> None:
    held = memory(tmp_path, a=entry("كَتب", "wrote"), b="\n" + entry("كتب", "books"), c=entry("كتب", "wrote"))
    found = [(p.file, p.line, p.code) for p in lint(held)]
    assert found == [("a.en.po", 1, "memory-rivals"), ("b.en.po", 2, "memory-rivals"), ("c.en.po", 1, "memory-rivals")]


def test_what_contradicts_itself_in_an_entry_is_named_with_its_line(tmp_path: Path) -> None:
    held = memory(
        tmp_path,
        a=entry("أ", "x", "# approved: Dana\n#, fuzzy\n") + entry("ب", "y", "# withheld:\n") + entry("ت", "ت")
        + entry("ث", " z") + entry("ج", "fine", "# approved: Dana\n"),
    )  # fmt: skip
    assert [(p.code, p.line) for p in lint(held)] == [
        ("memory-fuzzy", 1), ("memory-no-reason", 6), ("memory-copied", 10), ("memory-spaces", 13),
    ]  # fmt: skip


def test_a_clean_memory_has_nothing_to_look_at(tmp_path: Path) -> None:
    assert lint(memory(tmp_path, a=entry("أ", "x"), b=entry("أ", "x") + entry("ب", ""))) == ()


def test_a_near_match_is_offered_with_its_difference(tmp_path: Path) -> None:
    held = memory(tmp_path, a=entry(FIRST, "approved words") + entry(SECOND, "other"))
    changed = FIRST.replace("الأحد", "يوم الاثنين")
    (found,) = suggestions(held, changed)
    assert (found.entry.text, 0.7 <= found.share < 1) == ("approved words", True)
    assert [change for change in found.difference if change[0] != "same"] == [("gone", "الأحد"), ("new", "يوم الاثنين")]
    assert held.lookup("a", changed) is None


def test_an_equal_sentence_and_a_machines_are_no_suggestions(tmp_path: Path) -> None:
    machine = entry(FIRST, "m", f"#. machine-sha: {sha('m')}\n#, fuzzy\n")
    held = memory(tmp_path, a=machine, b=entry(SECOND, "words"))
    assert suggestions(held, FIRST.replace("الأحد", "الاثنين")) == suggestions(held, SECOND) == ()


def test_a_difference_that_only_adds_or_cuts_says_so() -> None:
    assert difference("a b", "a b c") == (("same", "a b"), ("new", "c"))
    assert difference("a b c", "b c") == (("gone", "a"), ("same", "b c"))


def test_the_figures_of_a_memory(tmp_path: Path) -> None:
    held = memory(
        tmp_path,
        a=entry("أ ب", "one", "# approved: Project Authors\n") + entry("ت", "") + '#~ msgid "ق"\n#~ msgstr "old"\n',
        b=entry("أ ب", "two words"), c='msgid "broken\n',
    )  # fmt: skip
    told = memory_stats(held)
    assert (told.files, told.unreadable, told.entries, told.obsolete) == (3, 1, 3, 1)
    assert (dict(told.states)["approved"], dict(told.states)["pending"], told.by_authors) == (2, 1, 1)
    assert (told.source_words, told.target_words) == (5, 3)
