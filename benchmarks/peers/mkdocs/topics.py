"""Gives the templates the topics of the site."""

import json
from pathlib import Path


def on_config(config):
    config.extra["topics"] = json.loads(Path("topics.json").read_text("utf-8"))
