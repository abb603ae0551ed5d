"""A drawing made fit to stand inside a page: nothing in it but shapes and text."""

from __future__ import annotations

#: The elements that a chart of ours is made of.
_ELEMENTS = {"svg", "g", "path", "rect", "line", "text", "tspan", "defs", "clipPath", "title"}
_NAMESPACE = "{http://www.w3.org/2000/svg}"
#: What the page says itself, for the whole chart at once, or sets by its style sheet.
_DROPPED = ("aria-", "role", "class", "pointer-events", "font-family", "href", "style")


def inline(svg: str) -> str:
    """Return an SVG document as an element for a page, as wide as its place; hidden from a screen reader.

    The page describes the chart in words and in a table. Raises ``ValueError`` where something else than shapes and
    text is in it.

    >>> inline('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text role="x">a &lt; b</text></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" aria-hidden="true"><text>a &lt; b</text></svg>'
    """
    from lxml import etree

    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag.removeprefix(_NAMESPACE) not in _ELEMENTS:
            raise ValueError(f"a chart holds {element.tag!r}")
        for name in map(str, element.attrib):
            if name.startswith("{") or name.startswith(_DROPPED):
                del element.attrib[name]
    size = [str(root.get(side)) for side in ("width", "height")]
    root.attrib.clear()
    root.attrib.update({"viewBox": f"0 0 {' '.join(size)}", "aria-hidden": "true"})
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))
