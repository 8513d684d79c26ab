"""The review desk in a real browser: by keyboard, in both editions, on a phone, with what others do meanwhile."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import support_desk as site
from playwright.sync_api import Browser, Page, expect

from site_src.cli import main

pytestmark = pytest.mark.browser
SOON = 40_000
"""Milliseconds that a rebuild may take on a machine with much else to do."""
Lines = tuple[list[str], list[str]]


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[site.Preview]:
    running = site.Preview(site.make_site(tmp_path))
    yield running
    running.close()


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[site.Preview]:
    """A preview in which no test changes a file."""
    running = site.Preview(site.make_site(tmp_path_factory.mktemp("site")))
    yield running
    running.close()


@contextmanager
def opened(
    browser: Browser, address: str, width: int = 1280, ready: str = ".desk-mark", fails: bool = False, **options: Any
) -> Iterator[Page]:
    """A page of the preview, once its desk is `ready`; the test fails when the page reports an error.

    That a build `fails`, or a request is refused, and the server says so, is none.
    """
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    page.set_default_timeout(SOON)
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    page.locator(ready).first.wait_for()
    settled(page)
    yield page
    context.close()
    assert [one for one in wrong if not (fails and "responded with a status of" in one)] == []


def sentence(page: Page, number: int) -> Any:
    """The button that opens a sentence; 0 is the title's."""
    return page.locator(f"#s{number} .desk-mark" if number else ".head .desk-mark")


def settled(page: Page) -> None:
    """Wait until the desk has answered all that was asked of it."""
    page.locator("#desk:not([data-busy])").wait_for(state="attached")


def press(page: Page, *keys: str) -> None:
    """Press keys, each once the desk has answered the one before."""
    for key in keys:
        page.keyboard.press(key)
        settled(page)


def slow(page: Page, seconds: float = 0.5) -> None:
    """Let the desk of this page take its time from now on, as it does on a large site or a busy machine."""
    page.evaluate(
        "wait => { const now = fetch; window.fetch = async (...asked) =>"
        " { await new Promise((later) => setTimeout(later, wait)); return now(...asked); }; }",
        seconds * 1000,
    )


def open_sentence(page: Page, number: int) -> None:
    sentence(page, number).focus()
    press(page, "Enter")
    expect(page.locator("#desk-words")).to_be_focused(timeout=SOON)
    page.locator(".desk-panel").wait_for()


def write(page: Page, text: str) -> None:
    """Type it in place of what stands in the editor."""
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def said(page: Page, words: str) -> None:
    expect(page.locator("#desk-said")).to_contain_text(words, timeout=SOON)


def lines(before: str, after: str) -> Lines:
    """The lines that went and the lines that came."""
    found = list(ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in found if line[:2] == "- "], [line[2:] for line in found if line[:2] == "+ "]


def test_a_sentence_is_corrected_and_approved_by_keyboard_alone(preview: site.Preview, browser: Browser) -> None:
    before = preview.translations().read_text("utf-8")
    with opened(browser, preview.story()) as page:
        for _ in range(60):
            press(page, "Tab")
            if sentence(page, 1).evaluate("one => one === document.activeElement"):
                break
        press(page, "Enter")
        expect(page.locator("#desk-words")).to_have_value(site.MACHINE)
        expect(page.locator("#desk-words")).to_be_focused()
        write(page, site.RIGHT)
        expect(page.locator("#desk-findings")).to_contain_text("The checks find nothing")
        press(page, "Control+Enter")
        said(page, "Approved and saved")
        expect(page.locator("#s3 #desk-words")).to_be_focused(
            timeout=SOON
        )  # the next that waits; the second is approved already
        gone, new = lines(before, preview.translations().read_text("utf-8"))
        gone = [
            line for line in gone if not line.startswith("#. ")
        ]  # what was said of the machine's words goes with them
        assert (gone, new) == (["#, fuzzy", f'msgstr "{site.MACHINE}"'], [f'msgstr "{site.RIGHT}"'])
        expect(page.locator("#s1 .own p").first).to_have_text(site.RIGHT, timeout=SOON)
        expect(sentence(page, 1)).to_contain_text("approved")
        expect(page.locator("#s3 #desk-words")).to_be_focused(timeout=SOON)
        press(page, "Control+Enter")
        expect(page.locator("[data-desk=next]")).to_be_focused(timeout=SOON)  # the story has no further one


