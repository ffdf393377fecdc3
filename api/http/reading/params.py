"""What can be asked of every list and answer. An unknown name is refused: it is a slip."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from ....errors import BadInputError
from ....text import Text

_BAD_ORDER = Text("不能按“{name}”排序，可用：{names}", "cannot sort by “{name}”: {names}")

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$"),
]
"""A name, code or id."""

MOST = 1000
"""The largest page."""


def split(value: object) -> object:
    """Take "a,b" as well as a=1&a=2."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list):
        return [word for each in value for word in str(each).split(",") if word]
    return value


def _day(value: object) -> object:
    """A day, not a moment or a number of seconds."""
    return value if value is None or isinstance(value, datetime.date) else str(value)[:11]


class Asked(BaseModel):
    """Of which snapshot and day."""

    model_config = ConfigDict(extra="forbid")

    snapshot: int | None = Field(
        default=None, ge=1, le=999_999, description="number of the snapshot; the newest by default"
    )
    as_of: Annotated[datetime.date | None, BeforeValidator(_day)] = Field(
        default=None,
        ge=datetime.date(1950, 1, 1),
        le=datetime.date(2100, 1, 1),
        description="the day whose facts count; now by default",
    )


class Scoped(Asked):
    """In which region or cluster."""

    region: Name | None = Field(
        default=None, description="code or name of a region; this or cluster", examples=["芜湖市"]
    )
    cluster: Name | None = Field(
        default=None, description="id or name of a cluster; this or region"
    )


class Paged(BaseModel):
    """Which page, in which order, with which fields."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=50, ge=1, le=MOST, description="rows of a page")
    cursor: str | None = Field(
        default=None, max_length=200, description="`next` of the page before; as it is"
    )
    fields: Annotated[list[str] | None, BeforeValidator(split)] = Field(
        default=None,
        max_length=50,
        description="only these fields of each row, such as `product,priority.score`",
    )


class Sorted(Paged):
    """A page of a list that can be sorted."""

    sort: Annotated[list[str] | None, BeforeValidator(split)] = Field(
        default=None,
        max_length=5,
        description="what to sort by, the first first; a minus in front for falling",
    )

    def order(self, allowed: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
        """Return the order asked for as (name, falling).

        Raises
        ------
        BadInputError
            The list cannot be sorted by one of the names.
        """
        found = tuple((each.removeprefix("-"), each.startswith("-")) for each in self.sort or ())
        for name, _ in found:
            if name not in allowed:
                raise BadInputError(_BAD_ORDER.fill(name=name, names=", ".join(allowed)))
        return found


Words = Annotated[list[str], BeforeValidator(split)]
"""Several words: `status=weak,missing` or `status=weak&status=missing`."""
