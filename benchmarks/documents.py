"""Writes the reports of a briefing corpus as a generator reads them: Markdown in two languages, or saved pages.

    python benchmarks/documents.py GENERATOR OUT -n 1000 [--seed 7]

It copies the generator's folder of `peers/` to OUT and writes its documents there, as `peers/generators.toml` lays them
out. Each report is one document in each language; copies are left out, since no generator but ours can tell them. The
same arguments give the same bytes. The header is read alike by all: plain words without ": ", dates without time.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import corpus
from generators import FOLDER, Generator, load

GRAMMAR = corpus.GRAMMAR
LANGUAGES = ("ar", "en")
COPIES = LATER = 0.05
"""Shares of the pages: syndicated copies, and later reports that repeat paragraphs of an earlier one."""
JUNK = 0.6
HOME = 50
"""Stories on a home page."""
UNDATED = "2024-01-01"


@dataclass(frozen=True)
class Document:
    """A report in one language."""

    slug: str
    lang: str
    title: str
    date: str
    outlet: str
    topic: int
    """Place in `GRAMMAR["topic"]`."""
    paragraphs: tuple[str, ...]


def arabic(text: corpus.Text) -> Document:
    return Document(_slug(text), "ar", text.title, text.date or UNDATED, text.outlet, corpus.topic_of(text),
                    text.paragraphs)  # fmt: skip


def english(text: corpus.Text, seed: int) -> Document:
    """A document with as many English words as a briefing has; they say nothing that the Arabic says."""
    rng = random.Random(f"{seed} {text.story}")
    words = GRAMMAR["english"]
    sentences = tuple(corpus.expand("sentence", rng, words) for _ in range(4))
    return Document(_slug(text), "en", corpus.expand("title", rng, words), text.date or UNDATED, text.outlet,
                    corpus.topic_of(text), sentences)  # fmt: skip


def _slug(text: corpus.Text) -> str:
    return f"story-{text.story:05}"


def markdown(document: Document) -> str:
    """The document with its header."""
    topic = GRAMMAR["topic"][document.topic]
    header = {
        "title": document.title, "date": document.date, "slug": document.slug, "lang": document.lang,
        "outlet": document.outlet, "topics": topic["slug"], "topicname": topic[document.lang],
        "category": f"{topic['slug']}-{document.lang}", "summary": document.paragraphs[0],
    }  # fmt: skip
    lines = [f"{key}: {value.replace(': ', ' - ')}" for key, value in header.items()]
    lead, *rest = document.paragraphs
    return "\n".join(["---", *lines, "---", ""]) + "\n\n".join([f"\n**{lead}**", *rest, f"*{document.outlet}*"]) + "\n"


def listing(documents: Iterable[Document], title: str, up: str) -> str:
    """A list of stories as a page of its own; `up` leads from it to the folder of the language."""
    rows = [f"- {each.date} [{each.title}]({up}stories/{each.slug}.md) {each.outlet}" for each in documents]
    return "\n".join(["---", f"title: {title}", "---", "", *rows]) + "\n"


def listings(documents: list[Document]) -> Iterator[tuple[str, str, str]]:
    """(language, folder within it, Markdown) of every list: home pages and topics, newest first."""
    by_list: dict[tuple[str, str, str], list[Document]] = defaultdict(list)
    for document in sorted(documents, key=lambda document: document.date, reverse=True):
        topic = GRAMMAR["topic"][document.topic]
        by_list[document.lang, f"topics/{topic['slug']}/", topic[document.lang]].append(document)
        by_list[document.lang, "", "Mujaz"].append(document)
    for (lang, folder, title), members in by_list.items():
        yield lang, folder, listing(members if folder else members[:HOME], title, "../../" if folder else "")


def write_documents(site: Path, generator: Generator, stories: Iterable[corpus.Text], seed: int) -> None:
    """Write what a Markdown generator reads."""
    documents = [document for text in stories for document in (arabic(text), english(text, seed))]
    for document in documents:
        _put(site / generator.document_path(document.lang).format(slug=document.slug), markdown(document))
    if generator.lists:
        for lang, folder, content in listings(documents):
            _put(site / generator.lists.format(lang=lang, path=folder), content)
    topics = [{key: topic[key] for key in ("slug", *LANGUAGES)} for topic in GRAMMAR["topic"]]
    _put(site / generator.topics, json.dumps(topics, ensure_ascii=False, indent=1))


def write_pages(site: Path, generator: Generator, pages: list[tuple[corpus.Text, ...]], seed: int) -> None:
    """Write what our own generator reads: saved pages, the shipped names, topics whose words are their trades."""
    corpus.write(site / generator.raw, pages, random.Random(seed + 1), JUNK)
    (site / generator.raw / "truth.jsonl").unlink()
    shutil.copy(FOLDER.parent.parent / "content" / "names.toml", site / "content")
    path = site / "site.toml"
    settings = path.read_text("utf-8")
    if generator.extras:
        settings = settings.replace("extras = []\n", "")
    path.write_text(settings + "".join(map(_rules, GRAMMAR["topic"])), "utf-8")


def _rules(topic: dict[str, object]) -> str:
    titles = ", ".join(f"{lang} = {json.dumps(topic[lang], ensure_ascii=False)}" for lang in LANGUAGES)
    rules = [
        "", "[[topics]]", f'slug = "{topic["slug"]}"', f"title = {{ {titles} }}", "threshold = 0.5",
        "[[topics.groups]]", f"words = {json.dumps(topic['trades'], ensure_ascii=False)}", "",
    ]  # fmt: skip
    return "\n".join(rules)


def _put(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def make_site(generator: Generator, site: Path, count: int, seed: int) -> None:
    """Write to `site`, a folder that is not there yet, all that the generator reads."""
    shutil.copytree(FOLDER / generator.folder, site)
    pages = corpus.briefing(count, seed, COPIES, LATER)
    if generator.raw:
        write_pages(site, generator, pages, seed)
        return
    write_documents(site, generator, (text for page in pages for text in page if not corpus.is_copy(text)), seed)


def main(arguments: list[str]) -> int:
    generators = load()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("generator", choices=list(generators))
    parser.add_argument("out", type=Path, help="a folder that is not there yet")
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    make_site(generators[options.generator], options.out, options.n, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
