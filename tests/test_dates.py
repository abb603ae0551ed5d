"""Printed dates: every order and language, what is no date, what stands beside one, and what it costs."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from babel.core import get_cldr_version
from babel.dates import format_date
from growth import LIMIT, growth
from hypothesis import given
from hypothesis import strategies as st

from resolver.date_clocks import SAMPLES_AFTER, SAMPLES_BEFORE
from resolver.date_names import names, stems
from resolver.date_patterns import ORDERS, Sample
from resolver.dates import DateMatch, find_date, parse_date
from scripts.make_months import EMBED_LOCALES, OTHER_LOCALES, main, refuse_collisions

ROOT = Path(__file__).parents[1]
CASES = ROOT.parent / "shared" / "cases" / "embeds.jsonl"
TODAY = date(2026, 11, 22)

SAMPLES = [sample for order in ORDERS for sample in order.samples]

# Dates as embeds print them, a row per language; the languages without a printed date that could be found are
# covered by what CLDR prints, further below.
LANGUAGES = (
    ("ca", "12 de juny de 2017", "2017-06-12"),
    ("cs", "20. května 2018", "2018-05-20"),
    ("da", "23. januar 2018", "2018-01-23"),
    ("de", "19. Januar 2018", "2018-01-19"),
    ("de", "6. März 2016", "2016-03-06"),
    ("de", "23. Okt 2017", "2017-10-23"),
    ("en", "June 5, 2017", "2017-06-05"),
    ("en-gb", "1 July 2019", "2019-07-01"),
    ("en-gb", "7 Oct 2016", "2016-10-07"),
    ("es", "19 de septiembre de 2017", "2017-09-19"),
    ("fi", "1. huhtikuuta 2019", "2019-04-01"),
    ("fr", "1 août 2017", "2017-08-01"),
    ("fr", "1er août 2017", "2017-08-01"),
    ("gl", "7 de decembro de 2019", "2019-12-07"),
    ("he", "11 ביולי 2016", "2016-07-11"),
    ("hu", "2016. december 28.", "2016-12-28"),
    ("id", "22 Maret 2019", "2019-03-22"),
    ("it", "20 settembre 2014", "2014-09-20"),
    ("ja", "10月 2, 2012", "2012-10-02"),
    ("ja", "2019年12月1日", "2019-12-01"),
    ("ko", "2014년 7월 11일", "2014-07-11"),
    ("nl", "24 februari 2014", "2014-02-24"),
    ("no", "27. oktober 2018", "2018-10-27"),
    ("pl", "3 stycznia 2016", "2016-01-03"),
    ("pt", "11 de Janeiro de 2018", "2018-01-11"),
    ("ru", "4 января 2014", "2014-01-04"),
    ("ru", "16 мая 2018 г.", "2018-05-16"),
    ("sr", "24. октобар 2017.", "2017-10-24"),
    ("sv", "8 augusti 2018", "2018-08-08"),
    ("tr", "10 Ağustos 2018", "2018-08-10"),
    ("uk", "7 жовтня 2016 р.", "2016-10-07"),
    ("vi", "30 tháng 11, 2018", "2018-11-30"),
    ("zh-cn", "11月 3, 2010", "2010-11-03"),
    ("zh-tw", "2014年6月8日", "2014-06-08"),
)

NO_DATES = (
    "",
    " ",
    "31 June 2015",
    "30 février 2016",
    "February 29, 2015",
    "2015年13月1日",
    "0 May 2015",
    "August 15, 1931",
    "31 December 2005",
    "24 November 2026",
    "May 2562",
    "2 May 2562",
    "May",
    "May 2",
    "2 May",
    "2019",
    "01/02/2019",
    "01.02.2019",
    "20191 May",
    "2020-01-011",
    "Maybe 2, 2019",
    "12 monkeys, 2019",
    "Friday",
    "Friday 2019",
    "12:01",
    "12:01 · 2019",
    "2, 8月 2014",
    "https://t.co/abc",
)

# What is glued to a date or breaks it, the date's own text and what it means.
IN_TEXT = (
    ("December 31, 2017Trump s tweet", "December 31, 2017", "2017-12-31"),
    ("August 15, 2020The", "August 15, 2020", "2020-08-15"),
    ("August 15, 20205 reasons", "August 15, 2020", "2020-08-15"),
    ("August 15, 2020. Then", "August 15, 2020", "2020-08-15"),
    ("August 15, 2020](https://twitter.com/a/status/1)", "August 15, 2020", "2020-08-15"),
    ("August 15, 2020 Monday was quiet", "August 15, 2020", "2020-08-15"),
    ("13. September 2017Weiter", "13. September 2017", "2017-09-13"),
    ("24 марта 2019 г.Далее", "24 марта 2019 г.", "2019-03-24"),
    ("24 марта 2019 главное", "24 марта 2019", "2019-03-24"),
    ("2018年11月22日です", "2018年11月22日", "2018-11-22"),
    ("2018년 4월 13일에", "2018년 4월 13일", "2018-04-13"),
    ("7 июля 2016\nг. Далее", "7 июля 2016\nг.", "2016-07-07"),
    ("August 15,\n2020 The", "August 15,\n2020", "2020-08-15"),
    ("August\n> 15, 2020 The", "August\n> 15, 2020", "2020-08-15"),
    ("17 de\n> > noviembre de 2015", "17 de\n> > noviembre de 2015", "2015-11-17"),
    ("4\\. April 2013 und", "4\\. April 2013", "2013-04-04"),
    ("15&nbsp;août&nbsp;2020 et", "15&nbsp;août&nbsp;2020", "2020-08-15"),
    ("15\u202faoût\u00a02020", "15\u202faoût\u00a02020", "2020-08-15"),
    ("7\u200f דצמבר 2019", "7\u200f דצמבר 2019", "2019-12-07"),
    ("2026-09-09 next", "2026-09-09", "2026-09-09"),
)

WEEKDAYS = (
    ("Friday, April 10, 2020", "2020-04-10"),
    ("Monday, 26 October 2020", "2020-10-26"),
    ("Jueves, 12 de noviembre de 2020", "2020-11-12"),
    ("Lundi 18 janvier 2021", "2021-01-18"),
    ("mar. 13 mars 2018", "2018-03-13"),
    ("fredag den 10. april 2020", "2020-04-10"),
    ("sexta-feira, 10 de abril de 2020", "2020-04-10"),
    ("יום שישי, 10 באפריל 2020", "2020-04-10"),
    ("Thứ Sáu, 10 tháng 4, 2020", "2020-04-10"),
    ("วันศุกร์ที่ 10 เมษายน พ.ศ. 2563", "2020-04-10"),
    ("2015년 8월 27일 목요일", "2015-08-27"),
    ("2015年8月27日(木)", "2015-08-27"),
    ("2015年8月27日星期四", "2015-08-27"),
    ("9 Ocak 2017 Pazartesi", "2017-01-09"),
    ("2020. április 10., péntek", "2020-04-10"),
    ("10 aprel 2018, çərşənbə axşamı", "2018-04-10"),
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.text)
def test_a_sample_of_an_order_is_read(sample: Sample) -> None:
    """Each row's samples mean what the row says."""
    assert parse_date(sample.text, today=TODAY) == date.fromisoformat(sample.day)


