"""Hand-outs for mail, word processors and paper: the same briefings, in both directions, and nothing that works."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import docx
import lxml.html
import pytest
import support_publication as support
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support_serving import serve
from support_site import shipped_site

from site_src.cli import main
from site_src.errors import MujazError
from site_src.model.publication import Publication
from site_src.pipeline.printing import find_browser, print_pdf
from site_src.render.handout import Choice, handout
from site_src.render.runs import tidy
from site_src.settings import Settings
from site_src.text.names import NameBook

ARABIC = re.compile("[\u0620-\u06ff]")
LATIN = re.compile("[A-Za-z]")
ARABIC_FIRST = support.settings(languages='["ar", "en"]')
HOSTILE = (
    "<script>alert(1)</script> {{ x }} \u202eevil\u2066 & \r\nBcc: a@b.example =?utf-8?q?x?= ]]> # [x](javascript:y)"
)


def made(kind: str, published: Publication | None = None, chosen: Settings | None = None) -> bytes:
    published = published or support.publication()
    slugs = {story.slug for edition in published.editions for story in edition.stories}
    return handout(published, chosen or support.settings(), NameBook.build(support.NAMES),
                   dict.fromkeys(slugs, support.FACTS), (support.TEMPLATES,), Choice(kind))  # fmt: skip


def hostile() -> Publication:
    of = support.brief("hostile", support.article(HOSTILE), title=HOSTILE)
    title = support.rendering("approved", "authors", HOSTILE, HOSTILE)
    s1 = support.rendering("withheld", "machine", HOSTILE, "", why=HOSTILE)
    return support.publication([(of, support.english(of, "approved", "authors", title=title, s1=s1))])


def opened(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def parts(raw: bytes) -> tuple[str, lxml.html.HtmlElement]:
    plain, page = opened(raw).iter_parts()
    return plain.get_content(), lxml.html.document_fromstring(page.get_content())


# Mail


def test_a_mail_is_a_draft_without_sender_recipient_or_date() -> None:
    message = opened(made("mail"))
    assert message["Subject"] == "Mujaz | The briefing | Data until 8 November 2025"
    assert message["X-Unsent"] == "1"
    assert set(message.keys()) == {"Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("kind", ["html", "md", "mail", "docx"])
def test_the_same_briefings_give_the_same_bytes(kind: str) -> None:
    assert made(kind) == made(kind)


def test_a_mail_can_pass_every_server() -> None:
    raw = made("mail")
    assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) <= 998 and b"\n" not in raw.replace(b"\r\n", b"")


def test_both_parts_of_a_mail_say_the_same() -> None:
    plain, page = parts(made("mail"))
    bare = re.sub("[\u200e\u200f\u2066-\u2069]", "", plain)
    shown = " ".join(page.text_content().split())
    for words in (*support.SENTENCES, *support.ENGLISH, support.TITLE, "Machine translation", support.ENGINE,
                  "Translation withheld", "Not translated yet", "الرقم مغلوط", "29 October 2025"):  # fmt: skip
        assert words in bare and words in shown, words
    for address in (f"{support.BASE}en/stories/machine.html", "https://news.example/%D9%82%D8%B5%D8%A9?x=1"):
        assert address in plain and page.xpath("//a/@href").count(address)


def test_a_mail_needs_no_style_sheet_no_script_and_no_picture() -> None:
    _, page = parts(made("mail"))
    assert not page.xpath("//style | //script | //link | //img | //@class | //@id")
    assert not [style for style in page.xpath("//@style") if "url(" in style or "color" in style]


@pytest.mark.parametrize("chosen", [support.settings(), ARABIC_FIRST], ids=["english first", "arabic first"])
def test_every_word_of_a_mail_stands_under_its_language_and_direction(chosen: Settings) -> None:
    _, page = parts(made("mail", chosen=chosen))
    for node in page.xpath("//body//*[text()[normalize-space()]]"):
        named = next(one for one in (node, *node.iterancestors()) if one.get("lang"))
        assert (named.get("lang"), named.get("dir")) in {("ar", "rtl"), ("en", "ltr")}
        own = " ".join(node.xpath("text()"))
        assert not (LATIN if named.get("lang") == "ar" else ARABIC).search(own), own


def test_english_faces_its_arabic_line_by_line_in_the_plain_text() -> None:
    plain, _ = parts(made("mail"))
    lines = [line for line in plain.splitlines() if line]
    place = lines.index(support.ENGLISH[0])
    assert lines[place + 1].startswith("\u200f") and support.SENTENCES[0][:30] in lines[place + 1]
    assert "\u2066Truth Social\u2069" in plain and "\u2069\u2066" not in plain
    for line in lines:
        assert line.count("\u2069") == len(re.findall("[\u2066\u2067]", line))


def test_a_site_without_an_address_links_to_no_story() -> None:
    plain, page = parts(made("mail", chosen=support.settings(base_url='""')))
    assert "index.html" not in plain and not [href for href in page.xpath("//a/@href") if "index.html" in href]


@settings(max_examples=60, deadline=None)
@given(name=st.text(min_size=1, max_size=120))
def test_no_word_of_a_site_becomes_a_header(name: str) -> None:
    assert_subject(name)


@pytest.mark.parametrize("name", ["x\r\nBcc: a@b.example", "x\n\ny", "=?utf-8?q?=0D=0ABcc:_a@b.example?=", "م" * 300,
                                  "a, b " * 60, "x\u2028Bcc: y", "\u0085To: z", "«موجز» & \"co\", x"])  # fmt: skip
def test_no_attack_becomes_a_header(name: str) -> None:
    assert_subject(name)


def assert_subject(name: str) -> None:
    site = replace(support.settings().site, name={"en": name, "ar": name})
    raw = made("mail", support.publication([]), replace(support.settings(), site=site))
    message = opened(raw)
    assert set(message.keys()) == {"Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    assert len([*message.iter_parts()]) == 2
    assert message["Subject"] == " | ".join(line for one in (name, "The briefing") if (line := on_a_line(one)))


def on_a_line(words: str) -> str:
    return " ".join(tidy(words).split())


def test_attacks_stay_text_in_a_mail() -> None:
    plain, page = parts(made("mail", hostile()))
    assert "<script>alert(1)</script> {{ x }} evil &" in plain
    assert not page.xpath("//script") and "\u202e" not in plain + page.text_content()
    assert {href.partition(":")[0] for href in page.xpath("//a/@href")} == {"https"}


# Word


def paragraphs(document: docx.document.Document) -> list[docx.text.paragraph.Paragraph]:
    return [docx.text.paragraph.Paragraph(one, document) for one in document.element.body.iter(qn("w:p"))]


def bare(text: str) -> str:
    """The text without marks that only hold its order."""
    return re.sub("[\u200e\u200f]", "", text)


def runs(paragraph: docx.text.paragraph.Paragraph) -> list[docx.text.run.Run]:
    return [docx.text.run.Run(one, paragraph) for one in paragraph._p.iter(qn("w:r"))]


@pytest.mark.parametrize("chosen", [support.settings(), ARABIC_FIRST], ids=["english first", "arabic first"])
def test_every_arabic_run_of_a_document_is_right_to_left_and_no_english_one(chosen: Settings) -> None:
    document = docx.Document(io.BytesIO(made("docx", chosen=chosen)))
    found = {True: 0, False: 0}
    for paragraph in paragraphs(document):
        for run in runs(paragraph):
            arabic, rtl = bool(ARABIC.search(run.text)), bool(run.font.rtl)
            if arabic or LATIN.search(run.text):
                assert rtl == arabic == bool(run.font.complex_script), run.text
                [lang] = run._r.xpath("w:rPr/w:lang")
                assert lang.get(qn("w:bidi" if arabic else "w:val")) == ("ar" if arabic else "en")
                found[arabic] += 1
            if bare(run.text) == "15%":
                assert not rtl  # else some programs put the sign on the other side
    assert min(found.values()) > 50


@pytest.mark.parametrize("chosen", [support.settings(), ARABIC_FIRST], ids=["english first", "arabic first"])
def test_a_run_of_the_other_direction_is_held_in_its_place(chosen: Settings) -> None:
    """Without marks LibreOffice draws the day that follows an Arabic outlet into its run: "25 · OUTLET October"."""
    document, held = docx.Document(io.BytesIO(made("docx", chosen=chosen))), 0
    for paragraph in paragraphs(document):
        base = "\u200f" if paragraph._p.xpath("w:pPr/w:bidi") else "\u200e"
        found = runs(paragraph)
        for run, after in pairwise([*found, None]):
            own = "\u200f" if run.font.rtl else "\u200e"
            if own != base:
                assert run.text[0] == run.text[-1] == own and after and after.text == base, paragraph.text
                assert bool(after.font.rtl) == (base == "\u200f")
                held += 1
    assert held > 20


def test_the_head_of_a_story_never_ends_a_sheet() -> None:
    document = docx.Document(io.BytesIO(made("docx")))
    for table in document.tables:
        above, story = table._tbl.getprevious(), []
        while not story or story[-1].style.name != "Heading 2":
            story.append(docx.text.paragraph.Paragraph(above, document))
            above = above.getprevious()
        head = [one for cell in table.rows[0].cells for one in cell.paragraphs]
        assert all(one.paragraph_format.keep_with_next for one in (*story, *head))
        assert not [one for one in table.rows[1].cells[0].paragraphs if one.paragraph_format.keep_with_next]


def test_a_paragraph_of_arabic_begins_at_the_right_and_states_no_side() -> None:
    document = docx.Document(io.BytesIO(made("docx")))
    for paragraph in paragraphs(document):
        first = paragraph._p.xpath("w:pPr/w:bidi")
        text = bare(paragraph.text)
        sentence = text in support.SENTENCES or text == support.TITLE
        assert not paragraph._p.xpath("w:pPr/w:jc")
        if sentence or text in support.ENGLISH:
            assert bool(first) == sentence


def test_a_document_has_headings_tables_of_pairs_and_states_in_words() -> None:
    document = docx.Document(io.BytesIO(made("docx")))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert len(headings) == len(document.tables) == len(support.stories())
    machine = document.tables[1]
    assert [cell.text for cell in machine.rows[0].cells] == ["English", "Arabic"]
    assert machine.rows[0]._tr.xpath("w:trPr/w:tblHeader") and not machine.rows[1]._tr.xpath("w:trPr/w:tblHeader")
    third = [bare(cell.text).split("\n")[0] for cell in machine.rows[3].cells]
    assert third == [support.ENGLISH[2], support.SENTENCES[2]]
    assert "Machine translation" in machine.rows[3].cells[0].text
    assert "Not translated yet" in document.tables[3].rows[1].cells[0].text
    assert f"English by {support.ENGINE}, not reviewed by a person." in [one.text for one in document.paragraphs]
    assert f"{support.BASE}en/stories/machine.html" in {one.target_ref for one in document.part.rels.values()}


def test_a_document_of_arabic_first_has_its_first_column_at_the_right() -> None:
    document = docx.Document(io.BytesIO(made("docx", chosen=ARABIC_FIRST)))
    assert document.core_properties.language == "ar"
    assert all(one._tbl.xpath("w:tblPr/w:bidiVisual") for one in document.tables)
    assert document.sections[0]._sectPr.xpath("w:bidi")
    assert bare(document.tables[0].rows[1].cells[0].text) == support.SENTENCES[0]


def test_a_document_does_not_say_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(made("docx"))) as packed:
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in packed.read("docProps/core.xml").partition(b">")[2].partition(b">")[2]


def test_fonts_of_a_document_have_arabic_letters() -> None:
    document = docx.Document(io.BytesIO(made("docx")))
    fonts = document.styles.element.xpath("//w:rFonts")
    assert fonts and all(one.get(qn("w:cs")) == "Arial" and not one.get(qn("w:cstheme")) for one in fonts)


def test_attacks_stay_text_in_a_document() -> None:
    raw = made("docx", hostile())
    document = docx.Document(io.BytesIO(raw))
    text = "\n".join(paragraph.text for paragraph in paragraphs(document))
    assert "<script>alert(1)</script> {{ x }} evil & Bcc: a@b.example" in text and "\u202e" not in text


def test_without_its_package_a_document_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MujazError, match=r" -m pip install python-docx`"):
        made("docx")


# Paper


@pytest.fixture
def browser() -> str:
    found = find_browser()
    if not found:
        pytest.skip("no browser of the Chromium family here")
    return found


def test_a_print_has_the_words_of_both_languages(browser: str) -> None:
    from pypdf import PdfReader

    sheets = PdfReader(io.BytesIO(print_pdf(made("html")))).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert len(sheets) > 3
    assert support.ENGLISH[2] in text
    words = {word.strip("،.") for word in unicodedata.normalize("NFKC", text).split()}  # letters as they are joined
    assert {word.strip("،.") for word in support.SENTENCES[2].split()} <= words
    width, height = (round(float(side) / 72 * 25.4) for side in (sheets[0].mediabox.width, sheets[0].mediabox.height))
    assert (width, height) == (210, 297)


def test_a_print_asks_no_one_for_anything(browser: str) -> None:
    asked = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with serve(Listening) as port:
        pictures = (f"http://127.0.0.1:{port}/a.png", f"http://localhost:{port}/b.png")
        pdf = print_pdf("".join(["<p>x", *(f'<img src="{address}">' for address in pictures)]).encode())
    assert pdf.startswith(b"%PDF-") and asked == []


def test_a_browser_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUJAZ_BROWSER", "no-such-browser")
    with pytest.raises(MujazError, match="MUJAZ_BROWSER=no-such-browser: there is no such program"):
        print_pdf(b"<p>x")


def test_without_a_browser_the_page_is_offered_instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MUJAZ_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MujazError, match=r"no browser was found.*--format html"):
        print_pdf(b"<p>x")


def test_a_program_that_prints_nothing_is_named_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\necho cannot open display\n")
    program.chmod(0o755)
    monkeypatch.setenv("MUJAZ_BROWSER", str(program))
    with pytest.raises(MujazError, match="made no PDF: cannot open display"):
        print_pdf(b"<p>x")


def test_a_hyphen_for_the_file_is_the_output_of_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = ("--format", "md", "--config", str(shipped_site(tmp_path / "site") / "site.toml"))
    assert main(["export", *site]) == 0
    printed = capsys.readouterr().out
    assert main(["export", *site, "--out", "-"]) == 0
    assert capsys.readouterr().out == printed != ""
    assert not (tmp_path / "-").exists()


def test_the_command_writes_a_pdf(browser: str, tmp_path: Path) -> None:
    site = shipped_site(tmp_path / "site")
    assert main(["export", "--config", str(site / "site.toml"), "--out", str(tmp_path / "brief.pdf")]) == 0
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")


def test_a_file_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--out", str(tmp_path / "brief.xyz")]) == 2
    assert "no hand-out is written as .xyz" in capsys.readouterr().err
    assert not (tmp_path / "brief.xyz").exists()


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_what_is_no_text_is_not_printed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", kind]) == 2
    said = capsys.readouterr()
    assert said.out == "" and f"--out briefing.{kind}" in said.err
