"""Times the parser: CPU milliseconds for an article by how it was saved, and how time and memory grow with its length.

    python benchmarks/parse.py [-n 20] [--rounds 50] [--core N]

Articles come from `corpus.py`; the best round of each counts, scaled to 400 words: decoding, parsing and sketching. The
last figure of a line is what a build pays: the mean of articles that are read once, one after the other. Pages of six
shapes are made at 0.5, 1 and 2 MB, each parsed in a process of its own: CPU seconds of `parse_page`, and the peak of
that process's memory.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

sys.path.append(str(Path(__file__).parent.parent))

from corpus import Text, page, texts, wrap

from site_src.model.page import RawPage
from site_src.parse import parse_page
from site_src.read import decode
from site_src.text.shingles import sketch

WORDS = 400
SIZES = (500_000, 1_000_000, 2_000_000)
SENTENCE = "وأكدت الوزارة في بيانها أن العمل في المشروع الجديد سيبدأ خلال الأشهر القليلة المقبلة بعد إقرار الميزانية."
HEADLINE = "شركة الطاقة الوطنية تعلن نتائج الربع الأول من العام"


def sentences(count: int) -> list[str]:
    """`count` sentences, each with a number of its own."""
    rng = random.Random(count)
    return [f"{SENTENCE[:-1]} رقم {rng.randrange(10**6)}." for _ in range(count)]


def paragraphs(size: int) -> str:
    every = sentences(size // 110)
    return "\n\n".join(" ".join(every[start : start + 4]) for start in range(0, len(every), 4))


def one_line(size: int) -> str:
    return " ".join(sentences(size // 110))


def read_also(size: int) -> str:
    return "\n".join(f"اقرأ أيضا:\n{HEADLINE} {number}" for number in range(size // 65))


def headlines_above(size: int) -> str:
    head = "\n".join(f"{HEADLINE} {number}" for number in range(size // 55))
    return f"{head}\n{paragraphs(5000)}"


def hard_wrap(size: int) -> str:
    words = " ".join(sentences(size // 110)).split(" ")
    return "\n".join(" ".join(words[start : start + 9]) for start in range(0, len(words), 9))


def html(size: int) -> str:
    body = "".join(f"<p>{text}</p><div class='x'><a href='#'>{HEADLINE}</a></div>" for text in sentences(size // 210))
    return f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><div>{body}</div></body></html>"


SHAPES: dict[str, Callable[[int], str]] = {
    "paragraphs": paragraphs,
    "one line": one_line,
    "read-also headlines": read_also,
    "headlines above": headlines_above,
    "hard-wrapped": hard_wrap,
    "html": html,
}


def paste(text: Text) -> str:
    return page(text, random.Random(text.file), 0)


def paste_with_junk(text: Text) -> str:
    return page(text, random.Random(text.file), 1)


def wrap_lines(text: Text) -> str:
    return "\n\n".join([text.title, *(wrap(paragraph, random.Random(text.file)) for paragraph in text.paragraphs)])


def save_html(text: Text) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.paragraphs)
    head = f"<html lang=ar><head><title>{text.title}</title></head>"
    return (
        f"{head}<body><nav><a href='/'>الرئيسية</a></nav><article><h1>{text.title}</h1>{body}</article></body></html>"
    )


FORMS: dict[str, tuple[str, Callable[[Text], str]]] = {
    "pasted": ("a.txt", paste),
    "pasted with junk": ("a.txt", paste_with_junk),
    "pasted, hard-wrapped": ("a.txt", wrap_lines),
    "Markdown": ("a.md", lambda text: f"# {paste(text)}"),
    "HTML": ("a.html", save_html),
}


def large(shape: str, size: int) -> RawPage:
    """A page of this shape, of about `size` bytes of UTF-8."""
    make = SHAPES[shape]
    sample = make(100_000)
    text = make(int(size * 100_000 / len(sample.encode())))
    form: Literal["html", "text"] = "html" if shape == "html" else "text"
    return RawPage(f"{shape}.txt", form, "utf-8", text)


def measure(shape: str, size: int) -> tuple[float, float]:
    """The CPU seconds of parsing one large page, and the peak of this process's memory in MB."""
    raw_page = large(shape, size)
    start = time.process_time()
    parse_page(raw_page, ("ar",))
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def article_times(form: str, count: int, rounds: int) -> list[float]:
    """Milliseconds for 400 words of each article saved in this form in its best round, the shortest first."""
    name, write = FORMS[form]
    times = []
    for text in texts(count, 7):
        raw = write(text).encode()
        times.append(min(_seconds(name, raw) for _ in range(rounds)) * 1000 * WORDS / _word_count(text))
    return sorted(times)


def read_once(form: str, count: int) -> float:
    """Mean milliseconds for 400 words of articles saved in this form, each read once after 30 others were read."""
    name, write = FORMS[form]
    sample = list(texts(30 + count, 7))
    seconds = [_seconds(name, write(text).encode()) for text in sample]
    return sum(seconds[30:]) * 1000 * WORDS / sum(map(_word_count, sample[30:]))


def _word_count(text: Text) -> int:
    return sum(len(paragraph.split()) for paragraph in text.paragraphs)


def _seconds(name: str, raw: bytes) -> float:
    """The CPU seconds of decoding, parsing and sketching one file."""
    start = time.process_time()
    raw_page = decode(name, raw)
    assert isinstance(raw_page, RawPage)
    for article in parse_page(raw_page, ("ar",)).articles:
        sketch(article)
    return time.process_time() - start


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20, help="articles")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--core", type=int, help="pin to this core")
    options = parser.parse_args()
    if options.core is not None:
        os.sched_setaffinity(0, {options.core})
    for form in FORMS:
        times = article_times(form, options.n, options.rounds)
        median, once = times[len(times) // 2], read_once(form, 200)
        print(f"400 words, {form}: median {median:.2f} ms, best {times[0]:.2f}, worst {times[-1]:.2f}; once {once:.2f}")
    print(f"{'CPU seconds (MB peak)':24}" + "".join(f"{size / 1e6:>16.1f} MB" for size in SIZES))
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for shape in SHAPES:
            cells = (pool.apply(measure, (shape, size)) for size in SIZES)
            print(f"{shape:24}" + "".join(f"{cpu:>10.2f} ({peak:>4.0f})  " for cpu, peak in cells), flush=True)


if __name__ == "__main__":
    main()
