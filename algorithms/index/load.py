"""Reading a snapshot's derived tables into arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy import sparse

from ...graph.snapshot import Snapshot
from .csr import Counts, Flags, Floats, Ints, Pairs, starts_of
from .keys import Keys

PRODUCTS = 'SELECT id, name FROM "Product" ORDER BY id'

# Keys become numbers while they are read: as text they would take many times the memory. The order
# makes sums over the same facts come out the same to the last digit.
_FIRMS = """
SELECT f.enterprise, f.revenue, coalesce(r.number, -1) AS home, c.number AS class, f.titles,
    f.national, f.known
FROM firm AS f JOIN classes AS c ON c.key = f.class LEFT JOIN regions AS r ON r.key = f.home
ORDER BY f.enterprise
"""
_SITES = """
SELECT coalesce(r.number, -1) AS region, f.number AS firm
FROM site AS s JOIN firms AS f ON f.key = s.enterprise LEFT JOIN regions AS r ON r.key = s.region
ORDER BY region, firm
"""
_MAKERS = """
SELECT f.number AS firm, p.number AS product, m.output, m.estimated
FROM maker AS m JOIN firms AS f ON f.key = m.enterprise JOIN products AS p ON p.key = m.product
ORDER BY firm, product
"""
_CLASS_PRODUCTS = """
SELECT c.number AS class, p.number AS product, s.share
FROM class_product AS s JOIN classes AS c ON c.key = s.class
JOIN products AS p ON p.key = s.product
ORDER BY ALL
"""
_PURCHASES = """
SELECT b.number AS buyer, p.number AS product, coalesce(f.number, -1) AS supplier, s.amount
FROM "SUPPLIES" AS s JOIN product_up AS u ON u.product = s.product
JOIN firms AS b ON b.key = s."end" LEFT JOIN firms AS f ON f.key = s.start
JOIN products AS p ON p.key = u.ancestor
WHERE s.amount > 0
ORDER BY ALL
"""


@dataclass(frozen=True)
class Names:
    """Numbered things with a key and a name."""

    keys: Keys
    names: list[str]

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class Regions:
    """Regions, depth-first: those within number r are r to last[r]."""

    codes: Keys
    names: list[str]
    levels: list[str]
    parent: Ints
    last: Ints
    longitude: Floats
    latitude: Floats

    def __len__(self) -> int:
        return len(self.names)

    def ancestors(self, region: int) -> list[int]:
        """Return the regions that `region` lies in, the nearest first."""
        found: list[int] = []
        while (region := int(self.parent[region])) >= 0:
            found.append(region)
        return found

    def root(self, region: int) -> int:
        """Return the outermost region around `region`: its country."""
        return ([region, *self.ancestors(region)])[-1]


@dataclass(frozen=True)
class Firms:
    """Active enterprises, in the order of their ids."""

    ids: Keys
    revenue: Floats
    home: Ints
    cls: Ints
    classes: Keys
    titles: Ints
    national: Ints
    known: Flags
    site_region: Ints
    """Regions of all sites, in ascending order …"""
    site_firm: Ints
    """… and whose site each is."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Making:
    """Who makes what, closed over IS_A, and the projects in production."""

    by_firm: Pairs
    output: Floats
    """Yuan a year, per pair of `by_firm`; NaN where not known."""
    estimated: Flags
    """Whether that output was split evenly for want of shares, per pair of `by_firm`."""
    total: Floats
    """Known output of each enterprise over all its products, yuan a year; 0 where none is."""
    products: Ints
    """How many products each enterprise is on record for, kinds not counted again as what they
    are kinds of."""
    landed_firm: Ints
    landed_product: Ints
    landed_region: Ints


@dataclass(frozen=True)
class Technology:
    """What goes into what, and what is a kind of what."""

    inputs: sparse.csr_array
    """(products, inputs): 1 where the column goes into the row."""
    essential: sparse.csr_array
    """The same, only where it cannot be made without."""
    coefficient: sparse.csr_array
    """The same, yuan of input a yuan of output, where known."""
    parents: sparse.csr_array
    """(products, products): 1 where the row is directly a kind of the column."""


@dataclass(frozen=True)
class Statistics:
    """Output of whole regions, ordered by region: `first[r]` to `first[r + 1]` are region r's."""

    first: Ints
    product: Ints
    value: Floats
    share: Floats
    negligible: Flags


def names(snapshot: Snapshot, sql: str) -> Names:
    """Read keys and names."""
    found = snapshot.table(sql)
    return Names(Keys(found.column(0)), found.column(1).to_pylist())


def regions(snapshot: Snapshot) -> Regions:
    """Read the regions in depth-first order."""
    found = snapshot.table(
        "SELECT t.region, r.name, t.level, t.parent, t.last, r.longitude, r.latitude "
        'FROM region_tree AS t JOIN "Region" AS r ON r.code = t.region ORDER BY t.first'
    )
    codes = Keys(found.column("region"))
    return Regions(
        codes,
        found.column("name").to_pylist(),
        found.column("level").to_pylist(),
        codes.numbers(found.column("parent")),
        _ints(found, "last"),
        _floats(found, "longitude"),
        _floats(found, "latitude"),
    )


