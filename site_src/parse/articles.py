"""Articles: what every format's `Blocks` become, by one set of rules; nothing of a page vanishes without a rule's name.

blocks -> lines -> marked -> whole paragraphs -> seams cut -> sorted -> parts -> layout and fields -> articles
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec.structs import asdict

from site_src.model.fields import UNKNOWN, Found
from site_src.model.page import Article, Dropped, Paragraph, ParagraphKind, ParsedPage, RawPage
from site_src.model.report import Problem
from site_src.parse.blocks import OF_SITE, Blocks, Meta
from site_src.parse.editor.override import overridden
from site_src.parse.editor.word import forced_starts, kept, read_word, unmatched, without_dropped
from site_src.parse.fields.article import fields_of
from site_src.parse.fields.label_groups import rows_of_values, with_values_below, without_boxes
from site_src.parse.fields.labels import as_field, day_before_minutes
from site_src.parse.head.above import is_same
from site_src.parse.head.masthead import names_site, site_of
from site_src.parse.head.title import stated_headlines
from site_src.parse.junk.captions import without_captions
from site_src.parse.junk.markers import marked
from site_src.parse.junk.shapes import is_consent, is_prose, shape_of
from site_src.parse.junk.surroundings import is_sized_picture, without_surroundings
from site_src.parse.layout import Layout, laid_out
from site_src.parse.lines import ARABIC, MEASURES, Line, lines_of
from site_src.parse.paragraphs.reflow import rejoined, unfolded, without_stops
from site_src.parse.paragraphs.seams import without_seams
from site_src.parse.paragraphs.transcripts import with_recordings
from site_src.parse.paragraphs.wrapped import unwrapped, with_drop_caps, with_headlines
from site_src.parse.split.page import split_page
from site_src.parts import parts
from site_src.tables import table
from site_src.text.languages import may_be, recognise

_SAMPLE = 300
"""Characters from the beginning by which an article's language is known."""
_FIRST_WORDS = 4
"""Words by which a message names a line as the editor's word does."""
_SEVERAL = 3
"""Headlines of others, at least, by which a page whose own one has no more words is a front page."""
_REPORT = ("text", "list", "quote")
"""The kinds of paragraph that a report is made of."""


def read_articles(page: RawPage, blocks: Blocks, source_languages: tuple[str, ...]) -> ParsedPage:
    """The articles of a page in their order, what was dropped and by which rule, and what is wrong with it.

    A page without any article has a problem that says why; the problems of `page` and `blocks` are not repeated.
    """
    word = read_word(page.file, page.header, blocks.header, blocks.header_line)
    raw = kept(word, lines_of(blocks))
    lines = without_dropped(word, sorted_lines(raw, page.format == "markdown"))
    site = site_of(lines)
    titled = word.states_title or bool(stated_headlines(blocks.meta))
    divided = split_page(lines, forced_starts(word, lines), titled)
    articles: list[Article] = []
    dropped: list[Dropped] = []
    foreign: list[Problem] = []
    for number, lines_of_part in enumerate(divided.parts):
        least = MEASURES["body_least" if number in divided.certain else "article_least"]
        own_site = site if site.value and (not articles or names_site(lines_of_part, site.value)) else UNKNOWN
        article, layout = _article(page.file, lines_of_part, blocks.meta, own_site, len(articles) + 1, least)
        dropped += layout.dropped
        if article is None:
            dropped += _unused(layout, "no-article")
        elif not (word.states_language or _is_source(article, source_languages)):
            dropped += _unused(layout, "foreign-language")
            foreign.append(_foreign(page.file, article, source_languages))
        else:
            articles.append(article)
    told, mistakes = overridden(tuple(articles), word)
    made = tuple([article for article in told if _is_source(article, source_languages)])
    foreign += [_foreign(page.file, one, source_languages) for one in told if not _is_source(one, source_languages)]
    doubtful = [_second_article(page.file, line) for line in divided.doubtful[:1]]
    problems = [*word.problems, *unmatched(word, raw, lines), *mistakes, *foreign, *doubtful]
    told_why = any(problem.severity == "error" for problem in blocks.problems)
    if not made and not foreign and (lines or not told_why):
        problems.append(_no_article(page.file, lines, (*blocks.teasers, *divided.teasers)))
    return ParsedPage(page.file, made, tuple(dropped), divided.teasers, tuple(problems))


