"""What stands in the place of a sieve where every rule is to be asked of every document."""

from __future__ import annotations

from resolver.detect.prefilter.traces import Trace


class Everything:
    """Takes every document to hold every trace, or all but those of *notes*, without looking.

    >>> Trace.TAIL in Everything().of_text(b""), Trace.NOTE in Everything(notes=False).of_page(b"")
    (True, False)
    """

    def __init__(self, *, notes: bool = True) -> None:
        #: Whether notes that stand alone are looked for.
        self.notes = notes
        self._traces = Trace.everything(notes=notes)

    def of_text(self, _data: bytes | memoryview) -> Trace:
        """Return every trace."""
        return self._traces

    def of_page(self, _data: bytes | memoryview) -> Trace:
        """Return every trace."""
        return self._traces