def test_a_finding_shows_where_it_stands(quiet: site.Preview, browser: Browser) -> None:
    with opened(browser, quiet.story()) as page:
        open_sentence(page, 1)
        for words in ("30 kilometres", "40 كيلومترا"):
            page.locator(f'#desk-findings [data-text="{words}"]').click()
            assert page.evaluate("getSelection().toString()") == words


@pytest.mark.parametrize(("code", "width", "rows"), [("en", 1440, 1), ("ar", 1280, 1), ("en", 1280, 2), ("en", 640, 1)])
def test_the_bar_is_slim_and_the_page_ends_above_it(
    quiet: site.Preview, browser: Browser, code: str, width: int, rows: int
) -> None:
    with opened(browser, quiet.story(code), width=width) as page:
        page.locator(".desk-counts li").first.wait_for(state="attached")
        bar = page.locator("#desk").bounding_box()
        assert bar and bar["height"] < 20 + 40 * rows
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        end = page.locator("footer").last.bounding_box()
        assert end and end["y"] + end["height"] <= bar["y"]


def test_an_error_is_approved_with_a_key_of_its_own_withheld_with_a_reason_and_all_of_it_undone(
    preview: site.Preview, browser: Browser
) -> None:
    before = preview.translations().read_text("utf-8")
    with opened(browser, preview.story()) as page:
        open_sentence(page, 1)
        expect(page.locator("#desk-findings .desk-error").first).to_contain_text("Number that does not agree")
        accept = page.locator("[data-desk=accept]")
        for _ in range(3):  # the key that approves leads from sentence to sentence: pressed again it approves no error
            expect(page.locator("#desk-words")).to_be_focused()
            press(page, "Alt+Enter", "Control+Enter")
            said(page, "Not approved: the checks find errors")
            expect(accept).to_be_visible()
            page.keyboard.type(" ")
            expect(accept).to_be_hidden()
            press(page, "Backspace")
        assert preview.translations().read_text("utf-8") == before
        press(page, "Control+Enter", "Control+Enter")
        said(page, "Not approved")
        expect(accept).to_be_visible()
        press(page, "Alt+Enter")
        said(page, "Approved and saved")
        expect(page.locator("#s3 #desk-words")).to_be_focused()
        press(page, "Escape")
        expect(sentence(page, 1)).to_contain_text("approved")
        open_sentence(page, 2)
        press(page, "Alt+w")
        page.keyboard.insert_text("The figure is doubtful")
        press(page, "Enter")
        said(page, "Withheld and saved")
        held = preview.translations().read_text("utf-8")
        open_sentence(page, 3)
        press(page, "Alt+b")
        said(page, "Send back again")
        press(page, "Alt+b")
        said(page, "Sent back")
        text = preview.translations().read_text("utf-8")
        assert "# withheld: The figure is doubtful" in text and site.DRAFT not in text
        for number in (3, 2, 1):
            expect(page.locator("#desk-steps")).to_have_text(str(number))
            press(page, "u")
            said(page, f"Undone: Sentence {number}")
        assert preview.translations().read_text("utf-8") == before
        press(page, "Shift+U", "Shift+U")
        said(page, "Done again: Sentence 2")
        assert preview.translations().read_text("utf-8") == held
        press(page, "u", "u")
        assert preview.translations().read_text("utf-8") == before


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_withheld_text_opens_at_its_beginning_and_is_approved_by_an_act_of_its_own(
    preview: site.Preview, browser: Browser, code: str
) -> None:
    held = "\n".join(["# withheld: Two sources differ", f'msgid "{site.CANAL[1]}"'])
    text = preview.translations().read_text("utf-8")
    text = text.replace(f'# approved: project authors\nmsgid "{site.CANAL[1]}"', held)
    preview.translations().write_text(text, "utf-8")
    with opened(browser, preview.story(code)) as page:
        expect(sentence(page, 2)).to_contain_text("withheld" if code == "en" else "محجوب", timeout=SOON)
        open_sentence(page, 2)
        assert page.locator("#desk-words").evaluate("one => [one.selectionStart, one.selectionEnd]") == [0, 0]
        expect(page.locator("#desk-reason")).to_have_value("Two sources differ")
        press(page, "Control+Enter", "Control+Enter")
        said(page, "this text is withheld" if code == "en" else "هذا النص محجوب")
        assert preview.translations().read_text("utf-8") == text
        page.locator("[data-desk=accept]").click()
        said(page, "Approved and saved" if code == "en" else "اعتُمدت")
    assert "# withheld" not in preview.translations().read_text("utf-8")


