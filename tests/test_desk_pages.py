"""The desk's pages for articles over real HTTP: forms without a script, for this preview's pages alone."""

import re
import sqlite3
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
import support_desk as site

from site_src.serve.articles.forms import LONGEST_PAGE

STORY = "/.desk/story?page=en&slug=canal"
PARAGRAPHS = "/.desk/paragraphs?page=en&file=canal.txt"
PASTE = "/.desk/paste?page=en"
MORE = "وأضاف المحافظ أن البنك سيراجع قراره في مطلع الشهر المقبل إذا تراجعت الأسعار."
NEW = "\n\n".join(("خط جديد للقطارات في تركمانستان", *(line.replace("قناة", "سكة") for line in site.CANAL)))


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


OPENER = urllib.request.build_opener(NoRedirect)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[site.Preview]:
    folder = site.make_site(tmp_path_factory.mktemp("site"))
    bank = folder / "content/articles/bank.txt"
    bank.write_text(bank.read_text("utf-8") + f"\n{MORE}\n", "utf-8")
    running = site.Preview(folder)
    yield running
    running.close()


def decided(preview: site.Preview) -> dict[Path, bytes]:
    """The files that the editor's decisions stand in."""
    content = preview.site / "content"
    files = [*(content / "articles").iterdir(), content / "merge.toml", content / "names.toml"]
    return {file: file.read_bytes() for file in files if file.is_file() and file.suffix != ".bak"}


@pytest.fixture(autouse=True)
def as_it_was(preview: site.Preview) -> Iterator[None]:
    """Each test leaves the files as it found them; one that fails halfway does not make others fail."""
    before = decided(preview)
    yield
    after = decided(preview)
    for file in after.keys() - before.keys():
        file.unlink()
    for file in [file for file in before if before[file] != after.get(file)]:
        file.write_bytes(before[file])
    assert sorted(file.name for file in before.keys() | after.keys() if before.get(file) != after.get(file)) == []


def token(preview: site.Preview) -> str:
    return preview.headers()["X-Desk-Token"]


