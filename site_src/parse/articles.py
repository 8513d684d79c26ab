"""The articles of a page, by the same rules for all formats; every dropped line names the rule that dropped it.

blocks -> lines -> marked -> whole paragraphs -> seams cut -> sorted -> parts -> layout and fields -> articles
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec.structs import asdict

from site_src.model.fields import UNKNOWN, Found
from site_src.model.page import Article, Dropped, Paragraph, ParagraphKind, ParsedPage, RawPage
from site_src.model.report import Problem
from site_src.parse.blocks import OF_SITE, Blocks, Meta
from site_src.parse.editor.lines import forced_starts, mark_kept, unmatched, without_dropped
from site_src.parse.editor.override import override
from site_src.parse.editor.word import read_word
from site_src.parse.fields.article import fields_of
from site_src.parse.fields.label_groups import rows_of_values, with_values_below, without_boxes
from site_src.parse.fields.labels import as_field, day_before_minutes
from site_src.parse.head.above import is_same
from site_src.parse.head.masthead import names_site, site_of
from site_src.parse.head.title import stated_headlines
from site_src.parse.junk.captions import mark_captions
from site_src.parse.junk.markers import apply_marker
from site_src.parse.junk.shapes import is_consent, is_posted, is_prose, shape_of
from site_src.parse.junk.surroundings import is_sized_picture, mark_surroundings
from site_src.parse.layout import Layout, layout_of
from site_src.parse.lines import ARABIC, MEASURES, Line, lines_of
from site_src.parse.paragraphs.reflow import (
    begins_with_and,
    join_broken_paragraphs,
    mark_unstopped_paragraphs,
    split_one_line_page,
)
from site_src.parse.paragraphs.seams import cut_seams
from site_src.parse.paragraphs.transcripts import join_transcripts
from site_src.parse.paragraphs.wrapped import join_broken_headlines, join_drop_caps, join_wrapped_paragraphs
from site_src.parse.problems import (
    doubtful_title,
    foreign_language,
    no_article,
    no_language,
    second_article,
    text_below_end,
    uncertain_seam,
)
from site_src.parse.split.page import split_page
from site_src.parts import parts
from site_src.text.languages import may_be, recognise

_SAMPLE = 300
"""Characters at the beginning by which an article's language is recognised."""
_REPORT = ("text", "list", "quote")
"""The kinds of paragraph of which a report is made."""


def read_articles(page: RawPage, blocks: Blocks, source_languages: tuple[str, ...]) -> ParsedPage:
    """The articles of a page in their order, what was dropped and by which rule, and the problems of the page.

    A page without any article has a problem that says why. The problems of `page` and `blocks` are not repeated.
    """
    editors_word = read_word(page.file, page.header, blocks.header, blocks.header_line)
    all_lines = mark_kept(editors_word, lines_of(blocks))
    lines = without_dropped(editors_word, sorted_lines(all_lines, page.format == "markdown"))
    site = site_of(lines)
    has_title = editors_word.states_title or bool(stated_headlines(blocks.meta))
    split = split_page(lines, forced_starts(editors_word, lines), has_title)
    articles: list[Article] = []
    dropped: list[Dropped] = []
    foreign: list[Problem] = []
    for number, part_lines in enumerate(split.parts):
        least = MEASURES["body_least" if number in split.certain else "article_least"]
        part_site = site if site.value and (not articles or names_site(part_lines, site.value)) else UNKNOWN
        article, layout = _article(page.file, part_lines, blocks.meta, part_site, len(articles) + 1, least)
        dropped += layout.dropped
        if article is None:
            dropped += _without_article(layout, "no-article")
        elif not (editors_word.states_language or _is_source(article, source_languages)):
            dropped += _without_article(layout, "foreign-language")
            foreign.append(foreign_language(page.file, article, source_languages))
        else:
            articles.append(article)
    overridden_articles, mistakes = override(tuple(articles), editors_word)
    source_articles = tuple([article for article in overridden_articles if _is_source(article, source_languages)])
    foreign += [
        foreign_language(page.file, article, source_languages)
        for article in overridden_articles
        if not _is_source(article, source_languages)
    ]
    doubtful = [second_article(page.file, line) for line in split.doubtful[:1]]
    doubtful += [
        text_below_end(page.file, above, line)
        for part_lines in split.parts
        for above, line in pairwise(part_lines)
        if above.sort == "end" and line.rule == "after-end" and begins_with_and(line)
    ]
    problems = [*editors_word.problems, *unmatched(editors_word, all_lines, lines), *mistakes, *foreign, *doubtful]
    if not source_articles and not foreign and (lines or not _has_error(blocks)):
        problems.append(no_article(page.file, lines, (*blocks.teasers, *split.teasers)))
    return ParsedPage(page.file, source_articles, tuple(dropped), split.teasers, tuple(problems))