@pytest.mark.parametrize(("language", "text", "day"), LANGUAGES)
def test_a_printed_date_is_read_in_its_language(language: str, text: str, day: str) -> None:
    """A date as an embed prints it is read without being told its language."""
    assert parse_date(text, today=TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_possible_date_is_none(text: str) -> None:
    """Impossible days, days before 2006 or after tomorrow, and parts of dates are none."""
    assert parse_date(text, today=TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "May 2, 2019 was",
        "May 2, 2019" + " " * 500 + "x",
        "x May 2, 2019",
        "May 2, 20195",
        "May 2, 2019 May 3, 2019",
    ],
)
def test_a_string_with_more_than_a_date_is_no_date(text: str) -> None:
    """parse_date wants the whole string to be the date."""
    assert parse_date(text, today=TODAY) is None


@pytest.mark.parametrize(
    "text", [" May 2, 2019 ", "May\u00a02,\u202f2019.", "\n\tMay 2, 2019,\r\n", "MAY 2, 2019"]
)
def test_white_space_case_and_a_closing_point_do_no_harm(text: str) -> None:
    """What surrounds a date in a string of its own is tolerated."""
    assert parse_date(text, today=TODAY) == date(2019, 5, 2)


@pytest.mark.parametrize(
    "digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９"]
)
def test_digits_of_other_scripts_count(digits: str) -> None:
    """A date in native digits is the same date."""
    native = "7 May 2019".translate(str.maketrans("0123456789", digits))
    assert parse_date(native, today=TODAY) == date(2019, 5, 7)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("text", ["1 août 2017", "10 Ağustos 2018", "7 मई 2019", "20. květen 2018"])
