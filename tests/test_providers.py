"""What is embedded of providers without a file of their own is named after the list that is kept for oEmbed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from resolver import Document, Role, scan
from resolver.detect.markup import find_markup
from resolver.platforms.providers import provider_at
from scripts.make_providers import make_list

if TYPE_CHECKING:
    from pathlib import Path

    from resolver import Embed

PEN = "https://codepen.io/jodoe/pen/abcdef"
TALK = "https://www.ted.com/talks/jo_doe_on_bridges"


def found(source: str) -> list[Embed]:
    return list(find_markup("x", source, today=date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (PEN, "codepen"),
        (TALK, "ted"),
        ("http://ted.com/talks/jo_doe", "ted"),
        ("//giphy.com/gifs/bridge-AbCdEf", "giphy"),
        ("https://de.slideshare.net/jodoe/bridges", "slideshare"),
        ("https://www.kickstarter.com/about", None),
        ("https://notcodepen.io/jodoe/pen/abcdef", None),
        ("https://codepen.io.example/jodoe/pen/abcdef", None),
        ("https://x.com/nasa", None),
        ("https://www.youtube.com/@nasa", None),
        ("mailto:jo@codepen.io", None),
        ("", None),
    ],
)
def test_an_address_is_named_after_who_provides_what_it_shows(address: str, name: str | None) -> None:
    """By host and path, as the list has them; the platforms that are known better are left out."""
    assert provider_at(address) == name


@pytest.mark.parametrize(
    ("source", "rule", "address"),
    [
        (
            f'<figure class="wp-block-embed is-provider-ted"><div class="wp-block-embed__wrapper">\n{TALK}\n</div></figure>',
            "ted.wrapper",
            TALK,
        ),
        (
            f'<!-- wp:embed {{"url":"{TALK}","providerNameSlug":"ted"}} -->\n<figure class="wp-block-embed">{TALK}</figure>\n<!-- /wp:embed -->',
            "ted.wrapper",
            TALK,
        ),
        (f"[embed]{PEN}[/embed]", "codepen.shortcode", PEN),
        (f"{{% embed {PEN} %}}", "codepen.shortcode", PEN),
        (
            '<iframe src="//codepen.io/jodoe/embed/abcdef"></iframe>',
            "codepen.element",
            "https://codepen.io/jodoe/embed/abcdef",
        ),
        (f'<figure class="media"><oembed url="{TALK}"></oembed></figure>', "ted.element", TALK),
        (f'<a class="embedly-card" href="{PEN}">A pen</a>', "codepen.element", PEN),
    ],
)
def test_what_is_embedded_is_an_embed_of_its_provider(source: str, rule: str, address: str) -> None:
    """With the address, and without a post: nothing is known of it but who provides it."""
    (embed,) = found(source)
    assert (embed.rule, embed.platform, embed.post_id) == (rule, rule.partition(".")[0], None)
    assert [(link.url, link.role) for link in embed.links] == [(address, Role.POST)]
    assert source[embed.start : embed.end] == embed.quote == source


@pytest.mark.parametrize(
    "source",
    [
        f'<p>See <a href="{PEN}">this pen</a>.</p>',
        f"<p>{TALK}</p>",
        '<iframe src="https://ads.example/banner"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>',
        '<figure class="wp-block-embed">https://news.example/article</figure>',
        f"<pre><code>[embed]{PEN}[/embed]</code></pre>",
    ],
)
def test_links_and_other_frames_are_none(source: str) -> None:
    """That an address could be embedded does not say that it is."""
    assert found(source) == []
    assert scan(Document(id="x", html=source)) == ()


def test_two_of_one_provider_are_two() -> None:
    """They differ in their address."""
    source = "".join(f'<iframe src="https://codepen.io/jodoe/embed/{name}"></iframe>' for name in "ab")
    assert len(found(source)) == 2


def test_the_list_is_made_of_the_package_as_it_is(tmp_path: Path) -> None:
    """Names and schemes, http and https as one, with version and licence."""
    (tmp_path / "package.json").write_text('{"version": "1.0.2"}')
    (tmp_path / "LICENSE").write_text("MIT\n")
    schemes = ["http://pens.example/*", "https://pens.example/*"]
    provider = {
        "provider_name": "Pens",
        "endpoints": [{"url": "https://pens.example/oembed", "schemes": schemes}, {"url": "x"}],
    }
    (tmp_path / "providers.json").write_text(
        json.dumps([provider, {"provider_name": "None", "endpoints": [{"url": "x"}]}])
    )
    assert make_list(tmp_path) == {
        "source": "npm oembed-providers 1.0.2",
        "license": "MIT",
        "providers": {"Pens": ["pens.example/*"]},
    }
