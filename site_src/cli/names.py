"""`names`: suggest likely names of the articles, or add one to the names file."""

from __future__ import annotations

import argparse

from site_src.cli.site import open_stories_of, places_of
from site_src.errors import UsageError, command


def run(options: argparse.Namespace) -> int:
    """Run the action of `options`."""
    return {"suggest": _suggest, "add": _add}[options.action](options)


def _suggest(options: argparse.Namespace) -> int:
    """Print the suggestions, the most frequent first; nothing is added to any file."""
    from site_src.text.names import suggest

    opened = open_stories_of(options)
    texts = [paragraph.text for article in opened.pages.articles for paragraph in article.paragraphs]
    suggestions = suggest(texts, opened.names.book)
    for suggestion in suggestions:
        print(f"{suggestion.count:4}  {suggestion.form}  ({suggestion.reason})")
    if not suggestions:
        print("Every likely name is in the names file.")
    return 0


def _add(options: argparse.Namespace) -> int:
    """Add a new name; or, where only variants are given, add them to a name that is there."""
    from site_src.naming import add_name, add_variants

    path = places_of(options).names
    fields = {key: getattr(options, key) for key in ("kind", "en", "ar", "en_short", "country", "note", "seen")}
    arabic_variants, english_variants = options.variant, options.en_variant
    if not options.id:
        raise UsageError(
            "Give --id, such as tokayev: with --kind, --en and --ar of a new name, or --variant of a known one."
        )
    if any(fields.values()):
        written = add_name(
            path, {"id": options.id, **fields, "ar_variants": arabic_variants, "en_variants": english_variants}
        )
    elif arabic_variants or english_variants:
        written = add_variants(path, options.id, arabic_variants, english_variants)
    else:
        raise UsageError("Give --kind, --en and --ar of a new name, or --variant for one that is in names.toml.")
    if written.before == written.after:
        print(f"{path.name} has these variants of {options.id} already.")
    else:
        print(f"Added to {path.name}: {options.id}. Build to see it: {command('build')}.")
    return 0
