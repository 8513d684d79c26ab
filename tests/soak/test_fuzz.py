"""Every door that takes foreign words, with words that nobody wrote: none may raise. `--seconds` long each."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import lxml.html
import pytest
import support_hostile as support

from site_src.errors import MujazError
from site_src.model.brief import Brief
from site_src.model.fields import Found
from site_src.model.page import Article, Paragraph, RawPage
from site_src.model.story import Story
from site_src.parse import parse_page
from site_src.pipeline.briefs import brief_of
from site_src.read import decode
from site_src.render.documents import markdown_page
from site_src.render.runs import split_runs, tidy
from site_src.settings import load_settings, parse_settings
from site_src.text.addresses import safe_url
from site_src.text.clean import shown
from site_src.text.dates import find_dates
from site_src.text.figures import find_figures
from site_src.text.fold import folded
from site_src.text.languages import recognise
from site_src.text.names import load_names, parse_names
from site_src.text.sayings import find_sayings
from site_src.text.sentences import split
from site_src.translate.checks import check_pair
from site_src.translate.po import parse_po
from site_src.translate.po.edit import Edit, apply_edits
from site_src.translate.po.lines import PoSyntaxError

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parent.parent.parent
FILES = ("a.txt", "a.md", "a.html", "a.mht", "a.docx", "a")
CODECS = ("utf-8", "utf-8", "utf-16", "cp1256", "iso8859-6")
EDITORS_WORD = (
    'title = "ت"\n',
    "drop = [1]\n",
    'split = ["قال"]\n',
    "[[part]]\n",
    'published = "8 نوفمبر"\n',
    "note = 1\n",
)


class Words:
    """Foreign words: pieces of real pages, of attacks, of any alphabet, cut and joined by dice."""

    def __init__(self, dice: random.Random):
        self.dice = dice
        pages = [path.read_bytes() for path in sorted(ROOT.glob("tests/pages/*/source.*"))]
        self.pages = pages + [path.read_bytes() for path in sorted(ROOT.glob("content/articles/*.txt"))]
        self.texts = [page.decode("utf-8", "replace") for page in self.pages]
        self.attacks = support.payloads()

    def text(self, most: int = 400) -> str:
        return "".join(self._piece(most) for _ in range(self.dice.randint(0, 8)))

    def _piece(self, most: int) -> str:
        dice = self.dice
        kind = dice.randrange(6)
        if kind < 2:
            page = dice.choice(self.texts)
            start = dice.randrange(len(page))
            return page[start : start + dice.randrange(most)]
        if kind == 2:
            return dice.choice(self.attacks)
        if kind == 3:
            return dice.choice(".،؛:!؟\"'«»()[]<>{}-–—/\\|\n\t \u200f\u00a0\u0640%$#*_`") * dice.choice((1, 1, 3, 40))
        if kind == 4:
            return "".join(chr(dice.choice((dice.randrange(0x250), dice.randrange(0x600, 0x700),
                                            dice.randrange(0x2000, 0x2100), dice.randrange(0x110000))))
                           for _ in range(dice.randrange(12)))  # fmt: skip
        return dice.choice(
            ("٣", "12", "2025", "8 نوفمبر 2025", "مليون", "1447/5/8", "%", "عام", "قال الوزير إن ", "\n\n")
        )

    def raw(self) -> bytes:
        dice = self.dice
        kind = dice.randrange(3)
        if kind == 0:
            return self.text(2000).encode(dice.choice(CODECS), "replace")
        if kind == 1:
            return dice.randbytes(dice.randrange(400))
        page = bytearray(dice.choice(self.pages))
        for _ in range(dice.randrange(20)):
            page[dice.randrange(len(page))] = dice.randrange(256)
        start = dice.randrange(len(page)) if dice.random() < 0.3 else 0
        return bytes(page[start : start + dice.randrange(len(page) + 1)] if dice.random() < 0.5 else page[start:])


SETTINGS = load_settings(ROOT / "site.toml")
NAMES = load_names(ROOT / "content" / "names.toml")


def read_and_parse(words: Words) -> None:
    header = "".join(words.dice.sample(EDITORS_WORD, words.dice.randrange(3))) + words.text(20) * words.dice.randrange(
        2
    )
    page = decode(words.dice.choice(FILES), words.raw(), header)
    if isinstance(page, RawPage):
        for article in parse_page(page, ("ar",)).articles:
            assert all(paragraph.text for paragraph in article.paragraphs)
            brief = brief_of(Story("s", article), SETTINGS, NAMES)
            assert all(article.paragraphs[one.paragraph].text[one.start : one.end] for one in brief.sentences)


def briefs(words: Words) -> None:
    paragraphs = tuple(
        Paragraph("text", text, 1) for _ in range(words.dice.randrange(6)) if (text := words.text()).strip()
    )
    article = Article("a.txt", 1, "ar", Found(words.text(60) or "x", "stated"), paragraphs)
    assert isinstance(brief_of(Story("s", article), SETTINGS, NAMES), Brief)


def dates(words: Words) -> None:
    text = words.text()
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)


def sentences(words: Words) -> None:
    text = words.text()
    end = 0
    for start, stop in split(text):
        assert end <= start < stop <= len(text)
        end = stop


def small_texts(words: Words) -> None:
    text = words.text()
    find_figures(text)
    recognise(text)
    folded(text)
    find_sayings(text, NAMES.find(text))
    assert shown(shown(text)[0])[0] == shown(text)[0]
    assert "".join(split_runs(tidy(text), "rtl")) == tidy(text)


def names(words: Words) -> None:
    text = words.text()
    assert all(0 <= found.start < found.end <= len(text) for found in NAMES.find(text))
    keys = ("id", "kind", "en", "ar", words.text(5).strip() or "x")
    entry = "".join(f"{key} = {support.toml(words.text(20))}\n" for key in keys)
    with suppress(MujazError):
        parse_names(f"[[names]]\n{entry}", "names.toml")


def settings_files(words: Words) -> None:
    text = words.dice.choice((words.text(60), f"[site]\nname = {support.toml(words.text(9))}"))
    with suppress(MujazError):
        parse_settings(text.encode("utf-8", "ignore").decode())  # no file in UTF-8 holds half a character


def po_files(words: Words) -> None:
    good = f'msgid "{words.dice.choice("أبت")}"\nmsgstr ""\n'
    text = words.text(60) + good + words.text(60)
    assert isinstance(parse_po("s", text, "s.en.po").entries, tuple)
    try:
        after = apply_edits(good, (Edit("s", "en", words.text(40).strip() or "x", words.text(40), True),))
    except PoSyntaxError:
        return
    assert parse_po("s", after, "s.en.po").problems == ()


def markdown(words: Words) -> None:
    tree = lxml.html.fragment_fromstring(str(markdown_page(words.text())), create_parent="div")
    assert not tree.xpath(".//script | .//style | .//svg | .//img | .//@onclick | .//@style")
    assert all(re.match(r"(https?:|mailto:|[^:]*$|[^:]*[/?#])", href) for href in tree.xpath(".//@href"))


def urls(words: Words) -> None:
    url = safe_url(words.text(30) if words.dice.random() < 0.5 else "https://" + words.text(30))
    assert url == "" or (url.startswith(("http://", "https://")) and url.isascii() and safe_url(url))


def checks(words: Words) -> None:
    for found in check_pair(words.text(), words.text(), NAMES):
        assert found.check and found.severity in ("error", "warning")


TARGETS: tuple[Callable[[Words], None], ...] = (
    read_and_parse, briefs, dates, sentences, small_texts, names, settings_files, po_files, markdown, urls, checks,
)  # fmt: skip


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.__name__)
def test_any_words_are_borne(target: Callable[[Words], None], chance: random.Random, seconds: float) -> None:
    words, count, slowest = Words(chance), 0, (0.0, 0)
    base, until = chance.random(), time.monotonic() + seconds
    while time.monotonic() < until:
        chance.seed(f"{base} {count}")
        began = time.process_time()
        try:
            target(words)
        except Exception as error:
            raise AssertionError(f"{target.__name__}, try {count}: {error!r}") from error
        slowest = max(slowest, (time.process_time() - began, count))
        count += 1
    print(f"{target.__name__}: {count} tries in {seconds:.0f} s, slowest {slowest[0]:.2f} CPU s (try {slowest[1]})")
