"""Unpacks an untrusted package archive: limited in size and number of files, and never outside its folder."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from site_src.tables import table
from site_src.translate.packages import PackageError

_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)


def unpack(archive: Path, target: Path) -> Path:
    """Unpack the only folder of `archive` into `target`, which must be empty, and return the folder's path.

    Raises `PackageError`: before anything is written if the archive's list of files is not acceptable, later if a file
    cannot be read or is longer than the list says.
    """
    try:
        with zipfile.ZipFile(archive) as opened_archive:
            members = _check_members(archive.name, opened_archive.infolist())
            for member in members:
                _extract(opened_archive, member, target)
    except _BROKEN as error:
        todo = "Name a whole .argosmodel file; fetch it again if this is one."
        raise PackageError(f"{archive.name} cannot be unpacked: {error}. {todo}") from error
    return target / members[0].filename.split("/")[0]


def _check_members(archive_name: str, members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The files of an archive; raises `PackageError` if one of them may not be in a package."""
    limits = table("models")["limits"]
    files = [member for member in members if not member.is_dir()]
    if not files:
        raise PackageError(f"{archive_name} holds no files.")
    if len(members) > limits["files"]:
        raise PackageError(f"{archive_name} holds {len(members)} files; {limits['files']} are allowed.")
    if (size := sum(member.file_size for member in files)) > limits["unpacked_bytes"]:
        raise PackageError(f"{archive_name} unpacks to {size:,} bytes; {limits['unpacked_bytes']:,} are allowed.")
    for member in files:
        if fault := _fault(member):
            raise PackageError(f"{archive_name} holds {member.filename!r}, which {fault}.")
    names = [member.filename.casefold() for member in files]
    if len(set(names)) < len(names):
        raise PackageError(f"{archive_name} holds two files of one name.")
    if len({name.split("/")[0] for name in names}) > 1:
        raise PackageError(f"{archive_name} holds more than one folder.")
    return files


def _fault(member: zipfile.ZipInfo) -> str:
    """Why a file may not be in a package; "" where it may."""
    path = PurePosixPath(member.filename)
    mode = member.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        return "is no regular file"
    if path.is_absolute() or ".." in path.parts or any(mark in member.filename for mark in "\\:\0"):
        return "leads out of its folder"
    if len(path.parts) < 2 or any(len(part.encode()) > 200 or part.startswith(".") for part in path.parts):
        return "has no acceptable path"
    return ""


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    path = target / member.filename
    path.parent.mkdir(parents=True, exist_ok=True)
    bytes_left = member.file_size
    with archive.open(member) as source, path.open("xb") as file:
        while chunk := source.read(_CHUNK):
            bytes_left -= len(chunk)
            if bytes_left < 0:
                raise PackageError(f"{member.filename} is longer than the archive's list says.")
            file.write(chunk)
