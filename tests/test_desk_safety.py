"""What an editor decides at the desk acts on nothing else, or is refused by name, and can be taken back."""

import re
import shutil
import subprocess
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
import support_desk as site
from hypothesis import given, settings
from hypothesis import strategies as st
from tornado.testing import AsyncHTTPTestCase
from tornado.web import Application

from site_src.errors import MujazError
from site_src.filesystem import alone
from site_src.kept import Kept
from site_src.places import find_places
from site_src.serve.articles import editing
from site_src.serve.articles.editing import RefusedError, topics_mark
from site_src.serve.articles.forms import Pasted
from site_src.serve.articles.handlers import article_routes
from site_src.serve.articles.paragraphs import passages
from site_src.serve.articles.toml_edit import Setting, value_of, with_settings
from site_src.serve.desk import Desk
from site_src.serve.desk.frame import Frame
from site_src.serve.desk.steps import Change, Steps
from site_src.serve.preview import Preview, make_application
from site_src.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent
BERTH = "aktau-grain-berth"
MORE = "وأضاف المصدر أن الميناء سيعلن مواعيد الرسو الجديدة في بيان لاحق هذا الأسبوع."
TRAIN = (
    "تركمانستان تفتح خطا للقطارات",
    "افتتحت تركمانستان خطا جديدا للقطارات يصل العاصمة عشق آباد بميناء بحر قزوين أمس الأحد.",
    "وقالت وزارة النقل إن الرحلة تستغرق سبع ساعات وإن التذاكر ستباع من مطلع الشهر المقبل.",
)


def stories(desk: Desk) -> dict[str, set[str]]:
    """The files of each story, by its address."""
    return {one.slug: {article.file for article in one.articles} for one in desk.opened.merged.stories}


@pytest.fixture
def demo(tmp_path: Path) -> Desk:
    """The example site, with a third report of a story that has two."""
    shutil.copytree(ROOT / "examples/demo", tmp_path, dirs_exist_ok=True)
    articles = tmp_path / "content/articles"
    wire = (articles / f"{BERTH}-wire.txt").read_text("utf-8")
    (articles / "zwire-two.txt").write_text(f"{wire}\n{MORE}\n", "utf-8")
    return site.desk_of(tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return site.desk_of(site.make_site(tmp_path))


# --- one copy of several ---

ALL = {f"{BERTH}.txt", f"{BERTH}-wire.txt", "zwire-two.txt"}


@pytest.mark.parametrize("copy", ["zwire-two.txt", f"{BERTH}-wire.txt"])
def test_the_copy_that_is_parted_goes_and_the_story_keeps_its_lead_and_its_other_copy(demo: Desk, copy: str) -> None:
    assert stories(demo)[BERTH] == ALL
    lead = editing.story_of(demo.opened, BERTH).lead.file
    editing.separate(demo, BERTH, copy)
    now = stories(demo)
    assert now[BERTH] == ALL - {copy} and now[copy.removesuffix(".txt")] == {copy}
    assert editing.story_of(demo.opened, BERTH).lead.file == lead


def test_what_was_parted_comes_back_whole(demo: Desk) -> None:
    editing.separate(demo, BERTH, "zwire-two.txt")
    editing.join(demo, BERTH, "zwire-two")
    assert stories(demo)[BERTH] == ALL
    assert "keep_apart" not in tomllib.loads(demo.places.merges.read_text("utf-8"))
    assert demo.steps.undo().kind == "undone"
    assert stories(demo)[BERTH] == ALL - {"zwire-two.txt"}


def test_letting_the_rules_decide_again_throws_no_third_report_out(demo: Desk) -> None:
    editing.separate(demo, BERTH, "zwire-two.txt")
    pair = tomllib.loads(demo.places.merges.read_text("utf-8"))["keep_apart"][0]
    editing.forget(demo, tuple(pair))
    assert stories(demo)[BERTH] == ALL


# --- two pages with one file beside them ---


def test_a_word_that_would_act_on_another_page_too_is_refused_with_both_names(desk: Desk) -> None:
    folder = desk.places.articles
    shutil.copy(folder / "canal.txt", folder / "same.txt")
    (folder / "same.md").write_text("# " + "\n\n".join(TRAIN) + "\n", "utf-8")
    story = next(one for one in desk.opened.merged.stories if one.lead.file == "same.md")
    page = editing.page_of(desk, "same.md")
    first = next(one for one in passages(page.read("")) if one.part)
    acts: tuple[Callable[[], str], ...] = (
        lambda: editing.set_topics(desk, story.slug, topics_mark(story.lead), ()),
        lambda: editing.set_paragraph(desk, "same.md", first.line, first.mark, "cut"),
    )
    for act in acts:
        with pytest.raises(RefusedError) as refused:
            act()
        assert refused.value.label == "shared_word"
        assert refused.value.words == {"file": "same.md", "other": "same.txt", "side": "same.toml"}
    assert not (folder / "same.toml").exists()
    (folder / "same.txt").rename(folder / "other.txt")
    assert editing.set_topics(desk, story.slug, topics_mark(story.lead), ()) == "same.toml"


# --- files of another shape ---


@pytest.mark.parametrize("said", ["[part]\ntopics = []\n", "part = 3\n", 'part = "x"\n'])
def test_parts_of_another_shape_are_named_and_nothing_is_written(desk: Desk, said: str) -> None:
    page, side = desk.places.articles / "canal.txt", desk.places.articles / "canal.toml"
    page.write_text("\n\n".join((site.TITLE, *site.CANAL, *TRAIN)) + "\n", "utf-8")
    said = f'split = ["{TRAIN[0]}"]\n{said}'
    side.write_text(said, "utf-8")
    for slug in ("canal", "canal-2"):
        mark = topics_mark(editing.story_of(desk.opened, slug).lead)
        with pytest.raises(MujazError, match=r"canal\.toml: `part` .* \[\[part\]\]"):
            editing.set_topics(desk, slug, mark, ("central-asia",))
    line = next(one for one in passages(editing.page_of(desk, "canal.txt").read(said)) if one.part)
    with pytest.raises(MujazError, match=r"canal\.toml: `part`"):
        editing.set_paragraph(desk, "canal.txt", line.line, line.mark, "cut")
    assert side.read_text("utf-8") == said


PLAIN = st.one_of(st.integers(-3, 3), st.booleans(), st.text('ab"\n', max_size=3))
SHAPES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=5,
)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(one) for one in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"').replace("\n", "\\n") + '"'
    return str(value).lower()


