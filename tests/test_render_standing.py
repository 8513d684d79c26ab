"""What a machine translated says so wherever it is shown, not only on its own page."""

import json

import lxml.etree
import lxml.html
import pytest
import support_publication as support
from msgspec.structs import replace

from site_src.model.brief import Brief
from site_src.model.edition import Finding, StoryEdition
from site_src.model.fields import Found
from site_src.model.output import Page

ATOM = "{http://www.w3.org/2005/Atom}"
LABEL = "Machine translation"


def site(state: str, origin: str) -> dict[str, Page]:
    """The first story in a state, the second translated by people; each is the other's neighbour."""
    first = support.brief("machine", support.article())
    second = support.brief("second", support.article())
    pairs = [support.pair(first, state, origin), support.pair(second, "approved", "authors")]
    return support.build(support.publication(pairs))


def site_of(story: Brief, edition: StoryEdition) -> dict[str, Page]:
    """A site of one story."""
    return support.build(support.publication([(story, edition)]))


MACHINE, PEOPLE = site("machine", "machine"), site("approved", "editor")
PLACES = {
    "index.html": "//ol[contains(@class, 'latest')]//div[p/a[@href='en/stories/machine.html']]",
    "en/names/kazakhstan/index.html": "//ul[@class='rows']/li[a[contains(@href, 'stories/machine.')]]",
    "en/changes/index.html": "//ul[@class='rows']/li[a[contains(@href, 'stories/machine.')]]",
    "en/stories/second.html": "//section[@aria-labelledby='related']//p[a[contains(@href, 'stories/machine.')]]",
}
STEP = "//nav[@class='step']/div[a[contains(@href, 'stories/machine.')]]"


def words(built: dict[str, Page], path: str, xpath: str) -> str:
    [node] = lxml.html.document_fromstring(built[path].content).xpath(xpath)
    return " ".join(node.text_content().split())


@pytest.mark.parametrize(("path", "xpath"), [*PLACES.items(), ("en/stories/second.html", STEP)])
def test_a_machine_title_says_so_wherever_it_leads_to_its_story(path: str, xpath: str) -> None:
    assert LABEL in words(MACHINE, path, xpath)
    assert support.TITLE_EN in words(PEOPLE, path, xpath) and LABEL not in words(PEOPLE, path, xpath)


@pytest.mark.parametrize(("state", "why"), [("pending", "Translation pending"), ("withheld", "Translation withheld")])
def test_a_title_in_another_language_than_the_page_says_why_wherever_it_leads_to_its_story(
    state: str, why: str
) -> None:
    built = site(state, "machine")
    for path, xpath in [*PLACES.items(), ("en/stories/second.html", STEP)]:
        assert why in words(built, path, xpath), path
        assert why not in words(PEOPLE, path, xpath), path
    for path in ("ar/names/kazakhstan/index.html", "ar/changes/index.html"):
        assert "محجوبة" not in words(built, path, "//main") and "بانتظار" not in words(built, path, "//main")


def test_the_titles_of_the_source_are_no_translation() -> None:
    for path in ("ar/names/kazakhstan/index.html", "ar/stories/second.html", "ar/feed.xml"):
        assert "ترجمة آلية" not in MACHINE[path].content.decode()


