"""The page docs/accuracy.md: what was measured, how, and what is still wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.markdown import markdown_table
from benchmarks.tables import accuracy_table, errors_table, negatives_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from benchmarks.finders import Finder
    from benchmarks.measure import Measurement

#: What ``python -m benchmarks.weigh`` measured when it made the weights.
HELD_OUT = "0.967 (212 texts of 368)"

_INTRODUCTION = """\
# How accurate it is

This page is written by

```sh
python -m benchmarks.accuracy --cases FOLDER --write docs/accuracy.md
```

on {day}, with {versions}.
FOLDER holds real embed markup and texts that real extractors made of such pages (`benchmarks/shared_cases.py` says in
which form); without it, only the project's own cases are measured. The **made pages** are posts and articles in 30
languages that were written for this (`tests/samples/made_posts.jsonl`), put into pages in four layouts and flattened
again (`benchmarks/made_pages.py`); no rule was made after them. The weights by which a post's beginning is chosen
(`resolver/rules/text_start.json`) were measured on the real posts, so that the columns *text begins*, *text whole* and
*text F1* of the real texts are those of data that was learned from. With a fifth of the posts held out at a time, the
F1 of the texts whose beginning has to be chosen at all was {held_out}.

## What is counted

Each cell is: right / labelled, and the share, rounded down. A post that was not found is wrong in every column.

- **found**: a find is of a labelled post by its id, by handle and date, by the handle where one side has no date, or by
  its text (F1 from 0.5), the surest pairs first.
- **handle, name, date, id**: equal to the label. The id counts only where it stands in the input.
- **links**: the codes of the t.co and pic.twitter.com links are those of the label, none missing and none too many.
  **hashtags**, **mentions**: likewise, without regard to case, without the author. Of what a passage lost,
  nothing is asked.
- **text begins**: the first four words are those of the label. **text whole**: all words are. **text F1**: over the
  bags of `\\w+` tokens in lower case; the mean, with 0 for posts that were not found.
- **extra finds**: in documents where every post is labelled, finds that are none of them. The extractors' passages can
  hold other posts, so that nothing is counted there.
- **regex baseline**: ten lines (`benchmarks/baseline.py`). **goose3**, **tweetfinder**: what they give of a page's
  tweets. They read HTML only. A dash: not given by that finder, or not labelled.
"""

_NEGATIVES = """\
## Documents without embeds

Every find is a false one. The hard negatives (`tests/samples/negatives.jsonl`) were written to look like leftovers; the
documents are the READMEs, licences, change logs, package descriptions and manuals on the machine that measured.
"""


def accuracy_page(
    measurement: Measurement, finders: Sequence[Finder], *, day: date, versions: Mapping[str, str]
) -> str:
    """Return the page for a measurement made on *day* with *versions* (name to version)."""
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    parts = [
        _INTRODUCTION.format(day=day.isoformat(), versions=named, held_out=HELD_OUT),
        "## What was reached\n",
        accuracy_table(measurement, finders),
        _left_out(measurement),
        _NEGATIVES,
        negatives_table(measurement, finders),
        _false_finds(measurement),
        "## What is still wrong\n",
        errors_table(measurement),
    ]
    return "\n".join(parts) + "\n"


def _left_out(measurement: Measurement) -> str:
    reasons = Counter(row.reason for row in measurement.left_out)
    if not reasons:
        return ""
    lines = [f"- {count}: {reason}." for reason, count in reasons.most_common()]
    return "\n".join(["\nRows of the texts that are not counted, and why:\n", *lines, ""])


def _false_finds(measurement: Measurement) -> str:
    if not measurement.false_finds:
        return ""
    lines = [[find.document.rpartition("/")[2], find.rule, find.quote] for find in measurement.false_finds]
    clean = [[cell.replace("|", "/") for cell in line] for line in lines]
    return "\n" + markdown_table(["document", "rule", "what was found"], clean) + "\n"
