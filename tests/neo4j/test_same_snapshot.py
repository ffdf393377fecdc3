"""The same files imported into either store publish the same snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
from lianpu.graph.schema import SCHEMA
from lianpu.graph.snapshot import publish
from lianpu.graph.snapshot.derived import ORDER
from lianpu.graph.store import Store
from lianpu.graph.store.neo4j import Neo4jStore
from lianpu.ingest import Input, Reviews, run
from lianpu.settings import load_settings

from ..graph.stores import embedded
from ..ingest.test_import import FIRMS
from ..ingest.world import INDUSTRIES, REGIONS, TITLES, code

LIBRARY = Path(__file__).parents[2] / "library"
LATER: dict[str, list[object]] = {
    "统一社会信用代码": [code(1), code(2)],  # replaces the id derived from the name
    "营业收入（万元）": ["13000", ""],
    "数据日期": ["2031-01-01", "2031-01-01"],
}
CHANGED = FIRMS | LATER
"""The firms a while later: a code arrives, a revenue changes, another is left empty."""


def test_the_same_files_publish_the_same_snapshot(store: Neo4jStore, tmp_path: Path) -> None:
    plain = embedded(tmp_path / "embedded")
    tables = {
        name: import_all(each, tmp_path / name)
        for name, each in (("embedded", plain), ("neo4j", store))
    }
    plain.close()
    assert tables["neo4j"] == tables["embedded"]
    assert any(row["retired"] for row in tables["neo4j"]["facts/Enterprise"])


def import_all(store: Store, folder: Path) -> dict[str, Any]:
    """Import sheets, the demonstration's files and a later sheet; return all that is published."""
    settings = load_settings(data=folder, threads=1)
    reviews = Reviews.in_folder(folder)
    sheets = ((REGIONS, "地区"), (INDUSTRIES, "行业"), (TITLES, "资质目录"))
    batches: list[Any] = [Input(pd.DataFrame(rows), name) for rows, name in sheets]
    batches.append(LIBRARY / "demo")
    batches += [Input(pd.DataFrame(rows), "企业") for rows in (FIRMS, CHANGED, CHANGED)]
    for each in batches:
        run(store, each, settings=settings, reviews=reviews)
    reviews.close()
    manifest = publish(store, folder / "snapshots", keep=1)
    assert manifest
    names = [f"facts/{kind.name}" for kind in SCHEMA.types] + [f"derived/{name}" for name in ORDER]
    found = {
        name: pq.read_table(folder / "snapshots" / "000001" / f"{name}.parquet") for name in names
    }
    held: dict[str, Any] = {name: table.schema for name, table in found.items()}
    rows = {name: table.to_pylist() for name, table in found.items()}
    ordered = {n: r if n.startswith("facts") else sorted(r, key=str) for n, r in rows.items()}
    return {"schemas": held, "coverage": manifest.coverage, "counts": manifest.counts, **ordered}
