"""The views: the database as a person wants to read it."""

STATEMENTS = (
    """CREATE VIEW posts AS
-- Every embed with its document and all that is known of its post.
SELECT
  embeds.id AS embed_id,
  documents.name AS document,
  documents.date AS document_date,
  documents.url AS document_url,
  embeds.kind,
  embeds.platform,
  embeds.author,
  embeds.handle,
  embeds.text,
  embeds.posted, -- the printed day
  iif(identifications.embed_id IS NULL, embeds.posted_at, identifications.posted_at) AS posted_at,
  iif(identifications.embed_id IS NULL, embeds.post_id, identifications.post_id) AS post_id,
  iif(identifications.embed_id IS NULL, embeds.post_url, identifications.post_url) AS post_url,
  iif(identifications.embed_id IS NULL, embeds.confidence, identifications.confidence) AS confidence,
  iif(identifications.embed_id IS NULL, embeds.attested_by, identifications.attested_by) AS attested_by,
  (SELECT count(*) FROM checks WHERE checks.embed_id = embeds.id AND NOT checks.passed) AS checks_failed,
  embeds.blocked_quote, -- the note that stands where it was held back
  embeds.rule
FROM embeds
JOIN documents ON documents.id = embeds.document_id
LEFT JOIN identifications ON identifications.embed_id = embeds.id""",
    """CREATE VIEW latest_observations AS
-- The newest observation of every link that was ever followed.
SELECT
  links.id AS link_id,
  observations.id AS observation_id,
  links.url,
  links.host,
  observations.outcome,
  outcomes.sentence,
  outcomes.settled,
  observations.expanded_url,
  observations.observed_at,
  observations.seconds,
  observations.attempts,
  observations.error
FROM links
JOIN observations ON observations.id = (
  SELECT newest.id FROM observations AS newest WHERE newest.link_id = links.id
  ORDER BY newest.observed_at DESC, newest.id DESC LIMIT 1
)
JOIN outcomes ON outcomes.outcome = observations.outcome""",
    """CREATE VIEW links_not_reached AS
-- The links of which we could not find out where they lead: what the next run asks again.
SELECT
  link_id,
  url,
  host,
  outcome,
  sentence,
  error,
  observed_at,
  (SELECT count(*) FROM observations WHERE observations.link_id = latest_observations.link_id) AS observations
FROM latest_observations
WHERE NOT settled""",
    """CREATE VIEW evidence AS
-- The chain of evidence: one row for each answer of the web (one without a hop where there was none), with
-- the observation it belongs to, the link that was followed, and the embed and document where that stands.
SELECT
  documents.name AS document,
  embeds.id AS embed_id,
  embeds.handle,
  embed_links.written,
  embed_links.role,
  links.url AS link,
  observations.id AS observation_id,
  observations.observed_at,
  observations.outcome,
  observations.expanded_url,
  hops.number AS hop,
  hops.url AS asked,
  hops.via,
  hops.status,
  hops.location,
  hops.at,
  hops.connected_to
FROM embed_links
JOIN embeds ON embeds.id = embed_links.embed_id
JOIN documents ON documents.id = embeds.document_id
JOIN links ON links.id = embed_links.link_id
JOIN observations ON observations.link_id = links.id
LEFT JOIN hops ON hops.observation_id = observations.id
ORDER BY embeds.id, embed_links.position, observations.id, hops.number""",
)
