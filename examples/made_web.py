"""The web of the made archive: one local server that answers for many hosts, an oEmbed endpoint and a web archive."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the hosts of parked domains are called, and a consent page that those who are tracked are sent to.
PARKING = "www.hugedomains.com"
CONSENT = "myprivacy.dpgmedia.nl"
_HOSTS_PER_KIND = 4


class Kind(NamedTuple):
    """What became of a target: how often, which verdict is right after three rounds, and on what kind of host."""

    weight: int
    verdict: str
    host: str


#: Living, moved, dead, soft-404, blocked, slow and parked targets.
KINDS = {
    "alive": Kind(300, "alive", "honest"),
    "alive_on_soft_host": Kind(30, "alive", "soft"),
    "alive_on_home_host": Kind(20, "alive", "home"),
    "alive_about_404": Kind(10, "alive", "honest"),
    "alive_about_parking": Kind(10, "alive", "honest"),
    "alive_as_script": Kind(8, "unknown", "shell"),
    "alive_other_scheme": Kind(30, "alive", "honest"),
    "alive_after_outage": Kind(20, "alive", "honest"),
    "alive_but_changed": Kind(20, "alive", "honest"),
    "alive_document": Kind(15, "alive", "honest"),
    "slow": Kind(10, "alive", "honest"),
    "moved": Kind(60, "moved", "honest"),
    "moved_to_other_host": Kind(30, "moved", "honest"),
    "gone_404": Kind(90, "dead", "honest"),
    "gone_410": Kind(20, "dead", "honest"),
    "code_gone": Kind(25, "dead", "honest"),
    "host_gone": Kind(50, "dead", "refused"),
    "host_broken": Kind(15, "dead", "broken"),
    "host_busy": Kind(10, "unknown", "busy"),
    "host_silent": Kind(2, "unknown", "silent"),
    "soft_404": Kind(60, "dead", "soft"),
    "soft_404_front_page": Kind(20, "dead", "front"),
    "redirected_home": Kind(25, "dead", "home"),
    "redirected_home_alone": Kind(15, "dead", "honest"),
    "redirected_to_folder": Kind(15, "dead", "folder"),
    "parked": Kind(20, "dead", "parked"),
    "sold": Kind(15, "dead", "sold"),
    "refused_403": Kind(30, "blocked", "wall"),
    "refused_429": Kind(4, "blocked", "limit"),
    "login": Kind(15, "blocked", "login"),
    "consent": Kind(15, "blocked", "consent"),
}

_NOT_FOUND = (
    "Page not found", "Pagina niet gevonden", "Seite nicht gefunden", "Page introuvable", "Página no encontrada",
    "Pagina non trovata", "Strona nie istnieje: nie znaleziono", "Страница не найдена",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address that an article links to, by way of t.co."""

    kind: str
    slug: str
    number: int
    #: When the article was published.
    at: datetime

    @property
    def host(self) -> str:
        """Its host, of the kind of host that such targets are on."""
        return f"{KINDS[self.kind].host}-{self.number % _HOSTS_PER_KIND}.example"

    @property
    def url(self) -> str:
        """Its address as it is linked to."""
        scheme = "http" if self.kind == "alive_other_scheme" else "https"
        ending = ".pdf" if self.kind == "alive_document" else ""
        return f"{scheme}://{self.host}/{self.at:%Y}/{self.slug}{ending}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is at one address."""

    title: str = ""
    text: str = ""
    #: Where it leads instead.
    to: str | None = None
    status: int = 200
    delay: float = 0.0
    content_type: str = "text/html; charset=utf-8"
    #: What it is in the rounds from such a number on.
    later: tuple[int, Page] | None = None


class Answer(NamedTuple):
    """One answer of the server."""

    status: int
    body: bytes = b""
    location: str | None = None
    delay: float = 0.0
    content_type: str = "text/html; charset=utf-8"


