"""The head of an article: its headline, and what else stands above its text."""
