"""Taking rows over from another store as they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import neo4j
import pyarrow as pa

from ...schema import NodeType, RelationType
from .changes import Step, create_nodes, create_relations, create_versions, keep_ends
from .connection import Connection, text_of
from .lease import Lease
from .ledger import delete_all
from .rows import escaped

Type = NodeType | RelationType


def restore_rows(
    connection: Connection, lease: Lease, kind: Type, stated: pa.RecordBatchReader, size: int
) -> None:
    """Replace all rows of a type; what was cut short is begun again from an empty type."""
    clear(connection, kind)
    ended = bool(connection.read(text_of("has_ended"))[0][0])
    for step in _steps(kind, stated, size, ended):
        connection.writing(partial(_take, step=step, lease=lease))


def clear(connection: Connection, kind: Type) -> None:
    """Delete all rows of a type; of nodes also what refers to them."""
    if isinstance(kind, NodeType):
        delete_all(connection, text_of("clear_nodes", label=escaped(kind.label)))
    else:
        delete_all(connection, text_of("clear_relations", type=escaped(kind.type)))
    delete_all(connection, text_of("clear_versions"), type=kind.name)


def _steps(kind: Type, stated: pa.RecordBatchReader, size: int, ended: bool) -> Iterator[Step]:
    """Yield what writes the rows as they come; only the keys of nodes are kept in memory."""
    now, past = set[str](), set[str]()
    for part in stated:
        table = pa.Table.from_batches([part])
        current = table.filter(table["retired"].is_null())
        versions = table.filter(table["retired"].is_valid())
        if isinstance(kind, NodeType):
            now.update(current[kind.key.name].to_pylist())
            past.update(versions[kind.key.name].to_pylist())
            yield from create_nodes(kind, current, size)
        else:
            yield from create_relations(kind, current, size, ended)
        yield from create_versions(kind, versions, size)
    if isinstance(kind, NodeType):
        yield from keep_ends(kind, sorted(past - now), size)


def _take(tx: neo4j.ManagedTransaction, *, step: Step, lease: Lease) -> None:
    lease.hold(tx)
    step.take(tx)
