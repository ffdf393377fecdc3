"""Whom to call: candidates, gates, the parts of a score, contending regions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lianpu.settings import Settings

from .gaps import Parts, distance_km, saturating, score
from .scopes import Place

SETTLED = ("signed", "building", "operating")
CONTROL = 0.5


@dataclass
class Target:
    """What the answer should say of one enterprise."""

    firm: str
    makes: str
    exact: bool
    parts: Parts
    score: float
    linked: set[str]


class Targets:
    """The targets for a product in a scope."""

    def __init__(self, place: Place, settings: Settings, product: str) -> None:
        self.place = place
        self.record = place.record
        self.settings = settings
        self.product = product
        self.excluded: dict[str, str] = {}
        self.targets: dict[str, Target] = {}
        self._find()

    def _find(self) -> None:
        for firm in self.record.firms:
            if firm not in self.record.active and self.product in self.record.makes[firm]:
                status = self.record.firms[firm]["status"]
                self.excluded[firm] = "abnormal" if status == "abnormal" else "not_active"
        for firm in self.candidates():
            if self.already_here(firm):
                self.excluded[firm] = "already_here"
            elif self.turned_down(firm):
                self.excluded[firm] = "turned_down"
            else:
                self.targets[firm] = self.target(firm)
        self._one_of_each_group()

    def candidates(self) -> set[str]:
        makers = self.record.makers_anywhere(self.product)
        if makers - self.place.members:
            return makers
        return makers | {f for f in self.record.active if self.nearness(f)}

    def nearness(self, firm: str) -> dict[str, float]:
        """The products near the one sought that a firm makes, each with how near it is."""
        found: dict[str, float] = {}
        for q in self.record.makes[firm] | {p for f, p, _ in self.record.landed if f == firm}:
            if self.record.near(self.product, q):
                sibling = 0.5 if self.record.share_a_parent(self.product, q) else 0.0
                found[q] = max(sibling, self.record.proximity(self.product, q))
        return found

    def already_here(self, firm: str) -> bool:
        """A member, owner of one of its group, of a group that makes it, or settled here."""
        groups, members = self.groups(), self.place.members
        if any(groups[each] == groups[firm] for each in members & self.candidates()):
            return True
        for row in self.record.of("INVESTS_IN"):
            if (
                row["start"] == firm
                and row["end"] in members
                and groups[row["end"]] == groups[firm]
            ):
                return True
        if self.place.region is None:
            return False
        inside = self.record.inside(self.place.region)
        return any(
            row["start"] == firm and stage in SETTLED and region in inside
            for row, stage, region in self.projects()
        )

    def turned_down(self, firm: str) -> bool:
        """Its projects for the product in this very region have all ended."""
        fills = [(row["start"], row["end"]) for row in self.record.of("FILLS")]
        stages = [
            stage
            for row, stage, region in self.projects()
            if row["start"] == firm and region == self.place.region and region is not None
            for project, product in fills
            if project == row["end"] and self.product in self.record.up[product]
        ]
        return bool(stages) and all(stage == "ended" for stage in stages)

    def projects(self) -> list[tuple[dict[str, Any], str | None, str | None]]:
        """Who undertakes each project, its stage and where it is."""
        stages = {row["id"]: row.get("stage") for row in self.record.of("Project")}
        where = self.record.end("LANDED_IN")
        return [(r, stages[r["end"]], where.get(r["end"])) for r in self.record.of("UNDERTAKES")]

    def _one_of_each_group(self) -> None:
        """Of several under one control only the best stays."""
        ranked = sorted(self.targets, key=lambda f: (-round(self.targets[f].score, 9), f))
        groups = self.groups()
        seen: set[str] = set()
        for firm in ranked:
            if groups[firm] in seen:
                self.excluded[firm] = "same_group"
                del self.targets[firm]
            seen.add(groups[firm])

    def groups(self) -> dict[str, str]:
        """Each enterprise with the least id among those tied to it by control or stated group."""
        ties = [
            (row["start"], row["end"])
            for row in self.owning()
            if row.get("ratio") is not None and row["ratio"] >= CONTROL
        ]
        stated = {f: self.record.firms[f].get("group") for f in self.record.active}
        stated = {f: group for f, group in stated.items() if group}
        ties += [(f, g) for f in stated for g in stated if stated[f] == stated[g]]
        least = {firm: firm for firm in self.record.firms}
        for _ in self.record.firms:
            for a, b in ties:
                least[a] = least[b] = min(least[a], least[b])
        return least

    def owning(self) -> list[dict[str, Any]]:
        """Who owns whom, both being active."""
        rows = self.record.of("INVESTS_IN")
        return [row for row in rows if {row["start"], row["end"]} <= self.record.active]

    # The parts of a score

    def target(self, firm: str) -> Target:
        exact = firm in self.record.makers_anywhere(self.product)
        makes = self.product if exact else self.nearest_made(firm)
        linked = self.linked(firm)
        parts: Parts = {
            "capability": _same(1.0 if exact else self.nearness(firm)[makes]),
            "specialisation": _same(self.specialisation(firm, makes)),
            "strength": _same(self.strength(firm, makes)),
            "links": self.saturated(len(linked), self.settings.half.links)
            if self.links_recorded()
            else (None, None),
            "pull": self.pull(firm, makes),
            "expansion": self.expansion(firm),
            "proximity": self.falling(self.distance(firm), self.settings.half.distance),
            "contention": self.falling(float(len(self.rivals())), self.settings.half.rivals),
        }
        mean = score(parts, dict(self.settings.targets))
        assert mean is not None
        return Target(firm, makes, exact, parts, mean, linked)

    def nearest_made(self, firm: str) -> str:
        """The nearest; of several, that of the highest output, then the first."""
        near = self.nearness(firm)

        def rank(product: str) -> tuple[float, float, str]:
            output = (
                self.record.output(firm, product) if product in self.record.makes[firm] else None
            )
            return -round(near[product], 9), 1.0 if output is None else -output, product

        return min(near, key=rank)

    def specialisation(self, firm: str, makes: str) -> float | None:
        whole, part = self.record.total_output(firm), self.record.output(firm, makes)
        if whole and part is not None:
            return part / whole
        return 1 / max(1, len(self.record.direct[firm]))

    def strength(self, firm: str, makes: str) -> float | None:
        values: list[float] = []
        if self.record.titled(self.record.active):
            national = bool(self.record.titled({firm}, "national"))
            values.append(1.0 if national else 0.5 if self.record.titled({firm}) else 0.0)
        revenue = self.record.firms[firm].get("revenue")
        if revenue is not None:
            values.append(saturating(revenue, self.settings.half.revenue))
        shares = [
            row["market_share"]
            for (f, p), row in self.record.produces.items()
            if f == firm and makes in self.record.up[p] and row.get("market_share") is not None
        ]
        if shares:
            values.append(max(shares))
        return sum(values) / len(values) if values else None

    def links_recorded(self) -> bool:
        """Whether any two active enterprises are on record as tied."""
        traded = [{row["start"], row["end"]} for row in self.record.of("SUPPLIES")]
        owned = [{row["start"], row["end"]} for row in self.owning()]
        return any(len(pair) > 1 and pair <= self.record.active for pair in traded + owned)

    def linked(self, firm: str) -> set[str]:
        """Local enterprises it trades with, owns, is owned by, or shares an owner with."""
        found: set[str] = set()
        for row in (*self.record.of("SUPPLIES"), *self.owning()):
            if firm in (row["start"], row["end"]):
                found |= {row["start"], row["end"]}
        owners = {row["start"] for row in self.owning() if row["end"] == firm}
        found |= {row["end"] for row in self.owning() if row["start"] in owners}
        return (found & self.place.members) - {firm}

    def pull(self, firm: str, makes: str) -> tuple[float | None, float | None]:
        output = self.record.output(firm, makes) if makes in self.record.makes[firm] else None
        need = self.place.need(self.product)
        if not output or need is None:
            return output, None
        return output, min(1.0, need / output)

    def expansion(self, firm: str) -> tuple[float | None, float | None]:
        """Projects outside its home in the last three years that have not been given up."""
        home = self.record.home.get(firm)
        at_home = self.record.inside(home) if home else set[str]()
        projects = {row["id"]: row for row in self.record.of("Project")}
        if not projects:
            return None, None
        found = 0
        for row, stage, region in self.projects():
            away = region is not None and region not in at_home and stage != "ended"
            if row["start"] == firm and away:
                found += _recent(projects[row["end"]], self.record.day)
        return self.saturated(found, self.settings.half.projects)

    def distance(self, firm: str) -> float | None:
        home = self.record.home.get(firm)
        if home is None or self.place.region is None:
            return None
        return distance_km(self.record, self.place.region, home)

    def rivals(self) -> set[str]:
        """Other regions of the scope's level with no maker of it and more users."""
        region = self.place.region
        if region is None:
            return set()
        level, found = self.record.regions[region]["level"], set[str]()
        for code, row in self.record.regions.items():
            if row["level"] == level and code != region:
                other = Place(self.record, region=code)
                more = len(other.users(self.product)) > len(self.place.users(self.product))
                if more and not other.made(self.product):
                    found.add(code)
        return found

    def saturated(self, raw: float, half: float) -> tuple[float, float]:
        return raw, saturating(raw, half)

    def falling(self, raw: float | None, half: float) -> tuple[float | None, float | None]:
        return raw, None if raw is None else half / (half + raw)


def _same(value: float | None) -> tuple[float | None, float | None]:
    return value, value


def _recent(project: dict[str, Any], today: date) -> bool:
    """By the first of its days: when it was signed, else started, else in production."""
    days = [project.get(name) for name in ("signed_on", "started_on", "operating_on")]
    begun = next((day for day in days if day is not None), None)
    return begun is not None and begun > today - timedelta(days=3 * 365)
