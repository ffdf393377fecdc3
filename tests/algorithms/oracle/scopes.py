"""The figures of a scope: who makes and uses a product there, how much, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

from .record import Record, total


@dataclass
class Figure:
    """How one product stands in a scope."""

    makers: set[str]
    by_statistics: bool
    users: set[str]
    supply: float | None
    need: float | None
    hhi: float | None
    rate: float | None
    rate_basis: str
    spending: float | None
    quotient: float | None
    quotient_basis: str
    density: float | None
    certainty: float | None


class Place:
    """A scope: a region with all that lies within it, or a cluster."""

    def __init__(self, record: Record, region: str | None = None, cluster: str | None = None):
        self.record = record
        self.cluster = cluster
        if cluster:
            self.region = record.end("ANCHORED_IN").get(cluster)
            found = {f for f, clusters in record.ends("MEMBER_OF").items() if cluster in clusters}
        else:
            assert region
            self.region = region
            inside = record.inside(region)
            found = {f for f, home in record.home.items() if home in inside}
            found |= {f for f, sites in record.sites.items() if sites & inside}
        self.members = found & record.active

    def makers(self, product: str) -> set[str]:
        found = {f for f in self.members if product in self.record.makes[f]}
        return found | self.landed(product)

    def landed(self, product: str) -> set[str]:
        """Whom a project in production makes a maker in the region; of a cluster, its members."""
        if self.region is None:
            return set()
        inside = self.record.inside(self.region)
        found = {f for f, p, region in self.record.landed if p == product and region in inside}
        return found & self.members if self.cluster else found

    def statistics(self, product: str) -> dict[str, Any] | None:
        """What the region's statistics say, where no enterprise is on record."""
        if self.cluster or self.makers(product):
            return None
        assert self.region
        return statistics_of(self.record, self.region, product)

    def made(self, product: str) -> bool:
        return bool(self.makers(product)) or self.statistics(product) is not None

    def outputs(self, product: str) -> list[float | None]:
        """The output of each maker; that of a project is not on record."""
        own = [
            self.record.output(f, product) for f in self.members if product in self.record.makes[f]
        ]
        others = self.makers(product) - {f for f in self.members if product in self.record.makes[f]}
        return own + [None for _ in others]

    def supply(self, product: str) -> float | None:
        if self.makers(product):
            return total(self.outputs(product))
        stated = self.statistics(product)
        return stated["value"] if stated else 0.0

    def users(self, product: str) -> set[str]:
        return {f for q in self.record.goes_into[product] for f in self.makers(q)}

    def need(self, product: str) -> float | None:
        """What is made here of q, times its coefficient, over every q it goes into."""
        return total(
            supply * row["coefficient"]
            for row in self.record.of("INPUT_TO")
            if row["start"] == product and row.get("coefficient") is not None
            if self.made(row["end"]) and (supply := self.supply(row["end"])) is not None
        )

    def hhi(self, product: str) -> float | None:
        outputs = self.outputs(product)
        if not outputs:
            return None
        known = [output for output in outputs if output is not None]
        if len(known) < len(outputs) or not sum(known):
            return 1 / len(outputs)
        return sum((output / sum(known)) ** 2 for output in known)

    def purchases(self, product: str) -> tuple[float, float]:
        """What firms here spend on it and its kinds, and how much of that stays here."""
        spent = here = 0.0
        for row in self.record.of("SUPPLIES"):
            if row.get("product") is None or row.get("amount") is None:
                continue
            if row["end"] in self.members and product in self.record.up[row["product"]]:
                spent += row["amount"]
                here += row["amount"] if row["start"] in self.members else 0
        return spent, here

    def rate(self, product: str) -> tuple[float | None, str]:
        spent, here = self.purchases(product)
        if spent > 0:
            return here / spent, "observed"
        need, supply = self.need(product), self.supply(product)
        if need and supply is not None:
            return min(1.0, supply / need), "upper_bound"
        return None, "none"

    def spending(self, product: str) -> float | None:
        spent, _ = self.purchases(product)
        return spent if spent > 0 else self.need(product)

    def quotient(self, product: str) -> tuple[float | None, str]:
        record, everywhere = self.record, self.record.active
        outputs_here = total(record.total_output(f) for f in self.members)
        outputs_all = total(record.total_output(f) for f in everywhere)
        size = outputs_here / outputs_all if outputs_here and outputs_all else None
        stated = self.statistics(product)
        if stated:
            if stated["share"] is None or size is None:
                return None, ""
            return stated["share"] / size, "statistics"
        supply, supply_all = self.supply(product), self._supply_everywhere(product)
        if self.makers(product) and supply and supply_all and size:
            return supply / supply_all / size, "output"
        known_here = sum(record.known(f) for f in self.members)
        known_all = sum(record.known(f) for f in everywhere)
        makers_all = record.makers_anywhere(product)
        if not (known_here and self.makers(product)):
            return None, ""
        return len(self.makers(product)) / known_here / (len(makers_all) / known_all), "count"

    def _supply_everywhere(self, product: str) -> float | None:
        makers = [f for f in self.record.active if product in self.record.makes[f]]
        return total(self.record.output(f, product) for f in makers)

    def density(self, product: str) -> float | None:
        others = [q for q in self.record.products if q != product]
        whole = sum(self.record.proximity(product, q) for q in others)
        made = sum(self.record.proximity(product, q) for q in others if self.made(q))
        return made / whole if whole else None

    def certainty(self, product: str) -> float | None:
        stated = any(row["end"] == product for row in self.record.of("OUTPUTS"))
        if not (stated or self.record.makers_anywhere(product)):
            return None
        if not any(self.makers(each) for each in self.record.products):
            return None
        unknown = [f for f in self.members if not self.record.known(f)]
        return prod(1 - self.record.chance(f, product) for f in unknown)

    def figure(self, product: str) -> Figure:
        rate, rate_basis = self.rate(product)
        quotient, quotient_basis = self.quotient(product)
        return Figure(
            makers=self.makers(product),
            by_statistics=self.statistics(product) is not None,
            users=self.users(product),
            supply=self.supply(product),
            need=self.need(product),
            hhi=self.hhi(product),
            rate=rate,
            rate_basis=rate_basis,
            spending=self.spending(product),
            quotient=quotient,
            quotient_basis=quotient_basis,
            density=self.density(product),
            certainty=self.certainty(product),
        )


def statistics_of(record: Record, region: str, product: str) -> dict[str, Any] | None:
    """The latest year's record of a region, else the sum of the nearest records below it."""
    own = [r for r in record.of("OUTPUTS") if r["start"] == region and r["end"] == product]
    if own:
        latest = max(own, key=lambda row: row["year"])
        return {name: latest.get(name) for name in ("value", "share", "negligible")}
    below = [r for r, parent in record.end("WITHIN").items() if parent == region]
    found = [s for r in below if (s := statistics_of(record, r, product)) is not None]
    if not found:
        return None
    return {
        "value": total(each["value"] for each in found),
        "share": total(each["share"] for each in found),
        "negligible": all(each["negligible"] for each in found),
    }
