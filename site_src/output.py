"""Writes the site: only what differs, and all of it in one step, so that the old site is whole until the new one is.

What is new is staged in a folder beside the output (unchanged files are hard-linked into it) and the two folders are
exchanged. `.mujaz-files` in the output lists what we wrote: nothing else is ever removed, and a folder that holds
anything else is refused. A file is neither made nor read where its recipe and its marks are those of the last build.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import TextIO

from site_src.errors import MujazError
from site_src.exchange import Marks, exchange, flush, marks_below
from site_src.model import Recipe

MANIFEST = ".mujaz-files"
Left = Mapping[str, tuple[bytes, Marks]]
"""What a build left: path of a file to what it was made from (`Recipe.made_from`) and its marks."""


@dataclass(frozen=True, slots=True)
class Written:
    """What changed in the output folder."""

    written: int
    removed: int
    atomic: bool
    """False where the system could not exchange the folders in one step (a mount point)."""
    left: Left
    """Given to the next `write_site`, it need make and compare only what changed."""


def write_site(out: Path, recipes: Iterable[Recipe], before: Left | None = None) -> Written:
    """Make `out` hold exactly what the recipes give; raises `MujazError` when it is not ours or cannot be written.

    `before` is what an earlier result `left`; it only saves time.
    """
    _refuse_links(out)
    try:
        with _alone(out):
            return _write(out, recipes, before or {})
    except OSError as error:
        raise MujazError(
            f"{out}: cannot be written ({error.strerror or error}). The site that was there is untouched; "
            "free space or change the permissions, or choose another folder with --out."
        ) from error


def compare_site(out: Path, recipes: Iterable[Recipe], before: Left | None = None) -> Written:
    """What `write_site` would change; nothing is touched."""
    old, same, names = _ours(out), 0, set()
    for recipe in recipes:
        names.add(recipe.path)
        same += _is_left(recipe, old, before or {}) or _holds(out, recipe.path, recipe.make(), old)
    return Written(len(names) - same, len(old.keys() - names), atomic=True, left={})


def _is_left(recipe: Recipe, old: Mapping[str, Marks], before: Left) -> bool:
    """Whether the file is there as the last build left it, and made from the same."""
    made_from, marks = before.get(recipe.path, (b"", None))
    return bool(made_from) and made_from == recipe.made_from and marks == old.get(recipe.path)


def _holds(out: Path, path: str, content: bytes, old: Mapping[str, Marks]) -> bool:
    try:
        return path in old and old[path][0] == len(content) and (out / path).read_bytes() == content
    except OSError:
        return False


def _write(out: Path, recipes: Iterable[Recipe], before: Left) -> Written:
    staging, aside = beside(out, "new"), beside(out, "old")
    _recover(out, staging, aside)
    try:
        return _stage_and_exchange(out, recipes, before, staging, aside)
    except BaseException:
        # What is half done takes the space that the next build needs; the error that is on its way says more.
        with suppress(OSError):
            _recover(out, staging, aside)
        raise


def _stage_and_exchange(out: Path, recipes: Iterable[Recipe], before: Left, staging: Path, aside: Path) -> Written:
    old = _ours(out)
    made_from: dict[str, bytes] = {}
    fresh: list[str] = []
    for recipe in recipes:
        made_from[recipe.path] = recipe.made_from
        if not _is_left(recipe, old, before):
            content = recipe.make()
            if not _holds(out, recipe.path, content, old):
                fresh.append(recipe.path)
                _put(staging / recipe.path, content)
    gone = old.keys() - made_from.keys()
    if not fresh and not gone and out.is_dir():
        return Written(0, 0, atomic=True, left=_left(made_from, old, old))
    manifest = "".join(f"{name}\n" for name in sorted(made_from)).encode()
    mounted = os.path.ismount(out)
    if mounted:
        _copy_over(staging, out, fresh, gone)
        _put(out / MANIFEST, manifest)
    else:
        _link_all(out, staging, made_from.keys() - set(fresh))
        _put(staging / MANIFEST, manifest)
        flush(staging)
        exchange(staging, out, aside)
    shutil.rmtree(staging, ignore_errors=True)
    now = marks_below(out)
    return Written(len(fresh), len(gone), atomic=not mounted, left=_left(made_from, now | old, now, set(fresh)))


def _left(
    made_from: Mapping[str, bytes], found: Mapping[str, Marks], now: Mapping[str, Marks], fresh: Collection[str] = ()
) -> Left:
    """What stands there now, but for files that somebody changed since they were `found`.

    Linking a file changes the time of its inode, but not that of its content.
    """
    return {
        path: (recipe, now[path])
        for path, recipe in made_from.items()
        if recipe and path in now and (path in fresh or found[path][:2] == now[path][:2])
    }


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
        _put(out / name, (staging / name).read_bytes())
    for name in gone:
        (out / name).unlink(missing_ok=True)
        with suppress(OSError):
            for parent in (out / name).relative_to(out).parents:
                (out / parent).rmdir()


def _ours(out: Path) -> dict[str, Marks]:
    """The files of an earlier build and their marks; raises `MujazError` when the folder holds anything else."""
    if out.is_symlink():
        raise MujazError(f"{out}: is a symbolic link; give the real folder with --out. Nothing was changed.")
    if out.exists() and not out.is_dir():
        raise MujazError(f"{out}: is a file, not a folder. Nothing was changed; choose another folder with --out.")
    there = marks_below(out)
    manifest = out / MANIFEST if MANIFEST in there else None
    ours = {*manifest.read_text("utf-8", "replace").split("\n"), MANIFEST} if manifest else set()
    if foreign := sorted(name for name, found in there.items() if name not in ours or not stat.S_ISREG(found.mode)):
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise MujazError(
            f"{out}: holds files that this program did not write ({foreign[0]}{more}). Nothing was changed; "
            "choose another folder with --out, or move them away."
        )
    there.pop(MANIFEST, None)
    return there


def _recover(out: Path, staging: Path, aside: Path) -> None:
    """Finish or clear what an interrupted build left beside the output."""
    if aside.is_dir() and not out.exists():
        aside.rename(out)
    for leftover in (staging, aside):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _link_all(out: Path, staging: Path, names: Iterable[str]) -> None:
    """The files of `out` in `staging` too, as links where the file system can."""
    made: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        if folder not in made:
            (staging / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        source, target = f"{out}/{name}", f"{staging}/{name}"
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the lock of `out`; raises `MujazError` while another build holds it. A dead owner's lock is free.

    The file goes with its owner, while the lock is still held: who opened it before and locks it then finds another
    file, or none, under its name, and opens that one.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    place = beside(out, "lock")
    with _locked(place, out) as lock:
        lock.truncate(0)
        lock.write(f"process {os.getpid()}")
        lock.flush()
        try:
            yield
        finally:
            with suppress(OSError):
                place.unlink()


def _locked(place: Path, out: Path) -> TextIO:
    """The file at `place`, open and locked, where the system has locks."""
    while True:
        lock = place.open("a+")
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock.fileno()), place.stat()):
                return lock
        except ImportError:
            return lock
        except BlockingIOError:
            raise MujazError(_held_by_another(out, lock)) from None
        except FileNotFoundError:
            pass
        lock.close()


def _held_by_another(out: Path, lock: TextIO) -> str:
    with lock:
        lock.seek(0)
        owner, age = lock.read().strip() or "unknown", max(0, round(time() - os.fstat(lock.fileno()).st_mtime))
    return (
        f"{out}: another build ({owner}, for {age} seconds) is writing here. "
        "Wait until it is done, or choose another folder with --out."
    )
