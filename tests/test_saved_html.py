"""Saved HTML: what browsers, components and scripts do to the text of an article, which is read whole and once."""

import json

import pytest
from support_saved import FIRST, FOURTH, OTHER, OTHERS, SECOND, TEXT, THIRD, TITLE, articles, codes, paragraphs, parse

from site_src.model.page import RawPage
from site_src.parse import parse_page
from site_src.read import decode


@pytest.mark.parametrize("attribute", ["shadowrootmode=open", "shadowroot=open", "shadowmode=open"])
def test_the_own_tree_of_a_component_is_text_and_a_template_is_none(attribute: str):
    body = f"<news-page><template {attribute}><h1>{TITLE}</h1>{paragraphs(TEXT)}</template></news-page>"
    assert articles(parse(f"{body}<template><p>{OTHERS[0]}</p></template>")) == [(TITLE, TEXT)]


def test_a_page_of_a_notice_alone_is_read_from_its_data():
    said = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(TEXT)}
    script = f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'
    notice = "<p>يستخدم هذا الموقع ملفات تعريف الارتباط لتحسين تجربتك، ومواصلة التصفح تعني موافقتك على ذلك.</p>"
    page = parse(f"<div id=app></div><div>{notice}</div>", script)
    assert articles(page) == [(TITLE, TEXT)]
    assert codes(page) == ["text-from-json-ld"]
    assert [gone.rule for gone in page.dropped] == ["html-outside"]


def test_preformatted_text_is_read_a_paragraph_for_each_sentence_that_ends_its_line():
    broken, unended = THIRD.replace(" ومن ", "\nومن "), SECOND.removesuffix(".")
    page = parse(f"<article><h1>{TITLE}</h1><pre>{FIRST}\n{unended}\n\n{broken}\n{FOURTH}</pre></article>")
    assert articles(page) == [(TITLE, [FIRST, unended, THIRD, FOURTH])]


def test_a_short_report_is_read_from_the_page_though_its_data_repeat_it():
    said = {"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{FIRST} {SECOND}"}
    script = f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'
    page = parse(f"<h1>{TITLE}</h1>{paragraphs([FIRST, SECOND])}", script)
    assert (articles(page), codes(page)) == ([(TITLE, [FIRST, SECOND])], [])


def test_the_rest_behind_a_box_that_asks_to_subscribe_is_read_and_the_box_is_not():
    gate = "<div><p>باقة الصحيفة تتيح لك كل ما ننشر في شهر كامل.</p><button>اختر الباقة</button></div>"
    body = f"<div>{paragraphs(TEXT[:2])}{gate}<div hidden>{paragraphs(TEXT[2:])}</div></div>"
    page = parse(f"<article><h1>{TITLE}</h1>{body}</article>")
    assert (articles(page), codes(page)) == ([(TITLE, TEXT)], ["text-unfolded"])


def test_a_quotation_of_several_paragraphs_before_the_rest_stays():
    quote = f"<blockquote><p>{SECOND}</p><p>{THIRD}</p></blockquote>"
    body = f"<div><p>{FIRST}</p>{quote}<div hidden><p>{FOURTH}</p><p>{OTHERS[0]}</p></div></div>"
    assert articles(parse(f"<article><h1>{TITLE}</h1>{body}</article>")) == [(TITLE, [*TEXT, OTHERS[0]])]


def test_a_paragraph_beside_a_box_with_all_others_is_not_lost_for_the_headline_above_it():
    head = f"<div><h1>{TITLE}</h1><span class=d>5 نوفمبر 2026</span></div>"
    box = f"<table><tr><td>{paragraphs(TEXT)}</td></tr></table>"
    menu = "<div><ul><li><a href=/1>الرئيسية</a></li></ul></div>"
    assert articles(parse(f"{menu}<div>{head}<div>{box}</div><div><p>{OTHERS[1]}</p></div></div>")) == [
        (TITLE, [*TEXT, OTHERS[1]])
    ]


HEADED = (
    f"<h2>{TITLE}</h2><p>3 نوفمبر 2026</p>{paragraphs(TEXT)}<h2>{OTHER}</h2><p>4 نوفمبر 2026</p>{paragraphs(OTHERS)}"
)


def test_headings_that_each_have_a_day_are_headlines_where_none_stands_above_them():
    page = parse(f"<div>{HEADED}</div>", "<title>دفتر اليوم</title>")
    assert articles(page) == [(TITLE, TEXT), (OTHER, OTHERS)]
    assert [one.published.value and one.published.value.iso for one in page.articles] == ["2026-11-03", "2026-11-04"]


@pytest.mark.parametrize(
    ("above", "head"),
    [
        ("<h1>مدينتان في أسبوع: ما جرى في الزرقاء وجرش</h1>", ""),
        ("", "<title>مدينتان في أسبوع: يوميات الزرقاء وجرش</title>"),
    ],
)
def test_the_days_of_a_chronicle_are_its_parts(above: str, head: str):
    assert len(parse(f"<div>{above}{HEADED}</div>", head).articles) == 1


