"""A publication in which every state of a story occurs, for the tests of what is rendered from it."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from site_src.model.brief import Brief, Fact, Facts, Figure, Mention, Sentence
from site_src.model.edition import Edition, Finding, Rendering, StoryEdition
from site_src.model.fields import Day, Found
from site_src.model.names import Name
from site_src.model.output import Page, each_recipe
from site_src.model.page import Article, EditorsWord, Paragraph
from site_src.model.publication import Change, Connections, FollowUp, Publication
from site_src.model.story import Copy, Story
from site_src.render import Indexer, render
from site_src.settings import Settings, parse_settings
from site_src.text.names import NameBook

TEMPLATES = Path(__file__).parent.parent / "templates"
BASE = "https://example.org/briefs/"

NAMES = (
    Name("tokayev", "person", "Kassym-Jomart Tokayev", "قاسم جومارت توكاييف", en_short="Tokayev",
         ar_variants=("توكاييف", "قاسم جومرت توكاييف"), country="KZ", seen="sample page"),
    Name("kazakhstan", "place", "Kazakhstan", "كازاخستان", ar_variants=("قازاقستان",), seen="cldr"),
    Name("hungary", "place", "Hungary", "المجر", ar_variants=("هنغاريا",), seen="cldr"),
    Name("opec", "organisation", "OPEC", "أوبك", seen="https://example.org/opec"),
    Name("c5-plus-1", "agreement", "C5+1", "مجموعة خمسة زائد واحد", seen="sample page"),
)  # fmt: skip
ENGINE = "Argos Translate, Arabic-English package 1.0"
SENTENCES = (
    "قال الرئيس قاسم جومارت توكاييف إن بلاده ستزيد صادرات الحبوب إلى الصين بنسبة 15% خلال عام 2026.",
    "وأضاف أن صيغة «C5+1» تتيح لكازاخستان تعاونا أوسع في النقل والطاقة، ونشر ذلك على منصة Truth Social.",
    "وتبلغ قيمة الاتفاقات الموقعة 3.5 مليارات دولار، وفق بيان صدر عن الرئاسة.",
)
ENGLISH = (
    "President Kassym-Jomart Tokayev said his country would raise grain exports to China by 15% during 2026.",
    "He added that the C5+1 format allows Kazakhstan wider cooperation in transport and energy, and posted this on "
    "Truth Social.",
    "The agreements signed are worth 3.5 billion US dollars, according to a statement from the presidency.",
)
TITLE, TITLE_EN = "كازاخستان ترفع صادرات الحبوب", "Kazakhstan raises its grain exports"


def settings(titles: str = "", **site: str) -> Settings:
    """Two topics, two editions; keys of `[site]` as TOML text instead of these; `titles` for more languages."""
    keys = {
        "name": '{ar = "موجز", en = "Mujaz"}', "languages": '["en", "ar"]', "base_url": f'"{BASE}"',
        "tagline": '{ar = "أخبار عربية موجزة", en = "Arabic news, briefed"}',
    } | site  # fmt: skip
    topics = "\n".join(
        f'[[topics]]\nslug = "{slug}"\ntitle = {{ar = "{ar}", en = "{en}"{titles}}}\n'
        'description = {ar = "وصف", en = "About it"}\n'
        f'[[topics.groups]]\nwords = ["نص"]'
        for slug, ar, en in (("central-asia", "آسيا الوسطى", "Central Asia"), ("energy", "الطاقة", "Energy"))
    )
    return parse_settings("[site]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items()) + "\n" + topics)


NOVEMBER = Day(2025, 11, 8)


def stated_value(value: str | None, status: str = "stated", **more: str) -> Found[str]:
    """What a page states; nothing where the value is empty."""
    return Found(value, status, **more) if value else Found()


def article(
    title: str | None = TITLE, day: Day | None = NOVEMBER, outlet: str | None = "وكالة الأنباء", **more: object
) -> Article:
    paragraphs = (
        Paragraph("text", SENTENCES[0], 3),
        Paragraph("heading", "تعاون أوسع", 5),
        Paragraph("text", f"{SENTENCES[1]} وهذه جملة أخرى لم تُختر للملخص.", 7),
        Paragraph("text", "فقرة كاملة لم تُختر منها جملة.", 9),
        Paragraph("text", SENTENCES[2], 11),
    )
    lead = Article(
        "a-file.txt", 1, "ar", stated_value(title, where="line 1"), paragraphs,
        published=Found(day, "stated", "8th, November 2025 GMT", "line 2") if day else Found(),
        outlet=stated_value(outlet), url=stated_value("https://news.example/قصة?x=1" if outlet else None),
    )  # fmt: skip
    return replace(lead, **more)


def brief(slug: str, lead: Article, topics: tuple[str, ...] = ("central-asia",), title: str | None = TITLE) -> Brief:
    places = (0, 2, 4)
    mentions = [Mention("tokayev", 0, 11, 29), Mention("kazakhstan", 2, 30, 38), Mention("c5-plus-1", 2, 15, 19)]
    if title:
        mentions.insert(0, Mention("kazakhstan", -1, 0, 9))
    return Brief(
        Story(slug, lead, first_seen="2025-11-09"), topics,
        Found(title, "stated" if lead.title.value else "inferred") if title else Found(),
        tuple(Sentence(text, place, 0, len(text), rank)
              for rank, (text, place) in enumerate(zip(SENTENCES, places, strict=True))),
        tuple(mentions),
        (Figure("percent", 0, 75, 78, "15", unit="percent", english="15 percent"),
         Figure("money", 4, 21, 39, "3500000000", unit="USD", english="3.5 billion US dollars")),
    )  # fmt: skip


def rendering(
    state: str, origin: str, source: str, text: str, findings: tuple[Finding, ...] = (), why: str = ""
) -> Rendering:
    engine = ENGINE if origin == "machine" else ""
    return Rendering(source, text, state, origin, engine, findings, why)


def english(story: Brief, state: str, origin: str = "none", **changes: Rendering) -> StoryEdition:
    """The English of a story, all in one state; `title`, `s1`, `s2` and `s3` replace its renderings."""
    title, has_text = story.title.value or "", state in {"approved", "machine"}
    renderings = {"title": rendering(state, origin, title, TITLE_EN if has_text and title else "")}
    for number, (source, text) in enumerate(zip(SENTENCES, ENGLISH, strict=True), 1):
        renderings[f"s{number}"] = rendering(state, origin, source, text if has_text else "")
    renderings |= changes
    return StoryEdition(story, renderings["title"], tuple(renderings[f"s{number}"] for number in (1, 2, 3)))


def arabic(story: Brief) -> StoryEdition:
    title = story.title.value or ""
    sentences = tuple(rendering("source", "source", sentence.text, sentence.text) for sentence in story.sentences)
    return StoryEdition(story, rendering("source", "source", title, title), sentences)


NUMBER = Finding("numbers", "error", "2026", "source", 88, 92)
LOST_NAME = Finding("names", "warning", "كازاخستان", "source", 30, 38)


def stories() -> list[tuple[Brief, StoryEdition]]:
    """Every state a story can be in, newest first and undated last."""
    copy = Copy(article(None, None, None, file="copy.txt"), 1.0, 5, 5, "same-text")
    carried = brief("carried", article())
    carried = replace(carried, story=replace(carried.story, copies=(copy,)))
    agency = article(agency=stated_value("ا ف ب", id="afp"), outlet="يورونيوز", url=Found())
    event = article(day=None, event=Found(Day(None, 11, 7, weekday=4), "stated"), outlet=None,
                    sources=(stated_value("AP", id="ap"),), url=Found())  # fmt: skip
    noted = article(word=EditorsWord(note="ملاحظة **مهمة** من المحررين."))
    long_title = "عنوان طويل جدا " * 14
    partly = brief("partly", article())
    return [
        pair(carried, "approved", "authors"),
        pair(brief("machine", article(day=Day(2025, 10, 29, weekday=2))), "machine", "machine",
              s1=rendering("machine", "machine", SENTENCES[0], ENGLISH[0].replace("2026", "the year"), (NUMBER,)),
              s2=rendering("machine", "machine", SENTENCES[1], ENGLISH[1], (LOST_NAME,))),
        pair(brief("reviewed", noted, ("energy", "central-asia")), "approved", "editor"),
        pair(brief("pending", agency), "pending"),
        pair(partly, "machine", "machine",
              title=rendering("withheld", "machine", TITLE, ""), s2=rendering("pending", "none", SENTENCES[1], ""),
              s3=rendering("withheld", "machine", SENTENCES[2], "", (NUMBER,), "الرقم مغلوط")),
        pair(brief("stale", article(day=Day(2025, None, None))), "stale", "authors"),
        pair(brief("draft", article(day=Day(2025, 11, None))), "draft", "editor"),
        pair(brief("long", article(long_title), title=long_title), "approved", "authors",
              title=rendering("approved", "authors", long_title, "A very long headline indeed " * 8)),
        pair(brief("untitled", article(None, None, None), title=None), "pending"),
        pair(brief("derived", article(None), title=TITLE), "approved", "authors"),
        pair(brief("event", event, ("energy",)), "approved", "authors"),
    ]  # fmt: skip


def pair(story: Brief, state: str, origin: str = "none", **changes: Rendering) -> tuple[Brief, StoryEdition]:
    """A story with its English."""
    return story, english(story, state, origin, **changes)


def publication(
    pairs: list[tuple[Brief, StoryEdition]] | None = None, languages: tuple[str, ...] = ("en", "ar")
) -> Publication:
    """The stories, each with its English, in the languages; every state of a story unless given."""
    pairs = stories() if pairs is None else pairs
    editions = {"en": tuple(edition for _, edition in pairs), "ar": tuple(arabic(story) for story, _ in pairs)}
    slugs = [story.story.slug for story, _ in pairs]
    steps = tuple(
        Connections(slug, (("central-asia", slugs[place + 1] if place + 1 < len(slugs) else "",
                            slugs[place - 1] if place else ""),),
                    (FollowUp(slugs[0], ("kazakhstan",), ("15 percent",)),) if place else ())
        for place, slug in enumerate(slugs)
    )  # fmt: skip
    changes = (Change("carried", "new"), Change("machine", "changed", ("title", "translation")),
               Change("lost", "gone", title="خبر حُذف")) if pairs else ()  # fmt: skip
    return Publication(
        tuple(Edition(lang, editions.get(lang, editions["en"])) for lang in languages), NAMES, steps, changes,
        (("old-address", slugs[0]),) if slugs else (), Day(2025, 11, 8) if slugs else None,
    )  # fmt: skip


FACTS = Facts((
    Fact("قاسم جومارت توكاييف", "Kassym-Jomart Tokayev", "who", "tokayev", 1, 0, ("توكاييف",)),
    Fact("كازاخستان", "Kazakhstan", "where", "kazakhstan", 2, 2),
    Fact("عام 2026", "2026", "when", "", 1, 0),
    Fact("بنسبة 15%", "15 percent", "figure", "", 1, 0),
    Fact("3.5 مليارات دولار", "3.5 billion US dollars", "figure", "", 3, 4),
    Fact("اتفاقات", "", "figure", "", 3, 4), Fact("جملة", "one sentence", "figure", "", 0, 2, (), True),
    Fact("قال الرئيس قاسم جومارت توكاييف", "Kassym-Jomart Tokayev said", "said", "tokayev", 1, 0),
))  # fmt: skip
ABOUT = {
    "about.en": '# About\n\nHow it is made. The word <bdi lang="ar" dir="rtl">موجز</bdi> means brief.\n',
    "about.ar": "# عن الموجز\n\nكيف أُعدّ.\n",
}


def build(
    published: Publication | None = None,
    chosen: Settings | None = None,
    templates: tuple[Path, ...] = (TEMPLATES,),
    pages: dict[str, str] | None = None,
    facts: Facts = FACTS,
    index: Indexer | None = None,
) -> dict[str, Page]:
    """The rendered site, by path."""
    published = publication() if published is None else published
    slugs = {story.slug for edition in published.editions for story in edition.stories}
    recipes = render(published, chosen or settings(), NameBook.build(NAMES), dict.fromkeys(slugs, facts), templates,
                     ABOUT if pages is None else pages, index)  # fmt: skip
    return {recipe.path: recipe.page for recipe in each_recipe(recipes)}


def write(folder: Path, site: dict[str, Page]) -> None:
    for path, page in site.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(page.content)
