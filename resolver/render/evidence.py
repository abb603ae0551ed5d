"""The chain of evidence, as a person would want to read it: what stands where, what was asked, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.models import Role
from resolver.render.record import utc
from resolver.render.terminal import safe, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.models import Capture, Check, Embed, Hop
    from resolver.provenance import Attempt, DocumentEvidence, EmbedEvidence, LinkEvidence, Run

#: How much of a quote is printed, in characters: enough for a post with its attribution.
_QUOTE = 600

_CHECKS = {
    "day_of_id": "printed day {printed}, day of the post's id {found}",
    "post_of_media": "post that the article names {printed}, post that its media lead to {found}",
    "handle_in_url": "printed handle {printed}, handle in the post's address {found}",
}


def evidence_lines(document: DocumentEvidence) -> Iterator[str]:
    """Yield what is known of a document and those of its embeds that were asked for, line by line.

    Everything that comes from strangers is made fit for a terminal.
    """
    yield f"Document {safe(document.id)}"
    yield _field("content", f"{document.input}, {document.characters:,} characters, sha256 {document.sha256}")
    if document.date:
        yield _field("published", safe(document.date))
    if document.url:
        yield _field("address", safe(document.url))
    first, last = document.first_read_by, document.last_read_by
    yield _field("read", f"in run {first.id}" + (f", last in run {last.id}" if last.id != first.id else ""))
    if not document.embeds:
        yield _field("embeds", "none were found")
    for embed in document.embeds:
        yield ""
        yield from _embed_lines(embed)
    yield ""
    yield "Runs"
    for run in _runs(document):
        yield _field(f"run {run.id}", _run(run))


def _embed_lines(evidence: EmbedEvidence) -> Iterator[str]:
    embed = evidence.scanned
    yield f"Embed {evidence.key}: {embed.kind.value}, {embed.platform or 'platform unknown'}"
    yield _field("stands at", f"characters {embed.start:,} to {embed.end:,}")
    yield _field("quote", f'"{shorten(embed.quote, _QUOTE)}"')
    if embed.blocked is not None:
        said = ", ".join(value for value in (embed.blocked.vendor, embed.blocked.language) if value)
        yield _field(
            "held back", f'"{shorten(embed.blocked.quote, _QUOTE)}"' + (f" ({said})" if said else "")
        )
    yield from _printed_lines(embed)
    yield _field(
        "found by", f"rule {embed.rule}, confidence {embed.confidence:g}, in run {evidence.scanned_by.id}"
    )
    for link in evidence.links:
        yield from _link_lines(link)
    yield from _conclusion_lines(evidence)


def _printed_lines(embed: Embed) -> Iterator[str]:
    by = " ".join(part for part in (embed.author, embed.handle and f"(@{embed.handle})") if part)
    if by:
        yield _field("printed", f"by {safe(by)}")
    if embed.posted is not None:
        yield _field(
            "printed", f'on {embed.posted.isoformat()}, written "{shorten(embed.posted_text or "", 80)}"'
        )


def _link_lines(evidence: LinkEvidence) -> Iterator[str]:
    link = evidence.link
    written = f", written {safe(link.written)}" if link.written != link.url else ""
    yield _field(link.role.value, f"{safe(link.url or 'cut off in the article')}{written}")
    if not evidence.attempts and link.url is not None and link.role in {Role.LINK, Role.MEDIA}:
        yield "                not followed yet"
    for attempt in evidence.attempts:
        yield from _attempt_lines(attempt)


def _attempt_lines(attempt: Attempt) -> Iterator[str]:
    observation = attempt.observation
    tries = f", {observation.attempts} tries" if observation.attempts > 1 else ""
    nobody = bool(observation.hops) and all(hop.status is None for hop in observation.hops)
    when = f"{utc(observation.observed_at)} in run {attempt.run.id}"
    yield (
        f"    {'looked up' if nobody else 'asked':<12}{when}: {observation.outcome.value}, "
        f"{observation.outcome.sentence} ({observation.seconds:.2f} s{tries})"
    )
    for number, hop in enumerate(observation.hops):
        yield f"      hop {number + 1}     {_hop(hop)}"
        yield from (_capture(capture) for capture in observation.captures if capture.hop == number)
    for capture in observation.captures:
        if capture.hop is None:
            yield f"      tried     {safe(capture.url)}"
            yield _capture(capture)
    if observation.error:
        yield f"      failed    {safe(observation.error)}"


def _hop(hop: Hop) -> str:
    leads = f" -> {safe(hop.location)}" if hop.location else ""
    via = "" if hop.via.value == "http" else f" by {hop.via.value}"
    says = f" ({safe(hop.evidence)})" if hop.evidence else ""
    instead = f"  [answered by {safe(hop.connected_to)}, not by the web]" if hop.connected_to else ""
    status = "not asked" if hop.status is None else hop.status
    return f"{status} {safe(hop.url)}{leads}{via}{says}{instead}"


def _capture(capture: Capture) -> str:
    place = f"{safe(capture.file)} at byte {capture.offset:,}"
    return f"        kept    in {place}, record {safe(capture.record_id)}, payload {safe(capture.payload_digest)}"


def _conclusion_lines(evidence: EmbedEvidence) -> Iterator[str]:
    known = evidence.known
    if known.post_id is None:
        yield _field("post", "not known")
    else:
        yield _field("post", f"{known.post_id}, {safe(known.post_url or '')}")
        if known.posted_at is not None:
            yield _field("posted at", f"{utc(known.posted_at)}, from the id")
        witness = evidence.witness
        word = (
            f"where {safe(witness.url)} led at {utc(witness.observed_at)}"
            if witness
            else "the article's own word"
        )
        yield _field("rests on", f"{word} (attested by {known.attested_by.value})")
    for check in known.checks:
        yield _field("passed" if check.passed else "FAILED", _check(check, named=known.post_url))
    if known.confidence != evidence.scanned.confidence:
        yield _field("confidence", f"{known.confidence:g}, lowered since not all agrees")


def _check(check: Check, *, named: str | None) -> str:
    said = _CHECKS[check.name].format(printed=safe(check.printed), found=safe(check.found))
    return said if check.post_url == named else f"{said} ({safe(check.post_url)})"


def _runs(document: DocumentEvidence) -> list[Run]:
    """Return the runs that the evidence speaks of, in their order."""
    runs = {run.id: run for run in (document.first_read_by, document.last_read_by)}
    for embed in document.embeds:
        attempts = [attempt.run for link in embed.links for attempt in link.attempts]
        concluded = [embed.concluded_by] if embed.concluded_by is not None else []
        runs |= {run.id: run for run in (embed.scanned_by, *concluded, *attempts)}
    return [runs[number] for number in sorted(runs)]


def _run(run: Run) -> str:
    ending = run.ending or "did not end"
    instead = "".join(f"; {safe(host)} answered by {safe(url)}" for host, url in run.connect_to.items())
    return f"{run.command}, version {run.tool_version}, begun {utc(run.started_at)}, {ending}{instead}"


def _field(name: str, value: str) -> str:
    return f"  {name:<12}  {value}"
