"""How far the record reaches."""

from __future__ import annotations

from ...graph.schema import SCHEMA
from ..answers.common import coverage_of, scope_answer, snapshot_answer
from ..answers.models import ScopeCoverage
from ..index import Index
from ..scope import Scope
from .models import CoverageAnswer


def coverage_answer(index: Index, scope: Scope | None) -> CoverageAnswer:
    """Return the coverage of a scope, or of the whole graph where none is given."""
    manifest = index.snapshot.manifest
    whole = ScopeCoverage(**manifest.coverage.model_dump())
    return CoverageAnswer(
        scope=scope_answer(scope, None) if scope else None,
        snapshot=snapshot_answer(index.snapshot),
        coverage=coverage_of(index, scope) if scope else whole,
        counts=index.remember(("counts",), lambda: _counts(index)),
    )


def _counts(index: Index) -> dict[str, int]:
    union = " UNION ALL ".join(
        f"SELECT '{kind.name}' AS name, count(*) AS rows FROM \"{kind.name}\""
        for kind in SCHEMA.types
    )
    return {row["name"]: row["rows"] for row in index.snapshot.table(union).to_pylist()}
