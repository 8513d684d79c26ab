"""Messages: what mail programs, messengers and networks set around a text that they pass on.

The marks of a quotation, the head of a forwarded message, the fields of a mail, when and by whom a message was sent,
the account that posted it. None of it belongs to the article: subject and day are those of the mail.
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

_QUOTE_MARKS = late(r"(?:>[^\S\n]?)+")
_QUOTED_SHARE = 0.5
"""Share of the lines with text that are quoted in a mail which passes an article on; it has more than this."""
_DATED = late(r"@|\d[:/.-]\d")
"""A part of a day, a time or an address."""
_FIELD = late(r"([^\W\d_]+(?: [^\W\d_]+)?)\s?[:：]\s*(\S.*)")
"""A name and its value, as the fields of a mail."""
_MAIL_LEAST = 3
"""Fields that a mail opens with, at least: who, to whom, when, about what."""
_MESSAGE = late(
    r"[\u200e\u200f]*(?P<stamp>\[[^\[\]]{0,24}\d{1,2}:\d\d[^\[\]]{0,16}\]"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,،]? \d{1,2}:\d\d[^-:]{0,6} [-–]) (?:(?P<who>[^:]{1,40}): )?(?P<says>\S.*)"
)
"""The first line of a message: when and by whom it was sent, and what it says; notices of the messenger name nobody."""
_DAY = late(r"\d[/.-]\d|\d{4}")
"""The day in a stamp; a time without a day is that of a recording, whose answers may be short."""
_MESSAGE_LEAST = 4
"""Words of a message that may be passed on, at least; others are talk around it."""
_HANDLE = late(r"@[A-Za-z0-9_.]{2,40}")
"""The handle of an account, which stands below its name."""
_NAME_MOST = 4
"""Words of the name of an account, at most."""
_RULE_SIGNS = "-_: "
"""The signs that mail programs set around the line above a forwarded message."""
_DIRECTION_MARKS = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_STAMP_STARTS = frozenset("[0123456789٠١٢٣٤٥٦٧٨٩" + _DIRECTION_MARKS)
_ARTICLE_LEAST = 20
"""Words of a message that passes an article on, at least, with all its lines and its stamp."""


def without_mail(page: str, lines: Sequence[Numbered]) -> tuple[Sequence[Numbered], list[Dropped]]:
    """The lines without what mail programs and messengers wrote, and what that was; `page` is the text as a whole."""
    heads: dict[int, str] = {}
    if "\n>" in page and _quotes_most(lines):
        heads = dict(_attributions(lines))
        lines = [
            (number, _QUOTE_MARKS.sub("", text, count=1) if text.startswith(">") else text) for number, text in lines
        ]
    if not _forward_lines().isdisjoint([text.strip(_RULE_SIGNS) for _, text in lines]):
        heads |= _forwarded_heads(lines)
    if any(map(page.__contains__, table("mail")["subjects"])):
        heads |= _answered_head(lines)
    dropped = [Dropped(number, text, "mail-head") for number, text in heads.items()]
    if "\n@" in page:
        accounts = _accounts(lines)
        heads |= accounts
        dropped += [Dropped(number, text, "account") for number, text in accounts.items()]
    if not _STAMP_STARTS.isdisjoint([text[:1] for _, text in lines]) and (messages := _messages(lines)):
        lines, talk = _without_talk(lines, messages)
        dropped += talk
    return [line for line in lines if line[0] not in heads] if heads else lines, dropped


def _messages(lines: Sequence[Numbered]) -> dict[int, re.Match[str]]:
    """The first lines of messages, by their indexes; empty unless somebody sent one of them.

    A single day before a dash is no message, because it may stand above the dateline of an agency.
    """
    matches = (
        (index, _MESSAGE.fullmatch(text)) for index, (_, text) in enumerate(lines) if text and text[0] in _STAMP_STARTS
    )
    messages = {index: match for index, match in matches if match}
    is_dateline = len(messages) == 1 and not any("[" in match["stamp"] for match in messages.values())
    return messages if any(match["who"] for match in messages.values()) and not is_dateline else {}


def _without_talk(
    lines: Sequence[Numbered], messages: Mapping[int, re.Match[str]]
) -> tuple[Sequence[Numbered], list[Dropped]]:
    """The lines without the stamps of messages and without the talk around an article that is passed on.

    Talk is what the messenger says itself, a message of few words, and one shorter than an article beside a message as
    long as one. A line that may be the headline stays where the same person sent the article next.
    """
    edges = [*messages, len(lines)]
    word_counts = [sum(len(text.split()) for _, text in lines[begin:end]) for begin, end in pairwise(edges)]
    holds_article = max(word_counts) >= _ARTICLE_LEAST
    remaining, dropped = [*lines[: edges[0]]], []
    for message_index, (begin, end) in enumerate(pairwise(edges)):
        match, below = messages[begin], lines[begin + 1 : end]
        next_words = word_counts[message_index + 1] if message_index + 1 < len(word_counts) else 0
        is_headline = next_words >= _ARTICLE_LEAST and _is_headline_of(match, messages[edges[message_index + 1]])
        is_talk = holds_article and word_counts[message_index] < _ARTICLE_LEAST and not is_headline
        if not _DAY.search(match["stamp"]):
            remaining += [(lines[begin][0], match["says"]) if match["who"] else lines[begin], *below]
        elif is_talk or not match["who"]:
            dropped += [Dropped(*line, "message") for line in lines[begin:end] if line[1]]
        elif _is_short(match["says"]):
            dropped.append(Dropped(*lines[begin], "message"))
            remaining += below
        else:
            remaining += [(lines[begin][0], match["says"].lstrip(_DIRECTION_MARKS)), *below]
    return remaining, dropped


def _is_short(text: str) -> bool:
    return text.count(" ") < _MESSAGE_LEAST - 1


def _is_headline_of(match: re.Match[str], next_match: re.Match[str]) -> bool:
    """Whether a message may be the headline of the one that the same person sent after it."""
    return match["who"] == next_match["who"] and not (_is_short(match["says"]) or is_finished(match["says"]))


def with_subject(blocks: list[Block]) -> list[Block]:
    """The blocks; in a pasted mail, which opens with its fields, a subject as long as a headline becomes the title."""
    fields: list[re.Match[str]] = []
    for block in blocks:
        if (field := _field(block.text)) is None:
            break
        fields.append(field)
    if len(fields) < _MAIL_LEAST:
        return blocks
    return [*map(_as_headline, blocks, fields), *blocks[len(fields) :]]


def _field(text: str) -> re.Match[str] | None:
    """The match of a line that states a field of a mail, with its name and its value as groups; None of any other."""
    match = _FIELD.fullmatch(text.strip(_DIRECTION_MARKS))
    return match if match and fold(match[1]) in folded_list("mail", "fields") else None


def _quotes_most(lines: Sequence[Numbered]) -> bool:
    """Whether a mail quotes most of its lines."""
    quoted = sum(text.startswith(">") for _, text in lines)
    return quoted > _QUOTED_SHARE * sum(bool(text) for _, text in lines)


def _attributions(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """The lines that say who wrote a quotation and when: right above it, with a colon at the end.

    They mostly hold a day or an address. Programs break such a line in two. Above a quotation inside another one the
    name alone is enough.
    """
    texts = [(number, text, _depth(text)) for number, text in lines if text.strip("> ")]
    below_quotation = False
    for index, ((number, text, depth), (_, _, next_depth)) in enumerate(pairwise(texts)):
        if next_depth > depth and text.endswith(":") and not (below_quotation and not depth):
            first_half = _first_half(texts[index - 1], number) if index else None
            if first_half:
                yield first_half
            if first_half or depth or _DATED.search(text):
                yield number, text
        below_quotation = below_quotation or next_depth > 0


def _first_half(above: tuple[int, str, int], number: int) -> Numbered | None:
    """The line above line `number` if an attribution that was broken in two begins there: unfinished, with a day."""
    above_number, text, _ = above
    is_broken = above_number == number - 1 and not is_finished(text)
    return (above_number, text) if is_broken and _DATED.search(text) else None


def _depth(text: str) -> int:
    """How many quotations a line stands within."""
    marks = _QUOTE_MARKS.match(text) if text.startswith(">") else None
    return marks[0].count(">") if marks else 0


def _forwarded_heads(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """The heads of forwarded messages: a line that announces the message, and the fields right below it.

    What stands above the first such line is of whoever passed the message on, if it is shorter than an article.
    """
    first = next(index for index, (_, text) in enumerate(lines) if text.strip(_RULE_SIGNS) in _forward_lines())
    note = [line for line in lines[:first] if line[1]]
    if sum(len(text.split()) for _, text in note if _field(text) is None) < _ARTICLE_LEAST:
        yield from note
    in_head = False
    for number, text in lines:
        is_field = in_head and (not text or _field(text) is not None)
        in_head = is_field or text.strip(_RULE_SIGNS) in _forward_lines()
        if in_head and text:
            yield number, text


def _answered_head(lines: Sequence[Numbered]) -> Iterator[Numbered]:
    """The head of the message below an answer: its fields, one below the other, and the few words of the answer."""
    answer, fields = list[Numbered](), list[Numbered]()
    for number, text in (*lines, (0, "")):
        if _field(text) is not None:
            fields.append((number, text))
            continue
        if answer and len(fields) >= _MAIL_LEAST:
            if sum(len(line.split()) for _, line in answer) < _ARTICLE_LEAST:
                yield from answer
            yield from fields
            return
        answer, fields = [*answer, *fields, *([(number, text)] if text else ())], []


def _accounts(lines: Sequence[Numbered]) -> dict[int, str]:
    """The names and handles of accounts, by line number, where a post stands below them."""
    last = max((number for number, text in lines if text), default=0)
    accounts = [
        (name, handle)
        for name, handle in pairwise(lines)
        if handle[0] < last and _HANDLE.fullmatch(handle[1]) and _is_name(name[1])
    ]
    return dict(line for account in accounts for line in account)


def _is_name(text: str) -> bool:
    return bool(text) and text.count(" ") < _NAME_MOST and not is_finished(text)


@cache
def _forward_lines() -> frozenset[str]:
    """The lines that announce a forwarded message below them."""
    return frozenset(table("mail")["forwarded"])


def _as_headline(block: Block, field: re.Match[str]) -> Block:
    """The block of a mail's field; a subject as long as a headline as the title."""
    is_subject = fold(field[1]) in fold_all(table("mail")["subjects"])
    is_long = field[2].count(" ") >= table("layout")["measures"]["headline_least"] - 1
    return replace(block, text=field[2], role="title") if is_subject and is_long else block
