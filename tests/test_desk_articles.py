"""The desk's word on articles over real files: written as by hand, under newer words never, and taken back."""

import gc
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_desk import desk_of
from support_site import empty_site

from site_src.errors import MujazError
from site_src.model.page import RawPage
from site_src.model.story import Story
from site_src.read import decode
from site_src.serve.articles import editing
from site_src.serve.articles.editing import RefusedError, topics_mark
from site_src.serve.articles.forms import Pasted
from site_src.serve.articles.paragraphs import Act, Passage, passages
from site_src.serve.articles.saving import save
from site_src.serve.articles.toml_edit import Setting, value_of, with_settings
from site_src.serve.desk import Desk
from site_src.serve.desk.steps import Steps

CANAL = (
    "قناة جديدة في طشقند",
    "أعلنت هيئة الري في أوزبكستان يوم الثلاثاء بدء العمل في قناة جديدة لنقل المياه إلى طشقند بطول 40 كيلومترا.",
    "وقالت الهيئة إن القناة ستخدم 12 ألف مزارع، وإن كازاخستان وافقت على تقاسم مياه النهر في آسيا الوسطى.",
    "شارك الخبر",
    "وأضافت أن الأشغال لن تبدأ قبل توقيع الاتفاق بين حكومات المنطقة في الربيع المقبل.",
    "وتعمل في المشروع ثلاث شركات محلية، ويُنتظر أن يوفر نحو 900 وظيفة في عامه الأول وفق تقديرات الحكومة.",
)
BANK = (
    "المصرف المركزي يرفع الفائدة في كازاخستان",
    "رفع المصرف المركزي في كازاخستان سعر الفائدة إلى 18% بعد اجتماع في أستانا.",
    "وقال محافظ المصرف سليمنوف إن القرار يهدف إلى خفض التضخم قبل نهاية عام 2026.",
)
WORD = '# by hand\noutlet = "صحيفة المثال"   # seen on paper\n\n[gloss]\n"قناة" = "canal"\n'


def text(lines: tuple[str, ...]) -> str:
    return "\n\n".join(lines) + "\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    empty_site(tmp_path)
    for name, lines in (("canal", CANAL), ("canal-copy", CANAL[1:]), ("bank", BANK)):
        (tmp_path / f"content/articles/{name}.txt").write_text(text(lines), "utf-8")
    return desk_of(tmp_path)


def file(desk: Desk, name: str) -> Path:
    return desk.places.articles / name


def story(desk: Desk, slug: str) -> Story:
    return editing.story_of(desk.opened, slug)


def slugs(desk: Desk) -> set[str]:
    return {one.slug for one in desk.opened.merged.stories}


def topics(desk: Desk, slug: str) -> tuple[str, ...]:
    return next(brief.topics for brief in desk.opened.briefs if brief.story.slug == slug)


def say_topics(desk: Desk, slug: str, wanted: tuple[str, ...] | None) -> str:
    return editing.set_topics(desk, slug, topics_mark(story(desk, slug).lead), wanted)


def read(desk: Desk, name: str = "canal.txt") -> tuple[Passage, ...]:
    page = editing.page_of(desk, name)
    return passages(page.read(page.raw.header))


def move(desk: Desk, words: str, act: Act, name: str = "canal.txt") -> str:
    one = next(one for one in read(desk, name) if one.text.startswith(words))
    return editing.set_paragraph(desk, name, one.line, one.mark, act)


def kept(desk: Desk, name: str = "canal.txt") -> list[str]:
    return [one.text for one in read(desk, name) if one.part]


# --- topics ---


def test_topics_are_written_beside_the_page_and_every_other_line_stays(desk: Desk) -> None:
    file(desk, "canal.toml").write_text(WORD, "utf-8")
    assert topics(desk, "canal") == ("central-asia",)
    assert say_topics(desk, "canal", ()) == "canal.toml"
    assert topics(desk, "canal") == ()
    after = file(desk, "canal.toml").read_text("utf-8")
    assert after.replace("topics = []\n", "") == WORD
    assert say_topics(desk, "canal", None) == "canal.toml"
    assert file(desk, "canal.toml").read_text("utf-8") == WORD
    assert topics(desk, "canal") == ("central-asia",)


