"""Add to ``resolver/rules/tlds.txt`` the top-level domains that have come up since it was made.

They are those of the Public Suffix List (https://publicsuffix.org/list/), which follows IANA's root zone, as the PyPI
package ``publicsuffixlist`` carries it (a development dependency: ``pip install publicsuffixlist``). None is ever
taken out: a post of 2019 may hold an address whose top-level domain is gone. Run ``python -m scripts.make_tlds``; with
``--check`` nothing is written, and the exit code is 1 where names are missing.
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FILE: Final = Path(__file__).parents[1] / "resolver" / "rules" / "tlds.txt"
PACKAGE: Final = "publicsuffixlist"
_BEGIN, _END = "===BEGIN ICANN DOMAINS===", "===END ICANN DOMAINS==="
_ADDED: Final = "# added since, as of "


def top_level(rules: Iterable[str]) -> set[str]:
    """Return the top-level domains of the lines of a Public Suffix List, without those of its private part.

    >>> sorted(top_level(["// ===BEGIN ICANN DOMAINS===", "com", "co.uk", "// ===END ICANN DOMAINS===", "x.dev"]))
    ['com', 'uk']
    """
    found: set[str] = set()
    public = False
    for rule in map(str.strip, rules):
        if rule.startswith("//"):
            public = _BEGIN in rule or (public and _END not in rule)
        elif rule and public:
            found.add(rule.rpartition(".")[2].lower())
    return found - {"*"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file, or say what is missing in it."""
    parser = argparse.ArgumentParser(prog="python -m scripts.make_tlds", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 where names are missing"
    )
    options = parser.parse_args(arguments)
    lines = FILE.read_text(encoding="utf-8").splitlines()
    listed = files(PACKAGE).joinpath("public_suffix_list.dat").read_text(encoding="utf-8").splitlines()
    missing = sorted(top_level(listed) - set(lines))
    print(f"{len(missing)} new top-level domains", *missing)
    if options.check or not missing:
        return int(bool(missing))
    lines += [f"{_ADDED}{PACKAGE} {version(PACKAGE)} ({len(missing)})", *missing]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
