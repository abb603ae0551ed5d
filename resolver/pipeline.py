"""The whole job, stage by stage. This is the only file that names them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from resolver.detect import detect
from resolver.detect.prefilter.everything import Everything
from resolver.documents import as_document
from resolver.identify import identify, verify
from resolver.models import AttestedBy
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set

    from resolver.archive import Archive
    from resolver.audit import Checker, DeadRule
    from resolver.detect.prefilter import Screening, Sieve
    from resolver.findings import Finding, Memento, Occurrence, Selection, Verdict
    from resolver.models import Document, Embed, Enriched, Observation
    from resolver.protocols import AuditStore, Client, Linking, Store

    Clock = Callable[[], datetime]


#: After so many checks without an answer from anybody, the network here is taken to be down.
MOST_UNREACHED = 200


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)


@cache
def sieve(*, notes: bool) -> Sieve:
    """Return the sieve that all scans of this process share: what it costs to make is paid once."""
    from resolver.detect.prefilter import Sieve

    return Sieve(notes=notes)


def scan(
    source: str | bytes | Document,
    *,
    clock: Clock = utc_now,
    cues: bool = False,
    notes: bool = True,
    prefilter: bool = True,
) -> tuple[Embed, ...]:
    """Return the embeds of an article, in the order of their place. Never connects, never fails.

    *source* is text, HTML, the bytes of either, or a :class:`~resolver.models.Document` with text, HTML or both.
    *clock* says what today is: a printed date in the future is no date. With *cues*, a sentence that leads to a post of
    which nothing is left ("see the tweet:") is a placeholder of the lowest confidence. Without *notes*, what says in a
    text that an embed is held back ("This tweet was not loaded ...") is passed over where no post is beside it, and
    corpora are scanned many times as fast. Without *prefilter* every rule is asked of every document, which takes
    longer and finds the same, but for words of a page with a tag within them (``twe<wbr>et``).

    >>> embed, = scan("The harbour is open! — Jo Doe (@jodoe) May 2, 2019")
    >>> embed.handle, embed.posted.isoformat(), embed.text
    ('jodoe', '2019-05-02', 'The harbour is open!')
    """
    used = sieve(notes=notes) if prefilter else Everything(notes=notes)
    found = detect(as_document(source), today=clock().date(), cues=cues, sieve=used)
    return tuple(verify(embed, post_of) for embed in found)


def screening(*, notes: bool = True) -> Screening:
    """Return what :func:`resolver.documents.read` takes as its *screen*: documents that hold no embed are not read.

    *notes* is what :func:`scan` is given.

    >>> screening().passed_over
    0
    """
    from resolver.detect.prefilter import Screening

    return Screening(sieve(notes=notes))


def enrich(
    source: str | bytes | Document,
    *,
    client: Client | None = None,
    store: Store | None = None,
    clock: Clock = utc_now,
) -> Enriched:
    """Return an article's embeds with where their links lead, which posts they are, and what that rests on.

    *client* follows the links that *store* does not know, or not freshly; without one nothing is asked, and what
    the store knows is used. Without *store* nothing is remembered. Neither needs to be closed by this function.
    Raises :class:`~resolver.errors.StoreError` if the store cannot be written; what links do is never raised.

    >>> enrich("Open! — Jo Doe (@jodoe) May 2, 2019").embeds[0].post_id is None
    True
    """
    if store is None:
        from resolver.memory import MemoryStore

        store = MemoryStore()
    document = as_document(source)
    add(document, store=store, clock=clock)
    if client is not None:
        for _ in expand(store.due(clock(), document), client=client, store=store):
            pass
    embeds = tuple(store.embeds(document))
    urls = [link.url for embed in embeds for link in embed.links if link.url is not None]
    from resolver.models import Enriched

    return Enriched(document=document, embeds=embeds, observations=tuple(store.latest(urls).values()))


def add(document: Document, *, store: Store, clock: Clock = utc_now) -> tuple[Embed, ...]:
    """Scan a document, keep what is found, with what the store already knows of its links, and return the embeds."""
    embeds = scan(document, clock=clock)
    store.add(document, embeds)
    urls = {link.url for embed in embeds for link in embed.links if link.url is not None}
    observations = store.latest(urls)
    if observations and not all(known.post_id for known in store.embeds(document)):
        for observation in observations.values():
            store.record(observation, conclude(observation, store, document))
    return embeds


def expand(urls: Iterable[str], *, client: Client, store: Store) -> Iterator[Observation]:
    """Follow *urls* and yield each observation once it is stored, with what follows from it for the embeds.

    The observations that came in while others were stored are one transaction of the store, with the conclusions drawn
    from them. Order is as answers come.
    """
    for batch in client.batches(urls):
        with store.together():
            for observation in batch:
                store.record(observation, conclude(observation, store))
        yield from batch


def conclude(observation: Observation, store: Linking, document: Document | None = None) -> dict[int, Embed]:
    """Return what is known of each embed that holds the observed link, of all documents or of one."""
    linking = store.linking(observation.url, document)
    urls = {link.url for embed in linking.values() for link in embed.links if link.url is not None}
    known = {**store.latest(urls - {observation.url}), observation.url: observation}
    return {key: identify(embed, known, post_of) for key, embed in linking.items()}


def audit(
    *,
    store: AuditStore,
    checker: Checker | None = None,
    archive: Archive | None = None,
    selection: Selection | None = None,
    rule: DeadRule | None = None,
    archived: Set[Verdict] | None = None,
    clock: Clock = utc_now,
    on_step: Callable[[str], object] = lambda _: None,
) -> Iterator[Occurrence]:
    """Check the links of all articles, look up copies of those that are lost, and yield every link with its finding.

    *checker* checks what *selection* says is due; without one nothing is asked. *archive* is asked for a copy of each
    link whose verdict is among *archived* (dead and suspect, where not said), and for the posts that no link names.
    *rule* says when a link is called dead. Each check is one transaction of *store*: a run that is broken off goes on
    where it was. *on_step* is told after each step which it was: ``checked`` or ``looked up``. Raises
    :class:`~resolver.errors.StoreError` if the store cannot be written; what links do is never raised.

    >>> from cache import Store
    >>> from cache.audits import AuditStore
    >>> import tempfile
    >>> with Store.open(tempfile.mkdtemp() + "/provenance.db", command="audit", arguments={}, tool_version="1",
    ...                 now=utc_now) as store:
    ...     link = "https://t.co/AbC\N{HORIZONTAL ELLIPSIS}"
    ...     _ = add(as_document(f"Open! {link} — Jo Doe (@jodoe) May 2, 2019"), store=store)
    ...     [occurrence.finding.verdict.value for occurrence in audit(store=AuditStore(store))]
    ['not_checkable']
    """
    from resolver.findings import Selection, Verdict

    _judge_again(store, rule)
    if checker is not None:
        due = store.due(clock(), Selection() if selection is None else selection)
        for _ in check(due, checker=checker, store=store, rule=rule):
            on_step("checked")
    if archive is not None:
        wanted = frozenset({Verdict.DEAD, Verdict.SUSPECT}) if archived is None else archived
        for _ in look_up(wanted, archive=archive, store=store, clock=clock):
            on_step("looked up")
        name_posts(archive=archive, store=store, clock=clock)
    yield from store.occurrences()


def _judge_again(store: AuditStore, rule: DeadRule | None) -> None:
    """Bring the verdicts of earlier runs that the rule decides to the *rule* of this one."""
    from resolver.audit import finding_of
    from resolver.findings import Verdict

    for finding, _ in store.findings((Verdict.DEAD, Verdict.SUSPECT)):
        anew = finding_of(finding.url, store.history(finding.url), rule=rule)
        if anew.verdict is not finding.verdict:
            store.concluded(anew)


def check(
    urls: Iterable[str], *, checker: Checker, store: AuditStore, rule: DeadRule | None = None
) -> Iterator[Finding]:
    """Check *urls* and yield what is then to be said of each, once it is stored. Order is as answers come.

    Where nobody at all could be reached it is the network here that failed: after many such checks no more are made,
    and none of them counts.
    """
    from resolver.audit import finding_of
    from resolver.findings import Signal

    unreached: list[str] | None = []
    for examination in checker.check(urls):
        url = examination.observation.url
        finding = finding_of(url, [*store.history(url), examination], rule=rule)
        store.examined(examination, finding, conclude(examination.observation, store))
        yield finding
        if any(hop.status is not None for hop in examination.observation.hops):
            unreached = None
        elif unreached is not None and examination.signal is Signal.FAILING:
            unreached.append(url)
            if len(unreached) >= MOST_UNREACHED:
                break
    for url in unreached or ():
        store.concluded(finding_of(url, store.history(url)[:-1], rule=rule))


def look_up(
    verdicts: Set[Verdict], *, archive: Archive, store: AuditStore, clock: Clock = utc_now
) -> Iterator[tuple[Finding, Memento | None]]:
    """Look up a copy for each link with one of the verdicts that was not looked up before; yield what was found.

    It is the copy nearest to the day of the oldest article that shows the link, or of the post. Of a short link that
    does not lead on any more, the archived redirect is stored as an observation, and the copy is that of its target.
    """
    for finding, published in store.findings(verdicts):
        if archive.stopped:
            return
        if store.memento(finding.url)[1]:
            continue
        near = datetime(published.year, published.month, published.day, 12, tzinfo=UTC) if published else None
        address = _last_target(finding.url, store)
        if address is None:
            redirect = archive.redirect(finding.url, near or clock(), lambda url: post_of(url) is not None)
            if redirect is not None:
                store.record(redirect, _attested_by_archive(conclude(redirect, store)))
                address = redirect.expanded_url
        post = post_of(address) if address else None
        address = post.url if post else address
        near = near or (post.posted_at if post else None) or clock()
        looked = archive.nearest(address or finding.url, near)
        if looked.asked:
            store.archived(finding.url, looked.memento, clock())
            yield finding, looked.memento


def name_posts(*, archive: Archive, store: AuditStore, clock: Clock = utc_now) -> int:
    """Find posts of which author, day and words are left among an archive's copies; return how many were found.

    The embed then names the post, attested by the archive, with a check that keeps how alike the texts are. None are
    found where rapidfuzz, which compares the texts, is not installed (extra ``archive``).
    """
    from importlib.util import find_spec

    from resolver.archive import find_post, named_by_copy

    if find_spec("rapidfuzz") is None:
        return 0
    found = 0
    for key, embed in store.unnamed():
        if archive.stopped:
            break
        if embed.handle is None or embed.posted is None or embed.text is None:
            continue
        match = find_post(archive, handle=embed.handle, day=embed.posted, text=embed.text)
        post = post_of(match.post_url) if match else None
        if match is None or post is None:
            continue
        found += 1
        seen = archive.seen(match.memento, post.url)
        store.record(seen, {key: named_by_copy(embed, post, match)})
        store.archived(post.url, match.memento, clock())
    return found


def _last_target(url: str, store: AuditStore) -> str | None:
    """Return where a link was last known to lead; ``None`` for a short link that never led anywhere."""
    from resolver.audit import target_of
    from resolver.models import Observation

    newest_first = reversed(store.history(url))
    observations = (each if isinstance(each, Observation) else each.observation for each in newest_first)
    return next((target for each in observations if (target := target_of(each)) is not None), None)


def _attested_by_archive(identified: dict[int, Embed]) -> dict[int, Embed]:
    return {
        key: replace(embed, attested_by=AttestedBy.ARCHIVE)
        if embed.attested_by is AttestedBy.REDIRECT
        else embed
        for key, embed in identified.items()
    }
