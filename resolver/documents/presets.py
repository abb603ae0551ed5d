"""Data sets whose tables are known: what their columns are called, and how to tell them by their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resolver.documents.columns import Columns
from resolver.errors import ColumnError

if TYPE_CHECKING:
    from collections.abc import Collection


class Preset(NamedTuple):
    """One data set: a name for it, its columns, those that no other one has together, and where that is said."""

    name: str
    columns: Columns
    marks: frozenset[str]
    source: str
    #: What else it is called, and others of the same form.
    also: tuple[str, ...] = ()


def _marks(*names: str) -> frozenset[str]:
    return frozenset(names)


#: The more telling first. In crawls, the date is that of the capture: there is no other.
PRESETS = (
    Preset(
        "oscar",
        Columns(
            text="text", id="id", url="meta.warc_headers.warc-target-uri", date="meta.warc_headers.warc-date"
        ),
        _marks("text", "meta.warc_headers.warc-target-uri"),
        "https://huggingface.co/datasets/oscar-corpus/OSCAR-2201",
        also=("oscar-2201",),
    ),
    Preset(
        "oscar-jsonl",
        Columns(text="content", url="warc_headers.warc-target-uri", date="warc_headers.warc-date"),
        _marks("content", "warc_headers.warc-target-uri"),
        "https://oscar-project.github.io/documentation/versions/oscar-2301/",
        also=("oscar-2301",),
    ),
    Preset(
        "fineweb",
        Columns(text="text", id="id", url="url", date="date"),
        _marks("text", "id", "dump", "url", "date", "file_path"),
        "https://huggingface.co/datasets/HuggingFaceFW/fineweb",
    ),
    Preset(
        "hplt",
        Columns(text="text", id="id", url="u", date="ts"),
        _marks("text", "id", "u", "ts"),
        "https://huggingface.co/datasets/HPLT/HPLT2.0_cleaned",
    ),
    Preset(
        "trafilatura",
        Columns(text="text", url="source", date="date"),
        _marks("text", "source", "source-hostname", "fingerprint"),
        "https://github.com/adbar/trafilatura/blob/02c582f2/trafilatura/xml.py (build_json_output)",
    ),
    Preset(
        "news-please",
        Columns(text="maintext", url="url", date="date_publish"),
        _marks("maintext", "date_publish", "source_domain"),
        "https://github.com/fhamborg/news-please#use-within-your-own-code-as-a-library",
    ),
    Preset(
        "c4",
        Columns(text="text", url="url", date="timestamp"),
        _marks("text", "url", "timestamp"),
        "https://huggingface.co/datasets/allenai/c4",
        also=("mc4", "culturax"),
    ),
    Preset(
        "isot",
        Columns(text="text", date="date"),
        _marks("title", "text", "subject", "date"),
        "https://www.kaggle.com/datasets/clmentbisaillon/fake-and-real-news-dataset",
        also=("kaggle",),
    ),
)


def named(name: str) -> Columns:
    """Return the columns of the data set called *name*.

    Raises :class:`~resolver.errors.ColumnError` where none is called so; it says which there are.

    >>> named("news-please").text
    'maintext'
    """
    for preset in PRESETS:
        if name.casefold() in {preset.name, *preset.also}:
            return preset.columns
    known = ", ".join(called for preset in PRESETS for called in (preset.name, *preset.also))
    raise ColumnError(name, "is not a data set that is known", f"known are {known}")


def recognised(present: Collection[str]) -> Columns:
    """Return the columns of the data set that has the columns *present*; all ``None`` where none is known.

    >>> recognised(["text", "timestamp", "url"]).date
    'timestamp'
    """
    here = set(present)
    return next((preset.columns for preset in PRESETS if preset.marks <= here), Columns())
