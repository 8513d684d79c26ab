"""Hand-outs: briefings in both languages in one file that needs no other, to mail, print or paste."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from site_src.errors import UsageError
from site_src.model.brief import Facts
from site_src.model.publication import Publication
from site_src.render.handout import docx, html, mail, markdown
from site_src.render.handout.content import Choice, Handout, make_handout
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
    """The chosen briefings as one file: each in the first language of the site, facing the other language.

    Raises `UsageError` where no story is chosen, `MujazError` where a format needs a package that is not installed.
    """
    content = make_handout(publication, settings, names, facts, templates, choice)
    if not content.stories and (choice.topic or choice.since):
        raise UsageError(_why_empty(choice, publication))
    return FORMATS[choice.format](content)


def _why_empty(choice: Choice, publication: Publication) -> str:
    """Why no story is chosen, and which choice would find one."""
    of_topic = f"no story of the topic {choice.topic}" if choice.topic else "no story"
    if not choice.since:
        return f"--topic {choice.topic}: there is {of_topic} on the site; `topics explain` shows what is missing."
    latest = publication.until.iso if publication.until else ""
    until = f"the latest day that the site states is {latest}" if latest else "the site states no day"
    return f"--since {choice.since}: {of_topic} is of that day or later; {until}. Nothing was written."
