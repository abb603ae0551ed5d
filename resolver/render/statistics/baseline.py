"""What an earlier audit said of each address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resolver.findings import Finding, Verdict

#: The verdict that an earlier audit gave an address; ``None`` where it did not know it.
Baseline = Callable[[str], "Verdict | None"]


def verdicts_of(findings: Iterable[Finding]) -> Baseline:
    """Return an earlier audit's findings as what a :class:`~resolver.render.statistics.tally.Tally` compares with.

    Keeps some 150 bytes for each address; a database that can be asked needs none.

    >>> from resolver.findings import Finding, Verdict
    >>> before = verdicts_of([Finding(url="https://t.co/a", verdict=Verdict.SUSPECT)])
    >>> before("https://t.co/a").value, before("https://t.co/b")
    ('suspect', None)
    """
    return {finding.url: finding.verdict for finding in findings}.get
