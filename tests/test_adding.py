"""Filing an article and making a site take a minute and end in plain files."""

import re
import subprocess
from pathlib import Path

import pytest
from support_site import ROOT, TINY, empty_site, run

from site_src import __version__
from site_src.cli.arguments import parse_arguments

PAGE = "\n\n".join([
    "اجتماع وزراء الطاقة في أستانا يبحث صادرات النفط",
    "تاريخ النشر: 3 فبراير 2026",
    "بحث وزراء الطاقة في كازاخستان وأوزبكستان يوم الثلاثاء في أستانا زيادة صادرات النفط عبر بحر قزوين.",
    "وقال مسؤول في وزارة الطاقة إن البلدين سيوقعان اتفاقا مدته خمس سنوات.",
])  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return empty_site(tmp_path)


def add(site: Path, *options: str, pasted: str = PAGE, code: int = 0) -> subprocess.CompletedProcess[str]:
    config = str(site / "site.toml")
    return run("new", "article", "--from", "-", "--config", config, *options, typed=pasted, code=code)


def articles(site: Path) -> list[str]:
    return sorted(path.name for path in (site / "content" / "articles").iterdir())


def test_a_pasted_page_is_filed_under_its_own_names_and_date(site: Path) -> None:
    said = add(site).stdout
    (name,) = articles(site)
    assert name.endswith("-2026-02-03.txt")
    assert "kazakhstan" in name
    assert name.isascii()
    assert "date 2026-02-03" in said


def test_a_page_of_two_articles_is_named_after_both_and_bears_no_day_of_one_alone(site: Path) -> None:
    other = "\n".join([
        "المصدر: صحيفة المثال", "اقرأ أيضا:",
        "أوربان: المجر لن تتخلى عن النفط الروسي قبل تأمين بديل",
        "أعلن رئيس الوزراء المجري فيكتور أوربان أن بلاده لن تتخلى عن النفط الروسي قبل أن تجد بديلا آمنا بسعر مقبول.",
        "وأكد أوربان أن العقوبات ترفع كلفة الطاقة على المواطنين وأن حكومته ستطلب إعفاء جديدا منها خلال أسابيع.",
    ])  # fmt: skip
    assert "article 2" in add(site, pasted=f"{PAGE}\n\n{other}").stdout
    (name,) = articles(site)
    assert "orban" in name and "kazakhstan" in name
    assert "2026" not in name
    said = add(site, "--slug", "oil", pasted=f"{PAGE}\n{PAGE[-30:]}\n\n{other}", code=1).stderr
    assert "put it under [[part]]. Nothing was filed. Without it the page is filed, and the .toml beside it" in said


