"""Compiled templates, kept where Python keeps compiled modules and on its terms: code is read from nowhere else.

The cache folder of a site is no place for them: what stands there may come from anywhere, and is never run.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha1
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, __version__
from jinja2.bccache import Bucket

from site_src.render.typesetting import compiling, rewriting


class Compiled(FileSystemBytecodeCache):
    """One file for each name of a template; what is of another text, folder or version is compiled anew."""

    def __init__(self, folder: Path):
        super().__init__(str(folder), "%s.cache")
        code = [Path(str(module.__file__)).read_bytes() for module in (compiling, rewriting)]
        self._mark = __version__.encode() + b"".join(code)

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is known of a template, nothing or its code."""
        made_from = sha1(self._mark + f"\0{filename}\0{source}".encode("utf-8", "surrogatepass"))
        bucket = Bucket(environment, self.get_cache_key(name), made_from.hexdigest())
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read it, if it can be read: what was cut short gives whatever error its rest makes."""
        try:
            super().load_bytecode(bucket)
        except Exception:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, if it can be kept."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled() -> Compiled | None:
    """The compiled templates of this installation; None where Python is to keep nothing, or may not."""
    folder = Path(cache_from_source(__file__)).parent / "templates"
    try:
        if sys.dont_write_bytecode:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        return Compiled(folder)
    except OSError:
        return None
