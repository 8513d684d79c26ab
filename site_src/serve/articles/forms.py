"""What a form of the desk may send: its fields, checked before anything else looks at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from site_src.pipeline.adding import Planned
from site_src.serve.desk.decisions import plain

LONGEST_PAGE = 2_000_000
"""Bytes of a page that may be pasted: a longer one is saved as a file and put into the folder."""
LONGEST_UPLOAD = 16 * LONGEST_PAGE
"""Bytes that are taken in at all, so that a page which is too long can be told so."""
_LONGEST = 20_000
"""Characters of any other field."""
STATED = ("url", "outlet", "agency", "published", "title")
"""What a person may state of a pasted page, by the keys of the editor's word."""


class WrongFormError(Exception):
    """A form that no page of ours sends."""


class Done(Struct, frozen=True):
    """What a form did: the page that shows it, and the label and words that tell it."""

    page: str
    about: str
    """What that page is about, as its address says it."""
    words: Mapping[str, str]
    label: str = "said_written"


class Pasted(Struct, frozen=True):
    """A page as it was pasted, and what a person states of it."""

    text: str = ""
    stated: Mapping[str, str] | None = None
    keep: bool = False
    """File it though no article is found in it."""
    file: bool = False
    """Whether it shall be filed, and not only read."""
    planned: Planned | None = None
    """What filing it would write, once it was read."""

    @property
    def raw(self) -> bytes:
        """The bytes that are filed."""
        return self.text.encode("utf-8", "replace")

    @property
    def word(self) -> dict[str, str]:
        """What is stated, empty fields left out."""
        return {key: value for key, value in (self.stated or {}).items() if value}


def one_line(typed: str) -> str:
    """Typed words on one line, without what nobody sees."""
    return " ".join(plain(typed).split())


class Fields:
    """The fields of a form."""

    def __init__(self, sent: Mapping[str, Sequence[bytes]]):
        """`sent` are the values of each field, as the web server took them apart."""
        self._sent = sent

    def many(self, name: str) -> tuple[str, ...]:
        """The values of a field; raises `WrongFormError` for what is no text, or too long."""
        try:
            values = tuple(value.decode("utf-8") for value in self._sent.get(name, ()))
        except UnicodeDecodeError as error:
            raise WrongFormError from error
        if any(len(value) > _LONGEST for value in values if name != "text"):
            raise WrongFormError
        return values

    def one(self, name: str) -> str:
        """The value of a field, "" without one; raises as `many` does, and for several."""
        found = self.many(name)
        if len(found) > 1:
            raise WrongFormError
        return found[0] if found else ""

    @property
    def act(self) -> str:
        """What the button that was pressed asks for."""
        return self.one("act")

    @property
    def topics(self) -> tuple[str, ...] | None:
        """The topics that were ticked, the main one first; None where the rules shall decide."""
        if self.act != "topics":
            return None
        ticked, main = dict.fromkeys(self.many("topic")), self.one("main")
        return tuple(sorted(ticked, key=lambda slug: slug != main))
