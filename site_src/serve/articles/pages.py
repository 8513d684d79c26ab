"""The desk's pages for articles: how each is shown, how its form is read, and what the form does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from site_src.serve.articles import editing
from site_src.serve.articles.field_form import fields_screen, typed_words
from site_src.serve.articles.field_form import read_form as read_field_form
from site_src.serve.articles.fields import ReportForm, set_fields
from site_src.serve.articles.forms import STATED, Done, Fields, Pasted, WrongFormError, one_line
from site_src.serve.articles.names import NameForm, name_screen, names_screen, rename
from site_src.serve.articles.names import read_form as read_name_form
from site_src.serve.articles.paragraphs import Act
from site_src.serve.articles.screens import Screen, list_screen, page_screen, paste_screen, story_screen
from site_src.serve.desk import Desk

_ACTS: tuple[Act, ...] = get_args(Act)


class Page(Struct, frozen=True):
    """A page of the desk and its form, if it has one."""

    parameter: str
    """The parameter of its address that says what it shows, its subject; "" for a page without one."""
    show: Callable[[Screen, str, Any], bytes]
    """Makes the page from its subject and a form that is not saved, or None."""
    do: Callable[[Desk, str, Any], Any] | None = None
    """Does what the form asks for the subject. Returns a `Done`, or a form to show; raises `MujazError`."""
    read: Callable[[Fields], Any] = lambda fields: fields
    """Reads the form; raises `WrongFormError`, as `do` may too."""
    typed: Callable[[Any], str] = lambda _: ""
    """The words that were typed in a form, for where the page can no longer be shown."""


def _save_story(desk: Desk, slug: str, fields: Fields) -> Done:
    story, act = editing.story_of(desk.opened, slug), fields.act
    if act in ("topics", "rules"):
        file = editing.set_topics(desk, slug, fields.value("mark"), fields.topics)
    elif act == "join":
        file = editing.join(desk, slug, fields.value("other"))
    elif act == "part":
        file = editing.separate(desk, slug, fields.value("copy"))
    elif act == "forget":
        file = editing.forget(desk, fields.values("names"))
    else:
        raise WrongFormError
    return Done("story", editing.slug_now(desk, story), {"file": file})


def _save_fields(desk: Desk, slug: str, forms: tuple[ReportForm, ...]) -> Done:
    story = editing.story_of(desk.opened, slug)
    files = set_fields(desk, slug, forms)
    return Done("fields", editing.slug_now(desk, story), {"file": files})


def _save_paragraph(desk: Desk, file: str, fields: Fields) -> Done:
    if fields.act in ("one", "rules"):
        return Done(
            "paragraphs", file, {"file": editing.set_splits(desk, file, fields.value("mark"), fields.act == "one")}
        )
    act: Act | None = next((act for act in _ACTS if fields.value(act)), None)
    line, _, mark = fields.value(act).partition(" ") if act else ("", "", "")
    is_line_number = line.isascii() and line.isdigit() and len(line) < 10
    if not (act and is_line_number and mark):
        raise WrongFormError
    return Done("paragraphs", file, {"file": editing.set_paragraph(desk, file, int(line), mark, act)})


def _read_pasted(fields: Fields) -> Pasted:
    """The pasted page with the line ends of files, and each stated field on one line; raises `WrongFormError`."""
    if fields.act not in ("read", "file"):
        raise WrongFormError
    text = fields.value("text").replace("\r\n", "\n").replace("\r", "\n")
    stated = {key: one_line(fields.value(key)) for key in STATED}
    return Pasted(text, stated, bool(fields.value("keep")), fields.act == "file")


def _read_or_file(desk: Desk, _subject: str, pasted: Pasted) -> Done | Pasted:
    if not pasted.file:
        return replace(pasted, planned=editing.plan(desk, pasted))
    file = editing.add(desk, pasted)
    return Done("paragraphs", file, {"file": file}, "said_filed")


def _rename(desk: Desk, name_id: str, form: NameForm) -> Done:
    return Done("rename", name_id, {"file": rename(desk, name_id, form)})


PAGES = {
    "stories": Page("q", list_screen),
    "story": Page("slug", story_screen, _save_story),
    "fields": Page("slug", fields_screen, _save_fields, read_field_form, typed_words),
    "paragraphs": Page("file", page_screen, _save_paragraph),
    "paste": Page("", paste_screen, _read_or_file, _read_pasted, lambda pasted: pasted.text),
    "names": Page("q", names_screen),
    "rename": Page("id", name_screen, _rename, read_name_form),
}
"""The pages by the last part of their address."""
