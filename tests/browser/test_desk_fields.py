"""The desk's form for titles, dates and credits in a real browser: no script, by keyboard, both editions, a phone."""

import tomllib
from collections.abc import Iterator

import pytest
import support_desk as site
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SOON = 40_000
PAGE = f"{site.TITLE}\n\nنشر في: 03/04/2026 - 14:30 بتوقيت طشقند\n\n" + "\n\n".join(site.CANAL) + "\n"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[site.Preview]:
    folder = site.make_site(tmp_path_factory.mktemp("site"))
    for name, text in (("canal.txt", PAGE), ("zcopy.txt", site.FILES["content/articles/canal.txt"])):
        (folder / "content/articles" / name).write_text(text, "utf-8")
    running = site.Preview(folder)
    yield running
    running.close()


def opened(browser: Browser, preview: site.Preview, code: str, width: int) -> Page:
    """The form in a browser that runs no script."""
    page = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800}).new_page()
    page.set_default_timeout(SOON)
    page.goto(f"{preview.origin}/.desk/fields?page={code}&slug=canal")
    return page


@pytest.mark.parametrize(("code", "width", "written"), [("en", 1280, "Written to"), ("ar", 375, "كُتب في")])
def test_a_date_is_corrected_with_the_keyboard_alone_and_taken_back(
    preview: site.Preview, browser: Browser, code: str, width: int, written: str
) -> None:
    page, side = opened(browser, preview, code, width), preview.site / "content/articles/canal.toml"
    date = page.locator("[id^=published-][value*='14:30']")
    place = date.get_attribute("id")
    page.locator("a").first.focus()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == place:
            break
    page.keyboard.type("2026-02-30")  # over what stood there: a field that Tab leads to is selected
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    wrong = page.locator("[aria-invalid]")
    expect(wrong).to_have_value("2026-02-30")
    expect(wrong).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("2026-03-04")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(written)
    assert tomllib.loads(side.read_text("utf-8")) == {"published": "2026-03-04"}
    page.locator("header button[value=undo]").click()
    expect(page.get_by_role("status")).to_contain_text("canal.toml")
    assert not side.exists()
    page.context.close()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_form_is_accessible_and_fits_a_phone_also_when_it_is_refused(
    preview: site.Preview, browser: Browser, code: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe, found = Axe(), []
    page = browser.new_context(viewport={"width": 375, "height": 800}, bypass_csp=True).new_page()
    page.set_default_timeout(SOON)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{preview.origin}/.desk/fields?page={code}&slug=canal")
        found += axe.run(page).response["violations"]
        page.locator("#url-0").fill("example.org/" + "a" * 80)
        page.locator("#title-1").fill("عنوان آخر")
        page.locator("button.desk-main").first.click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        found += axe.run(page).response["violations"]
    page.context.close()
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == []


def test_the_file_of_a_story_leads_to_the_form(preview: site.Preview, browser: Browser) -> None:
    page = opened(browser, preview, "en", 1280)
    page.get_by_role("link", name="Story file").click()
    page.locator("a[href$='#r1']").click()
    expect(page.locator("h2:target")).to_have_text("zcopy.txt")
    page.context.close()