def sorted_lines(lines: list[Line], divided: bool) -> list[Line]:
    """The lines with paragraphs whole, seams cut, and each told apart as text, field, label or junk.

    `divided`: an empty line stands between paragraphs, as Markdown has it.
    """
    whole = unfolded(unwrapped(with_headlines(with_drop_caps(with_recordings(lines))), divided))
    valued = rows_of_values(whole)
    lines = [
        line if line.sort != "text" or line.kept or place in valued else marked(line)
        for place, line in enumerate(whole)
    ]
    judged = list(_judged(without_seams(rejoined(with_values_below(lines)))))
    return without_stops(list(without_captions(without_boxes(without_surroundings(judged)))))


def _judged(lines: list[Line]) -> Iterator[Line]:
    """The lines, those without a marker judged by their shape; below keywords and consent go further ones of each."""
    arabic = cache(lambda: 2 * sum(ARABIC.search(line.text) is not None for line in lines) >= len(lines))
    in_tags = in_consent = False
    for line in lines:
        if in_consent and line.sort == "text" and is_consent(line):
            line = line.but(sort="junk", rule="cookies")
        if line.sort == "text" and not (is_prose(line) or line.kept) and line.role not in ("title", "table"):
            line = _judged_alone(line, in_tags, arabic)
        if line.rule == "reading-time":
            line = day_before_minutes(line) or line
        in_tags = line.sort == "tags" or (in_tags and line.rule == "tags")
        in_consent = line.rule == "cookies"
        yield line


def _judged_alone(line: Line, in_tags: bool, arabic: Callable[[], bool]) -> Line:
    if line.text[-1].isdigit() and is_sized_picture(line):
        return line.but(sort="junk", rule="photo-credit")
    labelled = as_field(line)
    is_tag = in_tags and line.words <= MEASURES["tag_most"] and not line.finished
    if is_tag and (labelled is None or labelled.rule != "dateline"):
        return line.but(sort="junk", rule="tags")
    if labelled is not None:
        return labelled
    rule = shape_of(line, arabic)
    return line.but(sort="junk", rule=rule) if rule else line


def _article(
    file: str, lines: tuple[Line, ...], meta: Sequence[Meta], site: Found[str], part: int, least: float
) -> tuple[Article | None, Layout]:
    """The article of these lines, None where they hold fewer than `least` words of text, and their layout."""
    own = _own_meta(lines, meta, part)
    layout = laid_out(lines, next((one.value for one in own if one.name == "title"), ""))
    if _words(layout) < least:
        return None, layout
    blocks = _with_report(layout.body)
    body = [line for kind, line in blocks if kind in _REPORT]
    lang = recognise(" ".join([line.text for line in (body or [line for _, line in blocks])[:6]])[:_SAMPLE])
    paragraphs = tuple(_paragraph(kind, line) for kind, line in blocks)
    stated = _of_article(own, lines, layout.title)
    fields, problems = fields_of(file, layout.title, layout.fields, body, stated, site)
    article = Article(
        file=file,
        part=part,
        lang=lang,
        paragraphs=parts(Paragraph, paragraphs),
        **asdict(fields),
        problems=(
            *problems,
            *((_doubtful_title(file, layout.title),) if layout.title and layout.doubtful else ()),
            *(_uncertain(file, one) for one in paragraphs if not one.certain),
            *(() if lang else (_no_language(file, paragraphs[0]),)),
        ),
    )
    return article, layout


def _words(layout: Layout) -> int:
    """The words of an article's text; captions count where a page of pictures has text of its own."""
    said = sum([line.words for kind, line in layout.body if kind not in ("heading", "caption")])
    captions = [line.words for kind, line in layout.body if kind == "caption"]
    gallery = said >= MEASURES["body_least"] and len(captions) >= MEASURES["gallery_least"]
    return said + sum(captions) if gallery else said


def _with_report(body: tuple[tuple[ParagraphKind, Line], ...]) -> tuple[tuple[ParagraphKind, Line], ...]:
    """The body; standfirsts without any report below them are the report itself, written without full stops."""
    if any(kind in _REPORT for kind, _ in body):
        return body
    return tuple(("text" if kind == "standfirst" else kind, line) for kind, line in body)


def _unused(layout: Layout, rule: str) -> list[Dropped]:
    """The headline and the paragraphs of what is no article of this site."""
    title = [layout.title] if layout.title else []
    return [Dropped(line.line, line.text, rule) for line in (*title, *(line for _, line in layout.body))]


