"""What a build says of itself: problems of files, and what was done."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct


class Problem(Struct, frozen=True, gc=False, array_like=True):
    """Something about one file that a person should know: what, where, what to do."""

    file: str
    code: str
    """Stable short name such as "empty-file", for tests and machine-readable reports."""
    what: str
    todo: str = ""
    line: int | None = None
    severity: Literal["error", "warning"] = "error"
    """"error": (part of) the file was not used, `--strict` fails. "warning": it was used, but look."""


class Doubt(Struct, frozen=True, gc=False, array_like=True):
    """A title or sentence of a translation that a person should look at, and why."""

    slug: str
    number: int
    """Of the sentence, as its page numbers it; 0 is the title."""
    state: str
    """A `model.edition.State`."""
    findings: tuple[tuple[str, str], ...] = ()
    """(check, the item in the source or the translation, as written) of each finding."""
    why: str = ""
    """A person's reason for withholding."""


class Doubts(Struct, frozen=True, gc=False, array_like=True):
    """The sentences of the site that are in one state."""

    examples: tuple[Doubt, ...]
    """The first of each of a few stories, with the errors that the checks find."""
    sentences: int
    stories: int


class BuildReport(Struct, frozen=True, gc=False, array_like=True):
    """What a build did, for people and for `--strict`."""

    pages: int
    """Files that hold an article."""
    articles: int
    stories: int
    merged: int
    remembered: int
    translated: int
    pending: int
    withheld: int
    stale: int
    drafts: int
    failing: int
    """Sentences for which `--strict` fails, by the table of states and publication policies."""
    written: int
    removed: int
    seconds: float
    problems: tuple[Problem, ...] = ()
    unsorted: tuple[str, ...] = ()
    """Slugs of the stories that are in no topic and therefore not on the site."""
    doubts: tuple[Doubts, ...] = ()
    """The sentences withheld, stale, in draft, and approved though a check finds an error, as far as there are any."""
    notes: tuple[str, ...] = ()
    """Plain sentences for the person: no absolute base URL, the command that would translate, ..."""
    left: Mapping[str, tuple[bytes, tuple[int, ...]]] = {}
    """What stands in the output now: path of a file to a hash of what it was made from, and its marks."""
    refused: int = 0
    """Files that hold no article that the site can use."""
    would_write: tuple[str, ...] = ()
    would_remove: tuple[str, ...] = ()
    """Files of the output that a build would change, where none was changed."""
