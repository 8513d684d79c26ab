"""The desk's form for what reports state of themselves, filled in and sent as a browser does without a script."""

import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest
import support_desk as site
from lxml import html

STATED = f"نشر في: 03/04/2026 - 14:30 بتوقيت طشقند\n\n{site.TITLE}\n\nبقلم: سعيد الكاتب\n\n" + "\n\n".join(site.CANAL)
COPY = f"{site.TITLE}\n\nتاريخ النشر: 4 أبريل 2026\n\n" + "\n\n".join(site.CANAL) + "\n\nالمصدر: رويترز\n"
FORM = "/.desk/fields?page=en&slug={}"
BANK = f"{site.BANK_TITLE}\n\nتاريخ النشر: 5 مايو 2026\n\n" + "\n\n".join(site.BANK) + "\n"
FILES = {"canal.txt": STATED, "zcopy.txt": COPY, "bank.txt": BANK}


@pytest.fixture(autouse=True)
def articles(preview: site.Preview) -> Path:
    """The folder of the pages, each as it was saved, and no word on any of them."""
    folder = preview.site / "content/articles"
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


class Page:
    """A page of the desk with its form, as a browser holds it."""

    def __init__(self, preview: site.Preview, status: int, body: bytes):
        self.preview, self.status = preview, status
        self.document = html.fromstring(body)
        self.words = " ".join(self.document.text_content().split())

    @property
    def form(self) -> html.FormElement:
        return self.document.forms[-1]

    def holds(self, name: str) -> str | None:
        """What a field of the form holds."""
        found: str | None = self.form.fields[name]
        return found

    def field(self, name: str) -> str:
        """All words of a field: the value and its evidence, and what is wrong with it."""
        box = self.document.get_element_by_id(name).getparent().getparent()
        return " ".join(box.text_content().split())

    def send(self, act: str = "fields", **typed: str) -> "Page":
        """Fill in the form and send it; gives the page that answers, after the redirect where it leads to one."""
        for name, value in typed.items():
            self.form.fields[name.replace("_", "-")] = value
        fields = [*self.form.form_values(), ("act", act)]
        return answer(self.preview, self.form.action, urlencode(fields).encode())


def answer(preview: site.Preview, path: str, body: bytes | None = None) -> Page:
    request = urllib.request.Request(preview.origin + path, body, {"Origin": preview.origin})
    try:
        with urllib.request.urlopen(request, timeout=60) as got:
            return Page(preview, got.status, got.read())
    except urllib.error.HTTPError as error:
        return Page(preview, error.code, error.read())


def shown(preview: site.Preview, slug: str = "canal") -> Page:
    page = answer(preview, FORM.format(slug))
    assert page.status == 200, page.words
    return page


def step(preview: site.Preview, act: str = "undo") -> Page:
    page = answer(preview, "/.desk/stories?page=en")
    fields = [*page.document.forms[0].form_values(), ("act", act)]
    return answer(preview, page.document.forms[0].action, urlencode(fields).encode())


def word(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text("utf-8"))


def test_each_report_shows_what_counts_and_what_that_rests_on(preview: site.Preview) -> None:
    page = shown(preview)
    assert {"title-0", "url-0", "title-1", "url-1"} <= {*page.form.fields.keys()}
    reports = [one.get("value") for one in page.form.iterfind(".//input[@name='report']")]
    of = {name: str(place) for place, name in enumerate(reports)}
    first, second = of["canal.txt"], of["zcopy.txt"]
    published = page.field(f"published-{first}")
    assert "2026-04-03 14:30 بتوقيت طشقند · line 1 (day and month could be the other way round)" in published
    assert "line 3: 4 أبريل 2026" in page.field(f"published-{second}")
    assert page.holds(f"author-{first}") == "سعيد الكاتب" and page.holds(f"choice-author-{first}") == "page"
    assert "not stated" in page.field(f"url-{first}")
    assert page.holds(f"agency-{second}") == "رويترز"


def test_a_field_that_a_copy_lends_is_shown_as_lent(preview: site.Preview, articles: Path) -> None:
    (articles / "canal.txt").write_text(
        STATED + "\n\n" + "وذكرت الهيئة أن الري سيشمل سهولا واسعة قرب النهر.\n", "utf-8"
    )
    page = shown(preview)
    assert page.holds("agency-0") == ""
    assert "The site shows, from another report of this story: رويترز · zcopy.txt" in page.field("agency-0")


def test_a_doubt_of_the_reader_stands_at_its_field_until_somebody_settles_it(
    preview: site.Preview, articles: Path
) -> None:
    (articles / "zcopy.txt").unlink()
    (articles / "canal.txt").write_text("\n\n".join((site.TITLE, *site.CANAL)), "utf-8")
    page = shown(preview)
    assert "In doubt: nothing but its place says" in page.field("title-0")
    page = page.send(choice_title_0="own")
    assert word(articles / "canal.toml") == {"title": site.TITLE}
    assert "nothing but its place says" not in page.field("title-0")
    step(preview)