def test_a_text_whose_source_changed_shows_what_changed_and_is_approved_by_an_act_of_its_own(
    tmp_path: Path, browser: Browser
) -> None:
    folder = site.make_site(tmp_path)
    article = folder / "content/articles/canal.txt"
    article.write_text(article.read_text("utf-8").replace("12 ألف مزارع،", "12 ألف مزارع وأسرهم،"), "utf-8")
    assert main(["build", "--config", str(folder / "site.toml"), "--quiet"]) == 0  # the memory knows of it by now
    with closing(site.Preview(folder)) as preview, opened(browser, preview.story()) as page:
        expect(sentence(page, 2)).to_contain_text("out of date", timeout=SOON)
        open_sentence(page, 2)
        expect(page.locator(".desk-note ins")).to_contain_text("وأسرهم")
        before = preview.translations().read_text("utf-8")
        press(page, "Control+Enter", "Control+Enter")
        said(page, "the source has changed since")
        assert preview.translations().read_text("utf-8") == before
        press(page, "Alt+Enter")
        said(page, "Approved and saved")


def test_the_title_is_translated_in_place_from_the_arabic_edition(preview: site.Preview, browser: Browser) -> None:
    with opened(browser, preview.story("ar")) as page:
        assert page.locator("#desk").get_attribute("dir") == "rtl"
        open_sentence(page, 0)
        write(page, "New canal in Tashkent")
        press(page, "Control+S")
        said(page, "حُفظت المسودة")
        expect(sentence(page, 0)).to_contain_text("مسودة")
        expect(page.locator("#desk-words")).to_be_focused()
        press(page, "Control+Enter")
        said(page, "اعتُمدت")
        expect(page.locator(".head .facing").first).to_contain_text("New canal in Tashkent", timeout=SOON)
    assert '\nmsgid "قناة جديدة في طشقند"\nmsgstr "New canal in Tashkent"\n' in preview.translations().read_text(
        "utf-8"
    )


@pytest.mark.parametrize(("code", "side"), [("en", ".own"), ("ar", ".facing")])
def test_a_title_is_edited_on_its_card_of_the_home_page(
    preview: site.Preview, browser: Browser, code: str, side: str
) -> None:
    with opened(browser, f"{preview.address}{code}/index.html") as page:
        card = page.locator("article.story").filter(has=page.locator('a[href*="stories/canal."]'))
        card.locator(".desk-mark").focus()
        press(page, "Enter")
        expect(page.locator("#desk-words")).to_be_focused(timeout=SOON)
        write(page, "A canal for Tashkent")
        press(page, "Control+Enter")
        expect(card.locator(f".t:is({side}, {side} *)").first).to_have_text("A canal for Tashkent", timeout=SOON)
        expect(card.locator(".desk-mark")).to_be_focused(timeout=SOON)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert f'\nmsgid "{site.TITLE}"\nmsgstr "A canal for Tashkent"\n' in preview.translations().read_text("utf-8")


def test_words_saved_by_hand_meanwhile_are_shown_beside_ones_own(preview: site.Preview, browser: Browser) -> None:
    by_hand = "By hand: a canal of 40 kilometres to Tashkent."
    with opened(browser, preview.story()) as page:
        open_sentence(page, 1)
        write(page, site.RIGHT)
        text = preview.translations().read_text("utf-8").replace(site.MACHINE, by_hand)
        clash = page.locator(".desk-clash")
        preview.translations().write_text(text, "utf-8")
        press(page, "Control+Enter")
        expect(clash).to_contain_text(by_hand, timeout=SOON)
        expect(sentence(page, 1)).to_contain_text("draft", timeout=SOON)  # it is built, and the choice still stands
        expect(clash).to_contain_text(by_hand, timeout=SOON)
        expect(clash).to_contain_text(site.RIGHT)
        assert by_hand in preview.translations().read_text("utf-8")
        assert site.RIGHT not in preview.translations().read_text("utf-8")
        clash.get_by_role("button", name="Go on with yours").click()
        expect(page.locator("#desk-words")).to_have_value(site.RIGHT)
        press(page, "Control+Enter")
        said(page, "Approved and saved")
    assert site.RIGHT in preview.translations().read_text("utf-8")


