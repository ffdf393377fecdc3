"""Versions of one fact, laid one after another: the SQL, derived from the schema.

The versions of an identity follow each other by the day for which they are stated, on one day the
more trusted last; the current one is the last of all. Each ends at the latest where the next one
begins, and takes over what it does not say itself from those before it.
"""

from __future__ import annotations

from ..schema import NodeType, RelationType
from .tables import quoted

Type = NodeType | RelationType


def identity(kind: Type) -> list[str]:
    """Return the columns that say which thing a row speaks of, as SQL."""
    return [quoted(name) for name in kind.identity]


def order_of(kind: Type) -> str:
    """Return in which order all rows of a type are told, as SQL: the same in every store.

    Versions of one day that came with one batch differ in how far they are trusted.
    """
    return ", ".join([*identity(kind), "as_of", "batch", "retired NULLS LAST", "confidence"])


def same(kind: Type, one: str, other: str) -> str:
    """Join condition on the identity; only columns that may be empty pay for a null-safe one."""
    certain = {"start", "end"} if isinstance(kind, RelationType) else set(kind.identity)
    tests: list[str] = []
    for name in kind.identity:
        equals = "=" if name in certain else "IS NOT DISTINCT FROM"
        tests.append(f"{one}.{quoted(name)} {equals} {other}.{quoted(name)}")
    return " AND ".join(tests)


def lay_sql(kind: Type, scope: str) -> str:
    """Lay the versions of the identities in the table `scope` one after another (`$batch`).

    Rows that more than one version of an identity was current in (two nodes became one) stay as
    its history, but for the last. A retired version inside a longer one that was ended lasts as
    long as that one did. Nothing is written where all versions lie well already.
    """
    columns = [*(quoted(each.name) for each in kind.values), "confidence"]
    filled = "".join(
        f", coalesce(last_value({name} IGNORE NULLS) OVER (v){_default(name)}) AS {name}"
        for name in columns
    )
    changed = " OR ".join(
        f"t.{name} IS DISTINCT FROM laid.{name}" for name in [*columns, "until", "retired"]
    )
    taken = "".join(f", {name} = laid.{name}" for name in columns)
    return f"""
        WITH laid AS (
            SELECT t.rowid AS place{filled},
                least(until, lead(as_of) OVER v, CASE WHEN retired IS NOT NULL
                    AND lag(until) OVER v > as_of THEN lag(until) OVER v END) AS until,
                coalesce(retired, CASE WHEN lead(as_of) OVER v IS NOT NULL THEN $batch END)
                    AS retired
            FROM {quoted(kind.name)} AS t
            WHERE EXISTS (SELECT 1 FROM {scope} AS s WHERE {same(kind, "t", "s")})
            WINDOW v AS (PARTITION BY {", ".join(identity(kind))}
                ORDER BY retired IS NULL, as_of, confidence NULLS LAST, batch, t.rowid)
        )
        UPDATE {quoted(kind.name)} AS t SET until = laid.until, retired = laid.retired,
            batch = CASE WHEN laid.retired IS NULL THEN $batch ELSE t.batch END{taken}
        FROM laid WHERE t.rowid = laid.place AND ({changed})
    """


def _default(name: str) -> str:
    return ", 1.0" if name == "confidence" else ""
