"""Times whole builds of N raw pages, each in a process of its own: cold, nothing changed, one article changed.

    python benchmarks/build.py [-n 1000] [--seed 7] [--rounds 3] [--in FOLDER]

The site is the shipped one with generated pages (`corpus.py`) in place of its articles, and with the stories of no
topic published too. Nothing is translated, so every English sentence waits. The best of the rounds counts: other
processes can only make a build slower. Pin it to one core (`taskset -c 1`) for figures that can be compared.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from processes import Cost, ProcessError
from processes import run as run_process

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent


def run(*command: str) -> Cost:
    """Run a command of this Python; raises SystemExit where it fails."""
    try:
        with tempfile.NamedTemporaryFile(suffix=".log") as log:
            return run_process([sys.executable, *command], HERE, {}, Path(log.name))
    except ProcessError as failure:
        raise SystemExit(f"{' '.join(command)}: {failure}") from failure


def best(costs: list[Cost]) -> Cost:
    """The shortest times, and the highest peak, since memory does not depend on other processes."""
    return Cost(min(c.cpu for c in costs), min(c.wall for c in costs), max(c.peak for c in costs))


def make_site(folder: Path, count: int, seed: int) -> None:
    """Copy the shipped site to `folder`, with `count` generated pages as its articles."""
    content = folder / "content"
    (content / "articles").mkdir(parents=True)
    shutil.copytree(ROOT / "content" / "pages", content / "pages")
    shutil.copy(ROOT / "content" / "names.toml", content)
    settings = (ROOT / "site.toml").read_text("utf-8").replace('# unsorted = "report"', 'unsorted = "site"')
    (folder / "site.toml").write_text(settings, "utf-8")
    run(str(HERE / "corpus.py"), str(content / "articles"), "-n", str(count), "--seed", str(seed))
    (content / "articles" / "truth.jsonl").unlink()


def build(folder: Path) -> Cost:
    return run(str(ROOT / "build.py"), "build", "--config", str(folder / "site.toml"), "--frozen", "--quiet")


def clear(folder: Path) -> None:
    """Remove all that earlier builds wrote."""
    for name in ("_site", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


def change_one(folder: Path) -> None:
    """Add a paragraph to the article in the middle of the corpus."""
    pages = sorted((folder / "content" / "articles").glob("*.txt"))
    with pages[len(pages) // 2].open("a", encoding="utf-8") as page:
        page.write("\n\nوأضاف المصدر أن الأعمال ستبدأ في موعدها المقرر.\n")


def measure(folder: Path, rounds: int) -> Iterator[tuple[str, Cost]]:
    """The name and the best cost of each of the three kinds of build."""
    cold, same, changed = [], [], []
    for _ in range(rounds):
        clear(folder)
        cold.append(build(folder))
        same += [build(folder) for _ in range(3)]
        change_one(folder)
        changed.append(build(folder))
    yield "cold", best(cold)
    yield "nothing changed", best(same)
    yield "one article changed", best(changed)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time whole builds.")
    parser.add_argument("-n", type=int, default=1000, help="raw pages (1000)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--in", dest="parent", default=None, metavar="FOLDER", help="where to work (/dev/shm is memory)"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.parent) as name:
        folder = Path(name)
        make_site(folder, options.n, options.seed)
        print(f"| {options.n:,} raw pages | CPU s | wall s | peak MiB |\n|---|---|---|---|")
        for kind, cost in measure(folder, options.rounds):
            print(f"| {kind} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.peak:.0f} |", flush=True)
        print(f"\n{sum(1 for _ in (folder / '_site').rglob('*.html')):,} pages of HTML")


if __name__ == "__main__":
    main()
