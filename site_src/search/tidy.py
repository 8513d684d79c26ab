"""What Pagefind wrote, made ours: only the files that our page loads, in an order that two builds share.

Pagefind writes filters, and the values of each, in the order of a hash map, which differs from run to run. They are
sorted here and named by what they hold. The file of each story is given what a result shows in place of folded words,
and a short name: the list of all names is loaded with every first question.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from site_src.search.cbor import decode, encode

_MARK = b"pagefind_dcd"
"""Pagefind's own mark at the head of every packed file."""
_STORIES, _FILTERS = 1, 3
"""Places of the lists of stories and of filters in the file that opens an index."""
_SHORT = 5
"""Hexadecimal digits of a name: ten thousand stories then need 60 KB where Pagefind's own seven need 70."""


def tidy_files(files: Mapping[str, bytes], shown: Mapping[str, Any], code: str) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the files of one index; `shown` is what a result shows of each document, by its name."""
    entry = json.loads(files["pagefind-entry.json"])
    wasm = entry["languages"][code.lower()]["wasm"] or "unknown"
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path, content in files.items():
        folder, _, file = path.partition("/")
        if folder in {"filter", "fragment"}:
            held = _filter(content) if folder == "filter" else _fragment(content, shown)
            stem, _, kind = file.partition(".")
            names[stem] = _name(code.lower(), held, taken)
            yield f"{folder}/{names[stem]}.{kind}", _pack(held)
        elif folder == "index" or path in {"pagefind.js", f"wasm.{wasm}.pagefind"}:
            yield path, content
    yield from _head(files, entry, names, code.lower())


def _head(
    files: Mapping[str, bytes], entry: dict[str, Any], names: Mapping[str, str], code: str
) -> Iterator[tuple[str, bytes]]:
    """The two files that are read first: the entry, and the list of all others by their new names."""
    language = entry["languages"][code]
    head = decode(_unpack(files[f"pagefind.{language['hash']}.pf_meta"]))
    head[_STORIES] = [[names[hashed], *rest] for hashed, *rest in head[_STORIES]]
    head[_FILTERS] = sorted([name, names[hashed]] for name, hashed in head[_FILTERS])
    packed = encode(head)
    language["hash"] = f"{code}_{_hash(packed)}"
    yield f"pagefind.{language['hash']}.pf_meta", _pack(packed)
    yield "pagefind-entry.json", json.dumps(entry, sort_keys=True).encode()


def _filter(content: bytes) -> bytes:
    name, values = decode(_unpack(content))
    return encode([name, sorted(values)])


def _fragment(content: bytes, shown: Mapping[str, Any]) -> bytes:
    fragment = json.loads(_unpack(content))
    story = shown[PurePosixPath(fragment["url"]).stem]
    fragment |= {"url": "", "content": "", "filters": {}, "anchors": [], "meta": story}
    return json.dumps(fragment, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _name(code: str, held: bytes, taken: set[str]) -> str:
    """A name by what a file holds, as short as no other file of the index allows."""
    digest = _hash(held)
    short = next(digest[:length] for length in range(_SHORT, len(digest) + 1) if digest[:length] not in taken)
    taken.add(short)
    return f"{code}_{short}"


def _unpack(content: bytes) -> bytes:
    return gzip.decompress(content).removeprefix(_MARK)


def _pack(content: bytes) -> bytes:
    return gzip.compress(_MARK + content, 9, mtime=0)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=8).hexdigest()
