"""Asks one archive, and stops when it says so.

The Wayback Machine bars those who go on asking after a 429 for an hour, doubled with each time; then connections are
refused (https://github.com/edgi-govdata-archiving/wayback/issues/137). So a 429 stops all questions for at least a
minute, a refused connection all of the run, and until when is kept for later runs.

The ``wayback`` package, which knows that archive best, is not used: its client asks one fixed server over ``requests``,
past the guard that stands before all other connections here, and follows a copy's redirects on by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode

from resolver.archive.captures import (
    CdxRecord,
    is_same_address,
    nearest_first,
    read_cdx,
    read_timemap,
    time_of,
)
from resolver.archive.layout import Kind, Layout, time_and_original
from resolver.findings import CoolDown, Memento
from resolver.models import Hop, Observation, Outcome, Via

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from resolver.archive.pace import Pace
    from resolver.findings import Fetched
    from resolver.protocols import CoolDowns, PageClient

#: After a 429, and doubled with each further one of the same run; after a refused connection.
PAUSE: Final = timedelta(minutes=1)
BARRED: Final = timedelta(hours=1)
#: So many 429 in a run are waited for; then it stops asking.
MOST_PAUSES: Final = 3

#: Captures that are looked at, at most: those of other addresses with the same key are among them.
_CAPTURES: Final = 200
_CAPTURES_OF_MANY: Final = 3000
#: Copies of a TimeMap whose status is asked for, at most.
_TRIED: Final = 3
#: Captures of a short link that can say where it led: a redirect, or the page that t.co shows to browsers.
_LEADING: Final = frozenset({200, 301, 302, 303, 307, 308})


class Looked(NamedTuple):
    """What came of looking an address up."""

    #: The copy; ``None`` where there is none that counts.
    memento: Memento | None
    #: Whether the archive answered at all.
    asked: bool


@dataclass(slots=True, kw_only=True)
class Archive:
    """One archive, asked with *client*, which must neither repeat requests nor follow redirects.

    *cool_downs* keeps until when it is not to be asked. *index_pace* and *copy_pace* say how fast it is asked, *now*
    what time it is (UTC), and *sleep* waits for so many seconds. One object serves one run.
    """

    layout: Layout
    client: PageClient
    cool_downs: CoolDowns
    index_pace: Pace
    copy_pace: Pace
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    #: Why it is not asked any more in this run; ``None`` while it is.
    stopped: str | None = None
    _pauses: int = field(default=0, init=False)

    def nearest(self, address: str, near: datetime) -> Looked:
        """Return the copy of an address that was made nearest to a time, of those whose own status was good."""
        if self.layout.kind is Kind.TIMEMAP:
            return self._nearest_listed(address, near)
        records = self.captures(address, near=near, status="200")
        if records is None:
            return Looked(None, asked=False)
        record = next((each for each in records if each.statuscode == 200), None)
        return Looked(None if record is None else self.memento(record), asked=True)

    def captures(
        self, address: str, *, near: datetime | None = None, status: str | None = None, prefix: bool = False
    ) -> list[CdxRecord] | None:
        """Return the captures of an address, or of all that begin with it; ``None`` where the archive was not asked.

        Those nearest to *near* come first. Of one address, only those are returned that are its own to the letter.
        """
        query = {"url": address, "output": "json", "limit": str(_CAPTURES)}
        if near is not None:
            query |= {"closest": near.strftime("%Y%m%d%H%M%S"), "sort": "closest"}
        if status is not None:
            query["filter"] = f"statuscode:{status}"
        if prefix:
            # One row for each address, where the server can do that.
            query |= {"matchType": "prefix", "collapse": "urlkey", "limit": str(_CAPTURES_OF_MANY)}
        answer = self._ask(f"{self.layout.index}?{urlencode(query)}", self.index_pace)
        if answer is None or answer.outcome not in {Outcome.OK, Outcome.NOT_FOUND}:
            return None
        records = read_cdx(answer.body)
        if not prefix:
            records = [record for record in records if is_same_address(record.original, address)]
        return records if near is None else nearest_first(records, near)

    def redirect(self, link: str, near: datetime, is_post: Callable[[str], bool]) -> Observation | None:
        """Return where a short link led by the archive's copy of it nearest to a time; ``None`` where none says so.

        Its one hop is the copy that was read. Nobody asked who is at the end today.
        """
        for record in self._leading(link, near)[:_TRIED]:
            copy = self.layout.copy(record.timestamp, record.original, raw=True)
            answer = self._ask(copy, self.copy_pace)
            target = None if answer is None else _target(answer)
            # A copy may only lead on to another of the same link.
            if answer is None or target is None or is_same_address(target, link):
                continue
            hop = Hop(
                url=copy,
                via=Via.ARCHIVE,
                status=record.statuscode,
                location=target,
                at=answer.hops[0].at,
                seconds=answer.hops[0].seconds,
            )
            return Observation(
                url=link,
                observed_at=self.now(),
                seconds=answer.seconds,
                outcome=Outcome.POST if is_post(target) else Outcome.KNOWN,
                hops=(hop,),
                expanded_url=target,
            )
        return None

    def page(self, record: CdxRecord) -> Fetched | None:
        """Return a copy as it was captured; ``None`` where the archive does not give it."""
        answer = self._ask(self.layout.copy(record.timestamp, record.original, raw=True), self.copy_pace)
        return answer if answer is not None and answer.outcome is Outcome.OK else None

    def seen(self, memento: Memento, url: str) -> Observation:
        """Return a copy as an observation of the address *url*, which it shows."""
        hop = Hop(
            url=memento.url, via=Via.ARCHIVE, status=memento.status, location=None, at=self.now(), seconds=0.0
        )
        return Observation(
            url=url, observed_at=self.now(), seconds=0.0, outcome=Outcome.POST, hops=(hop,), expanded_url=url
        )

    def _leading(self, link: str, near: datetime) -> Sequence[CdxRecord]:
        if self.layout.kind is Kind.TIMEMAP:
            return ()
        records = self.captures(link, near=near) or []
        return [record for record in records if record.statuscode in _LEADING]

    def _nearest_listed(self, address: str, near: datetime) -> Looked:
        answer = self._ask(self.layout.index + address, self.index_pace)
        if answer is None or answer.outcome not in {Outcome.OK, Outcome.NOT_FOUND}:
            return Looked(None, asked=False)
        listed = [each for each in read_timemap(answer.body) if is_same_address(each.original, address)]
        listed.sort(key=lambda each: abs(each.captured_at - near))
        for each in listed[:_TRIED]:
            copy = self._ask(each.url, self.copy_pace)
            if copy is not None and copy.outcome is Outcome.OK:
                status = copy.hops[0].status or 0
                found = Memento(
                    url=each.url, original=each.original, captured_at=each.captured_at, status=status
                )
                return Looked(found, asked=True)
        return Looked(None, asked=self.stopped is None)

    def memento(self, record: CdxRecord) -> Memento | None:
        """Return a capture as a copy that people can look at."""
        captured_at = time_of(record.timestamp)
        if captured_at is None:
            return None
        return Memento(
            url=self.layout.copy(record.timestamp, record.original),
            original=record.original,
            captured_at=captured_at,
            status=record.statuscode,
        )

    def _ask(self, address: str, pace: Pace) -> Fetched | None:
        """Return what came of asking the archive; ``None`` where it is not to be asked, or does not want to be."""
        while self._may_be_asked():
            pace.wait()
            answer = next(iter(self.client.fetch([address])), None)
            if answer is None or answer.outcome is Outcome.RATE_LIMITED:
                self._pause()
                continue
            if answer.outcome is Outcome.CONNECTION_REFUSED:
                self._bar(f"{self.layout.index} refuses connections")
                return None
            return answer
        return None

    def _may_be_asked(self) -> bool:
        """Return whether the archive may be asked, after the rest of a short cool-down."""
        if self.stopped is not None:
            return False
        cool_down = self.cool_downs.cool_down(self.layout.index)
        left = (cool_down.until - self.now()).total_seconds() if cool_down else 0.0
        if cool_down is None or left <= 0:
            return True
        if left > PAUSE.total_seconds() * 2**MOST_PAUSES:
            self.stopped = f"{cool_down.reason}; not asked before {cool_down.until:%Y-%m-%d %H:%M} UTC"
            return False
        self.sleep(left)
        return True

    def _pause(self) -> None:
        self._pauses += 1
        reason = f"{self.layout.index} asks to come back later (429)"
        until = self.now() + PAUSE * 2 ** (self._pauses - 1)
        self.cool_downs.cooled_down(self.layout.index, CoolDown(until=until, reason=reason))
        if self._pauses > MOST_PAUSES:
            self.stopped = reason

    def _bar(self, reason: str) -> None:
        until = self.now() + BARRED
        self.cool_downs.cooled_down(self.layout.index, CoolDown(until=until, reason=reason))
        self.stopped = f"{reason}; not asked before {until:%Y-%m-%d %H:%M} UTC"


def _target(answer: Fetched) -> str | None:
    """Return where a copy of a short link leads: the archived address, where the archive has put its own before it."""
    location = answer.hops[0].location if answer.hops else None
    if location is None:
        return None
    rewritten = time_and_original(location)
    return rewritten[1] if rewritten else location
