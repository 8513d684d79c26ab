"""Compiled templates, kept beside our compiled modules where there are such: code is read from nowhere else.

The cache folder of a site is no place for them: what stands there may come from anywhere, and is never run.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha1
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, __version__
from jinja2.bccache import Bucket

from site_src.render.typesetting import compiling, rewriting


class TemplateCache(FileSystemBytecodeCache):
    """A file for each template name; a template of another text, folder or version than the file's is compiled anew."""

    def __init__(self, folder: Path):
        super().__init__(str(folder), "%s.cache")
        code = [Path(str(module.__file__)).read_bytes() for module in (compiling, rewriting)]
        self._mark = __version__.encode() + b"".join(code)

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """The bucket of a template, with its code if that is cached."""
        checksum = sha1(self._mark + f"\0{filename}\0{source}".encode("utf-8", "surrogatepass"))
        bucket = Bucket(environment, self.get_cache_key(name), checksum.hexdigest())
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the code, if it can be read; a file that was cut short may raise any error."""
        try:
            super().load_bytecode(bucket)
        except Exception:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code, if it can be written."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def open_template_cache() -> TemplateCache | None:
    """The cache of this installation; None where none of our modules is kept compiled, or nothing can be written."""
    folder = Path(cache_from_source(__file__)).parent / "templates"
    try:
        folder.mkdir(exist_ok=True)
        return TemplateCache(folder)
    except OSError:
        return None
