"""Writes the site: only what differs, and all of it in one step, so that the old site is whole until the new one is.

What is new is staged in a folder beside the output (unchanged files are hard-linked into it) and the two folders are
exchanged. `.mujaz-files` in the output lists what we wrote: nothing else is ever removed, and a folder that holds
anything else is refused.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

from site_src.errors import MujazError
from site_src.exchange import exchange, flush
from site_src.model import Page

MANIFEST = ".mujaz-files"


@dataclass(frozen=True, slots=True)
class Written:
    """What changed in the output folder."""

    written: int
    removed: int
    atomic: bool
    """False where the system could not exchange the folders in one step (a mount point)."""


def write_site(out: Path, pages: Iterable[Page]) -> Written:
    """Make `out` hold exactly `pages`; raises `MujazError` when the folder is not ours or cannot be written."""
    try:
        with _alone(out):
            return _write(out, pages)
    except OSError as error:
        raise MujazError(
            f"{out}: cannot be written ({error.strerror or error}). The site that was there is untouched; "
            "free space or change the permissions, or choose another folder with --out."
        ) from error


def compare_site(out: Path, pages: Iterable[Page]) -> Written:
    """What `write_site` would change; nothing is touched."""
    old = set(_ours(out))
    kept = written = 0
    for page in pages:
        same = page.path in old and _holds(out / page.path, page.content)
        kept += page.path in old
        written += not same
    return Written(written, len(old) - kept, atomic=True)


def _write(out: Path, pages: Iterable[Page]) -> Written:
    staging, before = beside(out, "new"), beside(out, "old")
    _recover(out, staging, before)
    try:
        return _stage_and_exchange(out, pages, staging, before)
    except BaseException:
        # What is half done takes the space that the next build needs; the error that is on its way says more.
        with suppress(OSError):
            _recover(out, staging, before)
        raise


def _stage_and_exchange(out: Path, pages: Iterable[Page], staging: Path, before: Path) -> Written:
    old = set(_ours(out))
    names: list[str] = []
    same: set[str] = set()
    for page in pages:
        names.append(page.path)
        if page.path in old and _holds(out / page.path, page.content):
            same.add(page.path)
        else:
            _put(staging / page.path, page.content)
    written, removed = len(names) - len(same), len(old.difference(names))
    if not written and not removed and out.is_dir():
        return Written(0, 0, atomic=True)
    for name in same:
        _link(out / name, staging / name)
    _put(staging / MANIFEST, "".join(f"{name}\n" for name in sorted(names)).encode())
    flush(staging)
    if os.path.ismount(out):
        fresh = [*(name for name in names if name not in same), MANIFEST]
        _copy_over(staging, out, fresh, gone=old.difference(names))
    else:
        exchange(staging, out, before)
    shutil.rmtree(staging, ignore_errors=True)
    return Written(written, removed, atomic=not os.path.ismount(out))


def beside(out: Path, what: str) -> Path:
    """The hidden neighbour of `out` that we use for `what`: same file system, no name that a person would choose."""
    return out.with_name(f".{out.name}.mujaz-{what}")


def _copy_over(staging: Path, out: Path, fresh: list[str], gone: set[str]) -> None:
    """Where folders cannot be exchanged (a mount point): file by file, deletions last."""
    for name in fresh:
        _put(out / name, (staging / name).read_bytes())
    _remove(out, gone)


def _ours(out: Path) -> Iterator[str]:
    """The files of an earlier build; raises `MujazError` when the folder holds anything else."""
    if out.is_symlink():
        raise MujazError(f"{out}: is a symbolic link; give the real folder with --out. Nothing was changed.")
    if not out.exists():
        return
    if not out.is_dir():
        raise MujazError(f"{out}: is a file, not a folder. Nothing was changed; choose another folder with --out.")
    manifest = out / MANIFEST
    ours = set(manifest.read_text("utf-8", "replace").split("\n")) if manifest.is_file() else set()
    found = [path for path in out.rglob("*") if not path.is_dir() or path.is_symlink()]
    there = {path.relative_to(out).as_posix() for path in found}
    links = {path.relative_to(out).as_posix() for path in found if path.is_symlink()}
    if foreign := sorted((there - ours - {MANIFEST}) | links):
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise MujazError(
            f"{out}: holds files that this program did not write ({foreign[0]}{more}). Nothing was changed; "
            "choose another folder with --out, or move them away."
        )
    yield from ours & there


def _recover(out: Path, staging: Path, before: Path) -> None:
    """Finish or clear what an interrupted build left beside the output."""
    if before.is_dir() and not out.exists():
        before.rename(out)
    for leftover in (staging, before):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _remove(out: Path, names: Iterable[str]) -> None:
    for name in names:
        (out / name).unlink(missing_ok=True)
        with suppress(OSError):
            for parent in (out / name).relative_to(out).parents:
                (out / parent).rmdir()


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the lock of `out`; raises `MujazError` while another build holds it. A dead owner's lock is free."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with beside(out, "lock").open("a+") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except BlockingIOError:
            lock.seek(0)
            owner, age = lock.read().strip() or "unknown", max(0, round(time() - os.fstat(lock.fileno()).st_mtime))
            raise MujazError(
                f"{out}: another build ({owner}, for {age} seconds) is writing here. "
                "Wait until it is done, or choose another folder with --out."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}")
        lock.flush()
        yield
