"""Share images: drawn by `share`, and kept in the cache under a hash of what they were drawn from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from stat import S_ISREG

from site_src.errors import MujazError
from site_src.filesystem import replace_bytes
from site_src.model.output import Recipe, ShareCard
from site_src.model.report import Problem
from site_src.places import Places
from site_src.share import Artist, open_artist
from site_src.store import digest
from site_src.text.patterns import late

FOLDER = "share-images"
"""In the cache: one file for each picture of the site."""
_OURS = late(r"[0-9a-f]{40}\.png|\.[0-9a-f]{40}\.png\.[0-9]+\.new")
"""What an album calls a picture, and one that it began to write: `--cache` may name a folder with files of others."""
_WHOLE = (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82")
"""How a PNG begins and ends."""


class Album:
    """The pictures of one build: each is drawn once, and again when it is to show something else."""

    def __init__(self, folder: Path, artist: Artist | None, problems: Iterable[Problem] = (), *, dry: bool = False):
        """Without an `artist` it has no pictures; a `dry` one leaves its folder, which is made on need, as it is.

        So does one whose folder is a link: what that leads to is not ours to write or to clear.
        """
        self._folder, self._artist, self._writes = folder, artist, not (dry or _is_link(folder))
        self._problems = list(problems)
        self._current: set[str] = set()

    @property
    def picture(self) -> Callable[[str, ShareCard], Recipe] | None:
        """What gives the recipe of the picture at a path; None where no picture is drawn."""
        return partial(self._recipe, self._artist) if self._artist else None

    def finish(self) -> tuple[Problem, ...]:
        """Forget the pictures that the site has no more; gives what could not be drawn."""
        for place in self._held() if self._artist and self._writes else ():
            with suppress(OSError):
                if _OURS.fullmatch(place.name) and place.name not in self._current and S_ISREG(place.lstat().st_mode):
                    place.unlink()
        return tuple(self._problems)

    def _held(self) -> list[Path]:
        with suppress(OSError):
            return list(self._folder.iterdir())
        return []

    def _recipe(self, artist: Artist, path: str, card: ShareCard) -> Recipe:
        from msgspec import json

        made_from = digest(artist.mark, json.encode(card))
        name = f"{made_from.hex()}.png"
        self._current.add(name)
        return Recipe(path, made_from, lambda: self._known(name) or self._drawn(artist, path, card, name))

    def _known(self, name: str) -> bytes:
        """The picture as an earlier build drew it, whole; b"" where there is none."""
        with suppress(OSError):
            held = (self._folder / name).read_bytes()
            return held if held.startswith(_WHOLE[0]) and held.endswith(_WHOLE[1]) else b""
        return b""

    def _drawn(self, artist: Artist, path: str, card: ShareCard, name: str) -> bytes:
        try:
            made = artist.draw(card)
        except MujazError as error:
            todo = "its picture has the site's name alone; look at the title"
            self._problems.append(Problem(path, "picture-undrawn", str(error), todo, severity="warning"))
            return artist.sign(card)
        if self._writes:
            with suppress(OSError):  # a cache that cannot be written only costs time
                self._folder.mkdir(parents=True, exist_ok=True)
                replace_bytes(self._folder / name, made, flushed=False)
        return made


def _is_link(folder: Path) -> bool:
    """False as well where the folder above lets nobody look."""
    with suppress(OSError):
        return folder.is_symlink()
    return False


def open_album(places: Places, *, wanted: bool, dry: bool) -> Album:
    """The album of a site: without pictures where none are `wanted`, or, with a problem that says why, none can be."""
    folder = places.cache / FOLDER
    try:
        return Album(folder, open_artist(places.templates) if wanted else None, dry=dry)
    except MujazError as error:
        what = f"share_images: pages go out without pictures: {error}"
        return Album(folder, None, [Problem("site.toml", "no-pictures", what, severity="warning")], dry=dry)
