"""The record: addresses and first days that outlive builds, and what the last closed brief said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_src.errors import SettingsError
from site_src.model.brief import Brief
from site_src.model.edition import Edition, Rendering, StoryEdition
from site_src.model.fields import Day, Found
from site_src.model.page import Article
from site_src.model.publication import Change
from site_src.model.story import Story
from site_src.record import Entry, Record, Snapshot, load_record, save_record


def story(slug: str) -> Story:
    return Story(slug, Article(f"{slug}.txt", 1, "ar", Found(f"عنوان {slug}", "stated"), ()))


def edition(
    slug: str, text: str = "The flood", topics: tuple[str, ...] = ("water",), title: str = "الفيضان"
) -> StoryEdition:
    brief = Brief(story(slug), topics, Found(title, "stated"), ())
    return StoryEdition(brief, Rendering(title, text, "approved", "editor"), ())


def editions(*stories: StoryEdition) -> tuple[Edition, ...]:
    arabic = tuple(replace(s, title=Rendering(s.title.source, s.title.source, "source", "source")) for s in stories)
    return Edition("en", stories), Edition("ar", arabic)


def recorded(**members: tuple[str, ...]) -> Record:
    return Record().update(members, "2026-01-01")


def test_a_story_is_first_seen_once_and_keeps_its_day():
    record = recorded(flood=("aa",)).update({"flood": ("aa",), "fair": ("bb",)}, "2026-02-02")
    assert [(entry.slug, entry.first_seen) for entry in record.entries] == [
        ("fair", "2026-02-02"),
        ("flood", "2026-01-01"),
    ]
    assert [s.first_seen for s in record.with_first_days([story("flood"), story("unknown")])] == ["2026-01-01", ""]


def test_without_a_day_a_new_story_stays_unseen():
    record = Record().update({"flood": ("aa",)})
    assert record.entries[0].first_seen == ""
    assert record.update({"flood": ("aa",)}, "2026-03-03").entries[0].first_seen == "2026-03-03"


def test_a_story_that_is_gone_keeps_its_line_for_the_day_it_returns():
    record = recorded(flood=("aa",), fair=("bb",)).update({"fair": ("bb",)}, "2026-02-02")
    assert record.by_slug["flood"].members == ("aa",)


def test_an_address_that_goes_out_of_use_leads_to_its_story():
    record = recorded(old=("aa",)).update({"new": ("aa",)}, "2026-02-02")
    assert record.redirects(["new"]) == (("old", "new"),)
    assert record.by_slug["new"].first_seen == "2026-01-01"
    again = record.update({"newest": ("aa",)}, "2026-02-03")
    assert again.redirects(["newest"]) == (("new", "newest"), ("old", "newest"))


def test_two_stories_that_become_one_leave_one_address_and_a_redirect():
    record = recorded(flood=("aa",), river=("bb",)).update({"flood": ("aa", "bb")}, "2026-02-02")
    assert record.redirects(["flood"]) == (("river", "flood"),)
    assert [entry.slug for entry in record.entries] == ["flood"]


def test_a_story_of_two_was_first_seen_when_the_first_of_them_was():
    later = recorded(flood=("aa",)).update({"flood": ("aa",), "river": ("bb",)}, "2026-01-02")
    for slug in ("flood", "river"):
        joined = later.update({slug: ("aa", "bb")}, "2026-02-02")
        assert [(entry.slug, entry.first_seen) for entry in joined.entries] == [(slug, "2026-01-01")]


def test_a_story_that_parts_again_takes_its_address_back():
    joined = recorded(flood=("aa",), river=("bb",)).update({"flood": ("aa", "bb")})
    parted = joined.update({"flood": ("aa",), "river": ("bb",)})
    assert parted.redirects(["flood", "river"]) == ()
    assert [entry.members for entry in parted.entries] == [("aa",), ("bb",)]


def test_a_story_that_is_gone_keeps_the_texts_that_no_other_story_holds_now():
    record = recorded(flood=("aa", "zz"), fair=("bb",)).update({"new": ("aa", "cc")}, "2026-02-02")
    assert [(entry.slug, entry.members) for entry in record.entries] == [
        ("fair", ("bb",)), ("flood", ("zz",)), ("new", ("aa", "cc")),
    ]  # fmt: skip
    assert record.redirects(["new"]) == ()
    assert record.by_slug["new"].first_seen == "2026-02-02"


def test_a_story_that_takes_a_former_address_of_another_has_it_for_itself():
    record = recorded(old=("aa",)).update({"flood": ("aa",)})
    after = record.update({"flood": ("aa",), "old": ("bb",)})
    assert [(entry.slug, entry.former) for entry in after.entries] == [("flood", ()), ("old", ())]


def test_redirects_and_former_addresses_are_in_order():
    record = recorded(c=("aa",), a=("bb",), b=("cc",)).update({"z": ("aa", "bb", "cc")})
    assert record.by_slug["z"].former == ("a", "b", "c")
    assert record.redirects(["z"]) == (("a", "z"), ("b", "z"), ("c", "z"))


def test_what_the_last_brief_said_of_one_of_two_stories_counts_for_both_as_one():
    closed = recorded(river=("bb",)).close_brief(editions(edition("river")), "2026-01-02")
    later = closed.update({"flood": ("aa",), "river": ("bb",)}, "2026-01-05")
    joined = later.update({"flood": ("aa", "bb")}, "2026-01-06")
    assert joined.changes(editions(edition("flood"))) == (Change("flood", "changed", ("text", "copies")),)


def test_each_text_of_a_story_stands_in_the_record_once_the_leads_first():
    assert recorded(flood=("dd", "cc", "bb", "cc", "dd")).by_slug["flood"].members == ("dd", "bb", "cc")


def test_a_live_address_is_never_a_redirect():
    record = Record((Entry("a", former=("b",)), Entry("b")))
    assert record.redirects(["a", "b"]) == ()


def test_updating_twice_with_the_same_stories_changes_nothing():
    record = recorded(flood=("aa", "cc"), river=("bb",))
    assert record.update({"flood": ("aa", "cc"), "river": ("bb",)}, "2026-09-09") == record


def test_nothing_has_changed_while_no_brief_was_ever_closed():
    assert recorded(flood=("aa",)).changes(editions(edition("flood"))) == ()


def test_what_is_new_changed_and_gone_since_the_last_closed_brief():
    record = recorded(flood=("aa",), fair=("bb",), fire=("cc",))
    closed = record.close_brief(
        editions(edition("flood"), edition("fair"), edition("fire", title="حريق")), "2026-01-02"
    )
    after = closed.update({"flood": ("aa", "dd"), "fair": ("bb",), "new": ("ee",)}, "2026-01-09")
    now = editions(edition("flood", "The flood, corrected", ("water", "aid")), edition("fair"), edition("new"))
    assert after.changes(now) == (
        Change("fire", "gone", title="حريق"),
        Change("flood", "changed", ("copies", "translation", "topics")),
        Change("new", "new"),
    )
    assert after.close_brief(now, "2026-01-10").changes(now) == ()


def test_a_corrected_date_or_outlet_is_a_change():
    record = recorded(flood=("aa",)).close_brief(editions(edition("flood")), "2026-01-02")
    lead = replace(story("flood").lead, published=Found(Day(2026, 1, 1), "editor"))
    corrected = replace(edition("flood"), brief=replace(edition("flood").brief, story=Story("flood", lead)))
    assert record.changes(editions(corrected)) == (Change("flood", "changed", ("fields",)),)


def test_a_new_lead_is_a_changed_text_and_a_new_address_is_no_change():
    closed = recorded(flood=("aa",)).close_brief(editions(edition("flood")), "2026-01-02")
    assert closed.update({"flood": ("bb", "aa")}).changes(editions(edition("flood"))) == (
        Change("flood", "changed", ("text", "copies")),
    )
    assert closed.update({"renamed": ("aa",)}).changes(editions(edition("renamed"))) == ()


def test_another_text_is_one_change_and_the_arabic_of_the_page_is_no_translation():
    closed = recorded(flood=("aa",)).close_brief(editions(edition("flood")), "2026-01-02")
    after = closed.update({"flood": ("aa",)}).update({"flood": ("cc",)})
    assert after.changes(editions(edition("flood"))) == (Change("flood", "changed", ("text",)),)
    respelt = editions(edition("flood"))
    arabic = replace(respelt[1].stories[0], title=Rendering("الفيضان", "فيضان", "source", "source"))
    assert closed.changes((respelt[0], replace(respelt[1], stories=(arabic,)))) == ()


def test_a_brief_that_was_closed_before_dates_were_kept_says_nothing_of_them():
    closed = recorded(flood=("aa",)).close_brief(editions(edition("flood")), "2026-01-02")
    (entry,) = closed.entries
    assert entry.brief
    old = Record((replace(entry, brief=replace(entry.brief, fields="")),))
    assert old.changes(editions(edition("flood"))) == ()


def test_a_record_whose_lines_were_moved_is_read_in_order(tmp_path: Path):
    path = tmp_path / "record.jsonl"
    path.write_text('{"slug": "b"}\n   \n{"slug": "a"}\n', "utf-8")
    assert load_record(path) == Record((Entry("a"), Entry("b")))


def test_a_saved_record_reads_back_and_is_written_only_when_it_differs(tmp_path: Path):
    path = tmp_path / "record.jsonl"
    record = recorded(flood=("aa",), fair=("bb",)).close_brief(editions(edition("flood")), "2026-01-02")
    assert save_record(record, path)
    assert load_record(path) == record
    before = path.stat().st_mtime_ns
    assert not save_record(load_record(path), path)
    assert path.stat().st_mtime_ns == before
    assert [line[:9] for line in path.read_text("utf-8").splitlines()] == ['{"slug": ', '{"slug": ']


def test_the_last_record_is_kept_beside_the_new_one_and_nothing_else(tmp_path: Path):
    path = tmp_path / "record.jsonl"
    save_record(recorded(flood=("aa",)), path)
    first = path.read_bytes()
    save_record(recorded(flood=("aa",), fair=("bb",)), path)
    assert (tmp_path / "record.jsonl.bak").read_bytes() == first
    assert sorted(file.name for file in tmp_path.iterdir()) == ["record.jsonl", "record.jsonl.bak"]


def test_every_broken_line_is_named_and_the_file_left_as_it_is(tmp_path: Path):
    path = tmp_path / "record.jsonl"
    path.write_text('{"slug": "a"}\n<<<<<<< HEAD\n{"slug": 7}\n\n{"slug": "a"}\n', "utf-8")
    before = path.read_bytes()
    with pytest.raises(SettingsError) as caught:
        load_record(path)
    assert [mistake.split(":")[0] for mistake in caught.value.mistakes] == ["line 2", "line 3", "line 5"]
    assert path.read_bytes() == before


def test_a_missing_record_is_an_empty_one_and_an_empty_one_is_not_written(tmp_path: Path):
    path = tmp_path / "record.jsonl"
    assert load_record(path) == Record()
    assert not save_record(Record(), path)
    assert not path.exists()


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
HASHES = st.lists(TEXT, max_size=3).map(tuple)
ENTRIES = st.builds(
    Entry, TEXT, HASHES, HASHES, TEXT, st.none() | st.builds(Snapshot, TEXT, TEXT, TEXT, HASHES, TEXT, HASHES)
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(ENTRIES, max_size=5, unique_by=lambda entry: entry.slug))
def test_any_record_survives_being_saved(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]):
    path = tmp_path_factory.getbasetemp() / "record.jsonl"
    record = Record(tuple(sorted(entries, key=lambda entry: entry.slug)))
    path.unlink(missing_ok=True)
    save_record(record, path)
    assert load_record(path) == record


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_a_named_mistake(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    path = tmp_path_factory.getbasetemp() / "record.jsonl"
    path.write_bytes(content)
    try:
        load_record(path)
    except SettingsError as error:
        assert error.mistakes
