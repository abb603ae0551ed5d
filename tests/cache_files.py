"""Databases of tests that open them: made, opened and refused."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import document, embed, link, opened

from cache.connection import open_for_writing
from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

SOON = timedelta(milliseconds=300)
#: The newest version of SQLite of which this was written; its journal is the WAL.
FIXED_SQLITE = (3, 53, 0)


def filled(path: Path) -> Path:
    with opened(path) as store:
        store.add(document(), [embed(link("a"))])
    return path


@contextmanager
def open_closed(path: Path, **options: Any) -> Iterator[Database]:
    db = open_for_writing(str(path), patience=0.3, **options)
    try:
        yield db
    finally:
        db.close()


def error_of(path: Path) -> StoreError:
    with pytest.raises(StoreError) as caught, opened(path, patience=SOON):
        pass
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    return caught.value
