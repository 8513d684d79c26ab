"""What each format gives: text in reading order, roles, groups, metadata, the header, and what it drops."""

import pytest

from site_src.model.page import RawPage
from site_src.parse import blocks_of
from site_src.parse.blocks import Blocks
from site_src.read import decode

SENTENCE = "أعلن الوزير في مؤتمر صحفي بدء العمل في المشروع الجديد خلال أسابيع قليلة من الآن."
SECOND = "وقال الوزير إن الكلفة تبلغ مئة مليون دينار تدفعها الدولة على ثلاث سنوات متتالية."


def read(text: str | bytes, file: str) -> Blocks:
    page = decode(file, text.encode() if isinstance(text, str) else text)
    assert isinstance(page, RawPage), page
    return blocks_of(page)


def html(body: str, head: str = "") -> Blocks:
    return read(f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>", "a.html")


def shown(blocks: Blocks) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in blocks.blocks]


def meta(blocks: Blocks, name: str) -> list[tuple[str, str]]:
    return [(stated.value, stated.where) for stated in blocks.meta if stated.name == name]


# Pasted text


def test_a_pasted_line_is_a_block_and_an_empty_line_a_gap():
    blocks = read("\n عنوان \n\nفقرة أولى\nفقرة ثانية\n", "a.txt").blocks
    assert [(block.text, block.line, block.gap) for block in blocks] == [
        ("عنوان", 2, False),
        ("فقرة أولى", 4, True),
        ("فقرة ثانية", 5, False),
    ]


# Headers


def test_a_toml_header_is_handed_on_as_it_stands():
    blocks = read('+++\ntitle = "عنوان"\n+++\nنص', "a.txt")
    assert (blocks.header, blocks.header_line, shown(blocks)) == ('title = "عنوان"', 2, [("", "نص")])


def test_a_plain_header_becomes_toml_line_for_line():
    text = "---\nالعنوان: قمة: بداية\n\nurl: https://x.example/a\nحذف: 3، 5\ntopics: [a, b]\ntitle2: no\n---\n\nنص"
    blocks = read(text, "a.md")
    assert blocks.header.split("\n") == [
        '"title" = "قمة: بداية"',
        "",
        '"url" = "https://x.example/a"',
        '"drop" = [3, 5]',
        '"topics" = ["a", "b"]',
        '"title2" = "no"',
    ]
    assert blocks.blocks[0].line == 10


@pytest.mark.parametrize(("value", "toml"), [("لا", "false"), ("false", "false"), ("ثم قال", '["ثم قال"]')])
def test_a_plain_header_forbids_or_forces_a_split(value: str, toml: str):
    assert read(f"---\nsplit: {value}\n---\nنص", "a.txt").header == f'"split" = {toml}'


def test_a_header_line_that_is_no_pair_is_named_with_its_line():
    (fault,) = read("---\ntitle: عنوان\n  - قائمة\n---\nنص", "a.md").problems
    assert (fault.code, fault.line) == ("header-line", 3)


def test_a_header_that_is_never_closed_is_said_and_its_lines_stay():
    blocks = read('+++\ntitle = "عنوان"\nنص', "a.txt")
    assert [fault.code for fault in blocks.problems] == ["header-open"]
    assert len(blocks.blocks) == 2


def test_rules_around_a_pasted_line_are_no_header():
    blocks = read("---\nقال الوزير: نعم\n---\nنص", "a.txt")
    assert blocks.header == "" and len(blocks.blocks) == 4


# Markdown


def test_markdown_roles_come_from_its_structure():
    text = "# عنوان\n\nفقرة\n\n## فرعي\n\n1. أول\n2. ثان\n\n> قول\n> طويل\n\nآخر\n-----\n"
    assert shown(read(text, "a.md")) == [
        ("title", "عنوان"),
        ("", "فقرة"),
        ("heading", "فرعي"),
        ("list", "أول"),
        ("list", "ثان"),
        ("quote", "قول طويل"),
        ("heading", "آخر"),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("قال **الوزير** إن *الأمر* `واضح`", "قال الوزير إن الأمر واضح"),
        ('[رابط](https://x.example "عنوان") و[آخر][1]', "رابط وآخر"),
        ("<https://x.example/a>", "https://x.example/a"),
        (r"2\*3 و snake_case_name", "2*3 و snake_case_name"),
        ("نص <b>غا</b>مق &amp; آخر<!-- سر -->", "نص غامق & آخر"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("حاشية[^1]", "حاشية"),
    ],
)
def test_marks_links_and_tags_are_taken_off_a_markdown_line(source: str, text: str):
    assert shown(read(source, "a.md")) == [("", text)]


