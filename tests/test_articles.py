"""Articles out of blocks: fields with their evidence, splitting, junk, languages; every rule on pages of our own."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.model.fields import Day
from site_src.model.page import Article, ParsedPage, RawPage
from site_src.parse import parse_page
from site_src.parse.articles import read_articles
from site_src.parse.blocks import Block, Blocks, Meta
from site_src.tables import FOLDER

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "pages"
TITLE = "المجلس البلدي يفتح حديقة عامة مكان السوق القديم"
LEAD = "فتح المجلس البلدي حديقة عامة مكان السوق القديم بعد سبع سنوات من إزالة المتاجر المهجورة في وسط المدينة."
SECOND = "وقال رئيس المجلس جهاد النوري إن الحديقة تضم ملعبا ومكتبة صغيرة وأربعمئة شجرة زرعها طلاب المدارس."
THIRD = "ويأمل السكان أن تعود الحياة إلى الحي الذي هجره كثيرون بعد إغلاق السوق والمتاجر من حوله."
OTHER = "إغلاق الجسر الغربي أمام الشاحنات مدة شهرين للصيانة"
BODY = f"{LEAD}\n\n{SECOND}\n\n{THIRD}"


def parsed(text: str, header: str = "", languages: tuple[str, ...] = ("ar",)) -> ParsedPage:
    return parse_page(RawPage("folder/page.txt", "text", "utf-8", text, header), languages)


def article(text: str) -> Article:
    (found,) = parsed(text).articles
    return found


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def seed(name: str) -> str:
    return (ROOT / "content/articles" / name).read_text("utf-8")


# The three pages that the project began with.


def test_the_first_page_is_headless_undated_and_credits_its_outlet_and_agency() -> None:
    (found,) = parsed(seed("g20-miami-invitation.txt")).articles
    assert (found.title.status, found.published.status) == ("unknown", "unknown")
    assert (found.outlet.value, found.outlet.where) == ("يورونيوز", "line 1")
    assert (found.agency.value, found.agency.id) == ("ا ف ب", "afp")
    headings = [one.text for one in found.paragraphs if one.kind == "heading"]
    assert headings == ["اتصل بالرئيس توكاييف", "اتصل بالرئيس ميرزيوييف"]
    assert {one.kind for one in found.paragraphs} == {"text", "heading"}
    assert len(found.paragraphs) == 21


def test_the_second_page_holds_two_articles_with_fields_of_their_own() -> None:
    summit, visit = parsed(seed("white-house-summit-and-orban.txt")).articles
    assert summit.published.value == Day(2025, 11, 8, zone="GMT")
    assert summit.published.words == "8th, November 2025 GMT"
    assert summit.outlet.value == "عربي21"
    assert len(summit.paragraphs) == 9 and not summit.sources
    assert visit.title.value and visit.title.where == "line 15"
    assert [one.kind for one in visit.paragraphs] == ["standfirst", *["text"] * 9]
    assert visit.published.value is None and visit.outlet.value is None
    assert [(one.value, one.id) for one in visit.sources] == [("AP", "ap")]
    assert visit.event.value == Day(None, 11, 7, weekday=4)
    glued = visit.paragraphs[6]
    assert glued.text.startswith("وحذرت السيناتور") and glued.text.endswith('الكرملين".')
    assert glued.repairs == ("seam",) and glued.certain


def test_nothing_of_the_furniture_of_the_second_page_is_left() -> None:
    shown = " ".join(
        text for found in parsed(seed("white-house-summit-and-orban.txt")).articles for text in texts(found)
    )
    for junk in ("Related", "Loader", "كلمات دلالية", "اختصارات", "المصادر", "إقرأ", "نيكاب", "مفاتيح"):
        assert junk not in shown


def test_the_third_page_is_headless_and_its_broken_lead_is_one_paragraph() -> None:
    (found,) = parsed(seed("white-house-summit-copy.txt")).articles
    summit, _ = parsed(seed("white-house-summit-and-orban.txt")).articles
    assert found.title.value is None
    assert found.paragraphs[0].repairs == ("joined",)
    assert texts(found) == texts(summit)


RENAMED = dict(
    pair.split(" > ")
    for pair in """
