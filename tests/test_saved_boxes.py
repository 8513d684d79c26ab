"""Saved HTML: boxes of other pages, boxes and lists of the text, fields beside each other, files that break off."""

import pytest
from support_saved import FIRST, FOURTH, OTHERS, SECOND, TEXT, THIRD, TITLE, articles, codes, paragraphs, parse

from site_src.model.page import RawPage
from site_src.parse import parse_page
from site_src.read import decode

NEWS = [
    ("مرفأ صور يستقبل أول باخرة ركاب منذ عشرين عاما", "رست الباخرة صباح الأحد وعلى متنها تسعون راكبا من قبرص."),
    ("مزارعو التفاح في بشري يشكون من البرد المبكر", "يقدر المزارعون خسارتهم بثلث المحصول ويطلبون تعويضا من الدولة."),
    ("جامعة طرابلس تفتح كلية للعلوم البحرية", "تبدأ الدراسة في الكلية في الخريف المقبل بمئة وعشرين طالبا."),
]


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href=/{0}>{1}</a><br />\n{2}\n",
        "<li><a href=/{0}>{1}</a><p>{2}</p></li>",
        "<div class=item><a href=/{0}>{1}</a><div>{2}</div></div>",
    ],
)
def test_linked_lines_above_a_sentence_each_announce_other_pages(row: str):
    rows = "".join(row.format(place, *one) for place, one in enumerate(NEWS))
    front = parse(f"<h1><a href=/>أخبار الساحل</a></h1><div><p>شريط الأخبار من كل المحافظات</p><ul>{rows}</ul></div>")
    assert articles(front) == []
    [problem] = front.problems
    assert (problem.code, problem.what.endswith("it announces 3 others")) == ("no-article", True)
    article = parse(f"<main><h1>{TITLE}</h1>{paragraphs(TEXT)}<section>{rows}</section></main>")
    assert articles(article) == [(TITLE, TEXT)]
    assert article.teasers == tuple(title for title, _ in NEWS)


def test_one_linked_line_above_a_text_announces_nothing():
    item = f"<li><a href=/plan>خطة البلدية لأسواق المدينة القديمة</a><br>{THIRD}</li>"
    page = parse(f"<main><h1>{TITLE}</h1>{paragraphs([FIRST, SECOND])}<ul>{item}</ul>{paragraphs([FOURTH])}</main>")
    assert articles(page) == [(TITLE, [FIRST, SECOND, THIRD, FOURTH])]


WHOLE = f"<!doctype html><html><head><meta charset=utf-8></head><body><h1>{TITLE}</h1>{paragraphs(TEXT)}"


def codes_of(markup: str) -> list[str]:
    page = decode("a.html", markup.encode())
    assert isinstance(page, RawPage), page
    return codes(parse_page(page, ("ar",)))


@pytest.mark.parametrize(
    "end", ["<p>ويعمل في السوق", "<p>ويشكو تجار السوق من بعدها عن وسط المدينة ومن قلة", '<div class="related', "</di"]
)
def test_a_file_that_ends_in_the_middle_says_so(end: str):
    assert codes_of(WHOLE + end) == ["text-cut-off"]


@pytest.mark.parametrize("end", ["", f"<p>{THIRD}", "<div>السوق", "</body></html>\nالسوق", "<!-- 0.4 s -->"])
def test_a_page_whose_last_tags_are_left_out_is_whole(end: str):
    assert codes_of(WHOLE + end) == []


def test_a_part_of_a_page_need_not_end_with_a_tag():
    assert codes_of(f"<h1>{TITLE}</h1>{paragraphs(TEXT)}<p>ويعمل في السوق") == []


def test_items_of_a_text_are_no_labels_of_the_link_below_their_list():
    items = ["ستون محلا", "ساحة لوقوف الشاحنات", "مكتب للبلدية"]
    listed = "".join(f"<li>{item}</li>" for item in items)
    page = parse(
        f"<h1>{TITLE}</h1>{paragraphs([FIRST, SECOND])}<ul>{listed}</ul>"
        f"<div><a href=/fund>تبرع لصندوق تجار الزرقاء</a></div>{paragraphs([FOURTH])}"
    )
    assert articles(page) == [(TITLE, [FIRST, SECOND, *items, FOURTH])]


