"""Markdown as note programs, converters, readers and site generators write it: each word once, in its own line."""

import pytest

from site_src.model.page import ParsedPage, RawPage
from site_src.parse import blocks_of, parse_page
from site_src.parse.blocks import Blocks
from site_src.read import decode

TITLE = "بلدية الزرقاء تفتح سوقا جديدة للخضار"
FIRST = "افتتحت بلدية الزرقاء سوقا جديدة للخضار تضم ستين محلا وساحة لوقوف الشاحنات."
SECOND = "وقال مدير السوق فؤاد الرواشدة إن الإيجار السنوي يبلغ أربعمئة دينار للمحل الواحد."
THIRD = "ويشكو التجار من بعد السوق عن وسط المدينة ومن قلة الحافلات إليها في ساعات الصباح."


def read(text: str) -> Blocks:
    page = decode("a.md", text.encode())
    assert isinstance(page, RawPage), page
    return blocks_of(page)


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in read(text).blocks]


def parsed(text: str) -> ParsedPage:
    page = decode("a.md", text.encode())
    assert isinstance(page, RawPage), page
    return parse_page(page, ("ar",))


def texts(page: ParsedPage) -> list[str]:
    (article,) = page.articles
    return [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("قال [[فؤاد الرواشدة]] إن [[سوق الزرقاء|السوق]] كبيرة ^a1b2", "قال فؤاد الرواشدة إن السوق كبيرة"),
        ("![[صورة.jpg|600]]سوق", "سوق"),
        ("[سوق](https://x.example/w/سوق_(الزرقاء)) جديدة", "سوق جديدة"),
        ('[سوق](<https://x.example/a b> "عنوان") جديدة', "سوق جديدة"),
        ('قال [المدير]{.mark dir="rtl"} نعم', "قال المدير نعم"),
        ("سطر ينتهي بكسر\\", "سطر ينتهي بكسر"),
        ("انتهى القول.[^1^](#fn1)", "انتهى القول."),
        ("| بيت من قصيدة", "بيت من قصيدة"),
        (r"ألف\, باء\: جيم", "ألف, باء: جيم"),
    ],
)
def test_marks_of_note_programs_and_converters_are_taken_off(line: str, text: str):
    assert shown(line) == [("", text)]


def test_tags_of_blocks_end_lines_and_glue_no_words():
    assert shown(f"## باب\n\n<div align=right><p>{FIRST}</p><p>{SECOND}</p></div>\n\nسطر<br>آخر") == [
        ("title", "باب"),
        ("", FIRST),
        ("", SECOND),
        ("", "سطر"),
        ("", "آخر"),
    ]


def test_headings_lists_and_tables_in_html_keep_their_roles():
    table = "<table>\n<tr>\n<th>المحل</th>\n<th>الإيجار</th>\n</tr>\n<tr><td>الخضار</td><td>400</td></tr>\n</table>"
    text = f"<h1 align='center'>{TITLE}</h1>\n\n{FIRST}\n\n<ul><li>بند أول</li><li>بند ثان</li></ul>\n\n{table}\n"
    assert shown(text) == [
        ("title", TITLE),
        ("", FIRST),
        ("list", "بند أول"),
        ("list", "بند ثان"),
        ("table", "المحل | الإيجار"),
        ("table", "الخضار | 400"),
    ]


def test_cells_that_hold_paragraphs_are_paragraphs():
    assert shown(f"<table><tr><td>{FIRST} {SECOND} {THIRD}</td><td>{THIRD}</td></tr></table>") == [
        ("", f"{FIRST} {SECOND} {THIRD}"),
        ("", THIRD),
    ]


def test_a_tag_broken_over_lines_and_a_remark_leave_nothing_and_lines_are_still_counted():
    text = (
        f"<p\n  style='x'\n  class=body>\n{FIRST}\n</p>\n\n<!-- إلى المحرر:\nلا تنشر -->\n\n%% لي\nوحدي %%\n\n{SECOND}"
    )
    assert [(block.text, block.line) for block in read(text).blocks] == [(FIRST, 4), (SECOND, 13)]


