"""Hits in texts: those that stand where no rule looks do not have the text read, and no post is missed by that."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from growth import LIMIT, growth
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resolver.detect import attribution, detect, signatures
from resolver.detect.boilerplate import find_boilerplate
from resolver.detect.prefilter import Sieve, Trace
from resolver.detect.prefilter.conditions import flattened
from resolver.detect.prefilter.in_texts import in_place
from resolver.models import Document
from resolver.rules.boilerplate import LINES, VIEW_POST
from tests.prefilter_samples import CASES, texts

TODAY = date(2026, 11, 20)
STATUS = "https://twitter.com/jodoe/status/1123938128600682496"


@cache
def sieve() -> Sieve:
    return Sieve(worth=0, engine="re2")


def traces(text: str, encoding: str = "utf-8") -> Trace:
    return sieve().of_text(text.encode(encoding))


TAILS = [
    "Open! — Jo (@jodoe) May 2, 2019",
    "Open! Jo (@jodoe)\n\n> 2 mei 2019",
    "Open! — Jo ( @jodoe ) May 2, 2019",
    "Open! — Jo (\u200e@jodoe\u200e)\u00a0 2 May 2019",
    "Open! — Jo (＠jodoe) 2019年5月2日",
    "Open! — Jo ([@jo\\_doe](https://twitter.com/jo_doe)) [May 2, 2019](https://x.com/jo)",
    "Open! — Jo (@jodoe) [3]May 2, 2019",
    "Open! — Jo (@jodoe) &nbsp;May 2, 2019",
    "Open! — Jo (@jodoe) ٢ مايو ٢٠١٩",
    "Open! — Jo (@jodoe) 2 мая 2019 г.",
    "Open! #x -- Jo (@jodoe)\n\nMore.",
    "Open! #x &mdash; Jo (@jodoe)",
    f"Open! [May 2, 2019]({STATUS})",
    "Rain. — Jo (@jo.bsky.social), and more",
    "Rain. – Jo (@jo.example.org) May 2, 2019",
]
NO_TAILS = [
    "Reported by Jo Doe (@jodoe) of Theori on 2019-05-02",
    "Reported by Jo Doe (@jodoe), 2 May 2019",
    "Reported by Jo Doe (@jodoe).\n\n-- The end",
    "Reported by Jo Doe (@jodoe)\n\nMore.",
    "- 2 May 2019 (@samp{feof(f)}) and $n = scalar(@in); push(@in, 2) (@copying) add 2011",
    "- Fixed ([@jodoe](https://api.github.com/users/jodoe)) May 2, 2019",
    "- Matching ([@+*?!](patlist)) May 2, 2019",
    "[![Follow @jo](https://a.example/b.png)](https://twitter.com/jodoe)",
    "[about us and them](https://twitter.com/jodoe/status/1123938128600682496)",
    "Rain – Jo (@jo.example.org), and more",
]


@pytest.mark.parametrize("text", TAILS)
def test_what_may_end_a_post_has_the_text_read(text: str) -> None:
    """However its parenthesis and its date are written, and wherever the lines are broken."""
    assert Trace.TAIL in traces(text)


@pytest.mark.parametrize("text", NO_TAILS)
def test_what_ends_no_post_has_no_text_read(text: str) -> None:
    """Thanks in change logs, code that looks alike, and links to profiles."""
    assert Trace.TAIL not in traces(text)


@pytest.mark.parametrize(
    ("text", "trace", "has"),
    [
        ("Rain! https://t.co/AbCdEf1234", Trace.LINK, True),
        ("Rain! pic.twitter.com/AbCdEf1234 \u00a0\r\nMore.", Trace.LINK, True),
        ("Rain! https://t.co/AbCdEf1234 and more.", Trace.LINK, False),
        ("Rain! https://t.co/AbCdEf1234, and more.", Trace.LINK, False),
        (f"\ufeff{STATUS}", Trace.ADDRESS, True),
        (f"One.\n\u00a0> {STATUS}?s=20 \r\nTwo.", Trace.ADDRESS, True),
        ("One.\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n", Trace.ADDRESS, True),
        (f"See {STATUS}", Trace.ADDRESS, False),
        (f"{STATUS} is it", Trace.ADDRESS, False),
        ("One.\nhttps://www.facebook.com/about\nTwo.", Trace.ADDRESS, False),
        ("x" * 500 + STATUS, Trace.ADDRESS, False),
        ("Posted by Jo Doe on Friday, April 10, 2020", Trace.WORDING, True),
        ("Posted  by Jo Doe on\u00a0April 10, 2020", Trace.WORDING, True),
        ("Jo Doe paylaştı: 9 Ocak 2017 Pazartesi", Trace.WORDING, True),
        ("Posted by admin in News on tour", Trace.WORDING, False),
        ("Posted by admin at 10:30", Trace.WORDING, False),
        ("A post shared by Jo (@jo.doe)", Trace.WORDING, True),
    ],
)
def test_a_hit_counts_where_its_rule_looks(text: str, trace: Trace, has: bool) -> None:
    """A link at the end of its line, an address alone on it, and a wording with the date that it needs."""
    assert (trace in traces(text)) is has


@pytest.mark.parametrize(
    "text", [*TAILS[:2], TAILS[11], "Météo. – Jo Œuf (@jodoe) 2 févr. 2019", "Été – Jo (@jo)"]
)
def test_windows_1252_is_read_as_well(text: str) -> None:
    """What is no UTF-8 is not taken for less than it may be."""
    assert Trace.TAIL in traces(text, "cp1252")


EXPRESSIONS = [
    (attribution._HANDLE, "{0} May 2, 2019"),
    (attribution._HANDLE, "— Jo {0}"),
    (attribution._LINKED_DATE, "{0}"),
    (signatures._BLUESKY, "{0} May 2, 2019"),
]


@pytest.mark.parametrize(("expression", "form"), EXPRESSIONS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_that_the_rules_find_is_out_of_place(
    expression: re.Pattern[str], form: str, data: st.DataObject
) -> None:
    """What is drawn from an expression of a rule, and is found by it where it stands, has the text read."""
    text = form.format(data.draw(st.from_regex(re.compile(expression.pattern, expression.flags))))
    found = [*attribution.find_attributions(text, today=TODAY), *find_boilerplate(text, today=TODAY)]
    if found:
        assert traces(text.encode("utf-8", "replace").decode()) & (Trace.TAIL | Trace.WORDING)


FRAGMENTS = [
    *(
        "\n",
        "\n\n",
        " ",
        "> ",
        " - ",
        "—",
        "–",
        "&mdash;",
        ".",
        "[",
        "[1]",
        "\u200e",
        "\u00a0",
        "é",
        "港が開く。",
    ),
    *(
        "(@jo_doe)",
        "(＠jo)",
        "( @jo\n)",
        "(@jo.bsky.social)",
        "(@jo.example.org)",
        "([@jo](https://x.com/jo))",
    ),
    *(
        "Jo Doe",
        "May 2, 2019",
        "2 mai 2019",
        "2019年5月2日",
        "#x",
        "@al",
        "u/jo_doe in r/xy",
        "by ",
        "byu/jodoe",
    ),
    *("pic.twitter.com/AbCdEf1234", "https://t.co/AbCdEf1234", STATUS, f"[May 2, 2019]({STATUS})", "and"),
    *(
        "Posted by ",
        " on ",
        "A post shared by ",
        "View this post on Instagram",
        "Post by @jo@a.example",
        "♬ a - b",
    ),
]


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14))
@example(["Posted by ", "u/jo_doe in r/xy"])
def test_fragments_in_any_order_give_what_they_give_without_the_prefilter(fragments: list[str]) -> None:
    """Whatever stands beside what, the decision on hits loses nothing, in UTF-8."""
    document = Document(id="a", text="".join(fragments))
    assert detect(document, today=TODAY, sieve=sieve()) == detect(document, today=TODAY)


@pytest.mark.skipif(not CASES.is_dir(), reason="the labelled cases are not there")
def test_few_real_texts_lose_a_trace_and_none_a_post() -> None:
    """Of real texts, those that are not read any more are those in which nothing is found."""
    for text in texts()[::3]:
        document = Document(id="a", text=text)
        if not traces(text):
            assert detect(document, today=TODAY) == ()


@pytest.mark.parametrize("text", [sample for sample in texts() if not traces(sample) & Trace.WORDING][::3])
def test_without_wordings_there_is_nothing_to_find_for_them(text: str) -> None:
    """What is not looked for where the prefilter saw no wording is not there."""
    assert list(find_boilerplate(text, today=TODAY, worded=False)) == list(
        find_boilerplate(text, today=TODAY)
    )


@pytest.mark.parametrize(
    "text", [line.sample for line in LINES] + [f"One. {view} Two." for view in VIEW_POST]
)
def test_every_wording_has_its_trace(text: str) -> None:
    """Those that print a handle, too."""
    assert Trace.WORDING in traces(text)


@pytest.mark.parametrize(
    "unit",
    [
        "(@a)\n\n",
        "(@a) May ",
        "[May](https://x.com/",
        "Posted by ",
        "https://x.com/\n",
        "https://t.co/AbCdEf1234 ",
    ],
)
def test_the_decision_takes_time_in_proportion(unit: str) -> None:
    """However often something stands in a text that looks like what is searched for."""
    ends = {"(": Trace.TAIL, "[": Trace.TAIL, "P": Trace.WORDING}
    patterns = [re.compile(one.pattern, re.DOTALL) for one in flattened(html=False)]

    def run(size: int) -> None:
        text = unit.encode() * (size // len(unit))
        hits = [
            (match.end(), ends.get(unit[0], Trace.LINK)) for one in patterns for match in one.finditer(text)
        ]
        in_place(text, hits)

    assert growth(run, 1_000) < LIMIT
