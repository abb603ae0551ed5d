"""Flattened tweets are found in all the forms that extractors leave, with the words that are the tweet's own."""

from __future__ import annotations

from datetime import date

import pytest

from resolver import Document, Embed, Outcome, scan

ID = "1123938128600682496"  # 2 May 2019
TARGET = f"https://twitter.com/jo_doe/status/{ID}?ref_src=twsrc%5Etfw"
ARTICLE = (
    "The council met on Monday evening to speak about the new bridge, and the citizens who had come asked for more "
    "time to read what the engineers had written about its foundations."
)


def only(text: str) -> Embed:
    (embed,) = scan(Document(id="x", text=text))
    assert text[embed.start : embed.end] == embed.quote
    return embed


ATTRIBUTIONS = {
    "em dash": "— Jo Doe (@jo_doe) May 2, 2019",
    "en dash": "– Jo Doe (@jo_doe) May 2, 2019",
    "two hyphens": "-- Jo Doe (@jo_doe) May 2, 2019",
    "three hyphens": "--- Jo Doe (@jo_doe) May 2, 2019",
    "horizontal bar": "― Jo Doe (@jo_doe) May 2, 2019",
    "one hyphen": "- Jo Doe (@jo_doe) May 2, 2019",
    "entity": "&mdash; Jo Doe (@jo_doe) May 2, 2019",
    "Markdown": f"— Jo Doe (@jo_doe) [May 2, 2019]({TARGET})",
    "Markdown without a space": f"— Jo Doe (@jo_doe)[May 2, 2019]({TARGET})",
    "Markdown, wrapped": f"-- Jo Doe (@jo\\_doe) [May 2,\n2019]({TARGET})",
    "Markdown, all linked": f"— [Jo Doe](https://twitter.com/jo_doe) ([@jo_doe](https://twitter.com/jo_doe)) [May 2, 2019]({TARGET})",
    "lynx": "— Jo Doe (@jo_doe) [11]May 2, 2019",
    "broken lines": "— Jo\nDoe\n(@jo_doe)\nMay 2,\n2019",
    "no-break spaces": "—\u00a0Jo\u00a0Doe\u00a0(@jo_doe)\u00a0May\u00a02,\u00a02019",
    "direction marks": "\u200f— \u202bJo Doe\u202c\u200f (\u200e@jo_doe\u200e) May 2, 2019",
    "zero width": "— Jo Doe\u200b (@jo_doe)\u200b May 2, 2019",
    "Markdown, the link broken": f"-- Jo Doe (@jo\\_doe) [ May 2, 2019,\n ]({TARGET})",
    "full-width sign": "— Jo Doe (＠jo_doe) May 2, 2019",
}


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
@pytest.mark.parametrize("joint", [" ", "\n", "\n\n"], ids=["same line", "own line", "own paragraph"])
def test_every_form_of_attribution_is_read(attribution: str, joint: str) -> None:
    """Name, handle, day and text are the same, however the attribution is written and wherever it stands."""
    embed = only(f"{ARTICLE}\n\nThe bridge is open! #Harbour{joint}{attribution}\n\n{ARTICLE}")
    assert (embed.author, embed.handle, embed.posted) == ("Jo Doe", "jo_doe", date(2019, 5, 2))
    assert (embed.text, embed.hashtags) == ("The bridge is open! #Harbour", ("Harbour",))
    assert (embed.post_id == ID) == (TARGET in attribution)


def test_the_dash_may_be_glued_to_the_text_and_the_date_to_the_next() -> None:
    """What get_text without a separator leaves."""
    embed = only(
        f"{ARTICLE}\nThe bridge is open!— Jo Doe (@jo_doe) May 2, 2019The mayor said that it was early."
    )
    assert (embed.text, embed.posted_text) == ("The bridge is open!", "May 2, 2019")


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Jo Doe 🌉", "Jo Doe 🌉"),
        ("Jo (Harbour) Doe", "Jo (Harbour) Doe"),
        ("@jo at work", "@jo at work"),
        ("Agent 007", "Agent 007"),
        ("صِپورة", "صِپورة"),
        ("港の人", "港の人"),
        ("Jean-Luc", "Jean-Luc"),
        ("BBC – Harbour", "BBC – Harbour"),
    ],
)
def test_names_may_hold_anything(name: str, author: str) -> None:
    """Emoji, parentheses, signs, digits, other scripts, and dashes where the line begins with the attribution's own."""
    assert only(f"The bridge is open!\n— {name} (@jo_doe) May 2, 2019").author == author