@pytest.mark.parametrize("text", [f"{FIRST} بنسبة 5%% في عام و7%% في آخر", f"{FIRST} <!-- مفتوح", f"<table> {FIRST}"])
def test_what_is_never_closed_hides_no_word(text: str):
    assert FIRST in shown(text)[0][1]


def test_a_fence_is_closed_by_its_own_sign_alone():
    assert shown(f"~~~\n{FIRST}\n```\n{SECOND}\n~~~\n\n## باب\n\n{THIRD}") == [
        ("", FIRST),
        ("", "```"),
        ("", SECOND),
        ("heading", "باب"),
        ("", THIRD),
    ]


def test_a_footnote_takes_the_indented_lines_right_below_it_along_and_no_more():
    blocks = read(f"{FIRST}[^1]\n\n[^1]: بيان البلدية،\n    في صفحته الثانية.\n\n    {SECOND}\n\n{THIRD}")
    assert [block.text for block in blocks.blocks] == [FIRST, SECOND, THIRD]
    assert [gone.rule for gone in blocks.dropped] == ["footnote", "footnote"]


def test_a_headline_of_two_lines_is_one_and_dashes_below_a_sentence_make_none():
    assert shown(f"بلدية الزرقاء تفتح\nسوقا جديدة للخضار\n=====\n\n{FIRST}\n---\n\n{SECOND}") == [
        ("title", TITLE),
        ("", FIRST),
        ("", SECOND),
    ]


def test_the_name_of_a_callout_is_no_part_of_its_first_sentence():
    assert shown(f"{FIRST}\n\n> [!note]- للقارئ\n> {SECOND}\n\n{THIRD}")[1:3] == [
        ("quote", "للقارئ"),
        ("quote", SECOND),
    ]


def test_a_grid_table_is_its_rows():
    grid = "+----+----+\n| أ  | ب  |\n+====+====+\n| 1  | 2  |\n+----+----+"
    assert shown(grid) == [("table", "أ | ب"), ("table", "1 | 2")]


def test_one_paragraph_that_was_broken_by_hand_is_whole():
    broken = SECOND.replace("يبلغ ", "يبلغ\n")
    assert texts(parsed(f"# {TITLE}\n\n{FIRST}\n\n{broken}\n\n{THIRD}\n")) == [FIRST, SECOND, THIRD]


def test_a_field_or_a_name_of_a_part_right_above_a_sentence_is_no_line_of_it():
    page = parsed(f"# {TITLE}\n\nبقلم هدى الفايز\n{FIRST}\n\nالموقع والحافلات\n{THIRD}\n")
    assert texts(page) == [FIRST, "الموقع والحافلات", THIRD]
    assert page.articles[0].author.value == "هدى الفايز"


def test_verses_that_end_in_hard_breaks_stay_lines():
    verses = "يا دار كم من ساهر فيك لا ينام  \nويا نهر كم من ظامئ يشتهي الماء  \nوهذا آخر البيت."
    assert verses.replace("  ", "").split("\n") == [text for _, text in shown(f"{FIRST}\n\n{verses}")[1:]]


def test_markdown_that_begins_with_many_tags_is_markdown_still():
    tags = "<p align=center>\n<a href=1><img src=a></a> <a href=2><img src=b></a>\n</p>\n<br>\n\n"
    assert shown(f"{tags}# {TITLE}\n\n{FIRST}\n\n- {SECOND}") == [("title", TITLE), ("", FIRST), ("list", SECOND)]


