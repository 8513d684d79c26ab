"""Share images as they are drawn and kept: joined letters, the right order, no more work than what changed."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
import support_desk
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from site_src.cli import main
from site_src.errors import MujazError
from site_src.model.output import CardLine, ShareCard
from site_src.pipeline.pictures import FOLDER, Album
from site_src.share import Artist, open_artist

typst = pytest.importorskip("typst", reason="share image tests NOT RUN: the extra `share` is not installed")
Image = pytest.importorskip("PIL.Image", reason="share image tests NOT RUN: the extra `share` is not installed")
pytest.importorskip("pylopdf_fonts_ar", reason="share image tests NOT RUN: the extra `share` is not installed")

TEMPLATES = Path(__file__).parent.parent / "templates"
SITE = (CardLine("Mujaz", "en", "ltr"), CardLine("موجز", "ar", "rtl"))
TITLE_AREA = (0, 125, 1200, 525)
BUDGET = 60_000
"""Bytes of a picture."""
ADDRESS = "https://example.org/briefs/"
PICTURE = "_site/en/stories/canal.png"


@pytest.fixture(scope="module")
def artist() -> Artist:
    return open_artist((TEMPLATES,))


def card(title: str = "", lang: str = "ar", **more: object) -> ShareCard:
    direction = "rtl" if lang == "ar" else "ltr"
    blank = ShareCard(lang, direction, SITE, "", CardLine(title, lang, direction), "", "", "")
    return structs.replace(blank, **more)


def ink(picture: bytes, area: tuple[int, int, int, int] = TITLE_AREA) -> Image.Image:
    """An area in black (ink) and white (paper)."""
    return Image.open(io.BytesIO(picture)).convert("L").crop(area).point(lambda value: 0 if value < 128 else 255)


def inked(picture: bytes, area: tuple[int, int, int, int] = TITLE_AREA) -> tuple[int, int, int, int] | None:
    """The smallest box around the ink of an area."""
    return Image.eval(ink(picture, area), lambda value: 255 - value).getbbox()


def blots(picture: bytes) -> int:
    """In how many separate pieces the title is drawn."""
    from PIL import ImageDraw

    area, found = ink(picture), 0
    while (box := Image.eval(area, lambda value: 255 if value == 0 else 0).getbbox()) is not None:
        column = area.crop((box[0], box[1], box[0] + 1, box[3])).tobytes()
        ImageDraw.floodfill(area, (box[0], box[1] + column.index(0)), 254)
        found += 1
    return found


# How it is drawn


def test_arabic_letters_are_joined_where_they_join(artist: Artist) -> None:
    """Meem has no dots: three of them are one piece when joined, and three when something keeps them apart."""
    assert blots(artist.draw(card("ممم"))) == 1
    assert blots(artist.draw(card("م\u200cم\u200cم"))) == 3
    assert blots(artist.draw(card("مدم"))) == 2, "dal joins to the right only"


def test_a_vowel_stands_above_its_letter_without_moving_it(artist: Artist) -> None:
    plain, marked = inked(artist.draw(card("محمد"))), inked(artist.draw(card("مُحَمَّد")))
    assert plain and marked and marked[1] < plain[1], "the marks are above"
    assert abs(plain[0] - marked[0]) <= 2 and plain[2] == marked[2] and plain[3] == marked[3]


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of ink in which two areas of one size differ: a letter between two pixels may differ by its edge."""
    from PIL import ImageChops

    differing = ImageChops.difference(one, other).histogram()[255]
    return float(differing / one.histogram()[0])


def test_figures_and_foreign_words_keep_their_order(artist: Artist) -> None:
    alone, within = artist.draw(card("\u20665+1\u2069")), artist.draw(card("ممم \u20665+1\u2069"))
    turned = artist.draw(card("\u20661+5\u2069"))
    box, whole = inked(alone), inked(within)
    assert box and whole
    width = box[2] - box[0]
    figures = ink(alone).crop((*box[:2], box[2], box[3]))
    last = ink(within).crop((whole[0], box[1], whole[0] + width, box[3]))
    assert unlike(figures, last) < 0.2, "sign for sign, at the left end of the line"
    assert unlike(ink(turned).crop(box), last) > 0.5


