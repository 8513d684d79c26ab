"""Phrases, thresholds and word lists: TOML tables beside this file, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name` ("markers" reads `markers.toml`); callers must not change it."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
