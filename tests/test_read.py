"""Files to decoded pages, or to a problem that says what to do."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.model.page import RawPage
from site_src.model.report import Problem
from site_src.read import decode, list_files, load, read_page, shown
from site_src.tables import table

TEXT = (
    "أعلن الرئيس في العاصمة أن القمة ستعقد يوم الثلاثاء المقبل، وقال إن الاتفاق «مهم».\n"
    "وأضاف في بيان أن المحادثات مستمرة بين البلدين منذ أسبوع."
)


def read_pages(folder: Path) -> list[RawPage | Problem]:
    """Every page of a folder, called by its path in it."""
    return [
        found if isinstance(found, Problem) else read_page(found, shown(found.relative_to(folder)), folder)
        for found in list_files(folder)
    ]


def page(raw: bytes, file: str = "a.txt") -> RawPage:
    read = decode(file, raw)
    assert isinstance(read, RawPage), read
    return read


def problem(raw: bytes, file: str = "a.txt") -> Problem:
    read = decode(file, raw)
    assert isinstance(read, Problem), read
    assert read.what and read.todo
    return read


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1256", "windows-1256"),
        ("iso8859-6", "iso-8859-6"),
    ],
)
def test_arabic_is_read_in_every_encoding_it_is_saved_in(codec: str, name: str):
    text = TEXT.replace("«", "").replace("»", "") if codec == "iso8859-6" else TEXT
    read = page(text.encode(codec))
    assert (read.text, read.encoding, read.problems) == (text, name, ())


@pytest.mark.parametrize("codec", ["cp1256", "iso8859-6"])
def test_a_page_that_declares_the_wrong_charset_is_read_as_what_it_is_and_says_so(codec: str):
    markup = f'<html><head><meta charset="utf-8"></head><body><p>{TEXT[:70]}</p></body></html>'
    read = page(markup.encode(codec, "ignore"), "a.html")
    assert TEXT[:60] in read.text
    assert [fault.code for fault in read.problems] == ["encoding"]


def test_utf8_that_declares_windows_1256_stays_utf8():
    markup = f"<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1256'></head>{TEXT}</html>"
    assert TEXT[:60] in page(markup.encode(), "a.html").text


def test_a_declared_charset_that_names_a_codec_for_something_else_is_not_believed():
    markup = b"<meta charset=unicode_escape>" + TEXT.encode("cp1256")
    assert TEXT[:60] in page(markup, "a.html").text


@pytest.mark.parametrize(("wrong", "right"), [("cp1256", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "cp1256")])
def test_text_once_read_in_a_wrong_encoding_is_put_right(wrong: str, right: str):
    scrambled = TEXT.encode(right).decode(wrong)
    read = page(scrambled.encode("utf-8"))
    assert read.text == TEXT
    assert len(read.problems) == 1


def test_a_word_of_rare_letters_is_no_scrambled_text():
    assert page("طظ طظ".encode()).text == "طظ طظ"


def test_all_line_ends_become_one_kind():
    assert page("سطر\r\nسطر\rسطر\u2028سطر\nسطر".encode()).text == "\n".join(["سطر"] * 5)


def test_nul_bytes_are_taken_out_and_said():
    read = page(TEXT.encode() + b"\0")
    assert read.text == TEXT
    assert "NUL" in read.problems[0].what


def test_bytes_that_decode_to_nothing_stand_as_replacement_and_are_counted():
    read = page(TEXT.encode()[:100] + b"\xed\xa0\x80" + TEXT.encode()[100:])
    assert "\ufffd" in read.text
    assert read.problems[0].severity == "warning"


def test_a_text_cut_in_the_middle_of_a_letter_is_still_utf8():
    assert page(TEXT.encode()[:-1]).encoding == "utf-8"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty-file"),
        (b" \n\t\r\n", "empty-file"),
        (b"\xef\xbb\xbf\n", "empty-file"),
        (b"PK\x03\x04" + bytes(40), "binary-file"),
        (b"%PDF-1.7\n", "binary-file"),
        (b"\x89PNG\r\n\x1a\n", "binary-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary-file"),
        (b"{\\rtf1\\ansi", "binary-file"),
        (b"bplist00\xd1", "binary-file"),
        (bytes(range(256)) * 8, "undecodable"),
    ],
)
def test_what_is_no_text_is_named_whatever_its_name_says(raw: bytes, code: str):
    assert problem(raw, "article.txt").code == code


REPORT = (
    "طشقند. وقعت الشركتان اتفاقية لنقل القمح عبر بحر قزوين في العاصمة الأوزبكية.\n"
    "قال المدير إن الكمية السنوية تبلغ مئة ألف طن، وإن السفينة الأولى ستغادر المدينة قريبا.\n\n"
    "وأضاف أن المنطقة الحرة ستعفى من الرسوم.\nولم تذكر الشركة قيمة الصفقة الجديدة.\n"
    "وكانت الحكومة السابقة قد ألغت الخطة. ثم عادت إليها هذه السنة.\n"
)


def each_line(change: Callable[[str], str]) -> str:
    return "\n".join(map(change, REPORT.split("\n")))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (REPORT.encode("ascii", "replace").decode(), "question marks"),
        (each_line(lambda line: line[::-1]), "letters stand in reverse order"),
        (each_line(lambda line: " ".join(line.split()[::-1])), "words stand in reverse order"),
        (each_line(" ".join), "a space behind nearly every letter"),
    ],
)
@pytest.mark.parametrize("file", ["a.txt", "a.md"])
def test_text_that_a_program_harmed_is_named_and_not_read_as_an_article(text: str, words: str, file: str):
    found = problem(text.encode(), file)
    assert (found.code, words in found.what) == ("garbled", True)


def _entries(openings: str) -> str:
    """Entries of a list that leaves full stops out, each behind one word."""
    said = ["تخفض الحصة إلى النصف", "تفتح المعابر صباح الأحد", "تصان الطرق في الجنوب", "تعاد الودائع إلى أصحابها"]
    return "".join(f"{word} {said[at % 4]} وفق الخطة الجديدة\n" for at, word in enumerate(openings.split()))


@pytest.mark.parametrize("name", ["abjad", "lists", "questions", "decisions", "places", "asked", "ocr"])
def test_sound_text_that_looks_a_little_like_harmed_text_is_read(name: str):
    texts = {
        "abjad": "حروف الهجاء هي: أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي، ثم ة و ى في آخر الكلمات.\n",
        "lists": "".join(f"أولا. تخفض الحصة رقم {number} إلى النصف\n" for number in "١٢٣٤٥٦") + f"{TEXT}\n{REPORT}",
        "decisions": _entries("أولا. ثانيا. ثالثا. رابعا. خامسا. سادسا."),
        "places": _entries("أستانا. ألماتي. طشقند. بيشكك. دوشنبه."),
        "asked": _entries("متى؟ لماذا؟ كيف؟ أين؟ كم؟"),
        "ocr": "قالت وزار ة النقل إن شرك ة القطارات ستجدد محط ة المدين ة الكبرى هذا العام بعد موافق ة الحكوم ة.\n",
        "questions": "ماذا قال الوزير؟؟؟ ومتى؟؟ سؤال يتكرر???? منذ يومين في كل صحف البلاد.\n",
    }
    assert page(texts[name].encode()).text == texts[name]


def test_letters_that_stand_as_html_references_are_put_right_and_it_is_said():
    read = page("".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in TEXT).encode())
    assert read.text == TEXT
    assert ["references" in one.what for one in read.problems] == [True]


def test_a_reference_within_a_text_stands_as_it_was_saved():
    text = f"{TEXT} وكتب الموقع &#169; ثم &#1605; في آخر الصفحة."
    assert page(text.encode()).text == text


@pytest.mark.parametrize("indent", [None, 1])
def test_an_article_within_json_data_is_named_and_not_read_with_its_braces(indent: int | None):
    raw = json.dumps({"title": "عنوان", "body": TEXT}, ensure_ascii=False, indent=indent).encode()
    assert problem(raw).code == "no-page"
    assert page(f"[رويترز] {TEXT}".encode()).text.startswith("[رويترز]")


def test_a_style_sheet_is_no_page():
    assert problem(b"body{}", "x.css").code == "no-page"


@pytest.mark.parametrize(
    ("text", "file", "expected"),
    [
        ("سطر من نص", "a.txt", "text"),
        ("سطر من نص", "a.html", "text"),
        ("# عنوان", "a.md", "markdown"),
        ("# عنوان", "a.txt", "text"),
        ("<!DOCTYPE html><html><body><p>نص</p></body></html>", "a.txt", "html"),
        ("<!-- saved from url=(0014)about:internet -->\n<html><p>نص</p></html>", "a.md", "html"),
        ("<div><p>نص</p><p>نص</p><p>نص</p></div>", "a", "html"),
        ("<p>نص", "a.htm", "html"),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--", "a.txt", "mhtml"),
        ("قال <ساخرا> إن 3 < 4", "a.txt", "text"),
    ],
)
def test_the_format_is_told_from_the_bytes(text: str, file: str, expected: str):
    assert page(text.encode(), file).format == expected


def test_pictures_embedded_in_a_page_do_not_count_as_text():
    picture = "A" * (table("reading")["limits"]["text"] + 10)
    markup = f'<html><body><img src="data:image/png;base64,{picture}"><p>نص المقال</p></body></html>'
    read = page(markup.encode(), "a.html")
    assert len(read.text) < 200


def test_a_page_of_two_megabytes_is_read():
    assert len(page(("كلمة " * 220_000).encode()).text) > 1_000_000


def test_a_page_of_too_many_characters_is_refused_with_size_and_limit():
    refused = problem(b"a b " * 2_000_000)
    assert refused.code == "too-large"
    assert "8.0 million" in refused.what and "5 million" in refused.what


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path):
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    refused = read_page(path, "big.txt")
    assert isinstance(refused, Problem) and refused.code == "too-large"
    assert "50.0 million bytes" in refused.what and "20 million" in refused.what


def names(folder: Path) -> list[str]:
    shown = []
    for found in list_files(folder):
        is_path = isinstance(found, Path)
        shown.append(found.relative_to(folder).as_posix() if is_path else f"{found.code} {Path(found.file).name}")
    return shown


def test_files_are_listed_by_path_and_what_is_no_page_is_left_out(tmp_path: Path):
    for name in [
        "b.txt",
        "a/z.md",
        "a/b/c.html",
        ".DS_Store",
        "Thumbs.db",
        ".git/config",
        "b.toml",
        "~$b.docx",
        "b.txt~",
    ]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("نص")
    assert names(tmp_path) == ["a/b/c.html", "a/z.md", "b.txt"]


def test_the_folder_of_a_complete_save_is_part_of_its_page(tmp_path: Path):
    (tmp_path / "خبر.html").write_text("<p>نص")
    for folder in ["خبر_files", "خبر_ملفات", "other_files"]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.css").write_text("x")
    assert names(tmp_path) == ["other_files/x.css", "خبر.html"]


def test_a_side_file_without_its_page_is_a_problem(tmp_path: Path):
    (tmp_path / "lost.toml").write_text("slug = 'x'")
    assert names(tmp_path) == ["lonely-toml lost.toml"]


def test_the_side_file_comes_with_its_page(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.toml").write_text('title = "عنوان"', "utf-8-sig")
    (read,) = read_pages(tmp_path)
    assert isinstance(read, RawPage)
    assert (read.file, read.header) == ("a.txt", 'title = "عنوان"')


def test_a_side_file_that_is_no_utf8_is_named_itself(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.toml").write_bytes('title = "عنوان"'.encode("cp1256"))
    (read,) = read_pages(tmp_path)
    assert isinstance(read, Problem) and (read.file, read.code) == ("a.toml", "undecodable")


def test_links_out_of_the_folder_loops_and_links_to_folders_are_refused(tmp_path: Path):
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("سر")
    (folder / "inside.txt").write_text("نص هنا")
    (folder / "a-link.txt").symlink_to(folder / "inside.txt")
    (folder / "b-out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c-loop.txt").symlink_to(folder / "c-loop.txt")
    (folder / "d-gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "sub" / "up").symlink_to(folder)
    codes = [read.code if isinstance(read, Problem) else read.file for read in read_pages(folder)]
    assert codes == ["a-link.txt", "link-outside", "unreadable", "unreadable", "inside.txt", "folder-link"]


def test_a_file_that_vanishes_or_a_pipe_is_a_problem(tmp_path: Path):
    gone = load(tmp_path / "gone.txt", "gone.txt")
    assert isinstance(gone, Problem) and "vanished" in gone.todo
    os.mkfifo(tmp_path / "pipe.txt")
    pipe = load(tmp_path / "pipe.txt", "pipe.txt")
    assert isinstance(pipe, Problem) and pipe.code == "no-file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_problem(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("نص")
    path.chmod(0)
    refused = read_page(path, "a.txt")
    assert isinstance(refused, Problem) and "chmod" in refused.todo


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that can be opened but not read")
def test_a_file_that_fails_while_it_is_read_is_a_problem():
    refused = load(Path("/proc/self/mem"), "a.txt")
    assert isinstance(refused, Problem) and refused.code == "unreadable"


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path):
    assert [found.code for found in read_pages(tmp_path / "none") if isinstance(found, Problem)] == [
        "unreadable-folder"
    ]


def test_a_file_name_that_is_no_utf8_can_be_printed(tmp_path: Path):
    raw = os.fsencode(tmp_path) + b"/\xe3\xd1.txt"
    try:
        Path(os.fsdecode(raw)).write_text("نص هنا")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    (read,) = read_pages(tmp_path)
    assert read.file.encode("utf-8")


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.mht", "a"]))
def test_any_bytes_are_a_page_or_a_problem(raw: bytes, file: str):
    read = decode(file, raw)
    assert isinstance(read, RawPage | Problem)
    if isinstance(read, RawPage):
        assert read.text.encode("utf-8") is not None
        assert "\0" not in read.text or read.format == "mhtml"


@given(st.text(alphabet="ابتثجحخدرزسشصضعغفقكلمنهويةىءأإؤئ ،.؟", min_size=80, max_size=300))
def test_arabic_text_survives_any_of_its_encodings(text: str):
    text = "أعلن الوزير في العاصمة أن " + text
    for codec in ("utf-8", "utf-16", "cp1256", "iso8859-6"):
        assert page(text.encode(codec)).text == text
