"""Times the text layer: CPU milliseconds for an article of 400 words, function by function.

    python benchmarks/text.py [-n 300] [--seed 7] [--rounds 3]

Articles come from `corpus.py`. Each function runs over all of them in turn, the best round counts, and every figure
is scaled to 400 words. What is remembered of words is warm after the first round, as after some pages of a build.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

sys.path.append(str(Path(__file__).parent.parent))

from corpus import texts

from site_src.brief import make_brief
from site_src.brief.summary import summarise
from site_src.brief.title import derive_title, make_title
from site_src.model.brief import Brief
from site_src.model.fields import Day, Found
from site_src.model.page import Article, Paragraph, RawPage
from site_src.model.story import Story
from site_src.parse import parse_page
from site_src.settings import Settings, load_settings
from site_src.text.article import ReadArticle, read_article
from site_src.text.clean import shown
from site_src.text.cut import CutText
from site_src.text.dates import find_dates
from site_src.text.figures import find_figures
from site_src.text.fold import fold, folded
from site_src.text.languages import recognise
from site_src.text.names import NameBook, load_names
from site_src.text.sayings import find_sayings
from site_src.text.sentences import split
from site_src.text.shingles import sketch
from site_src.topics import classify

ROOT = Path(__file__).parent.parent
WORDS = 400
DAY = Day(2025, 11, 7)
"""The day of publication, against which relative dates are resolved."""


def articles(count: int, seed: int) -> list[Article]:
    """`count` articles of the corpus, as a careful reader would make them."""
    return [
        Article(
            text.file, 1, "ar", Found(text.title, "stated"),
            tuple(Paragraph("text", paragraph, line) for line, paragraph in enumerate(text.paragraphs, 1)),
        )
        for text in texts(count, seed)
    ]  # fmt: skip


def over_paragraphs(read: Callable[[str], object]) -> Callable[[Article], object]:
    """A function that calls `read` with each paragraph of an article."""
    return lambda article: [read(paragraph.text) for paragraph in article.paragraphs]


def over_texts(
    read: Callable[[ReadArticle, int], object], reads: Callable[[Article], ReadArticle]
) -> Callable[[Article], object]:
    """A function that calls `read` with each place of an article of which no sentence or piece is cut yet."""

    def read_all(article: Article) -> object:
        uncut = reads(article)
        return [read(uncut, place) for place in uncut.texts]

    return read_all


def reader(readings: Mapping[int, ReadArticle]) -> Callable[[Article], ReadArticle]:
    """A function that gives the reading of an article with its names, but with nothing cut yet.

    `readings` has the readings by the ids of the articles.
    """
    return lambda article: replace(
        readings[id(article)],
        texts={place: CutText.of(cut.text) for place, cut in readings[id(article)].texts.items()},
    )


def paragraph_functions() -> Iterable[tuple[str, Callable[[Article], object]]]:
    """The name of each function that reads a paragraph alone, and the same for all paragraphs of an article."""
    yield "fold", over_paragraphs(fold)
    yield "folded", over_paragraphs(folded)
    yield "clean.shown", over_paragraphs(shown)
    yield "sentences.split", over_paragraphs(split)
    yield "languages.recognise", over_paragraphs(recognise)
    yield "dates.find_dates", over_paragraphs(find_dates)


def article_functions(
    book: NameBook, settings: Settings, sample: list[Article]
) -> Iterable[tuple[str, Callable[[Article], object]]]:
    """The name of each function that reads an article of `sample`, and the same as a function of the article."""
    uncut = reader({id(article): read_article(article, article.title, book) for article in sample})
    pages = {id(article): _page(article) for article in sample}
    yield "article.read_article, names included", lambda article: read_article(article, article.title, book)
    yield (
        "figures.find_figures, dates included",
        over_texts(lambda read, place: find_figures(read.texts[place]), uncut),
    )
    yield (
        "figures.find_figures, the day known",
        over_texts(lambda read, place: find_figures(read.texts[place], "ar", DAY), uncut),
    )
    yield (
        "sayings.find_sayings, sentences included",
        over_texts(lambda read, place: find_sayings(read.texts[place], read.names[place]), uncut),
    )
    yield (
        "brief.summarise, sentences included",
        lambda article: summarise(uncut(article), (), settings.summary),
    )
    yield "topics.classify", lambda article: classify(uncut(article), settings.topics)
    yield "brief.derive_title", lambda article: derive_title(article.paragraphs[0].text, book)
    yield "names, figures and summary together", lambda article: summarise_with_figures(article, book, settings)
    yield "all of an article", lambda article: brief(article, book, settings)
    yield "shingles.sketch", sketch
    yield "parse.parse_page", lambda article: parse_page(pages[id(article)], ("ar",))


def summarise_with_figures(article: Article, book: NameBook, settings: Settings) -> None:
    """Read the names and figures of one article and summarise it."""
    read = read_article(article, article.title, book)
    figures = [figure for place, cut in read.texts.items() for figure in find_figures(cut, paragraph=place)]
    summarise(read, figures, settings.summary)


def brief(article: Article, book: NameBook, settings: Settings) -> Brief:
    """Make all that a build makes of one article after parsing: its topics and its brief."""
    read = read_article(article, make_title(article, book), book)
    topics = tuple(score.slug for score in classify(read, settings.topics) if score.qualifies)
    return make_brief(Story("story", article), topics, settings.summary, read)


def _page(article: Article) -> RawPage:
    body = "\n\n".join([article.title.value or "", *(paragraph.text for paragraph in article.paragraphs)])
    return RawPage(article.file, "text", "utf-8", body)


def cpu(function: Callable[[Article], object], sample: list[Article], rounds: int) -> float:
    """The CPU seconds of the best round over all articles."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        for article in sample:
            function(article)
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the text layer, function by function.")
    parser.add_argument("-n", type=int, default=300, help="articles (300)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    book, settings = load_names(ROOT / "content" / "names.toml"), load_settings(ROOT / "site.toml")
    sample = articles(options.n, options.seed)
    words = sum(len(paragraph.text.split()) for article in sample for paragraph in article.paragraphs)
    print(f"{len(sample)} articles, {words:,} words, {len(book.names):,} names\n")
    print(f"| function | ms CPU per {WORDS} words |\n|---|---|")
    for name, function in chain(paragraph_functions(), article_functions(book, settings, sample)):
        print(f"| `{name}` | {cpu(function, sample, options.rounds) * 1000 * WORDS / words:.3f} |", flush=True)


if __name__ == "__main__":
    main()
