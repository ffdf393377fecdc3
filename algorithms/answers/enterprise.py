"""What is known of an enterprise."""

from __future__ import annotations

from ...graph.schema import FACT, SCHEMA
from ..evidence import Fact, facts_where
from ..index import Index
from ..lookup import Named
from .common import snapshot_answer
from .models import EnterpriseAnswer, Ref


def enterprise_answer(index: Index, found: Named) -> EnterpriseAnswer:
    """Return an enterprise's properties and every fact that it is an end of."""
    row = index.snapshot.table(
        'SELECT * FROM "Enterprise" WHERE id = $id', {"id": found.key}
    ).to_pylist()[0]
    carried = {each.name for each in FACT}
    return EnterpriseAnswer(
        enterprise=Ref(id=found.key, name=found.name),
        snapshot=snapshot_answer(index.snapshot),
        properties={
            key: value for key, value in row.items() if value is not None and key not in carried
        },
        facts=_facts(index, found.key),
    )


def _facts(index: Index, key: str) -> list[Fact]:
    facts: list[Fact] = []
    for kind in SCHEMA.relations:
        for end, column in ((kind.start, "f.start"), (kind.end, 'f."end"')):
            if end == "Enterprise":
                role = "of" if column == "f.start" else "to"
                found = facts_where(
                    index.snapshot, kind.name, role, column, f"{column} = $id", {"id": key}
                )
                facts += found.get(key, [])
    return facts
