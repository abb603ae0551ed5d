"""The prefilter: with it and without it the same is found, however a document is written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.detect import attribution, detect, rests, signatures
from resolver.detect.prefilter import Screening, Sieve, Trace
from resolver.detect.prefilter.conditions import Condition, of_texts
from resolver.detect.prefilter.engine import ENGINES, Engine, engine
from resolver.detect.prefilter.everything import Everything
from resolver.detect.prefilter.page_conditions import of_pages
from resolver.documents.decode import is_plain
from resolver.models import Document
from tests.growth import LIMIT, growth
from tests.prefilter_samples import pages, texts

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 20)
ENGINE_NAMES = ["hyperscan", "re2"]


@cache
def sieve(name: str) -> Sieve:
    pytest.importorskip(name)
    return Sieve(worth=0, engine=name)


@cache
def engine_of_texts() -> Engine:
    return engine(of_texts(), name="re2")


def text(content: str) -> Document:
    return Document(id="a", text=content)


def page(content: str) -> Document:
    return Document(id="a", html=content)


@cache
def python_engine(conditions: Callable[[], tuple[Condition, ...]]) -> Engine:
    return engine(conditions(), name="re")


@cache
def finds(document: Document) -> int:
    return len(detect(document, today=TODAY))


def with_finds(documents: list[Document]) -> list[Document]:
    return [document for document in documents if finds(document)]


@cache
def found_texts() -> list[Document]:
    return with_finds([text(sample) for sample in texts()])


@cache
def found_pages() -> list[Document]:
    return with_finds([page(sample) for sample in (*pages(), *texts()[::8])])


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_nothing_of_a_text_is_missed(name: str) -> None:
    """Every sample of a wording and every real flattened post gives the same embeds, to the last field."""
    assert len(found_texts()) > 300
    for document in found_texts():
        assert detect(document, today=TODAY, sieve=sieve(name)) == detect(document, today=TODAY)


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_nothing_of_a_page_is_missed(name: str) -> None:
    """Every sample of a platform, a wrapper and a consent manager gives the same embeds, and so do texts in pages."""
    assert len(found_pages()) > 200
    for document in found_pages():
        assert detect(document, today=TODAY, sieve=sieve(name)) == detect(document, today=TODAY)


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_without_notes_all_else_is_found(name: str) -> None:
    """What is found is what every rule but that of notes finds; of those of texts, some documents have no others."""
    pytest.importorskip(name)
    sifted = Sieve(worth=0, engine=name, notes=False)
    lost = 0
    for document in (*found_texts(), *found_pages()):
        found = detect(document, today=TODAY, sieve=sifted)
        assert found == detect(document, today=TODAY, sieve=Everything(notes=False))
        lost += not found
    assert lost > 100


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_without_notes_only_those_that_stand_alone_are_missing(name: str) -> None:
    """Posts are what they are with notes: one beside a post is not taken for its words."""
    pytest.importorskip(name)
    sifted = Sieve(worth=0, engine=name, notes=False)
    note = "Deze tweet wordt niet getoond: je hebt geen cookies geaccepteerd."
    post = "Open! pic.twitter.com/Wb4Tn8Zc1D — Jo Doe (@jodoe) May 2, 2019"
    beside = [Document(id=gap, text=f"Words.\n\n{note}{gap}{post}\n\n{note}") for gap in ("\n", " ", "\n\n")]
    assert [len(detect(document, today=TODAY)) for document in beside] == [2, 2, 2]
    for document in (*beside, *found_texts()):
        with_notes = detect(document, today=TODAY)
        expected = [embed for embed in with_notes if not embed.rule.startswith("consent.")]
        assert list(detect(document, today=TODAY, sieve=sifted)) == expected


@pytest.mark.parametrize("escaped", ["plain", "ascii", "slashes"])
@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_nothing_in_a_line_of_json_is_missed(name: str, escaped: str) -> None:
    """Whatever of its characters JSON escapes, a line whose text or page holds an embed is to be read."""
    for html, documents in ((False, found_texts()), (True, found_pages())):
        for document in documents:
            line = json.dumps({"id": 1, "body": document.source}, ensure_ascii=escaped == "ascii")
            line = line.replace("/", r"\/") if escaped == "slashes" else line
            data = line.encode("utf-8", "surrogatepass")
            assert Screening(sieve(name)).line(data, html=html), line


ENCODINGS = [
    "utf-8", "utf-8-sig", "utf-16", "utf-32", "iso-8859-1", "windows-1250", "windows-1251", "windows-1252",
    "windows-1254", "iso-8859-2", "iso-8859-15", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "koi8-r",
]  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_nothing_is_missed_in_any_encoding(encoding: str) -> None:
    """What is not searched as it is stored is decoded first; what is, is found there."""
    screening = Screening(sieve("re2"))
    tried = 0
    for html, documents in ((False, found_texts()), (True, found_pages())):
        for document in documents:
            try:
                data = document.source.encode(encoding)
            except UnicodeEncodeError:
                continue
            tried += 1
            if is_plain(data, declared=encoding, html=html):
                assert screening.page(data) if html else screening.text(data), document.source
    assert tried > 300


@pytest.mark.parametrize(
    "written",
    [
        '<p>Open! &mdash; Jo (&#64;jodoe) <a href="x">May 2, 2019</a></p>',
        "<p>Open! &mdash; Jo &lpar;&commat;jodoe&rpar; May 2, 2019</p>",
        "<p>Open! &mdash; Jo (<a href='https://twitter.com/jodoe'><b>@jodoe</b></a>) May 2, 2019</p>",
        "<p>Open! &#x2014; &#74;&#111; (@jodoe) May 2, 2019</p>",
        "<p>&#x68;ttps://twitter&#46;com/jodoe/status/1123938128600682496</p>",
        "<p>View&nbsp;this <b>post</b>\n on <i>Instagram</i></p>",
        "<p>Load P&#304;NTEREST post</p>",
        "<p>Ez a bejegyz&eacute;s nem el&eacute;rhető.</p>",
        "<p>Ez a bejegyzés nem el&eacute;rhet&#337;.</p>",
        "<p>Load FACEBOO&#x212A; post</p>",
        "<p>Vi måste få ditt samtyc&#107;e till c&#111;&#111;kies för att visa tweeten här. Godkänn</p>",
    ],
)
def test_letters_that_a_page_writes_as_references_are_read(written: str) -> None:
    """References, and tags between words, hide nothing."""
    assert finds(page(written))
    assert detect(page(written), today=TODAY, sieve=sieve("re2")) == detect(page(written), today=TODAY)


@pytest.mark.parametrize(
    "before",
    [
        "<p>Rain!</p>",
        "<p><b>Rain!</b></p>",
        "<blockquote>Snow?</blockquote>",
        "<p title='>'>",
        "</blockquotes>",
    ],
)
def test_a_link_in_a_quotation_that_is_hidden_is_found(before: str) -> None:
    """Whatever stands before it in the quotation, which is kept in an attribute as it is."""
    link = "<a href='https://twitter.com/jodoe/status/1123938128600682496'>2 May</a>"
    hidden = page(f'<div data-content="<blockquote>{before}{link}</blockquote>"></div>')
    assert finds(hidden)
    assert detect(hidden, today=TODAY, sieve=sieve("re2")) == detect(hidden, today=TODAY)


@pytest.mark.parametrize(
    "written",
    [
        '<p><span class="invisible">https://www.</span><span>instagram.com/p/</span><span>B5hQz71abcd/</span></p>',
        "<p><span>https://</span><!-- a -->t.co/QwErTy5678</p>",
        "<p>Snow! pic.<wbr>twitter.com/QwErTy5678</p>",
        "<p>Snow! pic<wbr>.twitter<wbr>.com<wbr>/QwErTy5678</p>",
        "<p>Snow! https:<wbr>//t.<wbr>co/QwErTy5678</p>",
        "<p>https:<wbr>//<wbr>www<wbr>.instagram<wbr>.com<wbr>/p/B5hQz71abcd/</p>",
        "<p>https://www.<b>instagram</b>.com/p/B5hQz71abcd/</p>",
    ],
)
def test_tags_in_an_address_hide_no_link(written: str) -> None:
    """Platforms put parts of a link in elements of their own, and writers let browsers break its line at a dot."""
    assert finds(page(written))
    assert detect(page(written), today=TODAY, sieve=sieve("re2")) == detect(page(written), today=TODAY)


FILLER = st.text(st.sampled_from("abc deä. \n\n—(@)#:/\\\"'<>&;[]{}%0129é\u200e\u00a0日本"), max_size=200)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_sample_in_any_surroundings_is_found_as_without_the_prefilter(data: st.DataObject) -> None:
    """A sample cut anywhere, within anything, gives the same embeds with the prefilter and without."""
    html = data.draw(st.booleans())
    sample = data.draw(st.sampled_from(found_pages() if html else found_texts())).source[:3000]
    start = data.draw(st.integers(0, len(sample) // 3))
    end = data.draw(st.integers(start, len(sample)))
    content = data.draw(FILLER) + sample[start:end] + data.draw(FILLER)
    document = page(content) if html else text(content)
    assert detect(document, today=TODAY, sieve=sieve("re2")) == detect(document, today=TODAY)


EXPRESSIONS = [
    (attribution._HANDLE, Trace.TAIL),
    (attribution._LINKED_DATE, Trace.TAIL),
    (rests._LAST_LINK, Trace.LINK),
    (signatures._SOUND, Trace.WORDING),
    (signatures._REDDIT, Trace.WORDING),
    (signatures._REDDIT_GLUED, Trace.WORDING),
    (signatures._MASTODON, Trace.WORDING),
    (signatures._BLUESKY, Trace.TAIL),
]


@pytest.mark.parametrize(
    ("expression", "trace"), EXPRESSIONS, ids=lambda value: getattr(value, "pattern", None)
)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_a_rule_s_expression_matches_has_its_trace(
    expression: re.Pattern[str], trace: Trace, data: st.DataObject
) -> None:
    """A condition that restates an expression is not narrower than it, in a text, in a page, and in JSON."""
    content = data.draw(st.from_regex(re.compile(expression.pattern, expression.flags)))
    if not expression.search(content):
        return
    if trace is Trace.TAIL and expression is attribution._LINKED_DATE and "/status" not in content:
        return
    stored = content.encode("utf-8", "surrogatepass")
    # Where in a text it counts is another matter: that is tested with what decides on it.
    assert trace in {hit for _, hit in engine_of_texts().hits(stored)}
    assert sieve("re2").of_json(json.dumps(content).encode(), html=False) & (trace | Trace.ESCAPES)


@pytest.mark.parametrize(("conditions", "samples"), [(of_texts, texts), (of_pages, pages)])
@pytest.mark.parametrize("name", [name for name, _ in ENGINES])
def test_the_engines_agree(
    name: str, conditions: Callable[[], tuple[Condition, ...]], samples: Callable[[], tuple[str, ...]]
) -> None:
    """Each finds the same traces, Python's own too, which is there where no other is."""
    pytest.importorskip(name)
    compiled, other = engine(conditions(), name=name), engine(conditions(), name="re2")
    for sample in samples()[::40]:
        data = sample.encode()
        assert {trace for _, trace in compiled.hits(data)} == {trace for _, trace in other.hits(data)}


