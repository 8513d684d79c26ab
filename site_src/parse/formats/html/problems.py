"""The problems that a saved web page may have, each with what to do about it."""

from __future__ import annotations

from site_src.model.page import RawPage
from site_src.model.report import Problem
from site_src.parse.formats.html.flow import Run
from site_src.parse.formats.limits import LIMITS


def too_deep(page: RawPage) -> Problem:
    """The problem that only the paragraphs of a page were read."""
    what = "its markup is nested deeper than 2,000 levels; only its paragraphs were read"
    return Problem(page.file, "nested-markup", what, "look at its text with `inspect`", severity="warning")


def crowded(page: RawPage, line: int) -> Problem:
    """The problem that a page was left out for a tag with too many attributes, which ends in line `line`."""
    what = f"a tag has more than {LIMITS['attributes']:,} attributes; the page was left out"
    return Problem(page.file, "crowded-tag", what, "save the article alone, as text", line)


def cut_off(page: RawPage, run: Run) -> Problem:
    """The problem that the shown text may be cut off; `run` is the first line of a longer, hidden copy."""
    what = "the page hides a longer copy of the text that it shows: that may be cut off"
    todo = "save the page again where all of its text is shown, signed in to the site for instance"
    return Problem(page.file, "text-cut-off", what, todo, run.line, "warning")


def broken_off(page: RawPage, line: int) -> Problem:
    """The problem that a file ends in the middle of its page; `line` is the line of its last text."""
    what = "the file ends in the middle of its page: the rest of the text may be missing"
    return Problem(page.file, "text-cut-off", what, "save the page again, whole", line, "warning")


def unfolded(page: RawPage, run: Run) -> Problem:
    """The problem that the rest of a text was hidden; `run` is the first line of that rest."""
    what = "the page hides the rest of its text until it is unfolded; the rest was read"
    return Problem(page.file, "text-unfolded", what, "compare it with the page in a browser", run.line, "warning")


def unfilled(page: RawPage) -> Problem:
    """The problem that the text of a page was read from its JSON-LD."""
    what = "the page itself holds next to no text (scripts fill it); its text was read from its JSON-LD"
    return Problem(page.file, "text-from-json-ld", what, "compare it with the page in a browser", severity="warning")