def test_an_image_is_its_caption_and_a_reference_is_nothing():
    text = "![عمال في الحقل](a.jpg)\n\n[1]: https://x.example\n"
    assert shown(read(text, "a.md")) == [("caption", "عمال في الحقل")]


def test_a_markdown_table_gives_a_block_a_row():
    text = "| المدينة | العدد |\n|---|---:|\n| صور | 7 |\n"
    assert shown(read(text, "a.md")) == [("table", "المدينة | العدد"), ("table", "صور | 7")]


def test_code_in_markdown_never_becomes_text():
    blocks = read("نص\n\n<script>\nalert(1)\n</script>\n\nآخر", "a.md")
    assert shown(blocks) == [("", "نص"), ("", "آخر")]
    assert {gone.rule for gone in blocks.dropped} == {"html-script"}


# HTML: the text


def test_inline_tags_split_no_word_and_breaks_end_lines():
    blocks = html(f"<p>الصا<b>در</b><span>ات</span> كبيرة<br>سطر ثان<br><br>سطر ثالث</p><p>{SENTENCE}</p>").blocks
    assert [(block.text, block.gap) for block in blocks[:3]] == [
        ("الصادرات كبيرة", False),
        ("سطر ثان", False),
        ("سطر ثالث", True),
    ]


def test_a_headline_over_two_lines_is_one_block():
    assert shown(html(f"<h1>عنوان على<br>سطرين</h1><p>{SENTENCE}</p>"))[0] == ("title", "عنوان على سطرين")


def test_lists_quotes_captions_and_rows_keep_their_roles():
    body = (
        f"<h1>عنوان الخبر هنا</h1><p>{SENTENCE}</p><ul><li><p>بند أول</p></li><li>بند ثان</li></ul>"
        "<blockquote><p>قول مقتبس</p></blockquote><figure><figcaption>صورة (وكالة)</figcaption></figure>"
        "<table><tr><th>أ</th><th>ب</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>"
    )
    assert shown(html(body))[2:] == [
        ("list", "بند أول"),
        ("list", "بند ثان"),
        ("quote", "قول مقتبس"),
        ("caption", "صورة (وكالة)"),
        ("table", "أ | ب"),
        ("table", "1 | 2"),
    ]


def test_a_table_that_only_lays_out_the_page_is_no_table_of_values():
    body = f"<table><tr><td><a href=1>قائمة</a></td><td><p>{SENTENCE}</p><p>{SECOND}</p></td></tr></table>"
    assert [block.role for block in html(body).blocks if len(block.text) > 20] == ["", ""]


def test_date_and_author_drawn_apart_by_style_are_lines_of_their_own():
    body = f'<div><span class="d">8 نوفمبر 2025</span><span class="w">سلمى نور</span></div><p>{SENTENCE}</p>'
    assert [text for _, text in shown(html(body))[:2]] == ["8 نوفمبر 2025", "سلمى نور"]


def test_the_language_of_an_element_goes_with_its_block():
    blocks = html(f'<p>{SENTENCE}</p><p lang="en">An English paragraph of several words stands here.</p>').blocks
    assert [block.lang for block in blocks] == ["", "en"]


def test_a_pull_quote_goes_and_its_sentence_in_the_text_stays():
    body = f"<p>{SENTENCE}</p><blockquote class=pullquote>«بدء العمل في المشروع الجديد»</blockquote><p>{SECOND}</p>"
    blocks = html(body)
    assert [text for _, text in shown(blocks)] == [SENTENCE, SECOND]
    assert [gone.rule for gone in blocks.dropped] == ["html-pullquote"]


def test_a_quotation_that_stands_nowhere_else_stays():
    assert ("quote", "لن نتراجع عن هذا القرار مهما حدث") in shown(
        html(f"<p>{SENTENCE}</p><blockquote>لن نتراجع عن هذا القرار مهما حدث</blockquote>")
    )


