"""Questions that are asked often, as queries by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question; names after a colon in its SQL are asked for on the page."""

    title: str
    description: str
    sql: str


QUERIES: Mapping[str, Query] = {
    "everything_about_a_link": Query(
        title="Everything known about one link",
        description="Give its address, or the link as it is written in an article (pic.twitter.com/...): where it "
        "stands, every attempt to follow it with each step, what the audits found, and its copies in web archives.",
        sql="""\
WITH asked AS (
  SELECT id FROM links WHERE url = :link UNION SELECT link_id FROM embed_links WHERE written = :link
),
facts (place, at, what, result, address) AS (
  SELECT 1, documents.date, 'stands in ' || documents.name, embed_links.written, documents.url
  FROM asked JOIN embed_links ON embed_links.link_id = asked.id
  JOIN embeds ON embeds.id = embed_links.embed_id JOIN documents ON documents.id = embeds.document_id
  UNION ALL
  SELECT 2, observations.observed_at, 'followed', outcomes.sentence, observations.expanded_url
  FROM asked JOIN observations ON observations.link_id = asked.id
  JOIN outcomes ON outcomes.outcome = observations.outcome
  UNION ALL
  SELECT 3, hops.at, 'step ' || (hops.number + 1) || ' by ' || hops.via, hops.status, hops.url
  FROM asked JOIN observations ON observations.link_id = asked.id
  JOIN hops ON hops.observation_id = observations.id
  UNION ALL
  SELECT 4, findings.checked_at, 'found ' || findings.verdict, findings.evidence, findings.expanded_url
  FROM asked JOIN findings ON findings.link_id = asked.id
  UNION ALL
  SELECT 5, mementos.asked_at, iif(mementos.url IS NULL, 'no archived copy', 'archived copy'),
    mementos.captured_at, mementos.url
  FROM asked JOIN mementos ON mementos.link_id = asked.id
)
SELECT at, what, result, address FROM facts ORDER BY place, at, what""",
    ),
    "dead_links_by_destination": Query(
        title="Dead links by destination",
        description="The sites that most dead links lead to, by the audits' findings. Each link counts once, in "
        "however many articles it stands.",
        sql="""\
WITH ends (verdict, rest) AS (
  SELECT findings.verdict, substr(end, instr(end, '://') + 3)
  FROM (SELECT *, coalesce(expanded_url, links.url) AS end FROM findings JOIN links ON links.id = findings.link_id)
    AS findings
)
SELECT
  lower(substr(rest, 1, instr(rest || '/', '/') - 1)) AS destination,
  sum(verdict = 'dead') AS dead,
  sum(verdict = 'suspect') AS suspect,
  count(*) AS links,
  round(100.0 * sum(verdict = 'dead') / count(*), 1) AS dead_percent
FROM ends
GROUP BY destination
HAVING dead + suspect
ORDER BY dead DESC, suspect DESC, destination""",
    ),
    "embeds_of_a_handle": Query(
        title="Embeds of one handle",
        description="All posts of one account, with or without the @, and the articles they stand in.",
        sql="""\
SELECT document_date, document, document_url, kind, author, handle, text, posted, posted_at, post_url, confidence
FROM posts
WHERE handle = ltrim(:handle, '@') COLLATE NOCASE
ORDER BY coalesce(posted_at, posted), document""",
    ),
    "blocked_by_vendor": Query(
        title="Held back, by consent manager",
        description="How many embeds a note stands for, by the consent manager it names and its language.",
        sql="""\
SELECT
  coalesce(blocked_vendor, 'not named') AS consent_manager,
  blocked_language AS language,
  count(*) AS embeds,
  count(DISTINCT document_id) AS articles,
  sum(kind = 'placeholder') AS of_which_nothing_else_is_left
FROM embeds
WHERE blocked_quote IS NOT NULL
GROUP BY consent_manager, language
ORDER BY embeds DESC, consent_manager, language""",
    ),
    "day_and_id_disagree": Query(
        title="Printed day and id disagree",
        description="Embeds whose printed day is not the day of the id of the post that their links lead to: a wrong "
        "date, a link to another post, or an embed that was made up.",
        sql="""\
SELECT
  documents.name AS document,
  documents.date AS document_date,
  embeds.handle,
  checks.printed AS printed_day,
  checks.found AS day_of_id,
  round(julianday(checks.found) - julianday(checks.printed)) AS days_apart,
  checks.post_url,
  embeds.text
FROM checks
JOIN embeds ON embeds.id = checks.embed_id
JOIN documents ON documents.id = embeds.document_id
WHERE checks.name = 'day_of_id' AND NOT checks.passed
ORDER BY abs(days_apart) DESC, document""",
    ),
    "dead_links_with_a_copy": Query(
        title="Dead links with an archived copy",
        description="What can be repaired now: each dead link with the copy of it that was found last.",
        sql="""\
SELECT documents.name AS document, documents.url AS document_url, embed_links.written, findings.expanded_url,
  findings.dead_since, mementos.url AS copy, mementos.captured_at
FROM findings
JOIN mementos ON mementos.id = (SELECT max(id) FROM mementos AS newest WHERE newest.link_id = findings.link_id)
JOIN embed_links ON embed_links.link_id = findings.link_id
JOIN embeds ON embeds.id = embed_links.embed_id
JOIN documents ON documents.id = embeds.document_id
WHERE findings.verdict = 'dead' AND mementos.url IS NOT NULL
ORDER BY documents.date DESC, document""",
    ),
}
