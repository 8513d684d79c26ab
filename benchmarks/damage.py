"""Defines what can go wrong with a translation: every kind of damage, done to correct pairs by script.

The words that damage is made of are in `damage.toml`. The same dice give the same damage.
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))

from site_src.text.names import NameBook
from site_src.text.names.book import NameSpan


@dataclass(frozen=True)
class BitextPair:
    """A correct pair: an Arabic sentence and its English."""

    kind: str
    source: str
    target: str

    @property
    def part(self) -> str:
        """Whether rules may have been made with this pair in view: "developed", or "held" for those held back."""
        return "held" if sha256(self.source.encode()).digest()[0] % 3 == 0 else "developed"


Damage = Callable[[BitextPair, random.Random, NameBook], tuple[str, str] | None]
"""A function that gives the pair with something wrong in it, or None where nothing can go wrong in this way."""

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
NUMBERS: list[str] = WORDS["numbers"]
NUMBER = re.compile(rf"\b\d+(?:[.,]\d+)*|\b(?:{'|'.join(NUMBERS)})\b", re.IGNORECASE)
AUXILIARY = re.compile(WORDS["auxiliary"])
TAIL = re.compile(r"[.!?]?[\"”']?$")


def _replace(target: str, match: re.Match[str], words: str) -> str:
    return re.sub(r"\s+", " ", target[: match.start()] + words + target[match.end() :]).strip()


def _pick(pattern: re.Pattern[str], text: str, dice: random.Random) -> re.Match[str] | None:
    """One of the matches, or None where there is none."""
    matches = list(pattern.finditer(text))
    return dice.choice(matches) if matches else None


def drop_figure(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    match = _pick(NUMBER, pair.target, dice)
    return (pair.source, _replace(pair.target, match, "")) if match else None


def alter_figure(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    match = _pick(NUMBER, pair.target, dice)
    if not match:
        return None
    if match[0][0].isdigit():
        place = dice.randrange(len(match[0]))
        while not match[0][place].isdigit():
            place = dice.randrange(len(match[0]))
        digit = dice.choice([d for d in "123456789" if d != match[0][place]])
        return pair.source, _replace(pair.target, match, match[0][:place] + digit + match[0][place + 1 :])
    other = dice.choice([word for word in NUMBERS if word != match[0].lower()])
    return pair.source, _replace(pair.target, match, other)


def _swap(words: dict[str, str]) -> Damage:
    pattern = re.compile("|".join(re.escape(word) if not word[0].isalpha() else rf"\b{word}(?=s?\b)" for word in words))

    def damage(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
        match = _pick(pattern, pair.target, dice)
        return (pair.source, _replace(pair.target, match, words[match[0]])) if match else None

    return damage


def lose_negation(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    for pattern, words in WORDS["lost"]:
        changed, times = re.subn(pattern, words, pair.target, count=1, flags=re.IGNORECASE)
        if times:
            return pair.source, changed
    return None


def add_negation(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    match = _pick(AUXILIARY, pair.target, dice)
    return (pair.source, _replace(pair.target, match, f"{match[0]} not")) if match else None


def _pick_name(pair: BitextPair, names: NameBook, dice: random.Random) -> NameSpan | None:
    """A name of the English that the Arabic holds too, or None where there is none."""
    source_names = {span.name_id for span in names.find(pair.source)}
    spans = [span for span in names.find_english(pair.target) if span.direct and span.name_id in source_names]
    return dice.choice(spans) if spans else None


def _pick_stranger(pair: BitextPair, kind: str, names: NameBook, dice: random.Random) -> str:
    """The English of a name of this kind that the pair does not hold."""
    present = {span.name_id for span in (*names.find(pair.source), *names.find_english(pair.target))}
    name = dice.choice([name for name in names.names.values() if name.kind == kind and name.id not in present])
    return name.en_short or name.en


def swap_name(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    if not (span := _pick_name(pair, names, dice)):
        return None
    other = _pick_stranger(pair, names.names[span.name_id].kind, names, dice)
    return pair.source, pair.target[: span.start] + other + pair.target[span.end :]


def drop_name(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    if not (span := _pick_name(pair, names, dice)):
        return None
    rest = re.sub(r"^['’]s\b", "", pair.target[span.end :])
    return pair.source, " ".join((pair.target[: span.start] + rest).split())


def invent_name(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    name = _pick_stranger(pair, dice.choice(["person", "place", "organisation"]), names, dice)
    return pair.source, TAIL.sub(lambda end: f" with {name}{end[0]}", pair.target, count=1)


def invent_stranger(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    name = dice.choice(WORDS["strangers"])
    return pair.source, TAIL.sub(lambda end: f", {name} said{end[0]}", pair.target, count=1)


def truncate(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    words = pair.target.split()
    length = round(len(words) * dice.uniform(0.3, 0.6))
    return (pair.source, " ".join(words[:length])) if len(words) >= 8 and pair.source[-1] in ".؟!" else None


def truncate_closed(pair: BitextPair, dice: random.Random, names: NameBook) -> tuple[str, str] | None:
    damaged = truncate(pair, dice, names)
    return (damaged[0], damaged[1].rstrip(",;:") + ".") if damaged else None


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
    words[dice.randrange(len(words))] = dice.choice(WORDS["foreign"])
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
    whole, broken = dice.choice(WORDS["placeholders"])
    return f"{pair.source} {whole}", f"{pair.target} {broken}"


DAMAGE: dict[str, Damage] = {
    "figure dropped": drop_figure, "figure altered": alter_figure, "scale changed": _swap(WORDS["scales"]),
    "month changed": _swap(WORDS["months"]), "weekday changed": _swap(WORDS["weekdays"]),
    "currency changed": _swap(WORDS["currencies"]), "name swapped": swap_name, "name dropped": drop_name,
    "name invented": invent_name, "stranger invented": invent_stranger, "negation lost": lose_negation,
    "negation added": add_negation, "opposite said": _swap(WORDS["opposites"]), "cut off": truncate,
    "cut, with a full stop": truncate_closed,
    "loop at the end": loop_tail, "words said twice": loop_middle, "source copied": copy_source,
    "Arabic left": leave_arabic, "other script": wrong_script, "quotes unbalanced": unbalance, "empty": blank,
    "placeholder broken": break_placeholder,
}  # fmt: skip