KEYS = ("topics", "part", "drop", "gloss")
LINES = st.lists(
    st.tuples(st.sampled_from(["{0} = {1}", "{0}.a = {1}", "[{0}]\na = {1}", "[[{0}]]\ntopics = {1}",
                               "[{0}.b]\na = {1}"]), st.sampled_from(KEYS), SHAPES), max_size=4,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(lines=LINES, key=st.sampled_from(["topics", "drop"]), part=st.integers(0, 3), after=st.none() | st.just(("x",)))
def test_a_file_of_any_shape_is_changed_as_asked_or_refused_by_name(
    lines: list[tuple[str, str, object]], key: str, part: int, after: tuple[str, ...] | None
) -> None:
    text = "".join(form.format(name, toml(value)) + "\n" for form, name, value in lines)
    try:
        changed = with_settings(text, [Setting(key, None, after, part)], "page.toml")
    except MujazError as error:
        assert str(error).startswith("page.toml: ")
    else:
        assert value_of(tomllib.loads(changed), key, part) == after


# --- backups ---


def test_two_filed_pages_of_one_name_are_both_kept_when_they_are_taken_back(desk: Desk) -> None:
    filed = []
    for day in ("الأحد", "الإثنين"):
        pasted = Pasted("\n\n".join(TRAIN).replace("الأحد", day) + "\n", {"outlet": day})
        filed.append((editing.add(desk, pasted), pasted))
        assert desk.steps.undo().kind == "undone"
    assert filed[0][0] == filed[1][0]
    kept = desk.places.articles / ".backup"
    assert {path.read_text("utf-8") for path in kept.glob("*.txt")} == {pasted.text for _, pasted in filed}
    for path in kept.glob("*.txt"):
        outlet = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))["outlet"]
        assert f"أمس {outlet}" in path.read_text("utf-8")


@pytest.mark.parametrize("other", [0, 1])
def test_what_is_undone_or_done_again_in_two_folders_waits_for_the_lock_of_each(tmp_path: Path, other: int) -> None:
    files = [tmp_path / name / "page.toml" for name in ("near", "deeper")]
    for file in files:
        file.parent.mkdir()
        file.write_bytes(b"new")
    steps = Steps()
    steps.record(*(Change(file, b"old", b"new") for file in files))
    for act, holds in ((steps.undo, b"old"), (steps.redo, b"new")):
        working = threading.Thread(target=act)
        with alone(files[other].parent):
            working.start()
            working.join(0.2)
            assert working.is_alive() and [file.read_bytes() == holds for file in files] == [False, False]
        working.join(10)
        assert [file.read_bytes() for file in files] == [holds, holds]


