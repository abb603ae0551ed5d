"""What scans have found, and kept in folders of results, brought into a store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, Protocol

from resolver.commandline.inputs import Inputs
from resolver.commandline.printing import say
from resolver.errors import InputError
from resolver.render.table import number
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from resolver.protocols import Store
    from resolver.shards import Folder
    from resolver.shards.found import ScannedDocument


class Batch(Protocol):
    """What one transaction has brought into a store, as :class:`cache.load.Loaded` says it."""

    @property
    def documents(self) -> int:
        """How many documents were read."""

    @property
    def new_documents(self) -> int:
        """How many of them were not there before."""

    @property
    def new_embeds(self) -> int:
        """How many embeds they have."""

    @property
    def observed(self) -> Sequence[str]:
        """The addresses in them that were followed before."""


class Loaded(NamedTuple):
    """What was brought into a store in all."""

    documents: int
    new_documents: int
    new_embeds: int


def conclude_loaded(batches: Iterable[Batch], store: Store) -> Loaded:
    """Say of the embeds in each batch what is known of their links already, and return the sums."""
    from resolver.pipeline import conclude

    total = Loaded(0, 0, 0)
    for batch in batches:
        for observation in store.latest(batch.observed).values():
            store.record(observation, conclude(observation, store))
        total = Loaded(
            documents=total.documents + batch.documents,
            new_documents=total.new_documents + batch.new_documents,
            new_embeds=total.new_embeds + batch.new_embeds,
        )
    return total


def result_folders(paths: Iterable[str]) -> list[Folder]:
    """Return the folders of results. Raises :class:`~resolver.errors.ResolverError` for what is none.

    >>> result_folders(["cli.py"])
    Traceback (most recent call last):
    resolver.errors.InputError: cli.py: is a file; load takes folders that scan INPUT... --results FOLDER has filled
    """
    from resolver.shards import Folder

    folders = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - pathlib is not needed to start
            there = os.path.exists(path)  # noqa: PTH110
            problem = "is a file" if there else "no such folder"
            raise InputError(
                path, problem, "load takes folders that scan INPUT... --results FOLDER has filled"
            )
        folder = Folder(path)
        next(folder.planned(), None)
        folders.append(folder)
    return folders


def load_folders(
    folders: Iterable[Folder], load: Callable[[Iterable[ScannedDocument]], Loaded], *, quiet: bool
) -> Inputs:
    """Bring each folder into the store by *load*, say what that added, and return how much could be read."""
    from resolver.shards.job import results
    from resolver.shards.merge import scanned_documents

    inputs = Inputs((), {})
    for folder in folders:
        loaded = load(scanned_documents(results(folder), folder, report=inputs.report))
        inputs.read_in_shards(inputs.documents + loaded.documents)
        known = loaded.documents - loaded.new_documents
        added = f"{number(loaded.new_documents, 'document')} with {number(loaded.new_embeds, 'embed')} added"
        say([f"{safe(folder.path)}: {added}; {number(known, 'document')} known already."], quiet=quiet)
    return inputs
