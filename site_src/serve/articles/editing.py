"""What an editor decides about articles at the desk, carried out in the files of the editor's word, and taken back."""

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
from site_src.serve.articles.merges import joined, parted, reports_in, settings, without
from site_src.serve.articles.page_file import PageFile, in_time, open_page
from site_src.serve.articles.paragraphs import Act, article_of, changed, find
from site_src.serve.articles.saving import save
from site_src.serve.articles.toml_edit import Setting, Value, parse, restated, value_of, with_settings
from site_src.serve.desk import Desk
from site_src.serve.desk.steps import Change
from site_src.text.addresses import safe_url
from site_src.translate.po import sha

_ADDRESS = re.compile(r"/stories/([^/?#]+)\.html|[?&]slug=([^&#]+)")


class RefusedError(MujazError):
    """A decision that is not carried out: `label` names the words that say why, filled with `words`."""

    def __init__(self, label: str, **words: str):
        self.label, self.words = label, words
        super().__init__(label)


def story_of(opened: Opened, slug: str) -> Story:
    """The story of that address; raises `RefusedError`."""
    found = next((story for story in opened.merged.stories if story.slug == slug), None)
    if found is None:
        raise RefusedError("no_story", story=slug)
    return found


def slug_in(address: str) -> str:
    """The story of a page's address (`.../en/stories/SLUG.html`, or of its page at the desk); else the words."""
    words = address.strip()
    found = _ADDRESS.search(words)
    return unquote(found[1] or found[2]) if found else words


def page_of(desk: Desk, file: str) -> PageFile:
    """A page of the site; raises `MujazError`."""
    return open_page(desk.places.articles, file, desk.opened.settings)


def own_word(page: PageFile) -> PageFile:
    """The page, if no other has the same file beside it; raises `RefusedError`."""
    if page.twins:
        raise RefusedError("shared_word", file=page.raw.file, other=", ".join(page.twins), side=page.side.name)
    return page


# --- topics ---


def topics_mark(article: Article) -> str:
    """A digest of all that a person judges topics by: two articles that say the same have the same mark."""
    title = "" if article.title.where.startswith("copy ") else article.title.value or ""
    said = (article.word.topics, title, *(one.text for one in article.paragraphs))
    return sha(repr(said))


def set_topics(desk: Desk, slug: str, known: str, wanted: tuple[str, ...] | None) -> str:
    """Say which topics a story has (None: those that the rules find), where a page knew it under the mark `known`."""
    story = story_of(desk.opened, slug)
    lead = story.lead
    page = own_word(page_of(desk, lead.file))
    elsewhere = [copy.article.file for copy in story.copies if copy.article.word.topics is not None]
    if wanted is None and elsewhere:
        raise RefusedError("topics_elsewhere", file=elsewhere[0])
    if strange := [one for one in wanted or () if one not in {topic.slug for topic in desk.opened.settings.topics}]:
        raise RefusedError("no_topic", topic=", ".join(strange))

    def decide(beside: str) -> Iterable[Setting]:
        parsed = page.read(beside)
        article = article_of(parsed, lead.part)
        if article is None or topics_mark(article) != known:
            raise RefusedError("said_topics_conflict")
        return _topics(page, beside, parsed, article, wanted)

    return save(desk.steps, [(page.side, decide)])


def _topics(page: PageFile, beside: str, parsed: ParsedPage, article: Article, wanted: Value) -> tuple[Setting, ...]:
    """The settings that make it so; raises `RefusedError` where the file beside the page cannot say it."""
    document, several = parse(beside, page.side.name), len(parsed.articles) > 1
    made = restated(document, "topics", article.part, wanted, several=several)
    after = article_of(page.read(with_settings(beside, made, page.side.name)), article.part)
    if after is None or after.word.topics != wanted:
        raise RefusedError("topics_elsewhere", file=page.raw.file)
    return made


# --- paragraphs ---


def set_paragraph(desk: Desk, file: str, line: int, mark: str, act: Act) -> str:
    """Leave a paragraph of a page out, or make text of what was left out."""
    page = own_word(page_of(desk, file))

    def decide(beside: str) -> Iterable[Setting]:
        passage = find(page.read(beside), line, mark, act)
        if passage is None:
            raise RefusedError("said_paragraph_conflict")
        if not (made := changed(page, beside, passage)):
            raise RefusedError("paragraph_stays")
        return made

    return save(desk.steps, [(page.side, decide)])


