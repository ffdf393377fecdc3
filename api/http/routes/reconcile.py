"""OpenRefine's Reconciliation API 0.2 under /reconcile, over enterprises and products.

https://reconciliation-api.github.io/specs/0.2/
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from ..problems import documented
from ..reconciling import asking, giving
from ..reconciling.manifest import manifest
from ..reconciling.preview import CONTENT_POLICY, preview_page
from ..service import Here

router = APIRouter(
    prefix="/reconcile", tags=["reconciliation"], responses=documented(401, 403, 422)
)

Batch = Annotated[
    str | None,
    Query(description='queries by key, as JSON: {"q0": {"query": "宁德时代"}}', max_length=100_000),
]
Extend = Annotated[
    str | None,
    Query(description='as JSON: {"ids": ["…"], "properties": [{"id": "region"}]}'),
]
Callback = Annotated[
    str | None,
    Query(
        description="JSONP, for clients without CORS; never in demo mode",
        pattern=r"^[A-Za-z_$][A-Za-z0-9_$.]{0,99}$",
    ),
]
Typed = Annotated[str, Query(description="what was typed", max_length=200, pattern=r"^[^\x00]*$")]
Skipped = Annotated[int, Query(description="how many to skip", ge=0, le=10_000)]

_JSON: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/javascript": {"schema": {"type": "string"}},
        }
    }
}


@router.get(
    "",
    operation_id="get_reconciliation",
    response_class=Response,
    responses=_JSON | documented(413),
)
def get_reconciliation(
    service: Here,
    request: Request,
    queries: Batch = None,
    extend: Extend = None,
    callback: Callback = None,
) -> Response:
    """Give the manifest; with `queries` candidates for names; with `extend` what is known."""
    if queries is None and extend is None:
        return giving.given(service, manifest(service, request), callback)
    asking.ensure_reads(request)
    return giving.given(service, asking.answer(service, queries, extend), callback)


@router.post(
    "",
    operation_id="reconcile",
    response_class=Response,
    responses=_JSON | documented(413),
)
def reconcile(
    service: Here,
    request: Request,
    queries: Annotated[str | None, Form(description="as in GET")] = None,
    extend: Annotated[str | None, Form(description="as in GET")] = None,
) -> Response:
    """Give candidates for a batch of names (`queries`), or what is known of ids (`extend`)."""
    asking.ensure_reads(request)
    return giving.given(service, asking.answer(service, queries, extend), None)


@router.get(
    "/suggest/entity",
    operation_id="suggest_entities",
    response_class=Response,
    responses=_JSON,
)
def suggest_entities(
    service: Here,
    request: Request,
    prefix: Typed = "",
    cursor: Skipped = 0,
    callback: Callback = None,
) -> Response:
    """Suggest enterprises and products while somebody types."""
    asking.ensure_reads(request)
    return giving.given(service, asking.entities(service, prefix, cursor), callback)


@router.get("/suggest/type", operation_id="suggest_types", response_class=Response, responses=_JSON)
def suggest_types(
    service: Here,
    request: Request,
    prefix: Typed = "",
    cursor: Skipped = 0,
    callback: Callback = None,
) -> Response:
    """Suggest types: enterprise 企业, product 产品."""
    asking.ensure_reads(request)
    return giving.given(service, asking.types(prefix, cursor), callback)


@router.get(
    "/suggest/property",
    operation_id="suggest_properties",
    response_class=Response,
    responses=_JSON,
)
def suggest_properties(
    service: Here,
    request: Request,
    prefix: Typed = "",
    cursor: Skipped = 0,
    callback: Callback = None,
) -> Response:
    """Suggest properties."""
    asking.ensure_reads(request)
    return giving.given(service, asking.properties(prefix, cursor), callback)


@router.get(
    "/properties", operation_id="propose_properties", response_class=Response, responses=_JSON
)
def propose_properties(
    service: Here,
    request: Request,
    type: Annotated[str, Query(description="Enterprise or Product", max_length=100)] = "Enterprise",
    limit: Annotated[int | None, Query(ge=1, le=1000)] = None,
    callback: Callback = None,
) -> Response:
    """Propose the properties that a type can be extended with."""
    asking.ensure_reads(request)
    return giving.given(service, asking.proposed(type, limit), callback)


@router.get(
    "/preview",
    operation_id="preview_entity",
    response_class=Response,
    responses=documented(404) | {200: {"content": {"text/html": {"schema": {"type": "string"}}}}},
)
def preview_entity(
    service: Here,
    request: Request,
    id: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")],
) -> Response:
    """Show an enterprise or product in a few lines of HTML."""
    asking.ensure_reads(request)
    page = preview_page(service.atlas, id)
    return Response(page, media_type="text/html", headers=CONTENT_POLICY)
