"""The manifest: what the reconciliation service is and where its parts are."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from .... import __version__
from ....graph.schema import SCHEMA
from ....text import Text
from ..service import Service
from ..stack.crossing import key_in_path

BATCH = 50
"""Queries in one batch at the most."""
_NAME = Text("链谱 企业与产品", "Lianpu enterprises and products")
_SCHEME = {"type": "apiKey", "name": "Authorization", "in": "header"}
WIDTH, HEIGHT = 420, 300


def types() -> list[dict[str, Any]]:
    """Return the types that names are matched with."""
    nodes = [SCHEMA.node(label) for label in ("Enterprise", "Product")]
    return [{"id": each.label, "name": str(each.title), "description": each.doc} for each in nodes]


def manifest(service: Service, request: Request) -> dict[str, Any]:
    """Return the manifest, with addresses as the one who asks reached the service."""
    key = key_in_path(request.scope)
    base = f"{request.base_url}reconcile" + (f"/{key}" if key else "")
    page = f"{base}/preview?id={{{{id}}}}"
    found: dict[str, Any] = {
        "versions": ["0.2"],
        "name": str(_NAME),
        "identifierSpace": f"{request.base_url}reconcile/id/",
        "schemaSpace": f"{request.base_url}reconcile/schema/",
        "documentation": "https://reconciliation-api.github.io/specs/0.2/",
        "serviceVersion": __version__,
        "defaultTypes": [{"id": each["id"], "name": each["name"]} for each in types()],
        "batchSize": BATCH,
        "view": {"url": page},
        "preview": {"url": page, "width": WIDTH, "height": HEIGHT},
        "suggest": {
            each: {"service_url": base, "service_path": f"/suggest/{each}"}
            for each in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/properties"},
            "property_settings": [],
        },
    }
    if not service.demo and not key:
        found["authentication"] = _SCHEME
    return found
