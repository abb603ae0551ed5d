"""Read what users have and give it on as documents."""

from resolver.documents.document import as_document
from resolver.documents.presets import named
from resolver.documents.read import Columns, Row, read

__all__ = ["Columns", "Row", "as_document", "named", "read"]
