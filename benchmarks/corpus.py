"""Makes a corpus of Arabic news pages as an editor saves them, with copies of many degrees and known truth.

    python benchmarks/corpus.py OUT -n 1000 [--seed 7] [--copies 0.1] [--later 0.05] [--junk 0.6] [--briefing]

It writes OUT/story-NNNNN.txt (pasted pages of about 400 words) and OUT/truth.jsonl, one row an article: `file`, `story`
(pages of one story are copies of one report), `degree` (how it was made), `title`, `date`, `outlet`, `paragraphs`. The
same arguments give the same bytes. Later reports that quote or recall an earlier one are stories of their own.

`--briefing` makes what a briefing site is built from: each report keeps to one topic of the grammar, and as many pages
carry a second report below their own as others carry a copy, so that N pages hold N reports.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

GRAMMAR = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SYMBOL = re.compile(r"\{(\w+)\}")
_TRADE = re.compile("|".join(sorted(GRAMMAR["trade"], key=len, reverse=True)))
_FIRST_DAY = date(2024, 1, 1)
_WORDS = 400


@dataclass(frozen=True)
class Text:
    """One report of the corpus, with the truth about it."""

    file: str
    story: int
    degree: str
    title: str
    date: str
    outlet: str
    paragraphs: tuple[str, ...]


def expand(symbol: str, rng: random.Random, grammar: dict[str, Any] = GRAMMAR) -> str:
    """A phrase that the grammar makes of a symbol; "n" is a number from 2 to 998."""
    if symbol == "n":
        return str(rng.randrange(2, 999))
    return _SYMBOL.sub(lambda match: expand(match[1], rng, grammar), rng.choice(grammar[symbol]))


def paragraph(rng: random.Random) -> str:
    return " ".join(expand("sentence", rng) + "." for _ in range(rng.choice((1, 2, 2, 3))))


def report(opening: str, rng: random.Random, words: int) -> tuple[str, ...]:
    paragraphs = [expand(opening, rng) + "."]
    while sum(text.count(" ") + 1 for text in paragraphs) < words:
        paragraphs.append(paragraph(rng))
    return tuple(paragraphs)


def _file(number: int) -> str:
    """A name that gives a story its address, which an edit must not change: the pages of the peers keep theirs."""
    return f"story-{number:05}.txt"


def original(number: int, rng: random.Random) -> Text:
    day = _FIRST_DAY + timedelta(days=rng.randrange(700))
    length = int(_WORDS * rng.uniform(0.6, 1.4))
    return Text(_file(number), number, "original", expand("title", rng), day.isoformat(), expand("outlet", rng),
                report("lead", rng, length))  # fmt: skip


# The degrees of copying: each takes the paragraphs of an original and gives those of a copy.


def keep(texts: list[str], rng: random.Random) -> list[str]:
    return texts


def cut(texts: list[str], rng: random.Random) -> list[str]:
    return texts[: max(1, int(len(texts) * rng.uniform(0.3, 0.9)))]


def thin(texts: list[str], rng: random.Random) -> list[str]:
    return texts[:1] + [text for text in texts[1:] if rng.random() < 0.65]


def behead(texts: list[str], rng: random.Random) -> list[str]:
    return texts[1:] if len(texts) > 3 else texts


def extend(texts: list[str], rng: random.Random) -> list[str]:
    return texts + [paragraph(rng) for _ in range(rng.choice((1, 2)))]


def reorder(texts: list[str], rng: random.Random) -> list[str]:
    rest = texts[1:]
    rng.shuffle(rest)
    return texts[:1] + rest


def add_dateline(texts: list[str], rng: random.Random) -> list[str]:
    return [f"{expand('city', rng)} - {expand('outlet', rng)}: {texts[0]}", *texts[1:]]


def swap_words(texts: list[str], rng: random.Random) -> list[str]:
    rate = rng.uniform(0.3, 1)
    swaps = GRAMMAR["swaps"]
    return [" ".join(swaps[word] if word in swaps and rng.random() < rate else word for word in text.split())
            for text in texts]  # fmt: skip


def drop_words(texts: list[str], rng: random.Random) -> list[str]:
    rate = rng.uniform(0.02, 0.1)
    return [" ".join(word for word in text.split() if rng.random() > rate) for text in texts]


def respell(texts: list[str], rng: random.Random) -> list[str]:
    return [text.translate(str.maketrans("أإآىة", "اااية")) for text in texts]


def mix(texts: list[str], rng: random.Random) -> list[str]:
    for degree in rng.sample((cut, thin, swap_words, drop_words, respell, add_dateline), 3):
        texts = degree(texts, rng)
    return texts


DEGREES: tuple[Callable[[list[str], random.Random], list[str]], ...] = (
    keep, cut, thin, behead, extend, reorder, add_dateline, swap_words, drop_words, respell, mix,
)  # fmt: skip


def copy_of(source: Text, number: int, rng: random.Random) -> Text:
    degree = rng.choice(DEGREES)
    day = date.fromisoformat(source.date) + timedelta(days=rng.choice((0, 0, 0, 1)))
    return replace(source, file=_file(number), degree=degree.__name__, outlet=expand("outlet", rng),
                   date=day.isoformat() if rng.random() < 0.7 else "",
                   title=source.title if rng.random() < 0.5 else expand("title", rng),
                   paragraphs=tuple(degree(list(source.paragraphs), rng)))  # fmt: skip


def recall(source: Text, number: int, rng: random.Random) -> Text:
    """A later report with news of its own that repeats one to three paragraphs of an earlier one."""
    day = date.fromisoformat(source.date) + timedelta(days=rng.randrange(2, 60))
    own = list(report("later", rng, int(_WORDS * rng.uniform(0.4, 0.9))))
    shared = rng.sample(source.paragraphs, min(len(source.paragraphs), rng.choice((1, 2, 3))))
    place = rng.randrange(1, len(own) + 1)
    dated = day.isoformat() if rng.random() < 0.7 else ""
    return Text(_file(number), number, "later", expand("title", rng), dated, expand("outlet", rng),
                (*own[:place], *shared, *own[place:]))  # fmt: skip


def bulletin(source: Text, number: int, rng: random.Random) -> Text:
    """Another day's report in the same words with other figures."""
    day = date.fromisoformat(source.date) + timedelta(days=rng.randrange(1, 9))
    texts = tuple(re.sub(r"\d+", lambda _: str(rng.randrange(2, 999)), text) for text in source.paragraphs)
    return replace(source, file=_file(number), story=number, degree="bulletin", date=day.isoformat(),
                   paragraphs=texts)  # fmt: skip


