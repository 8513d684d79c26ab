"""A recipe names all that its page is made from: pages that differ never have the same, equal ones seldom another."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
import support_publication as support
from msgspec import Struct
from msgspec.structs import replace

from site_src.kept import HeadStart
from site_src.model.brief import Facts, Mention
from site_src.model.edition import StoryEdition
from site_src.model.fields import Day, Found
from site_src.model.names import Name
from site_src.model.output import Recipe, Sheaf, each_recipe
from site_src.model.publication import FollowUp, Publication
from site_src.model.story import Copy
from site_src.render import render
from site_src.settings import Settings
from site_src.text.names import NameBook


class Given(Struct, frozen=True):
    """All that rendering is given."""

    publication: Publication
    settings: Settings
    names: tuple[Name, ...] = support.NAMES
    facts: Facts = support.FACTS
    templates: tuple[Path, ...] = (support.TEMPLATES,)
    pages: tuple[tuple[str, str], ...] = tuple(support.ABOUT.items())


GIVEN = Given(support.publication(), support.settings())


def recipes(given: Given, marks: Mapping[str, bytes] = MappingProxyType({})) -> dict[str, Recipe]:
    return {recipe.path: recipe for recipe in each_recipe(rendered(given, marks))}


def rendered(given: Given, marks: Mapping[str, bytes] = MappingProxyType({})) -> Iterator[Recipe | Sheaf]:
    slugs = [story.slug for story in given.publication.editions[0].stories]
    return render(given.publication, given.settings, NameBook.build(given.names), dict.fromkeys(slugs, given.facts),
                  given.templates, dict(given.pages), start=HeadStart(marks))  # fmt: skip


def published(change: Callable[[Publication], Publication]) -> Given:
    return replace(GIVEN, publication=change(GIVEN.publication))


def retold(slug: str, change: Callable[[StoryEdition], StoryEdition]) -> Given:
    """Each edition's telling of one story changed."""
    return published(lambda old: replace(old, editions=tuple(
        replace(one, stories=tuple(change(story) if story.slug == slug else story for story in one.stories))
        for one in old.editions
    )))  # fmt: skip


def told_otherwise(slug: str, **fields: object) -> Given:
    """The lead of one story with other fields."""

    def change(story: StoryEdition) -> StoryEdition:
        lead = replace(story.brief.story.lead, **fields)
        return replace(story, brief=replace(story.brief, story=replace(story.brief.story, lead=lead)))

    return retold(slug, change)


def brief(slug: str, **fields: object) -> Given:
    return retold(slug, lambda story: replace(story, brief=replace(story.brief, **fields)))


def without(slug: str) -> Given:
    return published(lambda old: replace(old, editions=tuple(
        replace(one, stories=tuple(story for story in one.stories if story.slug != slug)) for one in old.editions
    )))  # fmt: skip


def copied(slug: str) -> Given:
    def change(story: StoryEdition) -> StoryEdition:
        copy = Copy(support.article("نسخة", None, "صحيفة أخرى", file="other.txt"), 0.9, 3, 5, "contained")
        return replace(story, brief=replace(story.brief, story=replace(story.brief.story, copies=(copy,))))

    return retold(slug, change)


