"""The evidence of a target: what it makes and holds, where it is, whom it is linked to here."""

from __future__ import annotations

import numpy as np

from ...graph.sql import one_of
from ..figures import Figures
from ..index import Index, Ints
from ..targets import Targets
from .facts import Fact, facts_between, facts_where
from .gaps import local_users, merged, wanted_table

LINKS = 5
"""How many local enterprises that a target is linked to are named."""


def evidence_of_targets(index: Index, found: Targets, chosen: Ints) -> dict[str, list[Fact]]:
    """Return the evidence about each target of `chosen` (positions), by enterprise id."""
    firm, near = found.candidates.firm.tolist(), found.candidates.near.tolist()
    ids = {each: index.firms.ids[firm[each]] for each in chosen.tolist()}
    makes = [
        (key, "makes", key, index.products.keys[near[position]]) for position, key in ids.items()
    ]
    return merged(
        facts_between(index.snapshot, "PRODUCES", wanted_table(makes)),
        _about(index, "LOCATED_IN", "home", list(ids.values())),
        _about(index, "HOLDS", "title", list(ids.values())),
        _linked(index, "SUPPLIES", "trades", found.supplies, ids),
        _linked(index, "INVESTS_IN", "owns", found.owns, ids),
        _shared_owners(index, found.owns, ids),
    )


def evidence_of_demand(index: Index, figures: Figures, product: int) -> list[Fact]:
    """Return who makes here what the product goes into: the same for all targets of a gap."""
    key = str(index.products.keys[product])
    users = local_users(index, figures, product, key)
    into = [(key, "input_to", key, made) for _, _, _, made in users]
    found = merged(
        facts_between(index.snapshot, "PRODUCES", wanted_table(users)),
        facts_between(index.snapshot, "INPUT_TO", wanted_table(into)),
    )
    return found.get(key, [])


def _about(index: Index, relation: str, role: str, ids: list[str]) -> dict[str, list[Fact]]:
    return facts_where(index.snapshot, relation, role, "f.start", one_of("f.start", ids), {})


def _linked(
    index: Index, relation: str, role: str, others: list[Ints], ids: dict[int, str]
) -> dict[str, list[Fact]]:
    """Facts between a target and local enterprises, whichever way they run."""
    rows: list[tuple[str, str, str, str]] = []
    for position, key in ids.items():
        for other in np.asarray(others[position])[:LINKS]:
            local = str(index.firms.ids[other])
            rows += [(key, role, key, local), (key, role, local, key)]
    return facts_between(index.snapshot, relation, wanted_table(rows))


def _shared_owners(index: Index, others: list[Ints], ids: dict[int, str]) -> dict[str, list[Fact]]:
    """Who owns part of a target and part of a local enterprise too."""
    local = {
        key: [str(index.firms.ids[each]) for each in np.asarray(others[position])[:LINKS]]
        for position, key in ids.items()
    }
    owners = _owners(index, sorted({*local, *(each for found in local.values() for each in found)}))
    rows = [
        (key, "owns", owner, owned)
        for key, found in local.items()
        for other in found
        for owner in sorted(owners.get(key, set()) & owners.get(other, set()))
        for owned in (key, other)
    ]
    return facts_between(index.snapshot, "INVESTS_IN", wanted_table(list(dict.fromkeys(rows))))


def _owners(index: Index, firms: list[str]) -> dict[str, set[str]]:
    sql = 'SELECT start, "end" FROM "INVESTS_IN" WHERE list_contains($firms, "end")'
    found: dict[str, set[str]] = {}
    for row in index.snapshot.table(sql, {"firms": firms}).to_pylist():
        found.setdefault(row["end"], set()).add(row["start"])
    return found
