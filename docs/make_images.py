"""Make the pictures of `docs/images` anew: build the shipped site and the example site, photograph them with Chromium.

    python docs/make_images.py

Needs the test tools (playwright) and an installed Chromium or Chrome. Pages are opened from the folder, the desk in a
preview of its own; nothing is downloaded. Each picture is shown by a page of the documentation, and none weighs more
than 250 KB. The example site gives what the shipped one does not have: states of a translation that is not approved.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "images"
PORT = 8137
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Picture(NamedTuple):
    """What to photograph: `name` is that of the file."""

    name: str
    page: str
    width: int
    height: int
    scheme: str = "light"


STORY = "stories/white-house-summit-and-orban.html"
SHIPPED = (
    Picture("story-en-1280-light", f"en/{STORY}", 1280, 1000),
    Picture("story-ar-1280-dark", f"ar/{STORY}", 1280, 950, "dark"),
    Picture("home-en-1280-light", "en/index.html", 1280, 1050),
    Picture("home-ar-375-dark", "ar/index.html", 375, 1000, "dark"),
)
WITHHELD = "en/stories/oil-exemption.html"
EXAMPLE = (Picture("demo-withheld-en-1280-light", WITHHELD, 1280, 1100),)
DESK = Picture("desk-en-1280-light", WITHHELD, 1280, 800)


def main() -> int:
    """Build and photograph; gives 1 where no browser is installed."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("No Chromium or Chrome is installed: the pictures stay as they are.", file=sys.stderr)
        return 1
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for pictures, settings in ((SHIPPED, ROOT / "site.toml"), (EXAMPLE, ROOT / "examples/demo/site.toml")):
            site = built(settings, Path(folder) / settings.parent.name)
            for picture in pictures:
                photograph(started, site.as_uri(), picture)
        with previewed(shutil.copytree(ROOT / "examples/demo", Path(folder) / "desk")) as address:
            photograph(started, address, DESK, opened="#s2")
        started.close()
    return 0


def built(settings: Path, site: Path) -> Path:
    """The folder `site`, into which the site of these settings was built."""
    how = ("--config", str(settings), "--frozen", "--quiet", "--out", str(site))
    subprocess.run([sys.executable, str(ROOT / "build.py"), *how], check=True)
    return site


@contextmanager
def previewed(site: Path) -> Iterator[str]:
    """The address of a preview of the site in a folder."""
    how = ("serve", "--config", str(site / "site.toml"), "--port", str(PORT))
    process = subprocess.Popen([sys.executable, str(ROOT / "build.py"), *how], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{PORT}"
    try:
        while process.poll() is None and not answers(address):
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


def answers(address: str) -> bool:
    """Whether a page is served there already."""
    try:
        return bool(urlopen(address).read())
    except URLError:
        return False


def photograph(browser: Browser, site: str, picture: Picture, opened: str = "") -> None:
    """One picture of one page of a site, on which the sentence `opened` is being edited."""
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
    page.emulate_media(color_scheme="dark" if picture.scheme == "dark" else "light")
    page.goto(f"{site}/{picture.page}")
    if opened:
        page.locator(f"{opened} .desk-mark").click()
        page.wait_for_load_state("networkidle")
        page.locator(opened).evaluate("pair => pair.scrollIntoView()")
    page.screenshot(path=OUT / f"{picture.name}.png")
    page.close()


if __name__ == "__main__":
    raise SystemExit(main())