@dataclass
class MadeWeb:
    """What is at which address, in which round of checks."""

    pages: dict[str, Page] = field(default_factory=dict)
    #: Kind and text of each post, by its id.
    posts: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: The captures of each address: time, status, where it led.
    captures: dict[str, list[tuple[datetime, int, str | None]]] = field(default_factory=dict)
    round: int = 1

    def add(self, url: str, page: Page) -> None:
        """Put a page at an address, whatever its scheme."""
        self.pages[_key(url)] = self.pages[url] = page

    def archive(self, url: str, at: datetime, *, to: str | None = None) -> None:
        """Let the archive have a copy of an address, of that time, and one of its death later on."""
        self.captures.setdefault(url, []).extend(
            [(at, 301 if to else 200, to), (at + timedelta(days=2000), 404, None)]
        )

    def add_target(self, target: Target, *, title: str, text: str) -> None:
        """Put at its address what a target of its kind has there."""
        page = Page(title=title, text=text)
        elsewhere = f"https://{target.host}/archive/{target.slug}"
        pages = {
            "alive_about_404": replace(page, title=f"404: page not found, and the art of saying so; {title}"),
            "alive_about_parking": replace(page, text=f'{text} <a href="https://{PARKING}/">{PARKING}</a>'),
            "alive_after_outage": Page(status=500, later=(2, page)),
            "alive_but_changed": replace(
                page, later=(3, Page(title="Shoes, cheap", text=f"shoes {text[::-1]}"))
            ),
            "alive_document": replace(page, content_type="application/pdf"),
            "slow": replace(page, delay=0.3),
            "alive_other_scheme": Page(to=target.url.replace("http://", "https://www.") + "/"),
            "moved": Page(to=elsewhere, status=301),
            "moved_to_other_host": Page(to=f"https://honest-new.example/{target.slug}", status=302),
            "gone_410": Page(status=410),
            "redirected_home_alone": Page(to=f"https://{target.host}/"),
            "refused_403": Page(status=403),
            "login": Page(to=f"https://{target.host}/login?from={target.slug}"),
            "consent": Page(to=f"https://{CONSENT}/consent?callbackUrl={quote(target.url, safe='')}"),
        }
        if target.kind in pages or (target.kind.startswith("alive") and target.kind != "alive_as_script"):
            self.add(target.url, pages.get(target.kind, page))
        for place in (elsewhere, f"https://honest-new.example/{target.slug}"):
            if (pages.get(target.kind) or page).to == place:
                self.add(place, page)
        if target.kind == "alive_other_scheme":
            self.add(target.url.replace("http://", "https://www.") + "/", page)
        if target.kind == "login":
            self.add(
                f"https://{target.host}/login?from={target.slug}",
                Page(title="Log in", text="Name, password."),
            )

    def hosts(self) -> set[str]:
        """Return the hosts that there are."""
        kinds = {kind.host for kind in KINDS.values()}
        numbered = {f"{kind}-{number}.example" for kind in kinds for number in range(_HOSTS_PER_KIND)}
        others = {"t.co", "honest-new.example", PARKING, CONSENT}
        return numbered | {f"www.{host}" for host in numbered if host.startswith("honest")} | others

    def answer(self, host: str, target: str) -> Answer:
        """Return what the web answers in this round."""
        page = self.pages.get(f"{host}{target}")
        if page is None:
            return self._without_page(host, target)
        if page.later is not None and self.round >= page.later[0]:
            page = page.later[1]
        if page.to is not None:
            return Answer(page.status if page.status != 200 else 301, location=page.to)
        body = _html(page.title, f"<p>{page.text}</p>")
        return Answer(page.status, body, delay=page.delay, content_type=page.content_type)

    def _without_page(self, host: str, target: str) -> Answer:
        """Answer for what is not there, as hosts of that kind do."""
        path = target.partition("?")[0]
        number = sum(map(ord, host))
        if path == "/":
            return Answer(200, _html(f"The news of {host}", "<p>All of today's news on one page.</p>" * 20))
        nothing = _html(
            f"{_NOT_FOUND[number % len(_NOT_FOUND)]} | {host}", f"<p>{path} is not here. Try the search.</p>"
        )
        answers = {
            "soft": Answer(200, nothing),
            "front": Answer(
                200, _html(f"The news of {host}", "<p>All of today's news on one page.</p>" * 20)
            ),
            "home": Answer(302, location=f"https://{host}/"),
            "folder": Answer(200, _html("Contents", "<p>This and that.</p>" * 30))
            if path.count("/") < 2 or path.endswith("/")
            else Answer(301, location=f"https://{host}{path.rpartition('/')[0]}/"),
            "parked": Answer(
                200,
                _html(host, f'<script src="https://img.sedoparking.com/{number}.js"></script><p>{host}</p>'),
            ),
            "sold": Answer(302, location=f"https://{PARKING}/domain_profile.cfm?d={host}"),
            "shell": Answer(200, _html("App", '<div id="root"></div><script src="/app.js"></script>')),
            "broken": Answer(500, nothing),
            "busy": Answer(503, nothing),
            "silent": Answer(200, nothing, delay=30.0),
            "wall": Answer(403, nothing),
            "limit": Answer(429, nothing),
            PARKING: Answer(200, _html(f"{target} is for sale", "<p>Buy it now.</p>")),
        }
        answer = answers.get(host.partition("-")[0]) or answers.get(host)
        return answer or Answer(404, nothing)

    def oembed(self, query: str) -> Answer:
        """Answer as the oEmbed endpoint of the platform does."""
        post_id = parse_qs(query).get("url", [""])[0].rpartition("/")[2]
        kind, text = self.posts.get(post_id, ("post_gone", ""))
        status = {"post": 200, "post_protected": 403, "post_unknown": 500}.get(kind, 404)
        if status != 200:
            return Answer(status)
        answer = {"version": "1.0", "type": "rich", "html": f"<blockquote><p>{text}</p></blockquote>"}
        return Answer(200, json.dumps(answer).encode(), content_type="application/json")

    def cdx(self, query: str) -> Answer:
        """Answer as the CDX server of the Wayback Machine does, whose keys are in lower case."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        wanted = asked.get("url", "").lower()
        status = asked.get("filter", "").rpartition(":")[2]
        rows = [["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]]
        rows += [
            [url.lower(), f"{at:%Y%m%d%H%M%S}", url, "text/html", str(code), "-", "-"]
            for url, captures in self.captures.items()
            if url.lower() == wanted
            for at, code, _ in captures
            if not status or status == str(code)
        ]
        return Answer(200, json.dumps(rows).encode(), content_type="application/json")

    def replay(self, target: str) -> Answer:
        """Answer as the archive does for a copy."""
        time, _, url = target.removeprefix("/web/").partition("/")
        wanted = datetime.strptime(time[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        # As in the keys of archives, the scheme does not count.
        written = {url, url.replace("http://", "https://", 1), url.replace("https://", "http://", 1)}
        captures = [capture for each in written for capture in self.captures.get(each, ())]
        for at, code, to in captures:
            if at.replace(microsecond=0) == wanted:
                return Answer(code, _html("A copy", url), location=to)
        return Answer(404)

    @contextmanager
    def served(self) -> Iterator[Server]:
        """Serve this web on a port of 127.0.0.1, until the block ends."""
        with socket.socket() as nobody, _HttpServer(self) as server:
            # Bound but not listening: who connects is refused, and nobody else can take the port.
            nobody.bind(("127.0.0.1", 0))
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            try:
                yield Server(self, f"http://127.0.0.1:{server.server_address[1]}", nobody.getsockname()[1])
            finally:
                server.stopping.set()
                server.shutdown()
                server.break_off()
                thread.join()


class Server(NamedTuple):
    """Where a made web is served."""

    web: MadeWeb
    #: The address of the server, and a port at which nobody listens.
    url: str
    refused_port: int

    @property
    def oembed(self) -> str:
        """The oEmbed endpoint."""
        return f"{self.url}/oembed"

    @property
    def archive(self) -> str:
        """The base address of the archive."""
        return self.url

    def connect_to(self) -> dict[str, str]:
        """Return which server answers for which host."""
        nobody = f"http://127.0.0.1:{self.refused_port}"
        hosts = sorted(self.web.hosts())
        return {host: nobody if host.startswith("refused") else self.url for host in hosts}

    def options(self) -> Iterator[str]:
        """Yield the options that send all requests of the audit here."""
        for host, url in self.connect_to().items():
            yield f"--connect-to={host}={url}"
        yield f"--oembed={self.oembed}"
        yield f"--archive={self.archive}"


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, web: MadeWeb) -> None:
        self.web = web
        self.stopping = threading.Event()
        self._connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Note each connection, so that it can be broken off."""
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    def close_request(self, request: Any) -> None:
        """Forget a connection that is over."""
        self._connections.discard(request)
        super().close_request(request)

    def break_off(self) -> None:
        """End all that is being answered."""
        for connection in tuple(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that leaves is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _HttpServer

    def do_GET(self) -> None:
        web = self.server.web
        host = (self.headers.get("Host") or "").lower().partition(":")[0]
        path, _, query = self.path.partition("?")
        if host != "127.0.0.1":
            answer = web.answer(host, self.path)
        elif path == "/oembed":
            answer = web.oembed(query)
        elif path == "/cdx/search/cdx":
            answer = web.cdx(query)
        elif path.startswith("/web/"):
            answer = web.replay(self.path)
        else:
            answer = Answer(404)
        self._send(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the terminal belongs to the command that is run."""

    def _send(self, answer: Answer) -> None:
        if answer.delay and self.server.stopping.wait(answer.delay):
            return
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Content-Type", answer.content_type)
        if answer.location is not None:
            self.send_header("Location", answer.location)
        self.end_headers()
        self.wfile.write(answer.body)


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def _html(title: str, body: str) -> bytes:
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return page.encode()