def test_words_not_saved_yet_outlive_the_reload_that_another_change_brings(
    preview: site.Preview, browser: Browser
) -> None:
    with opened(browser, preview.story()) as page:
        open_sentence(page, 3)
        write(page, "It added that work")
        article = preview.site / "content/articles/canal.txt"
        article.write_text(article.read_text("utf-8").replace(site.TITLE, "قناة كبيرة في طشقند"), "utf-8")
        page.get_by_text("قناة كبيرة في طشقند").first.wait_for()
        expect(page.locator("#desk-words")).to_have_value("It added that work")
        expect(page.locator("#desk-words")).to_be_focused()
        page.keyboard.type(" had begun")
        press(page, "Escape")
        said(page, "not saved")
        expect(page.locator("#desk-words")).to_have_value("It added that work had begun")
        press(page, "Escape")
        expect(page.locator("#desk-words")).to_have_count(0)
        expect(page.locator("#desk-said")).to_be_empty()


def test_words_typed_for_a_sentence_that_goes_meanwhile_are_told(preview: site.Preview, browser: Browser) -> None:
    with opened(browser, preview.story()) as page:
        open_sentence(page, 3)
        write(page, "Work waits for the signature")
        article = preview.site / "content/articles/canal.txt"
        article.write_text(article.read_text("utf-8").replace(site.CANAL[2], ""), "utf-8")
        said(page, "not saved: Work waits for the signature")
        expect(page.locator("#s3")).to_have_count(0)


def test_on_the_page_of_a_story_that_is_gone_the_desk_still_says_what_was_undone(
    preview: site.Preview, browser: Browser
) -> None:
    with opened(browser, preview.story(), fails=True) as page:
        open_sentence(page, 3)
        press(page, "Control+Enter")
        said(page, "Approved and saved.")
        (preview.site / "content/articles/canal.txt").unlink()
        expect(page.get_by_role("link", name="the briefing")).to_have_attribute("href", "/briefs/en/index.html")
        settled(page)
        press(page, "u")
        said(page, "Undone: Sentence 3 (canal).")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(3_000)  # a build follows the step, and the page follows the build
        said(page, "Undone: Sentence 3 (canal).")


def test_neither_a_double_click_nor_a_closed_tab_drops_what_was_typed(quiet: site.Preview, browser: Browser) -> None:
    asked: list[str] = []
    with opened(browser, quiet.story()) as page:
        open_sentence(page, 3)
        write(page, "It added that work")
        for target in (sentence(page, 2), page.locator("[data-desk=close]"), page.locator("[data-desk=next]")):
            target.dblclick()
            said(page, "not saved")
            expect(page.locator("#s3 #desk-words")).to_have_value("It added that work")
            page.locator("#desk-words").press("End")
            page.keyboard.type(".")
            press(page, "Backspace")
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.close(run_before_unload=True)
        expect(page.locator("#desk-words")).to_have_value("It added that work")
    assert asked == ["beforeunload"]


def test_words_taken_from_the_memory_are_undone_by_the_key_that_undoes_typing(
    preview: site.Preview, browser: Browser
) -> None:
    bank = preview.site / "content/articles/bank.txt"
    near = site.CANAL[2].replace("حكومات", "دول")
    bank.write_text(bank.read_text("utf-8") + f"\n{near}\n", "utf-8")
    with opened(browser, preview.story(slug="bank")) as page:
        sentence(page, 3).wait_for()
        open_sentence(page, 3)
        page.keyboard.type("My own words")
        page.locator("[data-desk=use]").first.click()
        expect(page.locator("#desk-words")).to_have_value(site.DRAFT)
        press(page, "Control+z")
        expect(page.locator("#desk-words")).to_have_value("My own words")


def test_next_walks_from_story_to_story_and_the_filter_says_over_which(quiet: site.Preview, browser: Browser) -> None:
    with opened(browser, quiet.story()) as page:
        press(page, "n")
        expect(page.locator("#desk-words")).to_be_focused()
        seen = []
        for _ in range(4):
            seen.append((page.url.rpartition("/")[2].removesuffix(".html"), page.locator("#desk-words").input_value()))
            press(page, "Alt+n")
            page.wait_for_function(
                "old => document.querySelector('#desk-words') && document.querySelector('#desk-words').value !== old",
                arg=seen[-1][1],
            )
        assert [slug for slug, _ in seen] == ["canal", "canal", "canal", "bank"]
        assert page.locator("#desk-words").input_value() == seen[0][1]
        press(page, "Escape")
        page.locator("#desk-filter").select_option("check:numbers")
        sentence(page, 1).focus()
        press(page, "n")
        expect(page.locator("#desk-words")).to_have_value("The governor said so.", timeout=SOON)


