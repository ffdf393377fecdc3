"""Leads as they come in and go out."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ....algorithms.answers.models import Answer, Ref, Term
from ..reading.lists import NEXT
from ..reading.params import Name, Paged

Stage = Literal["lead", "talks", "signed", "building", "operating", "ended"]
_STAGE = "线索 lead, 洽谈 talks, 签约 signed, 开工 building, 投产 operating, 终止 ended"

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[^\x00]*$"),
]
Day = Annotated[
    datetime.date, Field(ge=datetime.date(1950, 1, 1), le=datetime.date(2100, 1, 1), strict=False)
]
Money = Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)]


class Contact(BaseModel):
    """Whom to speak to. Kept beside the lead, never in the graph."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    position: Name | None = Field(default=None, description="what they are there")
    phone: Name | None = None
    email: Name | None = None
    wechat: Name | None = None


class _Told(BaseModel):
    """What a CRM tells of a lead."""

    model_config = ConfigDict(extra="forbid")

    reason: Words | None = Field(
        default=None, description="why it was rejected or came to nothing; needed with `ended`"
    )
    investment: Money | None = Field(default=None, description="yuan")
    signed_on: Day | None = Field(default=None, description="today when it is `signed`")
    started_on: Day | None = Field(default=None, description="today when it is `building`")
    operating_on: Day | None = Field(default=None, description="today when it is `operating`")
    ended_on: Day | None = Field(default=None, description="today when it is `ended`")
    reference: Name | None = Field(default=None, description="the CRM's own id of it")
    note: Words | None = None
    contact: Contact | None = Field(
        default=None, description="of a person; needs the scope `contacts`"
    )


class LeadIn(_Told):
    """A target that is taken over, or with `ended` and a reason: turned down at once."""

    region: Name = Field(description="where it is to land: code or name", examples=["芜湖市"])
    product: Name = Field(description="what it is to make: id or name", examples=["动力电池"])
    enterprise: Name = Field(
        description="whom: 统一社会信用代码, id or name", examples=["国轩高科股份有限公司"]
    )
    stage: Stage = Field(default="lead", description=_STAGE)

    @model_validator(mode="after")
    def _ends_for_a_reason(self) -> Self:
        if self.stage == "ended" and not self.reason:
            raise ValueError("an ended lead needs a reason")
        return self


class LeadPatch(_Told):
    """What has changed; what is not named stays, null takes away."""

    stage: Stage | None = Field(default=None, description=_STAGE)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing is to be changed")
        if "stage" in self.model_fields_set and self.stage is None:
            raise ValueError("a lead is always at some stage")
        return self


class LeadAnswer(Answer):
    """A lead."""

    id: str
    version: int = Field(description="as in its ETag; counts up with every change")
    region: Ref
    product: Ref
    enterprise: Ref
    stage: Term = Field(description=_STAGE)
    reason: str | None = Field(description="why it came to nothing")
    investment: float | None = Field(description="yuan")
    signed_on: datetime.date | None
    started_on: datetime.date | None
    operating_on: datetime.date | None
    ended_on: datetime.date | None
    reference: str | None = Field(description="the CRM's own id of it")
    note: str | None
    contact: Contact | None = Field(description="null without the scope `contacts`")
    in_graph: bool = Field(description="whether a published snapshot holds this version")
    created: datetime.datetime
    updated: datetime.datetime


class LeadsPage(Answer):
    """A page of leads, the latest change first."""

    total: int
    leads: list[LeadAnswer]
    next: str | None = Field(description=NEXT)


class LeadChangeAnswer(Answer):
    """One version of a lead."""

    version: int
    stage: Term
    reason: str | None
    client: str = Field(description="who said so")
    at: datetime.datetime


class LeadHistory(Answer):
    """What became of a lead, the oldest first."""

    lead: str
    versions: list[LeadChangeAnswer]


class LeadsAsked(Paged):
    """Which leads."""

    region: Name | None = Field(default=None, description="in this region; code or name")
    stage: Stage | None = Field(default=None, description=_STAGE)
    enterprise: Name | None = Field(default=None, description="id, as in a lead")
    product: Name | None = Field(default=None, description="id, as in a lead")
    reference: Name | None = Field(default=None, description="the CRM's own id")
    updated_after: datetime.datetime | None = Field(
        default=None, description="changed since; a moment with its time zone, else UTC"
    )
