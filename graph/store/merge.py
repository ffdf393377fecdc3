"""How stated rows meet what is known: the SQL of one merge, derived from the schema.

Per identity, against its current row:

- nothing on record: created;
- values the same and not a newer (or, for the same day, a more trusted) statement: unchanged;
- stated for an earlier day than the current row (or for the same day and less trusted), or while
  the fact is over: woven in among its versions, unless one of that day says as much already;
- otherwise: updated; the current row is retired on the new statement's day and a new one begins.

An empty cell says nothing: it takes over what is known.
"""

from __future__ import annotations

from ..schema import FACT, STATED, NodeType, RelationType
from .tables import quoted
from .versions import identity, same

STAGE = "staged"
VERDICT = "verdict"
WOVEN = "woven"
TURN = "_turn"  # no declared column begins so: a title has a `round`
OUTCOMES_SQL = f"SELECT outcome, count(*) FROM {VERDICT} GROUP BY outcome"
WOVEN_SQL = (
    f"CREATE OR REPLACE TEMP TABLE {WOVEN} AS "
    f"SELECT * FROM {VERDICT} WHERE outcome IN ('earlier', 'again')"
)

Type = NodeType | RelationType


def rounds_sql(kind: Type) -> str:
    """Join what is said of one identity for one day, and number its days: a round each.

    Of what is said for one day with one confidence, the last word on each column stands; rows
    without a day come last.
    """
    keys = ", ".join(identity(kind))
    said = {*kind.identity, "as_of", "confidence"}
    others = [each.name for each in (*kind.columns, *STATED) if each.name not in said]
    last = ", ".join(f"arg_max({quoted(name)}, rowid) AS {quoted(name)}" for name in others)
    return (
        f"CREATE TEMP TABLE numbered AS SELECT *, row_number() OVER (PARTITION BY {keys} "
        f"ORDER BY as_of NULLS LAST, confidence NULLS LAST) AS {TURN} FROM "
        f"(SELECT {keys}, as_of, confidence, {last} FROM {STAGE} "
        f"GROUP BY {keys}, as_of, confidence)"
    )


def insert_all_sql(kind: Type) -> str:
    """Write the staged rows into a table that is still empty (`$batch`, `$today`)."""
    return f"INSERT INTO {quoted(kind.name)} SELECT {_fresh(kind, '')} FROM {STAGE}"


def verdict_sql(kind: Type) -> str:
    """Compare the staged rows with the current ones (`$today`).

    A row that updates takes over what it does not say; an end that is past is not taken over.
    """
    keys = ", ".join(f"s.{key}" for key in identity(kind))
    taken = [_taken_over(each.name, "true") for each in (*kind.values, *_CONFIDENCE)]
    values = ", ".join([*taken, _taken_over("until", "l.until > coalesce(s.as_of, $today)")])
    return (
        f"CREATE TEMP TABLE {VERDICT} AS SELECT {keys}, s.source AS source, "
        f"coalesce(s.as_of, greatest($today, l.as_of)) AS as_of, {_outcome(kind)} AS outcome, "
        f"{values} FROM {STAGE} AS s "
        f"LEFT JOIN (SELECT * FROM {quoted(kind.name)} WHERE retired IS NULL) AS l "
        f"ON {same(kind, 's', 'l')}"
    )


def tell_again_sql(kind: Type) -> str:
    """Tell rows that speak of a fact that is over from those that create one."""
    return (
        f"UPDATE {VERDICT} AS v SET outcome = CASE WHEN v.as_of < o.over THEN 'earlier' "
        f"ELSE 'again' END FROM (SELECT {_of(kind, 'c')}, max(t.until) AS over "
        f"FROM {quoted(kind.name)} AS t JOIN {VERDICT} AS c ON {same(kind, 't', 'c')} "
        f"WHERE t.retired IS NOT NULL AND c.outcome = 'created' GROUP BY ALL) AS o "
        f"WHERE v.outcome = 'created' AND {same(kind, 'v', 'o')}"
    )