def texts(count: int, seed: int = 7, copies: float = 0.1, later: float = 0.05) -> Iterator[Text]:
    """`count` texts; the same arguments give the same texts."""
    rng, originals = random.Random(seed), list[Text]()
    for number in range(count):
        share = rng.random()
        if not originals or share >= copies + later:
            text = original(number, rng)
            originals.append(text)
        elif share < copies:
            text = copy_of(rng.choice(originals), number, rng)
        else:
            text = rng.choice((recall, recall, recall, bulletin))(rng.choice(originals), number, rng)
        yield text


def is_copy(text: Text) -> bool:
    """Whether it repeats the report of an earlier text."""
    return text.degree in {degree.__name__ for degree in DEGREES}


def topic_of(text: Text) -> int:
    """Place of the text's topic in `GRAMMAR["topic"]`; copies of one report share it."""
    return text.story % len(GRAMMAR["topic"])


def topical(text: Text) -> Text:
    """The text with the trades of its topic in place of all others."""
    trades = GRAMMAR["topic"][topic_of(text)]["trades"]

    def of_topic(match: re.Match[str]) -> str:
        return str(trades[GRAMMAR["trade"].index(match[0]) % len(trades)])

    return replace(text, title=_TRADE.sub(of_topic, text.title),
                   paragraphs=tuple(_TRADE.sub(of_topic, paragraph) for paragraph in text.paragraphs))  # fmt: skip


def single(count: int, seed: int, copies: float, later: float) -> Iterator[tuple[Text, ...]]:
    """`count` pages of one text each."""
    return ((text,) for text in texts(count, seed, copies, later))


def briefing(count: int, seed: int = 7, copies: float = 0.05, later: float = 0.05) -> list[tuple[Text, ...]]:
    """`count` pages of one text or two that hold `count` reports; the same arguments give the same texts."""
    rng = random.Random(seed + 2)
    pages: list[tuple[Text, ...]] = [(topical(text),) for text in texts(count, seed, copies, later)]
    originals = [place for place, (text, *_) in enumerate(pages) if text.degree == "original"]
    missing = sum(is_copy(text) for text, *_ in pages)
    for number, place in enumerate(rng.sample(originals, min(missing, len(originals))), count):
        second = replace(original(number, rng), file=pages[place][0].file, degree="second")
        pages[place] += (topical(second),)
    return pages


def page(text: Text, rng: random.Random, junk: float) -> str:
    """The text as it comes off a clipboard, a share of pages with what stood round it."""
    head = [text.title, *([date_line(text)] if text.date else [])]
    body = [wrap(paragraph, rng) for paragraph in text.paragraphs] if rng.random() < 0.15 else list(text.paragraphs)
    tail = [f"المصدر: {text.outlet}"]
    if rng.random() < junk:
        words = GRAMMAR["junk"]
        head = rng.sample(words["top"], 3) + head
        body.insert(rng.randrange(1, len(body) + 1), rng.choice(words["middle"][1:4]))
        soup = " ".join(expand("field", rng) for _ in range(6))
        tail += [*rng.sample(words["bottom"][:5], 3), f"{words['bottom'][-1]} {soup}"]
    return "\n\n".join([*head, *body, *tail]) + "\n"


def date_line(text: Text) -> str:
    """The line that states the day of a dated text."""
    year, month, day = map(int, text.date.split("-"))
    return f"تاريخ النشر: {day} {GRAMMAR['month'][month - 1]} {year}"


def wrap(text: str, rng: random.Random) -> str:
    """The text in lines of the same number of words, from 8 to 15."""
    words, width = text.split(), rng.randrange(8, 16)
    return "\n".join(" ".join(words[start : start + width]) for start in range(0, len(words), width))


def second_part(text: Text) -> str:
    """A second report as it follows the first on a page that carries two."""
    return "\n\n".join(["", GRAMMAR["junk"]["middle"][0], text.title, date_line(text), *text.paragraphs,
                         f"المصدر: {text.outlet}"]) + "\n"  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--copies", type=float, default=0.1)
    parser.add_argument("--later", type=float, default=0.05)
    parser.add_argument("--junk", type=float, default=0.6)
    parser.add_argument("--briefing", action="store_true", help="topics, and pages of two reports")
    options = parser.parse_args(arguments)
    make = briefing if options.briefing else single
    write(
        options.out,
        make(options.n, options.seed, options.copies, options.later),
        random.Random(options.seed + 1),
        options.junk,
    )
    return 0


def write(folder: Path, pages: Iterable[tuple[Text, ...]], rng: random.Random, junk: float) -> None:
    """Write the pages and the truth about them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for first, *more in pages:
            content = page(first, rng, junk) + "".join(map(second_part, more))
            (folder / first.file).write_text(content, "utf-8")
            for text in (first, *more):
                truth.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
