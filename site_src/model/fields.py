"""Fields: a value with its evidence, and a date as far as it is stated."""

import datetime
from typing import Generic, Literal, TypeVar

from msgspec import Struct

T = TypeVar("T")

Status = Literal["stated", "inferred", "editor", "unknown"]
"""How a field is known: the page says so; we concluded it; a person set it; nobody knows."""


class Found(Struct, Generic[T], frozen=True, gc=False, array_like=True):
    """A field and its evidence. `value` is None exactly when `status` is "unknown"."""

    value: T | None = None
    status: Status = "unknown"
    words: str = ""
    """The words of the page that the value was read from, as written."""
    where: str = ""
    """Where they stand: "line 3", "json-ld", "og:title", "NAME.toml", "copy FILE"; "" when unknown."""
    id: str = ""
    """Canonical id where the tables know one, such as "afp" for an agency."""


UNKNOWN: Found[str] = Found()


class Day(Struct, frozen=True, gc=False, array_like=True):
    """A date, as far as it is stated: a part that nobody states stays None, and is never guessed."""

    year: int | None
    month: int | None
    day: int | None
    time: str = ""
    """HH:MM (24 hours) as stated, else ""."""
    zone: str = ""
    """The zone as written ("GMT", "بتوقيت غرينتش", "+03:00"), else ""."""
    weekday: int | None = None
    """0 is Monday; only when the text names it."""
    ambiguous: bool = False
    """A numeric date that could be read month first as well; it was read day first."""

    @property
    def iso(self) -> str | None:
        """YYYY, YYYY-MM or YYYY-MM-DD as far as it is known from the year down; None without a year."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}"]
        for part in (self.month, self.day):
            if part is None:
                break
            parts.append(f"{part:02d}")
        return "-".join(parts)

    @property
    def full(self) -> bool:
        """Whether year, month and day are all known."""
        return None not in (self.year, self.month, self.day)

    @property
    def date(self) -> datetime.date | None:
        """The date of a day that is fully known, else None; raises `ValueError` for one that no calendar has."""
        return datetime.date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    @classmethod
    def of(cls, known: datetime.date) -> "Day":
        """The day of a date."""
        return cls(known.year, known.month, known.day)


UNDATED: Found[Day] = Found()
