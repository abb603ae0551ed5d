"""Whatever way or two ways a page writes a hidden embed in, the embed is recovered."""

from __future__ import annotations

import base64
import html
import json
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest

from resolver.detect.blocked import find_blocked
from resolver.detect.blocked.targets import hidden_target

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://twitter.com/jodoe/status/1382350606417817604"
EMBED = f'<blockquote class="twitter-tweet"><p>é 🚀 x>y</p><a href="{URL}?ref=1&x=2">day</a></blockquote>'


def script(text: str) -> str:
    """Return a script that writes a text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("/", "\\/")
    return f'document.write("{escaped.replace("<", chr(92) + "u003c").replace(">", chr(92) + "x3e")}")'


CODINGS: dict[str, Callable[[str], str]] = {
    "percent": lambda text: quote(text, safe=""),
    "form": quote_plus,
    "entities": html.escape,
    "entities twice": lambda text: html.escape(html.escape(text)),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "url-safe base64": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "JSON": lambda text: json.dumps({"a": {"html": text}}),
    "JSON in JSON": lambda text: json.dumps({"a": json.dumps({"b": [text]})}),
    "JSON with escaped slashes": lambda text: json.dumps({"u": text}).replace("/", "\\/"),
    "script": script,
}
PLACES = {
    "attribute": lambda value: f'<div data-x="{html.escape(value)}">Load</div>',
    "template": lambda value: f"<template>{value}</template>",
    "script": lambda value: f'<script type="text/template">{value}</script>',
    "noscript": lambda value: f"<noscript>{value}</noscript>",
    "string": lambda value: f'<script type="text/plain">var x = {json.dumps(value)};</script>',
}


@pytest.mark.parametrize(("inner", "outer"), list(product(CODINGS, CODINGS)))
def test_two_codings_one_in_the_other_are_undone(inner: str, outer: str) -> None:
    """Of an address and of HTML."""
    for text in (URL, EMBED):
        target = hidden_target(CODINGS[outer](CODINGS[inner](text)))
        assert target is not None
        assert target.platform == "twitter"


@pytest.mark.parametrize(("coding", "place"), list(product(CODINGS, PLACES)))
def test_each_coding_is_undone_wherever_it_may_stand(coding: str, place: str) -> None:
    """In what is not shown: an attribute, a template, a script that is none, a string in one."""
    for text in (URL, EMBED):
        found = list(find_blocked(f"<p>Before.</p>{PLACES[place](CODINGS[coding](text))}<p>After.</p>"))
        assert [(element.platform, element.recovered) for element in found] == [("twitter", True)]


def test_text_that_is_offered_for_copying_hides_nothing() -> None:
    """A box with embed code is for those who want to embed it elsewhere."""
    assert list(find_blocked(f"<textarea>{html.escape(EMBED)}</textarea>")) == []
