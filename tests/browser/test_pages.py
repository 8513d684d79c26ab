"""What only a browser can tell: accessibility, layout, print, script, and what is requested."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pytest
import support_publication as support
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page
from support_serving import serve_folder

KINDS = ("index.html", "topics/central-asia/index.html", "stories/machine.html", "stories/partly.html",
         "stories/pending.html", "stories/carried.html", "names/index.html", "names/kazakhstan/index.html",
         "archive/index.html", "changes/index.html", "search/index.html", "about/index.html")  # fmt: skip
SHARED = ("index.html", "404.html")
Scheme = Literal["light", "dark"]
# Each scheme and each width is audited whole once; what depends on both, contrast, is measured in all four.
CONTRAST = {"runOnly": ["color-contrast"]}
AUDITS: tuple[tuple[Scheme, int, dict[str, Any] | None], ...] = (
    ("light", 1280, None), ("dark", 1280, CONTRAST), ("dark", 375, None), ("light", 375, CONTRAST),
)  # fmt: skip


@contextmanager
def opened(browser: Browser, url: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    """A page that fails the test when it logs an error, breaks the policy or asks another host."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(url[:15]) else None)
    page.goto(url)
    yield page
    context.close()
    assert wrong == []


@pytest.mark.parametrize("code", ["en", "ar", ""])
def test_every_kind_of_page_is_accessible_in_both_schemes_at_both_widths(
    browser: Browser, address: str, code: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe, found = Axe(), []
    paths = [f"{code}/{kind}" for kind in KINDS] if code else list(SHARED)
    with opened(browser, address + paths[0]) as page:
        for path in paths:
            page.goto(address + path)
            for scheme, width, options in AUDITS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                violations = axe.run(page, options=options).response["violations"]
                found += [(path, scheme, width, one["id"], one["nodes"][0]["html"][:160]) for one in violations]
    assert found == []


@pytest.mark.parametrize("code", ["en", "ar", ""])
def test_every_kind_of_page_fits_at_320_pixels_and_with_text_twice_as_large(
    browser: Browser, address: str, code: str
) -> None:
    paths = [f"{code}/{kind}" for kind in KINDS] if code else list(SHARED)
    too_wide = []
    with opened(browser, address + paths[0]) as page:
        for path in paths:
            page.goto(address + path)
            for width in (320, 188):  # 188: a phone of 375 pixels whose reader doubles the size of text
                page.set_viewport_size({"width": width, "height": 900})
                too_wide += [path] if page.evaluate("document.documentElement.scrollWidth") > width else []
            page.evaluate("document.styleSheets[1].insertRule('html{font-size:200%}', 0)")
            for width in (1280, 768):
                page.set_viewport_size({"width": width, "height": 900})
                too_wide += [path] if page.evaluate("document.documentElement.scrollWidth") > width else []
    assert too_wide == []


@pytest.fixture(scope="module")
def long_named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same site with a long name."""
    name = '{en = "Central Asia and Energy Sanctions Briefing", ar = "موجز آسيا الوسطى وعقوبات الطاقة الأوروبية"}'
    out = tmp_path_factory.mktemp("long")
    support.write(out, support.build(chosen=support.settings(base_url='""', name=name)))
    with serve_folder(out) as address:
        yield address


def boxes(browser: Browser, address: str, width: int) -> list[list[Any]]:
    """Where the masthead, the wordmark and the menu stand, in each edition."""
    found = []
    for code in ("en", "ar"):
        with opened(browser, f"{address}{code}/stories/carried.html", width) as page:
            found.append([page.locator(place).bounding_box() for place in (".mast", ".mark", ".nav")])
    return found


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_a_long_name_of_the_site_leaves_room_for_the_news(browser: Browser, long_named: str, width: int) -> None:
    for masthead, _, _ in boxes(browser, long_named, width):
        assert masthead["height"] <= 900 / 5, "a fifth of the window"


@pytest.mark.parametrize("width", [320, 375, 768])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_choices_of_languages_stand_in_one_row_or_each_in_its_own(
    browser: Browser, address: str, code: str, width: int
) -> None:
    with opened(browser, f"{address}{code}/stories/carried.html", width) as page:
        tops = {label.bounding_box()["y"] for label in page.locator(".views label").all()}
    assert len(tops) in (1, 3)


@pytest.mark.parametrize("width", [768, 1280])
@pytest.mark.parametrize("name", ["address", "long_named"])
def test_masthead_and_wordmark_stand_still_between_editions(
    browser: Browser, request: pytest.FixtureRequest, name: str, width: int
) -> None:
    english, arabic = boxes(browser, request.getfixturevalue(name), width)
    for one, other in zip(english, arabic, strict=True):
        assert one and other and all(abs(one[side] - other[side]) <= 0.1 for side in ("y", "width", "height"))
    assert abs(english[1]["x"] - arabic[1]["x"]) <= 0.1


@pytest.mark.parametrize("code", ["en", "ar"])
def test_english_stands_on_the_left_and_numbers_on_the_spine(browser: Browser, address: str, code: str) -> None:
    with opened(browser, f"{address}{code}/stories/carried.html") as page:
        for pair in page.locator(".pair").all():
            left = pair.locator("div:has(> p:is([lang=en], :not([lang])))" if code == "en" else "div:has(> [lang=en])")
            right = pair.locator("div:has(> [lang=ar])" if code == "en" else "div.own")
            number = pair.locator(".num").bounding_box()
            middle = pair.bounding_box()
            first, second = left.first.bounding_box(), right.first.bounding_box()
            assert first and second and number and middle
            assert first["x"] < number["x"] < second["x"]
            assert abs(number["x"] + number["width"] / 2 - middle["x"] - middle["width"] / 2) < 1


def test_the_grid_is_the_same_before_and_after_translation(browser: Browser, address: str) -> None:
    columns = []
    for slug in ("pending", "carried"):
        with opened(browser, f"{address}en/stories/{slug}.html") as page:
            columns.append(page.evaluate("getComputedStyle(document.querySelector('.pair')).gridTemplateColumns"))
    assert columns[0] == columns[1]


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_chooses_which_languages_to_see(browser: Browser, address: str, script: bool) -> None:
    with opened(browser, f"{address}en/stories/carried.html", java_script_enabled=script) as page:
        facing = page.locator("#s1 .facing")
        assert facing.is_visible()
        page.locator("#view-only").check()
        assert not facing.is_visible()
        page.locator("[value=first]").check()
        own, other = page.locator("#s1 .own").bounding_box(), facing.bounding_box()
        assert own and other and other["y"] >= own["y"] + own["height"]


def test_the_choice_is_kept_from_page_to_page(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/stories/carried.html") as page:
        page.locator("#view-only").check()
        page.goto(f"{address}en/stories/machine.html")
        assert page.locator("#view-only").is_checked() and not page.locator("#s1 .facing").is_visible()


def test_a_missing_translation_keeps_its_source_in_every_view(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/stories/pending.html") as page:
        page.locator("#view-only").check()
        assert page.locator("#s1 .facing").is_visible()


def test_a_sentence_lights_up_in_the_original(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/stories/carried.html") as page:
        page.locator("#s2").hover()
        assert page.locator("mark[data-s='2'].on").count() == 1
        assert page.locator("[data-do=print]").is_visible()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_page_opens_from_a_folder_with_its_style_and_script(browser: Browser, folder: Path, code: str) -> None:
    with opened(browser, (folder / code / "stories/carried.html").as_uri()) as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.pair')).display") == "grid"
        page.locator(".langs a").click()
        assert page.locator("html").get_attribute("lang") == ("ar" if code == "en" else "en")


def test_a_story_prints_with_both_columns_and_its_warnings(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}ar/stories/machine.html") as page:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 960})
        assert page.locator(".alert").first.is_visible() and page.locator(".check").first.is_visible()
        assert not page.locator(".nav").is_visible() and not page.locator(".views").is_visible()
        own, facing = (page.locator(f"#s1 .{side}").bounding_box() for side in ("own", "facing"))
        assert own and facing and facing["x"] + facing["width"] <= own["x"]
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_what_a_reader_has_not_opened_leaves_no_heading_on_paper(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/stories/carried.html") as page:
        assert page.locator("summary").first.is_visible()
        page.emulate_media(media="print")
        assert not page.locator("summary:visible").count()


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("path", ["index.html", "stories/pending.html"])
def test_a_printed_page_is_no_wider_than_its_sheet(browser: Browser, address: str, code: str, path: str) -> None:
    with opened(browser, f"{address}{code}/{path}", 680) as page:
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth") == 680


def test_every_stop_of_the_tab_key_can_be_seen(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/stories/carried.html") as page:
        for _ in range(20):
            page.keyboard.press("Tab")
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", page.evaluate("document.activeElement.outerHTML")


LINES = """() => [...document.querySelectorAll('.story:not(.solo)')].map(story => {
    const line = place => { const mark = document.createElement('span'); mark.style.display = 'inline-block';
        place.prepend(mark); const y = mark.getBoundingClientRect().bottom; mark.remove(); return y; };
    const day = story.parentElement.querySelector('.when time');
    const places = [story.querySelector('.own'), story.querySelector('.facing .t'), day];
    const found = places.filter(Boolean).map(line); return Math.max(...found) - Math.min(...found); })"""


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("path", ["index.html", "topics/central-asia/index.html"])
def test_titles_that_face_each_other_and_their_date_stand_on_one_line(
    browser: Browser, address: str, code: str, path: str
) -> None:
    with opened(browser, f"{address}{code}/{path}") as page:
        apart = page.evaluate(LINES)
    assert apart and max(apart) < 1


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_date_is_broken(browser: Browser, address: str, width: int) -> None:
    with opened(browser, f"{address}ar/topics/central-asia/index.html", width) as page:
        lines = page.evaluate(
            "[...document.querySelectorAll('time')].map("
            "day => new Set([...day.getClientRects()].map(box => Math.round(box.top))).size)"
        )
    assert 1 in lines and set(lines) <= {0, 1}


OVERLAPS = """[...document.querySelectorAll('.line li')].map(row => {
    const day = row.querySelector('.when time'), story = row.querySelector('.story');
    if (!day) return 0;
    const [a, b] = [day, story].map(one => one.getBoundingClientRect());
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    return Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top) ? Math.max(0, across) : 0; })"""


@pytest.mark.parametrize("width", [768, 1280])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_longest_date_stands_beside_its_story_and_not_on_it(
    browser: Browser, address: str, code: str, width: int
) -> None:
    with opened(browser, f"{address}{code}/topics/central-asia/index.html", width) as page:
        overlaps = page.evaluate(OVERLAPS)
    assert overlaps and max(overlaps) == 0


@pytest.mark.parametrize("path", ["stories/carried.html", "index.html"])
def test_one_language_alone_leaves_no_half_of_the_page_empty(browser: Browser, address: str, path: str) -> None:
    with opened(browser, f"{address}en/{path}") as page:
        title = page.locator("article :is(h1, h3)").first
        before = title.bounding_box()
        page.locator("#view-only").check()
        after, whole = title.bounding_box(), page.locator("article").first.bounding_box()
        assert before and after and whole
        assert before["width"] < whole["width"] * 0.7 < after["width"]


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_two_sides_of_a_list_of_facts_have_one_edge(browser: Browser, address: str, code: str, width: int) -> None:
    with opened(browser, f"{address}{code}/stories/carried.html", width) as page:
        lists = page.evaluate(
            "[...document.querySelectorAll('.names')].map(list => [...list.children].map("
            "row => getComputedStyle(row).gridTemplateColumns))"
        )
    assert lists and all(len(set(rows)) == 1 for rows in lists)


UNBROKEN = f"https://example.org/{'a' * 80}"


@pytest.fixture(scope="module")
def long_worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with one story, in which an address without a break stands in title, sentence and facts."""
    out, of = tmp_path_factory.mktemp("site"), support.brief("long", support.article())
    title = support.rendering("approved", "authors", support.TITLE, f"Posted on Sunday on {UNBROKEN}")
    first = support.rendering("approved", "authors", support.SENTENCES[0], f"He posted it on {UNBROKEN}.")
    told = support.publication([(of, support.english(of, "approved", "authors", title=title, s1=first))])
    facts = support.Facts((support.Fact(f"قال إنه نشره على {UNBROKEN}", "an official mentioned", "said", "", 1, 0),))
    support.write(out, support.build(told, support.settings(base_url='""'), facts=facts))
    with serve_folder(out) as address:
        yield address


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_word_longer_than_its_column_is_broken_and_crosses_no_spine(
    browser: Browser, long_worded: str, code: str, width: int
) -> None:
    paths = ("stories/long.html", "index.html", "topics/central-asia/index.html", "names/kazakhstan/index.html")
    with opened(browser, long_worded, width) as page:
        for path in paths:
            page.goto(f"{long_worded}{code}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        page.goto(f"{long_worded}{code}/{paths[0]}")
        over = page.evaluate(
            "[...document.querySelectorAll('#s1 p, .names li > *')].map(one => one.scrollWidth - one.clientWidth)"
        )
    assert over and max(over) <= 0


@pytest.mark.parametrize("path", ["stories/{}.html", "index.html"])
def test_a_very_long_title_and_the_one_that_faces_it_are_set_a_step_smaller(
    browser: Browser, address: str, long_worded: str, path: str
) -> None:
    sizes = []
    for site, slug in ((address, "carried"), (long_worded, "long")):
        with opened(browser, f"{site}en/{path.format(slug)}") as page:
            titles = [page.locator(f"article :is({title})").first for title in ("h1, .lead .own", "[lang=ar].t")]
            sizes.append([one.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") for one in titles])
    assert all(1.2 < plain / long < 1.35 for plain, long in zip(*sizes, strict=True))


EDGES = """[...document.querySelectorAll(':is(.rows, .src, .step) a > bdi[dir=rtl]')].map(title => {
    const range = document.createRange(); range.selectNodeContents(title);
    const ends = [...range.getClientRects()].map(line => line.right);
    return [ends.length, Math.max(...ends) - Math.min(...ends)]; })"""


def test_the_lines_of_an_arabic_title_in_an_english_list_begin_at_one_edge(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/stories/partly.html", 200) as page:
        titles = page.evaluate(EDGES)
    assert max(lines for lines, _ in titles) > 1 and all(apart < 1 for _, apart in titles)


ALONE = """[...document.querySelectorAll('main a')].filter(link => {
    const [block, box] = [link.closest('p, li, h1, h2, h3, th, td'), link.getBoundingClientRect()];
    return box.width && block && block.textContent.trim() === link.textContent.trim(); })
    .map(link => link.getBoundingClientRect().height)"""


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("path", ["en/index.html", "ar/index.html", "en/search/index.html"])
def test_a_link_that_stands_alone_is_high_enough_for_a_finger(
    browser: Browser, address: str, path: str, width: int
) -> None:
    with opened(browser, address + path, width) as page:
        heights = page.evaluate(ALONE)
    assert heights and min(heights) >= 24


def test_on_a_phone_the_languages_of_the_front_door_are_set_apart(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}index.html", 375) as page:
        within, between = page.evaluate("""(() => {
            const [first, second] = document.querySelectorAll('.door > *'), lines = [...first.children];
            const [before, last] = lines.slice(-2).map(line => line.getBoundingClientRect());
            return [last.top - before.bottom, second.children[0].getBoundingClientRect().top - last.bottom]; })()""")
    assert between > 2 * within > 0


@pytest.mark.parametrize("code", ["en", "ar"])
def test_on_a_tablet_a_list_by_date_leaves_both_languages_room(browser: Browser, address: str, code: str) -> None:
    with opened(browser, f"{address}{code}/topics/central-asia/index.html", 768) as page:
        story = page.locator(".line .story:not(.solo)").first
        whole, facing = story.bounding_box(), story.locator(".facing").bounding_box()
        gaps = page.locator(".tally tbody tr").evaluate_all("""rows => rows.map(row => {
            row.querySelector("th a").textContent = "Kassym-Jomart_Kemeluly Tokayev";
            const [name, bar] = ["th a", "rect"].map(part => row.querySelector(part).getBoundingClientRect());
            return Math.max(bar.left - name.right, name.left - bar.right); })""")
    assert whole and facing and whole["width"] > 700 and facing["width"] > 280
    assert gaps and min(gaps) > 8


def test_badges_and_the_active_pair_are_told_apart_in_forced_colours(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/stories/partly.html", forced_colors="active") as page:
        filled = {kind: _disc(page, kind) for kind in ("no", "mt")}
        page.locator("#s1").hover()
        outline = page.locator("#s1").evaluate("pair => getComputedStyle(pair, '::before').outlineStyle")
    with opened(browser, f"{address}en/stories/carried.html", forced_colors="active") as page:
        filled["ok"] = _disc(page, "ok")
    with opened(browser, f"{address}en/stories/pending.html", forced_colors="active") as page:
        filled["wait"] = _disc(page, "wait")
    assert outline == "solid"
    assert filled["wait"] < 0.1 < filled["no"] < filled["mt"] < 0.8 < filled["ok"]


@pytest.mark.parametrize("path", ["en/stories/carried.html", "index.html"])
def test_the_spine_and_the_present_section_are_marked_in_forced_colours(
    browser: Browser, address: str, path: str
) -> None:
    with opened(browser, address + path, forced_colors="active") as page:
        pairs = page.locator(".pairs").first
        pairs.evaluate("pairs => pairs.scrollIntoView()")
        box = pairs.bounding_box()
        assert box
        middle = FloatRect(x=round(box["x"] + box["width"] / 2) - 4, y=box["y"] + 4, width=8, height=4)
        picture = Image.open(BytesIO(page.screenshot(clip=middle))).convert("L")
        lines = page.locator("[aria-current]").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).borderBlockEndWidth))"
        )
    assert 4 <= sum(picture.histogram()[:128]) <= 8, "one line of a pixel or two"
    assert all(line >= 3 for line in lines)


def _disc(page: Page, kind: str) -> float:
    """How much of the middle of a badge's disc is filled."""
    badge = page.locator(f".badge.{kind}").first
    size = badge.evaluate("badge => parseFloat(getComputedStyle(badge, '::before').width)")
    box = badge.bounding_box()
    assert box
    start = badge.evaluate("badge => parseFloat(getComputedStyle(badge).paddingInlineStart) + 1")
    inner = {"x": box["x"] + start + 2, "y": box["y"] + box["height"] / 2 - size / 2 + 2}
    picture = Image.open(BytesIO(page.screenshot(clip=FloatRect(**inner, width=size - 4, height=size - 4))))
    shades = picture.convert("L").histogram()
    return sum(shades[:128]) / sum(shades)
