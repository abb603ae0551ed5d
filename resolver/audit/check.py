"""One round of checks: links are followed, pages compared with what is not there, platforms asked for posts."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from resolver.audit.oembed import oembed_address, read_answer
from resolver.audit.page import read_page
from resolver.audit.places import linked_address, place_of
from resolver.audit.sibling import sibling_of
from resolver.audit.signals import sentence_of, signal_of
from resolver.audit.soft404 import Seen, judge, probe_of
from resolver.audit.suspicion import Reason, suspicion_of
from resolver.findings import Examination, Signal
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from resolver.audit.sibling import Sibling
    from resolver.audit.soft404 import Probe
    from resolver.audit.suspicion import Suspicion
    from resolver.findings import Fetched
    from resolver.models import Post
    from resolver.protocols import PageClient

#: So many results are looked at together: what has to be asked because of them is asked at once. Killed in between,
#: a run has to check these again and no more.
BATCH: Final = 32

#: Answers to addresses that never were that are kept, at most; a run over more folders asks some again.
REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class _Pending:
    """A link that was followed, and what its answer makes suspect."""

    seen: Seen
    suspicion: Suspicion | None
    #: The address that never was to compare it with; ``None`` where there is no need.
    sibling: Sibling | None
    #: The address that asks the platform for the post; ``None`` where there is none to ask.
    oembed: str | None


@dataclass(slots=True, kw_only=True)
class Checker:
    """Checks links with *client*, which asks the web; *oembed* asks the endpoints, and *endpoints* says where.

    *post_of* reads the address of a post; *random_name* makes so many random letters. One checker serves one run.
    """

    client: PageClient
    post_of: Callable[[str], Post | None]
    random_name: Callable[[int], str]
    oembed: PageClient | None = None
    endpoints: Mapping[str, str] = field(default_factory=dict)
    _probes: OrderedDict[str, Probe] = field(default_factory=OrderedDict)
    #: One folder of each host, by which it is known whether the host tells what is not there.
    _first: dict[str, str] = field(default_factory=dict)

    def check(self, urls: Iterable[str]) -> Iterator[Examination]:
        """Yield one examination per distinct address, as they come in. Raises nothing for what links do."""
        fetched = iter(self.client.fetch(urls))
        while batch := list(islice(fetched, BATCH)):
            yield from self._examined([self._pending(each) for each in batch])

    def _pending(self, fetched: Fetched) -> _Pending:
        page = read_page(fetched.body) if fetched.body else None
        seen = Seen(observation=_without_page(fetched), page=page)
        oembed = self._oembed_of(fetched) if fetched.outcome is Outcome.POST else None
        if fetched.outcome is not Outcome.OK:
            return _Pending(seen, None, None, oembed)
        suspicion = suspicion_of(fetched, page)
        address = _address_to_compare(fetched, suspicion)
        sibling = None if address is None else sibling_of(address, self.random_name)
        return _Pending(seen, suspicion, sibling, None)

    def _oembed_of(self, fetched: Fetched) -> str | None:
        post = self.post_of(fetched.expanded_url or fetched.url)
        endpoint = self.endpoints.get(post.platform) if post else None
        return oembed_address(endpoint, post.url) if post and endpoint and self.oembed else None

    def _examined(self, batch: Sequence[_Pending]) -> Iterator[Examination]:
        self._probe_hosts(batch)
        self._probe(each.sibling for each in batch if each.sibling is not None and self._is_needed(each))
        posts = self._posts(each.oembed for each in batch if each.oembed is not None)
        for each in batch:
            yield self._examination(each, posts)

    def _probe_hosts(self, batch: Sequence[_Pending]) -> None:
        """Ask each host that is new for one address that never was."""
        new = {}
        for each in batch:
            if each.sibling is not None:
                host = place_of(each.sibling.address).host
                if host not in self._first:
                    self._first[host] = each.sibling.folder
                    new[each.sibling.folder] = each.sibling
        self._probe(new.values())

    def _is_needed(self, pending: _Pending) -> bool:
        """Return whether an answer must be compared: it is suspect, or its host answers to whatever it is asked."""
        if pending.sibling is None:
            return False
        if pending.suspicion is not None:
            return pending.suspicion.reason is not Reason.WALL
        of_host = self._probes.get(self._first.get(place_of(pending.sibling.address).host, ""))
        return of_host is not None and of_host.answered

    def _probe(self, siblings: Iterable[Sibling]) -> None:
        wanted = {each.address: each for each in siblings if each.folder not in self._probes}
        # One address for each folder, however many links of the batch are in it.
        wanted = {each.address: each for each in {each.folder: each for each in wanted.values()}.values()}
        for fetched in self.client.fetch(list(wanted)):
            sibling = wanted[fetched.url]
            page = read_page(fetched.body) if fetched.body else None
            self._probes[sibling.folder] = probe_of(sibling, Seen(observation=fetched, page=page))
            if len(self._probes) > REMEMBERED:
                self._probes.popitem(last=False)

    def _posts(self, addresses: Iterable[str]) -> dict[str, tuple[Signal, str]]:
        wanted = list(dict.fromkeys(addresses))
        if self.oembed is None or not wanted:
            return {}
        return {fetched.url: read_answer(fetched) for fetched in self.oembed.fetch(wanted)}

    def _examination(self, pending: _Pending, posts: Mapping[str, tuple[Signal, str]]) -> Examination:
        observation, page = pending.seen.observation, pending.seen.page
        if observation.outcome is Outcome.POST:
            signal, sentence = posts.get(pending.oembed or "", (Signal.UNKNOWN, observation.outcome.sentence))
            return Examination(observation=observation, signal=signal, evidence=(sentence,))
        if observation.outcome is not Outcome.OK:
            return Examination(
                observation=observation, signal=signal_of(observation), evidence=(sentence_of(observation),)
            )
        probe = self._probes.get(pending.sibling.folder) if pending.sibling else None
        signal, evidence = judge(pending.seen, pending.suspicion, probe)
        return Examination(
            observation=observation,
            signal=signal,
            evidence=evidence or (observation.outcome.sentence,),
            title=page.title if page else None,
            digest=page.digest if page else None,
            sketch=page.sketch() if page else (),
        )


def _address_to_compare(fetched: Fetched, suspicion: Suspicion | None) -> str | None:
    """Return the address whose neighbours are to be asked for.

    Where a chain leaves the host that it was made for, what that host answers says nothing of the page at the end;
    but it does where all that is led away is led to one place.
    """
    made_for, end = linked_address(fetched), fetched.expanded_url
    if made_for is None or end is None:
        return None
    if place_of(made_for).host == place_of(end).host:
        return made_for
    led_away = suspicion is not None and suspicion.reason in {Reason.HOME, Reason.PARKED}
    return made_for if led_away else end


def _without_page(fetched: Fetched) -> Fetched:
    return replace(fetched, body=b"") if fetched.body else fetched
