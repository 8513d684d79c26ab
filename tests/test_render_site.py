"""The built site, walked as a whole: every page of every edition."""

import json
import re
from itertools import pairwise
from pathlib import Path
from posixpath import join, normpath

import lxml.etree
import lxml.html
import pytest
import support_publication as support
from msgspec.structs import replace

from site_src.model.brief import Fact, Facts, Figure, Mention
from site_src.model.edition import NO_REASON
from site_src.model.fields import Day, Found
from site_src.model.names import Name
from site_src.model.page import Paragraph
from site_src.model.publication import FollowUp
from site_src.model.story import Copy
from site_src.render.press import POLICY
from site_src.render.runs import has_words, split_runs

SITE = support.build()
PAGES = {path: lxml.html.document_fromstring(page.content) for path, page in SITE.items() if path.endswith(".html")}
WHOLE = {path: tree for path, tree in PAGES.items() if "old-address" not in path}
ALLOWED = re.compile(r"(JSON|Atom|CLDR)")


def script_of(lang: str) -> str:
    return "rtl" if lang.startswith(("ar", "fa")) else "ltr"


def foreign_words(text: str, direction: str) -> bool:
    return any(has_words(run, direction) for run in split_runs(text, direction)[1::2])


def nodes(tree: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """(language in force, text) of every text node that a reader sees."""
    texts = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        if element.tag == "title" and " | " in (element.text or "") and tree.xpath("//div[contains(@class, 'door')]"):
            continue  # the front door is named in both languages, and a title can hold no mark-up
        langs = [up.get("lang") for up in (element, *element.iterancestors()) if up.get("lang")]
        outside = [up.get("lang") for up in element.iterancestors() if up.get("lang")]
        if element.text and langs:
            texts.append((langs[0], element.text))
        if element.tail and outside:
            texts.append((outside[0], element.tail))
    return texts


def test_every_kind_of_page_is_there_in_both_editions() -> None:
    for code in ("en", "ar"):
        for path in ("index.html", "topics/energy/index.html", "stories/machine.html", "names/index.html",
                     "names/tokayev/index.html", "archive/index.html", "archive/2025-11/index.html",
                     "archive/undated/index.html", "changes/index.html", "search/index.html", "about/index.html",
                     "stories/old-address.html", "feed.xml", "topics/energy/feed.xml"):  # fmt: skip
            assert f"{code}/{path}" in SITE
    assert {"index.html", "404.html", "sitemap.xml", "robots.txt", "briefing.json", ".nojekyll"} <= SITE.keys()


@pytest.mark.parametrize("path", sorted(PAGES))
def test_no_word_stands_in_the_wrong_language(path: str) -> None:
    wrong = [(lang, text) for lang, text in nodes(PAGES[path])
             if foreign_words(text, script_of(lang)) and not ALLOWED.search(text)]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("path", sorted(PAGES))
def test_a_node_that_names_its_language_names_its_direction(path: str) -> None:
    for element in PAGES[path].xpath("//*[@lang]"):
        expected = "rtl" if script_of(element.get("lang")) == "rtl" else "ltr"
        assert element.get("dir") == expected, lxml.html.tostring(element)[:200]


@pytest.mark.parametrize("path", sorted(WHOLE))
def test_every_link_and_anchor_inside_the_site_leads_somewhere(path: str) -> None:
    tree = WHOLE[path]
    for address in tree.xpath("//a/@href | //link[@rel='stylesheet']/@href | //script/@src"):
        if address.startswith(support.BASE):
            address = "/" + address.removeprefix(support.BASE)
        if re.match("https?:", address):
            continue
        file, _, anchor = address.partition("#")
        target = normpath(join(path.rpartition("/")[0], file)) if file else path
        target = target.lstrip("/")
        assert target in SITE, f"{path} links to {address}"
        if anchor:
            assert PAGES[target].xpath("//*[@id=$id]", id=anchor), f"{path} links to {address}"


def test_links_name_their_file_so_that_a_folder_works() -> None:
    for path, tree in WHOLE.items():
        for address in tree.xpath("//a/@href"):
            assert not address.partition("#")[0].endswith("/"), path


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_page_keeps_the_policy(path: str) -> None:
    tree = PAGES[path]
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
    assert not tree.xpath("//@style | //style | //*[@*[starts-with(name(), 'on')]]")
    assert not tree.xpath("//script[not(@src) and @type != 'application/ld+json']")
    for link in tree.xpath("//a[starts-with(@href, 'http')]"):
        if not link.get("href").startswith(support.BASE):
            assert link.get("rel") == "noopener noreferrer nofollow external"


@pytest.mark.parametrize("path", sorted(WHOLE))
def test_headings_ids_and_landmarks_are_in_order(path: str) -> None:
    tree = WHOLE[path]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), path
    assert len(tree.xpath("//h1")) == 1 and len(tree.xpath("//main")) == 1
    for reference in tree.xpath("//@aria-labelledby | //@aria-describedby"):
        assert reference in ids
    levels = [int(heading.tag[1]) for heading in tree.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_alternates_are_reciprocal_and_name_a_default() -> None:
    links_by_page = {}
    for path, tree in PAGES.items():
        links = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@hreflang]")}
        if links:
            links_by_page[support.BASE + path] = links
            assert links["x-default"] == links["en"]
            assert tree.xpath("//link[@rel='canonical']/@href") == [support.BASE + path]
    assert len(links_by_page) > 40
    for own, links in links_by_page.items():
        assert own in links.values()
        assert all(links_by_page[other] == links for other in links.values())


