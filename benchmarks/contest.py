"""One generator against the yardstick: the builds of a round, what they cost, and the rows that come of it."""

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
from processes import Cost, Failed, run
from results import Row, middle

HERE = Path(__file__).parent
REST = 3.0
"""Seconds for which a corpus rests before it is built, as archives do: a file of this moment is looked at twice."""
EDIT = "وأضاف المصدر أن الأعمال ستبدأ في موعدها المقرر بعد {} يوما."


def edit(site: Path, articles: str, number: int) -> None:
    """One more sentence in each paragraph of the article in the middle of those that the pattern names.

    In each, since a site may show but a part of an article, and a change that nobody sees costs less.
    """
    named = sorted(site.glob(articles))
    article = named[len(named) // 2]
    blocks = article.read_text("utf-8").rstrip().split("\n\n")
    told = [f"{block} {EDIT.format(number + place)}" if block.endswith(".") else block
            for place, block in enumerate(blocks, 2)]  # fmt: skip
    article.write_text("\n\n".join(told) + "\n", "utf-8")


@dataclass(frozen=True)
class Contestant:
    """A generator ready to run: its program, and the folder that holds its site, output and memory."""

    generator: Generator
    program: str
    room: Path

    @property
    def site(self) -> Path:
        return self.room / "site"

    @property
    def out(self) -> Path:
        return self.room / "out"

    def build(self, command: Sequence[str]) -> Cost:
        """Run one of its commands; raises `Failed`."""
        places = {"program": self.program, "out": self.out, "state": self.room / "state",
                  "root": ROOT, "python": sys.executable}  # fmt: skip
        environment = {key: value.format(**places) for key, value in self.generator.environment.items()}
        return run([word.format(**places) for word in command], self.site, environment, self.room / "log")

    def forget(self) -> None:
        """Remove all that earlier builds left."""
        for made in (self.out, self.room / "state", self.site / "cache"):
            shutil.rmtree(made, ignore_errors=True)
        (self.room / "state").mkdir()

    def pages(self) -> dict[str, tuple[int, int]]:
        """Every page of HTML with its time and size."""
        marks = ((path, path.stat()) for path in self.out.rglob("*.html"))
        return {str(path): (mark.st_mtime_ns, mark.st_size) for path, mark in marks}


def enter(generator: Generator, program: str, memory: Path, size: int, seed: int) -> Contestant:
    """The generator with its form of the corpus, which a process of its own makes: see `processes.run`."""
    room = memory / generator.name
    room.mkdir()
    documents = (str(HERE / "documents.py"), generator.name, str(room / "site"), "-n", str(size), "--seed", str(seed))
    run([sys.executable, *documents], HERE, {}, room / "log")
    time.sleep(REST)
    return Contestant(generator, program, room)


@dataclass(frozen=True)
class Round:
    """What each kind of build cost, and the CPU seconds of a cold build by the yardstick between them."""

    costs: dict[str, Cost]
    yardstick: float


def one_round(contestant: Contestant, yardstick: Contestant, number: int) -> Round:
    """Build cold, again, and after an edit; raises `Failed`."""
    generator = contestant.generator
    contestant.forget()
    costs = {"cold": contestant.build(generator.cold)}
    yardstick.forget()
    beside = yardstick.build(yardstick.generator.cold).cpu
    if generator.again != generator.cold:
        contestant.forget()
        contestant.build(generator.again)
    costs["same"] = contestant.build(generator.again)
    before = contestant.pages()
    edit(contestant.site, generator.articles, number)
    costs["changed"] = contestant.build(generator.again)
    if contestant.pages() == before:
        raise Failed("the edit of an article changed no page")
    return Round(costs | inside(contestant), beside)


def inside(contestant: Contestant) -> dict[str, Cost]:
    """What our own generator costs within one process, start and end left out; nothing for the others."""
    if not contestant.generator.inside:
        return {}
    contestant.forget()
    contestant.build(contestant.generator.inside)
    return {kind: Cost(*cost) for kind, cost in json.loads((contestant.room / "log").read_text("utf-8")).items()}


def measured(contestant: Contestant, yardstick: Contestant, size: int, count: int) -> Iterator[Row]:
    """A row for each kind of build; raises `Failed`."""
    generator, today = contestant.generator, datetime.now(UTC).date().isoformat()
    rounds = [one_round(contestant, yardstick, number) for number in range(count)]
    written = sum(path.stat().st_size for path in contestant.out.rglob("*") if path.is_file()) / 2**20
    pages = len(contestant.pages())
    for kind in rounds[0].costs:
        cost = middle(one.costs[kind] for one in rounds)
        ratio = median(one.costs[kind].cpu / one.yardstick for one in rounds)
        yield Row(generator.name, size, kind, cost.cpu, cost.wall, cost.peak, ratio, count, pages, written,
                  generator.version, today)  # fmt: skip
