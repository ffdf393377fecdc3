"""The priority of gaps: parts, raw figures and weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..settings import Settings
from ..text import Text
from .index import Floats
from .parts import Part, either, saturating

YUAN, USERS = Text("元/年", "yuan a year"), Text("家本地使用企业", "local user firms")


@dataclass(frozen=True)
class Grounds:
    """What the priority of some gaps rests on: an entry each, NaN where it is not known."""

    need: Floats
    users: Floats
    hhi: Floats
    elsewhere: Floats
    """Makers outside the scope."""
    criticality: Floats
    density: Floats
    certainty: Floats


def priority_parts(settings: Settings, grounds: Grounds) -> list[Part]:
    """Return the parts of the priority of the gaps that the grounds speak of.

    demand: need / (need + half) in yuan, or users / (users + half) where money is not known;
    reach: users / (users + half), the local firms that have it as a common material 共同原材料;
    criticality: share of the chain's paths through it; feasibility: relatedness density;
    availability: makers elsewhere / (makers + half); fragility: HHI of the makers here, or, where
    there is none, one over the number of makers elsewhere; certainty.
    """
    half, weight = settings.half, settings.priority
    need, users, makers = grounds.need, grounds.users, grounds.elsewhere
    valued = ~np.isnan(need)
    demand = np.where(valued, saturating(need, half.need), saturating(users, half.users))
    fragility = _fragility(grounds.hhi, makers)
    density, certain = grounds.density, grounds.certainty
    path_share = grounds.criticality
    return [
        Part(
            "demand",
            Text("本地需求", "local demand"),
            demand,
            np.where(valued, need, users),
            weight.demand,
            either(valued, YUAN, USERS),
            np.where(valued, half.need, half.users),
        ),
        Part(
            "reach",
            Text("使用面", "reach"),
            saturating(users, half.users),
            users,
            weight.reach,
            USERS,
            half.users,
        ),
        Part(
            "criticality",
            Text("关键度", "criticality"),
            path_share,
            path_share,
            weight.criticality,
            Text("占通路的比例", "share of paths"),
        ),
        Part(
            "feasibility",
            Text("可行性", "feasibility"),
            density,
            density,
            weight.feasibility,
            Text("关联密度", "relatedness density"),
        ),
        Part(
            "availability",
            Text("可引进", "availability"),
            saturating(makers, half.makers),
            makers,
            weight.availability,
            Text("家外地生产企业", "makers elsewhere"),
            half.makers,
        ),
        Part(
            "fragility",
            Text("脆弱性", "fragility"),
            fragility,
            fragility,
            weight.fragility,
            Text("HHI", "HHI"),
        ),
        Part(
            "certainty",
            Text("把握", "certainty"),
            certain,
            certain,
            weight.certainty,
            Text("概率", "probability"),
        ),
    ]


def _fragility(hhi: Floats, makers_elsewhere: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        elsewhere = np.where(makers_elsewhere > 0, 1 / makers_elsewhere, np.nan)
    return np.where(np.isnan(hhi), elsewhere, hhi)
