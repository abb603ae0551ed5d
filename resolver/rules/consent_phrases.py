"""What pages print where an embed is held back for lack of consent, by language.

A phrase is matched without regard to case, white space and the form of apostrophes; ``{platform}`` stands for the
name of any platform that is known here. A *strong* phrase makes a placeholder; a *weak* one is everyday wording
that belongs to a placeholder only beside a strong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Phrase:
    """One wording: its language (ISO 639-1), its text, where it was seen, and whether it is strong."""

    language: str
    text: str
    source: str
    strong: bool = True
    vendor: str | None = None


#: The names of platforms as such phrases print them, with our names for them.
PLATFORM_NAMES: Final = {
    "twitter": "twitter",
    "x (twitter)": "twitter",
    "x": "twitter",
    "facebook": "facebook",
    "instagram": "instagram",
    "youtube": "youtube",
    "tiktok": "tiktok",
    "vimeo": "vimeo",
    "spotify": "spotify",
    "soundcloud": "soundcloud",
    "bluesky": "bluesky",
    "mastodon": "mastodon",
    "threads": "threads",
    "reddit": "reddit",
    "linkedin": "linkedin",
    "pinterest": "pinterest",
}

PHRASES: Final = (
    Phrase("nl", "Wel toestemming gegeven maar niet getoond, herlaad de pagina.", "a Dutch news site, 2020"),
    Phrase(
        "nl",
        "{platform} wordt niet geladen omdat je geen toestemming hebt gegeven.",
        "a Dutch news site, 2020",
    ),
    Phrase("nl", "Klik hier om het aan te passen.", "a Dutch news site, 2020", strong=False),
    Phrase(
        "nl",
        "Hier staat ingevoegde content uit een social media netwerk dat cookies wil schrijven of uitlezen.",
        "https://www.hbvl.be/cnt/dmf20220430_92479008",
        vendor="mediahuis",
    ),
    Phrase(
        "nl",
        "U heeft hiervoor geen toestemming gegeven.",
        "https://www.hbvl.be/cnt/dmf20220430_92479008",
        strong=False,
    ),
    Phrase(
        "nl",
        "Klik hier om uw voorkeuren aan te passen",
        "https://www.hbvl.be/cnt/dmf20220430_92479008",
        strong=False,
    ),
)
