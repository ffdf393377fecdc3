"""Leads as facts of the graph: each a project, with who, where and what it fills.

A lead counts once it is committed in the operational database. The duty here writes to the graph
what it does not hold yet, all leads that wait in one batch, so that a burst is one snapshot. What
a dead worker left undone is found by the versions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pyarrow as pa

from ....errors import StoreBusyError
from ....graph.schema import SCHEMA
from ....graph.store import Batch
from ....ingest.sources import SourceInfo
from ....text import Text
from ...operational import leads
from ...operational.leads import Lead
from ..duties import Duty
from ..graph import writing
from ..service import Service

_LABEL = Text("线索", "leads")
_PROJECT = Text("{enterprise}{region}{product}项目", "{enterprise}: {product} in {region}")
_CONFIDENCE = 0.9
_ENDS = {
    "UNDERTAKES": ("Enterprise", "enterprise"),
    "LANDED_IN": ("Region", "region"),
    "FILLS": ("Product", "product"),
}


async def step(service: Service) -> bool:
    """Write the leads that wait; another writer at work is waited for."""
    with suppress(StoreBusyError):
        await asyncio.to_thread(write_leads, service)
    return False


DUTY = Duty("leads", step, lambda service: service.settings.http.write_seconds)


def write_leads(service: Service) -> int:
    """Write the leads that the graph does not hold yet; return how many there were."""
    waiting = leads.unwritten(service.database)
    if not waiting:
        return 0
    versions = {each.id: each.version for each in waiting}
    with writing(service) as store:
        store.upsert(_batch(service, waiting))
    leads.mark_written(service.database, versions)
    return len(waiting)


def _batch(service: Service, waiting: list[Lead]) -> Batch:
    source = SourceInfo(str(_LABEL))
    known = {
        label: _known(service, label, {str(getattr(each, name)) for each in waiting})
        for label, name in _ENDS.values()
    }
    tables = {
        "Source": _table("Source", [{"id": source.id, "title": source.title}]),
        "Project": _table("Project", [_project(each, source.id) for each in waiting]),
    }
    for relation, (label, name) in _ENDS.items():
        rows = [
            _stated(each, source.id) | _pair(relation, each.id, known[label][getattr(each, name)])
            for each in waiting
            if getattr(each, name) in known[label]
        ]
        if rows:
            tables[relation] = _table(relation, rows)
    return Batch(_LABEL.zh, tables)


def _project(lead: Lead, source: str) -> dict[str, Any]:
    name = _PROJECT.zh.format(
        enterprise=lead.enterprise_name, region=lead.region_name, product=lead.product_name
    )
    return _stated(lead, source) | {
        "id": lead.id,
        "name": name,
        "stage": lead.stage,
        "investment": lead.investment,
        "signed_on": lead.signed_on,
        "started_on": lead.started_on,
        "operating_on": lead.operating_on,
        "ended_on": lead.ended_on,
        "description": lead.reason,
    }


def _stated(lead: Lead, source: str) -> dict[str, Any]:
    day = lead.updated.astimezone().date()
    return {"source": source, "as_of": day, "confidence": _CONFIDENCE}


def _pair(relation: str, lead: str, other: str) -> dict[str, str]:
    start, end = (other, lead) if relation == "UNDERTAKES" else (lead, other)
    return {"start": start, "end": end}


def _known(service: Service, label: str, keys: Iterable[str]) -> dict[str, str]:
    """Return the keys that nodes have now by the keys that leads remember.

    An enterprise may have got its code since then; a node that is gone is left out.
    """
    key = SCHEMA.node(label).key.name
    former = "OR list_has_any(former_ids, $keys::VARCHAR[])" if label == "Enterprise" else ""
    also = "former_ids" if label == "Enterprise" else "[]::VARCHAR[]"
    found = service.atlas.index().snapshot.table(
        f"SELECT {key} AS key, coalesce({also}, []) AS former "
        f'FROM "{label}" WHERE list_contains($keys::VARCHAR[], {key}) {former}',
        {"keys": [*keys]},
    )
    rows: list[dict[str, Any]] = found.to_pylist()
    before = {old: row["key"] for row in rows for old in row["former"]}
    return before | {row["key"]: row["key"] for row in rows}


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {each.name: each.kind.arrow for each in (*SCHEMA.by_name[name].columns, *SCHEMA.fact)}
    return pa.Table.from_pylist(rows, pa.schema([(each, kinds[each]) for each in rows[0]]))
