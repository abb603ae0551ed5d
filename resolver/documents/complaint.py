"""What is wrong with an input, in a form that can be kept and said later."""

from __future__ import annotations

from dataclasses import dataclass

from resolver.errors import InputError, LossyInputError


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What is wrong with a file, or at a place in it.

    >>> complaint = Complaint(name="a.jsonl", place="line 2", problem="is not JSON", line=2)
    >>> str(complaint.error(lines_before=100))
    'a.jsonl, line 102: is not JSON'
    """

    #: The file as the user gave it.
    name: str
    #: Where in it; ``None`` where it is said of the file as a whole.
    place: str | None
    problem: str
    advice: str | None = None
    #: Whether it was read all the same, with something replaced or left out.
    lossy: bool = False
    #: Which line of a part it is about, from 1, where the part does not know how many stand before; else ``None``.
    line: int | None = None

    def error(self, *, lines_before: int = 0) -> InputError:
        """Return it as an error; *lines_before* is how many lines of the file stand before the part."""
        place = self.place if self.line is None else f"line {lines_before + self.line}"
        kind = LossyInputError if self.lossy else InputError
        return kind(f"{self.name}, {place}" if place else self.name, self.problem, self.advice)
