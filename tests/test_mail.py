"""Saved mail (`.eml`): the article inside is read, and nothing of the mail's own head becomes a field of it."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from site_src.cli import main
from site_src.model.page import ParsedPage, RawPage
from site_src.parse import parse_page
from site_src.read import decode

TITLE = "عنوان الخبر الأول عن المشروع"
SENTENCE = "أعلن الوزير في مؤتمر صحفي بدء العمل في المشروع الجديد خلال أسابيع قليلة من الآن."
SECOND = "وقال الوزير إن الكلفة تبلغ مئة مليون دينار تدفعها الدولة على ثلاث سنوات متتالية."
TEXT = f"{TITLE}\n\n{SENTENCE}\n\n{SECOND}\n"
HTML = f"<html><body><h1>{TITLE}</h1><p>{SENTENCE}</p><p>{SECOND}</p></body></html>"
EIGHT_BIT = policy.SMTP.clone(cte_type="8bit")


def mail(body: str, kind: str = "plain", charset: str = "utf-8", encoding: str = "base64") -> EmailMessage:
    message = EmailMessage(policy=EIGHT_BIT)
    message["From"] = "وكالة الأنباء <news@agency.example>"
    message["To"] = "desk@site.example"
    message["Subject"] = "نشرة الأخبار اليومية من الوكالة"
    message["Date"] = "Sat, 08 Nov 2025 10:00:00 +0300"
    message.set_content(body, subtype=kind, charset=charset, cte=encoding)
    return message


def parsed(raw: bytes) -> ParsedPage:
    page = decode("a.eml", raw)
    assert isinstance(page, RawPage), page
    assert page.format == "mhtml"
    return parse_page(page, ("ar",))


def assert_read(raw: bytes) -> None:
    (article,) = parsed(raw).articles
    assert article.title.value == TITLE
    assert [paragraph.text for paragraph in article.paragraphs] == [SENTENCE, SECOND]
    for field in (article.published, article.updated, article.saved, article.outlet, article.agency, article.author):
        assert field.value is None, field


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize(("body", "kind"), [(TEXT, "plain"), (HTML, "html")])
def test_a_mail_is_read_in_its_encoding(body: str, kind: str, charset: str, encoding: str) -> None:
    assert_read(mail(body, kind, charset, encoding).as_bytes())


def test_of_two_forms_of_one_mail_the_page_is_read() -> None:
    message = mail(f"{TITLE}\n\n{SENTENCE}\n")
    message.add_alternative(HTML, subtype="html")
    assert_read(message.as_bytes())


@pytest.mark.parametrize(("note", "kind"), [("للاطلاع يا زملاء.", "plain"), ("<p>للاطلاع يا زملاء.</p>", "html")])
def test_a_message_that_is_carried_is_read_in_place_of_its_cover(note: str, kind: str) -> None:
    cover = mail(note, kind)
    cover.add_attachment(mail(HTML, "html"))
    assert_read(cover.as_bytes())


def test_of_several_carried_messages_the_rest_is_named() -> None:
    cover = mail("نشرة")
    for _ in range(3):
        cover.add_attachment(mail(TEXT))
    found = parsed(cover.as_bytes())
    assert len(found.articles) == 1
    assert ["3 messages attached" in one.what for one in found.problems if one.code == "mail-messages"] == [True]


@pytest.mark.parametrize("head", [
    "---------- Forwarded message ---------\nFrom: أخبار <a@b.example>\nDate: Sat, Nov 8, 2025 at 10:00 AM\n"
    "Subject: نشرة الصباح\nTo: <x@y.example>\n\n",
    "---------- رسالة معاد توجيهها ---------\nمن: أخبار <a@b.example>\nالتاريخ: السبت، 8 نوفمبر 2025\nالموضوع: x\n\n",
    "-----Original Message-----\nFrom: a@b.example\nSent: 8 November 2025\nSubject: x\n\n",
])  # fmt: skip
def test_the_head_of_a_message_forwarded_in_the_text_is_no_date_of_the_article(head: str) -> None:
    assert_read(mail(head + TEXT).as_bytes())


def test_a_mail_without_a_content_type_is_a_mail_by_its_ending() -> None:
    assert_read(f"From: a@b.example\nSubject: x\nDate: Sat, 08 Nov 2025 10:00:00 +0300\n\n{TEXT}".encode())


def test_a_date_that_the_article_states_is_kept() -> None:
    (article,) = parsed(mail(f"{TITLE}\n\nتاريخ النشر: 7 نوفمبر 2025\n\n{SENTENCE}\n\n{SECOND}\n").as_bytes()).articles
    assert article.published.value is not None and article.published.value.iso == "2025-11-07"


def test_a_newsletter_of_several_articles_is_split() -> None:
    other = SENTENCE.replace("الوزير", "الرئيس"), SECOND.replace("الوزير", "الرئيس")
    parts = "".join(
        f"<article><h2>{title}</h2><p>{first}</p><p>{second}</p></article>"
        for title, first, second in ((TITLE, SENTENCE, SECOND), ("عنوان الخبر الثاني عن الميناء", *other))
    )
    found = parsed(mail(f"<html><body>{parts}</body></html>", "html").as_bytes()).articles
    assert [article.title.value for article in found] == [TITLE, "عنوان الخبر الثاني عن الميناء"]


def test_the_day_on_which_a_browser_saved_a_page_is_still_known() -> None:
    page = mail(HTML, "html")
    del page["To"]
    page.replace_header("From", "<Saved by Blink>")
    (article,) = parsed(page.as_bytes()).articles
    assert article.saved.value is not None and article.saved.value.iso == "2025-11-08"


def test_a_mail_is_filed_byte_for_byte_under_its_own_ending(tmp_path: Path) -> None:
    assert main(["new", "site", str(tmp_path / "site")]) == 0
    source = tmp_path / "newsletter.eml"
    source.write_bytes(mail(HTML, "html", "windows-1256", "quoted-printable").as_bytes())
    config = str(tmp_path / "site" / "site.toml")
    assert main(["new", "article", "--from", str(source), "--config", config]) == 0
    (filed,) = (tmp_path / "site" / "content" / "articles").glob("*.eml")
    assert filed.read_bytes() == source.read_bytes()


POST = f"وكالة أنباء المثال\n@mithal_news\n·\n14 نوفمبر\n{SENTENCE}\n\n{SECOND}\n"


def pasted(text: str) -> ParsedPage:
    page = decode("a.txt", text.encode())
    assert isinstance(page, RawPage)
    return parse_page(page, ("ar",))


@pytest.mark.parametrize("mark", ["> ", ">", "> > "])
@pytest.mark.parametrize(
    "head", ["", "---------- Forwarded message ---------\nمن: أخبار <a@b.example>\nالموضوع: نشرة\n\n"]
)
def test_an_article_quoted_in_a_pasted_mail_is_read_without_the_marks_of_the_quotation(mark: str, head: str) -> None:
    (article,) = pasted(head + "".join(f"{mark}{line}\n" for line in TEXT.split("\n"))).articles
    (plain,) = pasted(TEXT).articles
    assert article.title.value == plain.title.value
    assert [one.text for one in article.paragraphs] == [one.text for one in plain.paragraphs]


def test_the_head_of_a_forwarded_message_is_left_out_and_said() -> None:
    found = pasted(f"---------- Forwarded message ---------\nمن: أخبار <a@b.example>\nالموضوع: نشرة\n\n{TEXT}")
    assert [one.text for one in found.dropped if one.rule == "mail-head"] == [
        "---------- Forwarded message ---------", "من: أخبار <a@b.example>", "الموضوع: نشرة",
    ]  # fmt: skip


def test_one_line_behind_a_mark_is_no_quotation_of_a_mail() -> None:
    (article,) = pasted(f"{TITLE}\n\n> {SENTENCE}\n\n{SECOND}\n").articles
    assert any(one.text.startswith(">") for one in article.paragraphs)


def test_the_account_that_posted_a_report_is_no_headline_of_it() -> None:
    found = pasted(POST)
    assert [article.title.value for article in found.articles] == [None]
    assert [one.text for one in found.dropped if one.rule == "account"] == ["وكالة أنباء المثال", "@mithal_news"]


def test_a_headline_above_the_handle_of_its_reporter_stays_the_headline() -> None:
    (article,) = pasted(f"{TITLE}\n@katib_mithal\n\n{SENTENCE}\n\n{SECOND}\n").articles
    assert article.title.value == TITLE


LONG = f"{SENTENCE}\n\n{SECOND}"
STAMPS = [
    ("18/11/2025, 9:14\u202fam - ", "18/11/2025, 9:20\u202fam - "),
    ("١٨/١١/٢٠٢٥، ٩:١٤ ص - ", "١٨/١١/٢٠٢٥، ٩:٢٠ ص - "),
    ("[18/11/2025, 09:14:40] ", "[18/11/2025, 09:20:02] "),
    ("[18 نوفمبر 2025 9:14 ص] ", "[18 نوفمبر 2025 9:20 ص] "),
    ("\u200f[18/11/2025، 9:14:03 ص] ", "\u200f[18/11/2025، 9:20:03 ص] "),
]


def told_by(text: str) -> tuple[str | None, list[str]]:
    (article,) = pasted(text).articles
    return article.title.value, [one.text for one in article.paragraphs]


@pytest.mark.parametrize(("first", "second"), STAMPS)
def test_the_talk_around_an_article_in_a_messenger_is_no_part_of_it(first: str, second: str) -> None:
    text = (
        f"{first}الرسائل والمكالمات مشفرة تماما بين الطرفين. لا يمكن لأحد غيركما قراءتها.\n"
        f"{first}سعاد: هل قرأتم ما كتب اليوم عن المشروع؟\n{second}+962 7 9000 0000: {TITLE}\n{LONG}\n"
        f"{second}سعاد: شكرا، سأضيفه إلى الملف غدا صباحا.\n"
    )
    assert told_by(text) == (TITLE, [SENTENCE, SECOND])
    assert {one.rule for one in pasted(text).dropped} == {"message"}


@pytest.mark.parametrize(("first", "second"), STAMPS)
def test_a_headline_that_was_sent_as_a_message_of_its_own_stays_the_headline(first: str, second: str) -> None:
    assert told_by(f"{first}مرصد: {TITLE}\n{second}مرصد: {LONG}\n") == (TITLE, [SENTENCE, SECOND])


@pytest.mark.parametrize(("first", "second"), STAMPS)
def test_short_messages_stay_where_no_longer_one_passes_an_article_on(first: str, second: str) -> None:
    texts = ["أعلن الوزير بدء العمل في المشروع الجديد.", "وقال إن الكلفة تبلغ مئة مليون دينار.", SECOND[:60] + "."]
    (article,) = pasted("".join(f"{second}مرصد: {text}\n" for text in texts)).articles
    assert [one.text for one in article.paragraphs] == texts


def test_a_day_and_a_time_before_a_dash_are_no_message_where_nobody_sends_any() -> None:
    (article,) = pasted(f"{TITLE}\n18/11/2025، 9:14 ص - بتوقيت عمان\n\n{LONG}\n").articles
    assert article.published.value is not None and article.published.value.iso == "2025-11-18"


@pytest.mark.parametrize("said", [
    "كتب سامي في 18/11/2025 الساعة 10:22 ص:",
    "في ثلاثاء، 18 نوفمبر 2025 في 9:12 ص تمت كتابة ما يلي بواسطة سامي <s@x.example>:",
    "On Tue, Nov 18, 2025 at 9:12 AM Sami <\ns@x.example> wrote:",
])  # fmt: skip
@pytest.mark.parametrize("marks", [">", "> كتبت ريم:\n>>"])
def test_who_wrote_what_a_mail_quotes_is_no_author_of_it_and_no_day(said: str, marks: str) -> None:
    head, _, mark = marks.rpartition("\n")
    (article,) = pasted(f"{said}\n{head}\n" + "".join(f"{mark} {line}\n" for line in TEXT.split("\n"))).articles
    assert (article.title.value, article.author.value, article.outlet.value) == (TITLE, None, None)
    assert article.published.value is None
    assert [one.text for one in article.paragraphs] == [SENTENCE, SECOND]


def test_a_sentence_before_a_colon_above_a_quotation_is_no_head_of_a_mail() -> None:
    quoted = "".join(f"> {line}\n" for line in (SENTENCE, SECOND, SENTENCE.replace("الوزير", "الرئيس")))
    (article,) = pasted(f"{TITLE}\n\nوقال الوزير في كلمته أمام النواب اليوم ما نصه:\n\n{quoted}").articles
    assert article.paragraphs[0].text == "وقال الوزير في كلمته أمام النواب اليوم ما نصه:"


def test_the_day_before_a_dateline_is_no_message() -> None:
    (article,) = pasted(f"{TITLE}\n\n2025/11/18، 9:14 - بغداد: {SENTENCE}\n\n{SECOND}\n").articles
    assert article.paragraphs[0].text.endswith(f"بغداد: {SENTENCE}")


@pytest.mark.parametrize("note", [
    "تنبيه: هذه الرسالة واردة من خارج المؤسسة. لا تفتح المرفقات أو الروابط ما لم تكن تعرف المرسل.",
    "CAUTION: This email originated from outside of the organisation. Do not click links or open attachments.",
])  # fmt: skip
def test_what_a_mail_server_says_of_the_sender_is_no_paragraph(note: str) -> None:
    assert told_by(f"{note}\n\n{TEXT}") == (TITLE, [SENTENCE, SECOND])


def test_the_head_of_a_message_below_an_answer_gives_no_day_and_no_author() -> None:
    note = "السلام عليكم، الخبر أدناه.\n\nليلى\n________________________________\n"
    head = "من: فهد <f@x.example>\nتاريخ الإرسال: 18 نوفمبر، 2025 9:12 ص\nإلى: ليلى\nالموضوع: خبر\n\n"
    (article,) = pasted(f"{note}{head}{TEXT}").articles
    assert (article.title.value, article.published.value, article.author.value) == (TITLE, None, None)
    assert [one.text for one in article.paragraphs][-2:] == [SENTENCE, SECOND]


def test_the_day_on_which_a_mail_was_passed_on_is_not_that_of_the_article() -> None:
    outer = (
        "من: سلمى <a@b.example>\nإلى: التحرير\nالتاريخ: 20 نوفمبر 2026\nالموضوع: FW: للاطلاع\n\nللاطلاع مع الشكر.\n\n"
    )
    inner = "---------- رسالة معاد توجيهها ----------\nمن: أخبار <c@d.example>\nالتاريخ: 18 نوفمبر 2026\n\n"
    (found,) = pasted(outer + inner + TEXT).articles
    assert (found.title.value, found.published.value) == (TITLE, None)
    assert [one.text for one in found.paragraphs] == [SENTENCE, SECOND]
    kept = pasted(f"{TEXT}\n{SECOND}\n\n{inner}{TEXT}").articles
    assert kept[0].paragraphs[0].text == SENTENCE  # a text as long as an article is no note above another


def test_a_field_of_a_forwarded_head_between_marks_of_direction_is_one() -> None:
    fields = "من: أخبار <a@b.example>\n\u202aDate: 18 نوفمبر 2026 في 7:45 م\u202c\n\n"
    (found,) = pasted(f"---------- Forwarded message ---------\n{fields}{TEXT}").articles
    assert (found.title.value, found.published.value) == (TITLE, None)


def test_the_day_of_a_post_that_a_page_shows_is_not_that_of_an_article() -> None:
    post = "\n\nتقرر إلغاء الفعالية وستعاد قيمة التذاكر كاملة\n— فعاليات (@events) January 23, 2026\n\n"
    (found,) = pasted(f"{TITLE}\n24 يناير 2026\n\n{SENTENCE}{post}{SECOND}\n").articles
    assert found.published.value is not None and found.published.value.iso == "2026-01-24"
    assert [found.paragraphs[0].text, found.paragraphs[-1].text] == [SENTENCE, SECOND]
