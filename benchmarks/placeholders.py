"""How well notes of held-back embeds are recognised: ``python -m benchmarks.placeholders [--write FILE]``.

Recall on the known phrases; on the phrases of each publisher when its rows are taken out of the rules; on wordings of
our own that are no rows; false finds on near-misses, on sentences that look alike, and on the ordinary texts of this
machine (documentation and the articles of the shared cases). A phrase stands in a paragraph between two others; a
weak phrase stands on the line after a stronger one of its publisher.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import time
from collections import defaultdict
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolver.detect.consent.finder import Finder
from resolver.rules.consent_phrases import Strength, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.rules.consent_phrases import Phrase

_ROOT = Path(__file__).parent.parent
_SAMPLES = _ROOT / "tests" / "samples"
_FLATTENED = _ROOT.parent / "shared" / "cases" / "flattened.jsonl"
_DOCUMENTATION = Path("/usr/share")
_READABLE = (
    ".txt",
    ".md",
    ".rst",
    ".html",
    ".gz",
    "copyright",
    "README",
    "changelog",
    "NEWS",
    "AUTHORS",
    "1",
)
_LONGEST = 200_000
_MOST = 20_000
_BEFORE, _AFTER = "Anna walked home with her dog.\n\n", "\n\nBert sang a song about it."


_PAGE = """# How well notes of held-back embeds are recognised

This page is written by `python -m benchmarks.placeholders --write docs/placeholders.md`, on {day}.

A phrase stands in a paragraph between two others; a weak phrase stands on the line after a stronger one of its
publisher. The unseen wordings (`tests/samples/consent_unseen.jsonl`) are our own, with as many sentences that look
alike. They were written set by set, each without a look at the rules, measured, and then mended by kinds of wording
(never by sentence). Found at first sight, with false finds among as many that look alike:

| set | what it holds | found at first sight | false finds |
|-----|---------------|----------------------|-------------|
| 1 | eight wordings in 19 languages | 127 of 152 (83.5%) | 3 of 152 |
| 2 | eight other ones, and two in 15 more languages | 124 of 182 (68.1%) | 6 of 182 |
| 3 | five far-fetched ones in 19 languages | 37 of 95 (38.9%) | 0 of 95 |
| 4 | three in 19 languages, not all the same | 39 of 57 (68.4%) | 0 of 57 |
| 5 | two in 19 languages, not all the same, after the last mending | 31 of 38 (81.5%) | 0 of 38 |

The wordings of a set are much alike in all languages, so that one kind that is missed is missed in many. What
phrases of a left-out publisher are not found are those in languages that the table of words does not have, and names
of things that say nothing of an embed by themselves.

```
{tables}```
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, or write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.placeholders")
    parser.add_argument("--write", type=Path, help="write the page (docs/placeholders.md) to this file")
    options = parser.parse_args(arguments)
    if options.write is None:
        tables()
        return
    printed = io.StringIO()
    with redirect_stdout(printed):
        tables()
    day = datetime.now(UTC).date().isoformat()
    options.write.write_text(_PAGE.format(day=day, tables=printed.getvalue()), encoding="utf-8")


def tables() -> None:
    """Print the tables."""
    everything = Finder.of(phrases())
    _recall(everything)
    _left_out()
    _own_wordings(everything)
    _unseen(everything)
    _false_finds(everything)
    _speed(everything)


def found(finder: Finder, text: str, *, lead: str = "") -> bool:
    """Return whether a note is found that covers the end of *text* in its place, after the line *lead*."""
    whole = f"{_BEFORE}{lead}{text}{_AFTER}"
    middle = len(_BEFORE) + len(lead) + len(text) // 2
    return any(note.start <= middle < note.end for note in finder.find(whole))


def leads(rows: tuple[Phrase, ...]) -> dict[tuple[str, str], str]:
    """Return a strong sentence of each publisher and language."""
    return {
        (publisher(row), row.language): f"{row.sample}\n" for row in rows if row.strength is Strength.STRONG
    }


def publisher(row: Phrase) -> str:
    """Return who prints a phrase."""
    return row.vendor or row.source


def _rows(kind: str) -> list[Phrase]:
    return [row for row in phrases() if row.kind == kind]


