"""Paragraphs: lines that a program broke are joined, lines that it glued are cut."""
