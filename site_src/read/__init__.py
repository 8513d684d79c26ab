"""Files to decoded pages: their encoding and format; `listing` says which files may be pages.

A file that is no page gives a `Problem` with what to do, never an exception and never silence. `load` and `load_header`
touch the disk; `decode` is pure, so that its result can be remembered under a hash of the bytes.
"""

from __future__ import annotations

import os
import re
import stat
from codecs import BOM_UTF8
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from site_src.errors import reason
from site_src.model.page import RawPage
from site_src.model.report import Problem
from site_src.read.listing import Listed, list_files, list_marked, named_file, shown, stem
from site_src.tables import table
from site_src.text.decode import Decoded
from site_src.text.decode import decode as decode_bytes
from site_src.text.garbled import garbled, without_references
from site_src.text.patterns import late

__all__ = [
    "Listed", "decode", "list_files", "list_marked", "load", "load_header", "named_file", "read_page", "shown",
]  # fmt: skip

_MIME = late(
    rb"(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?content-type:\s*(?:multipart/|text/html|text/plain)", re.IGNORECASE
)
_HEADERS = late(rb"(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){2,}+\r?\n")
_DOCUMENT = late(
    r"\s*+(?:<\?xml[^<>]*>\s*+|<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|rss|feed|rdf:RDF)\b",
    re.I | re.S,
)
_TAGS = late(r"</?(?:p|div|br|h[1-6]|table|tr|td|article|section|span|a|ul|li|body|font)\b[^<>]*>", re.IGNORECASE)
_HEADING = late(r"^#{1,6} \S", re.MULTILINE)
_EMBEDDED = late(r"data:[\w.+/-]++(?:;[\w=-]++)*;base64,[A-Za-z0-9+/=%]++")


def read_page(path: Path, file: str, root: Path | None = None) -> RawPage | Problem:
    """The page at `path`, called `file` in reports; with `root`, a link that leads out of it is refused."""
    raw = load(path, file, root)
    if isinstance(raw, Problem):
        return raw
    header = load_header(path, file, root)
    if isinstance(header, Problem):
        return header
    return decode(file, raw, header)


def load_header(path: Path, file: str, root: Path | None) -> str | Problem:
    """The text of `NAME.toml` beside the page at `path`, "" without one."""
    header_path = path.with_suffix(".toml")
    if header_path == path or not os.path.lexists(header_path):
        return ""
    header_file = Path(file).with_suffix(".toml").as_posix()
    raw = load(header_path, header_file, root)
    if isinstance(raw, Problem):
        return raw
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"is not UTF-8: {error.reason} at byte {error.start}"
        return Problem(header_file, "undecodable", what, "save it as UTF-8")


def load(path: Path, file: str, root: Path | None = None) -> bytes | Problem:
    """The bytes of the file at `path`; a problem where there are more than `limits.file` of them."""
    try:
        if root is not None and _leads_out(path, root):
            todo = "put the file itself into the folder"
            return Problem(file, "link-outside", "is a link that leads out of the folder", todo)
        return _read(path, file)
    except (OSError, RuntimeError, ValueError) as error:
        return Problem(file, "unreadable", f"cannot be read: {reason(error)}", _advice(error))


def _leads_out(path: Path, root: Path) -> bool:
    """Whether a path leads out of the folder `root`."""
    steps = [path, *path.parents]
    if root in steps and ".." not in path.parts:  # then only a link between the two can lead out
        below_root = steps[: steps.index(root)]
        if not any(step.is_symlink() for step in below_root):
            return False
    return not path.resolve(strict=True).is_relative_to(root.resolve())


def _read(path: Path, file: str) -> bytes | Problem:
    """The bytes of a file; a problem for a pipe or a device, and for one that is too large, also if it grows."""
    limit: int = table("reading")["limits"]["file"]
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return Problem(file, "no-file", "is neither a file nor a folder (a pipe or a device)", "remove it")
    if status.st_size > limit:
        return _too_large(file, status.st_size, limit, "bytes")
    with path.open("rb") as stream:
        raw = stream.read(limit + 1)
    return raw if len(raw) <= limit else _too_large(file, len(raw), limit, "bytes")


def _too_large(file: str, size: int, limit: int, unit: str) -> Problem:
    what = f"holds {size / 1e6:.1f} million {unit}; the limit is {limit / 1e6:.0f} million"
    return Problem(file, "too-large", what, "save the article alone, as text")