def test_the_normal_form_does_not_matter(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> None:
    """Composed and decomposed letters are one name."""
    assert (
        parse_date(unicodedata.normalize(form, text), today=TODAY)
        == parse_date(text, today=TODAY)
        is not None
    )


def test_tomorrow_is_the_last_day() -> None:
    """A reader east of UTC sees tomorrow's date today; nobody sees the day after."""
    assert parse_date("23 November 2026", today=TODAY) == TODAY + timedelta(days=1)
    assert parse_date("31 December 9999", today=date.max) == date.max


@pytest.mark.parametrize(("text", "printed", "day"), IN_TEXT)
def test_a_date_in_a_text_ends_where_it_ends(text: str, printed: str, day: str) -> None:
    """What is glued to a date is left, what is broken within it is kept."""
    found = find_date(text, 0, today=TODAY)
    assert found is not None
    assert (found.text, found.date) == (printed, date.fromisoformat(day))


@pytest.mark.parametrize(("text", "day"), WEEKDAYS)
def test_a_weekday_is_part_of_the_date(text: str, day: str) -> None:
    """A weekday is accepted where its language prints it, and belongs to the span."""
    found = find_date(f"{text} ...", 0, today=TODAY)
    assert found is not None
    assert (found.text, found.date) == (text, date.fromisoformat(day))


def test_the_span_is_of_the_whole_text() -> None:
    """Offsets count from the text's beginning, after the white space and before what follows."""
    text = "— Jo (@jo) \n  May 2, 2019 at 3:00pm PDT More"
    assert find_date(text, 10, today=TODAY) == DateMatch(date(2019, 5, 2), 14, 25, "May 2, 2019", 14, 39)


def test_a_date_must_begin_at_the_start() -> None:
    """A date further on in the text is not the one that is printed here."""
    assert find_date("on May 2, 2019", 0, today=TODAY) is None
    assert find_date("on May 2, 2019", 2, today=TODAY) is not None


def test_nothing_is_read_beyond_the_end() -> None:
    """A date that is cut by the end is none; one that ends there is found."""
    assert find_date("May 2, 2019", 0, today=TODAY, end=10) is None
    assert find_date("May 2, 2019", 0, today=TODAY, end=11) is not None


@pytest.mark.parametrize(("following", "clock"), SAMPLES_AFTER)
def test_a_time_of_day_after_a_date_is_measured(following: str, clock: str) -> None:
    """The end with time lies behind the time of day and its zone, the end before them."""
    found = find_date(f"2019-05-02{following}", 0, today=TODAY)
    assert found is not None
    assert (found.text, found.end_with_time) == ("2019-05-02", 10 + len(clock))


@pytest.mark.parametrize("before", SAMPLES_BEFORE)
def test_a_time_of_day_before_a_date_is_measured(before: str) -> None:
    """The date begins behind the time of day, the start with time before it."""
    found = find_date(f"{before}May 2, 2026", 0, today=TODAY)
    assert found is not None
    assert (found.start_with_time, found.start, found.text) == (0, len(before), "May 2, 2026")


def test_a_date_with_a_time_of_day_is_still_a_date() -> None:
    """A string of a date and a time, as Bluesky prints it, is parsed to the day."""
    assert parse_date("12:01 · May 2, 2026", today=TODAY) == date(2026, 5, 2)
    assert parse_date("January 13, 2026 at 4:08 PM", today=TODAY) == date(2026, 1, 13)


def _ambiguous(text: str) -> bool:
    """Return whether all is numbers and the year does not come first."""
    return (
        not any(character.isalpha() and character not in "гр" for character in text)
        and not text[:4].isdecimal()
    )


@pytest.mark.parametrize("locale", [*EMBED_LOCALES.split(), *OTHER_LOCALES.split()])
def test_what_cldr_prints_is_read(locale: str) -> None:
    """Of every month, all of CLDR's forms with a weekday, a long or a short name come back as the same day."""
    for month in range(1, 13):
        for day in (date(2019, month, 1), date(2017, month, 23)):
            for width in ("full", "long", "medium"):
                text = format_date(day, width, locale)
                assert parse_date(text, today=TODAY) == (None if _ambiguous(text) else day), (width, text)


@pytest.mark.skipif(not CASES.exists(), reason="the real cases (../shared/cases) are not on this machine")
def test_every_date_of_the_real_cases_is_read() -> None:
    """All printed dates of real embeds are the day of their post's id."""
    truths = [json.loads(line)["truth"] for line in CASES.read_text(encoding="utf-8").splitlines()]
    printed = {
        truth["date_text"]: truth["date_iso_from_snowflake"]
        for truth in truths
        if truth["date_text"] and truth["date_iso_from_snowflake"]
    }
    wrong = {text: day for text, day in printed.items() if str(parse_date(text, today=TODAY)) != day}
    assert printed
    assert wrong == {}


def test_dateparser_reads_the_same() -> None:
    """A general date parser, told the language, agrees on every printed date that it can read."""
    dateparser = pytest.importorskip("dateparser", reason="dateparser is not installed")
    agreed = 0
    for language, text, day in LANGUAGES:
        if language in {"gl", "en-gb", "zh-cn", "zh-tw"} or text.startswith(("1er", "10月")):
            continue
        oracle = dateparser.parse(text.rstrip("."), languages=["nb" if language == "no" else language])
        assert oracle is None or oracle.date().isoformat() == day, text
        agreed += oracle is not None
    assert agreed >= 20


@given(st.text(max_size=80) | st.text("0123456789 ,.年月日мая thángMyde'>\n:-", max_size=60))
def test_any_text_is_a_possible_date_or_none(text: str) -> None:
    """Nothing raises, and what is found lies within the text and between 2006 and tomorrow."""
    parse_date(text, today=TODAY)
    found = find_date(text, 0, today=TODAY)
    if found:
        assert date(2006, 1, 1) <= found.date <= TODAY + timedelta(days=1)
        assert 0 <= found.start_with_time <= found.start < found.end <= found.end_with_time <= len(text)
        assert found.text == text[found.start : found.end]


@given(st.integers(-9, 99), st.integers(-9, 99))
def test_any_bounds_are_safe(start: int, end: int) -> None:
    """A start or end outside the text finds nothing and raises nothing."""
    found = find_date("On May 2, 2019", start, today=TODAY, end=end)
    assert found is None or (found.text == "May 2, 2019" and start <= 3 and end >= 14)


@given(st.dates(date(2006, 1, 1), TODAY), st.sampled_from(EMBED_LOCALES.split()), st.text(max_size=20))
def test_what_follows_never_changes_the_day(day: date, locale: str, following: str) -> None:
    """A long date keeps its day whatever text comes after it on the next line."""
    found = find_date(f"{format_date(day, 'long', locale)}\n\n{following}", 0, today=TODAY)
    assert found is not None
    assert found.date == day


ATTACKS = {
    "digits": "1",
    "spaces": " ",
    "line breaks": "\n",
    "quote marks": "\n> ",
    "entities": "&nbsp;",
    "months": "May ",
    "prefixes of months": "septembr",
    "weekdays": "Thứ Sáu, ",
    "days": "1 May ",
    "years": "2019, ",
    "times": "12:30 ",
    "apostrophes": "d'",
    "a day and spaces": "1 May" + " " * 160,
    "marks": "a\u0301",
}


@pytest.mark.parametrize("unit", ATTACKS.values(), ids=ATTACKS)
def test_time_grows_with_the_length_only(unit: str) -> None:
    """Sixteen times the text takes less than forty times as long where a date is looked for at every tenth position."""

    def run(length: int) -> None:
        text = (unit * length)[:length]
        for position in range(0, length, 10):
            find_date(text, position, today=TODAY)
        parse_date(text, today=TODAY)

    run(100)
    assert growth(run, 2_500) < LIMIT


def test_names_agree_with_their_stems() -> None:
    """No name means another month when a prefix or suffix is taken off."""
    months = names().months
    for name in months:
        assert {months[stem] for stem in stems(name) if stem in months} == {months[name]}


def test_a_collision_of_names_is_refused() -> None:
    """Croatian October and Polish November cannot both be listopada."""
    with pytest.raises(ValueError, match="listopada"):
        refuse_collisions({"listopada": {10, 11}})


def _make_months(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.make_months", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_shipped_names_are_what_cldr_says() -> None:
    """The generator would write the file that is there."""
    shipped = json.loads((ROOT / "resolver" / "rules" / "months.json").read_text(encoding="utf-8"))["cldr"]
    if get_cldr_version() != shipped:
        pytest.skip(f"Babel brings CLDR {get_cldr_version()}, the file is of {shipped}")
    check = _make_months("--check")
    assert check.returncode == 0, check.stdout + check.stderr


def test_a_stale_file_is_shown_and_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --check a file that differs is left alone, its difference printed, and the exit code is 1."""
    stale = tmp_path / "months.json"
    stale.write_text("{}\n", encoding="utf-8")
    monkeypatch.setattr("scripts.make_months.FILE", stale)
    monkeypatch.setattr("scripts.make_months.OTHER_LOCALES", "")
    assert main(["--check"]) == 1
    assert "--- shipped" in capsys.readouterr().out
    assert stale.read_text(encoding="utf-8") == "{}\n"


def test_without_check_the_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the generator has written it finds up to date."""
    fresh = tmp_path / "months.json"
    monkeypatch.setattr("scripts.make_months.FILE", fresh)
    monkeypatch.setattr("scripts.make_months.EMBED_LOCALES", "en de")
    monkeypatch.setattr("scripts.make_months.OTHER_LOCALES", "")
    assert main([]) == 0
    assert main(["--check"]) == 0
    assert json.loads(fresh.read_text(encoding="utf-8"))["months"]["3"] == ["mar", "march", "marz"]


def test_importing_costs_no_tables() -> None:
    """Neither the names are read nor an order compiled before the first date is asked for."""
    program = (
        "import resolver.dates, resolver.date_names as names, resolver.date_patterns as patterns;"
        "print(names.names.cache_info().currsize, patterns.compiled_orders.cache_info().currsize)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == ["0", "0"]


def test_no_two_orders_are_the_same() -> None:
    """Each row says something of its own."""
    assert all(
        first.pieces != second.pieces
        for first, second in pairwise(sorted(ORDERS, key=lambda row: row.pieces))
    )
