"""The inputs of a command under reading, and how many could not be read."""

from __future__ import annotations

import os
import sys
from io import BufferedReader
from typing import TYPE_CHECKING, Any

import click

from resolver.commandline.group import ExitCode, in_words
from resolver.errors import InputError, LossyInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from resolver.detect.prefilter import Screening
    from resolver.documents import Row


class Inputs:
    """What a command was given to read: *names* of files and the like, and the *columns* of tables."""

    def __init__(self, names: tuple[str, ...], columns: Mapping[str, str | None]) -> None:
        self.names = names
        self.columns = dict(columns)
        self._read = 0
        self._screen: Screening | None = None
        self.unreadable = 0
        #: Prints a line for people where something is shown that it must not break; else ``None``.
        self.say: Callable[[str], None] | None = None
        #: Is told how many bytes of the inputs were read, whenever some were.
        self.taken: Callable[[int], None] = lambda _: None

    def rows(
        self, *, all_fields: bool = True, output: str | None = None, screen: Screening | None = None
    ) -> Iterator[Row]:
        """Yield what can be read, with *all fields* of the rows or those that matter; say on stderr what cannot.

        The *output* of an earlier run is passed over where it stands in a folder that is read. Documents in which
        *screen* sees no trace of an embed are counted, and not yielded.
        """
        from resolver.documents import Columns, read

        rows = read(
            self.names,
            columns=Columns(**self.columns),
            report=self.report,
            standard_input=self._standard_input(),
            all_fields=all_fields,
            output=output,
            screen=screen,
            taken=self.taken,
        )
        self._screen = screen
        for row in rows:
            self._read += 1
            yield row

    def _standard_input(self) -> BufferedReader[Any] | None:
        """Return it where it is one of the inputs. Raises :class:`~resolver.errors.InputError` where it is closed."""
        from resolver.documents.read import STANDARD_INPUT

        if STANDARD_INPUT not in self.names:
            return None
        if sys.stdin is None:  # as "scan - <&-" leaves it
            raise InputError(STANDARD_INPUT, "standard input is closed", "give it a file: scan - < FILE")
        buffer = sys.stdin.buffer
        return buffer if isinstance(buffer, BufferedReader) else BufferedReader(buffer)

    @property
    def documents(self) -> int:
        """How many documents were read so far, those included in which there was no trace of an embed."""
        return self._read + (self._screen.passed_over if self._screen else 0)

    def size(self) -> int | None:
        """Return the bytes of all inputs as they are stored; ``None`` where that is not known of all."""
        from resolver.documents.places import places

        try:
            found = [place for name in self.names for place in places(name, lambda _: None)]
            return sum(os.stat(place).st_size for place in found)  # noqa: PTH116
        except (OSError, InputError):  # standard input, an address, what is not there
            return None

    def read_in_shards(self, documents: int) -> None:
        """Note how many documents were read by others."""
        self._read = documents

    def report(self, error: InputError) -> None:
        """Say what could not be read, and count it."""
        lossy = isinstance(error, LossyInputError)
        self.unreadable += not lossy
        line = f"{'Warning' if lossy else 'Error'}: {in_words(error)}"
        if self.say is None:
            click.echo(line, err=True)
        else:
            self.say(line)

    def exit_code(self) -> ExitCode:
        """Return done where all was read, incomplete where some was not, wrong where nothing was."""
        if not self.unreadable:
            return ExitCode.DONE
        return ExitCode.INCOMPLETE if self.documents else ExitCode.WRONG


def refuse_to_replace(outputs: Iterable[str | None], needed: Iterable[str]) -> None:
    """Raise :class:`click.UsageError` where an output would take the place of a file that the command reads or keeps.

    >>> refuse_to_replace(["out.jsonl", None], ["in.jsonl", "provenance.db"])
    >>> refuse_to_replace(["./in.jsonl"], ["in.jsonl"])
    Traceback (most recent call last):
    click.exceptions.UsageError: ./in.jsonl is needed by this command; give the output another name.
    """
    places = {os.path.realpath(_path(name)) for name in needed}
    for output in outputs:
        if output == "":
            raise click.UsageError("the name of an output is empty; give a file, or leave the option out.")
        if output not in {None, "-"} and os.path.realpath(output or "") in places:
            raise click.UsageError(f"{output} is needed by this command; give the output another name.")


def _path(name: str) -> str:
    """Return the path that a name is, or that it is the address of.

    >>> _path("file:///news/a%20b.txt"), _path("news/a.txt")
    ('/news/a b.txt', 'news/a.txt')
    """
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(name).path) if name.startswith(("file://", "local://")) else name
