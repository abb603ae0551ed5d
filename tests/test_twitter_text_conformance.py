"""The platform's own conformance cases, read from where they are kept beside the repository.

Covered: all of extract.yml (13 sections, 238 cases, offsets included), all of tlds.yml (1,574), and of
validate.yml the sections usernames, lists, hashtags, urls and urls_without_protocol. Not covered: how long a
post may be (the other sections of validate.yml), which is no concern of a reader of posts.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from resolver.entities import (
    cashtags,
    hashtags,
    is_valid_hashtag,
    is_valid_list,
    is_valid_url,
    is_valid_username,
    mentions,
    mentions_or_lists,
    reply,
    urls,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from resolver.entities import Entity

CASES = Path(__file__).resolve().parents[1].parent / "shared" / "conformance"

pytestmark = pytest.mark.skipif(
    not CASES.is_dir(), reason="twitter-text's conformance cases are not in ../shared/conformance"
)


@cache
def sections(name: str) -> dict[str, list[dict[str, Any]]]:
    """The sections of a file of cases, none where the file is not there."""
    path = CASES / name
    if not path.is_file():
        return {}
    loaded: dict[str, dict[str, list[dict[str, Any]]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded["tests"]


def values(function: Callable[[str], tuple[Entity, ...]], text: str) -> list[str]:
    return [entity.value for entity in function(text)]


def indices(function: Callable[[str], tuple[Entity, ...]], name: str, text: str) -> list[dict[str, Any]]:
    return [{name: entity.value, "indices": [entity.start, entity.end]} for entity in function(text)]


def lists(text: str) -> list[dict[str, Any]]:
    return [
        {
            "screen_name": entity.value,
            "list_slug": f"/{entity.list_slug}" if entity.list_slug else "",
            "indices": [entity.start, entity.end],
        }
        for entity in mentions_or_lists(text)
    ]


EXTRACT: dict[str, Callable[[str], object]] = {
    "mentions": partial(values, mentions),
    "mentions_with_indices": partial(indices, mentions, "screen_name"),
    "mentions_or_lists_with_indices": lists,
    "replies": reply,
    "urls": partial(values, urls),
    "urls_with_indices": partial(indices, urls, "url"),
    "urls_with_directional_markers": partial(indices, urls, "url"),
    "tco_urls_with_params": partial(values, urls),
    "hashtags": partial(values, hashtags),
    "hashtags_from_astral": partial(values, hashtags),
    "hashtags_with_indices": partial(indices, hashtags, "hashtag"),
    "cashtags": partial(values, cashtags),
    "cashtags_with_indices": partial(indices, cashtags, "cashtag"),
}

VALIDATE: dict[str, Callable[[str], bool]] = {
    "usernames": is_valid_username,
    "lists": is_valid_list,
    "hashtags": is_valid_hashtag,
    "urls": is_valid_url,
    "urls_without_protocol": partial(is_valid_url, require_protocol=False),
}


def flat(name: str, covered: dict[str, Any]) -> list[Any]:
    return [
        pytest.param(section, case, id=f"{section}: {case['description']}")
        for section, cases in sections(name).items()
        if section in covered
        for case in cases
    ]


def test_the_files_hold_the_cases_that_this_file_speaks_of() -> None:
    """No section of extract.yml is left out, and no case is lost on the way here."""
    assert set(sections("extract.yml")) == set(EXTRACT)
    assert set(sections("validate.yml")) >= set(VALIDATE)
    assert len(flat("extract.yml", EXTRACT)) == 238
    assert len(flat("validate.yml", VALIDATE)) == 45
    assert sum(map(len, sections("tlds.yml").values())) == 1574


@pytest.mark.parametrize(("section", "case"), flat("extract.yml", EXTRACT))
def test_extract(section: str, case: dict[str, Any]) -> None:
    """What the platform finds in a text is found, with the same offsets in code points."""
    assert EXTRACT[section](case["text"]) == case["expected"]


@pytest.mark.parametrize(("section", "case"), flat("validate.yml", VALIDATE))
def test_validate(section: str, case: dict[str, Any]) -> None:
    """What the platform takes for a handle, list, hashtag or address as a whole is taken for one."""
    assert VALIDATE[section](case["text"]) is case["expected"]


@pytest.mark.parametrize("section", ["country", "generic"])
def test_top_level_domains(section: str) -> None:
    """Each top-level domain that the platform knows makes a link of a host."""
    cases = sections("tlds.yml")[section]
    assert [case["text"] for case in cases if values(urls, case["text"]) != case["expected"]] == []
