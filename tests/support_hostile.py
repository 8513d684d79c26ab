"""A site in which every field that a stranger or an editor writes holds an attack, made of real files."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from site_src.pipeline import Options, build
from site_src.pipeline.opening import open_stories
from site_src.places import Places, find_places
from site_src.settings import load_settings
from site_src.store import Store
from site_src.translate.po.lines import quote

ROOT = Path(__file__).parent.parent
ONES = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"]
TENS = ["صفرية", "عشرية", "عشرينية", "ثلاثينية", "أربعينية", "خمسينية", "ستينية", "سبعينية", "ثمانينية", "تسعينية"]
HUNDREDS = ["القديمة", "الجديدة", "الكبيرة", "البعيدة"]
WORDS = "قناة سد جسر ميناء طريق مصنع حقل نهر واد سوق مدرسة مشفى مطار محطة مخزن حديقة مكتبة جامعة بلدة قرية ضفة شاطئ"
WORDS += " مرفأ سكة نفق بئر خزان مزرعة محصول قمح قطن أرز تمر صوف حديد نحاس غاز فحم ورق زجاج خشب حجر طين رمل ملح مطر"
_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[ntr\\])")
_BARE = re.compile(r"[\x00-\x1f\x7f]")
TEXTS = ("title", "outlet", "agency", "author", "url", "aggregator", "note")


def payloads() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "cases" / "payloads.txt").read_text("utf-8").split("\n## ", 1)[1].split("\n")[1:]
    return tuple(_ESCAPE.sub(_character, line) for line in lines if line and not line.startswith("## "))


def _character(escape: re.Match[str]) -> str:
    return escape[0].encode().decode("unicode_escape")


def _body(person: str, number: int) -> list[str]:
    """Three paragraphs that no other story shares."""
    dice = random.Random(number)
    one, two, three = (" و".join(dice.sample(WORDS.split(), 9)) for _ in range(3))
    return [
        f"أعلن {person} يوم الثلاثاء في طشقند بدء العمل في {one}.",
        f"وقال {person} إن {two} ستخدم {number + 7} ألف مزارع في كازاخستان.",
        f"وأضاف أن {number + 3} مليون دولار أنفقت على {three} قبل توقيع الاتفاق.",
    ]


def toml(text: str) -> str:
    """A TOML string."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _BARE.sub(lambda one: f"\\u{ord(one[0]):04x}", quoted) + '"'


