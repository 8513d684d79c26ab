"""Nothing that stands in a file may raise: any bytes, any markup, any header, through every format to its articles."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_src.model.page import ParsedPage, RawPage
from site_src.parse import blocks_of, parse_page
from site_src.parse.blocks import Blocks
from site_src.read import decode

TAGS = "p /p div /div article /article h1 /h1 h2 br table tr td /td ul li blockquote aside nav form pre /span svg title"
PIECES = [f"<{tag}>" for tag in TAGS.split()] + [
    "<a href=1>", "</a>", "<span hidden>", "<time datetime=2025>", "<script type='application/ld+json'>", "</script>",
    '{"@type":"Article"', "}", "<!--", "-->", "<![CDATA[", "&#xD800;", "&amp", "\0", "<", "---\n", "+++\n",
    'a = "b"\n', "# ", "> ", "- ", "| أ | ب |\n", "|---|\n", "```\n", "![", "](", "**", "\n\n", "\u200f", "\ufffd",
    "title: س\n", "أعلن الوزير في المؤتمر أن العمل سيبدأ قريبا. ", "اقرأ أيضا: ", "المصدر: وكالات\n", "8 نوفمبر 2025\n",
]  # fmt: skip
MARKS = [
    "<", "<a ", "&", "<!--", "[", "*", "`", "![](", "> a\n", "- a\n", "|a|\n", "_a", "---\n", "\n",
    "<table", "<h1>", "<a b\n", " %% ", "[[", "[a](b(", "{\n", "\n+-", "a\n=\n",
]  # fmt: skip
FILES = ["a.txt", "a.md", "a.html", "a.mht", "a"]
soup = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join)
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def parsed(raw: bytes, file: str) -> None:
    page = decode(file, raw)
    if isinstance(page, RawPage):
        blocks = blocks_of(page)
        lines = page.text.count("\n") + 1
        assert all(block.text and block.line >= 1 for block in blocks.blocks)
        assert page.format == "mhtml" or all(block.line <= lines for block in blocks.blocks)
        assert isinstance(parse_page(page, ("ar",)), ParsedPage)


@calm
@given(st.binary(max_size=300), st.sampled_from(FILES))
def test_any_bytes_give_a_parsed_page_or_a_problem(raw: bytes, file: str):
    parsed(raw, file)


@calm
@given(soup, st.sampled_from(FILES), st.sampled_from(["utf-8", "utf-16", "cp1256"]))
def test_any_soup_of_markup_is_read(text: str, file: str, codec: str):
    parsed(text.encode(codec, "replace"), file)


@calm
@given(soup)
def test_any_soup_inside_mhtml_is_read(text: str):
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    parsed(head + b"--b\r\nContent-Type: text/html\r\n\r\n" + text.encode("utf-8", "replace"), "a.mht")


@calm
@given(st.data())
def test_a_real_page_damaged_anywhere_is_read(data: st.DataObject):
    sources = sorted(Path(__file__).parent.glob("pages/*/source.*"))
    raw = bytearray(data.draw(st.sampled_from(sources)).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=12)):
        raw[place] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(raw) // 2))
    parsed(bytes(raw[start : data.draw(st.integers(start, len(raw)))]), data.draw(st.sampled_from(FILES)))


@pytest.mark.parametrize("piece", MARKS)
@pytest.mark.parametrize("file", ["a.html", "a.md"])
def test_a_hundred_thousand_marks_in_a_row_are_read(piece: str, file: str):
    page = RawPage(file, "html" if file == "a.html" else "markdown", "utf-8", "نص " + piece * 100_000)
    assert isinstance(blocks_of(page), Blocks)
