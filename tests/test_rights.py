"""Folders of a site without rights: each is named as something to allow, never as a bug of ours."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import support_attack as attack


@pytest.fixture
def site() -> Iterator[Path]:
    """A built site that belongs to the user of the commands, who is not root."""
    folder = Path(tempfile.mkdtemp(prefix="mujaz-"))
    folder.chmod(0o755)
    site = attack.make(folder / "site")
    if attack.as_nobody(site) is None:
        pytest.skip("nothing here takes root's rights away")
    attack.run(site, "build")
    for path in [site, *site.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)
    yield site
    for path in [site, *site.rglob("*")]:
        path.chmod(0o777)
    shutil.rmtree(folder)


def said(site: Path, *arguments: str) -> str:
    done = attack.run(site, *arguments, before=attack.as_nobody(site) or ())
    assert done.returncode == 1 and "bug of ours" not in done.stderr, done.stdout + done.stderr
    return done.stderr


def test_a_page_that_may_not_be_filed_is_told_with_its_folder(site: Path) -> None:
    page = site / "page.txt"
    page.write_bytes((site / "content" / "articles" / "lake.txt").read_bytes() + b"\n")
    page.chmod(0o666)
    articles = site / "content" / "articles"
    articles.chmod(0o555)
    told = said(site, "new", "article", "--from", str(page))
    assert "cannot be written (Permission denied); nothing was filed" in told and str(articles) in told


def test_a_folder_of_translations_that_may_not_be_read_is_named(site: Path) -> None:
    (site / "content/translations").chmod(0)
    told = said(site, "build")
    assert "Permission denied" in told and str(site / "content/translations") in told


def test_a_leftover_that_may_not_be_removed_is_named_and_not_the_site_alone(site: Path) -> None:
    leftover = site / "._site.mujaz-new"
    (leftover / "en").mkdir(parents=True)
    (leftover / "en" / "index.html").write_text("x", "utf-8")
    (leftover / "en").chmod(0o555)
    attack.turn(site, 1)
    assert f"cannot be written (Permission denied: {leftover})" in said(site, "build")
