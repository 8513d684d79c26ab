"""Briefs, an engine that can be told what to say, and a site around them, for the tests of translation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_src.model.brief import Brief, Sentence
from site_src.model.fields import Day, Found
from site_src.model.page import Article, Paragraph
from site_src.model.story import Story
from site_src.pipeline.memories import KnownFiles
from site_src.settings import Settings, Site, Translation
from site_src.store import Store
from site_src.text.names import NameBook
from site_src.translate.editions import Translated, make_editions
from site_src.translate.engines import Output
from site_src.translate.memory import Memory
from site_src.translate.save import save_edits

TITLE = "وصول العبارة الأولى إلى ميناء الجزيرة بعد الإصلاح"
FIRST = "وصلت العبارة صباح الأحد إلى الميناء وعلى متنها ركاب من المدينة"
SECOND = "وقالت الشركة إن الرحلات ستعود إلى موعدها خلال أيام"


def brief(*sentences: str, slug: str = "ferry", title: str = TITLE, day: Day | None = None, lang: str = "ar") -> Brief:
    paragraphs = tuple(Paragraph("text", text, line) for line, text in enumerate(sentences, 3))
    published = Found(day, "stated") if day else Found()
    lead = Article("a.txt", 1, lang, Found(title, "stated"), paragraphs, published)
    chosen = tuple(Sentence(text, place, 0, len(text), place) for place, text in enumerate(sentences))
    return Brief(Story(slug, lead), ("sea",), lead.title, chosen)


def load_memory(folder: Path, lang: str) -> Memory:
    """The memory of a folder as a build that remembers nothing reads it."""
    return KnownFiles(Store(None)).memory(folder, lang)


def memory(folder: Path, **files: str) -> Memory:
    """The English memory of a folder into which these files were written, by their stories."""
    for slug, text in files.items():
        (folder / f"{slug}.en.po").write_text(text, "utf-8")
    return load_memory(folder, "en")


def entry(source: str, text: str, head: str = "") -> str:
    """An entry of a PO file, `head` being the lines above it."""
    return f'{head}msgid "{source}"\nmsgstr "{text}"\n\n'


NOBODY = NameBook.build(())


def translate(
    folder: Path, *briefs: Brief, publish: str = "checked", langs: tuple[str, ...] = ("en", "ar"),
    engine: object = None, save: bool = True, names: NameBook = NOBODY, **options: object,
) -> Translated:  # fmt: skip
    """The editions of these briefs from the memory in `folder`, in which what an engine made is saved."""
    settings = Settings(site=Site(languages=langs), translation=Translation(publish=publish))
    memories = [load_memory(folder, lang) for lang in langs]
    made = make_editions(briefs, settings, memories, engine, names, **options)
    if save:
        assert save_edits(folder, made.edits).problems == ()
    return made


def renderings(made: Translated) -> dict[str, tuple[str, str, str]]:
    """(state, origin, text) of each rendering of the first edition, by its source."""
    return {
        rendering.source: (rendering.state, rendering.origin, rendering.text)
        for story in made.editions[0].stories
        for rendering in story.renderings
    }


@dataclass
class Dictionary:
    """An engine of the test: a dictionary, so that what is translated can be told."""

    translations: dict[str, str]
    requests: list[list[str]] = field(default_factory=list)
    stop_after: int = 99

    def describe(self, source_lang: str, target_lang: str) -> str:
        return "Dictionary 1.0"

    def translate(
        self, sentences: Sequence[str], source_lang: str, target_lang: str
    ) -> Iterator[tuple[tuple[int, Output], ...]]:
        self.requests.append(list(sentences))
        for place, sentence in enumerate(sentences):
            if place == self.stop_after:
                raise KeyboardInterrupt
            yield ((place, Output(self.translations.get(sentence, ""), -0.5)),)


ENGLISH = {
    TITLE: "First ferry reaches the island port after repairs",
    FIRST: "The ferry reached the port on Sunday morning with passengers from the city",
    SECOND: "The company said the crossings would be back on time within days",
}
