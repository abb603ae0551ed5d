"""Write ``resolver/rules/months.json``: the names of months and weekdays, from the Unicode CLDR by Babel.

Run ``python -m scripts.make_months`` after adding a locale or updating Babel; with ``--check`` nothing is
written, a difference is printed, and the exit code is 1 where there is one.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections import defaultdict
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from babel.core import get_cldr_version
from babel.localedata import LocaleDataDict, load

from resolver.date_names import FILE, fold, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The 34 languages of X's embeds (docs.x.com/x-for-websites/supported-languages) by their CLDR names, and ca
# and en-GB, which old embeds print too.
EMBED_LOCALES: Final = """
    ar bn ca cs da de el en en_GB es fa fi fil fr he hi hu id it ja ko ms nb nl pl pt ro ru sv th tr uk ur vi
    zh_Hans_CN zh_Hant_TW
"""

# Other languages that X, Facebook, Instagram or Bluesky speak, and regions with names of their own. Without
# hr, whose listopad is October where that of cs and pl is November, and mn, whose names are phrases.
OTHER_LOCALES: Final = """
    af am ar_DZ ar_LB ar_MA ar_TN as az be bg bs cy de_AT en_AU en_CA es_AR es_MX et eu fo fr_CA fy ga gl gu
    hy is ka kk km kn ky lb lo lt lv mk ml mr my ne nn or pa pt_PT si sk sl sq sr sr_Latn sw ta te tg ur_IN uz
    uz_Cyrl
"""

Table = dict[str, Any]


def make_table(locales: Iterable[str]) -> Table:
    """Return the content of the file. Raises ``ValueError`` where one name is that of two months.

    >>> make_table(["en"])["months"]["9"]
    ['sep', 'september']
    """
    months: dict[str, set[int]] = defaultdict(set)
    weekdays: set[str] = set()
    weekdays_after: set[str] = set()
    for data in map(_data, locales):
        for number, name in _names(data["months"], ("wide", "abbreviated")):
            months[stems(name)[-1]].add(number)
        wide = {fold(name) for _, name in _names(data["days"], ("wide",))}
        abbreviated = {fold(name) for _, name in _names(data["days"], ("abbreviated",))}
        weekdays |= wide | {name for name in abbreviated if _is_no_common_word(name)}
        if str(data["date_formats"]["full"].pattern).endswith("EEEE"):
            weekdays_after |= wide
    refuse_collisions(months)
    return {
        "source": f"Unicode CLDR {get_cldr_version()}, Unicode License v3 (https://www.unicode.org/license.txt)",
        "cldr": get_cldr_version(),
        "months": {
            str(number): sorted(name for name, numbers in months.items() if number in numbers)
            for number in range(1, 13)
        },
        "weekdays": sorted(weekdays),
        "weekdays_after": sorted(weekdays_after),
    }


def refuse_collisions(months: dict[str, set[int]]) -> None:
    """Raise ``ValueError`` where a name is that of two months: no reader could tell which one is meant."""
    collisions = {name: sorted(numbers) for name, numbers in months.items() if len(numbers) > 1}
    if collisions:
        raise ValueError(f"names of more than one month: {collisions}")


def _data(locale: str) -> LocaleDataDict:
    """Return a locale's own copy of its data.

    ``babel.Locale`` keeps what an alias led to in tables that all locales share, so that the stand-alone names
    of one locale come back as those of the next.
    """
    data = load(locale)
    return LocaleDataDict(deepcopy({key: data[key] for key in ("months", "days", "date_formats")}))


def _names(table: Any, widths: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield number and name of CLDR's months or days, except names that are numbers."""
    for context in ("format", "stand-alone"):
        for width in widths:
            for number, name in table[context][width].items():
                if not any(character.isdigit() for character in name):
                    yield number, name


def _is_no_common_word(name: str) -> bool:
    """Return whether an abbreviation can be told from the many short words: Norwegian "on" is an English one."""
    return len(name) > 2 or not name.isascii()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file, or compare it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit with 1 if the file is stale")
    options = parser.parse_args(arguments)
    table = make_table(f"{EMBED_LOCALES} {OTHER_LOCALES}".split())
    new = json.dumps(table, ensure_ascii=False, indent=1) + "\n"
    if not options.check:
        FILE.write_text(new, encoding="utf-8")
        return 0
    old = FILE.read_text(encoding="utf-8")
    print(*difflib.unified_diff(old.splitlines(), new.splitlines(), "shipped", "CLDR", lineterm=""), sep="\n")
    return int(old != new)


if __name__ == "__main__":
    sys.exit(main())
