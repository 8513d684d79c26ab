"""The problems that reading the articles of a page may report, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from site_src.model.page import Article, Paragraph
from site_src.model.report import Problem
from site_src.parse.lines import MEASURES, Line
from site_src.tables import table

_FIRST_WORDS = 4
"""Words by which a message names a line, as the editor's word does."""
_SEVERAL = 3
"""A front page announces so many other articles, at least, and its own headline has so many words, at most."""


def no_article(file: str, lines: list[Line], teasers: Sequence[str]) -> Problem:
    """The problem that a page has no article, with the reason: a front page, no text at all, or too little of it."""
    if len(teasers) >= _SEVERAL and not any(line.role == "title" and line.words > _SEVERAL for line in lines):
        what = f"the page has no article of its own: it announces {len(teasers)} others"
        return Problem(file, "no-article", what, "open the article that you want, and save its own page")
    if not lines:
        return Problem(
            file, "no-text", "the page holds no text", "save the page again with its text, or delete the file"
        )
    word_count = sum(line.words for line in lines if line.sort == "text")
    word_total = "1 word" if word_count == 1 else f"{word_count} words"
    least = f"an article has {MEASURES['article_least']} or more in paragraphs of whole sentences"
    what = f"the page has no article: {word_total} of text besides navigation, labels and the like; {least}"
    return Problem(
        file, "no-article", what, "save the whole article, or name its paragraphs under keep in the file's .toml"
    )


def second_article(file: str, line: Line) -> Problem:
    """The warning that another article may begin at this line."""
    head = " ".join(line.text.split()[:_FIRST_WORDS])
    return Problem(file, "second-article", f"another article may begin at {head!r}, with a date or report of its own",
                   f'if so, write split = ["{head}"] in the file\'s .toml; split = false if the page is one article',
                   line.line, "warning")  # fmt: skip


def text_below_end(file: str, end: Line, line: Line) -> Problem:
    """The warning that the text may go on with this line below what seems to be its end."""
    last, first = (" ".join(each.text.split()[:_FIRST_WORDS]) for each in (end, line))
    return Problem(file, "text-below-end", f"the text ends above {last!r}, but seems to go on with {first!r}",
                   f'if it does, write drop = ["{last}"] in the file\'s .toml', line.line, "warning")  # fmt: skip


def foreign_language(file: str, article: Article, source_languages: tuple[str, ...]) -> Problem:
    """The problem that an article is written in another language than the source languages of the site."""
    names = table("layout")["languages"]
    return Problem(
        file,
        "foreign-language",
        f"this page is {names.get(article.lang, article.lang)}: not a source language of this site",
        f"its source languages are {', '.join(source_languages)}; site.source_languages in site.toml can list more",
        article.paragraphs[0].line,
    )


def no_language(file: str, paragraph: Paragraph) -> Problem:
    """The warning that the language of an article that begins with this paragraph is not recognised."""
    return Problem(file, "no-language", "the text does not tell which language it is written in",
                   "check that the page was saved whole: without a language it has no summary",
                   paragraph.line, "warning")  # fmt: skip


def doubtful_title(file: str, title: Line) -> Problem:
    """The warning that only the position of this line says that it is the title."""
    return Problem(file, "doubtful-title", f"nothing but its place says that {title.text[:60]!r} is the title",
                   'look at the page, and set title in the file\'s .toml: to these words, to others, or to "" for none',
                   title.line, "warning")  # fmt: skip


def uncertain_seam(file: str, paragraph: Paragraph) -> Problem:
    """The warning that junk may be joined to a paragraph."""
    return Problem(file, "seam-uncertain", f"junk may be glued to the paragraph {paragraph.text[:60]!r}",
                   "if so, correct the page, or leave the paragraph out with drop in the file's .toml",
                   paragraph.line, "warning")  # fmt: skip
