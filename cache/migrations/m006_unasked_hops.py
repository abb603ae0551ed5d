"""A hop need not be an answer: an address that says itself where it leads has no status, since nobody was asked.

SQLite cannot take NOT NULL from a column, so that the table is made anew, with its rows, triggers and view.
"""

from cache.migrations import m002_append_only, m004_views

STATEMENTS = (
    "DROP VIEW evidence",
    "DROP TRIGGER hops_are_not_changed",
    "DROP TRIGGER hops_are_not_removed",
    "DROP TRIGGER hops_are_not_replaced",
    "ALTER TABLE hops RENAME TO hops_before",
    """CREATE TABLE hops (
  -- One step on the way along a link: an answer of the web, or an address that says where it leads. Only appended.
  observation_id INTEGER NOT NULL REFERENCES observations (id), -- the observation it belongs to
  number INTEGER NOT NULL,         -- its place in the chain, from 0
  url TEXT NOT NULL,               -- the address that was asked, or read
  via TEXT NOT NULL,               -- how it led on: http, meta_refresh, unwrap, consent_wall, dump, archive
  status INTEGER,                  -- the HTTP status code; NULL where nobody was asked
  location TEXT,                   -- the address it leads on to; NULL at the end of the chain
  at TEXT NOT NULL,                -- when the answer came
  seconds REAL NOT NULL,           -- how long after the request was sent; 0 where nobody was asked
  connected_to TEXT,               -- the server that answered for the host; NULL where the host itself did
  PRIMARY KEY (observation_id, number)
) WITHOUT ROWID""",
    """INSERT INTO hops (observation_id, number, url, via, status, location, at, seconds, connected_to)
SELECT observation_id, number, url, via, status, location, at, seconds, connected_to FROM hops_before""",
    "DROP TABLE hops_before",
    *(statement for statement in m002_append_only.STATEMENTS if " ON hops" in statement),
    *(statement for statement in m004_views.STATEMENTS if statement.startswith("CREATE VIEW evidence")),
)
