"""What an exception of the network's libraries means, as an outcome."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpx

from resolver.expand.exchange import Failure, printable
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What each error says, the first that is found in the chain of causes: the ones below hide the ones above.
#: Garbage and a connection that ends too early are of one type to h11; see ``_ENDED_EARLY``.
_OUTCOMES: tuple[tuple[type[BaseException], Outcome], ...] = (
    (httpx.InvalidURL, Outcome.INVALID_URL),
    (httpx.UnsupportedProtocol, Outcome.BLOCKED_SCHEME),
    # h11 refuses to send it: the host cannot stand in a header.
    (httpx.LocalProtocolError, Outcome.INVALID_URL),
    # idna's errors and those of the look-up of a name with an empty or too long part.
    (UnicodeError, Outcome.INVALID_URL),
    (httpx.ConnectTimeout, Outcome.TIMEOUT_CONNECT),
    (httpx.PoolTimeout, Outcome.TIMEOUT_CONNECT),
    (httpx.TimeoutException, Outcome.TIMEOUT_READ),
    (ssl.SSLEOFError, Outcome.CONNECTION_LOST),
    (ssl.SSLError, Outcome.TLS_ERROR),
    # Of transports other than ours, whose guard looks names up itself.
    (socket.gaierror, Outcome.DNS_ERROR),
    (ConnectionRefusedError, Outcome.CONNECTION_REFUSED),
    (ConnectionError, Outcome.CONNECTION_LOST),
    # Unreachable hosts and networks.
    (httpx.ConnectError, Outcome.CONNECTION_REFUSED),
    (httpx.NetworkError, Outcome.CONNECTION_LOST),
    (httpx.ProtocolError, Outcome.PROTOCOL_ERROR),
    (TimeoutError, Outcome.TIMEOUT_READ),
)

#: OpenSSL's codes for why a certificate is refused (X509_V_ERR_...); the others are about who signed it.
_UNTRUSTED = {
    9: Outcome.TLS_NOT_YET_VALID,
    10: Outcome.TLS_EXPIRED,
    62: Outcome.TLS_NAME,
    64: Outcome.TLS_NAME,
}

#: OpenSSL's reasons where the two sides have no version or cipher in common, or one does not speak TLS at all.
_NO_COMMON_PROTOCOL = frozenset(
    {
        "DH_KEY_TOO_SMALL",
        "NO_PROTOCOLS_AVAILABLE",
        "RECORD_LAYER_FAILURE",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "TLSV1_ALERT_INSUFFICIENT_SECURITY",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "UNSUPPORTED_PROTOCOL",
        "WRONG_SSL_VERSION",
        "WRONG_VERSION_NUMBER",
    }
)

#: How h11 and httpcore word the end of a connection in the middle of an answer.
_ENDED_EARLY = ("Server disconnected", "peer closed connection", "peer unexpectedly closed")


def failure(error: Exception) -> Failure:
    """Return the failure that an exception means; ``INTERNAL_ERROR`` for one that nobody has thought of.

    >>> failure(ConnectionResetError(104, "Connection reset by peer")).outcome.value
    'connection_lost'
    """
    causes = list(_causes(error))
    for kind, outcome in _OUTCOMES:
        found = next((cause for cause in causes if isinstance(cause, kind)), None)
        if found is None:
            continue
        refined = _refined(found, outcome)
        return Failure(outcome=refined, error=printable(str(found)) or refined.sentence)
    return Failure(outcome=Outcome.INTERNAL_ERROR, error=f"{type(error).__name__}: {printable(str(error))}")


def _refined(error: BaseException, outcome: Outcome) -> Outcome:
    if outcome is Outcome.PROTOCOL_ERROR and str(error).startswith(_ENDED_EARLY):
        return Outcome.CONNECTION_LOST
    if isinstance(error, ssl.SSLCertVerificationError):
        return _UNTRUSTED.get(getattr(error, "verify_code", 0), Outcome.TLS_UNTRUSTED)
    if isinstance(error, ssl.SSLError) and getattr(error, "reason", None) in _NO_COMMON_PROTOCOL:
        return Outcome.TLS_PROTOCOL
    return outcome


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that it came of, those within groups as well."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = cause.exceptions if isinstance(cause, BaseExceptionGroup) else ()
        waiting += [other for other in (*inner, cause.__cause__, cause.__context__) if other is not None]
