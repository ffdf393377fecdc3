"""Enterprises: search, profile, neighbourhood, ways between two, and which regions need one."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BeforeValidator, Field

from ....algorithms.answers.models import EnterpriseAnswer
from ....algorithms.browse import EnterpriseFilter
from ....algorithms.browse.models import NeighbourhoodAnswer, PathAnswer
from ....algorithms.browse.neighbourhood import JOINING, RELATIONS
from ....algorithms.browse.search import KEYS
from ....errors import BadInputError
from ....text import Text
from ..auth.access import Reader
from ..pages import EnterprisesPage, OpeningsPage
from ..problems import documented
from ..reading.forms import one
from ..reading.lists import FORMS, Chosen, turn_of
from ..reading.params import Asked, Name, Paged, Sorted, split
from ..service import Here

router = APIRouter(prefix="/v1", tags=["enterprises"], responses=documented(401, 403, 404, 422))

Key = Annotated[Name, Path(description="统一社会信用代码, id, full or short name")]

_NO_RELATION = Text("没有关系“{name}”，可用：{names}", "there is no relation “{name}”: {names}")


class EnterprisesAsked(Sorted, Asked):
    """Which enterprises."""

    q: Name | None = Field(default=None, description="a code, or a part of a name")
    region: Name | None = Field(default=None, description="with their seat in this region")
    product: Name | None = Field(default=None, description="that make this, or a kind of it")
    title: Name | None = Field(default=None, description="that hold this title 资质")
    status: Literal["active", "abnormal", "suspended", "revoked", "closed"] | None = None


class NeighbourhoodAsked(Asked):
    """How far, along what."""

    steps: int = Field(default=1, ge=1, le=4, description="how many facts away")
    relations: Annotated[list[str] | None, BeforeValidator(split)] = Field(
        default=None, max_length=20, description=f"along which: {', '.join(RELATIONS)}"
    )
    limit: int = Field(default=200, ge=1, le=2000, description="nodes at the most")

    def wanted(self) -> tuple[str, ...]:
        """Return the relations that are asked for."""
        for name in self.relations or ():
            if name not in RELATIONS:
                raise BadInputError(_NO_RELATION.fill(name=name, names=", ".join(RELATIONS)))
        return tuple(self.relations or JOINING)


class PathAsked(Asked):
    """From whom to whom."""

    start: Name = Field(description="an enterprise: code, id or name")
    end: Name = Field(description="another one")
    most: int = Field(default=4, ge=1, le=6, description="facts at the most")


class OpeningsAsked(Paged, Asked):
    """Of which level."""

    level: Literal["province", "city", "county", "zone"] = Field(
        default="city", description="the level of the regions"
    )


@router.get(
    "/enterprises",
    operation_id="list_enterprises",
    response_model=EnterprisesPage | Chosen,
    responses=FORMS,
)
def list_enterprises(
    service: Here, _: Reader, request: Request, asked: Annotated[EnterprisesAsked, Query()]
) -> Response:
    """Find enterprises by code, name, place, product or title.

    Where none has the name looked for, `suggestions` gives those with a similar one. Exact names
    come first; or sorted by `name`, `revenue`.
    """
    turn = turn_of(service, request, asked, asked.snapshot, tuple(KEYS))
    wanted = EnterpriseFilter(asked.q, asked.region, asked.product, asked.title, asked.status)
    answer = service.atlas.enterprises(
        wanted, page=turn.page, as_of=asked.as_of, snapshot=turn.snapshot
    )
    return turn.give(EnterprisesPage, answer, "enterprises")


@router.get(
    "/enterprises/{enterprise}", operation_id="get_enterprise", response_model=EnterpriseAnswer
)
def get_enterprise(
    service: Here, _: Reader, request: Request, enterprise: Key, asked: Annotated[Asked, Query()]
) -> Response:
    """Give all that is known of an enterprise, each fact with source and day."""
    answer = service.atlas.enterprise(enterprise, as_of=asked.as_of, snapshot=asked.snapshot)
    return one(request, answer)


@router.get(
    "/enterprises/{enterprise}/neighbourhood",
    operation_id="get_neighbourhood",
    response_model=NeighbourhoodAnswer,
)
def get_neighbourhood(
    service: Here,
    _: Reader,
    request: Request,
    enterprise: Key,
    asked: Annotated[NeighbourhoodAsked, Query()],
) -> Response:
    """Give what is around an enterprise, `steps` facts far. Only enterprises lead on."""
    answer = service.atlas.neighbourhood(
        enterprise,
        steps=asked.steps,
        relations=asked.wanted(),
        limit=asked.limit,
        as_of=asked.as_of,
        snapshot=asked.snapshot,
    )
    return one(request, answer)


@router.get(
    "/enterprises/{enterprise}/openings",
    operation_id="list_openings",
    response_model=OpeningsPage | Chosen,
    responses=FORMS,
)
def list_openings(
    service: Here,
    caller: Reader,
    request: Request,
    enterprise: Key,
    asked: Annotated[OpeningsAsked, Query()],
) -> Response:
    """List which regions need what an enterprise makes, the most urgent first."""
    service.ensure_may_ask(caller, None, None)
    turn = turn_of(service, request, asked, asked.snapshot)
    answer = service.atlas.openings(
        enterprise, level=asked.level, page=turn.page, as_of=asked.as_of, snapshot=turn.snapshot
    )
    return turn.give(OpeningsPage, answer, "openings")


@router.get("/path", operation_id="get_path", response_model=PathAnswer)
def get_path(
    service: Here, _: Reader, request: Request, asked: Annotated[PathAsked, Query()]
) -> Response:
    """Give the fewest facts that join two enterprises: the evidence path."""
    answer = service.atlas.path(
        asked.start, asked.end, most=asked.most, as_of=asked.as_of, snapshot=asked.snapshot
    )
    return one(request, answer)