def test_a_feed_says_which_summaries_a_machine_made() -> None:
    feed = lxml.etree.fromstring(MACHINE["en/feed.xml"].content)
    summaries = {entry.findtext(f"{ATOM}id"): entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")}
    first, second = (summaries[f"{support.BASE}en/stories/{slug}.html"] for slug in ("machine", "second"))
    assert first.startswith(f"{LABEL}: {support.ENGLISH[0]}") and second.startswith(support.ENGLISH[0])


def test_a_title_that_a_machine_made_says_so_where_it_stands_alone() -> None:
    labelled = f"{support.TITLE_EN} [machine translation]"
    tree = lxml.html.document_fromstring(MACHINE["en/stories/machine.html"].content)
    article, *_ = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"]
    assert tree.xpath("//meta[@property='og:title']/@content") == [labelled]
    assert tree.xpath("//title/text()") == [f"{labelled} | Mujaz"]
    assert article["headline"] == labelled
    assert tree.xpath("string(//h1)") == support.TITLE_EN
    for feed in ("en/feed.xml", "en/feed.json", "en/topics/central-asia/feed.xml"):
        text = MACHINE[feed].content.decode()
        assert text.count(labelled) == 1 and text.count(support.TITLE_EN) == 2, feed
        assert "[machine translation]" not in PEOPLE[feed].content.decode(), feed
    assert "[" not in MACHINE["ar/feed.json"].content.decode().partition('"items": [')[2].replace('"tags": [', "")


@pytest.mark.parametrize("name", ["@name='description'", "@property='og:description'"])
def test_the_description_of_a_page_says_that_a_machine_made_it(name: str) -> None:
    for slug, prefix in (("machine", f"{LABEL}: "), ("second", "")):
        tree = lxml.html.document_fromstring(MACHINE[f"en/stories/{slug}.html"].content)
        assert tree.xpath(f"//meta[{name}]/@content")[0].startswith(prefix + support.ENGLISH[0][:40])


SITE = support.build()


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "carried",
            f"“{support.TITLE_EN}” (translated by the project’s authors), from وكالة الأنباء, 8 November 2025.",
        ),
        ("pending", f"“{support.TITLE}” (not translated), from "),
        ("untitled", "Mujaz, without a title (not translated), from a source not stated, undated."),
        ("event", "from a source not stated, cites AP, "),
    ],
)
def test_a_briefing_is_cited_under_a_title_and_never_under_names(slug: str, expected: str) -> None:
    cited = words(SITE, f"en/stories/{slug}.html", "//summary[text()='Cite this briefing']/following-sibling::p")
    assert expected in cited


def test_in_the_edition_of_its_own_language_a_report_is_not_cited_as_a_translation() -> None:
    for slug in ("carried", "machine", "pending"):
        cited = words(SITE, f"ar/stories/{slug}.html", "//div[@class='tools']/details/p")
        assert "(بلغته الأصلية)" in cited and "ترجمة" not in cited and "يُترجم" not in cited


def test_the_title_of_the_source_is_cited_as_its_own_language() -> None:
    tree = lxml.html.document_fromstring(SITE["en/stories/pending.html"].content)
    isolated = "bdi[@lang='ar' and @dir='rtl']/text()"
    assert support.TITLE in tree.xpath(f"//summary[text()='Cite this briefing']/following-sibling::p/{isolated}")


@pytest.mark.parametrize(("state", "badge"), [("pending", "Translation pending"), ("withheld", "Translation withheld")])
def test_names_on_the_front_door_are_no_headline_and_say_why_they_stand_there(state: str, badge: str) -> None:
    story = support.brief("waiting", support.article())
    built = site_of(story, support.english(story, state))
    row = "//ol[contains(@class, 'latest')]/li/div[@lang='{}']".format
    tree = lxml.html.document_fromstring(built["index.html"].content)
    [names] = tree.xpath(row("en") + "/p[@class='standin']/a[@href='en/stories/waiting.html']/span")
    assert names.text == "Kazakhstan" and words(built, "index.html", row("en")) == f"Kazakhstan {badge}"
    assert words(built, "index.html", row("ar")) == support.TITLE


FIVE = "خمس سنوات من العمل"


FOUND = "Names and figures found in the Arabic."
STANDINS = "the names and figures recognised in the source stand in for it."