def test_a_topic_of_one_article_of_a_page_stands_under_its_part(desk: Desk) -> None:
    second = (
        "تركمانستان تفتح خطا للقطارات",
        "افتتحت تركمانستان خطا جديدا للقطارات يصل العاصمة عشق آباد بميناء بحر قزوين أمس الأحد.",
        "وقالت وزارة النقل إن الرحلة تستغرق سبع ساعات وإن التذاكر ستباع من مطلع الشهر المقبل.",
    )
    (desk.places.articles / "canal.toml").write_text(f'split = ["{second[0]}"]\n', "utf-8")
    file(desk, "canal.txt").write_text(text((*CANAL, *second)), "utf-8")
    assert {"canal", "canal-2"} <= slugs(desk)
    say_topics(desk, "canal-2", ())
    assert tomllib.loads(file(desk, "canal.toml").read_text("utf-8"))["part"] == [{}, {"topics": []}]
    assert topics(desk, "canal") == ("central-asia",)


def test_what_the_editor_says_beside_a_copy_counts_for_the_story_and_is_taken_back_there(desk: Desk) -> None:
    file(desk, "canal-copy.toml").write_text("topics = []\n", "utf-8")
    assert topics(desk, "canal") == ()
    with pytest.raises(RefusedError, match="topics_elsewhere"):
        say_topics(desk, "canal", None)
    assert say_topics(desk, "canal", ("central-asia",)) == "canal.toml"
    assert topics(desk, "canal") == ("central-asia",)


def test_topics_are_said_of_a_story_whose_title_only_a_copy_has(desk: Desk) -> None:
    file(desk, "canal.txt").write_text(text((*CANAL[1:], *BANK[1:])), "utf-8")
    file(desk, "canal-copy.txt").write_text(text(CANAL), "utf-8")
    lead = story(desk, "canal").lead
    assert (lead.file, lead.title.value) == ("canal.txt", CANAL[0])
    assert say_topics(desk, "canal", ()) == "canal.toml"


def test_a_topic_that_the_site_does_not_have_is_refused(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="no_topic"):
        say_topics(desk, "canal", ("sport",))
    assert not file(desk, "canal.toml").exists()


def test_topics_said_by_hand_meanwhile_are_not_written_over(desk: Desk) -> None:
    known = topics_mark(story(desk, "canal").lead)
    file(desk, "canal.toml").write_text("topics = []\n", "utf-8")
    with pytest.raises(RefusedError, match="said_topics_conflict"):
        editing.set_topics(desk, "canal", known, ("central-asia",))
    assert file(desk, "canal.toml").read_text("utf-8") == "topics = []\n"


def test_topics_in_a_header_are_overruled_beside_it_but_not_taken_out_of_it(desk: Desk) -> None:
    page = "+++\ntopics = []\n+++\n" + text(CANAL)
    file(desk, "canal.txt").write_text(page, "utf-8")
    with pytest.raises(RefusedError, match="topics_elsewhere"):
        say_topics(desk, "canal", None)
    say_topics(desk, "canal", ("central-asia",))
    assert topics(desk, "canal") == ("central-asia",)
    assert file(desk, "canal.txt").read_text("utf-8") == page


# --- paragraphs ---


def test_what_was_left_out_is_brought_back_and_cut_again(desk: Desk) -> None:
    assert CANAL[3] not in kept(desk)
    assert move(desk, CANAL[3], "bring") == "canal.toml"
    assert CANAL[3] in kept(desk)
    assert tomllib.loads(file(desk, "canal.toml").read_text("utf-8")) == {"keep": [CANAL[3]]}
    move(desk, CANAL[3], "cut")
    assert CANAL[3] not in kept(desk)
    assert file(desk, "canal.toml").read_text("utf-8") == ""


def test_a_paragraph_is_cut_by_the_first_words_that_name_no_other(desk: Desk) -> None:
    move(desk, CANAL[4], "cut")
    assert kept(desk) == [CANAL[1], CANAL[2], CANAL[5]]
    words = tomllib.loads(file(desk, "canal.toml").read_text("utf-8"))["drop"]
    assert words == [" ".join(CANAL[4].split()[:4])]
    move(desk, CANAL[4], "bring")
    assert kept(desk) == [CANAL[1], CANAL[2], CANAL[4], CANAL[5]]


