"""Literals that are no plain number: times of day, telephone numbers, a decimal with a space inside."""

from __future__ import annotations

from site_src.text.figures.reader import Reader, Reading
from site_src.text.figures.tokens import Token
from site_src.text.patterns import late

_TIME = late(r"(\d{1,2})[.,،]?(\d\d)\Z")


def read_clock(reader: Reader, place: int) -> Reading | None:
    """A time of day, as ISO 8601 writes it."""
    return _time_reading(place, *reader.tokens[place].text.split(":"))


def read_hour(reader: Reader, place: int) -> Reading | None:
    """A time of day without colon, behind its word: الساعة 14,05, الساعة 0915."""
    before = reader.tokens[place - 1]
    match = _TIME.match(reader.tokens[place].text) if "hour" in before.cues and before.definite else None
    return _time_reading(place, *match.groups()) if match else None


def _time_reading(place: int, hour: str, minute: str) -> Reading | None:
    if int(hour) > 24 or int(minute) > 59:
        return None
    time = f"{int(hour):02d}:{int(minute):02d}"
    return Reading("date", place, place + 1, time, english=time)


def read_torn_decimal(reader: Reader, place: int) -> Reading | None:
    """A decimal with a space at its point (3. 4%, 39 ر108) is no figure: nobody can tell which half is which.

    Nor is one whose scale a minus behind it tears off (1.07- مليار).
    """
    whole_part, point, fraction = reader.tokens[place], reader.tokens[place + 1], reader.tokens[place + 2]
    if point.sort == "inert" and point.text[:1] == "ر" and point.text[1:].isdigit():
        return Reading(None, place, place + 2)
    if point.sort == "dash" and point.glued and not fraction.glued and fraction.sort in {"scale", "manyscale"}:
        return Reading(None, place, place + 3)
    if point.text != "." or not point.glued:
        return None
    if fraction.sort != "digits" or fraction.glued or not fraction.is_plain_integer:
        return None
    short = len(whole_part.text) < 3 and len(fraction.text) < 3
    return Reading(None, place, place + 4) if short and reader.tokens[place + 3].unit == "percent" else None


def read_telephone(reader: Reader, place: int) -> Reading | None:
    """Digits after a plus or with a leading zero are a telephone number, with the groups that follow them."""
    if not _has_leading_zero(reader.tokens[place]) and not _follows_plus(reader, place):
        return None
    end = place + 1
    while reader.tokens[end].sort in {"digits", "dash"}:
        end += 1
    return Reading(None, place, end)


def _has_leading_zero(token: Token) -> bool:
    return token.text[0] == "0" and token.is_plain_integer and token.value > 0


def _follows_plus(reader: Reader, place: int) -> bool:
    """Whether a plus touches digits that a further group of them, or a dash, follows."""
    if not reader.tokens[place].glued or reader.tokens[place - 1].text != "+":
        return False
    following = reader.tokens[place + 1]
    return following.sort in {"digits", "dash"} and following.is_plain_integer
