"""Hand-outs: one file, both languages, nothing else needed."""

import re
from base64 import b64encode
from email import message_from_string
from email.policy import default
from hashlib import sha256

import lxml.html
import pytest
import support_publication as support
from msgspec.structs import replace

from site_src.errors import UsageError
from site_src.model.fields import Day
from site_src.render.handout import Choice, handout
from site_src.text.names import NameBook


def hand_out(choice: Choice, published=None, chosen=None) -> str:
    """The hand-out of every state of a story, unless another publication or other settings are given."""
    published = published or support.publication()
    slugs = {story.slug for edition in published.editions for story in edition.stories}
    return handout(published, chosen or support.settings(), NameBook.build(support.NAMES),
                   dict.fromkeys(slugs, support.FACTS), (support.TEMPLATES,), choice).decode()  # fmt: skip


def test_the_html_stands_alone_and_its_policy_lets_in_only_its_own_style() -> None:
    tree = lxml.html.document_fromstring(hand_out(Choice()).encode())
    style = tree.xpath("//style/text()")[0]
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert b64encode(sha256(style.encode()).digest()).decode() in policy
    assert not tree.xpath("//script | //link | //img | //*[@style]")
    assert not [href for href in tree.xpath("//a/@href") if not href.startswith(("https://", "#"))]


def test_the_html_holds_each_story_in_both_languages_with_its_state() -> None:
    tree = lxml.html.document_fromstring(hand_out(Choice()).encode())
    assert len(tree.xpath("//article")) == len(support.stories())
    assert len(set(tree.xpath("//@id"))) == len(tree.xpath("//@id"))
    [machine] = tree.xpath("//article[@id='machine']")
    assert support.ENGLISH[2] in machine.text_content() and "Machine translation" in machine.text_content()
    assert machine.xpath(".//div[@class='facing']/p[@lang='ar' and @dir='rtl']")
    [withheld] = tree.xpath("//article[@id='partly']")
    assert support.ENGLISH[2] not in withheld.text_content() and "Translation withheld" in withheld.text_content()


@pytest.mark.parametrize("format", ["html", "md", "mail"])
def test_a_hand_out_names_the_parts_that_a_machine_made_where_people_approved_others(format: str) -> None:
    story = support.brief("mixed", support.article())
    approved = support.rendering("approved", "editor", support.SENTENCES[1], support.ENGLISH[1])
    mixed = support.publication([support.pair(story, "machine", "machine", s2=approved)])
    text = " ".join(re.sub("<[^>]*>", "", text_of(hand_out(Choice(format), mixed))).split()).replace("\\", "")
    assert "not reviewed by a person, in these parts: Title, Sentence 1, Sentence 3" in text


def text_of(page: str) -> str:
    """A page, or the plain text of a mail."""
    mail = message_from_string(page, policy=default)
    return mail.get_body(("plain",)).get_content() if mail.is_multipart() else page


@pytest.mark.parametrize("format", ["html", "md"])
def test_only_stories_of_the_topic_and_since_the_day_are_handed_out(format: str) -> None:
    topic = hand_out(Choice(format, topic="energy"))
    assert topic.count(support.TITLE_EN) == 2
    since = hand_out(Choice(format, since="2025-11-01"))
    assert support.TITLE_EN in since and "29 October 2025" not in since


def test_a_story_of_a_month_is_handed_out_from_any_day_of_it() -> None:
    monthly = support.brief("monthly", support.article(day=Day(2025, 11, None)))
    unseen = support.brief("unseen", support.article(day=None))
    unseen = replace(unseen, story=replace(unseen.story, first_seen=""))
    published = support.publication([support.pair(story, "approved", "authors") for story in (monthly, unseen)])
    slugs = {since: re.findall('<article class="topic" id="([a-z]+)"', hand_out(Choice(since=since), published))
             for since in ("", "2025-11-20")}  # fmt: skip
    assert slugs == {"": ["monthly", "unseen"], "2025-11-20": ["monthly"]}
    with pytest.raises(UsageError, match="no story is of that day or later; the latest day that the site states is"):
        hand_out(Choice(since="2025-12-01"), published)


def test_an_arabic_hand_out_reads_from_the_right_and_faces_english() -> None:
    tree = lxml.html.document_fromstring(hand_out(Choice(), chosen=support.settings(languages='["ar", "en"]')).encode())
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    assert tree.xpath("//article[@id='machine']//div[@class='facing']/p[@lang='en' and @dir='ltr']")


def test_markdown_numbers_the_sentences_and_names_the_other_language() -> None:
    text = hand_out(Choice("md"))
    assert f"1. {support.ENGLISH[0]}" in text
    assert re.search('<p lang="ar" dir="rtl">وتبلغ قيمة الاتفاقات', text)
    assert "Translation withheld" in text
    assert "\n\n\n\n" not in text


def test_markdown_gives_names_and_figures_in_place_of_a_missing_translation_and_says_why_it_is_missing() -> None:
    text = hand_out(Choice("md"))
    [pending] = [part for part in text.split("## ") if "Translation pending" in part][:1]
    assert re.search(r"\n1\. Kassym-Jomart Tokayev · 15 percent \(Not translated yet\)\n", pending)


def test_words_of_an_article_are_no_markdown() -> None:
    hostile = "# [x](javascript:alert(1)) <script>alert(1)</script> *bold*"
    story = support.brief("hostile", support.article(hostile), title=hostile)
    title = support.rendering("approved", "authors", hostile, hostile)
    text = hand_out(Choice("md"), support.publication([support.pair(story, "approved", "authors", title=title)]))
    assert "<script>" not in text and r"\[x\](javascript" in text and r"\*bold\*" in text
