"""A site to begin with, the program run on it as a person calls it, and the files that it leaves."""

import shutil
import subprocess
import sys
from pathlib import Path

from corpus import texts

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "argos" / "tiny.argosmodel"
CHESS = "\n\n".join((
    "بطولة الشطرنج للناشئين تختتم أعمالها",
    "تاريخ النشر: 14 يناير 2026",
    "اختتمت بطولة الشطرنج للناشئين مساء الأربعاء بفوز لاعب في الثالثة عشرة من عمره بالكأس.",
    "وقال المدرب إن اللاعب تدرب ست ساعات يوميا قبل البطولة.",
))  # fmt: skip
"""A page of no topic that the shipped site has."""


def empty_site(folder: Path) -> Path:
    """The shipped settings and names, and no article."""
    (folder / "content" / "articles").mkdir(parents=True)
    shutil.copy(ROOT / "site.toml", folder)
    shutil.copy(ROOT / "content" / "names.toml", folder / "content")
    return folder


def news_site(folder: Path, count: int) -> Path:
    """The shipped settings, names and pages with so many articles, and two files more: no page, and another's copy."""
    articles = empty_site(folder) / "content" / "articles"
    shutil.copytree(ROOT / "content" / "pages", folder / "content" / "pages")
    for text in texts(count, 11):
        (articles / text.file).write_text("\n\n".join([text.title, text.date, *text.paragraphs]), "utf-8")
    (articles / "story-00007-again.txt").write_bytes((articles / "story-00007.txt").read_bytes())
    (articles / "story-00003-empty.txt").write_bytes(b"")
    return folder


def shipped_site(folder: Path) -> Path:
    """A copy of the shipped site, without what a build adds."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.toml", folder)
    return folder


def run(*arguments: str, typed: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
    """A command run to its end, with what is `typed` into it; fails unless it ends with this exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "site_src", *arguments], cwd=ROOT, input=typed, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
