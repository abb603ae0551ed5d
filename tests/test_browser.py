"""The report in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsers import chromium, visited
from report_samples import archive, method

from resolver.findings import Verdict
from resolver.render.report import html, palette
from resolver.render.statistics import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

#: A phone, a tablet, a desk.
WIDTHS = (360, 768, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a made archive, with everything in it."""
    tally = Tally(baseline=lambda _: Verdict.ALIVE, repairs=30)
    for each in archive(400):
        tally.add(each)
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text("".join(html(tally.statistics(), method())), encoding="utf-8")
    return path


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_report_opens_without_a_word_from_the_browser(browser: Browser, report: Path, mode: str) -> None:
    """At each width nothing is asked of any network, the policy is kept, and nothing stands out over the edge."""
    page, wrong = visited(browser, report.as_uri(), color_scheme=mode, offline=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shown = page.locator(f".chart .{'wide' if width > 736 else 'narrow'} svg")
        assert shown.count() == 5
        assert all(shown.nth(place).is_visible() for place in range(5))
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_charts_are_in_the_colours_of_the_page(browser: Browser, report: Path, mode: str) -> None:
    """One drawing serves day and night: dead links have the colour that their key has."""
    page, _ = visited(browser, report.as_uri(), color_scheme=mode)
    drawn = page.locator(f'.chart .wide [fill="{palette.MARKS["dead"].light}"]').first
    fill = drawn.evaluate("element => getComputedStyle(element).fill")
    wanted = getattr(palette.MARKS["dead"], mode)
    assert fill == f"rgb({', '.join(str(int(wanted[place : place + 2], 16)) for place in (1, 3, 5))})"
    page.context.close()


def test_repairs_stand_below_one_another_on_a_phone_and_stay_a_table(browser: Browser, report: Path) -> None:
    """Their cells take the whole width, each with its heading, and a screen reader still hears rows."""
    page, _ = visited(browser, report.as_uri(), viewport={"width": 360, "height": 800})
    cells = page.locator(".repairs tbody tr").first.locator("td")
    boxes = [cells.nth(place).bounding_box() for place in range(3)]
    assert len({round(box["x"]) for box in boxes if box}) == 1
    assert all(box and box["width"] > 280 for box in boxes)
    assert page.get_by_role("row").count() > 30
    page.context.close()


def test_what_to_paste_opens_by_hand_alone(browser: Browser, report: Path) -> None:
    """No script is needed for it."""
    page, _ = visited(browser, report.as_uri(), java_script_enabled=False)
    snippet = page.locator(".repairs details").first
    assert not snippet.locator("pre").is_visible()
    snippet.locator("summary").click()
    assert "data-originalurl" in snippet.locator("pre").inner_text()
    page.context.close()


def test_the_report_prints_by_day(browser: Browser, report: Path) -> None:
    """On paper it is dark on white, whatever the screen was, and the tables behind the charts are open."""
    page, _ = visited(browser, report.as_uri(), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#years table").is_visible()
    assert not page.locator("nav").is_visible()
    page.context.close()
