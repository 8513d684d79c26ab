"""Compares summaries of the development set with two annotators': lead, sumy's LexRank and TextRank, ours.

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
    """An article, its sentences, and those that each annotator picked."""

    name: str
    kind: str
    article: Article
    sentences: tuple[str, ...]
    picks: tuple[tuple[int, ...], ...]
    """The numbers that each annotator picked, the most important sentence first."""


Method = Callable[[Case, int], Picks]


def cases() -> list[Case]:
    """Every article that both annotators have read, in order of name."""
    by_annotator = [tomllib.loads((CASES / f"{name}.toml").read_text("utf-8")) for name in ANNOTATORS]
    paths = sorted((CASES / "articles").glob("*.toml"))
    return [
        _case(path, [picks[path.stem] for picks in by_annotator])
        for path in paths
        if all(path.stem in picks for picks in by_annotator)
    ]


def _case(path: Path, picks: Iterable[Sequence[int]]) -> Case:
    fields = tomllib.loads(path.read_text("utf-8"))
    texts: list[str] = fields["paragraphs"]
    sentences = tuple(text[start:end] for text in texts for start, end in split(text))
    return Case(path.stem, fields["kind"], article(path.name, fields), sentences, tuple(map(tuple, picks)))


def article(file: str, fields: Mapping[str, object]) -> Article:
    standfirst = [Paragraph("standfirst", str(fields["standfirst"]), 2)] if fields.get("standfirst") else []
    texts = fields["paragraphs"]
    assert isinstance(texts, list)
    body = [Paragraph("text", text, line) for line, text in enumerate(texts, 3)]
    return Article(file, 1, "ar", Found(str(fields["title"]), "stated"), (*standfirst, *body))


def held_back(everything: Sequence[Case]) -> frozenset[str]:
    """The names of half of the articles of each kind, by their hash: never looked at while rules were made."""
    names: list[str] = []
    for kind in sorted({case.kind for case in everything}):
        of_kind = sorted((case.name for case in everything if case.kind == kind), key=_hash)
        names += of_kind[len(of_kind) // 2 :]
    return frozenset(names)


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def ours(case: Case, count: int) -> Picks:
    """The `count` sentences that a brief would choose."""
    reading = read_article(case.article, case.article.title, NO_NAMES)
    sentences = make_brief(Story(case.name, case.article), (), Summary(count, NO_LIMIT), reading).sentences
    return frozenset(case.sentences.index(sentence.text) + 1 for sentence in sentences)


def lead(case: Case, count: int) -> Picks:
    """The first `count` sentences."""
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
        sentences = [Sentence(sentence, tokenizer) for sentence in case.sentences]
        choice = {id(sentence) for sentence in summariser(ObjectDocumentModel([SumyParagraph(sentences)]), count)}
        return frozenset(number for number, sentence in enumerate(sentences, 1) if id(sentence) in choice)

    return method


def f1(common: int, size: int, reference_size: int) -> float:
    return 2 * common / (size + reference_size) if size + reference_size else 0.0


def overlap(items: Sequence[object], reference: Sequence[object]) -> float:
    """The F1 of the items that both sequences hold, each as often as both do."""
    return f1((Counter(items) & Counter(reference)).total(), len(items), len(reference))


def longest_common(words: Sequence[str], reference: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(reference) + 1)
    for word in words:
        diagonal = 0
        for place, other in enumerate(reference, 1):
            diagonal, row[place] = row[place], diagonal + 1 if word == other else max(row[place], row[place - 1])
    return row[-1]


@cache
def _words(sentence: str) -> tuple[str, ...]:
    return tuple(words(sentence))


def measures(case: Case, picks: Picks, reference: Picks) -> tuple[float, ...]:
    """The `MEASURES` of one summary against an annotator's."""
    words, reference_words = ([word for number in sorted(numbers) for word in _words(case.sentences[number - 1])]
                              for numbers in (picks, reference))  # fmt: skip
    return (
        f1(len(picks & reference), len(picks), len(reference)),
        overlap(words, reference_words),
        overlap(list(pairwise(words)), list(pairwise(reference_words))),
        f1(longest_common(words, reference_words), len(words), len(reference_words)),
    )


