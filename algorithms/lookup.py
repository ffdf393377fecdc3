"""Finding what a person names: by key, by name, by a name that is part of a longer one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..errors import NotKnownError
from ..text import Text
from .index import Index

_NO_REGION = Text("没有叫“{name}”的地区", "there is no region called “{name}”")
_NEAREST = Text("是不是要找：{names}？", "Did you mean {names}?")
_SEVERAL = Text(
    "“{name}”有多个，请写代码或上级：{names}", "“{name}” is several, say which: {names}"
)
_NO_NODE = Text("没有叫“{name}”的{label}", "there is no {label} called “{name}”")


@dataclass(frozen=True)
class Named:
    """A node that was found."""

    key: str
    name: str


@dataclass(frozen=True)
class Match:
    """An enterprise for a gap: where, what, who."""

    region: Named
    product: Named
    firm: Named


_LABELS = {
    "Product": Text("产品", "product"),
    "Chain": Text("产业链", "chain"),
    "Enterprise": Text("企业", "enterprise"),
}
_ALSO = {
    "Product": "list_contains(aliases, $name)",
    "Chain": "list_contains(aliases, $name)",
    "Enterprise": "code = $name OR short_name = $name OR list_contains(aliases, $name) "
    "OR list_contains(former_ids, $name)",
}


def find(index: Index, label: str, name: str) -> Named:
    """Return the product, chain or enterprise with that key, name or alias.

    Raises
    ------
    NotKnownError
        There is none (the nearest names are offered), or several (they are listed).
    """
    found = all_called(index, label, name)
    if not found:
        raise _unknown(index, label, name)
    if len(found) > 1:
        listed = "；".join(f"{each.name}（{each.key}）" for each in found[:8])
        raise NotKnownError(_SEVERAL.fill(name=name, names=listed))
    return found[0]


def all_called(index: Index, label: str, name: str) -> list[Named]:
    """Return the products, chains or enterprises with that key or name, else with that alias."""
    if key := _by_key(index, label, name):
        return [key]
    sql = f'SELECT id, name, (id = $name OR name = $name) AS exact FROM "{label}" '
    found = index.snapshot.table(
        f"{sql} WHERE id = $name OR name = $name OR {_ALSO[label]} ORDER BY exact DESC, id",
        {"name": name},
    ).to_pylist()
    chosen = [row for row in found if row["exact"]] or found
    return [Named(row["id"], row["name"] or row["id"]) for row in chosen]


def _by_key(index: Index, label: str, key: str) -> Named | None:
    """A key needs no search: programs ask by key all day, people by name."""
    if label == "Product" and (number := index.products.keys.number(key)) >= 0:
        return Named(key, index.products.names[number] or key)
    if label == "Enterprise" and index.firms.ids.number(key) >= 0:
        return Named(key, index.snapshot.enterprise_names([key]).get(key, key))
    return None


def find_region(index: Index, name: str) -> int:
    """Return the number of the region with that code, name or alias.

    A name may be led by the names of the regions it lies in: 安徽省芜湖市, 芜湖市弋江区.

    Raises
    ------
    NotKnownError
        There is none, or several; then they are listed with what they lie in.
    """
    code = index.regions.codes.number(name)
    if code >= 0:
        return code
    rows = _regions_called(index, name)
    if not rows:
        raise NotKnownError(_NO_REGION.fill(name=name), _suggest_regions(index, name))
    if len(rows) > 1:
        listed = "；".join(
            f"{path_of(index, row)}（{index.regions.codes[row]}）" for row in rows[:8]
        )
        raise NotKnownError(_SEVERAL.fill(name=name, names=listed))
    return rows[0]


def path_of(index: Index, region: int) -> str:
    """Return a region's name led by what it lies in, without the country."""
    regions = index.regions
    above = [regions.names[each] for each in regions.ancestors(region)[:-1]]
    return "".join([*reversed(above), regions.names[region]])


def _regions_called(index: Index, name: str) -> list[int]:
    """A full name goes before a short one, and a region before one that it lies around."""
    found = index.snapshot.table(
        "SELECT t.first AS number, CASE WHEN r.name = $name THEN 0 "
        "WHEN r.short_name = $name OR list_contains(r.aliases, $name) THEN 1 ELSE 2 END AS rank "
        'FROM region_tree AS t JOIN "Region" AS r ON r.code = t.region '
        "WHERE r.name = $name OR r.short_name = $name OR list_contains(r.aliases, $name) "
        "OR (ends_with($name, r.name) OR ends_with($name, r.short_name) "
        "OR list_any_value(list_transform(r.aliases, lambda a: ends_with($name, a))))",
        {"name": name},
    ).to_pylist()
    exact = [row["number"] for row in found if row["rank"] == 0]
    short = [row["number"] for row in found if row["rank"] == 1]
    longer = [row["number"] for row in found if _is_led_by_parents(index, row["number"], name)]
    return exact or _outermost(index, short) or _outermost(index, longer)


def _is_led_by_parents(index: Index, region: int, name: str) -> bool:
    """Tell whether what stands before the region's own name is names of what it lies in."""
    called = _called(index, region)
    own = max((each for each in called if name.endswith(each)), key=len, default="")
    rest = name.removesuffix(own) if own else name
    for above in index.regions.ancestors(region):
        ending = [each for each in _called(index, above) if rest.endswith(each)]
        rest = rest.removesuffix(max(ending, key=len)) if ending else rest
    return bool(own) and not rest


def _called(index: Index, region: int) -> list[str]:
    row: dict[str, Any] = index.snapshot.table(
        'SELECT name, short_name, aliases FROM "Region" WHERE code = $code',
        {"code": index.regions.codes[region]},
    ).to_pylist()[0]
    return [each for each in (row["name"], row["short_name"], *(row["aliases"] or [])) if each]


def _outermost(index: Index, found: list[int]) -> list[int]:
    """Drop regions that lie within another one that was found: 芜湖 is the city, not its county."""
    return [each for each in found if not set(index.regions.ancestors(each)) & set(found)]


def _suggest_regions(index: Index, name: str) -> Text | None:
    return _suggest([*index.regions.names], name)


def _unknown(index: Index, label: str, name: str) -> NotKnownError:
    names = index.snapshot.table(f'SELECT name FROM "{label}"').column(0).to_pylist()
    return NotKnownError(_NO_NODE.fill(name=name, label=_LABELS[label]), _suggest(names, name))


def _suggest(names: list[str], wanted: str) -> Text | None:
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, names, scorer=fuzz.WRatio, limit=5, score_cutoff=60)
    listed = "、".join(dict.fromkeys(name for name, _, _ in found))
    return _NEAREST.fill(names=listed) if listed else None


def product_number(index: Index, name: str) -> int:
    """Return the number of the product with that id, name or alias."""
    return index.products.keys.number(find(index, "Product", name).key)