def send(
    preview: site.Preview, path: str, fields: list[tuple[str, str]], headers: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """Status, body and Location of a form that is sent as a browser sends it."""
    given = {"Origin": preview.origin, "Content-Type": "application/x-www-form-urlencoded"} | (headers or {})
    body = urlencode([("token", token(preview)), *fields] if headers is None else fields).encode()
    request = urllib.request.Request(preview.origin + path, body, {k: v for k, v in given.items() if v}, method="POST")
    try:
        with OPENER.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers.get("Location", "")


def shown(preview: site.Preview, path: str) -> str:
    status, body = preview.get(path)
    assert status == 200, (path, status, body[:500])
    return body.decode()


def after(preview: site.Preview, path: str, *fields: tuple[str, str]) -> str:
    """The page that a form leads to."""
    status, body, place = send(preview, path, list(fields))
    assert status == 303, (status, body[:2000])
    return shown(preview, place)


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def button(page: str, act: str, words: str) -> str:
    """What the button of the paragraph that begins so sends."""
    at = page.index(words)
    found = re.compile(rf'<button name="{act}" value="([^"]*)"').search(page, at)
    assert found
    return found[1]


def action(page: str) -> str:
    """Where the forms of a story's page lead: joined stories have one address."""
    return unescape(re.findall(r'action="(/\.desk/story[^"]*)"', page)[-1])


def undo(preview: site.Preview) -> str:
    return after(preview, STORY, ("act", "undo"))


def articles(preview: site.Preview) -> set[str]:
    return {path.name for path in (preview.site / "content/articles").iterdir() if path.is_file()}


def test_the_words_that_decided_are_shown_and_topics_are_saved_and_taken_back(preview: site.Preview) -> None:
    side = preview.site / "content/articles/canal.toml"
    page = shown(preview, STORY)
    assert "Words that decided" in page and "أوزبكستان" in page
    assert re.search(r"more of each line below:(?s:.*?)<li class=.ui.><bdi dir=.auto.>المجر</bdi> · .* …</li>", page)
    assert "the rules of site.toml find" in page and "Let the rules decide" not in page
    chosen = ("topic", "hungary-energy")
    page = after(preview, STORY, ("act", "topics"), ("mark", value(page, "mark")), chosen)
    assert "Written to canal.toml" in page
    assert "the rules are not asked" in page and "Let the rules decide" in page
    assert tomllib.loads(side.read_text("utf-8")) == {"topics": [chosen[1]]}
    page = after(preview, STORY, ("act", "rules"), ("mark", value(page, "mark")))
    assert tomllib.loads(side.read_text("utf-8")) == {}
    undo(preview)
    assert "Undone: canal.toml" in undo(preview)
    assert not side.exists()


def test_a_choice_that_meets_a_change_by_hand_is_shown_beside_it(preview: site.Preview) -> None:
    side = preview.site / "content/articles/canal.toml"
    mark = value(shown(preview, STORY), "mark")
    side.write_text("topics = []\n", "utf-8")
    fields = [("act", "topics"), ("mark", mark), ("topic", "central-asia")]
    status, page, _ = send(preview, STORY, fields)
    assert status == 409
    assert "have changed since the page was shown" in page and "In the file now: no topic" in unescape(page)
    assert re.search(r'value="central-asia" checked', page)
    assert side.read_text("utf-8") == "topics = []\n"
    after(preview, STORY, fields[0], ("mark", value(page, "mark")), fields[2])
    assert tomllib.loads(side.read_text("utf-8")) == {"topics": ["central-asia"]}
    side.unlink()
    assert "Not done" in undo(preview)


def test_two_stories_are_joined_and_let_go(preview: site.Preview) -> None:
    merges = preview.site / "content/merge.toml"
    for other in ("bank", f"{preview.origin}/en/stories/bank.html#s2", "/.desk/story?page=en&slug=bank"):
        page = after(preview, STORY, ("act", "join"), ("other", other))
        assert "Joined by the editor" in page and "One story" in page
        undo(preview)
    page = after(preview, STORY, ("act", "join"), ("other", "bank"))
    assert len(tomllib.loads(merges.read_text("utf-8"))["merge"]) == 1
    page = after(preview, action(page), ("act", "forget"), ("names", "canal.txt"), ("names", "bank.txt"))
    assert "Joined by the editor" not in page
    undo(preview)
    undo(preview)
    assert not merges.exists()


def test_a_paragraph_is_cut_and_brought_back(preview: site.Preview) -> None:
    side = preview.site / "content/articles/bank.toml"
    place = PARAGRAPHS.replace("canal", "bank")
    cut = button(shown(preview, place), "cut", "وأضاف المحافظ")
    page = after(preview, place, ("act", "paragraph"), ("cut", cut))
    assert "the editor’s word" in page
    assert tomllib.loads(side.read_text("utf-8")) == {"drop": ["وأضاف المحافظ أن البنك"]}
    after(preview, place, ("act", "paragraph"), ("bring", button(page, "bring", "وأضاف المحافظ")))
    assert side.read_text("utf-8") == ""
    undo(preview)
    undo(preview)


def test_a_page_is_read_then_filed_and_appears_in_the_site(preview: site.Preview) -> None:
    before = articles(preview)
    stated = [("outlet", "صحيفة المثال"), ("published", "2026-02-03"), ("url", "https://example.org/a"), ("title", ""),
              ("agency", "وكالة المثال")]  # fmt: skip
    status, page, _ = send(preview, PASTE, [("act", "read"), ("text", NEW.replace("\n", "\r\n")), *stated])
    assert status == 200 and "It would be filed as" in page and "2026-02-03" in page
    assert articles(preview) == before
    page = after(preview, PASTE, ("act", "file"), ("text", NEW.replace("\n", "\r\n")), *stated)
    (name,) = {one for one in articles(preview) - before if one.endswith(".txt")}
    assert f"Filed as {name}" in page
    undo(preview)
    assert "Done again" in after(preview, "/.desk/stories?page=en", ("act", "redo"))
    assert (preview.site / "content/articles" / name).read_text("utf-8") == NEW
    word = tomllib.loads((preview.site / "content/articles" / name).with_suffix(".toml").read_text("utf-8"))
    assert word == {"url": "https://example.org/a", "outlet": "صحيفة المثال", "agency": "وكالة المثال",
                    "published": "2026-02-03"}  # fmt: skip
    undo(preview)
    assert articles(preview) == before


def test_what_nobody_sees_is_not_written_into_the_word_on_a_page(preview: site.Preview) -> None:
    before = articles(preview)
    typed = ("outlet", "صحيفة\u202e\x00\x1b[31m المثال\x7f\u2028ب")
    after(preview, PASTE, ("act", "file"), ("text", NEW), typed)
    (side,) = {one for one in articles(preview) - before if one.endswith(".toml")}
    word = tomllib.loads((preview.site / "content/articles" / side).read_text("utf-8"))
    assert word == {"outlet": "صحيفة[31m المثال ب"}
    undo(preview)
    assert articles(preview) == before


NAME = "/.desk/rename?page=en&id=tokayev"
WORDS = [("en", "Kassym Tokayev"), ("en_short", "Tokayev"), ("en_variants", ""), ("ar", "قاسم جومارت توكاييف"),
         ("ar_variants", "توقاييف\r\nتكاييف\r\n")]  # fmt: skip


def entry(preview: site.Preview, name_id: str = "tokayev") -> dict[str, object]:
    """Its entry in the names file."""
    document = tomllib.loads((preview.site / "content/names.toml").read_text("utf-8"))
    return next(one for one in document["names"] if one["id"] == name_id)


def test_a_known_name_is_found_changed_and_taken_back(preview: site.Preview) -> None:
    file = preview.site / "content/names.toml"
    before, was = file.read_bytes(), entry(preview)
    found = shown(preview, f"/.desk/names?page=en&q={quote('توكاييف')}")
    assert re.findall(r"rename\?page=en&amp;id=([\w-]+)", found) == ["tokayev"]
    page = shown(preview, NAME)
    assert value(page, "en") == was["en"]
    page = after(preview, NAME, ("act", "rename"), ("mark", value(page, "mark")), ("keep", "yes"), *WORDS)
    assert "Written to names.toml" in page and value(page, "en") == "Kassym Tokayev"
    now = entry(preview)
    assert (now["en"], now["en_variants"]) == ("Kassym Tokayev", [was["en"]])
    assert "تكاييف" in str(now["ar_variants"]) and now["kind"] == was["kind"]
    assert "Undone: names.toml" in after(preview, NAME, ("act", "undo"))
    assert file.read_bytes() == before


@pytest.mark.parametrize("address", ["/.desk/stories?page=en", "/.desk/names?page=en", STORY, NAME, PARAGRAPHS, PASTE])
def test_undo_and_redo_on_a_page_lead_back_to_it(preview: site.Preview, address: str) -> None:
    first_form = re.search(r'<form method="post" action="([^"]*)"', shown(preview, address))
    assert first_form and unescape(first_form[1]) == address


def test_a_name_that_changed_meanwhile_or_cannot_be_is_told_with_what_was_typed(preview: site.Preview) -> None:
    file = preview.site / "content/names.toml"
    before, mark = file.read_bytes(), value(shown(preview, NAME), "mark")
    file.write_bytes(before.replace(str(entry(preview)["en"]).encode(), b"K. Tokayev"))
    overtaken = file.read_bytes()
    status, page, _ = send(preview, NAME, [("act", "rename"), ("mark", mark), *WORDS])
    assert (status, file.read_bytes()) == (409, overtaken)
    assert "has changed in names.toml" in page and "K. Tokayev" in page and value(page, "en") == "Kassym Tokayev"
    clash = [("act", "rename"), ("mark", value(page, "mark")), *WORDS[:3], ("ar", "كازاخستان"), ("ar_variants", "")]
    status, page, _ = send(preview, NAME, clash)
    assert (status, file.read_bytes(), value(page, "ar")) == (409, overtaken, "كازاخستان")
    assert send(preview, NAME, [*clash[:2], *WORDS[1:], ("en", "\u202e \x00")])[0] == 409
    file.write_bytes(before)
    assert send(preview, NAME, [("act", "erase")])[0] == 400
    assert preview.get("/.desk/rename?page=en&id=nobody")[0] == 404
    assert "No name of names.toml" in shown(preview, "/.desk/names?page=en&q=zzz")


def test_the_programs_english_keeps_its_order_in_the_arabic_desk(preview: site.Preview) -> None:
    status, page, _ = send(preview, "/.desk/paste?page=ar", [("act", "file"), ("text", "قصير")])
    assert status == 409
    assert re.search(r'role="alert">لم يتم ذلك\. \u2066[^\u2069<]+Nothing was filed[^\u2069<]+\u2069</p>', page)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "nothing was pasted"), (" \n ", "nothing was pasted"), ("قصير", "Nothing was filed"),
     ("ا" * (LONGEST_PAGE // 2 + 1), "longer than 2,000 thousand bytes")],
)  # fmt: skip
def test_what_cannot_be_filed_is_told_and_stays_in_the_box(preview: site.Preview, text: str, words: str) -> None:
    before = articles(preview)
    status, page, _ = send(preview, PASTE, [("act", "file"), ("text", text), ("outlet", "صحيفة")])
    assert (status, words in page, "Traceback" in page) == (409, True, False)
    assert 'value="صحيفة"' in page
    assert articles(preview) == before


@pytest.mark.parametrize("url", ["example.org/a", "javascript:alert(1)", "ftp://example.org/a"])
def test_an_address_that_no_page_could_link_to_is_told(preview: site.Preview, url: str) -> None:
    before = articles(preview)
    for act in ("read", "file"):
        status, page, _ = send(preview, PASTE, [("act", act), ("text", NEW), ("url", url)])
        assert (status, f"{url} is no address" in page, value(page, "url")) == (409, True, url)
    assert articles(preview) == before


def test_markup_that_is_pasted_is_shown_as_text(preview: site.Preview) -> None:
    attack = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    for act in ("read", "file"):
        _, page, _ = send(preview, PASTE, [("act", act), ("text", attack), ("outlet", attack)])
        assert "<script" not in page and "<img" not in page
    page = shown(preview, f"/.desk/stories?page=en&q={quote(attack)}")
    assert "<script" not in page and "<img" not in page


@pytest.mark.parametrize(
    "changes",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"Host": "evil.example"},
     {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
def test_a_form_of_anybody_else_is_refused(preview: site.Preview, changes: dict[str, str]) -> None:
    fields = [("token", token(preview)), ("act", "join"), ("other", "bank")]
    assert send(preview, STORY, fields, changes)[0] == 403
    assert not (preview.site / "content/merge.toml").exists()


@pytest.mark.parametrize("sent", ["", "0" * 32, "é"])
def test_a_form_without_the_token_of_this_run_is_refused(preview: site.Preview, sent: str) -> None:
    fields = [("token", sent), ("act", "join"), ("other", "bank")]
    assert send(preview, STORY, fields, {"Sec-Fetch-Site": "same-origin"})[0] == 403
    assert send(preview, STORY, fields[1:], {"Sec-Fetch-Site": "same-origin"})[0] == 403


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (STORY, []), (STORY, [("act", "erase")]), (STORY, [("act", "topics"), ("mark", "a"), ("mark", "b")]),
        (PARAGRAPHS, [("act", "paragraph")]), (PARAGRAPHS, [("act", "paragraph"), ("cut", "x y")]),
        (PARAGRAPHS, [("act", "paragraph"), ("cut", "9" * 30 + " y")]),
        (PASTE, [("act", "read"), ("url", "u" * 20_001)]),
        ("/.desk/stories?page=en", [("act", "topics")]), (STORY.replace("en", "..%2Fen"), [("act", "undo")]),
        ("/.desk/story?slug=canal", [("act", "undo")]),
    ],
)  # fmt: skip
def test_a_form_of_another_shape_is_refused(preview: site.Preview, path: str, fields: list[tuple[str, str]]) -> None:
    assert send(preview, path, fields)[0] == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [("/.desk/story?page=en&slug=..%2Fcanal", 404), ("/.desk/story?page=en", 404),
     ("/.desk/paragraphs?page=en&file=..%2F..%2Fsite.toml", 409), ("/.desk/paragraphs?page=en&file=%00", 409),
     ("/.desk/stories?page=%3Cscript%3E", 400), ("/.desk/stories?page=..%2Fen", 400)],
)  # fmt: skip
def test_what_is_not_there_is_told(preview: site.Preview, path: str, status: int) -> None:
    found, body = preview.get(path)
    assert (found, b"Traceback" in body, b"time_zone" in body) == (status, False, False)


