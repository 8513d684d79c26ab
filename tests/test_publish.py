from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_src.kept import Kept
from site_src.model.brief import Brief, Figure, Mention
from site_src.model.edition import Edition, Rendering, StoryEdition
from site_src.model.fields import Day, Found
from site_src.model.names import Name
from site_src.model.page import Article
from site_src.model.publication import Publication
from site_src.model.story import Copy, Story
from site_src.parts import mark_of, marked, pack, unpack
from site_src.publish import Web, connect, key_figures, publish
from site_src.record import Entry, Record, Snapshot
from site_src.settings import Settings, Site, Topic

TOPICS = (Topic("water", {"en": "Water"}), Topic("trade", {"en": "Trade"}))
SETTINGS = Settings(Site(unsorted="site"), topics=TOPICS)
NAMES = {
    name.id: name
    for name in (
        Name("sadat", "person", "Sadat Amin", "سادات أمين"),
        Name("river-board", "organisation", "River Board", "هيئة النهر"),
        Name("delta", "place", "Delta", "الدلتا"),
        Name("hills", "place", "Hills", "التلال"),
    )
}


def dated(text: str, time: str = "") -> Found[Day]:
    parts = [int(part) if part else None for part in [*text.split("-"), "", ""][:3]]
    return Found(Day(parts[0], parts[1], parts[2], time), "stated", text, "line 1")


def story(slug: str, published: str = "", topics: tuple[str, ...] = ("water",), names: tuple[str, ...] = (),
          figures: tuple[tuple[str, str], ...] = (), **fields: Found[Day]) -> StoryEdition:  # fmt: skip
    lead = Article(f"{slug}.txt", 1, "ar", Found(slug, "stated"), ())
    lead = replace(lead, **{"published": dated(published), **fields} if published else fields)
    brief = Brief(
        Story(slug, lead), topics, Found(slug, "stated"), (),
        tuple(Mention(name, 0, 0, 1) for name in names),
        tuple(Figure("money", 0, 0, 1, value, unit=unit) for value, unit in figures),
    )  # fmt: skip
    return StoryEdition(brief, Rendering(slug, slug, "source", "source"), ())


def published(*stories: StoryEdition, record: Record | None = None) -> Publication:
    editions = (Edition("en", stories), Edition("ar", stories[::-1]))
    return publish(editions, record or Record(), NAMES, SETTINGS, connected(stories))


def connected(stories: tuple[StoryEdition, ...], before: Web | None = None) -> Web:
    briefs = {story.slug: story.brief for story in stories}
    marks = {slug: mark_of(marked(brief)) for slug, brief in briefs.items()}
    return connect(briefs, marks, NAMES, {slug: key_figures(one) for slug, one in briefs.items()}, before)


def order(publication: Publication) -> list[str]:
    return [story.slug for story in publication.editions[0].stories]


def steps(publication: Publication) -> dict[str, tuple[tuple[str, str, str], ...]]:
    return {connections.slug: connections.steps for connections in publication.connections}


