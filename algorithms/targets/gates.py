"""Gates: why an enterprise that makes the product is not recommended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from ...text import Text
from ..index import Floats, Index, Ints
from ..parts import falling_order
from ..scope import Scope
from .candidates import Candidates


class Gate(Enum):
    """The reasons that exclude."""

    NOT_ACTIVE = Text("企业已不在营", "not active")
    ABNORMAL = Text("经营异常", "abnormal")
    ALREADY_HERE = Text("已在本地，属增资扩产而非招引", "already here: expansion, not recruitment")
    TURNED_DOWN = Text("此前对接未成", "it came to nothing here before")
    SAME_GROUP = Text("同一集团已列入", "its group is listed already")


@dataclass(frozen=True)
class Excluded:
    """An enterprise that makes the product and is not recommended."""

    enterprise: str
    gate: Gate
    because: str
    """The enterprise or place that the reason rests on; empty where there is none."""


def not_active(index: Index, product: int) -> list[Excluded]:
    """Return the makers on record that are closed, suspended or abnormal."""
    found = index.snapshot.table(
        'SELECT DISTINCT e.id, e.status FROM "PRODUCES" AS p '
        'JOIN "Enterprise" AS e ON e.id = p.start '
        'JOIN product_up AS u ON u.product = p."end" '
        "WHERE u.ancestor = $product AND coalesce(e.status, 'active') <> 'active' ORDER BY e.id",
        {"product": index.products.keys[product]},
    ).to_pylist()
    return [
        Excluded(row["id"], Gate.ABNORMAL if row["status"] == "abnormal" else Gate.NOT_ACTIVE, "")
        for row in found
    ]


def already_here(index: Index, scope: Scope, found: Candidates, group: Ints) -> dict[int, str]:
    """Return the candidates that are here already, with what shows it.

    They have a site here, own part of an enterprise of their group here, have a project here that
    is not over, or their group makes the product here; `group` numbers the groups of enterprises.
    """
    here = {int(firm): "" for firm in found.firm[np.isin(found.firm, scope.members)]}
    siblings = {int(group[firm]): index.firms.ids[firm] for firm in sorted(here, reverse=True)}
    for firm in found.firm.tolist():
        if int(group[firm]) in siblings:
            here.setdefault(firm, siblings[int(group[firm])])
    footholds = index.remember(
        ("footholds", scope.kind, scope.key), lambda: _footholds(index, scope, group)
    )
    for firm, because in footholds:
        here.setdefault(firm, because)
    return {firm: because for firm, because in here.items() if firm in set(found.firm.tolist())}


def turned_down(index: Index, scope: Scope, product: int, found: Candidates) -> dict[int, str]:
    """Return the candidates whose project for the product ended in this very region, with why.

    A project of theirs for it here that is not over lets them in again.
    """
    if scope.region < 0:
        return {}
    everywhere = index.remember(("turned down",), lambda: _ended(index))
    ended = everywhere.get((scope.region, product), {})
    candidates = set(found.firm.tolist())
    return {firm: because for firm, because in ended.items() if firm in candidates}


def _ended(index: Index) -> dict[tuple[int, int], dict[int, str]]:
    """Return why each enterprise's project came to nothing, by region and product."""
    rows = index.snapshot.table(_ENDED)
    regions = index.regions.codes.numbers(rows.column("region")).tolist()
    products = index.products.keys.numbers(rows.column("product")).tolist()
    firms = index.firms.ids.numbers(rows.column("enterprise")).tolist()
    reasons = rows.column("because").to_pylist()
    ended: dict[tuple[int, int], dict[int, str]] = {}
    for region, product, firm, because in zip(regions, products, firms, reasons, strict=True):
        ended.setdefault((region, product), {})[firm] = because
    return ended


_ENDED = """
SELECT u.start AS enterprise, l."end" AS region, o.ancestor AS product,
    arg_max(coalesce(p.description, p.name), p.id) AS because
FROM "UNDERTAKES" AS u
JOIN "Project" AS p ON p.id = u."end"
JOIN "LANDED_IN" AS l ON l.start = p.id
JOIN "FILLS" AS f ON f.start = p.id
JOIN product_up AS o ON o.product = f."end"
GROUP BY u.start, l."end", o.ancestor
HAVING bool_and(p.stage = 'ended')
ORDER BY u.start
"""


def same_group(group: Ints, firm: Ints, score: Floats) -> dict[int, int]:
    """Return for each candidate whose group has a better one the position of that better one."""
    best: dict[int, int] = {}
    worse: dict[int, int] = {}
    for position in np.lexsort((firm, falling_order(score))):
        its = int(group[firm[position]])
        if its in best:
            worse[int(position)] = best[its]
        else:
            best[its] = int(position)
    return worse


def _footholds(index: Index, scope: Scope, group: Ints) -> list[tuple[int, str]]:
    """Return who owns part of a firm of its group here, or has a project here, with its name."""
    number, members = index.firms.ids.number, [index.firms.ids[each] for each in scope.members]
    owned = index.snapshot.table(_OWNED, {"members": members}).to_pylist()
    held = [(number(row["owner"]), number(row["owned"]), row["name"]) for row in owned]
    first, last = (
        (scope.region, int(index.regions.last[scope.region])) if scope.region >= 0 else (-1, -2)
    )
    settled = index.snapshot.table(_SETTLED, {"first": first, "last": last}).to_pylist()
    return [(one, name) for one, other, name in held if one >= 0 and group[one] == group[other]] + [
        (number(row["enterprise"]), row["name"]) for row in settled
    ]


_OWNED = """
SELECT i.start AS owner, i."end" AS owned, e.name
FROM "INVESTS_IN" AS i JOIN "Enterprise" AS e ON e.id = i."end"
WHERE i."end" IN (SELECT unnest($members::VARCHAR[]))
"""
_SETTLED = """
SELECT u.start AS enterprise, p.name
FROM "UNDERTAKES" AS u JOIN "Project" AS p ON p.id = u."end"
JOIN "LANDED_IN" AS l ON l.start = p.id JOIN region_tree AS t ON t.region = l."end"
WHERE t.first BETWEEN $first AND $last AND p.stage IN ('signed', 'building', 'operating')
"""
