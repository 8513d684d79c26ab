"""Style sheets, script and other files that go out as they are; the site's colours as a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_src.model import Page
from site_src.render.press import Press


def static_files(press: Press, folders: tuple[Path, ...]) -> Iterator[Page]:
    """`assets/`: what lies in `static/` of the template folders, the first folder wins, and `assets/site.css`."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "static").rglob("*")):
            if path.is_file():
                found.setdefault(path.relative_to(folder / "static").as_posix(), path)
    for name, path in sorted(found.items()):
        yield Page(f"assets/{name}", path.read_bytes())
    yield press.text_page("assets/site.css", "site.css", {"colours": press.settings.site.colours})