def _recall(finder: Finder) -> None:
    print("recall on the known phrases (strong and alone; weak beside a strong one)")
    first = leads(phrases())
    for kind in ("consent", "broken"):
        strong = [row for row in _rows(kind) if row.strength is not Strength.WEAK]
        weak = [row for row in _rows(kind) if row.strength is Strength.WEAK]
        beside = [row for row in weak if (publisher(row), row.language) in first]
        hits = sum(found(finder, row.sample) for row in strong)
        near = sum(found(finder, row.sample, lead=first[publisher(row), row.language]) for row in beside)
        print(
            f"  {kind:8} {hits:4} of {len(strong):4}   weak: {near} of {len(beside)} ({len(weak) - len(beside)} alone)"
        )


def _left_out() -> None:
    print("\nrecall on the phrases of a publisher whose rows are left out (strong and alone ones)")
    for kind in ("consent", "broken"):
        by_publisher: dict[str, list[Phrase]] = defaultdict(list)
        for row in _rows(kind):
            if row.strength is not Strength.WEAK:
                by_publisher[publisher(row)].append(row)
        total = hit = 0
        for name, rows in sorted(by_publisher.items()):
            finder = Finder.of([row for row in phrases() if publisher(row) != name])
            missed = [row for row in rows if not found(finder, row.sample)]
            total, hit = total + len(rows), hit + len(rows) - len(missed)
            print(f"  {kind:8} {len(rows) - len(missed):4} of {len(rows):4}  {name[:70]}")
            for row in missed[:6]:
                print(f"{'':25}missed: {row.language} {row.sample[:90]}")
        print(f"  {kind:8} {hit:4} of {total:4} = {hit / total:.1%} in all")


def _own_wordings(finder: Finder) -> None:
    rows = samples("consent_notes")
    alone = sum(found(finder, row["text"]) for row in rows)
    inline = sum(bool(finder.find(f"Anna went home. {row['text']} Bert sang a song.")) for row in rows)
    print(
        f"\nour own wordings (the rules were made with them): {alone} of {len(rows)} in lines of their own, "
        f"{inline} amid a line"
    )


def _unseen(finder: Finder) -> None:
    print("\nunseen wordings, as they are found now")
    rows = samples("consent_unseen")
    for number in sorted({row["set"] for row in rows}):
        notes = [row["text"] for row in rows if row["set"] == number and row["note"]]
        alike = [row["text"] for row in rows if row["set"] == number and not row["note"]]
        hits = sum(found(finder, text) for text in notes)
        false = sum(bool(finder.find(text)) for text in alike)
        print(
            f"  set {number}: {hits} of {len(notes)} = {hits / len(notes):.1%}, {false} of {len(alike)} false"
        )


def samples(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of samples."""
    return [
        json.loads(line) for line in (_SAMPLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def _false_finds(finder: Finder) -> None:
    near = sum(found(finder, row.near_miss) for row in phrases())
    rows = samples("consent_ordinary")
    alike = sum(found(finder, row["text"]) for row in rows)
    print(f"\nfalse finds: {near} of {len(phrases())} near-misses, {alike} of {len(rows)} that look alike")
    for name, texts in (("documentation", documentation()), ("articles of the cases", articles())):
        count = finds = 0
        for text in texts:
            count += 1
            for note in finder.find(text):
                finds += 1
                if finds <= 40:
                    print(
                        f"    {note.rule} {note.language} {' '.join(text[note.start : note.end].split())[:150]}"
                    )
        print(f"  {name}: {finds} finds in {count} documents")


def documentation() -> Iterator[str]:
    """Yield texts of this machine's documentation."""
    paths = (
        path for folder in ("doc", "man", "perl") for path in sorted((_DOCUMENTATION / folder).rglob("*"))
    )
    for number, path in enumerate(path for path in paths if path.is_file() and path.name.endswith(_READABLE)):
        if number >= _MOST:
            return
        try:
            data = _beginning(path)
        except OSError:
            continue
        yield data.decode("utf-8", "replace")


def _beginning(path: Path) -> bytes:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return file.read(_LONGEST)


def articles() -> Iterator[str]:
    """Yield the shared cases' texts."""
    if _FLATTENED.exists():
        for line in _FLATTENED.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def _speed(finder: Finder) -> None:
    texts = list(documentation())[:1000]
    size = sum(map(len, texts))
    start = time.perf_counter()
    for text in texts:
        finder.find(text)
    print(
        f"\n{(time.perf_counter() - start) / size * 1e6:.3f} s for a million characters of documentation ({size:,})"
    )


if __name__ == "__main__":
    main()
