"""Mujaz: saved Arabic news articles in, a bilingual briefing site out."""

__version__ = "0.1.0"
