"""Formats: a decoded page of each format to `Blocks`, with what the markup, a mail or a print says of its lines."""
