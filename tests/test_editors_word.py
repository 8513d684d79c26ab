"""The editor's word: what `NAME.toml` or a header says overrides what was read, and every mistake in it is said."""

from __future__ import annotations

import pytest

from site_src.model.fields import Day, Found
from site_src.model.page import Article, ParsedPage, RawPage
from site_src.parse import parse_page
from site_src.read import decode

TITLE = "المجلس البلدي يفتح حديقة عامة مكان السوق القديم"
LEAD = "فتح المجلس البلدي حديقة عامة مكان السوق القديم بعد سبع سنوات من إزالة المتاجر المهجورة في وسط المدينة."
SECOND = "وقال رئيس المجلس جهاد النوري إن الحديقة تضم ملعبا ومكتبة صغيرة وأربعمئة شجرة زرعها طلاب المدارس."
THIRD = "ويأمل السكان أن تعود الحياة إلى الحي الذي هجره كثيرون بعد إغلاق السوق والمتاجر من حوله."
OTHER = "إغلاق الجسر الغربي أمام الشاحنات مدة شهرين للصيانة"
CLOSED = "أغلقت دائرة الطرق الجسر الغربي أمام الشاحنات مدة شهرين بسبب أعمال صيانة في أعمدته."
DETOUR = (
    "وقالت الدائرة إن السيارات الصغيرة تستطيع العبور في مسرب واحد، وإن الحافلات ستسلك طريق النهر حتى نهاية الأعمال."
)
PAGE = f"{TITLE}\nتاريخ النشر: 3 مايو 2025\nالمصدر: صدى المدينة\n{LEAD}\n{SECOND}\n{THIRD}\nشارك\n"
BODY = f"# {TITLE}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
TWO = f"{PAGE}المصدر: صدى المدينة\nاقرأ أيضا:\n{OTHER}\n{CLOSED}\n{DETOUR}\n"


def parsed(word: str, text: str = PAGE) -> ParsedPage:
    return parse_page(RawPage("folder/page.txt", "text", "utf-8", text, word), ("ar",))


def article(word: str, text: str = PAGE) -> Article:
    page = parsed(word, text)
    assert not page.problems
    return page.articles[0]


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


@pytest.mark.parametrize("field", ["title", "outlet", "agency", "author", "url", "aggregator"])
def test_a_text_field_is_the_editors_when_the_editor_states_it(field: str) -> None:
    said = "https://مثال.example/خبر" if field == "url" else "كما نقول نحن"
    found: Found[str] = getattr(article(f'{field} = "{said}"'), field)
    assert (found.value, found.status, found.where) == (said, "editor", "page.toml")


@pytest.mark.parametrize("url", ["www.example.org/a", "ftp://example.org/a", "javascript:alert(1)", "كما نقول نحن"])
def test_an_address_that_no_page_could_link_to_is_told_and_not_used(url: str) -> None:
    page = parsed(f'outlet = "صدى المدينة"\nurl = "{url}"')
    [problem] = page.problems
    assert (problem.code, problem.file, problem.line) == ("editors-word", "folder/page.toml", 2)
    assert url in problem.what and "https://" in problem.what
    assert page.articles[0].url.status != "editor" and page.articles[0].outlet.value == "صدى المدينة"


def test_that_nobody_knows_the_address_is_no_mistake() -> None:
    assert article('url = ""').url.value is None


@pytest.mark.parametrize("field", ["published", "updated", "event", "saved"])
@pytest.mark.parametrize("said", ["2025-10", "2025/10", "٢٠٢٥-١٠", "أكتوبر 2025"])
def test_a_month_without_a_day_is_understood_and_never_completed(field: str, said: str) -> None:
    found = getattr(article(f'{field} = "{said}"'), field)
    assert (found.value, found.status) == (Day(2025, 10, None), "editor")
    assert found.value.iso == "2025-10" and not found.value.full


@pytest.mark.parametrize("said", ["2025", " ٢٠٢٥ "])
def test_a_year_alone_is_understood_and_never_completed(said: str) -> None:
    found = article(f'published = "{said}"').published
    assert (found.value, found.status) == (Day(2025, None, None), "editor")
    assert found.value and found.value.iso == "2025" and not found.value.full


@pytest.mark.parametrize("said", ["2025-13", "2025-00", "2025-10-", "1447-05", "10-2025-2", "1447", "2105"])
def test_what_is_no_month_of_a_year_is_no_date(said: str) -> None:
    (problem,) = parsed(f'published = "{said}"').problems
    assert problem.code == "editors-word" and said in problem.what