def test_only_what_was_changed_is_written_and_the_rest_of_the_file_stays(preview: site.Preview, articles: Path) -> None:
    side = articles / "bank.toml"
    before = '# of the desk\n"الكاتب" = "كاتب"  # as signed\nnote = "look again"\n\n[gloss]\n"سليمنوف" = "Suleimenov"\n'
    side.write_text(before, "utf-8")
    page = shown(preview, "bank").send(title_0="  عنوان من المحرر\u202e  لا من الصفحة ", author_0="كاتبة")
    assert page.status == 200 and "Written to bank.toml" in page.words
    assert page.holds("title-0") == "عنوان من المحرر لا من الصفحة" and page.holds("choice-title-0") == "own"
    assert f"As the page has it: {site.BANK_TITLE} · line 1" in page.field("title-0")
    told = word(side)
    assert list(told) == ["الكاتب", "note", "title", "gloss"]
    assert told["title"] == "عنوان من المحرر لا من الصفحة" and told["الكاتب"] == "كاتبة"
    assert "# of the desk\n" in side.read_text("utf-8") and "# as signed" in side.read_text("utf-8")
    assert "Undone: bank.toml" in step(preview).words
    assert side.read_text("utf-8") == before


def test_what_is_taken_back_is_as_the_page_has_it_again(preview: site.Preview, articles: Path) -> None:
    page = shown(preview).send(author_0="كاتب آخر")
    side = next(articles.glob("*.toml"))
    assert word(side) == {"author": "كاتب آخر"}
    page = page.send(choice_author_0="page")
    assert word(side) == {} and page.holds("author-0") == shown(preview).holds("author-0") != "كاتب آخر"


def test_that_nobody_knows_it_is_another_word_than_leaving_it(preview: site.Preview, articles: Path) -> None:
    page, side = shown(preview, "bank").send(choice_published_0="none"), articles / "bank.toml"
    assert word(side) == {"published": ""}
    assert page.holds("choice-published-0") == "none" and page.holds("published-0") == ""
    assert "As the page has it: 2026-05-05 · line 3: 5 مايو 2026" in page.field("published-0")
    assert "Nobody knows it" not in page.field("url-0")  # the page does not say it either
    page.send(choice_published_0="page")
    assert word(side) == {}


@pytest.mark.parametrize("said", [
    "2026", "2026-03", "2026-03-09 14:30", "2026-03-09T14:30:00Z", "2026-03-09 14:30 +05:00",
    "2026-03-09 09:05 بتوقيت غرينتش", "٢٠٢٦-٠٣-٠٩", "٢٠٢٦",
])  # fmt: skip
def test_a_date_is_written_as_far_as_it_is_known(preview: site.Preview, articles: Path, said: str) -> None:
    page = shown(preview, "bank").send(published_0=said)
    assert word(articles / "bank.toml") == {"published": said}
    assert page.holds("choice-published-0") == "own"
    assert (page.holds("published-0") or "").startswith("2026")


