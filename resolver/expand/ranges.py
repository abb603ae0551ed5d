"""The published ranges of addresses that are not public, and nothing but them.

``ipaddress.is_global`` is no substitute: its answers differ between Python versions, and multicast,
IPv4-compatible and translated addresses are global to it.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network

#: https://www.iana.org/assignments/iana-ipv4-special-registry and where it points to, with what each is for.
#: Ranges that are reachable but only serve the network's own machinery are among them.
NOT_PUBLIC_IPV4: dict[IPv4Network, str] = {
    IPv4Network("0.0.0.0/8"): "this network, RFC 791 3.2",
    IPv4Network("10.0.0.0/8"): "private, RFC 1918",
    IPv4Network("100.64.0.0/10"): "shared behind a provider's NAT, RFC 6598",
    IPv4Network("127.0.0.0/8"): "this machine, RFC 1122 3.2.1.3",
    IPv4Network("168.63.129.16/32"): "Azure's platform, which answers on it within every virtual network",
    IPv4Network("169.254.0.0/16"): "link-local, RFC 3927; where clouds keep credentials",
    IPv4Network("172.16.0.0/12"): "private, RFC 1918",
    IPv4Network("192.0.0.0/24"): "protocol assignments, RFC 6890",
    IPv4Network("192.0.2.0/24"): "documentation, RFC 5737",
    IPv4Network("192.31.196.0/24"): "AS112, RFC 7535",
    IPv4Network("192.52.193.0/24"): "multicast tunnels, RFC 7450",
    IPv4Network("192.88.99.0/24"): "6to4 relays, RFC 7526",
    IPv4Network("192.168.0.0/16"): "private, RFC 1918",
    IPv4Network("192.175.48.0/24"): "AS112, RFC 7534",
    IPv4Network("198.18.0.0/15"): "benchmarks, RFC 2544",
    IPv4Network("198.51.100.0/24"): "documentation, RFC 5737",
    IPv4Network("203.0.113.0/24"): "documentation, RFC 5737",
    IPv4Network("224.0.0.0/4"): "multicast, RFC 5771",
    IPv4Network("240.0.0.0/4"): "reserved, RFC 1112 4; limited broadcast, RFC 919",
}

#: The one IPv6 range from which global addresses are given out, RFC 4291 2.4 and
#: https://www.iana.org/assignments/ipv6-address-space: all that is outside of it is not public.
PUBLIC_IPV6 = IPv6Network("2000::/3")

#: What is not public within it, https://www.iana.org/assignments/iana-ipv6-special-registry.
NOT_PUBLIC_IPV6: dict[IPv6Network, str] = {
    IPv6Network("2001::/23"): "protocol assignments, RFC 2928: Teredo, benchmarks, ORCHID, DRIP",
    IPv6Network("2001:db8::/32"): "documentation, RFC 3849",
    IPv6Network("2002::/16"): "6to4, RFC 3056: carries any IPv4 address",
    IPv6Network("2620:4f:8000::/48"): "AS112, RFC 7534",
    IPv6Network("3fff::/20"): "documentation, RFC 9637",
}

#: IPv6 addresses that stand for the IPv4 address in their last 32 bits, and are as public as that one is.
EMBEDDED_IPV4: dict[IPv6Network, str] = {
    IPv6Network("::ffff:0:0/96"): "IPv4-mapped, RFC 4291 2.5.5.2",
    IPv6Network("64:ff9b::/96"): "NAT64, RFC 6052: how networks without IPv4 reach IPv4 hosts",
}
