"""The local server behaves as t.co is documented to, and its command runs another one."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from tco_lookalike import GARBAGE, Behaviour, TcoLookalike, main

ROOT = Path(__file__).parent.parent
SCRIPT = [sys.executable, str(ROOT / "examples" / "tco_lookalike.py")]
STORY = "https://news.example/story?a=1&b=2"


def asked(
    server: TcoLookalike, path: str, *, host: str = "t.co", agent: str = "plain/1", method: str = "GET"
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=5)
    try:
        connection.request(method, path, headers={"Host": host, "User-Agent": agent})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_a_plain_client_is_redirected() -> None:
    """301, no body, the documented cache rule, and a cookie."""
    with TcoLookalike({"AbC": STORY}) as server:
        response, body = asked(server, "/AbC")
    assert (response.status, body) == (301, b"")
    assert response.headers["Location"] == STORY
    assert response.headers["Cache-Control"] == "private,max-age=300"
    assert response.headers["Set-Cookie"].startswith("muc=")


def test_a_browser_gets_a_page_that_says_it_three_times() -> None:
    """A refresh within noscript, the title, and the script's escaped address."""
    with TcoLookalike({"AbC": STORY}) as server:
        response, body = asked(server, "/AbC", agent="Mozilla/5.0")
    assert (response.status, response.headers["Location"]) == (200, None)
    page = body.decode()
    written = STORY.replace("&", "&amp;")
    assert f'<noscript><META http-equiv="refresh" content="0;URL={written}"></noscript>' in page
    assert f"<title>{written}</title>" in page
    assert 'location.replace("https:\\/\\/news.example\\/story?a=1&b=2")' in page


def test_codes_know_upper_from_lower_case() -> None:
    """What is not among the codes is not there."""
    with TcoLookalike({"AbC": STORY}) as server:
        assert asked(server, "/abc")[0].status == 404
        assert asked(server, "/AbC?x")[0].status == 404
        assert asked(server, "/AbC", host="other.example")[0].status == 404


def test_other_hosts_are_answered_by_their_name() -> None:
    """Their redirects are plain ones for everybody."""
    codes: dict[str, Any] = {
        "https://news.example/story": 200,
        "http://News.example": STORY,
        "https://news.example/x": 410,
    }
    with TcoLookalike(codes) as server:
        assert asked(server, "/story", host="news.example")[0].status == 200
        assert asked(server, "/x", host="news.example:443")[0].status == 410
        response, _ = asked(server, "/", host="NEWS.example", agent="Mozilla/5.0")
    assert (response.status, response.headers["Location"], response.headers["Set-Cookie"]) == (
        301,
        STORY,
        None,
    )


def test_by_its_own_address_it_is_t_co() -> None:
    """So that it can be tried out with curl."""
    with TcoLookalike({"AbC": STORY}) as server:
        assert asked(server, "/AbC", host=server.url.removeprefix("http://"))[0].headers["Location"] == STORY


def test_it_asks_to_come_back_as_often_as_told() -> None:
    """In seconds or as a date, and then it answers."""
    codes = {
        "seconds": Behaviour(status=429, retry_after=7, times=2, to=STORY),
        "date": Behaviour(status=503, retry_after=60, as_date=True),
    }
    with TcoLookalike(codes) as server:
        answers = [asked(server, "/seconds")[0] for _ in range(3)]
        later, _ = asked(server, "/date")
    assert [(each.status, each.headers["Retry-After"]) for each in answers] == [
        (429, "7"),
        (429, "7"),
        (301, None),
    ]
    seconds = (parsedate_to_datetime(later.headers["Retry-After"]) - datetime.now(UTC)).total_seconds()
    assert 50 < seconds <= 60


@pytest.mark.parametrize("page", ["outage", "warning"])
def test_its_other_pages_lead_nowhere(page: Any) -> None:
    """They come with success, as t.co's did."""
    with TcoLookalike({"AbC": Behaviour(page=page, to=STORY)}) as server:
        response, body = asked(server, "/AbC")
    assert response.status == 200
    assert STORY.encode() not in body


