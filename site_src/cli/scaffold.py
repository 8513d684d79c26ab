"""A new site folder: settings, an empty content folder with the shipped names, a workflow, a README for editors."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from site_src import __version__
from site_src.errors import UsageError
from site_src.places import PACKAGE, shipped_templates

SHIPPED = PACKAGE / "_scaffold" if (PACKAGE / "_scaffold").is_dir() else PACKAGE.parent
"""The folder with the files of the shipped site: in the wheel, else in the checkout."""
_STARTER_FILES = {"README.md": "README.md", "gitignore": ".gitignore", "pages.yml": ".github/workflows/pages.yml"}
"""File of `starter/` to its path in a new site; `{name}` and `{version}` in it are filled in."""


def make_site(folder: Path, languages: tuple[str, ...], name: str) -> Path:
    """Make a new site in `folder` and return the absolute path of the folder.

    The site builds if all its languages have label files. Raises `UsageError` where the folder is not empty or cannot
    be made, and where no language is named.
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
    _make_content(folder / "content", languages)
    (folder / "site.toml").write_text(_settings(languages, name), "utf-8")
    for starter_file, target in _STARTER_FILES.items():
        text = (PACKAGE / "starter" / starter_file).read_text("utf-8")
        text = text.replace("{name}", name or "A briefing site").replace("{version}", __version__)
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        (folder / target).write_text(text, "utf-8")
    return folder


def _make_content(content: Path, languages: tuple[str, ...]) -> None:
    """Make the content folder, with the shipped names and the shipped pages in the languages of the site."""
    for subfolder in ("articles", "translations", "pages", "notes"):
        (content / subfolder).mkdir(parents=True, exist_ok=True)
    shutil.copy(SHIPPED / "content" / "names.toml", content)
    for page in sorted((SHIPPED / "content" / "pages").glob("*.md")):
        if page.stem.rpartition(".")[2] in languages:
            shutil.copy(page, content / "pages")


def without_labels(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages for which no label file is shipped: a site with them builds once its editor has written one."""
    shipped = {path.stem for folder in shipped_templates() for path in (folder / "labels").glob("*.toml")}
    return tuple([code for code in languages if code not in shipped])


def _settings(languages: tuple[str, ...], name: str) -> str:
    """The shipped `site.toml` with these languages and this name; every other line is unchanged."""
    text = (SHIPPED / "site.toml").read_text("utf-8")
    codes = ", ".join(json.dumps(code) for code in languages)
    text = re.sub(r"(?m)^languages = .*$", f"languages = [{codes}]", text, count=1)
    if name:
        names = ", ".join(f"{code} = {json.dumps(name, ensure_ascii=False)}" for code in languages)
        text = re.sub(r"(?m)^name = .*$", lambda _: f"name = {{ {names} }}", text, count=1)
    return text
