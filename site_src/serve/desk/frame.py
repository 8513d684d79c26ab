"""Puts the desk on a page of the preview: its markup before the end, its style sheet and script in the head."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zlib import crc32

from site_src.serve.desk.words import FALLBACK, Words, markup, read_words
from site_src.serve.watch import Snapshot, snapshot

ROOT = "/.desk/"
"""Where the desk's own addresses begin: the site has none with a dot."""
_STYLE, _SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
_SCRIPTS = ("page.js", "names.js", "desk.js")
FILES = {"desk.css": _STYLE, "pages.css": _STYLE} | dict.fromkeys(_SCRIPTS, _SCRIPT)
_LINK, _LOAD = f'<link rel="stylesheet" href="{ROOT}desk.css">', f'<script defer src="{ROOT}%s"></script>'
_HEAD = "".join((_LINK, *(_LOAD % name for name in _SCRIPTS))).encode()
_LANGUAGE = re.compile(rb'<html lang="([\w-]+)"')
_STORY = re.compile(r"[^/]+/stories/([^/]+)\.html")


class Frame:
    """The desk's files, words and markup, read again when one of them changes."""

    def __init__(self, templates: tuple[Path, ...], token: str, assets: Path):
        """`token` is what a page must know to ask the desk anything; `assets` is the folder of the site's styles."""
        self.templates, self.token, self.assets = templates, token, assets
        self._seen: Snapshot = {}

    def words(self, code: str) -> Words:
        """What the desk says on pages of the edition `code`; raises `MujazError` for a label that is missing."""
        now = snapshot(self.templates)
        if now != self._seen:
            self._words = cache(lambda code: read_words(self.templates, code))
            self._seen = now
        return self._words(code)

    def _looks(self) -> str:
        """A digest of the styles and scripts that a page brings along."""
        ours = (self.file(name) or b"" for name in FILES)
        return f"{crc32(b''.join([*ours, *(path.read_bytes() for path in sorted(self.assets.glob('*.[cj]s*')))])):x}"

    def around(self, content: bytes, path: str) -> bytes:
        """The page at `path` with the desk; any other document is left as it is."""
        language, story = _LANGUAGE.search(content), _STORY.fullmatch(path)
        if not language:
            return content
        page = language[1].decode()
        words = self.words(page)
        desk = markup(words, page, story[1] if story else "", self.token, self._looks())
        return content.replace(b"</head>", _HEAD + b"</head>", 1).replace(b"</body>", desk + b"</body>", 1)

    def way_back(self, content: bytes) -> str:
        """The address where the desk takes back its last step, in the words of the page that would have been shown."""
        language = _LANGUAGE.search(content)
        return f"{ROOT}stories?page={language[1].decode() if language else FALLBACK}"

    def file(self, name: str) -> bytes | None:
        """A file of the desk, from the first template folder that has it."""
        paths = (folder / "desk" / name for folder in self.templates)
        return next((path.read_bytes() for path in paths if name in FILES and path.is_file()), None)
