"""The audit as a whole: a made archive over several rounds, in a real database, over real sockets."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import document, embed, link, opened

from cache.audits import AuditStore
from cache.doctor import examine
from cache.doctor.report import Severity
from resolver.audit import Checker, DeadRule, finding_of
from resolver.expand.pages import PageClient
from resolver.expand.policy import Policy
from resolver.findings import CoolDown, Examination, Finding, Memento, Selection, Signal, Verdict
from resolver.models import AttestedBy, Hop, Observation, Outcome, Role, Via
from resolver.pipeline import audit, check, look_up
from resolver.platforms import post_of

sys.path.insert(0, str(Path(__file__).parent.parent))  # for the benchmarks, wherever pytest is started

from archive_samples import archive_at
from made_archive import APART, FIRST_ROUND, make_archive
from made_web import KINDS

from benchmarks.audit import measure
from resolver.archive import layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from made_web import Server

    from cache import Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUICK = Policy(connect_seconds=2.0, backoff_seconds=0.01, backoff_limit_seconds=0.02)


def observation(
    code: str, outcome: Outcome, *, day: int = 0, via: Via = Via.HTTP, status: int | None = 200, **fields: Any
) -> Observation:
    url = f"https://t.co/{code}"
    at = NOON + timedelta(days=day)
    hop = Hop(
        url=url,
        via=via,
        status=status,
        location=None,
        at=at,
        seconds=0.1,
        connected_to=fields.pop("connected_to", None),
    )
    return Observation(
        url=url,
        observed_at=at,
        seconds=0.1,
        outcome=outcome,
        hops=(hop,) if status or via is not Via.HTTP else (),
        **fields,
    )


def examination(code: str, signal: Signal, *, day: int = 0, **fields: Any) -> Examination:
    outcome = Outcome.OK if signal is Signal.ALIVE else Outcome.NOT_FOUND
    return Examination(
        observation=observation(code, outcome, day=day, **fields), signal=signal, evidence=(signal.sentence,)
    )


def keep(kept: AuditStore, *checks: Examination) -> Finding:
    """What is to be said after one more check, as an audit keeps it."""
    for each in checks:
        url = each.observation.url
        finding = finding_of(url, [*kept.history(url), each])
        kept.examined(each, finding, {})
    return finding


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "provenance.db") as store:
        yield store


def test_every_verdict_on_a_made_archive_is_right(tmp_path: Path) -> None:
    """Living, moved, dead, soft-404, blocked, slow and parked targets, and posts, after three rounds."""
    made = make_archive(40)
    result = measure(made, tmp_path, rounds=3, policy=QUICK)
    assert result.wrong == []
    assert result.right == len(made.truth)
    assert result.slandered == 0
    assert result.copies_right == result.copies > 5
    assert len(result.verdicts) > len(KINDS) / 2


@contextmanager
def checker_at(server: Server, now: datetime) -> Iterator[Checker]:
    with (
        PageClient(connect_to=server.connect_to(), clock=lambda: now, policy=QUICK) as client,
        PageClient(connect_to={"127.0.0.1": server.url}, policy=QUICK) as oembed,
    ):
        yield Checker(
            client=client,
            oembed=oembed,
            endpoints={"twitter": server.oembed},
            post_of=post_of,
            random_name=lambda length: "q" * length,
        )


def test_a_run_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    """Each check is kept at once; the next run checks the others and no more."""
    made = make_archive(12)
    with made.web.served() as server:
        places = {"connect_to": server.connect_to(), "now": FIRST_ROUND}
        with opened(tmp_path / "made.db", **places) as store:
            for row in made.articles:
                from resolver.models import Document
                from resolver.pipeline import add

                add(Document(id=row["id"], html=row["html"], date=row["date"]), store=store)
            kept = AuditStore(store)
            everything = set(kept.due(FIRST_ROUND, Selection()))
            with checker_at(server, FIRST_ROUND) as checker:
                running = check(kept.due(FIRST_ROUND, Selection()), checker=checker, store=kept)
                done = {next(running).url for _ in range(5)}
                running.close()  # type: ignore[attr-defined]
        with opened(tmp_path / "made.db", **places) as store:
            left = set(AuditStore(store).due(FIRST_ROUND, Selection()))
    assert done < everything == set(made.truth)
    assert left == everything - done


def test_where_nobody_can_be_reached_it_is_the_network_here(tmp_path: Path) -> None:
    """None of the failures counts, in this run or in those that follow."""
    made = make_archive(4)
    with made.web.served() as server:
        nobody = dict.fromkeys(server.connect_to(), f"http://127.0.0.1:{server.refused_port}")
        refused = [url for url in made.truth if url.startswith("https://t.co/")]
        for number in range(4):
            now = FIRST_ROUND + number * APART
            with opened(tmp_path / "made.db", connect_to=nobody, now=now) as store:
                kept = AuditStore(store)
                with PageClient(connect_to=nobody, clock=lambda now=now: now, policy=QUICK) as client:  # type: ignore[misc]
                    checker = Checker(client=client, post_of=post_of, random_name=lambda length: "q" * length)
                    for _ in check(refused, checker=checker, store=kept):
                        pass
                findings = {finding.url: finding for finding, _ in kept.findings(Verdict)}
    assert {findings[url].verdict for url in refused} == {Verdict.UNKNOWN}


def test_a_short_link_that_is_dead_is_resolved_by_its_archived_redirect(tmp_path: Path) -> None:
    """What the archive says is kept as an observation of the archive, and the copy is that of the target."""
    made = make_archive(300)
    dead = next(
        url for url, (kind, _) in made.truth.items() if kind == "code_gone" and len(made.web.captures) > 1
    )
    target = made.web.captures[dead][0][2]
    with made.web.served() as server, opened(tmp_path / "made.db", now=FIRST_ROUND) as store:
        kept = AuditStore(store)
        store.add(document(), [embed(link(dead.rpartition("/")[2]))])
        keep(kept, examination(dead.rpartition("/")[2], Signal.GONE, status=404))
        made.web.archive(str(target), FIRST_ROUND)
        with archive_at(layout_of(server.archive), kept) as archive:
            ((finding, memento),) = look_up({Verdict.SUSPECT}, archive=archive, store=kept)
        (newest,) = store.latest([dead]).values()
        assert finding.url == dead
        assert (newest.expanded_url, newest.outcome, newest.hops[0].via) == (
            target,
            Outcome.KNOWN,
            Via.ARCHIVE,
        )
        assert memento is not None
        assert memento.original == target
        (occurrence,) = audit(store=kept)
        assert (occurrence.finding.memento, occurrence.finding.archive_asked) == (memento, True)
        assert occurrence.finding.verdict is Verdict.SUSPECT
        with archive_at(layout_of(server.archive), kept) as archive:
            assert list(look_up({Verdict.SUSPECT}, archive=archive, store=kept)) == []


def test_a_post_that_an_archived_redirect_names_is_attested_by_the_archive(tmp_path: Path) -> None:
    """Its code is dead; where it led is the archive's word."""
    post = "https://twitter.com/HarbourDesk/status/1294535642334310400"
    made = make_archive(1)
    made.web.archive("https://t.co/Media12345", NOON, to=f"{post}/photo/1")
    with made.web.served() as server, opened(tmp_path / "made.db") as store:
        kept = AuditStore(store)
        store.add(document(), [embed(link("Media12345", Role.MEDIA))])
        keep(kept, examination("Media12345", Signal.GONE, status=404))
        with archive_at(layout_of(server.archive), kept) as archive:
            list(look_up({Verdict.SUSPECT}, archive=archive, store=kept))
        (known,) = store.embeds(document())
    assert (known.post_url, known.attested_by) == (post, AttestedBy.ARCHIVE)


