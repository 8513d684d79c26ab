"""Readers at a plain web server while builds exchange the site under it: no page is missing, no file is half there."""

from __future__ import annotations

import http.client
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support_serving import serve_folder

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parent.parent.parent
ARTICLE = (
    "قناة الري في الوادي {number}\n\n"
    "أعلنت وزارة الري أن القناة رقم {number} ستفتح في الوادي يوم الأحد.\n\n"
    "وقال مهندس المشروع إن طول القناة يبلغ {number} كيلومترا.\n"
)


def test_readers_see_a_whole_site_while_it_is_built_again_and_again(
    tmp_path: Path, chance: random.Random, seconds: float
) -> None:
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    shutil.copy(ROOT / "content" / "names.toml", tmp_path / "content")
    settings = (ROOT / "site.toml").read_text("utf-8").replace('# unsorted = "report"', 'unsorted = "site"')
    (tmp_path / "site.toml").write_text(settings, "utf-8")
    for number in range(30):
        (articles / f"canal-{number}.txt").write_text(ARTICLE.format(number=number), "utf-8")
    build(tmp_path)
    always = sorted(
        path.relative_to(tmp_path / "_site").as_posix()
        for path in (tmp_path / "_site").rglob("*.html")
        if "canal-" not in path.as_posix() or "canal-0" in path.as_posix()
    )
    with serve_folder(tmp_path / "_site") as address:
        over, faults, reads = threading.Event(), list[str](), [0, 0, 0]
        readers = [
            threading.Thread(target=read, args=(urlsplit(address).port, always, over, faults, reads, n), daemon=True)
            for n in range(len(reads))
        ]
        for reader in readers:
            reader.start()
        builds, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            change(articles, chance)
            build(tmp_path)
            builds += 1
        over.set()
        for reader in readers:
            reader.join(20)
    print(f"{sum(reads)} pages read during {builds} builds; {len(faults)} missing or cut")
    assert builds and sum(reads)
    assert faults == []


def build(folder: Path) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "build", "--config", str(folder / "site.toml"), "--frozen", "--quiet"],
        check=True, timeout=120,
    )  # fmt: skip


def change(articles: Path, chance: random.Random) -> None:
    """Add, cut or remove an article other than the first."""
    path = articles / f"canal-{chance.randrange(1, 60)}.txt"
    if path.exists() and chance.random() < 0.4:
        path.unlink()
    else:
        path.write_text(ARTICLE.format(number=chance.randrange(1, 9999)), "utf-8")


def read(port: int, pages: list[str], over: threading.Event, faults: list[str], reads: list[int], reader: int) -> None:
    """Ask for the pages that every build has, and write down what is missing or does not end."""
    while not over.is_set():
        for page in pages:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            try:
                connection.request("GET", f"/{page}")
                reply = connection.getresponse()
                body = reply.read()
                if reply.status != 200 or not body.rstrip().endswith(b"</html>"):
                    faults.append(f"{page}: {reply.status}, {len(body)} bytes")
            except (OSError, http.client.HTTPException) as error:
                faults.append(f"{page}: {error!r}")
            finally:
                connection.close()
            reads[reader] += 1
