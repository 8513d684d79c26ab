"""The requests that a page may send to the desk, checked against their types before anything else reads them."""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, json

from site_src.serve.desk.decisions import Action
from site_src.serve.desk.view import Place

EDITION = re.compile(r"(?=.{1,40}\Z)[A-Za-z]+(-[A-Za-z0-9]+)*")
LONGEST_REQUEST = 100_000
"""Size of the largest request in bytes; a sentence is far shorter."""
Page = Annotated[str, Meta(max_length=40, pattern=rf"^{EDITION.pattern}\Z")]
"""The code of the edition whose page asks. It becomes part of a file name, so it may be no path."""
Short = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=20_000)]


class Request(Struct, frozen=True):
    """A request from a page of the desk."""

    page: Page


class SentenceRequest(Request, frozen=True):
    """A request about one sentence."""

    slug: Short
    lang: Short
    number: int

    @property
    def place(self) -> Place:
        """The place of that sentence."""
        return Place(self.slug, self.lang, self.number)


class Look(Request, frozen=True):
    """Asks what the page shows: counts, and the sentences of the story `slug`, or else the titles of `slugs`."""

    slug: Short = ""
    slugs: Annotated[tuple[Short, ...], Meta(max_length=500)] = ()


class Next(SentenceRequest, frozen=True):
    """Asks for the next sentence that `filter` selects, after the one that is open."""

    slug: Short = ""
    lang: Short = ""
    number: int = -1
    """-1 stands before the first sentence."""
    filter: Short = ""


class Check(SentenceRequest, frozen=True):
    """Asks for the findings on a text that is being typed."""

    text: Text


class Open(SentenceRequest, frozen=True):
    """Asks for the panel of a sentence: findings, similar translations, names."""

    mark: Short = ""
    """The mark under which a page opened it earlier, if it did; `text` is then what was typed since."""
    text: Text = ""


class Decide(SentenceRequest, frozen=True):
    """Saves a decision about a sentence that the page shows as it was under `mark`."""

    mark: Short
    action: Action
    text: Text = ""
    reason: Short = ""
    sure: bool = False
    follow: bool = False
    """Whether an approval opens the next sentence of the story that `filter` selects."""
    filter: Short = ""


class Turn(Request, frozen=True):
    """Takes back the last step, or does the step taken back last again."""


class AddName(Request, frozen=True):
    """Adds a name to the names file, or further forms to the name whose id is `of`."""

    id: Short = ""
    kind: Short = ""
    en: Short = ""
    ar: Short = ""
    of: Short = ""
    ar_variants: Short = ""
    """Forms separated by commas, as in `en_variants`."""
    en_variants: Short = ""


class FindNames(Request, frozen=True):
    """Asks for the names of the names file that contain these words."""

    words: Text = ""


def read_request(body: bytes, shape: type[Request]) -> Request | None:
    """The request that a JSON body holds; None for a body that is no such request."""
    try:
        return json.decode(body, type=shape)
    except (MsgspecError, UnicodeError, RecursionError):
        return None
