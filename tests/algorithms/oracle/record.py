"""The facts in force, in dicts and sets, and who makes what where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

Rows = dict[str, list[dict[str, Any]]]
ENOUGH_KNOWN = 20


class Record:
    """What the rows of a graph say on a day."""

    def __init__(self, rows: Rows, day: date) -> None:
        self.day = day
        self.rows = {name: [r for r in each if _in_force(r, day)] for name, each in rows.items()}
        self.firms = {row["id"]: row for row in self.of("Enterprise")}
        self.active = {f for f, row in self.firms.items() if row.get("status") in (None, "active")}
        self.products = [row["id"] for row in self.of("Product")]
        self.regions = {row["code"]: row for row in self.of("Region")}
        self.titles = {row["code"]: row for row in self.of("Title")}
        self.chains = [row["id"] for row in self.of("Chain")]
        self.parents = self.ends("IS_A")
        self.up = {p: _reachable(p, self.parents) for p in self.products}
        self.inputs = self.starts("INPUT_TO")
        self.goes_into = self.ends("INPUT_TO")
        self.produces = {(r["start"], r["end"]): r for r in self.of("PRODUCES")}
        self.home = self.end("LOCATED_IN")
        self.sites = self.ends("PRESENT_IN")
        self.parent_region = self.end("WITHIN")
        self.broader = self.end("PART_OF")
        self.industry = self.end("BELONGS_TO")
        self.held = self.ends("HOLDS")
        self.direct = {f: {p for g, p in self.produces if g == f} for f in self.firms}
        self.makes = {f: {q for p in self.direct[f] for q in self.up[p]} for f in self.firms}
        self.landed = list(self._landed())

    def of(self, name: str) -> list[dict[str, Any]]:
        return self.rows.get(name, [])

    def ends(self, name: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.of(name):
            found[row["start"]].add(row["end"])
        return found

    def starts(self, name: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.of(name):
            found[row["end"]].add(row["start"])
        return found

    def end(self, name: str) -> dict[str, str]:
        return {row["start"]: row["end"] for row in self.of(name)}

    # Regions

    def ancestors(self, region: str) -> list[str]:
        """What a region lies in, from the nearest outwards."""
        found: list[str] = []
        while region in self.parent_region:
            region = self.parent_region[region]
            found.append(region)
        return found

    def inside(self, region: str) -> set[str]:
        return {r for r in self.regions if r == region or region in self.ancestors(r)}

    def around(self, region: str, level: str) -> str | None:
        """The region of that level that a region is or lies in."""
        for each in (region, *self.ancestors(region)):
            if self.regions[each]["level"] == level:
                return each
        return None

    # Makers

    def known(self, firm: str) -> bool:
        return bool(self.direct[firm])

    def direct_output(self, firm: str, product: str) -> float | None:
        """Revenue times share; what is left is split evenly over products without a share."""
        revenue, share = self.firms[firm].get("revenue"), self.produces[firm, product].get("share")
        if revenue is None:
            return None
        if share is not None:
            return float(revenue * share)
        shares = [self.produces[firm, p].get("share") for p in self.direct[firm]]
        left = max(0.0, 1 - sum(s for s in shares if s is not None))
        return float(revenue * left / shares.count(None))

    def output(self, firm: str, product: str) -> float | None:
        """The output of a product and all its kinds."""
        kinds = [p for p in self.direct[firm] if product in self.up[p]]
        return total(self.direct_output(firm, p) for p in kinds)

    def total_output(self, firm: str) -> float | None:
        return total(self.direct_output(firm, p) for p in self.direct[firm])

    def _landed(self) -> Iterable[tuple[str, str, str]]:
        """(enterprise, product, region) of every project in production, kinds going up."""
        where, fills = self.end("LANDED_IN"), self.ends("FILLS")
        projects = {row["id"]: row for row in self.of("Project")}
        for row in self.of("UNDERTAKES"):
            firm, project = row["start"], row["end"]
            if projects[project].get("stage") == "operating" and firm in self.active:
                for product in fills[project] if project in where else ():
                    for general in self.up[product]:
                        yield firm, general, where[project]

    def makers_anywhere(self, product: str) -> set[str]:
        makers = {f for f in self.active if product in self.makes[f]}
        return makers | {f for f, p, _ in self.landed if p == product}

    def titled(self, firms: Iterable[str], level: str | None = None) -> set[str]:
        """Those that hold a title, or a title of that level."""
        return {
            firm
            for firm in firms
            if any(level in (None, self.titles[title].get("level")) for title in self.held[firm])
        }

    # Nearness

    def proximity(self, p: str, q: str) -> float:
        makers_p = {f for f in self.active if p in self.makes[f]}
        makers_q = {f for f in self.active if q in self.makes[f]}
        both = len(makers_p & makers_q)
        return min(both / len(makers_p), both / len(makers_q)) if both >= 3 else 0.0

    def share_a_parent(self, p: str, q: str) -> bool:
        return p != q and bool(self.parents[p] & self.parents[q])

    def near(self, p: str, q: str) -> bool:
        return p != q and (self.share_a_parent(p, q) or self.proximity(p, q) >= 0.4)

    # How likely an enterprise without known products makes one

    def chance(self, firm: str, product: str) -> float:
        """The share that make it among the known ones of the narrowest class with enough."""
        known = [f for f in self.active if self.known(f)]
        for industry in self._classes(firm):
            peers = [f for f in known if industry in self._classes(f)]
            if len(peers) >= ENOUGH_KNOWN:
                known = peers
                break
        return sum(product in self.makes[f] for f in known) / len(known) if known else 0.0

    def _classes(self, firm: str) -> list[str]:
        """An enterprise's industry and the broader ones it is part of, narrowest first."""
        industry, found = self.industry.get(firm), list[str]()
        while industry is not None:
            found.append(industry)
            industry = self.broader.get(industry)
        return found


def total(values: Iterable[float | None]) -> float | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _in_force(row: dict[str, Any], day: date) -> bool:
    return row.get("until") is None or row["until"] > day


def _reachable(start: str, steps: dict[str, set[str]]) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        for each in steps[todo.pop()] - found:
            found.add(each)
            todo.append(each)
    return found