@pytest.mark.parametrize(
    ("english", "shown"), [("five years", "five years"), ("", "No name or figure that the lists can give")]
)
@pytest.mark.parametrize(("state", "why"), [("pending", "has not been made yet."), ("withheld", "is withheld.")])
def test_a_title_without_names_is_stood_in_for_by_its_figures_and_nothing_is_said_to_be_found_where_nothing_is(
    english: str, shown: str, state: str, why: str
) -> None:
    story = support.brief("waiting", support.article(FIVE), title=FIVE)
    story = replace(story, mentions=(), title_figures=(english,) if english else ())
    built = site_of(story, support.english(story, state))
    card = "//article[contains(@class, 'story')]/p[@class='{}']".format
    assert words(built, "en/index.html", card("standin")) == shown
    for page in ("en/index.html", "en/topics/central-asia/index.html"):
        head = words(built, page, "//main//div[@class='head']")
        assert (STANDINS in head) == bool(english) and FOUND not in words(built, page, "//main")
    [item] = json.loads(built["en/feed.json"].content)["items"]
    assert item["content_text"] == f"{f'{FOUND} ' if english else ''}The English translation {why}"
    assert words(built, "index.html", "//ol[contains(@class, 'latest')]//p[@class='standin']") == shown
    assert words(built, "en/stories/waiting.html", "//div[@class='head']//p[@class='standin']") == shown
    assert words(built, "ar/index.html", "//article[contains(@class, 'story')]/h3") == FIVE


def test_a_card_whose_title_alone_is_translated_says_nothing_of_names() -> None:
    story = support.brief("waiting", support.article())
    title = support.rendering("approved", "authors", support.TITLE, support.TITLE_EN)
    built = site_of(story, support.english(story, "pending", title=title))
    meta = words(built, "en/index.html", "//article[contains(@class, 'story')]/p[@class='meta']")
    assert meta.endswith("3 parts pending Translated by the project’s authors")
    assert STANDINS not in words(built, "en/index.html", "//main")


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        (Finding("truncated", "error", "18 → 1"), "Cut short: 18 words in the source, 1 in the translation"),
        (Finding("padded", "error", "4 → 90"), "Longer than the source can be: 4 words in the source, 90 in the"),
        (Finding("truncated", "error", "and", "target", 9, 12), "Cut short: and"),
    ],
)
def test_a_length_says_what_is_counted_and_a_last_word_is_quoted(finding: Finding, reason: str) -> None:
    story = support.brief("short", support.article())
    first = support.rendering("withheld", "machine", support.SENTENCES[0], "", (finding,))
    built = site_of(story, support.english(story, "machine", "machine", s1=first))
    shown = words(built, "en/stories/short.html", "//li[@id='s1']//p[@class='why'][last()]")
    assert shown.startswith(reason) and "→" not in shown
    assert "→" not in words(built, "ar/stories/short.html", "//li[@id='s1']//p[@class='why'][last()]")


@pytest.mark.parametrize(
    ("outlet", "agencies", "line"),
    [
        ("Euronews", "agencies", "Euronews with agencies"),
        (None, "agencies", "Agencies"),
        (None, "afp+agencies", "AFP, agencies"),
    ],
)
def test_agencies_are_no_name_and_take_a_capital_only_at_the_head_of_a_line(
    outlet: str | None, agencies: str, line: str
) -> None:
    lead = support.article(outlet=outlet, agency=Found("وكالات", "stated", where="line 2", id=agencies))
    story = support.brief("credited", lead)
    built = site_of(story, support.english(story, "approved", "authors"))
    meta = "//article[contains(@class, 'story')]/p[@class='meta']/span[1]"
    assert words(built, "en/index.html", meta) == line
    cited = words(built, "en/stories/credited.html", "//details[summary='Cite this briefing']/p")
    assert f"from {line.replace('Agencies', 'agencies')}, " in cited


@pytest.mark.parametrize(("code", "source", "target"), [("en", "Arabic", "English"), ("ar", "العربية", "الإنجليزية")])
def test_what_differs_in_both_texts_is_told_of_each_by_itself(code: str, source: str, target: str) -> None:
    story = support.brief("stale", support.article())
    items = (
        ("numbers", "3 محطات", "source"),
        ("numbers", "خمس سنوات", "source"),
        ("numbers", "12 companies", "target"),
        ("names", "الصين", "source"),
        ("names", "1.5 طن", "source"),
    )
    findings = tuple(Finding(check, "error", what, side) for check, what, side in items)
    first = support.rendering("stale", "authors", support.SENTENCES[0], "", findings)
    built = site_of(story, support.english(story, "stale", "authors", s1=first))
    tree = lxml.html.document_fromstring(built[f"{code}/stories/stale.html"].content)
    reasons = tree.xpath("//li[@id='s1']//p[@class='why']")
    texts = [" ".join(reason.text_content().split()) for reason in reasons]
    assert texts[2:4] == [f"{source}: 3 محطات، خمس سنوات", f"{target}: 12 companies"]
    assert len(texts) == 5 and ":" not in texts[1] and texts[4].endswith(": الصين، 1.5 طن")
    assert code == "ar" or reasons[4].xpath("normalize-space(bdi[@lang='ar' and @dir='rtl'])") == "الصين، 1.5 طن"
    [foreign] = reasons[2 if code == "en" else 3].xpath("./bdi")
    assert (foreign.get("lang"), foreign.get("dir")) == (("ar", "rtl") if code == "en" else ("en", "ltr"))