def scores(method: Method, cases: Iterable[Case], count: int) -> list[tuple[float, ...]]:
    """The measures of each article, mean of both annotators; `count` 0 is the annotator's own length."""

    def of_article(case: Case) -> tuple[float, ...]:
        references = [frozenset(picks[: count or None]) for picks in case.picks]
        rows = (measures(case, method(case, len(reference)), reference) for reference in references)
        return tuple(map(fmean, zip(*rows, strict=True)))

    return [of_article(case) for case in cases]


def other_annotator(cases: Iterable[Case]) -> list[tuple[float, ...]]:
    """The measures of the first annotator's picks against the second's, for each article."""
    return [measures(case, *map(frozenset, case.picks)) for case in cases]


def bootstrap(differences: Sequence[float], seed: int) -> tuple[float, float, float]:
    """The mean and the 95% interval of paired differences, articles drawn with replacement."""
    rng = random.Random(seed)
    means = sorted(fmean(rng.choices(differences, k=len(differences))) for _ in range(RESAMPLES))
    return fmean(differences), means[RESAMPLES * 25 // 1000], means[RESAMPLES * 975 // 1000 - 1]


def rows(cases: Sequence[Case], seed: int) -> Iterator[str]:
    """The lines of the table of these articles."""
    methods: dict[str, Method | None] = {
        "lead": lead, "sumy LexRank": sumy_method("LexRank"), "sumy TextRank": sumy_method("TextRank"), "ours": ours,
    }  # fmt: skip
    yield "| sentences | method | picks F1 | ROUGE-1 | ROUGE-2 | ROUGE-L |"
    yield "|---|---|---|---|---|---|"
    for label, count in (("one", 1), ("two", 2), ("three", 3), ("annotator's", 0)):
        by_method = {name: scores(method, cases, count) for name, method in methods.items() if method}
        for name in methods:
            yield f"| {label} | {name} | {_means(by_method[name]) if name in by_method else 'not installed | | |'} |"
        yield f"| {label} | ours - lead | {_gains(by_method['ours'], by_method['lead'], seed)} |"
    yield f"| each his own | the other annotator | {_means(other_annotator(cases))} |"


def _means(of_articles: Iterable[tuple[float, ...]]) -> str:
    return " | ".join(f"{fmean(values):.3f}" for values in zip(*of_articles, strict=True))


def _gains(ours: Iterable[tuple[float, ...]], lead: Iterable[tuple[float, ...]], seed: int) -> str:
    pairs = zip(zip(*ours, strict=True), zip(*lead, strict=True), strict=True)
    gains = [bootstrap([mine - first for mine, first in zip(*pair, strict=True)], seed) for pair in pairs]
    return " | ".join(f"{mean:+.3f} [{low:+.3f}, {high:+.3f}]" for mean, low, high in gains)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("development", "held-back", "both"), default="both")
    parser.add_argument("--kinds", action="store_true", help="a table for each kind of article")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    everything = cases()
    held_back_names = held_back(everything)
    halves = {"development": [case for case in everything if case.name not in held_back_names],
              "held-back": [case for case in everything if case.name in held_back_names]}  # fmt: skip
    for half, members in halves.items():
        if options.half not in (half, "both"):
            continue
        kinds = sorted({case.kind for case in members}) if options.kinds else []
        for kind, part in (("", members), *((kind, [case for case in members if case.kind == kind]) for kind in kinds)):
            print(f"\n{half}{kind and ', '}{kind}: {len(part)} articles\n")
            print(*rows(part, options.seed), sep="\n")


if __name__ == "__main__":
    main()