def test_it_can_be_slow() -> None:
    """Before the answer, and between the bytes of its body."""
    with TcoLookalike(
        {"late": Behaviour(delay=0.2, to=STORY), "drip": Behaviour(status=404, drip=0.01)}
    ) as server:
        began = time.monotonic()
        assert asked(server, "/late")[0].status == 301
        assert time.monotonic() - began >= 0.2
        began = time.monotonic()
        _, body = asked(server, "/drip")
        assert time.monotonic() - began >= 0.01 * len(body) > 0


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("close", http.client.RemoteDisconnected),
        ("reset", ConnectionResetError),
        ("garbage", http.client.BadStatusLine),
    ],
)
def test_it_can_be_broken(how: Any, error: type[Exception]) -> None:
    """The connection ends, is reset, or brings what is not HTTP; the next one is fine."""
    with TcoLookalike({"AbC": Behaviour(broken=how), "fine": STORY}) as server:
        with pytest.raises(error):
            asked(server, "/AbC")
        assert asked(server, "/fine")[0].status == 301
    assert not GARBAGE.startswith(b"HTTP/")


def test_it_keeps_a_log() -> None:
    """Of every request, in order, also of those that it does not answer."""
    with TcoLookalike({"AbC": Behaviour(broken="close")}) as server:
        with pytest.raises(http.client.RemoteDisconnected):
            asked(server, "/AbC", agent="test/1")
        asked(server, "/else", method="HEAD")
        log = server.requests
    assert [(each.method, each.host, each.target) for each in log] == [
        ("GET", "t.co", "/AbC"),
        ("HEAD", "t.co", "/else"),
    ]
    assert log[0].headers["User-Agent"] == "test/1"


def test_a_head_request_gets_no_body() -> None:
    """Only what the body would be like."""
    with TcoLookalike({"AbC": 200}) as server:
        response, body = asked(server, "/AbC", method="HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 0


def test_it_stops_at_once() -> None:
    """Whatever it is about to answer, and however many connections are open."""
    with TcoLookalike({"late": Behaviour(delay=60)}) as server:
        open_connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
        open_connection.request("GET", "/else")
        open_connection.getresponse().read()
        waiting = http.client.HTTPConnection(server.url.removeprefix("http://"))
        waiting.request("GET", "/late", headers={"Host": "t.co"})
        while not any(request.target == "/late" for request in server.requests):
            time.sleep(0.01)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    open_connection.close()
    waiting.close()


SAID = re.compile(
    r"[0-9]+ requests were answered by a local server that imitates t\.co on http://127\.0\.0\.1:[0-9]+; "
    r"it asks nothing of the internet\n"
)

ASKING = (
    "import sys, urllib.request\n"
    "try: urllib.request.urlopen(sys.argv[1] + '/gone')\n"
    "except urllib.error.HTTPError as error: print(error.code)\n"
    "sys.exit(7)"
)


def test_the_command_runs_another_with_the_server_s_address(tmp_path: Path) -> None:
    """It says who answered, and ends as the other command does."""
    codes = tmp_path / "codes.json"
    codes.write_text(json.dumps({"gone": {"status": 410}}), encoding="utf-8")
    command = [*SCRIPT, "--codes", str(codes), "--", sys.executable, "-c", ASKING, "{server}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (7, "410\n")
    assert SAID.fullmatch(done.stderr)


def test_a_command_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """With the exit code that shells use."""
    assert main(["--", "/nowhere/to/be/found"]) == 127
    assert capsys.readouterr().err == "/nowhere/to/be/found: No such file or directory\n"


def test_a_command_ended_by_a_signal_ends_as_in_a_shell() -> None:
    """128 and the number of the signal."""
    assert main(["--", sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 137


def test_without_a_command_it_serves_until_it_is_interrupted() -> None:
    """It says where."""
    with subprocess.Popen(SCRIPT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert re.fullmatch(
            r"a local server that imitates t\.co is on http://127\.0\.0\.1:[0-9]+; .+\n", said
        )
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == ""
        assert process.wait(timeout=10) == 130


def test_a_port_can_be_chosen() -> None:
    """For a server that stays where it is."""
    with TcoLookalike({}) as server:
        port = server.url.rpartition(":")[2]
    with TcoLookalike({}, port=int(port)) as server:
        assert server.url.endswith(f":{port}")
