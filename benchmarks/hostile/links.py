"""Links to what is not public, in the notations and shapes that parsers and the C library understand."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

#: This machine, private networks, where clouds keep credentials, and addresses of many machines at once.
ADDRESSES = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "224.0.0.1",
    "255.255.255.255",
)

SHAPES = (
    "http://{0}/",
    "https://{0}/",
    "http://{0}:80/",
    "http://jo:secret@{0}/",
    "http://news.example@{0}/",
    "http://{0}/?url=https://news.example/#@news.example",
    "http://news.example\\@{0}/",
)

IPV6 = (
    "::1",
    "::",
    "0:0:0:0:0:0:0:1",
    "0000::1",
    "::ffff:0:127.0.0.1",
    "fe80::1",
    "fe80::1%25lo",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2001:2::1",
    "2001:10::1",
    "3fff::1",
    "5f00::1",
    "64:ff9b:1::1",
    "2620:4f:8000::1",
)

NAMES = (
    "localhost",
    "LOCALHOST",
    "localhost.",
    "localhost.localdomain",
    "localtest.example",
    "ip6-localhost",
    "metadata.google.internal",
    "127.0.0.1.example",
    "l\N{LATIN SMALL LETTER O WITH DIAERESIS}calhost",
    "\N{FULLWIDTH LATIN SMALL LETTER L}ocalhost",
    "kubernetes.default.svc",
)

SCHEMES = (
    "file:///",
    "ftp://",
    "gopher://",
    "dict://",
    "ldap://",
    "tftp://",
    "sftp://",
    "jar:http://",
    "netdoc://",
    "ws://",
    "javascript:",
    "data:text/plain,",
    "view-source:http://",
    "unix:/run/",
    "about:",
    "blob:http://",
)

_PORTS = (0, 1, 22, 25, 81, 2375, 3306, 6379, 8080, 11211, 65535, 65536)

#: What some parsers read as an address of this machine, and others as something else.
_CONFUSING = (
    "http://127.0.0.1\x00.news.example/",
    "http://127.0.0.1%00.news.example/",
    "http://127.0.0.1%2f@news.example/",
    "http://127.0.0.1\t.1/",
    "http://127.0\r\n.0.1/",
    "http://127.0.0.1\r\nHost:%20localhost/",
    "http:127.0.0.1/",
    "http:/127.0.0.1/",
    "http:///127.0.0.1/",
    "http:////127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http://127.0.0.1;news.example/",
    "http://127.0.0.1,news.example/",
    "http://127.0.0.1|news.example/",
    "http://[127.0.0.1]/",
    "http://[::1]news.example/",
    "http://[::1]:80:80/",
    "http://[[::1]]/",
    "http://[::1",
    "http://::1/",
    "http://[v1.127.0.0.1]/",
    "http://127.0.0.1..../",
    "http://.127.0.0.1/",
    "http://127..0.1/",
    "http://256.0.0.1/",
    "http://127.0.0.1.1/",
    "http://0x7f.0x0.0x0.0x1.0x1/",
    "http://4294967296/",
    "http://-1/",
    "http://1e2/",
    "http://0x/",
    "http://00000000000000000000000177.1/",
    "http:// 127.0.0.1/",
    "http://127.0.0.1 /",
    "http://127.0.0.1%20/",
    "http://127.0.0.1%09/",
    "http://%6c%6f%63%61%6c%68%6f%73%74/",
    "//127.0.0.1/",
    "http://127.1:80\\@news.example/",
    "http://news.example:80@127.0.0.1/",
    "http://a:b:c@127.0.0.1/",
    "http://@@127.0.0.1/",
    "http://news.example#@127.0.0.1/",
    "http://news.example?@127.0.0.1/",
    "http://127.0.0.1\N{IDEOGRAPHIC SPACE}/",
)


def notations(address: str) -> tuple[str, ...]:
    """Return 24 ways to write an IPv4 address in the place of a host.

    >>> notations("127.0.0.1")[1:4]
    ('2130706433', '0x7f000001', '017700000001')
    """
    number = int(IPv4Address(address))
    a, b, c, d = (number >> shift & 255 for shift in (24, 16, 8, 0))
    high, low = number >> 16, number & 0xFFFF
    wide, circled = (
        _in_other_digits(address, zero) for zero in ("\N{FULLWIDTH DIGIT ZERO}", "\N{CIRCLED DIGIT ONE}")
    )
    return (
        address,
        str(number),
        hex(number),
        f"0{number:o}",
        ".".join(map(hex, (a, b, c, d))),
        ".".join(f"0{part:o}" for part in (a, b, c, d)),
        ".".join(f"{part:03}" for part in (a, b, c, d)),
        f"{a:#x}.{b}.{c}.{d}",
        f"{a}.{b}.{low}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a:#x}.{number & 0xFFFFFF:#x}",
        f"0X{number:08X}",
        f"{address}.",
        wide,
        circled,
        address.replace(".", "\N{IDEOGRAPHIC FULL STOP}"),
        "".join(f"%{ord(character):02x}" for character in address),
        f"{address}.at.example",
        f"[::ffff:{address}]",
        f"[::ffff:{high:x}:{low:x}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"[0:0:0:0:0:ffff:{high:04X}:{low:04X}]",
        f"[2002:{high:x}:{low:x}::]",
    )


def links() -> Iterator[str]:
    """Yield the links, each once. None of them leads to a public host.

    >>> len(set(links())) >= 2397
    True
    """
    yield from dict.fromkeys(_links())


def resolved(host: str) -> str:
    """Return what the name servers of the test say: the address in the name, or this machine.

    >>> resolved("10.0.0.1.at.example"), resolved("news.example")
    ('10.0.0.1', '127.0.0.1')
    """
    return host.removesuffix(".at.example") if host.endswith(".at.example") else "127.0.0.1"


def _links() -> Iterator[str]:
    for address in ADDRESSES:
        for host in notations(address):
            yield from (shape.format(host) for shape in SHAPES)
        yield from (scheme + address for scheme in SCHEMES)
        yield from (f"http://{address}:{port}/" for port in _PORTS)
        yield f"https://l.facebook.com/l.php?u={quote(f'http://{address}/', safe='')}"
    for host in (*(f"[{address}]" for address in IPV6), *NAMES):
        yield from (shape.format(host) for shape in SHAPES)
    yield from _CONFUSING


def _in_other_digits(address: str, first: str) -> str:
    """Return the address in digits that follow *first*, where the others have a zero that is used."""
    offset = ord(first) - (0 if first == "\N{FULLWIDTH DIGIT ZERO}" else 1)
    zero = "\N{CIRCLED DIGIT ZERO}" if first == "\N{CIRCLED DIGIT ONE}" else first
    return "".join(
        character if character == "." else zero if character == "0" else chr(offset + int(character))
        for character in address
    )