def test_a_title_begins_where_its_readers_begin(artist: Artist) -> None:
    arabic, english = inked(artist.draw(card("قمة"))), inked(artist.draw(card("Summit", "en")))
    assert arabic and english and arabic[2] > 1115 and english[0] < 85
    facing = structs.replace(card("", "en"), title=CardLine("قمة", "ar", "rtl"))
    assert inked(artist.draw(facing)) == arabic, "an Arabic title stands the same on the English picture"


WORDS = "القمة الأولى تجمع قادة آسيا الوسطى في ألماتي لبحث النقل والمياه والطاقة"


def test_a_long_title_stays_in_its_place_and_ends_with_whole_words(artist: Artist) -> None:
    for times in (1, 2, 4, 60):
        left, top, right, bottom = inked(artist.draw(card(f"{WORDS} " * times)), (0, 0, 1200, 630)) or (0, 0, 0, 0)
        assert left >= 70 and right <= 1130 and top >= 20 and bottom <= 610
    cut = artist.draw(card(f"{WORDS} " * 8))
    assert cut == artist.draw(card(f"{WORDS} " * 60)), "what does not fit changes nothing"
    assert cut == artist.draw(card(f"{WORDS} " * 5 + "كلمات أخرى")) != artist.draw(card(f"{WORDS} " * 2))


ADDRESSES = ("https://example.org/2026/11/22/12345678/98765432/12345678/98765432/index.html", f"{ADDRESS}{'abc' * 50}")


@pytest.mark.parametrize("word", ["x" * 300, "W" * 60, "م" * 300, "مدم" * 30, "a\u00a0" * 200, "و" * 4000, *ADDRESSES])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_word_wider_than_the_picture_is_broken(artist: Artist, word: str, lang: str) -> None:
    picture = artist.draw(card(f"قمة {word}", lang, names=word, source=word, topic=word))
    left, top, right, bottom = inked(picture, (0, 0, 1200, 630)) or (0, 0, 0, 0)
    assert left >= 70 and right <= 1130 and top >= 20 and bottom <= 610


def test_a_word_that_breaks_ends_with_an_ellipsis_where_it_does_not_fit(artist: Artist) -> None:
    """Joined, the meems of a line are one piece; the three dots are one each."""
    assert blots(artist.draw(card("م" * 100))) == 3, "three lines"
    cut = artist.draw(card("م" * 300))
    assert blots(cut) == 5 + 3 and cut == artist.draw(card("م" * 301))


def test_a_badge_and_a_stand_in_are_drawn(artist: Artist) -> None:
    bare = artist.draw(card("قمة"))
    for more in ({"badges": (("mt", "Machine"),)}, {"notes": ("By the desk",)}, {"names": "Almaty"},
                 {"source": "Euronews"}, {"date": "2025"}, {"topic": "Energy"}):  # fmt: skip
        assert artist.draw(card("قمة", **more)) != bare, more
    kinds = [artist.draw(card("قمة", badges=((kind, "x"),))) for kind in ("mt", "ok", "wait", "no", "qa")]
    assert len(set(kinds)) == 5


def full_card() -> ShareCard:
    title = (
        "قال الرئيس \u2066Truth Social\u2069 إن الصادرات ستزيد بنسبة \u206615%\u2069 خلال عام \u20662026\u2069 في آسيا"
    )
    return card(f"{title} {title}", topic="آسيا الوسطى", source="يورونيوز مع \u2066AFP\u2069", date="7 نوفمبر 2025",
                names="كازاخستان · ألماتي", notes=("من وضع المحررين",), badges=(("mt", "ترجمة آلية"),))  # fmt: skip