def test_two_paragraphs_that_begin_alike_are_told_apart(desk: Desk) -> None:
    twin = " ".join(CANAL[2].split()[:8]) + " مسألة أخرى ما زالت قيد النظر في البرلمان."
    file(desk, "canal.txt").write_text(text((*CANAL, twin)), "utf-8")
    move(desk, twin, "cut")
    assert CANAL[2] in kept(desk) and twin not in kept(desk)


def test_a_line_that_was_left_out_in_pieces_comes_back_whole(desk: Desk) -> None:
    line = "© 2026 صحيفة المثال. جميع الحقوق محفوظة"
    file(desk, "canal.txt").write_text(text((*CANAL, line)), "utf-8")
    assert line not in kept(desk)
    move(desk, "جميع الحقوق محفوظة", "bring")
    assert line in kept(desk)


def test_words_in_a_header_still_count_when_the_desk_adds_its_own(desk: Desk) -> None:
    file(desk, "canal.txt").write_text(f'+++\ndrop = ["{CANAL[2][:30]}"]\n+++\n' + text(CANAL), "utf-8")
    move(desk, CANAL[4], "cut")
    assert kept(desk) == [CANAL[1], CANAL[5]]
    move(desk, CANAL[2], "bring")
    move(desk, CANAL[4], "bring")
    assert kept(desk) == [CANAL[1], CANAL[2], CANAL[4], CANAL[5]]


def test_a_paragraph_without_which_no_article_is_left_stays(desk: Desk) -> None:
    assert kept(desk, "bank.txt") == list(BANK[1:])
    with pytest.raises(RefusedError, match="paragraph_stays"):
        move(desk, BANK[2], "cut", "bank.txt")


def test_a_paragraph_that_changed_meanwhile_is_left_alone(desk: Desk) -> None:
    one = next(one for one in read(desk) if one.text == CANAL[4])
    changed = text((*CANAL[:4], CANAL[4].replace("الربيع", "الخريف")))
    file(desk, "canal.txt").write_text(changed, "utf-8")
    with pytest.raises(RefusedError, match="said_paragraph_conflict"):
        editing.set_paragraph(desk, "canal.txt", one.line, one.mark, "cut")
    assert not file(desk, "canal.toml").exists()


def test_a_word_whose_paragraph_is_gone_is_reported_by_the_next_build(desk: Desk) -> None:
    move(desk, CANAL[4], "cut")
    file(desk, "canal.txt").write_text(text(CANAL[:4]), "utf-8")
    stale = [one for one in desk.opened.problems if one.file == "canal.toml"]
    assert [one.code for one in stale] == ["editors-word"]
    assert "no line of the page begins so" in stale[0].what


def test_what_the_markup_hides_cannot_be_brought_back_and_that_is_said(desk: Desk) -> None:
    body = "".join(f"<p>{line}</p>" for line in CANAL[1:3])
    hidden = f"<nav><p>{CANAL[4]}</p></nav>"
    file(desk, "page.html").write_text(f"<html><body>{hidden}<article>{body}</article></body></html>", "utf-8")
    (one,) = [one for one in read(desk, "page.html") if one.rule]
    assert not one.movable
    with pytest.raises(RefusedError, match="paragraph_stays"):
        editing.set_paragraph(desk, "page.html", one.line, one.mark, "bring")


@pytest.mark.parametrize("name", ["../../site.toml", "/etc/passwd", "canal.toml", "none.txt", ".backup/canal.txt"])
def test_only_pages_of_the_articles_folder_can_be_named(desk: Desk, name: str) -> None:
    with pytest.raises(MujazError, match="no such page"):
        editing.page_of(desk, name)


# --- merging ---


def test_a_copy_is_kept_apart_and_let_go_again(desk: Desk) -> None:
    assert slugs(desk) == {"canal", "bank"}
    assert editing.separate(desk, "canal", "canal-copy.txt") == "merge.toml"
    assert slugs(desk) == {"canal", "canal-copy", "bank"}
    word = tomllib.loads(desk.places.merges.read_text("utf-8"))
    assert word == {"keep_apart": [["canal.txt", "canal-copy.txt"]]}
    editing.forget(desk, ("canal.txt", "canal-copy.txt"))
    assert slugs(desk) == {"canal", "bank"}


