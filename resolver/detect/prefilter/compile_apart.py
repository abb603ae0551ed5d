"""Compiles patterns by hyperscan, as a program of its own: what that takes, several times what it makes, is given back.

It reads a list of ``[pattern, id, flags]`` as JSON, and writes the database. It is run by its path, and so imports
nothing of this package.
"""

from __future__ import annotations

import json
import sys

import hyperscan


def main() -> None:
    """Read patterns from standard input, and write their database to standard output."""
    patterns = json.load(sys.stdin)
    database = hyperscan.Database()
    database.compile(
        expressions=[pattern.encode("latin-1") for pattern, _, _ in patterns],
        ids=[number for _, number, _ in patterns],
        elements=len(patterns),
        flags=[flags for _, _, flags in patterns],
    )
    sys.stdout.buffer.write(hyperscan.dumpb(database))


if __name__ == "__main__":
    main()
