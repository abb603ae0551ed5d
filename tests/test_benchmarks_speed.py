"""The benchmarks of speed and scale measure corpora of the promised form, and equal work."""

from __future__ import annotations

import doctest
import importlib
import itertools
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.cases import ROOT
from benchmarks.scale import distinct, loading
from benchmarks.speed import __main__ as command
from benchmarks.speed import files, in_memory, rate
from benchmarks.speed.finds import finds
from benchmarks.speed.forms import FORMS, Form
from benchmarks.speed.pages import made_pages
from benchmarks.speed.planted import EVERY, in_pages, in_texts
from benchmarks.speed.rate import Done, Rate
from benchmarks.speed.sources import Sources
from benchmarks.speed.stored import Stored, store
from benchmarks.speed.texts import made_texts
from resolver.documents import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.speed.planted import Made

SENTENCE = "The harbour’s old ferry landing reopens on Saturday after a year of works – two weeks early. "
SOURCES = Sources(
    articles=[tuple(SENTENCE * (1 + number % 4) for number in range(30))],
    manuals=[("The tool copies what stands in one place to another, and says so. " * 5,) * 30],
    translations=[("Das Werkzeug überträgt, was an einer Stelle steht, an eine andere. " * 5,) * 30],
    scripts=["var place = document.querySelector('.place'); place.hidden = true;\n" * 400],
)
MODULES = ("sources", "planted", "furniture", "rate", "children", "in_memory", "files", "targets", "tables")


@pytest.fixture(scope="module")
def texts() -> Sequence[Made]:
    return list(made_texts(SOURCES, 4_000_000))


@pytest.fixture(scope="module")
def pages() -> Sequence[Made]:
    return list(made_pages(SOURCES, 30_000_000))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return store(made_texts(SOURCES, 4_000_000), tmp_path_factory.mktemp("corpus") / "texts")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_benchmark_are_true(name: str) -> None:
    """What a docstring shows is what the function returns."""
    result = doctest.testmod(importlib.import_module(f"benchmarks.speed.{name}"))
    assert result.attempted
    assert not result.failed


def test_the_same_sources_give_the_same_corpora() -> None:
    """Two runs on one machine measure the same documents."""
    for make in (made_texts, made_pages):
        assert list(make(SOURCES, 500_000)) == list(make(SOURCES, 500_000))


def test_a_corpus_is_as_large_as_asked_for(texts: Sequence[Made], pages: Sequence[Made]) -> None:
    """It ends with the document that makes it so large."""
    for documents, size in ((texts, 4_000_000), (pages, 30_000_000)):
        sizes = [len(made.text.encode()) for made in documents]
        assert sum(sizes[:-1]) < size <= sum(sizes)


def test_documents_have_the_sizes_of_those_of_the_web(texts: Sequence[Made], pages: Sequence[Made]) -> None:
    """Half of the texts have more than about 6 kB, half of the pages more than about 100 kB, and some much more."""
    for documents, median in ((texts, 6_000), (pages, 100_000)):
        sizes = [len(made.text.encode()) for made in documents]
        assert 0.8 * median < statistics.median(sizes) < 1.25 * median
        assert max(sizes) > 4 * median


def test_half_of_the_documents_have_letters_beyond_ascii(
    texts: Sequence[Made], pages: Sequence[Made]
) -> None:
    """Though these manuals have none; a corpus of plain ASCII is read faster than any of the web."""
    for documents in (texts, pages):
        assert sum(not made.text.isascii() for made in documents) > 0.45 * len(documents)


def test_one_document_of_a_hundred_has_something_planted(
    texts: Sequence[Made], pages: Sequence[Made]
) -> None:
    """Each kind in its turn, and at the place that is said."""
    for documents, kinds in ((texts, in_texts()), (pages, in_pages())):
        planted = [made for made in documents if made.kind is not None]
        assert len(planted) == pytest.approx(len(documents) / EVERY, abs=1)
        assert [made.kind for made in planted] == list(itertools.islice(itertools.cycle(kinds), len(planted)))
        assert all(made.text[made.start : made.end] in kinds[made.kind or ""] for made in planted)


def test_all_samples_of_all_kinds_are_planted_in_a_large_corpus() -> None:
    """No kind is empty, notes are of many languages, and markup and placeholders of every platform and vendor."""
    assert all(in_texts().values())
    assert all(in_pages().values())
    assert len(in_pages()["embed"]) > 80
    assert len(in_pages()["placeholder of a consent manager"]) > 40
    assert len(set(in_texts()["note of a held-back embed"][:20])) == 20


