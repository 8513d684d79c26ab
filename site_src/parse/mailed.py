"""Mailed: what mail programs, messengers and networks set around a text that they pass on.

The marks of a quotation, the head of a forwarded message, the fields of a mail, when and by whom a message was sent,
the account that posted it. None of it is of the article: subject and day are those of the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from site_src.model.page import Dropped
from site_src.parse.blocks import Block
from site_src.parse.copied import Numbered
from site_src.parse.lines import is_finished
from site_src.tables import table
from site_src.text.fold import fold, fold_all
from site_src.text.patterns import compiled, late

_QUOTED = late(r"(?:>[^\S\n]?)+")
_QUOTED_SHARE = 0.5
"""Of the lines with text, those that are quoted in a mail which passes an article on."""
_FIELD = late(r"([^\W\d_]+(?: [^\W\d_]+)?)\s?[:：]\s*(\S.*)")
_MAIL_LEAST = 3
"""Fields that a mail opens with, at least: who, to whom, when, about what."""
_SENT = late(
    r"(\[[^\[\]]{0,14}\d{1,2}:\d\d[^\[\]]{0,16}\]|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,،] \d{1,2}:\d\d[^-:]{0,4} -)"
    r" [^:]{1,40}: (\S.*)"
)
"""When a message was sent and by whom, as messengers write it before what it says."""
_DAY = late(r"\d[/.-]\d")
"""A time without a day is that of a recording, and its answers may be short."""
_MESSAGE_LEAST = 4
"""Words of a message from which on it may be what is passed on: others are the talk around it."""
_HANDLE = late(r"@[A-Za-z0-9_.]{2,40}")
"""The address of an account, which stands below its name."""
_NAME_MOST = 4
"""Words of the name of an account, at most."""
_STAMPED = frozenset("[0123456789٠١٢٣٤٥٦٧٨٩")


def without_mail(page: str, lines: Sequence[Numbered]) -> tuple[Sequence[Numbered], list[Dropped]]:
    """The lines without what mail programs and messengers wrote, and what that was; `page` is the text as a whole."""
    if "\n>" in page:
        lines = _unquoted(lines)
    heads = dict(_heads(lines)) if any(map(page.__contains__, table("mail")["forwarded"])) else {}
    dropped = [Dropped(number, text, "mail-head") for number, text in heads.items()]
    if "\n@" in page:
        accounts = _accounts(lines)
        heads |= accounts
        dropped += [Dropped(number, text, "account") for number, text in accounts.items()]
    kept: list[Numbered] = []
    for number, text in lines:
        if text and text[0] in _STAMPED and (sent := _SENT.fullmatch(text)):
            if sent[2].count(" ") >= _MESSAGE_LEAST - 1:
                text = sent[2]
            elif _DAY.search(sent[1]):
                dropped.append(Dropped(number, text, "message"))
                continue
        if number not in heads:
            kept.append((number, text))
    return kept, dropped


def with_subject(blocks: list[Block]) -> list[Block]:
    """The blocks; of a pasted mail, which opens with its fields, the subject as headline if it is as long as one."""
    head = [match for block in blocks[:1] if (match := _FIELD.fullmatch(block.text)) and fold(match[1]) in _fields()]
    for block in blocks[1:] if head else ():
        match = _FIELD.fullmatch(block.text)
        if match is None or fold(match[1]) not in _fields():
            break
        head.append(match)
    if len(head) < _MAIL_LEAST:
        return blocks
    return [*map(_as_headline, blocks, head), *blocks[len(head) :]]


def _unquoted(lines: Sequence[Numbered]) -> Sequence[Numbered]:
    """The lines without the marks of a quotation, where a mail quotes most of them."""
    quoted = sum(text.startswith(">") for _, text in lines)
    if quoted <= _QUOTED_SHARE * sum(bool(text) for _, text in lines):
        return lines
    return [(number, _QUOTED.sub("", text, count=1) if text.startswith(">") else text) for number, text in lines]


def _heads(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """The heads of forwarded messages: a line that says so, and the fields right below it."""
    within = False
    for number, text in lines:
        field = _FIELD.fullmatch(text) if within else None
        within = (
            bool(_forwards().fullmatch(text))
            or (within and not text)
            or (field is not None and fold(field[1]) in _fields())
        )
        if within and text:
            yield number, text


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
def _forwards() -> re.Pattern[str]:
    marks = "|".join(map(re.escape, table("mail")["forwarded"]))
    return compiled(rf"[-_ ]{{0,60}}(?:{marks})[-_: ]{{0,60}}")


@cache
def _fields() -> frozenset[str]:
    return frozenset(fold_all(table("mail")["fields"]))


def _as_headline(block: Block, field: re.Match[str]) -> Block:
    named = fold(field[1]) in fold_all(table("mail")["subjects"])
    is_long = field[2].count(" ") >= table("layout")["measures"]["headline_least"] - 1
    return replace(block, text=field[2], role="title") if named and is_long else block