def _own_meta(lines: tuple[Line, ...], meta: Sequence[Meta], part: int) -> list[Meta]:
    """The markup's fields for one article: those of its group, then those of the page.

    What the page states of one article is the first one's; the site is that of all articles that share its markup.
    """
    group = next((line.group for line in lines if line.group), 0)
    own = [one for one in meta if group and one.group == group]
    return own + [one for one in meta if not one.group and (part == 1 or (group and one.name in OF_SITE))]


def _of_article(meta: Sequence[Meta], lines: tuple[Line, ...], title: Line | None) -> Sequence[Meta]:
    """The markup's fields without the headline of all that the page gathers, above that of the article."""
    if title is None or not meta:
        return meta
    others = [line.text for line in lines if line.role == "title" and line is not title]
    return [one for one in meta if one.name != "title" or not any(is_same(head, one.value) for head in others)]


def _paragraph(kind: ParagraphKind, line: Line) -> Paragraph:
    text, repairs = _without_quotes(line.text)
    lang = "ar" if ARABIC.search(text) else recognise(text)
    return Paragraph(kind, text, line.line, lang, line.certain, (*line.repairs, *repairs))


_PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"'}


def _without_quotes(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without quotation marks that hold the whole of it: both ends, and none closed in between."""
    close = _PAIRS.get(text[0])
    if close is None or len(text) < 3 or not text.endswith(close):
        return text, ()
    inner = text[1:-1]
    if close in inner or text[0] in inner:
        return text, ()
    return inner.strip(), ("quotes",)


def _uncertain(file: str, paragraph: Paragraph) -> Problem:
    return Problem(file, "seam-uncertain", f"junk may be glued to the paragraph {paragraph.text[:60]!r}",
                   "if so, correct the page, or leave the paragraph out with drop in the file's .toml",
                   paragraph.line, "warning")  # fmt: skip


def _doubtful_title(file: str, title: Line) -> Problem:
    return Problem(file, "doubtful-title", f"nothing but its place says that {title.text[:60]!r} is the title",
                   'look at the page, and set title in the file\'s .toml: to these words, to others, or to "" for none',
                   title.line, "warning")  # fmt: skip


def _second_article(file: str, line: Line) -> Problem:
    head = " ".join(line.text.split()[:_FIRST_WORDS])
    return Problem(file, "second-article", f"another article may begin at {head!r}, with a date or report of its own",
                   f'if so, write split = ["{head}"] in the file\'s .toml; split = false if the page is one article',
                   line.line, "warning")  # fmt: skip


def _no_language(file: str, first: Paragraph) -> Problem:
    return Problem(file, "no-language", "the text does not tell which language it is written in",
                   "check that the page was saved whole: without a language it has no summary",
                   first.line, "warning")  # fmt: skip


def _is_source(article: Article, source_languages: tuple[str, ...]) -> bool:
    if article.lang or recognise(article.title.value or "") in source_languages:
        return article.lang in ("", *source_languages)
    return may_be(" ".join([paragraph.text for paragraph in article.paragraphs]), source_languages)


def _foreign(file: str, article: Article, source_languages: tuple[str, ...]) -> Problem:
    names = table("layout")["languages"]
    return Problem(
        file,
        "foreign-language",
        f"this page is {names.get(article.lang, article.lang)}: not a source language of this site",
        f"its source languages are {', '.join(source_languages)}; site.source_languages in site.toml can list more",
        article.paragraphs[0].line,
    )


def _no_article(file: str, lines: list[Line], teasers: Sequence[str]) -> Problem:
    if len(teasers) >= _SEVERAL and not any(line.role == "title" and line.words > _SEVERAL for line in lines):
        what = f"the page has no article of its own: it announces {len(teasers)} others"
        return Problem(file, "no-article", what, "open the article that you want, and save its own page")
    if not lines:
        return Problem(
            file, "no-text", "the page holds no text", "save the page again with its text, or delete the file"
        )
    text = sum(line.words for line in lines if line.sort == "text")
    words = "1 word" if text == 1 else f"{text} words"
    least = f"an article has {MEASURES['article_least']} or more in paragraphs of whole sentences"
    what = f"the page has no article: {words} of text besides navigation, labels and the like; {least}"
    return Problem(
        file, "no-article", what, "save the whole article, or name its paragraphs under keep in the file's .toml"
    )
