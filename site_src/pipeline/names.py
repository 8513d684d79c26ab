"""The names of a site: its file joined with CLDR, checked together with the topics that use them."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from site_src.errors import unreadable
from site_src.model.names import Name
from site_src.places import Places
from site_src.settings import Settings, refused
from site_src.store import Store, digest
from site_src.text.names import Form, NameBook, load_names
from site_src.topics import check_topics


class _Written(Struct, frozen=True, array_like=True):
    """A book of names as it is remembered."""

    names: tuple[Name, ...]
    forms: tuple[Form, ...]


class KnownNames(Struct, frozen=True):
    """The book of names, and a hash of it for results that depend on it."""

    book: NameBook
    hash: bytes


def known_names(places: Places, settings: Settings, store: Store) -> KnownNames:
    """The names of a site; raises `SettingsError` for mistakes of its file and for topics that name unknown ids."""
    path = places.names
    try:
        hash = digest("names", path.read_bytes())
    except OSError as error:
        raise unreadable(path, error) from error
    written = store.remember("names", hash, _Written, lambda: _written(path))
    book = store.kept.same("book", hash, lambda: NameBook.build(written.names, written.forms))
    if mistakes := check_topics(settings.topics, book):
        raise refused(places.config, mistakes)
    return KnownNames(book, hash)


def _written(path: Path) -> _Written:
    book = load_names(path)
    return _Written(tuple(book.names.values()), book.forms)