def follow_ups(publication: Publication, slug: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    found = next(connections for connections in publication.connections if connections.slug == slug)
    return {follow.slug: (follow.names, follow.figures) for follow in found.follow_ups}


def test_newest_first_and_undated_last_alike_in_every_edition():
    made = published(story("z-undated"), story("old", "2026-01-01"), story("a-undated"), story("new", "2026-03-01"))
    assert order(made) == ["new", "old", "a-undated", "z-undated"]
    assert [[s.slug for s in edition.stories] for edition in made.editions] == [order(made)] * 2


def test_the_day_of_an_event_places_a_story_nowhere():
    summit = story("summit", event=dated("2030-02-03"))
    made = published(summit, story("told", "2026-02-01", event=dated("2025-12-30")), story("early", "2026-01-05"))
    assert order(made) == ["told", "early", "summit"]
    assert steps(made)["summit"] == (("water", "", ""),)


def test_a_story_stands_under_the_first_full_date_else_under_the_month_or_year_that_its_page_gives():
    made = published(
        story("update", "2026-02", updated=dated("2026-02-05")), story("year", updated=dated("2026")),
        story("month", "2026-02"), story("day", "2026-02-04"),
    )  # fmt: skip
    assert order(made) == ["update", "day", "month", "year"]


def test_a_month_comes_after_its_days_and_a_year_after_its_months_without_neighbours():
    made = published(
        story("year", "2026"), story("month", "2026-02"), story("last", "2026-02-28"), story("undated"),
        story("first", "2026-02-01"), story("before", "2026-01-31"), story("next", "2026-03-01"), story("old", "2025"),
    )  # fmt: skip
    assert order(made) == ["next", "last", "first", "month", "before", "year", "old", "undated"]
    assert steps(made)["month"] == steps(made)["year"] == (("water", "", ""),)
    assert steps(made)["first"] == (("water", "before", "last"),)


def test_of_one_day_the_later_hour_stands_first():
    early, late = (story(slug, updated=dated("2026-02-03", time)) for slug, time in (("a", "07:30"), ("b", "19:05")))
    assert order(published(early, late)) == ["b", "a"]


def test_an_hour_later_is_later_whatever_the_minutes():
    rows = (("a", "09:59"), ("b", "10:00"), ("c", "10:05"))
    made = published(*(story(slug, updated=dated("2026-02-03", time)) for slug, time in rows))
    assert order(made) == ["c", "b", "a"]


def test_a_date_without_a_year_places_a_story_nowhere():
    yearless = story("a", "-2-1")
    made = published(yearless, story("b", "2025"), story("c"))
    assert order(made) == ["b", "a", "c"]
    assert published(yearless).until is None


def test_neighbours_are_within_a_topic_and_undated_stories_have_none():
    made = published(
        story("one", "2026-01-01"), story("two", "2026-01-02", ("trade", "water")), story("three", "2026-01-03"),
        story("u1"), story("u2"),
    )  # fmt: skip
    assert steps(made) == {
        "three": (("water", "two", ""),),
        "two": (("trade", "", ""), ("water", "one", "three")),
        "one": (("water", "", "two"),),
        "u1": (("water", "", ""),),
        "u2": (("water", "", ""),),
    }


def test_a_story_that_names_a_topic_twice_is_not_its_own_neighbour():
    made = published(story("one", "2026-01-01", ("water", "water")), story("two", "2026-01-02"))
    assert steps(made) == {"two": (("water", "one", ""),), "one": (("water", "", "two"),) * 2}


def test_a_topic_that_the_site_does_not_have_counts_as_none():
    made = published(story("one", "2026-01-01", ("gone",)), story("two", "2026-01-02", ()))
    assert made.unsorted == ("two", "one")
    assert steps(made) == {"one": (), "two": ()}


def test_a_closing_day_that_is_none_counts_as_none() -> None:
    snapshot = Snapshot(date="", title="", text="", copies=(), translation="", topics=())
    days = ("soon", "2026-01-02", "2025-12-31", "20260103")
    entries = tuple(Entry(f"s{n}", brief=replace(snapshot, date=day)) for n, day in enumerate(days))
    assert published(story("s1"), record=Record(entries)).closed == "2026-01-02"
    assert published(story("s1"), record=Record(entries[:1])).closed == ""


def test_stories_that_share_rare_names_and_figures_follow_each_other_with_the_reason():
    made = published(
        story("first", "2026-01-01", names=("sadat", "delta"), figures=(("85000000", "usd"),)),
        story("second", "2026-02-01", names=("sadat", "delta"), figures=(("85000000", "usd"), ("5", "usd"))),
        story("other", "2026-02-02", names=("hills",), figures=(("5", "usd"),)),
    )
    assert follow_ups(made, "first") == {"second": (("delta", "sadat"), ("85000000 usd",))}
    assert follow_ups(made, "second").keys() == {"first"}
    assert follow_ups(made, "other") == {}


def test_a_shared_place_alone_or_a_round_small_figure_is_no_follow_up():
    made = published(
        story("first", names=("delta",), figures=(("5", "usd"),)),
        story("second", names=("delta",), figures=(("5", "usd"),)),
    )
    assert follow_ups(made, "first") == {}


@pytest.mark.parametrize(
    ("date", "counts"), [("2026-02-14", True), ("2026-02", False), ("2026", False), ("04:06", False)]
)
def test_only_a_day_is_a_date_that_two_stories_hardly_share_by_chance(date: str, counts: bool):
    brief = story("first").brief
    assert key_figures(replace(brief, figures=(Figure("date", 0, 0, 1, date),))) == ((date,) if counts else ())


def test_only_figures_that_identify_a_matter_are_looked_for_in_other_stories():
    told = [
        Figure("money", 0, 0, 1, "5000000", unit="usd"), Figure("money", 0, 0, 1, "12", unit="usd"),
        Figure("quantity", 0, 0, 1, "", unit="tonne"), Figure("quantity", 0, 0, 1, "45", "60", noun="سفينة"),
        Figure("ordinal", 0, 0, 1, "21"), Figure("date", 0, 0, 1, "2000"), Figure("date", 0, 0, 1, ""),
    ]  # fmt: skip
    brief = replace(story("one").brief, figures=tuple(told))
    assert key_figures(brief) == ("12 usd", "45 60 سفينة")


def test_a_name_that_half_the_site_mentions_connects_nothing():
    everywhere = [story(f"s{n}", names=("sadat", "river-board")) for n in range(10)]
    assert all(not connections.follow_ups for connections in published(*everywhere).connections)
    few = published(*everywhere[:2], *(story(f"x{n}") for n in range(8)))
    assert follow_ups(few, "s0") == {"s1": (("river-board", "sadat"), ())}


def test_an_adjective_does_not_connect_stories():
    stories = [story(slug, names=("sadat", "river-board")) for slug in ("a", "b")]
    loose = [
        replace(s, brief=replace(s.brief, mentions=tuple(m._replace(direct=False) for m in s.brief.mentions)))
        for s in stories
    ]
    assert follow_ups(published(*loose), "a") == {}


NAMED = st.lists(st.sampled_from(["sadat", "river-board", "delta", "hills", "nobody"]), max_size=4, unique=True)
STATED = st.lists(st.sampled_from([("85000000", "usd"), ("37", "usd"), ("1.5", ""), ("370", "people")]), max_size=4)
WEIGHTS = {"sadat": 2, "river-board": 2, "delta": 1, "hills": 1, "nobody": 0}


def found_by_looking_at_every_pair(told: list[set[str]], of: int) -> dict[int, set[str]]:
    """The places of the follow-ups of story `of`, the weightiest first, and what each shares with it."""
    few = min(20, max(2, len(told) // 2)) if len(told) > 4 else 20
    rare = {key for key in told[of] if sum(key in other for other in told) <= few}
    shared = {n: rare & other for n, other in enumerate(told) if n != of}
    weights = {n: sum(WEIGHTS.get(key, 1) for key in found) for n, found in shared.items()}
    return {n: shared[n] for n in sorted(shared, key=lambda n: (-weights[n], n)) if weights[n] >= 4}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(NAMED, STATED), max_size=14))
def test_follow_ups_are_those_that_a_look_at_every_pair_of_stories_finds(
    stories: list[tuple[list[str], list[tuple[str, str]]]],
):
    made = published(
        *(story(f"s{n:02}", "2026-01-01", (), tuple(named), tuple(stated)) for n, (named, stated) in enumerate(stories))
    )
    told = [{*named, *(" ".join(filter(None, figure)) for figure in stated)} for named, stated in stories]
    for place in range(len(stories)):
        wanted = found_by_looking_at_every_pair(told, place)
        found = follow_ups(made, f"s{place:02}")
        assert list(found) == [f"s{n:02}" for n in wanted][:5]
        assert [{*named, *stated} for named, stated in found.values()] == list(wanted.values())[:5]


def test_follow_ups_are_capped_at_five():
    stories = [story(f"s{n}", names=("sadat", "river-board")) for n in range(8)]
    made = published(*stories, *(story(f"x{n}") for n in range(20)))
    assert len(follow_ups(made, "s0")) == 5


def test_what_an_earlier_publication_kept_shows_in_no_later_one():
    kept, closed = (
        Kept(),
        Record((Entry("s1", members=("1",)),)).close_brief((Edition("en", (story("s1"),)),), "2026-01-01"),
    )
    both = {"names": ("sadat", "river-board")}
    one, changed, other = story("s1", "2026-01-01", **both), story("s1", "2026-01-02"), story("s2", **both)
    for stories in ((one, other), (one, other), (changed, other), (other, one), (one,), (one, other)):
        editions = (Edition("en", stories), Edition("ar", stories))
        again = publish(editions, closed, NAMES, SETTINGS, connected(stories), kept)
        assert again == publish(editions, closed, NAMES, SETTINGS, connected(stories))
        kept.turn()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 50), st.tuples(NAMED, STATED), max_size=3), min_size=2, max_size=6))
