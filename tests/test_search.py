"""The index of the search and the page that asks it, as files; what a browser does with them is told elsewhere."""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import support_search as support
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.cli import main
from site_src.errors import MujazError
from site_src.model.output import Page, Passage, SearchEntry
from site_src.search import make_index
from site_src.search.cbor import decode, encode
from site_src.text.fold import fold

pytest.importorskip("pagefind", reason="search tests NOT RUN: Pagefind is not installed")


@pytest.fixture(scope="module")
def site() -> dict[str, Page]:
    return support.build()


def unpacked(page: Page) -> bytes:
    return gzip.decompress(page.content).removeprefix(b"pagefind_dcd")


def results(site: dict[str, Page], code: str = "ar") -> dict[str, Any]:
    """What the index has to show of each story, by slug."""
    files = [page for path, page in site.items() if path.startswith(f"search/{code}/fragment/")]
    found = [json.loads(unpacked(page)) for page in files]
    return {one["meta"]["slug"]: one for one in found}


def test_every_story_is_in_the_index_of_each_language(site: dict[str, Page]) -> None:
    slugs = {of.story.slug for of, _ in support.stories()}
    assert set(results(site, "ar")) == set(results(site, "en")) == slugs


def test_the_index_holds_folded_words_and_shows_the_words_as_they_were_written(site: dict[str, Page]) -> None:
    words = b"".join(unpacked(page) for path, page in site.items() if path.startswith("search/ar/index/"))
    assert fold("الأوروبيّة") != "الأوروبيّة"
    assert not re.search("[\u064b-\u0652أإآةى]", words.decode("utf-8", "replace"))
    assert "القِمَّة الأوروبيّة تبحث أمن الطاقة" in json.dumps(results(site)["summit"], ensure_ascii=False)


def test_the_index_counts_words_as_the_page_does(site: dict[str, Page]) -> None:
    for code in support.LANGUAGES:
        for story in results(site, code).values():
            assert story["word_count"] == sum(passage["words"] for passage in story["meta"]["passages"])


def test_a_name_is_found_by_its_forms_in_both_scripts_although_nothing_is_translated(site: dict[str, Page]) -> None:
    names = [one for one in results(site)["visit"]["meta"]["passages"] if one["kind"] == "name"]
    assert [run[2] for run in names[0]["runs"]] == ["Kassym-Jomart Tokayev", "قاسم جومارت توكاييف"]
    assert names[0]["words"] > sum(len(run[2].split()) for run in names[0]["runs"]), "other spellings find it too"


def test_foreign_text_is_text_in_a_result(site: dict[str, Page]) -> None:
    told = support.story("evil", "<img src=x onerror=alert(1)> عنوان", "جملة <script>alert(1)</script> كاملة.")
    cards = results(support.build([told]))["evil"]["meta"]["cards"]
    assert all("<img" not in card and "&lt;" in card for card in cards.values())
    assert "&lt;b&gt;" not in "".join(results(site)["grain"]["meta"]["cards"].values()), "a card shows no sentence"


def test_two_builds_give_the_same_bytes(site: dict[str, Page]) -> None:
    assert support.build() == site


def test_without_the_index_the_search_page_is_its_lists() -> None:
    plain = support.build(search=False)
    assert not [path for path in plain if path.startswith("search/")]
    for code in support.LANGUAGES:
        page = plain[f"{code}/search/index.html"].content.decode()
        assert "<form" not in page and "search.js" not in page and "wasm" not in page
        assert "topics/energy/index.html" in page and "archive/index.html" in page


def test_only_the_search_page_may_run_webassembly(site: dict[str, Page]) -> None:
    allowed = {path for path, page in site.items() if path.endswith(".html") and b"wasm-unsafe-eval" in page.content}
    assert allowed == {"en/search/index.html", "ar/search/index.html"}


