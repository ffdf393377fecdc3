"""Full names are found from short ones: 4,654 listed companies of a public data set.

The floors lie a little below what was reached; TF-IDF and the longest common subsequence alone
reach 94.7 %.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from lianpu.ingest.resolve.index import NameIndex

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "chainkg" / "company.jsonl"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA.name} is not at hand")


@cache
def companies() -> tuple[list[str], list[str]]:
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    return [row["name"] for row in rows], [row["fullname"] for row in rows]


def test_a_short_name_alone_finds_its_firm() -> None:
    shorts, fulls = companies()
    index = NameIndex(fulls)
    hits = [index.search(shorts[i])[0].key == fulls[i] for i in range(0, len(shorts), 2)]
    assert sum(hits) / len(hits) >= 0.951


def test_in_a_list_the_names_help_each_other() -> None:
    shorts, fulls = companies()
    found = NameIndex(fulls).search_many(shorts)
    hits = [c[0].key == full for c, full in zip(found, fulls, strict=True)]
    among_five = [full in {one.key for one in c} for c, full in zip(found, fulls, strict=True)]
    assert sum(hits) / len(hits) >= 0.972
    assert sum(among_five) / len(hits) >= 0.989