HOSTILE_PAGES = [
    '<blockquote a="x" ', "<blockquote>", "<blockquote '\"", 'a=">', "(é", "(あ", "(<b>", "https://<b>", "\\n", "[youtube] ", "View <b>"
]  # fmt: skip


@pytest.mark.parametrize(
    ("conditions", "unit"),
    [
        *((of_pages, unit) for unit in HOSTILE_PAGES),
        *((of_texts, unit) for unit in ("(é", "(あ", "(@é", "(\\n", "View ")),
    ],
)
@pytest.mark.parametrize("before", ["", "(", "<blockquote "])
def test_the_engine_that_tries_all_ways_takes_time_in_proportion(
    conditions: Callable[[], tuple[Condition, ...]], unit: str, before: str
) -> None:
    """Python's own engine tries again what matches in several ways: whatever a document repeats, it has but one."""
    compiled = python_engine(conditions)
    assert growth(lambda size: compiled.hits((before + unit * (size // len(unit))).encode()), 1_000) < LIMIT


def test_an_engine_that_is_not_known_is_refused() -> None:
    """There is no other than those that are listed."""
    with pytest.raises(ImportError, match="no engine called grep"):
        engine(of_texts(), name="grep")


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_threads_share_a_sieve(name: str) -> None:
    """What an engine needs while it reads is each thread's own."""
    shared = sieve(name)
    data = b"words " * 2000 + b"Open! (@jodoe) pic.twitter.com/Wb4Tn8Zc1D"
    wrong: list[Trace] = []

    def ask() -> None:
        wrong.extend(found for _ in range(50) if (found := shared.of_text(data)) != shared.of_text(data))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize("name", [name for name, _ in ENGINES])
def test_a_hit_is_told_though_another_one_overlaps_it(name: str) -> None:
    """Each is decided by what is around it, so that one that does not count must not hide one that does."""
    pytest.importorskip(name)
    wordings = [Condition(Trace.WORDING, wording) for wording in (b"Posted by", rb"by ?u/")]
    hits = engine(wordings, name=name).hits(b"Posted by u/jo")
    assert sorted(hits) == [(9, int(Trace.WORDING)), (12, int(Trace.WORDING))]


@pytest.mark.parametrize("interpreter", [sys.executable, "/no/such/program", "/bin/false"])
def test_patterns_are_compiled_where_no_other_process_can_do_it(
    interpreter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By another process they are the same, and take none of this one's memory."""
    pytest.importorskip("hyperscan")
    monkeypatch.setattr(sys, "executable", interpreter)
    hits = engine([Condition(Trace.LINK, rb"t\.co\xe9?")], name="hyperscan").hits(b"https://t.co/")
    assert hits == [(12, int(Trace.LINK))]


def test_few_bytes_are_read_without_an_engine() -> None:
    """To compile patterns takes longer than to read a few articles: until then all is taken to hold everything."""
    asked = Sieve(worth=20, engine="no such engine")
    assert asked.of_text(b"words") == asked.of_page(b"words") == Trace.everything()
    with pytest.raises(ImportError):
        asked.of_text(b"and some more words")


def test_the_scan_of_a_small_document_waits_for_no_engine() -> None:
    """Neither an engine nor the rules of markup are loaded for a text of a few words."""
    program = (
        "import sys; from resolver import scan; assert scan('Open! (@jodoe) https://t.co/AbCdEf1234')\n"
        "loaded = {'re2', 'hyperscan', 'resolver.detect.blocked', 'resolver.detect.prefilter.conditions'}\n"
        "assert not loaded & set(sys.modules), loaded & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
