"""The report of an audit, for an editor to read."""

from resolver.render.report.method import Method
from resolver.render.report.page import html

__all__ = ["Method", "html"]
