"""The application: its layers, its routes, its duties, its document. The registries are here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.types import Scope
from starlette_compress import CompressMiddleware

from ... import __version__
from ...settings import Settings
from ..operational import audit, open_database
from ..pages import add_pages
from .ahead import DUTY as AHEAD_DUTY
from .assistants import mount_assistants
from .document import DESCRIPTION, TAGS, use_document
from .duties import Duty, on_duty
from .events.announce import DUTY as ANNOUNCE_DUTY
from .events.deliver import DUTY as DELIVER_DUTY
from .events.webhooks import add_webhooks
from .handlers import add_handlers
from .imports.run import DUTY as IMPORTS_DUTY
from .leads.facts import DUTY as LEADS_DUTY
from .log import set_up_log
from .routes import (
    access,
    catalogue,
    crm,
    enterprises,
    events,
    gaps,
    imports,
    leads,
    reconcile,
    reviews,
    sheets,
    system,
    targets,
)
from .service import Service
from .stack.answers import Answers
from .stack.common import state_of
from .stack.crossing import CrossOrigin, KeyInPath
from .stack.entry import Entry
from .stack.guard import Deadline, Guard
from .stack.replies import Replies
from .stack.watch import Audit, Watch
from .telemetry import trace

READING: tuple[APIRouter, ...] = (
    gaps.router,
    targets.router,
    enterprises.router,
    catalogue.router,
    sheets.router,
    reconcile.router,
    crm.router,
)
WRITING: tuple[APIRouter, ...] = (
    leads.router,
    imports.router,
    reviews.router,
    access.router,
    access.tokens,
    events.router,
)
DUTIES: tuple[Duty, ...] = (
    LEADS_DUTY,
    IMPORTS_DUTY,
    ANNOUNCE_DUTY,
    DELIVER_DUTY,
    AHEAD_DUTY,
)
KEPT = (
    "/v1/chains",
    "/v1/products",
    "/v1/regions",
    "/v1/clusters",
    "/v1/sources",
    "/v1/coverage",
    "/v1/enterprises",
    "/v1/path",
    "/v1/gaps",
    "/v1/standings",
    "/v1/targets",
    "/v1/shortlist",
    "/v1/explain",
    "/v1/changes",
)
"""Paths whose answers are of a snapshot, and hold as long as it does."""


_UPKEEP_SECONDS = 5.0
_LOG = structlog.get_logger("lianpu.http")


def create_app(settings: Settings, *, demo: bool = False) -> FastAPI:
    """Return the service over a data folder.

    Parameters
    ----------
    demo : no key is needed. Only for loopback.
    """
    set_up_log(settings.http.log)
    service = Service(settings, open_database(settings), demo=demo)
    app = FastAPI(
        title="链谱 Lianpu",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        lifespan=_life,
        middleware=_layers(service),
        separate_input_output_schemas=False,
    )
    app.state.service = service
    add_handlers(app)
    for router in (*READING, *WRITING, system.router):
        app.include_router(router)
    app.state.assistants = mount_assistants(app, service)
    add_pages(app)
    add_webhooks(app)
    use_document(app)
    app.state.end_traces = trace(app)
    return app


def _layers(service: Service) -> list[Middleware]:
    """Return the layers, the outermost first."""
    http = service.settings.http
    return [
        Middleware(KeyInPath),
        Middleware(CrossOrigin, demo=service.demo),
        Middleware(Watch, language=service.settings.language, audit=_auditing(service)),
        Middleware(Guard, concurrency=http.concurrency, megabytes=http.body_megabytes),
        Middleware(
            Entry,
            doorman=service.doorman,
            rate=http.rate,
            storage=http.rate_storage,
            demo=service.demo,
        ),
        Middleware(
            Answers,
            current=service.newest,
            edition=service.edition,
            paths=KEPT,
            megabytes=http.answers_kept_megabytes,
        ),
        Middleware(Deadline, seconds=http.seconds),
        Middleware(CompressMiddleware),
        Middleware(Replies, database=service.database),
    ]


def _auditing(service: Service) -> Audit:
    async def audited(scope: Scope, status: int) -> None:
        caller = state_of(scope).get("caller")
        entry = audit.entry_of(
            caller.id if caller else None,
            caller.key if caller else None,
            scope["method"],
            scope["path"],
            status,
            state_of(scope)["request_id"],
            (scope.get("client") or (None,))[0],
        )
        await asyncio.to_thread(audit.note, service.database, entry)

    return audited


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncGenerator[None]:
    service: Service = app.state.service
    upkeep = asyncio.create_task(_keep_up(app, service))
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(on_duty(service, DUTIES))
            if assistants := app.state.assistants:
                await stack.enter_async_context(assistants.at_work())
            yield
            service.draining = True
            upkeep.cancel()
    finally:
        await asyncio.to_thread(service.doorman.note_uses)
        await asyncio.to_thread(app.state.end_traces)
        service.database.close()


async def _keep_up(app: FastAPI, service: Service) -> None:
    """Have ready what would make the first who asks wait; note when keys were used."""
    await asyncio.to_thread(app.openapi)
    while True:
        try:
            await asyncio.to_thread(_look_after, service)
        except Exception as error:
            _LOG.error("upkeep failed", exc_info=error)
        await asyncio.sleep(_UPKEEP_SECONDS)


def _look_after(service: Service) -> None:
    service.doorman.note_uses()
    if service.newest() is not None:
        service.atlas.index()
