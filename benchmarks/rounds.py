"""Measures one generator beside the baseline: the builds of a round, what they cost, and the rows of the tables."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from generators import ROOT, Generator
from processes import Cost, ProcessError, run
from results import Row, median_cost

HERE = Path(__file__).parent
REST = 3.0
"""Seconds for which a corpus rests before it is built, as archives do: a file of this moment is looked at twice."""
EDIT = "وأضاف المصدر أن الأعمال ستبدأ في موعدها المقرر بعد {} يوما."


def edit(site: Path, pattern: str, number: int) -> None:
    """Add a sentence to each paragraph of the article in the middle of those that `pattern` names.

    Every paragraph gets one, since a site may show but a part of an article, and a change that nobody sees costs less.
    """
    articles = sorted(site.glob(pattern))
    article = articles[len(articles) // 2]
    blocks = article.read_text("utf-8").rstrip().split("\n\n")
    edited = [f"{block} {EDIT.format(number + place)}" if block.endswith(".") else block
              for place, block in enumerate(blocks, 2)]  # fmt: skip
    article.write_text("\n\n".join(edited) + "\n", "utf-8")


@dataclass(frozen=True)
class Candidate:
    """A generator ready to run: the path of its program, and the folder that holds its site, output and state."""

    generator: Generator
    program: str
    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def output(self) -> Path:
        return self.folder / "out"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def build(self, command: Sequence[str]) -> Cost:
        """Run one of its commands; raises `ProcessError`."""
        places = {"program": self.program, "out": self.output, "state": self.state, "root": ROOT,
                  "python": sys.executable}  # fmt: skip
        environment = {key: value.format(**places) for key, value in self.generator.environment.items()}
        return run([word.format(**places) for word in command], self.site, environment, self.log)

    def clear(self) -> None:
        """Remove all that earlier builds wrote."""
        for folder in (self.output, self.state, self.site / "cache"):
            shutil.rmtree(folder, ignore_errors=True)
        self.state.mkdir()

    def pages(self) -> dict[str, tuple[int, int]]:
        """The time in nanoseconds and the size in bytes of every page of HTML, by path."""
        marks = ((path, path.stat()) for path in self.output.rglob("*.html"))
        return {str(path): (mark.st_mtime_ns, mark.st_size) for path, mark in marks}


def prepare(generator: Generator, program: str, parent: Path, size: int, seed: int) -> Candidate:
    """Make a folder in `parent` with the generator's form of the corpus; raises `ProcessError`.

    A process of its own makes it: `processes.run` says why this one must stay small.
    """
    folder = parent / generator.name
    folder.mkdir()
    documents = (str(HERE / "documents.py"), generator.name, str(folder / "site"), "-n", str(size), "--seed", str(seed))
    run([sys.executable, *documents], HERE, {}, folder / "log")
    time.sleep(REST)
    return Candidate(generator, program, folder)


@dataclass(frozen=True)
class Round:
    """The cost of each kind of build, and the CPU seconds of a cold build by the baseline between them."""

    costs: dict[str, Cost]
    baseline_cpu: float


def run_round(candidate: Candidate, baseline: Candidate, number: int) -> Round:
    """Build cold, again, and after an edit; raises `ProcessError`."""
    generator = candidate.generator
    candidate.clear()
    costs = {"cold": candidate.build(generator.cold)}
    baseline.clear()
    baseline_cpu = baseline.build(baseline.generator.cold).cpu
    if generator.again != generator.cold:
        candidate.clear()
        candidate.build(generator.again)
    costs["same"] = candidate.build(generator.again)
    before = candidate.pages()
    edit(candidate.site, generator.articles, number)
    costs["changed"] = candidate.build(generator.again)
    if candidate.pages() == before:
        raise ProcessError("the edit of an article changed no page")
    return Round(costs | costs_in_process(candidate), baseline_cpu)


def costs_in_process(candidate: Candidate) -> dict[str, Cost]:
    """What our own generator costs within one process, without its start and end; {} for every other generator."""
    if not candidate.generator.in_process:
        return {}
    candidate.clear()
    candidate.build(candidate.generator.in_process)
    return {kind: Cost(*cost) for kind, cost in json.loads(candidate.log.read_text("utf-8")).items()}


def measure(candidate: Candidate, baseline: Candidate, size: int, count: int) -> Iterator[Row]:
    """Run `count` rounds and give a row for each kind of build; raises `ProcessError`."""
    generator, today = candidate.generator, datetime.now(UTC).date().isoformat()
    rounds = [run_round(candidate, baseline, number) for number in range(count)]
    mebibytes = sum(path.stat().st_size for path in candidate.output.rglob("*") if path.is_file()) / 2**20
    pages = len(candidate.pages())
    for kind in rounds[0].costs:
        cost = median_cost(each.costs[kind] for each in rounds)
        ratio = median(each.costs[kind].cpu / each.baseline_cpu for each in rounds)
        yield Row(generator.name, size, kind, cost.cpu, cost.wall, cost.peak, ratio, count, pages, mebibytes,
                  generator.version, today)  # fmt: skip