# HTML: what is no part of an article


@pytest.mark.parametrize(
    ("box", "rule"),
    [
        ("<nav>القائمة الرئيسية</nav>", "html-navigation"),
        ("<aside>في خبر آخر اليوم</aside>", "html-aside"),
        ("<footer>كل الحقوق محفوظة</footer>", "html-footer"),
        ("<header>السبت 11 أكتوبر</header>", "html-header"),
        ("<div hidden>نص مخفي</div>", "html-hidden"),
        ("<p style='display:none'>نص مخفي</p>", "html-hidden"),
        ("<span class=sr-only>للقارئ الآلي</span>", "html-hidden"),
        ("<noscript>فعل البرمجة</noscript>", "html-noscript"),
        ("<form><label>بحث</label></form>", "html-form"),
        ("<div role=complementary>جانبي</div>", "html-aside"),
        ("<div class='share-bar'>شارك</div>", "html-share"),
        ("<div id='relatedPosts'>مواضيع</div>", "html-links"),
        ("<section class=comments-area>تعليق</section>", "html-comments"),
        ("<p><a href=1>خبر آخر عن أسعار القمح اليوم</a></p>", "html-teaser"),
        ("<p>اقرأ أيضا: <a href=1>خبر آخر عن أسعار القمح اليوم</a></p>", "html-teaser"),
        ("<div><a href=1>اقتصاد</a> <a href=2>زراعة</a></div>", "html-links"),
    ],
)
def test_what_is_no_part_of_the_article_is_dropped_by_its_rule(box: str, rule: str):
    blocks = html(f"<h1>عنوان الخبر الطويل هنا</h1><p>{SENTENCE}</p>{box}<p>{SECOND}</p>")
    assert [text for _, text in shown(blocks)] == ["عنوان الخبر الطويل هنا", SENTENCE, SECOND]
    assert {gone.rule for gone in blocks.dropped} == {rule}


def test_code_and_drawings_leave_no_trace():
    blocks = html(f"<p>{SENTENCE}<script>var a</script><svg><title>رمز</title></svg></p><style>p{{}}</style>")
    assert shown(blocks) == [("", SENTENCE)] and blocks.dropped == ()


@pytest.mark.parametrize(
    "wrapper", ["form", "div class=page-with-sidebar", "div role=dialog", "section id=comments-off"]
)
def test_a_box_that_holds_the_article_is_never_dropped_by_its_name(wrapper: str):
    end = wrapper.split()[0]
    body = f"<{wrapper}><h1>عنوان الخبر الطويل هنا</h1><p>{SENTENCE}</p><p>{SECOND}</p></{end}>"
    assert len(html(body).blocks) == 3


@pytest.mark.parametrize(
    "box", ["div class=elementor-widget", "div class=tag-ads", "div class=has-related", "div aria-hidden=true"]
)
def test_a_name_that_only_sounds_like_junk_drops_nothing(box: str):
    body = "".join(f"<{box}><p>{text}</p></div>" for text in (SENTENCE, SECOND, SENTENCE))
    assert [text for _, text in shown(html(body))] == [SENTENCE, SECOND, SENTENCE]


def test_the_header_of_an_article_stays_where_no_tag_marks_the_article():
    head = "<header class=entry-header><h1>قمة العشرين</h1><b>8 نوفمبر</b></header>"
    assert [text for _, text in shown(html(f"<div><div>{head}<p>{SENTENCE}</p></div></div>"))] == [
        "قمة العشرين",
        "8 نوفمبر",
        SENTENCE,
    ]


def test_a_label_goes_with_its_box_of_links_and_the_headlines_are_teasers():
    box = "<h3>اقرأ أيضا</h3><ul><li><a href=1>تراجع أسعار القمح في الأسواق</a></li></ul>"
    blocks = html(f"<p>{SENTENCE}</p>{box}<p>{SECOND}</p>")
    assert [text for _, text in shown(blocks)] == [SENTENCE, SECOND]
    assert blocks.teasers == ("تراجع أسعار القمح في الأسواق",)


def test_a_source_that_is_a_link_stays():
    body = f"<h1>عنوان الخبر الطويل هنا</h1><p>{SENTENCE}</p><p>{SECOND}</p><p>المصدر: <a href=x>رويترز</a></p>"
    assert shown(html(body))[-1] == ("", "المصدر: رويترز")


