"""Puts the desk on a page of the preview: its markup before the end, its style sheet and script in the head."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from site_src.serve.desk.words import FALLBACK, Words, markup, read_words
from site_src.serve.watch import Snapshot, snapshot

ROOT = "/.desk/"
"""Where the desk's own addresses begin: the site has none with a dot."""
_STYLE, _SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
FILES = {"desk.css": _STYLE, "pages.css": _STYLE, "desk.js": _SCRIPT}
_HEAD = f'<link rel="stylesheet" href="{ROOT}desk.css"><script defer src="{ROOT}desk.js"></script>'.encode()
_LANGUAGE = re.compile(rb'<html lang="([\w-]+)"')
_STORY = re.compile(r"[^/]+/stories/([^/]+)\.html")


class Frame:
    """The desk's files, words and markup, read again when one of them changes."""

    def __init__(self, templates: tuple[Path, ...], token: str):
        """`token` is what a page must know to ask the desk anything."""
        self.templates, self.token = templates, token
        self._seen: Snapshot = {}

    def words(self, code: str) -> Words:
        """What the desk says on pages of the edition `code`; raises `MujazError` for a label that is missing."""
        now = snapshot(self.templates)
        if now != self._seen:
            self._words = cache(lambda code: read_words(self.templates, code))
            self._seen = now
        return self._words(code)

    def around(self, content: bytes, path: str) -> bytes:
        """The page at `path` with the desk; any other document is left as it is."""
        language, story = _LANGUAGE.search(content), _STORY.fullmatch(path)
        if not language:
            return content
        page = language[1].decode()
        desk = markup(self.words(page), page, story[1] if story else "", self.token)
        return content.replace(b"</head>", _HEAD + b"</head>", 1).replace(b"</body>", desk + b"</body>", 1)

    def way_back(self, content: bytes) -> str:
        """The address where the desk takes back its last step, in the words of the page that would have been shown."""
        language = _LANGUAGE.search(content)
        return f"{ROOT}stories?page={language[1].decode() if language else FALLBACK}"

    def file(self, name: str) -> bytes | None:
        """A file of the desk, from the first template folder that has it."""
        paths = (folder / "desk" / name for folder in self.templates)
        return next((path.read_bytes() for path in paths if name in FILES and path.is_file()), None)