def test_filters_offer_what_there_is(site: dict[str, Page]) -> None:
    page = site["en/search/index.html"].content.decode()
    offered = {name: re.findall(r'<option value="([^"]+)"', choices)
               for name, choices in re.findall(r'<select id="by-\w+" name="(\w+)">(.*?)</select>', page)}  # fmt: skip
    assert offered == {
        "topic": ["central-asia", "energy"], "source": ["صحيفة المساء", "وكالة الأنباء"],
        "month": ["2025-11", "2025-10", "undated"], "state": ["pending", "machine", "authors"],
    }  # fmt: skip
    assert '<option value="وكالة الأنباء" lang="ar" dir="rtl">' in page
    assert '<option value="وكالة الأنباء">' in site["ar/search/index.html"].content.decode()


def test_nothing_of_another_program_is_shipped_that_the_page_does_not_load(site: dict[str, Page]) -> None:
    there = {path.split("/")[2] for path in site if path.startswith("search/en/")}
    plain = {name for name in there if not name.endswith(".pf_meta")}
    assert plain == {"filter", "fragment", "index", "pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"}


def test_an_index_of_no_story_is_no_index() -> None:
    assert not [path for path in support.build([]) if path.startswith("search/")]


def test_a_language_that_pagefind_cannot_stem_has_an_index_all_the_same() -> None:
    entry = SearchEntry("قصة 1%41", (Passage("title", (("ar", "rtl", "عنوان"),)),), (("topic", 'a "b", c: d'),), ())
    site = {page.path: page for page in make_index([entry], ("xx-Dummy", "ar"))}
    assert "search/xx-Dummy/wasm.unknown.pagefind" in site and "search/ar/wasm.ar.pagefind" in site
    assert set(results(site, "xx-Dummy")) == set(results(site, "ar")) == {"قصة 1%41"}


def test_missing_pagefind_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind.service", None)
    with pytest.raises(MujazError, match=r"run .*pip install 'pagefind\[bin\]'"):
        support.build()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of one page that has menu and teasers around its article."""
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    (articles / "port.txt").write_text(
        "الرئيسية\nافتتاح الميناء الجديد في المدينة الساحلية\nتاريخ النشر: 8 نوفمبر 2025\n\n"
        "افتتح الوزير الميناء الجديد يوم السبت بحضور مئات العمال والمهندسين من المدينة.\n\n"
        "وقال الوزير إن الميناء سيستقبل عشرين سفينة كل يوم بعد اكتمال الأرصفة الشرقية.\n\n"
        "اقرأ أيضا\nشاهد الفيديو\nتابعونا على فيسبوك\n",
        "utf-8",
    )
    (tmp_path / "content" / "names.toml").write_text("", "utf-8")
    (tmp_path / "site.toml").write_text('[site]\nunsorted = "site"\n', "utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> set[str]:
    out = folder / "_site"
    code = main(["build", "--frozen", "--quiet", "--config", str(folder / "site.toml"), "--out", str(out), *options])
    assert code == 0
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_the_index_belongs_to_the_site_and_goes_with_a_build_that_makes_none(folder: Path) -> None:
    with_index = run(folder, "--search")
    listed = set((folder / "_site/.mujaz-files").read_text("utf-8").splitlines())
    assert with_index - {".mujaz-files"} == listed and "search/ar/pagefind.js" in listed
    again = run(folder)
    assert not [path for path in again if path.startswith("search/")] and not (folder / "_site/search").exists()
    assert run(folder, "--search") == with_index


def test_what_is_no_part_of_the_article_is_not_indexed(folder: Path) -> None:
    run(folder, "--search")
    chunks = (folder / "_site/search/ar/index").glob("*")
    words = b"".join(gzip.decompress(chunk.read_bytes()) for chunk in chunks).decode("utf-8", "replace")
    assert "ميناء" in words and "فيسبوك" not in words and "فيديو" not in words


values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**64 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=30),
    max_leaves=60,
)


@settings(deadline=None)
@given(values)
def test_a_packed_list_is_read_as_it_was_written(value: Any) -> None:
    assert decode(encode(value)) == value


@pytest.mark.parametrize("packed", [b"\x20", b"\xa0", b"\x9f\xff", b"\x01\x01", b"\xfb" + bytes(8)])
def test_a_packed_list_of_another_kind_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"read|follow"):
        decode(packed)