دونالد > مارتن
ترامب > كيلر
أوربان > لوكاتش
اوربان > لوكاتش
فيكتور > اندراش
يورونيوز > صدى برس
ا ف ب > د ب أ
عربي21 > مدار7
AP > Reuters
كازاخستان > بوليفيا
أوزبكستان > باراغواي
توكاييف > موراليس
ميرزيوييف > بينيتيز
شافكات > أوراسيو
آسيا الوسطى > جبال الأنديز
المجري > البلغاري
المجر > بلغاريا
2025 > 2031
8th > 3rd
7 تشرين الثاني/نوفمبر > 12 أيار/مايو
شاهين > ميلر
جين > آن
2027 > 2033
ميامي > بوسطن
العشرين > السبعة
الروسية > النرويجية
الروسي > النرويجي
البيت الأبيض > القصر الرئاسي
واشنطن > أوتاوا
بودابست > صوفيا
الطاقة > الأخشاب
النفط > الخشب
""".strip().splitlines()
)


def renamed(text: str) -> str:
    pattern = re.compile("|".join(map(re.escape, sorted(RENAMED, key=len, reverse=True))))
    return pattern.sub(lambda match: RENAMED[match[0]], text)


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "content/articles").glob("*.txt")))
def test_the_same_pages_with_other_names_numbers_and_outlets_have_the_same_structure(name: str) -> None:
    before, after = parsed(seed(name)), parsed(renamed(seed(name)))
    assert len(before.articles) == len(after.articles)
    for one, other in zip(before.articles, after.articles, strict=True):
        assert [part.kind for part in one.paragraphs] == [part.kind for part in other.paragraphs]
        assert [renamed(text) for text in texts(one)] == texts(other)
        assert renamed(one.title.value or "") == (other.title.value or "")
        assert renamed(one.outlet.value or "") == (other.outlet.value or "")
        assert renamed(one.agency.value or "") == (other.agency.value or "")
        for field in ("published", "event", "saved", "updated"):
            assert getattr(one, field).status == getattr(other, field).status
    assert [gone.rule for gone in before.dropped] == [gone.rule for gone in after.dropped]


# Every rule, without the three pages.

MARKERS = tomllib.loads((FOLDER / "markers.toml").read_text("utf-8"))["marker"]
LABELS = tomllib.loads((FOLDER / "bylines.toml").read_text("utf-8"))["label"]


def rules_met() -> set[str]:
    return {
        rule
        for case in CASES.glob("*/expected.json")
        for _, rule, _ in json.loads(case.read_text("utf-8")).get("dropped", [])
    }


def test_every_row_of_the_marker_table_is_met_on_some_page_of_the_library() -> None:
    assert {row["id"] for row in MARKERS} - rules_met() == set()


def test_every_labelled_field_and_every_shape_is_met_on_some_page_of_the_library() -> None:
    from site_src.parse.junk.shapes import SHAPES

    wanted = {f"field-{row['field']}" for row in LABELS if row["field"] != "title"} | SHAPES.keys() - {"address"}
    assert wanted - rules_met() == set()


@pytest.mark.parametrize("row", MARKERS, ids=lambda row: row["id"])
def test_every_phrase_of_a_row_takes_its_line_out_of_the_text(row: dict[str, Any]) -> None:
    for phrase in row["phrases"]:
        assert len(phrase.split()) <= 4
        whole = " ".join([phrase, *row.get("holds", [])[:1]])
        page = parsed(f"{TITLE}\n{LEAD}\n{whole}\n{SECOND}\n{THIRD}")
        assert [texts(found) for found in page.articles] in ([[LEAD, SECOND, THIRD]], [[LEAD]]), phrase
        assert row["id"] in {gone.rule for gone in page.dropped}, phrase


# Fields.


def test_a_page_without_a_date_stays_undated() -> None:
    found = article(f"{TITLE}\n{BODY}")
    assert {found.published.status, found.updated.status, found.event.status, found.saved.status} == {"unknown"}


def test_each_kind_of_date_has_its_own_field_even_on_one_line() -> None:
    found = article(f"{TITLE}\nتاريخ النشر: 8 نوفمبر 2025 - آخر تحديث: 9 نوفمبر 2025\nحفظ في: 10 نوفمبر 2025\n{BODY}")
    days = [one.value.day for one in (found.published, found.updated, found.saved) if one.value]
    assert days == [8, 9, 10]
    assert found.published.where == found.updated.where == "line 2"


def test_a_relative_time_counts_only_from_a_day_on_which_the_page_was_saved() -> None:
    assert article(f"{TITLE}\nنشر قبل 3 أيام\n{BODY}").published.value is None
    saved = article(f"{TITLE}\nنشر قبل 3 أيام\nتاريخ الحفظ: 10 نوفمبر 2025\n{BODY}")
    assert saved.published.value and saved.published.value.iso == "2025-11-07"


def test_an_unlabelled_date_above_the_text_is_inferred_and_one_below_it_is_nobodys() -> None:
    above = article(f"{TITLE}\nالسبت 8 نوفمبر 2025\n{BODY}")
    assert above.published.status == "inferred" and above.published.value and above.published.value.iso == "2025-11-08"
    assert article(f"{TITLE}\n{BODY}\nالسبت 8 نوفمبر 2025").published.status == "unknown"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("14-21 نوفمبر 2025", None),
        ("28 أكتوبر - 5 نوفمبر 2025", None),
        ("من 1/11/2025 إلى 9/11/2025", None),
        ("12 مارس 1938 - 20 أغسطس 2025", None),
        ("حتى 30 نوفمبر 2025", None),
        ("آخر موعد 30/11/2025", None),
        ("تاريخ الميلاد: 9/4/1938", None),
        ("صورة من 2 نيسان 2023", None),
        ("الخميس 14 شعبان 1446هـ - 13 فبراير 2025م", "2025-02-13"),
        ("محليات 13/2/2025 - 18:30", "2025-02-13"),
        ("بث في: 13/2/2025", "2025-02-13"),
    ],
)
def test_a_day_above_the_text_that_ends_a_span_or_belongs_to_something_else_is_not_its_day(
    line: str, day: str | None
) -> None:
    found = article(f"{TITLE}\n\n{line}\n\n{BODY}")
    assert (found.published.value.iso if found.published.value else None) == day
    assert (found.title.value, len(found.paragraphs)) == (TITLE, 3)


def test_a_date_below_other_headlines_is_not_the_articles() -> None:
    page = parsed(f"{TITLE}\n{BODY}\nاقرأ أيضا:\nافتتاح ملعب جديد في الحي الشرقي\nنشر في: 3 مايو 2024")
    assert page.articles[0].published.status == "unknown"
    assert page.teasers == ("افتتاح ملعب جديد في الحي الشرقي",)


def test_the_event_is_the_weekday_of_the_lead_and_a_missing_year_stays_missing() -> None:
    found = article(
        f"{TITLE}\nافتتح المجلس يوم الخميس 6 آذار/مارس حديقة عامة مكان السوق القديم في وسط المدينة.\n{SECOND}\n{THIRD}"
    )
    assert found.event.value == Day(None, 3, 6, weekday=3)


@pytest.mark.parametrize(
    ("line", "outlet", "agency", "ids", "author"),
    [
        ("بواسطة أخبار المدينة مع ا ف ب", "أخبار المدينة", "ا ف ب", "afp", None),
        ("المصدر: صحيفة الأفق + وكالات", "الأفق", "وكالات", "agencies", None),
        ("المصدر: رويترز + د ب أ", None, "رويترز + د ب أ", "reuters+dpa", None),
        ("المصدر: أ.ف.ب", None, "أ.ف.ب", "afp", None),
        ("كتبت: سعاد الحلبي", None, None, "", "سعاد الحلبي"),
        ("كتبت: سعاد الحلبي، مدة القراءة 6 دقائق", None, None, "", "سعاد الحلبي"),
        ("بقلم الكاتب مروان شديد", None, None, "", "مروان شديد"),
        ("تقرير: بيروت - نبيل فرحات", None, None, "", "نبيل فرحات"),
        ("متابعة: وكالة الأناضول", None, "وكالة الأناضول", "anadolu", None),
        ("By Reuters", None, "Reuters", "reuters", None),
        ("خاص:", None, None, "", None),
        ("ألماتي (أ ف ب) - تاريخ النشر: 14 نيسان/أبريل 2025", None, "أ ف ب", "afp", None),
        ("تيانجين (الصين) - شينخوا / وكالات - 1 سبتمبر 2025", None, "شينخوا / وكالات", "xinhua+agencies", None),
        ("القاهرة - بوابة الأخبار: الثلاثاء 21 يناير 2025 - 11:30 ص", "بوابة الأخبار", None, "", None),
        ("المصدر: الرياض", "الرياض", None, "", None),
        ("مقال رأي - د. سامر الكيلاني", None, None, "", "د. سامر الكيلاني"),
        ("كتبت هدى السالم في الأحد 9 نوفمبر 2025 10:15 صباحا - منذ 12 دقيقة", None, None, "", "هدى السالم"),
        ("09-11-2025 آخر تحديث | 09-11-2025 نشر في | سعيد بواسطة | ANI", None, "ANI", "ani", None),
        ("صدى الوادي نت/وكالات", "صدى الوادي نت", "وكالات", "agencies", None),
        ("براغ(التشيك) (أ ب)", None, "أ ب", "ap", None),
        ("غزة/وكالات", None, "وكالات", "agencies", None),
    ],
)
def test_a_credit_names_outlet_agency_or_person(line: str, outlet: str, agency: str, ids: str, author: str) -> None:
    found = article(f"{TITLE}\n{line}\n{BODY}")
    assert (found.outlet.value, found.agency.value, found.agency.id, found.author.value) == (
        outlet,
        agency,
        ids,
        author,
    )


@pytest.mark.parametrize(
    ("start", "agency"),
    [
        ("بيروت (رويترز) - ", "reuters"),
        ("القاهرة - أ ش أ - ", "mena"),
        ("الرباط / و م ع / ", "map"),
        ("دمشق- سانا: ", "sana"),
        ("براغ(التشيك) (أ ب) - ", "ap"),
        ("في المدينة - وهي كبيرة - ", ""),
    ],
)
def test_a_dateline_names_the_agency_and_stays_in_the_text(start: str, agency: str) -> None:
    found = article(f"{TITLE}\n{start}{BODY}")
    assert found.paragraphs[0].text == start + LEAD
    assert found.agency.id == agency


@pytest.mark.parametrize(
    ("start", "outlet"),
    [
        ("السليمانية (روناهي 24)- ", "روناهي 24"),
        ("صدى الوادي نيوز - ", "صدى الوادي نيوز"),
        ("البيان الإخباري- ", "البيان الإخباري"),
        ("السليمانية (محمد سالم) - ", None),
        ("السليمانية (12 مارس) - ", None),
        ("بيروت (رويترز) - ", None),
        ("في المدينة - وهي كبيرة - ", None),
    ],
)
def test_a_dateline_that_names_a_medium_names_the_outlet(start: str, outlet: str | None) -> None:
    assert article(f"{TITLE}\n{start}{BODY}").outlet.value == outlet


@pytest.mark.parametrize(
    ("written", "title", "outlet"),
    [
        (f"{TITLE} | مرصد الأحياء", TITLE, "مرصد الأحياء"),
        (f"{TITLE} - أخبار المدينة نيوز", TITLE, "أخبار المدينة نيوز"),
        (
            "المجلس البلدي يفتح حديقة - والسكان يسألون عن السوق",
            "المجلس البلدي يفتح حديقة - والسكان يسألون عن السوق",
            None,
        ),
    ],
)
def test_a_headline_loses_the_name_of_the_site_and_nothing_else(written: str, title: str, outlet: str | None) -> None:
    found = article(f"{written}\n{BODY}")
    assert (found.title.value, found.title.words, found.outlet.value) == (title, written, outlet)


def test_the_site_that_passes_an_article_on_is_its_aggregator() -> None:
    blocks = Blocks(
        (Block(TITLE, 1, "title"), Block(LEAD, 2), Block(SECOND, 3), Block(THIRD, 4), Block("المصدر: صدى الساحل", 5)),
        (Meta("outlet", "بوابة الأخبار", "og:site_name"), Meta("url", "https://example.org/1", "canonical")),
    )
    (found,) = read_articles(RawPage("page.html", "html", "utf-8", ""), blocks, ("ar",)).articles
    assert (found.outlet.value, found.aggregator.value, found.url.value) == (
        "صدى الساحل",
        "بوابة الأخبار",
        "https://example.org/1",
    )


def test_markup_that_contradicts_the_visible_page_is_reported_and_the_page_counts() -> None:
    blocks = Blocks(
        (
            Block(TITLE, 1, "title"),
            Block("تاريخ النشر: 8 نوفمبر 2025", 2),
            Block(LEAD, 3),
            Block(SECOND, 4),
            Block(THIRD, 5),
        ),
        (Meta("published", "2023-01-02T10:00:00Z", "json-ld"),),
    )
    (found,) = read_articles(RawPage("page.html", "html", "utf-8", ""), blocks, ("ar",)).articles
    assert found.published.value and found.published.value.iso == "2025-11-08"
    assert [(one.code, one.severity) for one in found.problems] == [("contradiction", "warning")]
    assert "2023-01-02" in found.problems[0].what and "json-ld" in found.problems[0].what


def test_json_ld_is_held_against_a_day_without_a_label_and_against_the_headline_on_its_own() -> None:
    blocks = Blocks(
        (Block(TITLE, 1, "title"), Block("8 نوفمبر 2025", 2), Block(LEAD, 3), Block(SECOND, 4), Block(THIRD, 5)),
        (
            Meta("title", TITLE, "title element"),
            Meta("title", "توقعات الطقس غدا", "json-ld"),
            Meta("published", "2023-01-02T10:00:00Z", "json-ld"),
        ),
    )
    published, title = (problem.what for problem in read_articles(
        RawPage("page.html", "html", "utf-8", ""), blocks, ("ar",)).articles[0].problems)  # fmt: skip
    assert "the page shows 2025-11-08 (line 2), its markup says 2023-01-02 (json-ld)" in published
    assert "توقعات الطقس غدا" in title


@pytest.mark.parametrize(("named", "problems"), [("جريدة النهر", 0), ("ارتفاع أسعار القمح في الأسواق العالمية", 1)])
def test_a_window_named_after_the_site_contradicts_no_headline(named: str, problems: int) -> None:
    blocks = Blocks(
        (Block(TITLE, 1, "title"), Block(LEAD, 2), Block(SECOND, 3), Block(THIRD, 4)),
        (Meta("title", named, "title element"),),
    )
    (found,) = read_articles(RawPage("page.html", "html", "utf-8", ""), blocks, ("ar",)).articles
    assert len(found.problems) == problems


def test_articles_that_the_markup_groups_keep_their_own_fields() -> None:
    first = (Block(TITLE, 1, "title", group=1), Block(LEAD, 2, group=1), Block(SECOND, 3, group=1))
    second = (Block(OTHER, 4, "title", group=2), Block(SECOND, 5, group=2), Block(THIRD, 6, group=2))
    dates = (Meta("published", "2025-01-02", "time", 1), Meta("published", "2025-03-04", "time", 2))
    blocks = Blocks((*first, *second), (*dates, Meta("outlet", "الحي", "og:site_name")))
    found = read_articles(RawPage("page.html", "html", "utf-8", ""), blocks, ("ar",)).articles
    assert [one.published.value.iso for one in found if one.published.value] == ["2025-01-02", "2025-03-04"]
    assert [one.outlet.value for one in found] == ["الحي", "الحي"]


def test_what_the_markup_states_of_the_page_is_its_first_articles_alone() -> None:
    first = (Block(TITLE, 1, "title"), Block(LEAD, 2), Block(SECOND, 3))
    second = (Block(OTHER, 4, "title"), Block(SECOND, 5), Block(THIRD, 6))
    stated = (Meta("published", "2025-01-02", "json-ld"), Meta("outlet", "الحي", "og:site_name"))
    blocks = Blocks((*first, *second), stated)
    found = read_articles(RawPage("page.html", "html", "utf-8", ""), blocks, ("ar",)).articles
    assert [(one.published.status, one.outlet.value) for one in found] == [("stated", "الحي"), ("unknown", None)]


# Paragraphs.


def test_a_paragraph_wholly_in_quotation_marks_loses_them_and_says_so_and_no_other_does() -> None:
    found = article(
        f"{TITLE}\n“{LEAD}”\n“كنا ننتظر”، قال أحدهم وهو ينظر إلى الأشجار، “وقد جاء اليوم”\n{SECOND}\n{THIRD}"
    )
    assert found.paragraphs[0].text == LEAD and found.paragraphs[0].repairs == ("quotes",)
    assert all(not one.repairs for one in found.paragraphs[1:])


def test_a_paragraph_in_another_language_is_kept_and_marked() -> None:
    english = "Residents told us that they had waited for seven years, and that the trees were worth it."
    found = article(f"{TITLE}\n{LEAD}\n{english}\n{SECOND}\n{THIRD}")
    assert [(one.text, one.lang) for one in found.paragraphs][1] == (english, "en")


ENGLISH = (
    "Council opens a garden in the old market\n"
    "The council opened a public garden in the place of the old market on Thursday, seven years after it closed.\n"
    "The mayor said that the garden has a playground, a small library and four hundred trees."
)


def test_a_page_in_another_language_is_a_problem_with_its_name_unless_the_site_reads_it() -> None:
    page = parsed(ENGLISH)
    assert page.articles == ()
    assert [problem.what for problem in page.problems] == ["this page is English: not a source language of this site"]
    assert [one.lang for one in parsed(ENGLISH, languages=("ar", "en")).articles] == ["en"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "no-text"), ("الرئيسية\nمن نحن\nشارك", "no-article"), (TITLE, "no-article"), ("كلمتان فقط.", "no-article")],
)
def test_a_page_without_an_article_is_a_named_problem(text: str, code: str) -> None:
    page = parsed(text)
    assert page.articles == ()
    assert [problem.code for problem in page.problems] == [code]


def test_a_page_of_words_enough_but_no_sentence_is_told_what_an_article_has() -> None:
    verse = "\n".join(["يا نهر كم حملت من سفن *** وكم رويت الزرع في الزمن"] * 4)
    (problem,) = parsed(verse).problems
    assert problem.code == "no-article" and "20 or more in paragraphs of whole sentences" in problem.what


def test_a_headline_with_a_body_after_read_also_is_an_article_and_without_one_a_teaser() -> None:
    closed = "أغلقت دائرة الطرق الجسر الغربي أمام الشاحنات مدة شهرين بسبب أعمال صيانة في أعمدته."
    detour = "وقالت الدائرة إن السيارات الصغيرة تستطيع العبور في مسرب واحد حتى نهاية الأعمال على الجسر."
    two = parsed(f"{TITLE}\n{BODY}\nاقرأ أيضا:\n{OTHER}\n{closed}\n{detour}")
    assert [one.title.value for one in two.articles] == [TITLE, OTHER]
    one = parsed(f"{TITLE}\n{BODY}\nاقرأ أيضا:\n{OTHER}")
    assert len(one.articles) == 1 and one.teasers == (OTHER,)


def test_headlines_glued_to_one_another_are_announced_one_by_one() -> None:
    page = parsed(f"{TITLE}\n{BODY}\nاقرأ أيضا: افتتاح السوق الجديدةتوسعة المطار تبدأ غدا\n")
    assert page.teasers == ("افتتاح السوق الجديدة", "توسعة المطار تبدأ غدا")


def test_a_row_of_headlines_above_the_text_is_no_standfirst() -> None:
    menu = "\n".join(f"شركة الكهرباء تعلن جدول الصيانة للمنطقة رقم {number}" for number in range(9))
    found = article(f"{menu}\n{TITLE}\n{BODY}")
    assert "standfirst" not in [paragraph.kind for paragraph in found.paragraphs]


@pytest.mark.parametrize(
    ("line", "author", "outlet", "agency"),
    [
        ("كريم الحداد", "كريم الحداد", None, None),
        ("عبد الرحمن بن يوسف", "عبد الرحمن بن يوسف", None, None),
        ("مرصد الساحل - نادية الزين", "نادية الزين", "مرصد الساحل", None),
        ("بيروت / نادية الزين / رويترز", "نادية الزين", None, "رويترز"),
        ("مجلة الضفاف", None, "مجلة الضفاف", None),
        ("البصرة/ صدى الجنوب", None, "صدى الجنوب", None),
        ("عمان-بترا", None, None, "بترا"),
        ("نادية الزين | أستاذة الاقتصاد", "نادية الزين", None, None),
        ("نادية الزين - القدس العربي", "نادية الزين", "القدس العربي", None),
        ("نادية الزين - القاهرة الجديدة", "نادية الزين", None, None),
        ("الحكم: نادية الزين", None, None, None),
        ("نادية الزين تكتب", "نادية الزين", None, None),
        ("نادية الزين للعطور", None, None, None),
        ("نادية الزين عضو المجلس البلدي", None, None, None),
        ("إعداد وتقديم: نادية الزين", "نادية الزين", None, None),
        ("* نادية الزين", "نادية الزين", None, None),
        ("مازكان تيفي :", None, "مازكان تيفي", None),
        ("المصدر: الإنترنت", None, None, None),
        ("كتب: المحرر", None, None, None),
        ("المصدر: نادية الزين - صحيفة الضفاف", None, "الضفاف", None),
        ("موقع الضفاف", None, "الضفاف", None),
        ("موقع السوق القديم", None, None, None),
        ("على الهامش", None, None, None),
        ("مصدر: القرار قريب", None, None, None),
        ("نادية الزين: لا حدائق قبل الصيف", None, None, None),
        ("تقرير: السوق القديم", None, None, None),
        ("تقرير: ميمونة السوقي", "ميمونة السوقي", None, None),
        ("نادية الزين مع المدير الجديد", None, None, None),
        ("نص: نادية الزين", "نادية الزين", None, None),
        ("كتبتها نادية الزين في 3 مايو 2024", "نادية الزين", None, None),
        ("اقتصاد دولي", None, None, None),
        ("Aa", None, None, None),
    ],
)
def test_a_credit_without_a_label_above_the_text_is_known_by_the_names_in_it(
    line: str, author: str | None, outlet: str | None, agency: str | None
) -> None:
    found = article(f"{TITLE}\n{line}\n{BODY}")
    assert (found.author.value, found.outlet.value, found.agency.value) == (author, outlet, agency)
    assert line not in texts(found)


def test_a_full_date_between_place_and_report_is_that_of_publication() -> None:
    lead = "الرباط، 9 مارس 2024: أعلنت الشركة الوطنية للموانئ بدء العمل في الرصيف الثالث قبل نهاية العام الجاري."
    published = article(f"{TITLE}\n{lead}\n{BODY}").published
    assert published.value and (published.value.iso, published.status) == ("2024-03-09", "inferred")


def test_a_call_before_a_headline_is_no_part_of_it() -> None:
    assert article(f"🔴 عاجل | {TITLE}\n{BODY}").title.value == TITLE
    assert article(f"خبر عاجل: {TITLE}\n{BODY}").title.value == TITLE


def test_a_word_written_together_with_its_particle_is_no_seam() -> None:
    lead = "ودعت المبادرة السكان إلى الضغط على الزر الأخضر للمشاركة على الموقع في الاستطلاع الذي ينتهي غدا."
    assert lead in texts(article(f"{TITLE}\n{BODY}\n{lead}"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    page = parsed(f"{BODY}\n{text}")
    assert page.articles or page.problems


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [LEAD, SECOND, THIRD, TITLE, "اقرأ أيضا:", "المصدر: وكالات", "شارك", "8 مايو 2025", "", "وسوم:"]
        ),
        max_size=14,
    )
)
def test_every_line_of_a_page_is_in_an_article_or_dropped_with_a_rule(lines: list[str]) -> None:
    page = parsed("\n".join(lines))
    accounted = [gone.line for gone in page.dropped] + [part.line for one in page.articles for part in one.paragraphs]
    accounted += [int(one.title.where.removeprefix("line ")) for one in page.articles if one.title.value]
    assert sorted(accounted) == [number for number, line in enumerate(lines, 1) if line]
    assert all(gone.rule for gone in page.dropped)


def test_paragraphs_without_full_stops_are_the_report_when_nothing_else_is() -> None:
    found = article(
        "انقطاع المياه عن الضاحية الشرقية يومين\n\n"
        "أعلنت مؤسسة المياه قطع الضخ عن الضاحية الشرقية يومين لإصلاح الأنبوب الرئيسي الذي تضرر\n\n"
        "يمكن للسكان طلب صهاريج مجانية عبر رقم الطوارئ طوال مدة الإصلاح وفق ما ذكرته المؤسسة"
    )
    assert found.lang == "ar"
    assert [one.kind for one in found.paragraphs] == ["text", "text"]


def test_an_article_whose_language_cannot_be_told_says_so() -> None:
    prices = tuple(Block(f"{row} 1 2 3 4 5 6 7 8 9", row, role="table") for row in range(1, 4))
    (found,) = read_articles(RawPage("a.html", "html", "utf-8", ""), Blocks(prices), ("ar",)).articles
    assert found.lang == ""
    assert [problem.code for problem in found.problems] == ["no-language"]


TAMIL = (
    "நகராட்சி பழைய துறைமுகம் அருகே புதிய மீன் சந்தையைத் திறந்தது.",
    "சந்தையில் நாற்பது கடைகளும் ஒரு குளிர் அறையும் உள்ளன.",
    "சந்தை தினமும் காலை ஐந்து மணி முதல் பிற்பகல் இரண்டு மணி வரை திறந்திருக்கும்.",
)


@pytest.mark.parametrize(("title", "left_out"), [("துறைமுகம் அருகே புதிய சந்தை", True), (TITLE, False)])
def test_a_text_of_letters_that_no_source_language_has_is_foreign_unless_its_headline_is_of_one(
    title: str, left_out: bool
) -> None:
    blocks = Blocks((Block(title, 1, role="title"), *(Block(text, 2) for text in TAMIL)))
    page = read_articles(RawPage("a.html", "html", "utf-8", ""), blocks, ("ar",))
    assert bool(page.articles) is not left_out
    assert [problem.code for problem in page.problems] == ["foreign-language"] * left_out


def test_an_outlet_named_by_the_title_element_alone_quotes_that_element() -> None:
    blocks = (Block(TITLE, 1, role="title"), *(Block(text, 2) for text in (LEAD, SECOND, THIRD)))
    whole = f"{TITLE} | صحيفة المنارة"
    page = Blocks(blocks, (Meta("title", whole, "title element"),))
    (found,) = read_articles(RawPage("a.html", "html", "utf-8", ""), page, ("ar",)).articles
    assert (found.title.value, found.title.where) == (TITLE, "line 1")
    assert (found.outlet.value, found.outlet.words, found.outlet.where) == ("صحيفة المنارة", whole, "title element")


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13-02T10:00:00Z"])
def test_a_day_that_no_calendar_has_stays_unknown_and_is_a_warning(value: str) -> None:
    names = ("article:published_time", "datePublished")
    stated = "".join(f'<meta property="{name}" content="{value}">' for name in names)
    markup = f"<html><head>{stated}</head><body><article>"
    markup += f"<h1>{TITLE}</h1><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
    (found,) = parse_page(RawPage("a.html", "html", "utf-8", markup), ("ar",)).articles
    assert found.published.status == "unknown"
    assert [(problem.code, problem.severity) for problem in found.problems] == [("no-such-date", "warning")]
    right = markup.replace(value, "2026-02-28")
    (found,) = parse_page(RawPage("a.html", "html", "utf-8", right), ("ar",)).articles
    assert (found.published.value, found.problems) == (Day(2026, 2, 28), ())


@pytest.mark.parametrize(
    ("said", "field", "day"),
    [
        ("تاريخ النشر: 31 فبراير 2025", "published", "31 فبراير 2025"),
        ("31 فبراير 2025", "published", "31 فبراير 2025"),
        ("الاثنين 30 فبراير 2025 - 10:30", "published", "30 فبراير 2025"),
        ("٣١ أبريل ٢٠٢٥", "published", "٣١ أبريل ٢٠٢٥"),
        ("2025-13-01", "published", "2025-13-01"),
        ("آخر تحديث: 31/2/2025 10:20", "updated", "31/2/2025"),
        ("كتب: أحمد علي - 31 فبراير 2025", "published", "31 فبراير 2025"),
        ("نشر: 31 رمضان 1446هـ", "published", "31 رمضان 1446هـ"),
    ],
)
def test_an_impossible_day_that_the_page_shows_as_its_date_is_a_warning_with_its_line(
    said: str, field: str, day: str
) -> None:
    (found,) = parse_page(
        RawPage("a.txt", "text", "utf-8", f"{TITLE}\n\n{said}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}"), ("ar",)
    ).articles
    assert (found.title.value, found.published.value, found.updated.value) == (TITLE, None, None)
    assert [paragraph.text for paragraph in found.paragraphs] == [LEAD, SECOND, THIRD]
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.line) == ("no-such-date", "warning", 3)
    assert problem.what == f"{field}: the page says {day}: there is no such day"


def test_an_impossible_day_between_place_and_report_is_a_warning() -> None:
    lead = f"الرياض، 31 فبراير 2025: {LEAD}"
    (found,) = parse_page(
        RawPage("a.txt", "text", "utf-8", f"{TITLE}\n\n{lead}\n\n{SECOND}\n\n{THIRD}"), ("ar",)
    ).articles
    assert [(problem.code, problem.line) for problem in found.problems] == [("no-such-date", 3)]


def test_numbers_that_are_no_date_are_no_impossible_date() -> None:
    for said in ("رقم الخبر 10.20.3000", "عدد القراءات: 31", "8 نوفمبر 2025"):
        text = f"{TITLE}\n\n{said}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}"
        (found,) = parse_page(RawPage("a.txt", "text", "utf-8", text), ("ar",)).articles
        assert found.problems == ()


def test_an_agency_has_one_row_and_a_spelling_is_that_of_one_agency() -> None:
    rows = tomllib.loads((FOLDER / "agencies.toml").read_text("utf-8"))["agency"]
    ids = [row["id"] for row in rows]
    spellings = [spelling for row in rows for spelling in row["spellings"]]
    assert sorted(ids) == sorted(set(ids))
    assert [one for one in set(spellings) if spellings.count(one) > 1] == []


@pytest.mark.parametrize("end", ["🌾", "👇👇", "⬇️", "🇰🇿"])
def test_a_sentence_that_ends_with_a_picture_is_a_paragraph_of_the_text(end: str) -> None:
    lead = f"أعلنت الوزارة في بيان تعليق شحن الحبوب إلى المرفأ الشرقي أسبوعين بسبب الزحام. {end}".strip()
    rows = ["🔹 قال المدير إن مئتي عربة تنتظر عند المعبر منذ يومين.", "🔹 وأضاف أن العمل يعود في أول الشهر."]
    page = RawPage("a.txt", "text", "utf-8", "\n\n".join(["توقف شحن الحبوب إلى المرفأ الشرقي", lead, *rows]), "", ())
    (article,) = parse_page(page, ("ar",)).articles
    assert [(one.kind, one.text) for one in article.paragraphs][:1] == [("text", lead)]
