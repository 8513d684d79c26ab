"""`new`: an article in this site, or a new site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from shlex import quote
from typing import Any

from site_src.cli.report import dated, print_problems
from site_src.cli.site import names_of, open_site, refuse_bare
from site_src.errors import UsageError, command
from site_src.model.fields import Day, Found
from site_src.model.page import Article


def run(options: argparse.Namespace) -> int:
    """Do what `options.action` names."""
    return {"article": _article, "site": _site}[options.action](options)


def _article(options: argparse.Namespace) -> int:
    from site_src.pipeline.adding import PASTED, NewArticle, add_article

    places, settings = open_site(options)
    refuse_bare(options, places, "put the file into it yourself")
    names = names_of(places, settings)
    stated = {key: getattr(options, key) for key in ("title", "published", "outlet", "agency", "url", "slug")}
    word = {key: value for key, value in stated.items() if value}
    raw, found_at = _bytes(options.source)
    named = PASTED if options.source == "-" else options.source
    new = NewArticle(raw, ({"url": found_at} if found_at else {}) | word, options.keep, named)
    path, page = add_article(new, places, settings, names)
    print(f"Filed as {path.relative_to(places.root)}")
    for article in page.articles:
        print(_understood(article, path.with_suffix(".toml").name))
    print_problems(page.all_problems)
    explain = command(f"inspect {quote(_from_here(path))} --explain")
    print(f"Build to see it: {command('build')}; every detail: {explain}.")
    return 0


def _bytes(source: str) -> tuple[bytes, str]:
    """The page, and the address where it was found if it was fetched from one."""
    if source == "-":
        return sys.stdin.buffer.read(), ""
    if "://" in source:
        from site_src.pipeline.fetching import fetch_page

        found_at, raw = fetch_page(source)
        return raw, found_at
    if not source:
        raise UsageError("--from FILE (or a web address) names the page; --from - reads it from the terminal.")
    path = Path(source)
    if not path.is_file():
        what = "is a folder; name one file" if path.is_dir() else "there is no such file"
        raise UsageError(f"{source}: {what}.")
    return path.read_bytes(), ""


def _from_here(path: Path) -> str:
    """The path as a person in the working folder types it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _understood(article: Article, beside: str) -> str:
    """What was understood of an article and what is missing, in two lines; `beside` is the file that can say it."""
    fields: dict[str, Found[Any]] = {
        "title": article.title, "date": article.published, "outlet": article.outlet, "agency": article.agency,
    }  # fmt: skip
    found = [f"{name} {_value(field.value)}" for name, field in fields.items() if field.value is not None]
    missing = [name for name, field in fields.items() if field.value is None and name != "agency"]
    counted = f"{len(article.paragraphs)} paragraphs"
    lines = [f"  article {article.part}: {', '.join([*found, counted])}"]
    if missing:
        lines.append(f"  not stated by the page: {', '.join(missing)} (a file {beside} beside it can say it)")
    return "\n".join(lines)


def _value(value: object) -> str:
    return dated(value) if isinstance(value, Day) else str(value)


def _site(options: argparse.Namespace) -> int:
    from site_src.cli.scaffold import make_site, unworded

    languages = tuple(options.languages.split(","))
    folder = make_site(Path(options.folder), languages, options.name)
    build = command(f"build --config {folder / 'site.toml'}")
    print(f"A new site is in {folder}. Save pages into its content/articles/, then build it: {build}")
    if lacking := unworded(languages):
        print(
            f"First, {', '.join(lacking)}: no words for it are shipped. It needs templates/labels/{lacking[0]}.toml, "
            "and in site.toml the site's name and the topics' titles: docs/how-to/language.md tells how."
        )
    return 0
