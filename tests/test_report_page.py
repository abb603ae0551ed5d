"""The report as a page: what strangers wrote stays text, what it says can be read, and it needs nothing else."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser
from report_samples import NOON, archive, embed, finding, memento, method, occurrence

from resolver.findings import Finding, Memento, Occurrence, Verdict
from resolver.render.report import charts, html, palette
from resolver.render.report.address import web_address
from resolver.render.report.drawing import inline
from resolver.render.report.snippets import snippet
from resolver.render.statistics import Tally

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://quay.example/" onclick="alert(1)',
    "https://quay.example/\u202egpj.exe",
    "{{ 7 * 7 }}{% raw %}",
    "-->]]>&lt;",
    "\x00\x1b[31m\ud800\u2028\ufffe",
]
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


def page(*occurrences: Occurrence, about=None, draw=lambda _: {}, **options) -> str:
    tally = Tally(**options)
    for each in occurrences:
        tally.add(each)
    return "".join(html(tally.statistics(), about or method(), draw=draw))


@pytest.fixture(scope="module")
def drawn() -> str:
    """The page of a made archive, with its charts."""
    return page(*archive(400), draw=charts.charts, baseline=lambda _: Verdict.ALIVE)


@pytest.fixture(scope="module")
def undrawn() -> str:
    """The same, where the extra is not installed."""
    return page(*archive(400), baseline=lambda _: Verdict.ALIVE)


def hostile(text: str) -> Occurrence:
    """An occurrence in which a stranger wrote the same everywhere."""
    return occurrence(
        document=text,
        document_url=text,
        document_date=text,
        embed=embed(text, quote=text, text=text, author=text, handle=text),
        written=text,
        finding=Finding(
            url=text,
            verdict=Verdict.DEAD,
            evidence=(text,),
            expanded_url=text,
            title=text,
            drift=text,
            memento=Memento(url=text, original=text, captured_at=NOON, status=200),
        ),
    )


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_what_strangers_wrote_stays_text(text: str) -> None:
    """No element, no attribute, no address but those of the web comes from a name, a text or an address."""
    made = page(
        hostile(text),
        about=method(database=text, vantage=text, answered_by={text: text}, baseline=text),
        baseline=lambda _: None,
    )
    tree = parser.fromstring(made.encode())
    plain = parser.fromstring(
        page(hostile("plain"), about=method(vantage="x", answered_by={"a": "b"}), baseline=lambda _: None)
    )
    elements = {element.tag for element in plain.iter()} | {"a", "details", "summary", "pre", "div"}
    assert {element.tag for element in tree.iter()} <= elements
    names = {name for element in tree.iter() for name in element.attrib}
    assert not any(name.startswith("on") for name in names)
    for address in tree.xpath("//@href"):
        assert address.startswith("#") or web_address(address), address
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", made)


def test_what_strangers_wrote_can_be_read() -> None:
    """Text is escaped, not taken away."""
    text = '<b>Ferries & "quays"</b> {{ 7 * 7 }}'
    tree = parser.fromstring(page(occurrence(embed=embed(text=text, author=text))))
    assert tree.xpath("//div[@class='quote']")[0].text_content().count(text) == 2


def test_the_page_needs_nothing_else_and_runs_nothing(drawn: str) -> None:
    """No script, no picture, no font, no style from elsewhere; and a policy that would allow none."""
    tree = parser.fromstring(drawn)
    assert not tree.xpath(
        "//script | //img | //link | //iframe | //object | //form | //base | //image | //use"
    )
    assert "url(" not in drawn
    assert "@import" not in drawn
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")


@pytest.mark.parametrize("made", ["drawn", "undrawn"])
def test_the_page_can_be_heard(made: str, request: pytest.FixtureRequest) -> None:
    """Headings are in order, tables have captions and scopes, drawings have words, the language is named."""
    tree = parser.fromstring(request.getfixturevalue(made))
    levels = [int(each.tag[1]) for each in tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = tree.xpath("//table")
    assert len(tables) >= 7
    assert all(table.xpath("caption") and table.xpath(".//th[@scope='col']") for table in tables)
    assert all(each.get("aria-label") for each in tree.xpath("//*[@role='img']"))
    assert all(svg.get("aria-hidden") == "true" for svg in tree.xpath("//svg"))
    assert tree.get("lang") == "en"
    marks = tree.xpath("//@id")
    assert len(marks) == len(set(marks))
    assert {address[1:] for address in tree.xpath("//nav//@href")} <= set(marks)


def test_every_chart_is_a_table_too(drawn: str) -> None:
    """Each drawing stands in a section that has the figures."""
    sections = parser.fromstring(drawn).xpath("//section[.//*[@role='img']]")
    assert [section.get("id") for section in sections] == [
        "years",
        "destinations",
        "survival",
        "chains",
        "archived",
    ]
    assert all(section.xpath(".//details//table") for section in sections)


def test_without_the_extra_the_page_says_how_to_get_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures are all there, their tables open, with one line on the charts."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    tree = parser.fromstring(page(*archive(60), draw=charts.charts))
    assert not tree.xpath("//svg")
    assert "pip install 'embed-resolver[report]'" in tree.text_content()
    assert len(tree.xpath("//section[@id='years' or @id='chains']//details[@open]")) == 2


@pytest.mark.parametrize(
    ("occurrences", "headline"),
    [
        ([], "No links were found to check"),
        ([occurrence(Verdict.ALIVE)] * 2, "None of 2 links was found dead"),
        (
            [occurrence(Verdict.SUSPECT), occurrence(Verdict.ALIVE)],
            "1 of 2 links did not answer as it should",
        ),
        ([occurrence()], "1 of 1 link no longer leads anywhere"),
        ([occurrence()] * 1200, "1,200 of 1,200 links no longer lead anywhere"),
    ],
    ids=["none", "alive", "suspect", "one dead", "many dead"],
)
def test_the_headline_is_a_sentence(occurrences: list[Occurrence], headline: str) -> None:
    """It is also the title, and none of the pages fails."""
    tree = parser.fromstring(page(*occurrences))
    assert tree.findtext(".//h1") == headline
    assert tree.findtext(".//title").startswith(headline)


def test_a_repair_shows_what_to_paste() -> None:
    """The snippet is a Robust Link that leads to the copy, shown as text."""
    tree = parser.fromstring(
        page(occurrence(memento=memento(), archive_asked=True, expanded_url="https://quay.example/?a=1&b=2"))
    )
    shown = tree.xpath("//section[@id='repairs']//pre")[0].text_content()
    link = parser.fromstring(shown)
    assert dict(link.attrib) == {
        "href": memento().url,
        "data-originalurl": "https://quay.example/?a=1&b=2",
        "data-versionurl": memento().url,
        "data-versiondate": "2020-08-20",
    }


@pytest.mark.parametrize(
    "known",
    [
        {"memento": None},
        {"memento": replace(memento(), url="javascript:alert(1)")},
        {"memento": memento(), "expanded_url": "javascript:alert(1)"},
    ],
    ids=["no copy", "a copy that is no address", "an original that is none"],
)
def test_nothing_is_pasted_that_is_no_link_of_the_web(known) -> None:
    """Without a copy there is nothing to paste, and a harmful address is none."""
    assert snippet(occurrence(finding=finding(**known))) is None


def test_a_try_out_is_named_as_such() -> None:
    """Where another server answered than the web, the box on method says so."""
    said = parser.fromstring(page(occurrence(), about=method(answered_by={"t.co": "http://127.0.0.1:8000"})))
    assert "For t.co the server http://127.0.0.1:8000 answered, not the web." in said.text_content()


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!-- a --></svg>',
    ],
)
def test_a_drawing_holds_shapes_and_text_only(svg: str) -> None:
    """Whatever else a drawing brought is refused, not passed on."""
    with pytest.raises(ValueError, match="a chart holds"):
        inline(svg)


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""

    def luminance(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_stand_out_from_what_is_behind_them(mode: str) -> None:
    """Text by 4.5 or more, marks by 3 or more, by day and by night."""
    grounds = [getattr(colour, mode) for colour in palette.GROUNDS.values()]
    tint = getattr(palette.TINTS["tint"], mode)
    weak = [
        (name, ground, round(found, 2))
        for least, colours, behind in (
            (4.5, palette.INKS, grounds),
            (3, palette.MARKS, grounds),
            (4.5, {"ink": palette.INKS["ink"]}, [tint]),
        )
        for (name, colour), ground in product(colours.items(), behind)
        if (found := contrast(getattr(colour, mode), ground)) < least
    ]
    assert weak == []


def test_each_colour_of_the_day_is_another() -> None:
    """The style sheet tells them apart by their value, so that no two may be the same."""
    assert len({colour.light for colour in palette.ALL.values()}) == len(palette.ALL)
