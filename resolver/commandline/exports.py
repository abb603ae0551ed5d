"""The options by which a database is written out for others, and the forms of it that rest on what an embed is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from resolver.commandline.inputs import refuse_to_replace
from resolver.commandline.options import gathered
from resolver.errors import OutputError
from resolver.render.json_lines import json_line, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resolver.provenance import DocumentEvidence
    from resolver.render.crate import CrateFile

    Command = Callable[..., Any]

#: Forms that are not a file for each table.
ANNOTATIONS, CRATE = "annotations", "crate"
_FORMS = ("jsonl", "csv", "parquet", ANNOTATIONS, CRATE)
_DESCRIPTION = (
    "What was found of the social embeds of articles, where their links led, and what that rests on."
)


class Export(NamedTuple):
    """What a database is to be written out as, and where."""

    #: The folder for the files.
    output: str
    form: str
    reproducible: bool
    #: For a crate: where the WARC files are, its name, and its licence.
    warc: tuple[str, ...]
    title: str
    license_: str | None

    def keep(self, db: str) -> None:
        """Raise :class:`click.UsageError` where the file of the annotations would take the place of the database."""
        refuse_to_replace([os.path.join(self.output, _FILE)], [db])  # noqa: PTH118 - as it was given

    def write_annotations(self, documents: Iterable[DocumentEvidence]) -> int:
        """Write a Web Annotation for each embed into the folder, made where it is not; return how many there are.

        Raises :class:`~resolver.errors.OutputError` where that cannot be done.
        """
        from resolver.render.annotations import annotations_of

        try:
            Path(self.output).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise OutputError(self.output, why, "choose another folder") from error
        count = 0
        with whole_file(str(Path(self.output) / _FILE)) as out:
            for made in annotations_of(documents):
                out.write(json_line(made) + "\n")
                count += 1
        return count

    def describe(self, files: Iterable[CrateFile]) -> None:
        """Write the metadata of the crate whose files are in the folder."""
        from resolver import __version__
        from resolver.pipeline import utc_now
        from resolver.render.crate import NOT_EVALUATED, write_metadata

        write_metadata(
            self.output,
            files,
            name=self.title,
            description=_DESCRIPTION,
            license=self.license_ or NOT_EVALUATED,
            made_at=utc_now(),
            tool_version=__version__,
        )


#: The one file of the annotations.
_FILE = "annotations.jsonl"


def export(command: Command) -> Command:
    """Add the options of an export; the command gets one ``export``."""
    options = [
        click.option(
            "--license", "license_", metavar="URL", callback=_address, help="For crate: its licence."
        ),
        click.option(
            "--title", default="Embeds and their provenance", metavar="TEXT", help="For crate: its name."
        ),
        click.option(
            "--warc",
            multiple=True,
            type=click.Path(exists=True, file_okay=False),
            metavar="FOLDER",
            help="For crate: where the WARC files are, if moved. Repeatable.",
        ),
        click.option(
            "--reproducible",
            is_flag=True,
            help="Tables without what differs between two runs that found the same.",
        ),
        click.option(
            "--form",
            type=click.Choice(_FORMS),
            default="jsonl",
            show_default=True,
            help="What the files are to be.",
        ),
        click.option("-o", "--output", required=True, metavar="FOLDER", help="The folder for the files."),
    ]
    return gathered(command, "export", Export, options)


def _address(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"{value!r} is not the address of a licence")
    return value
