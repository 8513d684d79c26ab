"""Builds the same stories with our generator and with those that a user would pick instead, and writes what it cost.

    python benchmarks/compare.py [--sizes 200,1000,5000] [--peers hugo,pelican,mujaz] [--rounds 3] [--work FOLDER]

It installs the peers in a folder (--work keeps it; a temporary one is removed), makes the corpus, measures, adds the
figures to docs/benchmark.json and writes docs/benchmark.md and its plot from all that stands there. A round is a cold
build, a cold build by the baseline (the first generator of `peers/generators.toml`), a build with nothing changed and
one with an article changed: each in a new process, on one core, in memory. The medians of the rounds count.
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
from generators import Generator, InstallError
from processes import ProcessError, pin
from results import Row
from rounds import measure, prepare

MEMORY = Path("/dev/shm")


def parse_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; names of generators and sizes are checked."""
    names = list(generators.load())
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=_sizes, default=(200, 1000, 5000), help="articles (200,1000,5000)")
    parser.add_argument("--peers", type=lambda words: words.split(","), default=names, help=",".join(names))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--core", type=int, default=None, help="the processor to run on (the first)")
    parser.add_argument("--work", type=Path, default=None, metavar="FOLDER", help="keep the installed peers there")
    parser.add_argument("--docs", type=Path, default=generators.ROOT / "docs", metavar="FOLDER", help="where to write")
    options = parser.parse_args(arguments)
    if strangers := [name for name in options.peers if name not in names]:
        parser.error(f"there is no generator {', '.join(strangers)}; there are {', '.join(names)}")
    return options


def _sizes(words: str) -> tuple[int, ...]:
    return tuple(int(word) for word in words.split(","))


def say(words: str) -> None:
    print(words, flush=True)


@dataclass
class Run:
    """What this run has measured so far; `docs` gets it after each generator, so that an interruption loses little."""

    docs: Path
    machine: str
    programs: dict[str, str] = field(default_factory=dict)
    """The path of the program of each generator that could be installed."""
    rows: list[Row] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    """The reason for which a generator has no rows."""

    def install(self, selection: Sequence[Generator], work: Path) -> None:
        """Install the generators below `work`; raises SystemExit where the first, the baseline, cannot be had."""
        for generator in selection:
            try:
                self.programs[generator.name] = generators.install(generator, work, say)
            except InstallError as reason:
                self._give_up(generator, f"could not be installed: {reason}")
        baseline = selection[0]
        if baseline.name in self.missing:
            raise SystemExit(f"Every ratio is to {baseline.title}, and it {self.missing[baseline.name]}")

    def compare(self, selection: Sequence[Generator], size: int, memory: Path, options: argparse.Namespace) -> None:
        """Measure the generators that the options name at one size, in the folder `memory`, and say each row."""
        first = selection[0]
        baseline = prepare(first, self.programs[first.name], memory, size, options.seed)
        for generator in selection:
            if generator.name not in options.peers or generator.name not in self.programs:
                continue
            try:
                program = self.programs[generator.name]
                is_first = generator is first
                candidate = baseline if is_first else prepare(generator, program, memory, size, options.seed)
                for row in measure(candidate, baseline, size, options.rounds):
                    self.rows.append(row)
                    say(report.line(row))
            except ProcessError as failure:
                self._give_up(generator, f"failed at {size:,} articles: {failure}")
            self.write()
            if generator is not first:
                shutil.rmtree(memory / generator.name)
        shutil.rmtree(baseline.folder)

    def _give_up(self, generator: Generator, reason: str) -> None:
        self.missing[generator.name] = reason
        say(f"{generator.title} {reason}")

    def write(self) -> None:
        """Add the rows to the published figures, and write the page and the plot from all of them."""
        everything = results.merge(results.load(self.docs / report.DATA), self.machine, self.rows, self.missing)
        if everything.rows:
            report.write(self.docs, everything, generators.load())


def machine() -> str:
    """Processor, interpreter and system in a line."""
    model = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())  # fmt: skip
    return f"{model}, one of {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def main(arguments: Sequence[str]) -> int:
    options, table = parse_options(arguments), generators.load()
    baseline = next(iter(table))
    selection = [table[name] for name in table if name in options.peers or name == baseline]
    run = Run(options.docs, machine())
    pin(options.core)
    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        run.install(selection, work.absolute())
        parent = MEMORY if os.access(MEMORY, os.W_OK) else None
        for size in options.sizes:
            memory = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=parent)))
            run.compare(selection, size, memory, options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
