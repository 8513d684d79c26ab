"""The desk's pages for articles as HTML: each shows the site as its files are now, in the words of one edition."""

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
from site_src.serve.articles.rows import Member, Row, candidates, members, merge_lists, row, stories, topic_scores
from site_src.serve.articles.splits import splits_mark
from site_src.serve.desk import Desk
from site_src.serve.desk.words import Words
from site_src.settings import TopicGroup
from site_src.tables import table
from site_src.text.article import TITLE
from site_src.text.names import NameBook
from site_src.topics import TopicPart


class Screen(Struct, frozen=True):
    """What every page of the desk is made with."""

    desk: Desk
    words: Words
    page: str
    """The code of the edition whose words the page uses."""
    base: str
    """The base path of the site in the preview."""
    token: str
    notice: str = ""
    is_warning: bool = False
    """Whether the notice says that something was not done."""

    def fill(self, name: str, **values: Any) -> bytes:
        """The page of that template."""
        common = {
            "page": self.page, "base": self.base, "token": self.token,
            "notice": self.notice, "is_warning": self.is_warning, "steps": self.desk.steps,
            "address": self.address, "reason": self.reason, "name": name,
            "titles": self._topic_titles() if name != "failed" else {},
        }  # fmt: skip
        return self.words.fill(f"{name}.html", **common, **values).encode("utf-8", "replace")

    def _topic_titles(self) -> dict[str, str]:
        return {topic.slug: topic.title.get(self.page, topic.slug) for topic in self.desk.opened.settings.topics}

    def address(self, story: Row) -> str:
        """The address of the story's page in the preview; "" where it has none."""
        return f"{self.base}{self.page}/{story_path(story.slug)}" if story.shown else ""

    def reason(self, rule: str) -> str:
        """Why the rule with that id leaves something out, in words."""
        if rule.startswith("field-"):
            return self.words["why_field"]
        rule_name = rule.removeprefix("html-")
        for group, rules in table("desk")["why"].items():
            if rule_name in rules:
                return self.words[f"why_{group}"]
        return self.words["why_rule"].format(rule=rule)

    def message(self, error: MujazError) -> str:
        """What went wrong, in the words of the page where it has a label for it."""
        return self.words[error.label].format(**error.words) if isinstance(error, RefusedError) else str(error)


def list_screen(screen: Screen, query: str, _unsaved: None) -> bytes:
    """All stories, or those that contain every word of the query."""
    return screen.fill("stories", query=query, stories=stories(screen.desk, query, screen.page))


def story_screen(screen: Screen, slug: str, unsaved: Fields | None) -> bytes:
    """The topics and reports of a story; `unsaved` holds topics that were chosen and are not saved, if any."""
    unsaved_topics = unsaved.topics if unsaved else None
    opened = screen.desk.opened
    story = story_of(opened, slug)
    brief = next((brief for brief in opened.briefs if brief.story.slug == story.slug), None)
    if brief is None:  # summarising it took too long, as the report of the build says
        raise RefusedError("no_story", story=slug)
    topics = [
        (topic, score, [_evidence(screen, part) for part in score.parts])
        for topic, score in topic_scores(opened, story)
    ]
    return screen.fill(
        "story",
        story=row(brief, screen.desk.view, screen.page),
        mark=topics_mark(story.lead),
        topics=topics,
        topics_in_word=story.word.topics,
        topics_in_force=brief.topics,
        chosen_topics=brief.topics if unsaved_topics is None else unsaved_topics,
        has_unsaved_topics=unsaved_topics is not None,
        words_of_group=partial(_words_of_group, opened.names.book),
        members=members(opened, story),
        merge_lists=merge_lists(screen.desk, story),
        candidates=candidates(screen.desk, story, screen.page),
    )


def _words_of_group(book: NameBook, group: TopicGroup) -> list[str]:
    """What a group of a topic asks for, as articles write it: its names, then its words."""
    return [*(book.names[name].ar if name in book.names else name for name in group.names), *group.words]


def _evidence(screen: Screen, part: TopicPart) -> tuple[str, str, str]:
    """(words that speak for a topic, the paragraph that has them, their weight with its sign)."""
    where = screen.words["title"] if part.paragraph == TITLE else screen.words["paragraph"].format(n=part.paragraph + 1)
    return part.words, where, f"{part.weight:+.1f}"


def page_screen(screen: Screen, file: str, _unsaved: object) -> bytes:
    """The paragraphs of a page, with what was left out and why."""
    page = page_of(screen.desk, file)
    parsed = page.read(page.raw.header)
    return screen.fill(
        "paragraphs",
        file=file,
        mark=splits_mark(parsed),
        splits_in_word=page.word(page.raw.header).splits,
        may_be_several=len(parsed.articles) > 1 or any(one.code == "second-article" for one in parsed.problems),
        sidecar=page.sidecar.name,
        passages=passages(parsed),
        problems=parsed.all_problems,
        articles=_stories_of(screen, parsed.articles),
    )


def _stories_of(screen: Screen, articles: tuple[Article, ...]) -> list[tuple[Article, Row | None, Sequence[Member]]]:
    """(article, its story if it is in one, all reports of that story if it has several) for the articles of a page."""
    opened, view = screen.desk.opened, screen.desk.view
    briefs = {(article.file, article.part): brief for brief in opened.briefs for article in brief.story.articles}
    rows: list[tuple[Article, Row | None, Sequence[Member]]] = []
    for article in articles:
        brief = briefs.get((article.file, article.part))
        if brief is None:
            rows.append((article, None, ()))
        else:
            reports = members(opened, brief.story) if brief.story.copies else ()
            rows.append((article, row(brief, view, screen.page), reports))
    return rows


def paste_screen(screen: Screen, _subject: str, pasted: Pasted | None) -> bytes:
    """The box to paste a page into, and what was read from a pasted page."""
    pasted = pasted or Pasted()
    page = pasted.planned.page if pasted.planned else ParsedPage("", ())
    return screen.fill(
        "paste",
        pasted=pasted,
        keys=STATED,
        articles=[_stated_fields(screen, article) for article in page.articles],
        problems=page.all_problems,
        passages=passages(page),
    )


def _stated_fields(screen: Screen, article: Article) -> list[tuple[str, str]]:
    """(label, value) of the main fields of an article; the value is "" where neither page nor person states it."""
    day = article.published.value
    published = (day.iso or article.published.words) if day else ""
    doubt = f" ({screen.words['day_or_month']})" if day and day.ambiguous else ""
    values = {"title": article.title.value, "outlet": article.outlet.value, "agency": article.agency.value,
              "url": article.url.value, "published": published + doubt}  # fmt: skip
    return [(screen.words[f"field_{key}"], value or "") for key, value in values.items()]
