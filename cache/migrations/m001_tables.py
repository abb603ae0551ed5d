"""The tables: runs, documents, embeds, links, and what following the links showed."""

STATEMENTS = (
    """CREATE TABLE runs (
  -- One call of a command. Its results point to it.
  id INTEGER PRIMARY KEY,          -- runs in the order in which they began
  command TEXT NOT NULL,           -- scan, enrich, expand, audit
  arguments TEXT NOT NULL,         -- what the command was given: a JSON object
  tool_version TEXT NOT NULL,      -- the version of embed-resolver
  started_at TEXT NOT NULL,        -- when it began: UTC, like all times here
  ended_at TEXT,                   -- when it ended; NULL while it runs, and for good if it was killed
  ending TEXT,                     -- done, stopped (by its user) or failed; NULL with ended_at
  documents INTEGER,               -- how many documents it read, known ones included; NULL with ended_at
  embeds INTEGER,                  -- how many embeds stood in them; NULL with ended_at
  observations INTEGER,            -- how many observations it appended; NULL with ended_at
  connect_to TEXT                  -- JSON object: which server answered for which host; NULL where none did
)""",
    """CREATE TABLE documents (
  -- One article with one content. An article that changed is a second row of the same name.
  id INTEGER PRIMARY KEY,          -- documents in the order in which they were first read
  name TEXT NOT NULL,              -- the id its owner gave it: a path, a row's id, or file#row
  sha256 TEXT NOT NULL,            -- of its text, or its HTML, as UTF-8; of text, NUL, HTML where it has both
  url TEXT,                        -- where it was published
  date TEXT,                       -- when it was published: ISO 8601 of any precision
  input TEXT NOT NULL,             -- what was given of it: text, html or text+html; empty where neither
  characters INTEGER NOT NULL,     -- code points of the text, or of the HTML where there is no text
  first_run_id INTEGER NOT NULL REFERENCES runs (id), -- the run that read it first
  last_run_id INTEGER NOT NULL REFERENCES runs (id),  -- the run that read it last
  UNIQUE (name, sha256)
)""",
    # show: a document by its address
    "CREATE INDEX documents_by_url ON documents (url)",
    # counts: what one run has read
    "CREATE INDEX documents_by_last_run ON documents (last_run_id)",
    """CREATE TABLE embeds (
  -- A trace of one post in one document, as the scan found it: what the article says. What following its
  -- links showed stands in identifications.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, so that what a run holds stays what it is
  document_id INTEGER NOT NULL REFERENCES documents (id), -- the document it stands in
  position INTEGER NOT NULL,       -- its place among the embeds of the document, from 0
  kind TEXT NOT NULL,              -- markup, leftover or placeholder
  platform TEXT,                   -- twitter, ...
  start INTEGER NOT NULL,          -- where its quote begins: code points into the text; markup: into the HTML
  "end" INTEGER NOT NULL,          -- where its quote ends, exclusive
  quote TEXT NOT NULL,             -- the document between start and end
  prefix TEXT NOT NULL,            -- the characters before it, at most 32
  suffix TEXT NOT NULL,            -- the characters after it, at most 32
  text TEXT,                       -- what the post says, links included
  author TEXT,                     -- the author's name
  handle TEXT,                     -- the author's handle, without its sign
  posted TEXT,                     -- the printed day: ISO 8601
  posted_text TEXT,                -- the day as it is printed
  posted_at TEXT,                  -- the exact time, where the article carries it
  post_id TEXT,                    -- the post's id, where the article carries it
  post_url TEXT,                   -- the post's address, where the article carries it
  hashtags TEXT NOT NULL,          -- JSON array, without their sign
  mentions TEXT NOT NULL,          -- JSON array of handles, without their sign
  blocked_quote TEXT,              -- the note where the embed was held back; NULL where there is none
  blocked_start INTEGER,           -- where the note begins
  blocked_end INTEGER,             -- where the note ends, exclusive
  blocked_vendor TEXT,             -- the consent manager, where the note names it
  blocked_language TEXT,           -- the note's language: ISO 639-1
  rule TEXT NOT NULL,              -- the rule that found the embed
  confidence REAL NOT NULL,        -- how sure the rule is: 0 to 1
  attested_by TEXT NOT NULL,       -- on whose word the post is named: article
  checks TEXT NOT NULL,            -- JSON array of the tests that the article alone allows
  scanned_run_id INTEGER NOT NULL REFERENCES runs (id), -- the run whose scan this is
  UNIQUE (document_id, position)
)""",
    """CREATE TABLE links (
  -- One address that stands in posts, however often.
  id INTEGER PRIMARY KEY,          -- links in the order in which they were first seen
  url TEXT NOT NULL UNIQUE,        -- the address to ask for
  host TEXT                        -- its host in lower case; NULL where none can be read
)""",
    """CREATE TABLE outcomes (
  -- How following a link can end.
  outcome TEXT PRIMARY KEY,        -- its name
  sentence TEXT NOT NULL,          -- what it says
  settled INTEGER NOT NULL         -- 1 where it is an answer; 0 where we could not find out and ask again
)""",
    """CREATE TABLE embed_links (
  -- The links of an embed, as they are written in it.
  embed_id INTEGER NOT NULL REFERENCES embeds (id) ON DELETE CASCADE, -- the embed
  position INTEGER NOT NULL,       -- its place among the links of the embed, from 0
  link_id INTEGER REFERENCES links (id), -- the address; NULL where the article cut it off
  written TEXT NOT NULL,           -- as it is written in the article
  role TEXT NOT NULL,              -- link, media, post, profile or hashtag; only the first two are followed
  expanded_url TEXT,               -- where it leads, where the article says so
  outcome TEXT REFERENCES outcomes (outcome), -- truncated where it was cut off; else NULL
  PRIMARY KEY (embed_id, position)
) WITHOUT ROWID""",
    # linking and due: the embeds that hold an address
    "CREATE INDEX embed_links_by_link ON embed_links (link_id)",
    # show: an address as it is written
    "CREATE INDEX embed_links_by_written ON embed_links (written)",
    """CREATE TABLE observations (
  -- One attempt to follow one link at one time. Only appended.
  id INTEGER PRIMARY KEY,          -- observations in the order in which they were kept
  link_id INTEGER NOT NULL REFERENCES links (id), -- the link that was followed
  run_id INTEGER NOT NULL REFERENCES runs (id),   -- the run that followed it
  observed_at TEXT NOT NULL,       -- when it began
  seconds REAL NOT NULL,           -- how long it took in all
  outcome TEXT NOT NULL REFERENCES outcomes (outcome), -- how it ended
  expanded_url TEXT,               -- the last address the chain is known to lead to
  attempts INTEGER NOT NULL,       -- tries of the request that needed most of them
  error TEXT                       -- what failed, in words
)""",
    # due, latest: the newest observation of a link
    "CREATE INDEX observations_by_link ON observations (link_id, observed_at)",
    """CREATE TABLE hops (
  -- One answer of the web on the way along a link. Only appended.
  observation_id INTEGER NOT NULL REFERENCES observations (id), -- the observation it belongs to
  number INTEGER NOT NULL,         -- its place in the chain, from 0
  url TEXT NOT NULL,               -- the address that was asked
  via TEXT NOT NULL,               -- how it led on: http, meta_refresh
  status INTEGER NOT NULL,         -- the HTTP status code
  location TEXT,                   -- the address it leads on to; NULL at the end of the chain
  at TEXT NOT NULL,                -- when the answer came
  seconds REAL NOT NULL,           -- how long after the request was sent
  connected_to TEXT,               -- the server that answered for the host; NULL where the host itself did
  PRIMARY KEY (observation_id, number)
) WITHOUT ROWID""",
    """CREATE TABLE identifications (
  -- The post that an embed shows, as far as it is known now, and on what that rests. Where no post is named,
  -- its links lead to posts of which none is taken; the checks say why.
  embed_id INTEGER PRIMARY KEY REFERENCES embeds (id) ON DELETE CASCADE, -- the embed
  observation_id INTEGER REFERENCES observations (id), -- what it rests on; NULL: the article itself
  run_id INTEGER NOT NULL REFERENCES runs (id), -- the run that concluded it
  post_id TEXT,                    -- the post's id
  post_url TEXT,                   -- the post's one address
  posted_at TEXT,                  -- the exact time of the post
  confidence REAL NOT NULL,        -- how sure that is: 0 to 1
  attested_by TEXT NOT NULL        -- on whose word: article, redirect, archive or platform
)""",
    # show: a post by its id
    "CREATE INDEX identifications_by_post_id ON identifications (post_id)",
    # show: a post by its address
    "CREATE INDEX identifications_by_post_url ON identifications (post_url)",
    """CREATE TABLE checks (
  -- One test of what the article printed against a post that a link leads to.
  embed_id INTEGER NOT NULL REFERENCES identifications (embed_id) ON DELETE CASCADE, -- the embed
  position INTEGER NOT NULL,       -- its place among the checks of the embed, from 0
  name TEXT NOT NULL,              -- day_of_id or handle_in_url
  printed TEXT NOT NULL,           -- what the article says
  found TEXT NOT NULL,             -- what the post's id or address says
  passed INTEGER NOT NULL,         -- 1 where they agree, else 0
  post_url TEXT NOT NULL,          -- the post that was tested
  PRIMARY KEY (embed_id, position)
) WITHOUT ROWID""",
)
