"""The OpenAPI document: what FastAPI derives from the routes, and what it cannot know."""

from __future__ import annotations

import json
from importlib import resources
from threading import Lock
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from .problems import Problem

DESCRIPTION = """What a local industrial chain lacks, how bad it is, whom to call, and why.

Every answer names the snapshot that it was read from; every figure has its parts, every fact its
source and day. *Unknown* is never shown as *absent*. Money is yuan, shares are 0 to 1.

Texts come in Chinese or English as `Accept-Language` asks. Lists come as JSON, CSV, XLSX or lines
of JSON as `Accept` asks. Refusals are problem+json (RFC 9457). See docs/api.md.
"""

TAGS = [
    {"name": "gaps", "description": "What a region or cluster lacks, and what changed"},
    {"name": "targets", "description": "Whom to call, and why"},
    {"name": "enterprises", "description": "Firms: search, profile, neighbourhood, paths"},
    {"name": "catalogue", "description": "Chains, products, regions, clusters, sources"},
    {"name": "leads", "description": "Firms taken over from the targets, and what became of them"},
    {"name": "imports", "description": "Spreadsheets handed in"},
    {"name": "reviews", "description": "Doubtful matches that a person decides"},
    {"name": "events", "description": "Webhooks: being told when something changes"},
    {"name": "access", "description": "Clients, keys, tokens, the audit log"},
    {"name": "crm", "description": "Targets and leads with the headers of a CRM"},
    {"name": "reconciliation", "description": "OpenRefine Reconciliation API 0.2"},
    {"name": "service", "description": "Health, version, metrics"},
]

_COMMON: dict[str, str] = {
    "X-Request-Id": "id of the request, as in the log",
    "RateLimit": "requests left, and the seconds until the count starts anew",
    "RateLimit-Policy": "requests a minute",
}
_OF_ANSWERS: dict[str, str] = {
    "ETag": "names the snapshot and the question; send it back as If-None-Match",
    "X-Lianpu-Snapshot": "number of the snapshot that answered",
    "X-Lianpu-As-Of": "the day that the answer speaks of",
}


def use_document(app: FastAPI) -> None:
    """Let an application give the completed document."""
    lock = Lock()

    def document() -> dict[str, Any]:
        # While it is made, parts of the routes are filled in: two at a time would trip each other.
        with lock:
            if app.openapi_schema is None:
                app.openapi_schema = _document(app)
            return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        webhooks=app.webhooks.routes,
    )
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["examples"] = [_example("problem")]
    found["components"]["schemas"] |= schema.pop("$defs") | {"Problem": schema}
    for path in found["paths"].values():
        for method, operation in path.items():
            _complete(method, operation)
            _exemplify(operation)
    for webhook in found["webhooks"].values():
        _exemplify(webhook["post"])
    return found


def _complete(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    # FastAPI documents its own form of a 422, which is not given here.
    if "HTTPValidationError" in json.dumps(responses.get("422", {})):
        responses["422"] = _problem("the request does not fit the document")
    for status, titled in (("429", "too many requests"), ("503", "busy; see Retry-After")):
        responses.setdefault(status, _problem(titled))
    for status, response in responses.items():
        headers = response.setdefault("headers", {})
        reading = method == "get" and status == "200"
        for name, text in (_COMMON | (_OF_ANSWERS if reading else {})).items():
            headers.setdefault(name, {"description": text, "schema": {"type": "string"}})
    if method == "get" and "429" in responses:
        responses.setdefault("304", {"description": "as If-None-Match knows it"})
    if method == "get" and not operation["operationId"].startswith(("get_health", "get_read")):
        responses.setdefault("406", _problem("no such format"))
    if method == "post":
        _idempotent(operation)


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


def _exemplify(operation: dict[str, Any]) -> None:
    """Show what is asked and what is answered, where that is text."""
    asked = _example(f"{operation['operationId']}.request")
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if asked is not None:
            content["example"] = asked
    answered = _example(operation["operationId"])
    good = next(each for status, each in operation["responses"].items() if status[0] == "2")
    if answered is not None:
        good["content"][_form_of(answered, good["content"])]["example"] = answered


def _form_of(example: Any, content: dict[str, Any]) -> str:
    """Return the form that an example is in: JSON, else the first that is text."""
    if not isinstance(example, str):
        return "application/json"
    return next(form for form in content if form.startswith("text/"))


def _idempotent(operation: dict[str, Any]) -> None:
    parameters: list[dict[str, Any]] = operation.setdefault("parameters", [])
    parameters.append(
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "your own id of this request: sent again, the same answer comes back",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
        }
    )
    operation["responses"].setdefault("409", _problem("the key cannot be used again so"))


def _example(operation: str) -> Any:
    """Return a real answer of the example data, as tools/write_examples.py kept it."""
    file = resources.files("lianpu.api.http") / "examples" / f"{operation}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
