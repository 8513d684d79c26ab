"""The desk's pages for articles in a real browser: without a script, by keyboard, in both editions, on a phone."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import support_desk as site
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SOON = 40_000
PATHS = {
    "stories": "stories?page={}", "story": "story?page={}&slug=canal",
    "paragraphs": "paragraphs?page={}&file=canal.txt", "paste": "paste?page={}",
    "names": "names?page={}", "rename": "rename?page={}&id=tokayev",
}  # fmt: skip
TITLE = "خط جديد للقطارات في تركمانستان"
PASTED = "\n\n".join((
    TITLE,
    "افتتحت تركمانستان أمس الأحد خطا جديدا للقطارات يصل العاصمة عشق آباد بميناء بحر قزوين في سبع ساعات.",
    "وقالت وزارة النقل إن التذاكر ستباع من مطلع الشهر المقبل في كل المحطات، وإن الشحن سيبدأ في الصيف.",
))  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    found = context.new_page()
    found.set_default_timeout(SOON)
    yield found
    context.close()


def visit(page: Page, preview: site.Preview, name: str, code: str = "en") -> None:
    page.goto(f"{preview.origin}/.desk/{PATHS[name].format(code)}")


def press(page: Page, target: Any, key: str = "Enter") -> None:
    """Reach it with Tab, as somebody without a pointer does, and press a key."""
    wanted = target.evaluate("one => one.outerHTML")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.outerHTML") == wanted:
            return page.keyboard.press(key)
    raise AssertionError(f"Tab does not lead to {wanted}")


def test_a_page_is_pasted_read_filed_and_given_a_topic_without_a_script(preview: site.Preview, page: Page) -> None:
    visit(page, preview, "paste")
    page.get_by_label("Text or HTML").fill(PASTED)
    page.get_by_label("Outlet").fill("صحيفة المثال")
    page.get_by_label("Published").fill("2026-02-03")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("region", name="What is read of the page")).to_contain_text("It would be filed as")
    page.get_by_role("button", name="File it").click()
    expect(page.get_by_role("status")).to_contain_text("Filed as")
    page.locator(".desk-list a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_label("Hungary", exact=False).first.check()
    page.get_by_role("button", name="Save these topics").click()
    expect(page.get_by_role("status")).to_contain_text("Written to")
    story = page.get_by_role("link", name="Read the story").get_attribute("href")
    for _ in range(100):  # the page appears once the site is built
        if (answer := page.request.get(f"{preview.origin}{story}")).ok:
            break
        page.wait_for_timeout(200)
    assert TITLE in answer.text() and "صحيفة المثال" in answer.text()
    side = next(path for path in (preview.site / "content/articles").glob("*.toml"))
    assert tomllib.loads(side.read_text("utf-8"))["topics"] == ["central-asia", "hungary-energy"]
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("status")).to_contain_text("Undone")
    assert not side.exists()


def test_a_field_that_is_too_long_is_refused_whole(preview: site.Preview, page: Page) -> None:
    visit(page, preview, "paste")
    page.get_by_label("Text or HTML").fill(PASTED)
    title = page.get_by_label("Title")
    title.fill("خ" * 2_001)
    page.get_by_role("button", name="Read it").click()
    expect(title).to_be_focused()
    assert len(title.input_value()) == 2_001
    title.fill("خ" * 2_000)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("region", name="What is read of the page")).to_be_visible()


def test_a_paragraph_is_cut_by_keyboard_and_brought_back_from_the_arabic_page(
    preview: site.Preview, browser: Browser
) -> None:
    side = preview.site / "content/articles/canal.toml"
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(SOON)
    visit(page, preview, "paragraphs", "ar")
    kept = page.locator(".desk-kept")
    before = kept.count()
    press(page, kept.last.get_by_role("button", name="احذفها"))
    expect(page.get_by_role("status")).to_contain_text("canal.toml")
    expect(page.locator(".desk-gone")).to_contain_text("كلمة المحرر")
    assert len(tomllib.loads(side.read_text("utf-8"))["drop"]) == 1
    press(page, page.get_by_role("button", name="أعدها"))
    expect(kept).to_have_count(before)
    context.close()


def test_the_bar_leads_to_the_file_of_the_story_and_back(preview: site.Preview, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(SOON)
    page.goto(preview.story("ar"))
    page.get_by_role("link", name="ملف الخبر").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("المواضيع")
    page.locator("summary").first.click()
    expect(page.locator("details[open]")).to_contain_text("أوزبكستان")
    page.get_by_role("link", name="اقرأ الخبر كما يراه القراء").click()
    page.locator(".desk-mark").first.wait_for()
    context.close()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_pages_are_accessible_and_fit_a_phone_in_both_schemes(
    preview: site.Preview, browser: Browser, code: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe, found = Axe(), []
    context = browser.new_context(viewport={"width": 375, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(SOON)
    for name, scheme in (("stories", "light"), ("story", "dark"), ("paragraphs", "light"), ("paste", "dark")):
        page.set_viewport_size({"width": 375, "height": 800})
        page.emulate_media(color_scheme=scheme)
        visit(page, preview, name, code)
        if name == "paste":
            page.locator("#text").fill(PASTED)
            page.locator("#published").fill("?")
            page.locator("button[value=read]").click()
        if name == "story":
            page.locator("summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 375, name
        assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if code == "ar" else "ltr")
        found += axe.run(page).response["violations"]
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
        found += axe.run(page).response["violations"]
    context.close()
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == []
