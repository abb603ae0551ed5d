"""What ten lines of regex find: the measure of whether the rest of this project earns its keep."""

from __future__ import annotations

import contextlib
import html
import re
from datetime import datetime
from typing import TYPE_CHECKING

from benchmarks.cases import Facts, names, short_codes

if TYPE_CHECKING:
    from benchmarks.cases import Case

_TAIL = re.compile(
    r"(?:—|–|--)\s{0,4}(?P<name>[^\n(]{1,50}?)\s{0,4}\(@(?P<handle>\w{1,15})\)"
    r"\s{0,4}\[?(?P<date>[A-Z][a-z]{2,8}\s\d{1,2},\s\d{4})"
)


def baseline(case: Case) -> list[Facts]:
    """Return the tweets that end as the platform prints it in English; the text is the paragraph before.

    >>> from benchmarks.cases import Case
    >>> found, = baseline(Case(id="", form="", posts=(), text="Open! #Harbour — Jo Doe (@jodoe) May 2, 2019"))
    >>> found.handle, found.posted.isoformat(), sorted(found.hashtags)
    ('jodoe', '2019-05-02', ['harbour'])
    """
    text = (
        case.text if case.text is not None else html.unescape(re.sub(r"<[^>]{0,5000}>", "", case.html or ""))
    )
    found = []
    for match in _TAIL.finditer(text):
        with contextlib.suppress(ValueError):  # a word that is no month
            before = text[max(0, match.start() - 600) : match.start()].rstrip()
            found.append(_facts(match, before.rpartition("\n\n")[2]))
    return found


def _facts(match: re.Match[str], text: str) -> Facts:
    return Facts(
        platform="twitter",
        handle=match["handle"],
        author=match["name"].strip(),
        posted=datetime.strptime(" ".join(match["date"].split()), "%B %d, %Y").date(),  # noqa: DTZ007 - a day, not a time
        codes=short_codes([text]),
        hashtags=names(re.findall(r"#\w+", text)),
        mentions=names(re.findall(r"@\w+", text)),
        text=text,
    )
