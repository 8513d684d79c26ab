"""What the desk tells of a page that was filed: its story, its copies, and why lines of it are no text."""

from __future__ import annotations

import re
from html import unescape

import pytest
import support_desk as site
from support_site import CHESS
from test_desk_pages import PARAGRAPHS, PASTE, after, send, shown

from site_src.parse.junk.shapes import SHAPES
from site_src.tables import table

RE_EDITED = "\n\n".join((
    "أعلنت هيئة الري الأوزبكية أمس الثلاثاء بدء العمل في قناة جديدة لنقل المياه إلى طشقند بطول 40 كيلومترا.",
    *site.CANAL[1:],
    "وختمت الهيئة بأن المزارعين سيدفعون رسوما جديدة مقابل المياه.",
))  # fmt: skip
GRAIN = (
    (
        "صوامع جديدة في أوزبكستان",
        "خصصت أوزبكستان 650 مليون دولار لبناء صوامع في طشقند، وتسهم كازاخستان وقرغيزستان في نفقات الصيانة كل عام.",
        "وقالت وزارة الزراعة إن الصوامع تحفظ محصول القمح من الرطوبة في الشتاء.",
    ),
    (
        "خلاف على ثمن الصوامع",
        "طلب مراقبون في طشقند بيانا عن مبلغ 650 مليون دولار، وشكت كازاخستان وقرغيزستان إلى أوزبكستان من بطء العمل.",
        "ولم تحدد اللجنة موعد الجلسة التي يعرض فيها تقريرها على البرلمان.",
    ),
)


def told(page: str) -> str:
    """The page as it is read."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


def filed(preview: site.Preview, text: str) -> str:
    return told(after(preview, PASTE, ("act", "file"), ("text", text)))


def test_a_filed_page_that_is_merged_as_a_copy_says_with_which_reports_it_is_one_story(preview: site.Preview) -> None:
    assert "Reports of this story" not in told(shown(preview, PARAGRAPHS))
    page = filed(preview, RE_EDITED)
    assert "Reports of this story: " in page
    assert "canal.txt" in page
    assert "stands in the longer one" in page


def test_figures_that_stories_share_stand_at_the_desk_as_the_article_writes_them(preview: site.Preview) -> None:
    for title, lead, rest in GRAIN:
        filed(preview, "\n\n".join((title, lead, rest)))
    slug = next(
        path.stem
        for path in (preview.site / "content/articles").glob("*.txt")
        if GRAIN[0][1] in path.read_text("utf-8")
    )
    page = told(shown(preview, f"/.desk/story?page=en&slug={slug}"))
    assert "shared figures: 650 مليون دولار" in page
    assert "650000000" not in page


def test_the_lead_of_a_story_is_shown_without_the_outlet_that_it_took_from_a_copy(preview: site.Preview) -> None:
    text = "\n\n".join(("مصرف كازاخستان يرفع الفائدة", *site.BANK))
    after(preview, PASTE, ("act", "file"), ("text", text), ("outlet", "صحيفة الضفة"))
    page = told(after(preview, "/.desk/story?page=en&slug=canal", ("act", "join"), ("other", "bank")))
    assert page.count("صحيفة الضفة") == 1


def test_a_filed_page_in_no_topic_says_that_the_site_has_no_page_of_it(preview: site.Preview) -> None:
    assert "The site has no page of it: it is in no topic. Its title above leads to the topics." in filed(
        preview, CHESS
    )


@pytest.mark.parametrize(("code", "missing"), [("en", "Whatever the score"), ("ar", "ومهما كانت درجته")])
def test_what_a_topic_still_asks_for_is_said_once_with_a_line_for_each_of_its_groups(
    preview: site.Preview, code: str, missing: str
) -> None:
    page = shown(preview, f"/.desk/story?page={code}&slug=canal")
    asked = [topic for topic in page.split('<li>\n<p class="desk-acts"><label>')[1:] if "desk-words" in topic]
    assert asked and [topic.count(missing) for topic in asked] == [1] * len(asked)
    assert max(topic.split("</ul>")[0].count('<li class="ui">') for topic in asked) >= 2
    assert re.search(r'<bdi dir="ltr">-?[0-9]+\.[0-9]</bdi>', asked[0])


def test_why_a_line_is_no_text_is_said_in_words(preview: site.Preview) -> None:
    lines = [site.TITLE, "https://example.org/a", "A A A", *site.CANAL]
    status, page, _ = send(preview, PASTE, [("act", "read"), ("text", "\n\n".join(lines))])
    assert status == 200
    page = told(page)
    assert "Left out: read as a date, source, author or address · line 3" in page
    assert "Left out: signs, figures, initials or an address, and no sentence · line 5" in page


def test_who_runs_the_site_and_a_lead_that_its_page_shows_twice_are_told_in_words(preview: site.Preview) -> None:
    lines = ["رئيس التحرير", "كريم البنا", CHESS.split("\n\n")[0], site.CANAL[0], "3 فبراير 2026", *site.CANAL]
    _, page, _ = send(preview, PASTE, [("act", "read"), ("text", "\n\n".join(lines))])
    assert "Left out: it stands outside the article’s text · line 3" in told(page)
    assert "Left out: the text says it again below · line 7" in told(page)


@pytest.mark.parametrize(("stated", "doubtful"), [("3/2/2026", True), ("13/2/2026", False), ("3 فبراير 2026", False)])
def test_a_date_that_can_be_read_two_ways_says_so_before_it_is_filed(
    preview: site.Preview, stated: str, doubtful: bool
) -> None:
    _, page, _ = send(preview, PASTE, [("act", "read"), ("text", f"{CHESS}\n\nوانتهت."), ("published", stated)])
    assert ("day and month could be the other way round" in page) == doubtful


def test_every_rule_of_lines_has_words_at_the_desk() -> None:
    said = {rule for rules in table("desk")["why"].values() for rule in rules}
    assert {marker["id"] for marker in table("markers")["marker"]} | {*SHAPES} <= said
