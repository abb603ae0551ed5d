"""Asking a platform's oEmbed endpoint whether a post is there: its pages answer 200 for what is not.

Documented answers of X: 200; 403 for a post of a protected account; 404 for one that is gone
(https://developer.x.com/en/docs/x-for-websites/oembed-api). It needs no account and has no published limit. Other
platforms have such endpoints too, but most want a key, or answer 200 for what is gone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from resolver.findings import Signal
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resolver.findings import Fetched

#: The endpoint that answers without a key, by platform.
ENDPOINTS: Final[Mapping[str, str]] = {"twitter": "https://publish.twitter.com/oembed"}

_SIGNALS: Final = {
    Outcome.FORBIDDEN: (Signal.BLOCKED, "the account is protected"),
    Outcome.NOT_FOUND: (Signal.GONE, "the post is gone, or its account is"),
    Outcome.GONE: (Signal.GONE, "the post is gone, or its account is"),
}


def oembed_address(endpoint: str, post_url: str) -> str:
    """Return the address by which *endpoint* is asked for a post.

    >>> oembed_address("https://publish.twitter.com/oembed", "https://twitter.com/jo/status/20")
    'https://publish.twitter.com/oembed?url=https%3A%2F%2Ftwitter.com%2Fjo%2Fstatus%2F20&omit_script=1'
    """
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode({'url': post_url, 'omit_script': 1})}"


def read_answer(fetched: Fetched) -> tuple[Signal, str]:
    """Return what an endpoint's answer is evidence of, and why, as a sentence.

    A success counts only with the JSON object that the oEmbed format wants, its version included: a page in its
    place proves nothing (https://oembed.com/#section2.3).
    """
    if fetched.outcome is Outcome.OK:
        if _is_oembed(fetched.body):
            return Signal.ALIVE, "the platform's oEmbed endpoint shows the post"
        return Signal.UNKNOWN, "the platform's oEmbed endpoint answered with something else than a post"
    signal, meaning = _SIGNALS.get(fetched.outcome, (Signal.UNKNOWN, fetched.outcome.sentence))
    status = fetched.hops[-1].status if fetched.hops else None
    answered = f"answered {status}" if status is not None else "did not answer"
    return signal, f"the platform's oEmbed endpoint {answered}: {meaning}"


def _is_oembed(body: bytes) -> bool:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and "version" in answer and "type" in answer