@pytest.mark.parametrize("root", ["Snapshot-Content-Location: https://x.example/n", 'X: "'])
def test_the_frame_of_an_advertisement_that_stands_first_is_not_the_page(root: str):
    kind = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    start = "" if "https" in root else '; start="<page>"'
    head = f'From: <Saved by Blink>\r\n{root}\r\nContent-Type: multipart/related; boundary="b"{start}\r\n'
    parts = (
        ("Content-ID: <ad>", "<p>عطر جديد يصل إلى أسواقنا هذا الأسبوع بسعر خاص.</p>"),
        (
            "Content-ID: <page>\r\nContent-Location: https://x.example/n",
            f"<h1>{TITLE}</h1>{paragraphs(TEXT)}",
        ),
    )
    body = "".join(f"--b\r\n{kind}{name}\r\n\r\n<html><body>{text}</body></html>\r\n" for name, text in parts)
    page = decode("a.mhtml", f"{head}\r\n{body}--b--\r\n".encode())
    assert isinstance(page, RawPage)
    assert articles(parse_page(page, ("ar",))) == [(TITLE, TEXT)]


def test_the_text_of_a_page_of_frames_is_that_of_the_frame_with_most_of_it():
    frames = (
        "<html><body><iframe src=cid:a></iframe></body></html>",
        "<html><body><p>إعلان قصير عن عطر جديد.</p></body></html>",
        f"<html><body><h1>{TITLE}</h1>{paragraphs(TEXT)}</body></html>",
    )
    kind = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    page = decode("a.mhtml", (head + "".join(f"--b\r\n{kind}{one}\r\n" for one in frames) + "--b--\r\n").encode())
    assert isinstance(page, RawPage)
    assert articles(parse_page(page, ("ar",))) == [(TITLE, TEXT)]


UNSTOPPED = "تدرس شركة النقل تسيير خط جديد إلى السوق"


@pytest.mark.parametrize("body", ["<p>{}</p>", "<div>{}</div>", "{}<br><br>"], ids=["p", "div", "br"])
@pytest.mark.parametrize("last", [FOURTH.rstrip("."), UNSTOPPED, "والدخول مجاني."])
def test_the_last_paragraph_is_text_though_it_ends_without_a_full_stop_or_is_short(body: str, last: str):
    text = "".join(map(body.format, [*TEXT[:3], last]))
    assert articles(parse(f"<article><h1>{TITLE}</h1><div>{text}</div></article>")) == [(TITLE, [*TEXT[:3], last])]


@pytest.mark.parametrize(
    "end",
    [
        "<div class=next>مطار ماركا يستقبل أولى رحلاته الليلية</div>",
        "<p><a href=/1>مطار ماركا يستقبل أولى</a> رحلاته الليلية</p>",
        "<p>شارك في التغطية: مراسلو الصحيفة في الزرقاء</p>",
        "<p>هدى الفايز - الزرقاء</p>",
    ],
)
def test_what_stands_below_the_text_and_is_made_or_worded_otherwise_is_none_of_it(end: str):
    assert articles(parse(f"<article><h1>{TITLE}</h1><div>{paragraphs(TEXT)}{end}</div></article>")) == [(TITLE, TEXT)]


def test_a_page_that_leaves_out_full_stops_keeps_its_short_paragraphs():
    said = [text.rstrip(".") for text in (FIRST, "ويستمر العمل حتى مساء الخميس", *TEXT[1:], UNSTOPPED)]
    assert articles(parse(f"<article><h1>{TITLE}</h1>{paragraphs(said)}</article>")) == [(TITLE, said)]


