"""What a share image says: the words of the story's page, with who made them, and nothing that the page withholds."""

from __future__ import annotations

import re

import lxml.html
import pytest
import support_publication as support
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_src.model.fields import Day, Found
from site_src.model.output import Recipe, ShareCard, each_recipe
from site_src.model.publication import Publication
from site_src.render import render
from site_src.settings import Settings
from site_src.text.names import NameBook

SIZE = ("1200", "630")
ISOLATES = re.compile("[\u2066-\u2069]")
SHARED = support.settings(share_images="true")


def rendered(
    published: Publication | None = None, chosen: Settings = SHARED
) -> tuple[dict[str, ShareCard], dict[str, lxml.html.HtmlElement]]:
    """The cards of all pictures, and the pages of all stories, by path; nothing is drawn."""
    cards: dict[str, ShareCard] = {}

    def picture(path: str, card: ShareCard) -> Recipe:
        cards[path] = card
        return Recipe(path, b"", lambda: b"a picture")

    published = support.publication() if published is None else published
    slugs = {story.slug for edition in published.editions for story in edition.stories}
    made = render(published, chosen, NameBook.build(support.NAMES), dict.fromkeys(slugs, support.FACTS),
                  (support.TEMPLATES,), support.ABOUT, picture=picture)  # fmt: skip
    site = {recipe.path: recipe.page.content for recipe in each_recipe(made)}
    assert {path for path, content in site.items() if content == b"a picture"} == set(cards)
    stories = {path: lxml.html.document_fromstring(content.decode()) for path, content in site.items()
               if "/stories/" in path and path.endswith(".html") and "/old-address." not in path}  # fmt: skip
    return cards, stories


@pytest.fixture(scope="module")
def cards() -> dict[str, ShareCard]:
    return rendered()[0]


def of(slug: str, cards: dict[str, ShareCard], code: str = "en") -> ShareCard:
    return cards[f"{code}/stories/{slug}.png"]


def bare(text: str) -> str:
    return ISOLATES.sub("", text).replace("\u00a0", " ")


def test_every_story_has_a_picture_in_every_edition_and_its_page_names_it() -> None:
    cards, pages = rendered()
    assert len(cards) == len(pages) == 2 * len(support.stories())
    for path, page in pages.items():
        meta = {one.get("property") or one.get("name"): one.get("content") for one in page.xpath("//head/meta")}
        beside = path.removesuffix("html") + "png"
        assert beside in cards and meta["og:image"] == support.BASE + beside
        assert (meta["og:image:width"], meta["og:image:height"]) == SIZE and meta["og:image:type"] == "image/png"
        assert meta["og:image:alt"] == meta["og:title"] and meta["twitter:card"] == "summary_large_image"


def test_without_an_absolute_address_no_page_names_a_picture() -> None:
    cards, pages = rendered(chosen=support.settings(share_images="true", base_url='""'))
    assert cards and not [path for path, page in pages.items() if page.xpath("//meta[contains(@property, 'og:image')]")]


def test_a_site_that_draws_none_has_none_and_names_none() -> None:
    for path, page in support.build(chosen=SHARED).items():
        assert not path.endswith(".png") and b"og:image" not in page.content and b"twitter:card" not in page.content


def test_a_picture_says_site_topic_title_source_and_date(cards: dict[str, ShareCard]) -> None:
    card = of("carried", cards)
    assert (card.lang, card.direction) == ("en", "ltr")
    assert [(name.text, name.direction) for name in card.site] == [("Mujaz", "ltr"), ("موجز", "rtl")]
    assert (card.topic, card.title.text, card.date) == ("Central Asia", support.TITLE_EN, "8 November 2025")
    assert bare(card.source) == "وكالة الأنباء" and card.names == "" and card.notes == ()
    arabic = of("carried", cards, "ar")
    assert (arabic.lang, arabic.direction) == ("ar", "rtl")
    assert [name.text for name in arabic.site] == ["Mujaz", "موجز"], "the wordmark is never mirrored"
    assert (arabic.topic, arabic.title.text) == ("آسيا الوسطى", support.TITLE) and arabic.badges == ()


@pytest.mark.parametrize(
    ("slug", "badge"),
    [("carried", ("ok", "Translated by the project’s authors")), ("reviewed", ("ok", "Reviewed by an editor")),
     ("machine", ("mt", "Machine translation"))],
)  # fmt: skip
def test_a_translated_title_says_who_made_it(slug: str, badge: tuple[str, str], cards: dict[str, ShareCard]) -> None:
    card = of(slug, cards)
    assert card.badges == (badge,)
    assert (card.title.lang, card.title.direction, card.title.text) == ("en", "ltr", support.TITLE_EN)


