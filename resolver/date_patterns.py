"""The orders in which embeds print day, month and year, whatever the language.

The names come from CLDR (:mod:`resolver.date_names`). The orders cannot: until about 2015 embeds had some
that it does not know. Each is a row with samples, which are run as tests; to add an order is to add a row.

They are matched in a window (:mod:`resolver.date_window`). All quantifiers are bounded, and no two neighbours
match the same characters, so that a match costs the same however long the text is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

#: White space between pieces; other than the space and the line break there is none in a window.
GAP: Final = r"[ \n]{0,60}"
#: A letter of any script with the marks that belong to it: in a window all that is no ASCII sign and no digit.
LETTER: Final = r"[^\x00-@\[-`{-\x7f\d]"
#: A word with what may stand inside it (``d'abril``, ``ธ.ค.``, ``segunda-feira``) and its closing point.
WORD: Final = rf"{LETTER}{{1,24}}(?!{LETTER})(?:['.-]{LETTER}{{1,24}}(?!{LETTER})){{0,3}}[.']?"

_OF = r"(?:del?|of)"
_ERA = r"[คพ]\.ศ\."
_PIECES: Final = {
    "DAY": rf"(?P<day>\d{{1,2}})(?!\d)(?:\\?\.|(?i:st|nd|rd|th|er|[ºª°])(?!{LETTER}))?",
    "NUMBER": r"(?P<number>\d{1,2})(?!\d)",
    "MONTH": rf"(?P<month>{WORD}(?: (?!(?:{_OF}(?!{LETTER})|{_ERA})){WORD})?)",
    # No (?!\d): a flattener glues anything to a date's end, and four digits are a whole year.
    "YEAR": r"(?P<year>\d{4})",
    "YEARFIRST": r"(?P<year>\d{4})(?!\d)",
    "OF": rf"(?i:{_OF})(?!{LETTER})",
    "ERA": _ERA,
    # Russian and Bulgarian "г.", Ukrainian "р.", Armenian "թ.", Georgian "წ.": with a point or as a word.
    "YEARMARK": rf"(?:[гթწр]\.|(?:[гթр]|года|року)(?!{LETTER}))",
    # Where the year comes first: Kazakh "ж.", Lithuanian "m.", Armenian "թ.", Latvian "gada", Basque "(e)ko".
    "YEARWORD": rf"(?:-?[жթm]\.|gada(?!{LETTER})|(?:\(?e\)?)?ko(?!{LETTER}))",
    # Lithuanian "d.", Basque "(a)".
    "DAYMARK": r"(?:d\.|\(an?\))",
    # Markdown writers put a backslash before some.
    "JOINT": r"\\?[,/.-]",
    "DASH": r"(?:[-/.]|\\[-.])",
    "TIME": r"\d{2}:\d{2}:\d{2}",
    "OFFSET": r"[+-]\d{4}",
    "日": r"[日号號일]",
    "月": r"[月월]",
    "年": r"[年년]",
    "THANG": r"(?i:tháng|thg\.?)",
    "NGAY": r"(?i:ngày)",
    "NAM": r"(?i:năm)",
}


class Sample(NamedTuple):
    """A date as it was printed, the day that it means (ISO 8601), and where such a one was seen."""

    text: str
    day: str
    source: str


class Order(NamedTuple):
    """One order of the pieces of a date; ``?`` marks one that may be missing.

    Between pieces there may be white space, of any kind that flattening leaves.
    """

    pieces: str
    samples: tuple[Sample, ...]

    @property
    def digit_first(self) -> bool:
        """Whether it begins with a number; all others begin with a word."""
        return self.pieces.startswith(("DAY", "YEAR", "NUMBER"))

    @property
    def expression(self) -> str:
        """The regular expression of the row, with the groups year, day and month (a name) or number."""
        first, *others = self.pieces.split()
        parts = [_PIECES[first]]
        for piece in others:
            if piece.endswith("?"):
                parts.append(f"(?:{GAP}{_PIECES[piece[:-1]]})?")
            else:
                parts.append(GAP + _PIECES[piece])
        return "".join(parts)


#: Where the samples were seen: embed markup of that time, or what CLDR prints where no embed was found.
_EMBED_2011, _EMBED_2016, _CLDR = "embed 2011-2015", "embed 2016-", "CLDR"

ORDERS: Final = (
    Order(
        "DAY JOINT? OF? MONTH JOINT? OF? ERA? YEAR YEARMARK?",
        (
            Sample("4. April 2013", "2013-04-04", _EMBED_2011),
            Sample("12 mars 2012", "2012-03-12", _EMBED_2011),
            Sample("24 Février 2015", "2015-02-24", _EMBED_2011),
            Sample("15 de noviembre de 2012", "2012-11-15", _EMBED_2011),
            Sample("9 abril 2015", "2015-04-09", _EMBED_2011),
            Sample("30 March 2016", "2016-03-30", _EMBED_2016),
            Sample("24 марта 2019 г.", "2019-03-24", _EMBED_2016),
            Sample("7 июля 2016\nг.", "2016-07-07", "an embed, line-wrapped"),
            Sample("17 בפברואר 2014", "2014-02-17", _EMBED_2011),
            Sample("1 d’abril de 2016", "2016-04-01", _EMBED_2016),
            Sample("4 de març del 2019", "2019-03-04", _CLDR),
            Sample("24. октобар 2017.", "2017-10-24", _EMBED_2016),
            Sample("7 ธันวาคม พ.ศ. 2562", "2019-12-07", _CLDR),
            Sample("7 ธ.ค. 2562", "2019-12-07", _CLDR),
            Sample("7-dekabr, 2019", "2019-12-07", _CLDR),
            Sample("7 դեկտեմբերի, 2019 թ.", "2019-12-07", _CLDR),
            Sample("7 دسمبر، 2019", "2019-12-07", _CLDR),
            Sample("2nd of May, 2019", "2019-05-02", "edited by hand"),
        ),
    ),
    Order(
        "MONTH DAY JOINT? OF? YEAR YEARMARK?",
        (
            Sample("November 7, 2011", "2011-11-07", _EMBED_2011),
            Sample("Avril 20, 2012", "2012-04-20", _EMBED_2011),
            Sample("julio 8, 2014", "2014-07-08", _EMBED_2011),
            Sample("novembro 7, 2011", "2011-11-07", _EMBED_2011),
            Sample("Mär 12, 2018", "2018-03-12", "an Instagram embed"),
            Sample("Disyembre 7, 2019", "2019-12-07", _CLDR),
        ),
    ),
    Order(
        "YEARFIRST JOINT? YEARWORD? JOINT? MONTH JOINT? DAY DAYMARK?",
        (
            Sample("2014. május 5.", "2014-05-05", _EMBED_2016),
            Sample("2014\\. május\n> 5.", "2014-05-05", "an embed, in quoted Markdown"),
            Sample("2019 m. gruodžio 7 d.", "2019-12-07", _CLDR),
            Sample("2019(e)ko abenduaren 7(a)", "2019-12-07", _CLDR),
            Sample("2019, ഡിസംബർ 7", "2019-12-07", _CLDR),
        ),
    ),
    Order(
        "YEARFIRST JOINT? YEARWORD? JOINT? DAY JOINT? MONTH",
        (
            Sample("2019. gada 7. decembris", "2019-12-07", _CLDR),
            Sample("2019 ж. 7 желтоқсан", "2019-12-07", _CLDR),
            Sample("2019-ж., 7-декабрь", "2019-12-07", _CLDR),
        ),
    ),
    Order(
        "YEARFIRST 年 JOINT? NUMBER 月 DAY 日?",
        (
            Sample("2016年3月9日", "2016-03-09", _EMBED_2016),
            Sample("2016 年 9 月 23 日", "2016-09-23", "an embed, spaced by a formatter"),
            Sample("2018년 4월 13일", "2018-04-13", _EMBED_2016),
            Sample("2013년, 7월 20일", "2013-07-20", _EMBED_2011),
        ),
    ),
    Order(
        "NUMBER 月 DAY JOINT? YEAR",
        (
            Sample("5月 5, 2010", "2010-05-05", _EMBED_2011),
            Sample("2월 8, 2012", "2012-02-08", _EMBED_2011),
        ),
    ),
    Order(
        "YEARFIRST JOINT NUMBER 月 DAY",
        (Sample("2014, 8月 27", "2014-08-27", _EMBED_2011),),
    ),
    Order(
        "DAY THANG NUMBER JOINT? NAM? YEAR",
        (
            Sample("1 tháng 4, 2019", "2019-04-01", _EMBED_2016),
            Sample("1 thg 4, 2019", "2019-04-01", _CLDR),
        ),
    ),
    Order(
        "NGAY DAY THANG NUMBER JOINT? NAM? YEAR",
        (Sample("ngày 1 tháng 4 năm 2019", "2019-04-01", _CLDR),),
    ),
    Order(
        "YEARFIRST DASH NUMBER DASH DAY",
        (
            Sample("2026-09-09", "2026-09-09", "edited by hand"),
            Sample("2016/09/23", "2016-09-23", _CLDR),
            Sample("2016. 9. 23.", "2016-09-23", _CLDR),
        ),
    ),
    Order(
        "MONTH DAY TIME OFFSET YEAR",
        (
            Sample(
                "Fri Jun 12 18:56:44 +0000 2020",
                "2020-06-12",
                "Substack's data-attrs, as Twitter's API wrote it",
            ),
        ),
    ),
)


@cache
def compiled_orders(*, digit_first: bool) -> tuple[re.Pattern[str], ...]:
    """Return the expressions of the rows that begin with a digit, or of the others; compiled once."""
    return tuple(re.compile(order.expression) for order in ORDERS if order.digit_first == digit_first)


@cache
def word() -> re.Pattern[str]:
    """Return what matches one whole word."""
    return re.compile(WORD)