def test_parts_that_are_unfolded_by_names_of_their_own_are_read_with_their_names():
    parts = "".join(
        f"<div><button>{name}</button><div style='display:none'><p>{text}</p></div></div>"
        for name, text in (("كم يبلغ الإيجار؟", SECOND), ("مما يشكو التجار؟", THIRD))
    )
    page = parse(f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{FOURTH}</p>{parts}</article>")
    assert articles(page) == [(TITLE, [FIRST, FOURTH, "كم يبلغ الإيجار؟", SECOND, "مما يشكو التجار؟", THIRD])]
    assert codes(page) == ["text-unfolded"]


def test_what_one_kind_of_button_unfolds_again_and_again_is_none_of_the_text():
    answers = "".join(f"<div>عرض الردود ({n})</div><div hidden><p>{OTHERS[n]}</p></div>" for n in range(3))
    page = parse(f"<article><h1>{TITLE}</h1>{paragraphs(TEXT)}{answers}</article>")
    assert articles(page) == [(TITLE, TEXT)]


@pytest.mark.parametrize("shown", ["hidden md:block", "hidden lg:table", "d-none d-lg-block"])
def test_what_only_phones_hide_is_text_and_once(shown: str):
    body = f"<div class='{shown}'>{paragraphs(TEXT)}</div>"
    assert articles(parse(f"<article><h1>{TITLE}</h1>{body}</article>")) == [(TITLE, TEXT)]
    copy = f"<div class='md:hidden'>{paragraphs(TEXT)}</div>"
    assert articles(parse(f"<article><h1>{TITLE}</h1>{body}{copy}</article>")) == [(TITLE, TEXT)]


@pytest.mark.parametrize(
    "word", ["<button>{}</button>", "<span role=button>{}</span>", "<button class=x><b>{}</b></button>"]
)
def test_a_word_that_is_explained_at_a_click_stays_in_its_sentence(word: str):
    text = FIRST.replace("الزرقاء", word.format("الزرقاء"))
    body = f"<p>{text}</p>{paragraphs(TEXT[1:])}<p><button>حفظ</button></p>"
    assert articles(parse(f"<article><h1>{TITLE}</h1>{body}</article>")) == [(TITLE, TEXT)]


def test_the_address_of_a_heading_says_nothing_of_it():
    body = f"{paragraphs(TEXT[:2])}<h2 id=social>موقف التجار</h2>{paragraphs(TEXT[2:])}"
    assert articles(parse(f"<article><h1>{TITLE}</h1>{body}</article>")) == [
        (TITLE, [*TEXT[:2], "موقف التجار", *TEXT[2:]])
    ]


def test_tags_that_were_escaped_once_too_often_are_tags():
    body = "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in TEXT)
    assert articles(parse(f"<article><h1>{TITLE}</h1><div>{body}</div></article>")) == [(TITLE, TEXT)]


def test_a_feed_with_escaped_texts_is_its_articles():
    def entry(title: str, texts: list[str]) -> str:
        said = "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in texts)
        return f"<item><title>{title}</title><description>{said}</description></item>"

    feed = (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{entry(TITLE, TEXT)}{entry(OTHER, OTHERS)}</channel></rss>'
    )
    page = decode("a.html", feed.encode())
    assert isinstance(page, RawPage)
    assert articles(parse_page(page, ("ar",))) == [(TITLE, TEXT), (OTHER, OTHERS)]


def test_a_page_inside_of_a_page_is_read_where_that_holds_nothing():
    inner = f"<h1>{TITLE}</h1>{paragraphs(TEXT)}"
    assert articles(parse(f"<iframe srcdoc='<p>إعلان</p>'></iframe><iframe srcdoc='{inner}'></iframe>")) == [
        (TITLE, TEXT)
    ]
    assert articles(parse(f"<iframe srcdoc='{inner}'></iframe>{paragraphs(OTHERS)}")) == [(None, OTHERS)]


def test_an_mhtml_behind_a_mark_of_its_encoding_is_one():
    kind = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    text = f"\ufeff{head}--b\r\n{kind}<h1>{TITLE}</h1>{paragraphs(TEXT)}\r\n--b--\r\n"
    page = decode("a.mht", text.encode())
    assert isinstance(page, RawPage)
    assert articles(parse_page(page, ("ar",))) == [(TITLE, TEXT)]


def test_a_row_that_begins_with_a_bar_goes_on_with_no_headline():
    page = parse(f"<article><div><h1>{TITLE[:18]}</h1>| 12 مايو 2025</div>{paragraphs(TEXT)}</article>")
    (article,) = page.articles
    assert (article.title.value, article.published.value and article.published.value.iso) == (TITLE[:18], "2025-05-12")


@pytest.mark.parametrize(
    ("headline", "day"),
    [
        ("تابعوا البث المباشر", None),
        ("تغطية", None),
        (f"{' '.join(TITLE.split()[:2])} في تفاصيل أخرى", "2019-01-01"),
        ("City council opens a public garden", "2019-01-01"),
        ("", "2019-01-01"),
    ],
)
def test_data_on_another_article_date_none_and_data_with_other_words_on_this_one_do(headline: str, day: str | None):
    said = {"@type": "NewsArticle", "headline": headline, "datePublished": "2019-01-01"}
    script = f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'
    (article,) = parse(f"<article><h1>{TITLE}</h1>{paragraphs(TEXT)}</article>", script).articles
    assert (article.published.value.iso if article.published.value else None) == day


@pytest.mark.parametrize("sign", ["_", " | ", " - "])
def test_the_sign_before_the_site_in_the_windows_title_is_no_part_of_its_name(sign: str):
    page = parse(f"<h1>{TITLE}</h1>{paragraphs(TEXT)}", f"<title>{TITLE}{sign}Arabic.news.example</title>")
    assert [one.outlet.value for one in page.articles] == ["Arabic.news.example"]


@pytest.mark.parametrize(
    ("name", "outlet", "author"),
    [("الشرق الأوسط", "الشرق الأوسط", None), ("سامي الطحان", None, "سامي الطحان"), ("صدى العطار", None, "صدى العطار")],
)
def test_a_known_paper_before_the_day_is_the_outlet_and_a_person_there_the_author(
    name: str, outlet: str | None, author: str | None
):
    line = f"<p>{name} | نُشر: 13:02-30 نوفمبر 2026 م</p>"
    (article,) = parse(f"<article><h1>{TITLE}</h1>{line}{paragraphs(TEXT)}</article>").articles
    assert (article.outlet.value, article.author.value) == (outlet, author)