def test_two_stories_are_joined_and_parted_again(desk: Desk) -> None:
    desk.places.merges.write_text("# ours\nmerge = [\n]\n", "utf-8")
    editing.join(desk, "canal", "bank")
    assert len(slugs(desk)) == 1
    assert [one.reason for one in story(desk, "canal").copies if one.article.file == "bank.txt"] == ["editor"]
    editing.separate(desk, next(iter(slugs(desk))), "bank.txt")
    assert slugs(desk) == {"canal", "bank"}
    word = tomllib.loads(desk.places.merges.read_text("utf-8"))
    assert word == {"keep_apart": [["canal.txt", "bank.txt"], ["canal-copy.txt", "bank.txt"]]}
    editing.join(desk, "bank", "canal")
    assert len(slugs(desk)) == 1
    assert "keep_apart" not in tomllib.loads(desk.places.merges.read_text("utf-8"))


def test_a_copy_that_is_none_any_more_is_told(desk: Desk) -> None:
    desk.places.merges.write_text('keep_apart = [["canal.txt", "canal-copy.txt"]]\n', "utf-8")
    with pytest.raises(RefusedError, match="said_merge_conflict"):
        editing.separate(desk, "canal", "canal-copy.txt")
    with pytest.raises(RefusedError, match="said_merge_conflict"):
        editing.forget(desk, ("canal.txt", "bank.txt"))
    with pytest.raises(RefusedError, match="no_story"):
        editing.join(desk, "canal", "../canal")
    with pytest.raises(RefusedError, match="same_story"):
        editing.join(desk, "canal", "canal")


def test_a_word_on_merging_that_contradicts_another_is_refused_by_name(desk: Desk) -> None:
    before = 'merge = [["canal", "bank.txt", "canal-copy.txt"]]\n'
    desk.places.merges.write_text(before, "utf-8")
    slug = next(iter(slugs(desk)))
    editing.separate(desk, slug, "bank.txt")
    assert tomllib.loads(desk.places.merges.read_text("utf-8")) == {
        "merge": [["canal", "canal-copy.txt"]],
        "keep_apart": [["canal.txt", "bank.txt"], ["canal-copy.txt", "bank.txt"]],
    }  # fmt: skip
    said = 'keep_apart = [["canal.txt", "canal-copy.txt", "bank.txt"]]\n'
    desk.places.merges.write_text(said, "utf-8")
    with pytest.raises(MujazError, match="drop one of the two"):
        editing.join(desk, "canal", "bank")
    assert desk.places.merges.read_text("utf-8") == said


def test_a_story_is_found_by_the_address_that_it_had_before_it_was_joined(desk: Desk) -> None:
    desk.opened.save_record("2026-02-03")
    editing.join(desk, "canal", "bank")
    (joined,) = slugs(desk)
    (former,) = {"canal", "bank"} - {joined}
    assert story(desk, former).slug == joined
    with pytest.raises(RefusedError, match="same_story"):
        editing.join(desk, joined, f"http://127.0.0.1:8000/en/stories/{former}.html")


# --- pasting ---


def test_a_pasted_page_is_filed_as_new_article_does_and_taken_back(desk: Desk) -> None:
    pasted = Pasted(text(BANK).replace("18%", "19%"), {"outlet": "صحيفة المثال", "published": "2026-02-03"})
    planned = editing.plan(desk, pasted)
    assert not planned.path.exists()
    name = editing.add(desk, pasted)
    assert file(desk, name) == planned.path
    assert file(desk, name).read_text("utf-8") == pasted.text
    assert tomllib.loads(file(desk, name).with_suffix(".toml").read_text("utf-8")) == pasted.word
    with pytest.raises(MujazError, match="holds exactly this page already"):
        editing.add(desk, pasted)
    assert desk.steps.undo().kind == "undone"
    assert not file(desk, name).exists() and not file(desk, name).with_suffix(".toml").exists()
    assert editing.add(desk, pasted) == name


def test_a_filed_page_that_somebody_worked_on_is_not_taken_back(desk: Desk) -> None:
    name = editing.add(desk, Pasted(text(BANK).replace("18%", "19%"), {}))
    file(desk, name).with_suffix(".toml").write_text('note = "x"\n', "utf-8")
    assert desk.steps.undo().kind == "newer"
    assert file(desk, name).exists()


