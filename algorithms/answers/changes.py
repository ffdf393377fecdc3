"""Changes as an answer."""

from __future__ import annotations

from collections.abc import Sequence

from ..changes import Change, changes
from ..evidence import Fact, facts_between, facts_where, merged, wanted_table
from ..gaps import Assessment
from ..index import Index
from .common import scope_answer, snapshot_answer, term
from .models import ChangeAnswer, ChangesAnswer, Ref, TargetAnswer, TargetChange
from .projects import project_changes


def changes_answer(
    before: tuple[Index, Assessment], after: tuple[Index, Assessment]
) -> ChangesAnswer:
    """Return what changed in a scope between two snapshots or days, and the facts behind it."""
    found = changes(before, after)
    products = [each.product for each in found]
    facts = merged(_new_facts(before[0], after, products), _arrivals(before, after, products))
    names = _names(before[0]) | _names(after[0])
    return ChangesAnswer(
        scope=scope_answer(after[1].scope, after[1].chain),
        before=snapshot_answer(before[0].snapshot),
        after=snapshot_answer(after[0].snapshot),
        changes=[_change(each, names, facts) for each in found],
        projects=project_changes(before[0], after[0], after[1].scope),
    )


def target_changes(
    product: Ref, were: Sequence[TargetAnswer], are: Sequence[TargetAnswer]
) -> list[TargetChange]:
    """Return who has come among the first targets of a product, and who has left them."""
    before = {target.enterprise.id: target for target in were}
    after = {target.enterprise.id: target for target in are}
    return [
        TargetChange(
            product=product, enterprise=target.enterprise, change=change, score=target.score
        )
        for change, some, others in (("entered", after, before), ("left", before, after))
        for key, target in some.items()
        if key not in others
    ]


def _change(each: Change, names: dict[str, str], facts: dict[str, list[Fact]]) -> ChangeAnswer:
    return ChangeAnswer(
        product=Ref(id=each.product, name=names.get(each.product, each.product)),
        before=term(each.before) if each.before else None,
        after=term(each.after) if each.after else None,
        change=each.kind,
        by=facts.get(each.product, []),
    )


def _new_facts(
    before: Index, after: tuple[Index, Assessment], products: list[str]
) -> dict[str, list[Fact]]:
    """Who makes the product here now and did not then, and which project brought it."""
    index, found = after
    region = found.scope.region
    members = [str(index.firms.ids[each]) for each in found.scope.members]
    here = {
        "products": products,
        "first": region,
        "last": int(index.regions.last[region]) if region >= 0 else -2,
    }
    projects = facts_where(
        index.snapshot,
        "FILLS",
        "project",
        'f."end"',
        "list_contains($products, f.\"end\") AND s.stage = 'operating' AND f.start IN ("
        'SELECT l.start FROM "LANDED_IN" AS l JOIN region_tree AS t ON t.region = l."end" '
        "WHERE t.first BETWEEN $first AND $last)",
        here,
    )
    makers = facts_where(
        index.snapshot,
        "PRODUCES",
        "maker",
        'f."end"',
        'list_contains($products, f."end") AND list_contains($members, f.start)',
        {"products": products, "members": members},
    )
    known = {
        (row["start"], row["end"])
        for relation in ("PRODUCES", "FILLS")
        for row in _pairs(before, relation, products)
    }
    known_operating = _operating(before)
    return {
        product: [
            fact
            for fact in (*projects.get(product, []), *makers.get(product, []))
            if (fact.start, fact.end) not in known
            or (fact.relation == "FILLS" and fact.start not in known_operating)
        ]
        for product in products
    }


def _arrivals(
    before: tuple[Index, Assessment], after: tuple[Index, Assessment], products: list[str]
) -> dict[str, list[Fact]]:
    """Who made the product elsewhere then and is at home here now."""
    (old, then), (new, now) = before, after
    were = {old.firms.ids[each] for each in then.scope.members}
    moved = {
        new.firms.ids[each]: new.regions.codes[new.firms.home[each]]
        for each in now.scope.members
        if new.firms.home[each] >= 0 and new.firms.ids[each] not in were
    }
    wanted = [
        (row["end"], "home", row["start"], moved[row["start"]])
        for row in _pairs(old, "PRODUCES", products)
        if row["start"] in moved
    ]
    return facts_between(new.snapshot, "LOCATED_IN", wanted_table(wanted))


def _pairs(index: Index, relation: str, products: list[str]) -> list[dict[str, str]]:
    sql = f'SELECT start, "end" FROM "{relation}" WHERE list_contains($products, "end")'
    rows: list[dict[str, str]] = index.snapshot.table(sql, {"products": products}).to_pylist()
    return rows


def _operating(index: Index) -> set[str]:
    found = index.snapshot.table("SELECT id FROM \"Project\" WHERE stage = 'operating'")
    return set(found.column("id").to_pylist())


def _names(index: Index) -> dict[str, str]:
    return dict(zip(index.products.keys, index.products.names, strict=True))
