"""The search as a reader meets it: what is found, how it is shown, by keyboard alone, and what it may ask for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import support_publication
import support_search as support
from playwright.sync_api import Browser, Page, expect
from support_serving import serve_folder

from site_src.text.fold import fold

pytest.importorskip("pagefind", reason="search tests NOT RUN: Pagefind is not installed")

EDITIONS = ("en", "ar")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site with its index in a folder."""
    out = tmp_path_factory.mktemp("found") / "briefs"
    support_publication.write(out, support.build())
    return out


@pytest.fixture(scope="module")
def site(place: Path) -> Iterator[str]:
    """The site below a sub-path of a local server."""
    with serve_folder(place.parent) as address:
        yield f"{address}briefs/"


@contextmanager
def asked(browser: Browser, site: str, code: str, width: int = 1280, **words: str) -> Iterator[Page]:
    """The search page asked by its address; fails on an error, a broken policy or a request to another host."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(site) else None)
    page.goto(f"{site}{code}/search/index.html" + (f"?{urlencode(words)}" if words else ""))
    yield page
    context.close()
    assert wrong == []


def answer(page: Page) -> list[str]:
    """The slugs of the stories shown, once the page says that it is done."""
    form = page.locator("#search")
    said = ((form.get_attribute(f"data-{which}") or "").partition("{")[0] for which in ("count", "none"))
    expect(page.locator("#count")).to_have_text(re.compile(f"^({'|'.join(map(re.escape, said))})"))
    links: list[str] = page.eval_on_selector_all(".hits h3 a", "found => found.map((one) => one.getAttribute('href'))")
    return [link.rpartition("/")[2].removesuffix(".html") for link in links]


ASKED = (
    ("القمه", "summit"),                    # ha for ta marbuta
    ("قمة", "summit"),                      # without the article, and without the marks of the page
    ("القِمّــة الاوروبية", "summit"),          # tatweel and marks, alef without hamza
    ("ابراهيم", "summit"), ("أبراهيم", "summit"), ("المدرسه", "summit"), ("مدرسة", "summit"),
    ("2025", "summit"), ("٢٠٢٥", "summit"), ("۲۰۲۵", "summit"),
    ("مستشفي", "grain"), ("مستشفى", "grain"), ("المرضي", "grain"),
    ("Tokayev", "visit"), ("tokayev", "visit"), ("توكاييف", "visit"), ("قاسم جومرت", "visit"), ("Kassym", "visit"),
    ("security", "summit"), ("European summits", "summit"), ("hospital", "grain"), ("Ibrahim", "summit"),
)  # fmt: skip


@pytest.mark.parametrize("code", EDITIONS)
def test_a_story_is_found_however_its_words_are_spelt(browser: Browser, site: str, code: str) -> None:
    with asked(browser, site, code, q="شيء") as page:
        for words, slug in ASKED:
            page.locator("#count").evaluate("node => { node.textContent = '' }")
            page.locator("#q").fill(words)
            page.locator("#q").press("Enter")
            assert answer(page)[:1] == [slug], words


@pytest.mark.parametrize("code", EDITIONS)
def test_an_arabic_story_without_translation_is_found_by_the_english_form_of_a_name(
    browser: Browser, site: str, code: str
) -> None:
    with asked(browser, site, code, q="Tokayev", state="pending") as page:
        assert answer(page) == ["visit"]
        shown = page.locator(".hits .ex")
        assert "قاسم جومارت توكاييف" in shown.inner_text()
        assert shown.locator("mark").all_inner_texts() == ["Tokayev"]


@pytest.mark.parametrize("code", EDITIONS)
def test_an_excerpt_shows_the_words_of_the_page_with_the_matches_marked(browser: Browser, site: str, code: str) -> None:
    with asked(browser, site, code, q="المدرسه") as page:
        assert answer(page) == ["summit"]
        excerpt = page.locator(".hits .ex")
        assert excerpt.inner_text() == "أكّد إبراهيم أنّ المدرسة تبقى مفتوحة للرؤساء عام ٢٠٢٥."
        assert excerpt.locator("mark").all_inner_texts() == ["المدرسة"]
        assert (excerpt.get_attribute("lang"), excerpt.get_attribute("dir")) == ("ar", "rtl")
    with asked(browser, site, code, q="القمه") as page:
        answer(page)
        title = "القِمَّة" if code == "ar" else None
        assert page.locator(".hits h3 mark").all_inner_texts() == ([title] if title else [])


def test_markup_in_an_article_is_words_in_an_excerpt(browser: Browser, site: str) -> None:
    with asked(browser, site, "ar", q="يستقبل") as page:
        answer(page)
        assert "<b>مجانا</b> &" in page.locator(".hits .ex").inner_text()
        assert page.locator(".hits .ex b").count() == 0


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        ({"topic": "central-asia"}, ["visit"]),
        ({"source": "صحيفة المساء"}, ["visit"]),
        ({"month": "2025-10"}, ["visit"]),
        ({"month": "undated"}, ["grain"]),
        ({"state": "machine"}, ["grain"]),
        ({"state": "authors", "topic": "energy"}, ["summit"]),
        ({"state": "authors", "topic": "central-asia"}, []),
        ({"q": "المدينة", "state": "pending"}, ["visit"]),
        ({"q": "المدينة", "state": "machine"}, []),
    ],
)
def test_filters_narrow_what_is_found(browser: Browser, site: str, chosen: dict[str, str], slugs: list[str]) -> None:
    for code in EDITIONS:
        with asked(browser, site, code, **chosen) as page:
            assert answer(page) == slugs
            for name, value in chosen.items():
                assert page.locator(f"#search [name={name}]").input_value() == value


def test_a_choice_asks_at_once_and_the_address_keeps_it_in_both_editions(browser: Browser, site: str) -> None:
    with asked(browser, site, "en", q="النفط") as page:
        assert len(answer(page)) == 10
        page.locator("#by-topic").select_option("central-asia")
        expect(page.locator("#count")).to_have_text(page.locator("#search").get_attribute("data-none") or "")
        assert page.url.endswith(f"?q={quote('النفط')}&topic=central-asia")
        page.locator("header .langs a").click()
        expect(page.locator("#q")).to_have_value("النفط")
        assert page.locator("#by-topic").input_value() == "central-asia"


def test_more_results_follow_on_demand_and_the_focus_goes_to_the_first_of_them(browser: Browser, site: str) -> None:
    with asked(browser, site, "ar", q="النفط") as page:
        assert len(answer(page)) == 10
        assert page.locator("#count").inner_text().endswith(str(support.FILLERS))
        page.locator("#results button").press("Enter")
        expect(page.locator(".hits > li")).to_have_count(support.FILLERS)
        assert page.evaluate("document.activeElement === document.querySelectorAll('.hits h3 a')[10]")
        assert not page.locator("#results button").is_visible()


@pytest.mark.parametrize("code", EDITIONS)
def test_a_story_is_reached_with_the_keyboard_alone(browser: Browser, site: str, code: str) -> None:
    with asked(browser, site, code) as page:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "q":
                break
        page.keyboard.type("Tokayev")
        page.keyboard.press("Enter")
        assert answer(page) == ["visit"]
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('.hits') !== null"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{code}/stories/visit.html")


@pytest.mark.parametrize("code", EDITIONS)
def test_what_is_found_is_announced_and_accessible(browser: Browser, site: str, code: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with asked(browser, site, code, q="Tokayev") as page:
        answer(page)
        assert page.locator("#count").get_attribute("aria-live") == "polite"
        for words in ("Tokayev", "القمه", "النفط"):
            page.locator("#q").fill(words)
            page.locator("#q").press("Enter")
            answer(page)
            for scheme, width in (("light", 1280), ("dark", 375)):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                found = Axe().run(page).response["violations"]
                assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == []
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("code", EDITIONS)
def test_nothing_found_is_said_and_the_lists_stay(browser: Browser, site: str, code: str) -> None:
    with asked(browser, site, code, q="زقزقة") as page:
        assert answer(page) == []
        assert page.locator("main .rows a").first.is_visible()


@pytest.mark.parametrize(
    ("asked_for", "found"),
    [("Thermia", []), ("Thermia hospital", []), ("\"Thermia\"", []), ("hospitality", ["grain"]), ("hosp", ["grain"]),
     ("hospitals", ["grain"]), ("patients,", ["grain"])],
)  # fmt: skip
def test_a_word_that_no_story_has_is_not_answered_with_one_that_begins_it(
    browser: Browser, site: str, asked_for: str, found: list[str]
) -> None:
    with asked(browser, site, "en", q=asked_for) as page:
        assert answer(page) == found


def words_to_fold() -> list[str]:
    """Every letter and mark of the Arabic blocks alone and within a word, and words of several scripts."""
    blocks = ((0x600, 0x700), (0x750, 0x780), (0x8A0, 0x900), (0xFB50, 0xFDFF), (0xFE70, 0xFEFD), (0x2000, 0x2070))
    letters = [chr(code) for start, end in blocks for code in range(start, end)
               if unicodedata.category(chr(code)) not in {"Cn", "Cs"}]  # fmt: skip
    words = ["Kassym-Jomart", "ÉCOLE", "Cafe\u0301", "Straße", "ОБСЕ", "C5+1", "3٫5٬000", "القِمَّة", "ﷺ", "ﻻ", "مـــوجز"]
    return [*letters, *(f"ب{letter}ب" for letter in letters), *words]


def test_the_page_folds_as_the_index_was_folded(browser: Browser, site: str) -> None:
    words = words_to_fold()
    with asked(browser, site, "ar") as page:
        folded: list[Any] = page.evaluate("words => words.map(document.getElementById('search').fold)", words)
    different = [(word, hex(ord(word[len(word) // 2])), mine, fold(word))
                 for word, mine in zip(words, folded, strict=True) if mine != fold(word)]  # fmt: skip
    assert different == []


@pytest.mark.parametrize("code", EDITIONS)
def test_from_a_folder_and_without_script_the_page_offers_its_lists(browser: Browser, place: Path, code: str) -> None:
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto((place / code / "search/index.html").as_uri())
        assert not page.locator("#search").is_visible()
        assert page.locator("main .rows a").first.is_visible()
        assert page.locator("main .lists").is_visible()
        context.close()


@pytest.mark.parametrize("code", EDITIONS)
def test_what_the_first_page_counts_leads_to_as_many_stories(browser: Browser, site: str, code: str) -> None:
    with asked(browser, site, code) as page:
        page.goto(f"{site}{code}/index.html")
        counts = page.locator(".head .meta .n").all_inner_texts()
        links = [link.get_attribute("href") for link in page.locator(".head .meta a").all()]
        assert len(counts) == len(links) > 0
        for count, link in zip(counts, links, strict=True):
            page.goto(f"{site}{code}/{link}")
            assert answer(page) and re.findall("[0-9]+", page.locator("#count").inner_text()) == [count]