# --- merging ---


def join(desk: Desk, slug: str, other: str) -> str:
    """Make two stories one; `other` is the address of one, or that of its page as a browser shows it."""
    opened, other = desk.opened, slug_in(other)
    one, two = map(reports_in(opened), (story_of(opened, slug), story_of(opened, other)))
    if slug == other:
        raise RefusedError("same_story")
    return _merge(desk, lambda word: joined(word, one, two))


def part(desk: Desk, slug: str, name: str) -> str:
    """Keep a copy (by its name in `merge.toml`) apart from the story that it was merged into."""
    opened = desk.opened
    reports = reports_in(opened)(story_of(opened, slug))
    copy = next((one for one in reports[1:] if one.name == name), None)
    if copy is None:
        raise RefusedError("said_merge_conflict")
    others = [one for one in reports if one is not copy]
    return _merge(desk, lambda word: parted(word, others, copy))


def forget(desk: Desk, names: tuple[str, ...]) -> str:
    """Take a list out of `merge.toml`: the rules decide again."""
    opened = desk.opened
    stories = tuple(map(reports_in(opened), opened.merged.stories))

    def less(word: MergeWord) -> MergeWord:
        if names not in (*word.merge, *word.keep_apart):
            raise RefusedError("said_merge_conflict")
        return without(word, names, stories)

    return _merge(desk, less)


def _merge(desk: Desk, decided: Callable[[MergeWord], MergeWord]) -> str:
    """Make the word on merging say it, if it then says nothing that it cannot mean."""
    opened, path = desk.opened, desk.places.merges
    articles, hashes = opened.pages.articles, [text.hash for text in opened.pages.sketches]

    def decide(text: str) -> Iterable[Setting]:
        load_word(path)  # names every mistake of the file
        document = parse(text, path.name)
        before = MergeWord(value_of(document, "merge") or (), value_of(document, "keep_apart") or ())
        after = decided(before)
        orders(after, articles, opened.record, hashes)
        return settings(before, after)

    return save(desk.steps, [(path, decide)])


def slug_now(desk: Desk, story: Story) -> str:
    """The address, after a step, of the story that its lead is in; the old one where the site cannot be read now."""
    place = (story.lead.file, story.lead.part)
    try:
        stories = desk.opened.merged.stories
    except Exception:  # the page that comes next tells why
        return story.slug
    found = (one.slug for one in stories for article in one.articles if (article.file, article.part) == place)
    return next(found, story.slug)


# --- pasted pages ---


def plan(desk: Desk, pasted: Pasted) -> Planned:
    """What filing a pasted page would write; raises `MujazError` for what cannot be filed."""
    if len(pasted.raw) > LONGEST_PAGE:
        raise RefusedError("paste_long", most=f"{LONGEST_PAGE // 1000:,}")
    if not pasted.text.strip():
        raise RefusedError("paste_empty")
    if (url := pasted.word.get("url", "")) and not safe_url(url):
        raise RefusedError("paste_no_link", url=url)
    opened, new = desk.opened, NewArticle(_raw(pasted), pasted.word, keep=True)
    planned = partial(plan_article, new, desk.places, opened.settings, opened.names.book)
    return in_time(PASTED, opened.settings.site.seconds_per_page, planned)


def add(desk: Desk, pasted: Pasted) -> str:
    """File a pasted page as `new article` does; gives its name below the articles folder."""
    plan(desk, pasted)  # within the time that a page may take: what writes is not to be stopped
    opened, places = desk.opened, desk.places
    new = NewArticle(_raw(pasted), pasted.word, pasted.keep)
    path, _ = add_article(new, places, opened.settings, opened.names.book)
    files = (path, path.with_suffix(".toml"))
    desk.steps.record(*(Change(one, None, one.read_bytes() if one.exists() else None) for one in files))
    return path.relative_to(places.articles).as_posix()


def _raw(pasted: Pasted) -> bytes:
    """The bytes to file: with a byte order mark where the page says that it is in another encoding, as it was once."""
    page = decode(PASTED, pasted.raw)
    named = isinstance(page, RawPage) and bool(page.problems)
    return (BOM_UTF8 if named else b"") + pasted.raw
