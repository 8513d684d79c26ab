"""A real browser on the built site, over HTTP below a sub-path; no request may leave the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import support_publication as support
from support_serving import serve_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync")  # fmt: skip


def installed() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ours = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if installed() is None:
        terminalreporter.write_line("browser tests NOT RUN: no Chromium or Chrome is installed", red=True)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site in a folder."""
    out = tmp_path_factory.mktemp("site") / "briefs"
    support.write(out, support.build(chosen=support.settings(base_url='""')))
    return out


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The site below a sub-path of a local server."""
    with serve_folder(folder.parent) as address:
        yield f"{address}briefs/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each module: while it runs, the thread of the tests has a loop of events, which others bring along."""
    path = installed()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("browser tests NOT RUN: no Chromium or Chrome is installed")
        pytest.skip("browser tests NOT RUN: no Chromium or Chrome is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()