def test_an_unknown_name_is_added_to_the_names_file_and_taken_back(preview: site.Preview, browser: Browser) -> None:
    names = preview.site / "content/names.toml"
    before = names.read_bytes()
    with opened(browser, preview.story(slug="bank")) as page:
        open_sentence(page, 2)
        press(page, "Alt+m")
        expect(page.get_by_label("English", exact=True)).to_be_focused()
        page.keyboard.type("Timur Suleimenov")
        expect(page.locator("#desk-id")).to_have_value("timur-suleimenov")
        page.get_by_label("Arabic", exact=True).fill("تيمور سليمنوف")
        page.get_by_label("Other Arabic forms").fill("سليمنوف، تيمور سليمانوف")
        press(page, "Enter")
        said(page, "Added to names.toml")
        added = names.read_bytes().removeprefix(before).decode()
        assert added == (
            '\n[[names]]\nid = "timur-suleimenov"\nkind = "person"\nen = "Timur Suleimenov"\nar = "تيمور سليمنوف"\n'
            'ar_variants = ["سليمنوف", "تيمور سليمانوف"]\n'
        )
        press(page, "Alt+m")
        page.get_by_label("English", exact=True).fill("Somebody Else")
        page.locator("#desk-id").fill("timur-suleimenov")
        page.get_by_label("Arabic", exact=True).fill("شخص آخر")
        press(page, "Enter")
        expect(page.locator(".desk-wrong")).to_contain_text("already")
        press(page, "Escape")
        page.locator("[data-desk=undo]").click()
        said(page, "Undone: names.toml")
    assert names.read_bytes() == before


def test_another_form_of_a_known_name_is_added_to_its_entry_and_taken_back(
    preview: site.Preview, browser: Browser
) -> None:
    names = preview.site / "content/names.toml"
    before = names.read_text("utf-8")
    with opened(browser, preview.story(slug="bank"), fails=True) as page:
        open_sentence(page, 2)
        press(page, "Alt+m")
        page.get_by_label("Another form of a known name").fill("t" * 301)
        press(page, "Enter")
        expect(page.locator(".desk-wrong")).to_contain_text("all else 300")
        page.get_by_label("Another form of a known name").fill("tokayev")
        expect(page.locator("#desk-known option").first).to_have_attribute("value", "tokayev")
        expect(page.locator("#desk-id")).to_be_disabled()
        page.get_by_label("Another form of a known name").fill("tokayev")
        page.get_by_label("English", exact=True).fill("")
        page.get_by_label("Arabic", exact=True).fill("تكاييف")
        press(page, "Enter")
        said(page, "Added to names.toml")
        gone, new = lines(before, names.read_text("utf-8"))
        assert len(new) == 1 and "تكاييف" in new[0] and len(gone) <= 1
        expect(page.locator("#desk-steps")).to_have_text("1")
        page.locator("[data-desk=undo]").click()
        said(page, "Undone: names.toml")
    assert names.read_text("utf-8") == before


def test_a_known_name_of_an_open_sentence_is_changed_and_what_was_typed_waits(
    preview: site.Preview, browser: Browser
) -> None:
    names = preview.site / "content/names.toml"
    before = names.read_text("utf-8")
    with opened(browser, preview.story()) as page:
        open_sentence(page, 2)
        write(page, "The authority said so")
        page.locator(".desk-panel").get_by_role("link", name="Kazakhstan").click()
        page.get_by_label("English", exact=True).fill("Qazaqstan")
        page.get_by_role("button", name="Change this name").click()
        expect(page.get_by_role("status")).to_contain_text("Written to names.toml", timeout=SOON)
        page.go_back()
        page.go_back()
        expect(page.locator("#desk-words")).to_have_value("The authority said so", timeout=SOON)
        expect(page.locator(".desk-panel").get_by_role("link", name="Qazaqstan")).to_be_visible(timeout=SOON)
    gone, new = lines(before, names.read_text("utf-8"))
    assert new[0] == 'en = "Qazaqstan"' and '"Kazakhstan"' in new[1] and gone[0] == 'en = "Kazakhstan"'


