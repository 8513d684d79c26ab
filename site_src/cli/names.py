"""`names suggest`: likely names of the articles that the names file does not hold."""

from __future__ import annotations

import argparse
from contextlib import closing

from site_src.cli.site import open_site


def run(options: argparse.Namespace) -> int:
    """Print the suggestions, the most frequent first; nothing is added to any file."""
    from site_src.pipeline.desk import open_desk
    from site_src.store import Store
    from site_src.text.names import suggest

    places, settings = open_site(options)
    with closing(Store(places.cache)) as store:
        desk = open_desk(places, settings, store)
    texts = [paragraph.text for article in desk.pages.articles for paragraph in article.paragraphs]
    found = suggest(texts, desk.names.book)
    for suggestion in found:
        print(f"{suggestion.count:4}  {suggestion.form}  ({suggestion.reason})")
    if not found:
        print("Every likely name is in the names file.")
    return 0