@pytest.mark.parametrize("ignored", [".gitignore", "site_src/starter/gitignore"])
def test_no_backup_is_offered_to_the_repository(tmp_path: Path, ignored: str) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    shutil.copy(ROOT / ignored, tmp_path / ".gitignore")
    for folder in ("content", "content/articles", "content/articles/deeper", "content/translations"):
        place = f"{folder}/.backup/page.txt"
        found = subprocess.run(["git", "-C", tmp_path, "check-ignore", "-q", place], check=False)
        assert found.returncode == 0, place


# --- over HTTP ---


class Served(AsyncHTTPTestCase):
    """The desk's pages, also where a step was taken and the site then cannot be read."""

    fault: Exception | None = None

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = site.make_site(tmp_path)

    def get_app(self) -> Application:
        places = find_places(str(self.folder / "site.toml"))

        def read() -> Settings:
            if self.fault and (places.articles / "canal.toml").exists():
                raise self.fault
            return load_settings(places.config)

        self.desk = Desk(places, read, Kept())
        frame = Frame(places.templates, "token", self.folder / "_site/assets")
        self.preview = Preview(self.folder / "_site", "/", self.get_http_port(), frame)
        return make_application(self.preview, article_routes(self.preview, self.desk, frame, lambda: None))

    def send(self, path: str, **fields: str | list[str]) -> tuple[int, str]:
        origin = f"http://127.0.0.1:{self.get_http_port()}"
        body = urlencode({"token": "token", **fields}, doseq=True)
        answer = self.fetch(path, method="POST", body=body, headers={"Origin": origin})
        return answer.code, answer.body.decode()

    def test_a_topic_that_a_form_sends_twice_is_said_once(self) -> None:
        mark = topics_mark(editing.story_of(self.desk.opened, "canal").lead)
        sent = ["central-asia", "hungary-energy", "central-asia"]
        self.send("/.desk/story?page=en&slug=canal", act="topics", mark=mark, topic=sent, main="hungary-energy")
        said = (self.desk.places.articles / "canal.toml").read_text("utf-8")
        assert tomllib.loads(said) == {"topics": ["hungary-energy", "central-asia"]}

    def test_a_step_that_makes_the_site_unreadable_is_taken_back_on_the_page_that_tells_it(self) -> None:
        story, side = "/.desk/story?page=en&slug=canal", self.desk.places.articles / "canal.toml"
        for fault, status, told in (
            (MujazError("site.toml: is broken"), 409, "site.toml: is broken"),
            (KeyError("hash"), 500, "The program itself has a fault (KeyError"),
        ):
            self.fault = fault
            mark = topics_mark(editing.story_of(self.desk.opened, "canal").lead)
            for code, page in (
                self.send(story, act="topics", mark=mark, topic="hungary-energy"),
                self.send(story, act="topics", mark=mark, topic="central-asia"),
            ):
                assert (code, told in page, "Traceback" in page) == (status, True, False)
                assert 'value="undo">Undo <b>1</b>' in page and "takes it back" in page
            assert tomllib.loads(side.read_text("utf-8")) == {"topics": ["hungary-energy"]}
            code, page = self.send("/.desk/stories?page=en", act="undo")
            assert (code, "Undone: canal.toml" in page, told in page) == (200, True, False)
            assert not side.exists()

    def test_a_page_in_place_of_a_failed_build_leads_to_where_the_last_step_is_taken_back(self) -> None:
        self.fault, self.preview.failure = MujazError("site.toml: is broken"), "site.toml: is broken"
        mark = topics_mark(editing.story_of(self.desk.opened, "canal").lead)
        self.send("/.desk/story?page=ar&slug=canal", act="topics", mark=mark, topic="hungary-energy")
        (self.folder / "_site" / "ar").mkdir(parents=True)
        (self.folder / "_site" / "ar" / "index.html").write_text('<html lang="ar"><head></head></html>', "utf-8")
        shown = self.fetch("/ar/index.html")
        assert (shown.code, "site.toml: is broken" in shown.body.decode()) == (500, True)
        (way_back,) = re.findall(r'href="([^"]*)"', shown.body.decode())
        assert way_back == "/.desk/stories?page=ar"
        assert "تراجع <b>1</b>" in self.fetch(way_back).body.decode()
        assert "desk.js" not in shown.body.decode(), "its script would use up what was typed and not saved"
        self.send(way_back, act="undo")
        assert not (self.desk.places.articles / "canal.toml").exists()
