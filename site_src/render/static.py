"""Style sheets, scripts and other files that are copied from the templates; the site's colours as a style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from site_src.errors import SettingsError
from site_src.model.output import Page
from site_src.render.contrast import colour_mistakes
from site_src.render.press import Press
from site_src.settings import Colours
from site_src.text.patterns import late

_NEEDLESS_CSS = late(rb"/\*.*?\*/|\n\s*", re.DOTALL)
"""Comments and line ends of a style sheet, which readers need not load."""


def static_files(press: Press, folders: tuple[Path, ...]) -> Iterator[Page]:
    """The files of `assets/`: those in `static/` of the template folders (the first folder wins), and `site.css`."""
    for name, path in sorted(_assets(folders).items()):
        content = path.read_bytes()
        yield Page(f"assets/{name}", _NEEDLESS_CSS.sub(b"", content) if name.endswith(".css") else content)
    yield press.text_page("assets/site.css", "site.css", {"colours": press.settings.site.colours})


def check_colours(colours: Colours, folders: tuple[Path, ...]) -> None:
    """Raises `SettingsError` with every colour of the site that is hard to read on a background of its style sheet."""
    style = _assets(folders).get("style.css")
    if mistakes := colour_mistakes(colours, style.read_text("utf-8") if style else ""):
        raise SettingsError("site.toml", mistakes)


def _assets(folders: tuple[Path, ...]) -> dict[str, Path]:
    """The files of `static/` by their paths from there, each from the first folder that has it."""
    paths: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "static").rglob("*")):
            if path.is_file():
                paths.setdefault(path.relative_to(folder / "static").as_posix(), path)
    return paths
