"""Messages: what mail programs, messengers and networks set around a text that they pass on.

The marks of a quotation, the head of a forwarded message, the fields of a mail, when and by whom a message was sent,
the account that posted it. None of it is of the article: subject and day are those of the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from site_src.model.page import Dropped
from site_src.parse.blocks import Block
from site_src.parse.formats.copied import Numbered
from site_src.parse.lines import is_finished
from site_src.tables import table
from site_src.text.fold import fold, fold_all
from site_src.text.patterns import late
from site_src.text.words import folded_list

_QUOTED = late(r"(?:>[^\S\n]?)+")
_QUOTED_SHARE = 0.5
"""Of the lines with text, those that are quoted in a mail which passes an article on."""
_DATED = late(r"@|\d[:/.-]\d")
_FIELD = late(r"([^\W\d_]+(?: [^\W\d_]+)?)\s?[:：]\s*(\S.*)")
_MAIL_LEAST = 3
"""Fields that a mail opens with, at least: who, to whom, when, about what."""
_SENT = late(
    r"[\u200e\u200f]*(?P<stamp>\[[^\[\]]{0,24}\d{1,2}:\d\d[^\[\]]{0,16}\]"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,،]? \d{1,2}:\d\d[^-:]{0,6} [-–]) (?:(?P<who>[^:]{1,40}): )?(?P<says>\S.*)"
)
"""When a message was sent and by whom, as messengers write it before what it says; nobody sends what they say."""
_DAY = late(r"\d[/.-]\d|\d{4}")
"""A time without a day is that of a recording, and its answers may be short."""
_MESSAGE_LEAST = 4
"""Words of a message from which on it may be what is passed on: others are the talk around it."""
_HANDLE = late(r"@[A-Za-z0-9_.]{2,40}")
"""The address of an account, which stands below its name."""
_NAME_MOST = 4
"""Words of the name of an account, at most."""
_RULED = "-_: "
"""What mail programs set around the line above a forwarded message."""
_DIRECTIONS = "\u200e\u200f"
_STAMPED = frozenset("[0123456789٠١٢٣٤٥٦٧٨٩" + _DIRECTIONS)
_PASSED_LEAST = 20
"""Words of a message that passes an article on, at least, with all its lines and its stamp."""


def without_mail(page: str, lines: Sequence[Numbered]) -> tuple[Sequence[Numbered], list[Dropped]]:
    """The lines without what mail programs and messengers wrote, and what that was; `page` is the text as a whole."""
    heads: dict[int, str] = {}
    if "\n>" in page and _quotes_most(lines):
        heads = dict(_attributions(lines))
        lines = [(number, _QUOTED.sub("", text, count=1) if text.startswith(">") else text) for number, text in lines]
    if not _forwards().isdisjoint([text.strip(_RULED) for _, text in lines]):
        heads |= _heads(lines)
    if any(map(page.__contains__, table("mail")["subjects"])):
        heads |= _heads_within(lines)
    dropped = [Dropped(number, text, "mail-head") for number, text in heads.items()]
    if "\n@" in page:
        accounts = _accounts(lines)
        heads |= accounts
        dropped += [Dropped(number, text, "account") for number, text in accounts.items()]
    if not _STAMPED.isdisjoint([text[:1] for _, text in lines]) and (sent := _messages(lines)):
        lines, talk = _without_talk(lines, sent)
        dropped += talk
    return [line for line in lines if line[0] not in heads] if heads else lines, dropped


def _messages(lines: Sequence[Numbered]) -> dict[int, re.Match[str]]:
    """The first lines of messages, by their places: what a messenger says itself only beside those of somebody.

    One day before a dash may as well stand above the dateline of an agency.
    """
    found = ((place, _SENT.fullmatch(text)) for place, (_, text) in enumerate(lines) if text and text[0] in _STAMPED)
    sent = {place: match for place, match in found if match}
    alone = len(sent) == 1 and not any("[" in match["stamp"] for match in sent.values())
    return sent if any(match["who"] for match in sent.values()) and not alone else {}


def _without_talk(
    lines: Sequence[Numbered], sent: Mapping[int, re.Match[str]]
) -> tuple[Sequence[Numbered], list[Dropped]]:
    """The lines without when and by whom each message was sent, and without the talk around what is passed on.

    Talk is what the messenger says itself, a message of few words, and one of fewer than an article has beside a
    message that has as many; a line that may be the headline stays where the article follows from the same hand.
    """
    edges = [*sent, len(lines)]
    counted = [sum(len(text.split()) for _, text in lines[a:b]) for a, b in pairwise(edges)]
    passes_on = max(counted) >= _PASSED_LEAST
    kept, dropped = [*lines[: edges[0]]], []
    for at, (place, end) in enumerate(pairwise(edges)):
        match, below = sent[place], lines[place + 1 : end]
        is_head = at + 1 < len(counted) and counted[at + 1] >= _PASSED_LEAST and _is_head_of(match, sent[edges[at + 1]])
        short = passes_on and counted[at] < _PASSED_LEAST and not is_head
        if not _DAY.search(match["stamp"]):
            kept += [(lines[place][0], match["says"]) if match["who"] else lines[place], *below]
        elif short or not match["who"]:
            dropped += [Dropped(*line, "message") for line in lines[place:end] if line[1]]
        elif _is_short(match["says"]):
            dropped.append(Dropped(*lines[place], "message"))
            kept += below
        else:
            kept += [(lines[place][0], match["says"].lstrip(_DIRECTIONS)), *below]
    return kept, dropped


def _is_short(says: str) -> bool:
    return says.count(" ") < _MESSAGE_LEAST - 1


def _is_head_of(match: re.Match[str], after: re.Match[str]) -> bool:
    """Whether a message may be the headline of the one that the same person sent after it."""
    return match["who"] == after["who"] and not (_is_short(match["says"]) or is_finished(match["says"]))


def with_subject(blocks: list[Block]) -> list[Block]:
    """The blocks; of a pasted mail, which opens with its fields, the subject as headline if it is as long as one."""
    head: list[re.Match[str]] = []
    for block in blocks:
        if (match := _field(block.text)) is None:
            break
        head.append(match)
    if len(head) < _MAIL_LEAST:
        return blocks
    return [*map(_as_headline, blocks, head), *blocks[len(head) :]]


def _field(text: str) -> re.Match[str] | None:
    """A line that states a field of a mail: its name and its value."""
    match = _FIELD.fullmatch(text)
    return match if match and fold(match[1]) in folded_list("mail", "fields") else None


def _quotes_most(lines: Sequence[Numbered]) -> bool:
    """Whether a mail quotes most of its lines."""
    quoted = sum(text.startswith(">") for _, text in lines)
    return quoted > _QUOTED_SHARE * sum(bool(text) for _, text in lines)


def _attributions(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """Who wrote what is quoted, and when: right above a quotation, before a colon and mostly with a day or an address.

    Programs break such a line in two. Above a quotation within another the name alone is enough.
    """
    said = [(number, text, _depth(text)) for number, text in lines if text.strip("> ")]
    quoting = False
    for place, ((number, text, depth), (_, _, below)) in enumerate(pairwise(said)):
        if below > depth and text.endswith(":") and not (quoting and not depth):
            broken = place and said[place - 1][0] == number - 1 and not is_finished(said[place - 1][1])
            above = said[place - 1][:2] if broken and _DATED.search(said[place - 1][1]) else None
            if above:
                yield above
            if above or depth or _DATED.search(text):
                yield number, text
        quoting = quoting or below > 0


def _depth(text: str) -> int:
    """How many quotations a line stands within."""
    quoted = _QUOTED.match(text) if text.startswith(">") else None
    return quoted[0].count(">") if quoted else 0


def _heads(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """The heads of forwarded messages: a line that says so, and the fields right below it."""
    within = False
    for number, text in lines:
        goes_on = within and (not text or _field(text) is not None)
        within = goes_on or text.strip(_RULED) in _forwards()
        if within and text:
            yield number, text


def _heads_within(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """The head of the message below an answer: its fields, one below the other, and the few words of the answer."""
    above, run = list[Numbered](), list[Numbered]()
    for number, text in (*lines, (0, "")):
        if _field(text) is not None:
            run.append((number, text))
            continue
        if above and len(run) >= _MAIL_LEAST:
            yield from (above if sum(len(said.split()) for _, said in above) < _PASSED_LEAST else ())
            yield from run
            return
        above, run = [*above, *run, *([(number, text)] if text else ())], []


def _accounts(lines: Sequence[Numbered]) -> dict[int, str]:
    """The names of accounts and their addresses, by line, where a post stands below them."""
    last = max((number for number, text in lines if text), default=0)
    named = [
        (name, handle)
        for name, handle in pairwise(lines)
        if handle[0] < last and _HANDLE.fullmatch(handle[1]) and _is_name(name[1])
    ]
    return dict(line for pair in named for line in pair)


def _is_name(text: str) -> bool:
    return bool(text) and text.count(" ") < _NAME_MOST and not is_finished(text)


@cache
def _forwards() -> frozenset[str]:
    """What says that a message is forwarded below it."""
    return frozenset(table("mail")["forwarded"])


def _as_headline(block: Block, field: re.Match[str]) -> Block:
    named = fold(field[1]) in fold_all(table("mail")["subjects"])
    is_long = field[2].count(" ") >= table("layout")["measures"]["headline_least"] - 1
    return replace(block, text=field[2], role="title") if named and is_long else block
