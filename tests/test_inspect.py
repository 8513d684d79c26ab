"""inspect says what was understood of files anywhere, as documented in docs/inspect.md."""

import json
import re
from pathlib import Path

from support_site import ROOT, run

ARTICLES = "content/articles"


def said(*arguments: str, code: int = 0) -> str:
    done = run("inspect", *arguments, code=code)
    return done.stdout + done.stderr


def rows(*arguments: str) -> list[dict]:
    return [json.loads(line) for line in said(*arguments, "--format", "jsonl").splitlines()]


def test_the_three_pages_give_four_rows_in_the_order_of_files() -> None:
    found = [(Path(row["file"]).name, row["part"]) for row in rows(ARTICLES)]
    assert found == [
        ("g20-miami-invitation.txt", 1), ("white-house-summit-and-orban.txt", 1),
        ("white-house-summit-and-orban.txt", 2), ("white-house-summit-copy.txt", 1),
    ]  # fmt: skip


def test_what_the_three_pages_state_is_found_and_what_they_do_not_is_null() -> None:
    g20, summit, orban, copy = rows(ARTICLES)
    assert (g20["source"], g20["agency"], g20["evidence"]["agency"]["id"]) == ("يورونيوز", "ا ف ب", "afp")
    assert (g20["title"], g20["date"], len(g20["headings"])) == (None, None, 2)
    assert (summit["date"], summit["source"]) == ("2025-11-08", "عربي21")
    assert summit["evidence"]["published"]["words"] == "8th, November 2025 GMT"
    assert (orban["source"], orban["date"], orban["event"]) == (None, None, None)
    assert "7 تشرين الثاني/نوفمبر" in orban["evidence"]["event"]["words"]
    assert copy["duplicate_of"] == {"file": summit["file"], "part": 1}
    assert [row["topics"] for row in (g20, summit, orban)] == [["central-asia"], ["central-asia"], ["hungary-energy"]]


def test_a_row_has_the_keys_that_the_documentation_names() -> None:
    documented = set()
    for line in (ROOT / "docs" / "inspect.md").read_text("utf-8").splitlines():
        if line.startswith("| `"):
            documented |= set(re.findall(r"`(\w+)`", line.split("|")[1]))
    assert set(rows(f"{ARTICLES}/g20-miami-invitation.txt")[0]) == documented


def test_the_summary_has_the_length_that_is_asked_for_and_an_order_of_its_own() -> None:
    (row,) = rows(f"{ARTICLES}/g20-miami-invitation.txt", "--sentences", "3")
    assert len(row["summary_ar"]) == 3
    assert sorted(row["summary_order"]) == [0, 1, 2]
    text = " ".join(row["paragraphs"])
    places = [text.index(sentence) for sentence in row["summary_ar"]]
    assert places == sorted(places)


def test_a_file_without_an_article_is_one_row_of_part_0(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (row,) = rows(str(tmp_path))
    assert (row["part"], row["problems"][0]["severity"]) == (0, "error")


def test_the_text_form_tells_why_each_line_was_left_out() -> None:
    told = said(f"{ARTICLES}/white-house-summit-and-orban.txt", "--explain")
    assert "left out of this page" in told
    for rule in ("tags", "read-also", "related", "skip-links"):
        assert rule in told
    assert "sentences by score" in told


def test_a_path_that_is_not_there_is_wrong_usage() -> None:
    assert "there is no such file or folder" in said("/nowhere/at/all", code=2)


def test_the_editors_word_beside_a_named_page_is_no_page_of_its_own(tmp_path: Path) -> None:
    page = (ROOT / ARTICLES / "g20-miami-invitation.txt").read_bytes()
    (tmp_path / "summit.txt").write_bytes(page)
    (tmp_path / "summit.toml").write_text('title = "قمة"\n', "utf-8")
    (tmp_path / "sumit.toml").write_text('title = "قمة"\n', "utf-8")
    lonely, summit = rows(*sorted(map(str, tmp_path.iterdir())))
    assert (summit["file"], summit["title"]) == (str(tmp_path / "summit.txt"), "قمة")
    assert [problem["code"] for problem in lonely["problems"]] == ["lonely-toml"]
