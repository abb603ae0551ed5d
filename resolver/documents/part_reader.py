"""Read one part of a file as the reader of its format reads the whole."""

from __future__ import annotations

from dataclasses import replace
from io import BufferedReader, BytesIO, FileIO
from typing import TYPE_CHECKING, NamedTuple

from resolver.documents.byte_range import ByteRange
from resolver.documents.columns import Columns
from resolver.documents.complaint import Complaint
from resolver.documents.parts import Unit
from resolver.documents.places import unreadable
from resolver.documents.read import read
from resolver.documents.row import LARGEST_DOCUMENT, Row, Source, Wanted
from resolver.documents.stream import BUFFER, blamed, read_stream
from resolver.errors import InputError, LossyInputError
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resolver.documents.parts import Part
    from resolver.documents.row import Report
    from resolver.documents.screen import Screen

_LINE = pattern(r"line ([0-9]{1,18})")
_BYTE = pattern(r"byte ([0-9]{1,18})")


class PartRow(NamedTuple):
    """A row of a part."""

    row: Row
    #: Where the document has no id of its own and is called by its line: which line of the part, from 1, since the
    #: part does not know how many stand before it. Its id is empty then. Else ``None``.
    line: int | None = None


class PartReader:
    """One part under reading.

    >>> import tempfile, pathlib
    >>> from resolver.documents.parts import Part
    >>> path = pathlib.Path(tempfile.mkdtemp(), "a.jsonl")
    >>> _ = path.write_text('{"text": "a"}\\n' * 4)
    >>> part = PartReader(Part(name=str(path), unit=Unit.LINES, begin=28))
    >>> [(found.row.document.text, found.line) for found in part.rows(print)], part.lines
    ([('a', 1), ('a', 2)], 2)
    """

    def __init__(
        self,
        part: Part,
        *,
        columns: Columns | None = None,
        all_fields: bool = True,
        screen: Screen | None = None,
    ) -> None:
        self.part = part
        #: How many line ends have been read, where lines are counted.
        self.lines = 0
        self._columns = columns or Columns()
        self._all_fields = all_fields
        self._screen = screen
        # What stands in front of the part, for the reader of the format to go by.
        self._in_front = b""
        # What that reader takes for the name of the file, in the middle of one: no file is called so, which tells an
        # id that was made of it from those that documents have.
        self._called = f"{part.begin}\0{part.name}" if part.begin else part.name

    def rows(self, report: Callable[[Complaint], None]) -> Iterator[PartRow]:
        """Yield the rows of the part; what cannot be read is given to *report*, and nothing is raised for it."""

        def place(error: InputError) -> None:
            complaint = self._placed(error)
            if complaint.line != 0:  # which is in front of the part, and said by the first one
                report(complaint)

        readers = {
            Unit.FILE: self._file,
            Unit.LINES: self._lines,
            Unit.RECORDS: self._records,
            Unit.ROW_GROUPS: self._row_groups,
        }
        try:
            yield from readers[self.part.unit](place)
        except OSError as error:
            place(unreadable(error, self.part.name))
        except InputError as error:
            place(error)

    def _file(self, report: Report) -> Iterator[PartRow]:
        rows = read(
            [self.part.name],
            columns=self._columns,
            report=report,
            all_fields=self._all_fields,
            screen=self._screen,
        )
        return map(PartRow, rows)

    def _lines(self, report: Report) -> Iterator[PartRow]:
        with FileIO(self.part.name) as file:
            if self.part.begin:
                # A table goes by its first line where a later one does not have the columns that are needed.
                self._in_front = _first_line(file)
            skipped = sum(1 for _ in self._read(BytesIO(self._in_front), _ignore)) if self._in_front else 0
            stored = ByteRange(file, self.part.begin, self.part.end, before=self._in_front)
            for number, row in enumerate(self._read(stored, report)):
                self.lines = stored.lines
                if number >= skipped:
                    yield self._by_line(row)
            self.lines = stored.lines

    def _by_line(self, row: Row) -> PartRow:
        prefix = f"{self._called}#"
        if not self.part.begin or not row.document.id.startswith(prefix):
            return PartRow(row)
        number = int(row.document.id.removeprefix(prefix)) - bool(self._in_front)
        return PartRow(row._replace(document=replace(row.document, id="")), number)

    def _records(self, report: Report) -> Iterator[PartRow]:
        begin, name = self.part.begin, self.part.name
        with FileIO(name) as file:
            for row in self._read(ByteRange(file, begin, self.part.end), report):
                # The standard demands that records have an id; those that have none are counted from the part on.
                id_ = row.document.id.replace(
                    f"{self._called}#", f"{name}#{begin}-" if begin else f"{name}#", 1
                )
                fields = row.fields | {"id": id_}
                if "offset" in fields:
                    fields |= {"file": name, "offset": begin + fields["offset"]}
                yield PartRow(Row(replace(row.document, id=id_), fields))

    def _row_groups(self, report: Report) -> Iterator[PartRow]:
        from resolver.documents.readers.parquet import read_row_groups

        with BufferedReader(FileIO(self.part.name), BUFFER) as stream:
            source = Source(name=self.part.name, stream=stream, compression=None, wanted=self._wanted(report))
            with blamed(self.part.name):
                yield from map(PartRow, read_row_groups(source, self.part.begin, self.part.end))

    def _read(self, stored: ByteRange | BytesIO, report: Report) -> Iterator[Row]:
        return read_stream(BufferedReader(stored, BUFFER), self._called, self._wanted(report))

    def _wanted(self, report: Report) -> Wanted:
        return Wanted(report=report, columns=self._columns, all_fields=self._all_fields, screen=self._screen)

    def _placed(self, error: InputError) -> Complaint:
        """Return an error as it is to be said of the file."""
        lossy = isinstance(error, LossyInputError)
        subject = error.subject.removeprefix(f"{self.part.begin}\0")
        name, place, line = subject, None, None
        if subject.startswith(f"{self.part.name}, "):
            name, place = self.part.name, subject.removeprefix(f"{self.part.name}, ")
        if place is not None and self.part.begin and (match := _BYTE.fullmatch(place)):
            place = f"byte {self.part.begin + int(match[1])}"
        elif place is not None and self.part.begin and (match := _LINE.fullmatch(place)):
            line = int(match[1]) - bool(self._in_front)
        return Complaint(
            name=name, place=place, problem=error.problem, advice=error.advice, lossy=lossy, line=line
        )


def _first_line(file: FileIO) -> bytes:
    """Return the first line; nothing where it is too long to be read."""
    with BufferedReader(FileIO(file.fileno(), closefd=False), BUFFER) as stream:
        line = stream.readline(LARGEST_DOCUMENT)
    return line if line.endswith(b"\n") else b""


def _ignore(error: InputError) -> None:
    """Pass over what is wrong with the first line: the first part says it."""
