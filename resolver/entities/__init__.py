"""Handles, hashtags, cashtags and links inside a post's text, by the rules of twitter-text 3.1.0.

What stands where: :mod:`.mentions`, :mod:`.tags` and :mod:`.urls` find what the platform itself would link;
:mod:`.links` finds what is left of a post's links after an extractor has glued, wrapped or cut them.

>>> text = "In #Minsk with @AlexK: https://t.co/anBMCAs5V5pic.twitter.com/QtSBUIzmcr"
>>> [hashtag.value for hashtag in hashtags(text)], [mention.value for mention in mentions(text)]
(['Minsk'], ['AlexK'])
>>> [(link.written, str(link.role)) for link in links_in_post(text)]
[('https://t.co/anBMCAs5V5', 'link'), ('pic.twitter.com/QtSBUIzmcr', 'media')]
"""

from __future__ import annotations

from resolver.entities.entity import Entity
from resolver.entities.links import PostLink, links_in_post
from resolver.entities.mentions import is_valid_list, is_valid_username, mentions, mentions_or_lists, reply
from resolver.entities.tags import cashtags, hashtags, is_valid_hashtag
from resolver.entities.url_syntax import is_valid_url
from resolver.entities.urls import urls

__all__ = [
    "Entity",
    "PostLink",
    "cashtags",
    "hashtags",
    "is_valid_hashtag",
    "is_valid_list",
    "is_valid_url",
    "is_valid_username",
    "links_in_post",
    "mentions",
    "mentions_or_lists",
    "reply",
    "urls",
]
