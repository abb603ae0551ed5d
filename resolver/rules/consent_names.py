"""The names under which notes of held-back embeds speak of platforms, and our names for these."""

from __future__ import annotations

from typing import Final

#: Names as printed (in small letters; other endings of theirs count too), with our names. ``None``: a service that
#: such notes name (https://github.com/AmauriC/tarteaucitron.js lists them) and that is no social platform here.
PLATFORM_NAMES: Final[dict[str, str | None]] = {
    "twitter": "twitter",
    "x (twitter)": "twitter",
    "x": "twitter",
    "твиттер": "twitter",
    "твітер": "twitter",
    "ツイッター": "twitter",
    "facebook": "facebook",
    "фейсбук": "facebook",
    "instagram": "instagram",
    "инстаграм": "instagram",
    "інстаграм": "instagram",
    "インスタグラム": "instagram",
    "youtube": "youtube",
    "you tube": "youtube",
    "ютуб": "youtube",
    "tiktok": "tiktok",
    "tik tok": "tiktok",
    "vimeo": "vimeo",
    "spotify": "spotify",
    "soundcloud": "soundcloud",
    "bluesky": "bluesky",
    "mastodon": "mastodon",
    "threads": "threads",
    "reddit": "reddit",
    "linkedin": "linkedin",
    "pinterest": "pinterest",
    "dailymotion": "dailymotion",
    "telegram": "telegram",
    "twitch": "twitch",
    "tumblr": "tumblr",
    "flickr": "flickr",
    "vkontakte": "vk",
    "вконтакте": "vk",
    "google maps": None,
    "openstreetmap": None,
    "datawrapper": None,
    "infogram": None,
    "flourish": None,
    "opinary": None,
    "riddle": None,
    "giphy": None,
}

#: Names that are everyday words: platforms only with a capital letter.
EVERYDAY_NAMES: Final = frozenset({"x", "threads", "riddle", "flourish"})

#: How posts of one platform are called in many languages: who says so means that platform.
POST_NAMES: Final = {
    "tweet": "twitter",
    "tuit": "twitter",
    "tuít": "twitter",
    "твит": "twitter",
    "туит": "twitter",
    "твіт": "twitter",
    "twiit": "twitter",
    "tviit": "twitter",
    "ツイート": "twitter",
    "推文": "twitter",
}
