"""Answers that are read without h11: only what h11 reads the same way."""

from __future__ import annotations

from itertools import product

import h11
import pytest
from growth import LIMIT, growth
from hypothesis import given
from hypothesis import strategies as st

from resolver.expand.plain import read_plain

LINE = b"HTTP/1.1 301 Moved Permanently\r\n"


def by_h11(data: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """The same by h11, which must find that the answer is there as a whole and that another can follow."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "t.co")]))
    connection.send(h11.EndOfMessage())
    connection.receive_data(data)
    head, body = connection.next_event(), b""
    assert isinstance(head, h11.Response)
    while isinstance(event := connection.next_event(), h11.Data):
        body += bytes(event.data)
    assert isinstance(event, h11.EndOfMessage)
    assert not event.headers.raw_items()
    assert connection.trailing_data == (b"", False)
    connection.start_next_cycle()
    return head.status_code, head.headers.raw_items(), body


PLAIN = [
    LINE + b"Content-Length: 0\r\n\r\n",
    LINE + b"content-length:2\r\nLocation:  https://x.com/a b \r\n\r\nHi",
    b"HTTP/1.1 200 \r\nX-Empty:\r\nX-Spaces:   \r\nConnection: Keep-Alive\r\nContent-Length: 007\r\n\r\n\r\n\r\n\r\n.",
    LINE + b"Location: /a\r\nLocation: /b\r\nSet-Cookie: a=b\r\nset-cookie: c=d\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 599 ~ !\r\n!#$%&'*+-.^_`|~09azAZ: : :\r\nContent-Length: 1\r\n\r\n\0",
]


@pytest.mark.parametrize("data", PLAIN)
def test_what_is_plain_is_read_as_h11_reads_it(data: bytes) -> None:
    """Status, fields with their case and order, and the body."""
    assert read_plain(data) == by_h11(data)


SPECIAL = {
    "no length": LINE + b"\r\n",
    "chunked": LINE + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunked and a length": LINE + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "two lengths": LINE + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\n!",
    "a list of lengths": LINE + b"Content-Length: 1, 1\r\n\r\n!",
    "a signed length": LINE + b"Content-Length: +1\r\n\r\n!",
    "a length of no digits": LINE + b"Content-Length:\r\n\r\n",
    "a length in other digits": LINE + "Content-Length: ١\r\n\r\n!".encode(),
    "an endless length": LINE + b"Content-Length: " + b"0" * 10 + b"\r\n\r\n",
    "the last connection": LINE + b"Connection: close\r\nContent-Length: 0\r\n\r\n",
    "one of two says so": LINE + b"Connection: keep-alive\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    "not all of the body": LINE + b"Content-Length: 3\r\n\r\nHi",
    "more than the body": LINE + b"Content-Length: 1\r\n\r\nHi",
    "not all of the head": LINE + b"Content-Length: 0\r\n",
    "a lone line feed": LINE + b"Content-Length: 0\n\r\n",
    "a folded line": LINE + b"Content-Length: 0\r\nX: a\r\n b\r\n\r\n",
    "a name with a space": LINE + b"Content-Length : 0\r\n\r\n",
    "a name of nothing": LINE + b": a\r\nContent-Length: 0\r\n\r\n",
    "a tab": LINE + b"X: a\tb\r\nContent-Length: 0\r\n\r\n",
    "a NUL": LINE + b"X: a\0b\r\nContent-Length: 0\r\n\r\n",
    "bytes that are not ASCII": LINE + b"Location: /caf\xe9\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.0": b"HTTP/1.0 301 Moved\r\nContent-Length: 0\r\n\r\n",
    "an interim answer": b"HTTP/1.1 103 Hints\r\nContent-Length: 0\r\n\r\n",
    "no content": b"HTTP/1.1 204 Nothing\r\nContent-Length: 0\r\n\r\n",
    "not modified": b"HTTP/1.1 304 Same\r\nContent-Length: 0\r\n\r\n",
    "a status of its own": b"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n",
    "no status": b"HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n",
    "nothing before it": b"\r\n" + LINE + b"Content-Length: 0\r\n\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("data", SPECIAL.values(), ids=SPECIAL.keys())
def test_all_else_is_left_to_h11(data: bytes) -> None:
    """What frames the body in another way, what is not there as a whole, and what only some accept."""
    assert read_plain(data) is None


PIECES = st.sampled_from(
    [
        *(
            b"Content-Length",
            b"Transfer-Encoding",
            b"Connection",
            b"Location",
            b": ",
            b":",
            b"\r\n",
            b"\n",
            b"\r",
        ),
        *(
            b"HTTP/1.1 ",
            b"HTTP/1.0 ",
            b"301",
            b"200",
            b"204",
            b"100",
            b" ",
            b"\t",
            b"0",
            b"1",
            b"2",
            b"10",
            b"12",
        ),
        *(b"chunked", b"close", b"keep-alive", b"a", b"b", b"\0", b"\x7f", b"\xe9", b",", b'"', b"(", b"Hi"),
    ]
)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(
            [b"Content-Length", b"content-length", b"Location", b"Connection", b"Transfer-Encoding", b"X"]
        ),
        st.sampled_from([b":", b": ", b":  ", b":\t", b" :"]),
        st.one_of(st.sampled_from([b"0", b"1", b"2", b"", b"keep-alive", b"close"]), st.binary(max_size=4)),
        st.sampled_from([b"\r\n", b" \r\n", b"\n", b"\r\n "]),
    ).map(b"".join),
    max_size=4,
).map(b"".join)


@given(
    st.one_of(
        st.lists(PIECES, max_size=25).map(b"".join),
        st.tuples(
            st.sampled_from([LINE, b"HTTP/1.1 200 OK\r\n"]), FIELDS, st.just(b"\r\n"), st.binary(max_size=2)
        ).map(b"".join),
    )
)
def test_whatever_is_taken_for_plain_h11_reads_the_same(data: bytes) -> None:
    """Of all bytes that a server may send."""
    plain = read_plain(data)
    if plain is not None:
        assert plain == by_h11(data)


ATTACKS = [
    *(LINE + piece for piece in (b"", b"X: ", b"X:", b"X: a\r\nX", b"Content-Length: ")),
    b"HTTP/1.1 200 ",
]


@pytest.mark.parametrize(
    ("beginning", "repeated"), [*product(ATTACKS, [b" ", b"a", b"a: b\r\n", b":\r\n", b": ", b"\r\n", b"a "])]
)
def test_it_takes_time_in_proportion_to_the_answer(beginning: bytes, repeated: bytes) -> None:
    """However it is made up."""
    assert (
        growth(lambda size: read_plain(beginning + repeated * (size // len(repeated)) + b"!"), 4_000) < LIMIT
    )
