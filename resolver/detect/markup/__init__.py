"""Posts whose embed is still in the page's HTML."""

from resolver.detect.markup.page import find_markup

__all__ = ["find_markup"]
