"""A small publication for the tests of search: stories that differ in words, source, month, topic and state."""

from __future__ import annotations

from functools import partial

import support_publication as support
from msgspec.structs import replace

from site_src.model.brief import Brief, Facts, Mention, Sentence
from site_src.model.edition import StoryEdition
from site_src.model.fields import Day
from site_src.model.output import Page, each_recipe
from site_src.model.publication import Publication
from site_src.render import render
from site_src.search import make_index
from site_src.settings import Settings
from site_src.text.names import NameBook

LANGUAGES = ("en", "ar")
FILLERS = 12

Told = tuple[Brief, StoryEdition]


def story(
    slug: str, title: str, sentence: str, state: str = "pending", *, english: tuple[str, str] = ("", ""),
    topic: str = "energy", day: Day | None = support.NOVEMBER, outlet: str = "وكالة الأنباء", mentions: str = "",
) -> Told:  # fmt: skip
    """A story of one sentence; `english` are its title and sentence there; `mentions` a name that it mentions."""
    lead = support.article(title, day, outlet)
    lead = replace(lead, paragraphs=(replace(lead.paragraphs[0], text=sentence),))
    made = replace(
        support.brief(slug, lead, (topic,), title),
        sentences=(Sentence(sentence, 0, 0, len(sentence), 0),), figures=(),
        mentions=(Mention(mentions, 0, 0, 4),) if mentions else (),
    )  # fmt: skip
    origin = {"approved": "authors", "machine": "machine"}.get(state, "none")
    told = [support.rendering(state, origin, source, text)
            for source, text in ((title, english[0]), (sentence, english[1]))]  # fmt: skip
    return made, StoryEdition(made, told[0], (told[1],))


def stories() -> list[Told]:
    fillers = [story(f"market-{number}", f"النفط في الجلسة {number}", f"سجل النفط مستوى {number} نقطة في التداولات.")
               for number in range(1, FILLERS + 1)]  # fmt: skip
    return [
        story("summit", "القِمَّة الأوروبيّة تبحث أمن الطاقة", "أكّد إبراهيم أنّ المدرسة تبقى مفتوحة للرؤساء عام ٢٠٢٥.",
              "approved", english=("European summit on energy security", "Ibrahim said the school stays open.")),
        story("visit", "زيارة رسمية إلى ألماتي", "وصل توكاييف إلى المدينة صباح الأحد للقاء رجال الأعمال.",
              topic="central-asia", day=Day(2025, 10, 5), outlet="صحيفة المساء", mentions="tokayev"),
        story("grain", "مستشفى جديد في الريف", "قال الطبيب إن المستشفى يستقبل المرضى <b>مجانا</b> & ليلا.", "machine",
              english=("A new hospital in the country", "The doctor said that it takes patients."), day=None),
        *fillers,
    ]  # fmt: skip


def build(told: list[Told] | None = None, *, search: bool = True, chosen: Settings | None = None) -> dict[str, Page]:
    """The site with its search index, by path."""
    told = stories() if told is None else told
    editions: Publication = support.publication(told, LANGUAGES)
    editions = replace(editions, editions=tuple(
        replace(one, stories=tuple(support.arabic(of) for of, _ in told)) if one.lang == "ar" else one
        for one in editions.editions
    ), connections=())  # fmt: skip
    index = partial(make_index, languages=LANGUAGES) if search else None
    made = render(editions, chosen or support.settings(base_url='""'), NameBook.build(support.NAMES),
                  {of.story.slug: Facts() for of, _ in told}, (support.TEMPLATES,), support.ABOUT, index)  # fmt: skip
    return {recipe.path: recipe.page for recipe in each_recipe(made)}
