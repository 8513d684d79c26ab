"""Whatever a page says, it stays text: hostile words through every field and every output."""

import json

import lxml.etree
import lxml.html
import support_publication as support
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_src.model.brief import Fact, Facts
from site_src.model.edition import Finding, Rendering
from site_src.model.fields import Found
from site_src.model.names import Name
from site_src.model.page import EditorsWord, Paragraph
from site_src.model.publication import Change

PAYLOADS = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "</script><svg/onload=a()>",
    "</title><script>x</script>", "{{ 7*7 }}{% raw %}", "]]><x/>", "&lt;b&gt;&#0;", "--><script>1</script>", "<!--",
    "javascript:alert(1)", "<math><mi xlink:href=javascript:1>", "\u202egpj.exe\u2066", "\x00\x08\x1b\ufffe",
    "a\u2028b\u2029c",
    "<a href=javascript:alert(1)>x</a>", "`${alert(1)}`", "<style>*{display:none}</style>", "%0d%0aSet-Cookie: x",
    "<![CDATA[<b>]]>", "<bdi dir=rtl>", "<meta http-equiv=refresh content=0>", "\U000e0001\U0001f600",
)  # fmt: skip
hostile = st.one_of(st.sampled_from(PAYLOADS), st.text(max_size=30), st.lists(st.sampled_from(PAYLOADS)).map("".join))


def poisoned(word: str) -> tuple[support.Publication, Facts]:
    """A publication that holds `word` in every field that a stranger or an editor writes."""
    name = Name("tokayev", "person", word or "x", word or "x", ar_variants=(word,), note=word, country=word, seen=word)
    lead = support.article(
        word, outlet=word or "x", url=Found(word, "stated"), agency=Found(word, "stated"), word=EditorsWord(note=word),
        sources=(Found(word or "x", "stated"),), aggregator=Found(word or "x", "stated"),
    )  # fmt: skip
    paragraphs = (Paragraph("text", word + support.SENTENCES[0], 1), *lead.paragraphs[1:])
    copy = support.Copy(replace(lead, paragraphs=(Paragraph("text", word, 1),)), 0.5, 1, 2, "contained")
    of = support.brief("poisoned", replace(lead, paragraphs=paragraphs), title=word or "x")
    of = replace(of, story=replace(of.story, copies=(copy,)))
    finding = Finding(word, "error", word, "source", 0, 3)
    shown = Rendering(word, word, "machine", "machine", word, (finding,), word)
    withheld = Rendering(word, "", "withheld", "machine", word, (finding,), word)
    english = support.StoryEdition(of, shown, (shown, withheld, shown))
    published = support.publication([(of, english)])
    facts = Facts(tuple(Fact(word, word, "who", "tokayev", 1, 0, (word,)) for _ in range(2)))
    changes = (Change("gone", "gone", title=word), Change("poisoned", "changed", (word,)))
    return replace(published, names=(name, *support.NAMES[1:]), changes=changes), facts


def shape(content: bytes) -> list[str]:
    """Every element and attribute name of a page, in order, without text and the lists whose length may differ."""
    tree = lxml.html.document_fromstring(content)
    return sorted({f"{element.tag} {name}" for element in tree.iter() if isinstance(element.tag, str)
                   for name in (*element.attrib, "")})  # fmt: skip


KNOWN = {entry for page in support.build().values() if page.path.endswith(".html") for entry in shape(page.content)}
KNOWN |= {f"{tag} " for tag in ("p", "a", "ins", "del", "details", "em", "strong", "code", "ul", "li", "ol", "h1", "h2",
                                "h3", "blockquote", "pre", "hr", "br")}  # fmt: skip
KNOWN |= {"a href", "a rel", "p class", "p dir", "p lang", "div lang", "div dir", "mark class", "small ", "bdi lang"}


def test_every_known_payload_at_once_stays_text() -> None:
    check("".join(PAYLOADS))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(hostile)
def test_hostile_words_add_no_element_attribute_or_address(word: str) -> None:
    check(word)


def check(word: str) -> None:
    published, facts = poisoned(word)
    for path, page in support.build(published, facts=facts).items():
        if path.endswith(".html"):
            tree = lxml.html.document_fromstring(page.content)
            assert set(shape(page.content)) <= KNOWN, path
            for address in tree.xpath("//@href | //@src"):
                scheme = address.partition(":")[0].lower() if ":" in address else ""
                assert scheme in {"", "http", "https", "mailto"}, address
            assert len(tree.xpath("//script")) <= 2 and "\u202e" not in page.content.decode()
            for text in tree.xpath("//script[@type='application/ld+json']/text()"):
                json.loads(text)
        elif path.endswith(".xml"):
            lxml.etree.fromstring(page.content)
        elif path.endswith(".json"):
            json.loads(page.content)


def test_template_syntax_in_an_article_is_only_text() -> None:
    published, facts = poisoned("{{ 7*7 }}")
    page = support.build(published, facts=facts)["en/stories/poisoned.html"].content.decode()
    assert "{{ 7*7 }}" in page and "49" not in page


def test_markdown_of_an_editor_can_do_no_harm() -> None:
    about = "# Title\n\n<script>x</script><p onclick=x style=x>text</p> [a](javascript:x) [b](https://example.org/)\n"
    page = support.build(pages={"about.en": about})["en/about/index.html"]
    tree = lxml.html.document_fromstring(page.content)
    prose = tree.xpath("//div[@class='prose']")[0]
    assert not prose.xpath(".//script | .//@onclick | .//@style")
    assert prose.xpath(".//a/@href") == ["https://example.org/"]
    assert set(prose.xpath(".//a/@rel")) == {"noopener noreferrer nofollow external"}