def firms(snapshot: Snapshot, where: Regions) -> Firms:
    """Read the active enterprises and their sites."""
    classes = Keys(snapshot.table("SELECT DISTINCT class FROM firm ORDER BY class").column(0))
    given = {"classes": classes.numbered, "regions": where.codes.numbered}
    found = snapshot.table(_FIRMS, given=given)
    ids = Keys(found.column("enterprise"))
    sites = snapshot.table(_SITES, given={"firms": ids.numbered, "regions": where.codes.numbered})
    return Firms(
        ids,
        _floats(found, "revenue"),
        _ints(found, "home"),
        _ints(found, "class"),
        classes,
        _ints(found, "titles"),
        _ints(found, "national"),
        _flags(found, "known"),
        _ints(sites, "region"),
        _ints(sites, "firm"),
    )


def making(snapshot: Snapshot, who: Firms, what: Names) -> Making:
    """Read who makes what."""
    found = snapshot.table(_MAKERS, given=_numbered(who, what))
    by_firm = Pairs(starts_of(_ints(found, "firm"), len(who)), _ints(found, "product"))
    direct = snapshot.table(
        "SELECT enterprise, sum(output) AS total, count(*) AS products FROM making "
        "GROUP BY enterprise"
    )
    total, products = np.zeros(len(who)), np.zeros(len(who), dtype=np.int64)
    numbers = who.ids.numbers(direct.column("enterprise"))
    total[numbers], products[numbers] = (
        np.nan_to_num(_floats(direct, "total")),
        _ints(direct, "products"),
    )
    landed = snapshot.table(
        "SELECT DISTINCT l.enterprise, u.ancestor AS product, t.first AS region "
        "FROM landing AS l JOIN product_up AS u ON u.product = l.product "
        "JOIN region_tree AS t ON t.region = l.region "
        "WHERE l.enterprise IN (SELECT enterprise FROM firm)"
    )
    return Making(
        by_firm,
        _floats(found, "output"),
        _flags(found, "estimated"),
        total,
        products,
        who.ids.numbers(landed.column("enterprise")),
        what.keys.numbers(landed.column("product")),
        _ints(landed, "region"),
    )


def technology(snapshot: Snapshot, what: Names) -> Technology:
    """Read what goes into what."""
    found = snapshot.table('SELECT start, "end", coefficient, essential FROM "INPUT_TO"')
    used, made = what.keys.numbers(found.column("start")), what.keys.numbers(found.column("end"))
    coefficient, essential = _floats(found, "coefficient"), _flags(found, "essential")
    kinds = snapshot.table('SELECT start, "end" FROM "IS_A"')
    known = ~np.isnan(coefficient)
    size = len(what)
    return Technology(
        _matrix(made, used, np.ones(len(made)), size),
        _matrix(made[essential], used[essential], np.ones(int(essential.sum())), size),
        _matrix(made[known], used[known], coefficient[known], size),
        _matrix(
            what.keys.numbers(kinds.column("start")),
            what.keys.numbers(kinds.column("end")),
            np.ones(kinds.num_rows),
            size,
        ),
    )


def proximity(snapshot: Snapshot, what: Names) -> sparse.csr_array:
    """Read the proximities of products."""
    found = snapshot.table("SELECT product, other, proximity FROM proximity")
    rows, columns = (
        what.keys.numbers(found.column("product")),
        what.keys.numbers(found.column("other")),
    )
    return _matrix(rows, columns, _floats(found, "proximity"), len(what))


def unmade_log(snapshot: Snapshot, who: Firms, what: Names) -> sparse.csr_array:
    """Read P(p | class) as log(1 - P); a product that all make gives a very small number."""
    given = {"classes": who.classes.numbered, "products": what.keys.numbered}
    found = snapshot.table(_CLASS_PRODUCTS, given=given)
    log = np.log(np.maximum(1 - _floats(found, "share"), 1e-300))
    shape = (len(who.classes), len(what))
    places = _ints(found, "class"), _ints(found, "product")
    return sparse.csr_array((log, places), shape=shape)


def purchases(snapshot: Snapshot, who: Firms, what: Names) -> tuple[Ints, Ints, Counts, Floats]:
    """Read (buyer, product, supplier, amount); a purchase counts for all that the product is."""
    found = snapshot.table(_PURCHASES, given=_numbered(who, what))
    return (
        _ints(found, "buyer"),
        _ints(found, "product"),
        _ints(found, "supplier").astype(np.int32),
        _floats(found, "amount"),
    )


def statistics(snapshot: Snapshot, where: Regions, what: Names) -> Statistics:
    """Read the statistics of whole regions."""
    found = snapshot.table("SELECT * FROM region_output")
    region = where.codes.numbers(found.column("region"))
    order = np.argsort(region, kind="stable")
    return Statistics(
        starts_of(region, len(where)),
        what.keys.numbers(found.column("product"))[order],
        _floats(found, "value")[order],
        _floats(found, "share")[order],
        _flags(found, "negligible")[order],
    )


def _numbered(who: Firms, what: Names) -> dict[str, pa.Table]:
    return {"firms": who.ids.numbered, "products": what.keys.numbered}


def _matrix(rows: Ints, columns: Ints, values: Floats, size: int) -> sparse.csr_array:
    return sparse.csr_array((values, (rows, columns)), shape=(size, size))


def _floats(table: pa.Table, column: str) -> Floats:
    return np.asarray(table.column(column).cast(pa.float64()).to_numpy(), dtype=np.float64)


def _ints(table: pa.Table, column: str) -> Ints:
    return np.asarray(table.column(column).cast(pa.int64()).to_numpy(), dtype=np.int64)


def _flags(table: pa.Table, column: str) -> Flags:
    return np.asarray(table.column(column).fill_null(False).to_numpy(), dtype=np.bool_)
