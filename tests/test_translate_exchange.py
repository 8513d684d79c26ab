"""What leaves the memory for translators' tools comes back the same, and nothing foreign replaces a person's words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_site import empty_site, run
from support_translate import entry, load_memory, memory

from site_src.translate.exchange import (
    ELSEWHERE,
    ExchangeError,
    Format,
    Pair,
    decoded,
    export,
    import_pairs,
    pairs_of,
    read_pairs,
    waiting_of,
)
from site_src.translate.memory import Memory
from site_src.translate.po import sha
from site_src.translate.save import save_edits

FORMATS: tuple[Format, ...] = ("po", "tmx", "tsv", "xlf", "xliff")


MACHINE = f"#. machine-sha: {sha('by machine')}\n#, fuzzy\n"
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "M")), min_size=1, max_size=12)
phrases = st.lists(words, min_size=1, max_size=5).map(" ".join)
names = st.sampled_from(["", "project authors", "Dana <x> & co"])
pairs = st.builds(Pair, phrases, phrases, st.just(True), names) | st.builds(Pair, phrases, phrases)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=40, deadline=None)
@given(st.lists(pairs, max_size=5, unique_by=lambda pair: pair.source))
def test_every_format_gives_back_what_it_was_given(form: Format, held: list[Pair]) -> None:
    assert list(read_pairs(export(held, form, "ar", "en"), form, "ar", "en")) == held


@pytest.mark.parametrize("form", FORMATS)
def test_a_memory_moved_to_an_empty_site_keeps_who_approved_what(tmp_path: Path, form: Format) -> None:
    (tmp_path / "new").mkdir()
    old = memory(tmp_path, a=entry("أ ب", "a b", "# approved: project authors\n") + entry("ت", "by hand", "#, fuzzy\n"))
    text = export(pairs_of(old), form, "ar", "en")
    save_edits(tmp_path / "new", import_pairs(Memory("en", {}), read_pairs(text, form, "ar", "en")).edits)
    served = load_memory(tmp_path / "new", "en")
    first, second = served.lookup("any", "أ ب"), served.lookup(ELSEWHERE, "ت")
    assert first is not None and second is not None
    assert (first.text, first.state, first.statement("approved")) == ("a b", "approved", "project authors")
    assert (second.text, second.state) == ("by hand", "draft")


def test_an_import_fills_what_waits_and_what_only_a_machine_wrote(tmp_path: Path) -> None:
    held = memory(tmp_path, a=entry("س", ""), b=entry("س", "by machine", MACHINE))
    save_edits(tmp_path, import_pairs(held, [Pair("س", "by a person", True)]).edits)
    after = load_memory(tmp_path, "en")
    assert {e.text: e.state for slug in "ab" for e in after.files[slug].entries} == {"by a person": "approved"}


@pytest.mark.parametrize("head", ["", "#, fuzzy\n", "# withheld: no\n"])
def test_an_import_never_replaces_a_persons_words(tmp_path: Path, head: str) -> None:
    held = memory(tmp_path, a=entry("س", "by a person", head))
    done = import_pairs(held, [Pair("س", "other words", True)])
    assert (done.edits, done.refused) == ((), ("س",))


def test_an_import_over_a_machines_words_leaves_nothing_that_was_said_of_them(tmp_path: Path) -> None:
    head = f"#. place: title\n#. engine: Dictionary 1.0\n#. finding: error truncated: too short\n{MACHINE}"
    held = memory(tmp_path, a=entry("س", "by machine", head))
    save_edits(tmp_path, import_pairs(held, [Pair("س", "by a person")]).edits)
    after = load_memory(tmp_path, "en").lookup("a", "س")
    assert after is not None
    assert (after.state, after.notes) == ("draft", (("place", "title"),))


@pytest.mark.parametrize(
    ("pair", "state"), [(Pair("س", "words", by="Dana"), "draft"), (Pair("س", "words", approved=True), "approved")]
)
def test_an_import_names_nobody_who_approved_nothing(tmp_path: Path, pair: Pair, state: str) -> None:
    save_edits(tmp_path, import_pairs(memory(tmp_path, a=entry("س", "")), [pair]).edits)
    after = load_memory(tmp_path, "en").lookup("a", "س")
    assert after is not None
    assert (after.state, after.comments) == (state, ())


def test_an_import_of_what_is_known_changes_nothing(tmp_path: Path) -> None:
    held = memory(tmp_path, a=entry("س", "words"))
    assert import_pairs(held, pairs_of(held)).edits == ()
    assert import_pairs(held, pairs_of(held)).known == 1


def test_a_withheld_sentence_is_not_exported(tmp_path: Path) -> None:
    held = memory(tmp_path, a=entry("س", "x", "# withheld: no\n") + entry("ص", "y") + entry("ع", "by machine", MACHINE))
    assert [pair.text for pair in pairs_of(held)] == ["y", "by machine"]


def test_of_a_sentence_that_two_stories_hold_the_approved_words_are_exported(tmp_path: Path) -> None:
    held = memory(tmp_path, a=entry("س", "by machine", MACHINE), b=entry("س", "by a person"))
    assert pairs_of(held) == (Pair("س", "by a person", approved=True),)


def test_a_sentence_waits_for_a_translator_where_a_story_still_has_it_and_none_has_words_for_it(tmp_path: Path) -> None:
    gone = '# who is that?\n#~ msgid "ص"\n#~ msgstr ""\n\n'
    held = memory(tmp_path, a=entry("س", "") + entry("ع", ""), b=entry("س", "words"), c=gone)
    assert waiting_of(held) == (Pair("ع", ""),)


def test_of_a_po_file_that_is_imported_what_was_withheld_went_stale_or_waits_is_no_pair() -> None:
    text = (entry("أ", "a", "# withheld: no\n") + entry("ب", "b", '#, fuzzy\n#| msgid "before"\n') + entry("ت", "")
            + entry("ث", "by hand", "#, fuzzy\n") + entry("ج", "approved words"))  # fmt: skip
    pairs = read_pairs(text, "po", "ar", "en")
    assert pairs == (Pair("ث", "by hand"), Pair("ج", "approved words", approved=True))


def test_a_row_that_lacks_a_side_is_no_pair_and_spaces_around_a_cell_are_none_of_it() -> None:
    text = "\n  \nس\t\n\tno source\n ص \t a b \t approved \t Dana \n"
    assert read_pairs(text, "tsv", "ar", "en") == (Pair("ص", "a b", approved=True, by="Dana"),)


def test_a_tmx_of_another_tool_is_read(tmp_path: Path) -> None:
    text = """<?xml version="1.0" encoding="utf-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4"><header/><body>
    <tu><tuv xml:lang="AR-sa"><seg>وصل <bpt i="1">&lt;b></bpt>الوفد<ept i="1"/></seg></tuv>
    <tuv xml:lang="en_US"><seg>The <hi>delegation</hi> arrived</seg></tuv></tu>
    <tu><tuv xml:lang="fr"><seg>x</seg></tuv></tu><tu><tuv xml:lang="ar"/></tu></body></tmx>"""
    content = text.encode("utf-16")
    assert read_pairs(decoded(content), "tmx", "ar", "en") == (Pair("وصل الوفد", "The delegation arrived"),)


DEEP = f"<tmx><tu><tuv xml:lang='ar'><seg>{'<hi>' * 5000}{'</hi>' * 5000}</seg></tuv></tu></tmx>"


@pytest.mark.parametrize(
    ("form", "text", "why"),
    [
        ("tmx", "<tmx><body>", "no element found"),
        ("tmx", '<!DOCTYPE x [<!ENTITY a "b">]><tmx>&a;</tmx>', "declares entities"),
        ("tmx", DEEP, "recursion"),
        ("po", 'msgid "a\n', "line 1"),
        ("tsv", "one\ttwo\nno tab here\n", "Line 2 has no tab"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(form: Format, text: str, why: str) -> None:
    with pytest.raises(ExchangeError, match=why):
        read_pairs(text, form, "ar", "en")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_bytes_are_read_in_the_encoding_that_they_show(encoding: str) -> None:
    assert decoded("مرحبا\ta".encode(encoding)) == "مرحبا\ta"


def test_bytes_in_another_encoding_are_refused() -> None:
    with pytest.raises(ExchangeError, match="neither UTF-8 nor UTF-16"):
        decoded("مرحبا".encode("cp1256"))


@pytest.mark.parametrize("form", ["xlf", "xliff"])
def test_a_job_holds_what_waits_and_brings_back_what_a_translator_filled(tmp_path: Path, form: Format) -> None:
    there = memory(tmp_path, a=entry("أ ب", "") + entry("ت ث", "by hand"))
    job = export((*pairs_of(there), *waiting_of(there)), form, "ar", "en")
    assert read_pairs(job, form, "ar", "en") == (Pair("ت ث", "by hand", approved=True),)
    empty, full = {
        "xlf": ('<target state="needs-translation"></target>', '<target state="translated">a b</target>'),
        "xliff": (">\n<source>أ ب</source>\n", "><source>أ ب</source><target>a b</target>"),
    }[form]
    filled = job.replace(empty, full).replace('"initial"', '"reviewed"')
    assert Pair("أ ب", "a b", approved=form == "xliff") in read_pairs(filled, form, "ar", "en")


@pytest.mark.parametrize("form", ["tmx", "xlf", "xliff"])
def test_a_machines_words_that_come_back_unchanged_stay_a_machines(tmp_path: Path, form: Format) -> None:
    there = memory(tmp_path, a=entry("أ ب", "by machine", MACHINE))
    back = read_pairs(export(pairs_of(there), form, "ar", "en"), form, "ar", "en")
    assert import_pairs(there, back).edits == ()
    (approved,) = import_pairs(there, [Pair("أ ب", "by machine", approved=True, by="Dana")]).edits
    assert not approved.fuzzy


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<tmx/>", "not <xliff>"),
        ("<xliff", "cannot be read"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>', "entities"),
    ],
)
def test_a_file_that_is_no_xliff_is_refused_by_name(text: str, fault: str) -> None:
    with pytest.raises(ExchangeError, match=fault):
        read_pairs(text, "xliff", "ar", "en")


def test_the_codes_of_a_translation_tool_are_no_words() -> None:
    text = (
        '<xliff version="1.2"><file source-language="ar-SA" target-language="en-GB"><body><trans-unit id="1">'
        '<source>أ <ph id="1">{x}</ph>ب</source><target>a <g id="2">big</g> <x id="3"/>b</target>'
        "</trans-unit></body></file></xliff>"
    )
    assert read_pairs(text, "xlf", "ar", "en") == (Pair("أ ب", "a big b"),)


def test_a_job_for_other_languages_brings_nothing() -> None:
    assert read_pairs(export([Pair("أ", "a")], "xliff", "ar", "fr"), "xliff", "ar", "en") == ()


def test_an_import_says_how_many_pairs_nobody_has_approved(tmp_path: Path) -> None:
    site = empty_site(tmp_path)
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("أ ب\ta b\tapproved\nت ث\tt th\n", "utf-8")
    said = run("memory", "import", str(pairs), "--config", str(site / "site.toml")).stdout
    expected = "2 pairs taken into 1 file (1 draft: the file does not call it approved), 0 known before.\n"
    assert said == expected
    assert [one.state for one in load_memory(site / "content/translations", "en").files[ELSEWHERE].entries] == [
        "approved", "draft",
    ]  # fmt: skip
