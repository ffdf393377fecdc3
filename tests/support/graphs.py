"""A small graph, said in a few lines, written to a store and published for the tests to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
from lianpu.atlas import Atlas
from lianpu.graph.schema import SCHEMA
from lianpu.graph.snapshot import publish
from lianpu.graph.store import Batch
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.settings import Settings, load_settings

Cell = str | float | bool | date | Sequence[str] | None
Row = dict[str, Cell]

STATED_ON = date(2024, 6, 30)
"""The day for which every fact is stated, unless it says another."""
SOURCE = "手工样例"
"""The title of the source of every fact."""


def _rows() -> dict[str, list[Row]]:
    return {}


@dataclass
class Graph:
    """Rows by type; each method states one thing in the words of the schema.

    Published twice into the same folder, a second graph is a second batch of the same store.
    """

    rows: dict[str, list[Row]] = field(default_factory=_rows, repr=False)

    def add(self, table: str, /, **values: Cell) -> None:
        """State a row of any type: `add("Need", id=…)`, `add("SEEKS", start=…, end=…)`."""
        row: Row = {"source": "s", "as_of": STATED_ON} | values
        self.rows.setdefault(table, []).append(row)

    def region(
        self,
        code: str,
        level: str,
        within: str | None = None,
        *,
        at: tuple[float, float] | None = None,
        **values: Cell,
    ) -> None:
        """State a region; `at` is the longitude and latitude of its centroid."""
        place: Row = {"longitude": at[0], "latitude": at[1]} if at else {}
        row: Row = {"name": code} | place | values
        self.add("Region", code=code, level=level, **row)
        if within:
            self.add("WITHIN", start=code, end=within)

    def industry(self, code: str, level: int, within: str | None = None) -> None:
        self.add("Industry", code=code, name=code, level=level)
        if within:
            self.add("PART_OF", start=code, end=within)

    def product(self, key: str, *is_a: str, **values: Cell) -> None:
        """State a product and what it is a kind of."""
        row: Row = {"name": key} | values
        self.add("Product", id=key, **row)
        for general in is_a:
            self.add("IS_A", start=key, end=general)

    def feeds(
        self, what: str, into: str, coefficient: float | None = None, *, essential: bool = False
    ) -> None:
        """State that a product goes into another."""
        self.add("INPUT_TO", start=what, end=into, coefficient=coefficient, essential=essential)

    def chain(self, key: str, *products: str, key_links: Sequence[str] = ()) -> None:
        self.add("Chain", id=key, name=key)
        for tier, product in enumerate(products, 1):
            self.add("INCLUDES", start=key, end=product, tier=tier, key=product in key_links)

    def title(self, code: str, level: str) -> None:
        self.add("Title", code=code, name=code, level=level)

    def firm(
        self,
        key: str,
        home: str | None = None,
        *,
        makes: Mapping[str, float | None] | Sequence[str] = (),
        revenue: float | None = None,
        industry: str | None = None,
        titles: Sequence[str] = (),
        sites: Sequence[str] = (),
        **values: Cell,
    ) -> None:
        """State an enterprise; `makes` gives shares of its revenue, None where one is not known."""
        row: Row = {"name": key, "revenue": revenue} | values
        self.add("Enterprise", id=key, **row)
        shares = makes if isinstance(makes, Mapping) else dict.fromkeys(makes)
        for product, share in shares.items():
            self.add("PRODUCES", start=key, end=product, share=share)
        for relation, end in (("LOCATED_IN", home), ("BELONGS_TO", industry)):
            if end:
                self.add(relation, start=key, end=end)
        for relation, ends in (("PRESENT_IN", sites), ("HOLDS", titles)):
            for end in ends:
                self.add(relation, start=key, end=end)

    def supplies(
        self, seller: str, buyer: str, product: str | None = None, amount: float | None = None
    ) -> None:
        self.add("SUPPLIES", start=seller, end=buyer, product=product, amount=amount)

    def owns(self, owner: str, owned: str, ratio: float | None) -> None:
        self.add("INVESTS_IN", start=owner, end=owned, ratio=ratio)

    def project(
        self, key: str, firm: str, region: str, product: str, stage: str, **values: Cell
    ) -> None:
        """State a project: who, where, what it fills and how far it has come."""
        row: Row = {"name": key} | values
        self.add("Project", id=key, stage=stage, **row)
        self.add("UNDERTAKES", start=firm, end=key)
        self.add("LANDED_IN", start=key, end=region)
        self.add("FILLS", start=key, end=product)

    def outputs(
        self,
        region: str,
        product: str,
        year: int,
        value: float | None = None,
        share: float | None = None,
        *,
        negligible: bool | None = None,
    ) -> None:
        """State what the statistics of a region say of a product."""
        row: Row = {"year": year, "value": value, "share": share, "negligible": negligible}
        self.add("OUTPUTS", start=region, end=product, **row)

    def cluster(self, key: str, region: str | None, *members: str) -> None:
        self.add("Cluster", id=key, name=key)
        if region:
            self.add("ANCHORED_IN", start=key, end=region)
        for member in members:
            self.add("MEMBER_OF", start=member, end=key)

    def publish(self, folder: Path, settings: Settings | None = None) -> Atlas:
        """Write everything as one batch, publish a snapshot and return an atlas over it."""
        chosen = (settings or load_settings()).model_copy(update={"data": folder})
        store = EmbeddedStore(folder, chosen)
        try:
            store.migrate()
            store.upsert(Batch("样例", self.tables()))
            publish(store, folder / "snapshots", keep=chosen.snapshots_kept)
        finally:
            store.close()
        return Atlas(chosen)

    def tables(self) -> dict[str, pa.Table]:
        tables = {"Source": pa.table({"id": ["s"], "title": [SOURCE]})}
        return tables | {name: _table(name, rows) for name, rows in self.rows.items()}


def _table(name: str, rows: list[Row]) -> pa.Table:
    kinds = {each.name: each.kind.arrow for each in (*SCHEMA.by_name[name].columns, *SCHEMA.fact)}
    columns = dict.fromkeys(column for row in rows for column in row)
    return pa.table(
        {each: pa.array([row.get(each) for row in rows], kinds[each]) for each in columns}
    )
