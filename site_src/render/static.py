"""Style sheets, script and other files that go out as they are; the site's colours as a sheet of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from site_src.model import Page
from site_src.render.press import Press

_SPARED = re.compile(rb"/\*.*?\*/|\n\s*", re.DOTALL)
"""Comments and line ends of a style sheet, which readers need not load."""


def static_files(press: Press, folders: tuple[Path, ...]) -> Iterator[Page]:
    """`assets/`: what lies in `static/` of the template folders, the first folder wins, and `assets/site.css`."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "static").rglob("*")):
            if path.is_file():
                found.setdefault(path.relative_to(folder / "static").as_posix(), path)
    for name, path in sorted(found.items()):
        content = path.read_bytes()
        yield Page(f"assets/{name}", _SPARED.sub(b"", content) if name.endswith(".css") else content)
    yield press.text_page("assets/site.css", "site.css", {"colours": press.settings.site.colours})