def test_the_way_back_needs_no_edition_and_speaks_the_words_of_the_first(preview: site.Preview) -> None:
    assert shown(preview, "/.desk/stories") == shown(preview, "/.desk/stories?page=en")


def test_a_link_from_elsewhere_puts_no_words_on_a_page(preview: site.Preview) -> None:
    assert "desk-notice" not in shown(preview, f"{STORY}&n=Send+money")


def test_pages_of_the_desk_run_no_script_and_are_framed_nowhere(preview: site.Preview) -> None:
    with urllib.request.urlopen(preview.origin + STORY, timeout=30) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert b"<script" not in answer.read()
    assert "default-src 'none'" in policy and "form-action 'self'" in policy and "script-src" not in policy
    assert preview.get(STORY, Host="evil.example")[0] == 403


@pytest.mark.parametrize("page", ["en", "ar"])
def test_every_page_speaks_both_languages(preview: site.Preview, page: str) -> None:
    for path in (STORY, PARAGRAPHS, PASTE, "/.desk/stories?page=en&q=canal"):
        found = shown(preview, path.replace("page=en", f"page={page}"))
        assert f'<html lang="{page}" dir="{"rtl" if page == "ar" else "ltr"}">' in found


def test_where_the_articles_of_a_page_begin_is_said_with_a_button_and_taken_back(preview: site.Preview) -> None:
    page, place = preview.site / "content/articles/two.txt", PARAGRAPHS.replace("canal", "two")
    page.write_text("\n\n".join((NEW, site.BANK_TITLE, *site.BANK)) + "\n", "utf-8")
    side = page.with_suffix(".toml")
    found = shown(preview, place)
    assert found.count("The page is one article") == 1 and "Let the rules decide" not in found
    found = after(preview, place, ("act", "paragraph"), ("begin", button(found, "begin", site.BANK_TITLE)))
    assert "as the editor says" in found and list(tomllib.loads(side.read_text("utf-8"))) == ["split"]
    found = after(preview, place, ("act", "one"), ("mark", value(found, "mark")))
    assert "it is one article" in found and tomllib.loads(side.read_text("utf-8")) == {"split": False}
    found = after(preview, place, ("act", "rules"), ("mark", value(found, "mark")))
    assert "another article may begin" in found and tomllib.loads(side.read_text("utf-8")) == {}
    for _ in range(3):
        undo(preview)
    assert not side.exists()
    page.unlink()


