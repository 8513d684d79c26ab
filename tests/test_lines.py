"""Lines of a page: their text as it is shown, and folded."""

from __future__ import annotations

from functools import cache

import pytest

from site_src.parse.blocks import Block, Blocks
from site_src.parse.lines import lines_of
from site_src.text.clean import shown
from site_src.text.fold import fold, fold_everyday


@cache
def everyday() -> tuple[str, ...]:
    """Every character that everyday Arabic text may have."""
    letters = (chr(number) for number in range(0x110000) if not 0xD800 <= number < 0xE000)
    return tuple(letter for letter in letters if fold_everyday(letter) is not None)


def test_of_everyday_text_only_the_no_break_space_and_double_spaces_are_not_shown_as_they_stand() -> None:
    changed = [letter for letter in everyday() if shown(f"ب{letter}ب")[0] != f"ب{letter}ب"]
    assert changed == ["\u00a0"]


def test_everyday_text_folds_as_any_other() -> None:
    not_everyday = "\u200f"
    assert fold_everyday(not_everyday) is None and fold(not_everyday) == ""
    assert [fold_everyday(letter) for letter in everyday()] == [fold(letter + not_everyday) for letter in everyday()]


@pytest.mark.parametrize("odd", ["", "\u00a0", "  ", "\u200f", "\ufefb", "A", "\u064b", "٣"])
def test_each_block_with_text_is_a_line_as_shown_and_folded_whatever_else_stands_on_the_page(odd: str) -> None:
    texts = ["أعلنت الوزارة", "", f"بدء{odd}العمل", "سطر\nثان", "في المدينة."]
    lines = lines_of(Blocks(tuple(Block(text, number) for number, text in enumerate(texts, 1))))
    assert [line.line for line in lines] == [1, 3, 4, 5]
    for line, text in zip(lines, filter(None, texts), strict=True):
        assert (line.text, line.repairs) == shown(text)
        assert line.plain == fold(line.text).replace("\n", " ")
