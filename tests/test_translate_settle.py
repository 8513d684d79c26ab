"""A story's file follows its article: what is new, what left, and what became of the words for it."""

from pathlib import Path

from support_translate import ENGLISH, FIRST, SECOND, TITLE, Dictionary, brief, load_memory, renderings, translate

from site_src.translate.po import sentence_key

THIRD = "وتعمل العبارة مرتين في اليوم بين الضفتين"
MONDAY, TUESDAY = (FIRST.replace("الأحد", day) for day in ("الاثنين", "الثلاثاء"))
GOOD = f'"{FIRST}"\nmsgstr "{ENGLISH[FIRST]}"\n'


def test_words_that_went_stale_twice_name_the_arabic_that_they_were_written_for(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_text(f"msgid {GOOD}", "utf-8")
    for changed in (MONDAY, TUESDAY):
        assert renderings(translate(tmp_path, brief(changed)))[changed][0] == "stale"
    entry = load_memory(tmp_path, "en").lookup("ferry", TUESDAY)
    assert entry is not None
    assert (entry.text, entry.previous) == (ENGLISH[FIRST], FIRST)


def test_a_sentence_without_words_that_changes_waits_as_a_new_one(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST))
    assert renderings(translate(tmp_path, brief(MONDAY)))[MONDAY][0] == "pending"
    assert "#|" not in (tmp_path / "ferry.en.po").read_text("utf-8")


def test_what_a_machine_wrote_for_one_story_stands_in_the_file_of_the_next_as_a_machines(tmp_path: Path) -> None:
    translate(tmp_path, brief(SECOND, FIRST), engine=Dictionary(ENGLISH))
    made = translate(tmp_path, brief(SECOND, FIRST), brief(FIRST, slug="ferry-2"))
    assert (made.remembered, made.pending) == (5, 0)
    there, here = (load_memory(tmp_path, "en").story(slug)[sentence_key(FIRST)] for slug in ("ferry", "ferry-2"))
    assert (here.state, here.text) == ("machine", ENGLISH[FIRST])
    assert here.notes == (("place", "paragraph 1"), *there.notes[1:])


def test_a_sentence_that_is_approved_in_another_story_waits_in_no_file(tmp_path: Path) -> None:
    (tmp_path / "ferry.en.po").write_text(f"msgid {GOOD}", "utf-8")
    made = translate(tmp_path, brief(FIRST), brief(FIRST, SECOND, slug="ferry-2"))
    assert (made.remembered, made.pending) == (2, 3)
    assert [entry.source for entry in load_memory(tmp_path, "en").files["ferry-2"].entries] == [TITLE, SECOND]


def test_of_two_sentences_that_left_the_one_most_like_the_new_one_gives_it_its_words(tmp_path: Path) -> None:
    far = FIRST.replace("صباح الأحد", "مساء السبت")
    (tmp_path / "ferry.en.po").write_text(f'msgid "{far}"\nmsgstr "far"\n\nmsgid "{FIRST}"\nmsgstr "near"\n', "utf-8")
    translate(tmp_path, brief(MONDAY))
    entry = load_memory(tmp_path, "en").lookup("ferry", MONDAY)
    assert entry is not None and (entry.state, entry.text) == ("stale", "near")


def test_a_new_sentence_stands_in_the_file_where_it_stands_in_the_article(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST, THIRD))
    translate(tmp_path, brief(FIRST, SECOND, THIRD))
    assert [entry.source for entry in load_memory(tmp_path, "en").files["ferry"].entries] == [
        TITLE, FIRST, SECOND, THIRD,
    ]  # fmt: skip


def test_a_persons_words_that_go_stale_bear_nothing_that_was_said_of_the_machines(tmp_path: Path) -> None:
    translate(tmp_path, brief(FIRST), engine=Dictionary(ENGLISH))
    path = tmp_path / "ferry.en.po"
    path.write_text(path.read_text("utf-8").replace("The ferry reached", "A ferry reached"), "utf-8")
    assert renderings(translate(tmp_path, brief(MONDAY)))[MONDAY][:2] == ("stale", "editor")
    entry = load_memory(tmp_path, "en").lookup("ferry", MONDAY)
    assert entry is not None and entry.notes == (("place", "paragraph 1"),)
