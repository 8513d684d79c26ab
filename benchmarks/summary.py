"""The summaries of the development set against two annotators: lead, sumy's LexRank and TextRank, ours.

    python benchmarks/summary.py [--half held-back|development|both] [--kinds] [--seed 7]

For every article and annotator each method gives one, two and three sentences, held against as many that the
annotator put first, and as many as the annotator picked. Picks: F1 of sentence numbers. ROUGE-1, -2, -L: F1 on folded
Arabic words against the annotator's summary. Ours minus lead: mean over articles with the 95% interval of a paired
bootstrap. sumy is the extra `bench` and reads Arabic through pyarabic; without them its rows say so.
"""

from __future__ import annotations

import argparse
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import fmean

sys.path.append(str(Path(__file__).parent.parent))

from site_src.brief import make_brief
from site_src.model.fields import Found
from site_src.model.page import Article, Paragraph
from site_src.model.story import Story
from site_src.settings import Summary
from site_src.text.article import read_article
from site_src.text.fold import words
from site_src.text.names import NameBook
from site_src.text.sentences import split

CASES = Path(__file__).parent.parent / "tests" / "cases" / "summary"
ANNOTATORS = ("annotator_a", "annotator_b")
MEASURES = ("picks", "ROUGE-1", "ROUGE-2", "ROUGE-L")
NO_LIMIT = 10_000
"""Words: here the number of sentences alone sets the length."""
NO_NAMES = NameBook.build(())
RESAMPLES = 10_000

Picks = frozenset[int]
"""Numbers of sentences, from 1."""


@dataclass(frozen=True)
class Case:
    name: str
    kind: str
    article: Article
    sentences: tuple[str, ...]
    picks: tuple[tuple[int, ...], ...]
    """Of each annotator, the most important sentence first."""


Method = Callable[[Case, int], Picks]


def cases() -> list[Case]:
    """Every article that both annotators have read, in order of name."""
    read = [tomllib.loads((CASES / f"{name}.toml").read_text("utf-8")) for name in ANNOTATORS]
    paths = sorted((CASES / "articles").glob("*.toml"))
    return [
        _case(path, [picks[path.stem] for picks in read]) for path in paths if all(path.stem in one for one in read)
    ]


def _case(path: Path, picks: Iterable[Sequence[int]]) -> Case:
    stated = tomllib.loads(path.read_text("utf-8"))
    texts: list[str] = stated["paragraphs"]
    sentences = tuple(text[start:end] for text in texts for start, end in split(text))
    return Case(path.stem, stated["kind"], article(path.name, stated), sentences, tuple(map(tuple, picks)))


def article(file: str, stated: Mapping[str, object]) -> Article:
    standfirst = [Paragraph("standfirst", str(stated["standfirst"]), 2)] if stated.get("standfirst") else []
    texts = stated["paragraphs"]
    assert isinstance(texts, list)
    body = [Paragraph("text", text, line) for line, text in enumerate(texts, 3)]
    return Article(file, 1, "ar", Found(str(stated["title"]), "stated"), (*standfirst, *body))


