"""The service itself: health, readiness, version, metrics, and what its problems mean."""

from __future__ import annotations

import os
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from pydantic import BaseModel, Field

from .... import __version__
from ....errors import NotKnownError
from ....text import Text
from ..auth.access import Reader
from ..problems import KINDS, documented
from ..service import Here

router = APIRouter(tags=["service"])

_NO_KIND = Text("没有叫“{name}”的问题类型", "there is no kind of problem called “{name}”")


class Health(BaseModel):
    """The process lives."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """Whether questions can be answered now."""

    status: Literal["ready", "empty", "draining"] = Field(
        description="empty: no snapshot is published yet; draining: about to stop"
    )
    snapshot: int | None = Field(description="number of the newest snapshot")


class Version(BaseModel):
    """Which program answers."""

    lianpu: str
    api: str = Field(description="v1")
    demo: bool = Field(description="example data and no keys: never for real use")


class KindAnswer(BaseModel):
    """A kind of problem."""

    name: str
    status: int
    zh: str
    en: str


@router.get("/v1/health", operation_id="get_health", response_model=Health)
async def get_health() -> Health:
    """Tell that the process lives."""
    return Health(status="ok")


@router.get(
    "/v1/ready",
    operation_id="get_readiness",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "not ready"}},
)
def get_readiness(service: Here, response: Response) -> Readiness:
    """Tell whether questions can be answered now."""
    newest = service.newest()
    if service.draining or newest is None:
        response.status_code = 503
    if service.draining:
        return Readiness(status="draining", snapshot=newest)
    return Readiness(status="empty" if newest is None else "ready", snapshot=newest)


@router.get("/v1/version", operation_id="get_version", response_model=Version)
async def get_version(service: Here) -> Version:
    """Tell which program answers."""
    return Version(lianpu=__version__, api="v1", demo=service.demo)


@router.get(
    "/problems/{name}",
    operation_id="get_problem_kind",
    response_model=KindAnswer,
    responses=documented(404, 422),
)
async def get_problem_kind(name: Annotated[str, Path(max_length=50)]) -> KindAnswer:
    """Explain a kind of problem: where the `type` of a problem leads."""
    for kind in KINDS:
        if kind.name == name:
            return KindAnswer(
                name=kind.name, status=kind.status, zh=kind.title.zh, en=kind.title.en
            )
    raise NotKnownError(_NO_KIND.fill(name=name))


@router.get(
    "/metrics",
    operation_id="get_metrics",
    response_class=Response,
    responses=documented(401, 403)
    | {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics(_: Reader) -> Response:
    """Give figures of the service in the form of Prometheus."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