@pytest.mark.parametrize("icon", ["<i class='fa fa-user'></i>", "<svg><path d=M0/></svg>", "<img src=user.png>"])
def test_fields_that_begin_with_pictures_stand_apart(icon: str):
    fields = "".join(f"<span>{icon} {field}</span>" for field in ("12 تشرين الأول 2026", "هدى الزعبي", "1204"))
    (found,) = parse(f"<h1>{TITLE}</h1><div>{fields}</div>{paragraphs(TEXT)}").articles
    assert (found.published.words, found.author.value) == ("12 تشرين الأول 2026", "هدى الزعبي")


def test_a_time_of_day_with_a_picture_stays_with_its_day():
    fields = "<span><i></i> 12 تشرين الأول 2026</span> <span><i></i> 10:25</span>"
    (found,) = parse(f"<h1>{TITLE}</h1><div>{fields}</div>{paragraphs(TEXT)}").articles
    assert found.published.value is not None and found.published.value.time == "10:25"


@pytest.mark.parametrize("name", ["newsletter", "latest-news", "news-popup"])
def test_boxes_named_after_the_one_that_holds_the_page_belong_to_it(name: str):
    parts = f"<div class={name}__lead>{paragraphs([FIRST])}</div><div class={name}-body>{paragraphs(TEXT[1:])}</div>"
    other = "<div class=newsletter-form><p>اشترك في نشرتنا لتصلك أخبار الأسواق كل صباح إلى بريدك.</p></div>"
    page = parse(f"<div class={name}><h1 class={name}__title>{TITLE}</h1>{parts}</div>{other * (name[0] == 'l')}")
    assert articles(page) == [(TITLE, TEXT)]


def test_a_long_text_below_a_linked_headline_is_an_excerpt_where_it_breaks_off():
    cards = "".join(
        f"<div class=item><a href=/{place}><h3>{title}</h3></a><p>{' '.join((said, *OTHERS))}..</p></div>"
        for place, (title, said) in enumerate(NEWS)
    )
    assert articles(parse(f"<div class=row>{cards}</div>")) == []
    assert articles(parse(f"<main><h1>{TITLE}</h1>{paragraphs(TEXT)}</main>{cards}")) == [(TITLE, TEXT)]


PLAYER = (
    "<div class=x><div><div>جولة في السوق الجديدة</div><div>02:12</div><div>- المصدر: قناة المملكة</div></div></div>"
)


def test_a_film_between_two_paragraphs_ends_no_article():
    credit = "<div>المصدر: وكالة الأنباء الأردنية</div>"
    page = parse(
        f"<h1>{TITLE}</h1><div>{paragraphs([FIRST, SECOND])}{PLAYER}<p>وهذه آراء التجار في السوق:</p>"
        f"{paragraphs([THIRD, FOURTH])}{PLAYER}<h2>سوق قديمة</h2>{paragraphs(OTHERS)}</div>{credit}"
    )
    [(title, told_here)] = articles(page)
    assert (title, told_here[:2], told_here[-3:]) == (TITLE, [FIRST, SECOND], OTHERS)
    assert page.articles[0].agency.value == "وكالة الأنباء الأردنية"
    assert [gone.rule for gone in page.dropped].count("html-video") == 6


def test_the_credit_of_a_picture_between_two_paragraphs_ends_no_article():
    picture = "<div class=x>المصدر: رويترز</div>"
    page = parse(
        f"<h1>{TITLE}</h1><div>{paragraphs([FIRST, SECOND])}{picture}<p>وهذه آراء التجار في السوق الجديدة:</p>"
        f"{paragraphs([THIRD, FOURTH])}</div>"
    )
    assert len(page.articles) == 1


@pytest.mark.parametrize("time", ["<div><div>12 تشرين الأول 2026</div><div>10:25</div></div>", "<div>10:25</div>" * 13])
def test_a_time_with_a_day_or_on_a_live_page_is_no_running_time(time: str):
    page = parse(f"<h1>{TITLE}</h1><div><p>{FIRST}</p>{time}{paragraphs(TEXT[1:])}</div>")
    assert "html-video" not in [gone.rule for gone in page.dropped]
