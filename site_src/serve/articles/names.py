"""The names file at the desk: its entries, and other words for one that it has."""

from __future__ import annotations

from itertools import chain, islice

from msgspec import Struct

from site_src.model.names import Name
from site_src.naming import Entry, change_name
from site_src.serve.articles.editing import RefusedError
from site_src.serve.articles.forms import Fields, WrongFormError, one_line
from site_src.serve.articles.screens import Screen
from site_src.serve.desk import Desk
from site_src.serve.desk.answers import find_names, split_list
from site_src.serve.desk.steps import Change
from site_src.tables import table
from site_src.translate.po import sha

COLUMNS = {"en": ("en", "en_short", "en_variants"), "ar": ("ar", "ar_variants")}
"""What a form changes of an entry in each language, by the keys of `Name`."""
WORDS = tuple(chain.from_iterable(COLUMNS.values()))
_MOST: int = table("desk")["stories"]["most"]


class Typed(Struct, frozen=True):
    """What a form says of a name."""

    words: Entry
    mark: str = ""
    """What the page knew the name under."""
    keep: bool = True
    """Whether forms that it gives up stay among its other forms: files that have them are still understood."""

    def entry(self, name: Name) -> Entry:
        """The words that its entry shall have."""
        made = dict(self.words)
        for key in ("en", "ar"):
            former, others = getattr(name, key), tuple(made[f"{key}_variants"])
            if self.keep and former not in (made[key], *others):
                others += (former,)
            made[f"{key}_variants"] = tuple(one for one in others if one != made[key])
        return made


def typed(fields: Fields) -> Typed:
    """The form as it was sent; raises `WrongFormError`."""
    if fields.act != "rename":
        raise WrongFormError
    words: dict[str, str | tuple[str, ...]] = {}
    for key in WORDS:
        said = fields.one(key)
        words[key] = tuple(map(one_line, split_list(said))) if key.endswith("variants") else one_line(said)
    return Typed(words, fields.one("mark"), bool(fields.one("keep")))


def rename(desk: Desk, name_id: str, said: Typed) -> str:
    """Write other words for a name, where it still is what the page knew; gives the name of the file.

    Raises `SettingsError` for words that no name can have.
    """
    name, path = _name(desk, name_id), desk.places.names
    written = change_name(path, name, said.entry(name)) if _mark(name) == said.mark else None
    if written is None:
        raise RefusedError("said_name_conflict")
    if written.after != written.before:
        desk.steps.record(Change(path, written.before, written.after))
    return path.name


def _name(desk: Desk, name_id: str) -> Name:
    known = desk.opened.names.book.names
    if name_id not in known:
        raise RefusedError("no_name", name=name_id)
    return known[name_id]


def _mark(name: Name) -> str:
    return sha(repr(name))


def names_screen(screen: Screen, asked: str, _sent: None) -> bytes:
    """All names of the file, or those that hold the words `asked`."""
    found = tuple(find_names(screen.desk.opened.names.book, asked))
    return screen.fill("names", asked=asked, found=tuple(islice(found, _MOST)), total=len(found))


def name_screen(screen: Screen, name_id: str, said: Typed | None = None) -> bytes:
    """The form of a name; `said` is what was typed there and is not saved, if anything."""
    name = _name(screen.desk, name_id)
    entry = said.words if said else {key: getattr(name, key) for key in WORDS}
    columns = [[(key, code, entry[key], key.endswith("variants")) for key in keys] for code, keys in COLUMNS.items()]
    return screen.fill("rename", of=name, mark=_mark(name), columns=columns, keep=said.keep if said else True)
