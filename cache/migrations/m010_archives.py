"""What web archives hold of the links, and which of them are not to be asked for a while."""

STATEMENTS = (
    """CREATE TABLE mementos (
  -- One question to a web archive for a copy of a link, and the copy that was nearest to the article's day.
  id INTEGER PRIMARY KEY,          -- questions in the order in which they were asked
  link_id INTEGER NOT NULL REFERENCES links (id), -- the link
  run_id INTEGER NOT NULL REFERENCES runs (id), -- the run that asked
  asked_at TEXT NOT NULL,          -- when it was asked
  url TEXT,                        -- the address of the copy; NULL where the archive has none
  original TEXT,                   -- the address that was archived, as the archive writes it
  captured_at TEXT,                -- when it was archived
  status INTEGER                   -- what the archived server had answered
)""",
    # audit: the newest answer for a link
    "CREATE INDEX mementos_by_link ON mementos (link_id, id)",
    """CREATE TABLE cool_downs (
  -- An archive that has refused: until when it is left alone, in this run and in later ones.
  archive TEXT PRIMARY KEY,        -- its base address
  run_id INTEGER NOT NULL REFERENCES runs (id), -- the run that was refused
  until TEXT NOT NULL,             -- until when it is not asked
  reason TEXT NOT NULL             -- what it had answered
)""",
)