def test_keys_pressed_before_the_desk_has_answered_reach_no_other_sentence(
    preview: site.Preview, browser: Browser
) -> None:
    before = preview.translations().read_text("utf-8")
    with opened(browser, preview.story()) as page:
        open_sentence(page, 1)
        write(page, site.RIGHT)
        slow(page)
        for key in ("Control+Enter", "Control+Enter", "Alt+Enter", "Alt+b", "Alt+b", "Escape"):
            page.keyboard.press(key)
        settled(page)
        said(page, "the desk was still answering")
        expect(page.locator("#s3 #desk-words")).to_be_focused()  # the next that waits, as the first key asked for
        gone, new = lines(before, preview.translations().read_text("utf-8"))
        assert new == [f'msgstr "{site.RIGHT}"'] and site.DRAFT not in gone
        write(page, "Better")
        page.keyboard.press("Control+s")
        page.keyboard.press("Control+s")
        settled(page)
        assert "Better" in preview.translations().read_text("utf-8")


def test_what_is_asked_twice_is_asked_before_it_is_answered(preview: site.Preview, browser: Browser) -> None:
    before = preview.translations().read_text("utf-8")
    with opened(browser, preview.story()) as page:
        open_sentence(page, 2)
        slow(page)
        for _ in range(3):  # a person's words: the keys come before the question does
            page.keyboard.press("Alt+b")
        settled(page)
        said(page, "Send back again")
        assert preview.translations().read_text("utf-8") == before


def test_words_typed_while_the_text_is_saved_stay_and_are_told(preview: site.Preview, browser: Browser) -> None:
    with opened(browser, preview.story()) as page:
        open_sentence(page, 1)
        write(page, site.RIGHT)
        slow(page)
        page.keyboard.press("Control+Enter")
        page.keyboard.type(" Now")
        settled(page)
        said(page, "What was typed since is not saved yet")
        expect(page.locator("#s1 #desk-words")).to_have_value(f"{site.RIGHT} Now")
        assert f'msgstr "{site.RIGHT}"' in preview.translations().read_text("utf-8")
        expect(page.locator("#s1 .own p").first).to_have_text(site.RIGHT, timeout=SOON)
        expect(page.locator("#s1 #desk-words")).to_have_value(f"{site.RIGHT} Now")
        press(page, "Control+Enter")
        said(page, "Approved and saved")
    assert f'msgstr "{site.RIGHT} Now"' in preview.translations().read_text("utf-8")


def test_after_a_draft_is_saved_the_words_are_typed_on(preview: site.Preview, browser: Browser) -> None:
    with opened(browser, preview.story()) as page:
        open_sentence(page, 1)
        write(page, "A canal")
        press(page, "Control+s")
        said(page, "Draft saved")
        page.keyboard.type(" nun")
        expect(page.locator("#s1 #desk-words")).to_have_value("A canal nun")
        expect(page.locator("#desk-said")).to_be_empty()  # these words are no draft yet
        press(page, "Control+s")
        expect(page.locator("#desk-steps")).to_have_text("2")
        press(page, "Escape")
        expect(page.locator("#desk-words")).to_have_count(0)
    assert 'msgstr "A canal nun"' in preview.translations().read_text("utf-8")


def test_letters_pressed_while_a_sentence_opens_are_refused_and_said(preview: site.Preview, browser: Browser) -> None:
    before = preview.translations().read_text("utf-8")
    with opened(browser, preview.story()) as page:
        open_sentence(page, 3)
        write(page, "Draft")
        press(page, "Control+s")
        expect(page.locator("#s3 .desk-state")).to_have_text("draft")
        slow(page)
        sentence(page, 1).focus()
        page.keyboard.press("Enter")
        page.keyboard.type("un")
        said(page, "the desk was still answering")
        settled(page)
        expect(page.locator("#s1 #desk-words")).to_have_value(site.MACHINE)
        press(page, "Escape")
        for _ in range(2):
            page.keyboard.press("u")
        settled(page)
        said(page, "There is nothing to undo")
    assert preview.translations().read_text("utf-8") == before


