"""An address beside another that never was: what a server answers to it, it answers to whatever is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Callable

#: Letters in a made-up name: by chance there is nothing of it.
LENGTH: Final = 20

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
#: A script that shows what its parameters name.
_SCRIPT = re.compile(r"\.(?:php|aspx?|jsp|cgi|cfm|do)\Z", re.IGNORECASE)
_VALUE = re.compile(r"=[^&]*")


class Sibling(NamedTuple):
    """An address that never was, and the folder for which it stands."""

    folder: str
    address: str
    #: The made-up name in it, which pages repeat.
    name: str


def sibling_of(address: str, random_name: Callable[[int], str]) -> Sibling:
    """Return a made-up address in the folder of *address*; *random_name* makes so many letters.

    The ending of a file name is kept, and where a script shows what its parameters name, these are replaced.

    >>> sibling_of("https://news.example/2020/bridge.html", lambda length: "x" * 4)
    Sibling(folder='https://news.example/2020/*.html', address='https://news.example/2020/xxxx.html', name='xxxx')
    >>> sibling_of("https://news.example/story.php?id=12", lambda length: "x" * 4).address
    'https://news.example/story.php?id=xxxx'
    """
    parts = urlsplit(address)
    name = random_name(LENGTH)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    if parts.query and (not last or _SCRIPT.search(last)):
        query = _VALUE.sub(f"={name}", parts.query) if "=" in parts.query else name
        made = urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
        keys = "&".join(sorted(pair.partition("=")[0] for pair in parts.query.split("&")))
        return Sibling(f"{parts.scheme}://{parts.netloc}{parts.path}?{keys}", made, name)
    extension = _EXTENSION.search(last)
    ending = extension[0] if extension else ("/" if parts.path.endswith("/") and last else "")
    made = urlunsplit((parts.scheme, parts.netloc, f"{folder}/{name}{ending}", "", ""))
    return Sibling(f"{parts.scheme}://{parts.netloc}{folder}/*{ending}", made, name)