def test_what_is_kept_of_a_check_is_read_back(store: Store) -> None:
    """Observation, signal, evidence, title, digest and sketch."""
    kept = AuditStore(store)
    check = replace(examination("a", Signal.ALIVE), title="Café 港", digest="0" * 64, sketch=(1, 2**32 - 1))
    keep(kept, check)
    assert list(kept.history("https://t.co/a")) == [check]


def test_findings_are_read_back_as_they_were(store: Store) -> None:
    """Each field of it, by way of the occurrence that the report shows."""
    kept = AuditStore(store)
    store.add(document(), [embed(link("a"))])
    finding = keep(kept, *(examination("a", Signal.GONE, day=day) for day in (0, 3, 6)))
    assert finding.verdict is Verdict.DEAD
    (occurrence,) = kept.occurrences()
    assert occurrence.finding == finding
    assert (occurrence.document, occurrence.written) == ("a.txt", "https://t.co/a")


NOT_OF_THE_WEB = [
    observation("a", Outcome.KNOWN, via=Via.DUMP, status=None),
    observation("a", Outcome.KNOWN, via=Via.ARCHIVE, status=301),
    observation("a", Outcome.NOT_FOUND, connected_to="http://127.0.0.1:9"),
]


@pytest.mark.parametrize("seen", NOT_OF_THE_WEB, ids=["dump", "archive", "try-out"])
def test_only_what_the_web_answered_counts(store: Store, seen: Observation) -> None:
    """Not what tables and archives say, and not what a try-out's server answered."""
    store.record(observation("a", Outcome.NOT_FOUND, day=1, status=404), {})
    store.record(seen, {})
    (only,) = AuditStore(store).history("https://t.co/a")
    assert isinstance(only, Observation)
    assert only.observed_at == NOON + timedelta(days=1)