def test_what_holds_no_article_is_filed_only_when_that_is_asked_for(desk: Desk) -> None:
    with pytest.raises(MujazError, match="Nothing was filed"):
        editing.add(desk, Pasted("قصير"))
    assert editing.add(desk, Pasted("قصير", keep=True)).endswith(".txt")


def test_a_pasted_page_that_names_its_old_encoding_reads_well(desk: Desk) -> None:
    body = "".join(f"<p>{line.replace('18%', '20%')}</p>" for line in BANK)
    source = f'<html><head><meta charset="windows-1256"></head><body>{body}</body></html>'
    name = editing.add(desk, Pasted(source))
    page = decode(name, file(desk, name).read_bytes())
    assert isinstance(page, RawPage) and page.problems == ()
    assert "المصرف" in "".join(kept(desk, name))


# --- undo, and hand edits beside the desk's ---


def test_every_step_is_taken_back_to_the_byte(desk: Desk) -> None:
    def state() -> dict[str, bytes]:
        files = (path for path in desk.places.content.rglob("*") if path.is_file() and ".backup" not in path.parts)
        return {path.name: path.read_bytes() for path in files}

    file(desk, "canal.toml").write_bytes(b"\xef\xbb\xbf" + WORD.replace("\n", "\r\n").encode())
    states = [state()]
    steps: tuple[Callable[[], str], ...] = (
        lambda: say_topics(desk, "canal", ()),
        lambda: move(desk, CANAL[3], "bring"),
        lambda: move(desk, CANAL[4], "cut", "canal-copy.txt"),
        lambda: editing.separate(desk, "canal", "canal-copy.txt"),
        lambda: editing.join(desk, "canal", "bank"),
        lambda: editing.add(desk, Pasted(text(BANK).replace("18%", "21%"), {"outlet": "x"})),
    )
    for step in steps:
        step()
        states.append(state())
    assert len({repr(one) for one in states}) == len(states)
    for before in reversed(states[:-1]):
        assert desk.steps.undo().kind == "undone"
        assert state() == before


def test_undo_leaves_what_somebody_added_to_the_same_list(desk: Desk) -> None:
    move(desk, CANAL[4], "cut")
    side = file(desk, "canal.toml")
    ours = tomllib.loads(side.read_text("utf-8"))["drop"][0]
    side.write_text(f'note = "x"\ndrop = ["{ours}", "{CANAL[2][:20]}"]\n', "utf-8")
    assert desk.steps.undo().kind == "undone"
    assert tomllib.loads(side.read_text("utf-8")) == {"note": "x", "drop": [CANAL[2][:20]]}


def test_undo_does_not_touch_a_list_from_which_somebody_took_the_desks_word(desk: Desk) -> None:
    move(desk, CANAL[4], "cut")
    newer = f'drop = ["{CANAL[2][:20]}"]\n'
    file(desk, "canal.toml").write_text(newer, "utf-8")
    assert desk.steps.undo().kind == "newer"
    assert file(desk, "canal.toml").read_text("utf-8") == newer


def test_undo_does_not_touch_a_word_that_somebody_changed_since(desk: Desk) -> None:
    say_topics(desk, "canal", ())
    newer = 'topics = ["central-asia"]\n'
    file(desk, "canal.toml").write_text(newer, "utf-8")
    assert desk.steps.undo().kind == "newer"
    assert file(desk, "canal.toml").read_text("utf-8") == newer


def test_the_version_before_is_in_the_backup_folder(desk: Desk) -> None:
    file(desk, "canal.toml").write_text(WORD, "utf-8")
    say_topics(desk, "canal", ())
    assert (desk.places.articles / ".backup/canal.toml").read_text("utf-8") == WORD


def test_a_file_that_is_no_toml_is_left_alone_and_named(desk: Desk) -> None:
    file(desk, "canal.toml").write_text("topics = [\n", "utf-8")
    with pytest.raises(MujazError, match=r"canal\.toml: is not TOML"):
        say_topics(desk, "canal", ())
    assert file(desk, "canal.toml").read_text("utf-8") == "topics = [\n"


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
lists = st.lists(words, max_size=4, unique=True)
keys = st.sampled_from(["topics", "drop", "keep", "sources"])
toml = st.dictionaries(st.sampled_from(["note", "title", "outlet"]), words, max_size=3).flatmap(
    lambda plain: st.dictionaries(keys, lists, max_size=3).map(lambda more: {**plain, **more})
)