@pytest.mark.parametrize("field", ["published", "updated", "event", "saved"])
@pytest.mark.parametrize("written", ["2024-02-09", '"2024-02-09"', '"9 شباط 2024"'])
def test_a_date_is_the_editors_in_toml_or_in_words(field: str, written: str) -> None:
    found = getattr(article(f"{field} = {written}"), field)
    assert (found.value.iso, found.status, found.where) == ("2024-02-09", "editor", "page.toml")


def test_an_empty_string_says_that_nobody_knows() -> None:
    found = article('outlet = ""\npublished = ""')
    assert found.outlet.status == found.published.status == "unknown"


def test_an_agency_of_the_editor_has_its_canonical_id() -> None:
    assert article('agency = "أ ف ب + رويترز"').agency.id == "afp+reuters"


WORD = """
topics = ["parks"]
slug = "old-market"
note = "تحقق"
sources = ["AP"]
[gloss]
"السوق القديم" = "the old market"
"""


def test_topics_slug_note_gloss_and_sources_reach_the_article() -> None:
    found = article(WORD)
    assert found.word.topics == ("parks",) and found.word.slug == "old-market" and found.word.note == "تحقق"
    assert found.word.glosses == (("السوق القديم", "the old market"),)
    assert [(one.value, one.id, one.status) for one in found.sources] == [("AP", "ap", "editor")]


@pytest.mark.parametrize("written", ["Old Market", "سوق", "old/market", "../market", "m" * 201])
def test_what_is_no_address_is_told_and_the_page_keeps_its_own(written: str) -> None:
    page = parsed(f'slug = "{written}"\nnote = "تحقق"')
    [problem] = page.all_problems
    assert (problem.code, problem.line) == ("editors-word", 1) and "small ASCII letters, digits" in problem.what
    assert [(one.word.slug, one.word.note) for one in page.articles] == [("", "تحقق")]


@pytest.mark.parametrize("written", ["ar", "AR", "ar-EG", "ar_AR"])
def test_the_code_of_a_language_may_name_a_region(written: str) -> None:
    page = parsed("", f"---\nlanguage: {written}\n---\n{TWO}")
    assert [one.lang for one in page.articles] == ["ar", "ar"] and page.all_problems == ()


@pytest.mark.parametrize("written", ["Arabic", "العربية"])
def test_what_is_no_code_of_a_language_is_told_and_the_text_decides(written: str) -> None:
    page = parsed("", f"---\nlanguage: {written}\n---\n{TWO}")
    assert [one.lang for one in page.articles] == ["ar", "ar"]
    assert [one.code for one in page.all_problems] == ["editors-word"] and "such as" in page.all_problems[0].what


def test_an_article_that_the_editor_calls_foreign_is_left_out_and_one_that_only_looks_so_is_kept() -> None:
    english = "The mayor opened the bridge over the river on Tuesday, after two years of works in the old town. " * 3
    said = ("foreign-language",)
    assert (parsed('lang = "en"').articles, codes(parsed('lang = "en"'))) == ((), said)
    assert (parsed("", english).articles, codes(parsed("", english))) == ((), said)
    assert [one.lang for one in parsed('lang = "ar"', english).articles] == ["ar"]
    page = parsed('[[part]]\nlang = "en"\n[[part]]', TWO)
    assert (len(page.articles), codes(page)) == (1, said)


def codes(page: ParsedPage) -> tuple[str, ...]:
    return tuple(one.code for one in page.all_problems)


@pytest.mark.parametrize("fence", ["", "+++\n"])
def test_brackets_without_end_are_told_and_the_page_is_read_all_the_same(fence: str) -> None:
    deep = f"title = {'[' * 5000}\n"
    page = parsed("" if fence else deep, f"{fence}{deep}{fence}{TWO}" if fence else TWO)
    assert [(one.code, "too deep" in one.what) for one in page.all_problems] == [("editors-word", True)]
    assert len(page.articles) == 2


def test_a_paragraph_is_dropped_by_its_first_words_and_the_report_says_that_the_editor_did() -> None:
    page = parsed('drop = ["وقال رئيس المجلس"]')
    assert texts(page.articles[0]) == [LEAD, THIRD]
    assert (SECOND, "editor") in [(gone.text, gone.rule) for gone in page.dropped]


