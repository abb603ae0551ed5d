"""Find the traces of embeds in a document."""

from resolver.detect.document import detect

__all__ = ["detect"]
