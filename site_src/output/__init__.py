"""Writes the site: only what differs, and all of it in one step, so that the old site is whole until the new one is.

What is new is staged in a folder beside the output (what stays is hard-linked into it) and the two folders are
exchanged. `.mujaz-files` in the output lists what we wrote: nothing else is ever removed, and a folder that holds
anything else is refused. A file is neither made nor read where its recipe and its marks are those of the last build.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field

from site_src.errors import MujazError, reason, refused
from site_src.filesystem import NO_MARKS, Marks, alone, exchange, flush, inodes_below, marks_below, marks_of
from site_src.model.output import Recipe, Sheaf
from site_src.output.lock import only_build
from site_src.output.staging import Staging, remove

MANIFEST = ".mujaz-files"
Files = dict[str, tuple[bytes, Marks]]
"""Path of a file to what it was made from (`Recipe.made_from`) and its marks."""


class Left(Struct, frozen=True):
    """What a build left."""

    files: Files = {}
    """Without those that somebody else changed meanwhile."""
    sheaves: frozenset[bytes] = frozenset()
    """What each sheaf was made from (`Sheaf.made_from`)."""


class Written(Struct, frozen=True):
    """What changed in the output folder."""

    written: int
    removed: int
    atomic: bool
    """False where the system could not exchange the folders in one step (a mount point)."""
    left: Left
    """Given to the next `write_site`, it need make and compare only what changed."""
    would_write: tuple[str, ...] = ()
    would_remove: tuple[str, ...] = ()
    """What `compare_site` found: the files that differ, and those that are no longer of the site."""
    in_the_way: Path | None = None
    """What stands where the spare is kept and is no site of ours, so that there is none."""


def write_site(
    out: Path, recipes: Iterable[Recipe | Sheaf], before: Left | None = None, spare: Path | None = None
) -> Written:
    """Make `out` hold exactly what the recipes give; raises `MujazError` when it is not ours or cannot be written.

    `before` is what an earlier result `left`. At `spare` the site that was there is kept, for the next call to build
    on: a folder that need not be there. Both only save time.
    """
    if not out.name:
        raise MujazError(f"{out}: is no folder for a site. Nothing was changed; choose another folder with --out.")
    _refuse_links(out)
    try:
        with only_build(beside(out, "lock"), out):
            return _write(out, recipes, before or Left(), spare)
    except OSError as error:
        raise MujazError(
            f"{out}: cannot be written ({refused(error)}). The site that was there is untouched; "
            "free space or change the permissions, or choose another folder with --out."
        ) from error


def compare_site(out: Path, recipes: Iterable[Recipe | Sheaf], before: Left | None = None) -> Written:
    """What `write_site` would change; nothing is touched."""
    old, site, differ = _ours(out), _Site(), []
    for recipe in _unlike(recipes, old, before or Left(), site):
        if not _holds(out, recipe.path, recipe.page.content, old):
            differ.append(recipe.path)
    gone = tuple(sorted(old.keys() - site.files.keys() - {MANIFEST}))
    return Written(
        len(differ), len(gone), atomic=True, left=Left(), would_write=tuple(sorted(differ)), would_remove=gone
    )


class _Site(Struct):
    """The site while its recipes are gone through."""

    files: Files = field(default_factory=dict)
    """Each file as it was found."""
    sheaves: set[bytes] = field(default_factory=set)


def _unlike(recipes: Iterable[Recipe | Sheaf], old: Mapping[str, Marks], before: Left, site: _Site) -> Iterator[Recipe]:
    """The recipes whose files are not there as the last build left them, made from the same; all enter the `site`."""
    for one in recipes:
        if isinstance(one, Sheaf):
            site.sheaves.add(one.made_from)
            if known := _left_by(one, old, before):
                site.files.update(known)
                continue
        for recipe in one.open() if isinstance(one, Sheaf) else (one,):
            path, made_from, now = recipe.path, recipe.made_from, old.get(recipe.path)
            site.files[path] = made_from, now or NO_MARKS
            if not made_from or before.files.get(path) != (made_from, now):
                yield recipe


def _left_by(sheaf: Sheaf, old: Mapping[str, Marks], before: Left) -> Files | None:
    """The files of a sheaf, where all are there as the last build left them, made from the same."""
    if sheaf.made_from in before.sheaves and before.files.keys() >= {*sheaf.paths}:
        known = {path: before.files[path] for path in sheaf.paths}
        if [marks for _, marks in known.values()] == [old.get(path) for path in sheaf.paths]:
            return known
    return None


def _holds(out: Path, path: str, content: bytes, old: Mapping[str, Marks]) -> bool:
    try:
        return path in old and old[path][0] == len(content) and (out / path).read_bytes() == content
    except OSError:
        return False


def _write(out: Path, recipes: Iterable[Recipe | Sheaf], before: Left, spare: Path | None) -> Written:
    staging, aside = beside(out, "new"), beside(out, "old")
    _recover(out, staging, aside)
    try:
        return _stage_and_exchange(out, recipes, before, Staging(staging), aside, spare)
    except BaseException:
        # What is half done takes the space that the next build needs; the error that is on its way says more.
        with suppress(OSError):
            _recover(out, staging, aside)
        raise


def _stage_and_exchange(
    out: Path, recipes: Iterable[Recipe | Sheaf], before: Left, staging: Staging, aside: Path, spare: Path | None
) -> Written:
    old = _ours(out)
    mounted = os.path.ismount(out)
    spare = None if mounted else spare
    in_the_way = spare if spare and old and not _start(staging, spare, out, old) else None
    site, fresh = _stage(out, recipes, old, before, staging)
    files, sheaves = site.files, frozenset(site.sheaves)
    gone = old.keys() - files.keys() - {MANIFEST}
    listed, files[MANIFEST] = sorted(files), (b"", old.get(MANIFEST, NO_MARKS))
    if not fresh and not gone and out.is_dir():
        staging.leave(spare)
        return Written(0, 0, atomic=True, left=Left(files, sheaves), in_the_way=in_the_way)
    staging.put(MANIFEST, "".join(f"{name}\n" for name in listed).encode())
    new = {*fresh, MANIFEST}
    if mounted:
        _copy_over(staging.place, out, new, gone)
        touched = new
    else:
        touched = new | staging.complete(out, files.keys() - new)
        flush(staging.place)
        exchange(staging.place, out, aside)
    if spare and not old:
        staging.link_all(out, listed, spare, MANIFEST)
    kept = staging.leave(spare)
    # Where the old site is gone, each file that stays has lost a link, which is one of its marks.
    _mark_anew(files, out, touched if kept else [*files], new)
    return Written(len(fresh), len(gone), atomic=not mounted, left=Left(files, sheaves), in_the_way=in_the_way)


def _stage(
    out: Path, recipes: Iterable[Recipe | Sheaf], old: Mapping[str, Marks], before: Left, staging: Staging
) -> tuple[_Site, set[str]]:
    """Put what differs into `staging`; gives the site, and the names of the files that were put."""
    site = _Site()
    return site, {recipe.path for recipe in _unlike(recipes, old, before, site) if _put(recipe, out, old, staging)}


def _put(recipe: Recipe, out: Path, old: Mapping[str, Marks], staging: Staging) -> bool:
    """Put a file into `staging`, unless the site holds the same; whether it was put."""
    path, content = recipe.path, recipe.make()
    if not isinstance(content, bytes):
        return staging.put_unless_same(path, content, out / path if path in old else None)
    if _holds(out, path, content, old):
        return False
    staging.put(path, content)
    return True


def _start(staging: Staging, spare: Path, out: Path, old: Mapping[str, Marks]) -> bool:
    """Start from the spare, if there is one; False where something stands there that is not all ours.

    Another site may have the same spare: what is taken is what was looked at.
    """
    try:
        with suppress(OSError), alone(spare.parent):
            _refuse_place(spare)
            if (held := inodes_below(spare)) and not spare.samefile(out):
                _refuse_others(spare, held, {name for name, inode in held.items() if not inode})
                staging.start_from(spare, held, old)
    except MujazError:
        return False
    return True


def _mark_anew(files: Files, out: Path, touched: Iterable[str], new: Set[str]) -> None:
    """Give the files of the site that were `touched` the marks that they have now; `new` ones had none.

    Those are left out that somebody changed since they were found: linking a file changes the time of its inode, but
    not that of its content.
    """
    for path in touched:
        made_from, found = files.pop(path)
        with suppress(FileNotFoundError):
            now = marks_of(f"{out}/{path}")
            if path in new or found[:2] == now[:2]:
                files[path] = made_from, now


def beside(out: Path, what: str) -> Path:
    """The hidden neighbour of `out` that we use for `what`: same file system, no name that a person would choose."""
    return out.with_name(f".{out.name}.mujaz-{what}")


def _refuse_links(out: Path) -> None:
    """A link in the place of a neighbour of ours leads to files of somebody else."""
    for place in (beside(out, "new"), beside(out, "old"), beside(out, "lock")):
        if place.is_symlink():
            raise MujazError(f"{place}: is a symbolic link, and none of ours. Nothing was changed; remove the link.")


def _copy_over(staging: Path, out: Path, fresh: Iterable[str], gone: Iterable[str]) -> None:
    """Where folders cannot be exchanged (a mount point): file by file, deletions last."""
    for name in fresh:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes((staging / name).read_bytes())
    for name in gone:
        remove(out, name)


def _ours(out: Path) -> dict[str, Marks]:
    """The files of an earlier build and their marks; raises `MujazError` when the folder holds anything else."""
    _refuse_place(out)
    there = marks_below(out)
    _refuse_others(out, there, {name for name, found in there.items() if not stat.S_ISREG(found.mode)})
    return there


def _refuse_place(out: Path) -> None:
    if out.is_symlink():
        raise MujazError(f"{out}: is a symbolic link; give the real folder with --out. Nothing was changed.")
    if out.exists() and not out.is_dir():
        raise MujazError(f"{out}: is a file, not a folder. Nothing was changed; choose another folder with --out.")


def _refuse_others(out: Path, there: Mapping[str, object], odd: Set[str]) -> None:
    """Raise where of the names `there` any is not ours; `odd` are those of what is no file."""
    ours = {MANIFEST}
    if MANIFEST in there and MANIFEST not in odd:
        ours.update((out / MANIFEST).read_text("utf-8", "replace").split("\n"))
    if foreign := sorted((there.keys() - ours) | odd):
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise MujazError(
            f"{out}: holds files that this program did not write ({foreign[0]}{more}). Nothing was changed; "
            "choose another folder with --out, or move them away."
        )


def _recover(out: Path, staging: Path, aside: Path) -> None:
    """Finish or clear what an interrupted build left beside the output."""
    if aside.is_dir() and not out.exists():
        aside.rename(out)
    for leftover in (staging, aside):
        if leftover.is_dir() and not leftover.is_symlink():
            try:
                shutil.rmtree(leftover)
            except OSError as error:  # it names the file alone, which may be any of the site
                raise OSError(error.errno, reason(error), str(leftover)) from error
