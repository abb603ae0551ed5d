"""A hash of every row, by which a bit that flipped on the disk is found: ``doctor`` takes them anew and compares.

SQLite checks how its pages hang together and that indexes agree with tables; a bit that flips inside a text that
no index holds passes all of that. The hashes are made by :mod:`cache.digests`, those of the rows that were there
before this step when it is applied.
"""

STATEMENTS = (
    """CREATE TABLE digests (
  -- One hash for each row and all that belongs to it: an embed with its embed_links, an observation with its
  -- hops, an identification with its checks; a run, document or link alone.
  table_name TEXT NOT NULL,        -- runs, documents, links, embeds, observations or identifications
  key INTEGER NOT NULL,            -- the primary key of the row
  sha256 TEXT NOT NULL,            -- of the rows as a JSON array of objects without NULLs, keys sorted, no spaces
  PRIMARY KEY (table_name, key)
) WITHOUT ROWID""",
)