@pytest.mark.parametrize(("key", "said", "why"), [
    ("published", "2026-13-01", "not a date that can be read"), ("published", "2026-02-30", "not a date"),
    ("published", "في الأسبوع الماضي", "not a date"), ("updated", "2026-03-09 25:10", "not a date"),
    ("updated", "09/03/2026", "not a date"), ("updated", "2026-03-09 14:30 somewhere", "not a date"),
    ("url", "javascript:alert(1)", "cannot link to this"), ("url", "example.org/a", "cannot link to this"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_at_its_field_and_no_typed_word_is_lost(
    preview: site.Preview, articles: Path, key: str, said: str, why: str
) -> None:
    page = shown(preview, "bank").send(**{f"{key}_0": said, "author_0": "كاتب جديد"})
    assert page.status == 409 and "Not saved" in page.words
    assert why in page.field(f"{key}-0") and page.holds(f"{key}-0") == said
    assert page.holds("author-0") == "كاتب جديد" and page.holds("choice-author-0") == "own"
    assert list(articles.glob("*.toml")) == []
    page.send(**{f"choice_{key}_0": "page", f"{key}_0": ""})
    assert word(articles / "bank.toml") == {"author": "كاتب جديد"}


def test_words_against_another_choice_and_a_choice_without_words_are_asked_about(
    preview: site.Preview, articles: Path
) -> None:
    page = shown(preview, "bank").send(title_0="عنوان", choice_title_0="none", choice_agency_0="own")
    assert page.status == 409
    assert "something else was chosen" in page.field("title-0") and page.holds("title-0") == "عنوان"
    assert "Nothing is written here" in page.field("agency-0")
    page = page.send()
    assert page.status == 409 and page.holds("choice-title-0") == "none" and page.holds("title-0") == "عنوان"
    assert "no field was changed" in shown(preview, "bank").send().words
    assert list(articles.glob("*.toml")) == []


def test_a_change_by_hand_meanwhile_is_shown_with_what_was_typed(preview: site.Preview, articles: Path) -> None:
    page, side = shown(preview, "bank"), articles / "bank.toml"
    by_hand = 'outlet = "صحيفة كتبت باليد"\n'
    side.write_text(by_hand, "utf-8")
    page = page.send(title_0="عنوان مكتوب في المكتب")
    assert page.status == 409 and "has changed since the page was shown" in page.words
    assert page.holds("title-0") == "عنوان مكتوب في المكتب" and page.holds("outlet-0") == "صحيفة كتبت باليد"
    assert side.read_text("utf-8") == by_hand
    page.send()
    assert word(side) == {"outlet": "صحيفة كتبت باليد", "title": "عنوان مكتوب في المكتب"}


def test_undo_takes_back_what_still_stands_and_spares_newer_words(preview: site.Preview, articles: Path) -> None:
    side = articles / "bank.toml"
    shown(preview, "bank").send(author_0="كاتب المكتب")
    side.write_text(side.read_text("utf-8") + 'note = "written by hand"\n', "utf-8")
    step(preview)
    assert word(side) == {"note": "written by hand"}
    shown(preview, "bank").send(author_0="كاتب المكتب")
    side.write_text('author = "كتب باليد"\n', "utf-8")
    assert "somebody has changed bank.toml" in step(preview).words
    assert word(side) == {"author": "كتب باليد"}


def test_two_reports_are_saved_and_taken_back_in_one_step(preview: site.Preview, articles: Path) -> None:
    shown(preview).send(outlet_0="صحيفة أولى", outlet_1="صحيفة ثانية")
    words = [word(articles / name)["outlet"] for name in ("canal.toml", "zcopy.toml")]
    assert sorted(map(str, words)) == ["صحيفة أولى", "صحيفة ثانية"]
    assert "Undone" in step(preview).words
    assert list(articles.glob("*.toml")) == []
    step(preview, "redo")
    assert [word(articles / name)["outlet"] for name in ("canal.toml", "zcopy.toml")] == words


def test_where_one_report_is_refused_no_other_is_written(preview: site.Preview, articles: Path) -> None:
    page = shown(preview)
    reports = [one.get("value") for one in page.form.iterfind(".//input[@name='report']")]
    (articles / f"{reports[1][:-4]}.md").write_text("# عنوان\n", "utf-8")  # the same file would speak for both
    page = page.send(outlet_0="صحيفة أولى", outlet_1="صحيفة ثانية")
    assert page.status == 409 and "Rename one of the pages" in page.words
    assert (page.holds("outlet-0"), page.holds("outlet-1")) == ("صحيفة أولى", "صحيفة ثانية")
    assert list(articles.glob("*.toml")) == []


def test_one_article_of_a_page_is_corrected_under_its_own_part(preview: site.Preview, articles: Path) -> None:
    (articles / "two.md").write_text(
        "\n\n".join((f"# {site.BANK_TITLE}", *site.BANK, f"# {site.TITLE}", *site.CANAL)) + "\n", "utf-8"
    )
    for name in ("bank.txt", "canal.txt", "zcopy.txt"):
        (articles / name).unlink()
    side = articles / "two.toml"
    side.write_text('outlet = "صحيفة الصفحة كلها"\nsplit = ["قناة جديدة في"]\n', "utf-8")
    listed = answer(preview, "/.desk/stories?page=en").document.xpath("//main//a/@href")
    slugs = [one.partition("slug=")[2] for one in listed]
    second = next(slug for slug in slugs if "two.md#2" in shown(preview, slug).words)
    page = shown(preview, second)
    assert "two.toml, for all articles of the page" in page.field("outlet-0")
    page.send(published_0="2026-05-06", outlet_0="صحيفة المقال")
    told = word(side)
    assert told["outlet"] == "صحيفة الصفحة كلها"
    assert told["part"] == [{}, {"published": "2026-05-06", "outlet": "صحيفة المقال"}]


def test_words_for_a_story_that_is_gone_are_told(preview: site.Preview, articles: Path) -> None:
    page = shown(preview, "bank")
    (articles / "bank.txt").unlink()
    page = page.send(title_0="عنوان لا ينبغي أن يضيع")
    assert page.status == 404 and "عنوان لا ينبغي أن يضيع" in page.words


def test_a_report_whose_word_cannot_be_read_is_told_and_the_others_are_still_changed(
    preview: site.Preview, articles: Path
) -> None:
    page = shown(preview)
    reports = [str(one.get("value")) for one in page.form.iterfind(".//input[@name='report']")]
    first, second = (one.replace(".txt", ".toml") for one in reports)
    (articles / first).write_text("outlet = [\n", "utf-8")
    page = page.send(outlet_0="صحيفة أولى", outlet_1="صحيفة ثانية")
    assert page.status == 409 and f"{first}: is not TOML" in page.words
    assert "صحيفة أولى" in page.words and page.holds("outlet-1") == "صحيفة ثانية"
    assert not (articles / second).exists()
    assert "outlet-0" not in page.form.fields and "the others can be changed" in page.words
    page = page.send()
    assert page.status == 200 and f"Written to {second}" in page.words and f"{first}: is not TOML: line 1" in page.words
    assert word(articles / second) == {"outlet": "صحيفة ثانية"}
    assert (articles / first).read_text("utf-8") == "outlet = [\n"
