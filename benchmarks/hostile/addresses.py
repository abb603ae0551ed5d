"""Addresses of the published ranges that are not public, written down without a look at the guard's own list.

https://www.iana.org/assignments/iana-ipv4-special-registry, .../iana-ipv6-special-registry, and two addresses at
which clouds serve their tenants.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RANGES = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "::1/128",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/23",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
)

#: So many of each range, its first and its last among them.
_EACH = 26


def addresses() -> Iterator[str]:
    """Yield addresses of all ranges, those of IPv4 also as mapped into IPv6 and as NAT64 carries them.

    >>> len(set(addresses())) >= 1630, len(RANGES) >= 35
    (True, True)
    """
    chance = Random(1)  # the same ones each time
    for written in RANGES:
        network = ip_network(written)
        last = network.num_addresses - 1
        offsets = {0, last, *(chance.randint(0, last) for _ in range(_EACH - 2))}
        for offset in sorted(offsets):
            yield from _forms(network, offset)


def _forms(network: IPv4Network | IPv6Network, offset: int) -> Iterator[str]:
    address = network[offset]
    yield str(address)
    if address.version == 4:
        yield f"::ffff:{address}"
        yield f"64:ff9b::{address}"
