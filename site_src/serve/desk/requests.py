"""What a page may ask of the desk: the shapes of its requests, checked before anything else looks at them."""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, json

from site_src.serve.desk.decisions import Action
from site_src.serve.desk.view import Place

EDITION = re.compile(r"(?=.{1,40}\Z)[A-Za-z]+(-[A-Za-z0-9]+)*")
LONGEST_REQUEST = 100_000
"""Bytes of the longest request: a sentence of the desk is far shorter."""
Page = Annotated[str, Meta(max_length=40, pattern=rf"^{EDITION.pattern}\Z")]
"""The code of the edition that asks: it names a label file, and may be no path."""
Short = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=20_000)]


class Asked(Struct, frozen=True):
    """A request."""

    page: Page


class OfSentence(Asked, frozen=True):
    """A request about one sentence."""

    slug: Short
    lang: Short
    number: int

    @property
    def place(self) -> Place:
        """The sentence that it is about."""
        return Place(self.slug, self.lang, self.number)


class Look(Asked, frozen=True):
    """What a page shows: counts, and the sentences of the story `slug` if it tells one, else the titles of `slugs`."""

    slug: Short = ""
    slugs: Annotated[tuple[Short, ...], Meta(max_length=500)] = ()


class Next(OfSentence, frozen=True):
    """The next sentence that `filter` lets through, after the one where the page is."""

    slug: Short = ""
    lang: Short = ""
    number: int = -1
    """-1 is before the first."""
    filter: Short = ""


class Check(OfSentence, frozen=True):
    """The findings for a text that is being typed."""

    text: Text


class Open(OfSentence, frozen=True):
    """What belongs to a sentence that is opened: its findings, what the memory and the names know of it."""

    mark: Short = ""
    """What the page knew it under, for an editor that was open before: with `text`, what was typed in it."""
    text: Text = ""


class Decide(OfSentence, frozen=True):
    """A decision about a sentence that the page knew under `mark`."""

    mark: Short
    action: Action
    text: Text = ""
    reason: Short = ""
    sure: bool = False
    follow: bool = False
    """Whether the page goes on from what was approved to the next sentence of the story that `filter` lets through."""
    filter: Short = ""


class Turn(Asked, frozen=True):
    """Take back the last step, or do again the one that was taken back last."""


class Named(Asked, frozen=True):
    """A name for the names file, or (`of` being the id of one that it has) further forms of it."""

    id: Short = ""
    kind: Short = ""
    en: Short = ""
    ar: Short = ""
    of: Short = ""
    ar_variants: Short = ""
    """Words with commas between, as `en_variants`."""
    en_variants: Short = ""


class Known(Asked, frozen=True):
    """The names of the names file that hold some words."""

    words: Text = ""


def read_request(body: bytes, shape: type[Asked]) -> Asked | None:
    """The request in a body of JSON; None for anything else."""
    try:
        return json.decode(body, type=shape)
    except (MsgspecError, UnicodeError, RecursionError):
        return None
