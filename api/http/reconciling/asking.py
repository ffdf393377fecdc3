"""What is asked: batches of names, ids to be extended, letters typed."""

from __future__ import annotations

import datetime
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, TypeAdapter
from pydantic import ValidationError as Invalid
from starlette.requests import Request

from ....algorithms.answers.models import Ref
from ....algorithms.matching import ATTRIBUTES, LABELS, Attribute, Hint, MatchAsked
from ....algorithms.matching.models import Value
from ....errors import BadInputError
from ....graph.schema import SCHEMA
from ....text import Text
from ...operational.clients import Granted
from ..problems import ForbiddenError, TooLargeError, UnauthorisedError
from ..service import Service
from .manifest import BATCH
from .manifest import types as all_types

MOST = 100
"""Candidates of one query, and suggestions of one page, at the most."""
SUGGESTED = 20
_MOST_IDS = 1000
_NO_KEY = Text("需要密钥或访问令牌", "a key or an access token is needed")
_NO_SCOPE = Text("需要权限 read", "the scope read is needed")
_NEITHER = Text("请给出 queries 或 extend", "give queries or extend")
_BAD = Text("{name} 不可用：{where}：{why}", "{name} cannot be used: {where}: {why}")
_MANY = Text("一次最多 {most} 项，这里有 {given} 项", "at most {most} at a time, not {given}")


class Reference(BaseModel):
    """A value that was matched before."""

    id: str
    name: str | None = None


Given = StrictStr | StrictBool | int | float | Reference


class PropertyGiven(BaseModel):
    """A further column of the row that is matched."""

    pid: str
    v: Given | list[Given] | None


