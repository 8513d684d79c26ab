from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_src.errors import SettingsError
from site_src.merge import Merged, MergeWord, load_word, merge
from site_src.model.fields import Day, Found
from site_src.model.page import Article, EditorsWord, Paragraph
from site_src.model.story import Story
from site_src.record import Entry, Record
from site_src.text.shingles import sketch

CASES = Path(__file__).parent / "cases" / "merge"
DEVELOPED = sorted(CASES.glob("*.txt"))
HELD_BACK = sorted((CASES / "held").glob("*.txt"))


@dataclass(frozen=True)
class Labelled:
    name: str
    story: str
    article: Article


def texts_of(case: Path) -> list[Labelled]:
    """The texts of a case file, in the notation that the folder's README explains."""
    bodies: dict[str, list[str]] = {}
    found = []
    for block in re.split(r"^== ", case.read_text("utf-8"), flags=re.M)[1:]:
        head, *lines = [line for line in block.splitlines() if line.strip()]
        name, story, *dates = head.split()
        bodies[name] = [written(line, bodies) for line in lines]
        found.append(Labelled(name, story, article(f"{case.stem}/{name}.txt", *bodies[name], date="".join(dates))))
    return found


def written(line: str, bodies: dict[str, list[str]]) -> str:
    before, at, reference = line.partition("@")
    if not at:
        return line
    words, *edits = re.split(r" \| ", reference)
    name, number = words.split()
    text = bodies[name][int(number) - 1]
    for old, new in (edit.split(" >") for edit in edits):
        assert old in text, (line, old)
        text = text.replace(old, new.strip())
    return before + text


def article(file: str, *paragraphs: str, date: str = "", part: int = 1, **fields: object) -> Article:
    body = tuple(Paragraph("text", text, line) for line, text in enumerate(paragraphs, 1))
    published: Found[Day] = Found(Day(*map(int, date.split("-"))), "stated", date, "line 1") if date else Found()
    return replace(Article(file, part, "ar", Found(), body, published), **fields)


