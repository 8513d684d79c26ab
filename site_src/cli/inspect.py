"""`inspect`: what is understood of saved pages, for people or as JSON Lines."""

from __future__ import annotations

import argparse
import json
import sys

from site_src.cli.site import names_of, open_rules


def run(options: argparse.Namespace) -> int:
    """Print what was understood. Returns 0 even if pages have problems, for these are part of the answer."""
    from site_src.pipeline.inspection import as_json, inspect
    from site_src.pipeline.languages import memories_of
    from site_src.store import Store

    places, settings = open_rules(options.config)
    names, memories = names_of(places, settings), memories_of(places, settings, Store(None))
    rows = inspect(options.paths, settings, names, memories, options.sentences)
    if not rows:
        print(f"{', '.join(options.paths)}: no page is in it.", file=sys.stderr)
    if options.format == "jsonl":
        for row in rows:
            print(json.dumps(as_json(row), ensure_ascii=False))
        return 0
    from site_src.cli.inspect_text import print_rows

    print_rows(rows, names, options.explain)
    return 0
