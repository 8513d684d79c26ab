"""Measures what our generator costs within one process: rendering alone, and the preview's rebuild after an edit.

    python benchmarks/in_process.py site.toml OUT CACHE

It builds the site, edits the article in the middle and builds again, as `serve` does, and prints one line of JSON: kind
to [CPU seconds, wall seconds, peak MiB of the process so far]. Rendering is what runs while the site is written: pages
are made one by one as the writer asks for them.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

sys.path.append(str(Path(__file__).parent.parent))

from rounds import edit

from site_src import pipeline
from site_src.cli import collect_seldom
from site_src.cli.arguments import parse_arguments
from site_src.cli.site import open_site
from site_src.kept import Kept
from site_src.output import write_site

T = TypeVar("T")
Costs = dict[str, tuple[float, float, float]]


def clocks() -> tuple[float, float]:
    """The CPU seconds of this process and of the children it waited for, and wall seconds."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages), time.perf_counter()


def time_calls(kind: str, function: Callable[..., T], costs: Costs) -> Callable[..., T]:
    """The function, made to write the cost of its last call to `costs[kind]`."""

    def call(*args: object, **kwargs: object) -> T:
        cpu, wall = clocks()
        result = function(*args, **kwargs)
        cpu_after, wall_after = clocks()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        costs[kind] = (cpu_after - cpu, wall_after - wall, peak)
        return result

    return call


def main(config: str, out: str, cache: str) -> None:
    collect_seldom()  # as a command does
    options = parse_arguments(["build", "--config", config, "--out", out, "--cache", cache, "--frozen"])

    kept = Kept()

    def rebuild() -> None:
        places, settings = open_site(options)
        pipeline.build(places, settings, pipeline.Options(frozen=True), kept=kept)

    costs: Costs = {}
    with patch.object(pipeline, "write_site", time_calls("render", write_site, costs)):
        rebuild()
    edit(Path(config).parent, "content/articles/*.txt", 0)
    time_calls("preview", rebuild, costs)()
    print(json.dumps(costs))


if __name__ == "__main__":
    main(*sys.argv[1:])
