"""Elements and comments that content systems put around the embeds of any platform.

They name no post themselves, or the same as the embed inside: what they add is where the embed begins and ends. Some
hold nothing but the post's address as text, which a script or the next save turns into the embed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Wrapper:
    """An element by its tag and one of its classes."""

    tag: str
    #: One of these is among its classes; none: any element of that tag.
    classes: tuple[str, ...]
    sample: str
    #: Whether a single post's address inside it is enough.
    may_be_bare: bool = True


@dataclass(frozen=True)
class CommentWrapper:
    """A pair of comments, by the patterns of what stands in them."""

    begins: str
    ends: str
    sample: str
    may_be_bare: bool = True


_POST = "https://twitter.com/jo/status/1382350606417817604"
_QUOTED = f'<blockquote class="twitter-tweet"><a href="{_POST}"></a></blockquote>'

WRAPPERS: Final = (
    # https://developer.wordpress.org/block-editor/reference-guides/core-blocks/#embed
    Wrapper(
        "figure",
        ("wp-block-embed",),
        '<figure class="wp-block-embed is-provider-twitter"><div class="wp-block-embed__wrapper">'
        f"\n{_POST}\n</div></figure>",
    ),
    # Jetpack: https://jetpack.com/support/shortcode-embeds/
    Wrapper(
        "div",
        (
            "embed-twitter",
            "embed-tiktok",
            "embed-instagram",
            "embed-youtube",
            "embed-reddit",
            "embed-facebook",
            "jetpack-video-wrapper",
        ),
        f'<div class="embed-twitter">{_QUOTED}</div>',
    ),
    # https://ghost.org/docs/koenig-editor: the embed card
    Wrapper(
        "figure",
        ("kg-embed-card",),
        f'<figure class="kg-card kg-embed-card">{_QUOTED}<script src="x"></script></figure>',
    ),
    # What the platforms' own scripts put around their frames.
    Wrapper(
        "div",
        ("twitter-tweet-rendered", "fb-post", "fb-video"),
        f'<div class="twitter-tweet-rendered">{_QUOTED}</div>',
        may_be_bare=False,
    ),
    # https://developers.facebook.com/docs/instant-articles/reference/social
    Wrapper(
        "figure",
        ("op-interactive", "op-social"),
        f'<figure class="op-interactive"><iframe>{_QUOTED}</iframe></figure>',
        may_be_bare=False,
    ),
    # https://docs.embed.ly/docs/cards
    Wrapper("a", ("embedly-card",), f'<a class="embedly-card" href="{_POST}">A post</a>'),
    Wrapper(
        "blockquote",
        ("embedly-card",),
        f'<blockquote class="embedly-card"><h4><a href="{_POST}">A post</a></h4></blockquote>',
    ),
    # CKEditor 5 media embed: https://ckeditor.com/docs/ckeditor5/latest/features/media-embed.html
    Wrapper(
        "figure",
        ("media",),
        f'<figure class="media"><oembed url="{_POST}"></oembed></figure>',
        may_be_bare=False,
    ),
    Wrapper("oembed", (), f'<oembed url="{_POST}"></oembed>'),
    Wrapper("object", (), '<object><embed src="https://www.youtube.com/v/dQw4w9WgXcQ"></object>'),
)

COMMENTS: Final = (
    # https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/#data-attributes
    CommentWrapper(
        r"wp:(?:core-)?embed(?:/[a-z-]{1,40})?(?=\s)",
        r"/wp:(?:core-)?embed(?:/[a-z-]{1,40})?(?=\s)",
        f'<!-- wp:embed {{"url":"{_POST}","providerNameSlug":"twitter"}} --><p>x</p><!-- /wp:embed -->',
    ),
    CommentWrapper(
        r"kg-card-begin: (?:embed|html)",
        r"kg-card-end: (?:embed|html)",
        f"<!--kg-card-begin: embed-->{_QUOTED}<!--kg-card-end: embed-->",
        may_be_bare=False,
    ),
)
