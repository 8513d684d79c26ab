"""Hand-outs: briefings in both languages in one file that needs no other, to mail, print or paste."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from site_src.model import Facts, Publication
from site_src.render.handout import docx, html, mail, markdown
from site_src.render.handout.told import Choice, Handout, tell
from site_src.settings import Settings
from site_src.text.names import NameBook

__all__ = ["FORMATS", "Choice", "handout"]

FORMATS: Mapping[str, Callable[[Handout], bytes]] = {
    "html": html.write, "md": markdown.write, "mail": mail.write, "docx": docx.write,
}  # fmt: skip


def handout(
    publication: Publication,
    settings: Settings,
    names: NameBook,
    facts: Mapping[str, Facts],
    templates: tuple[Path, ...],
    choice: Choice,
) -> bytes:
    """The chosen briefings as one file, in the first language of the site facing the other.

    Raises `MujazError` where a format needs a package that is not installed.
    """
    return FORMATS[choice.format](tell(publication, settings, names, facts, templates, choice))
