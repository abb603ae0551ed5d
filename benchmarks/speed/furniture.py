"""What stands around the text of a page: links to the site's accounts, sharing, cookies and privacy, and teasers."""

from __future__ import annotations

import html
from typing import Final

#: With ``{title}`` and ``{number}``.
HEAD: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Harbour News</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="og:url" content="https://news.example/story/{number}">
<meta property="og:site_name" content="Harbour News">
<meta property="og:image" content="https://img.news.example/{number}/w_1200.jpg"><meta property="fb:app_id" content="1">
<meta name="twitter:card" content="summary_large_image"><meta name="twitter:site" content="@harbournews">
<meta property="article:publisher" content="https://www.facebook.com/harbournews">
<link rel="canonical" href="https://news.example/story/{number}"><link rel="preconnect" href="https://connect.facebook.net">
<link rel="dns-prefetch" href="//platform.twitter.com"><link rel="stylesheet" href="/assets/main.4f2c.css">
<style>.article{{max-width:42rem;margin:0 auto}}.article__text{{font:1.1rem/1.6 Georgia,serif}}.teaser{{display:flex}}
.share a{{padding:.4rem}}@media (max-width:600px){{.header__nav{{display:none}}}}</style>
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({{"page":{{"id":{number},"type":"article"}}}});</script>
<script async src="https://www.googletagmanager.com/gtm.js?id=GTM-X"></script>
<script>!function(f,b,e,v){{if(f.fbq)return;f.fbq=function(){{}};}}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');fbq('init','1');</script>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{title}",
"publisher":{{"@type":"Organization","name":"Harbour News","sameAs":["https://www.facebook.com/harbournews",
"https://twitter.com/harbournews","https://www.instagram.com/harbournews/","https://www.youtube.com/c/harbournews"]}}}}</script>
</head>
"""

HEADER: Final = """<body class="page page--article">
<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-X" height="0" width="0"></iframe></noscript>
<noscript><img height="1" width="1" src="https://www.facebook.com/tr?id=1&amp;ev=PageView&amp;noscript=1"
 alt=""></noscript>
<header class="header"><a class="header__logo" href="/">Harbour News</a><nav class="header__nav"><ul>
<li><a href="/city">City</a></li><li><a href="/region">Region</a></li><li><a href="/sport">Sport</a></li>
<li><a href="/culture">Culture</a></li><li><a href="/opinion">Opinion</a></li><li><a href="/video">Video</a></li>
</ul></nav>
<ul class="header__social"><li><a href="https://www.facebook.com/harbournews" aria-label="Facebook"><svg
 viewBox="0 0 24 24"><path d="M13 22v-8h3l1-4h-4V8c0-1 .5-2 2-2h2V2h-3c-3 0-5 2-5 5v3H6v4h3v8z"/></svg></a></li>
<li><a href="https://twitter.com/harbournews" aria-label="Twitter"><svg viewBox="0 0 24 24"><path
 d="M22 6c-1 .4-1.500.6-2.400.7.900-.5 1.500-1.300 1.800-2.300-.8.5-1.700.800-2.600 1"/></svg></a></li>
<li><a href="https://www.instagram.com/harbournews/">Instagram</a></li></ul></header>
<main id="main"><article class="article"><ul class="share">
<li><a href="https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fnews.example%2Fstory"
 rel="nofollow">Share</a></li>
<li><a href="https://twitter.com/intent/tweet?url=https%3A%2F%2Fnews.example%2Fstory&amp;via=harbournews">Tweet</a></li>
<li><a href="https://api.whatsapp.com/send?text=https%3A%2F%2Fnews.example%2Fstory">WhatsApp</a></li>
<li><a href="https://www.linkedin.com/shareArticle?mini=true&amp;url=x">LinkedIn</a></li></ul>
<div class="article__body">
"""

FOOT: Final = """<footer class="footer"><div class="footer__follow">Follow us on
<a href="https://www.facebook.com/harbournews">Facebook</a>, <a href="https://twitter.com/harbournews">Twitter</a>,
<a href="https://www.youtube.com/c/harbournews">YouTube</a> and <a href="https://t.me/harbournews">Telegram</a></div>
<ul class="footer__links"><li><a href="/about">About us</a></li><li><a href="/contact">Contact</a></li>
<li><a href="/advertise">Advertise</a></li><li><a href="/privacy">Privacy policy</a></li><li><a href="/cookies">Cookie
policy</a></li><li><a href="#" class="js-consent">Cookie settings</a></li><li><a href="/terms">Terms of use</a></li>
</ul>
<p>All rights reserved. No part of this page may be copied without the consent of the publisher.</p></footer>
"""

BANNER: Final = """<div id="consent" class="consent" role="dialog" hidden><h2>Your privacy</h2>
<p>This site and its partners use cookies to remember your choices, to count visits and to show advertisements that fit.
You can accept all of them or choose which; you may change your mind at any time in the footer.</p>
<button class="consent__accept">Accept all</button> <button class="consent__choose">Settings</button></div>
"""


def card(title: str, number: int) -> str:
    """Return a teaser of another page, about 1 kB.

    >>> card("Bridge & ferry", 7).count("Bridge &amp; ferry")
    2
    """
    sources = ", ".join(
        f"https://img.news.example/{number}/w_{width}.jpg {width}w" for width in (320, 640, 960, 1280)
    )
    return f"""<li class="teaser teaser--small" data-id="{number}" data-position="{number % 90}">
<a class="teaser__link" href="/story/{number}?from=teaser" data-track='{{"area":"related","item":{number}}}'>
<picture class="teaser__image"><source media="(min-width: 600px)" srcset="{sources}">
<img loading="lazy" width="320" height="180" src="https://img.news.example/{number}/w_320.jpg"
 alt="{html.escape(title)}">
</picture><div class="teaser__text"><span class="teaser__kicker">City</span>
<h3 class="teaser__title">{html.escape(title)}</h3><time datetime="2020-08-15T10:00:00+00:00">15 August 2020</time>
<span class="teaser__comments" aria-label="{number % 40} comments"><svg class="icon"><use href="#comment"></use></svg>
{number % 40}</span></div></a></li>
"""