def test_a_line_that_looks_like_junk_is_kept_by_its_first_words_or_its_number() -> None:
    assert texts(article('keep = ["شارك"]'))[-1] == "شارك"
    assert texts(article("keep = [7]"))[-1] == "شارك"


def test_the_editor_forces_a_split_where_no_rule_sees_one() -> None:
    text = f"{LEAD}\n{SECOND}\n{CLOSED}\n{DETOUR}\n"
    assert len(parsed("", text).articles) == 1
    assert [texts(one) for one in parsed('split = ["أغلقت دائرة"]', text).articles] == [
        [LEAD, SECOND],
        [CLOSED, DETOUR],
    ]


@pytest.mark.parametrize("said", ["split: false", "تقسيم: لا", "split: no"])
def test_a_simple_header_forbids_a_split_in_words(said: str) -> None:
    page = parsed("", f"---\n{said}\n---\n{TWO}")
    assert len(page.articles) == 1 and page.all_problems == ()


def test_the_editor_forbids_a_split_that_a_rule_sees() -> None:
    assert len(parsed("", TWO).articles) == 2
    assert len(parsed("split = false", TWO).articles) == 1


def test_each_article_of_a_page_has_a_part_of_its_own() -> None:
    page = parsed('topics = ["city"]\n[[part]]\ntitle = "الأول"\n[[part]]\ntitle = "الثاني"\nslug = "bridge"', TWO)
    assert not page.problems
    assert [one.title.value for one in page.articles] == ["الأول", "الثاني"]
    assert [one.word.slug for one in page.articles] == ["", "bridge"]
    assert [one.word.topics for one in page.articles] == [("city",), ("city",)]


def test_the_header_in_the_file_says_the_same_and_the_file_beside_it_counts_first() -> None:
    text = f'+++\ntitle = "من الترويسة"\noutlet = "الصحيفة"\n+++\n{PAGE}'
    found = article('outlet = "من الملف"', text)
    assert (found.title.value, found.title.where) == ("من الترويسة", "header")
    assert (found.outlet.value, found.outlet.where) == ("من الملف", "page.toml")


def test_a_plain_header_whose_keys_are_all_misspelt_is_told_so() -> None:
    page = parsed("", f"---\ntitel: سوق وحديقة\npublshed: 8 نوفمبر 2025\n---\n{PAGE}")
    said = " ".join(problem.what for problem in page.all_problems)
    assert "did you mean 'title'?" in said and "did you mean 'published'?" in said
    assert "سوق وحديقة" not in [paragraph.text for one in page.articles for paragraph in one.paragraphs]


def test_a_plain_header_between_dashes_is_the_editors_word_too() -> None:
    found = article("", f"---\ntitle: سوق وحديقة\ntopics: parks, city\n---\n{PAGE}")
    assert found.title.value == "سوق وحديقة" and found.word.topics == ("parks", "city")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ('titel = "خطأ"', "titel: there is no such key; did you mean 'title'?"),
        ('"تاريخ_النشر" = 2026-02-03', "تاريخ_النشر: there is no such key; did you mean 'تاريخ النشر'?"),
        ("title = 5", "title = 5: must be a string"),
        ('published = "قريبا"', "published = 'قريبا': must be a date, such as 2025-11-08"),
        ('topics = "a"\ndrop = [""]', "drop = ['']: must be an array of strings"),
        ("split = true", "split = True: must be an array of strings, or false"),
        ('gloss = "x"', "gloss = 'x': must be a table of strings"),
        ('part = "x"', "part: must be [[part]] tables"),
        ("part = [3, 4]", "part: must be [[part]] tables"),
        ("[[part]]\nsplit = false", "part 1: split: there is no such key"),
        ('[[part]]\n[[part]]\ntitle = "ب"', "part 2: the page has 1 article"),
        ("title = ", "is not TOML"),
        (
            'drop = ["وقال رئيس المجالس"]',
            "drop: 'وقال رئيس المجالس': no line of the page begins so; did you mean 'وقال رئيس المجلس' (line 5)?",
        ),
        ('split = ["لا أحد"]', "split: 'لا أحد': no line of the page begins so"),
        ('[gloss]\n"لا أحد" = "nobody"', "gloss: 'لا أحد': stands nowhere in the article"),
        ("keep = [99]", "keep: 99: nothing begins on this line of the page"),
    ],
)
def test_a_mistake_in_the_word_is_an_error_that_says_what_and_where(word: str, said: str) -> None:
    page = parsed(word)
    assert [(one.file, one.code, one.severity) for one in page.problems] == [
        ("folder/page.toml", "editors-word", "error")
    ]
    assert said in page.problems[0].what and page.problems[0].todo