def _advice(error: Exception) -> str:
    """What to do about a file that could not be read."""
    if isinstance(error, FileNotFoundError):
        return "it vanished, or is a link to nothing: remove the link, or build again"
    if isinstance(error, PermissionError):
        return "allow its reading (chmod u+r)"
    return "save the page again"


def decode(file: str, raw: bytes, header: str = "") -> RawPage | Problem:
    """The page in the bytes `raw`; pure. The ending of `file` counts only where the bytes do not show the format."""
    if refusal := _refusal(file, raw):
        return refusal
    bare = raw.removeprefix(BOM_UTF8)
    start = bare.lstrip()[:8192]
    if _MIME.match(start) or (_ending(file) == ".eml" and _HEADERS.match(start)):
        return RawPage(file, "mhtml", "mime", bare.decode("latin-1"), header)
    decoded = decode_bytes(raw)
    if decoded is None:
        todo = "save it again as UTF-8 text; if it is no text, remove it"
        return Problem(file, "undecodable", "holds bytes that are no text in any encoding known here", todo)
    if "base64," in decoded.text:
        decoded = replace(decoded, text=_EMBEDDED.sub("data:", decoded.text))
    text = decoded.text
    limit: int = table("reading")["limits"]["text"]
    if len(text) > limit:
        return _too_large(file, len(text), limit, "characters")
    if not text.strip("\ufffd \n\t\xa0\u200f\u200e\ufeff"):
        return Problem(file, "empty-file", "holds no text", "save the article again, or remove the file")
    return _page(file, decoded, header)


def _page(file: str, decoded: Decoded, header: str) -> RawPage | Problem:
    """The page of a decoded text, with a warning for each repair; a problem where the text is no article."""
    page_format, text, repairs = _format(file, decoded.text), decoded.text, decoded.repairs
    if "&#" in text and page_format != "html" and (with_letters := without_references(text)) != text:
        text, repairs = with_letters, (*repairs, "its letters stood as HTML references (&#1605;); they were put right")
    if harm := garbled(text):
        what, todo = table("encodings")["garbled"]["told"][harm]
        return Problem(file, "garbled", what, todo)
    if text.lstrip()[:1] in ("{", "[") and _is_data(text):
        return Problem(file, "no-page", "is JSON data, no article", "save the article that it holds as text")
    warnings = tuple(
        Problem(file, "encoding", repair, "look whether the text reads well", severity="warning") for repair in repairs
    )
    return RawPage(file, page_format, decoded.encoding, text, header, warnings)


def _is_data(text: str) -> bool:
    """Whether a text is JSON."""
    from json import loads

    try:
        return isinstance(loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False


def _refusal(file: str, raw: bytes) -> Problem | None:
    """Why the file cannot be a page, by its name and first bytes; None where they do not say so."""
    reading = table("reading")
    if not raw:
        return Problem(file, "empty-file", "is empty (0 bytes)", "save the article again, or remove the file")
    if kind := reading["refused"].get(_ending(file)):
        return Problem(file, "no-page", f"is {kind}, no article", "save the page as text or HTML, or remove the file")
    signatures = _signatures() if raw.startswith(_signature_starts()) else ()
    for starts, what, todo in signatures:
        if raw.startswith(starts):
            return Problem(file, "binary-file", f"is {what}, whatever its name says", todo)
    return None


@cache
def _signature_starts() -> tuple[bytes, ...]:
    return tuple(start for starts, _, _ in _signatures() for start in starts)


@cache
def _signatures() -> tuple[tuple[tuple[bytes, ...], str, str], ...]:
    """The first bytes of kinds of files that are no pages, what the files are, and what to do."""
    rows = table("reading")["signatures"]
    return tuple((tuple(map(bytes.fromhex, row["starts"])), row["what"], row["todo"]) for row in rows)


def _format(file: str, text: str) -> Literal["text", "markdown", "html"]:
    """The format that the text itself shows; the file's ending decides only where the text leaves it open."""
    ending, endings = _ending(file), table("reading")["endings"]
    is_named_markdown = ending in endings["markdown"]
    has_tags = text.lstrip().startswith("<") and len(_TAGS.findall(text, 0, 20_000)) >= 6
    if _DOCUMENT.match(text) or (has_tags and not (is_named_markdown and _HEADING.search(text))):
        return "html"
    if is_named_markdown:
        return "markdown"
    return "html" if ending in endings["html"] and _TAGS.search(text) else "text"


def _ending(file: str) -> str:
    """The ending of a file's name in small letters, with its dot."""
    name = file.rpartition("/")[2]
    return name[len(stem(name)) :].lower()
