"""Junk: lines that are not text of an article, known by a phrase, by their shape or by the lines around them."""
