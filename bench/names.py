"""How often the full name behind a short name is found, and how fast names are resolved.

The names are the listed companies of the public ChainKnowledgeGraph data (`name` → `fullname`).
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from lianpu.ingest.resolve.codes import check_usccs
from lianpu.ingest.resolve.decide import Outcome, decide
from lianpu.ingest.resolve.index import NameIndex
from lianpu.ingest.resolve.names import same_key
from lianpu.ingest.resolve.similarity import Candidate

from bench.measure import timed
from bench.scene import Scene

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "chainkg"
MILLION = 1_000_000
SEARCHES = 500
Lists = Sequence[Sequence[Candidate]]


def run(_: Scene) -> None:
    """Print accuracy and speed, or why they cannot be measured."""
    file = DATA / "company.jsonl"
    if not file.exists():
        print(f"{file} is not there: nothing measured")
        return
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    pairs = [(row["name"], row["fullname"]) for row in rows if row["name"] and row["fullname"]]
    shorts, fulls = [short for short, _ in pairs], [full for _, full in pairs]
    index = NameIndex(fulls)
    with timed(f"searching {len(shorts):,} names one by one"):
        alone = [index.search(name, 20) for name in shorts]
    with timed("searching them as one list"):
        listed = index.search_many(shorts, 20)
    for title, found in (("one by one", alone), ("as one list", listed)):
        print(f"\n{title}")
        _print_accuracy(shorts, fulls, found)
    print()
    _print_speed(fulls, shorts)


def _print_accuracy(shorts: Sequence[str], fulls: Sequence[str], found: Lists) -> None:
    known_as: defaultdict[str, set[str]] = defaultdict(set)
    for short, full in zip(shorts, fulls, strict=True):
        known_as[short].add(full)
    firsts = [candidates[0].key if candidates else "" for candidates in found]
    rows = list(zip(shorts, fulls, found, firsts, strict=True))
    _print_share("top-1", [first == full for _, full, _, first in rows])
    _print_share("top-5", [full in {c.key for c in cs[:5]} for _, full, cs, _ in rows])
    _print_share("top-1, any full name of the short one", [f in known_as[s] for s, _, _, f in rows])
    taken = [(short, decide(cs[:5]).taken) for short, _, cs, _ in rows]
    sure = [c.key in known_as[short] for short, c in taken if c]
    print(
        f"  taken without asking: {len(sure)} of {len(rows)}, of which wrong: {sure.count(False)}"
    )
    absent = [decide([c for c in cs if c.key not in known_as[s]][:5]) for s, _, cs, _ in rows]
    wrong = sum(decision.outcome is Outcome.MATCHED for decision in absent)
    print(f"  taken although the right one is not on record: {wrong}")
    errors = Counter(
        _error(full, cs, known_as[short]) for short, full, cs, first in rows if first != full
    )
    print("  errors:", dict(errors.most_common()))


def _error(full: str, found: Sequence[Candidate], known_as: set[str]) -> str:
    if found and found[0].key in known_as:
        return "another full name of the same short name"
    right = next((c for c in found if c.key == full), None)
    if right is None:
        return "no shortlist has it (renamed or wrong in the data)"
    values = [{r.name: r.value for r in c.reasons} for c in (found[0], right)]
    if all(v.get("whole") == 1 for v in values):
        return "both names hold the whole short name"
    return "the characters stand better in another name"


def _print_share(title: str, hits: Sequence[bool]) -> None:
    print(f"  {title}: {sum(hits) / len(hits):.2%} ({sum(hits)} of {len(hits)})")


def _print_speed(fulls: Sequence[str], shorts: Sequence[str]) -> None:
    chance = random.Random(0)  # noqa: S311
    with timed("making up a million names"):
        names = [_made_up(chance, fulls) for _ in range(MILLION)]
        codes = ["".join(chance.choices("0123456789ABCDEFGHJ", k=18)) for _ in range(MILLION)]
    with timed("same_key of a million names"):
        for name in names:
            same_key(name)
    with timed("check_usccs of a million codes"):
        check_usccs(codes)
    with timed("index of a million names"):
        index = NameIndex(names)
    with timed(f"searching {SEARCHES} names in it"):
        index.search_many(chance.sample(list(shorts), SEARCHES))


def _made_up(chance: random.Random, fulls: Sequence[str]) -> str:
    brand = chr(chance.randint(0x4E00, 0x6000)) + chr(chance.randint(0x4E00, 0x6000))
    return chance.choice(fulls)[:2] + brand + chance.choice(fulls)[4:]
