"""Files to decoded pages: which files of a folder are pages, what they hold, in which encoding and format.

A file that is no page is a `Problem` with what to do, never an exception and never silence. `load` and `load_header`
touch the disk; `decode` is pure, so that its result can be remembered under a hash of the bytes.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from fnmatch import translate
from functools import cache
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from msgspec.structs import replace

from site_src.model import Problem, RawPage
from site_src.tables import table
from site_src.text.decode import Decoded
from site_src.text.decode import decode as decode_bytes
from site_src.text.patterns import late

_MIME = late(
    rb"(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?content-type:\s*(?:multipart/|text/html|text/plain)", re.IGNORECASE
)
_HEADERS = late(rb"(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){2,}+\r?\n")
_DOCUMENT = late(
    r"\s*+(?:<\?xml[^<>]*>\s*+|<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAGS = late(r"</?(?:p|div|br|h[1-6]|table|tr|td|article|section|span|a|ul|li|body|font)\b[^<>]*>", re.IGNORECASE)
_CONTROL = late("[\x00-\x1f\x7f-\x9f]")
_EMBEDDED = late(r"data:[\w.+/-]++(?:;[\w=-]++)*;base64,[A-Za-z0-9+/=%]++")


def list_files(folder: Path) -> Iterator[Path | Problem]:
    """The files of `folder` and its sub-folders that may be pages, sorted by path; nothing is opened.

    Dotfiles, editors' leavings, `NAME.toml` side files and the folders of "complete" saves are left out.
    """
    waiting: list[_Place | Problem] = [_Place(folder, is_folder=True, is_link=False)]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Problem):
            yield found
        elif found.is_folder:
            waiting += reversed(_entries(found.path))
        else:
            yield found.path


class _Place(NamedTuple):
    """A name in a folder, and what it leads to."""

    path: Path
    is_folder: bool
    """Whether it is one, or a link to one."""
    is_link: bool


def _entries(folder: Path) -> list[_Place | Problem]:
    """What of a folder matters, sorted by name."""
    try:
        with os.scandir(folder) as scanned:
            there = sorted(scanned, key=lambda entry: entry.name)
    except OSError as error:
        what = f"cannot be opened: {_reason(error)}"
        return [Problem(shown(folder), "unreadable-folder", what, "check its name and permissions")]
    beside = _Beside.of([entry.name for entry in there])
    kept = (entry for entry in there if not _ignored().fullmatch(entry.name.lower()))
    places = (_Place(folder / entry.name, _is_folder(entry), entry.is_symlink()) for entry in kept)
    return [found for place in places if (found := _entry(place, beside)) is not None]


def look(path: Path) -> tuple[Path | Problem, ...]:
    """A file that a person names: itself, what is wrong with it, or nothing where it belongs to the page beside it."""
    if path.suffix.lower() != ".toml":
        return (path,)
    place = _Place(path, _is_folder(path), path.is_symlink())
    found = _entry(place, _Beside.of(entry.name for entry in path.parent.iterdir()))
    return () if found is None else (found if isinstance(found, Problem) else path,)


class _Beside(NamedTuple):
    """The names of a folder, and how many there are of each without their endings."""

    names: frozenset[str]
    stems: Mapping[str, int]

    @classmethod
    def of(cls, names: Iterable[str]) -> _Beside:
        every = frozenset(names)
        return cls(every, Counter(PurePath(name).stem for name in every))


def _entry(place: _Place, beside: _Beside) -> _Place | Problem | None:
    """The entry itself, what is wrong with it, or None where it is no page and needs no word."""
    path = place.path
    if place.is_folder:
        if place.is_link:
            what = "is a link to a folder, and links to folders are not followed"
            return Problem(shown(path), "folder-link", what, "put the files themselves into the folder")
        return None if _is_companion(path.name, beside.names) else place
    if path.suffix.lower() != ".toml":
        return place
    if beside.stems[path.stem] > (path.name in beside.names):
        return None
    todo = "give it the name of its page (PAGE.toml for PAGE.txt), or remove it"
    return Problem(shown(path), "lonely-toml", "belongs to no file of this folder", todo)


def _is_folder(place: Path | os.DirEntry[str]) -> bool:
    try:
        return place.is_dir()
    except OSError:
        return False


@cache
def _ignored() -> re.Pattern[str]:
    """What the small letters of a name look like that is nobody's page."""
    return re.compile("|".join(map(translate, table("reading")["ignored"]["names"])))