@pytest.mark.parametrize(
    "printed",
    [
        "2 mai 2019",
        "2. Mai 2019",
        "2 de mayo de 2019",
        "2 мая 2019 г.",
        "2019年5月2日",
        "2019년 5월 2일",
        "2 במאי 2019",
    ],
)
def test_the_date_may_be_in_any_language(printed: str) -> None:
    """The language of the date need not be that of the post."""
    assert only(f"The bridge is open! — Jo Doe (@jo_doe) {printed}").posted == date(2019, 5, 2)


def test_lynx_numbers_lead_to_the_list_at_the_end() -> None:
    """The address under the date names the post; the numbers are not part of the words."""
    embed = only(
        f"   {ARTICLE}\n\n     The bridge is open! [1]#Harbour [2]https://t.co/Kf7Qm2Lx9R\n     — Jo Doe (@jo_doe) [3]May 2, 2019\n\n"
        f"   {ARTICLE}\n\nReferences\n\n   1. https://twitter.com/hashtag/Harbour\n   2. https://t.co/Kf7Qm2Lx9R\n   3. {TARGET}\n"
    )
    assert (embed.post_id, embed.text) == (ID, "The bridge is open! #Harbour https://t.co/Kf7Qm2Lx9R")


def test_quote_marks_set_a_post_apart() -> None:
    """All quoted lines are the post's, with their marks and Markdown taken away."""
    embed = only(
        f"{ARTICLE}\n\n> The bridge is open!\n>\n> Thank you, [@alroe](https://twitter.com/alroe), for all the\n> work.\n>\n"
        f"> -- Jo Doe (@jo\\_doe) [May 2,\n> 2019]({TARGET})\n\n{ARTICLE}"
    )
    assert embed.text == "The bridge is open!\n\nThank you, @alroe, for all the\nwork."
    assert (embed.mentions, embed.post_id, embed.confidence) == (("alroe",), ID, 0.99)


def test_indentation_sets_a_post_apart() -> None:
    """As w3m and inscriptis write quotations."""
    embed = only(
        f"{ARTICLE}\n\n    The bridge is open.\n\n    It is the third one.\n\n    — Jo Doe (@jo_doe) May 2, 2019\n\n{ARTICLE}"
    )
    assert embed.text == "The bridge is open.\n\nIt is the third one."


def test_a_line_that_introduces_a_post_ends_before_it() -> None:
    """A colon at the end of a paragraph announces what comes; what follows is the post's, in several paragraphs."""
    embed = only(
        f"{ARTICLE}\n\nThe mayor wrote:\n\nThe bridge is open.\n\nIt is the third one.\n\n— Jo Doe (@jo_doe) May 2, 2019"
    )
    assert embed.text == "The bridge is open.\n\nIt is the third one."


def test_the_article_before_a_post_is_not_the_posts() -> None:
    """Where only line breaks are left, long sentences are the article's."""
    embed = only(f"{ARTICLE}\n{ARTICLE}\nThe bridge is open!\n— Jo Doe (@jo_doe) May 2, 2019\n{ARTICLE}")
    assert embed.text == "The bridge is open!"


def test_a_guess_at_the_beginning_lowers_the_confidence() -> None:
    """Where a short paragraph could be the article's or the post's, the result says that it is less sure."""
    sure = only("The mayor wrote:\n\nThe bridge is open.\n\n— Jo Doe (@jo_doe) May 2, 2019")
    guess = only(f"{ARTICLE}\n\nIt was late\n\nThe bridge is open.\n\n— Jo Doe (@jo_doe) May 2, 2019")
    assert guess.confidence < sure.confidence


