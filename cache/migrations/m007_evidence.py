"""What a hop rests on: the table of known expansions that says so, or the record of the exchange in a WARC file.

And addresses without what only counts their readers. ``hops`` is made anew, so that its comments stay in their places;
other tables point to ``observations``, which can therefore only be added to.
"""

from cache.migrations import m002_append_only, m004_views

_COLUMNS = "observation_id, number, url, via, status, location, at, seconds, connected_to"
_VIEWS = {statement.split()[2]: statement for statement in m004_views.STATEMENTS}

STATEMENTS = (
    "DROP VIEW evidence",
    "DROP TRIGGER hops_are_not_changed",
    "DROP TRIGGER hops_are_not_removed",
    "DROP TRIGGER hops_are_not_replaced",
    "ALTER TABLE hops RENAME TO hops_before",
    """CREATE TABLE hops (
  -- One step on the way along a link: an answer of the web, or a word on where an address leads. Only appended.
  observation_id INTEGER NOT NULL REFERENCES observations (id), -- the observation it belongs to
  number INTEGER NOT NULL,         -- its place in the chain, from 0
  url TEXT NOT NULL,               -- the address that was asked, or read
  via TEXT NOT NULL,               -- how it led on: http, meta_refresh, unwrap, consent_wall, dump, archive
  status INTEGER,                  -- the HTTP status code; NULL where nobody was asked
  location TEXT,                   -- the address it leads on to; NULL at the end of the chain
  at TEXT NOT NULL,                -- when the answer came
  seconds REAL NOT NULL,           -- how long after the request was sent; 0 where nobody was asked
  connected_to TEXT,               -- the server that answered for the host; NULL where the host itself did
  evidence TEXT,                   -- by dump: the name of the file that says so, and sha256: with its digest
  PRIMARY KEY (observation_id, number)
) WITHOUT ROWID""",
    f"INSERT INTO hops ({_COLUMNS}) SELECT {_COLUMNS} FROM hops_before",  # noqa: S608 - the names are the constant above
    "DROP TABLE hops_before",
    *(statement for statement in m002_append_only.STATEMENTS if " ON hops" in statement),
    """ALTER TABLE observations
ADD COLUMN canonical_url TEXT /* expanded_url without what was added to count its readers; never asked for */""",
    """CREATE TABLE captures (
  -- One exchange with a server that is recorded in a WARC file, byte for byte. Only appended.
  id INTEGER PRIMARY KEY,          -- captures in the order in which they were kept
  observation_id INTEGER NOT NULL REFERENCES observations (id), -- the observation it belongs to
  number INTEGER NOT NULL,         -- its place among the exchanges of the observation, from 0
  hop INTEGER,                     -- the hop it is the evidence of, from 0; NULL: a try that failed or was repeated
  url TEXT NOT NULL,               -- the address that was asked
  file TEXT NOT NULL,              -- the name of the WARC file, without its folder
  "offset" INTEGER NOT NULL,       -- where the record of the response begins in it, in bytes
  record_id TEXT NOT NULL,         -- the WARC-Record-ID of that: urn:uuid:...
  payload_digest TEXT NOT NULL,    -- its WARC-Payload-Digest: sha256:...
  UNIQUE (observation_id, number)
)""",
    """CREATE TRIGGER captures_are_not_changed BEFORE UPDATE ON captures
BEGIN SELECT RAISE(ABORT, 'captures are only appended'); END""",
    """CREATE TRIGGER captures_are_not_removed BEFORE DELETE ON captures
BEGIN SELECT RAISE(ABORT, 'captures are only appended'); END""",
    """CREATE TRIGGER captures_are_not_replaced BEFORE INSERT ON captures
WHEN EXISTS (
  SELECT 1 FROM captures
  WHERE id = NEW.id OR observation_id = NEW.observation_id AND number = NEW.number
)
BEGIN SELECT RAISE(ABORT, 'captures are only appended'); END""",
    "DROP VIEW latest_observations",
    _VIEWS["latest_observations"].replace(
        "  observations.expanded_url,\n", "  observations.expanded_url,\n  observations.canonical_url,\n"
    ),
    _VIEWS["evidence"]
    .replace(
        "  hops.connected_to\n",
        """  hops.connected_to,
  hops.evidence, -- by dump: the file that says so
  captures.file AS warc, -- where what was answered is recorded
  captures."offset",
  captures.record_id,
  captures.payload_digest
""",
    )
    .replace(
        "LEFT JOIN hops ON hops.observation_id = observations.id\n",
        """LEFT JOIN hops ON hops.observation_id = observations.id
LEFT JOIN captures ON captures.observation_id = observations.id AND captures.hop = hops.number
""",
    ),
)