# HTML: articles


def test_two_articles_are_two_groups_each_with_a_title():
    one = "<article><h1>عنوان الخبر الأول هنا</h1><p>{0}</p><p>{1}</p></article>"
    two = "<article><h2>عنوان الخبر الثاني هنا</h2><p>{1}</p><p>{0}</p></article>"
    blocks = html((one + two).format(SENTENCE, SECOND)).blocks
    assert [block.group for block in blocks] == [1, 1, 1, 2, 2, 2]
    assert [block.text for block in blocks if block.role == "title"] == [
        "عنوان الخبر الأول هنا",
        "عنوان الخبر الثاني هنا",
    ]


def test_a_short_second_article_beside_a_long_one_is_not_lost():
    long = f"<div><h1>عنوان الخبر الأول هنا</h1>{f'<p>{SENTENCE}</p>' * 40}</div>"
    short = f"<div><h1>عنوان الخبر الثاني هنا</h1><p>{SECOND}</p><p>{SENTENCE}</p></div>"
    assert {block.group for block in html(long + short).blocks} == {1, 2}


def test_sections_of_one_article_are_one_group():
    section = f"<section><h2>قسم من الخبر</h2><p>{SENTENCE}</p><p>{SECOND}</p><p>{SENTENCE}</p></section>"
    assert {block.group for block in html("<h1>عنوان الخبر الطويل هنا</h1>" + section * 2).blocks} == {0}


def test_the_end_of_an_article_in_a_box_of_its_own_is_not_lost():
    body = f"<div><h1>عنوان الخبر الطويل هنا</h1>{f'<p>{SENTENCE}</p>' * 12}</div><div class=more><p>{SECOND}</p></div>"
    assert shown(html(body))[-1] == ("", SECOND)
    weather = "<div><h4>الطقس</h4><p>العاصمة 31 درجة</p></div>"
    assert ("", SECOND) in shown(html(body.replace("<div class=more>", f"{weather}<div>")))


def test_a_line_that_the_page_calls_its_title_is_the_title():
    head = "<title>افتتاح الجسر الجديد - جريدة الضفاف</title>"
    blocks = html(f"<b>افتتاح الجسر الجديد</b><p>{SENTENCE}</p>", head)
    assert shown(blocks)[0] == ("title", "افتتاح الجسر الجديد")


def test_a_sites_name_in_the_first_headline_element_is_no_title():
    head = '<meta property="og:title" content="افتتاح الجسر الجديد فوق النهر">'
    body = f"<div><h1>بوابة الضفاف</h1><h2>افتتاح الجسر الجديد فوق النهر</h2><p>{SENTENCE}</p></div>"
    assert shown(html(body, head)) == [("title", "افتتاح الجسر الجديد فوق النهر"), ("", SENTENCE)]


def test_a_headline_that_stands_twice_is_one_headline():
    body = f"<h1>افتتاح الجسر الجديد</h1><h1>افتتاح الجسر الجديد</h1><p>{SENTENCE}</p><p>{SECOND}</p>"
    assert [role for role, _ in shown(html(body))] == ["title", "", ""]


# HTML: metadata


def test_json_ld_in_a_graph_with_references_comments_and_commas_too_many_is_read():
    script = """<script type="application/ld+json"><!--
    {"@graph": [{"@id": "#o", "@type": "Organization", "name": "صحيفة الميناء"},
     {"@type": ["NewsArticle"], "headline": "عنوان", "datePublished": "2025-01-02", "publisher": {"@id": "#o"},
      "author": [{"name": "أ"}, "ب"],}]} --></script>"""
    blocks = html(f"<p>{SENTENCE}</p>", script)
    assert meta(blocks, "outlet") == [("صحيفة الميناء", "json-ld")]
    assert meta(blocks, "author") == [("أ، ب", "json-ld")]
    assert meta(blocks, "published") == [("2025-01-02", "json-ld")]
    assert blocks.problems == ()


@pytest.mark.parametrize("script", ['{"headline": "a', "[" * 100_000, "nonsense"])
def test_json_ld_that_cannot_be_read_is_a_warning(script: str):
    (fault,) = html(f"<p>{SENTENCE}</p>", f'<script type="application/ld+json">{script}</script>').problems
    assert (fault.code, fault.severity) == ("json-ld-broken", "warning")