def _has_error(blocks: Blocks) -> bool:
    """Whether the format already reports why the page holds nothing."""
    return any(problem.severity == "error" for problem in blocks.problems)


def sorted_lines(lines: list[Line], has_gaps: bool) -> list[Line]:
    """The lines as whole paragraphs with seams cut, each of them sorted as text, field, label or junk.

    `has_gaps`: an empty line stands between paragraphs, as in Markdown.
    """
    lines = join_drop_caps(join_transcripts(lines))
    lines = join_wrapped_paragraphs(join_broken_headlines(lines), has_gaps)
    lines = split_one_line_page(lines)
    value_rows = rows_of_values(lines)
    lines = [
        line if line.sort != "text" or line.kept or index in value_rows else apply_marker(line)
        for index, line in enumerate(lines)
    ]
    lines = join_broken_paragraphs(with_values_below(lines))
    lines = list(_sorted_by_shape(cut_seams(lines)))
    lines = list(mark_captions(without_boxes(mark_surroundings(lines))))
    return mark_unstopped_paragraphs(lines)


def _sorted_by_shape(lines: list[Line]) -> Iterator[Line]:
    """The lines, those without a marker sorted by their shape.

    Below keywords and below a request for consent, more lines are sorted as such.
    """
    is_arabic_page = cache(lambda: 2 * sum(ARABIC.search(line.text) is not None for line in lines) >= len(lines))
    in_tags = in_consent = False
    for line in lines:
        if in_consent and line.sort == "text" and is_consent(line):
            line = line.with_fields(sort="junk", rule="cookies")
        if line.sort == "text" and not (is_prose(line) or line.kept) and line.role not in ("title", "table"):
            line = _line_by_shape(line, in_tags, is_arabic_page)
        if line.rule == "reading-time":
            line = day_before_minutes(line) or line
        in_tags = line.sort == "tags" or (in_tags and line.rule == "tags")
        in_consent = line.rule == "cookies"
        yield line


def _line_by_shape(line: Line, in_tags: bool, is_arabic_page: Callable[[], bool]) -> Line:
    """The line as the field or junk that its shape makes it, else as it is; `in_tags` below keywords."""
    if line.text[-1].isdigit() and is_sized_picture(line):
        return line.with_fields(sort="junk", rule="photo-credit")
    if is_posted(line):
        return line.with_fields(sort="junk", rule="account")
    field = as_field(line)
    is_tag = in_tags and line.words <= MEASURES["tag_most"] and not line.finished
    if is_tag and (field is None or field.rule != "dateline"):
        return line.with_fields(sort="junk", rule="tags")
    if field is not None:
        return field
    rule = shape_of(line, is_arabic_page)
    return line.with_fields(sort="junk", rule=rule) if rule else line


