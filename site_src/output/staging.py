"""The hidden folder in which the next site is put together: files that stay are hard links to those of the site.

The site before the last may be at hand as a spare: it differs in little, so that bringing it up to date costs what
changed, where a new folder of links costs as much as the whole site. Nothing in a spare is trusted: only what is the
very file of the site (by its inode) is left in it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from pathlib import Path, PurePosixPath

from site_src.filesystem import Marks

_DRAFT = ".draft"
"""A file while it is made; no page has this name."""


class Staging:
    """A folder that becomes the next site."""

    def __init__(self, place: Path):
        """At `place`, which is not there yet."""
        self.place = place
        self._from_spare = False
        self._held: set[str] = set()
        """Files of the spare that are still in it."""
        self._shared: set[str] = set()
        """Those that are files of the site that is there as well."""
        self._folders: set[str] = set()
        """Folders in it that are known to be there."""

    def start_from(self, spare: Path, held: Mapping[str, int], there: Mapping[str, Marks]) -> None:
        """Take the folder `spare`, which holds the files `held`, by inode; those of the site are `there`.

        One that cannot be moved here, such as from another file system, is left where it is.
        """
        self.place.mkdir()
        mode = self.place.stat().st_mode
        with suppress(OSError):
            spare.rename(self.place)
            self._from_spare = True
            self._held = set(held)
            self._shared = {name for name, inode in held.items() if name in there and there[name].inode == inode}
            self.place.chmod(mode)  # whatever a person gave the site that it was

    def put(self, name: str, content: bytes) -> None:
        """A file that is new or says something else; never written through a link into the site that is there."""
        with self._room_for(name).open("xb") as file:
            file.write(content)

    def put_unless_same(self, name: str, pieces: Iterable[bytes], old: Path | None) -> bool:
        """The same for a file too large to be held whole, unless the file `old` has it; whether it was put."""
        draft = self._room_for(_DRAFT)
        with draft.open("xb") as file:
            file.writelines(pieces)
        if old and _same(draft, old):
            draft.unlink()
            return False
        draft.rename(self._room_for(name))
        return True

    def _room_for(self, name: str) -> Path:
        """The path of a file that is to be: nothing stands there, and the folders above it do."""
        path, folder = self.place / name, name.rpartition("/")[0]
        self._make_way(name)
        if folder not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return path

    def _make_way(self, name: str) -> None:
        """Remove what stands where `name`, or a folder above it, is to be: files of the spare, and empty folders."""
        if not self._from_spare:
            return
        blocking = self._held.intersection((name, *map(str, PurePosixPath(name).parents)))
        if (self.place / name).is_dir():
            blocking |= {one for one in self._held if one.startswith(f"{name}/")}
        self._remove(blocking)
        if (self.place / name).is_dir():
            shutil.rmtree(self.place / name)
            self._folders.clear()

    def complete(self, out: Path, names: Set[str]) -> set[str]:
        """Have the files `names` of `out`, and no others but those that were put; gives the names that were linked."""
        self._remove(self._held - (self._shared & names))
        missing = {*names} - self._held
        for name in missing:
            self._make_way(name)
        _link(out, self.place, missing)
        return missing

    def link_all(self, out: Path, names: Iterable[str], spare: Path, listing: str) -> None:
        """Have the files `names` of a first site, now at `out`, so that the second need not be linked from nothing.

        None of them where files cannot be linked, or there is no room for the `spare`. Its `listing` is copied, as that
        of a later spare is another file too: whoever harms the spare must not have the site taken for a foreign one.
        """
        try:
            if not spare.exists() and spare.parent.stat().st_dev == out.stat().st_dev:
                _link(out, self.place, names, copied=False)
                shutil.copyfile(out / listing, self.place / listing)
        except OSError:
            shutil.rmtree(self.place, ignore_errors=True)

    def _remove(self, names: Set[str]) -> None:
        for name in names:
            remove(self.place, name)
            self._folders.clear()
        self._held -= names

    def leave(self, spare: Path | None) -> bool:
        """Keep what is in the folder now as a spare, where that is wanted and can be; whether it is kept."""
        if spare is not None:
            with suppress(OSError):
                self.place.rename(spare)
                return True
        shutil.rmtree(self.place, ignore_errors=True)
        return False


def _same(draft: Path, old: Path) -> bool:
    from filecmp import cmp

    with suppress(OSError):
        return cmp(draft, old, shallow=False)
    return False


def remove(folder: Path, name: str) -> None:
    """Remove a file, if it is there, and the folders that it leaves empty."""
    (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        for parent in list(PurePosixPath(name).parents)[:-1]:
            (folder / parent).rmdir()


def _link(out: Path, place: Path, names: Iterable[str], *, copied: bool = True) -> None:
    """The files of `out` in `place` too, as links; where the file system cannot, `copied`, or raises OSError."""
    made: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        if folder not in made:
            (place / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        source, target = f"{out}/{name}", f"{place}/{name}"
        try:
            os.link(source, target)
        except OSError:
            if not copied:
                raise
            shutil.copy2(source, target)
