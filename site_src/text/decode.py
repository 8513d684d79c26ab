"""Bytes to text: which encoding a file is really in, whatever it says of itself.

UTF-8 and UTF-16 prove themselves; among the one-byte encodings the one whose text is the most plausible Arabic wins.
Names, candidates and thresholds stand in `tables/encodings.toml`.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from msgspec import Struct

from site_src.tables import table
from site_src.text.patterns import late

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = late(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.-]{1,40})""", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a declaration is looked for; HTML wants it within the first 1024."""
_BREAKS = late("\r\n?|[\v\f\x85\u2028\u2029]")
_ARABIC = late("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]+")
_FOREIGN = late("[\u00aa\u00b5\u00ba\u00c0-\u024f\u0400-\u05ff]+")
_BROKEN = late("[\ufffd\x7f-\x9f]+")
_MIXED = late("[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]")
_BREAKING = "\r\v\f\x85\u2028\u2029"
_SCRAMBLED = "\u00d8\u00d9\u00c7طظ"
"""What most letters of Arabic become in a wrong encoding: lead bytes of UTF-8, and alef."""
_CONTROLS = bytes(sorted({*range(32), 127} - {9, 10, 11, 12, 13, 26, 27}))


class Decoded(Struct, frozen=True, gc=False):
    """A text with LF line ends and without NUL, the encoding it was in, and what had to be repaired, in sentences."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def marked(content: bytes) -> tuple[str, str]:
    """(byte order mark or "", the text after it) of a file in UTF-8; raises UnicodeDecodeError.

    An editor's program may write the mark and want it: whoever writes the file anew puts it before the new text.
    """
    text = content.decode("utf-8")
    return (text[:1], text[1:]) if text.startswith("\ufeff") else ("", text)


def decode(raw: bytes, declared: str = "") -> Decoded | None:
    """The text of `raw`; None when no known encoding makes text of it.

    `declared` is a charset stated outside of the bytes (a MIME header); a declaration inside them is found here.
    """
    for bom, codec in _BOMS:
        if raw.startswith(bom):
            return _finished(raw[len(bom) :].decode(codec, "replace"), _name(codec))
    if codec := _wide(raw):
        return _finished(raw.decode(codec, "replace"), _name(codec))
    if _is_binary(raw):
        return None
    codec = _codec(declared) or _declaration(raw)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _most_plausible(raw, codec)
    return _unscrambled(text, len(raw)) or _finished(text, "utf-8", _contradiction(codec, "utf-8", raw))


def _name(codec: str) -> str:
    name: str = table("encodings")["names"].get(codec, codec)
    return name


def _codec(declared: str) -> str:
    codec: str = table("encodings")["declared"].get(declared.strip().lower(), "")
    return codec


def _declaration(raw: bytes) -> str:
    """The codec that the first known declaration inside the bytes names, else ""."""
    head = raw[:_HEAD]
    if b"=" not in head:
        return ""
    named = (_codec(match[1].decode("ascii", "replace")) for match in _DECLARED.finditer(head))
    return next(filter(None, named), "")


def _contradiction(declared: str, real: str, raw: bytes) -> tuple[str, ...]:
    if not declared or declared == real or raw.isascii():
        return ()
    return (f"it says that it is {_name(declared)}, but it is {_name(real)}; it was read as what it is",)


def _wide(raw: bytes) -> str:
    """UTF-16 without a byte order mark shows in every other byte being that of Arabic or ASCII."""
    sample = raw[: _HEAD * 2]
    if len(sample) < 8 or (b"\0" not in sample and b"\6" not in sample):
        return ""
    for codec, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        share = (high.count(0) + high.count(6)) / len(high)
        if share >= table("encodings")["limits"]["wide"]:
            return codec if sample.count(0) < len(sample) * 0.6 else ""
    return ""


def _is_binary(raw: bytes) -> bool:
    if not any(map(raw.__contains__, _CONTROLS)):
        return False
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    share: float = table("encodings")["limits"]["control"]
    return controls > len(raw) * share + 2


def _most_plausible(raw: bytes, declared: str) -> Decoded | None:
    codecs_tried = ["utf-8", *table("encodings")["candidates"]["codecs"]]
    texts = {codec: raw.decode(codec, "replace") for codec in codecs_tried}
    best = max(texts, key=lambda codec: _plausibility(texts[codec]))
    if _plausibility(texts[best]) > 0:
        return _finished(texts[best], _name(best), _contradiction(declared, best, raw))
    if declared in {"", "utf-8", *texts}:
        return None
    return _finished(raw.decode(declared, "replace"), _name(declared))


def _plausibility(text: str) -> int:
    """Arabic letters and articles for it; other alphabets, broken characters and words of two scripts against it.

    The letters of which UTF-8 read as windows-1256 consists are rare in Arabic and count against it as well.
    """
    good = _length(_ARABIC, text) + 4 * (text.count(" ال") + text.count(" في "))
    odd = len(_MIXED.findall(text)) + _length(_BROKEN, text)
    return good - 2 * _length(_FOREIGN, text) - 3 * (text.count("ط") + text.count("ظ")) - 5 * odd


def _length(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _unscrambled(text: str, size: int) -> Decoded | None:
    """The text that was meant, where `size` bytes of UTF-8 hold what was once read in a wrong encoding and saved."""
    settings = table("encodings")["scrambled"]
    wide = size - len(text)
    if not wide or sum(text.count(letter) for letter in _SCRAMBLED if letter in text) < wide * settings["share"]:
        return None
    for wrong, right in settings["pairs"]:
        try:
            meant = text.translate(_bytes_of(wrong)).encode("latin-1").decode(right)
        except UnicodeError:
            continue
        if _plausibility(meant) > max(0, _plausibility(text)):
            repair = f"its text is {_name(right)} that was once read as {_name(wrong)} and saved so; it was put right"
            return _finished(meant, _name(right), (repair,))
    return None


@cache
def _bytes_of(codec: str) -> dict[int, str]:
    """Each character of a one-byte codec to the Latin-1 character of its byte."""
    return {
        ord(character): chr(byte) for byte in range(128, 256) if (character := bytes([byte]).decode(codec, "ignore"))
    }


def _finished(text: str, encoding: str, repairs: tuple[str, ...] = ()) -> Decoded:
    if "\0" in text:
        nul = text.count("\0")
        text = text.replace("\0", "")
        repairs += (f"{nul} NUL characters were removed",)
    if "\ufffd" in text:
        broken = text.count("\ufffd")
        repairs += (f"{broken} characters could not be decoded and stand as \ufffd",)
    text = text.removeprefix("\ufeff")
    broken_lines = any(map(text.__contains__, _BREAKING))
    return Decoded(_BREAKS.sub("\n", text) if broken_lines else text, encoding, repairs)
