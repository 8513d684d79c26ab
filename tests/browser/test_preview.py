"""The preview in a real browser: what is saved is seen, once, and only from this machine."""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import support_desk
from playwright.sync_api import Browser, Error, Page, Route
from support_site import ROOT, empty_site

pytestmark = pytest.mark.browser

ARTICLE = """{title}

أعلنت هيئة الري في أوزبكستان يوم الثلاثاء بدء العمل في قناة جديدة لنقل المياه إلى طشقند بطول 40 كيلومترا.

وقالت الهيئة إن القناة ستخدم 12 ألف مزارع، وإن كازاخستان وقرغيزستان وافقتا على تقاسم مياه النهر في آسيا الوسطى.

وأضافت أن الأشغال لن تبدأ قبل توقيع الاتفاق بين حكومات المنطقة.
"""


OTHER = """{title}

افتتح محافظ بخارى صباح الخميس قناة ثانية تروي 900 هكتار من حقول القطن في آسيا الوسطى.

وقال مهندس المشروع إن كلفته بلغت 30 مليون دولار، وإن أوزبكستان وكازاخستان وقرغيزستان ستسددها معا.
"""


class Preview(support_desk.Preview):
    def save(self, name: str, title: str, article: str = ARTICLE) -> None:
        (self.site / "content" / "articles" / name).write_text(article.format(title=title), "utf-8")

    def status(self, path: str, **headers: str) -> int:
        return self.get(path, **headers)[0]


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    empty_site(tmp_path)
    (tmp_path / "content" / "articles" / "canal.txt").write_text(ARTICLE.format(title="قناة جديدة في طشقند"), "utf-8")
    running = Preview(tmp_path)
    yield running
    running.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def heading(tab: Page) -> str:
    return tab.locator("h1").first.inner_text()


def test_a_saved_change_is_shown_without_touching_the_browser(preview: Preview, tab: Page) -> None:
    tab.goto(preview.address + "ar/stories/canal.html")
    assert "قناة جديدة" in heading(tab)
    preview.save("canal.txt", "قناة قديمة في سمرقند")
    tab.get_by_role("heading", level=1, name="قناة قديمة").wait_for(timeout=40_000)


def test_two_saves_within_a_second_end_at_the_second(preview: Preview, tab: Page) -> None:
    tab.goto(preview.address + "ar/stories/canal.html")
    preview.save("canal.txt", "عنوان أول عابر للقناة")
    time.sleep(0.3)
    preview.save("canal.txt", "عنوان أخير باق للقناة")
    tab.get_by_role("heading", level=1, name="عنوان أخير").wait_for(timeout=40_000)


def test_a_page_that_was_opened_before_a_build_and_calls_after_it_is_told_of_it(preview: Preview, tab: Page) -> None:
    def late(route: Route) -> None:
        preview.save("canal.txt", "قناة أنجزت في أثناء التحميل")
        until = time.monotonic() + 40
        while "قناة أنجزت".encode() not in preview.get("/briefs/en/stories/canal.html")[1]:
            assert time.monotonic() < until
            time.sleep(0.2)
        route.continue_()

    tab.route("**/livereload.js", late, times=1)
    tab.goto(preview.address + "ar/stories/canal.html")
    tab.get_by_role("heading", level=1, name="قناة أنجزت").wait_for(timeout=40_000)


def test_a_new_file_in_a_new_folder_becomes_a_story(preview: Preview, tab: Page) -> None:
    tab.goto(preview.address + "ar/index.html")
    (preview.site / "content" / "articles" / "2026" / "january").mkdir(parents=True)
    preview.save("2026/january/second-canal.txt", "قناة ثانية تصل إلى بخارى", OTHER)
    tab.get_by_role("link", name="قناة ثانية").first.wait_for(timeout=40_000)


def test_templates_that_are_made_while_it_runs_are_used(preview: Preview, tab: Page) -> None:
    tab.goto(preview.address + "ar/index.html")
    (preview.site / "templates").mkdir()
    page = (ROOT / "templates" / "home.html").read_text("utf-8")
    told = page.replace("{% block main %}", "{% block main %}<p>كلمة المحرر</p>", 1)
    assert told != page
    (preview.site / "templates" / "home.html").write_text(told, "utf-8")
    tab.get_by_text("كلمة المحرر").wait_for(timeout=40_000)


def test_a_cache_that_is_removed_while_it_runs_is_made_again(preview: Preview, tab: Page) -> None:
    tab.goto(preview.address + "ar/index.html")
    shutil.rmtree(preview.site / ".cache", ignore_errors=True)  # the preview may put a folder back meanwhile
    with suppress(Error):  # the preview may be reloading the tab at this very moment
        tab.reload()
    tab.get_by_role("link", name="قناة جديدة").first.wait_for(timeout=40_000)
    assert preview.status("/briefs/ar/stories/canal.html") == 200


def test_a_mistake_in_the_settings_is_shown_and_its_mending_too(preview: Preview, tab: Page) -> None:
    tab.goto(preview.address + "ar/index.html")
    settings = preview.site / "site.toml"
    before = settings.read_text("utf-8")
    settings.write_text(f'{before}\n[nonsense-{"k" * 60}]\nkey = "value"\n', "utf-8")
    tab.get_by_text("nonsense").first.wait_for(timeout=40_000)
    tab.set_viewport_size({"width": 320, "height": 800})
    tab.wait_for_function("document.documentElement.scrollWidth <= 320")  # the page may just be loading again
    settings.write_text(before, "utf-8")
    tab.get_by_role("link", name="قناة جديدة").first.wait_for(timeout=40_000)


def test_the_policy_of_the_page_lets_the_preview_work_and_reports_nothing(preview: Preview, tab: Page) -> None:
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    tab.goto(preview.address + "en/index.html")
    tab.wait_for_timeout(500)
    assert told == []


def test_a_foreign_host_name_is_refused(preview: Preview) -> None:
    assert preview.status("/briefs/en/index.html") == 200
    assert preview.status("/briefs/en/index.html", Host="evil.example") == 403
    assert preview.status("/livereload.js", Host="evil.example") == 403


def test_nothing_outside_the_site_and_no_dotfile_is_served(preview: Preview) -> None:
    for path in ("/briefs/../site.toml", "/briefs/%2e%2e/site.toml", "/briefs/.mujaz-files", "/briefs//etc/passwd"):
        assert preview.status(path) == 404


def test_pages_as_published_hold_nothing_of_the_preview(preview: Preview) -> None:
    pages = list((preview.site / ".cache" / "preview").rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text("utf-8")
        assert "livereload" not in text
        assert "ws://" not in text
