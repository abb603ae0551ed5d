"""Write ``resolver/rules/consent_tables``: the words and phrases of notes, as they are looked up.

Run ``python -m scripts.make_consent_tables`` after changing ``consent_words.json``, ``consent_phrases.json`` or
``consent_triggers.py``; with ``--check`` nothing is written, and the exit code is 1 where a table is stale. To build
them when they are needed would take longer than to read a short text.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resolver.detect.consent.folding import fold
from resolver.detect.consent.known import index_of, literals
from resolver.rules import consent_words
from resolver.rules.consent_phrases import phrases
from resolver.rules.consent_triggers import TRIGGERS
from resolver.rules.consent_words import HEAD, LONGEST, SHORTEST, UNSPACED, Meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from resolver.rules.consent_words import Table

    #: An entry -> numbers of languages -> what it means in them.
    Entries = dict[str, dict[int, int]]

FOLDER: Final = Path(consent_words.__file__).with_name("consent_tables")
SOURCE: Final = Path(consent_words.__file__).with_name("consent_words.json")

#: What cookies are called: they are what a page's own banner says it uses.
COOKIES: Final = tuple(
    "cookie süti eväste eväst çerez ciastecz kakor kaka kolačić piškot slapuk sīkdat sīkfail бисквит куки кукі "
    "クッキー 쿠키 informasjonskaps galet traceur küpsis".split()
)


def tables() -> dict[str, object]:
    """Return the content of each file by its name."""
    return {
        "words.json": words_table(json.loads(SOURCE.read_text(encoding="utf-8"))),
        "phrases.json": index_of(phrases()),
        "literals.json": literals(phrases(), TRIGGERS),
    }


def words_table(source: Mapping[str, Mapping[str, str]]) -> Table:
    """Return the words of ``consent_words.json`` by how they are looked up.

    Raises ``ValueError`` for an entry that is too short to be looked up by its beginning.

    >>> table = words_table({"nl": {"here": "=hier =dit"}, "de": {"here": "=hier", "load": "lade"}})
    >>> table["whole"], table["beginning"], table["meanings"]
    ({'hier': 0, 'dit': 1}, {'lade': 2}, [(0, 512, 1, 512), (0, 512), (1, 16)])
    """
    kinds: dict[str, Entries] = {"whole": {}, "beginning": {}, "inside": {}}
    unspaced: list[tuple[str, int, int]] = []
    for number, (language, concept, entry) in _entries(source):
        word = entry.lstrip("=*")
        kind = {"=": "whole", "*": "inside"}.get(entry[0], "beginning")
        if language in UNSPACED and not word.isascii():
            unspaced.append((word, number, _meaning(concept, word)))
            continue
        if kind == "beginning" and len(word) < SHORTEST:
            raise ValueError(f"{language}: {entry!r} is too short, write ={entry}")
        languages = kinds[kind].setdefault(word, {})
        languages[number] = languages.get(number, 0) | _meaning(concept, word)
    meanings: dict[tuple[int, ...], int] = {}
    numbered = {kind: _numbered(entries, meanings) for kind, entries in kinds.items()}
    return {
        "languages": list(source),
        "meanings": list(meanings),
        "whole": numbered["whole"],
        "beginning": numbered["beginning"],
        "inside": numbered["inside"],
        "unspaced": unspaced,
        "heads": _heads(kinds["beginning"]),
    }


def _heads(entries: Iterable[str]) -> dict[str, list[int]]:
    """Return how entries begin, with how long those are that begin so and can be looked up."""
    lengths: dict[str, set[int]] = {}
    for entry in sorted(entries):
        if SHORTEST < len(entry) <= LONGEST:
            lengths.setdefault(entry[:HEAD], set()).add(len(entry))
    return {head: sorted(found) for head, found in lengths.items()}


def _entries(source: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[int, tuple[str, str, str]]]:
    for number, (language, concepts) in enumerate(source.items()):
        for concept, entries in concepts.items():
            yield from ((number, (language, concept, fold(entry))) for entry in entries.split())


def _meaning(concept: str, word: str) -> int:
    meaning: int = getattr(Meaning, concept.upper())
    return meaning | Meaning.COOKIE if meaning == Meaning.CONSENT and word.startswith(COOKIES) else meaning


def _numbered(entries: Entries, meanings: dict[tuple[int, ...], int]) -> dict[str, int]:
    """Return each entry with the number of what it means in *meanings*, which is added to."""
    return {
        word: meanings.setdefault(tuple(value for pair in languages.items() for value in pair), len(meanings))
        for word, languages in entries.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit with 1 if a table is stale")
    options = parser.parse_args(arguments)
    stale = 0
    FOLDER.mkdir(exist_ok=True)
    for name, table in tables().items():
        new = json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n"
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != new:
            stale = 1
            if options.check:
                print(f"{path} is stale", file=sys.stderr)
            else:
                path.write_text(new, encoding="utf-8")
    return stale if options.check else 0


if __name__ == "__main__":
    sys.exit(main())
