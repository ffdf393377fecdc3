"""The answers of matching."""

from __future__ import annotations

import datetime

from pydantic import Field

from ..answers.models import Answer, Ref, SnapshotAnswer

Value = str | int | float | bool | datetime.date | Ref


class Match(Answer):
    """An enterprise or product that a name may mean."""

    id: str
    name: str
    label: str = Field(description="Enterprise or Product")
    description: str = Field(description="what tells it from others of that name")
    score: float = Field(description="0 to 1")
    sure: bool = Field(description="good enough to be taken, and no other one comes near")
    features: dict[str, float | bool] = Field(
        description="what the score is made of: parts 0 to 1, and which hints agree"
    )


class MatchesAnswer(Answer):
    """What a name may mean, the best first."""

    snapshot: SnapshotAnswer
    matches: list[Match]


class Start(Answer):
    """An enterprise or product whose name begins with, or holds, what was typed."""

    id: str
    name: str
    label: str = Field(description="Enterprise or Product")
    description: str


class StartsAnswer(Answer):
    """What somebody may be typing."""

    snapshot: SnapshotAnswer
    starts: list[Start]


class AttributesAnswer(Answer):
    """What is known of several enterprises or products."""

    snapshot: SnapshotAnswer
    values: dict[str, dict[str, list[Value]]] = Field(
        description="by id and attribute; an empty list where nothing is known"
    )