HEADS = {
    "toml": f'+++\ntitle = "{TITLE}"\ndate = 2026-11-08\nauthor = "هدى الفايز"\ndraft = false\ntags = ["سوق"]\n+++',
    "closed by dots": f"---\ntitle: {TITLE}\ndate: 2026-11-08\nauthor: هدى الفايز\n...",
    "nested keys": f"---\nimage:\n  title: صورة\ntitle: {TITLE}\ndate: 2026-11-08\nauthor:\n  name: هدى الفايز\n---",
    "in braces": f"---\ntitle: {TITLE}\ndate: 2026-11-08\nauthor: {{name: هدى الفايز, link: https://x.example}}\n---",
    "in brackets": f'---\ntitle: {TITLE}\ndate: 2026-11-08\nauthor: ["هدى الفايز"]\nالوسوم: [أ، ب]\n---',
    "over two lines": f"---\ntitle: {TITLE[:19]}\n  {TITLE[19:].strip()}\ndate: 2026-11-08\nauthor: هدى الفايز\n---",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_headers_of_site_generators_are_read_and_nothing_of_them_is_text(head: str):
    page = parsed(f"{head}\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n")
    (article,) = page.articles
    assert (article.title.value, article.author.value) == (TITLE, "هدى الفايز")
    assert article.published.value is not None and article.published.value.iso == "2026-11-08"
    assert (texts(page), page.problems) == ([FIRST, SECOND, THIRD], ())


def test_braces_that_begin_a_text_are_part_of_it():
    assert shown(f'{{"note": 1}} {FIRST}')[0][1].endswith(FIRST)
    assert shown(f'{{"note": "x"}}\n\n{FIRST}')[-1] == ("", FIRST)


def test_the_last_paragraph_is_text_though_it_ends_without_a_full_stop_and_a_line_with_a_link_is_none():
    last = "تدرس شركة النقل تسيير خط جديد إلى السوق"
    head = f"# {TITLE}\n\n{FIRST}\n\n{SECOND}\n\n"
    assert texts(parsed(f"{head}{last}\n")) == [FIRST, SECOND, last]
    assert texts(parsed(f"{head}[مطار ماركا](https://x.example/1) يستقبل أولى رحلاته الليلية\n")) == [FIRST, SECOND]


@pytest.mark.parametrize("last", ["وسيعود الفريق إلى عمان مساء الجمعة", "وتستمر الأعمال في الموقع أسبوعين"])
def test_a_pasted_sentence_that_carries_on_below_the_text_is_of_it_and_headlines_in_a_list_are_not(last: str):
    def pasted(*below: str) -> list[str]:
        page = decode("a.txt", "\n\n".join([TITLE, "8 نوفمبر 2026", FIRST, SECOND, THIRD, *below]).encode())
        assert isinstance(page, RawPage)
        return texts(parse_page(page, ("ar",)))

    assert pasted(last) == [FIRST, SECOND, THIRD, last]
    assert pasted(last, "مطار ماركا يستقبل أولى رحلاته الليلية") == [FIRST, SECOND, THIRD]


def test_links_by_their_own_words_lists_of_tasks_and_quotations_within_one_another_are_read():
    text = f"وصل [مدير السوق] ثم [قال](x) [لا]\n\n- [x] بند أول\n- [ ] بند ثان\n\n> > {SECOND}\n\n[مدير السوق]: https://x.example"
    assert shown(text) == [
        ("", "وصل مدير السوق ثم قال [لا]"),
        ("list", "بند أول"),
        ("list", "بند ثان"),
        ("quote", SECOND),
    ]


SECTIONS = (
    f"# الموقع والحافلات\n\n{FIRST}\n\n{SECOND}\n\n# ما يقوله التجار\n\n{THIRD}\n\n{FIRST.replace('ستين', 'سبعين')}\n"
)


@pytest.mark.parametrize("again", ["", f"# {TITLE}\n\n"])
def test_first_level_headings_below_a_title_in_the_header_are_sections(again: str):
    page = parsed(f"---\ntitle: {TITLE}\n---\n\n{again}{SECTIONS}")
    last = FIRST.replace("ستين", "سبعين")
    assert texts(page) == ["الموقع والحافلات", FIRST, SECOND, "ما يقوله التجار", THIRD, last]
    assert (page.articles[0].title.value, page.problems) == (TITLE, ())


def test_headlines_with_a_day_each_below_the_name_of_a_bulletin_in_the_header_are_articles():
    dated = SECTIONS.replace("الحافلات\n", "الحافلات\n\n3 نوفمبر 2026\n").replace(
        "التجار\n", "التجار\n\n4 نوفمبر 2026\n", 1
    )
    assert len(parsed(f"---\ntitle: نشرة البلديات الأسبوعية\n---\n\n{dated}").articles) == 2
