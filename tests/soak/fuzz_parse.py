"""Parse damaged and invented pages for as long as asked; any exception, and any page that takes too long, is shown.

    python tests/soak/fuzz_parse.py [--minutes 10] [--seed N]

Pages are cut, spliced and sprinkled with marks from the case library. The seed is printed first, so that a fault can be
met again; the exit code is 1 when there was one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent.parent))

from site_src.model.page import RawPage
from site_src.parse import parse_page
from site_src.read import decode

PAGES = Path(__file__).parent.parent / "pages"
SOURCES = [path.read_bytes() for path in sorted(PAGES.glob("*/source.*")) if path.suffix != ".toml"]
NAMES = ("a.txt", "a.md", "a.html", "a.mht", "a")
CODECS = ("utf-8", "utf-16", "cp1256", "iso8859_6")
TAGS = "<p> </p> <div> </div> <article> </article> <h1> <h2> <table> <tr> <td> <br> <time <script> </script> <li> </a>"
SIGNS = (
    "< > & &# &amp; <!-- --> <![CDATA[ ]]> <a[href=x> --- +++ # - | * ` ![ ]( ) [ ** __ ~~~ : ، . ؟ « » “ ( / • © \\"
)
MARKS = tuple(f"{TAGS} {SIGNS}".split())
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآ0123456789٠١٢ abcXYZ\u200f\u200b\u064b\ufefb\u0000\ud800\t\n\n\n"
SLOW = 3.0
"""CPU seconds after which a page of a few kilobytes counts as a fault."""


def piece(chance: random.Random) -> bytes:
    """A run of lines of some page, or of invented text."""
    if chance.random() < 0.8:
        source = chance.choice(SOURCES)
        begin = chance.randrange(len(source))
        return source[begin : begin + chance.randrange(1, 4000)]
    text = "".join(chance.choice(LETTERS) for _ in range(chance.randrange(200)))
    return text.encode(chance.choice(CODECS), "replace")


def page(chance: random.Random) -> bytes:
    """A page of a few pieces, some of them said again and again, with marks between and bytes changed."""
    parts: list[bytes] = []
    for _ in range(chance.randrange(1, 7)):
        parts.append(piece(chance) * (chance.randrange(1, 30) if chance.random() < 0.1 else 1))
        parts.append((chance.choice(MARKS) * chance.randrange(4)).encode())
    raw = bytearray(b"\n".join(parts))
    for _ in range(chance.randrange(8) if raw else 0):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def fault(raw: bytes, name: str) -> str:
    """What went wrong with these bytes under this name, "" when nothing did."""
    begin = time.process_time()
    try:
        read = decode(name, raw)
        if isinstance(read, RawPage):
            parse_page(read, ("ar",))
    except Exception:
        return traceback.format_exc()
    spent = time.process_time() - begin
    return f"{spent:.1f} CPU seconds for {len(raw)} bytes" if spent > SLOW else ""


def main() -> int:
    """Run until the time is over; 1 when there was a fault."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    asked = options.parse_args()
    print(f"seed {asked.seed}", flush=True)
    chance, end, count, faults = random.Random(asked.seed), time.monotonic() + asked.minutes * 60, 0, 0
    while time.monotonic() < end:
        raw, name = page(chance), chance.choice(NAMES)
        count += 1
        if found := fault(raw, name):
            faults += 1
            print(f"page {count}, {name}: {found}{raw[:300]!r}", flush=True)
    print(f"{count} pages, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
