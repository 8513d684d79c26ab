"""Bytes to text: which encoding a file is really in, whatever it declares.

UTF-8 and UTF-16 can be recognised; of the one-byte encodings the one that gives the most plausible Arabic is taken.
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
"""The characters that most Arabic letters contain in a wrong encoding: lead bytes of UTF-8, and alef."""
_CONTROLS = bytes(sorted({*range(32), 127} - {9, 10, 11, 12, 13, 26, 27}))


class Decoded(Struct, frozen=True, gc=False):
    """A text with LF line ends and without NUL, its encoding, and the repairs that were made, as sentences."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def marked(content: bytes) -> tuple[str, str]:
    """(byte order mark or "", the text after it) of a file in UTF-8; raises UnicodeDecodeError.

    An editor's program may write the mark and need it: whoever rewrites the file puts it before the new text.
    """
    text = content.decode("utf-8")
    return (text[:1], text[1:]) if text.startswith("\ufeff") else ("", text)


def decode(raw: bytes, declared: str = "") -> Decoded | None:
    """The text of `raw`; None when it is text in no known encoding.

    `declared` is a charset stated outside of the bytes (a MIME header); a declaration inside them is found here.
    """
    for bom, codec in _BOMS:
        if raw.startswith(bom):
            return _to_decoded(raw[len(bom) :].decode(codec, "replace"), _name_of(codec))
    if codec := _utf16_codec(raw):
        return _to_decoded(raw.decode(codec, "replace"), _name_of(codec))
    if _is_binary(raw):
        return None
    codec = _codec_of(declared) or _declared_inside(raw)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_most_plausible(raw, codec)
    return _unscrambled(text, len(raw)) or _to_decoded(text, "utf-8", _contradiction(codec, "utf-8", raw))


def _name_of(codec: str) -> str:
    """The name of a codec in the report."""
    name: str = table("encodings")["names"].get(codec, codec)
    return name


def _codec_of(declared: str) -> str:
    """The codec that a declared charset names; "" for an unknown one."""
    codec: str = table("encodings")["declared"].get(declared.strip().lower(), "")
    return codec


def _declared_inside(raw: bytes) -> str:
    """The codec that the first known declaration inside the bytes names; "" without any."""
    head = raw[:_HEAD]
    if b"=" not in head:
        return ""
    codecs_named = (_codec_of(match[1].decode("ascii", "replace")) for match in _DECLARED.finditer(head))
    return next(filter(None, codecs_named), "")


def _contradiction(declared: str, real: str, raw: bytes) -> tuple[str, ...]:
    """The repair of reading a file in another codec than the one it declares, if that made a difference."""
    if not declared or declared == real or raw.isascii():
        return ()
    return (f"it says that it is {_name_of(declared)}, but it is {_name_of(real)}; it was read as what it is",)


def _utf16_codec(raw: bytes) -> str:
    """The codec of UTF-16 without a byte order mark, "" for other bytes: every other byte is one of Arabic or ASCII."""
    sample = raw[: _HEAD * 2]
    if len(sample) < 8 or (b"\0" not in sample and b"\6" not in sample):
        return ""
    for codec, high_bytes in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        share = (high_bytes.count(0) + high_bytes.count(6)) / len(high_bytes)
        if share >= table("encodings")["limits"]["wide"]:
            return codec if sample.count(0) < len(sample) * 0.6 else ""
    return ""


def _is_binary(raw: bytes) -> bool:
    """Whether too many of the bytes are control characters."""
    if not any(map(raw.__contains__, _CONTROLS)):
        return False
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    share: float = table("encodings")["limits"]["control"]
    return controls > len(raw) * share + 2


def _decode_most_plausible(raw: bytes, declared: str) -> Decoded | None:
    """The text in the codec that gives the most plausible Arabic, or else in the declared one; None without either."""
    candidates = ["utf-8", *table("encodings")["candidates"]["codecs"]]
    texts = {codec: raw.decode(codec, "replace") for codec in candidates}
    best = max(texts, key=lambda codec: _plausibility(texts[codec]))
    if _plausibility(texts[best]) > 0:
        return _to_decoded(texts[best], _name_of(best), _contradiction(declared, best, raw))
    if declared in {"", "utf-8", *texts}:
        return None
    return _to_decoded(raw.decode(declared, "replace"), _name_of(declared))


def _plausibility(text: str) -> int:
    """How plausible a text is as Arabic; 0 or less where it is not.

    Arabic letters and articles count for it; other alphabets, broken characters and words of two scripts against it.
    The letters of which UTF-8 read as windows-1256 consists are rare in Arabic and count against it as well.
    """
    arabic = _total_length(_ARABIC, text) + 4 * (text.count(" ال") + text.count(" في "))
    broken = len(_MIXED.findall(text)) + _total_length(_BROKEN, text)
    return arabic - 2 * _total_length(_FOREIGN, text) - 3 * (text.count("ط") + text.count("ظ")) - 5 * broken


def _total_length(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _unscrambled(text: str, size: int) -> Decoded | None:
    """The original text, where `size` bytes of UTF-8 hold what was once misread and saved so; else None."""
    settings = table("encodings")["scrambled"]
    extra_bytes = size - len(text)
    if not extra_bytes:
        return None
    if sum(text.count(letter) for letter in _SCRAMBLED if letter in text) < extra_bytes * settings["share"]:
        return None
    for wrong, right in settings["pairs"]:
        try:
            original = text.translate(_bytes_of(wrong)).encode("latin-1").decode(right)
        except UnicodeError:
            continue
        if _plausibility(original) > max(0, _plausibility(text)):
            name, wrong_name = _name_of(right), _name_of(wrong)
            repair = f"its text is {name} that was once read as {wrong_name} and saved so; it was put right"
            return _to_decoded(original, name, (repair,))
    return None


@cache
def _bytes_of(codec: str) -> dict[int, str]:
    """Each character of a one-byte codec, by its number, to the Latin-1 character of its byte."""
    return {
        ord(character): chr(byte) for byte in range(128, 256) if (character := bytes([byte]).decode(codec, "ignore"))
    }


def _to_decoded(text: str, encoding: str, repairs: tuple[str, ...] = ()) -> Decoded:
    """The result: the text with LF line ends and without NUL; characters that could not be decoded are reported."""
    if "\0" in text:
        count = text.count("\0")
        text = text.replace("\0", "")
        repairs += (f"{count} NUL characters were removed",)
    if "\ufffd" in text:
        count = text.count("\ufffd")
        repairs += (f"{count} characters could not be decoded and stand as \ufffd",)
    text = text.removeprefix("\ufeff")
    broken_lines = any(map(text.__contains__, _BREAKING))
    return Decoded(_BREAKS.sub("\n", text) if broken_lines else text, encoding, repairs)
