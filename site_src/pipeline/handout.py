"""Hand-outs of a site: the first half of a build, frozen, and one file of what it gives."""

from __future__ import annotations

from contextlib import closing

from site_src.errors import UsageError
from site_src.pipeline.briefs import make_facts
from site_src.pipeline.desk import open_desk
from site_src.pipeline.languages import translate
from site_src.pipeline.report import nobody
from site_src.places import Places
from site_src.publish import publish
from site_src.render.handout import Choice, handout
from site_src.settings import Settings
from site_src.store import Store


def make_handout(places: Places, settings: Settings, choice: Choice) -> str:
    """The chosen briefings in one text; opens no engine and writes nothing.

    Raises `UsageError` for a topic that is not there.
    """
    topics = [topic.slug for topic in settings.topics]
    if choice.topic and choice.topic not in topics:
        raise UsageError(f"--topic {choice.topic}: there is no such topic; the topics are {', '.join(topics)}.")
    with closing(Store(places.cache)) as store:
        desk = open_desk(places, settings, store, "", nobody)
        translated = translate(desk.briefs, places, settings, desk.names, store, frozen=True, watch=nobody)
        publication = publish(translated.editions, desk.record, desk.names.book.names, settings.topics)
        facts = make_facts(desk.briefs, desk.names.book)
    return handout(publication, settings, desk.names.book, facts, places.templates, choice)
