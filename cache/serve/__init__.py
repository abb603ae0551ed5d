"""Looking through a database in a browser, by Datasette: what it is told, and starting it."""

from cache.serve.configuration import Configuration, configuration
from cache.serve.server import serve

__all__ = ["Configuration", "configuration", "serve"]
