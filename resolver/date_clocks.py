"""The time of day and the zone that platforms print beside a date, to know where the printed moment ends.

Its value is never used: Instagram printed US Pacific time, Bluesky the time of whoever copied the embed.
Every sample is run as a test; all quantifiers are bounded.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from resolver.date_patterns import GAP, LETTER

# Words between date and time, in the languages of embeds: those seen on Instagram and Bluesky, and CLDR's.
_AT: Final = (
    r"(?:@|às?|a|ako|alas|alle|as|at|de|em|jam|kell|klo|klokka|klukkan|kl\.?|la(?:s|\(s\))?|les|lúc|ob|om|or[ae]"
    r"|o|pada|plkst\.|pukul|saat|um?|ve?|w|о|в|у|час|στις|ساعت|الساعة|בשעה|वजे|เวลา)"
)
_DAY_PERIOD = "午前|午後|上午|下午|凌晨|清晨|早上|中午|晚上|오전|오후"
# No letter may follow but a capital one: "4:08 PMThe next sentence".
_AM_PM = r"[AaPp]\.? ?[Mm](?:\.|(?![a-z]))|(?:πμ|μμ|π\.μ\.|μ\.μ\.|ÖÖ|ÖS|SA|CH|ص|م|ق\.ظ\.|ب\.ظ\.)"
_ZONE = (
    r"(?:UTC|GMT|Z|[PMCEAH][SD]T|AK[SD]T|AE[SD]T|NZ[SD]T|[CEW]ES?T|BST|IST|JST|KST|MSK|SGT|HKT|Uhr|h|น\.|ч\.?)"
    rf"(?!{LETTER})(?:[+-]\d{{1,2}}(?::?\d{{2}})?)?|[+-]\d{{2}}:?\d{{2}}(?!\d)"
)
_INLINE = r" {0,3}"
_TIME = (
    rf"(?:(?:{_DAY_PERIOD}){GAP})?"
    r"\d{1,2}(?:[:.]| ?h ?|[時时點点시] ?)\d{2}(?!\d)[分분]?"
    r"(?:[:.]\d{2}(?!\d)(?:\.\d{1,9})?)?"
    rf"(?: ?(?:{_AM_PM}))?(?: ?\(?(?:{_ZONE})\)?)?"
)

#: What follows a date, and how much of it is the time of day.
SAMPLES_AFTER: Final = (
    (" at 3:00pm PDT", " at 3:00pm PDT"),
    (" um 12:30 PDT", " um 12:30 PDT"),
    (" um 0:31 Uhr", " um 0:31 Uhr"),
    (" à 2:03 PST", " à 2:03 PST"),
    (" a las 3:00 PDT", " a las 3:00 PDT"),
    (" alle ore 3:00 PST", " alle ore 3:00 PST"),
    (" в 3:00 PDT", " в 3:00 PDT"),
    (" kl. 15.05 UTC", " kl. 15.05 UTC"),
    (" at 4:08 PM", " at 4:08 PM"),
    (" at 4:08\u202fPMThe next", " at 4:08\u202fPM"),
    (" 0:23", " 0:23"),
    (" 午後2:03", " 午後2:03"),
    (" 오후 2:03", " 오후 2:03"),
    (", 15 h 30 and more", ", 15 h 30"),
    (" · 11:22 p. m.", " · 11:22 p. m."),
    ("T23:45:27.000Z", "T23:45:27.000Z"),
    (" 18:56:44 +0000", " 18:56:44 +0000"),
    (" at 3:00pm (PDT)", " at 3:00pm (PDT)"),
    (" at\n4:08 PM", " at\n4:08 PM"),
    ("\n\n10:30 Next entry", ""),
    (" The 3 best", ""),
    (" at 3:000", ""),
)
#: What stands before a date on Bluesky and on a post's own page at X.
SAMPLES_BEFORE: Final = (
    "12:01 · ",
    "11:22 PM · ",
    "2:03 PM - ",
    "午後2:03 · ",
    "kl. 12:01 · ",
    "7:40\u202fAM\n·\n",
)


@cache
def clock_after() -> re.Pattern[str]:
    """Return what matches a time of day from the end of a date on, with the word between them."""
    word = rf"{_AT}(?!{LETTER})"
    # Over a broken line only with such a word: a live report's next entry begins with a bare time of day.
    joint = rf"(?:T|{_INLINE}(?:[,|-]{_INLINE})?|{GAP}(?={word}))"
    return re.compile(rf"{joint}(?:{word}{GAP}){{0,2}}{_TIME}")


@cache
def clock_before() -> re.Pattern[str]:
    """Return what matches a time of day up to the beginning of a date."""
    return re.compile(rf"(?:(?i:kl\.|lúc){GAP})?{_TIME}{GAP}(?:[,|-]{GAP})?")


#: The words that may begin a time of day, for a look before the costlier match.
OPENINGS: Final = (*_DAY_PERIOD.split("|"), "kl", "lúc")
