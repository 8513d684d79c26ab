"""The desk's pages for articles: topics, copies, fields, paragraphs, pasted pages and names."""
