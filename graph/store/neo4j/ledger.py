"""The batches that were written, as they stand in the graph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import neo4j

from ...schema import SCHEMA, NodeType
from ..protocol import Entry
from ..restoring import COPYING
from .connection import Connection, run, text_of
from .lease import Lease
from .rows import escaped

_AT_ONCE = 20_000
"""Rows deleted in one transaction."""


class Ledger:
    """The ledger of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, since: int) -> list[Entry]:
        """Return the batches after `since`, oldest first."""
        found = self._connection.read(text_of("read_ledger"), since=since)
        return [
            Entry(number, label, datetime.fromisoformat(written), frozenset(touched))
            for number, label, written, touched in found
        ]

    def last(self) -> int:
        """Return the number of the last batch, 0 where there is none."""
        found = self.read(0)
        return found[-1].number if found else 0

    def has_history(self) -> bool:
        """Tell whether there is any retired version or node that is over."""
        return bool(self._connection.read(text_of("has_history"))[0][0])

    def copying(self) -> bool:
        """Tell whether a copy was begun and not finished."""
        return bool(self._connection.read(text_of("find_copy"), number=COPYING))

    def is_whole(self) -> bool:
        """Tell whether nothing stands in the graph that does not count: a batch or copy begun."""
        return not (self.copying() or self._connection.read(text_of("find_unfinished")))

    def begin_copy(self, lease: Lease) -> None:
        """Take note that a copy comes in."""

        def begin(tx: neo4j.ManagedTransaction) -> None:
            lease.hold(tx)
            run(tx, text_of("begin_copy"), {"number": COPYING}).consume()

        self._connection.writing(begin)

    def restore(self, entries: Sequence[Entry], lease: Lease) -> None:
        """Enter the batches of another store: the copy is finished."""
        rows = [
            {
                "number": each.number,
                "label": each.label,
                "written": each.written.isoformat(),
                "touched": sorted(each.touched),
            }
            for each in entries
        ]

        def finish(tx: neo4j.ManagedTransaction) -> None:
            lease.hold(tx)
            run(tx, text_of("restore_ledger"), {"rows": rows}).consume()
            run(tx, text_of("finish_copy"), {"number": COPYING}).consume()

        self._connection.writing(finish)

    def undo_unfinished(self) -> None:
        """Delete what a writer left that died in the middle of a batch of several transactions."""
        for number, touched in self._connection.read(text_of("find_unfinished")):
            kinds = [SCHEMA.by_name[name] for name in touched]
            for kind in sorted(kinds, key=SCHEMA.types.index, reverse=True):
                if isinstance(kind, NodeType):
                    text = text_of("undo_nodes", label=escaped(kind.label))
                else:
                    text = text_of("undo_relations", type=escaped(kind.type))
                delete_all(self._connection, text, number=number)
            self._connection.write(text_of("forget_batch"), number=number)


def delete_all(connection: Connection, text: str, **values: object) -> None:
    """Run a query that deletes some at a time until there are none left."""
    while connection.write(text, most=_AT_ONCE, **values)[0][0] == _AT_ONCE:
        continue
