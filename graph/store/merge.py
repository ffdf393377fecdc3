"""How stated rows meet what is known: the SQL of one merge, derived from the schema.

Per identity, against its current row:

- none there: created;
- values the same and not a newer (or, for the same day, a more trusted) statement: unchanged;
- stated for an earlier day than the current row: kept as history, its end being the next statement;
- otherwise: the current row is retired on the new statement's day and a new one begins.

An empty cell says nothing: it takes over what is known.
"""

from __future__ import annotations

from ..schema import FACT, STATED, NodeType, RelationType
from .tables import quoted

STAGE = "staged"
VERDICT = "verdict"
OUTCOMES_SQL = f"SELECT outcome, count(*) FROM {VERDICT} GROUP BY outcome"

Type = NodeType | RelationType


def rounds_sql(kind: Type) -> str:
    """Join what is said of one identity for one day, and number its days: a round each.

    Within one day the last word on each column stands; rows without a day come last.
    """
    keys = ", ".join(_identity(kind))
    others = [each.name for each in (*kind.columns, *STATED) if each.name not in kind.identity]
    last = ", ".join(
        f"arg_max({quoted(name)}, rowid) AS {quoted(name)}" for name in others if name != "as_of"
    )
    return (
        f"CREATE TEMP TABLE numbered AS SELECT *, row_number() OVER (PARTITION BY {keys} "
        f"ORDER BY as_of NULLS LAST) AS round FROM "
        f"(SELECT {keys}, as_of, {last} FROM {STAGE} GROUP BY {keys}, as_of)"
    )


def has_repeats_sql(kind: Type) -> str:
    """Tell whether any identity is stated more than once in the staged rows."""
    keys = ", ".join(_identity(kind))
    return f"SELECT 1 FROM {STAGE} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"


def insert_all_sql(kind: Type) -> str:
    """Write the staged rows into a table that is still empty (`$batch`, `$today`)."""
    return f"INSERT INTO {quoted(kind.name)} SELECT {_fresh(kind, '')} FROM {STAGE}"


def verdict_sql(kind: Type) -> str:
    """Compare the staged rows with the current ones (`$today`)."""
    values = ", ".join(
        f"coalesce(s.{quoted(each.name)}, l.{quoted(each.name)}) AS {quoted(each.name)}"
        for each in kind.values
    )
    stated = (
        "s.source AS source, coalesce(s.as_of, greatest($today, l.as_of), $today) AS as_of, "
        "coalesce(s.confidence, l.confidence) AS confidence, coalesce(s.until, l.until) AS until"
    )
    keys = ", ".join(f"s.{key}" for key in _identity(kind))
    own = f", {values}" if values else ""
    return (
        f"CREATE TEMP TABLE {VERDICT} AS SELECT {keys}{own}, {stated}, "
        f"CASE WHEN l.batch IS NULL THEN 'created' WHEN s.as_of < l.as_of THEN "
        f"CASE WHEN {_differs(kind)} THEN 'history' ELSE 'unchanged' END "
        f"WHEN {_differs(kind)} OR s.as_of > l.as_of "
        f"OR (s.as_of = l.as_of AND s.confidence > l.confidence) "
        f"THEN 'updated' ELSE 'unchanged' END AS outcome "
        f"FROM {STAGE} AS s "
        f"LEFT JOIN (SELECT * FROM {quoted(kind.name)} WHERE retired IS NULL) AS l "
        f"ON {_same(kind, 's', 'l')}"
    )


def drop_known_history_sql(kind: Type) -> str:
    """Count a statement for an earlier day as unchanged where that version is on record already."""
    return (
        f"UPDATE {VERDICT} AS v SET outcome = 'unchanged' WHERE outcome = 'history' AND EXISTS ("
        f"SELECT 1 FROM {quoted(kind.name)} AS t WHERE t.retired IS NOT NULL "
        f"AND t.as_of = v.as_of AND {_same(kind, 't', 'v')})"
    )


def retire_replaced_sql(kind: Type) -> str:
    """Retire the current rows that a newer statement replaces (`$batch`)."""
    return (
        f"UPDATE {quoted(kind.name)} AS t SET retired = $batch, "
        f"until = least(coalesce(t.until, v.as_of), v.as_of) FROM {VERDICT} AS v "
        f"WHERE v.outcome = 'updated' AND t.retired IS NULL AND {_same(kind, 't', 'v')}"
    )


def insert_new_sql(kind: Type) -> str:
    """Write the created and the updated rows (`$batch`, `$today`)."""
    return (
        f"INSERT INTO {quoted(kind.name)} SELECT {_fresh(kind, 'v.')} FROM {VERDICT} AS v "
        f"WHERE v.outcome IN ('created', 'updated')"
    )


def insert_history_sql(kind: Type) -> str:
    """Write the statements for earlier days, ended by the next statement (`$batch`)."""
    own = ", ".join(f"v.{quoted(each.name)}" for each in kind.columns)
    following = (
        f"(SELECT min(t.as_of) FROM {quoted(kind.name)} AS t "
        f"WHERE t.as_of > v.as_of AND {_same(kind, 't', 'v')})"
    )
    return (
        f"INSERT INTO {quoted(kind.name)} SELECT {own}, v.source, v.as_of, "
        f"coalesce(v.confidence, 1.0), {following}, $batch, $batch FROM {VERDICT} AS v "
        f"WHERE v.outcome = 'history'"
    )


def end_older_history_sql(kind: Type) -> str:
    """Let the history just written end the still older statements of the same identity."""
    return (
        f"UPDATE {quoted(kind.name)} AS t SET until = v.as_of FROM {VERDICT} AS v "
        f"WHERE v.outcome = 'history' AND t.retired IS NOT NULL AND t.as_of < v.as_of "
        f"AND t.until > v.as_of AND {_same(kind, 't', 'v')}"
    )


def end_sql(kind: Type) -> str:
    """Retire the current rows whose identity is staged as ended (`$batch`)."""
    return (
        f"UPDATE {quoted(kind.name)} AS t SET retired = $batch, "
        f"until = least(coalesce(t.until, s.until), s.until) FROM {STAGE} AS s "
        f"WHERE t.retired IS NULL AND {_same(kind, 't', 's')}"
    )


def _identity(kind: Type) -> list[str]:
    return [quoted(name) for name in kind.identity]


def _same(kind: Type, one: str, other: str) -> str:
    """Join condition on the identity; only columns that may be empty pay for a null-safe one."""
    certain = {"start", "end"} if isinstance(kind, RelationType) else set(kind.identity)
    tests: list[str] = []
    for name in kind.identity:
        equals = "=" if name in certain else "IS NOT DISTINCT FROM"
        tests.append(f"{one}.{quoted(name)} {equals} {other}.{quoted(name)}")
    return " AND ".join(tests)


def _differs(kind: Type) -> str:
    names = [*(each.name for each in kind.values), "until"]
    tests = [
        f"(s.{quoted(name)} IS NOT NULL AND s.{quoted(name)} IS DISTINCT FROM l.{quoted(name)})"
        for name in names
    ]
    return "(" + " OR ".join(tests) + ")"


def _fresh(kind: Type, prefix: str) -> str:
    own = [f"{prefix}{quoted(each.name)}" for each in kind.columns]
    carried = {
        "source": f"{prefix}source",
        "as_of": f"coalesce({prefix}as_of, $today)",
        "confidence": f"coalesce({prefix}confidence, 1.0)",
        "until": f"{prefix}until",
        "batch": "$batch",
        "retired": "NULL",
    }
    return ", ".join([*own, *(carried[each.name] for each in FACT)])
