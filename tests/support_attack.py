"""A small site that changes with every turn, and ways to break a build of it from outside."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from support_site import ROOT, TINY, tree
from support_translate import load_memory

from site_src.model.report import BuildReport
from site_src.pipeline import Options, build
from site_src.places import find_places
from site_src.record import load_record
from site_src.settings import load_settings

APPROVED = ("قالت هيئة الري في كازاخستان إن السد القديم سيبقى في خدمة المزارعين.",
            "The irrigation authority said the old dam would stay in service.")  # fmt: skip
PERSON = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    f'msgid "{APPROVED[0]}"\nmsgstr "{APPROVED[1]}"\n'
)
_TURN = re.compile(r"\b9\d{4}\b")


def make(folder: Path, with_model: bool = False) -> Path:
    """The site in `folder`, at turn 0, never built."""
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "content" / "translations").mkdir()
    shutil.copy(ROOT / "content" / "names.toml", folder / "content")
    (folder / "site.toml").write_text(
        '[site]\nunsorted = "site"\n[[topics]]\nslug = "water"\ntitle = { ar = "الماء", en = "Water" }\n'
        'threshold = 0.1\n[[topics.groups]]\nwords = ["الري"]\n',
        "utf-8",
    )
    (folder / "content" / "translations" / "canal.en.po").write_text(PERSON, "utf-8")
    if with_model:
        run(folder, "models", "install", "--file", str(TINY))
    turn(folder, 0)
    return folder


PAGES = {
    "canal": (
        "هيئة الري تعلن المرحلة {number} من القناة الكبيرة في كازاخستان",
        "أعلنت هيئة الري في كازاخستان يوم الثلاثاء بدء المرحلة {number} من حفر القناة بين أكتاو والسهوب.",
        APPROVED[0],
        "وأضافت الهيئة أن الحفر سيكتمل قبل توقيع الاتفاق بين حكومات المنطقة.",
    ),
    "lake": (
        "خبراء الري يدرسون العينة {number} من بحيرة آرال",
        "جمع خبراء الري العينة {number} من مياه البحيرة لمعرفة سبب تراجع الأسماك والطيور هذا العام.",
        "ويشارك في الرحلة طلاب من أوزبكستان وعلماء تربة وصيادون من القرى القريبة.",
        "وتنشر الجامعة نتائج الدراسة في الربيع بعد فحص الملوحة والمعادن.",
    ),
}


def turn(folder: Path, number: int) -> None:
    """Change every page: its number is in title and text."""
    for name, lines in PAGES.items():
        text = "\n\n".join(line.format(number=90000 + number) for line in lines)
        (folder / "content" / "articles" / f"{name}.txt").write_text(text + "\n", "utf-8")


def command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "site_src", *arguments, "--config", str(folder / "site.toml")]


def run(folder: Path, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*before, *command(folder, *arguments)], cwd=ROOT, capture_output=True, text=True,
                          timeout=300, check=False)  # fmt: skip


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command(folder, *arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True)  # fmt: skip


def build_here(folder: Path, today: str = "") -> BuildReport:
    """Build it in this process; `today` is the day that the record writes."""
    places = find_places(str(folder / "site.toml"))
    return build(places, load_settings(places.config), Options(today=today))


def kill_after(folder: Path, seconds: float, number: signal.Signals = signal.SIGKILL) -> tuple[int, str]:
    """Build, and send the signal after so long; the exit code and all that was printed."""
    child = start(folder, "build")
    try:
        said = "".join(child.communicate(timeout=max(seconds, 0.001)))
    except subprocess.TimeoutExpired:
        child.send_signal(number)
        said = "".join(child.communicate(timeout=120))
    return child.returncode, said


SYSTEM = ((os, ("fsync", "rename", "replace", "link", "mkdir", "rmdir", "unlink", "open", "scandir")), (io, ("open",)))


@contextmanager
def refusing(folder: Path, code: int, place: int) -> Iterator[list[str]]:
    """Let the call of that number fail with the error, of all that this process makes to the system about `folder`.

    Gives the names of the calls so far. What C libraries call by themselves is not among them, nor the reading of
    articles: a page that cannot be read is named and left out, and so must the site be another one.
    """
    made: list[str] = []

    def guarded(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def guard(*given: Any, **more: Any) -> Any:
            path = os.fsdecode(given[0]) if isinstance(given[0], (str, bytes, os.PathLike)) else str(folder)
            if path.startswith(str(folder)) and f"{os.sep}articles" not in path:
                made.append(name)
                if len(made) == place:
                    raise OSError(code, os.strerror(code), path)
            return call(*given, **more)

        return guard

    with ExitStack() as stack:
        for module, names in SYSTEM:
            for name in names:
                stack.enter_context(patch.object(module, name, guarded(name, getattr(module, name))))
        yield made


def whole_site(folder: Path) -> set[int]:
    """Fails unless the site is one build's, whole; gives the turn that its pages show (none while there is no site)."""
    out = folder / "_site"
    if not out.exists():
        return set()
    files = tree(out)
    assert files.pop(".mujaz-files").decode().split() == sorted(files)
    json.loads(files["briefing.json"])
    told = ("briefing.json", "en/index.html", "en/stories/canal.html", "ar/stories/lake.html")
    shown = {path: set(map(int, _TURN.findall(files[path].decode()))) for path in told}
    turns = set().union(*shown.values())
    assert len(turns) == 1 and all(shown.values()), shown
    return turns


def whole_memory(folder: Path) -> None:
    """Fails unless record and PO files, and their backups, are readable and a person's sentence is there."""
    load_record(folder / "content" / "record.jsonl")
    translations = folder / "content" / "translations"
    for place in (translations, translations / ".backup"):
        memory = load_memory(place, "en")
        assert memory.problems == ()
        if place == translations or memory.files:
            assert memory.files["canal"].slug == "canal"
    held = {entry.source: entry.text for entry in load_memory(translations, "en").files["canal"].entries}
    assert held[APPROVED[0]] == APPROVED[1]


def as_nobody(folder: Path) -> tuple[str, ...] | None:
    """The words before a command that take root's rights away (for others: none); None where that is not possible.

    Nor is it where nobody may read the folder or this checkout, such as one in root's own home.
    """
    if os.name != "posix" or os.geteuid() != 0:
        return ()
    words = ("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")
    if shutil.which("setpriv") is None:
        return None
    both = ("test", "-r", str(folder), "-a", "-r", __file__)
    reachable = subprocess.run([*words, *both], capture_output=True, check=False).returncode == 0
    return words if reachable else None
