"""An archive object for the tests, whose time passes only when it waits."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from resolver.archive import Archive, Pace
from resolver.expand.pages import PageClient
from resolver.expand.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.archive import Layout
    from resolver.findings import CoolDown

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Time:
    """What time it is, and how long was waited for it."""

    waited: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return NOON + timedelta(seconds=sum(self.waited))

    def seconds(self) -> float:
        return sum(self.waited)


@dataclass
class CoolDownsInMemory:
    """What a store keeps of the archives that refused."""

    kept: dict[str, CoolDown] = field(default_factory=dict)

    def cool_down(self, archive: str) -> CoolDown | None:
        return self.kept.get(archive)

    def cooled_down(self, archive: str, cool_down: CoolDown) -> None:
        self.kept[archive] = cool_down


@contextmanager
def archive_at(layout: Layout, cool_downs: CoolDownsInMemory, time: Time | None = None) -> Iterator[Archive]:
    """An archive on this machine."""
    time = Time() if time is None else time
    parts = urlsplit(layout.index)
    server = {str(parts.hostname): f"http://{parts.netloc}"}
    with PageClient(connect_to=server, policy=Policy(attempts=1, redirects=0)) as client:
        yield Archive(
            layout=layout,
            client=client,
            cool_downs=cool_downs,
            index_pace=Pace(24, clock=time.seconds, sleep=time.waited.append),
            copy_pace=Pace(480, clock=time.seconds, sleep=time.waited.append),
            now=time.now,
            sleep=time.waited.append,
        )
