"""Where the articles of a page begin, as an editor says it at the desk: written as by hand, and taken back."""

import tomllib
from pathlib import Path

import pytest
from support_desk import BANK, BANK_TITLE, CANAL, TITLE, desk_of
from support_site import empty_site

from site_src.serve.articles import editing
from site_src.serve.articles.editing import RefusedError
from site_src.serve.articles.paragraphs import passages
from site_src.serve.articles.splits import splits_mark
from site_src.serve.desk import Desk

THIRD = ("قطار جديد بين أستانا وألماتي", *(line.replace("قناة", "سكة").replace("القناة", "السكة") for line in CANAL))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    empty_site(tmp_path)
    return desk_of(tmp_path)


def save_page(desk: Desk, *lines: str) -> None:
    (desk.places.articles / "page.txt").write_text("\n\n".join(lines) + "\n", "utf-8")


def titles(desk: Desk) -> list[str | None]:
    page = editing.page_of(desk, "page.txt")
    return [article.title.value for article in page.read(page.raw.header).articles]


def begin(desk: Desk, words: str) -> None:
    page = editing.page_of(desk, "page.txt")
    one = next(one for one in passages(page.read(page.raw.header)) if one.text.startswith(words))
    editing.set_paragraph(desk, "page.txt", one.line, one.mark, "begin")


def state(desk: Desk, *, one_article: bool) -> None:
    page = editing.page_of(desk, "page.txt")
    editing.set_splits(desk, "page.txt", splits_mark(page.read(page.raw.header)), one_article)


def written(desk: Desk) -> object:
    return tomllib.loads((desk.places.articles / "page.toml").read_text("utf-8")).get("split")


def test_a_further_article_begins_where_the_editor_says(desk: Desk) -> None:
    save_page(desk, TITLE, *CANAL, BANK_TITLE, *BANK)
    assert titles(desk) == [TITLE]
    begin(desk, BANK_TITLE)
    assert titles(desk) == [TITLE, BANK_TITLE]
    assert written(desk) == [" ".join(BANK_TITLE.split()[:4])]
    assert not {one.code for one in desk.opened.problems} & {"second-article", "editors-word"}
    desk.undo()
    assert titles(desk) == [TITLE]


def test_what_the_rules_found_still_begins_when_a_further_beginning_is_named(desk: Desk) -> None:
    save_page(desk, TITLE, "3 مارس 2026", *CANAL, BANK_TITLE, "4 مارس 2026", *BANK, *THIRD)
    assert titles(desk) == [TITLE, BANK_TITLE]
    begin(desk, THIRD[0])
    assert titles(desk) == [TITLE, BANK_TITLE, THIRD[0]]


def test_a_page_is_one_article_or_is_left_to_the_rules_again(desk: Desk) -> None:
    save_page(desk, TITLE, "3 مارس 2026", *CANAL, BANK_TITLE, "4 مارس 2026", *BANK)
    state(desk, one_article=True)
    assert titles(desk) == [TITLE] and written(desk) is False
    state(desk, one_article=False)
    assert titles(desk) == [TITLE, BANK_TITLE] and written(desk) is None


def test_a_beginning_that_leaves_no_article_is_refused(desk: Desk) -> None:
    save_page(desk, TITLE, *CANAL)
    with pytest.raises(RefusedError, match="paragraph_stays"):
        begin(desk, CANAL[0])
    assert not (desk.places.articles / "page.toml").exists()


def test_nothing_is_written_for_a_page_that_changed_since_it_was_shown(desk: Desk) -> None:
    save_page(desk, TITLE, *CANAL, BANK_TITLE, *BANK)
    page = editing.page_of(desk, "page.txt")
    mark = splits_mark(page.read(page.raw.header))
    save_page(desk, TITLE, *CANAL)
    with pytest.raises(RefusedError, match="said_paragraph_conflict"):
        editing.set_splits(desk, "page.txt", mark, one_article=True)