def test_several_posts_on_one_line_are_several_embeds() -> None:
    """Each begins where the one before it ended."""
    embeds = scan(
        "First. — Jo Doe (@jo_doe) May 2, 2019 Second. — Al Roe (@alroe) May 3, 2019 Third.— Jo (@jo_doe) May 4, 2019"
    )
    assert [(embed.handle, embed.text) for embed in embeds] == [
        ("jo_doe", "First."),
        ("alroe", "Second."),
        ("jo_doe", "Third."),
    ]


def test_a_date_linked_to_the_post_tells_the_handle_where_it_is_gone() -> None:
    """The address has it."""
    embed = only(f"The bridge is open! — Jo Doe [May 2, 2019]({TARGET})")
    assert (embed.author, embed.handle, embed.post_id) == ("Jo Doe", "jo_doe", ID)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bridge is open! https://t.co/Kf7Qm2Lx9R\nJo Doe (@jo_doe) May 2, 2019", True),
        ("The bridge is open! https://t.co/Kf7Qm2Lx9R Jo Doe (@jo_doe) May 2, 2019", True),
        ("The bridge is open! pic.twitter.com/Wb4Tn8Zc1DJo Doe (@jo_doe) May 2, 2019", True),
        ("The bridge is open! #Harbour Jo Doe (@jo_doe) 2. Mai 2019", True),
        ("See #Harbour. By Jo Doe (@jo_doe) May 2, 2019", False),
        ("By Jo Doe (@jo_doe) May 2, 2019", False),
        ("@jo_doe wrote on May 2, 2019 that the bridge (see #Harbour) was open.", False),
        ("Written by Jo Doe (@jo_doe) and Al Roe (@alroe) on May 2, 2019", False),
        ("Press contact: Jo Doe, Harbour Council (@harbour), +31 10 000 00 00, May 2, 2019", False),
        ("Comments\n\nJo Doe (@jo_doe) · May 2, 2019 at 10:04\nGreat article!\n\nReply", False),
        (
            "- fix: the bridge ([@jodoe](https://github.com/jodoe))\n- [#41](https://example.org/41) more",
            False,
        ),
        ("- fix of #41: the bridge ([@jodoe](https://github.com/jodoe))\n\n## 2.0 (May 2, 2019)", False),
        ("Bridge opens early\n\nJo Doe (@jo_doe) May 2, 2019\n\nThe council met.", False),
        ("Reporting by Jo Doe (@jo_doe); editing by Al Roe (@alroe)", False),
        ("The bridge is open! #Harbour — Jo Doe (@jo_doe)\n\nMore.", True),
        ("“A fine bridge” — Jo Doe (@jo_doe)\n\nMore.", False),
        ("Changes:\n\n- Mend the bridge\n- Jo Doe (@jo_doe) May 2, 2019\n", False),
        ("Follow us (@harbour) for news. The bridge — the third — opens on May 2, 2019.", False),
        ("Best wishes\n\n-- \nJo Doe (@jo_doe)\n", False),
        ("Contact: press office (@harbour), 2 Quay Street, May 2, 2019", False),
    ],
)
def test_without_a_dash_or_a_date_something_of_a_post_must_stand_before(text: str, found: bool) -> None:
    """Bylines, signatures, lists and quotations look alike, and are no posts."""
    assert bool(scan(Document(id="x", text=text))) == found


@pytest.mark.parametrize(
    ("rest", "rule"),
    [
        ("The bridge is open! pic.twitter.com/Wb4Tn8Zc1D", "twitter.media_link"),
        ("The bridge is open! https://t.co/Kf7Qm2Lx9R", "twitter.short_link"),
    ],
)
def test_a_paragraph_that_ends_with_a_link_of_posts_is_a_damaged_rest(rest: str, rule: str) -> None:
    """Author and day are missing, and the confidence is low."""
    embed = only(f"{ARTICLE}\n\n{rest}\n\n{ARTICLE}")
    assert (embed.rule, embed.text, embed.author, embed.posted) == (
        rule,
        "The bridge is open! " + rest.split()[-1],
        None,
        None,
    )
    assert embed.confidence < 0.5