MENTIONS = (Mention("hungary", -1, 0, 5), Mention("opec", 0, 0, 4))
EDITS: dict[str, Given] = {
    "a title": retold("machine", lambda old: replace(old, title=replace(old.title, text="Another title"))),
    "who made a title": retold("carried", lambda old: replace(old, title=replace(old.title, state="machine"))),
    "a withheld title": retold("carried", lambda old: replace(
        old, title=replace(old.title, text="", state="withheld"))),
    "a sentence": retold("event", lambda old: replace(
        old, sentences=(replace(old.sentences[0], text="One more."), *old.sentences[1:]))),
    "a date": told_otherwise("machine", published=Found(Day(2024, 3, 1), "stated")),
    "an outlet": told_otherwise("partly", outlet=support.stated_value("صحيفة أخرى")),
    "a paragraph": told_otherwise("stale", paragraphs=support.article().paragraphs[:4] * 2),
    "topics": brief("machine", topics=("energy",)),
    "no topic": brief("machine", topics=()),
    "mentions": brief("long", mentions=MENTIONS),
    "mentions of a story without a title": brief("untitled", mentions=MENTIONS),
    "a copy": copied("draft"),
    "a story less": without("machine"),
    "the first story less": without("carried"),
    "data until": published(lambda old: replace(old, until=Day(2026, 1, 2))),
    "the changes": published(lambda old: replace(old, changes=old.changes[1:])),
    "the day of the last brief": published(lambda old: replace(old, closed="2026-01-02")),
    "the redirects": published(lambda old: replace(old, redirects=(("old-address", "machine"), ("older", "event")))),
    "no neighbours": published(lambda old: replace(old, connections=())),
    "a follow-up": published(lambda old: replace(old, connections=tuple(
        replace(one, follow_ups=(FollowUp("event", ("tokayev",), ()),)) for one in old.connections))),
    "a name": replace(published(lambda old: replace(old, names=tuple(
        replace(name, en="Republic of Kazakhstan") if name.id == "kazakhstan" else name for name in old.names))),
        names=tuple(replace(name, en="Republic of Kazakhstan") if name.id == "kazakhstan" else name
                    for name in support.NAMES)),
    "the facts": replace(GIVEN, facts=replace(support.FACTS, rows=support.FACTS.rows[:1])),
    "the facts of a name without a page": replace(GIVEN, facts=replace(support.FACTS, rows=tuple(
        fact._replace(name_id="opec") if fact.kind == "who" else fact for fact in support.FACTS.rows))),
    "the address": replace(GIVEN, settings=support.settings(base_url='"https://example.net/"')),
    "no address": replace(GIVEN, settings=support.settings(base_url='""')),
    "stories on a page": replace(GIVEN, settings=support.settings(page_stories="3", home_stories="1")),
    "no extras": replace(GIVEN, settings=support.settings(extras="[]")),
    "one edition": replace(GIVEN, settings=support.settings(languages='["en"]')),
    "the whole original": replace(GIVEN, settings=support.settings(original='"full"')),
    "the site's own page": replace(GIVEN, pages=(("about.en", "# Another\n\nWords.\n"), ("about.ar", "# غيرها\n"))),
    "a page less": replace(GIVEN, pages=(("about.ar", support.ABOUT["about.ar"]),)),
    "a note": replace(GIVEN, pages=(*GIVEN.pages, ("notes/stale.en", "Seen *twice*."))),
}  # fmt: skip


@pytest.fixture(scope="module")
def before() -> dict[str, tuple[bytes, bytes]]:
    return {path: (recipe.made_from, recipe.page.content) for path, recipe in recipes(GIVEN).items()}


@pytest.mark.parametrize("edit", EDITS)
def test_a_page_that_an_edit_changes_has_another_recipe(edit: str, before: dict[str, tuple[bytes, bytes]]) -> None:
    after = recipes(EDITS[edit])
    there = [path for path in after if path in before]
    changed = [path for path in there if after[path].page.content != before[path][1]]
    assert changed or before.keys() != after.keys(), "the edit changes nothing"
    assert [path for path in changed if after[path].made_from and after[path].made_from == before[path][0]] == []


MARKS = dict.fromkeys([story.slug for story in GIVEN.publication.editions[0].stories], b"brief and facts")
TRANSLATED = (
    "a title",
    "who made a title",
    "a withheld title",
    "a sentence",
    "data until",
    "the changes",
    "a follow-up",
)


@pytest.mark.parametrize("edit", TRANSLATED)
def test_what_the_marks_of_briefs_do_not_say_changes_the_recipes_of_pages_that_it_changes(
    edit: str, before: dict[str, tuple[bytes, bytes]]
) -> None:
    plain, after = recipes(GIVEN, MARKS), recipes(EDITS[edit], MARKS)
    changed = [path for path, recipe in after.items() if recipe.page.content != before[path][1]]
    assert changed
    assert [path for path in changed if after[path].made_from and after[path].made_from == plain[path].made_from] == []


def sheaves(given: Given, marks: Mapping[str, bytes]) -> dict[bytes, dict[str, bytes]]:
    """The hash of every recipe by its path, of each sheaf by its own hash."""
    return {one.made_from: {recipe.path: recipe.made_from for recipe in one.open()}
            for one in rendered(given, marks) if isinstance(one, Sheaf)}  # fmt: skip


@pytest.mark.parametrize(("marks", "edits"), [({}, EDITS), (MARKS, TRANSLATED)], ids=["unmarked", "marked"])
def test_sheaves_of_one_hash_hold_the_same_recipes(marks: Mapping[str, bytes], edits: Iterable[str]) -> None:
    plain, met = sheaves(GIVEN, marks), 0
    for edit in edits:
        after = sheaves(EDITS[edit], marks)
        met += len(after.keys() & plain.keys())
        assert all(after[one] == plain[one] for one in after.keys() & plain.keys())
    assert met, "no edit leaves a sheaf as it was"


