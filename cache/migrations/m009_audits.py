"""What audits made of the observations: one row for each check, and what is to be said of each link by now."""

STATEMENTS = (
    """CREATE TABLE examinations (
  -- One check of one link by an audit: what an observation and its page are evidence of. Only appended.
  observation_id INTEGER PRIMARY KEY REFERENCES observations (id), -- what was observed
  signal TEXT NOT NULL,            -- alive, gone, failing, blocked, unknown or not_checkable
  evidence TEXT NOT NULL,          -- JSON array: what led to the signal, a sentence each
  title TEXT,                      -- the title of the page at the end; NULL where there was no page
  digest TEXT,                     -- the hex SHA-256 of its visible text
  sketch TEXT                      -- 8 hex digits for each of 64 hashes of its text, by which versions are compared
)""",
    """CREATE TRIGGER examinations_are_not_changed BEFORE UPDATE ON examinations
BEGIN SELECT RAISE(ABORT, 'examinations are only appended'); END""",
    """CREATE TRIGGER examinations_are_not_removed BEFORE DELETE ON examinations
BEGIN SELECT RAISE(ABORT, 'examinations are only appended'); END""",
    """CREATE TRIGGER examinations_are_not_replaced BEFORE INSERT ON examinations
WHEN EXISTS (SELECT 1 FROM examinations WHERE observation_id = NEW.observation_id)
BEGIN SELECT RAISE(ABORT, 'examinations are only appended'); END""",
    # history: the runs in which nobody at all could be reached
    "CREATE INDEX observations_by_run ON observations (run_id)",
    """CREATE TABLE findings (
  -- What is to be said of a link after all its checks. Written anew by each audit that checks it.
  link_id INTEGER PRIMARY KEY REFERENCES links (id), -- the link
  run_id INTEGER NOT NULL REFERENCES runs (id), -- the run that concluded it; its arguments say by which rule
  verdict TEXT NOT NULL,           -- alive, moved, suspect, dead, blocked, unknown or not_checkable
  evidence TEXT NOT NULL,          -- JSON array: what led to the verdict, a sentence each
  outcome TEXT REFERENCES outcomes (outcome), -- how its newest check ended
  expanded_url TEXT,               -- where it led then
  hops INTEGER NOT NULL,           -- how many addresses that chain passed
  checks INTEGER NOT NULL,         -- how often it was checked
  checked_at TEXT,                 -- when last
  dead_since TEXT,                 -- since when every check that says anything found it dead
  alive_at TEXT,                   -- when one last found it alive
  revived INTEGER NOT NULL,        -- 1 where it was dead before and answers again
  title TEXT,                      -- the title of the page at its end
  drift TEXT,                      -- what changed of that page between the checks, in words
  try_out INTEGER NOT NULL         -- 1 where another server answered for a host of the newest chain (connect_to)
)""",
    # audit: what was found so before
    "CREATE INDEX findings_by_verdict ON findings (verdict)",
)
