"""`new`: an article in this site, or a new site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from shlex import quote
from typing import Any

from site_src.cli.report import counted, format_day, print_problems
from site_src.cli.site import names_of, open_site, refuse_bare
from site_src.errors import UsageError, command
from site_src.model.fields import Day, Found
from site_src.model.page import Article


def run(options: argparse.Namespace) -> int:
    """Run the action of `options`."""
    return {"article": _article, "site": _site}[options.action](options)


def _article(options: argparse.Namespace) -> int:
    from site_src.pipeline.adding import PASTED, NewArticle, add_article

    places, settings = open_site(options)
    refuse_bare(options, places, "put the file into it yourself")
    names = names_of(places, settings)
    raw, address = _read_source(options.source)
    stated = {key: getattr(options, key) for key in ("title", "published", "outlet", "agency", "url", "slug")}
    word = {key: value for key, value in stated.items() if value}
    if address:
        word = {"url": address} | word
    name_in_messages = PASTED if options.source == "-" else options.source
    path, page = add_article(NewArticle(raw, word, options.keep, name_in_messages), places, settings, names)
    print(f"Filed as {path.relative_to(places.root)}")
    for article in page.articles:
        print(_describe(article, path.with_suffix(".toml").name))
    print_problems(page.all_problems)
    inspect = command(f"inspect {quote(_relative(path))} --explain")
    print(f"Build to see it: {command('build')}; every detail: {inspect}.")
    return 0


def _read_source(source: str) -> tuple[bytes, str]:
    """The page and the address that it was fetched from, "" where it was not fetched."""
    if source == "-":
        return sys.stdin.buffer.read(), ""
    if "://" in source:
        from site_src.pipeline.fetching import fetch_page

        address, raw = fetch_page(source)
        return raw, address
    if not source:
        raise UsageError("--from FILE (or a web address) names the page; --from - reads it from the terminal.")
    path = Path(source)
    if not path.is_file():
        fault = "is a folder; name one file" if path.is_dir() else "there is no such file"
        raise UsageError(f"{source}: {fault}.")
    return path.read_bytes(), ""


def _relative(path: Path) -> str:
    """The path as a person types it in the working folder."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _describe(article: Article, settings_file: str) -> str:
    """The fields of an article that are known, and in a second line those that are not.

    `settings_file` is the name of the TOML file in which an editor may state them.
    """
    fields: dict[str, Found[Any]] = {
        "title": article.title, "date": article.published, "outlet": article.outlet, "agency": article.agency,
    }  # fmt: skip
    known = [f"{name} {_format_value(field.value)}" for name, field in fields.items() if field.value is not None]
    missing = [name for name, field in fields.items() if field.value is None and name != "agency"]
    known.append(counted(len(article.paragraphs), "paragraph"))
    lines = [f"  article {article.part}: {', '.join(known)}"]
    if missing:
        lines.append(f"  not stated by the page: {', '.join(missing)} (a file {settings_file} beside it can say it)")
    return "\n".join(lines)


def _format_value(value: object) -> str:
    return format_day(value) if isinstance(value, Day) else str(value)


def _site(options: argparse.Namespace) -> int:
    from site_src.cli.scaffold import make_site, without_labels

    languages = tuple(options.languages.split(","))
    folder = make_site(Path(options.folder), languages, options.name)
    build = command(f"build --config {folder / 'site.toml'}")
    print(f"A new site is in {folder}. Save pages into its content/articles/, then build it: {build}")
    if missing := without_labels(languages):
        print(
            f"First, {', '.join(missing)}: no words for it are shipped. It needs templates/labels/{missing[0]}.toml, "
            "and in site.toml the site's name and the topics' titles: docs/how-to/language.md tells how."
        )
    return 0
