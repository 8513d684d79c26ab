"""What is wrong with a text that is no TOML, and on which line, in words for the person who wrote it."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from unicodedata import name

from msgspec import Struct

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)\Z")
_UNCLOSED_STRING = re.compile(r"Unterminated string|Illegal character '\\n'")
_PLAIN_WORDS = {
    "Cannot overwrite a value": "this key has a value above already",
    "Expected newline or end of document after a statement":
        "something stands behind the value: a text, or a date in another form than 2025-11-08, "
        "needs quotation marks around all of it",
    "Expected '=' after a key in a key/value pair": "an equals sign (=) is missing between a key and its value",
    "Invalid date or datetime": "no calendar has this day, or no clock this time",
    "Invalid value": "no value stands here: a text needs quotation marks around it",
}  # fmt: skip
_MULTILINE = ('"""', "'''")
_STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\])*(?:"|$)|\'[^\']*(?:\'|$)|#.*')
"""The parts of a line that may hold any character."""
_LETTER = "stands outside of quotation marks: words and keys of such letters need them"
_SIGN = "stands where only plain signs may: \" or ' around a text, a plain comma behind it, = before a value"


class TomlMistake(Struct, frozen=True, gc=False):
    """One mistake; `str()` gives it with its line."""

    what: str
    line: int
    """Counted from 1."""

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


def toml_mistake(text: str, above: int = 0) -> TomlMistake:
    """The mistake in a text that is no TOML, or that is nested too deep for `tomllib`.

    `above` is the number of lines of its file above the text. A bracket or string that is never closed is reported
    where its statement begins: on the first line below the part that is TOML by itself.
    """
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        message = str(error)[: position.start()] if position else str(error)
        lines = text.split("\n")
        line = int(position["line"]) if position and position["line"] else len(text.rstrip().split("\n"))
        return _explain(_PLAIN_WORDS.get(message, message), lines, line, above)
    except RecursionError:
        return TomlMistake("brackets stand within brackets too deep", above + 1)
    raise ValueError("the text is TOML")


def _explain(message: str, lines: list[str], line: int, above: int) -> TomlMistake:
    """The mistake that `tomllib` reports with this message on this line of the text."""
    start = _statement_start(lines, line)
    line_in_file, start_in_file = above + line, above + start
    is_multiline_string = any(quotes in text for quotes in _MULTILINE for text in lines[start - 1 : line])
    if _UNCLOSED_STRING.search(message):
        if is_multiline_string:
            return TomlMistake("the text that begins here is never closed", start_in_file)
        return TomlMistake("a closing quotation mark is missing", line_in_file)
    for number in () if is_multiline_string else range(start, line + 1):
        if sign := _foreign_sign(lines[number - 1]):
            sign_name = name(sign, "a sign without a name").lower()
            advice = _LETTER if sign.isalpha() else _SIGN
            return TomlMistake(f"{sign} ({sign_name}) {advice}", above + number)
    if start == line:
        return TomlMistake(message, line_in_file)
    if message.startswith("Unclosed"):
        return TomlMistake(f"{message}: it begins here and is still open on line {line_in_file}", start_in_file)
    return TomlMistake(f"{message}, in what begins on line {start_in_file}: is it closed?", line_in_file)


def _foreign_sign(line: str) -> str:
    """The first character outside of strings and comments that is not ASCII, "" for none."""
    return next((sign for sign in _STRING_OR_COMMENT.sub("", line) if not sign.isascii()), "")


def _statement_start(lines: list[str], line: int) -> int:
    """The line on which the statement begins that is wrong on `line`; both count from 1."""
    for count in range(line - 1, 0, -1):
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads("\n".join(lines[:count]))
            return count + 1
    return 1