def test_the_list_finds_a_story_by_title_address_and_file(preview: site.Preview) -> None:
    for asked in ("قناة", "canal", "canal.txt", "قناه جديده"):
        found = re.findall(r"slug=([\w-]+)", shown(preview, f"/.desk/stories?page=en&q={quote(asked)}"))
        assert found == ["canal"], asked
    assert "No story has these words" in shown(preview, "/.desk/stories?page=en&q=zzz")


def test_the_list_shows_the_translation_of_a_title_that_readers_see_and_finds_a_story_by_it(
    preview: site.Preview,
) -> None:
    listed = shown(preview, "/.desk/stories?page=en").split("<li>")
    [bank] = [one for one in listed if "slug=bank" in one]
    [canal] = [one for one in listed if "slug=canal" in one]
    assert '<bdi lang="en" dir="ltr">Central bank raises rates in Kazakhstan</bdi>' in bank
    assert f'<bdi lang="ar" dir="rtl">{site.BANK_TITLE}</bdi>' in bank
    assert 'lang="en"' not in canal, "its title waits for translation"
    assert "slug=bank" in shown(preview, "/.desk/stories?page=en&q=central+rates")
    assert "Central bank" not in shown(preview, "/.desk/stories?page=ar")


def test_the_list_says_of_a_story_without_a_date_that_it_has_none(preview: site.Preview) -> None:
    [row] = [one for one in shown(preview, "/.desk/stories?page=en").split("<li>") if "slug=canal" in one]
    assert "no date · " in row and "بلا تاريخ · " in shown(preview, "/.desk/stories?page=ar")


