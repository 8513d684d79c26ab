"""Make a corpus of Arabic news pages as an editor saves them, with copies of many degrees and known truth.

    python benchmarks/corpus.py OUT -n 1000 [--seed 7] [--copies 0.1] [--later 0.05] [--junk 0.6]

Writes OUT/NNNNN.txt (pasted pages of about 400 words) and OUT/truth.jsonl, one row a page: `file`, `story` (pages of
one story are copies of one report), `degree` (how it was made), `title`, `date`, `outlet`, `paragraphs`. The same
arguments give the same bytes. Later reports that quote or recall an earlier one are stories of their own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

GRAMMAR = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SYMBOL = re.compile(r"\{(\w+)\}")
_FIRST_DAY = date(2024, 1, 1)
_WORDS = 400


@dataclass(frozen=True)
class Text:
    """One page and what is known of it."""

    file: str
    story: int
    degree: str
    title: str
    date: str
    outlet: str
    paragraphs: tuple[str, ...]


def expand(symbol: str, rng: random.Random) -> str:
    if symbol == "n":
        return str(rng.randrange(2, 999))
    return _SYMBOL.sub(lambda match: expand(match[1], rng), rng.choice(GRAMMAR[symbol]))


def paragraph(rng: random.Random) -> str:
    return " ".join(expand("sentence", rng) + "." for _ in range(rng.choice((1, 2, 2, 3))))


def report(opening: str, rng: random.Random, words: int) -> tuple[str, ...]:
    paragraphs = [expand(opening, rng) + "."]
    while sum(text.count(" ") + 1 for text in paragraphs) < words:
        paragraphs.append(paragraph(rng))
    return tuple(paragraphs)


def original(number: int, rng: random.Random) -> Text:
    day = _FIRST_DAY + timedelta(days=rng.randrange(700))
    length = int(_WORDS * rng.uniform(0.6, 1.4))
    return Text(f"{number:05}.txt", number, "original", expand("title", rng), day.isoformat(), expand("outlet", rng),
                report("lead", rng, length))  # fmt: skip


# Degrees: each takes the paragraphs of an original and gives those of a copy.


def same(texts: list[str], rng: random.Random) -> list[str]:
    return texts


def cut(texts: list[str], rng: random.Random) -> list[str]:
    return texts[: max(1, int(len(texts) * rng.uniform(0.3, 0.9)))]


def thinned(texts: list[str], rng: random.Random) -> list[str]:
    return texts[:1] + [text for text in texts[1:] if rng.random() < 0.65]


def headless(texts: list[str], rng: random.Random) -> list[str]:
    return texts[1:] if len(texts) > 3 else texts


def extended(texts: list[str], rng: random.Random) -> list[str]:
    return texts + [paragraph(rng) for _ in range(rng.choice((1, 2)))]


def reordered(texts: list[str], rng: random.Random) -> list[str]:
    rest = texts[1:]
    rng.shuffle(rest)
    return texts[:1] + rest


def dateline(texts: list[str], rng: random.Random) -> list[str]:
    return [f"{expand('city', rng)} - {expand('outlet', rng)}: {texts[0]}", *texts[1:]]


def swapped(texts: list[str], rng: random.Random) -> list[str]:
    rate = rng.uniform(0.3, 1)
    swaps = GRAMMAR["swaps"]
    return [" ".join(swaps[word] if word in swaps and rng.random() < rate else word for word in text.split())
            for text in texts]  # fmt: skip


def dropped_words(texts: list[str], rng: random.Random) -> list[str]:
    rate = rng.uniform(0.02, 0.1)
    return [" ".join(word for word in text.split() if rng.random() > rate) for text in texts]


def respelt(texts: list[str], rng: random.Random) -> list[str]:
    return [text.translate(str.maketrans("أإآىة", "اااية")) for text in texts]


def mixed(texts: list[str], rng: random.Random) -> list[str]:
    for degree in rng.sample((cut, thinned, swapped, dropped_words, respelt, dateline), 3):
        texts = degree(texts, rng)
    return texts


DEGREES: tuple[Callable[[list[str], random.Random], list[str]], ...] = (
    same, cut, thinned, headless, extended, reordered, dateline, swapped, dropped_words, respelt, mixed,
)  # fmt: skip


def copy_of(source: Text, number: int, rng: random.Random) -> Text:
    degree = rng.choice(DEGREES)
    day = date.fromisoformat(source.date) + timedelta(days=rng.choice((0, 0, 0, 1)))
    return replace(source, file=f"{number:05}.txt", degree=degree.__name__, outlet=expand("outlet", rng),
                   date=day.isoformat() if rng.random() < 0.7 else "",
                   title=source.title if rng.random() < 0.5 else expand("title", rng),
                   paragraphs=tuple(degree(list(source.paragraphs), rng)))  # fmt: skip


def recalled(source: Text, number: int, rng: random.Random) -> Text:
    """A later report with news of its own that repeats one to three paragraphs of an earlier one."""
    day = date.fromisoformat(source.date) + timedelta(days=rng.randrange(2, 60))
    own = list(report("later", rng, int(_WORDS * rng.uniform(0.4, 0.9))))
    shared = rng.sample(source.paragraphs, min(len(source.paragraphs), rng.choice((1, 2, 3))))
    place = rng.randrange(1, len(own) + 1)
    stated = day.isoformat() if rng.random() < 0.7 else ""
    return Text(f"{number:05}.txt", number, "later", expand("title", rng), stated, expand("outlet", rng),
                (*own[:place], *shared, *own[place:]))  # fmt: skip


def bulletin(source: Text, number: int, rng: random.Random) -> Text:
    """Another day's report in the same words with other figures."""
    day = date.fromisoformat(source.date) + timedelta(days=rng.randrange(1, 9))
    texts = tuple(re.sub(r"\d+", lambda _: str(rng.randrange(2, 999)), text) for text in source.paragraphs)
    return replace(source, file=f"{number:05}.txt", story=number, degree="bulletin", date=day.isoformat(),
                   paragraphs=texts)  # fmt: skip


