"""The names file at the desk: the list of its entries, and the form that changes one."""

from __future__ import annotations

from itertools import chain, islice

from msgspec import Struct

from site_src.model.names import Name
from site_src.naming import Entry, change_name
from site_src.serve.articles.editing import RefusedError
from site_src.serve.articles.forms import Fields, WrongFormError, one_line
from site_src.serve.articles.rows import MOST_ROWS
from site_src.serve.articles.screens import Screen
from site_src.serve.desk import Desk
from site_src.serve.desk.answers import find_names, split_list
from site_src.serve.desk.steps import Change
from site_src.translate.po import sha

COLUMNS = {"en": ("en", "en_short", "en_variants"), "ar": ("ar", "ar_variants")}
"""The keys of `Name` that the form changes, by language."""
KEYS = tuple(chain.from_iterable(COLUMNS.values()))


class NameForm(Struct, frozen=True):
    """The form of a name as it was sent."""

    values: Entry
    """By the keys of `KEYS`."""
    mark: str = ""
    """The mark of the name when the form was shown."""
    keep: bool = True
    """Whether a replaced name stays among the variants, so that texts with the old form are still understood."""

    def entry(self, name: Name) -> Entry:
        """The values that the entry of the name shall have."""
        entry = dict(self.values)
        for key in ("en", "ar"):
            old_form, variants = getattr(name, key), tuple(entry[f"{key}_variants"])
            if self.keep and old_form not in (entry[key], *variants):
                variants += (old_form,)
            entry[f"{key}_variants"] = tuple(variant for variant in variants if variant != entry[key])
        return entry


def read_form(fields: Fields) -> NameForm:
    """The form as it was sent; raises `WrongFormError`."""
    if fields.act != "rename":
        raise WrongFormError
    values: dict[str, str | tuple[str, ...]] = {}
    for key in KEYS:
        typed = fields.value(key)
        values[key] = tuple(map(one_line, split_list(typed))) if key.endswith("variants") else one_line(typed)
    return NameForm(values, fields.value("mark"), bool(fields.value("keep")))


def rename(desk: Desk, name_id: str, form: NameForm) -> str:
    """Change the forms of a name, unless its entry has changed since the form was shown; returns the file's name.

    Raises `RefusedError` where it has, and `SettingsError` for forms that no name can have.
    """
    name, path = _find_name(desk, name_id), desk.places.names
    written = change_name(path, name, form.entry(name)) if _mark(name) == form.mark else None
    if written is None:
        raise RefusedError("said_name_conflict")
    if written.after != written.before:
        desk.steps.record(Change(path, written.before, written.after))
    return path.name


def _find_name(desk: Desk, name_id: str) -> Name:
    names = desk.opened.names.book.names
    if name_id not in names:
        raise RefusedError("no_name", name=name_id)
    return names[name_id]


def _mark(name: Name) -> str:
    return sha(repr(name))


def names_screen(screen: Screen, query: str, _unsaved: None) -> bytes:
    """All names of the file, or those that contain every word of the query."""
    names = tuple(find_names(screen.desk.opened.names.book, query))
    return screen.fill("names", query=query, names=tuple(islice(names, MOST_ROWS)), total=len(names))


def name_screen(screen: Screen, name_id: str, unsaved: NameForm | None = None) -> bytes:
    """The form of a name; `unsaved` is what was typed there and is not saved, if anything."""
    name = _find_name(screen.desk, name_id)
    values = unsaved.values if unsaved else {key: getattr(name, key) for key in KEYS}
    columns = [[(key, code, values[key], key.endswith("variants")) for key in keys] for code, keys in COLUMNS.items()]
    keep = unsaved.keep if unsaved else True
    return screen.fill("rename", entry=name, mark=_mark(name), columns=columns, keep=keep)
