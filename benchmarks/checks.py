"""Measures the translation checks: false alarms on correct pairs, and how much planted damage they find.

    python benchmarks/checks.py [PART | engine] [--missed]

The pairs are those of `tests/cases/bitext`, a file for each kind of text. A third of them, by a hash of the Arabic, was
held back and not looked at while the checks were written; "later" ones were written when the rules were done; "wires"
are sentences of news reports, each in a professional and in a literal translation, and with faults that engines make,
written by somebody who had not read the rules; "dispatches" are more of them, each in two translations by different
hands, with the faults of another list; "newsroom" are sentences in the ways of real pages, each in a close and in a
free translation, written for the rules that those pages brought; "leaders" are others of that kind, about heads of
state first; "statesmen" are more about these, each in a terse and in a free translation with two faults of the kinds
that engines make, written before the rules for them; "reporters" are others of that kind, one translation with the
habits of engines; "bureaus" are 80 more in six registers (wire reports, communiques, economic data, energy and
sanctions, visits, courts), each in a literal and in a free translation and with one fault, of which every third of a
register is "bureaus-held"; "desks" are 100 more, each in a close and in a free translation and with one fault, written
when lost qualifiers and opposites had become errors, by somebody who knew no rule. Damage is planted by script
(`planted.py`), the same in every run. "engine" are real outputs
of a small engine (`tests/cases/engine`), each read by a person: right, near or wrong.
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

from planted import DAMAGE, BitextPair

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
    """The correct pairs of one part."""
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
    """What the checks have against a pair, remembered."""
    if (source, target) not in _found:
        _found[source, target] = check_pair(source, target, names)
    return _found[source, target]


_found: dict[tuple[str, str], tuple[Finding, ...]] = {}


def book() -> NameBook:
    """The names of the site."""
    return load_names(ROOT / "content" / "names.toml")


def errors(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity == "error" for finding in findings)


@dataclass(frozen=True)
class Detected:
    """How many damaged pairs there are, how many drew an error, how many a new finding of any severity."""

    planted: int
    error: int
    any: int


def detect(damage: str, part: str, names: NameBook, missed: Callable[[str, str], object] | None = None) -> Detected:
    """What the checks find of one kind of damage."""
    planted = by_error = by_any = 0
    for pair in bitext(part):
        dice = random.Random(pair.source + damage)
        damaged = DAMAGE[damage](pair, dice, names)
        if damaged is None or damaged == (pair.source, pair.target):
            continue
        before = {(f.check, f.severity, f.what) for f in findings(pair.source, pair.target, names)}
        new = tuple(f for f in check_pair(*damaged, names) if (f.check, f.severity, f.what) not in before)
        planted, by_error, by_any = planted + 1, by_error + errors(new), by_any + bool(new)
        if missed and not new:
            missed(*damaged)
    return Detected(planted, by_error, by_any)


def false_alarms(part: str, names: NameBook) -> dict[str, tuple[int, int, int]]:
    """Kind of text to (pairs, pairs with an error, pairs with a warning only)."""
    counts: dict[str, tuple[int, int, int]] = {}
    for pair in bitext(part):
        found = findings(pair.source, pair.target, names)
        total, wrong, warned = counts.get(pair.kind, (0, 0, 0))
        counts[pair.kind] = total + 1, wrong + errors(found), warned + (bool(found) and not errors(found))
    return counts


def caught(group: Sequence[Fault], names: NameBook, missed: Callable[[str, str], object] | None = None) -> Detected:
    """What the checks find of faulty translations."""
    found = [findings(fault.source, fault.target, names) for fault in group]
    for fault, seen in zip(group, found, strict=True):
        if missed and not seen:
            missed(fault.source, fault.target)
    return Detected(len(group), sum(map(errors, found)), sum(map(bool, found)))


@dataclass(frozen=True)
class Output:
    """What an engine made of a sentence, and what a reader found it worth: "right", "near" or "wrong"."""

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


def tell_outputs(names: NameBook, missed: Callable[[str, str], object] | None) -> None:
    """A line for each worth of outputs: how many are withheld, by adequacy alone, and how many only draw a warning."""
    print(f"{'output':<24}{'pairs':>6}{'errors':>8}{'adequacy alone':>16}{'warnings':>10}")
    for part, worth in sorted({(one.part, one.worth) for one in outputs()}):
        group = [one for one in outputs() if (one.part, one.worth) == (part, worth)]
        found = [check_pair(one.source, one.target, names) for one in group]
        by = [{finding.check for finding in seen if finding.severity == "error"} for seen in found]
        warned = sum(bool(seen) and not checks for seen, checks in zip(found, by, strict=True))
        print(f"{part} {worth:<18}{len(group):>7}{sum(map(bool, by)):>8}{by.count({'adequacy'}):>16}{warned:>10}")
        for one, seen in zip(group, found, strict=True):
            if missed and worth == "wrong" and not seen:
                missed(one.source, one.target)


def tell_faults(part: str, names: NameBook, missed: Callable[[str, str], object] | None) -> None:
    """A line for each kind of fault and for what it should draw."""
    print(f"\n{'fault':<24}{'pairs':>6}{'error':>8}{'any':>10}")
    groups = {f"due: {fault.due}" for fault in faults(part)} | {fault.kind for fault in faults(part)}
    for name in sorted(groups):
        group = [fault for fault in faults(part) if name in {f"due: {fault.due}", fault.kind}]
        seen = caught(group, names, missed if name.startswith("due: ") else None)
        print(f"{name:<24}{seen.planted:>6}{seen.error:>8}{seen.any:>10}")


def main() -> None:
    names = book()
    part = next((word for word in sys.argv[1:] if word in PARTS), "developed")
    show = (lambda source, target: print(f"    {source} | {target}")) if "--missed" in sys.argv else None
    if "engine" in sys.argv:
        tell_outputs(names, show)
        return
    print(f"{part}\n{'text':<24}{'pairs':>6}{'errors':>8}{'warnings':>10}")
    alarms = false_alarms(part, names)
    for kind, counts in alarms.items():
        print(f"{kind:<24}{counts[0]:>6}{counts[1]:>8}{counts[2]:>10}")
    total = [sum(counts[place] for counts in alarms.values()) for place in range(3)]
    print(f"{'all':<24}{total[0]:>6}{total[1]:>8}{total[2]:>10}   errors on {total[1] / total[0]:.1%}")
    print(f"\n{'damage':<24}{'pairs':>6}{'error':>8}{'any':>10}")
    for damage in DAMAGE:
        found = detect(damage, part, names, show)
        if not found.planted:
            continue
        print(f"{damage:<24}{found.planted:>6}{found.error / found.planted:>8.1%}{found.any / found.planted:>10.1%}")
    if faults(part):
        tell_faults(part, names, show)
    pairs = bitext(part)
    began = process_time()
    for pair in pairs:
        check_pair(pair.source, pair.target, names)
    print(f"\n{(process_time() - began) / len(pairs) * 1000:.2f} ms of CPU a pair")


if __name__ == "__main__":
    main()