def test_a_page_built_anew_leaves_cursor_selection_and_place_alone(preview: site.Preview, browser: Browser) -> None:
    with opened(browser, preview.story(), width=700) as page:
        open_sentence(page, 3)
        write(page, "It added that work")
        at = "() => { const { selectionStart, selectionEnd } = window.box; return [selectionStart, selectionEnd,"
        at += " document.activeElement === window.box, Math.round(window.box.getBoundingClientRect().top)]; }"
        page.evaluate(
            "() => { window.box = document.querySelector('#desk-words'); window.box.setSelectionRange(3, 8); }"
        )
        before = page.evaluate(at)
        article = preview.site / "content/articles/canal.txt"
        long = "قناة كبيرة في طشقند وسمرقند وبخارى تروي حقولا كثيرة وتصل مدنا بعيدة بعضها ببعض في الصيف المقبل"
        article.write_text(article.read_text("utf-8").replace(site.TITLE, long), "utf-8")
        page.get_by_text(long).first.wait_for()
        settled(page)
        assert page.evaluate(at) == before
        page.keyboard.type("said")
        expect(page.locator("#desk-words")).to_have_value("It said that work")
        page.keyboard.press("Control+z")
        expect(page.locator("#desk-words")).to_have_value("It added that work")


def test_a_page_built_anew_keeps_the_focus_of_a_link_and_a_form_that_is_open(
    preview: site.Preview, browser: Browser
) -> None:
    article = preview.site / "content/articles/canal.txt"
    with opened(browser, preview.story()) as page:
        link = page.locator("footer a").first
        link.focus()
        article.write_text(article.read_text("utf-8").replace(site.TITLE, "قناة كبيرة في طشقند"), "utf-8")
        page.get_by_text("قناة كبيرة في طشقند").first.wait_for()
        expect(link).to_be_focused()
        open_sentence(page, 2)
        press(page, "Alt+m")
        page.get_by_label("Arabic", exact=True).fill("تكاييف")
        article.write_text(article.read_text("utf-8").replace("قناة كبيرة", "قناة طويلة"), "utf-8")
        page.get_by_text("قناة طويلة في طشقند").first.wait_for(state="attached")
        settled(page)
        expect(page.get_by_label("Arabic", exact=True)).to_be_focused()
        expect(page.get_by_label("Arabic", exact=True)).to_have_value("تكاييف")
        press(page, "Escape")
        expect(page.locator("#s2 #desk-words")).to_have_value(site.AUTHORS)


def test_a_build_that_fails_is_told_beside_the_words_that_are_typed(preview: site.Preview, browser: Browser) -> None:
    settings = preview.site / "site.toml"
    before = settings.read_text("utf-8")
    with opened(browser, preview.story(), fails=True) as page:
        open_sentence(page, 3)
        write(page, "It added that work")
        settings.write_text(f"{before}\n[nonsense]\n", "utf-8")
        said(page, "nonsense")
        page.keyboard.type(" waits")
        settings.write_text(before, "utf-8")
        expect(page.locator("#desk-words")).to_have_value("It added that work waits")
        press(page, "Control+s")
        said(page, "Draft saved")


