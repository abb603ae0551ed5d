"""Gzip by ISA-L and by zlib: the same comes out of a file, whole or damaged."""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from documents_samples import json_lines, read_all, record, texts, wet_gz, write
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("isal", reason="ISA-L is not installed")

MANY = tuple(f"Story {number}: the harbour opens at {number} o'clock." * 9 for number in range(12))
FILES = {
    "a.wet.gz": wet_gz(MANY),
    "members.jsonl.gz": b"".join(gzip.compress(json_lines([story]), mtime=0) for story in MANY),
    "one.jsonl.gz": gzip.compress(json_lines(MANY), mtime=0),
    "stored.jsonl.gz": gzip.compress(json_lines(MANY), compresslevel=0, mtime=0),
}


def read_by(library: str, path: Path) -> tuple[list[str], list[str]]:
    """The texts of a file and the places of what is wrong in it: what that is, libraries see in their own ways."""
    with patch.dict(sys.modules, {} if library == "isal" else {"isal": None}):
        rows, errors = read_all(path)
    return texts(rows), [error.subject for error in errors]


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=30, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), noise=st.binary(max_size=12), cut=st.booleans())
@example(place=0.5, noise=b"", cut=True)
@example(place=0.999, noise=b"\0", cut=False)
def test_a_damaged_file_is_read_the_same_by_both(name: str, place: float, noise: bytes, cut: bool) -> None:
    """The same places are named, and the same documents read, but for one of which only the last bits are cut off."""
    data = FILES[name]
    at = int(len(data) * place)
    damaged = data[:at] + noise + (b"" if cut else data[at + len(noise) :])
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), name, damaged)
        (found, places), (expected, expected_places) = read_by("isal", path), read_by("zlib", path)
    assert places == expected_places
    fewer, more = sorted((found, expected), key=len)
    assert [text for text in more if text in fewer] == fewer
    assert len(more) - len(fewer) <= cut


@pytest.mark.parametrize("library", ["isal", "zlib"])
def test_records_of_all_lengths_follow_one_another(tmp_path: Path, library: str) -> None:
    """Room is made by the member before: one that is much longer, or much shorter, is whole all the same."""
    lengths = [10, 300_000, 5, 2_000_000, 20_000, 1, 70_000, 1_048_576, 0, 40]
    stories = [f"{number} ".ljust(length, "x") for number, length in enumerate(lengths)]
    members = [
        gzip.compress(record(number, "conversion", "text/plain", story.encode()), mtime=0)
        for number, story in enumerate(stories)
    ]
    assert read_by(library, write(tmp_path, "a.wet.gz", b"".join(members))) == (stories, [])
