"""The checks of audits: appended with what they observed, and read back as the history of a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.observations import load_observation
from cache.values import json_from, json_value, text_value
from resolver.findings import Examination, Signal

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cache.session import Session
    from resolver.models import Observation

_ADD = """
INSERT INTO examinations (observation_id, signal, evidence, title, digest, sketch) VALUES (?, ?, ?, ?, ?, ?)
"""
#: What a table or an archive says is no word of the web, a try-out's server none either but for those who try it out,
#: and where nobody at all could be reached it was the network here.
_OF_LINK = """
SELECT observations.id, signal, evidence, title, digest, sketch
FROM links JOIN observations ON observations.link_id = links.id
LEFT JOIN examinations ON examinations.observation_id = observations.id
WHERE links.url = :url
AND NOT EXISTS (
  SELECT 1 FROM hops WHERE hops.observation_id = observations.id AND (
    via IN ('dump', 'archive')
    OR connected_to IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM temp.replaced_hosts WHERE hops.url LIKE '%://' || host || '%'
    )
  )
)
AND (observations.run_id = :run OR observations.run_id NOT IN (SELECT run_id FROM temp.unreached_runs))
ORDER BY observations.observed_at, observations.id
"""
#: Made once for each store: earlier runs do not change any more.
UNREACHED_RUNS = """
CREATE TEMP TABLE IF NOT EXISTS unreached_runs AS
SELECT id AS run_id FROM runs WHERE NOT EXISTS (
  SELECT 1 FROM observations JOIN hops ON hops.observation_id = observations.id
  WHERE observations.run_id = runs.id AND hops.status IS NOT NULL
)
"""
_DIGITS = 8
_SIGNALS = {signal.value: signal for signal in Signal}


def append_examination(session: Session, key: int, examination: Examination) -> None:
    """Append an examination of the observation with that key. To be called in a transaction."""
    values = (
        key,
        examination.signal.value,
        json_value(examination.evidence),
        text_value(examination.title),
        examination.digest,
        "".join(f"{number:0{_DIGITS}x}" for number in examination.sketch) or None,
    )
    session.db.execute(_ADD, values)
    session.seal("examinations", key)


def history(db: Database, url: str, run_id: int | None) -> list[Examination | Observation]:
    """Return all checks of an address, oldest first; observations that no audit has examined as they are."""
    rows = db.execute(_OF_LINK, {"url": text_value(url), "run": run_id}).fetchall()
    return [_check(load_observation(db, key), *columns) for key, *columns in rows]


def _check(
    observation: Observation,
    signal: str | None,
    evidence: str | None,
    title: str | None,
    digest: str | None,
    sketch: str | None,
) -> Examination | Observation:
    if signal is None or evidence is None:
        return observation
    digits = sketch or ""
    return Examination(
        observation=observation,
        signal=_SIGNALS[signal],
        evidence=tuple(json_from(evidence)),
        title=title,
        digest=digest,
        sketch=tuple(int(digits[at : at + _DIGITS], 16) for at in range(0, len(digits), _DIGITS)),
    )
