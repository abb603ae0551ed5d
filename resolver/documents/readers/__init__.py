"""The readers, one format each. They are loaded by name from the table in :mod:`resolver.documents.formats`."""