def held_back(everything: Sequence[Case]) -> frozenset[str]:
    """Half of the articles of each kind, by the hash of their names: never looked at while rules were made."""
    names: list[str] = []
    for kind in sorted({case.kind for case in everything}):
        of_kind = sorted((case.name for case in everything if case.kind == kind), key=_hash)
        names += of_kind[len(of_kind) // 2 :]
    return frozenset(names)


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def ours(case: Case, count: int) -> Picks:
    read = read_article(case.article, case.article.title, NO_NAMES)
    chosen = make_brief(Story(case.name, case.article), (), Summary(count, NO_LIMIT), read).sentences
    return frozenset(case.sentences.index(sentence.text) + 1 for sentence in chosen)


def lead(case: Case, count: int) -> Picks:
    return frozenset(range(1, min(count, len(case.sentences)) + 1))


def sumy_method(name: str) -> Method | None:
    """sumy's summariser `name` with its Arabic stemmer and stop words on our sentences; None where it is not there."""
    if find_spec("pyarabic") is None:
        return None
    try:
        from sumy.models.dom import ObjectDocumentModel, Sentence
        from sumy.models.dom import Paragraph as SumyParagraph
        from sumy.nlp.stemmers import Stemmer
        from sumy.nlp.tokenizers import Tokenizer
        from sumy.summarizers import lex_rank, text_rank
        from sumy.utils import get_stop_words
    except ImportError:
        return None
    kinds = {"LexRank": lex_rank.LexRankSummarizer, "TextRank": text_rank.TextRankSummarizer}
    summariser = kinds[name](Stemmer("arabic"))
    summariser.stop_words = get_stop_words("arabic")
    tokenizer = Tokenizer("arabic")

    def method(case: Case, count: int) -> Picks:
        told = [Sentence(sentence, tokenizer) for sentence in case.sentences]
        chosen = summariser(ObjectDocumentModel([SumyParagraph(told)]), count)
        return frozenset(place for place, sentence in enumerate(told, 1) if any(sentence is one for one in chosen))

    return method


def f1(common: int, found: int, wanted: int) -> float:
    return 2 * common / (found + wanted) if found + wanted else 0.0


def overlap(found: Sequence[object], wanted: Sequence[object]) -> float:
    return f1((Counter(found) & Counter(wanted)).total(), len(found), len(wanted))


def longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for place, another in enumerate(other, 1):
            before, row[place] = row[place], before + 1 if word == another else max(row[place], row[place - 1])
    return row[-1]


@cache
def _words(sentence: str) -> tuple[str, ...]:
    return tuple(words(sentence))


def measured(case: Case, found: Picks, wanted: Picks) -> tuple[float, ...]:
    """The `MEASURES` of one summary against one annotator's."""
    ours, theirs = ([word for number in sorted(picks) for word in _words(case.sentences[number - 1])]
                    for picks in (found, wanted))  # fmt: skip
    return (
        f1(len(found & wanted), len(found), len(wanted)),
        overlap(ours, theirs),
        overlap(list(pairwise(ours)), list(pairwise(theirs))),
        f1(longest_common(ours, theirs), len(ours), len(theirs)),
    )


def scores(method: Method, chosen: Iterable[Case], count: int) -> list[tuple[float, ...]]:
    """The measures of each article, mean of both annotators; `count` 0 is the annotator's own length."""

    def of_article(case: Case) -> tuple[float, ...]:
        wanted = [frozenset(picks[: count or None]) for picks in case.picks]
        return tuple(map(fmean, zip(*(measured(case, method(case, len(one)), one) for one in wanted), strict=True)))

    return [of_article(case) for case in chosen]


def other_annotator(chosen: Iterable[Case]) -> list[tuple[float, ...]]:
    return [measured(case, *map(frozenset, case.picks)) for case in chosen]


def bootstrap(differences: Sequence[float], seed: int) -> tuple[float, float, float]:
    """Mean and 95% interval of paired differences, articles drawn with replacement."""
    draw = random.Random(seed)
    means = sorted(fmean(draw.choices(differences, k=len(differences))) for _ in range(RESAMPLES))
    return fmean(differences), means[RESAMPLES * 25 // 1000], means[RESAMPLES * 975 // 1000 - 1]


def rows(chosen: Sequence[Case], seed: int) -> Iterator[str]:
    methods: dict[str, Method | None] = {
        "lead": lead, "sumy LexRank": sumy_method("LexRank"), "sumy TextRank": sumy_method("TextRank"), "ours": ours,
    }  # fmt: skip
    yield "| sentences | method | picks F1 | ROUGE-1 | ROUGE-2 | ROUGE-L |"
    yield "|---|---|---|---|---|---|"
    for label, count in (("one", 1), ("two", 2), ("three", 3), ("annotator's", 0)):
        by_method = {name: scores(method, chosen, count) for name, method in methods.items() if method}
        for name in methods:
            yield f"| {label} | {name} | {_means(by_method[name]) if name in by_method else 'not installed | | |'} |"
        yield f"| {label} | ours - lead | {_gains(by_method['ours'], by_method['lead'], seed)} |"
    yield f"| each his own | the other annotator | {_means(other_annotator(chosen))} |"


def _means(of_articles: Iterable[tuple[float, ...]]) -> str:
    return " | ".join(f"{fmean(values):.3f}" for values in zip(*of_articles, strict=True))


def _gains(ours: Iterable[tuple[float, ...]], lead: Iterable[tuple[float, ...]], seed: int) -> str:
    pairs = zip(zip(*ours, strict=True), zip(*lead, strict=True), strict=True)
    gains = [bootstrap([one - other for one, other in zip(*pair, strict=True)], seed) for pair in pairs]
    return " | ".join(f"{mean:+.3f} [{low:+.3f}, {high:+.3f}]" for mean, low, high in gains)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("development", "held-back", "both"), default="both")
    parser.add_argument("--kinds", action="store_true", help="a table for each kind of article")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    everything = cases()
    held = held_back(everything)
    halves = {"development": [one for one in everything if one.name not in held],
              "held-back": [one for one in everything if one.name in held]}  # fmt: skip
    for half, chosen in halves.items():
        if asked.half in (half, "both"):
            kinds = sorted({case.kind for case in chosen}) if asked.kinds else []
            for kind, part in (("", chosen), *((kind, [one for one in chosen if one.kind == kind]) for kind in kinds)):
                print(f"\n{half}{kind and ', '}{kind}: {len(part)} articles\n")
                print(*rows(part, asked.seed), sep="\n")


if __name__ == "__main__":
    main()
