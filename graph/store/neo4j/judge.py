"""What a batch changes: the merge is judged in tables of its own, by the one merge there is.

The rows that a batch may touch are brought into a DuckDB in memory. There the batch is written as
the embedded store writes it. What differs afterwards is what the server has to be told.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from ...schema import SCHEMA, NodeType, RelationType
from ...sql import rows
from ..protocol import Batch, Counts
from ..tables import all_columns, bring_up_to_date, quoted
from ..versions import order_of, same
from ..writing import write_batch
from .rows import PLACE

Type = NodeType | RelationType

_ONLY_KEY = 0
"""The batch number of rows that stand only for the key of a node."""


@dataclass(frozen=True)
class NodeChanges:
    """What changes in the nodes of a type: rows to write, keys, and places of rows to delete."""

    kind: NodeType
    created: pa.Table
    changed: pa.Table
    revived: pa.Table
    ended: list[str]
    kept: list[str]
    forgotten: list[str]
    versions: pa.Table
    lost_versions: list[str]


@dataclass(frozen=True)
class RelationChanges:
    """What changes in the relations of a type; `replacing` rows come where others are lost."""

    kind: RelationType
    created: pa.Table
    replacing: pa.Table
    lost: list[str]
    versions: pa.Table
    lost_versions: list[str]


class Judge:
    """The rows that a batch may touch, and the verdict on it; one batch at a `hearing`."""

    def __init__(self, memory_limit: str) -> None:
        self._connection = duckdb.connect()
        self._connection.execute(f"SET memory_limit = '{memory_limit}'")
        bring_up_to_date(self._connection)
        self._known: dict[str, list[pa.Table]] = {}

    @contextmanager
    def hearing(self) -> Generator[None]:
        """Start with empty tables, and leave them empty."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._known = {}
            with suppress(duckdb.TransactionException):
                self._connection.execute("ROLLBACK")

    def know(self, kind: Type, found: pa.Table) -> None:
        """Take in rows with their places; the same row may come several times."""
        self._known.setdefault(kind.name, []).append(found)

    def know_keys(self, label: str, keys: Sequence[str]) -> None:
        """Take note that nodes of these keys are there, whatever they say."""
        key = quoted(SCHEMA.node(label).key.name)
        table = quoted(label)
        self._connection.register("keys", pa.table({"key": pa.array(keys, pa.string())}))
        self._connection.execute(
            f"INSERT INTO {table} ({key}, batch, retired) SELECT key, {_ONLY_KEY}, {_ONLY_KEY} "
            f"FROM keys WHERE NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.{key} = keys.key)"
        )
        self._connection.unregister("keys")

    def settle(self) -> None:
        """Lay out the rows that were taken in; nothing more is taken in but keys."""
        for kind in SCHEMA.types:
            found = self._known.pop(kind.name, None)
            if found:
                self._lay_out(kind, pa.concat_tables(found))

    def write(self, batch: Batch, number: int) -> tuple[dict[str, Counts], frozenset[str]]:
        """Write the batch here; return what it does by type, and the types that change.

        Raises
        ------
        BadInputError
            See `Store.upsert`.
        """
        outcome = write_batch(self._connection, batch, number)
        for kind in SCHEMA.nodes:
            self._connection.execute(f"DELETE FROM {quoted(kind.name)} WHERE batch = {_ONLY_KEY}")
        return outcome

    def node_changes(self, kind: NodeType) -> NodeChanges:
        """Return what is different now in the nodes of a type."""
        self._compare(kind)
        key, table, before = quoted(kind.key.name), quoted(kind.name), _before(kind)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE had AS SELECT {key} AS key, "
            f"bool_or(retired IS NULL) AS current FROM {before} GROUP BY ALL"
        )
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE has AS SELECT {key} AS key, "
            f"bool_or(retired IS NULL) AS current FROM {table} GROUP BY ALL"
        )
        both = "FROM had FULL JOIN has ON had.key = has.key WHERE "
        current = f"FROM fresh AS f LEFT JOIN had ON had.key = f.{key} WHERE f.retired IS NULL AND "
        return NodeChanges(
            kind,
            created=self._fresh(kind, f"{current} had.key IS NULL"),
            changed=self._fresh(kind, f"{current} had.current"),
            revived=self._fresh(kind, f"{current} NOT had.current"),
            ended=self._list(f"SELECT had.key {both} had.current AND NOT has.current"),
            kept=self._list(f"SELECT has.key {both} had.key IS NULL AND NOT has.current"),
            forgotten=self._list(f"SELECT had.key {both} has.key IS NULL"),
            versions=self._fresh(kind, "FROM fresh AS f WHERE f.retired IS NOT NULL"),
            lost_versions=self._list(f"SELECT {PLACE} FROM lost WHERE retired IS NOT NULL"),
        )

    def relation_changes(self, kind: RelationType) -> RelationChanges:
        """Return what is different now in the relations of a type."""
        self._compare(kind)
        replaced = f"EXISTS (SELECT 1 FROM lost AS l WHERE {same(kind, 'f', 'l')})"
        current = "FROM fresh AS f WHERE f.retired IS NULL AND "
        return RelationChanges(
            kind,
            created=self._fresh(kind, f"{current} NOT {replaced}"),
            replacing=self._fresh(kind, f"{current} {replaced}"),
            lost=self._list(f"SELECT {PLACE} FROM lost WHERE retired IS NULL"),
            versions=self._fresh(kind, "FROM fresh AS f WHERE f.retired IS NOT NULL"),
            lost_versions=self._list(f"SELECT {PLACE} FROM lost WHERE retired IS NOT NULL"),
        )

    def close(self) -> None:
        """Let go of the tables."""
        self._connection.close()

    def _lay_out(self, kind: Type, found: pa.Table) -> None:
        columns = _columns(kind)
        self._connection.register("found", found)
        self._connection.execute(
            f"CREATE TEMP TABLE {_before(kind)} AS SELECT DISTINCT ON ({PLACE}) * FROM found"
        )
        self._connection.unregister("found")
        self._connection.execute(
            f"INSERT INTO {quoted(kind.name)} ({columns}) "
            f"SELECT {columns} FROM {_before(kind)} ORDER BY {order_of(kind)}"
        )

    def _compare(self, kind: Type) -> None:
        """Make the tables `lost` (rows of before that are no more) and `fresh` (rows since)."""
        self._connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {_before(kind)} AS "
            f"SELECT '' AS {PLACE}, * FROM {quoted(kind.name)} LIMIT 0"
        )
        columns = _columns(kind)
        numbered = f"*, row_number() OVER (PARTITION BY {columns}) AS copy"
        equal = " AND ".join(
            f"b.{quoted(each.name)} IS NOT DISTINCT FROM a.{quoted(each.name)}"
            for each in all_columns(kind)
        )
        before = f"(SELECT {numbered} FROM {_before(kind)})"
        after = f"(SELECT {numbered} FROM {quoted(kind.name)})"
        run = self._connection.execute
        run(
            f"CREATE OR REPLACE TEMP TABLE lost AS SELECT b.* FROM {before} AS b "
            f"ANTI JOIN {after} AS a ON {equal} AND b.copy = a.copy"
        )
        run(
            f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT a.* FROM {after} AS a "
            f"ANTI JOIN {before} AS b ON {equal} AND b.copy = a.copy"
        )

    def _fresh(self, kind: Type, source: str) -> pa.Table:
        columns = ", ".join(f"f.{quoted(each.name)}" for each in all_columns(kind))
        return self._connection.sql(f"SELECT {columns} {source}").to_arrow_table()

    def _list(self, sql: str) -> list[str]:
        return [value for (value,) in rows(self._connection, sql)]


def _before(kind: Type) -> str:
    return quoted(f"before_{kind.name}")


def _columns(kind: Type) -> str:
    return ", ".join(quoted(each.name) for each in all_columns(kind))
