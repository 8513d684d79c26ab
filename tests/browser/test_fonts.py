"""The face that a site ships, as a browser uses it: loaded from the site alone, and joined as the script demands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import support_publication as support
from playwright.sync_api import Browser, Page
from support_serving import serve_folder

pytest.importorskip("fontTools", reason="font tests NOT RUN: the extra `font` is not installed")
pytest.importorskip("pylopdf_fonts_ar", reason="font tests NOT RUN: the extra `font` is not installed")

FACE = "Noto Naskh Arabic"
JOINED = """([word, face]) => {
  const width = (text) => Object.assign(document.createElement('canvas').getContext('2d'),
    { font: `100px "${face}"` }).measureText(text).width;
  return [width(word), [...word].reduce((sum, letter) => sum + width(letter), 0)];
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site with its face."""
    out = tmp_path_factory.mktemp("fonts") / "briefs"
    support.write(out, support.build(chosen=support.settings(base_url='""', font='"noto-naskh-arabic"')))
    return out


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serve_folder(folder.parent) as address:
        yield f"{address}briefs/"


def opened(browser: Browser, url: str) -> tuple[Page, list[str], list[str]]:
    """A page, what it asked for, and what it complained of."""
    page = browser.new_context().new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(url)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page, asked, wrong


@pytest.mark.parametrize("code", ["en", "ar"])
def test_arabic_is_set_and_joined_in_the_face_of_the_site(browser: Browser, address: str, code: str) -> None:
    page, asked, wrong = opened(browser, f"{address}{code}/stories/carried.html")
    assert page.evaluate("face => document.fonts.check(`18px '${face}'`, 'كازاخستان')", FACE)
    assert page.evaluate("[...document.fonts].map((face) => [face.family, face.status])") == [[FACE, "loaded"]]
    joined, apart = page.evaluate(JOINED, ["مستقبل", FACE])
    assert 0 < joined < 0.8 * apart
    assert [url for url in asked if url.endswith(".woff2")] and all(url.startswith(address) for url in asked)
    assert wrong == []
    page.context.close()


def test_the_face_works_from_a_folder(browser: Browser, folder: Path) -> None:
    page, _, wrong = opened(browser, (folder / "ar/index.html").as_uri())
    assert page.evaluate("[...document.fonts].map((face) => face.status)") == ["loaded"]
    assert wrong == []
    page.context.close()