def _is_companion(name: str, names: Set[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page saved "complete" beside it."""
    companions = table("reading")["companions"]
    stems = [name[: -len(ending)] for ending in companions["endings"] if name.lower().endswith(ending)]
    return any(stem + ending in names for stem in stems for ending in companions["pages"])


def read_page(path: Path, file: str, root: Path | None = None) -> RawPage | Problem:
    """The page at `path`, called `file` in reports; with `root`, a link that leads out of it is refused."""
    raw = load(path, file, root)
    if isinstance(raw, Problem):
        return raw
    header = load_header(path, file, root)
    if isinstance(header, Problem):
        return header
    return decode(file, raw, header)


def load_header(path: Path, file: str, root: Path | None = None) -> str | Problem:
    """The text of `NAME.toml` beside the page at `path`, "" without one."""
    side = path.with_suffix(".toml")
    if side == path or not os.path.lexists(side):
        return ""
    name = (Path(file).with_suffix(".toml")).as_posix()
    raw = load(side, name, root)
    if isinstance(raw, Problem):
        return raw
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(name, "undecodable", f"is not UTF-8: {error.reason} at byte {error.start}", "save it as UTF-8")


def load(path: Path, file: str, root: Path | None = None) -> bytes | Problem:
    """The bytes of the file at `path`, at most `limits.file` of them."""
    try:
        if root is not None and _leads_out(path, root):
            todo = "put the file itself into the folder"
            return Problem(file, "link-outside", "is a link that leads out of the folder", todo)
        return _read(path, file)
    except (OSError, RuntimeError, ValueError) as error:
        return Problem(file, "unreadable", f"cannot be read: {_reason(error)}", _advice(error))


def _leads_out(path: Path, root: Path) -> bool:
    """Whether a path leads out of the folder `root`: only a link between the two can."""
    between = [path, *path.parents]
    if root in between and ".." not in path.parts:
        between = between[: between.index(root)]
        if not any(place.is_symlink() for place in between):
            return False
    return not path.resolve(strict=True).is_relative_to(root.resolve())


def _read(path: Path, file: str) -> bytes | Problem:
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


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _advice(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "it vanished, or is a link to nothing: remove the link, or build again"
    if isinstance(error, PermissionError):
        return "allow its reading (chmod u+r)"
    return "save the page again"


def decode(file: str, raw: bytes, header: str = "") -> RawPage | Problem:
    """The page that the bytes `raw` hold; pure. The ending of `file` matters only where bytes do not tell."""
    if refusal := _refusal(file, raw):
        return refusal
    start = raw.lstrip()[:8192]
    if _MIME.match(start) or (_ending(file) == ".eml" and _HEADERS.match(start)):
        return RawPage(file, "mhtml", "mime", raw.decode("latin-1"), header)
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


def _page(file: str, decoded: Decoded, header: str) -> RawPage:
    warnings = tuple(
        Problem(file, "encoding", repair, "look whether the text reads well", severity="warning")
        for repair in decoded.repairs
    )
    return RawPage(file, _format(file, decoded.text), decoded.encoding, decoded.text, header, warnings)


def _refusal(file: str, raw: bytes) -> Problem | None:
    """Why the file can be no page, as far as its name and first bytes say so."""
    reading = table("reading")
    if not raw:
        return Problem(file, "empty-file", "is empty (0 bytes)", "save the article again, or remove the file")
    if kind := reading["refused"].get(_ending(file)):
        return Problem(file, "no-page", f"is {kind}, no article", "save the page as text or HTML, or remove the file")
    known = _signatures() if raw.startswith(_starts()) else ()
    for starts, what, todo in known:
        if raw.startswith(starts):
            return Problem(file, "binary-file", f"is {what}, whatever its name says", todo)
    return None


@cache
def _starts() -> tuple[bytes, ...]:
    return tuple(start for starts, _, _ in _signatures() for start in starts)


@cache
def _signatures() -> tuple[tuple[tuple[bytes, ...], str, str], ...]:
    """First bytes of files that are no pages, what they are, and what to do."""
    rows = table("reading")["signatures"]
    return tuple((tuple(map(bytes.fromhex, row["starts"])), row["what"], row["todo"]) for row in rows)


def _format(file: str, text: str) -> Literal["text", "markdown", "html"]:
    """The format that the text itself shows; its name decides only between plain text and Markdown."""
    if _DOCUMENT.match(text) or (text.lstrip().startswith("<") and len(_TAGS.findall(text, 0, 20_000)) >= 6):
        return "html"
    ending = _ending(file)
    if ending in {".md", ".markdown", ".mdown"}:
        return "markdown"
    return "html" if ending in {".html", ".htm", ".xhtml"} and _TAGS.search(text) else "text"


def _ending(file: str) -> str:
    name = file.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def shown(path: Path) -> str:
    """The path with forward slashes, as text that can always be printed and kept: what is no text in it is escaped."""
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
