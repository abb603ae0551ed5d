"""What is wrong with the encryption of a host, and the outcome that it is to have. Needs trustme."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import trustme

from benchmarks.hostile.peer import raw, serving, silence
from resolver.expand import Client, Policy
from resolver.expand.guard import GuardedBackend
from resolver.expand.names import Names
from resolver.expand.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.hostile.peer import Fault
    from resolver.models import Observation

HOST = "good.example"

#: What each certificate is like: its name, and from and to how many days from now it is valid ...
CERTIFICATES: dict[str, tuple[str, int, int, str]] = {
    "expired": (HOST, -20, -10, "tls_expired"),
    "not yet valid": (HOST, 10, 20, "tls_not_yet_valid"),
    "another name": ("other.example", -10, 10, "tls_name"),
    "a name that only begins like it": ("good.example.evil.example", -10, 10, "tls_name"),
    "right": (HOST, -10, 10, "ok"),
}

#: ... and what else may be wrong.
OTHERS = {
    "unknown authority": "tls_untrusted",
    "TLS 1.1 only": "tls_protocol",
    "no encryption": "tls_protocol",
    "silence": "timeout_connect",
    "closed in the handshake": "connection_lost",
}

FINE = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
POLICY = Policy(link_seconds=2.0, connect_seconds=0.5, read_seconds=0.5, attempts=1)


def observed(name: str) -> Observation:
    """Return what comes of following a link to a host with this fault."""
    authority = trustme.CA()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    with _serving(name, authority) as server:
        port = int(server.rpartition(":")[2])
        policy = Policy(
            link_seconds=POLICY.link_seconds, connect_seconds=POLICY.connect_seconds, read_seconds=POLICY.read_seconds,
            attempts=1, ports=frozenset({port}),
        )  # fmt: skip
        with Client(transport=_transport(trusted, policy, server), policy=policy) as client:
            (observation,) = client.expand([f"https://{HOST}:{port}/"])
    return observation


def _transport(trusted: ssl.SSLContext, policy: Policy, server: str) -> Transport:
    """Return a transport whose guard takes the server for the host, and all of whose encryption is as usual."""
    plain = server.replace("https://", "http://")
    return Transport(trusted, GuardedBackend(policy=policy, names=Names(), connect_to={HOST: plain}))


@contextmanager
def _serving(name: str, authority: trustme.CA) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    host, begins, ends, _ = CERTIFICATES.get(name, CERTIFICATES["right"])
    now = datetime.now(UTC)
    signed_by = trustme.CA() if name == "unknown authority" else authority
    certificate = signed_by.issue_cert(
        host, not_before=now + timedelta(days=begins), not_after=now + timedelta(days=ends)
    )
    certificate.configure_cert(context)
    if name == "TLS 1.1 only":
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    unencrypted: dict[str, Fault] = {
        "no encryption": FINE,
        "silence": silence(),
        "closed in the handshake": raw(),
    }
    fault = unencrypted.get(name, FINE)
    with serving(fault, None if name in unencrypted else context, wait=name not in unencrypted) as server:
        yield server
