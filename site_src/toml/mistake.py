"""What is wrong with a text that is no TOML, and on which of its lines, in words for the person who wrote it."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from unicodedata import name

from msgspec import Struct

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)\Z")
_ENDLESS = re.compile(r"Unterminated string|Illegal character '\\n'")
_PLAINER = {
    "Cannot overwrite a value": "this key has a value above already",
    "Expected newline or end of document after a statement":
        "something stands behind the value: a text, or a date in another form than 2025-11-08, "
        "needs quotation marks around all of it",
    "Expected '=' after a key in a key/value pair": "an equals sign (=) is missing between a key and its value",
    "Invalid date or datetime": "no calendar has this day, or no clock this time",
    "Invalid value": "no value stands here: a text needs quotation marks around it",
}  # fmt: skip
_MULTILINE = ('"""', "'''")
_TEXT = re.compile(r'"(?:\\.|[^"\\])*(?:"|$)|\'[^\']*(?:\'|$)|#.*')
"""What of a line may hold any character: texts and remarks."""
_LETTER = "stands outside of quotation marks: words and keys of such letters need them"
_SIGN = "stands where only plain signs may: \" or ' around a text, a plain comma behind it, = before a value"


class TomlMistake(Struct, frozen=True, gc=False):
    """One mistake; `str` says it with its line."""

    what: str
    line: int
    """The first is 1."""

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


def toml_mistake(text: str, above: int = 0) -> TomlMistake:
    """The mistake of a text that `tomllib` refuses or cannot follow, and that stands below `above` lines of its file.

    What is never closed is told where it was opened: on the first line below all that is TOML by itself.
    """
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        said = str(error)[: place.start()] if place else str(error)
        lines = text.split("\n")
        at = int(place["line"]) if place and place["line"] else len(text.rstrip().split("\n"))
        return _told(_PLAINER.get(said, said), lines, at, above)
    except RecursionError:
        return TomlMistake("brackets stand within brackets too deep", above + 1)
    raise ValueError("the text is TOML")


def _told(said: str, lines: list[str], at: int, above: int) -> TomlMistake:
    begun = _begun(lines, at)
    first, line = above + begun, above + at
    long = any(mark in line for mark in _MULTILINE for line in lines[begun - 1 : at])
    if _ENDLESS.search(said):
        if long:
            return TomlMistake("the text that begins here is never closed", first)
        return TomlMistake("a closing quotation mark is missing", line)
    for number in () if long else range(begun, at + 1):
        if sign := next((sign for sign in _TEXT.sub("", lines[number - 1]) if not sign.isascii()), ""):
            called = name(sign, "a sign without a name").lower()
            return TomlMistake(f"{sign} ({called}) {_LETTER if sign.isalpha() else _SIGN}", above + number)
    if begun < at and said.startswith("Unclosed"):
        return TomlMistake(f"{said}: it begins here and is still open on line {line}", first)
    return TomlMistake(f"{said}, in what begins on line {first}: is it closed?" if begun < at else said, line)


def _begun(lines: list[str], at: int) -> int:
    """The line on which the statement begins that is wrong at line `at`."""
    for count in range(at - 1, 0, -1):
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads("\n".join(lines[:count]))
            return count + 1
    return 1