def make_site(folder: Path, words: Sequence[str]) -> Places:
    """Three stories for every word: pasted text with NAME.toml, a web page, Markdown; the word in all their fields."""
    articles, names = folder / "content" / "articles", []
    articles.mkdir(parents=True)
    for place, word in enumerate(words):
        person = f"{ONES[place % 10]} {TENS[place // 10 % 10]} {HUNDREDS[place // 100 % 4]}"
        shown = word.strip() or "x"
        names.append(
            f'[[names]]\nid = "name-{place}"\nkind = "person"\nen = {toml(shown)}\nar = "المهندس {person}"\n'
            f"ar_variants = [{toml('لقب ' + person + shown)}]\nnote = {toml(word)}\nseen = {toml(word)}\n"
        )
        for kind, (ending, write) in enumerate((("txt", _pasted), ("html", _web), ("md", _markdown))):
            write(articles / f"{ending}-{place:03}.{ending}", word, _body(f"المهندس {person}", 3 * place + kind))
    (folder / "content" / "names.toml").write_text("\n".join(names), "utf-8")
    _prose(folder / "content", words)
    _settings(folder, words[:: max(1, len(words) // 8)])
    return find_places(str(folder / "site.toml"))


def _pasted(path: Path, word: str, body: list[str]) -> None:
    path.write_text("\n\n".join(["عنوان الخبر الأول عن القناة", body[0] + " " + word, word, *body[1:]]), "utf-8")
    said = [f"{key} = {toml(word)}" for key in TEXTS] + [f"sources = [{toml(word or 'x')}]", 'published = "2026-01-12"']
    said += ["[gloss]", f'"مزارع" = {toml(word)}', f'{toml(word)} = "farmer"']
    path.with_suffix(".toml").write_text("\n".join(said) + "\n", "utf-8")


def _web(path: Path, word: str, body: list[str]) -> None:
    safe = html.escape(word)
    metas = ("og:title", "og:site_name", "author", "article:published_time", "og:url", "description")
    head = "".join(f'<meta property="{name}" name="{name}" content="{safe}">' for name in metas)
    path.write_text(
        f"<!DOCTYPE html><html lang=ar><head><title>{safe}</title>{head}<link rel=canonical href=\"{safe}\">"
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{safe}","author":"{safe}"}}</script>'
        f"</head><body><article><h1>{safe} عنوان الخبر عن السكة</h1><p class=byline>{safe}</p>"
        + "".join(f"<p>{line} {safe}</p>" for line in body)
        + f"<p>{body[0]}</p><div>{word}</div></article></body></html>",
        "utf-8",
    )  # fmt: skip


def _markdown(path: Path, word: str, body: list[str]) -> None:
    head = "\n".join(f"{key}: {' '.join(word.split())}" for key in TEXTS)
    path.write_text(f"---\n{head}\n---\n\n# عنوان الطريق {word}\n\n" + f"\n\n{word} ".join(body), "utf-8")


def _prose(content: Path, words: Sequence[str]) -> None:
    for folder in ("pages", "notes"):
        (content / folder).mkdir()
    for lang in ("en", "ar"):
        (content / "pages" / f"about.{lang}.md").write_text(f"# {words[0]}\n\n" + "\n\n".join(words), "utf-8")
    for place, word in enumerate(words):
        (content / "notes" / f"txt-{place:03}.en.md").write_text(f"# {word}\n\n{word}\n\n- {word}\n", "utf-8")


def _settings(folder: Path, words: Sequence[str]) -> None:
    text = toml("".join(words))
    (folder / "site.toml").write_text(
        f'[site]\nname = {{ ar = {text}, en = {text} }}\ntagline = {{ ar = {text}, en = {text} }}\n'
        f'licence = {{ en = {text} }}\ncontact = {text}\nbase_url = "https://example.org/b/"\noriginal = "full"\n'
        f'unsorted = "site"\n[[topics]]\nslug = "water"\ntitle = {{ ar = {text}, en = {text} }}\n'
        f'description = {{ en = {text} }}\n[[topics.groups]]\nwords = ["طشقند"]\n',
        "utf-8",
    )  # fmt: skip


def write_translations(places: Places, words: Sequence[str]) -> None:
    """A PO file for every story: the attack as the approved English and in every kind of comment."""
    settings = load_settings(places.config)
    with closing(Store(None)) as store:
        briefs = open_stories(places, settings, store).briefs
    places.translations.mkdir(exist_ok=True)
    for brief in briefs:
        word = words[int(re.sub(r"\D", "", brief.story.slug) or 0) % len(words)]
        flat = " ".join(word.split("\n"))
        entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
        for place, source in enumerate(dict.fromkeys([brief.title.value or "", *(s.text for s in brief.sentences)])):
            state = ("", "#, fuzzy\n", f"#, fuzzy\n#| msgid {quote(word)}\n", f"# withheld: {flat}\n")[place % 4]
            notes = f"# approved: {flat}\n#. engine: {flat}\n#. finding: error x: {flat}\n#: {flat}\n"
            entries.append(f"{notes if place % 4 != 3 else ''}{state}msgid {quote(source)}\nmsgstr {quote(word)}\n")
        name = f"{brief.story.slug}.en.po"
        (places.translations / name).write_text("\n".join(entries).replace("\r", " "), "utf-8")


def built(folder: Path, words: Sequence[str]) -> Places:
    """The site of these words, translated and built."""
    places = make_site(folder, words)
    write_translations(places, words)
    build(places, load_settings(places.config), Options(frozen=True))
    return places
