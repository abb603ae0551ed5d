"""The names of months and weekdays in all languages at once, from the Unicode CLDR.

They lie in ``rules/months.json``, which ``scripts/make_months.py`` writes. A name is looked up without asking
for its language: what an embed's markup says of it is often not the language of the date, and no two of the
languages kept there give one name to different months.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE: Final = Path(__file__).with_name("rules") / "months.json"

# Spellings that differ between keyboards, fonts and flatteners but never tell two months apart: accents (also
# of Arabic), the joiner in Persian words, Arabic and Persian forms of a letter, the Turkish dotless i.
_SPELLING: Final = dict.fromkeys([*range(0x0300, 0x0370), *range(0x0653, 0x0656), 0x200C, 0x0640]) | {
    ord("ي"): "ی",
    ord("ى"): "ی",
    ord("ك"): "ک",
    ord("ı"): "i",
    ord("’"): "'",
    ord("ʼ"): "'",
    ord("\N{NO-BREAK SPACE}"): " ",
}
_EDGES: Final = " .'׳"

# What grammar adds to a name: Catalan "de març" and "d'abril", Hebrew "בפברואר"; Basque "abenduaren", Thai
# "วันศุกร์ที่".
_PREFIXES: Final = ("de ", "d'", "ב")
_SUFFIXES: Final = ("ren", "ที่")


class Names(NamedTuple):
    """The folded names: the months with their numbers, 1 to 12; the weekdays; those printed after a date."""

    months: Mapping[str, int]
    weekdays: frozenset[str]
    weekdays_after: frozenset[str]


def fold(name: str) -> str:
    """Return the form under which a name is looked up: no case, no accents, no full stop at its end.

    >>> fold("Févr."), fold("AĞUSTOS"), fold("Ağustos")
    ('fevr', 'agustos', 'agustos')
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return decomposed.translate(_SPELLING).strip(_EDGES)


def stems(name: str) -> tuple[str, ...]:
    """Return the folded name, followed by what is left of it without the prefixes and suffixes of grammar.

    >>> stems("d’abril")
    ("d'abril", 'abril')
    """
    key = fold(name)
    found = [key]
    found += [key.removeprefix(prefix) for prefix in _PREFIXES if key.startswith(prefix)]
    found += [key.removesuffix(suffix) for suffix in _SUFFIXES if key.endswith(suffix)]
    return tuple(found)


@cache
def names() -> Names:
    """Return all names that are known; the file is read once, at the first call."""
    table = json.loads(FILE.read_text(encoding="utf-8"))
    return Names(
        months={key: int(number) for number, keys in table["months"].items() for key in keys},
        weekdays=frozenset(table["weekdays"]),
        weekdays_after=frozenset(table["weekdays_after"]),
    )


def month_number(name: str) -> int | None:
    """Return the number of a month, 1 to 12, by its name in any language; ``None`` where it is no month's.

    >>> month_number("Września"), month_number("בפברואר"), month_number("Monday")
    (9, 2, None)
    """
    months = names().months
    return next((months[stem] for stem in stems(name) if stem in months), None)


def is_weekday(name: str) -> bool:
    """Return whether the name is a weekday's, in any language.

    >>> is_weekday("Jueves"), is_weekday("jeu."), is_weekday("juin")
    (True, True, False)
    """
    return not names().weekdays.isdisjoint(stems(name))
