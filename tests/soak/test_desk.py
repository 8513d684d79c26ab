"""The desk at work for long: hundreds of decisions, with files changed by hand in between, and not a word lost."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import polib
import pytest
import support_desk as site

pytestmark = pytest.mark.soak
EDITS = 500
PLACES = [("canal", number) for number in range(4)] + [("bank", number) for number in range(3)]


def test_no_decision_and_no_change_by_hand_is_lost(tmp_path: Path, chance: random.Random) -> None:
    """Every sentence ends as its last accepted writer left it; what was not accepted was told, and changed nothing."""
    preview = site.Preview(site.make_site(tmp_path))
    try:
        work = Work(preview, chance)
        for number in range(EDITS):
            work.step(number)
        print(f"{EDITS} decisions: {dict(work.told)}")
        work.compare()
    finally:
        preview.close()


class Work:
    """An editor at the desk and another one at the files, with a list of what each sentence must say."""

    def __init__(self, preview: site.Preview, chance: random.Random) -> None:
        self.preview, self.chance, self.headers = preview, chance, preview.headers()
        self.told: Counter[str] = Counter()
        self.expected: dict[tuple[str, int], str] = {}
        self.known: dict[tuple[str, int], dict[str, Any]] = {}
        for slug in ("canal", "bank"):
            self.look(slug)

    def look(self, slug: str) -> None:
        """Load the page of a story."""
        for one in self.preview.ask("look", self.headers, slug=slug)["segments"]:
            self.known[slug, one["number"]] = one
            self.expected.setdefault((slug, one["number"]), one["text"])

    def step(self, number: int) -> None:
        """Perhaps a change by hand, then a decision on what the page last knew."""
        place = self.chance.choice(PLACES)
        stale = self.chance.random() < 0.3 and self.by_hand(place, f"By hand {number}.")
        action = self.chance.choice(("approve", "draft", "withhold", "return"))
        text = f"At the desk {number}." if action != "return" else ""
        at = {"slug": place[0], "lang": "en", "number": place[1], "mark": self.known[place]["mark"]}
        answer = self.preview.ask("decide", self.headers, **at, action=action, text=text, reason="why", sure=True)
        self.told[answer["kind"]] += 1
        assert answer["kind"] == ("conflict" if stale else "saved"), (place, action, answer)
        if stale:
            assert answer["segment"]["text"] == self.expected[place]
        else:
            self.expected[place] = answer["segment"]["text"]
            assert text in ("", answer["segment"]["text"])
        self.known[place] = answer["segment"]
        if self.chance.random() < 0.1:
            self.compare()

    def by_hand(self, place: tuple[str, int], text: str) -> bool:
        """Change another line of the file, or this very sentence: only that makes the page's knowledge old."""
        path = self.preview.translations(place[0])
        same = self.chance.random() < 0.5
        found = polib.pofile(str(path), wrapwidth=0)
        chosen = place if same else self.chance.choice([one for one in PLACES if one[0] == place[0] and one != place])
        entry = self.entry(found, chosen)
        entry.msgstr, entry.flags = text, []
        entry.tcomment = ""
        path.write_text(str(found) + "\n", "utf-8")
        self.expected[chosen] = text
        self.told["by hand"] += 1
        if not same:
            self.look(place[0])
        return same

    def compare(self) -> None:
        """The files say what they must, each sentence in its own words."""
        for slug in ("canal", "bank"):
            found = polib.pofile(str(self.preview.translations(slug)))
            for place in PLACES:
                if place[0] == slug:
                    assert self.entry(found, place).msgstr == self.expected[place], place

    def entry(self, found: polib.POFile, place: tuple[str, int]) -> polib.POEntry:
        """The entry of a sentence in its story's file."""
        sources = {"canal": (site.TITLE, *site.CANAL), "bank": (site.BANK_TITLE, *site.BANK)}
        entry = found.find(sources[place[0]][place[1]])
        assert entry
        return entry
