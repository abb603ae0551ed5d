"""Full-text search on what the posts say and who wrote them: ``... WHERE embeds_fts MATCH 'harbour'``.

The index holds no copy of the texts: it reads them from embeds, and :mod:`cache.scans` keeps it in step. No
trigger does: SQLite counts FTS5 among what a schema may not call unless it is trusted, and the schema of a
file from elsewhere is not. Diacritics do not count in a search, so that ``cafe`` finds ``café``.
"""

STATEMENTS = (
    """CREATE VIRTUAL TABLE embeds_fts USING fts5 (
  text, author, handle, content = 'embeds', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
)""",
)
