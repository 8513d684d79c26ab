"""Carries out what an editor decides about articles at the desk, as steps in the files of the editor's word."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import unquote

from site_src.errors import MujazError
from site_src.merge import load_word
from site_src.merge.word import MergeWord, orders
from site_src.model.page import Article, ParsedPage, RawPage
from site_src.model.story import Story
from site_src.pipeline.adding import PASTED, NewArticle, Planned, add_article, plan_article
from site_src.pipeline.opening import Opened
from site_src.read import decode
from site_src.serve.articles.forms import LONGEST_PAGE, Pasted
from site_src.serve.articles.merges import reports_in, settings_between, with_joined, with_separated, without_list
from site_src.serve.articles.page_file import PageFile, in_time, open_page
from site_src.serve.articles.paragraphs import Act, article_of, find_passage, settings_to_move
from site_src.serve.articles.saving import save
from site_src.serve.articles.splits import settings_to_begin, settings_to_state, splits_mark
from site_src.serve.articles.toml_edit import Setting, Value, parse, settings_to_set, value_of, with_settings
from site_src.serve.desk import Desk
from site_src.serve.desk.steps import Change
from site_src.text.addresses import safe_url
from site_src.translate.po import sha

_SLUG_IN_ADDRESS = re.compile(r"/stories/([^/?#]+)\.html|[?&]slug=([^&#]+)")


class RefusedError(MujazError):
    """A decision that is not carried out: the desk's label `label`, filled with `words`, says why."""

    def __init__(self, label: str, **words: str):
        self.label, self.words = label, words
        super().__init__(label)


def story_of(opened: Opened, slug: str) -> Story:
    """The story that has, or else had, that address; raises `RefusedError`."""
    stories = {story.slug: story for story in opened.merged.stories}
    story = stories.get(slug) or stories.get(dict(opened.record.redirects(stories)).get(slug, ""))
    if story is None:
        raise RefusedError("no_story", story=slug)
    return story


def slug_in(address: str) -> str:
    """The slug in the address of a story's page, on the site or at the desk; else the text itself."""
    text = address.strip()
    match = _SLUG_IN_ADDRESS.search(text)
    return unquote(match[1] or match[2]) if match else text


def page_of(desk: Desk, file: str) -> PageFile:
    """A page of the site; raises `MujazError`."""
    return open_page(desk.places.articles, file, desk.opened.settings)


def require_own_sidecar(page: PageFile) -> None:
    """Raise `RefusedError` where another page has the same sidecar."""
    if page.twins:
        twins = ", ".join(page.twins)
        raise RefusedError("shared_word", file=page.raw.file, other=twins, side=page.sidecar.name)


# --- topics ---


def topics_mark(article: Article) -> str:
    """A digest of all that a person judges topics by: title, text and the topics that the editor has stated."""
    title = "" if article.title.where.startswith("copy ") else article.title.value or ""
    content = (article.word.topics, title, *(paragraph.text for paragraph in article.paragraphs))
    return sha(repr(content))


def set_topics(desk: Desk, slug: str, known_mark: str, wanted: tuple[str, ...] | None) -> str:
    """State the topics of a story, and return the name of the file; None leaves them to the rules.

    `known_mark` is the mark of the lead when the page was shown. Raises `MujazError`.
    """
    opened = desk.opened
    story = story_of(opened, slug)
    lead = story.lead
    page = page_of(desk, lead.file)
    require_own_sidecar(page)
    copies_with_topics = [copy.article.file for copy in story.copies if copy.article.word.topics is not None]
    if wanted is None and copies_with_topics:
        raise RefusedError("topics_elsewhere", file=copies_with_topics[0])
    known_topics = {topic.slug for topic in opened.settings.topics}
    if unknown_topics := [topic for topic in wanted or () if topic not in known_topics]:
        raise RefusedError("no_topic", topic=", ".join(unknown_topics))

    def decide(sidecar_text: str) -> Iterable[Setting]:
        parsed = page.read(sidecar_text)
        article = article_of(parsed, lead.part)
        if article is None or topics_mark(article) != known_mark:
            raise RefusedError("said_topics_conflict")
        return _topic_settings(page, sidecar_text, parsed, article, wanted)

    return save(desk.steps, [(page.sidecar, decide)])


def _topic_settings(
    page: PageFile, sidecar_text: str, parsed: ParsedPage, article: Article, wanted: Value
) -> tuple[Setting, ...]:
    """The settings that state the topics; raises `RefusedError` where they would not count."""
    document, several = parse(sidecar_text, page.sidecar.name), len(parsed.articles) > 1
    settings = settings_to_set(document, "topics", article.part, wanted, several=several)
    after = article_of(page.read(with_settings(sidecar_text, settings, page.sidecar.name)), article.part)
    if after is None or after.word.topics != wanted:
        raise RefusedError("topics_elsewhere", file=page.raw.file)
    return settings


# --- paragraphs ---


def set_paragraph(desk: Desk, file: str, line: int, mark: str, act: Act) -> str:
    """Carry out what is decided about a paragraph of a page; returns the name of the file."""
    page = page_of(desk, file)
    require_own_sidecar(page)

    def decide(sidecar_text: str) -> Iterable[Setting]:
        passage = find_passage(page.read(sidecar_text), line, mark, act)
        if passage is None:
            raise RefusedError("said_paragraph_conflict")
        settings = (settings_to_begin if act == "begin" else settings_to_move)(page, sidecar_text, passage)
        if not settings:
            raise RefusedError("paragraph_stays")
        return settings

    return save(desk.steps, [(page.sidecar, decide)])