def drop_known_sql(kind: Type) -> str:
    """Count a row as unchanged where a version of its day says as much already."""
    return (
        f"UPDATE {VERDICT} AS v SET outcome = 'unchanged' "
        f"WHERE outcome IN ('earlier', 'again') AND EXISTS ("
        f"SELECT 1 FROM {quoted(kind.name)} AS t WHERE t.as_of = v.as_of "
        f"AND {same(kind, 't', 'v')} "
        f"AND NOT {_contradicts(kind, 'v', 't')} "
        f"AND NOT coalesce(v.until < coalesce(t.until, DATE 'infinity'), false))"
    )


def weave_sql(kind: Type) -> str:
    """Write the rows that go among the versions; laying these comes next (`$batch`)."""
    own = ", ".join(quoted(each.name) for each in kind.columns)
    return (
        f"INSERT INTO {quoted(kind.name)} SELECT {own}, source, as_of, confidence, until, "
        f"$batch, CASE WHEN outcome = 'earlier' THEN $batch END FROM {WOVEN}"
    )


def retire_replaced_sql(kind: Type) -> str:
    """Retire the current rows that a newer statement replaces (`$batch`)."""
    return (
        f"UPDATE {quoted(kind.name)} AS t SET retired = $batch, "
        f"until = least(t.until, v.as_of) FROM {VERDICT} AS v "
        f"WHERE v.outcome = 'updated' AND t.retired IS NULL AND {same(kind, 't', 'v')}"
    )


def insert_new_sql(kind: Type) -> str:
    """Write the created and the updated rows (`$batch`, `$today`)."""
    return (
        f"INSERT INTO {quoted(kind.name)} SELECT {_fresh(kind, 'v.')} FROM {VERDICT} AS v "
        f"WHERE v.outcome IN ('created', 'updated')"
    )


def end_sql(kind: Type) -> str:
    """End the current rows whose identity is staged as ended (`$batch`, `$today`).

    They are retired, unless their last day is still to come: until then they hold.
    """
    return (
        f"UPDATE {quoted(kind.name)} AS t SET until = least(t.until, s.until), batch = CASE WHEN "
        f"s.until <= $today THEN t.batch ELSE $batch END, "
        f"retired = CASE WHEN s.until <= $today THEN $batch END FROM {STAGE} AS s "
        f"WHERE t.retired IS NULL AND {same(kind, 't', 's')} "
        f"AND (s.until <= $today OR t.until IS NULL OR s.until < t.until)"
    )


_CONFIDENCE = tuple(each for each in STATED if each.name == "confidence")


def _outcome(kind: Type) -> str:
    return (
        "CASE WHEN l.batch IS NULL THEN 'created' "
        "WHEN s.as_of < l.as_of OR (s.as_of = l.as_of AND s.confidence < l.confidence) "
        f"THEN 'earlier' WHEN {_contradicts(kind, 's', 'l')} "
        "OR (s.until IS NOT NULL AND s.until IS DISTINCT FROM l.until) OR s.as_of > l.as_of "
        "OR (s.as_of = l.as_of AND s.confidence > l.confidence) "
        "THEN 'updated' ELSE 'unchanged' END"
    )


def _taken_over(column: str, where: str) -> str:
    name = quoted(column)
    known = f"CASE WHEN outcome = 'updated' AND {where} THEN l.{name} END"
    return f"coalesce(s.{name}, {known}) AS {name}"


def _contradicts(kind: Type, stated: str, known: str) -> str:
    """Tell whether a stated value is another than the known one."""
    tests = [
        f"({stated}.{quoted(each.name)} IS NOT NULL "
        f"AND {stated}.{quoted(each.name)} IS DISTINCT FROM {known}.{quoted(each.name)})"
        for each in kind.values
    ]
    return "(" + " OR ".join(tests or ["false"]) + ")"


def _of(kind: Type, table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in identity(kind))


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