def test_a_page_has_what_looks_like_an_embed_and_is_none(pages: Sequence[Made]) -> None:
    """Links to the site's accounts, cookies and privacy, and code: what a prefilter must not stop at."""
    for made in pages[:20]:
        marks = (
            "https://twitter.com/harbournews",
            "facebook.com/tr?",
            "/privacy",
            "Cookie settings",
            "querySelector",
        )
        assert all(mark in made.text for mark in marks)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_files_of_each_form_give_back_what_was_written(form: Form, corpus: Stored, tmp_path: Path) -> None:
    """As many documents are read as were written, nothing is wrong with the file, and every limit reads it too."""
    if not files.is_installed(form.needs):
        pytest.skip(f"{form.needs} is not installed")
    some = corpus.up_to(200_000)
    path = tmp_path / form.file
    form.write(some.documents(), path)
    problems: list[object] = []
    assert len(list(read([str(path)], report=problems.append))) == len(some.entries)
    assert not problems
    seconds = files.seconds_of(form.name, path, runs=1)
    assert list(seconds)[-2:] == [files.SCANNED, files.SCANNED_FOR_POSTS]
    assert all(spent > 0 for spent in seconds.values())


def test_a_stored_corpus_gives_its_documents_back(corpus: Stored) -> None:
    """All at once, in batches, and the first ones alone."""
    documents = list(corpus.documents())
    assert documents == [made.text.encode() for made in made_texts(SOURCES, 4_000_000)]
    assert list(itertools.chain.from_iterable(corpus.batches(100_000))) == documents
    first = corpus.up_to(100_000)
    assert list(first.documents()) == documents[: len(first.entries)]
    assert sum(len(one) for one in documents[: len(first.entries) - 1]) < 100_000 <= first.size


def test_what_is_found_is_compared_with_what_was_planted(corpus: Stored) -> None:
    """With the prefilter and without it is the same, and every tweet and address that was planted is among it."""
    found = finds(corpus, html=False)
    assert found.different == 0
    assert found.documents == len(corpus.entries)
    assert found.found == found.found_unfiltered
    for kind in ("flattened tweet", "bare address"):
        assert found.found[kind] == found.planted[kind] > 0


def test_ways_take_turns_and_are_compared_over_what_both_have_done() -> None:
    """A slow way stops when its time is up; the ratio is of the batches that it has done."""

    def way(*seconds: float) -> rate.Way:
        left = iter(seconds)
        return lambda documents: Done(next(left), finds=len(documents))

    # The first time is that of the document before, which does not count.
    ways = {"fast": way(9, 1, 1, 8), "slow": way(9, 4, 7)}
    fast, slow = rate.measure(ways, [[b"a", b"b"], [b"c"], [b"d"]], seconds=10)
    assert fast.times(slow) == 11 / 2
    assert (fast.documents, slow.documents, slow.finds) == (4, 3, 3)
    assert Rate("none").speed == 0


def test_the_command_prints_the_tables_and_renews_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What people wrote above the three dashes stays; the targets stand first below them."""
    monkeypatch.setattr(command, "installed", lambda: SOURCES)
    monkeypatch.setattr(files, "memory_of_scan", lambda _, notes=True: 30_000_000 if notes else 9)
    monkeypatch.setattr(in_memory, "peers", dict)
    fastest = in_memory.engines()[:1]
    monkeypatch.setattr(in_memory, "engines", lambda: fastest)
    monkeypatch.setattr(command, "FORMS", FORMS[:1])
    page = tmp_path / "speed.md"
    page.write_text("# Speed\n\nWords.\n\n---\n\nold", encoding="utf-8")
    command.main(["--size", "0.1", "--seconds", "0.1", "--runs", "1", "--write", str(page)])
    head, _, tables = page.read_text(encoding="utf-8").partition("\n---\n")
    assert head == "# Speed\n\nWords.\n"
    assert tables.index("**Targets**") < tables.index("**Texts in memory**") < tables.index("**Files**")
    assert "| memory of a worker, JSON Lines " in tables
    assert "old" not in tables
    assert "| bare scan, " in capsys.readouterr().out


def test_the_links_of_embeds_are_distinct_but_for_one_in_ten(tmp_path: Path) -> None:
    """What is kept is found again, each address once."""
    kept = distinct.keep(1_000, tmp_path / "provenance.db")
    assert kept["size"] == (tmp_path / "provenance.db").stat().st_size
    assert loading.links(tmp_path)["links"] == 1_800


def test_the_cost_of_a_command_counts_all_its_processes() -> None:
    """Those that it leaves behind too; it waits for all of them, so it is asked in a process of its own."""
    work = "bytearray(60_000_000)"
    command = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {work!r}])"
    program = f"from benchmarks.scale.cpu import cost; print(cost(['-c', {command!r}]).memory)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 60_000_000
