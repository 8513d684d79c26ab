"""A site with sentences in every state, and a preview of it in a process of its own, for the tests of the desk."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from support_site import ROOT, empty_site

from site_src.kept import Kept
from site_src.places import find_places
from site_src.serve.desk import Desk
from site_src.settings import load_settings
from site_src.translate.po import sha

TITLE = "قناة جديدة في طشقند"
CANAL = (
    "أعلنت هيئة الري في أوزبكستان يوم الثلاثاء بدء العمل في قناة جديدة لنقل المياه إلى طشقند بطول 40 كيلومترا.",
    "وقالت الهيئة إن القناة ستخدم 12 ألف مزارع، وإن كازاخستان وافقت على تقاسم مياه النهر في آسيا الوسطى.",
    "وأضافت أن الأشغال لن تبدأ قبل توقيع الاتفاق بين حكومات المنطقة.",
)
MACHINE = "The irrigation authority in Uzbekistan announced a new canal to Tashkent, 30 kilometres long."
RIGHT = (
    "Uzbekistan’s irrigation authority announced on Tuesday the start of work on a new canal, 40 kilometres long, "
    "to carry water to Tashkent."
)
AUTHORS = (
    "The authority said the canal would serve 12,000 farmers, and that Kazakhstan had agreed to share the river’s "
    "water in Central Asia."
)
DRAFT = "It added that work would not begin before the agreement is signed."
BANK_TITLE = "المصرف المركزي يرفع الفائدة في كازاخستان"
BANK = (
    "رفع المصرف المركزي في كازاخستان سعر الفائدة إلى 18% بعد اجتماع في أستانا.",
    "وقال محافظ المصرف سليمنوف إن القرار يهدف إلى خفض التضخم قبل نهاية عام 2026.",
)
RATES = "Kazakhstan’s central bank raised its interest rate to 18% after a meeting in Astana."
PAIRS = (ROOT / "tests/argos/pairs.tsv").read_text("utf-8").splitlines()
"""What the tiny package of the tests translates: Arabic, tab, English."""


def entry(source: str, text: str = "", *, said: str = "", machine: bool = False, fuzzy: bool = False) -> str:
    lines = [f"# {said}"] if said else []
    lines += ["#. engine: Dictionary 1.0", f"#. machine-sha: {sha(text)}"] if machine else []
    lines += ["#, fuzzy"] if fuzzy or machine else []
    return "\n".join([*lines, f'msgid "{source}"', f'msgstr "{text}"', ""])


def po(*entries: str) -> str:
    header = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return "\n".join([header, *entries])


FILES = {
    "content/articles/canal.txt": "\n\n".join([TITLE, *CANAL]) + "\n",
    "content/articles/bank.txt": "\n\n".join([BANK_TITLE, *BANK]) + "\n",
    "content/translations/canal.en.po": po(
        entry(TITLE), entry(CANAL[0], MACHINE, machine=True),
        entry(CANAL[1], AUTHORS, said="approved: project authors"), entry(CANAL[2], DRAFT, fuzzy=True),
    ),
    "content/translations/bank.en.po": po(
        entry(BANK_TITLE, "Central bank raises rates in Kazakhstan"),
        entry(BANK[0], RATES, machine=True),
        entry(BANK[1], "The governor said so.", said="withheld: The figure is missing", fuzzy=True),
    ),
}  # fmt: skip


def make_site(folder: Path) -> Path:
    """The site in `folder`, before its first build."""
    empty_site(folder)
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def desk_of(folder: Path) -> Desk:
    """The desk of the site in `folder`, in this process."""
    places = find_places(str(folder / "site.toml"))
    return Desk(places, lambda: load_settings(places.config), Kept())


class Preview:
    """`serve` on a site, below the sub-path that it is to be published at."""

    def __init__(self, site: Path, *options: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.site, self.origin = site, f"http://127.0.0.1:{self.port}"
        self.address = f"{self.origin}/briefs/"
        command = [sys.executable, "-m", "site_src", "serve", "--port", str(self.port)]
        place = ["--base-url", "https://example.org/briefs/", "--config", str(site / "site.toml"), *options]
        with (site / "preview.log").open("wb") as log:  # a pipe that nobody reads would fill and stop it
            self.child = subprocess.Popen([*command, *place], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until and self.child.poll() is None:
            try:
                urllib.request.urlopen(self.address, timeout=10).close()
                return
            except urllib.error.HTTPError:
                return  # it answers, if only that the first build failed
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        self.child.kill()
        raise AssertionError("the preview did not start")

    def close(self) -> None:
        """End it; raises when it does not."""
        self.child.terminate()
        self.child.wait(10)

    def story(self, page: str = "en", slug: str = "canal") -> str:
        """The address of a story's page."""
        return f"{self.address}{page}/stories/{slug}.html"

    def translations(self, slug: str = "canal") -> Path:
        """The file of a story's translations."""
        return self.site / "content" / "translations" / f"{slug}.en.po"

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of an address, asked with these headers."""
        return self._answer(urllib.request.Request(self.origin + path, headers=headers))

    def post(self, what: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body of a request to the desk, as it is given."""
        return self._answer(urllib.request.Request(f"{self.origin}/.desk/{what}", body, headers, method="POST"))

    @staticmethod
    def _answer(request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return int(answer.status), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def headers(self) -> dict[str, str]:
        """The headers that a page of this preview sends, when a build that failed over a changing file is mended."""
        for _ in range(100):
            page = self.get("/briefs/en/index.html")[1].decode()
            if found := re.search(r'data-token="([^"]+)"', page):
                break
            time.sleep(0.1)
        assert found, page
        return {"Content-Type": "application/json", "Origin": self.origin, "X-Desk-Token": found[1]}

    def ask(self, what: str, headers: dict[str, str], **body: Any) -> Any:
        """The desk's answer to a page in English."""
        status, answer = self.post(what, json.dumps({"page": "en", **body}).encode(), headers)
        assert status == 200, (what, status, answer)
        return json.loads(answer)
