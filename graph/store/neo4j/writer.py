"""Writing a verdict: in one transaction, or where it is large and mostly new, in several."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import neo4j

from ...schema import SCHEMA, NodeType
from ..protocol import Entry
from .changes import Step, additions, alterations, everything, number_of_rows
from .connection import Connection, run, text_of
from .judge import Judge, NodeChanges, RelationChanges
from .lease import Lease

_ONE_TRANSACTION = 5
"""Sendings that one transaction takes at the most, unless they change what is there."""


class Writer:
    """Writes under a lease; a batch is entered in the ledger once, with its last transaction."""

    def __init__(self, connection: Connection, lease: Lease, size: int) -> None:
        self._connection = connection
        self._lease = lease
        self._size = size

    def write(self, judge: Judge, entry: Entry, ended: bool) -> None:
        """Write what a batch changes; `ended` tells whether there are nodes that are over.

        Raises
        ------
        StoreError
            The server fails; what was begun is undone when the graph is next opened for writing.
        """
        kinds = [kind for kind in SCHEMA.types if kind.name in entry.touched]
        nodes = [judge.node_changes(kind) for kind in kinds if isinstance(kind, NodeType)]
        relations = [
            judge.relation_changes(kind) for kind in kinds if not isinstance(kind, NodeType)
        ]
        many = number_of_rows(nodes, relations) > _ONE_TRANSACTION * self._size
        in_parts = many and not _moves(nodes)
        if in_parts:
            self._add(nodes, relations, entry, ended)
            steps = alterations(nodes, relations, self._size)
        else:
            steps = everything(nodes, relations, self._size)
        self._finish(list(steps), entry)

    def _add(
        self,
        nodes: list[NodeChanges],
        relations: list[RelationChanges],
        entry: Entry,
        ended: bool,
    ) -> None:
        values = {"number": entry.number, "token": self._token(entry)}
        touched = sorted(entry.touched)
        self._connection.write(text_of("begin_batch"), touched=touched, **values)
        steps = additions(nodes, relations, self._size, ended)
        for number, step in enumerate(steps):
            self._connection.writing(partial(self._part, number=number, step=step, entry=entry))

    def _part(self, tx: neo4j.ManagedTransaction, *, number: int, step: Step, entry: Entry) -> None:
        """Take one step, once, however often it is tried."""
        self._lease.hold(tx)
        values = {"token": self._token(entry), "part": number}
        if run(tx, text_of("count_part"), values).single() is not None:
            step.take(tx)

    def _finish(self, steps: Iterable[Step], entry: Entry) -> None:
        self._connection.writing(lambda tx: self._last(tx, steps, entry))

    def _last(self, tx: neo4j.ManagedTransaction, steps: Iterable[Step], entry: Entry) -> None:
        """Write the rest and the line of the ledger, unless that has been done."""
        self._lease.hold(tx)
        token = self._token(entry)
        found = run(tx, text_of("find_batch"), {"token": token}).single()
        if found and found["state"] == "written":
            return
        for step in steps:
            step.take(tx)
        values = {
            "number": entry.number,
            "token": token,
            "label": entry.label,
            "written": entry.written.isoformat(),
            "touched": sorted(entry.touched),
        }
        run(tx, text_of("finish_batch"), values).consume()
        self._lease.hold(tx)

    def _token(self, entry: Entry) -> str:
        """A writer's lease and the number of a batch name that batch for good."""
        return f"{self._lease.token}-{entry.number}"


def _moves(nodes: list[NodeChanges]) -> bool:
    return any(each.ended or each.kept or each.forgotten for each in nodes)
