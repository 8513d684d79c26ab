"""Indexes a generated publication and measures what a browser loads for a question, uncompressed, in an empty cache.

    python benchmarks/search.py --stories 10000

Needs Pagefind, Playwright and a Chromium. The publication is that of `benchmarks/render.py`. "page" is the search page
with its style and script; "question" all that is loaded after it to show the first ten results.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import process_time
from urllib.parse import quote

sys.path.append(str(Path(__file__).parent.parent))

from render import ROOT, publication, settings

from site_src.model.output import each_recipe
from site_src.render import render
from site_src.search import make_index
from site_src.text.names import NameBook

QUESTIONS = ("الوزير", "وزاره الطاقه", "اتفاق", "ministry", "Tuesday", "percent", "work 2024")
SHOWN = 10
"""Results that the page shows at once; every question here has more."""
FILTERS = ("", "&month=2024-05", "&state=machine")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


def write(stories: int, folder: Path) -> tuple[int, int, float]:
    """Write the search page and the index of a publication to `folder`: (files and bytes of the index, CPU seconds)."""
    site, facts = publication(stories)
    index = partial(make_index, languages=("en", "ar"))
    count, size, start = 0, 0, process_time()
    book = NameBook.build(site.names)
    for recipe in each_recipe(render(site, settings(), book, facts, (ROOT / "templates",), {}, index)):
        page = recipe.page
        if page.path.startswith(("search/", "assets/")) or page.path.endswith("/search/index.html"):
            (folder / page.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / page.path).write_bytes(page.content)
            in_index = page.path.startswith("search/")
            count, size = count + in_index, size + in_index * len(page.content)
    return count, size, process_time() - start


def main() -> None:
    """Print what each question loads."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=10_000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        count, size, seconds = write(options.stories, Path(folder))
        print(f"{options.stories} stories: {count} files, {size / 1e6:.1f} MB; {seconds:.1f} s CPU with the pages")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        Thread(target=server.serve_forever, daemon=True).start()
        ask(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


def ask(address: str) -> None:
    """Ask each question in a fresh browser context and print what it loads."""
    from playwright.sync_api import expect, sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for words, choice in [*((words, "") for words in QUESTIONS), *((QUESTIONS[0], choice) for choice in FILTERS)]:
            page = browser.new_context().new_page()
            sizes: list[tuple[str, int]] = []
            page.on("response", lambda response, sizes=sizes: sizes.append((response.url, len(response.body()))))
            page.goto(f"{address}ar/search/index.html?q={quote(words)}{choice}")
            expect(page.locator("#count")).to_have_text(re.compile(r"\d"), timeout=60_000)
            expect(page.locator(".hits > li")).to_have_count(SHOWN, timeout=60_000)
            index = [size for url, size in sizes if "/search/" in url and not url.split("?")[0].endswith(".html")]
            rest = sum(size for _, size in sizes) - sum(index)
            print(f"{words}{choice}: page {rest / 1000:.0f} KB, question {sum(index) / 1000:.0f} KB "
                  f"in {len(index)} files; {page.locator('#count').inner_text()}", flush=True)  # fmt: skip
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