def test_what_a_clipping_tool_leaves_empty_states_nothing_and_its_own_keys_are_passed_over() -> None:
    header = "---\npublished:\nsource: https://news.example/7\ntags:\n  - طاقة\ndate: 2025-01-03\n---\n"
    (article,) = (page := parsed("", header + PAGE.split("\n", 2)[2])).articles
    assert (article.url.value, article.outlet.value, page.problems) == ("https://news.example/7", "صدى المدينة", ())
    assert article.published.value == Day(2025, 1, 3)


def test_a_title_for_a_page_of_two_articles_is_a_mistake_that_changes_neither() -> None:
    page = parsed('title = "لمن؟"', TWO)
    assert [one.title.value for one in page.articles] == [TITLE, OTHER]
    assert "put it under [[part]]" in page.problems[0].what


def test_every_mistake_is_said_and_the_rest_counts() -> None:
    page = parsed('titel = "خطأ"\npublished = "قريبا"\noutlet = "الصحيفة"')
    assert len(page.problems) == 2
    assert page.articles[0].outlet.value == "الصحيفة"


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ('+++\ntitle = "بلا نهاية\noutlet = "الصحيفة"\n+++\n', "a closing quotation mark is missing", 2),
        ('+++\noutlet = "الصحيفة"\ntitle = "بلا نهاية\n+++\n', "a closing quotation mark is missing", 3),
        (
            '\n+++\ntopics = [\n  "one",\n\n[gloss]\n"قناة" = "canal"\n+++\n',
            "in what begins on line 3: is it closed?",
            6,
        ),
        ('+++\noutlet = "الصحيفة"\ntitle =\n+++\n', "no value stands here", 3),
        ("+++\npublished = 8/11/2025\n+++\n", "a date in another form than 2025-11-08, needs quotation marks", 2),
        ("+++\npublished = 2026-02-30\n+++\n", "no calendar has this day", 2),
        ("+++\npublished 2026-02-03\n+++\n", "an equals sign (=) is missing", 2),
    ],
)
def test_a_header_that_is_not_toml_is_told_with_the_line_of_the_file(text: str, said: str, line: int) -> None:
    raw = decode("page.md", f"{text}{PAGE}".encode())
    assert isinstance(raw, RawPage)
    page = parse_page(raw, ("ar",))
    (problem,) = page.problems
    assert said in problem.what and "Illegal" not in problem.what and problem.line == line


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ('# ours\n\ntitel = "x"\n', [3]),
        ('note = """\ntwo\nlines"""\npublished = "soon"\n', [4]),
        ('drop = [\n  "no such words",\n  900,\n]\n', [2, 3]),
        ('note = "x"\n[[part]]\ntitle = "x"\n[[part]]\nnote = "y"\n', [4]),
        ('[[part]]\nnote = "x"\nsources = 7\n', [3]),
        ('\npart = "x"\n', [2]),
    ],
)
def test_a_mistake_is_told_with_its_line(word: str, lines: list[int]) -> None:
    problems = parsed(word).problems
    assert [(problem.file, problem.line) for problem in problems] == [("folder/page.toml", line) for line in lines]


def test_a_title_for_two_articles_is_told_with_its_line() -> None:
    (problem,) = parsed('note = "x"\ntitle = "y"\n', TWO).problems
    assert "put it under [[part]]" in problem.what and problem.line == 2


def test_a_mistake_in_a_header_is_told_with_the_line_of_the_page() -> None:
    page = RawPage("folder/page.md", "markdown", "utf-8", f"+++\nnote = 'x'\ntitel = 'y'\n+++\n\n{BODY}", "")
    (problem,) = parse_page(page, ("ar",)).problems
    assert (problem.file, problem.line) == ("folder/page.md", 3)


def test_words_that_only_the_header_lists_are_sought_there_though_the_file_beside_has_no_list() -> None:
    page = RawPage("page.md", "markdown", "utf-8", f"+++\ndrop = ['no such']\n+++\n\n{BODY}", "drop = 5\n")
    found = [(problem.file, problem.line) for problem in parse_page(page, ("ar",)).problems]
    assert found == [("page.toml", 1), ("page.md", 2)]