def test_follow_ups_after_any_changes_are_those_of_a_first_publication(
    changes: list[dict[int, tuple[list[str], list[tuple[str, str]]]]],
):
    web, told = None, dict.fromkeys(range(40), (["sadat"], [("37", "usd")]))
    for changed in changes:
        told = {n: keys for n, keys in (told | changed).items() if changed.get(n) != ([], [])}
        stories = tuple(story(f"s{n:02}", "", (), tuple(named), tuple(stated)) for n, (named, stated) in told.items())
        web = unpack(Web, pack(connected(stories, web)))
        assert web.near == connected(stories).near
        assert connected(stories[::-1], web) is web


def test_what_was_common_among_few_stories_connects_them_once_there_are_more():
    four = [story(f"s{n}", names=("sadat", "river-board")) for n in range(4)]
    six, ten = ((*four, *(story(f"x{n}") for n in range(more))) for more in (2, 6))
    web = connected(six)
    assert not web.near
    assert connected(ten, web).near == connected(ten).near
    assert connected(ten, web).near


def test_data_until_is_the_latest_stated_day_also_of_a_copy():
    lead = story("one", "2026-01-01", updated=dated("2026-01-04"), event=dated("2030-01-01"))
    copy = Copy(replace(lead.brief.story.lead, published=dated("2026-01-06")), 1.0, 0, 0, "contained")
    carried = replace(lead, brief=replace(lead.brief, story=replace(lead.brief.story, copies=(copy,))))
    assert (published(lead).until or Day(0, 0, 0)).iso == "2026-01-04"
    assert (published(carried).until or Day(0, 0, 0)).iso == "2026-01-06"
    assert published(story("undated")).until is None
    month = published(lead, story("month", "2026-01"), story("later", "2026-02"))
    assert (month.until or Day(0, 0, 0)).iso == "2026-02"
    assert (published(lead, story("month", "2026-01")).until or Day(0, 0, 0)).iso == "2026-01-04"


def test_data_until_counts_every_day_that_a_page_shows_as_its_own():
    above = replace(dated("2026-10-25"), status="inferred")
    shown = story("dateline")
    lead = replace(shown.brief.story.lead, published=above)
    shown = replace(shown, brief=replace(shown.brief, story=replace(shown.brief.story, lead=lead)))
    assert shown.brief.story.lead.day == published(shown, story("one", "2026-10-23")).until


def test_redirects_lead_from_former_addresses_to_stories_that_are_there():
    record = Record((Entry("gone", former=("older",)), Entry("one", former=("before", "two"))))
    assert published(story("one"), story("two"), record=record).redirects == (("before", "one"),)


def test_only_names_that_a_story_mentions_are_published():
    assert [name.id for name in published(story("one", names=("sadat", "nobody"))).names] == ["sadat"]
    several = published(story("one", names=("sadat", "delta")), story("two", names=("river-board", "sadat")))
    assert [name.id for name in several.names] == ["delta", "river-board", "sadat"]


def test_an_empty_site_is_published():
    assert published().editions[0].stories == ()