def test_a_sheaf_names_the_paths_of_its_recipes() -> None:
    bound = [one for one in rendered(GIVEN) if isinstance(one, Sheaf)]
    assert bound
    assert all(list(one.paths) == [recipe.path for recipe in one.open()] for one in bound)


def test_a_brief_of_another_mark_has_pages_of_other_recipes() -> None:
    plain, after = recipes(GIVEN, MARKS), recipes(GIVEN, MARKS | {"event": b"another brief"})
    changed = {path for path, recipe in after.items() if recipe.made_from != plain[path].made_from}
    assert {path for path in changed if "/stories/" in path} == {
        "en/stories/event.html", "ar/stories/event.html"
    }  # fmt: skip
    assert "briefing.json" in changed


def test_a_changed_template_changes_every_recipe(tmp_path: Path, before: dict[str, tuple[bytes, bytes]]) -> None:
    shutil.copy(support.TEMPLATES / "404.html", tmp_path)
    with (tmp_path / "404.html").open("a") as page:
        page.write("<!-- more -->\n")
    after = recipes(replace(GIVEN, templates=(tmp_path, support.TEMPLATES)))
    assert not {path for path, one in after.items() if one.made_from and one.made_from == before[path][0]}


def test_a_template_of_another_name_or_folder_changes_every_recipe(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    given = replace(GIVEN, templates=(own, other, support.TEMPLATES))
    (own / "base.html.off").write_bytes((support.TEMPLATES / "base.html").read_bytes() + b"<!-- more -->")
    found = [recipes(given)]
    (own / "base.html.off").rename(own / "base.html")
    found.append(recipes(given))
    (own / "base.html").rename(other / "base.html")
    found.append(recipes(given))
    for path, one in found[0].items():
        assert not one.made_from or len({each[path].made_from for each in found}) == 3, path


@pytest.mark.parametrize("linked", ["labels", "parts/labels"])
def test_what_changes_behind_a_linked_folder_changes_every_recipe(linked: str, tmp_path: Path) -> None:
    elsewhere, link = tmp_path / "elsewhere", tmp_path / "own" / linked
    elsewhere.mkdir()
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    (elsewhere / "circle").symlink_to(tmp_path / "own")
    given = replace(GIVEN, templates=(tmp_path / "own", support.TEMPLATES))
    plain = recipes(given)
    (elsewhere / "en.toml").write_text('[labels]\nskip = "Another word"\n', "utf-8")
    after = recipes(given)
    assert not {path for path, one in after.items() if one.made_from and one.made_from == plain[path].made_from}


def test_the_same_again_has_the_same_recipes(before: dict[str, tuple[bytes, bytes]]) -> None:
    assert {path: recipe.made_from for path, recipe in recipes(GIVEN).items()} == {
        path: made_from for path, (made_from, _) in before.items()
    }


def test_the_edits_reach_every_kind_of_page() -> None:
    """Or the first test would say nothing of the kinds that are left out."""
    plain = {path: recipe.page.content for path, recipe in recipes(GIVEN).items()}
    kinds = set()
    for given in EDITS.values():
        made = {path: recipe.page.content for path, recipe in recipes(given).items() if recipe.made_from}
        kinds |= {kind(path) for path, content in made.items() if path in plain and content != plain[path]}
    assert kinds == {kind(path) for path, recipe in recipes(GIVEN).items() if recipe.made_from}


def kind(path: str) -> str:
    """Folder below the edition, or the file's own name at the root."""
    parts = path.split("/")
    return path if len(parts) < 2 else f"{parts[1]} feed" if path.endswith("feed.xml") else parts[1]


def test_an_edit_of_one_story_leaves_the_recipes_of_pages_that_say_nothing_of_it(
    before: dict[str, tuple[bytes, bytes]],
) -> None:
    after = recipes(told_otherwise("event", paragraphs=support.article().paragraphs[:3]))
    changed = {path for path, recipe in after.items() if recipe.made_from and recipe.made_from != before[path][0]}
    stories = {path for path in changed if "/stories/" in path}
    assert stories == {"en/stories/event.html", "ar/stories/event.html"}
    assert not {path for path in changed if "/names/" in path or "/search/" in path or "/about/" in path}