def _article(
    file: str, lines: tuple[Line, ...], meta: Sequence[Meta], site: Found[str], part: int, least: float
) -> tuple[Article | None, Layout]:
    """The article of these lines, None where they hold fewer than `least` words of text, and their layout.

    `meta` are the fields in the markup of the whole page; `part` is the number of the article on it, from 1.
    """
    own_meta = _own_meta(lines, meta, part)
    layout = layout_of(lines, next((field.value for field in own_meta if field.name == "title"), ""))
    if _count_words(layout) < least:
        return None, layout
    body = _with_report(layout.body)
    report = [line for kind, line in body if kind in _REPORT]
    sample = report or [line for _, line in body]
    lang = recognise(" ".join([line.text for line in sample[:6]])[:_SAMPLE])
    paragraphs = tuple(_paragraph(kind, line) for kind, line in body)
    article_meta = _without_page_title(own_meta, lines, layout.title)
    fields, problems = fields_of(file, layout.title, layout.fields, report, article_meta, site)
    article = Article(
        file=file,
        part=part,
        lang=lang,
        paragraphs=parts(Paragraph, paragraphs),
        **asdict(fields),
        problems=(
            *problems,
            *((doubtful_title(file, layout.title),) if layout.title and layout.doubtful else ()),
            *(uncertain_seam(file, paragraph) for paragraph in paragraphs if not paragraph.certain),
            *(() if lang else (no_language(file, paragraphs[0]),)),
        ),
    )
    return article, layout


def _count_words(layout: Layout) -> int:
    """The number of words in an article's text; captions count where a page of pictures has text of its own."""
    in_text = sum([line.words for kind, line in layout.body if kind not in ("heading", "caption")])
    in_captions = [line.words for kind, line in layout.body if kind == "caption"]
    is_gallery = in_text >= MEASURES["body_least"] and len(in_captions) >= MEASURES["gallery_least"]
    return in_text + sum(in_captions) if is_gallery else in_text


def _with_report(body: tuple[tuple[ParagraphKind, Line], ...]) -> tuple[tuple[ParagraphKind, Line], ...]:
    """The body; where it has no report below its standfirsts, they become the report, written without full stops."""
    if any(kind in _REPORT for kind, _ in body):
        return body
    return tuple(("text" if kind == "standfirst" else kind, line) for kind, line in body)


def _without_article(layout: Layout, rule: str) -> list[Dropped]:
    """The headline and the paragraphs of a part that is no article of this site, as dropped by this rule."""
    title = [layout.title] if layout.title else []
    return [Dropped(line.line, line.text, rule) for line in (*title, *(line for _, line in layout.body))]


def _own_meta(lines: tuple[Line, ...], meta: Sequence[Meta], part: int) -> list[Meta]:
    """The markup's fields for one article: those of its group, then those of the page.

    The fields that the page states of an article are those of the first one. The fields of the site are those of every
    article in a group.
    """
    group = next((line.group for line in lines if line.group), 0)
    of_group = [field for field in meta if group and field.group == group]
    of_page = [field for field in meta if not field.group and (part == 1 or (group and field.name in OF_SITE))]
    return of_group + of_page


def _without_page_title(meta: Sequence[Meta], lines: tuple[Line, ...], title: Line | None) -> Sequence[Meta]:
    """The markup's fields without a title that is another heading of the page, above the headline of the article."""
    if title is None or not meta:
        return meta
    headings = [line.text for line in lines if line.role == "title" and line is not title]
    return [
        field for field in meta if field.name != "title" or not any(is_same(text, field.value) for text in headings)
    ]


def _paragraph(kind: ParagraphKind, line: Line) -> Paragraph:
    """The line as a paragraph of this kind, with the repairs made to it and its language."""
    text, repairs = _without_quotes(line.text)
    lang = "ar" if ARABIC.search(text) else recognise(text)
    return Paragraph(kind, text, line.line, lang, line.certain, (*line.repairs, *repairs))


_CLOSING_MARKS = {"“": "”", "«": "»", "„": "“", '"': '"'}
"""Each opening quotation mark to its closing one."""


def _without_quotes(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without one pair of quotation marks around the whole of it, and the names of the repairs made."""
    closing = _CLOSING_MARKS.get(text[0])
    if closing is None or len(text) < 3 or not text.endswith(closing):
        return text, ()
    inner = text[1:-1]
    if closing in inner or text[0] in inner:
        return text, ()
    return inner.strip(), ("quotes",)


def _is_source(article: Article, source_languages: tuple[str, ...]) -> bool:
    """Whether an article is written in a source language of the site, by its language, its title or its text."""
    if article.lang or recognise(article.title.value or "") in source_languages:
        return article.lang in ("", *source_languages)
    return may_be(" ".join([paragraph.text for paragraph in article.paragraphs]), source_languages)