@pytest.mark.parametrize(
    ("slug", "badge"),
    [("pending", ("wait", "Translation pending")), ("partly", ("no", "Translation withheld")),
     ("stale", ("wait", "Translation out of date")), ("draft", ("wait", "Draft translation"))],
)  # fmt: skip
def test_a_title_without_translation_is_shown_in_arabic_with_the_reason(
    slug: str, badge: tuple[str, str], cards: dict[str, ShareCard]
) -> None:
    card = of(slug, cards)
    assert card.badges == (badge,)
    assert (card.title.lang, card.title.direction, card.title.text) == ("ar", "rtl", support.TITLE)


def test_a_concern_about_a_machine_title_is_on_its_picture() -> None:
    story = support.brief("odd", support.article())
    title = support.rendering("machine", "machine", support.TITLE, support.TITLE_EN, (support.LOST_NAME,))
    cards, _ = rendered(support.publication([(story, support.english(story, "machine", "machine", title=title))]))
    assert of("odd", cards).badges == (("mt", "Machine translation"), ("qa", "1 check"))


def test_the_states_of_sentences_are_not_the_title_s(cards: dict[str, ShareCard]) -> None:
    """The summary of "machine" has two checks; its title has none."""
    assert "qa" not in [css for css, _ in of("machine", cards).badges]


def test_a_title_that_its_page_does_not_state_says_where_it_comes_from() -> None:
    derived = support.brief("derived", support.article(None))
    of_desk = support.brief("desk", support.article())
    told = []
    for story, status in ((derived, "inferred"), (of_desk, "editor")):
        story = replace(story, title=Found(support.TITLE, status))
        told.append((story, support.english(story, "approved", "authors")))
    cards, _ = rendered(support.publication(told))
    assert of("derived", cards).notes == ("Title taken from the first sentence",)
    assert of("desk", cards).notes == ("Title supplied by the desk",)
    assert of("derived", cards, "ar").notes != of("desk", cards, "ar").notes


def test_without_a_title_names_stand_in_and_without_names_words_that_say_so(cards: dict[str, ShareCard]) -> None:
    card = of("untitled", cards)
    assert card.title.text == "" and card.badges == ()
    assert (
        bare(card.names) == "Kassym-Jomart Tokayev · Kazakhstan · C5+1" and "Kassym-Jomart\u00a0Tokayev" in card.names
    )
    bland = replace(support.brief("bland", support.article(None, None, None), title=None), mentions=())
    nameless, _ = rendered(support.publication([(bland, support.english(bland, "pending"))]))
    assert of("bland", nameless).names == "No title in the saved page"
    assert (
        of("bland", nameless).source == "Source not stated"
        and of("bland", nameless).date == "No date in the saved page"
    )


def test_a_date_is_told_as_far_as_it_is_stated() -> None:
    story = support.brief("dayless", support.article(day=Day(2025, 11, None)))
    cards, _ = rendered(support.publication([(story, support.english(story, "approved", "editor"))]))
    assert of("dayless", cards).date == "November 2025"


def test_every_word_of_a_picture_stands_on_its_page() -> None:
    cards, pages = rendered()
    for path, card in cards.items():
        page = pages[path.removesuffix("png") + "html"]
        shown = " ".join(page.text_content().replace("\u00a0", " ").split())
        told = (card.topic, card.title.text, card.source, card.date, *card.notes, *(words for _, words in card.badges),
                *card.names.split(" · "), *(name.text for name in card.site))  # fmt: skip
        for words in told:
            assert bare(words).strip() in shown, (path, words)


def test_runs_of_the_other_direction_are_isolated_and_nothing_is_markup() -> None:
    title = "قمة C5+1 في 12.5% <b>&amp; \u202eTruth\u2066 Social"
    story = support.brief("mixed", support.article(title), title=title)
    cards, _ = rendered(support.publication([(story, support.english(story, "pending"))]))
    text = of("mixed", cards).title.text
    assert "\u2066C5+1\u2069" in text and "\u206612.5%\u2069" in text and "\u2066Truth Social\u2069" in text
    assert bare(text) == "قمة C5+1 في 12.5% <b>&amp; Truth Social"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_title_and_outlet_become_words_with_closed_isolates(title: str, outlet: str) -> None:
    story = support.brief("any", support.article(title, outlet=outlet), title=title or None)
    cards, _ = rendered(support.publication([(story, support.english(story, "pending"))]))
    for card in cards.values():
        for text in (card.title.text, card.source, card.names):
            depth = 0
            for letter in text:
                depth += (letter in "\u2066\u2067") - (letter == "\u2069")
                assert depth in {0, 1}, repr(text)
            assert depth == 0 and "\n" not in text