def test_where_people_approved_a_part_the_page_names_the_parts_that_a_machine_made() -> None:
    story = support.brief("mixed", support.article())
    approved = support.rendering("approved", "editor", support.SENTENCES[1], support.ENGLISH[1])
    built = support.build(support.publication([(story, support.english(story, "machine", "machine", s2=approved))]))
    notice = "//div[@class='alert note']"
    for code, title in (("en", "Title"), ("ar", "العنوان")):
        path = f"{code}/stories/mixed.html"
        [node] = lxml.html.document_fromstring(built[path].content).xpath(notice)
        assert node.xpath(".//a/@href") == ["#s1", "#s3"]
        assert " ".join(node.text_content().split()).endswith(f"{title} 1 3")
    assert not lxml.html.document_fromstring(MACHINE["en/stories/machine.html"].content).xpath(f"{notice}//a")


def test_a_feed_says_where_a_sentence_is_missing_for_the_next_one_may_lean_on_it() -> None:
    story = support.brief("gaps", support.article())
    without_second = {"s2": support.rendering("stale", "editor", support.SENTENCES[1], "")}
    only_third = without_second | {"s1": support.rendering("pending", "none", support.SENTENCES[0], "")}
    for changes, text in (
        ({}, " ".join(support.ENGLISH)),
        (without_second, f"{support.ENGLISH[0]} […] {support.ENGLISH[2]}"),
        (only_third, f"[…] {support.ENGLISH[2]}"),
    ):
        built = support.build(support.publication([support.pair(story, "approved", "editor", **changes)]))
        [item] = json.loads(built["en/feed.json"].content)["items"]
        assert item["content_text"] == text


def test_what_stands_in_for_a_title_leads_to_the_story_as_the_title_beside_it_does() -> None:
    story = support.brief("waiting", support.article())
    built = support.build(support.publication([support.pair(story, "withheld")]))
    tree = lxml.html.document_fromstring(built["en/index.html"].content)
    [card] = tree.xpath("//article[contains(@class, 'story')]")
    [standin], [title] = card.xpath("p[@class='standin']/a"), card.xpath(".//h3/a")
    assert standin.text_content() == "Kazakhstan" and standin.get("href") == title.get("href")
    assert title.get("tabindex") is None and standin.get("tabindex") == "-1"  # one stop for the keyboard


def test_each_sentence_of_a_machine_says_so_where_people_made_others() -> None:
    story = support.brief("mixed", support.article())
    by_machine = support.rendering("machine", "machine", support.SENTENCES[1], support.ENGLISH[1])
    pairs = [
        support.pair(story, "approved", "editor", s2=by_machine),
        support.pair(support.brief("all", story.story.lead), "machine", "machine"),
    ]
    built = support.build(support.publication(pairs))
    for lang, label in (("en", LABEL), ("ar", "ترجمة آلية")):
        for slug, marked in (("mixed", ["s2"]), ("all", [])):
            tree = lxml.html.document_fromstring(built[f"{lang}/stories/{slug}.html"].content)
            assert tree.xpath(f"//li[.//p[@class='why']='{label}']/@id") == marked
            assert label in tree.xpath("string(//p[@class='meta'])")  # its badge