def test_an_address_alone_on_its_line_was_put_there_to_be_embedded() -> None:
    """An address inside a sentence is a reference, and no embed."""
    embed = only(f"{ARTICLE}\n\n{TARGET}\n\n{ARTICLE}")
    assert (embed.rule, embed.handle, embed.post_id, embed.text) == ("twitter.bare_url", "jo_doe", ID, None)
    assert scan(f"{ARTICLE} See {TARGET} for more of it.") == ()


@pytest.mark.parametrize(
    ("glued", "hashtags", "mentions"),
    [
        ("ve 14:00 v E105#openalt", ("openalt",), ()),
        ("one#Harbour#Bridge", ("Harbour", "Bridge"), ()),
        (
            "[#Harbour](https://twitter.com/hashtag/Harbour)[#Bridge](https://twitter.com/hashtag/Bridge)",
            ("Harbour", "Bridge"),
            (),
        ),
        ("@one@two", (), ("one", "two")),
        ("https://t.co/Kf7Qm2Lx9R@one", (), ("one",)),
        ("https://example.org/page#part", (), ()),
        ("@one@social.example.org", (), ()),
        ("in C# and #5", (), ()),
    ],
)
def test_what_flattening_glued_together_is_told_apart(
    glued: str, hashtags: tuple[str, ...], mentions: tuple[str, ...]
) -> None:
    """Line breaks and elements of the markup stood between them; parts of addresses are none."""
    embed = only(f"The mayor wrote:\n\nOpen {glued} now\n\n— Jo Doe (@jo_doe) May 2, 2019")
    assert (embed.hashtags, embed.mentions) == (hashtags, mentions)


def test_lines_of_japanese_that_were_broken_at_a_width_are_closed() -> None:
    """No space stands between its words, so that a line break inside one would break the word, or a hashtag."""
    words = "全国の港にある古い桟橋が来月から順に新しいものへ替わるということです。 #新しい桟橋 の見学会もあります。"
    broken = "\n".join(words[at : at + 20] for at in range(0, len(words), 20))
    embed = only(f"> {broken}\n>\n> — Jo Doe (@jo_doe) May 2, 2019".replace("\n", "\n> ").replace("> >", ">"))
    assert embed.text == words
    assert embed.hashtags == ("新しい桟橋",)


def test_lines_that_the_author_broke_stay() -> None:
    """Lines of different length are the author's own."""
    embed = only(
        "> 橋が開きました。\n> たくさんの人が来ています、どうぞ。\n>\n> — Jo Doe (@jo_doe) May 2, 2019"
    )
    assert embed.text == "橋が開きました。\nたくさんの人が来ています、どうぞ。"


def test_a_link_that_was_cut_off_is_kept_as_such_and_has_no_address() -> None:
    """It cannot be followed, and nothing is guessed."""
    embed = only("The bridge is open! https://t.co/Kf7… — Jo Doe (@jo_doe) May 2, 2019")
    assert [(link.url, link.written, link.outcome) for link in embed.links] == [
        (None, "https://t.co/Kf7…", Outcome.TRUNCATED)
    ]


BLOCKQUOTE = (
    '<blockquote class="twitter-tweet"><p>The bridge is open!</p>&mdash; Jo Doe (@jo_doe) '
    f'<a href="{TARGET}">May 2, 2019</a></blockquote>'
)


def test_a_post_in_the_page_and_in_its_text_is_one_embed() -> None:
    """It has what each of the two knows, and says by which rules it was found."""
    text = (
        "The bridge is open! — Jo Doe (@jo_doe) May 2, 2019\n\nThe third one. — Al Roe (@alroe) May 3, 2019"
    )
    embeds = scan(Document(id="x", text=text, html=f"<p>News.</p>{BLOCKQUOTE}"))
    assert [(embed.handle, embed.post_id, embed.rule) for embed in embeds] == [
        ("alroe", None, "twitter.attribution"),
        ("jo_doe", ID, "twitter.blockquote+twitter.attribution"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        "The river is high today. — Jo Doe (@jo_doe) May 2, 2019",
        "The bridge is open! — Jo Doe (@jo_doe) May 3, 2019",
    ],
)
def test_posts_that_differ_in_day_or_words_stay_two(other: str) -> None:
    """One author can post twice a day."""
    assert len(scan(Document(id="x", text=other, html=BLOCKQUOTE))) == 2