def set_splits(desk: Desk, file: str, known_mark: str, one_article: bool) -> str:
    """State that a page is one article, or leave it to the rules where its articles begin; returns the file's name."""
    page = page_of(desk, file)
    require_own_sidecar(page)

    def decide(sidecar_text: str) -> Iterable[Setting]:
        if splits_mark(page.read(sidecar_text)) != known_mark:
            raise RefusedError("said_paragraph_conflict")
        return settings_to_state(page, sidecar_text, False if one_article else None)

    return save(desk.steps, [(page.sidecar, decide)])


# --- merging ---


def join(desk: Desk, slug: str, other: str) -> str:
    """Make two stories one; `other` is a slug, or the address of the other story's page as a browser shows it."""
    opened = desk.opened
    stories = story_of(opened, slug), story_of(opened, slug_in(other))
    reports, other_reports = map(reports_in(opened), stories)
    if stories[0].slug == stories[1].slug:
        raise RefusedError("same_story")
    return _save_merges(desk, lambda word: with_joined(word, reports, other_reports))


def separate(desk: Desk, slug: str, name: str) -> str:
    """Keep a copy, named as in `merge.toml`, apart from the story that it was merged into."""
    opened = desk.opened
    reports = reports_in(opened)(story_of(opened, slug))
    copy = next((report for report in reports[1:] if report.name == name), None)
    if copy is None:
        raise RefusedError("said_merge_conflict")
    others = [report for report in reports if report is not copy]
    return _save_merges(desk, lambda word: with_separated(word, others, copy))


def forget(desk: Desk, names: tuple[str, ...]) -> str:
    """Take a list out of `merge.toml`, so that the rules decide again."""
    opened = desk.opened
    stories = tuple(map(reports_in(opened), opened.merged.stories))

    def remove(word: MergeWord) -> MergeWord:
        if names not in (*word.merge, *word.keep_apart):
            raise RefusedError("said_merge_conflict")
        return without_list(word, names, stories)

    return _save_merges(desk, remove)


def _save_merges(desk: Desk, change: Callable[[MergeWord], MergeWord]) -> str:
    """Apply a change to `merge.toml`; raises `MujazError` where the result would contradict itself or the site."""
    opened, path = desk.opened, desk.places.merges
    articles, hashes = opened.pages.articles, [sketch.hash for sketch in opened.pages.sketches]

    def decide(text: str) -> Iterable[Setting]:
        load_word(path)  # raises with every mistake of the file
        document = parse(text, path.name)
        before = MergeWord(value_of(document, "merge") or (), value_of(document, "keep_apart") or ())
        after = change(before)
        orders(after, articles, opened.record, hashes)
        return settings_between(before, after)

    return save(desk.steps, [(path, decide)])


def slug_now(desk: Desk, story: Story) -> str:
    """The address, after a step, of the story that holds the lead of `story`; the old one if the site is unreadable."""
    lead = (story.lead.file, story.lead.part)
    try:
        stories = desk.opened.merged.stories
    except Exception:  # the page that is shown next says why
        return story.slug
    for current in stories:
        if any((article.file, article.part) == lead for article in current.articles):
            return current.slug
    return story.slug


# --- pasted pages ---


def plan(desk: Desk, pasted: Pasted) -> Planned:
    """What filing a pasted page would write; raises `MujazError` for what cannot be filed."""
    if len(pasted.raw) > LONGEST_PAGE:
        raise RefusedError("paste_long", most=f"{LONGEST_PAGE // 1000:,}")
    if not pasted.text.strip():
        raise RefusedError("paste_empty")
    if (url := pasted.word.get("url", "")) and not safe_url(url):
        raise RefusedError("paste_no_link", url=url)
    opened, article = desk.opened, NewArticle(_bytes_to_file(pasted), pasted.word, keep=True)
    make_plan = partial(plan_article, article, desk.places, opened.settings, opened.names.book)
    return in_time(PASTED, opened.settings.site.seconds_per_page, make_plan)


def add(desk: Desk, pasted: Pasted) -> str:
    """File a pasted page as the command `new article` does; returns its name below the articles folder."""
    plan(desk, pasted)  # stops a page that takes too long before anything is written: writing is never interrupted
    opened, places = desk.opened, desk.places
    article = NewArticle(_bytes_to_file(pasted), pasted.word, pasted.keep)
    path, _ = add_article(article, places, opened.settings, opened.names.book)
    files = (path, path.with_suffix(".toml"))
    desk.steps.record(*(Change(file, None, file.read_bytes() if file.exists() else None) for file in files))
    return path.relative_to(places.articles).as_posix()


def _bytes_to_file(pasted: Pasted) -> bytes:
    """The pasted text in UTF-8, with a byte order mark where its markup still names its former encoding."""
    page = decode(PASTED, pasted.raw)
    names_other_encoding = isinstance(page, RawPage) and bool(page.problems)
    return (BOM_UTF8 if names_other_encoding else b"") + pasted.raw
