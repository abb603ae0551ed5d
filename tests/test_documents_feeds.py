"""WordPress exports and feeds: what their authors wrote, as they wrote it, with its address and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documents_samples import STORIES, WORDPRESS_HEAD, feed, read_all, texts, wordpress, write

from resolver.documents import read
from resolver.models import Document

if TYPE_CHECKING:
    from pathlib import Path


def export(*items: str) -> str:
    return WORDPRESS_HEAD + "".join(f"<item>{item}</item>\n" for item in items) + "</channel></rss>"


def content(html: str) -> str:
    return f"<content:encoded><![CDATA[{html}]]></content:encoded>"


EMBED = '<blockquote class="twitter-tweet"><p>Open!</p></blockquote>\n<script async src="https://x.example/w.js"></script>'


def test_posts_are_read_with_the_html_that_was_written(tmp_path: Path) -> None:
    """The embed is as its author put it in, and the post has its number, address and hour of publication."""
    rows, errors = read_all(write(tmp_path, "blog.xml", wordpress([EMBED, "two & three"])))
    assert not errors
    assert rows[0].document == Document(
        id="1", html=EMBED, url="https://harbour.example/1", date="2020-08-15T10:00:00Z"
    )
    assert rows[1].document.html == "two & three"
    assert rows[0].fields == {
        "id": "1",
        "url": "https://harbour.example/1",
        "date": "2020-08-15T10:00:00Z",
        "html": EMBED,
        "title": "Post 1",
        "author": "jodoe",
        "type": "post",
        "status": "publish",
    }


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<wp:post_date_gmt>2020-08-15 10:00:00</wp:post_date_gmt>", "2020-08-15T10:00:00Z"),
        ("<wp:post_date>2020-08-15 12:00:00</wp:post_date>", "2020-08-15T12:00:00"),
        (
            "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:post_date>2020-08-15 12:00:00</wp:post_date>",
            "2020-08-15T12:00:00",
        ),
        ("<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>", None),
        ("", None),
    ],
)
def test_the_date_is_that_of_publication(tmp_path: Path, dates: str, expected: str | None) -> None:
    """In UTC where the export says so, in the blog's own time where it says no more, unknown for drafts."""
    rows, _ = read_all(write(tmp_path, "a.wxr", export(dates + content("words"))))
    assert [row.document.date for row in rows] == [expected]


@pytest.mark.parametrize(
    "html",
    [
        "a feed is made of <item></item> and of <item>more</item>",
        "the end of a section is ]]]]><![CDATA[> so",
        "",
    ],
)
def test_what_looks_like_the_end_of_a_post_is_not_one_in_its_text(tmp_path: Path, html: str) -> None:
    """Posts about feeds hold the tags that feeds are made of; a post without content is none."""
    rows, errors = read_all(write(tmp_path, "a.wxr", export(content(html), content("next"))))
    assert not errors
    expected = [html.replace("]]]]><![CDATA[>", "]]>"), "next"] if html else ["next"]
    assert texts(rows) == expected


def test_entities_of_a_document_type_are_never_read(tmp_path: Path) -> None:
    """Neither a file of this machine nor a billion laughs comes out of an export."""
    secret = write(tmp_path, "secret.txt", "do not read")
    declared = f'<!DOCTYPE rss [<!ENTITY a "laugh"><!ENTITY b SYSTEM "{secret.as_uri()}">]>\n<rss'
    items = "<content:encoded>&a;&b;</content:encoded>", content("next")
    rows, errors = read_all(write(tmp_path, "a.wxr", export(*items).replace("<rss", declared)))
    assert texts(rows) == ["next"]
    assert "do not read" not in "".join(map(str, errors))


def test_damages_of_an_export_cost_the_post_that_they_are_in(tmp_path: Path) -> None:
    """A character that XML forbids costs that character, an item that is no XML that item, a cut the last one."""
    items = [content("one \x08 bell"), "<wp:broken>" + content("two"), content("three"), content("four")]
    whole = export(*items)
    rows, errors = read_all(write(tmp_path, "a.wxr", whole[: whole.rindex("four")]))
    assert texts(rows) == ["one \ufffd bell", "three"]
    assert [error.subject.rpartition(", ")[2].split()[0] for error in errors] == ["item", "item", "byte"]
    assert "1 characters" in str(errors[0])


def test_an_export_in_another_encoding_is_read(tmp_path: Path) -> None:
    """The declaration of the file is that of its posts."""
    text = export(content("café")).replace("UTF-8", "ISO-8859-1")
    rows, errors = read_all(write(tmp_path, "a.wxr", text.encode("latin-1")))
    assert (texts(rows), errors) == (["café"], [])


