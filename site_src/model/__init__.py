"""The values that pass between the stages: frozen, complete when made, never filled in later.

    bytes -> RawPage -> Article* -> Story* -> Brief* -> Edition* -> Publication -> Recipe* -> files
             page       page        story     brief     edition     publication    output

`fields` and `names` are parts of them, `report` is what a build says of itself. Who needs a value imports its module:
a build that has nothing to do loads the report alone.

Every span (`start`, `end`) counts characters of the paragraph text it belongs to, end exclusive. What a story has by
the dozen (mentions, figures, sayings, sentences, facts) are named tuples: a quarter of the time to make, less to keep.
"""
