"""Split: where on a page one article ends and another begins."""
