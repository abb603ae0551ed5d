"""Find what was lost of an article's social embeds, and name the posts.

>>> from resolver import scan
>>> article = '''The council met on Monday.
...
... The bridge opens on Friday. #Harbour pic.twitter.com/AbCdEf1234 — Jo Doe (@jodoe) May 2, 2019
...
... The works took a year.'''
>>> embed, = scan(article)
>>> embed.handle, embed.posted.isoformat(), embed.hashtags
('jodoe', '2019-05-02', ('Harbour',))
>>> article[embed.start : embed.end] == embed.quote
True

``enrich`` also follows the links, with a client that the caller brings::

    with Client() as client:
        enriched = enrich(article, client=client)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resolver.errors import (
        ColumnError,
        InputError,
        LossyInputError,
        NewerSchemaError,
        OutputError,
        ResolverError,
        StoreError,
    )
    from resolver.expand.client import Client
    from resolver.expand.policy import Policy
    from resolver.models import (
        AttestedBy,
        Blocked,
        Capture,
        Check,
        Document,
        Embed,
        Enriched,
        Hop,
        Kind,
        Link,
        Observation,
        Outcome,
        Post,
        Role,
        Via,
    )
    from resolver.pipeline import enrich, scan

__version__ = "0.1.0"

__all__ = [
    "AttestedBy",
    "Blocked",
    "Capture",
    "Check",
    "Client",
    "ColumnError",
    "Document",
    "Embed",
    "Enriched",
    "Hop",
    "InputError",
    "Kind",
    "Link",
    "LossyInputError",
    "NewerSchemaError",
    "Observation",
    "Outcome",
    "OutputError",
    "Policy",
    "Post",
    "ResolverError",
    "Role",
    "StoreError",
    "Via",
    "enrich",
    "scan",
]


# Where each name is, imported when it is first asked for: the help of a command must not wait for the pipeline, nor
# a scan for the HTTP client.
_HOMES = {
    "resolver.errors": {name for name in __all__ if name.endswith("Error")},
    "resolver.expand": {"Client", "Policy"},
    "resolver.pipeline": {"enrich", "scan"},
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it is defined in."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = next((home for home, names in _HOMES.items() if name in names), "resolver.models")
    return getattr(import_module(home), name)
