"""Thresholds: what they mean, and that nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import memento, occurrence

from resolver.findings import Verdict
from resolver.render.statistics import Tally
from resolver.render.threshold import MEASURES, crossed, parse


def statistics(**verdicts: int):
    """Figures of so many links with each verdict; of the dead, one was alive before, and one has a copy."""
    tally = Tally(baseline=lambda url: Verdict.ALIVE if url.endswith("/0") else Verdict.DEAD)
    for name, count in verdicts.items():
        for place in range(count):
            tally.add(
                occurrence(Verdict(name), url=f"https://t.co/{place}", memento=None if place else memento())
            )
    return tally.statistics()


@pytest.mark.parametrize(
    ("text", "crossings"),
    [
        ("dead>10%", 0),
        ("dead>=10%", 1),
        ("dead>9.999999%", 1),
        ("dead > 2", 0),
        ("DEAD>=2", 1),
        ("dead>1,blocked>0,suspect>0", 2),
        ("alive<85%", 1),
        ("alive<=80%", 1),
        ("alive<80%", 0),
        ("lost>=3", 0),
        ("unarchived>=1", 1),
        ("unarchived>1", 0),
        ("newly_dead>0", 1),
        ("newly_dead>1", 0),
        ("not_checkable>0%", 0),
    ],
)
def test_a_threshold_is_crossed_where_its_figures_say_so(text: str, crossings: int) -> None:
    """Of 20 links 2 are dead (one of them newly, one with a copy), 2 blocked and 16 alive."""
    assert len(crossed(parse(text), statistics(dead=2, blocked=2, alive=16))) == crossings


def test_what_is_crossed_is_said_with_its_figures() -> None:
    """The sentence holds the threshold, the links, the share and the limit."""
    found = crossed(parse("dead>10%,dead>1"), statistics(dead=3, alive=7))
    assert found == (
        "dead>10% is crossed: 3 of 10 links are 30.0%, more than 10%",
        "dead>1 is crossed: 3 links, more than 1",
    )


def test_a_share_of_no_links_is_none() -> None:
    """An empty archive fails no build by a share."""
    assert crossed(parse("alive<100%,dead>=0%"), statistics()) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no threshold"),
        ("dead", "no threshold"),
        ("dead>", "no threshold"),
        ("dead>10%%", "no threshold"),
        ("dead>10 percent", "no threshold"),
        ("dead=>10", "no threshold"),
        ("dead=10", "no threshold"),
        ("dead>-1", "no threshold"),
        ("dead>1e3", "no threshold"),
        ("dead>10%,", "no threshold"),
        ("dead>10%;alive<5", "no threshold"),
        ("dead>١٠", "no threshold"),
        ("gone>5", "cannot be measured"),
        ("dead>101%", "more than 100%"),
        ("dead>0.5", "links are whole"),
    ],
)
def test_what_is_no_threshold_is_refused_with_advice(text: str, said: str) -> None:
    """A build that never fails because of a slip would be worse than none."""
    with pytest.raises(ValueError, match=said):
        parse(text)


@given(
    st.sampled_from(list(MEASURES)),
    st.sampled_from([">", ">=", "<", "<="]),
    st.integers(0, 100),
    st.booleans(),
)
def test_a_threshold_says_itself(measure: str, sign: str, limit: int, percent: bool) -> None:
    """What is said of a threshold is one that can be given."""
    text = f"{measure}{sign}{limit}{'%' if percent else ''}"
    assert str(parse(text)[0]) == text


@given(st.text(max_size=30).filter(lambda text: ">" not in text and "<" not in text))
def test_any_text_without_a_sign_is_an_error_for_people(text: str) -> None:
    """Nothing else happens, whatever it holds."""
    with pytest.raises(ValueError, match="no threshold"):
        parse(text)
