"""Which PO files hold translations that serve other stories too, known without reading them.

A sentence that an approved or a machine's translation stands for in one file serves every story that has it. Of each
file is known which sentences these are, by a hash of each, so that only the files that serve a story are opened for it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Literal, NamedTuple

from msgspec import Struct

from site_src.text.memo import Once
from site_src.translate.po import PoFile

_U64 = "Q"
Serving = Literal["approved", "machine"]
KINDS: tuple[Serving, ...] = ("approved", "machine")
_ENOUGH = 2
"""Files that are known to serve a sentence: one of them may be the story's own."""


class Line(NamedTuple):
    """A file of the memory, as far as others are concerned."""

    made_from: bytes
    """A hash of the file."""
    sound: bool
    """Whether nothing is wrong with it."""
    approved: tuple[bytes, bytes]
    """The sentences of which it has an approved translation, as `hashes`: of living entries, and of obsolete ones."""
    machine: tuple[bytes, bytes]
    """Those of which it has a machine's."""


def line_of(file: PoFile, made_from: bytes) -> Line:
    """The line of a file."""
    return Line(made_from, not file.problems, _sentences(file, "approved"), _sentences(file, "machine"))


def _sentences(file: PoFile, state: Serving) -> tuple[bytes, bytes]:
    keys = [(key, entry.obsolete) for key, entry in file.by_sentence.items() if entry.state == state]
    return hashes(key for key, obsolete in keys if not obsolete), hashes(key for key, obsolete in keys if obsolete)


def hashes(keys: Iterable[str]) -> bytes:
    """Folded sentences, each as a number by which it is told from others, one after the other."""
    return array(_U64, map(_hash, keys)).tobytes()


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class Sharing(Struct, frozen=True, dict=True):
    """The lines of all files of one language, by slug."""

    lines: Mapping[str, Line]

    @Once
    def approved(self) -> Mapping[int, list[str]]:
        """The first stories whose files have an approved translation of a sentence: the living, then by slug."""
        return self._first_stories([line.approved for line in self._ordered])

    @Once
    def machine(self) -> Mapping[int, list[str]]:
        """The same of a machine's."""
        return self._first_stories([line.machine for line in self._ordered])

    def serving(self, kind: Serving, slug: str, sentences: bytes) -> Iterator[str]:
        """The story whose file serves each of the sentences in another, `slug`; "" where none does."""
        stories = self.approved if kind == "approved" else self.machine
        for sentence in array(_U64, sentences):
            yield next((other for other in stories.get(sentence, ()) if other != slug), "")

    @Once
    def _ordered(self) -> list[Line]:
        return [line for _, line in sorted(self.lines.items())]

    def _first_stories(self, sentences_of: list[tuple[bytes, bytes]]) -> Mapping[int, list[str]]:
        stories, slugs = defaultdict[int, list[str]](list), sorted(self.lines)
        for age in (0, 1):
            for slug, sentences in zip(slugs, sentences_of, strict=True):
                for sentence in array(_U64, sentences[age]):
                    if len(stories[sentence]) < _ENOUGH:
                        stories[sentence].append(slug)
        return stories
