"""The files of Pagefind made reproducible: only those that our page loads, in the same order in every build.

Pagefind writes filters, and the values of each, in the order of a hash map, which differs from run to run. They are
sorted here and named by their content. The file of each story gets what a result shows in place of the folded words,
and a short name, because the list of all names is loaded with the first query.
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
"""The bytes with which Pagefind begins every packed file."""
_STORIES, _FILTERS = 1, 3
"""Indexes of the list of stories and of the list of filters in the first file of an index."""
_NAME_DIGITS = 5
"""Hexadecimal digits of the name of a file: ten thousand stories then need 60 KB where Pagefind's own seven need 70."""


def tidy_files(files: Mapping[str, bytes], results: Mapping[str, Any], code: str) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the files of one index; `results` is what a result shows of each document, by its name."""
    entry = json.loads(files["pagefind-entry.json"])
    wasm = entry["languages"][code.lower()]["wasm"] or "unknown"
    new_names: dict[str, str] = {}
    taken: set[str] = set()
    for path, content in files.items():
        folder, _, file = path.partition("/")
        if folder in {"filter", "fragment"}:
            unpacked = _sorted_filter(content) if folder == "filter" else _fragment(content, results)
            stem, _, kind = file.partition(".")
            new_names[stem] = _short_name(code.lower(), unpacked, taken)
            yield f"{folder}/{new_names[stem]}.{kind}", _pack(unpacked)
        elif folder == "index" or path in {"pagefind.js", f"wasm.{wasm}.pagefind"}:
            yield path, content
    yield from _head_files(files, entry, new_names, code.lower())


def _head_files(
    files: Mapping[str, bytes], entry: dict[str, Any], new_names: Mapping[str, str], code: str
) -> Iterator[tuple[str, bytes]]:
    """The two files that are read first: the entry, and the list of all other files by their new names."""
    language = entry["languages"][code]
    head = decode(_unpack(files[f"pagefind.{language['hash']}.pf_meta"]))
    head[_STORIES] = [[new_names[old_name], *rest] for old_name, *rest in head[_STORIES]]
    head[_FILTERS] = sorted([name, new_names[old_name]] for name, old_name in head[_FILTERS])
    packed = encode(head)
    language["hash"] = f"{code}_{_hash(packed)}"
    yield f"pagefind.{language['hash']}.pf_meta", _pack(packed)
    yield "pagefind-entry.json", json.dumps(entry, sort_keys=True).encode()


def _sorted_filter(content: bytes) -> bytes:
    name, values = decode(_unpack(content))
    return encode([name, sorted(values)])


def _fragment(content: bytes, results: Mapping[str, Any]) -> bytes:
    """The file of a story, with what a result shows as its metadata."""
    fragment = json.loads(_unpack(content))
    result = results[PurePosixPath(fragment["url"]).stem]
    fragment |= {"url": "", "content": "", "filters": {}, "anchors": [], "meta": result}
    return json.dumps(fragment, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _short_name(code: str, content: bytes, taken: set[str]) -> str:
    """A name made from the content of a file, as short as it can be without being taken; adds it to `taken`."""
    digest = _hash(content)
    lengths = range(_NAME_DIGITS, len(digest) + 1)
    short = next(digest[:length] for length in lengths if digest[:length] not in taken)
    taken.add(short)
    return f"{code}_{short}"


def _unpack(content: bytes) -> bytes:
    return gzip.decompress(content).removeprefix(_MARK)


def _pack(content: bytes) -> bytes:
    return gzip.compress(_MARK + content, 9, mtime=0)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=8).hexdigest()
