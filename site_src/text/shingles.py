"""A text reduced to a few numbers, by which its copies are found without comparing every text with every other.

Shingles are runs of three folded words, each hashed to 30 bits. The sketch of a text has all shingles of its head, and
of the rest about one in five. These are sampled by their first word, so that two copies have the same ones (Broder,
"On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import compress, dropwhile
from zlib import crc32

from msgspec import Struct

from site_src.model.page import Article, Paragraph
from site_src.tables import table
from site_src.text.fold import words_anew
from site_src.text.memo import Memo

_T = table("shingles")
_HEAD, _SAMPLE = _T["head"], _T["sample"]
_OPENING: dict[str, int] = _T["opening"]
_KEYS: dict[str, int] = _T["keys"]
_NEAR: dict[str, float] = _T["near"]
_KINDS = frozenset(_T["kinds"])
_SIZE = 3
"""Words of a shingle."""


class Sketch(Struct, frozen=True, gc=False, array_like=True):
    """What merging needs to know of a text, in about a kilobyte. Numbers are packed as native 32-bit unsigned."""

    hash: str
    """16 hex digits of a SHA-256 over the folded words: equal texts have it, whatever their lines and vowel marks."""
    words: int
    opening: int
    """How many shingles its first paragraph has, within limits."""
    head: bytes
    """Every shingle of the first words, in order."""
    keys: bytes
    """Hashes of runs of five words in the head, by which a copy can be found."""
    sample: bytes
    """Sampled shingles of the whole text, each once, sorted."""
    figures: bytes
    """Hashes of the words that hold a digit, each once, sorted."""
    paragraphs: bytes
    """One hash for each paragraph that holds words, in order."""


def sketch(article: Article) -> Sketch:
    """The sketch of an article's body, or of its title where it has no body."""
    paragraphs = [numbers for text in _body(article) if (numbers := _numbers_of_words(text))]
    numbers = b"".join(paragraphs)
    shingles = _shingles(numbers)
    head = shingles[: 4 * _HEAD]
    return Sketch(
        hash=sha256(numbers).hexdigest()[:16],
        words=len(numbers) // 4,
        opening=_opening_length(paragraphs, len(head) // 4),
        head=_native(head),
        keys=pack(_keys(head)),
        sample=pack(sorted(_sampled(numbers, shingles))),
        figures=pack(sorted(_figure_words(numbers))),
        paragraphs=pack(map(crc32, paragraphs)),
    )


def _body(article: Article) -> Sequence[str]:
    """The texts of the report's own paragraphs; of all paragraphs, or of the title, where there are none."""
    report = [paragraph for paragraph in article.paragraphs if paragraph.kind in _KINDS]
    if report and report[0].kind == "list":  # an outlet's own summary above the wire's text
        report = list(dropwhile(_is_item, report)) or report
    paragraphs = report or article.paragraphs
    return [paragraph.text for paragraph in paragraphs] or [article.title.value or ""]


def _is_item(paragraph: Paragraph) -> bool:
    return paragraph.kind == "list"


def _opening_length(paragraphs: Sequence[bytes], most: int) -> int:
    """How many shingles the first paragraph has, at most `most`; very short paragraphs count together as the first."""
    words = 0
    for paragraph in paragraphs:
        words += len(paragraph) // 4
        if words >= _OPENING["least"]:
            break
    return min(max(1, words - _SIZE + 1), _OPENING["most"], most)


def _number_of_word(token: str) -> bytes:
    """A folded token between two spaces as 28 bits in four bytes: odd with a digit; empty without letter and digit.

    The bytes are the same on every machine, for hashes that are kept with the content.
    """
    folded = " ".join(words_anew(token))
    has_digit = not folded.isalpha() and any(map(str.isdigit, folded))
    number = (crc32(folded.encode("utf-8", "surrogatepass")) >> 5 << 1) | has_digit or 2
    return number.to_bytes(4, "little") if folded else b""


_word_numbers: Memo[bytes] = Memo(_number_of_word)
_IS_ODD = bytes(byte & 1 for byte in range(256))
_REMAINDER = bytes(byte % _SAMPLE for byte in range(256))
_IN_SAMPLE = bytes(byte % _SAMPLE == 0 for byte in range(256))
"""Tables for `bytes.translate`; `_REMAINDER` is of the division by `_SAMPLE`."""


def _numbers_of_words(text: str) -> bytes:
    """The numbers of a text's words, four bytes each."""
    return b"".join(map(_word_numbers.__getitem__, text.split()))


def _shingles(numbers: bytes) -> bytes:
    """A 30-bit hash of every three words in a row, four bytes each, in their order; one hash where there are fewer.

    All are worked out at once, on one large integer of which every word is a digit of 32 bits. A word has 28 bits, so
    that a shift moves none into the next word.
    """
    count = max(len(numbers) // 4 - _SIZE + 1, 1) if numbers else 0
    integer = int.from_bytes(numbers, "little")
    hashes = integer << 2 ^ integer >> 31 ^ integer >> 64
    return hashes.to_bytes(len(numbers), "little")[: 4 * count]


def _sampled(numbers: bytes, shingles: bytes) -> set[int]:
    """The shingles whose first word is in the sample: its number can be divided by `_SAMPLE`.

    `_SAMPLE` divides 255, so that it divides a number when it divides the sum of the remainders of its four bytes.
    They are summed in the lowest byte of each number, for all numbers at once, as in `_shingles`.
    """
    sums = int.from_bytes(numbers.translate(_REMAINDER), "little")
    sums += sums >> 8
    sums += sums >> 16
    in_sample = sums.to_bytes(len(numbers), "little")[::4].translate(_IN_SAMPLE)
    return _selected(shingles, in_sample[: 1 - _SIZE])


def _figure_words(numbers: bytes) -> set[int]:
    """The numbers of the words that hold a digit, which are the odd ones."""
    return _selected(numbers, numbers[::4].translate(_IS_ODD))


def _selected(numbers: bytes, selectors: bytes) -> set[int]:
    """The numbers for which the byte of the same index in `selectors` is not zero."""
    values = array("I", _native(numbers))
    return {values[index] for index in compress(range(len(selectors)), selectors)}


def _keys(head: bytes) -> list[int]:
    """Hashes of five words in a row: the first few of the text, and the smallest of its head, which copies share."""
    integer = int.from_bytes(head, "little")
    hashes = (integer << 1 ^ integer >> 64).to_bytes(len(head), "little")
    keys = _unpacked(hashes[: max(0, len(head) - 8)] or head)
    return sorted({*keys[: _KEYS["first"]], *sorted(keys)[: _KEYS["smallest"]]})


def _unpacked(numbers: bytes) -> tuple[int, ...]:
    """Little-endian numbers of 32 bits."""
    return struct.unpack(f"<{len(numbers) // 4}I", numbers)


def _native(numbers: bytes) -> bytes:
    """Little-endian numbers as this machine packs them."""
    return numbers if sys.byteorder == "little" else pack(_unpacked(numbers))


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers of 32 bits as bytes."""
    return array("I", numbers).tobytes()


def unpack(packed: bytes) -> Sequence[int]:
    """The numbers that `pack` packed, without copying them."""
    return memoryview(packed).cast("I")


def containment(small: Sketch, large: Sketch) -> float:
    """Share of the smaller text's shingles that the larger one holds, 0 to 1.

    Every shingle counts where the head is the whole text, elsewhere the sampled ones.
    """
    if large.words <= _HEAD:
        return _share(unpack(small.head), unpack(large.head))
    sampled = _share(unpack(small.sample), unpack(large.sample))
    if small.words <= _OPENING["most"]:
        return max(_share(unpack(small.head), unpack(large.head)), sampled)
    return sampled


def opening(of: Sketch, within: Sketch) -> float:
    """Share of the shingles in the opening of one text that stand near the top of another, 0 to 1."""
    near = int(min(_NEAR["words"], _NEAR["share"] * within.words)) + of.opening
    return _share(unpack(of.head)[: of.opening], unpack(within.head)[:near])


def figures_kept(small: Sketch, large: Sketch) -> tuple[int, int]:
    """(how many of the smaller text's figures the larger one holds, how many the smaller has)."""
    figures = set(unpack(small.figures))
    return len(figures & set(unpack(large.figures))), len(figures)


def same_paragraphs(copy: Sketch, lead: Sketch) -> tuple[int, int]:
    """(how many of the copy's paragraphs stand word for word in the lead, how many the copy has)."""
    of_lead, of_copy = set(unpack(lead.paragraphs)), unpack(copy.paragraphs)
    return sum(paragraph in of_lead for paragraph in of_copy), len(of_copy)


def _share(part: Sequence[int], numbers: Sequence[int]) -> float:
    """Share of the distinct numbers of `part` that are among `numbers`; 0 where it has none."""
    distinct = set(part)
    return len(distinct.intersection(numbers)) / len(distinct) if distinct else 0.0