def test_the_bytes_are_kept_as_they_were_given(site: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_bytes(PAGE.encode("cp1256"))
    run("new", "article", "--from", str(saved), "--config", str(site / "site.toml"))
    (name,) = articles(site)
    assert (site / "content" / "articles" / name).read_bytes() == saved.read_bytes()


def test_what_the_editor_states_goes_into_a_file_beside_it_and_counts(site: Path) -> None:
    said = add(site, "--outlet", "صحيفة المثال", "--date", "2026-02-04").stdout
    assert "outlet صحيفة المثال" in said
    assert "date 2026-02-04" in said
    side = next(name for name in articles(site) if name.endswith(".toml"))
    assert "صحيفة المثال" in (site / "content" / "articles" / side).read_text("utf-8")


def test_what_is_said_of_a_filed_page_names_its_own_files(site: Path) -> None:
    said = add(site, pasted=PAGE.replace("تاريخ النشر: 3 فبراير 2026\n\n", "")).stdout
    (name,) = articles(site)
    assert f"(a file {name.removesuffix('.txt')}.toml beside it can say it)" in said
    assert f"inspect {site / 'content' / 'articles' / name} --explain" in said


def test_a_day_without_a_year_is_said_as_far_as_it_is_known(site: Path) -> None:
    assert "date day 3 of month 2, no year" in add(site, pasted=PAGE.replace("3 فبراير 2026", "3 فبراير")).stdout


def test_what_the_page_does_not_state_is_said(site: Path) -> None:
    assert "not stated by the page: outlet" in add(site).stdout


def test_the_same_page_is_not_filed_twice(site: Path) -> None:
    add(site)
    assert "holds exactly this page already" in add(site, code=1).stderr
    assert len(articles(site)) == 1


def test_another_page_of_the_same_names_gets_a_name_of_its_own(site: Path) -> None:
    add(site)
    add(site, pasted=PAGE + "\n\nوأضاف المسؤول أن المحادثات ستستأنف في الأسبوع المقبل.")
    assert len(articles(site)) == 2


def test_bytes_that_are_no_page_are_refused_and_nothing_is_written(site: Path) -> None:
    assert "Traceback" not in add(site, pasted="", code=1).stderr
    assert articles(site) == []


def test_a_full_disk_leaves_neither_a_cut_page_nor_a_word_without_its_page(site: Path) -> None:
    disk = site / "content" / "articles"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", str(disk)], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        long_page = "\n\n".join([PAGE, *(f"{PAGE.splitlines()[-1]} {number}" for number in range(200))])
        said = add(site, "--outlet", "صحيفة المثال", pasted=long_page, code=1).stderr
        assert "No space left on device" in said and "nothing was filed" in said
        assert articles(site) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_an_address_that_cannot_be_used_is_refused_before_anything_is_written(site: Path) -> None:
    said = add(site, "--slug", "Old Market", code=1).stderr
    assert "small ASCII letters, digits and hyphens" in said and "Nothing was filed" in said
    assert articles(site) == []


@pytest.mark.parametrize("options", [("--date", "yesterday"), ("--date", "2026-99-99", "--title", "عنوان")])
def test_a_word_that_cannot_be_used_is_refused_before_anything_is_written(site: Path, options: tuple[str, ...]) -> None:
    said = add(site, *options, code=1).stderr
    assert "must be a date" in said and "Nothing was filed" in said
    assert articles(site) == []


def test_a_file_that_is_no_page_is_named_as_it_was_given(site: Path, tmp_path: Path) -> None:
    packed = tmp_path / "report.docx"
    packed.write_bytes(b"PK\x03\x04" + bytes(60))
    said = run("new", "article", "--from", str(packed), "--config", str(site / "site.toml"), code=1).stderr
    assert f"{packed}: is a" in said and "the new article" not in said


MENU = "شارك\nالرئيسية\nاتصل بنا\n"


def test_a_page_without_an_article_is_refused_with_the_reason_and_filed_on_demand(site: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_text(MENU, "utf-8")
    call = ("new", "article", "--from", str(saved), "--config", str(site / "site.toml"))
    said = run(*call, code=1).stderr
    assert "keep" in said
    assert "Nothing was filed" in said
    assert (articles(site), saved.read_text("utf-8")) == ([], MENU)
    run(*call, "--keep")
    (name,) = articles(site)
    assert (site / "content" / "articles" / name).read_text("utf-8") == MENU


def used(workflow: str) -> set[str]:
    return {line.strip().removeprefix("- ") for line in workflow.splitlines() if "uses:" in line}


def test_a_new_site_comes_with_a_workflow_that_may_do_no_more_than_that_of_the_project(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    run("new", "site", str(folder))
    ours = (ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    theirs = (folder / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    assert used(theirs) < used(ours)
    granted = re.compile(r"^ +[a-z-]+: (?:read|write)$", re.M)
    assert granted.findall(theirs) == granted.findall(ours)
    assert f"mujaz[search]=={__version__}" in theirs
    (command,) = re.findall(r"run: mujaz (.+)", theirs)
    assert parse_arguments(command.split()).frozen


def test_what_builds_make_beside_a_new_sites_content_is_not_for_git(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    run("new", "site", str(folder))
    (folder / "content" / "articles" / "energy.txt").write_text(PAGE, "utf-8")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    for command in (("build",), ("models", "install", "--file", str(TINY)), ("build",)):
        run(*command, "--config", str(folder / "site.toml"))
    status = ["git", "-C", str(folder), "status", "--porcelain", "--untracked-files=all"]
    kept = subprocess.run(status, capture_output=True, text=True, check=True).stdout.split("\n")
    assert {line[3:].partition("/")[0] for line in kept if line} == {
        ".github", ".gitignore", "README.md", "content", "models.lock", "site.toml",
    }  # fmt: skip
    assert not [line for line in kept if ".backup" in line]


def test_a_new_site_builds_and_bears_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    run("new", "site", str(folder), "--languages", "ar,en", "--name", "مكتب الأخبار")
    (folder / "content" / "articles" / "energy.txt").write_text(PAGE, "utf-8")
    run("build", "--config", str(folder / "site.toml"))
    assert "مكتب الأخبار" in (folder / "_site" / "ar" / "index.html").read_text("utf-8")
    assert (folder / "_site" / "ar" / "stories" / "energy.html").is_file()


def test_a_new_site_in_a_language_without_words_is_told_what_it_needs_before_it_builds(tmp_path: Path) -> None:
    said = run("new", "site", str(tmp_path / "desk"), "--languages", "en,ar,fr").stdout
    assert "First, fr: " in said and "templates/labels/fr.toml" in said
    assert "First, " not in run("new", "site", str(tmp_path / "other"), "--languages", "ar,en").stdout


def test_a_site_is_never_made_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert "not empty" in run("new", "site", str(tmp_path), code=2).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_doctor_names_what_is_missing_and_what_to_do(site: Path) -> None:
    said = run("doctor", "--config", str(site / "site.toml")).stdout
    assert "models install" in said
    assert "site.base_url" in said
    assert "Arabic fonts: " in said
    assert "note translation engine: none is ready (argos). Sentences without words of yours wait." in said


def test_the_doctor_finds_no_fault_where_no_engine_is_needed(site: Path) -> None:
    settings = (site / "site.toml").read_text("utf-8").replace('languages = ["en", "ar"]', 'languages = ["ar"]')
    (site / "site.toml").write_text(settings, "utf-8")
    assert "ok   translation engine: none is needed" in run("doctor", "--config", str(site / "site.toml")).stdout
