"""Editions: which sentence may stand on a page, from whom, and what the memory learns on the way."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from support_translate import ENGLISH, FIRST, SECOND, TITLE, Dictionary, brief, load_memory, renderings, translate

from site_src.errors import MujazError
from site_src.translate.engines import EngineError, Output
from site_src.translate.po import sha
from site_src.translate.policy import strict_failure
from site_src.translate.save import save_edits

THIRD = "وتعمل العبارة مرتين في اليوم بين الضفتين"


def test_the_source_language_has_an_edition_like_any_other(tmp_path: Path) -> None:
    made = translate(tmp_path, brief(FIRST), langs=("ar", "en"))
    assert renderings(made) == {TITLE: ("source", "source", TITLE), FIRST: ("source", "source", FIRST)}
    assert [edition.lang for edition in made.editions] == ["ar", "en"]


def test_without_memory_and_engine_all_is_pending_and_waits_in_the_file(tmp_path: Path) -> None:
    made = translate(tmp_path, brief(FIRST, SECOND))
    assert (made.pending, made.refused, made.remembered) == (3, 0, 0)
    assert [entry.note("place") for entry in load_memory(tmp_path, "en").files["ferry"].entries] == [
        "title", "paragraph 1", "paragraph 2",
    ]  # fmt: skip
    assert translate(tmp_path, brief(FIRST, SECOND)).edits == ()


@pytest.mark.parametrize("langs", [("ar",), ("ar", "en")])
def test_what_nobody_translated_stands_as_if_its_sentences_had_been_looked_at(
    tmp_path: Path, langs: tuple[str, ...]
) -> None:
    story, again = (translate(tmp_path, brief(FIRST, SECOND), langs=langs).editions[-1].stories[0] for _ in range(2))
    assert story.states == tuple([one.state for one in again.renderings]) == (again.title.state,) * 3
    assert story.sentences == tuple(again.sentences) == again.sentences == again.sentences[:]
    assert hash(story.sentences) == hash(again.sentences[:]) and repr(story.sentences) == repr(again.sentences[:])
    assert [one.source for one in story.sentences] == [FIRST, SECOND]


def test_a_build_that_saves_nothing_counts_what_waits_all_the_same(tmp_path: Path) -> None:
    made = translate(tmp_path, brief(FIRST, SECOND), frozen=True, save=False)
    assert (made.pending, made.edits) == (3, ())


def test_a_story_is_translated_as_soon_as_something_is_said_of_a_sentence(tmp_path: Path) -> None:
    made = translate(tmp_path, brief(FIRST), brief(SECOND, slug="ferry-2", title=SECOND), engine=Dictionary({}))
    assert [story.translated for story in made.editions[0].stories] == [True, True]
    silent = translate(tmp_path / "other", brief(FIRST))
    assert not silent.editions[0].stories[0].translated
    (tmp_path / "third").mkdir()
    (tmp_path / "third" / "ferry.en.po").write_text(f"msgid {GOOD}", "utf-8")
    assert translate(tmp_path / "third", brief(FIRST, SECOND)).editions[0].stories[0].translated


def test_a_sentence_in_two_spellings_stands_in_each_as_the_article_has_it(tmp_path: Path) -> None:
    marked = FIRST.replace("وصلت", "وَصَلَت")
    story = translate(tmp_path, brief(FIRST, marked), engine=Dictionary(ENGLISH)).editions[0].stories[0]
    assert [(one.source, one.text) for one in story.sentences] == [(FIRST, ENGLISH[FIRST]), (marked, ENGLISH[FIRST])]


def test_what_a_person_writes_into_the_empty_entry_is_published_as_approved(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST))
    path = tmp_path / "ferry.en.po"
    path.write_text(path.read_text("utf-8").replace(f'"{FIRST}"\nmsgstr ""', f'"{FIRST}"\nmsgstr "By hand"'), "utf-8")
    assert renderings(translate(tmp_path, brief(FIRST)))[FIRST] == ("approved", "editor", "By hand")


def test_the_authors_translation_is_named_as_theirs(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_text(f'# approved: project authors\nmsgid "{TITLE}"\nmsgstr "Ferry"\n', "utf-8")
    assert renderings(translate(tmp_path, brief()))[TITLE] == ("approved", "authors", "Ferry")


def test_all_unseen_sentences_of_all_stories_are_translated_in_one_call_and_once(tmp_path: Path) -> None:
    engine = Dictionary(ENGLISH)
    made = translate(tmp_path, brief(FIRST), brief(FIRST, SECOND, slug="ferry-2"), engine=engine)
    assert engine.requests == [[TITLE, FIRST, SECOND]]
    assert (made.translated, made.pending) == (5, 0)
    assert renderings(made)[FIRST] == ("machine", "machine", ENGLISH[FIRST])


def test_each_sentence_is_counted_as_what_became_of_it(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_text(f'msgid "{FIRST}"\nmsgstr "By hand"\n', "utf-8")
    engine = Dictionary({TITLE: ENGLISH[TITLE], SECOND: "Yes"})
    made = translate(tmp_path, brief(FIRST, SECOND, THIRD), engine=engine)
    assert (made.remembered, made.translated, made.withheld, made.pending, made.refused) == (1, 2, 1, 1, 1)
    assert translate(tmp_path, brief(FIRST, SECOND, THIRD)).remembered == 2


def test_what_its_engine_calls_cut_short_is_withheld_in_this_build_and_the_next(tmp_path: Path) -> None:
    class Cut(Dictionary):
        def translate(
            self, sentences: Sequence[str], source_lang: str, target_lang: str
        ) -> Iterator[tuple[tuple[int, Output], ...]]:
            yield tuple((place, Output(ENGLISH[one], -0.5, "cut short")) for place, one in enumerate(sentences))

    for engine in (Cut({}), None):
        found = translate(tmp_path, brief(FIRST), engine=engine).editions[0].stories[0].sentences[0]
        assert (found.state, found.text) == ("withheld", "")
        assert [finding.what for finding in found.findings] == ["cut short"]


def test_a_second_build_remembers_and_asks_nobody(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH))
    engine = Dictionary({})
    made = translate(tmp_path, brief(FIRST), engine=engine)
    assert (engine.requests, made.remembered, made.translated, made.edits) == ([], 2, 0, ())


def test_a_machine_sentence_is_explained_in_the_file(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH))
    entry = load_memory(tmp_path, "en").lookup("ferry", FIRST)
    assert entry is not None
    assert entry.notes == (
        ("place", "paragraph 1"), ("engine", "Dictionary 1.0"), ("score", "-0.500"), ("machine-sha", sha(entry.text)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "check"), [(FIRST, "copied"), ("the " * 200, "loop"), ("Yes", "truncated")],
)  # fmt: skip
def test_nonsense_is_kept_with_its_reason_and_withheld(tmp_path: Path, answer: str, check: str) -> None:
    made = translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH | {FIRST: answer}))
    found = made.editions[0].stories[0].sentences[0]
    assert (found.state, found.text) == ("withheld", "")
    assert check in {finding.check for finding in found.findings}
    assert f"#. finding: error {check}" in (tmp_path / "ferry.en.po").read_text("utf-8")


def test_an_engine_that_answers_nothing_leaves_the_sentence_pending_with_the_reason(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST), engine=Dictionary({TITLE: "Ferry"}))
    made = translate(tmp_path, brief(FIRST))
    found = made.editions[0].stories[0].sentences[0]
    assert (found.state, found.findings[0].what) == ("pending", "the engine answered nothing")
    assert (made.pending, made.refused) == (1, 1)


def test_what_an_engine_could_not_translate_it_is_asked_again_only_on_demand(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST), engine=Dictionary({TITLE: "Ferry"}))
    engine = Dictionary(ENGLISH)
    translate(tmp_path, brief(FIRST), engine=engine)
    assert engine.requests == []
    assert translate(tmp_path, brief(FIRST), engine=engine, redo=True).refused == 0


GOOD, BAD = f'"{FIRST}"\nmsgstr "{ENGLISH[FIRST]}"\n', f'"{FIRST}"\nmsgstr "Yes"\n'
MACHINE = f"#. machine-sha: {sha(ENGLISH[FIRST])}\n#, fuzzy\nmsgid {GOOD}"
WRONG = f"#. machine-sha: {sha('Yes')}\n#, fuzzy\nmsgid {BAD}"
SHOW, HIDE = True, False


@pytest.mark.parametrize(
    ("po", "approved", "checked", "everything", "strict"),
    [
        (f"msgid {GOOD}", (SHOW, "approved"), (SHOW, "approved"), (SHOW, "approved"), 0),
        (f"msgid {BAD}", (SHOW, "approved"), (SHOW, "approved"), (SHOW, "approved"), 0),
        (MACHINE, (HIDE, "withheld"), (SHOW, "machine"), (SHOW, "machine"), 0),
        (WRONG, (HIDE, "withheld"), (HIDE, "withheld"), (SHOW, "machine"), 1),
        (f"#, fuzzy\nmsgid {GOOD}", (HIDE, "draft"), (HIDE, "draft"), (HIDE, "draft"), 1),
        (f"# withheld: libel\nmsgid {GOOD}", (HIDE, "withheld"), (HIDE, "withheld"), (HIDE, "withheld"), 0),
        (f"# withheld: libel\n{MACHINE}", (HIDE, "withheld"), (HIDE, "withheld"), (HIDE, "withheld"), 0),
        (f'#, fuzzy\n#| msgid "x"\nmsgid {GOOD}', (HIDE, "stale"), (HIDE, "stale"), (HIDE, "stale"), 1),
        (f'msgid "{FIRST}"\nmsgstr ""\n', (HIDE, "pending"), (HIDE, "pending"), (HIDE, "pending"), 1),
    ],
)  # fmt: skip
def test_the_policy_table(tmp_path: Path, po: str, approved: tuple[bool, str], checked: tuple[bool, str],
                          everything: tuple[bool, str], strict: int) -> None:  # fmt: skip
    (tmp_path / "ferry.en.po").write_text(po, "utf-8")
    for policy, (visible, state) in {"approved": approved, "checked": checked, "all": everything}.items():
        found = translate(tmp_path, brief(FIRST), publish=policy, save=False).editions[0].stories[0].sentences[0]
        assert (bool(found.text), found.state) == (visible, state), policy
        expected = 1 if policy == "approved" and po == MACHINE else strict
        assert strict_failure(found) == bool(expected), policy


@pytest.mark.parametrize(
    ("po", "why", "origin"),
    [
        (f"# withheld: libel\nmsgid {GOOD}", "libel", "editor"),
        (f"# withheld:\n{MACHINE}", "no reason given", "machine"),
        (f"#, fuzzy\nmsgid {GOOD}", "", "editor"),
    ],
)
def test_a_person_withholding_gives_the_reason(tmp_path: Path, po: str, why: str, origin: str) -> None:
    (tmp_path / "ferry.en.po").write_text(po, "utf-8")
    found = translate(tmp_path, brief(FIRST)).editions[0].stories[0].sentences[0]
    assert (found.why, found.origin) == (why, origin)


@pytest.mark.parametrize("fuzzy", ["", "#, fuzzy\n"], ids=["approved", "draft"])
def test_nothing_that_was_said_of_a_machines_words_stays_above_a_persons(tmp_path: Path, fuzzy: str) -> None:
    translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH | {FIRST: "Yes"}))
    path = tmp_path / "ferry.en.po"
    theirs = f"# mine\n{fuzzy}msgid {GOOD}"
    path.write_text(path.read_text("utf-8").replace(f"#, fuzzy\nmsgid {BAD}", theirs), "utf-8")
    assert renderings(translate(tmp_path, brief(FIRST)))[FIRST][0] == ("draft" if fuzzy else "approved")
    assert path.read_text("utf-8").endswith(f"# mine\n#. place: paragraph 1\n{fuzzy}msgid {GOOD}")
    assert translate(tmp_path, brief(FIRST)).edits == ()


def test_what_was_said_of_a_machines_words_stays_when_a_person_approves_just_these(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH))
    path = tmp_path / "ferry.en.po"
    approved = path.read_text("utf-8").replace("#, fuzzy\n", "")
    path.write_text(approved, "utf-8")
    assert translate(tmp_path, brief(FIRST)).edits == ()
    assert path.read_text("utf-8") == approved


def test_changed_arabic_never_faces_old_english(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_text(f"# approved: Dana\nmsgid {GOOD}", "utf-8")
    changed = FIRST.replace("الأحد", "الاثنين")
    made = translate(tmp_path, brief(changed), engine=Dictionary({changed: "never asked", TITLE: "Ferry"}))
    assert renderings(made)[changed] == ("stale", "editor", "")
    text = (tmp_path / "ferry.en.po").read_text("utf-8")
    assert f'#, fuzzy\n#| msgid "{FIRST}"\nmsgid "{changed}"\nmsgstr "{ENGLISH[FIRST]}"\n' in text
    assert f'# approved: Dana\n#~ msgid "{FIRST}"\n#~ msgstr "{ENGLISH[FIRST]}"\n' in text
    assert translate(tmp_path, brief(changed)).edits == ()


def test_of_two_sentences_like_one_that_left_only_the_first_has_its_old_english(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_text(f"msgid {GOOD}", "utf-8")
    monday, tuesday = (FIRST.replace("الأحد", day) for day in ("الاثنين", "الثلاثاء"))
    made = renderings(translate(tmp_path, brief(monday, tuesday)))
    assert (made[monday][0], made[tuesday][0]) == ("stale", "pending")


def test_arabic_that_changes_back_finds_its_approved_english_again(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_text(f"# approved: Dana\nmsgid {GOOD}", "utf-8")
    translate(tmp_path, brief(FIRST.replace("الأحد", "الاثنين")))
    assert renderings(translate(tmp_path, brief(FIRST)))[FIRST] == ("approved", "editor", ENGLISH[FIRST])
    assert f"# approved: Dana\nmsgid {GOOD}" in (tmp_path / "ferry.en.po").read_text("utf-8")


def test_an_untouched_machine_sentence_that_goes_stale_is_translated_anew(tmp_path: Path) -> None:
    changed = FIRST.replace("الأحد", "الاثنين")
    translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH))
    assert renderings(translate(tmp_path, brief(changed)))[changed][0] == "stale"
    made = translate(tmp_path, brief(changed), engine=Dictionary({changed: ENGLISH[FIRST].replace("Sunday", "Monday")}))
    assert renderings(made)[changed][0] == "machine"


def test_a_draft_survives_the_machine_and_redo(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST, SECOND), engine=Dictionary(ENGLISH))
    path = tmp_path / "ferry.en.po"
    path.write_text(path.read_text("utf-8").replace("The company said", "The firm said"), "utf-8")
    newer = {source: f"Newer: {text}" for source, text in ENGLISH.items()}
    made = translate(tmp_path, brief(FIRST, SECOND), engine=Dictionary(newer), redo=True)
    assert renderings(made)[FIRST] == ("machine", "machine", newer[FIRST])
    assert renderings(made)[SECOND] == ("draft", "editor", "")
    assert "The firm said the crossings" in path.read_text("utf-8")


def test_what_is_done_before_ctrl_c_is_in_the_memory(tmp_path: Path) -> None:
    engine = Dictionary(ENGLISH, stop_after=2)
    with pytest.raises(KeyboardInterrupt):
        translate(tmp_path, brief(FIRST, SECOND), engine=engine, keep=lambda edits: save_edits(tmp_path, edits))
    assert renderings(translate(tmp_path, brief(FIRST, SECOND)))[FIRST][0] == "machine"
    later = Dictionary(ENGLISH)
    translate(tmp_path, brief(FIRST, SECOND), engine=later)
    assert later.requests == [[SECOND]]


def test_progress_tells_how_many_and_how_fast(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH), progress=lambda p: seen.append((p.done, p.total)))
    assert seen == [(1, 2), (2, 2)]


def test_a_broken_memory_file_is_left_alone_and_its_story_is_pending(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_text('msgid "x\n', "utf-8")
    made = translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH))
    assert (made.pending, made.edits, [p.code for p in made.problems]) == (2, (), ["memory-syntax"])


@pytest.mark.parametrize("title", ["", "  ", "\u200f", "ـ"])
def test_a_story_without_a_title_has_an_empty_one_that_waits_for_nobody(tmp_path: Path, title: str) -> None:
    made = translate(tmp_path, brief(FIRST, title=title), engine=Dictionary(ENGLISH))
    assert made.editions[0].stories[0].title.state == "source"


def test_an_engine_that_cannot_says_so_and_the_build_goes_on(tmp_path: Path) -> None:
    class Broken(Dictionary):
        def describe(self, source_lang: str, target_lang: str) -> str:
            raise EngineError("no package for this pair")

    made = translate(tmp_path, brief(FIRST), engine=Broken({}))
    assert made.pending == 2
    assert "no package for this pair" in made.notes[0]
    assert issubclass(EngineError, MujazError)