def test_a_post_without_a_link_is_an_occurrence_of_its_own(store: Store) -> None:
    """One to which a link of the embed leads is not named twice."""
    post_id = "1294535642334310400"
    post = {"post_id": post_id, "post_url": f"https://twitter.com/HarbourDesk/status/{post_id}"}
    store.add(document(), [embed(**post)])
    by_link = replace(link("p", Role.POST), url=f"https://x.com/i/status/{post_id}")
    store.add(document("b.txt"), [embed(by_link, name="b.txt", **post)])
    kept = AuditStore(store)
    assert sorted(kept.due(NOON, Selection())) == [post["post_url"], by_link.url]
    assert [each.written for each in kept.occurrences()] == [None, by_link.written]


def test_what_was_cut_off_cannot_be_checked(store: Store) -> None:
    """It is shown as such, as it is written."""
    from cache_samples import CUT_OFF

    store.add(document(), [embed(CUT_OFF)])
    (occurrence,) = AuditStore(store).occurrences()
    assert occurrence.finding.verdict is Verdict.NOT_CHECKABLE
    assert occurrence.finding.url == CUT_OFF.written


#: Checked on day 0: a alive, d dead evidence; n never.
SELECTIONS = [
    (2, Selection(), {"n"}),
    (3, Selection(), {"n", "d"}),
    (7, Selection(), {"n", "d", "a"}),
    (1, Selection(recheck_after=timedelta(days=1)), {"n", "d", "a"}),
    (0, Selection(recheck_after=timedelta(0)), {"n", "d", "a"}),
    (9, Selection(verdicts=frozenset({Verdict.SUSPECT})), {"d"}),
    (9, Selection(verdicts=frozenset({Verdict.UNKNOWN})), {"n"}),
    (9, Selection(hosts=frozenset({"t.co"})), {"n", "d", "a"}),
    (9, Selection(hosts=frozenset({"co"})), {"n", "d", "a"}),
    (9, Selection(hosts=frozenset({"x.com"})), set()),
    (9, Selection(limit=0), set()),
]


@pytest.mark.parametrize(("day", "selection", "due"), SELECTIONS)
def test_what_is_due_for_a_check(store: Store, day: int, selection: Selection, due: set[str]) -> None:
    """What was never checked, what was checked long enough ago, and of these what is wanted."""
    store.add(document(), [embed(link("a"), link("d"), link("n"), link("p", Role.PROFILE))])
    kept = AuditStore(store)
    keep(kept, examination("a", Signal.ALIVE), examination("d", Signal.GONE))
    found = kept.due(NOON + timedelta(days=day), selection)
    assert {url.rpartition("/")[2] for url in found} == due


