"""What servers do wrong on the wire, and the outcome that each of it is to have."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

from benchmarks.hostile.peer import dripping, endless, raw, redirect, reset, silence, then
from resolver.expand import Policy

if TYPE_CHECKING:
    from benchmarks.hostile.peer import Fault

#: Where the faults are asked for: as an ordinary host, and as a short link's, whose page has to be read.
HOST, SHORT = "http://fault.example/", "http://t.co/fault"

POLICY = Policy(
    link_seconds=1.5,
    connect_seconds=0.5,
    read_seconds=0.4,
    attempts=2,
    backoff_seconds=0.01,
    backoff_limit_seconds=0.01,
)

OK = b"HTTP/1.1 200 OK\r\n"
EMPTY = b"Content-Length: 0\r\n\r\n"
HTML = b"Content-Type: text/html\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
REFRESH = b'<meta http-equiv="refresh" content="0;URL=http://fault.example/next">'
BOMB = gzip.compress(bytes(10_000_000))
PAGE = gzip.compress(REFRESH)

FAULTS: dict[str, tuple[str, Fault, str]] = {
    # never an answer
    "silence": (HOST, silence(), "timeout_read"),
    "status line by the byte": (HOST, dripping(OK * 100), "timeout_total"),
    "header by the byte": (HOST, then(raw(OK), dripping(b"X: " + b"a" * 9999)), "timeout_total"),
    "endless early hints": (HOST, endless(b"HTTP/1.1 103 Early Hints\r\n\r\n"), "timeout_total"),
    "endless headers": (HOST, then(raw(OK), endless(b"X: y\r\n" * 999)), "protocol_error"),
    "endless header": (HOST, then(raw(OK + b"X: "), endless(b"a" * 999)), "protocol_error"),
    "header of 200 kB": (HOST, raw(OK, b"X: ", b"a" * 200_000, b"\r\n", EMPTY), "protocol_error"),
    "closed at once": (HOST, raw(), "connection_lost"),
    "reset at once": (HOST, reset, "connection_lost"),
    "closed in the status line": (HOST, raw(b"HTTP/1.1 2"), "connection_lost"),
    "closed in a header": (HOST, raw(OK, b"X: y"), "connection_lost"),
    # no HTTP
    "ssh": (HOST, raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "protocol_error"),
    "tls": (HOST, raw(b"\x16\x03\x03\x00\x2a\x02\x00\x00\x26\r\n\r\n"), "protocol_error"),
    "http/0.9": (HOST, raw(b"<html>hello</html>\r\n\r\n"), "protocol_error"),
    "icy": (HOST, raw(b"ICY 200 OK\r\n\r\n"), "protocol_error"),
    "zeros": (HOST, raw(bytes(5000)), "protocol_error"),
    "status of letters": (HOST, raw(b"HTTP/1.1 abc OK\r\n\r\n"), "protocol_error"),
    "status of one digit": (HOST, raw(b"HTTP/1.1 2 OK\r\n\r\n"), "protocol_error"),
    "header with NUL": (HOST, raw(OK, b"X: a\x00b\r\n", EMPTY), "protocol_error"),
    "header without a colon": (HOST, raw(OK, b"nonsense\r\n", EMPTY), "protocol_error"),
    "negative length": (HOST, raw(OK, b"Content-Length: -1\r\n\r\n"), "protocol_error"),
    "two lengths": (HOST, raw(OK, b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "protocol_error"),
    "unknown coding of transfer": (HOST, raw(OK, b"Transfer-Encoding: magic\r\n\r\n"), "protocol_error"),
    # odd, but HTTP
    "header of 90 kB": (HOST, raw(OK, b"X: ", b"a" * 90_000, b"\r\n", EMPTY), "ok"),
    "bare line feeds": (HOST, raw(b"HTTP/1.1 200 OK\nContent-Length: 0\n\n"), "ok"),
    "a thousand cookies": (
        HOST,
        raw(OK, *(b"Set-Cookie: c%d=1\r\n" % number for number in range(1000)), EMPTY),
        "ok",
    ),
    "not a number of length": (
        HOST,
        raw(OK, "Content-Length: \N{SUPERSCRIPT TWO}\r\n\r\n".encode("latin-1")),
        "protocol_error",
    ),
    "status 999": (HOST, raw(b"HTTP/1.1 999 Denied\r\n", EMPTY), "forbidden"),
    "switching protocols": (HOST, raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), "protocol_error"),
    # bodies that need not be read
    "endless body": (HOST, then(raw(OK, b"\r\n"), endless(b"a" * 9999)), "ok"),
    "endless page": (HOST, then(raw(OK, HTML, b"\r\n"), endless(b"a" * 9999)), "ok"),
    "endless body of a redirect": (
        HOST,
        then(raw(b"HTTP/1.1 302 Found\r\nLocation: http://t.co/\r\n\r\n"), endless(b"a" * 9999)),
        "unavailable_page",
    ),
    "page by the byte": (HOST, then(raw(OK, HTML, b"\r\n"), dripping(b"a" * 9999)), "ok"),
    "short body of an error by the byte": (
        HOST,
        then(raw(b"HTTP/1.1 404 Not Found\r\nContent-Length: 900\r\n\r\n"), dripping(b"a" * 900)),
        "not_found",
    ),
    "page shorter than said": (HOST, raw(OK, HTML, b"Content-Length: 9\r\n\r\nabc"), "ok"),
    "page with a broken chunk": (HOST, raw(OK, HTML, CHUNKED, b"zz\r\n"), "ok"),
    "bomb": (HOST, raw(OK, HTML, b"Content-Encoding: gzip\r\n\r\n", BOMB), "ok"),
    # bodies that must be read
    "short link, endless page": (SHORT, then(raw(OK, HTML, b"\r\n"), endless(b"a" * 9999)), "too_large"),
    "short link, page by the byte": (
        SHORT,
        then(raw(OK, HTML, b"\r\n"), dripping(b"a" * 9999)),
        "timeout_read",
    ),
    "short link, page stalls": (SHORT, then(raw(OK, HTML, b"\r\n<p>"), silence()), "timeout_read"),
    "short link, page shorter than said": (
        SHORT,
        raw(OK, HTML, b"Content-Length: 9\r\n\r\nabc"),
        "connection_lost",
    ),
    "short link, reset in the page": (
        SHORT,
        then(raw(OK, HTML, b"Content-Length: 9\r\n\r\nabc"), silence(0.1), reset),
        "connection_lost",
    ),
    "short link, broken chunk": (SHORT, raw(OK, HTML, CHUNKED, b"zz\r\n"), "protocol_error"),
    "short link, endless chunk extension": (
        SHORT,
        then(raw(OK, HTML, CHUNKED, b"1;"), endless(b"a" * 999)),
        "protocol_error",
    ),
    "short link, endless trailers": (
        SHORT,
        then(raw(OK, HTML, CHUNKED, b"0\r\n"), endless(b"X: y\r\n" * 999)),
        "protocol_error",
    ),
    "short link, bomb": (SHORT, raw(OK, HTML, b"Content-Encoding: gzip\r\n\r\n", BOMB), "too_large"),
    "short link, unknown coding": (
        SHORT,
        raw(OK, HTML, b"Content-Encoding: x\r\n\r\n", REFRESH),
        "bad_encoding",
    ),
    "short link, deceptive charset": (
        SHORT,
        raw(OK, b"Content-Type: text/html; charset=rot13\r\n\r\n", REFRESH),
        "ok",
    ),
    # redirects
    "two locations": (HOST, redirect(b"/a", b"/b"), "bad_redirect"),
    "no location": (HOST, redirect(), "bad_redirect"),
    "multiple choices": (HOST, redirect(b"/a", status=300), "bad_redirect"),
    "empty location": (HOST, redirect(b""), "redirect_loop"),
    "fragment": (HOST, redirect(b"#x"), "redirect_loop"),
    "script": (HOST, redirect(b"javascript:alert(1)"), "blocked_scheme"),
    "data": (HOST, redirect(b"data:text/html,hello"), "blocked_scheme"),
    "file": (HOST, redirect(b"file:///etc/passwd"), "blocked_scheme"),
    "port 99999": (HOST, redirect(b"http://fault.example:99999/"), "invalid_url"),
    "port 0": (HOST, redirect(b"http://fault.example:0/"), "invalid_url"),
    "port of letters": (HOST, redirect(b"http://fault.example:http/"), "invalid_url"),
    "no host": (HOST, redirect(b"http://"), "invalid_url"),
    "empty label": (HOST, redirect(b"http://a..b/"), "invalid_url"),
    "long label": (HOST, redirect(b"http://" + b"a" * 64 + b".example/"), "invalid_url"),
    "host of symbols": (HOST, redirect("http://\N{SNOWMAN}.example/".encode()), "invalid_url"),
    "punycode of nothing": (HOST, redirect(b"http://xn--a/"), "ok"),
    "utf-8": (HOST, redirect("http://ok.example/\N{SNOWMAN}".encode()), "ok"),
    "latin-1": (HOST, redirect(b"http://ok.example/\xe9"), "ok"),
    "location of 9 kB": (HOST, redirect(b"/" + b"a" * 9000), "invalid_url"),
    "this machine": (HOST, redirect(b"http://127.0.0.1/"), "blocked_address"),
    "impossible wish": (
        HOST,
        raw(b"HTTP/1.1 429 Slow\r\nRetry-After: Thu, 01 Jan 99999999 00:00:00 GMT\r\n", EMPTY),
        "rate_limited",
    ),
    "wish for years": (HOST, raw(b"HTTP/1.1 503 Slow\r\nRetry-After: 999999999\r\n", EMPTY), "server_error"),
    # more that is no HTTP, or hardly
    "nothing but line ends": (HOST, raw(b"\r\n" * 50), "protocol_error"),
    "status of four digits": (HOST, raw(b"HTTP/1.1 1000 OK\r\n", EMPTY), "protocol_error"),
    "status 000": (HOST, raw(b"HTTP/1.1 000 OK\r\n", EMPTY), "protocol_error"),
    "status 600": (HOST, raw(b"HTTP/1.1 600 Odd\r\n", EMPTY), "protocol_error"),
    "version 9": (HOST, raw(b"HTTP/9.9 200 OK\r\n", EMPTY), "ok"),
    "version 2 as text": (HOST, raw(b"HTTP/2.0 200 OK\r\n", EMPTY), "ok"),
    "version in small letters": (HOST, raw(b"http/1.1 200 OK\r\n", EMPTY), "protocol_error"),
    "no reason": (HOST, raw(b"HTTP/1.1 200\r\n", EMPTY), "ok"),
    "reason with a NUL": (HOST, raw(b"HTTP/1.1 200 O\x00K\r\n", EMPTY), "protocol_error"),
    "blank before a colon": (HOST, raw(OK, b"X : y\r\n", EMPTY), "protocol_error"),
    "header without a name": (HOST, raw(OK, b": y\r\n", EMPTY), "protocol_error"),
    "header in Latin-1": (HOST, raw(OK, b"X: \xe9\r\n", EMPTY), "ok"),
    "header with a carriage return": (HOST, raw(OK, b"X: a\rb\r\n", EMPTY), "protocol_error"),
    "folded header": (HOST, raw(OK, b"X: a\r\n b\r\n", EMPTY), "ok"),
    "8000 headers": (HOST, raw(OK, b"X: y\r\n" * 8000, EMPTY), "ok"),
    "100,000 headers": (HOST, raw(OK, b"X: y\r\n" * 100_000, EMPTY), "protocol_error"),
    "length and chunks": (HOST, raw(OK, b"Content-Length: 5\r\n", CHUNKED, b"0\r\n\r\n"), "ok"),
    "length beyond all numbers": (
        HOST,
        raw(OK, b"Content-Length: " + b"9" * 30 + b"\r\n\r\n"),
        "protocol_error",
    ),
    "length of 5,000 digits": (
        HOST,
        raw(OK, b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n"),
        "protocol_error",
    ),
    "same length twice": (HOST, raw(OK, b"Content-Length: 0\r\n", EMPTY), "ok"),
    "two answers at once": (HOST, raw(OK, EMPTY, OK, EMPTY), "ok"),
    "nothing after a hint": (HOST, raw(b"HTTP/1.1 103 Early Hints\r\n\r\n"), "connection_lost"),
    "a hint, then an answer": (HOST, raw(b"HTTP/1.1 103 Early Hints\r\n\r\n", OK, EMPTY), "ok"),
    "204 with a body": (HOST, raw(b"HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\nhello"), "ok"),
    "304": (HOST, raw(b"HTTP/1.1 304 Same\r\n\r\n"), "bad_redirect"),
    "205 that goes on": (HOST, then(raw(b"HTTP/1.1 205 Reset\r\n\r\n"), endless(b"a" * 9999)), "ok"),
    "upgrade": (
        HOST,
        raw(b"HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
        "protocol_error",
    ),
    # pages that must be read, chunked or coded
    "short link, negative chunk": (SHORT, raw(OK, HTML, CHUNKED, b"-5\r\nhello\r\n"), "protocol_error"),
    "short link, chunk beyond all numbers": (
        SHORT,
        raw(OK, HTML, CHUNKED, b"f" * 40 + b"\r\n"),
        "protocol_error",
    ),
    "short link, chunk without an end": (SHORT, raw(OK, HTML, CHUNKED, b"5\r\nhello!!"), "protocol_error"),
    "short link, no last chunk": (SHORT, raw(OK, HTML, CHUNKED, b"5\r\nhello\r\n"), "connection_lost"),
    "short link, endless chunks": (
        SHORT,
        then(raw(OK, HTML, CHUNKED), endless(b"5dc\r\n" + b"a" * 1500 + b"\r\n")),
        "too_large",
    ),
    "short link, gzip": (SHORT, raw(OK, HTML, b"Content-Encoding: gzip\r\n\r\n", PAGE), "ok"),
    "short link, gzip and small letters": (
        SHORT,
        raw(OK, HTML, b"content-encoding:  X-GZip \r\n\r\n", PAGE),
        "ok",
    ),
    "short link, deflate": (
        SHORT,
        raw(OK, HTML, b"Content-Encoding: deflate\r\n\r\n", zlib.compress(REFRESH)),
        "ok",
    ),
    "short link, half a gzip": (
        SHORT,
        raw(OK, HTML, b"Content-Encoding: gzip\r\n\r\n", PAGE[:30]),
        "bad_encoding",
    ),
    "short link, gzip of nothing": (SHORT, raw(OK, HTML, b"Content-Encoding: gzip\r\n\r\n"), "bad_encoding"),
    "short link, no gzip": (SHORT, raw(OK, HTML, b"Content-Encoding: gzip\r\n\r\n", REFRESH), "bad_encoding"),
    "short link, gzip twice": (
        SHORT,
        raw(OK, HTML, b"Content-Encoding: gzip, gzip\r\n\r\n", gzip.compress(PAGE)),
        "bad_encoding",
    ),
    "short link, brotli": (SHORT, raw(OK, HTML, b"Content-Encoding: br\r\n\r\n", REFRESH), "bad_encoding"),
    "short link, zstd": (SHORT, raw(OK, HTML, b"Content-Encoding: zstd\r\n\r\n", REFRESH), "bad_encoding"),
    "short link, picture": (SHORT, raw(OK, b"Content-Type: image/png\r\n\r\n\x89PNG"), "unavailable_page"),
    "short link, UTF-16": (
        SHORT,
        raw(OK, HTML, b"\r\n", REFRESH.decode().encode("utf-16")),
        "unavailable_page",
    ),
    "short link, NULs": (SHORT, raw(OK, HTML, b"\r\n", bytes(100_000)), "unavailable_page"),
    "short link, refresh to a file": (
        SHORT,
        raw(OK, HTML, b"\r\n", b'<meta http-equiv="refresh" content="0;URL=file:///etc/passwd">'),
        "blocked_scheme",
    ),
    "short link, refresh to this machine": (
        SHORT,
        raw(OK, HTML, b"\r\n", b'<meta http-equiv="refresh" content="0;URL=http://[::1]/">'),
        "blocked_address",
    ),
    "short link, refresh to itself": (
        SHORT,
        raw(OK, HTML, b"\r\n", b'<meta http-equiv="refresh" content="0;URL=http://t.co/fault">'),
        "redirect_loop",
    ),
    # more redirects
    "location with a line break": (HOST, redirect(b"http://ok.example/\r\nSet-Cookie: a=b"), "ok"),
    "location with a NUL": (HOST, redirect(b"http://ok.example/\x00"), "protocol_error"),
    "location with user-info": (HOST, redirect(b"http://jo:secret@ok.example/"), "ok"),
    "location with a zone": (HOST, redirect(b"http://[fe80::1%25eth0]/"), "invalid_url"),
    "location in an IPv6 mapping": (HOST, redirect(b"http://[::ffff:127.0.0.1]/"), "blocked_address"),
    "location as a number": (HOST, redirect(b"http://2130706433/"), "blocked_address"),
    "location with a backslash": (HOST, redirect(b"http://ok.example\\@127.0.0.1/"), "invalid_url"),
    "location of 80 kB": (HOST, redirect(b"/" + b"a" * 80_000), "invalid_url"),
    "a hundred locations": (HOST, redirect(*(b"/%d" % number for number in range(100))), "bad_redirect"),
    "location of a wrapper of this machine": (
        HOST,
        redirect(b"https://href.li/?http://127.0.0.1/"),
        "blocked_address",
    ),
    "308 that never ends": (
        HOST,
        then(raw(b"HTTP/1.1 308 On\r\nLocation: http://ok.example/\r\n\r\n"), endless(b"a" * 9999)),
        "ok",
    ),
    "negative wish": (HOST, raw(b"HTTP/1.1 429 Slow\r\nRetry-After: -5\r\n", EMPTY), "rate_limited"),
}
