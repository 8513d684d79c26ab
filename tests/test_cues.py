"""What one look-up for each run between two spaces says of a line is what searching the line itself would say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.parse.blocks import Block, Blocks
from site_src.parse.cues import (
    DIVIDER,
    JUNCTION,
    PHRASE,
    TOUCHES,
    UNUSUAL,
    all_cues,
    cues_of,
    seam_phrases,
    split_by_line,
)
from site_src.parse.lines import join_lines, lines_of
from site_src.text.fold import fold, fold_everyday

PIECES = [
    "قال",
    "الوزير.وأضاف",
    "»«",
    "شارك",
    "على",
    "تابع:",
    "12",
    "A",
    "ـ",
    "—",
    "\u064b",
    "\u00a0",
    "x)y",
    '"',
    ".",
    ":",
    "",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), min_size=1, max_size=12).map(" ".join)
one_line = texts.map(lambda text: text.replace("\n", ""))


@given(st.lists(one_line, min_size=1, max_size=6))
def test_a_page_looked_up_as_a_whole_says_of_each_line_what_the_line_alone_says(lines: list[str]) -> None:
    assert split_by_line(cues_of(DIVIDER.join(lines))) == [cues_of(line) for line in lines]


@given(texts)
def test_a_place_where_words_of_two_texts_touch_is_never_missed_nor_invented(text: str) -> None:
    assert bool(all_cues(cues_of(text)) & TOUCHES) == (JUNCTION.search(text) is not None)


@given(one_line)
def test_a_text_without_an_unusual_run_is_everyday(text: str) -> None:
    assert bool(all_cues(cues_of(text)) & UNUSUAL) == (fold_everyday(text) is None)


@pytest.mark.parametrize("phrase", [phrase for phrases in seam_phrases().values() for phrase in phrases])
@pytest.mark.parametrize("around", ["{}", "قال الوزير{} عن", "«{}:", "انتهى. {} المزيد"])
def test_every_phrase_that_may_be_glued_is_told_by_its_runs(phrase: str, around: str) -> None:
    text = around.format(phrase)
    if not seam_phrases().keys().isdisjoint(text.replace(":", " ").split()):
        assert all_cues(cues_of(text)) & PHRASE


@given(st.lists(one_line, min_size=1, max_size=4))
def test_lines_made_one_paragraph_are_folded_and_known_as_their_text_is(page: list[str]) -> None:
    lines = lines_of(Blocks(tuple(Block(text, 1) for text in page)))
    if lines:
        whole = join_lines(lines)
        assert whole.plain == fold(whole.text)
        assert whole.cues == all_cues(cues_of(whole.text))
