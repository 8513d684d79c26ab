"""A text reduced to a few numbers, by which its copies are found without comparing every text with every other.

Shingles are runs of three folded words, each hashed to 30 bits. The head of a text keeps all of its shingles, the
rest about one in five, chosen by its first word: two copies keep the same ones (Broder, "On the resemblance
and containment of documents", 1997).
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from zlib import crc32

from site_src.model import Article
from site_src.tables import table
from site_src.text.fold import words
from site_src.text.memo import Memo

_T = table("shingles")
_HEAD, _SAMPLE = _T["head"], _T["sample"]
_OPENING: dict[str, int] = _T["opening"]
_KEYS: dict[str, int] = _T["keys"]
_NEAR: dict[str, float] = _T["near"]
_KINDS = frozenset(_T["kinds"])
_SIZE = 3


@dataclass(frozen=True, slots=True)
class Sketch:
    """What merging needs to know of a text, in about a kilobyte. Numbers are packed as native 32-bit unsigned."""

    hash: str
    """16 hex digits of a SHA-256 over the folded words: equal texts have it, whatever their lines and vowel marks."""
    words: int
    opening: int
    """How many shingles its first paragraph has, within limits."""
    head: bytes
    """Every shingle of the first words, in order."""
    keys: bytes
    """Spans of five words in the head by which a copy can be found."""
    sample: bytes
    """Sampled shingles of the whole text, each once, sorted."""
    figures: bytes
    """Hashes of the words that hold a digit, each once, sorted."""
    paragraphs: bytes
    """One hash for each paragraph that holds words, in order."""


def sketch(article: Article) -> Sketch:
    """The sketch of an article's body; a text without a body is known by its title."""
    paragraphs = [numbers for text in _body(article) if (numbers := _numbered(text))]
    flat = list(chain.from_iterable(paragraphs))
    head = _runs(flat[: _HEAD + _SIZE - 1])
    return Sketch(
        hash=sha256(_little_endian(flat)).hexdigest()[:16],
        words=len(flat),
        opening=_opening(paragraphs, len(head)),
        head=pack(head),
        keys=pack(_keys(head)),
        sample=pack(sorted(_sampled(flat))),
        figures=pack(sorted({number for number in flat if number & 1})),
        paragraphs=pack([crc32(_little_endian(paragraph)) for paragraph in paragraphs]),
    )


def _body(article: Article) -> Sequence[str]:
    body = [paragraph.text for paragraph in article.paragraphs if paragraph.kind in _KINDS]
    return body or [paragraph.text for paragraph in article.paragraphs] or [article.title.value or ""]


def _opening(paragraphs: Sequence[Sequence[int]], runs: int) -> int:
    """Shingles of the first paragraph; of as many as it takes where they are very short."""
    total = 0
    for paragraph in paragraphs:
        total += len(paragraph)
        if total >= _OPENING["least"]:
            break
    return min(max(1, total - _SIZE + 1), _OPENING["most"], runs)


def _number(token: str) -> int:
    """What stands between two spaces, folded, as 28 bits: 0 without a letter or digit, odd with a digit.

    Three of them, shifted, stay in the 30 bits that Python handles fastest.
    """
    found = " ".join(words(token))
    digit = any(letter.isdigit() for letter in found)
    return ((crc32(found.encode("utf-8", "surrogatepass")) >> 5 << 1) | digit or 2) if found else 0


_numbers: Memo[int] = Memo(_number)


def _numbered(text: str) -> list[int]:
    """The numbers of a text's words."""
    return [number for number in map(_numbers.__getitem__, text.split()) if number]


def _runs(numbers: Sequence[int]) -> list[int]:
    """A 30-bit hash of every three words in a row; one of all words where there are fewer."""
    if 0 < len(numbers) < _SIZE:
        numbers = (*numbers, 0, 0)[:_SIZE]
    return [a << 2 ^ b << 1 ^ c for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False)]


def _sampled(numbers: Sequence[int]) -> set[int]:
    """The hashes of the shingles that begin with a word of the sample."""
    starts = [place for place, number in enumerate(numbers[:-2]) if not number % _SAMPLE]
    return {numbers[at] << 2 ^ numbers[at + 1] << 1 ^ numbers[at + 2] for at in starts}


def _keys(head: Sequence[int]) -> list[int]:
    """Hashes of five words in a row: the first few of the text, and the smallest of the head, which copies share."""
    spans = [first << 1 ^ last for first, last in zip(head, head[2:], strict=False)] or list(head)
    return sorted({*spans[: _KEYS["first"]], *sorted(spans)[: _KEYS["smallest"]]})


def _little_endian(numbers: Iterable[int]) -> bytes:
    """The same bytes on every machine, for hashes that are kept with the content."""
    packed = array("I", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers of 32 bits as bytes."""
    return array("I", numbers).tobytes()


def unpack(packed: bytes) -> Sequence[int]:
    """The numbers that `pack` packed, without copying them."""
    return memoryview(packed).cast("I")


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
