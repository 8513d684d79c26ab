"""One file of chosen briefings, made from the first half of a frozen build."""

from __future__ import annotations

from contextlib import closing

from msgspec.structs import replace

from site_src.errors import UsageError, did_you_mean
from site_src.pipeline.opening import open_publication, open_stories
from site_src.pipeline.printing import print_pdf
from site_src.places import Places
from site_src.render.handout import Choice, handout
from site_src.settings import Settings
from site_src.store import Store


def make_handout(places: Places, settings: Settings, choice: Choice) -> bytes:
    """The chosen briefings in one file; opens no engine and writes nothing.

    Raises `UsageError` for a topic that is not there, `MujazError` where a format needs what is not installed.
    """
    topics = [topic.slug for topic in settings.topics]
    if choice.topic and choice.topic not in topics:
        hint = did_you_mean(choice.topic, topics, f"the topics are {', '.join(topics)}.")
        raise UsageError(f"--topic {choice.topic}: there is no such topic{hint}")
    with closing(Store(places.cache)) as store:
        opened = open_stories(places, settings, store)
        _, publication = open_publication(opened)
    page = replace(choice, format="html") if choice.format == "pdf" else choice
    made = handout(publication, settings, opened.names.book, opened.facts, places.templates, page)
    return print_pdf(made) if choice.format == "pdf" else made