def test_the_bar_of_a_page_leads_to_the_file_of_its_story(preview: site.Preview) -> None:
    page = shown(preview, "/briefs/en/stories/canal.html")
    place = unescape(re.findall(r'href="(/\.desk/story[^"]*)"', page)[0])
    assert urlsplit(place).path == "/.desk/story"
    assert 'href="/briefs/en/stories/canal.html"' in shown(preview, place)


def test_a_mistake_in_a_file_is_told_and_nothing_is_written(preview: site.Preview) -> None:
    side = preview.site / "content/articles/canal.toml"
    mark = value(shown(preview, STORY), "mark")
    side.write_text("topics = [\n", "utf-8")
    status, page, _ = send(preview, STORY, [("act", "topics"), ("mark", mark), ("topic", "central-asia")])
    assert status == 409 and "canal.toml: is not TOML" in page
    assert side.read_text("utf-8") == "topics = [\n"
    side.unlink()


def test_a_broken_names_file_stops_the_pages_with_its_name(tmp_path: Path) -> None:
    running = site.Preview(site.make_site(tmp_path))
    try:
        (tmp_path / "content/names.toml").write_text("[[names\n", "utf-8")
        status, page = running.get(STORY)
        assert (status, b"names.toml" in page, b"Traceback" in page) == (409, True, False)
    finally:
        running.close()


def hollow(preview: site.Preview) -> None:
    """What the preview remembers is still found, but its parts are none."""
    with closing(sqlite3.connect(preview.site / ".cache/store.sqlite")) as file, file:
        file.execute("UPDATE known SET parts = zeroblob(length(parts))")


def test_the_desk_begins_anew_where_parts_of_what_it_read_are_lost(preview: site.Preview) -> None:
    before = shown(preview, STORY)
    hollow(preview)
    shown(preview, "/.desk/story?page=en&slug=bank")
    assert shown(preview, STORY) == before
    hollow(preview)
    (preview.site / ".cache/store.sqlite").unlink()
    shown(preview, "/.desk/story?page=en&slug=bank")
    assert shown(preview, STORY) == before