def test_entries_of_feeds_are_read_with_nothing_taken_out(tmp_path: Path) -> None:
    """What feed readers take out for safety is what is looked for here; links are left as they are."""
    pytest.importorskip("feedparser", reason="feedparser is not installed")
    html = EMBED + '<a href="/other">more</a><iframe src="https://v.example/1"></iframe>'
    rows, errors = read_all(write(tmp_path, "a.rss", feed([html])))
    assert not errors
    assert rows[0].document == Document(
        id="https://harbour.example/?p=1",
        html=html,
        url="https://harbour.example/1",
        date="2020-08-15T10:00:00Z",
    )


def test_the_content_of_an_entry_goes_before_its_summary(tmp_path: Path) -> None:
    """Atom says which is which, and what is plain text; an entry that holds nothing is none."""
    pytest.importorskip("feedparser", reason="feedparser is not installed")
    atom = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>
    <entry><id>urn:1</id><link href="https://a.example/1"/><updated>2020-08-15T12:00:00+02:00</updated>
    <summary>short</summary><content type="html">&lt;p&gt;the whole article&lt;/p&gt;</content></entry>
    <entry><id>urn:2</id><content type="text">plain words</content></entry>
    <entry><id>urn:3</id><title>nothing</title></entry></feed>"""
    rows, errors = read_all(write(tmp_path, "a.atom", atom))
    assert not errors
    assert [row.document for row in rows] == [
        Document(
            id="urn:1",
            html="<p>the whole article</p>",
            url="https://a.example/1",
            date="2020-08-15T10:00:00Z",
        ),
        Document(id="urn:2", text="plain words"),
    ]


def test_a_feed_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """The entries before the cut are whole, and the cut is said."""
    pytest.importorskip("feedparser", reason="feedparser is not installed")
    whole = feed()
    rows, errors = read_all(write(tmp_path, "a.rss", whole[: whole.rindex(b"Story 5")]))
    assert texts(rows)[:4] == list(STORIES[:4])
    assert ["not well-formed" in error.problem for error in errors] == [True]


class Asked:
    """A screen that notes of which pages it is asked, and wants none."""

    def __init__(self) -> None:
        self.pages: list[bytes] = []

    def page(self, data: bytes | memoryview) -> bool:
        self.pages.append(bytes(data))
        return False

    def text(self, data: bytes | memoryview) -> bool:
        raise AssertionError(data)

    def line(self, data: bytes | memoryview, *, html: bool) -> bool:
        raise AssertionError(data, html)


@pytest.mark.parametrize(
    ("item", "asked", "parsed"),
    [
        (content("<p>caf\u00e9</p>\r\n\rnews &amp; more"), "<p>caf\u00e9</p>\n\nnews &amp; more", False),
        (content(""), None, False),
        ("<title>no content</title>", None, False),
        ("<content:encoded>&lt;p&gt;news</content:encoded>", None, True),
        ("<content:encoded> <![CDATA[news]]></content:encoded>", None, True),
        (content("an end is ]]]]><![CDATA[> so"), None, True),
        (content("one \x08 bell"), None, True),
        (content("news") + content("more"), None, True),
        (content("news") + '<e xmlns:content="https://a.example/"/>', None, True),
    ],
    ids=[
        "as it was written",
        "empty",
        "without",
        "references",
        "spaces",
        "two sections",
        "a forbidden character",
        "twice",
        "a namespace of its own",
    ],
)
def test_the_screen_is_asked_of_a_post_only_as_parsing_would_read_it(
    tmp_path: Path, item: str, asked: str | None, parsed: bool
) -> None:
    """Where its bytes alone do not say what that is, it is parsed."""
    screen = Asked()
    path = write(tmp_path, "a.wxr", export(item, content("last")))
    rows = list(read([str(path)], report=lambda _: None, screen=screen))
    assert screen.pages == [*([asked.encode()] if asked else []), b"last"]
    assert [row.document.id for row in rows] == ([f"{path}#1"] if parsed else [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('encoding="UTF-8"', 'encoding="KOI8-R"'),
        ("purl.org/rss/1.0/modules/content", "other.example/content"),
    ],
    ids=["another encoding", "another namespace"],
)
def test_an_export_that_is_written_otherwise_is_parsed(tmp_path: Path, before: str, after: str) -> None:
    """What is asked of is UTF-8 or Windows-1252, and the content of posts."""
    screen = Asked()
    path = write(tmp_path, "a.wxr", export(content("news")).replace(before, after))
    assert len(list(read([str(path)], report=lambda _: None, screen=screen))) == ("KOI8" in after)
    assert screen.pages == []
