"""A new site folder: settings, an empty content folder with the shipped names, a workflow, a word for its editors."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from site_src import __version__
from site_src.errors import UsageError
from site_src.places import PACKAGE, shipped_templates

SHIPPED = PACKAGE / "_scaffold" if (PACKAGE / "_scaffold").is_dir() else PACKAGE.parent
"""Where the shipped site's own files lie: in the wheel, else in the checkout."""

_STARTER = {"README.md": "README.md", "gitignore": ".gitignore", "pages.yml": ".github/workflows/pages.yml"}
"""Files of `starter/` and where they go in a new site; `{name}` and `{version}` in them are filled in."""


def make_site(folder: Path, languages: tuple[str, ...], name: str) -> Path:
    """Make `folder` a site that builds, where all its languages have words; gives its absolute path.

    Raises `UsageError` where anything is there, where nothing can be, and for languages without a code.
    """
    folder = folder.resolve()
    if not all(languages):
        raise UsageError("--languages: names no language; write codes with commas between them, such as en,ar.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(f"{folder}: is not empty; name a new folder. Nothing was written.")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made a folder ({error.strerror}); name another one.") from error
    for part in ("articles", "translations", "pages", "notes"):
        (folder / "content" / part).mkdir(parents=True, exist_ok=True)
    shutil.copy(SHIPPED / "content" / "names.toml", folder / "content")
    for page in sorted((SHIPPED / "content" / "pages").glob("*.md")):
        if page.stem.rpartition(".")[2] in languages:
            shutil.copy(page, folder / "content" / "pages")
    (folder / "site.toml").write_text(_settings(languages, name), "utf-8")
    for file, place in _STARTER.items():
        text = (PACKAGE / "starter" / file).read_text("utf-8")
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        filled = text.replace("{name}", name or "A briefing site").replace("{version}", __version__)
        (folder / place).write_text(filled, "utf-8")
    return folder


def unworded(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the languages whose words nobody has shipped: a site with them builds once they are written."""
    shipped = {path.stem for folder in shipped_templates() for path in (folder / "labels").glob("*.toml")}
    return tuple([code for code in languages if code not in shipped])


def _settings(languages: tuple[str, ...], name: str) -> str:
    """The shipped `site.toml` with other languages and another name; every other line stays as it is."""
    text = (SHIPPED / "site.toml").read_text("utf-8")
    listed = ", ".join(json.dumps(code) for code in languages)
    text = re.sub(r"(?m)^languages = .*$", f"languages = [{listed}]", text, count=1)
    if name:
        named = ", ".join(f"{code} = {json.dumps(name, ensure_ascii=False)}" for code in languages)
        text = re.sub(r"(?m)^name = .*$", lambda _: f"name = {{ {named} }}", text, count=1)
    return text
