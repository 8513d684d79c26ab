"""A text reduced to a few numbers, by which its copies are found without comparing every text with every other.

Shingles are runs of three folded words, each hashed to 30 bits. The head of a text keeps all of its shingles, the
rest about one in five, chosen by its first word: two copies keep the same ones (Broder, "On the resemblance
and containment of documents", 1997).
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
    """Spans of five words in the head by which a copy can be found."""
    sample: bytes
    """Sampled shingles of the whole text, each once, sorted."""
    figures: bytes
    """Hashes of the words that hold a digit, each once, sorted."""
    paragraphs: bytes
    """One hash for each paragraph that holds words, in order."""


def sketch(article: Article) -> Sketch:
    """The sketch of an article's body; a text without a body is known by its title."""
    paragraphs = [numbered for text in _body(article) if (numbered := _numbered(text))]
    flat = b"".join(paragraphs)
    runs = _runs(flat)
    head = runs[: 4 * _HEAD]
    return Sketch(
        hash=sha256(flat).hexdigest()[:16],
        words=len(flat) // 4,
        opening=_opening(paragraphs, len(head) // 4),
        head=_native(head),
        keys=pack(_keys(head)),
        sample=pack(sorted(_sampled(flat, runs))),
        figures=pack(sorted(_figures(flat))),
        paragraphs=pack(map(crc32, paragraphs)),
    )


def _body(article: Article) -> Sequence[str]:
    report = [paragraph for paragraph in article.paragraphs if paragraph.kind in _KINDS]
    if report and report[0].kind == "list":  # an outlet's own summary above the wire's text
        report = list(dropwhile(_is_item, report)) or report
    body = [paragraph.text for paragraph in report]
    return body or [paragraph.text for paragraph in article.paragraphs] or [article.title.value or ""]


def _is_item(paragraph: Paragraph) -> bool:
    return paragraph.kind == "list"


def _opening(paragraphs: Sequence[bytes], runs: int) -> int:
    """Shingles of the first paragraph; of as many as it takes where they are very short."""
    total = 0
    for paragraph in paragraphs:
        total += len(paragraph) // 4
        if total >= _OPENING["least"]:
            break
    return min(max(1, total - _SIZE + 1), _OPENING["most"], runs)


def _number(token: str) -> bytes:
    """What stands between two spaces, folded, as 28 bits in four bytes: odd with a digit; nothing without a letter.

    The bytes are the same on every machine, for hashes that are kept with the content.
    """
    found = " ".join(words_anew(token))
    digit = not found.isalpha() and any(map(str.isdigit, found))
    number = (crc32(found.encode("utf-8", "surrogatepass")) >> 5 << 1) | digit or 2
    return number.to_bytes(4, "little") if found else b""


_numbers: Memo[bytes] = Memo(_number)
_ODD = bytes(lowest & 1 for lowest in range(256))
_LEFT = bytes(value % _SAMPLE for value in range(256))
"""What `_SAMPLE` leaves of a byte."""
_IN_SAMPLE = bytes(total % _SAMPLE == 0 for total in range(256))


def _numbered(text: str) -> bytes:
    """The numbers of a text's words, one behind the other."""
    return b"".join(map(_numbers.__getitem__, text.split()))


def _runs(flat: bytes) -> bytes:
    """A 30-bit hash of every three words in a row, behind one another as the words are; one where there are fewer.

    Worked out for the whole text at once: as one large integer, of which every word is a digit of 32 bits. A word has
    28, so that none is shifted into the next.
    """
    count = max(len(flat) // 4 - _SIZE + 1, 1) if flat else 0
    whole = int.from_bytes(flat, "little")
    return (whole << 2 ^ whole >> 31 ^ whole >> 64).to_bytes(len(flat), "little")[: 4 * count]


def _sampled(flat: bytes, runs: bytes) -> set[int]:
    """The shingles of `_SIZE` words that begin with a word of the sample: one whose number `sample` divides.

    It divides a number when it divides the sum of what its bytes leave, for it divides 255. They are summed in the
    lowest byte of each number, for all numbers at once, as `_runs` does.
    """
    sums = int.from_bytes(flat.translate(_LEFT), "little")
    sums += sums >> 8
    sums += sums >> 16
    chosen = sums.to_bytes(len(flat), "little")[::4].translate(_IN_SAMPLE)
    return _at(runs, chosen[: 1 - _SIZE])


def _figures(flat: bytes) -> set[int]:
    """The numbers of the words that hold a digit: the odd ones."""
    return _at(flat, flat[::4].translate(_ODD))


def _at(numbers: bytes, chosen: bytes) -> set[int]:
    """The numbers in the places of those bytes that are not zero."""
    found = array("I", _native(numbers))
    return {found[place] for place in compress(range(len(chosen)), chosen)}


def _keys(head: bytes) -> list[int]:
    """Hashes of five words in a row: the first few of the text, and the smallest of the head, which copies share."""
    whole = int.from_bytes(head, "little")
    spans = _unpacked((whole << 1 ^ whole >> 64).to_bytes(len(head), "little")[: max(0, len(head) - 8)] or head)
    return sorted({*spans[: _KEYS["first"]], *sorted(spans)[: _KEYS["smallest"]]})


def _unpacked(numbers: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(numbers) // 4}I", numbers)


def _native(numbers: bytes) -> bytes:
    return numbers if sys.byteorder == "little" else pack(_unpacked(numbers))


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
