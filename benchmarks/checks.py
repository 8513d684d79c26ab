"""Measures the translation checks: false alarms on correct pairs, and how much planted damage they find.

    python benchmarks/checks.py [developed|held|later] [--missed]

The pairs are those of `tests/cases/bitext`, a file for each kind of text. A third of them, by a hash of the Arabic, was
held back and not looked at while the checks were written; "later" ones were written when the rules were done. Damage
is planted by script, the same in every run.
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from site_src.model import Finding  # noqa: E402
from site_src.text.names import NameBook, load_names  # noqa: E402
from site_src.translate.checks import check_pair  # noqa: E402

BITEXT = ROOT / "tests" / "cases" / "bitext"


@dataclass(frozen=True)
class BitextPair:
    """A correct pair."""

    kind: str
    source: str
    target: str

    @property
    def part(self) -> str:
        return "held" if sha256(self.source.encode()).digest()[0] % 3 == 0 else "developed"


Damage = Callable[[BitextPair, random.Random, NameBook], tuple[str, str] | None]
"""Gives the pair with something wrong in it; None where it has nothing that can go wrong in this way."""

PLANTED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
NUMBERS: list[str] = PLANTED["numbers"]
NUMBER = re.compile(rf"\b\d+(?:[.,]\d+)*|\b(?:{'|'.join(NUMBERS)})\b", re.IGNORECASE)
AUXILIARY = re.compile(PLANTED["auxiliary"])
TAIL = re.compile(r"[.!?]?[\"”']?$")


def _replace(target: str, match: re.Match[str], words: str) -> str:
    return re.sub(r"\s+", " ", target[: match.start()] + words + target[match.end() :]).strip()


def _one(pattern: re.Pattern[str], text: str, dice: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return dice.choice(found) if found else None


def drop_figure(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    match = _one(NUMBER, pair.target, dice)
    return (pair.source, _replace(pair.target, match, "")) if match else None


def alter_figure(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    match = _one(NUMBER, pair.target, dice)
    if not match:
        return None
    if match[0][0].isdigit():
        place = dice.randrange(len(match[0]))
        while not match[0][place].isdigit():
            place = dice.randrange(len(match[0]))
        digit = dice.choice([d for d in "123456789" if d != match[0][place]])
        return pair.source, _replace(pair.target, match, match[0][:place] + digit + match[0][place + 1 :])
    return pair.source, _replace(pair.target, match, dice.choice([one for one in NUMBERS if one != match[0].lower()]))


def _swap(words: dict[str, str]) -> Damage:
    pattern = re.compile("|".join(re.escape(word) if not word[0].isalpha() else rf"\b{word}(?=s?\b)" for word in words))

    def swapped(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
        match = _one(pattern, pair.target, dice)
        return (pair.source, _replace(pair.target, match, words[match[0]])) if match else None

    return swapped


def lose_negation(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    for pattern, words in PLANTED["lost"]:
        changed, times = re.subn(pattern, words, pair.target, count=1, flags=re.IGNORECASE)
        if times:
            return pair.source, changed
    return None


def add_negation(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    match = _one(AUXILIARY, pair.target, dice)
    return (pair.source, _replace(pair.target, match, f"{match[0]} not")) if match else None


def _known(pair: BitextPair, names: NameBook, dice: random.Random) -> tuple[int, int, str] | None:
    here = {span.name_id for span in names.find(pair.source)}
    spans = [span for span in names.find_english(pair.target) if span.direct and span.name_id in here]
    return (lambda span: (span.start, span.end, span.name_id))(dice.choice(spans)) if spans else None


def _stranger(pair: BitextPair, kind: str, names: NameBook, dice: random.Random) -> str:
    """The English of a name of this kind that the pair does not hold."""
    here = {span.name_id for span in (*names.find(pair.source), *names.find_english(pair.target))}
    name = dice.choice([name for name in names.names.values() if name.kind == kind and name.id not in here])
    return name.en_short or name.en


def swap_name(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    if not (known := _known(pair, names, dice)):
        return None
    other = _stranger(pair, names.names[known[2]].kind, names, dice)
    return pair.source, pair.target[: known[0]] + other + pair.target[known[1] :]


def drop_name(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    if not (known := _known(pair, names, dice)):
        return None
    left = re.sub(r"^['’]s\b", "", pair.target[known[1] :])
    return pair.source, " ".join((pair.target[: known[0]] + left).split())


def invent_name(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    name = _stranger(pair, dice.choice(["person", "place", "organisation"]), names, dice)
    return pair.source, TAIL.sub(lambda end: f" with {name}{end[0]}", pair.target, count=1)


def invent_stranger(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    name = dice.choice(PLANTED["strangers"])
    return pair.source, TAIL.sub(lambda end: f", {name} said{end[0]}", pair.target, count=1)


def truncate(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    words = pair.target.split()
    kept = round(len(words) * dice.uniform(0.3, 0.6))
    return (pair.source, " ".join(words[:kept])) if len(words) >= 8 and pair.source[-1] in ".؟!" else None


def truncate_closed(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    cut = truncate(pair, dice, names)
    return (cut[0], cut[1].rstrip(",;:") + ".") if cut else None


def loop_tail(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    words = pair.target.split()
    size = dice.choice([1, 2, 3, 4])
    return (pair.source, " ".join(words + words[-size:] * dice.choice([3, 5, 9]))) if len(words) > size else None


def loop_middle(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    words = pair.target.split()
    size = dice.choice([2, 3, 5])
    if len(words) <= size:
        return None
    place = dice.randrange(len(words) - size)
    return pair.source, " ".join(words[: place + size] + words[place : place + size] + words[place + size :])


def copy_source(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    return pair.source, pair.source


def leave_arabic(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    words = pair.target.split()
    arabic = re.findall("[\u0620-\u064a]{3,}", pair.source)
    words[dice.randrange(len(words))] = dice.choice(arabic)
    return pair.source, " ".join(words)


def wrong_script(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    words = pair.target.split()
    words[dice.randrange(len(words))] = dice.choice(PLANTED["foreign"])
    return pair.source, " ".join(words)


def unbalance(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    marks = list(re.finditer('["“”]', pair.target))
    if marks:
        return pair.source, _replace(pair.target, dice.choice(marks), "")
    words = pair.target.split()
    place = dice.randrange(len(words))
    words[place] = dice.choice(['"', "“"]) + words[place]
    return pair.source, " ".join(words)


def blank(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    return pair.source, dice.choice(["", " ", "...", "—"])


def break_placeholder(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    whole, broken = dice.choice(PLANTED["placeholders"])
    return f"{pair.source} {whole}", f"{pair.target} {broken}"


DAMAGE: dict[str, Damage] = {
    "figure dropped": drop_figure, "figure altered": alter_figure, "scale changed": _swap(PLANTED["scales"]),
    "month changed": _swap(PLANTED["months"]), "weekday changed": _swap(PLANTED["weekdays"]),
    "currency changed": _swap(PLANTED["currencies"]), "name swapped": swap_name, "name dropped": drop_name,
    "name invented": invent_name, "stranger invented": invent_stranger, "negation lost": lose_negation,
    "negation added": add_negation, "cut off": truncate, "cut, with a full stop": truncate_closed,
    "loop at the end": loop_tail, "words said twice": loop_middle, "source copied": copy_source,
    "Arabic left": leave_arabic, "other script": wrong_script, "quotes unbalanced": unbalance, "empty": blank,
    "placeholder broken": break_placeholder,
}  # fmt: skip


PARTS = ("developed", "held", "later")


@cache
def bitext(part: str) -> tuple[BitextPair, ...]:
    """The correct pairs of one part."""
    folder = BITEXT / "later" if part == "later" else BITEXT
    pairs = [
        BitextPair(path.stem, *line.split("\t"))
        for path in sorted(folder.glob("*.tsv"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return tuple(pair for pair in pairs if part in {"later", pair.part})


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


def main() -> None:
    names = book()
    part = next((word for word in sys.argv[1:] if word in PARTS), "developed")
    show = (lambda source, target: print(f"    {source} | {target}")) if "--missed" in sys.argv else None
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
    pairs = bitext(part)
    began = process_time()
    for pair in pairs:
        check_pair(pair.source, pair.target, names)
    print(f"\n{(process_time() - began) / len(pairs) * 1000:.2f} ms of CPU a pair")


if __name__ == "__main__":
    main()
