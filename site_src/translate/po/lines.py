"""The rows and blocks of a PO file. Every byte of the file is in one of them, so that unedited parts are unchanged."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from site_src.text.patterns import late

Kind = Literal["blank", "comment", "owned", "reference", "flags", "previous", "msgctxt", "msgid", "plural", "msgstr"]

_COMMENTS: dict[str, Kind] = {"#.": "owned", "#:": "reference", "#,": "flags"}
_KEYS: dict[str, Kind] = {"msgctxt": "msgctxt", "msgid": "msgid", "msgid_plural": "plural"}
_FOLLOWS: dict[str, frozenset[str]] = {
    "msgid": frozenset({"msgctxt", "plural"}),
    "plural": frozenset({"msgid"}),
    "msgstr": frozenset({"msgid", "plural"}),
}
_LINE = late(r"[^\n]*\n|[^\n]+")
_STRING = late(
    r"\s*+(?P<old>#~)?\s*+(?P<previous>#?\|)?\s*+"
    r'(?P<key>msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*+"(?P<string>(?:[^"\\]|\\.)*+)"\s*+$'
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "\\": "\\", '"': '"'}
_UNESCAPE = late(r'\\(["\\ntrvbf])')
# Characters that end a line for some reader of PO files, though not for gettext; in a sentence a space means the same.
_BREAKS: dict[int, str] = dict.fromkeys([*range(0x1C, 0x20), 0x85, 0x2028, 0x2029], " ")
_QUOTE = str.maketrans({value: f"\\{key}" for key, value in _ESCAPES.items()}) | _BREAKS


class PoSyntaxError(ValueError):
    """A line that no PO file may hold."""

    def __init__(self, line: int, what: str):
        self.line, self.what = line, what
        super().__init__(f"line {line}: {what}")


class Row(Struct, frozen=True):
    """A physical line with its newline, and what part of an entry it is."""

    kind: Kind
    text: str
    string: str = ""
    """The quoted string on it, unescaped."""
    old: bool = False
    """Whether it is marked obsolete (`#~`)."""


class Block(Struct, frozen=True):
    """The rows of one entry, from the blank lines before it to the end of its `msgstr`."""

    rows: tuple[Row, ...]
    line: int = 0
    """1-based line of its first row that is not blank; 0 for a block that is in no file yet."""

    def of(self, *kinds: Kind) -> tuple[Row, ...]:
        """The rows of these kinds, in order."""
        return tuple(row for row in self.rows if row.kind in kinds)

    def value(self, kind: Kind) -> str:
        """The string that the rows of this kind make together."""
        return "".join(row.string for row in self.rows if row.kind == kind)

    @property
    def flags(self) -> list[str]:
        """The flags ("fuzzy"), in order."""
        return [flag.strip() for row in self.of("flags") for flag in row.text.strip()[2:].split(",")]

    @property
    def comments(self) -> tuple[str, ...]:
        """A person's comment lines, without their `# `."""
        return tuple(row.text.strip()[1:].strip() for row in self.of("comment"))

    @property
    def obsolete(self) -> bool:
        """Whether its `msgid` is marked `#~`."""
        return any(row.old for row in self.of("msgid"))

    @property
    def header(self) -> bool:
        """Whether it is the file's header: the entry of the empty `msgid`."""
        return not self.value("msgid")

    @property
    def plain(self) -> bool:
        """Whether it has neither context nor plural; the project writes no other entries."""
        return not self.of("msgctxt", "plural")


class Scan(Struct, frozen=True):
    """All rows of a file: each is in a block or in the tail."""

    blocks: tuple[Block, ...]
    tail: tuple[Row, ...]


def quote(text: str) -> str:
    """The text as a PO string on one line, with its quotation marks."""
    return f'"{text.translate(_QUOTE)}"'


def scan(text: str) -> Scan:
    """The blocks of a PO file; raises `PoSyntaxError` for the first line that is not allowed where it stands."""
    blocks: list[Block] = []
    rows: list[Row] = []
    first, before = 1, ""  # the first line of the block, and the kind of the last row of it that is not blank
    for number, line in enumerate(_LINE.findall(text), 1):
        row = _row(line, number, before)
        if before == "msgstr" and row.kind != "msgstr":
            blocks.append(_block(rows, first))
            rows, first, before = [], number, ""
        rows.append(row)
        before = before if row.kind == "blank" else row.kind
    if before == "msgstr":
        return Scan((*blocks, _block(rows, first)), ())
    if any(row.kind in _KEYS.values() for row in rows):
        raise PoSyntaxError(_block(rows, first).line, "this entry has no msgstr")
    return Scan(tuple(blocks), tuple(rows))


def _block(rows: list[Row], first: int) -> Block:
    """The block of these rows, the first of which stands on line `first`."""
    blanks = next((index for index, row in enumerate(rows) if row.kind != "blank"), 0)
    return Block(tuple(rows), first + blanks)


def _row(line: str, number: int, before: str) -> Row:
    bare = line.strip()
    if not bare:
        return Row("blank", line)
    if bare[0] == "#" and bare[1:2] not in ("~", "|"):
        return Row(_COMMENTS.get(bare[:2], "comment"), line)
    match = _STRING.match(line)
    if not match:
        raise PoSyntaxError(number, f"not a PO line: {bare[:60]}")
    kind = _string_kind(match["key"] or "", is_previous=bool(match["previous"]), before=before)
    if not kind:
        raise PoSyntaxError(number, f"stands where it may not: {bare[:60]}")
    return Row(kind, line, unquote(match["string"]), bool(match["old"]))


def unquote(string: str) -> str:
    """The text of a PO string, given without its quotation marks."""
    return _UNESCAPE.sub(lambda escape: _ESCAPES[escape[1]], string)


def _string_kind(key: str, *, is_previous: bool, before: str) -> Kind | None:
    """The kind of a row with a string behind a row of kind `before`; None where it may not stand there."""
    if is_previous:
        return "previous"
    if key.startswith("msgstr"):
        is_plural = key != "msgstr" and before == "msgstr"
        return "msgstr" if is_plural or before in _FOLLOWS["msgstr"] else None
    if not key:
        return next((kind for kind in ("msgstr", *_KEYS.values()) if kind == before), None)  # a string continued
    kind = _KEYS[key]
    if kind == "plural":
        return kind if before == "msgid" else None
    return None if before in ("msgid", "plural") else kind
