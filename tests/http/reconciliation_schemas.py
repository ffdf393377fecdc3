"""What the Reconciliation Service API 0.2 demands of messages, as JSON Schemas.

Written down anew, constraint by constraint, after the specification and its schemas by the W3C
Entity Reconciliation Community Group: https://reconciliation-api.github.io/specs/0.2/. Stricter
where the specification's text is stricter than its schemas: ids and names are not empty, results
fall in score.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WORD: Schema = {"type": "string", "minLength": 1}
URI: Schema = {"type": "string", "pattern": "^https?://"}
WITH_ID: Schema = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}


def record(required: dict[str, Schema], also: dict[str, Schema] | None = None) -> Schema:
    """An object with these fields; others are left alone."""
    return {
        "type": "object",
        "properties": required | (also or {}),
        "required": sorted(required),
    }


def exactly(**fields: Schema) -> Schema:
    """An object with these fields and no others."""
    return record(fields) | {"additionalProperties": False}


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def by_key(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


NAMED = record({"id": WORD, "name": WORD}, {"description": TEXT})
TYPE = record({"id": WORD, "name": WORD}, {"description": TEXT, "broader": listed(NAMED)})
TYPE_REFERENCE: Schema = {"anyOf": [WORD, record({"id": WORD}, {"name": TEXT})]}
PLACE = record({"service_url": URI, "service_path": TEXT}, {"flyout_service_path": TEXT})
VIEW = record({"url": WITH_ID})

MANIFEST = record(
    {
        "versions": listed(TEXT) | {"contains": {"const": "0.2"}},
        "name": WORD,
        "identifierSpace": URI,
        "schemaSpace": URI,
    },
    {
        "documentation": URI,
        "serviceVersion": TEXT,
        "logo": URI,
        "batchSize": {"type": "integer", "minimum": 1},
        "defaultTypes": listed(TYPE) | {"uniqueItems": True},
        "view": VIEW,
        "feature_view": VIEW,
        "preview": record(
            {"url": WITH_ID, "width": {"type": "integer"}, "height": {"type": "integer"}}
        ),
        "suggest": {
            "type": "object",
            "properties": {"entity": PLACE, "type": PLACE, "property": PLACE},
            "additionalProperties": False,
        },
        "extend": record({}, {"propose_properties": PLACE, "property_settings": {"type": "array"}}),
        "authentication": {
            "anyOf": [
                exactly(type={"const": "basic"}),
                exactly(
                    type={"const": "apiKey"}, name=WORD, **{"in": {"enum": ["header", "query"]}}
                ),
            ]
        },
    },
)

CANDIDATE = record(
    {"id": WORD, "name": WORD, "score": {"type": "number"}},
    {
        "description": TEXT,
        "match": {"type": "boolean"},
        "type": listed(TYPE_REFERENCE),
        "features": listed(record({"id": WORD, "value": {"type": ["boolean", "number"]}})),
    },
)
RESULTS = by_key(record({"result": listed(CANDIDATE)}))

ENTITIES = record(
    {"result": listed(record({"id": WORD, "name": WORD}, {"notable": listed(TYPE_REFERENCE)}))}
)
PROPERTIES = record({"result": listed(NAMED)})
TYPES = record({"result": listed(TYPE)})
PROPOSAL = record(
    {"type": WORD, "properties": listed(NAMED)}, {"limit": {"type": "integer", "minimum": 1}}
)

_MOMENT = r"^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])(:[0-5]\d){2}"
CELL: Schema = {
    "oneOf": [
        exactly(),
        exactly(id=WORD, name=WORD),
        exactly(str=TEXT),
        exactly(float={"type": "number"}),
        exactly(int={"type": "integer"}),
        exactly(date={"type": "string", "pattern": _MOMENT}),
    ]
}
EXTENSION = record(
    {
        "meta": listed(
            record(
                {"id": WORD, "name": WORD},
                {"type": record({"id": WORD}, {"name": TEXT}), "service": URI},
            )
        ),
        "rows": by_key(by_key(listed(CELL))),
    }
)
