"""A text reduced to a few numbers, by which its copies are found without comparing every text with every other.

Shingles are runs of three folded words, each hashed to 30 bits. The head of a text keeps all of its shingles, the
rest one in five, chosen by value: two copies keep the same ones (Broder, "On the resemblance and containment of
documents", 1997).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from zlib import crc32

from site_src.model import Article
from site_src.tables import table
from site_src.text.fold import words

_T = table("shingles")
_HEAD, _SAMPLE, _DENSE = _T["head"], _T["sample"], _T["dense"]
_OPENING: dict[str, int] = _T["opening"]
_NEAR: dict[str, float] = _T["near"]
_KINDS = frozenset(_T["kinds"])
_SIZE = 3


@dataclass(frozen=True, slots=True)
class Sketch:
    """What merging needs to know of a text, in about a kilobyte. Numbers are packed as native 32-bit unsigned."""

    hash: str
    """16 hex digits of the SHA-256 of the folded words: equal texts, whatever their lines and vowel marks."""
    words: int
    opening: int
    """How many shingles its first paragraph has, within limits."""
    head: bytes
    """Every shingle of the first words, in order."""
    sample: bytes
    """Sampled shingles of the whole text, each once, sorted."""
    figures: bytes
    """Hashes of the words that hold a digit, each once, sorted."""
    paragraphs: bytes
    """One hash for each paragraph that holds words, in order."""


def sketch(article: Article) -> Sketch:
    """The sketch of an article's body; a text without a body is known by its title."""
    paragraphs = [found for text in _body(article) if (found := " ".join(filter(None, map(_words, text.split()))))]
    whole = " ".join(paragraphs)
    flat = whole.split()
    runs = _runs(list(map(_number, flat)))
    return Sketch(
        hash=sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        words=len(flat),
        opening=_opening(paragraphs, len(runs)),
        head=pack(runs[:_HEAD]),
        sample=pack(sorted({run for run in runs if not run % _SAMPLE})),
        figures=pack(sorted({_number(word) for word in flat if not word.isalpha()})),
        paragraphs=pack(crc32(paragraph.encode("utf-8", "surrogatepass")) for paragraph in paragraphs),
    )


def _body(article: Article) -> Sequence[str]:
    body = [paragraph.text for paragraph in article.paragraphs if paragraph.kind in _KINDS]
    return body or [paragraph.text for paragraph in article.paragraphs] or [article.title.value or ""]


def _opening(paragraphs: Sequence[str], runs: int) -> int:
    """Shingles of the first paragraph; of as many as it takes where they are very short."""
    total = 0
    for paragraph in paragraphs:
        total += paragraph.count(" ") + 1
        if total >= _OPENING["least"]:
            break
    return min(max(1, total - _SIZE + 1), _OPENING["most"], runs)


@lru_cache(maxsize=1 << 16)
def _words(token: str) -> str:
    """The folded words of what stands between two spaces; remembered, for news repeats its words."""
    return " ".join(words(token))


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """A word in 28 bits, so that three of them, shifted, stay in the 30 bits that Python handles fastest."""
    return crc32(word.encode("utf-8", "surrogatepass")) >> 4


def _runs(numbers: Sequence[int]) -> list[int]:
    """A 30-bit hash of every three words in a row; one of all words where there are fewer."""
    if 0 < len(numbers) < _SIZE:
        numbers = (*numbers, 0, 0)[:_SIZE]
    return [a << 2 ^ b << 1 ^ c for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False)]


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers of 32 bits as bytes."""
    return array("I", numbers).tobytes()


def unpack(packed: bytes) -> Sequence[int]:
    """The numbers that `pack` packed, without copying them."""
    return memoryview(packed).cast("I")


def keys(of: Sketch) -> set[int]:
    """The shingles by which a copy of this text can be found: all of its first sentence, a sample of its head."""
    head = unpack(of.head)
    return {*head[: _DENSE - _SIZE + 1], *(run for run in head if not run % _SAMPLE)}


def containment(small: Sketch, large: Sketch) -> float:
    """Share of the smaller text's shingles that the larger one holds, 0 to 1.

    Every shingle counts where the head is the whole text, the sampled ones elsewhere.
    """
    if large.words <= _HEAD:
        return _share(unpack(small.head), unpack(large.head))
    if small.words <= _OPENING["most"]:
        return max(_share(unpack(small.head), unpack(large.head)), _share(unpack(small.sample), unpack(large.sample)))
    return _share(unpack(small.sample), unpack(large.sample))


def opening(of: Sketch, within: Sketch) -> float:
    """Share of the opening's shingles of one text that stand near the top of another."""
    near = int(min(_NEAR["words"], _NEAR["share"] * within.words)) + of.opening
    return _share(unpack(of.head)[: of.opening], unpack(within.head)[:near])


def figures_kept(small: Sketch, large: Sketch) -> tuple[int, int]:
    """How many of the smaller text's figures the larger one holds, of how many."""
    mine = set(unpack(small.figures))
    return len(mine & set(unpack(large.figures))), len(mine)


def same_paragraphs(copy: Sketch, lead: Sketch) -> tuple[int, int]:
    """How many of the copy's paragraphs stand word for word in the lead, of how many."""
    theirs, mine = set(unpack(lead.paragraphs)), unpack(copy.paragraphs)
    return sum(paragraph in theirs for paragraph in mine), len(mine)


def _share(part: Sequence[int], whole: Sequence[int]) -> float:
    mine = set(part)
    return len(mine.intersection(whole)) / len(mine) if mine else 0.0
