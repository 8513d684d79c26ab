"""The desk's pages for articles as markup: each from the site as its files are now, in the words of an edition."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from site_src.errors import MujazError
from site_src.model.page import Article, ParsedPage
from site_src.render.links import story_path
from site_src.serve.articles.editing import RefusedError, page_of, story_of, topics_mark
from site_src.serve.articles.forms import STATED, Fields, Pasted
from site_src.serve.articles.paragraphs import passages
from site_src.serve.articles.rows import Member, Row, candidates, members, row, said, scored, stories
from site_src.serve.desk import Desk
from site_src.serve.desk.words import Words
from site_src.settings import TopicGroup
from site_src.tables import table
from site_src.text.article import TITLE
from site_src.text.names import NameBook
from site_src.topics import TopicPart


class Screen(Struct, frozen=True):
    """All that any page of the desk is made with."""

    desk: Desk
    words: Words
    page: str
    """The edition in whose words it speaks."""
    base: str
    """Path of the site in the preview."""
    token: str
    notice: str = ""
    wrong: bool = False
    """Whether the notice says that something was not done."""

    def fill(self, name: str, **values: Any) -> bytes:
        """The page of that template."""
        common = {
            "page": self.page, "base": self.base, "token": self.token,
            "notice": self.notice, "wrong": self.wrong, "steps": self.desk.steps,
            "address": self.address, "why": self.why, "name": name,
            "titles": self._titles() if name != "failed" else {},
        }  # fmt: skip
        return self.words.fill(f"{name}.html", **common, **values).encode("utf-8", "replace")

    def _titles(self) -> dict[str, str]:
        return {topic.slug: topic.title.get(self.page, topic.slug) for topic in self.desk.opened.settings.topics}

    def address(self, story: Row) -> str:
        """Where the preview shows the story; "" where it has no page."""
        return f"{self.base}{self.page}/{story_path(story.slug)}" if story.shown else ""

    def why(self, rule: str) -> str:
        """Why a rule left something out, in words."""
        bare = rule.removeprefix("html-")
        grouped = (group for group, rules in table("desk")["why"].items() if bare in rules)
        group = "field" if rule.startswith("field-") else next(grouped, "")
        return self.words[f"why_{group}"] if group else self.words["why_rule"].format(rule=rule)

    def said(self, error: MujazError) -> str:
        """What went wrong, in the words of the page where it has some."""
        return self.words[error.label].format(**error.words) if isinstance(error, RefusedError) else str(error)


def list_screen(screen: Screen, asked: str, _sent: None) -> bytes:
    """All stories, or those that hold the words `asked`."""
    return screen.fill("stories", asked=asked, found=stories(screen.desk, asked))


def story_screen(screen: Screen, slug: str, sent: Fields | None) -> bytes:
    """A story's topics and reports, with topics that a person chose and that are not saved, if any."""
    chosen = sent.topics if sent else None
    opened = screen.desk.opened
    story = story_of(opened, slug)
    brief = next((brief for brief in opened.briefs if brief.story.slug == slug), None)
    if brief is None:  # it took too long to summarise, as the report says
        raise RefusedError("no_story", story=slug)
    return screen.fill(
        "story", story=row(brief, opened), said_topics=story.word.topics, now=brief.topics,
        chosen=brief.topics if chosen is None else chosen, unsaved=chosen is not None,
        mark=topics_mark(story.lead), topics=[(topic, score, [_evidence(screen, part) for part in score.parts])
                                              for topic, score in scored(opened, story)],
        called=partial(_called, opened.names.book), members=members(opened, story),
        said=said(screen.desk, story), near=candidates(screen.desk, story),
    )  # fmt: skip


def _called(book: NameBook, group: TopicGroup) -> list[str]:
    """What a group of a topic asks for, as articles say it: its names, then its words."""
    return [*(book.names[name].ar if name in book.names else name for name in group.names), *group.words]


def _evidence(screen: Screen, part: TopicPart) -> tuple[str, str, str]:
    """(words, where they stand, their weight)."""
    where = screen.words["title"] if part.where == TITLE else screen.words["paragraph"].format(n=part.where + 1)
    return part.words, where, f"{part.weight:+.1f}"


def page_screen(screen: Screen, file: str, _sent: object) -> bytes:
    """The paragraphs of a page, with what was left out and why."""
    page = page_of(screen.desk, file)
    parsed = page.read(page.raw.header)
    return screen.fill(
        "paragraphs", file=file, passages=passages(parsed), problems=parsed.all_problems,
        stories=_stories_of(screen, parsed.articles), side=page.side.name,
    )  # fmt: skip


def _stories_of(screen: Screen, articles: tuple[Article, ...]) -> list[tuple[Article, Row | None, Sequence[Member]]]:
    """Each article of a page with the story that it is in, and all reports of that story where it has several."""
    opened = screen.desk.opened
    places = {(one.file, one.part): brief for brief in opened.briefs for one in brief.story.articles}
    found = [(article, places.get((article.file, article.part))) for article in articles]
    return [
        (article, row(brief, opened), members(opened, brief.story) if brief.story.copies else ())
        if brief else (article, None, ())
        for article, brief in found
    ]  # fmt: skip


def paste_screen(screen: Screen, _about: str, pasted: Pasted | None) -> bytes:
    """The box to paste a page into, and what was read out of what was pasted."""
    pasted = pasted or Pasted()
    page = pasted.planned.page if pasted.planned else ParsedPage("", ())
    return screen.fill(
        "paste", pasted=pasted, stated=STATED, found=[_stated(screen, one) for one in page.articles],
        problems=page.all_problems, passages=passages(page),
    )  # fmt: skip


def _stated(screen: Screen, article: Article) -> list[tuple[str, str]]:
    """(name, value) of what the page or a person states; "" where nobody does."""
    day = article.published.value
    published = (day.iso or article.published.words) if day else ""
    doubt = f" ({screen.words['day_or_month']})" if day and day.ambiguous else ""
    values = {"title": article.title.value, "outlet": article.outlet.value, "agency": article.agency.value,
              "url": article.url.value, "published": published + doubt}  # fmt: skip
    return [(screen.words[f"field_{key}"], value or "") for key, value in values.items()]
