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
        makers = {f for f in self.record.active if self.product in self.record.makes[f]}
        if makers - self.place.members:
            return makers
        return {f for f in self.record.active if self.nearness(f)}

    def nearness(self, firm: str) -> dict[str, float]:
        """The products near the one sought that a firm makes, each with how near it is."""
        found: dict[str, float] = {}
        for q in self.record.makes[firm]:
            if self.record.near(self.product, q):
                sibling = 0.5 if self.record.share_a_parent(self.product, q) else 0.0
                found[q] = max(sibling, self.record.proximity(self.product, q))
        return found

    def already_here(self, firm: str) -> bool:
        """A member, in control of one, or with a settled project here."""
        if firm in self.place.members:
            return True
        for row in self.record.of("INVESTS_IN"):
            controls = row.get("ratio") is not None and row["ratio"] >= CONTROL
            if row["start"] == firm and row["end"] in self.place.members and controls:
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

    def projects(self) -> list[tuple[dict[str, Any], str, str | None]]:
        """Who undertakes each project, its stage and where it is."""
        stages = {row["id"]: row.get("stage") for row in self.record.of("Project")}
        where = self.record.end("LANDED_IN")
        return [(r, stages[r["end"]], where.get(r["end"])) for r in self.record.of("UNDERTAKES")]

    def _one_of_each_group(self) -> None:
        """Of several under one control only the best stays."""
        ranked = sorted(self.targets, key=lambda f: (-self.targets[f].score, f))
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
            for row in self.record.of("INVESTS_IN")
            if row.get("ratio") is not None and row["ratio"] >= CONTROL
        ]
        stated = {f: row["group"] for f, row in self.record.firms.items() if row.get("group")}
        ties += [(f, g) for f in stated for g in stated if stated[f] == stated[g]]
        least = {firm: firm for firm in self.record.firms}
        for _ in self.record.firms:
            for a, b in ties:
                least[a] = least[b] = min(least[a], least[b])
        return least

    # The parts of a score

    def target(self, firm: str) -> Target:
        exact = self.product in self.record.makes[firm]
        makes = self.product if exact else self.nearest_made(firm)
        linked = self.linked(firm)
        parts: Parts = {
            "capability": _same(1.0 if exact else self.nearness(firm)[makes]),
            "specialisation": _same(self.specialisation(firm, makes)),
            "strength": _same(self.strength(firm, makes)),
            "links": self.saturated(len(linked), self.settings.half.links),
            "pull": self.pull(firm, makes),
            "expansion": self.saturated(self.expansion(firm), self.settings.half.projects),
            "proximity": self.falling(self.distance(firm), self.settings.half.distance),
            "contention": self.falling(float(len(self.rivals())), self.settings.half.rivals),
        }
        mean = score(parts, dict(self.settings.targets))
        assert mean is not None
        return Target(firm, makes, exact, parts, mean, linked)

    def nearest_made(self, firm: str) -> str:
        near = self.nearness(firm)
        return max(near, key=lambda q: (near[q], self.record.output(firm, q) or 0))

    def specialisation(self, firm: str, makes: str) -> float | None:
        whole, part = self.record.total_output(firm), self.record.output(firm, makes)
        if whole and part is not None:
            return part / whole
        return 1 / len(self.record.direct[firm])

    def strength(self, firm: str, makes: str) -> float:
        national = bool(self.record.titled({firm}, "national"))
        values = [1.0 if national else 0.5 if self.record.titled({firm}) else 0.0]
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
        return sum(values) / len(values)

    def linked(self, firm: str) -> set[str]:
        """Local enterprises it trades with, owns, is owned by, or shares an owner with."""
        owners = self.record.starts("INVESTS_IN")
        found: set[str] = set()
        for name in ("SUPPLIES", "INVESTS_IN"):
            for row in self.record.of(name):
                if firm in (row["start"], row["end"]):
                    found |= {row["start"], row["end"]}
        found |= {f for f in self.record.firms if owners[f] & owners[firm]}
        return (found & self.place.members) - {firm}

    def pull(self, firm: str, makes: str) -> tuple[float | None, float | None]:
        output, need = self.record.output(firm, makes), self.place.need(self.product)
        if not output or need is None:
            return output, None
        return output, min(1.0, need / output)

    def expansion(self, firm: str) -> float:
        """Projects outside its home in the last three years."""
        home = self.record.home.get(firm)
        at_home = self.record.inside(home) if home else set[str]()
        projects = {row["id"]: row for row in self.record.of("Project")}
        found = 0
        for row, _, region in self.projects():
            if row["start"] == firm and region is not None and region not in at_home:
                found += _recent(projects[row["end"]], self.record.day)
        return found

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
                if more and not other.makers(self.product):
                    found.add(code)
        return found

    def saturated(self, raw: float, half: float) -> tuple[float, float]:
        return raw, saturating(raw, half)

    def falling(self, raw: float | None, half: float) -> tuple[float | None, float | None]:
        return raw, None if raw is None else half / (half + raw)


def _same(value: float | None) -> tuple[float | None, float | None]:
    return value, value


def _recent(project: dict[str, Any], today: date) -> bool:
    begun = [project.get(name) for name in ("signed_on", "started_on", "operating_on")]
    days = [day for day in begun if day is not None]
    return bool(days) and today - timedelta(days=3 * 365) <= max(days) <= today
