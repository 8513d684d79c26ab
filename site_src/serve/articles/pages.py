"""The desk's pages for articles: how each is shown, what its form says, and what that does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from site_src.serve.articles import editing
from site_src.serve.articles.field_form import fields_screen, told
from site_src.serve.articles.field_form import typed as typed_words
from site_src.serve.articles.fields import Told, set_fields
from site_src.serve.articles.forms import STATED, Done, Fields, Pasted, WrongFormError, one_line
from site_src.serve.articles.names import Typed, name_screen, names_screen, rename, typed
from site_src.serve.articles.paragraphs import Act
from site_src.serve.articles.screens import Screen, list_screen, page_screen, paste_screen, story_screen
from site_src.serve.desk import Desk


class Page(Struct, frozen=True):
    """A page and its form, if it has one."""

    about: str
    """The part of its address that says what it is about; "" for none."""
    show: Callable[[Screen, str, Any], bytes]
    """The page, given what it is about and what its form said that is not saved, or None."""
    do: Callable[[Desk, str, Any], Any] | None = None
    """Does what the form says and gives what is `Done`, or what the form shall say; raises `MujazError`."""
    read: Callable[[Fields], Any] = lambda fields: fields
    """What the form says; raises `WrongFormError`, as `do` may."""
    typed: Callable[[Any], str] = lambda _: ""
    """The words that were typed, for where the page cannot be shown any more."""


def _story(desk: Desk, slug: str, fields: Fields) -> Done:
    story, act = editing.story_of(desk.opened, slug), fields.act
    if act in ("topics", "rules"):
        file = editing.set_topics(desk, slug, fields.one("mark"), fields.topics)
    elif act == "join":
        file = editing.join(desk, slug, fields.one("other"))
    elif act == "part":
        file = editing.part(desk, slug, fields.one("copy"))
    elif act == "forget":
        file = editing.forget(desk, fields.many("names"))
    else:
        raise WrongFormError
    return Done("story", editing.slug_now(desk, story), {"file": file})


def _fields(desk: Desk, slug: str, forms: tuple[Told, ...]) -> Done:
    story = editing.story_of(desk.opened, slug)
    files = set_fields(desk, slug, forms)
    return Done("fields", editing.slug_now(desk, story), {"file": files})


def _paragraph(desk: Desk, file: str, fields: Fields) -> Done:
    act: Act = "bring" if fields.one("bring") else "cut"
    line, _, mark = fields.one(act).partition(" ")
    if not (line.isascii() and line.isdigit() and len(line) < 10 and mark):
        raise WrongFormError
    return Done("paragraphs", file, {"file": editing.set_paragraph(desk, file, int(line), mark, act)})


def _pasted(fields: Fields) -> Pasted:
    """The page that was pasted: line ends as files have them, stated fields on one line."""
    if fields.act not in ("read", "file"):
        raise WrongFormError
    text = fields.one("text").replace("\r\n", "\n").replace("\r", "\n")
    stated = {key: one_line(fields.one(key)) for key in STATED}
    return Pasted(text, stated, bool(fields.one("keep")), fields.act == "file")


def _paste(desk: Desk, _about: str, pasted: Pasted) -> Done | Pasted:
    if not pasted.file:
        return replace(pasted, planned=editing.plan(desk, pasted))
    file = editing.add(desk, pasted)
    return Done("paragraphs", file, {"file": file}, "said_filed")


def _rename(desk: Desk, name_id: str, said: Typed) -> Done:
    return Done("rename", name_id, {"file": rename(desk, name_id, said)})


PAGES = {
    "stories": Page("q", list_screen),
    "story": Page("slug", story_screen, _story),
    "fields": Page("slug", fields_screen, _fields, told, typed_words),
    "paragraphs": Page("file", page_screen, _paragraph),
    "paste": Page("", paste_screen, _paste, _pasted, lambda pasted: pasted.text),
    "names": Page("q", names_screen),
    "rename": Page("id", name_screen, _rename, typed),
}
"""By the last part of their address."""
