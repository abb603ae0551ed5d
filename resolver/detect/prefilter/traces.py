"""What may stand in a document, as far as its bytes tell: which rules there is any use in asking."""

from __future__ import annotations

from enum import IntFlag
from typing import Final


class Trace(IntFlag):
    """Kinds of traces, each named by what all embeds that its rules find must have.

    A document without a trace has no embed of its rules; one with a trace may have one.

    >>> Trace.TAIL in Trace.everything(), Trace.TAIL in Trace(0)
    (True, False)
    """

    #: A handle in parentheses, or a date that is linked to a post: a flattened post's last line.
    TAIL = 1
    #: An address that a platform makes for the text of posts.
    LINK = 2
    #: An address on a platform's host.
    ADDRESS = 4
    #: A wording that platforms print around posts.
    WORDING = 8
    #: A word of which a note of a held-back embed has at least one near it.
    NOTE = 16
    #: HTML in base64.
    PAYLOAD = 32
    #: An embed's element, or what content systems write for one.
    MARKUP = 64
    #: What consent managers write, or an address or coded text where none is shown.
    HELD_BACK = 128
    #: ASCII letters and signs as references of HTML: what they say has to be decoded first.
    REFERENCES = 256
    #: The like as escapes of JSON, and letters for whose escapes nothing is searched.
    ESCAPES = 512
    #: A host or coded text that is one of ``HELD_BACK`` if it stands where embeds are hidden.
    HOST = 1024
    #: A frame, which is one of ``MARKUP`` if it is of a platform.
    FRAME = 2048
    #: A tag of a block quotation: a ``HOST`` within one is one of ``HELD_BACK``.
    QUOTE = 4096

    @classmethod
    def everything(cls, *, notes: bool = True) -> Trace:
        """Return all of them: what is looked for where nothing was looked at before.

        >>> Trace.NOTE in Trace.everything(notes=False)
        False
        """
        return ~cls(0) if notes else ~cls.NOTE


#: What a text can have, and the text of a page.
IN_TEXT: Final = Trace.TAIL | Trace.LINK | Trace.ADDRESS | Trace.WORDING | Trace.NOTE | Trace.PAYLOAD

#: What is told by that it is anywhere: of each pattern for it, one hit is enough.
ANYWHERE: Final = Trace.MARKUP | Trace.HELD_BACK | Trace.REFERENCES | Trace.ESCAPES
