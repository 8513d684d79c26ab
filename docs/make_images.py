"""Make the pictures of `docs/images` anew: build the shipped site and the example site, photograph them with Chromium.

    python docs/make_images.py

Needs the test tools (playwright) and an installed Chromium or Chrome. Pages are opened from the folder, without a
server; nothing is downloaded. Long pages are cut so that no picture weighs more than 250 KB. The example site gives
what the shipped one does not have: states of a translation that is not approved.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Picture(NamedTuple):
    """What to photograph: `name` is that of the file."""

    name: str
    page: str
    width: int
    scheme: str
    height: int
    """Of the picture; 0 is the whole page."""
    site: str = "site.toml"
    """The site that holds the page, by its settings."""


STORY = "stories/white-house-summit-and-orban/index.html"
TOPIC = "topics/central-asia/index.html"
PICTURES = (
    Picture("home-en-1280-light", "en/index.html", 1280, "light", 1050),
    Picture("home-ar-1280-light", "ar/index.html", 1280, "light", 1050),
    Picture("home-ar-375-dark", "ar/index.html", 375, "dark", 2000),
    Picture("story-en-1280-light", f"en/{STORY}", 1280, "light", 1000),
    Picture("story-ar-1280-dark", f"ar/{STORY}", 1280, "dark", 950),
    Picture("story-ar-375-dark", f"ar/{STORY}", 375, "dark", 2000),
    Picture("story-en-375-light", f"en/{STORY}", 375, "light", 2000),
    Picture("topic-en-1280-dark", f"en/{TOPIC}", 1280, "dark", 1000),
    Picture("topic-ar-375-light", f"ar/{TOPIC}", 375, "light", 2000),
    Picture("names-en-1280-light", "en/names/index.html", 1280, "light", 0),
    Picture("name-ar-1280-dark", "ar/names/tokayev/index.html", 1280, "dark", 0),
    Picture("archive-en-375-dark", "en/archive/index.html", 375, "dark", 0),
    Picture("changes-ar-375-light", "ar/changes/index.html", 375, "light", 0),
    Picture("search-en-1280-dark", "en/search/index.html", 1280, "dark", 0),
    Picture("about-ar-1280-light", "ar/about/index.html", 1280, "light", 1250),
    Picture("door-1280-light", "index.html", 1280, "light", 0),
    Picture("missing-375-dark", "404.html", 375, "dark", 0),
)
EXAMPLE = "examples/demo/site.toml"
STATES = (
    Picture("demo-home-en-1280-light", "en/index.html", 1280, "light", 1050, EXAMPLE),
    Picture("demo-pending-en-1280-light", "en/stories/hungary-gas-stores/index.html", 1280, "light", 900, EXAMPLE),
    Picture("demo-withheld-en-1280-dark", "en/stories/oil-exemption/index.html", 1280, "dark", 1100, EXAMPLE),
    Picture("demo-machine-ar-1280-light", "ar/stories/water-summit/index.html", 1280, "light", 900, EXAMPLE),
    Picture("demo-stale-en-375-light", "en/stories/tashkent-textile-forum/index.html", 375, "light", 1300, EXAMPLE),
    Picture("demo-noted-en-1280-light", "en/stories/dam-and-village/index.html", 1280, "light", 1250, EXAMPLE),
    Picture("demo-changes-en-1280-dark", "en/changes/index.html", 1280, "dark", 0, EXAMPLE),
)
PRINTS = (("print-story-en", f"en/{STORY}"), ("print-story-ar", f"ar/{STORY}"), ("print-home-en", "en/index.html"))


def main() -> int:
    """Build, photograph, print; gives 1 where no browser is installed."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("No Chromium or Chrome is installed: the pictures stay as they are.", file=sys.stderr)
        return 1
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        sites = {settings: built(settings, Path(folder) / str(n)) for n, settings in enumerate(("site.toml", EXAMPLE))}
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for picture in (*PICTURES, *STATES):
            photograph(started, sites[picture.site], picture)
        for name, page in PRINTS:
            print_page(started, sites["site.toml"], name, page)
        started.close()
    return 0


def built(settings: str, site: Path) -> Path:
    """The folder `site`, into which the site of these settings was built."""
    how = ("--config", str(ROOT / settings), "--frozen", "--quiet", "--out", str(site))
    subprocess.run([sys.executable, str(ROOT / "build.py"), *how], check=True)
    return site


def photograph(browser: Browser, site: Path, picture: Picture) -> None:
    """One picture of one page."""
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height or 800})
    page.emulate_media(color_scheme="dark" if picture.scheme == "dark" else "light")
    page.goto((site / picture.page).as_uri())
    page.screenshot(path=OUT / f"{picture.name}.png", full_page=not picture.height)
    page.close()


def print_page(browser: Browser, site: Path, name: str, path: str) -> None:
    """The first sheet of a page as it is printed on A4; needs `pdftoppm`, and is left out without."""
    if not shutil.which("pdftoppm"):
        print(f"pdftoppm is not installed: {name} stays as it is.", file=sys.stderr)
        return
    page = browser.new_page()
    page.goto((site / path).as_uri())
    pdf = page.pdf(format="A4")
    page.close()
    subprocess.run(["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-singlefile", "-png", "-", OUT / name],
                   input=pdf, check=True)  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