def test_a_picture_has_its_size_and_keeps_to_its_budget(artist: Artist) -> None:
    picture = artist.draw(full_card())
    drawn = Image.open(io.BytesIO(picture))
    assert (drawn.format, drawn.size, drawn.mode) == ("PNG", (1200, 630), "P") and len(picture) < BUDGET


def test_the_same_card_gives_the_same_bytes_whatever_was_drawn_before(artist: Artist) -> None:
    first = artist.draw(full_card())
    artist.draw(card("شيء آخر"))
    again = open_artist((TEMPLATES,))
    assert artist.draw(full_card()) == first == again.draw(full_card()) and again.mark == artist.mark


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(["ar", "en"]))
def test_no_letter_stops_a_picture(artist: Artist, title: str, lang: str) -> None:
    picture = artist.draw(card(title, lang, names=title, source=title, topic=title, notes=(title,)))
    assert Image.open(io.BytesIO(picture)).size == (1200, 630)


def test_words_are_never_instructions(artist: Artist) -> None:
    plain = '#image("/etc/passwd") $x$ *b* @ref <label> \\ // /* [ {'
    assert blots(artist.draw(card(plain, "en"))) > 20


# What is kept


def test_a_picture_that_cannot_be_drawn_has_the_name_of_the_site_and_a_problem(artist: Artist, tmp_path: Path) -> None:
    def refusing(told: bytes) -> bytes:
        if b"Summit" in told:
            raise ValueError("no such glyph")
        return artist.typeset(told)

    album = Album(tmp_path / FOLDER, structs.replace(artist, typeset=refusing))
    assert album.picture
    picture = album.picture("en/stories/summit.png", card("Summit", "en")).make()
    assert picture == artist.draw(card("", "en"))
    (problem,) = album.finish()
    assert (problem.file, problem.code, problem.severity) == (
        "en/stories/summit.png",
        "picture-undrawn",
        "warning",
    )
    assert "no such glyph" in problem.what and not list(tmp_path.rglob("*.png")), "it is tried again next time"


def site_in(folder: Path, *lines: str) -> Path:
    site = support_desk.make_site(folder)
    text = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(text.replace("[site]\n", "\n".join(["[site]", *lines, ""]), 1), "utf-8")
    return site


def build(site: Path, *options: str, code: int = 0) -> None:
    command = ["build", "--frozen", "--config", str(site / "site.toml"), "--base-url", ADDRESS, *options]
    assert main(command) == code


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return site_in(tmp_path, "share_images = true")


def kept(site: Path) -> dict[str, tuple[int, int]]:
    """The pictures in the cache, with what changes when one is written again."""
    found = (site / ".cache" / FOLDER).iterdir()
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in found}


def pictures(site: Path, out: str = "_site") -> dict[str, bytes]:
    return {path.relative_to(site / out).as_posix(): path.read_bytes() for path in (site / out).glob("*/stories/*.png")}


def test_a_build_makes_one_for_each_story_and_edition_and_lists_it(site: Path) -> None:
    build(site)
    made = pictures(site)
    stories = {
        path.relative_to(site / "_site").with_suffix(".png").as_posix()
        for path in (site / "_site").glob("*/stories/*.html")
    }
    assert made.keys() == stories and len(made) > 2
    assert made.keys() <= set((site / "_site" / ".mujaz-files").read_text().splitlines())
    assert max(map(len, made.values())) < BUDGET


def test_only_what_says_something_else_is_drawn_again(site: Path) -> None:
    build(site)
    before, first = kept(site), pictures(site)
    article = site / "content/articles/canal.txt"
    text = article.read_text("utf-8")
    article.write_text(text.replace("قناة", "قنوات", 1), "utf-8")
    build(site)
    after, second = kept(site), pictures(site)
    changed = {path for path in first if first[path] != second[path]}
    assert changed and all("/canal." in path for path in changed)
    assert len(after.keys() - before.keys()) == len(changed) == len(before.keys() - after.keys())
    assert all(after[name] == before[name] for name in before.keys() & after.keys())


