"""Hundreds of attacks through every field of real files, built by the real flow: nothing of them is more than text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import hostile_check
import lxml.html
import markdown
import pytest
import support_hostile as support

from site_src.pipeline.handout import make_handout
from site_src.render.handout import Choice
from site_src.settings import load_settings

# What an editor's Markdown may make, and what templates use only for states that the harmless site does not have.
MORE = "a/ p/ h1/ h2/ h3/ h4/ ul/ ol/ li/ em/ strong/ code/ pre/ blockquote/ hr/ br/ table/ thead/ tbody/ tr/ th/ td/ "
MORE += "a/href a/rel p/dir p/lang p/id b/ i/ bdi/ bdi/lang bdi/dir h1/lang h1/dir h3/lang h3/dir ins/ del/ small/ "
MORE += "a/aria-describedby a/tabindex div/lang div/dir details/ summary/"
TOGETHER = 12
HARMLESS = ["كلمة عادية", "https://example.com/a", "plain word", "8 نوفمبر 2025"] * 4
# The chart of a topic with many stories, which the harmless site does not have.
CHART = re.compile(
    r"(en|ar)/topics/[\w/-]+\.html: unknown \('(svg|rect|text|g|line|caption|table|td|th|figure|figcaption)'"
)


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """What the templates and an editor's Markdown make of harmless words."""
    out = support.built(tmp_path_factory.mktemp("harmless"), HARMLESS).out
    return hostile_check.vocabulary(out) | {tuple(pair.split("/")) for pair in MORE.split()}


def test_every_attack_in_every_field_stays_text(tmp_path: Path, known: set[tuple[str, str]]) -> None:
    attacks = support.payloads()
    assert len(attacks) > 300
    words = [" ".join(attacks[start : start + TOGETHER]) for start in range(0, len(attacks), TOGETHER)]
    out = support.built(tmp_path, words).out
    assert len(list(out.glob("en/stories/*.html"))) >= 2 * len(words)
    assert sorted(set(hostile_check.faults(out, known)))[:20] == []


def handed_out(folder: Path, words: Sequence[str], kind: Literal["html", "md"]) -> tuple[str, lxml.html.HtmlElement]:
    """A hand-out, and the document that a browser is given of it."""
    folder.mkdir()
    places = support.make_site(folder, words)
    support.write_translations(places, words)
    text = make_handout(places, load_settings(places.config), Choice(kind)).decode()
    return text, lxml.html.document_fromstring(text if kind == "html" else markdown.markdown(text))


@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_hand_out_of_attacked_briefings_holds_only_text(tmp_path: Path, kind: Literal["html", "md"]) -> None:
    attacks = support.payloads()
    words = [" ".join(attacks[start : start + TOGETHER]) for start in range(0, len(attacks), TOGETHER)]
    _, harmless = handed_out(tmp_path / "harmless", HARMLESS, kind)
    text, tree = handed_out(tmp_path / "attacked", words, kind)
    assert len(tree.xpath("//li")) > 3 * len(words)
    assert hostile_check.disguises(text) == []
    assert hostile_check.pairs(tree) - hostile_check.pairs(harmless) == set()
    assert {address.partition(":")[0] for address in tree.xpath("//@href | //@src")} <= {"http", "https"}


@pytest.mark.soak
def test_each_attack_alone_in_every_field_stays_text(tmp_path: Path, known: set[tuple[str, str]]) -> None:
    out = support.built(tmp_path, list(support.payloads())).out
    print(f"{len(support.payloads())} attacks, {sum(1 for _ in out.rglob('*.html'))} pages")
    wrong = hostile_check.faults(out, known)
    assert [fault for fault in wrong if not CHART.match(fault)][:20] == []