def test_a_text_that_is_too_long_is_refused_whole(preview: site.Preview, browser: Browser) -> None:
    before = preview.translations().read_text("utf-8")
    with opened(browser, preview.story(), fails=True) as page:
        open_sentence(page, 1)
        write(page, "word " * 4_001)
        press(page, "Control+s")
        said(page, "20,000 characters at most")
        assert len(page.locator("#desk-words").input_value()) == 20_005
        write(page, site.RIGHT)
        page.locator("#desk-reason").fill("why " * 76)
        press(page, "Alt+w")
        page.locator("#desk-reason").press("Enter")
        said(page, "all else 300")
        assert preview.translations().read_text("utf-8") == before
        page.locator("#desk-reason").fill("why")
        page.locator("#desk-reason").press("Enter")
        said(page, "Withheld and saved")


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_desk_fits_a_phone_and_covers_nothing_that_has_the_focus(
    quiet: site.Preview, browser: Browser, code: str
) -> None:
    with opened(browser, quiet.story(code), width=375) as page:
        open_sentence(page, 1)
        page.locator("[data-desk=more]").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        page.locator("[data-desk=more]").click()
        page.locator("#desk-words").focus()
        for _ in range(8):
            press(page, "Tab")
            hidden = page.evaluate(
                "(() => { const box = document.activeElement.getBoundingClientRect();"
                "const bar = document.getElementById('desk').getBoundingClientRect();"
                "return !document.getElementById('desk').contains(document.activeElement) && box.bottom > bar.top })()"
            )
            assert not hidden, page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_desk_is_accessible_in_both_schemes_at_both_widths(
    quiet: site.Preview, browser: Browser, code: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe, found = Axe(), []
    with opened(browser, quiet.story(code)) as page:
        open_sentence(page, 1)
        for width, scheme in ((1280, "light"), (375, "dark"), (375, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found += axe.run(page).response["violations"]
        press(page, "Alt+m")
        found += axe.run(page).response["violations"]
        press(page, "Escape")
        page.locator("[data-desk=close]").click()
        press(page, "?")
        expect(page.locator("#desk-help")).to_be_visible()
        found += axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == []


def test_from_a_saved_page_to_a_published_brief_by_what_a_person_would_have_changed(
    preview: site.Preview, browser: Browser
) -> None:
    """Dropped in, seen pending, translated, corrected, approved, a name added, built: then every changed byte."""
    sources, english = zip(*(pair.split("\t") for pair in site.PAIRS[:5]), strict=True)
    waiting = preview.translations().read_text("utf-8")
    done = waiting.replace(f'msgid "{site.TITLE}"\nmsgstr ""', f'msgid "{site.TITLE}"\nmsgstr "A canal"')
    preview.translations().write_text(done, "utf-8")  # so that the new page alone gives the engine something to do
    before = contents(preview.site)
    article = preview.site / "content/articles/summit.txt"
    article.write_text("\n\n".join(["قمة جديدة تجمع قادة آسيا الوسطى", "12 أكتوبر 2026", *sources]) + "\n", "utf-8")
    with opened(browser, preview.address + "en/index.html", ready="#desk-waiting") as page:
        page.get_by_role("link", name="قمة جديدة").first.click()
        page.locator(".desk-mark").first.wait_for()
        expect(sentence(page, 1)).to_contain_text("pending")
        command(preview.site, "models", "install", "--file", str(site.ROOT / "tests/argos/tiny.argosmodel"))
        expect(page.locator("#s1 .own p").first).to_have_text(english[0], timeout=SOON)
        expect(sentence(page, 1)).to_contain_text("machine")
        translated = preview.translations("summit").read_text("utf-8")
        open_sentence(page, 1)
        corrected = english[0].replace("held a closed session", "met behind closed doors")
        write(page, corrected)
        press(page, "Control+Enter")
        said(page, "Approved and saved")
        expect(page.locator("#s2 #desk-words")).to_be_focused(timeout=SOON)
        press(page, "Alt+m")
        page.get_by_label("English", exact=True).fill("Gathering of Five")
        page.get_by_label("Arabic", exact=True).fill("ملتقى الخمسة")
        page.get_by_label("Kind").select_option("agreement")
        press(page, "Enter")
        said(page, "Added to names.toml")
    command(preview.site, "build")
    assert corrected in (preview.site / "_site/en/stories/summit.html").read_text("utf-8")
    after = contents(preview.site)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed == {f"content/{path}" for path in
                       ("articles/summit.txt", "translations/summit.en.po", "names.toml", "record.jsonl")}  # fmt: skip
    entry = f'#, fuzzy\nmsgid "{sources[0]}"\nmsgstr "{english[0]}"'
    before_it, _, after_it = translated.partition(entry)
    assert after_it
    place = [line for line in before_it.rpartition("\n\n")[2].splitlines() if line.startswith("#. place: ")]
    corrected_entry = "\n".join(
        [*place, f'msgid "{sources[0]}"', f'msgstr "{corrected}"']
    )  # its machine notes are gone
    by_hand = f"{before_it.rpartition(chr(10) * 2)[0]}\n\n{corrected_entry}{after_it}"
    assert after["content/translations/summit.en.po"] == by_hand
    name = 'id = "gathering-of-five"\nkind = "agreement"\nen = "Gathering of Five"\nar = "ملتقى الخمسة"\n'
    assert after["content/names.toml"] == before["content/names.toml"] + f"\n[[names]]\n{name}"


def command(folder: Path, *words: str) -> None:
    """A command of the program on the site in `folder`."""
    call = [sys.executable, "-m", "site_src", *words, "--config", str(folder / "site.toml")]
    done = subprocess.run(call, cwd=site.ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def contents(folder: Path) -> dict[str, str]:
    """The text of every file of an editor, copies of earlier versions left out."""
    files = (path for path in (folder / "content").rglob("*") if path.is_file() and path.suffix != ".bak")
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in files if ".backup" not in path.parts}
