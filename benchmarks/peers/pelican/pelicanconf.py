"""The whole site in two languages, with topics as categories of one language each ("energy-ar")."""

import json
from pathlib import Path

SITENAME = "Mujaz"
SITEURL = "https://example.org"
DEFAULT_LANG = "ar"
TIMEZONE = "UTC"
THEME = "theme"
TOPICS = json.loads(Path("topics.json").read_text("utf-8"))
ARTICLE_PATHS = [""]
STATIC_PATHS = PAGE_PATHS = THEME_STATIC_PATHS = []

# A story's two languages are two articles; the templates link them.
ARTICLE_TRANSLATION_ID = None
ARTICLE_URL = ARTICLE_LANG_URL = "{lang}/stories/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{lang}/stories/{slug}/index.html"
CATEGORY_URL = "topics/{slug}/"
CATEGORY_SAVE_AS = "topics/{slug}/index.html"
ARCHIVES_SAVE_AS = AUTHOR_SAVE_AS = TAG_SAVE_AS = ""
DIRECT_TEMPLATES = ["home_ar", "home_en"]
HOME_AR_SAVE_AS = "ar/index.html"
HOME_EN_SAVE_AS = "en/index.html"
DEFAULT_PAGINATION = False

FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = "{lang}/feed.xml"
FEED_MAX_ITEMS = 50
