"""The whole site in two languages: stories are posts, topics are categories."""

import json
import os
from pathlib import Path

BLOG_AUTHOR = BLOG_TITLE = BLOG_DESCRIPTION = "Mujaz"
BLOG_EMAIL = ""
SITE_URL = "https://example.org/"
TIMEZONE = "UTC"
DEFAULT_LANG = "ar"
TRANSLATIONS = {"ar": "./ar", "en": "./en"}
NAVIGATION_LINKS = {"ar": (), "en": ()}
THEME = "briefing"
GLOBAL_CONTEXT = {"topics_of_site": json.loads(Path("topics.json").read_text("utf-8"))}
OUTPUT_FOLDER = os.environ["SITE_OUT"]
CACHE_FOLDER = os.environ["SITE_STATE"]

POSTS = (("posts/*.md", "stories", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = []
CATEGORY_ALLOW_HIERARCHIES = CATEGORY_PAGES_ARE_INDEXES = False
CATEGORY_PREFIX = ""
INDEX_DISPLAY_POST_COUNT = 100_000
FEED_LENGTH = 50
FEED_TEASERS = True
GENERATE_ATOM = False
GENERATE_RSS = True
COPY_SOURCES = SHOW_SOURCELINK = USE_BUNDLES = False
FILES_FOLDERS = IMAGE_FOLDERS = LISTINGS_FOLDERS = GALLERY_FOLDERS = {}
DISABLED_PLUGINS = [
    "classify_archive",
    "classify_authors",
    "classify_sections",
    "classify_tags",
    "copy_assets",
    "create_bundles",
    "render_galleries",
    "render_listings",
    "robots",
    "scale_images",
    "sitemap",
]
