"""Measures the translation checks: false alarms on correct pairs, and how much damage they find.

    python benchmarks/checks.py [PART | engine] [--missed]

PART is a list of correct pairs in `tests/cases/bitext`, a file for each kind of text:

- developed, held: those the checks were written with; a third, by a hash of the Arabic, was held back and not looked at
- later: written when the rules were done
- wires: news reports, each in a professional and in a literal translation, by somebody who had not read the rules
- dispatches: more of them, each in two translations by different hands
- newsroom: sentences in the ways of real pages, close and free, written for the rules that those pages brought
- leaders: the same about heads of state first
- statesmen: more about these, terse and free, written before the rules for them
- reporters: the same, in one translation with the habits of engines
- bureaus, bureaus-held: six registers (wire reports, communiques, economic data, energy and sanctions, visits, courts),
  literal and free; every third of a register is held
- desks: close and free, written when lost qualifiers and opposites had become errors, by somebody who knew no rule

From wires on, each list has faulty translations beside the right ones. Other damage is done by script (`damage.py`),
the same in every run. "engine" are real outputs of a small engine (`tests/cases/engine`), each read by a person: right,
near or wrong.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import process_time

sys.path.append(str(Path(__file__).parent.parent))

from damage import DAMAGE, BitextPair

from site_src.model.edition import Finding
from site_src.text.names import NameBook, load_names
from site_src.translate.checks import check_pair

ROOT = Path(__file__).parent.parent
BITEXT = ROOT / "tests" / "cases" / "bitext"

WRITTEN = ("wires", "dispatches", "newsroom", "leaders", "statesmen", "reporters", "bureaus", "bureaus-held", "desks")
FOLDERS = {part: BITEXT / part for part in ("later", *WRITTEN)}
PARTS = ("developed", "held", *FOLDERS)


@cache
def bitext(part: str) -> tuple[BitextPair, ...]:
    """The correct pairs of one part of the list."""
    pairs = [
        BitextPair(path.stem, *line.split("\t"))
        for path in sorted(FOLDERS.get(part, BITEXT).glob("*.tsv"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return tuple(pair for pair in pairs if part in {*FOLDERS, pair.part})


@dataclass(frozen=True)
class Fault:
    """A faulty translation as engines make them."""

    kind: str
    due: str
    """What it should draw: "error", "warning", or "unseen" where no check that knows no meaning can see it."""
    source: str
    target: str


@cache
def faults(part: str) -> tuple[Fault, ...]:
    """The faulty translations of one part; () where none were written."""
    files = sorted((FOLDERS[part] / "faults").glob("*.tsv")) if part in FOLDERS else []
    return tuple(Fault(*line.split("\t")) for file in files for line in file.read_text("utf-8").splitlines())


def findings(source: str, target: str, names: NameBook) -> tuple[Finding, ...]:
    """The findings of the checks about a pair, which are remembered."""
    if (source, target) not in _remembered:
        _remembered[source, target] = check_pair(source, target, names)
    return _remembered[source, target]


_remembered: dict[tuple[str, str], tuple[Finding, ...]] = {}


def site_names() -> NameBook:
    """The names of the site."""
    return load_names(ROOT / "content" / "names.toml")


def has_error(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity == "error" for finding in findings)


@dataclass(frozen=True)
class Detected:
    """How many damaged pairs there are, how many drew an error, and how many a new finding of any severity."""

    pairs: int
    error: int
    any: int


def detect(damage: str, part: str, names: NameBook, missed: Callable[[str, str], object] | None = None) -> Detected:
    """Count what the checks find of one kind of damage; `missed` is called with each pair that draws nothing."""
    pairs = by_error = by_any = 0
    for pair in bitext(part):
        dice = random.Random(pair.source + damage)
        damaged = DAMAGE[damage](pair, dice, names)
        if damaged is None or damaged == (pair.source, pair.target):
            continue
        before = {(f.check, f.severity, f.what) for f in findings(pair.source, pair.target, names)}
        new = tuple(f for f in check_pair(*damaged, names) if (f.check, f.severity, f.what) not in before)
        pairs, by_error, by_any = pairs + 1, by_error + has_error(new), by_any + bool(new)
        if missed and not new:
            missed(*damaged)
    return Detected(pairs, by_error, by_any)


def false_alarms(part: str, names: NameBook) -> dict[str, tuple[int, int, int]]:
    """(pairs, pairs with an error, pairs with a warning only) by kind of text."""
    counts: dict[str, tuple[int, int, int]] = {}
    for pair in bitext(part):
        drawn = findings(pair.source, pair.target, names)
        pairs, errors, warnings = counts.get(pair.kind, (0, 0, 0))
        counts[pair.kind] = pairs + 1, errors + has_error(drawn), warnings + (bool(drawn) and not has_error(drawn))
    return counts


def detect_faults(
    group: Sequence[Fault], names: NameBook, missed: Callable[[str, str], object] | None = None
) -> Detected:
    """Count what the checks find of faulty translations; `missed` is called with each that draws nothing."""
    drawn = [findings(fault.source, fault.target, names) for fault in group]
    for fault, own in zip(group, drawn, strict=True):
        if missed and not own:
            missed(fault.source, fault.target)
    return Detected(len(group), sum(map(has_error, drawn)), sum(map(bool, drawn)))


@dataclass(frozen=True)
class Output:
    """What an engine made of a sentence, and how a reader judged it: "right", "near" or "wrong"."""

    part: str
    """"open", or "held": not looked at before the rules were done."""
    worth: str
    source: str
    target: str


@cache
def outputs() -> tuple[Output, ...]:
    """All outputs of the small engine."""
    lines = (ROOT / "tests" / "cases" / "engine" / "outputs.tsv").read_text("utf-8").splitlines()
    return tuple(Output(*line.split("\t")) for line in lines)


def print_outputs(names: NameBook, missed: Callable[[str, str], object] | None) -> None:
    """Print how many outputs are withheld, how many by adequacy alone, and how many only draw a warning, by worth."""
    print(f"{'output':<24}{'pairs':>6}{'errors':>8}{'adequacy alone':>16}{'warnings':>10}")
    for part, worth in sorted({(output.part, output.worth) for output in outputs()}):
        group = [output for output in outputs() if (output.part, output.worth) == (part, worth)]
        drawn = [check_pair(output.source, output.target, names) for output in group]
        by = [{finding.check for finding in own if finding.severity == "error"} for own in drawn]
        warnings = sum(bool(own) and not checks for own, checks in zip(drawn, by, strict=True))
        print(f"{part} {worth:<18}{len(group):>7}{sum(map(bool, by)):>8}{by.count({'adequacy'}):>16}{warnings:>10}")
        for output, own in zip(group, drawn, strict=True):
            if missed and worth == "wrong" and not own:
                missed(output.source, output.target)


def print_faults(part: str, names: NameBook, missed: Callable[[str, str], object] | None) -> None:
    """Print a line for each kind of fault and for what it should draw."""
    print(f"\n{'fault':<24}{'pairs':>6}{'error':>8}{'any':>10}")
    groups = {f"due: {fault.due}" for fault in faults(part)} | {fault.kind for fault in faults(part)}
    for name in sorted(groups):
        group = [fault for fault in faults(part) if name in {f"due: {fault.due}", fault.kind}]
        detected = detect_faults(group, names, missed if name.startswith("due: ") else None)
        print(f"{name:<24}{detected.pairs:>6}{detected.error:>8}{detected.any:>10}")


def main() -> None:
    names = site_names()
    part = next((word for word in sys.argv[1:] if word in PARTS), "developed")
    show = (lambda source, target: print(f"    {source} | {target}")) if "--missed" in sys.argv else None
    if "engine" in sys.argv:
        print_outputs(names, show)
        return
    print(f"{part}\n{'text':<24}{'pairs':>6}{'errors':>8}{'warnings':>10}")
    alarms = false_alarms(part, names)
    for kind, counts in alarms.items():
        print(f"{kind:<24}{counts[0]:>6}{counts[1]:>8}{counts[2]:>10}")
    total = [sum(counts[place] for counts in alarms.values()) for place in range(3)]
    print(f"{'all':<24}{total[0]:>6}{total[1]:>8}{total[2]:>10}   errors on {total[1] / total[0]:.1%}")
    print(f"\n{'damage':<24}{'pairs':>6}{'error':>8}{'any':>10}")
    for damage in DAMAGE:
        detected = detect(damage, part, names, show)
        if pairs := detected.pairs:
            print(f"{damage:<24}{pairs:>6}{detected.error / pairs:>8.1%}{detected.any / pairs:>10.1%}")
    if faults(part):
        print_faults(part, names, show)
    start = process_time()
    for pair in bitext(part):
        check_pair(pair.source, pair.target, names)
    print(f"\n{(process_time() - start) / len(bitext(part)) * 1000:.2f} ms of CPU a pair")


if __name__ == "__main__":
    main()