@pytest.mark.parametrize("selection", [Selection(limit=2), Selection(per_host=2)])
def test_no_more_are_checked_than_wanted(store: Store, selection: Selection) -> None:
    """In all, and of one host."""
    store.add(document(), [embed(*(link(code) for code in "abcde"))])
    assert len(list(AuditStore(store).due(NOON, selection))) == 2


def test_a_try_out_does_not_stand_for_a_check_of_the_web(tmp_path: Path) -> None:
    """What was only checked with another server is due at once where the web is asked."""
    server = {"t.co": "http://127.0.0.1:9"}
    with opened(tmp_path / "a.db", connect_to=server) as store:
        store.add(document(), [embed(link("a"))])
        kept = AuditStore(store)
        keep(kept, examination("a", Signal.ALIVE, connected_to="http://127.0.0.1:9"))
        assert list(kept.due(NOON, Selection())) == []
        assert len(kept.history("https://t.co/a")) == 1
    with opened(tmp_path / "a.db") as store:
        assert list(AuditStore(store).due(NOON, Selection())) == ["https://t.co/a"]
        assert list(AuditStore(store).history("https://t.co/a")) == []


def test_copies_and_cool_downs_are_kept(tmp_path: Path) -> None:
    """For the next run: what was asked is not asked again, and an archive that refused is left alone."""
    url, archive = "https://t.co/a", "https://archive.example/cdx"
    memento = Memento(url="https://archive.example/1/a", original=url, captured_at=NOON, status=200)
    cool_down = CoolDown(until=NOON + timedelta(hours=1), reason="it refuses connections")
    with opened(tmp_path / "a.db") as store:
        kept = AuditStore(store)
        assert kept.memento(url) == (None, False)
        kept.archived(url, None, NOON)
        assert kept.memento(url) == (None, True)
        kept.archived(url, memento, NOON)
        assert kept.cool_down(archive) is None
        kept.cooled_down(archive, cool_down)
    with opened(tmp_path / "a.db") as store:
        assert AuditStore(store).memento(url) == (memento, True)
        assert AuditStore(store).cool_down(archive) == cool_down


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE examinations SET signal = 'alive'",
        "DELETE FROM examinations",
        "REPLACE INTO examinations SELECT * FROM examinations",
    ],
)
def test_what_a_check_showed_cannot_be_altered(tmp_path: Path, statement: str) -> None:
    """Examinations are only appended, also by other tools."""
    with opened(tmp_path / "a.db") as store:
        keep(AuditStore(store), examination("a", Signal.GONE))
    with (
        closing(sqlite3.connect(tmp_path / "a.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only appended"),
    ):
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE findings SET verdict = 'alive'", "UPDATE mementos SET url = 'https://other.example'"],
)
def test_what_was_altered_of_an_audit_is_found(tmp_path: Path, statement: str) -> None:
    """Checks, findings and copies have hashes as all other rows."""
    path = tmp_path / "a.db"
    with opened(path) as store:
        kept = AuditStore(store)
        keep(kept, examination("a", Signal.GONE))
        kept.archived("https://t.co/a", None, NOON)
    assert examine(path).is_sound
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
    (found,) = (each for each in examine(path).findings if each.severity is Severity.PROBLEM)
    assert found.where.partition(" ")[0] == statement.split()[1]


def test_the_rule_of_a_run_holds_for_what_it_did_not_check(tmp_path: Path) -> None:
    """A report that is made by another rule than the checks were says what that rule says, and who answered."""
    answered = {"t.co": "http://127.0.0.1:9"}
    with opened(tmp_path / "a.db", connect_to=answered) as store:
        keep(AuditStore(store), examination("a", Signal.GONE))
    for rule, verdict in ((DeadRule(checks=1), Verdict.DEAD), (DeadRule(), Verdict.SUSPECT)):
        with opened(tmp_path / "a.db") as store:
            kept = AuditStore(store)
            list(audit(store=kept, rule=rule))
            ((finding, _),) = kept.findings(Verdict)
            assert (finding.verdict, kept.answered_by()) == (verdict, answered)