def texts(count: int, seed: int = 7, copies: float = 0.1, later: float = 0.05) -> Iterator[Text]:
    """`count` texts; the same arguments give the same texts."""
    rng, originals = random.Random(seed), list[Text]()
    for number in range(count):
        dice = rng.random()
        if not originals or dice >= copies + later:
            made = original(number, rng)
            originals.append(made)
        elif dice < copies:
            made = copy_of(rng.choice(originals), number, rng)
        else:
            made = rng.choice((recalled, recalled, recalled, bulletin))(rng.choice(originals), number, rng)
        yield made


def page(text: Text, rng: random.Random, junk: float) -> str:
    """The text as it comes off a clipboard, a share of pages with what stood round it."""
    head = [text.title]
    if text.date:
        year, month, day = map(int, text.date.split("-"))
        head.append(f"تاريخ النشر: {day} {GRAMMAR['month'][month - 1]} {year}")
    body = [wrapped(one, rng) for one in text.paragraphs] if rng.random() < 0.15 else list(text.paragraphs)
    tail = [f"المصدر: {text.outlet}"]
    if rng.random() < junk:
        words = GRAMMAR["junk"]
        head = rng.sample(words["top"], 3) + head
        body.insert(rng.randrange(1, len(body) + 1), rng.choice(words["middle"][1:4]))
        soup = " ".join(expand("field", rng) for _ in range(6))
        tail += [*rng.sample(words["bottom"][:5], 3), f"{words['bottom'][-1]} {soup}"]
    return "\n\n".join([*head, *body, *tail]) + "\n"


def wrapped(text: str, rng: random.Random) -> str:
    words, width = text.split(), rng.randrange(8, 16)
    return "\n".join(" ".join(words[start : start + width]) for start in range(0, len(words), width))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--copies", type=float, default=0.1)
    parser.add_argument("--later", type=float, default=0.05)
    parser.add_argument("--junk", type=float, default=0.6)
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(given.seed + 1)
    with (given.out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for text in texts(given.n, given.seed, given.copies, given.later):
            (given.out / text.file).write_text(page(text, rng, given.junk), "utf-8")
            truth.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