def test_a_list_and_a_description_say_that_the_sentence_they_quote_is_not_the_first() -> None:
    story = support.brief("late", support.article())
    stale = support.rendering("stale", "editor", support.SENTENCES[0], "")
    for changes, text in (({}, support.ENGLISH[0]), ({"s1": stale}, f"[…] {support.ENGLISH[1]}")):
        built = support.build(support.publication([support.pair(story, "approved", "editor", **changes)]))
        card = "//article[contains(@class, 'story')]/p[@class='sum']"
        assert words(built, "en/index.html", card) == text
        tree = lxml.html.document_fromstring(built["en/stories/late.html"].content)
        assert tree.xpath("string(//meta[@name='description']/@content)") == text[:200]


@pytest.mark.parametrize(
    ("needs", "hidden", "shown"),
    [
        (((2,), (), (0,)), "", "{0} […] {2}"),  # an accusation and its denial
        (((1,), (0,), ()), "", "{0} {1}"),
        (((2,), (), (0,)), "s3", "{1}"),
        (((), (0,), ()), "s1", "[…] {2}"),  # "He added that" without the sentence that names him
        (((), (0,), (1,)), "s1", ""),
    ],
)
def test_a_list_quotes_no_sentence_without_those_that_it_needs(
    needs: tuple[tuple[int, ...], ...], hidden: str, shown: str
) -> None:
    plain = support.brief("leaning", support.article())
    sentences = tuple(one._replace(needs=places) for one, places in zip(plain.sentences, needs, strict=True))
    story = replace(plain, sentences=sentences)
    stale = {hidden: support.rendering("stale", "editor", support.SENTENCES[int(hidden[1]) - 1], "")} if hidden else {}
    built = support.build(support.publication([support.pair(story, "approved", "editor", **stale)]))
    card = "//article[contains(@class, 'story')]/p[@class='sum']"
    tree = lxml.html.document_fromstring(built["en/index.html"].content)
    assert tree.xpath(f"string({card})") == shown.format(*support.ENGLISH)


def test_a_page_of_which_all_waits_says_so_once() -> None:
    story = support.brief("waiting", support.article())
    waiting = support.english(story, "pending")
    for edition, reasons in ((replace(waiting, translated=False), 0), (waiting, len(support.SENTENCES))):
        tree = lxml.html.document_fromstring(site_of(story, edition)["en/stories/waiting.html"].content)
        assert "The English translation has not been made yet" in tree.xpath("string(//div[@role='note'])")
        assert len(tree.xpath("//ol//p[@class='why']")) == reasons


def test_what_is_to_be_known_of_a_translation_stands_in_one_box() -> None:
    story = support.brief("mixed", support.article())
    third = support.rendering("pending", "none", support.SENTENCES[2], "")
    built = site_of(story, support.english(story, "machine", "machine", s3=third))
    [box] = lxml.html.document_fromstring(built["en/stories/mixed.html"].content).xpath("//div[@class='alert note']")
    assert "1 part has not been translated yet" in box.text_content() and support.ENGINE in box.text_content()


def test_the_first_page_counts_the_stories_that_nobody_has_approved_and_leads_to_them_where_there_is_a_search() -> None:
    count = "//div[@class='head']/p[@class='meta ui']"
    for index, links in ((None, []), (lambda _: iter(()), ["pending", "withheld", "machine"])):
        built = support.build(index=index)
        for code, label in (("en", "Translation pending"), ("ar", "بانتظار الترجمة")):
            tree = lxml.html.document_fromstring(built[f"{code}/index.html"].content)
            texts = [" ".join(node.text_content().split()) for node in tree.xpath(f"{count}/span")]
            assert texts[0].startswith(label) and all(text.rpartition(" ")[2].isdigit() for text in texts)
            addresses = tree.xpath(f"{count}//a/@href")
            assert [state for state in links if f"../{code}/search/index.html?state={state}" not in addresses] == []
            assert bool(addresses) == bool(links)
    approved = support.pair(support.brief("one", support.article()), "approved", "authors")
    tree = lxml.html.document_fromstring(site_of(*approved)["en/index.html"].content)
    assert not tree.xpath(count)
