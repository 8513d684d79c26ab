"""The desk's pages for articles: topics, copies, paragraphs left out, pasted pages; all of it the editor's word."""
