"""The forms that a page of the desk may send: their fields, checked before anything else reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from site_src.pipeline.adding import Planned
from site_src.serve.desk.decisions import plain

LONGEST_PAGE = 2_000_000
"""Size in bytes of the largest page that may be pasted; a larger one can be put into the folder as a file."""
LONGEST_UPLOAD = 16 * LONGEST_PAGE
"""Size in bytes of the largest upload that is read at all, so that a message can say that a page is too long."""
_LONGEST_FIELD = 20_000
"""Characters of the longest value of any other field."""
STATED = ("url", "outlet", "agency", "published", "title")
"""What a person may state of a pasted page, by the keys of the editor's word."""


class WrongFormError(Exception):
    """A form that no page of this preview sends."""


class Done(Struct, frozen=True):
    """What a form did: the page that shows the result, and the notice on it."""

    page: str
    subject: str
    """What that page shows: the value of its parameter (`Page.parameter`)."""
    words: Mapping[str, str]
    """The words that fill the label of the notice."""
    label: str = "said_written"


class Pasted(Struct, frozen=True):
    """A pasted page, and what a person states of it."""

    text: str = ""
    stated: Mapping[str, str] | None = None
    keep: bool = False
    """Whether to file it even if no article is found in it."""
    file: bool = False
    """Whether to file it, and not only to show what is read from it."""
    planned: Planned | None = None
    """What filing it would write, once it has been read."""

    @property
    def raw(self) -> bytes:
        """The bytes that are filed."""
        return self.text.encode("utf-8", "replace")

    @property
    def word(self) -> dict[str, str]:
        """What is stated, without empty fields."""
        return {key: value for key, value in (self.stated or {}).items() if value}


def one_line(typed: str) -> str:
    """Typed text on one line, without invisible characters."""
    return " ".join(plain(typed).split())


class Fields:
    """The fields of a form as it was sent."""

    def __init__(self, sent: Mapping[str, Sequence[bytes]]):
        """`sent` holds the values of each field, as the web server has split them."""
        self._sent = sent

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a field; raises `WrongFormError` for one that is not UTF-8, or too long."""
        try:
            values = tuple(value.decode("utf-8") for value in self._sent.get(name, ()))
        except UnicodeDecodeError as error:
            raise WrongFormError from error
        if any(len(value) > _LONGEST_FIELD for value in values if name != "text"):
            raise WrongFormError
        return values

    def value(self, name: str) -> str:
        """The value of a field, "" where it was not sent; raises as `values` does, and for several values."""
        values = self.values(name)
        if len(values) > 1:
            raise WrongFormError
        return values[0] if values else ""

    @property
    def act(self) -> str:
        """The value of the button that was pressed."""
        return self.value("act")

    @property
    def topics(self) -> tuple[str, ...] | None:
        """The topics that were ticked, the main one first; None where they are left to the rules."""
        if self.act != "topics":
            return None
        ticked, main = dict.fromkeys(self.values("topic")), self.value("main")
        return tuple(sorted(ticked, key=lambda slug: slug != main))