def test_feeds_are_well_formed_and_dated_from_the_content() -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    for path in (path for path in SITE if path.endswith("feed.xml")):
        feed = lxml.etree.fromstring(SITE[path].content)
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == path[:2]
        ids = [entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")]
        assert len(ids) == len(set(ids)) > 0
        assert all(re.fullmatch(r"2025-\d\d-\d\dT00:00:00Z", entry.findtext(f"{atom}updated"))
                   for entry in feed.iter(f"{atom}entry"))  # fmt: skip


def test_a_json_feed_holds_the_entries_of_its_atom_feed_and_every_page_of_a_feed_names_both() -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    paths = [path for path in SITE if path.endswith("feed.json")]
    assert {path.replace(".json", ".xml") for path in paths} == {path for path in SITE if path.endswith("feed.xml")}
    for path in paths:
        feed, other = json.loads(SITE[path].content), lxml.etree.fromstring(SITE[path.replace(".json", ".xml")].content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["feed_url"] == support.BASE + path
        assert (feed["language"], feed["title"]) == (path[:2], other.findtext(f"{atom}title"))
        items = [(item["id"], item["title"], item["content_text"], item["date_modified"]) for item in feed["items"]]
        names = ("id", "title", "summary", "updated")
        assert items == [tuple(entry.findtext(atom + name) for name in names) for entry in other.iter(f"{atom}entry")]
        assert all(
            item["url"] == item["id"] and item["url"].removeprefix(support.BASE) in SITE for item in feed["items"]
        )
        page = PAGES[feed["home_page_url"].removeprefix(support.BASE)]
        assert page.xpath("//link[@type='application/feed+json']/@href") == [feed["feed_url"]]
        assert page.xpath("//link[@type='application/atom+xml']/@href") == [feed["feed_url"].replace(".json", ".xml")]


def test_a_story_that_nothing_dates_stays_out_of_the_feeds() -> None:
    story, english = support.pair(support.brief("never-seen", support.article(day=None)), "pending")
    story = replace(story, story=replace(story.story, first_seen=""))
    site = support.build(support.publication([(story, replace(english, brief=story)), *support.stories()]))
    assert "en/stories/never-seen.html" in site
    assert b"never-seen" not in site["en/feed.xml"].content


def test_several_agencies_are_named_in_the_letters_of_the_edition() -> None:
    wired = support.article(outlet=None, agency=support.stated_value("د ب أ، رويترز", id="dpa+reuters"))
    site = support.build(support.publication([support.pair(support.brief("wired", wired), "pending")]))
    shown = {lang: site[f"{lang}/stories/wired.html"].content.decode() for lang in ("en", "ar")}
    assert ">DPA, Reuters<" in shown["en"] and "د ب أ، رويترز" in shown["ar"] and "DPA" not in shown["ar"]


def test_the_sitemap_lists_every_page_with_its_alternates() -> None:
    tree = lxml.etree.fromstring(SITE["sitemap.xml"].content)
    listed = {place.text.removeprefix(support.BASE) for place in tree.iter("{*}loc")}
    assert listed == {path for path in WHOLE if "/" in path}


def test_structured_descriptions_agree_with_the_page() -> None:
    for path, tree in WHOLE.items():
        for text in tree.xpath("//script[@type='application/ld+json']/text()"):
            for part in json.loads(text)["@graph"]:
                if part["@type"] == "ItemList":
                    urls = [item["url"].removeprefix(support.BASE) for item in part["itemListElement"]]
                    links = {normpath(join(path, "..", href)) for href in tree.xpath("//article//a/@href")}
                    assert set(urls) == links, path
                if part["@type"] == "NewsArticle":
                    titled = tree.xpath("//h1[not(@class='standin') and (not(@lang) or @lang = /html/@lang)]")
                    assert ("headline" in part) == bool(titled), path
                    assert part.get("headline", "") in " ".join(tree.xpath("//head/title/text()"))
                    assert part["inLanguage"] == tree.get("lang")
                    assert part["url"] == tree.xpath("//link[@rel='canonical']/@href")[0], path


def test_without_an_absolute_address_nothing_claims_one() -> None:
    site = support.build(chosen=support.settings(base_url='""'))
    assert not [path for path in site if path.endswith("feed.xml") or path.startswith("sitemap")]
    for path, page in site.items():
        if path.endswith(".html"):
            tree = lxml.html.document_fromstring(page.content)
            assert not tree.xpath("//link[@rel='canonical' or @hreflang] | //meta[@property]"), path
            assert not tree.xpath("//script[@type='application/ld+json']"), path


def test_no_file_name_or_clock_reaches_a_page() -> None:
    for path, page in SITE.items():
        assert b"a-file.txt" not in page.content and b"copy.txt" not in page.content, path
    assert {path: page.content for path, page in support.build().items()} == {
        p: page.content for p, page in SITE.items()
    }


def text_of(path: str) -> str:
    return " ".join(PAGES[path].xpath("//main//text()"))


def test_a_withheld_sentence_shows_the_source_its_figures_and_why() -> None:
    words = text_of("en/stories/partly.html")
    assert support.ENGLISH[2] not in words
    assert "3.5 billion US dollars" in words and "Translation withheld" in words and "الرقم مغلوط" in words
    pair = PAGES["en/stories/partly.html"].xpath("//li[@id='s3']")[0]
    assert "وتبلغ قيمة الاتفاقات" in pair.text_content()


def test_what_stands_in_for_a_sentence_keeps_its_bounds_and_leaves_out_a_day_that_was_worked_out() -> None:
    story = support.stories()[0][0]
    figures = (Figure("date", 4, 0, 5, "2025-11-11", english="11 November 2025", reckoned=True),
               Figure("money", 4, 21, 39, "3500000000", unit="USD", english="3.5 billion dollars",
                      qualifier="at-least"))  # fmt: skip
    third = support.rendering("pending", "none", support.SENTENCES[2], "")
    pair = support.pair(replace(story, figures=figures), "approved", "authors", s3=third)
    page = lxml.html.document_fromstring(support.build(support.publication([pair]))["en/stories/carried.html"].content)
    [line] = page.xpath("//li[@id='s3']//p[@class='standin']")
    text = line.text_content()
    assert "at least 3.5 billion dollars" in text and "11 November" not in text


@pytest.mark.parametrize(
    ("code", "words", "marked"),
    [
        ("ar", "the sentence must say so; the villagers (of 3 valleys) gave work", {"lang": "en", "dir": "ltr"}),
        ("ar", "18 → 1", {"dir": "ltr"}),
        ("en", "3 محطات", {"lang": "ar", "dir": "rtl"}),
        ("en", "12 أكتوبر 2026: الرقم 5 مغلوط", {"lang": "ar", "dir": "rtl"}),
    ],
)
def test_words_of_the_other_direction_stand_whole_among_those_of_the_page(
    code: str, words: str, marked: dict[str, str]
) -> None:
    story, finding = support.brief("quoted", support.article()), support.Finding("numbers", "error", words)
    withheld = support.rendering("withheld", "machine", support.SENTENCES[2], "", (finding,), words)
    site = support.build(support.publication([support.pair(story, "machine", "machine", s3=withheld)]))
    page = lxml.html.document_fromstring(site[f"{code}/stories/quoted.html"].content)
    isolates = [dict(isolate.attrib) for isolate in page.iter("bdi") if isolate.text_content() == words]
    assert isolates == [marked, marked], "the person's reason, and what the check found"


@pytest.mark.parametrize(
    ("why", "english", "arabic"),
    [
        ("The tally is wrong.", "The desk’s reason: The tally is wrong.", "سبب المحررين: The tally is wrong."),
        (NO_REASON, "The desk gave no reason", "لم يذكر المحررون السبب"),
    ],
)
def test_a_reason_of_the_desk_is_named_as_such_and_a_missing_one_is_told_in_the_words_of_the_edition(
    why: str, english: str, arabic: str
) -> None:
    withheld = support.rendering("withheld", "editor", support.SENTENCES[2], "", (), why)
    site = support.build(
        support.publication(
            [support.pair(support.brief("carried", support.article()), "approved", "authors", s3=withheld)]
        )
    )
    for code, words in (("en", english), ("ar", arabic)):
        tree = lxml.html.document_fromstring(site[f"{code}/stories/carried.html"].content)
        _, reason = tree.xpath("//li[@id='s3']//p[@class='why']")
        assert reason.text_content() == words


def test_the_message_of_an_engine_that_failed_is_not_for_readers() -> None:
    failed = support.Finding("engine", "error", "the sentence is longer than 200 words (max_source_words in site.toml)")
    pending = support.rendering("pending", "none", support.SENTENCES[2], "", (failed,))
    site = support.build(
        support.publication(
            [support.pair(support.brief("carried", support.article()), "approved", "authors", s3=pending)]
        )
    )
    for code, words in (("en", "The engine could not translate it"), ("ar", "تعذرت ترجمتها آليا")):
        tree = lxml.html.document_fromstring(site[f"{code}/stories/carried.html"].content)
        assert [line.text for line in tree.xpath("//li[@id='s3']//p[@class='why']")][1:] == [words]


def test_no_page_has_an_isolate_with_nothing_in_it() -> None:
    one_form = tuple(replace(name, ar="") if name.id == "kazakhstan" else name for name in support.NAMES)
    for site in (SITE, support.build(replace(support.publication(), names=one_form))):
        pages = {path: lxml.html.document_fromstring(site[path].content) for path in site if path.endswith(".html")}
        assert not {path for path, tree in pages.items() for isolate in tree.iter("bdi") if not isolate.text_content()}


def test_a_pending_story_gives_the_names_in_place_of_its_title() -> None:
    tree = PAGES["en/stories/pending.html"]
    assert tree.xpath("//h1/@lang") == ["ar"]
    assert "Kazakhstan" in tree.xpath("//*[contains(@class, 'standin')]")[0].text_content()
    assert "has not been made yet" in text_of("en/stories/pending.html")


def test_warnings_stand_only_by_what_is_shown() -> None:
    assert PAGES["en/stories/machine.html"].xpath("count(//*[@class='alert']//li)") == 2
    assert not PAGES["en/stories/reviewed.html"].xpath("//*[@class='alert']")
    assert not PAGES["en/stories/partly.html"].xpath("//*[@class='alert']")
    marks = PAGES["en/stories/machine.html"].xpath("//mark[@class='miss']")
    assert len(marks) == 2


@pytest.mark.parametrize(
    ("slug", "badge"),
    [("carried", "Translated by the project’s authors"), ("machine", "Machine translation"),
     ("draft", "Draft translation"),
     ("reviewed", "Reviewed by an editor"), ("pending", "Translation pending"), ("stale", "Translation out of date")],
)  # fmt: skip
def test_every_story_shows_its_state(slug: str, badge: str) -> None:
    assert badge in PAGES[f"en/stories/{slug}.html"].xpath("//*[contains(@class, 'badge ')]/text()")


def test_what_is_not_known_is_said() -> None:
    words = text_of("en/stories/untitled.html")
    assert "No date in the saved page" in words and "Source not stated" in words
    assert "Event of Friday 7 November, year not stated" in PAGES["en/stories/event.html"].text_content()
    assert "Title taken from the first sentence" in text_of("en/stories/derived.html")


@pytest.mark.parametrize(("day", "placed"), [(Day(2025, 11, 8), True), (Day(2025, 11, None), False), (None, False)])
def test_only_a_story_of_a_stated_day_is_placed_in_time_and_alone_it_is_not_called_the_first(
    day: Day | None, placed: bool
) -> None:
    alone = support.pair(support.brief("alone", support.article(day=day)), "approved", "authors")
    page = support.build(support.publication([alone]))["en/stories/alone.html"].content.decode()
    assert ("No story with an earlier date" in page, "No story with a later date" in page) == (placed, placed)
    assert page.count("A story without a stated day has no place in the order by date") == (0 if placed else 1)


def test_a_merged_copy_is_listed_with_its_reason() -> None:
    words = text_of("en/stories/carried.html")
    assert "Merged: the same text." in words and "5 of 5 paragraphs are identical" in words


def test_what_a_related_story_shares_is_told_in_the_words_of_the_edition() -> None:
    day = Figure("date", 0, 0, 5, "2025-11-08", english="8 November")
    briefs = [support.brief(slug, support.article()) for slug in ("one", "two")]
    pairs = [support.pair(replace(brief, figures=(*brief.figures, day)), "approved", "authors") for brief in briefs]
    published = support.publication(pairs)
    shared = FollowUp("one", ("kazakhstan",), ("15 percent", "2025-11-08", "3500000000 USD"))
    connections = tuple(
        replace(story, follow_ups=(shared,) if story.slug == "two" else ()) for story in published.connections
    )
    pages = support.build(replace(published, connections=connections))
    trees = (lxml.html.document_fromstring(pages[f"{code}/stories/two.html"].content) for code in ("en", "ar"))
    english, arabic = (re.sub(r"[\u2066-\u2069\u200e\u200f]", "", tree.text_content()) for tree in trees)
    assert "Shares Kazakhstan, 15 percent, 8 November 2025, 3.5 billion US dollars" in english
    written = briefs[1].story.lead.paragraphs[4].text[21:39]
    assert f"{support.SENTENCES[0][75:78]}، 8 تشرين الثاني/نوفمبر 2025، {written}" in arabic


def test_the_grid_stays_when_a_translation_arrives() -> None:
    def shape(path: str) -> list[str]:
        return [
            re.sub(" (gap|warn)", "", cls) for cls in PAGES[path].xpath("//ol[contains(@class, 'pairs')]/li/@class")
        ]

    assert shape("en/stories/pending.html") == shape("en/stories/carried.html")


@pytest.mark.parametrize(("policy", "there", "absent"), [
    ("none", [], ["فقرة كاملة", "وهذه جملة أخرى"]),
    ("excerpt", ["وهذه جملة أخرى"], ["فقرة كاملة"]),
    ("full", ["وهذه جملة أخرى", "فقرة كاملة"], []),
])  # fmt: skip
def test_the_original_is_quoted_as_far_as_the_site_allows(policy: str, there: list[str], absent: list[str]) -> None:
    site = support.build(chosen=support.settings(original=f'"{policy}"'))
    for code in ("en", "ar"):
        words = site[f"{code}/stories/carried.html"].content.decode()
        assert all(part in words for part in there) and not any(part in words for part in absent)


def test_an_empty_publication_is_a_site_that_says_so() -> None:
    site = support.build(support.publication([]))
    assert "No stories in this topic yet" in site["en/index.html"].content.decode()


@pytest.mark.parametrize("code", ["ar", "en"])
def test_a_site_in_one_language_is_whole(code: str) -> None:
    chosen = support.settings(
        languages=f'["{code}"]', name='{ar = "موجز"}' if code == "ar" else '{en = "Mujaz"}', tagline="{}"
    )
    site = support.build(support.publication(languages=(code,)), chosen)
    other = "en" if code == "ar" else "ar"
    assert not [path for path in site if path.startswith(f"{other}/")]
    tree = lxml.html.document_fromstring(site[f"{code}/stories/carried.html"].content)
    assert not tree.xpath("//nav[@class='langs'] | //link[@hreflang]")
    assert bool(tree.xpath("//li[@id='s1']/div[@class='facing']")) == (code == "en")
    for path, page in site.items():
        if path.endswith(".html"):
            for lang, text in nodes(lxml.html.document_fromstring(page.content)):
                if not ALLOWED.search(text):
                    assert not foreign_words(text, script_of(lang)), (path, text)


def test_a_third_edition_needs_only_labels(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    text = (support.TEMPLATES / "labels/en.toml").read_text("utf-8")
    text = text.replace('code = "en"', 'code = "xx"').replace('name = "English"', 'name = "Dummy"')
    (tmp_path / "labels/xx.toml").write_text(text.replace('"Search"', '"Zoek"'), "utf-8")
    names = {"name": '{ar = "موجز", en = "Mujaz", xx = "Dums"}', "languages": '["en", "ar", "xx"]'}
    chosen = support.settings(', xx = "Dums"', **names)
    site = support.build(support.publication(languages=("en", "ar", "xx")), chosen, (tmp_path, support.TEMPLATES))
    tree = lxml.html.document_fromstring(site["xx/stories/machine.html"].content)
    assert tree.get("lang") == "xx" and "Zoek" in tree.xpath("//nav")[1].text_content()
    assert tree.xpath("//link[@hreflang='xx']") and len(tree.xpath("//nav[@class='langs']/*")) == 3


def test_a_topic_with_many_stories_is_cut_into_pages() -> None:
    site = support.build(chosen=support.settings(page_stories="3"))
    first, second = (lxml.html.document_fromstring(site[f"en/topics/central-asia/{name}.html"].content)
                     for name in ("index", "page-2"))  # fmt: skip
    assert len(first.xpath("//ol[@class='line']/li")) == 3
    assert first.xpath("//a[@rel='next']/@href")[0].endswith("page-2.html")
    assert second.xpath("//a[@rel='prev']/@href")[0].endswith("index.html")


def test_a_redirect_leads_to_the_story() -> None:
    page = SITE["en/stories/old-address.html"].content.decode()
    assert 'content="0; url=carried.html"' in page and 'href="carried.html"' in page


def test_the_budgets_of_bytes_hold() -> None:
    assert len(SITE["assets/style.css"].content) <= 14 * 1024 and len(SITE["assets/site.js"].content) <= 6 * 1024
    for path, tree in PAGES.items():
        sheets = [address.rpartition("/")[2] for address in tree.xpath("//link[@rel='stylesheet']/@href")]
        style = sum(len(SITE[f"assets/{sheet}"].content) for sheet in sheets)
        assert style + len(SITE[path].content) <= 40 * 1024, path


def test_the_style_sheet_knows_no_left_or_right() -> None:
    css = "".join(page.content.decode() for path, page in SITE.items() if path.endswith(".css"))
    physical = (
        r"(?<![\w-])(left|right|(margin|padding|border|inset)-(left|right|top|bottom))\s*:|text-align:\s*(left|right)"
    )
    assert not re.findall(physical, css)
    assert "justify;" not in css and "italic" not in css and "letter-spacing" not in css


def test_what_a_copy_lent_to_the_lead_is_told_as_taken_from_the_copy() -> None:
    lent = replace(support.article().outlet, where="copy copy.txt")
    copy = Copy(support.article(file="copy.txt"), 1.0, 5, 5, "same-text")
    story = support.brief("lent", replace(support.article(url=Found()), outlet=lent))
    story = replace(story, story=replace(story.story, copies=(copy,)))
    site = support.build(support.publication([support.pair(story, "approved", "authors")]))
    tree = lxml.html.document_fromstring(site["en/stories/lent.html"].content)
    sources = tree.xpath("//ul[@class='src'][1]/li")
    lead, other = (" ".join(item.text_content().split()) for item in sources)
    assert lead.startswith("Source not stated") and "Taken from another copy (وكالة الأنباء): outlet." in lead
    assert other.startswith("وكالة الأنباء") and "Taken from" not in other
    assert [source["outlet"] for source in json.loads(site["briefing.json"].content)["stories"][0]["sources"]] == [
        None, "وكالة الأنباء",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "where", "source", "title"),
    [
        ("en", "a-file.toml", "Supplied by the desk: title, date, outlet.", "Title supplied by the desk"),
        ("ar", "a-file.toml", "أورده المحررون: العنوان، التاريخ، المصدر.", "العنوان كما أورده المحررون"),
        ("en", "header", "Supplied by the header of the saved file: title, date, outlet.", ""),
        ("ar", "header", "من ترويسة الملف المحفوظ: العنوان، التاريخ، المصدر.", ""),
    ],
)
def test_fields_of_an_editor_are_told_with_where_they_stand_and_a_title_of_the_header_is_the_files_own(
    code: str, where: str, source: str, title: str
) -> None:
    lead = support.article()
    fields = ("title", "published", "outlet")
    by_editor = {name: replace(getattr(lead, name), status="editor", where=where) for name in fields}
    story = support.brief("worded", replace(lead, **by_editor))
    story = replace(story, title=replace(story.title, status="editor", where=where))
    site = support.build(support.publication([support.pair(story, "approved", "authors")]))
    tree = lxml.html.document_fromstring(site[f"{code}/stories/worded.html"].content)
    row, head = tree.xpath("string(//ul[@class='src'][1]/li)"), tree.xpath("string(//p[@class='meta'])")
    assert source in row and (title in head if title else "Title" not in head and "العنوان" not in head)


def test_what_a_page_cites_stands_under_its_sources_too() -> None:
    cited = Found("AP", "stated", "المصادر الإضافية • AP", "line 9", "ap")
    citing = replace(support.article(outlet=None), sources=(cited,))
    pair = support.pair(support.brief("citing", citing), "approved", "authors")
    page = lxml.html.fromstring(support.build(support.publication([pair]))["en/stories/citing.html"].content)
    assert "cites AP" in page.xpath("string(//ul[@class='src'][1]/li)")


def test_words_of_a_page_in_the_other_language_are_named_as_such() -> None:
    facts = Facts((Fact("8th, November 2025 GMT", "8 November 2025", "when"), Fact("2022", "2022", "when", "", 1)))
    site = support.build(facts=facts)
    for code in ("en", "ar"):
        tree = lxml.html.document_fromstring(site[f"{code}/stories/carried.html"].content)
        [row, year] = tree.xpath("//h3[text()='When' or text()='متى']/following-sibling::ul/li")
        [words] = [node for node in row.iter("bdi") if "8th" in node.text]
        assert (words.get("lang"), words.get("dir")) == ("en", "ltr")
        assert year.text_content().count("2022") == 1


@pytest.mark.parametrize(
    ("fact", "english", "arabic"),
    [
        (Fact("3", "3", "figure"), "3", "3"),
        (Fact("3 محطات", "3", "figure"), "3 | 3 محطات", "3 محطات | 3"),
        (Fact("قال الناطق", "", "said"), " | قال الناطق", "قال الناطق"),
        (Fact("OPEC", "", "who"), "OPEC", "OPEC"),
        (
            Fact("2026-11-10T08:30:00+03:00", "10 November 2026", "when"),
            "10 November 2026",
            "10 تشرين الثاني/نوفمبر 2026 | 10 November 2026",
        ),
    ],
)
def test_a_row_of_facts_says_nothing_twice_and_no_day_as_markup_writes_it(
    fact: Fact, english: str, arabic: str
) -> None:
    site = support.build(facts=Facts((fact,)))
    for code, row in (("en", english), ("ar", arabic)):
        tree = lxml.html.document_fromstring(site[f"{code}/stories/carried.html"].content)
        [box] = tree.xpath("//ul[@class='names']/li")
        assert " | ".join(" ".join(side.text_content().split()) for side in box) == row


def test_the_day_of_a_page_is_not_told_as_the_day_of_what_happened() -> None:
    day = Fact("4 أكتوبر 2026", "4 October 2026", "when", field="published")
    site = support.build(facts=Facts((day, Fact("2 أكتوبر 2026", "2 October 2026", "when", "", 1))))
    for code, words in (("en", "Date of publication"), ("ar", "تاريخ النشر")):
        tree = lxml.html.document_fromstring(site[f"{code}/stories/carried.html"].content)
        rows = tree.xpath("//h3[text()='When' or text()='متى']/following-sibling::ul/li")
        assert [row.xpath("string(small)") for row in rows] == [words, ""]


@pytest.mark.parametrize(("code", "words"), [("en", "No stories yet."), ("ar", "لا أخبار بعد.")])
def test_a_site_without_a_story_says_what_to_do_and_offers_no_choice_of_how_to_show_them(code: str, words: str) -> None:
    [head] = lxml.html.document_fromstring(support.build(support.publication([]))[f"{code}/index.html"].content).xpath(
        "//main//div[@class='head']"
    )
    assert words in head.text_content() and not head.xpath(".//input")
    assert PAGES[f"{code}/index.html"].xpath("//div[@class='head']//input[@name='view']")


def test_a_chart_has_twelve_weeks_however_few_are_filled() -> None:
    tree = PAGES["en/topics/energy/index.html"]
    assert len(tree.xpath("//*[@class='bars']/*[@class='b' or @class='z']")) == 12


def test_an_index_of_many_names_is_cut_into_pages_within_the_weight_of_a_page() -> None:
    many = tuple(Name(f"name-{n}", "person", f"Example Name {n}", f"اسم المثال رقم {n}") for n in range(250))
    story = support.brief("many", support.article())
    story = replace(story, mentions=tuple(Mention(name.id, 0, n, n + 3) for n, name in enumerate(many)))
    site = support.build(replace(support.publication([support.pair(story, "pending")]), names=many))
    pages = [site[f"ar/names/{file}.html"].content for file in ("index", "page-2", "page-3")]
    assert [len(lxml.html.document_fromstring(page).xpath("//ul[contains(@class, 'many')]/li")) for page in pages] == [
        100, 100, 50,
    ]  # fmt: skip
    assert max(map(len, pages)) + len(site["assets/style.css"].content) <= 40 * 1024


def test_a_sentence_in_a_list_faces_its_source_and_none_stands_alone() -> None:
    for code, own, other in (("en", support.ENGLISH, support.SENTENCES), ("ar", support.SENTENCES, support.ENGLISH)):
        for path in (
            f"{code}/index.html",
            f"{code}/topics/central-asia/index.html",
            f"{code}/archive/2025-11/index.html",
        ):
            [card] = PAGES[path].xpath("(//article[.//a[contains(@href, 'stories/carried.')]])[1]")
            sentence, facing = (
                card.xpath("./p[@class='sum']")[0],
                card.xpath("./div[@class='facing']/p[@class='sum']")[0],
            )
            assert (sentence.text_content(), facing.text_content()) == (own[0], other[0])
            assert facing.get("lang") == ("ar" if code == "en" else "en")
    [waiting] = PAGES["en/topics/central-asia/index.html"].xpath("//article[.//a[contains(@href, 'stories/pending.')]]")
    assert not waiting.xpath("./div[@class='facing']/p[@class='sum']")


def test_a_sentence_that_says_the_title_again_gives_way_to_the_next() -> None:
    title = support.SENTENCES[0].removesuffix(".")
    again = support.pair(support.brief("again", support.article(None), title=title), "approved", "authors")
    page = lxml.html.document_fromstring(support.build(support.publication([again]))["en/index.html"].content)
    sentences = [node.text_content() for node in page.xpath("//article//p[@class='sum']")]
    assert sentences == [support.ENGLISH[1], support.SENTENCES[1]]


def test_a_month_is_said_as_far_as_it_is_stated_wherever_the_story_stands() -> None:
    story, english = support.pair(
        support.brief("monthly", support.article(day=Day(2025, 11, None))), "approved", "authors"
    )
    site = support.build(support.publication([(story, english)]))
    pages = {path: lxml.html.document_fromstring(site[path].content) for path in site if path.endswith(".html")}
    for code, words in (("en", "November 2025"), ("ar", "تشرين الثاني/نوفمبر 2025")):
        for path in ("index.html", "topics/central-asia/index.html", "archive/2025-11/index.html"):
            times = pages[f"{code}/{path}"].xpath("//li/p[@class='when']/time | //article/p[@class='meta']//time")
            assert [(time.get("datetime"), time.text_content()) for time in times] == [("2025-11", words)], path
        assert pages[f"{code}/stories/monthly.html"].xpath("//p[@class='meta'][1]//time/@datetime")[0] == "2025-11"
        assert f"{code}/archive/undated/index.html" not in site
        data = pages[f"{code}/stories/monthly.html"].xpath("//script[@type='application/ld+json']/text()")[0]
        assert json.loads(data)["@graph"][0]["isBasedOn"]["datePublished"] == "2025-11"
    assert json.loads(site["briefing.json"].content)["stories"][0]["published"] == "2025-11"
    [entry] = lxml.etree.fromstring(site["en/feed.xml"].content).iter("{http://www.w3.org/2005/Atom}entry")
    assert entry.findtext("{http://www.w3.org/2005/Atom}updated") == "2025-11-09T00:00:00Z"  # when it was first seen


def test_a_source_is_told_as_its_page_writes_it_only_where_the_edition_names_it_otherwise() -> None:
    lead = support.article(outlet="صحيفة الضفة", agency=support.stated_value("وكالة السهل"))
    site = support.build(support.publication([support.pair(support.brief("handed", lead), "approved", "authors")]))
    trees = {code: lxml.html.document_fromstring(site[f"{code}/stories/handed.html"].content) for code in ("ar", "en")}
    rows = {code: tree.xpath("//ul[@class='src']/li/p[1]")[0] for code, tree in trees.items()}
    assert rows["ar"].text_content() == "صحيفة الضفة، وكالة السهل"
    assert all(rows["en"].text_content().count(words) == 1 for words in ("صحيفة الضفة", "وكالة السهل"))


def test_what_english_cannot_say_stands_in_the_column_of_the_article_alone() -> None:
    saying = Fact("قال الناطق إن العمل مستمر", "", "said", "", 2, 2)
    site = support.build(facts=Facts((saying,)))
    tree = lxml.html.document_fromstring(site["en/stories/carried.html"].content)
    [row] = tree.xpath("//h3[text()='Said by whom']/following-sibling::ul/li")
    [english, arabic] = row
    assert (" ".join(english.text_content().split()), english.xpath("./a/@href")) == ("2", ["#s2"])
    assert (arabic.get("lang"), arabic.get("dir"), arabic.text_content()) == ("ar", "rtl", saying.ar)
    assert json.loads(site["briefing.json"].content)["stories"][0]["facts"]["said"][0]["en"] is None


def key_figures(code: str, facts: Facts = support.FACTS, **renderings: support.Rendering) -> list[tuple[str, str]]:
    """What the first page says of the first story: (figure, the words beside it)."""
    pair = support.pair(support.stories()[0][0], "approved", "authors", **renderings)
    site = support.build(support.publication([pair]), facts=facts)
    rows = lxml.html.document_fromstring(site[f"{code}/index.html"].content).xpath("//ul[@class='figs']/li")
    return [(row.xpath("./b")[0].text_content(), row.xpath("./span")[0].text_content()) for row in rows]


def test_a_figure_on_the_first_page_stands_with_the_words_that_say_what_it_counts() -> None:
    assert key_figures("en") == [
        ("15 percent", "… would raise grain exports to China by 15% during 2026"),
        ("3.5 billion US dollars", "The agreements signed are worth 3.5 billion US dollars"),
    ]
    assert key_figures("ar") == [
        ("بنسبة 15%", "… إن بلاده ستزيد صادرات الحبوب إلى الصين بنسبة 15% خلال عام 2026"),
        ("3.5 مليارات دولار", "وتبلغ قيمة الاتفاقات الموقعة 3.5 مليارات دولار"),
    ]


@pytest.mark.parametrize("text", ["", "The agreements are worth billions.", "Is 3.5 billion 3.5 billion?"])
def test_a_figure_whose_sentence_does_not_tell_it_once_is_left_out_and_one_alone_makes_no_row(text: str) -> None:
    third = support.rendering("approved" if text else "pending", "authors", support.SENTENCES[2], text)
    assert key_figures("en", s3=third) == []
    assert len(key_figures("ar", s3=third)) == 2


def test_what_english_says_without_digits_is_no_key_figure() -> None:
    facts = tuple(Fact(ar, en, "figure", "", 1) for ar, en in (("الحبوب", "about half"), ("الصين", "billions")))
    assert key_figures("ar", Facts(facts)) == []


def test_a_name_says_its_country_unless_it_is_the_country() -> None:
    names = tuple(replace(name, country="KZ") for name in support.NAMES if name.id in {"tokayev", "kazakhstan"})
    site = support.build(replace(support.publication(), names=names))
    for code, words in (("en", "Country: Kazakhstan"), ("ar", "البلد: كازاخستان")):
        person, country = (lxml.html.document_fromstring(site[f"{code}/names/{name}/index.html"].content)
                           for name in ("tokayev", "kazakhstan"))  # fmt: skip
        assert words in person.xpath("//p[@class='meta']/span/text()")
        assert words.partition(":")[0] + ":" not in country.xpath("string(//main)")


def test_a_remark_for_the_desk_in_the_names_file_stands_on_no_page() -> None:
    names = tuple(replace(name, note="Chairman; only the short form counts") for name in support.NAMES)
    site = support.build(replace(support.publication(), names=names))
    assert [path for path, page in site.items() if b"Chairman" in page.content] == []


def test_a_country_is_called_beside_a_name_as_the_names_file_calls_it() -> None:
    person, country = (next(name for name in support.NAMES if name.id == name_id) for name_id in ("tokayev", "hungary"))
    names = (replace(person, country="HU"), replace(country, country="HU"))
    site = support.build(replace(support.publication(), names=names))
    page = lxml.html.document_fromstring(site["ar/names/tokayev/index.html"].content)
    assert "البلد: المجر" in page.xpath("string(//p[@class='meta'])")


def test_the_notes_of_the_desk_begin_with_the_one_in_the_language_of_the_edition() -> None:
    site = support.build(pages=dict.fromkeys(("notes/reviewed.en", "notes/reviewed.ar"), "A remark of the desk.\n"))
    for code, order in (("en", ["en", "ar"]), ("ar", ["ar", "en"])):
        tree = lxml.html.document_fromstring(site[f"{code}/stories/reviewed.html"].content)
        assert tree.xpath("//section[@aria-labelledby='notes']/div[@class='duo']/div/@lang") == order


def test_notes_in_one_language_stand_below_one_another() -> None:
    site = support.build(pages={"notes/carried.en": "A remark of the desk.\n"})
    tree = lxml.html.document_fromstring(site["en/stories/carried.html"].content)
    assert tree.xpath("//section[@aria-labelledby='notes']/div[not(@class)]/div/@lang") == ["en"]


@pytest.mark.parametrize(("extras", "indexed", "asks"), [
    ('["search"]', True, True), ('["search"]', False, False), ('["names"]', True, False),
])  # fmt: skip
def test_a_page_that_is_not_found_asks_what_was_looked_for_where_there_is_a_search(
    extras: str, indexed: bool, asks: bool
) -> None:
    site = support.build(chosen=support.settings(extras=extras), index=(lambda _: iter(())) if indexed else None)
    tree = lxml.html.document_fromstring(site["404.html"].content)
    forms = [(form.get("action"), form.get("method"), form.xpath(".//input/@name")) for form in tree.xpath("//form")]
    search = [(f"{support.BASE}{code}/search/index.html", "get", ["q"]) for code in ("en", "ar")]
    assert forms == (search if asks else [])
    assert [tree.xpath("//input/@id")] == [tree.xpath("//form/label/@for")]
    assert {action.removeprefix(support.BASE) for action, *_ in forms} <= site.keys()


@pytest.mark.parametrize(("extras", "has_data"), [('["names", "data"]', True), ('["names"]', False)])
def test_a_site_has_the_data_file_and_the_link_to_it_only_as_an_extra(extras: str, has_data: bool) -> None:
    site = support.build(chosen=support.settings(extras=extras))
    pages = [lxml.html.document_fromstring(site[f"{code}/index.html"].content) for code in ("en", "ar")]
    assert ("briefing.json" in site) is has_data
    assert [bool(page.xpath("//footer//a[@href='../briefing.json']")) for page in pages] == [has_data] * 2


@pytest.mark.parametrize(("name", "lang"), [("غرفة الأخبار", "ar"), ("Newsroom", "en")])
@pytest.mark.parametrize("languages", ['["en", "ar"]', '["ar", "en"]'])
def test_a_name_that_is_the_same_in_both_editions_stands_once_in_the_masthead(
    name: str, lang: str, languages: str
) -> None:
    chosen = support.settings(languages=languages, name=f'{{ar = "{name}", en = "{name}"}}')
    site = support.build(support.publication(), chosen)
    for code in ("en", "ar"):
        tree = lxml.html.document_fromstring(site[f"{code}/index.html"].content)
        (mark,) = tree.xpath("//a[starts-with(@class, 'mark')]")
        assert [(part.get("lang"), part.text) for part in mark] == [(lang, name)]


def test_sub_headings_and_captions_are_no_paragraphs_where_those_are_counted() -> None:
    lead = support.article()
    kinds = (*lead.paragraphs, Paragraph("heading", "عنوان فرعي آخر", 13), Paragraph("caption", "صورة من اللقاء", 15))
    pair = support.pair(support.brief("counted", replace(lead, paragraphs=kinds)), "approved", "authors")
    page = lxml.html.fromstring(support.build(support.publication([pair]))["en/stories/counted.html"].content)
    assert "3 of 4 paragraphs chosen" in page.text_content()
    assert page.xpath("//p[@class='left']/text()") == ["1 paragraph left out"]