def as_toml(said: dict[str, object], comment: str) -> str:
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}  # {comment}" for key, value in said.items()]
    return "\n".join(["# " + comment, *lines, "", "[gloss]", '"a" = "b"', ""]).replace("\x7f", "\\u007f")


@settings(max_examples=150, deadline=None)
@given(said=toml, key=keys, value=st.none() | lists, part=st.integers(0, 2))
def test_whatever_is_set_is_read_back_and_all_else_is_as_it_was(
    said: dict[str, object], key: str, value: list[str] | None, part: int
) -> None:
    before = as_toml(said, "seen")
    wanted = None if value is None else tuple(value)
    setting = Setting(key, value_of(tomllib.loads(before), key, part), wanted, part)
    after = with_settings(before, [setting], "x.toml")
    document = tomllib.loads(after)
    assert value_of(document, key, part) == wanted
    if not part:
        document.pop(key, None)
    rest = {name: one for name, one in tomllib.loads(before).items() if part or name != key}
    assert {name: one for name, one in document.items() if name != "part"} == rest
    assert [line for line in before.split("\n") if not line.startswith(f"{key} =") and line not in after] == []


def test_a_list_over_several_lines_keeps_its_lines_and_comments() -> None:
    before = 'drop = [\n  "first",   # an advert\n  "second",  # a caption\n]\n'
    after = with_settings(before, [Setting("drop", ("first", "second"), ("first", "third"))], "x.toml")
    assert tomllib.loads(after) == {"drop": ["first", "third"]}
    assert after.startswith('drop = [\n  "first",   # an advert\n')


@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_a_file_keeps_the_mark_that_it_begins_with_through_a_change_and_back(begin: str, tmp_path: Path) -> None:
    path = tmp_path / "page.toml"
    path.write_text(f'{begin}outlet = "x"\n', "utf-8")
    steps = Steps()
    save(steps, [(path, lambda text: [Setting("drop", None, ("y",))])])
    assert path.read_text("utf-8") == f'{begin}outlet = "x"\ndrop = ["y"]\n'
    path.write_text(path.read_text("utf-8") + "# by hand\n", "utf-8")
    assert steps.undo().kind == "undone"
    assert path.read_text("utf-8") == f'{begin}outlet = "x"\n# by hand\n'


@settings(max_examples=80, deadline=None)
@given(hand=lists, came=lists, gone=lists)
def test_undo_after_a_change_by_hand_keeps_every_word_of_the_hand(
    hand: list[str], came: list[str], gone: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("word") / "x.toml"
    before = tuple(dict.fromkeys((*gone, "stays")))
    after = tuple(dict.fromkeys(("stays", *(one for one in came if one not in before))))
    path.write_text(as_toml({"drop": list(before)}, "seen"), "utf-8")
    steps = Steps()
    save(steps, [(path, lambda text: [Setting("drop", before, after)])])
    by_hand = [*after, *(one for one in hand if one not in {*before, *after})]
    path.write_text(as_toml({"note": "newer", "drop": by_hand}, "by hand"), "utf-8")
    if not steps.done:
        return
    assert steps.undo().kind == "undone"
    document = tomllib.loads(path.read_text("utf-8"))
    assert set(document["drop"]) == {*before, *(one for one in by_hand if one not in after)}
    assert document["note"] == "newer"
    assert re.search("# by hand", path.read_text("utf-8"))


def test_a_page_that_takes_longer_than_builds_let_it_is_refused_by_name(desk: Desk) -> None:
    assert slugs(desk) == {"canal", "bank"}
    config, before = desk.places.config, sorted(path.name for path in desk.places.articles.iterdir())
    config.write_text(config.read_text("utf-8").replace("[site]\n", "[site]\nseconds_per_page = 0.05\n", 1), "utf-8")
    gc.disable()  # a stop that falls into the collector's callback of the test library would be told as a warning
    try:
        with pytest.raises(MujazError, match=r"took more than 0\.05 seconds"):
            editing.add(desk, Pasted(text(BANK) * 5000))
    finally:
        gc.enable()
    assert sorted(path.name for path in desk.places.articles.iterdir()) == before
