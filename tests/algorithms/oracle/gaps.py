"""Statuses, kinds of gap, nearest makers, actions and priority."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any

from lianpu.settings import Settings

from .paths import path_share
from .record import Record
from .scopes import Figure, Place, statistics_of

Parts = dict[str, tuple[float | None, float | None]]
"""Part to (raw figure, value)."""


@dataclass
class Gap:
    """What the answer should say of one product."""

    figure: Figure
    titled: int
    national: int
    status: str
    reasons: set[str]
    kinds: set[str] = field(default_factory=set[str])
    is_break: bool = False
    potential: float | None = None
    nearest: tuple[str, int] = ("nowhere", 0)
    outside: int = 0
    action: str = ""
    other_actions: set[str] = field(default_factory=set[str])
    parts: Parts = field(default_factory=Parts)
    score: float | None = None


class Gaps:
    """How the products of a chain, or of none, stand in a scope."""

    def __init__(self, place: Place, settings: Settings, chain: str | None = None) -> None:
        self.place = place
        self.record = place.record
        self.settings = settings
        self.chain = chain
        self.included = _included(self.record, chain)

    def looked_at(self) -> set[str]:
        if self.chain:
            return set(self.included[self.chain])
        return {p for p in self.record.products if self.place.users(p) or self.is_extended_to(p)}

    def answer(self) -> dict[str, Gap]:
        return {product: self.gap(product) for product in self.looked_at()}

    def chain_rate(self) -> tuple[float | None, float | None]:
        """The spending-weighted mean rate, and the part of the spending that it covers."""
        figures = [self.place.figure(p) for p in self.looked_at()]
        spending = sum(f.spending or 0 for f in figures)
        covered = [(f.rate, f.spending) for f in figures if f.rate is not None and f.spending]
        weight = sum(spent for _, spent in covered)
        if not weight:
            return None, 0.0 if spending else None
        return sum(rate * spent for rate, spent in covered) / weight, weight / spending

    def gap(self, product: str) -> Gap:
        figure = self.place.figure(product)
        status, reasons = self.status(product, figure)
        gap = Gap(
            figure=figure,
            titled=len(self.record.titled(figure.makers)),
            national=len(self.record.titled(figure.makers, "national")),
            status=status,
            reasons=reasons,
        )
        gap.potential = self.potential(product)
        self.add_kinds(product, gap)
        self.add_nearest(product, gap)
        self.add_actions(product, gap)
        self.add_priority(product, gap)
        return gap

    def is_key(self, product: str) -> bool:
        return any(links.get(product) for links in self.included.values())

    def status(self, product: str, figure: Figure) -> tuple[str, set[str]]:
        if not (figure.makers or figure.by_statistics):
            if figure.certainty is None:
                heard_of = self.record.makers_anywhere(product) or any(
                    row["end"] == product for row in self.record.of("OUTPUTS")
                )
                return "unknown", {"nothing_known_here" if heard_of else "nobody_on_record"}
            if figure.certainty < 0.5:
                return "unknown", {"record_incomplete"}
            return "missing", {"no_maker"}
        reasons = self.weaknesses(product, figure)
        stated = self.place.statistics(product)
        national = self.record.titled(figure.makers, "national")
        enough = not stated["negligible"] if stated else len(figure.makers) >= 3 or bool(national)
        special = figure.quotient is not None and figure.quotient >= 1
        if enough and special and (figure.rate is None or figure.rate >= 0.5):
            return "strong", reasons
        return ("weak" if reasons else "adequate"), reasons

    def weaknesses(self, product: str, figure: Figure) -> set[str]:
        stated = self.place.statistics(product)
        holds = {
            "low_local_rate": figure.rate is not None and figure.rate < 0.5,
            "single_maker": len(figure.makers) == 1,
            "concentrated": len(figure.makers) > 1 and figure.hhi is not None and figure.hhi > 0.5,
            "no_titled_maker": self.is_key(product)
            and bool(figure.makers and self.record.titled(self.record.active))
            and not self.record.titled(figure.makers),
            "negligible": bool(stated and stated["negligible"]),
        }
        return {reason for reason, does in holds.items() if does}

    def essential_inputs_made(self, product: str) -> set[str]:
        rows = [r for r in self.record.of("INPUT_TO") if r["end"] == product and r.get("essential")]
        return {row["start"] for row in rows if self.place.made(row["start"])}

    def could_extend(self, product: str) -> bool:
        return not self.place.made(product) and bool(self.essential_inputs_made(product))

    def is_extended_to(self, product: str) -> bool:
        status, _ = self.status(product, self.place.figure(product))
        return status == "missing" and self.could_extend(product)

    def potential(self, product: str) -> float | None:
        supplies = [self.place.supply(p) for p in self.essential_inputs_made(product)]
        known = [each for each in supplies if each is not None]
        return sum(known) if known else None

    def add_kinds(self, product: str, gap: Gap) -> None:
        if gap.status == "weak":
            gap.kinds.add("strengthen")
        if gap.status != "missing":
            return
        if gap.figure.users:
            gap.kinds.add("fill")
            gap.is_break = any(self.place.made(p) for p in self.record.inputs[product])
        if self.could_extend(product):
            gap.kinds.add("extend")

    # Elsewhere

    def places_of(self, firm: str, product: str) -> set[str]:
        """Where an enterprise makes a product: its home and sites, or where its project landed."""
        found = {r for f, p, r in self.record.landed if (f, p) == (firm, product)}
        if firm in self.record.active and product in self.record.makes[firm]:
            found |= self.record.sites[firm] | {
                home for f, home in self.record.home.items() if f == firm
            }
        return found

    def add_nearest(self, product: str, gap: Gap) -> None:
        away = self.record.makers_anywhere(product) - gap.figure.makers
        gap.outside = len(away)
        region_unknown = self.place.region is None
        placed = {firm: self.places_of(firm, product) for firm in away}
        stated = self.stated(product)
        circles = [(level, self.around(level)) for level in ("city", "province", "country")]
        circles.append(("abroad", set() if region_unknown else set(self.record.regions)))
        for level, circle in circles:
            here = {firm for firm, regions in placed.items() if regions & circle}
            if here or stated & circle:
                gap.nearest = level, len(here)
                return
        if away or (region_unknown and stated):
            gap.nearest = "unplaced", len(away)

    def stated(self, product: str) -> set[str]:
        """The regions whose statistics speak of makers outside the scope.

        Those of a region around the scope may mean the scope itself: they count only where
        nothing is known to be made in it.
        """
        found: set[str] = set()
        region = self.place.region
        within = self.record.inside(region) if region else set[str]()
        around = {region, *self.record.ancestors(region)} if region else set[str | None]()
        for code in self.record.regions:
            said = statistics_of(self.record, code, product)
            if said is None or said["negligible"]:
                continue
            if code in around and not self.place.made(product):
                found.add(code)
            if code not in around | within:
                found.add(code)
        return found

    def around(self, level: str) -> set[str]:
        """The region of that level around the scope, with all that lies within it."""
        if self.place.region is None:
            return set()
        found = self.record.around(self.place.region, level)
        return self.record.inside(found) if found else set()

    def neighbourhood(self) -> set[str]:
        """The scope's city and the cities whose centres are near its centre.

        A county or zone that lies in no city stands for one.
        """
        region = self.place.region
        if region is None:
            return set()
        city = self.record.around(region, "city")
        if city is None and self.record.regions[region]["level"] in ("county", "zone"):
            city = region
        if city is None:
            return set()
        found = self.record.inside(city)
        for code, row in self.record.regions.items():
            if row["level"] != "city":
                continue
            distance = distance_km(self.record, city, code)
            if distance is not None and distance <= self.settings.neighbour_km:
                found |= self.record.inside(code)
        return found

    def add_actions(self, product: str, gap: Gap) -> None:
        away = self.record.makers_anywhere(product) - gap.figure.makers
        placed = {firm: self.places_of(firm, product) for firm in away}
        close = self.neighbourhood()
        holds = {
            "cooperate": any(regions & close for regions in placed.values()),
            "attract": gap.nearest[0] in ("city", "province", "country"),
            "cultivate": any(
                self.place.makers(q)
                for q in self.record.products
                if q == product or self.record.near(product, q)
            ),
            "tackle": gap.nearest[0] == "abroad",
        }
        holds["verify"] = gap.status == "unknown" or not any(holds.values())
        found = [action for action, does in holds.items() if does]
        unheard = gap.status == "unknown" and gap.figure.certainty is None
        gap.action = "verify" if unheard else found[0]
        gap.other_actions = set(found) - {gap.action}

    # Priority

    def add_priority(self, product: str, gap: Gap) -> None:
        half, figure, users = self.settings.half, gap.figure, float(len(gap.figure.users))
        if figure.need is not None:
            demand = (figure.need, saturating(figure.need, half.need))
        else:
            demand = (users, saturating(users, half.users))
        fragility = figure.hhi
        if fragility is None and gap.outside:
            fragility = 1 / gap.outside
        criticality = self.criticality(product)
        gap.parts = {
            "demand": demand,
            "reach": (users, saturating(users, half.users)),
            "criticality": (criticality, criticality),
            "feasibility": (figure.density, figure.density),
            "availability": (gap.outside, saturating(gap.outside, half.makers)),
            "fragility": (fragility, fragility),
            "certainty": (figure.certainty, figure.certainty),
        }
        gap.score = score(gap.parts, dict(self.settings.priority))

    def criticality(self, product: str) -> float | None:
        shares = [
            path_share(self.record, set(links), product)
            for links in self.included.values()
            if product in links
        ]
        return max(shares, default=None)


def score(parts: Parts, weights: dict[str, Any]) -> float | None:
    """Σ weight · value / Σ weight over the parts that have data."""
    known = {name: value for name, (_, value) in parts.items() if value is not None}
    weight = sum(weights[name] for name in known)
    return sum(weights[name] * known[name] for name in known) / weight if weight else None


def saturating(raw: float, half: float) -> float:
    return raw / (raw + half)


def distance_km(record: Record, one: str, other: str) -> float | None:
    """The haversine distance between two centroids."""
    a, b = record.regions[one], record.regions[other]
    if any(row.get(name) is None for row in (a, b) for name in ("longitude", "latitude")):
        return None
    lat_a, lat_b = radians(a["latitude"]), radians(b["latitude"])
    across = radians(b["longitude"] - a["longitude"])
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(across / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(chord))


def _included(record: Record, chain: str | None) -> dict[str, dict[str, bool]]:
    """The products of the chain, or of every chain, and whether they are key links."""
    found: dict[str, dict[str, bool]] = {c: {} for c in record.chains if chain in (None, c)}
    for row in record.of("INCLUDES"):
        if row["start"] in found:
            found[row["start"]][row["end"]] = bool(row.get("key"))
    return found
