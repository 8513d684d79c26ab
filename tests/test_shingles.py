"""Shingles: what merging knows of a text, worked out for the whole text at once, is what its words say one by one."""

from __future__ import annotations

from hashlib import sha256
from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from site_src.model.fields import Found
from site_src.model.page import Article, Paragraph
from site_src.tables import table
from site_src.text.shingles import sketch, unpack

HEAD, SAMPLE = table("shingles")["head"], table("shingles")["sample"]
WORDS = st.lists(st.sampled_from(["كتب", "ماء", "في", "عام", "2025", "17", "سوق", "مدن", "b2"]), max_size=300)
"""Words that folding leaves as they are."""


def article(*paragraphs: list[str]) -> Article:
    body = tuple(Paragraph("text", " ".join(words), 1) for words in paragraphs)
    return Article("a.txt", 1, "ar", Found(), body)


def number(word: str) -> int:
    """28 bits of a word, odd where it holds a digit."""
    digit = any(map(str.isdigit, word))
    return (crc32(word.encode()) >> 5 << 1) | digit or 2


def shingles(words: list[str]) -> list[int]:
    numbers = list(map(number, words))
    if 0 < len(numbers) < 3:
        numbers = [*numbers, 0, 0][:3]
    return [a << 2 ^ b << 1 ^ c for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False)]


@given(WORDS)
def test_the_head_holds_every_three_words_in_a_row(words: list[str]) -> None:
    assert list(unpack(sketch(article(words)).head)) == shingles(words)[:HEAD]


@given(WORDS)
def test_the_sample_holds_the_shingles_that_begin_with_a_word_of_it(words: list[str]) -> None:
    begun = zip(words[:-2], shingles(words), strict=False)
    expected = {shingle for word, shingle in begun if number(word) % SAMPLE == 0}
    assert list(unpack(sketch(article(words)).sample)) == sorted(expected)


@given(WORDS, WORDS)
def test_words_figures_and_hash_are_those_of_all_paragraphs(first: list[str], second: list[str]) -> None:
    found, words = sketch(article(first, second)), first + second
    assert found.words == len(words)
    assert list(unpack(found.figures)) == sorted({number(word) for word in words if any(map(str.isdigit, word))})
    packed = b"".join(number(word).to_bytes(4, "little") for word in words)
    assert found.hash == sha256(packed).hexdigest()[:16]


def test_the_title_is_the_text_of_a_report_without_paragraphs() -> None:
    first, second = (Article("a.txt", 1, "ar", Found(title, "stated"), ()) for title in ("كتب ماء سوق", "مدن في عام"))
    assert sketch(first).hash == sketch(article(["كتب", "ماء", "سوق"])).hash != sketch(second).hash


def test_spans_of_a_text_shorter_than_five_words_are_its_shingles() -> None:
    for words in (["كتب"], ["كتب", "ماء"], ["كتب", "ماء", "سوق"]):
        assert list(unpack(sketch(article(words)).keys)) == sorted(shingles(words))
