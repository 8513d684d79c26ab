"""Puts the desk on a page of the preview: its markup at the end of the body, its style and scripts in the head."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zlib import crc32

from site_src.serve.desk.words import FALLBACK, Words, markup, read_words
from site_src.serve.watch import Snapshot, snapshot

ROOT = "/.desk/"
"""The beginning of the desk's own addresses; the site has no address that begins with a dot."""
_STYLE, _SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
_SCRIPTS = ("page.js", "names.js", "desk.js")
FILES = {"desk.css": _STYLE, "pages.css": _STYLE} | dict.fromkeys(_SCRIPTS, _SCRIPT)
"""The content type of each file that the desk's pages load, by name."""
_HEAD = "".join((
    f'<link rel="stylesheet" href="{ROOT}desk.css">',
    *(f'<script defer src="{ROOT}{name}"></script>' for name in _SCRIPTS),
)).encode()  # fmt: skip
_LANGUAGE = re.compile(rb'<html lang="([\w-]+)"')
_STORY = re.compile(r"[^/]+/stories/([^/]+)\.html")


class Frame:
    """The desk's files, words and markup, read again when one of them changes."""

    def __init__(self, templates: tuple[Path, ...], token: str, assets: Path):
        """`token` proves a request of this run; `assets` is the folder of the site's style sheets and scripts."""
        self.templates, self.token, self.assets = templates, token, assets
        self._templates_snapshot: Snapshot = {}

    def words(self, code: str) -> Words:
        """The words of the desk on pages of the edition `code`; raises `MujazError` for labels that cannot be used."""
        templates_snapshot = snapshot(self.templates)
        if templates_snapshot != self._templates_snapshot:
            self._words = cache(lambda code: read_words(self.templates, code))
            self._templates_snapshot = templates_snapshot
        return self._words(code)

    def _assets_digest(self) -> str:
        """A digest of the style sheets and scripts that a page loads: the desk's, then the site's."""
        desk_files = (self.file(name) or b"" for name in FILES)
        site_files = (path.read_bytes() for path in sorted(self.assets.glob("*.[cj]s*")))
        return f"{crc32(b''.join([*desk_files, *site_files])):x}"

    def around(self, content: bytes, path: str) -> bytes:
        """The page at `path` with the desk on it; a document that names no language is returned as it is."""
        language, story = _LANGUAGE.search(content), _STORY.fullmatch(path)
        if not language:
            return content
        page = language[1].decode()
        slug = story[1] if story else ""
        desk = markup(self.words(page), page, slug, self.token, self._assets_digest())
        return content.replace(b"</head>", _HEAD + b"</head>", 1).replace(b"</body>", desk + b"</body>", 1)

    def undo_address(self, content: bytes) -> str:
        """The address of a page that can take back the last step, in the language of the page `content`."""
        language = _LANGUAGE.search(content)
        return f"{ROOT}stories?page={language[1].decode() if language else FALLBACK}"

    def file(self, name: str) -> bytes | None:
        """A file of the desk from the first template folder that has it; None where none has."""
        paths = (folder / "desk" / name for folder in self.templates)
        return next((path.read_bytes() for path in paths if name in FILES and path.is_file()), None)