def test_a_picture_is_taken_from_the_cache_and_a_broken_one_is_drawn_anew(site: Path) -> None:
    build(site)
    drawn = (site / PICTURE).read_bytes()
    [place] = [path for path in (site / ".cache" / FOLDER).iterdir() if path.read_bytes() == drawn]
    planted = drawn[:-12] + b"\0\0\0\0IEND\xaeB`\x82"
    place.write_bytes(b"\x89PNG\r\n\x1a\nother" + planted[-12:])
    build(site, "--out", str(site / "there"))
    assert (site / "there/en/stories/canal.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\nother")
    place.write_bytes(drawn[: len(drawn) // 2])
    build(site, "--out", str(site / "here"))
    assert (site / "here/en/stories/canal.png").read_bytes() == drawn == place.read_bytes()


def test_with_the_story_goes_its_picture(site: Path) -> None:
    build(site)
    (site / "content/articles/canal.txt").unlink()
    before = len(kept(site))
    build(site)
    assert not [path for path in (site / "_site").rglob("*.png") if path.stem == "canal"]
    assert len(kept(site)) == len(pictures(site)) == before - 2


def forget(folder: Path, artist: Artist) -> None:
    """What a build does to the pictures of an earlier one when none of them is on the site any more."""
    album = Album(folder, artist)
    assert album.picture and album.finish() == ()


OLD, BEGUN = f"{'0a' * 20}.png", f".{'0b' * 20}.png.4711.new"


def test_only_files_that_bear_a_picture_s_name_are_forgotten(artist: Artist, tmp_path: Path) -> None:
    others = ("mine.txt", "photo.png", f"{'a' * 39}.png", f"{'A' * 40}.png", f"{OLD}.bak", f".{OLD}.old", f"x{OLD}")
    for name in (OLD, BEGUN, *others):
        (tmp_path / name).write_bytes(b"a file")
    (tmp_path / f"{'1' * 40}.png").mkdir()
    (tmp_path / f"{'2' * 40}.png").symlink_to(tmp_path / "mine.txt")
    forget(tmp_path, artist)
    assert {path.name for path in tmp_path.iterdir()} == {*others, f"{'1' * 40}.png", f"{'2' * 40}.png"}


def test_a_linked_folder_is_neither_cleared_nor_written(artist: Artist, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    for name in (OLD, "mine.txt"):
        (tmp_path / "theirs" / name).write_bytes(b"a file")
    (tmp_path / FOLDER).symlink_to(tmp_path / "theirs", target_is_directory=True)
    album = Album(tmp_path / FOLDER, artist)
    assert album.picture
    assert album.picture("a/share.png", card("قمة")).make() == artist.draw(card("قمة")) and album.finish() == ()
    assert {path.name for path in (tmp_path / "theirs").iterdir()} == {OLD, "mine.txt"}


def test_a_picture_that_cannot_be_removed_keeps_no_other(
    artist: Artist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        (tmp_path / f"{number:040x}.png").write_bytes(b"a picture")
    held, unlink = next(tmp_path.iterdir()), Path.unlink

    def refusing(path: Path) -> None:
        if path == held:
            raise PermissionError(path)
        unlink(path)

    monkeypatch.setattr(Path, "unlink", refusing)
    forget(tmp_path, artist)
    assert list(tmp_path.iterdir()) == [held]


def test_a_cache_with_files_of_others_keeps_them(site: Path) -> None:
    cache = site / "cache"
    for name in ("share/mine.txt", f"share/{OLD}", f"{FOLDER}/mine.txt"):
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).write_text("a file", "utf-8")
    build(site, "--cache", str(cache))
    assert {path.name for path in (cache / "share").iterdir()} == {"mine.txt", OLD}
    assert (cache / FOLDER / "mine.txt").is_file() and len(list((cache / FOLDER).iterdir())) > 2


def test_checking_draws_nothing_into_the_cache_and_finds_nothing_to_change(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(site)
    for place in (site / ".cache" / FOLDER).iterdir():
        place.unlink()
    capsys.readouterr()
    main(["check", "--config", str(site / "site.toml"), "--base-url", ADDRESS])
    assert "0 files would be written" in capsys.readouterr().out and kept(site) == {}


def test_a_preview_draws_none(site: Path) -> None:
    preview = support_desk.Preview(site)
    try:
        status, page = preview.get("/briefs/en/stories/canal.html")
        assert status == 200 and b"og:title" in page and b"og:image" not in page
        assert not (site / ".cache" / FOLDER).exists() and not list((site / ".cache").rglob("*.png"))
    finally:
        preview.close()


# What is missing


@pytest.mark.parametrize("module", ["typst", "PIL"])
def test_without_the_extra_pages_go_out_without_pictures_and_the_report_says_what_to_do(
    module: str, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    build(site)
    said = capsys.readouterr().err
    assert "warning: site.toml: share_images: pages go out without pictures" in said
    assert "pip install typst pillow pylopdf-fonts-ar" in said
    assert pictures(site) == {} and b"og:image" not in (site / PICTURE).with_suffix(".html").read_bytes()


def test_a_mistake_in_the_design_is_named_with_its_line_and_stops_no_page(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "templates").mkdir()
    (site / "templates/share.typ").write_text("#let a = 1\n#panic-at-once()\n", "utf-8")
    build(site)
    assert "share.typ, line 2: unknown variable: panic-at-once" in capsys.readouterr().err
    assert pictures(site) == {} and (site / PICTURE).with_suffix(".html").is_file()


def test_a_design_of_more_than_one_page_is_none(tmp_path: Path) -> None:
    (tmp_path / "share.typ").write_text("one #pagebreak() two\n", "utf-8")
    with pytest.raises(MujazError, match=r"share\.typ: .* one page"):
        open_artist((tmp_path, TEMPLATES))


def test_a_site_s_own_design_wins_and_changes_what_is_kept(site: Path) -> None:
    build(site)
    before, first = kept(site), pictures(site)
    (site / "templates").mkdir()
    shipped = (TEMPLATES / "share.typ").read_text("utf-8")
    (site / "templates/share.typ").write_text(shipped.replace("#151a26", "#7a1f3d"), "utf-8")
    build(site)
    assert not before.keys() & kept(site).keys()
    assert all(content != pictures(site)[path] for path, content in first.items())


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90" fill="{}"/></svg>'


@pytest.mark.parametrize(
    ("use", "name", "first", "second"),
    [('#place(image("art/logo.svg"))', "art/logo.svg", LOGO.format("#000"), LOGO.format("#c00")),
     ('#import "sign.typ": sign\n#place(sign)', "sign.typ", "#let sign = [+]", "#let sign = [?]")],
)  # fmt: skip
def test_a_file_that_the_design_reads_is_part_of_it(use: str, name: str, first: str, second: str, site: Path) -> None:
    design, beside = site / "templates/share.typ", site / "templates" / name
    beside.parent.mkdir(parents=True)
    page = "#block(width: 100%, height: 100%"
    design.write_text((TEMPLATES / "share.typ").read_text("utf-8").replace(page, f"{use}\n{page}"), "utf-8")
    beside.write_text(first, "utf-8")
    build(site)
    before = pictures(site)
    build(site)
    assert before == pictures(site)
    beside.write_text(second, "utf-8")
    build(site)
    assert before and all(content != pictures(site)[path] for path, content in before.items())


def test_without_the_setting_nothing_is_drawn(tmp_path: Path) -> None:
    site = site_in(tmp_path)
    build(site)
    assert pictures(site) == {} and not (site / ".cache" / FOLDER).exists()
