"""Limits by which markup is judged, by their names in `tables/html.toml`."""

from __future__ import annotations

from site_src.tables import table

LIMITS: dict[str, float] = table("html")["limits"]
