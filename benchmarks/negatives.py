"""Documents without any embed, in which every find is a false one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cases import ROOT, Case, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Texts written for this project that look like leftovers of posts, each with why it is none.
OWN_NEGATIVES = ROOT / "tests" / "samples" / "negatives.jsonl"

OWN_FORM, FOLDER_FORM = "hard negatives of our own", "documents of this machine"

#: Enough for a rate per 1,000 documents, and little enough for one minute.
MOST_DOCUMENTS = 3_000

#: Larger files are data rather than something to read.
LARGEST_DOCUMENT = 300_000

_SUFFIXES = frozenset({".md", ".rst", ".txt", ".html", ".htm"})
_NAMES = (
    "readme",
    "license",
    "licence",
    "copying",
    "copyright",
    "changelog",
    "changes",
    "news",
    "authors",
    "metadata",
)


def own_negatives(path: Path = OWN_NEGATIVES) -> Iterator[Case]:
    """Yield the project's own documents without embeds."""
    for row in read_rows(path):
        yield Case(id=row["id"], form=OWN_FORM, posts=(), text=row.get("text"), html=row.get("html"))


def default_folders() -> tuple[Path, ...]:
    """Return where a machine keeps documents of the programs on it."""
    return tuple(dict.fromkeys((Path(sys.prefix), Path(sys.base_prefix), Path("/usr/share/doc"))))


def folder_negatives(folders: Iterable[Path], most: int = MOST_DOCUMENTS) -> Iterator[Case]:
    """Yield the documents in folders, in the order of their paths, each content once, at most *most*.

    Texts (.md, .rst, .txt), pages (.html) and files such as README, LICENSE, CHANGES and METADATA count as documents.
    """
    seen: set[int] = set()
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if len(seen) >= most:
            return
        if not _is_document(path):
            continue
        content = path.read_text(encoding="utf-8", errors="replace")
        if content.strip() and hash(content) not in seen:
            seen.add(hash(content))
            is_page = path.suffix in {".html", ".htm"}
            yield Case(
                id=str(path),
                form=FOLDER_FORM,
                posts=(),
                text=None if is_page else content,
                html=content if is_page else None,
            )


def _is_document(path: Path) -> bool:
    if path.suffix.lower() not in _SUFFIXES and not path.name.lower().startswith(_NAMES):
        return False
    return (
        path.is_file()
        and path.suffix not in {".py", ".pyc", ".gz"}
        # Our own README, as installed, shows embeds.
        and not path.parent.name.startswith("embed_resolver")
        and path.stat().st_size <= LARGEST_DOCUMENT
    )
