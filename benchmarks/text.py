"""Time the text layer: CPU milliseconds for an article of 400 words, function by function.

    python benchmarks/text.py [-n 300] [--seed 7] [--rounds 3]

Articles come from `corpus.py`. Each function runs over all of them in turn, the best round counts, and every figure
is scaled to 400 words. What is remembered of words is warm after the first round, as after some pages of a build.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping
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
KNOWN = Day(2025, 11, 7)
"""The day of publication, against which relative dates are resolved."""


def articles(count: int, seed: int) -> list[Article]:
    return [
        Article(
            text.file, 1, "ar", Found(text.title, "stated"),
            tuple(Paragraph("text", paragraph, line) for line, paragraph in enumerate(text.paragraphs, 1)),
        )
        for text in texts(count, seed)
    ]  # fmt: skip


def over_paragraphs(read: Callable[[str], object]) -> Callable[[Article], object]:
    return lambda article: [read(paragraph.text) for paragraph in article.paragraphs]


def over_texts(
    read: Callable[[ReadArticle, int], object], reads: Callable[[Article], ReadArticle]
) -> Callable[[Article], object]:
    """`read` for each place of an article whose sentences and pieces nobody has asked for yet."""

    def each(article: Article) -> object:
        fresh = reads(article)
        return [read(fresh, place) for place in fresh.texts]

    return each


def fresh(known: Mapping[int, ReadArticle]) -> Callable[[Article], ReadArticle]:
    """The reading of an article with its names, but nothing cut yet."""
    return lambda article: replace(
        known[id(article)],
        texts={place: CutText.of(cut.text) for place, cut in known[id(article)].texts.items()},
    )


def measures(
    book: NameBook, settings: Settings, every: list[Article]
) -> Iterable[tuple[str, Callable[[Article], object]]]:
    """Each function of the layer as it is asked of one article."""
    unread = fresh({id(article): read_article(article, article.title, book) for article in every})
    pages = {id(article): _page(article) for article in every}
    yield "fold", over_paragraphs(fold)
    yield "folded", over_paragraphs(folded)
    yield "clean.shown", over_paragraphs(shown)
    yield "sentences.split", over_paragraphs(split)
    yield "languages.recognise", over_paragraphs(recognise)
    yield "dates.find_dates", over_paragraphs(find_dates)
    yield "article.read_article, names included", lambda article: read_article(article, article.title, book)
    yield (
        "figures.find_figures, dates included",
        over_texts(lambda read, place: find_figures(read.texts[place]), unread),
    )
    yield (
        "figures.find_figures, the day known",
        over_texts(lambda read, place: find_figures(read.texts[place], "ar", KNOWN), unread),
    )
    yield (
        "sayings.find_sayings, sentences included",
        over_texts(lambda read, place: find_sayings(read.texts[place], read.names[place]), unread),
    )
    yield (
        "brief.summarise, sentences included",
        lambda article: summarise(unread(article), (), settings.summary),
    )
    yield "topics.classify", lambda article: classify(unread(article), settings.topics)
    yield "brief.derive_title", lambda article: derive_title(article.paragraphs[0].text, book)
    yield "names, figures and summary together", lambda article: named_counted_told(article, book, settings)
    yield "all of an article", lambda article: briefed(article, book, settings)
    yield "shingles.sketch", sketch
    yield "parse.parse_page", lambda article: parse_page(pages[id(article)], ("ar",))


def named_counted_told(article: Article, book: NameBook, settings: Settings) -> None:
    """Names, figures and the summary of one article."""
    read = read_article(article, article.title, book)
    figures = [figure for place, cut in read.texts.items() for figure in find_figures(cut, paragraph=place)]
    summarise(read, figures, settings.summary)


def briefed(article: Article, book: NameBook, settings: Settings) -> Brief:
    """All that a build makes of one article after parsing: its topics and its brief."""
    read = read_article(article, make_title(article, book), book)
    topics = tuple(score.slug for score in classify(read, settings.topics) if score.qualifies)
    return make_brief(Story("story", article), topics, settings.summary, read)


def _page(article: Article) -> RawPage:
    body = "\n\n".join([article.title.value or "", *(paragraph.text for paragraph in article.paragraphs)])
    return RawPage(article.file, "text", "utf-8", body)


def cpu(ask: Callable[[Article], object], every: list[Article], rounds: int) -> float:
    """CPU seconds of the best round over all articles."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        for article in every:
            ask(article)
        taken.append(time.process_time() - began)
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the text layer, function by function.")
    parser.add_argument("-n", type=int, default=300, help="articles (300)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    book, settings = load_names(ROOT / "content" / "names.toml"), load_settings(ROOT / "site.toml")
    every = articles(options.n, options.seed)
    words = sum(len(paragraph.text.split()) for article in every for paragraph in article.paragraphs)
    print(f"{len(every)} articles, {words:,} words, {len(book.names):,} names\n")
    print(f"| function | ms CPU per {WORDS} words |\n|---|---|")
    for name, ask in measures(book, settings, every):
        print(f"| `{name}` | {cpu(ask, every, options.rounds) * 1000 * WORDS / words:.3f} |", flush=True)


if __name__ == "__main__":
    main()
