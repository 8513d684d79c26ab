"""What builds have remembered of the stories that a step made, joined or renamed: it is taken back with the step."""

from __future__ import annotations

from collections.abc import Collection

from site_src.places import Places
from site_src.record import Record, change_record
from site_src.serve.desk.steps import Change, locked, write
from site_src.text.decode import marked
from site_src.translate.po import parse_po
from site_src.translate.po.lines import PoSyntaxError


def restore_record(places: Places, before: Record, texts: Collection[str]) -> None:
    """Make the record say of the stories what it said `before` a step that has just been taken back.

    `texts` are the hashes of the texts that the site has now. The translation files of stories that only that step had
    made move to the backup folder, unless a person wrote in them. Raises `MujazError` where the file is no record, and
    OSError where a translation file cannot be moved; a record that cannot be written is named by the next build.
    """
    gone: set[str] = set()

    def restore(now: Record) -> Record:
        restored = record_before(before, now, texts)
        gone.update(now.by_slug.keys() - restored.by_slug.keys())
        return restored

    if change_record(places.record, restore):
        return
    with locked([path for slug in gone for path in places.translations.glob(f"{slug}.*.po")]) as contents:
        write([Change(path, content, None) for path, content in contents.items() if not _has_human_words(content)])


def record_before(before: Record, now: Record, texts: Collection[str]) -> Record:
    """The record as it was `before`, except for stories whose texts are new since then and among `texts`.

    It stays as it is `now` where the brief was closed since: what readers were last told is not taken back.
    """
    known_briefs = [entry.brief for entry in before.entries]
    if any(entry.brief not in known_briefs for entry in now.entries if entry.brief):
        return now
    known_texts = {text for entry in before.entries for text in entry.members}
    new = [entry for entry in now.entries if known_texts.isdisjoint(entry.members) and set(entry.members) & {*texts}]
    by_slug = {**before.by_slug, **{entry.slug: entry for entry in new}}
    return Record(tuple(by_slug[slug] for slug in sorted(by_slug)))


def _has_human_words(content: bytes | None) -> bool:
    """Whether a translation file may hold words that a person wrote; one that cannot be read may."""
    try:
        file = parse_po("", marked(content or b"")[1], "")
    except (UnicodeError, PoSyntaxError):
        return True
    return bool(file.problems) or any(
        entry.comments or (entry.text.strip() and not entry.untouched) for entry in file.entries
    )