def test_lone_surrogates_of_json_do_not_reach_the_fields():
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "خبر \\ud800"}</script>'
    assert meta(html(f"<p>{SENTENCE}</p>", script), "title") == [("خبر", "json-ld")]


def test_meta_elements_stand_in_the_order_in_which_they_are_trusted():
    head = '<meta name=date content="2025"><meta property="article:published_time" content="2025-03-04">'
    assert [value for value, _ in meta(html(f"<p>{SENTENCE}</p>", head), "published")] == ["2025-03-04", "2025"]


def test_the_time_of_an_announced_article_is_no_date_of_this_one():
    body = f'<h1>عنوان الخبر الطويل هنا</h1><time datetime="2025-01-02">2/1</time><p>{SENTENCE}</p>'
    body += '<aside><time datetime="2025-09-09">9/9</time></aside>'
    assert meta(html(f"<div>{body}</div>"), "published") == [("2025-01-02", "time")]


def test_a_browsers_note_gives_the_address():
    text = f"<!-- saved from url=(0024)https://x.example/news/1 -->\n<html><p>{SENTENCE}</p></html>"
    assert meta(read(text, "a.html"), "url") == [("https://x.example/news/1", "saved from")]


def test_links_side_by_side_are_each_a_headline_of_their_own():
    box = "<div><a href=1>اتفاق على توسعة المنطقة الحرة</a><a href=2>انخفاض أسعار الشحن مرة ثانية</a></div>"
    teasers = html(f"<div><h1>عنوان الخبر الطويل هنا</h1><p>{SENTENCE}</p>{box}<p>{SECOND}</p></div>").teasers
    assert teasers == ("اتفاق على توسعة المنطقة الحرة", "انخفاض أسعار الشحن مرة ثانية")


def test_a_page_that_scripts_would_fill_is_read_from_its_json_ld():
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "%s\\n%s"}</script>'
    blocks = html("<div id=root></div>", script % (SENTENCE, SECOND))
    assert [text for _, text in shown(blocks)] == [SENTENCE, SECOND]
    assert [fault.code for fault in blocks.problems] == ["text-from-json-ld"]


# HTML: damage


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "article"])
def test_a_hundred_thousand_nested_tags_lose_no_text(tag: str):
    blocks = html(f"<p>{SENTENCE}</p>" + f"<{tag}>" * 100_000 + f"<p>{SECOND}</p>")
    assert [text for _, text in shown(blocks)] == [SENTENCE, SECOND]
    assert [fault.code for fault in blocks.problems] == ["nested-markup"]


@pytest.mark.parametrize("cut", [25, 60, 90, 140, 200])
def test_markup_cut_off_anywhere_keeps_the_text_before_the_cut(cut: int):
    markup = f"<!doctype html><html><body><div class=a><p>{SENTENCE}</p><p class='b'>{SECOND}</p></div></body></html>"
    text = " ".join(block.text for block in read(markup[:cut], "a.html").blocks)
    assert text in f"{SENTENCE} {SECOND}"


def test_an_empty_page_of_markup_has_no_blocks():
    assert html("").blocks == ()


# MHTML

MAIL = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/n/1\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n--b--\r\n"
)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_the_html_part_is_read_in_its_own_charset(charset: str):
    body = f"<html><body><h1>عنوان الخبر الطويل هنا</h1><p>{SENTENCE}</p></body></html>"
    blocks = read(MAIL.format(kind="text/html", charset=charset, body=body).encode(charset), "a.mht")
    assert [text for _, text in shown(blocks)] == ["عنوان الخبر الطويل هنا", SENTENCE]
    assert meta(blocks, "url") == [("https://x.example/n/1", "mhtml")]


def test_a_saved_mail_of_plain_text_is_read_as_lines():
    blocks = read(MAIL.format(kind="text/plain", charset="utf-8", body=SENTENCE), "a.eml")
    assert [text for _, text in shown(blocks)] == [SENTENCE]


def test_an_mhtml_without_a_page_says_so():
    (fault,) = read(MAIL.format(kind="image/png", charset="x", body="x"), "a.mht").problems
    assert fault.code == "mhtml-without-page"
