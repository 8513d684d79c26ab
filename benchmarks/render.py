"""Renders a generated publication in two editions: CPU a page, bytes, peak memory.

    python benchmarks/render.py --stories 10000 [--profile]

Each story has about twelve paragraphs, four of them in the summary with a translation, twelve of a thousand names,
four figures, one saying; one in ten has a copy. Stories follow one another in two topics and mention follow-ups.
Only making the pages is timed, not making the publication or writing files.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import resource
import sys
from itertools import islice
from pathlib import Path
from time import process_time

sys.path.append(str(Path(__file__).parent.parent))

import corpus

from site_src.cli import collect_seldom
from site_src.model.brief import Brief, Fact, Facts, Figure, Mention, Saying, Sentence
from site_src.model.edition import Edition, Rendering, StoryEdition
from site_src.model.fields import Day, Found
from site_src.model.names import Name
from site_src.model.output import Page, each_recipe
from site_src.model.page import Article, Paragraph
from site_src.model.publication import Connections, FollowUp, Publication
from site_src.model.story import Copy, Story
from site_src.render import render
from site_src.settings import Settings, parse_settings
from site_src.text.names import NameBook

ROOT = Path(__file__).parent.parent
NAMES = tuple(Name(f"name-{n}", ("person", "place", "organisation")[n % 3], f"Example Name {n}", f"{first} {last}")
              for n, (first, last) in enumerate(islice(
                  ((first, last) for last in corpus.GRAMMAR["last"] * 4 for first in corpus.GRAMMAR["first"]), 1000
              )))  # fmt: skip
TOPICS = ("north", "south")
ENGLISH = (
    "The ministry of {name} said on Tuesday that {figure} percent of the work, which began in 2024, would be "
    "done by 2027."
)


def settings() -> Settings:
    """A site of two topics with every extra."""
    topics = "".join(f'[[topics]]\nslug = "{slug}"\ntitle = {{ar = "موضوع", en = "Topic {slug}"}}\n'
                     f'[[topics.groups]]\nwords = ["نص"]\n' for slug in TOPICS)  # fmt: skip
    return parse_settings(f'[site]\nbase_url = "https://example.org/"\n{topics}')


def brief(text: corpus.Text, rng: random.Random) -> Brief:
    """A briefing of a generated text."""
    published = Found(Day(*map(int, text.date.split("-"))), "stated", text.date, "line 2") if text.date else Found()
    lead = Article(
        text.file, 1, "ar", Found(text.title, "stated"),
        tuple(Paragraph("text", words, line) for line, words in enumerate(text.paragraphs, 3)),
        published=published, outlet=Found(text.outlet, "stated"),
        url=Found(f"https://news.example/{text.file}", "stated"),
    )  # fmt: skip
    copies = (Copy(lead, 1.0, 12, 12, "same-text"),) if rng.random() < 0.1 else ()
    places = tuple(range(0, min(len(text.paragraphs), 8), 2))
    return Brief(
        Story(f"story-{text.file.removesuffix('.txt')}", lead, copies, text.date or "2025-11-08"),
        (rng.choice(TOPICS),), lead.title,
        tuple(Sentence(text.paragraphs[place], place, 0, len(text.paragraphs[place]), place) for place in places),
        tuple(Mention(name.id, rng.choice(places), 0, 5) for name in rng.sample(NAMES, 12)),
        tuple(Figure("percent", place, 10, 12, "15", english=f"{rng.randint(1, 99)} percent") for place in places),
        (Saying(0, 0, 20, "say", "", "الوزير", quoted=False),),
    )  # fmt: skip


def english(story: Brief, rng: random.Random) -> StoryEdition:
    """The briefing as a machine would translate it."""
    texts = [ENGLISH.format(name=rng.choice(NAMES).en, figure=rng.randint(1, 99)) for _ in story.sentences]
    title, *sentences = (Rendering("", text, "machine", "machine", "An engine") for text in [texts[0][:70], *texts])
    return StoryEdition(story, title, tuple(sentences))


def arabic(story: Brief) -> StoryEdition:
    """The briefing in its own language."""
    title, *sentences = (Rendering(text, text, "source", "source")
                         for text in (story.title.value or "", *(each.text for each in story.sentences)))  # fmt: skip
    return StoryEdition(story, title, tuple(sentences))


def facts(story: Brief) -> Facts:
    """The facts box of the briefing."""
    by_id = {name.id: name for name in NAMES}
    names = [by_id[mention.name] for mention in story.mentions]
    rows = [Fact(name.ar, name.en, "where" if name.kind == "place" else "who", name.id, 1 + place % 4)
            for place, name in enumerate(names)]  # fmt: skip
    return Facts((
        *(row for row in rows if row.kind == "who"), *(row for row in rows if row.kind == "where"),
        Fact("عام 2024", "2024", "when", "", 2),
        *(Fact(f"{figure.english[:2]} في المئة", figure.english, "figure", "", 1) for figure in story.figures),
        Fact("قال الوزير إن العمل مستمر", f"{names[0].en} said", "said", names[0].id, 1),
    ))  # fmt: skip


def publication(count: int) -> tuple[Publication, dict[str, Facts]]:
    """A publication of `count` stories, and the facts of each."""
    rng = random.Random(7)
    briefs = [brief(text, rng) for text in corpus.texts(count)]
    briefs.sort(key=lambda each: each.story.first_seen, reverse=True)
    slugs = [each.story.slug for each in briefs]
    connections = tuple(
        Connections(each.story.slug, ((each.topics[0], slugs[place - 1], slugs[(place + 1) % count]),),
                    tuple(FollowUp(slugs[(place + step) % count], (NAMES[step].id,), ("15",)) for step in (2, 3)))
        for place, each in enumerate(briefs)
    )  # fmt: skip
    editions = (Edition("en", tuple(english(each, rng) for each in briefs)), Edition("ar", tuple(map(arabic, briefs))))
    site = Publication(editions, NAMES, connections, until=Day(2025, 11, 8))
    return site, {each.story.slug: facts(each) for each in briefs}


def main() -> None:
    """Print what rendering costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--profile", action="store_true", help="list the functions that take the time")
    options = parser.parse_args()
    site, facts_by_slug = publication(options.stories)
    collect_seldom()  # as in a build
    peak_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, count, size, largest = process_time(), 0, 0, 0
    profile = cProfile.Profile() if options.profile else None
    if profile:
        profile.enable()
    recipes = render(site, settings(), NameBook.build(NAMES), facts_by_slug, (ROOT / "templates",), {})
    for recipe in each_recipe(recipes):
        page = recipe.page
        count, size = count + is_page(page), size + len(page.content)
        largest = max(largest, len(page.content) if is_page(page) else 0)
    if profile:
        profile.disable()
        pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(40)
    seconds = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{options.stories} stories, {count} pages: {1000 * seconds / count:.2f} ms CPU a page, {seconds:.1f} s in all"
    )
    print(f"{size / 1e6:.0f} MB of pages, the largest {largest / 1024:.1f} KB; "
          f"peak memory {peak / 1024:.0f} MB, {peak_before / 1024:.0f} MB of it before rendering")  # fmt: skip


def is_page(page: Page) -> bool:
    """Whether a file of the site is a page for readers."""
    return page.path.endswith(".html")


if __name__ == "__main__":
    main()