def pairs_of(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def members(story: Story) -> list[str]:
    return [story.lead.file, *(copy.article.file for copy in story.copies)]


def verdicts(cases: Iterable[Path]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(pairs that should be joined, pairs that were), every case file merged by itself."""
    wanted, joined = set(), set()
    for case in cases:
        texts = texts_of(case)
        stories = {text.story for text in texts}
        wanted |= pairs_of([t.article.file for t in texts if t.story == story] for story in stories)
        joined |= pairs_of(map(members, merge([text.article for text in texts], Record()).stories))
    return wanted, joined


def f1(wanted: set[tuple[str, str]], joined: set[tuple[str, str]]) -> float:
    return 2 * len(wanted & joined) / (len(wanted) + len(joined))


def test_hand_labelled_texts_are_merged_as_a_desk_would():
    wanted, joined = verdicts(DEVELOPED)
    assert joined - wanted == set(), "later or other reports were merged"
    assert f1(wanted, joined) >= 0.99


def test_held_back_texts_are_merged_as_a_desk_would():
    wanted, joined = verdicts(HELD_BACK)
    assert joined - wanted == set(), "later or other reports were merged"
    assert f1(wanted, joined) >= 0.95


def test_all_hand_labelled_texts_in_one_heap_are_merged_as_in_their_own():
    heap = [text.article for case in (*DEVELOPED, *HELD_BACK) for text in texts_of(case)]
    joined = pairs_of(map(members, merge(heap, Record()).stories))
    apart = verdicts(DEVELOPED)[1] | verdicts(HELD_BACK)[1]
    assert joined == apart


FLOOD = (
    "أعلنت سلطات الإقليم إجلاء سكان ثلاث قرى بعد ارتفاع منسوب النهر إلى خمسة أمتار مساء الأحد.",
    "وقالت فرق الإنقاذ إن المدارس ستبقى مغلقة حتى نهاية الأسبوع وإن الجسر القديم تضرر.",
    "ووزعت جمعيات محلية أغطية ووجبات على العائلات في مركز المدينة الرياضي.",
)
OTHER = (
    "افتتح وزير الثقافة معرض الكتاب السنوي بمشاركة أربعمئة دار نشر من عشرين دولة.",
    "ويستمر المعرض أسبوعين وتخصص أيامه الأخيرة لأدب الأطفال والترجمة.",
)


def only(merged: Merged) -> Story:
    assert len(merged.stories) == 1
    return merged.stories[0]


def test_the_fullest_text_leads_and_takes_what_it_misses_from_a_copy():
    full = article("b/full.txt", *FLOOD)
    dated = article("a/dated.txt", *FLOOD[:2], date="2026-02-01", title=Found("عنوان", "stated", "عنوان", "line 1"))
    story = only(merge([full, dated], Record()))
    assert story.lead.file == "b/full.txt"
    assert story.lead.title == Found("عنوان", "stated", "عنوان", "copy a/dated.txt")
    assert story.lead.published.where == "copy a/dated.txt"
    assert story.copies[0].article == dated


@pytest.mark.parametrize(("recalled", "recalling", "stories"), [
    ("2026-02-01", "2026-02-03", 2), ("2026-02-01", "2026-02-01", 1), ("2026-02-03", "2026-02-01", 1), ("", "", 1),
])  # fmt: skip
def test_only_a_later_report_with_news_of_its_own_at_the_top_is_no_copy(recalled: str, recalling: str, stories: int):
    news = "وأضافت الوزارة في بيان جديد أن إصلاح الطرق سيبدأ قريبا وأن السكان يعودون إلى بيوتهم تباعا."
    texts = [article("a.txt", *FLOOD, date=recalled), article("b.txt", news, *FLOOD, date=recalling)]
    assert len(merge(texts, Record()).stories) == stories


@pytest.mark.parametrize(("day", "reasons"), [("2026-02-02", ["same-lead"]), ("2026-02-08", [])])
def test_a_text_that_opens_alike_is_re_edited_news_only_within_days(day: str, reasons: list[str]):
    ending = "وطلبت البلدية من أصحاب المتاجر نقل بضائعهم إلى الطوابق العليا قبل وصول المياه إلى السوق."
    texts = [article("a.txt", *FLOOD, date="2026-02-01"), article("b.txt", *FLOOD[:2], ending, date=day)]
    assert [copy.reason for story in merge(texts, Record()).stories for copy in story.copies] == reasons


def test_of_equal_texts_the_one_that_says_most_of_itself_leads():
    bare, dated = article("a.txt", *FLOOD), article("b.txt", *FLOOD, date="2026-02-01")
    story = only(merge([bare, dated], Record()))
    assert story.lead.file == "b.txt"
    assert [(copy.reason, copy.containment, copy.same_paragraphs, copy.paragraphs) for copy in story.copies] == [
        ("same-text", 1.0, 3, 3)
    ]


PARTIAL = Found(Day(2026, 2, None), "stated", "2026-02", "line 1")


@pytest.mark.parametrize("day", [Day(2026, 2, None), Day(2026, None, None), Day(None, 2, 1)])
def test_a_report_that_is_dated_in_part_is_of_no_known_day(day: Day):
    texts = [article("a.txt", *FLOOD, published=Found(day, "stated")), article("b.txt", *FLOOD[:2], date="2026-02-09")]
    assert [copy.article.file for copy in only(merge(texts, Record())).copies] == ["b.txt"]


def test_a_date_in_part_outweighs_nothing_else_that_a_text_says_of_itself():
    said = Found("قيل", "stated", "قيل", "line 1")
    texts = [article("a.txt", *FLOOD, published=PARTIAL), article("b.txt", *FLOOD, title=said, outlet=said)]
    assert only(merge(texts, Record())).lead.file == "b.txt"


@pytest.mark.parametrize("part", [Day(2026, 1, None), Day(2025, None, None), Day(None, 1, 1)])
def test_of_its_copies_dates_a_lead_takes_a_whole_one_before_a_part_of_one(part: Day):
    copies = [article("a.txt", *FLOOD[:2], published=Found(part, "stated")),
              article("c.txt", *FLOOD[:2], date="2026-02-01")]  # fmt: skip
    assert only(merge([article("b.txt", *FLOOD), *copies], Record())).lead.published.value == Day(2026, 2, 1)


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        (Day(2026, None, None), Day(2026, 3, None), Day(2026, 3, None)),
        (Day(2026, 3, None), Day(2025, 12, None), Day(2025, 12, None)),
        (Day(None, 2, 1), Day(2026, 2, None), Day(2026, 2, None)),
    ],
)
def test_of_dates_in_part_a_lead_takes_the_earliest_and_the_one_that_says_more(first: Day, second: Day, taken: Day):
    copies = [article(f"{name}.txt", *FLOOD[:2], published=Found(day, "stated"))
              for name, day in (("a", first), ("c", second))]  # fmt: skip
    assert only(merge([article("b.txt", *FLOOD), *copies], Record())).lead.published.value == taken


def test_what_a_lead_takes_names_the_article_of_a_page_that_states_it():
    copy = article("two.txt", *FLOOD[:2], date="2026-02-01", part=2)
    assert only(merge([article("b.txt", *FLOOD), copy], Record())).lead.published.where == "copy two.txt#2"


def test_of_equal_texts_a_dated_one_leads_whatever_the_others_say_of_themselves():
    said = Found("قيل", "stated", "قيل", "line 1")
    named = article("a.txt", *FLOOD, title=said, outlet=said, agency=said, author=said, url=said, aggregator=said)
    assert only(merge([named, article("b.txt", *FLOOD, date="2026-02-01")], Record())).lead.file == "b.txt"


def test_a_lead_takes_the_agency_that_its_copies_agree_on_and_the_outlet_of_none():
    def said(outlet: str, agency: str, id: str) -> dict[str, Found[str]]:
        sources = {"outlet": (outlet, ""), "agency": (agency, id)}
        return {name: Found(words, "stated", words, "line 1", known) for name, (words, known) in sources.items()}

    copies = [article("a.txt", *FLOOD[:2], **said("المدى", "أ ف ب", "afp")),
              article("c.txt", *FLOOD[1:], **said("المدى", "فرانس برس", "afp"))]  # fmt: skip
    lead = only(merge([article("b.txt", *FLOOD), *copies], Record())).lead
    assert (lead.outlet.value, lead.agency.id) == (None, "afp")


def test_of_its_copies_dates_a_lead_takes_the_earliest_and_what_is_a_copys_own_stays_with_it():
    own = Found("قيل", "stated", "قيل", "line 1")
    copies = [article("a.txt", *FLOOD[:2], date="2026-02-02", author=own, url=own, aggregator=own),
              article("c.txt", *FLOOD[:2], date="2026-02-01")]  # fmt: skip
    lead = only(merge([article("b.txt", *FLOOD), *copies], Record())).lead
    assert (lead.published.value, lead.published.where) == (Day(2026, 2, 1), "copy c.txt")
    assert not (lead.author.value or lead.url.value or lead.aggregator.value)


def test_hard_wrapped_and_vowelled_copies_are_the_same_text():
    wrapped = article("b.txt", " ".join(FLOOD).replace(" ", "\n"))
    marked = article("c.txt", *(text.replace("أ", "ا").replace("ل", "لَ") for text in FLOOD))
    assert sketch(wrapped).hash == sketch(marked).hash == sketch(article("a.txt", *FLOOD)).hash


def test_the_order_of_files_decides_nothing():
    texts = [text.article for text in texts_of(CASES / "dam.txt")]
    forward, backward = merge(texts, Record()), merge(texts[::-1], Record())
    assert forward.stories == backward.stories


def test_headings_and_captions_do_not_keep_copies_apart():
    heading, caption = Paragraph("heading", "سيول غير مسبوقة", 2), Paragraph("caption", "صورة من الأرشيف", 3)
    plain = article("a.txt", *FLOOD)
    decorated = replace(plain, file="b.txt", paragraphs=(heading, *plain.paragraphs, caption))
    assert only(merge([plain, decorated], Record())).copies[0].reason == "same-text"


def test_a_summary_that_an_outlet_sets_above_a_wire_keeps_no_copies_apart():
    points = [Paragraph("list", text, line) for line, text in enumerate((
        "أعلنت البلدية عن إجلاء سكان الأحياء المنخفضة بعد أن غمرتها المياه في ساعات الليل الأولى",
        "تحذر الأرصاد من موجة ثانية قد تصل قبل نهاية الأسبوع وتدعو السكان إلى الابتعاد عن مجاري الأودية",
    ), 1)]  # fmt: skip
    plain = article("a.txt", *FLOOD)
    summed_up = replace(plain, file="b.txt", paragraphs=(*points, *plain.paragraphs))
    assert only(merge([plain, summed_up], Record())).copies[0].reason == "same-text"
    listed = [article(f"{name}.txt") for name in "ab"]
    listed = [replace(one, paragraphs=(points[place],)) for place, one in enumerate(listed)]
    assert len(merge(listed, Record()).stories) == 2


def test_ten_thousand_identical_files_are_one_story():
    story = only(merge([article(f"{n:05}.txt", *FLOOD) for n in range(10_000)], Record()))
    assert story.slug == "story-" + sketch(story.lead).hash[:8]
    assert len(story.copies) == 9_999


def test_a_thousand_near_copies_are_one_story_although_they_share_every_word():
    texts = [article(f"near-{n}.txt", *FLOOD, f"تابعوا المزيد في عدد الغد رقم {n}.") for n in range(1_000)]
    assert len(only(merge(texts, Record())).copies) == 999


def test_no_article_gives_no_story_and_an_empty_one_still_has_an_address():
    assert merge([], Record()).stories == ()
    empty = Article("خبر.txt", 1, "ar", Found("عنوان فقط", "stated"), ())
    assert only(merge([empty], Record())).slug.startswith("story-")


def test_sketches_that_the_caller_remembers_give_the_same_stories():
    texts = [text.article for text in texts_of(CASES / "mine.txt")]
    assert merge(texts, Record(), sketches=[sketch(text) for text in texts]) == merge(texts, Record())


# The editor's word


def test_the_editor_joins_what_the_rules_would_not():
    texts = [article("a.txt", *FLOOD), article("b.txt", *OTHER)]
    story = only(merge(texts, Record(), MergeWord(merge=(("a", "b.txt"),))))
    assert story.lead.file == "a.txt"
    assert story.copies[0].reason == "editor"


def test_a_lead_takes_nothing_from_another_text_that_the_editor_joined_to_it():
    lone = article("a.txt", *FLOOD, agency=Found("رويترز", "stated", "(رويترز)", "line 1"))
    told = Found("عنوان آخر", "stated", "عنوان آخر", "line 1")
    other = article("b.txt", *OTHER, date="2026-02-01", title=told, outlet=Found("صحيفة المرفأ", "stated"))
    assert only(merge([lone, other], Record(), MergeWord(merge=(("a", "b"),)))).lead == lone


def test_the_editor_parts_what_the_rules_would_join_even_equal_texts():
    texts = [article("a.txt", *FLOOD), article("b.txt", *FLOOD), article("c.txt", *FLOOD[:2])]
    merged = merge(texts, Record(), MergeWord(keep_apart=(("a.txt", "b.txt"),)))
    assert [members(story) for story in merged.stories] == [["a.txt", "c.txt"], ["b.txt"]]


def test_joining_reports_of_different_days_is_allowed_and_said():
    texts = [article("a.txt", *FLOOD, date="2026-02-01"), article("b.txt", *OTHER, date="2026-02-09")]
    merged = merge(texts, Record(), MergeWord(merge=(("a", "b"),)))
    assert [(problem.code, problem.severity) for problem in merged.problems] == [("merged-days", "warning")]
    assert "a.txt, b.txt" in merged.problems[0].what


@pytest.mark.parametrize("other", ["2026-02-01", ""], ids=["of the same day", "of no day"])
def test_joining_reports_that_are_not_known_to_be_of_different_days_is_not_remarked_upon(other: str):
    texts = [article("a.txt", *FLOOD, date="2026-02-01"), article("b.txt", *OTHER, date=other)]
    assert merge(texts, Record(), MergeWord(merge=(("a", "b"),))).problems == ()


def test_a_story_is_named_to_the_editors_word_by_the_slug_that_its_header_gives():
    texts = [article("a.txt", *FLOOD), article("b.txt", *OTHER, word=EditorsWord(slug="harvest"))]
    assert only(merge(texts, Record(), MergeWord(merge=(("a", "harvest"),)))).slug == "harvest"


@pytest.mark.parametrize("word", [MergeWord(merge=(("a", "b"),)), MergeWord(keep_apart=(("a", "c"),))])
def test_the_editors_word_counts_whatever_was_placed_before_it_and_is_gone_when_it_is_taken_back(word: MergeWord):
    texts = [article("a.txt", *FLOOD), article("b.txt", *OTHER), article("c.txt", *FLOOD[:2])]
    plain = merge(texts, Record())
    told = merge(texts, Record(), word)
    assert told.stories != plain.stories
    assert merge(texts, Record(), word, before=plain.placement) == told
    assert merge(texts, Record(), before=told.placement) == plain


def test_unknown_names_and_contradictions_are_reported_together():
    texts = [article("a.txt", *FLOOD), article("b.txt", *OTHER), article("two.txt", *FLOOD[:1], part=1),
             article("two.txt", *OTHER[1:], part=2)]  # fmt: skip
    word = MergeWord(merge=(("a", "b"), ("b", "nobody"), ("a", "two.txt")), keep_apart=(("a.txt", "b.txt"),))
    with pytest.raises(SettingsError) as caught:
        merge(texts, Record(), word)
    unknown, vague, contradiction = caught.value.mistakes
    assert "'nobody'" in unknown
    assert "two.txt#1" in vague
    assert "keep_apart.1" in contradiction


def test_a_recorded_address_names_its_story_to_the_editor():
    texts = [article("a.txt", *FLOOD), article("b.txt", *OTHER)]
    record = Record((Entry("old-name", members=(sketch(texts[1]).hash,)),))
    assert len(merge(texts, record, MergeWord(merge=(("a", "old-name"),))).stories) == 1


def test_the_merge_file_is_checked_whole(tmp_path: Path):
    path = tmp_path / "merge.toml"
    assert load_word(path) == MergeWord()
    path.write_text('merge = [["a", "b"]]\nkeep_apart = [["c", "d#2"]]\n', "utf-8")
    assert load_word(path) == MergeWord((("a", "b"),), (("c", "d#2"),), path.read_text("utf-8"))
    path.write_text('merge = [["a"], ["b", "b"], 7]\nkeep = []\n', "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_word(path)
    assert len(caught.value.mistakes) == 4
    assert [said.partition(":")[0] for said in caught.value.mistakes] == ["line 2", "line 1", "line 1", "line 1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('merge = [["a", "b"]\n', "is not TOML"),
        ("merge = " + "[" * 5_000, "is not TOML: line 1: brackets stand within brackets too deep"),
        ('merge = "a"\n', "merge = 'a': must be a list of lists"),
        ('merge = [["a", 7]]\n', r"merge\.1 = .*: must be a list of two or more"),
    ],
)
def test_a_merge_file_of_another_shape_is_refused_with_what_is_wrong(tmp_path: Path, text: str, said: str):
    path = tmp_path / "merge.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=said):
        load_word(path)


def test_lists_that_share_a_story_join_all_of_theirs_and_leave_the_others_alone():
    texts = [article(f"{name}.txt", told_apart(number)) for number, name in enumerate("abcdef")]
    word = MergeWord(merge=(("a", "b"), ("c", "d"), ("b", "e")))
    assert sorted(sorted(members(story)) for story in merge(texts, Record(), word).stories) == [
        ["a.txt", "b.txt", "e.txt"], ["c.txt", "d.txt"], ["f.txt"],
    ]  # fmt: skip


def test_what_is_joined_may_be_kept_apart_from_others():
    texts = [article("a.txt", *FLOOD), article("b.txt", *OTHER), article("c.txt", *FLOOD), article("d.txt", *FLOOD)]
    merged = merge(texts, Record(), MergeWord(merge=(("b", "c"),), keep_apart=(("a", "c"), ("c", "d"))))
    assert sorted(sorted(members(story)) for story in merged.stories) == [["a.txt", "d.txt"], ["b.txt", "c.txt"]]


def test_of_two_files_of_one_name_that_name_is_the_first_ones_alone():
    texts = [article("a/news.txt", *FLOOD), article("b/news.txt", *OTHER), article("c.txt", told_apart(1))]
    merged = merge(texts, Record(), MergeWord(merge=(("news", "c"),)))
    assert sorted(sorted(members(story)) for story in merged.stories) == [["a/news.txt", "c.txt"], ["b/news.txt"]]


def test_a_former_address_names_the_texts_that_its_story_still_has_and_no_others():
    texts = [article("a.txt", *FLOOD), article("b.txt", *OTHER), article("c.txt", told_apart(1))]
    first, second = (sketch(text).hash for text in texts[1:])
    record = Record((Entry("harvest", members=(second,)), Entry("market", former=("old",), members=("gone", first))))
    merged = merge(texts, record, MergeWord(merge=(("a", "old"),)))
    assert sorted(sorted(members(story)) for story in merged.stories) == [["a.txt", "b.txt"], ["c.txt"]]


def test_a_name_that_nothing_bears_is_told_with_its_line(tmp_path: Path):
    path = tmp_path / "merge.toml"
    path.write_text('merge = [\n  ["a", "b"],\n  ["a", "nobody"],\n]\n', "utf-8")
    with pytest.raises(SettingsError, match=r"line 3: merge\.2: 'nobody'"):
        merge([article("a.txt", *FLOOD), article("b.txt", *OTHER)], Record(), load_word(path))


# Addresses


def slugs(*texts: Article) -> list[str]:
    return [story.slug for story in merge(texts, Record()).stories]


def test_addresses_come_from_file_names_in_ascii():
    assert slugs(article("a/Summit_of Five (1).html", *FLOOD)) == ["summit-of-five-1"]
    assert slugs(article("café.txt", *FLOOD)) == ["cafe"]
    assert slugs(article("قمة.txt", *FLOOD))[0].startswith("story-")
    assert slugs(article("2026.txt", *FLOOD))[0].startswith("story-")
    assert slugs(article("page.txt", *FLOOD), article("page.txt", *OTHER, part=2)) == ["page", "page-2"]


def test_two_files_of_one_name_get_two_addresses_and_a_note():
    merged = merge([article("a/news.txt", *FLOOD), article("b/news.txt", *OTHER)], Record())
    first, second = [story.slug for story in merged.stories]
    assert first == "news"
    assert second == "news-" + sketch(merged.stories[1].lead).hash[:8]
    assert "b/news.txt" in merged.notes[0]


def test_an_address_that_leads_to_another_story_is_not_given_to_a_new_one():
    record = Record((Entry("flood", former=("news",), members=(sketch(article("a.txt", *FLOOD)).hash,)),))
    merged = merge([article("a.txt", *FLOOD), article("news.txt", *OTHER)], record)
    assert [story.slug for story in merged.stories] == ["flood", "news-" + sketch(merged.stories[1].lead).hash[:8]]
    assert merge([article("news.txt", *FLOOD)], record).stories[0].slug == "flood"


def test_equal_texts_kept_apart_have_different_addresses_even_without_ascii_names():
    texts = [article(f"{name}.txt", *FLOOD) for name in ("نهر", "سيل", "فيضان")]
    merged = merge(texts, Record(), MergeWord(keep_apart=(tuple(text.file for text in texts),)))
    assert len({story.slug for story in merged.stories}) == 3


def test_of_a_page_that_was_saved_twice_the_one_with_the_plain_name_leads():
    for other in ("flood (1).txt", "flood - Copy.txt", "flood copy.txt"):
        story = only(merge([article("flood.txt", *FLOOD), article(other, *FLOOD)], Record()))
        assert (story.slug, story.lead.file) == ("flood", "flood.txt")


def test_the_editors_slug_wins_and_of_stories_that_are_given_one_the_first_has_it_and_the_others_are_told():
    word = EditorsWord(slug="flood")
    chosen, other = article("b.txt", *FLOOD, word=word), article("a.txt", *OTHER, word=word)
    first = merge([chosen], Record())
    assert only(first).slug == "flood"
    both = merge([chosen, other], Record())
    assert [(story.lead.file, story.slug) for story in both.stories] == [("a.txt", "flood"), ("b.txt", "b")]
    [problem] = both.problems
    assert (problem.file, problem.code) == ("b.txt", "slug-twice") and "a.txt" in problem.what
    # A story that has the address already keeps it, whatever comes before it.
    later = merge([chosen, other], Record().update(first.members, "2026-11-22"))
    assert [(story.lead.file, story.slug) for story in later.stories] == [("a.txt", "a"), ("b.txt", "flood")]
    assert [problem.file for problem in later.problems] == ["a.txt"]


def test_a_slug_that_the_editor_gives_one_story_says_nothing_of_those_that_are_given_none():
    texts = [article("a.txt", *FLOOD, word=EditorsWord(slug="flood")), article("b.txt", *OTHER),
             article("c.txt", told_apart(1))]  # fmt: skip
    merged = merge(texts, Record())
    assert ([story.slug for story in merged.stories], merged.problems) == (["flood", "b", "c"], ())


def test_the_editors_slug_goes_before_the_record_and_whoever_had_it_gets_another():
    texts = [article("a.txt", *FLOOD), article("b.txt", *OTHER)]
    before = merge(texts, Record())
    record = Record().update(before.members, "2026-02-01")
    chosen = [texts[0], replace(texts[1], word=EditorsWord(slug="a"))]
    taken = merge(chosen, record)
    first, second = [story.slug for story in taken.stories]
    assert second == "a" and first == "a-" + sketch(texts[0]).hash[:8]
    # Readers kept that address: that it leads elsewhere now is told, and told once.
    [problem] = taken.problems
    assert (problem.file, problem.code, problem.severity) == ("b.txt", "slug-taken-over", "warning")
    assert "a.txt" in problem.what and repr(first) in problem.what
    assert not merge(chosen, record.update(taken.members)).problems
    renamed = [texts[0], replace(texts[1], word=EditorsWord(slug="harvest"))]
    freed = merge(renamed, record)
    assert ([story.slug for story in freed.stories], freed.problems) == (["a", "harvest"], ())


def test_an_address_survives_a_better_copy_a_new_title_and_a_new_file_name():
    first = article("first.txt", *FLOOD[:2])
    before = merge([first], Record())
    record = Record().update(before.members, "2026-02-01")
    better = article("better.txt", *FLOOD, date="2026-02-02")
    story = only(merge([first, better], record))
    assert (story.slug, story.lead.file, story.first_seen) == ("first", "better.txt", "2026-02-01")
    renamed = replace(first, file="renamed.txt", title=Found("عنوان جديد", "editor"))
    assert only(merge([renamed], record)).slug == "first"


def test_two_texts_of_one_recorded_story_that_part_do_not_share_its_address():
    texts = [article("a.txt", *FLOOD), article("b.txt", *FLOOD[:2])]
    before = merge(texts, Record())
    record = Record().update(before.members)
    parted = merge(texts, record, MergeWord(keep_apart=(("a.txt", "b.txt"),)))
    assert [story.slug for story in parted.stories] == ["a", "b"]


def test_one_text_in_two_pages_that_are_kept_apart_keeps_two_addresses_build_after_build():
    texts = [article("b.txt", *FLOOD), article("a.txt", *FLOOD), article("c.txt", *FLOOD)]
    before = merge(texts, Record())
    record = Record().update(before.members, "2026-02-01")
    word = MergeWord(keep_apart=(("a.txt", "b.txt", "c.txt"),))
    seen = []
    for day in ("2026-02-02", "2026-02-03", "2026-02-04"):
        parted = merge(texts, record, word)
        record = record.update(parted.members, day)
        seen.append([(story.slug, story.lead.file) for story in parted.stories])
    assert seen == [[("a", "a.txt"), ("b", "b.txt"), ("c", "c.txt")]] * 3
    assert [entry.slug for entry in record.entries] == ["a", "b", "c"]
    assert record.redirects(["a", "b", "c"]) == ()


TOKENS = st.lists(
    st.sampled_from(("قال", "الوزير", "إن", "المياه", "7", "12,5", "«نص»", "-", "\ud800", "ﷺ", "a")), max_size=30
)
ARTICLES = st.lists(st.lists(TOKENS.map(" ".join), max_size=4), max_size=8)


@settings(max_examples=60, deadline=None)
@given(ARTICLES)
def test_every_article_is_in_exactly_one_story(bodies: list[list[str]]):
    texts = [article(f"{n}.txt", *body) for n, body in enumerate(bodies)]
    merged = merge(texts, Record())
    assert sorted(file for story in merged.stories for file in members(story)) == sorted(t.file for t in texts)
    assert len({story.slug for story in merged.stories}) == len(merged.stories)


# How much is enough


def part_of(number: int, first: int, last: int) -> str:
    """So many of the words that no other number has."""
    return " ".join(told_apart(number).split()[first:last])


@pytest.mark.parametrize(("alike", "stories"), [(14, 2), (30, 1)], ids=["open otherwise", "open alike"])
def test_of_two_texts_that_share_a_good_half_those_are_one_that_open_alike_for_the_most_part(alike: int, stories: int):
    texts = [article(f"{own}.txt", f"{part_of(1, 0, alike)} {part_of(own, alike, 40)}", told_apart(2), told_apart(3),
                     told_apart(own + 9)) for own in (4, 5)]  # fmt: skip
    assert len(merge(texts, Record()).stories) == stories


@pytest.mark.parametrize(("alike", "stories"), [(24, 2), (34, 1)], ids=["open otherwise", "open alike"])
def test_of_two_texts_that_share_less_than_half_those_are_one_that_open_all_but_alike(alike: int, stories: int):
    texts = [article(f"{own}.txt", f"{part_of(1, 0, alike)} {part_of(own, alike, 40)}", told_apart(2),
                     f"{part_of(3, 0, 20)} {part_of(own + 20, 20, 40)}", told_apart(own + 9))
             for own in (4, 5)]  # fmt: skip
    assert len(merge(texts, Record()).stories) == stories


@pytest.mark.parametrize(("further", "stories"), [(0, 1), (3, 2)], ids=["most of it", "the less of it"])
def test_an_undated_report_that_quotes_another_below_news_of_its_own_is_a_copy_if_that_is_most_of_it(
    further: int, stories: int
):
    recalled, news = [told_apart(1), told_apart(2)], part_of(3, 0, 14)
    texts = [article("a.txt", *recalled), article("b.txt", news, *recalled, *map(told_apart, range(4, 4 + further)))]
    assert len(merge(texts, Record()).stories) == stories


@pytest.mark.parametrize(("day", "stories"), [("2026-02-02", 1), ("2026-02-05", 2)], ids=["a toll rises", "a bulletin"])
def test_the_same_words_with_other_figures_are_one_report_within_a_day_alone(day: str, stories: int):
    def counted(*figures: int) -> list[str]:
        return [f"{part_of(n, 0, 16)} {figure} {part_of(n, 16, 32)}" for n, figure in enumerate(figures)]

    texts = [article("a.txt", *counted(11, 12, 13, 14, 15), date="2026-02-01"),
             article("b.txt", *counted(11, 12, 43, 44, 45), date=day)]  # fmt: skip
    assert len(merge(texts, Record()).stories) == stories


# Merging again

PHRASE = "قال متحدث باسم الوزارة في بيان صحافي صدر اليوم إن العمل مستمر"


def told_apart(number: int) -> str:
    """A paragraph of which no other number has a word."""
    return " ".join(f"{chr(0x628 + number % 30)}{chr(0x628 + number // 30)}{chr(0x628 + place)}" for place in range(40))


CROWD = [article(f"crowd/{n:02}.txt", PHRASE, told_apart(n), told_apart(n + 100)) for n in range(26)]
SHORTENED = [article(f"crowd/{n:02}-cut.txt", PHRASE, told_apart(n)) for n in range(0, 26, 5)]
HEAP = [*CROWD, *SHORTENED, *(text.article for case in (*DEVELOPED, *HELD_BACK) for text in texts_of(case))]
CHANGES = st.lists(
    st.tuples(st.sampled_from(["drop", "add", "cut", "date"]), st.integers(0, len(HEAP) - 1)), max_size=4
)


def changed(heap: list[Article], change: tuple[str, int]) -> list[Article]:
    kind, number = change
    one = HEAP[number]
    rest = [text for text in heap if text.file != one.file]
    if kind == "drop":
        return rest
    if kind == "cut":
        return [*rest, replace(one, paragraphs=one.paragraphs[: max(1, len(one.paragraphs) - 1)])]
    return [*rest, replace(one, published=Found(Day(2026, 3, 4), "stated"))] if kind == "date" else [*rest, one]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, len(HEAP) - 1), st.lists(CHANGES, min_size=1, max_size=3))
def test_merging_again_gives_exactly_what_merging_from_nothing_gives(absent: int, rounds: list[list[tuple[str, int]]]):
    heap = HEAP[:absent] + HEAP[absent + 1 :]
    placement = merge(heap, Record()).placement
    for changes in rounds:
        for change in changes:
            heap = changed(heap, change)
        again = merge(heap, Record(), before=placement)
        assert again == merge(heap, Record())
        placement = again.placement


def test_merging_again_does_not_compare_what_stayed():
    texts = [article("a.txt", *FLOOD), article("b.txt", *FLOOD[:2]), *HEAP]
    first = merge(texts, Record())
    lying = {name: (name, keys) if name.endswith(" b.txt") else (lead, keys)
             for name, (lead, keys) in first.placement.items()}  # fmt: skip
    assert len(merge(texts, Record(), before=lying).stories) == len(first.stories) + 1


def test_a_phrase_that_many_reports_open_with_places_nothing_anew():
    first = merge(HEAP, Record())
    assert {copy.article.file for story in first.stories for copy in story.copies} >= {one.file for one in SHORTENED}
    lying = {name: (name if "-cut.txt" in name else lead, keys) for name, (lead, keys) in first.placement.items()}
    more = article("crowd/more.txt", PHRASE, told_apart(30), told_apart(130))
    leads = {story.lead.file for story in merge([*HEAP, more], Record(), before=lying).stories}
    assert leads >= {one.file for one in (*SHORTENED, more)}


def test_five_words_in_common_with_a_new_report_place_nothing_anew():
    texts = [article("a.txt", told_apart(1), told_apart(2)), article("a-cut.txt", told_apart(1))]
    first = merge(texts, Record())
    assert len(first.stories) == 1
    lying = {name: (name, keys) for name, (_, keys) in first.placement.items()}
    for shared, stories in ((5, 3), (12, 2)):
        opening = " ".join(told_apart(1).split()[:shared])
        more = article("more.txt", f"{opening} {told_apart(50)}")
        crowd = [article(f"{n}.txt", told_apart(n)) for n in range(60, 66)]
        placement = lying | merge(crowd, Record()).placement
        assert len(merge([*texts, *crowd, more], Record(), before=placement).stories) == stories + len(crowd), shared


def test_what_was_placed_survives_being_kept_in_a_file():
    placement = merge(HEAP, Record()).placement
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(placement), type=dict[str, tuple[str, bytes]])
    assert merge(HEAP[1:], Record(), before=kept) == merge(HEAP[1:], Record())
