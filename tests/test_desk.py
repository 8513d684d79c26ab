"""The desk over real files: what it writes is what a person would have written, and newer words always win."""

from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_desk import CANAL, MACHINE, RIGHT, TITLE, desk_of
from support_site import empty_site

from site_src.errors import MujazError
from site_src.serve.desk.decisions import Action, Decision, apply_decision, find_entry, mark
from site_src.serve.desk.desk import Desk, Outcome
from site_src.serve.desk.view import Place, next_place
from site_src.translate.po import Entry, parse_po, sha
from site_src.translate.segments import Segment

SPACES = str.maketrans(dict.fromkeys("\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))
"""What ends a line for some reader of PO files is kept as a space."""
FIRST, SECOND, _ = CANAL
PO = f"""# Kept by hand, to the byte
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. place: title
msgid "{TITLE}"
msgstr ""

# seen by Dana
#. place: paragraph 1
#. engine: Dictionary 1.0
#. machine-sha: {sha(MACHINE)}
#, fuzzy
msgid "{FIRST}"
msgstr ""
"The irrigation authority in Uzbekistan announced "
"a new canal to Tashkent, 30 kilometres long."

# approved: project authors
msgid "{SECOND}"
msgstr ""
"The authority said the canal would serve 12,000 farmers and that Kazakhstan had "
"agreed to share the river in Central Asia."
"""

AGAIN = f"""كازاخستان وأوزبكستان تتفقان على المياه

وتابعت كازاخستان وقرغيزستان وطاجيكستان أعمال الحفر في آسيا الوسطى، وقالت أوزبكستان إن المياه ستصل قبل الصيف.

{FIRST}
"""
"""Another story, with a sentence of the first."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (empty_site(tmp_path) / "content/translations").mkdir()
    (tmp_path / "content/articles/canal.txt").write_text(f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n", "utf-8")
    (tmp_path / "content/translations/canal.en.po").write_text(PO, "utf-8")
    return desk_of(tmp_path)


def po(desk: Desk) -> Path:
    return desk.places.translations / "canal.en.po"


def written(desk: Desk, source: str) -> polib.POEntry:
    found = polib.pofile(str(po(desk))).find(source)
    assert found
    return found


def sentence(number: int) -> Place:
    return Place("canal", "en", number)


def decide(desk: Desk, number: int, action: str, text: str = "", reason: str = "", sure: bool = True) -> Outcome:
    known = mark(desk.view.entry(sentence(number)))
    return desk.decide(sentence(number), known, Decision(action, text, reason, sure))


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_approving_a_corrected_sentence_changes_its_text_and_takes_the_flag_off(desk: Desk) -> None:
    assert decide(desk, 1, "approve", RIGHT).kind == "saved"
    gone, new = changed_lines(PO, po(desk).read_text("utf-8"))
    assert gone == [
        "#, fuzzy",
        '"The irrigation authority in Uzbekistan announced "',
        '"a new canal to Tashkent, 30 kilometres long."',
    ]
    assert new == [f'msgstr "{RIGHT}"']
    assert desk.view.renderings[sentence(1)].state == "approved"


@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_a_file_keeps_the_mark_that_it_begins_with_through_a_decision_and_back(desk: Desk, begin: str) -> None:
    po(desk).write_text(begin + PO, "utf-8")
    assert decide(desk, 1, "approve", RIGHT).kind == "saved"
    assert po(desk).read_text("utf-8").startswith(begin + PO[:40])
    assert desk.steps.undo().kind == "undone"
    assert po(desk).read_text("utf-8") == begin + PO


def test_approving_what_the_authors_translated_makes_it_the_editors(desk: Desk) -> None:
    text = desk.view.renderings[sentence(2)].text
    assert decide(desk, 2, "approve", text).kind == "saved"
    assert changed_lines(PO, po(desk).read_text("utf-8")) == (["# approved: project authors"], [])
    assert dict(desk.view.counts)["editor"] == 1


def test_withholding_writes_the_reason_and_keeps_the_words(desk: Desk) -> None:
    assert decide(desk, 1, "withhold", MACHINE, "The length is\nwrong").kind == "saved"
    assert changed_lines(PO, po(desk).read_text("utf-8")) == ([], ["# withheld: The length is wrong"])
    shown = desk.view.renderings[sentence(1)]
    assert (shown.state, shown.text, shown.why) == ("withheld", "", "The length is wrong")


def test_withholding_without_a_reason_is_asked_for_twice(desk: Desk) -> None:
    assert decide(desk, 1, "withhold", MACHINE, " \n", sure=False).kind == "sure_reason"
    assert po(desk).read_text("utf-8") == PO
    assert decide(desk, 1, "withhold", MACHINE, "Two sources differ", sure=False).kind == "saved"
    assert decide(desk, 2, "withhold", RIGHT, "").kind == "saved"


def test_a_machine_sentence_sent_back_is_the_machines_again(desk: Desk) -> None:
    decide(desk, 1, "withhold", MACHINE)
    assert decide(desk, 1, "return").kind == "saved"
    assert po(desk).read_text("utf-8") == PO


def test_a_persons_words_go_only_when_that_is_confirmed(desk: Desk) -> None:
    assert decide(desk, 2, "return", sure=False).kind == "sure_words"
    assert po(desk).read_text("utf-8") == PO
    assert decide(desk, 2, "return", sure=True).kind == "saved"
    assert desk.view.renderings[sentence(2)].state == "pending"


def test_an_error_is_approved_only_knowingly(desk: Desk) -> None:
    assert decide(desk, 1, "approve", MACHINE, sure=False).kind == "sure_errors"
    assert po(desk).read_text("utf-8") == PO
    assert decide(desk, 1, "approve", MACHINE, sure=True).kind == "saved"
    shown = desk.view.renderings[sentence(1)]
    assert shown.state == "approved" and any(finding.severity == "error" for finding in shown.findings)


def test_a_withheld_text_that_is_as_it_was_is_approved_only_knowingly(desk: Desk) -> None:
    assert decide(desk, 1, "withhold", RIGHT, "Two sources differ").kind == "saved"
    held = po(desk).read_text("utf-8")
    for unchanged in (RIGHT, f" {RIGHT}\n"):
        assert decide(desk, 1, "approve", unchanged, sure=False).kind == "sure_withheld"
    assert po(desk).read_text("utf-8") == held
    assert decide(desk, 1, "draft", RIGHT, sure=False).kind == "saved"
    assert decide(desk, 1, "approve", RIGHT.replace("announced", "said"), sure=False).kind == "saved"
    assert decide(desk, 1, "withhold", RIGHT, "Two sources differ").kind == "saved"
    assert decide(desk, 1, "approve", RIGHT, sure=True).kind == "saved"
    assert desk.view.renderings[sentence(1)].state == "approved"


def test_what_loses_nothing_and_has_no_error_is_done_without_a_question(desk: Desk) -> None:
    assert decide(desk, 1, "draft", MACHINE, sure=False).kind == "saved"
    assert decide(desk, 1, "approve", RIGHT, sure=False).kind == "saved"
    assert decide(desk, 2, "withhold", "", "Why", sure=False).kind == "saved"
    assert decide(desk, 0, "return", sure=False).kind == "saved"
    desk.steps.undo(), desk.steps.undo(), desk.steps.undo()
    assert po(desk).read_text("utf-8") == PO
    assert decide(desk, 1, "return", sure=False).kind == "saved"
    po(desk).unlink()
    assert decide(desk, 1, "return", sure=False).kind == "saved"


def test_words_that_are_sent_back_leave_an_entry_as_of_a_new_sentence(desk: Desk) -> None:
    po(desk).write_text(PO.replace("30 kilometres", "40 kilometres"), "utf-8")
    assert decide(desk, 1, "return", sure=False).kind == "sure_words"
    assert decide(desk, 1, "return").kind == "saved"
    assert f'# seen by Dana\n#. place: paragraph 1\nmsgid "{FIRST}"\nmsgstr ""\n' in po(desk).read_text("utf-8")


def test_what_a_machine_wrote_for_another_story_stays_a_machines_when_it_is_withheld_here(desk: Desk) -> None:
    (desk.places.articles / "again.txt").write_text(AGAIN, "utf-8")
    place = next(place for place, one in desk.view.renderings.items() if place.slug == "again" and one.source == FIRST)
    known = mark(desk.view.entry(place))
    assert desk.decide(place, known, Decision("withhold", MACHINE, "The length is wrong")).kind == "saved"
    file = desk.places.translations / "again.en.po"
    entry = find_entry(parse_po("again", file.read_text("utf-8"), file.name), FIRST)
    assert entry and entry.untouched and entry.fuzzy
    assert (entry.note("engine"), entry.note("place")) == ("Dictionary 1.0", "paragraph 2")
    assert [key for key, _ in entry.notes].count("place") == 1
    assert desk.decide(place, mark(entry), Decision("return")).kind == "saved"
    assert desk.view.renderings[place].origin == "machine"
    assert po(desk).read_text("utf-8") == PO


def test_the_desk_counts_what_waits_and_what_the_checks_found(desk: Desk) -> None:
    assert (desk.view.waiting, dict(desk.view.counts)["authors"]) == (2, 1)
    found = desk.view.findings
    assert found and list(found) == sorted(found, key=lambda pair: (-pair[1], pair[0]))
    assert [place for place, _ in desk.view.of_story("canal", "en")] == [sentence(0), sentence(1), sentence(2)]
    assert [*desk.view.of_story("canal", "ar"), *desk.view.of_story("nobody", "en")] == []


def test_a_page_in_the_articles_language_shows_the_first_other_one_and_any_other_page_its_own(desk: Desk) -> None:
    assert [desk.view.target("canal", page) for page in ("en", "ar", "fr")] == ["en", "en", ""]
    assert desk.view.target("nobody", "en") == ""


def test_a_draft_is_kept_and_not_published(desk: Desk) -> None:
    assert decide(desk, 0, "draft", "A new canal in Tashkent").kind == "saved"
    shown = desk.view.renderings[sentence(0)]
    assert (shown.state, shown.text) == ("draft", "")
    assert written(desk, TITLE).fuzzy


def test_a_draft_of_a_withheld_sentence_leaves_it_withheld(desk: Desk) -> None:
    decide(desk, 1, "withhold", MACHINE, "The length is wrong")
    assert decide(desk, 1, "draft", RIGHT).kind == "saved"
    shown = desk.view.renderings[sentence(1)]
    assert (shown.state, shown.why, written(desk, FIRST).msgstr) == ("withheld", "The length is wrong", RIGHT)


def test_nothing_is_approved_without_a_word(desk: Desk) -> None:
    assert decide(desk, 0, "approve", " \n ").kind == "empty"
    assert po(desk).read_text("utf-8") == PO


def test_words_saved_by_hand_meanwhile_are_not_written_over(desk: Desk) -> None:
    known = mark(desk.view.entry(sentence(1)))
    by_hand = PO.replace("30 kilometres", "40 kilometres")
    po(desk).write_text(by_hand, "utf-8")
    outcome = desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True))
    assert outcome.kind == "conflict"
    assert outcome.entry and "40 kilometres" in outcome.entry.text
    assert po(desk).read_text("utf-8") == by_hand


def test_a_change_elsewhere_in_the_file_is_no_conflict_and_stays(desk: Desk) -> None:
    known = mark(desk.view.entry(sentence(1)))
    po(desk).write_text(PO.replace("seen by Dana", "seen by Omar").replace("# Kept by", "# Kept well by"), "utf-8")
    assert desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True)).kind == "conflict"
    po(desk).write_text(PO.replace("# Kept by", "# Kept well by"), "utf-8")
    assert desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True)).kind == "saved"
    assert po(desk).read_text("utf-8").startswith("# Kept well by")


def test_another_sentence_in_its_place_is_a_conflict(desk: Desk) -> None:
    known = mark(desk.view.entry(sentence(1)))
    article = desk.places.articles / "canal.txt"
    article.write_text(article.read_text("utf-8").replace("40 كيلومترا", "50 كيلومترا"), "utf-8")
    outcome = desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True))
    assert outcome.kind == "conflict"
    assert po(desk).read_text("utf-8") == PO


def test_a_sentence_that_is_gone_is_told(desk: Desk) -> None:
    assert desk.decide(Place("canal", "en", 9), "", Decision("approve", RIGHT)).kind == "gone"
    assert desk.decide(Place("../canal", "en", 1), "", Decision("approve", RIGHT)).kind == "gone"


def test_steps_are_taken_back_one_by_one_to_the_byte(desk: Desk) -> None:
    texts = [PO]
    for number, action, text in (
        (1, "draft", "A canal"),
        (1, "approve", RIGHT),
        (2, "withhold", ""),
        (0, "draft", "C"),
    ):
        assert decide(desk, number, action, text).kind == "saved"
        texts.append(po(desk).read_text("utf-8"))
    assert len(set(texts)) == 5
    for before in reversed(texts[:-1]):
        assert desk.steps.undo().kind == "undone"
        assert po(desk).read_text("utf-8") == before
    assert desk.steps.undo().kind == "nothing"


def test_a_step_is_taken_back_though_the_file_changed_elsewhere(desk: Desk) -> None:
    decide(desk, 1, "approve", RIGHT)
    text = po(desk).read_text("utf-8")
    po(desk).write_text(text.replace("# Kept by", "# Kept well by"), "utf-8")
    assert desk.steps.undo().kind == "undone"
    assert po(desk).read_text("utf-8") == PO.replace("# Kept by", "# Kept well by")


def test_what_was_taken_back_is_done_again_to_the_byte_until_something_new_is_decided(desk: Desk) -> None:
    texts = [PO]
    for number, action, text in ((1, "approve", RIGHT), (2, "withhold", ""), (0, "draft", "C")):
        decide(desk, number, action, text)
        texts.append(po(desk).read_text("utf-8"))
    assert [desk.steps.undo().kind for _ in range(3)] == ["undone"] * 3
    for after in texts[1:]:
        assert desk.steps.redo().kind == "redone"
        assert po(desk).read_text("utf-8") == after
    assert desk.steps.redo().kind == "nothing_undone"
    assert [desk.steps.undo().kind for _ in range(2)] == ["undone"] * 2
    decide(desk, 0, "draft", "Other words")
    assert desk.steps.redo().kind == "nothing_undone"


def test_what_was_taken_back_is_not_done_again_over_newer_words(desk: Desk) -> None:
    decide(desk, 1, "approve", RIGHT)
    desk.steps.undo()
    by_hand = PO.replace("# Kept by", "# Kept well by")
    po(desk).write_text(by_hand, "utf-8")
    assert desk.steps.redo().kind == "newer"
    assert (po(desk).read_text("utf-8"), desk.steps.redo().kind) == (by_hand, "nothing_undone")


def test_a_file_that_undoing_took_away_is_made_again(desk: Desk) -> None:
    po(desk).unlink()
    decide(desk, 1, "approve", RIGHT)
    made = po(desk).read_bytes()
    desk.steps.undo()
    assert (po(desk).exists(), desk.steps.redo().kind, po(desk).read_bytes()) == (False, "redone", made)
    assert desk.steps.undo().kind == "undone" and not po(desk).exists()


def test_a_step_that_somebody_wrote_over_is_not_taken_back(desk: Desk) -> None:
    decide(desk, 0, "draft", "A canal")
    decide(desk, 1, "approve", RIGHT)
    newer = po(desk).read_text("utf-8").replace(RIGHT, "Better words, by hand.")
    po(desk).write_text(newer, "utf-8")
    assert desk.steps.undo().kind == "newer"
    assert po(desk).read_text("utf-8") == newer
    assert desk.steps.undo().kind == "undone"


def test_the_first_decision_makes_the_file_and_undo_takes_it_away(desk: Desk) -> None:
    po(desk).unlink()
    assert decide(desk, 1, "approve", RIGHT).kind == "saved"
    assert written(desk, FIRST).msgstr == RIGHT
    assert desk.steps.undo().kind == "undone"
    assert not po(desk).exists()


def test_a_file_with_a_mistake_is_left_alone_and_named(desk: Desk) -> None:
    known = mark(desk.view.entry(sentence(1)))
    po(desk).write_text(PO + "\nnot a line of a PO file\n", "utf-8")
    outcome = desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True))
    assert (outcome.kind, "canal.en.po" in outcome.detail) == ("unsaved", True)
    assert po(desk).read_text("utf-8").endswith("not a line of a PO file\n")


def test_line_ends_and_byte_order_mark_stay(desk: Desk) -> None:
    windows = b"\xef\xbb\xbf" + PO.replace("\n", "\r\n").encode()
    po(desk).write_bytes(windows)
    decide(desk, 1, "approve", RIGHT)
    written = po(desk).read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and written.count(b"\n") == written.count(b"\r\n")
    desk.steps.undo()
    assert po(desk).read_bytes() == windows


def test_a_translation_of_another_story_is_approved_here_but_not_sent_back_here(desk: Desk) -> None:
    (desk.places.articles / "again.txt").write_text(
        f"خبر آخر عن طشقند وأوزبكستان\n\n{SECOND}\n\nوتابعت كازاخستان وقرغيزستان أعمال الحفر في آسيا الوسطى.\n", "utf-8"
    )
    place = Place("again", "en", 1)
    shown = desk.view.entry(place)
    assert shown and (shown.slug, shown.source) == ("canal", SECOND)
    assert desk.decide(place, mark(shown), Decision("return", sure=True)).kind == "elsewhere"
    assert desk.decide(place, mark(shown), Decision("approve", "Other words.", sure=True)).kind == "saved"
    assert desk.view.renderings[place].text == "Other words."
    assert po(desk).read_text("utf-8") == PO


def test_the_next_sentence_is_the_next_that_waits_and_comes_round(desk: Desk) -> None:
    assert next_place(desk.view, None, "") == sentence(0)
    assert next_place(desk.view, sentence(0), "") == sentence(1)
    assert next_place(desk.view, sentence(1), "") == sentence(0)
    assert next_place(desk.view, None, "check:numbers") == sentence(1)
    assert next_place(desk.view, None, "state:authors") == sentence(2)
    assert next_place(desk.view, None, "state:stale") is None
    assert next_place(desk.view, None, "check:quotes") is None


def test_what_a_person_withheld_waits_no_longer_and_what_a_check_withholds_does(desk: Desk) -> None:
    assert [one.state for one in desk.view.renderings.values()] == ["pending", "withheld", "approved"]
    assert desk.view.waiting == 2
    assert decide(desk, 1, "withhold", MACHINE, "The length is wrong").kind == "saved"
    assert (desk.view.waiting, next_place(desk.view, sentence(0), "")) == (1, sentence(0))


def test_after_a_sentence_that_is_gone_comes_the_first_of_its_story(desk: Desk) -> None:
    (desk.places.articles / "again.txt").write_text(AGAIN, "utf-8")
    for slug in ("again", "canal"):
        assert next_place(desk.view, Place(slug, "en", 99), "") == Place(slug, "en", 0)
    first = next(iter(desk.view.renderings))
    assert next_place(desk.view, Place("nobody", "en", 1), "") == first


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])), action=st.sampled_from(["approve", "draft", "withhold"]))
def test_whatever_is_typed_is_read_back_and_every_other_entry_stays(text: str, action: Action) -> None:
    file = parse_po("canal", PO, "canal.en.po")
    own = find_entry(file, FIRST)
    what = Decision(action, text, reason=text)
    segment = Segment("canal", "en", "ar", FIRST, "paragraph 1")
    after = parse_po("canal", apply_decision(PO, own, own, segment, TITLE, what), "canal.en.po")
    assert after.problems == ()
    assert [one.source for one in after.entries] == [TITLE, FIRST, SECOND]
    assert own and after.entries[1].text == what.words.translate(SPACES)
    others = [(one.text, one.fuzzy, one.comments, one.notes) for one in (file.entries[0], file.entries[2])]
    assert [(one.text, one.fuzzy, one.comments, one.notes) for one in (after.entries[0], after.entries[2])] == others


def test_the_mark_tells_a_persons_changes_and_not_the_builds() -> None:
    entry = Entry("s", "source", "text", fuzzy=True, notes=(("finding", "warning names: x"),))
    assert mark(entry) == mark(Entry("s", "source", "text", fuzzy=True))
    assert len({mark(entry), mark(Entry("s", "source", "text")), mark(Entry("s", "source", "texts", fuzzy=True))}) == 3


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"), ("a\x1b[31mb", "a[31mb"), ("a \u202eevil\u202c b", "a evil b"),
        ("\ufeffa\u2067b\u2069", "ab"), ("a\u2028b\x85c\x1dd", "a b c d"), ('"\nmsgid "x"', '" msgid "x"'),
        ("a\\", "a\\"), ("می\u200cشود\u200f!", "می\u200cشود\u200f!"),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_not_written_and_what_shapes_letters_is(desk: Desk, typed: str, kept: str) -> None:
    assert decide(desk, 1, "approve", typed).kind == "saved"
    assert written(desk, FIRST).msgstr == kept
    assert decide(desk, 1, "withhold", typed, typed).kind == "saved"
    assert written(desk, FIRST).tcomment == f"seen by Dana\nwithheld: {kept}"
    assert len(polib.pofile(str(po(desk)))) == 3


def test_where_nothing_can_be_written_the_file_stays_and_undo_can_be_repeated(desk: Desk) -> None:
    assert decide(desk, 1, "approve", RIGHT).kind == "saved"
    approved, backup = po(desk).read_bytes(), desk.places.translations / ".backup"
    backup.rename(backup.with_name(".kept"))
    backup.write_text("no folder can be made here", "utf-8")
    assert decide(desk, 2, "withhold", "", "Why").kind == "unsaved"
    assert (desk.steps.undo().kind, po(desk).read_bytes()) == ("unsaved", approved)
    backup.unlink()
    assert desk.steps.undo().kind == "undone"
    assert po(desk).read_text("utf-8") == PO


def test_a_name_is_taken_back_and_never_over_the_words_of_another(desk: Desk) -> None:
    before = desk.places.names.read_bytes()
    entry = {"id": "dana-omar", "kind": "person", "en": "Dana Omar", "ar": "دانة عمر"}
    assert (desk.add_name(entry).kind, desk.steps.undo().kind) == ("named", "undone")
    assert desk.places.names.read_bytes() == before
    assert desk.steps.redo().kind == "redone"
    by_hand = desk.places.names.read_bytes() + b"# a colleague\n"
    desk.places.names.write_bytes(by_hand)
    assert (desk.steps.undo().kind, desk.places.names.read_bytes()) == ("newer", by_hand)


def test_a_broken_file_of_names_or_translations_stops_the_desk_until_it_is_mended(desk: Desk) -> None:
    names, known = desk.places.names.read_bytes(), mark(desk.view.entry(sentence(1)))
    desk.places.names.write_text("[[names\n", "utf-8")
    with pytest.raises(MujazError, match=r"names\.toml"):
        desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True))
    assert po(desk).read_text("utf-8") == PO
    desk.places.names.write_bytes(names)
    assert desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True)).kind == "saved"
    approved = po(desk).read_bytes()
    po(desk).write_bytes(approved + b"\nbroken\n")
    assert desk.steps.undo().kind == "unsaved"
    po(desk).write_bytes(approved)
    assert desk.steps.undo().kind == "undone"


def test_a_sentence_that_occurs_twice_is_decided_once_for_both(desk: Desk) -> None:
    article = desk.places.articles / "canal.txt"
    article.write_text(f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{FIRST}\n", "utf-8")
    same = [place for place, one in desk.view.renderings.items() if one.source == FIRST]
    assert decide(desk, same[0].number, "approve", RIGHT).kind == "saved"
    assert {desk.view.renderings[place].text for place in same} == {RIGHT}
    assert len(polib.pofile(str(po(desk)))) == 3


def test_a_story_that_was_deleted_is_gone_and_undo_leaves_its_file_alone(desk: Desk) -> None:
    known = mark(desk.view.entry(sentence(1)))
    assert decide(desk, 2, "withhold", "", "Why").kind == "saved"
    (desk.places.articles / "canal.txt").rename(desk.places.content / "canal.txt")
    po(desk).unlink()
    assert desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True)).kind == "gone"
    assert desk.steps.undo().kind == "newer"
    assert not po(desk).exists()


def test_two_tabs_never_write_over_each_other(desk: Desk) -> None:
    known = mark(desk.view.entry(sentence(1)))
    first = desk.decide(sentence(1), known, Decision("approve", RIGHT, sure=True))
    second = desk.decide(sentence(1), known, Decision("withhold", RIGHT, "Why", sure=True))
    assert (first.kind, second.kind) == ("saved", "conflict")
    assert second.entry and second.entry.text == RIGHT
    assert desk.view.renderings[sentence(1)].state == "approved"