class QueryGiven(BaseModel):
    """One name to be matched."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[str, Field(max_length=500)] = ""
    type: str | list[str] | None = None
    limit: float | None = Field(default=None, gt=0)
    properties: list[PropertyGiven] = []
    type_strict: Literal["any", "should", "all"] | None = None

    def asked(self) -> MatchAsked:
        """Return it as a question of the atlas; types that do not exist have no candidates."""
        wanted = [self.type] if isinstance(self.type, str) else self.type or list(LABELS)
        return MatchAsked(
            text=self.query.strip(),
            labels=tuple(label for label in LABELS if label in wanted),
            hints=tuple(Hint(p.pid, _words(p.v)) for p in self.properties if _words(p.v)),
            limit=min(MOST, int(self.limit or 5) or 1),
        )


class PropertyAsked(BaseModel):
    """A column that is asked for."""

    id: str


class ExtendGiven(BaseModel):
    """Ids, and what is asked of them."""

    ids: list[str]
    properties: list[PropertyAsked]


_BATCH = TypeAdapter(dict[str, QueryGiven])
_EXTEND = TypeAdapter(ExtendGiven)


def ensure_reads(request: Request) -> None:
    """Refuse who may not read.

    Raises
    ------
    UnauthorisedError
        No key was shown.
    ForbiddenError
        It is not good for reading.
    """
    caller: Granted | None = request.state.caller
    if caller is None:
        raise UnauthorisedError(_NO_KEY)
    if not caller.may("read"):
        raise ForbiddenError(_NO_SCOPE)


def answer(service: Service, queries: str | None, extend: str | None) -> dict[str, Any]:
    """Return candidates for a batch of names, or what is known of ids.

    Raises
    ------
    BadInputError
        Neither was given, or not as the specification says.
    TooLargeError
        More than the manifest allows.
    """
    if queries is not None:
        batch: dict[str, QueryGiven] = _read(_BATCH, queries, "queries")
        _ensure_few(len(batch), BATCH)
        return {key: {"result": _candidates(service, each)} for key, each in batch.items()}
    if extend is not None:
        asked: ExtendGiven = _read(_EXTEND, extend, "extend")
        _ensure_few(len(asked.ids), _MOST_IDS)
        return _extended(service, asked)
    raise BadInputError(_NEITHER)


def entities(service: Service, prefix: str, cursor: int) -> dict[str, Any]:
    """Return enterprises and products that may be being typed."""
    found = service.atlas.starts(prefix, limit=SUGGESTED, offset=cursor).starts if prefix else []
    return {
        "result": [
            {
                "id": each.id,
                "name": each.name,
                "description": each.description,
                "notable": [{"id": each.label, "name": str(SCHEMA.node(each.label).title)}],
            }
            for each in found
        ]
    }


def types(prefix: str, cursor: int) -> dict[str, Any]:
    """Return the types whose name or id holds a text."""
    return {"result": _holding(all_types(), prefix)[cursor:]}


def properties(prefix: str, cursor: int) -> dict[str, Any]:
    """Return the properties whose name or id holds a text."""
    return {"result": _holding(_described(LABELS), prefix)[cursor:]}


def proposed(label: str, limit: int | None) -> dict[str, Any]:
    """Return the properties of a type."""
    found = [{"id": each["id"], "name": each["name"]} for each in _described((label,))]
    return {"type": label, "properties": found[:limit]} | ({"limit": limit} if limit else {})


def _candidates(service: Service, query: QueryGiven) -> list[dict[str, Any]]:
    found = service.atlas.matches(query.asked()).matches
    return [
        {
            "id": each.id,
            "name": each.name,
            "description": each.description,
            "score": round(each.score * 100, 2),
            "match": each.sure,
            "type": [{"id": each.label, "name": str(SCHEMA.node(each.label).title)}],
            "features": [{"id": name, "value": value} for name, value in each.features.items()],
        }
        for each in found
    ]


def _extended(service: Service, asked: ExtendGiven) -> dict[str, Any]:
    known = {each.name: each for each in reversed(ATTRIBUTES)}
    wanted = [
        known[name] for name in dict.fromkeys(p.id for p in asked.properties) if name in known
    ]
    found = service.atlas.attributes(asked.ids, [each.name for each in wanted])
    return {
        "meta": [_meta(each) for each in wanted],
        "rows": {
            key: {name: [_cell(value) for value in values] for name, values in row.items()}
            for key, row in found.values.items()
        },
    }


def _meta(each: Attribute) -> dict[str, Any]:
    of = {"type": {"id": each.of, "name": str(SCHEMA.node(each.of).title)}} if each.of else {}
    return {"id": each.name, "name": str(each.title)} | of


def _cell(value: Value) -> dict[str, Any]:
    if isinstance(value, Ref):
        return {"id": value.id, "name": value.name}
    if isinstance(value, bool):
        return {"str": "true" if value else "false"}
    if isinstance(value, int):
        return {"int": value}
    if isinstance(value, float):
        return {"float": value}
    if isinstance(value, datetime.date):
        return {"date": f"{value.isoformat()}T00:00:00Z"}
    return {"str": value}


def _described(labels: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the properties of types; one that both types have stands once."""
    found: dict[str, dict[str, str]] = {}
    for each in ATTRIBUTES:
        if each.label in labels:
            entry = {"id": each.name, "name": str(each.title)}
            found.setdefault(each.name, entry | ({"description": each.doc} if each.doc else {}))
    return list(found.values())


def _holding(found: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    low = text.strip().lower()
    return [each for each in found if low in each["id"].lower() or low in each["name"].lower()]


def _words(value: Given | list[Given] | None) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [] if value is None else [value]
    words = [each.id if isinstance(each, Reference) else str(each) for each in several]
    return tuple(word.strip() for word in words if word.strip())


def _read(adapter: TypeAdapter[Any], text: str, name: str) -> Any:
    try:
        return adapter.validate_python(json.loads(text))
    except Invalid as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInputError(_BAD.fill(name=name, where=where, why=first["msg"])) from None
    except (ValueError, RecursionError) as error:
        raise BadInputError(_BAD.fill(name=name, where="JSON", why=str(error))) from None


def _ensure_few(given: int, most: int) -> None:
    if given > most:
        raise TooLargeError(_MANY.fill(most=most, given=given))
