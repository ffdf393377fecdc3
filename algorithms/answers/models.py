"""Answers as people and machines get them: numbers with their units, claims with their facts."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ...graph.snapshot import Coverage
from ..evidence import Fact


class Answer(BaseModel):
    """What all answers have in common: they do not change once given."""

    model_config = ConfigDict(frozen=True)


class Ref(Answer):
    """A node by key and name."""

    id: str
    name: str


class Term(Answer):
    """A word of the model: its code and how it reads in the language in force."""

    code: str
    text: str


class ScopeAnswer(Answer):
    """What the question was about."""

    kind: str = Field(description="region or cluster")
    id: str
    name: str
    chain: Ref | None = Field(description="the chain, where one was named")


class SnapshotAnswer(Answer):
    """Which snapshot answered, and for which day."""

    number: int
    date: datetime.date
    as_of: datetime.date | None = Field(description="the day asked for; None for now")


class PartAnswer(Answer):
    """One part of a score."""

    name: str
    text: str
    value: float | None = Field(description="0 to 1; None: no data, left out of the mean")
    raw: float | None = Field(description="the figure behind the value")
    basis: str = Field(description="what the raw figure is, or its unit")
    weight: float
    half: float | None = Field(
        description="the raw figure at which the value is one half, where it saturates"
    )
    figures: dict[str, float | None] = Field(description="further figures the value is made of")


class ScoreAnswer(Answer):
    """score = Σ weight · value / Σ weight over the parts that have a value."""

    score: float | None
    parts: list[PartAnswer]


class NearestAnswer(Answer):
    """Where the nearest makers outside the scope are."""

    level: str = Field(description="city, province, country, abroad, unplaced or nowhere")
    text: str
    count: int = Field(description="makers at that level; 0 where only statistics speak of it")
    outside: int = Field(description="makers outside the scope in the whole graph")


class MakersAnswer(Answer):
    """Who makes a product, here and elsewhere."""

    local: int
    titled: int = Field(description="local makers with any title")
    national: int = Field(description="local makers with a national title")
    by_statistics: bool = Field(
        description="no enterprise is on record; the region's statistics say so"
    )
    hhi: float | None = Field(description="Herfindahl-Hirschman index of the local makers, 0 to 1")
    nearest: NearestAnswer


class RateAnswer(Answer):
    """The local content rate 本地配套率."""

    value: float | None = Field(description="0 to 1; None where not known")
    basis: str = Field(description="observed, upper_bound or none")


class QuotientAnswer(Answer):
    """The location quotient."""

    value: float | None
    basis: str = Field(description="output, count, statistics or empty")


class WorkingAnswer(Answer):
    """How one figure came about: put the terms into the formula and get the result."""

    name: str
    text: str
    formula: str
    terms: list[dict[str, str | float | None]]
    result: float


class GapAnswer(Answer):
    """How one product stands in the scope."""

    product: Ref
    stage: str | None
    tier: int | None
    group: str | None
    key: bool = Field(description="a key link of the chain")
    status: Term
    kinds: list[Term] = Field(description="fill 补链, strengthen 强链, extend 延链")
    is_break: bool = Field(description="断点: an input and a user of it are made here, it is not")
    reasons: list[Term]
    certainty: float | None = Field(
        description="the chance that there is no maker beyond those on record; "
        "None: nobody anywhere is on record"
    )
    users: int = Field(description="local enterprises that make something it goes into")
    need: float | None = Field(description="yuan a year")
    supply: float | None = Field(description="yuan a year")
    potential: float | None = Field(
        description="local supply of its essential inputs, yuan a year: what could be "
        "processed here"
    )
    makers: MakersAnswer
    local_rate: RateAnswer
    location_quotient: QuotientAnswer
    action: Term
    other_actions: list[Term]
    priority: ScoreAnswer
    evidence: list[Fact]
    workings: list[WorkingAnswer] = Field(
        default=[], description="given where one product is explained"
    )


class ScopeCoverage(Coverage):
    """How much of the scope is known."""


class ChainRate(Answer):
    """The local content rate of a chain: the spending-weighted mean over its products."""

    value: float | None
    covered: float | None = Field(description="part of the spending for which a rate is known")


class GapsAnswer(Answer):
    """What a scope lacks."""

    scope: ScopeAnswer
    snapshot: SnapshotAnswer
    coverage: ScopeCoverage
    local_rate: ChainRate
    counts: dict[str, int] = Field(description="products looked at, by status")
    total: int = Field(description="gaps that were asked for, in all pages together")
    gaps: list[GapAnswer]

    def frame(self) -> Any:
        """Return the gaps as a pandas frame, one row a gap."""
        from .frames import gaps_frame

        return gaps_frame(self)


class ExplainAnswer(Answer):
    """How one product stands in a scope, with the workings of every figure."""

    scope: ScopeAnswer
    snapshot: SnapshotAnswer
    coverage: ScopeCoverage
    explained: GapAnswer


class GateAnswer(Answer):
    """Why an enterprise that makes the product is not among the targets."""

    enterprise: Ref
    gate: Term
    because: str


class TargetAnswer(Answer):
    """An enterprise to call."""

    enterprise: Ref
    home: Ref | None
    makes: Ref = Field(description="the product it makes: the one sought, or the nearest to it")
    exact: bool = Field(description="it makes the product sought itself")
    score: float | None
    parts: list[PartAnswer]
    gates: list[Term] = Field(description="the gates that it was put to and passed")
    linked: list[Ref] = Field(description="local enterprises it trades or shares owners with")
    why: str = Field(description="the reasons in one sentence")
    evidence: list[Fact]


class TargetsAnswer(Answer):
    """Whom to call for a product in a scope."""

    scope: ScopeAnswer
    snapshot: SnapshotAnswer
    coverage: ScopeCoverage
    product: Ref
    status: Term
    demand: list[Fact] = Field(description="who here makes what the product goes into")
    rivals: list[Ref] = Field(description="other regions with the same gap and more pull")
    total: int = Field(description="targets in all pages together")
    targets: list[TargetAnswer]
    excluded: list[GateAnswer]

    def frame(self) -> Any:
        """Return the targets as a pandas frame, one row a target."""
        from .frames import targets_frame

        return targets_frame(self)


class Shortlist(Answer):
    """Whom to call for the most urgent gaps of a scope: for each gap its best targets."""

    snapshot: SnapshotAnswer
    shortlist: list[TargetsAnswer]


class EnterpriseAnswer(Answer):
    """What is known of an enterprise."""

    enterprise: Ref
    snapshot: SnapshotAnswer
    properties: dict[str, Any]
    facts: list[Fact]


class ChangeAnswer(Answer):
    """One product whose status differs between two answers."""

    product: Ref
    before: Term | None
    after: Term | None
    change: str = Field(description="opened, closed or changed")
    by: list[Fact] = Field(description="facts that are new since then and bear on it")


class ProjectChange(Answer):
    """A project of the scope that is new, or has come to another stage."""

    project: Ref
    enterprise: Ref | None
    region: Ref | None
    product: Ref | None = Field(description="the product that it fills")
    before: str | None = Field(description="its stage before; None where it is new")
    after: str | None = Field(description="lead, talks, signed, building, operating or ended")
    description: str | None


class ChangesAnswer(Answer):
    """What changed in a scope between two snapshots, or between two days."""

    scope: ScopeAnswer
    before: SnapshotAnswer
    after: SnapshotAnswer
    changes: list[ChangeAnswer]
    projects: list[ProjectChange]


class TargetChange(Answer):
    """An enterprise that has come among the first targets for a gap, or is no more among them."""

    product: Ref
    enterprise: Ref
    change: str = Field(description="entered or left")
    score: float | None = Field(description="its score, 0 to 1; the last one where it left")
