"""The attacks of the table in a real browser: no script runs, no request leaves, the document is what we wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import support_hostile as support
from playwright.sync_api import Browser, Page
from support_serving import serve_folder

TOGETHER = 20
LOOK = """async paths => {
  const wrong = [];
  for (const path of paths) {
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html');
    for (const element of page.querySelectorAll('*')) {
      const name = element.localName, ours = element.namespaceURI.endsWith('xhtml') || element.closest('svg');
      if (!ours || /^(iframe|object|embed|base|style|math|form|frameset|applet|portal|template|video)$/.test(name))
        wrong.push(path + ' element ' + name);
      for (const attribute of element.attributes) {
        if (/^(on|style$|srcdoc$|formaction$|action$|srcset$|background$|poster$|ping$|xlink)/i.test(attribute.name))
          wrong.push(path + ' attribute ' + attribute.name);
        if (/^(href|src)$/.test(attribute.name)) {
          const to = new URL(attribute.value, location.origin + '/' + path);
          if (!/^(https?|mailto):$/.test(to.protocol)) wrong.push(path + ' address ' + attribute.value);
          if (element.localName !== 'a' && element.localName !== 'link' && to.host !== location.host
              && to.host !== 'example.org') wrong.push(path + ' loads ' + attribute.value);
        }
      }
    }
  }
  return wrong;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    attacks = support.payloads()
    words = [" ".join(attacks[start : start + TOGETHER]) for start in range(0, len(attacks), TOGETHER)]
    places = support.built(tmp_path_factory.mktemp("attacked"), words)
    with serve_folder(places.out) as address:
        yield address, places.out


@pytest.fixture
def watched(browser: Browser, site: tuple[str, Path]) -> Iterator[tuple[Page, list[str]]]:
    """A tab, and all that it did which none of our pages does."""
    context = browser.new_context()
    tab, told = context.new_page(), list[str]()
    tab.on("dialog", lambda dialog: (told.append(f"dialog {dialog.message}"), dialog.dismiss()))
    tab.on("pageerror", lambda error: told.append(f"script error {error}"))
    tab.on("console", lambda line: told.append(line.text) if line.type in ("error", "warning") else None)
    tab.on("request", lambda asked: None if asked.url.startswith(site[0]) else told.append(f"asked {asked.url}"))
    yield tab, told
    context.close()


def pages_of(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))


def test_the_browser_reads_every_attacked_page_as_we_wrote_it(
    watched: tuple[Page, list[str]], site: tuple[str, Path]
) -> None:
    tab, told = watched
    paths = pages_of(site[1])
    assert len(paths) > 100
    tab.goto(site[0] + "en/about/index.html")
    assert tab.evaluate(LOOK, ["/" + path for path in paths]) == []
    assert told == []


def test_no_attack_runs_and_no_request_leaves(watched: tuple[Page, list[str]], site: tuple[str, Path]) -> None:
    tab, told = watched
    pages = [path for path in pages_of(site[1]) if path != "404.html"]
    for path in [*pages[:: max(1, len(pages) // 20)], "index.html", "en/about/index.html"]:
        tab.goto(site[0] + path)
        assert tab.evaluate("window.canary") is None
    assert told == []


def test_the_browser_test_would_see_an_attack(watched: tuple[Page, list[str]], site: tuple[str, Path]) -> None:
    """The alarm itself is tested: a page without our care sets it off in every way."""
    tab, told = watched
    (site[1] / "broken.html").write_text(
        "<body onload='window.canary=1'><img src=//canary.invalid/x><svg><style>*{}</style><script>alert(1)</script>",
        "utf-8",
    )
    tab.goto(site[0] + "broken.html")
    assert any("dialog" in line for line in told) and any("canary.invalid" in line for line in told)
    assert tab.evaluate("window.canary") == 1
    assert len(tab.evaluate(LOOK, ["/broken.html"])) >= 2
    (site[1] / "broken.html").unlink()
