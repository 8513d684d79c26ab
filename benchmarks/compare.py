"""Build the same stories with our generator and with those that a user would pick instead, and write what it cost.

    python benchmarks/compare.py [--sizes 200,1000,5000] [--peers hugo,pelican,mujaz] [--rounds 3] [--work FOLDER]

Installs the peers in a folder (--work keeps it; a temporary one is removed), makes the corpus, measures, adds the
figures to docs/benchmark.json and writes docs/benchmark.md and its plot from all that stands there. A round is a cold
build, a cold build by the yardstick (the first generator of `peers/generators.toml`), a build with nothing changed and
one with an article changed: each in a new process, on one core, in memory. Medians of the rounds count.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import generators
import report
import results
from contest import enter, measured
from generators import Generator, NotInstalled
from processes import Failed, pin
from results import Row

MEMORY = Path("/dev/shm")


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for; names and sizes are checked."""
    known = list(generators.load())
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=_sizes, default=(200, 1000, 5000), help="articles (200,1000,5000)")
    parser.add_argument("--peers", type=lambda words: words.split(","), default=known, help=",".join(known))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--core", type=int, default=None, help="the processor to run on (the first)")
    parser.add_argument("--work", type=Path, default=None, metavar="FOLDER", help="keep the installed peers there")
    parser.add_argument("--docs", type=Path, default=generators.ROOT / "docs", metavar="FOLDER", help="where to write")
    given = parser.parse_args(arguments)
    if strangers := [name for name in given.peers if name not in known]:
        parser.error(f"there is no generator {', '.join(strangers)}; there are {', '.join(known)}")
    return given


def _sizes(words: str) -> tuple[int, ...]:
    return tuple(int(word) for word in words.split(","))


def say(words: str) -> None:
    print(words, flush=True)


@dataclass
class Run:
    """What this run has found so far; `docs` gets it after each generator, so that an interruption loses little."""

    docs: Path
    machine: str
    programs: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    def install(self, wanted: Sequence[Generator], work: Path) -> None:
        """Make the programs of the generators ready, the yardstick's first: without it nothing can be compared."""
        for generator in wanted:
            try:
                self.programs[generator.name] = generators.install(generator, work, say)
            except NotInstalled as reason:
                self.missing[generator.name] = f"could not be installed: {reason}"
                say(f"{generator.title} {self.missing[generator.name]}")
        if wanted[0].name in self.missing:
            raise SystemExit(f"Every ratio is to {wanted[0].title}, and it {self.missing[wanted[0].name]}")

    def compare(self, wanted: Sequence[Generator], size: int, memory: Path, given: argparse.Namespace) -> None:
        """Measure those that were asked for at one size, and say so row by row."""
        yardstick = enter(wanted[0], self.programs[wanted[0].name], memory, size, given.seed)
        for generator in (one for one in wanted if one.name in given.peers and one.name in self.programs):
            known = generator is wanted[0]
            try:
                program = self.programs[generator.name]
                contestant = yardstick if known else enter(generator, program, memory, size, given.seed)
                for row in measured(contestant, yardstick, size, given.rounds):
                    self.rows.append(row)
                    say(report.line(row))
            except Failed as failed:
                self.missing[generator.name] = f"failed at {size:,} articles: {failed}"
                say(f"{generator.title} {self.missing[generator.name]}")
            self.keep()
            if not known:
                shutil.rmtree(memory / generator.name)
        shutil.rmtree(yardstick.room)

    def keep(self) -> None:
        """Add it to the published figures and write page and plot from all of them."""
        kept = results.added(results.load(self.docs / report.DATA), self.machine, self.rows, self.missing)
        if kept.rows:
            report.write(self.docs, kept, generators.load())


def machine() -> str:
    """Processor, interpreter and system in a line."""
    model = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())  # fmt: skip
    return f"{model}, one of {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def main(arguments: Sequence[str]) -> int:
    given, table = options(arguments), generators.load()
    yardstick = next(iter(table))
    wanted = [table[name] for name in table if name in given.peers or name == yardstick]
    run = Run(given.docs, machine())
    pin(given.core)
    with ExitStack() as stack:
        work = given.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        run.install(wanted, work.absolute())
        place = MEMORY if os.access(MEMORY, os.W_OK) else None
        for size in given.sizes:
            memory = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=place)))
            run.compare(wanted, size, memory, given)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
