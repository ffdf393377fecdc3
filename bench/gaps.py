"""How long the gaps of one region take over all chains, against one hand-written SQL statement.

The floor is gaps.sql, prepared once and run over the snapshot's tables in DuckDB's memory. Both
sides are asked in turn for the same regions, drawn from all of them, and both must come to the same
gaps with the same figures. Beyond the statement's figures the algorithm works out the nearest
makers, the actions and the parts of every score.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from lianpu.algorithms.chain import importance
from lianpu.algorithms.gaps import Assessment, assess
from lianpu.algorithms.index import Index
from lianpu.algorithms.scope import region_scope
from lianpu.atlas import Atlas
from lianpu.graph.snapshot import Snapshot
from lianpu.settings import Settings

from bench.measure import Cost, alone, clock, median, quiet_database, spread
from bench.scene import Scene, settings_for

AIM, AIM_P95, AIM_PEAK = 3, 25, 1
REGIONS, COMPARED = 200, 20
FIGURES = ["makers", "users", "need", "rate", "quotient", "certainty", "score"]
_HERE = Path(__file__).parent


def run(scene: Scene) -> None:
    """Print the times of both, their ratio, and the memory of one question."""
    data = scene.data()
    alone(compare, data)
    for region in ("CHN", "110000"):
        print(f"one question about {region}, from nothing: {alone(ask_once, data, region)}")
    print(f"aim: a peak under {AIM_PEAK} GiB")


def ask_once(data: Path, region: str) -> None:
    """Open a data folder and ask for the gaps of a region, with the evidence of the first."""
    Atlas(settings_for(data)).gaps(region=region, limit=20)


def compare(data: Path) -> None:
    """Ask both sides for the same regions; print how long they take."""
    atlas = Atlas(settings_for(data))
    index = atlas.index()
    chance = np.random.default_rng(1)
    regions = chance.choice(len(index.regions), REGIONS, replace=False).tolist()
    with quiet_database() as connection:
        prepare(connection, index, atlas.settings)
        for region in regions[:COMPARED]:
            _hold(_ours(index, atlas.settings, region), _theirs(index, connection, region))
        print(f"both find the same gaps with the same figures in {COMPARED} regions")
        for region in regions:  # warm
            _assess(index, atlas.settings, region)
        ours, theirs = [], []
        for region in regions:
            ours.append(clock(_assess, index, atlas.settings, region))
            theirs.append(clock(_ask, index, connection, region))
    _print(ours, theirs)
    answers = [
        clock(atlas.gaps, index.regions.codes[region], limit=20, evidence=False)
        for region in regions
    ]
    print(f"whole answer with 20 gaps, no evidence: {spread(answers)}")


def prepare(connection: duckdb.DuckDBPyConnection, index: Index, settings: Settings) -> None:
    """Load the snapshot into DuckDB's memory and prepare the statement."""
    _load(connection, index.snapshot)
    chains = importance(index, None)
    marks = {"key": chains.key, "criticality": chains.criticality}
    products = pa.array(list(index.products.keys))
    given = pa.table(
        {"product": products, **{k: pa.array(v, from_pandas=True) for k, v in marks.items()}}
    )
    half = settings.half
    halves = {"half_need": half.need, "half_users": half.users, "half_makers": half.makers}
    weights = pa.Table.from_pylist([settings.priority.model_dump() | halves])
    for name, table in {"importance": given, "weight": weights}.items():
        connection.register("given", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")
    connection.execute(f"PREPARE gaps AS {(_HERE / 'gaps.sql').read_text(encoding='utf-8')}")


def _load(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> None:
    connection.execute("CREATE SCHEMA facts")
    for path in snapshot.folder.glob("*/*.parquet"):
        now = "WHERE retired IS NULL" if path.parent.name == "facts" else ""
        connection.execute(
            f"CREATE VIEW facts.\"{path.stem}\" AS SELECT * FROM read_parquet('{path}') {now}"
        )
    connection.execute((_HERE / "gaps_tables.sql").read_text(encoding="utf-8"))
    connection.execute("DROP SCHEMA facts CASCADE")


def _assess(index: Index, settings: Settings, region: int) -> Assessment:
    return assess(index, region_scope(index, region), settings)


def _sql(index: Index, region: int) -> str:
    return f"EXECUTE gaps(region := '{index.regions.codes[region]}')"


def _ask(index: Index, connection: duckdb.DuckDBPyConnection, region: int) -> None:
    connection.execute(_sql(index, region)).fetchnumpy()


def _ours(index: Index, settings: Settings, region: int) -> pd.DataFrame:
    found = _assess(index, settings, region)
    figures, product = found.figures, found.product
    return pd.DataFrame(
        {
            "product": [index.products.keys[each] for each in product],
            "status": [status.name.lower() for status in found.verdict.status.take(product)],
            "makers": figures.makers[product],
            "users": figures.users[product],
            "need": figures.need[product],
            "rate": found.rate,
            "quotient": found.quotient,
            "certainty": found.certainty,
            "score": found.score,
        }
    )


def _theirs(index: Index, connection: duckdb.DuckDBPyConnection, region: int) -> pd.DataFrame:
    return connection.execute(_sql(index, region)).df()


def _hold(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """Refuse to measure two things that are not the same."""
    one, other = (each.set_index("product").sort_index() for each in (ours, theirs))
    if not one["status"].equals(other["status"]):
        raise AssertionError(one["status"].compare(other["status"]))
    for name in FIGURES:
        np.testing.assert_allclose(
            one[name].to_numpy(float), other[name].to_numpy(float), rtol=1e-9, err_msg=name
        )


def _print(ours: list[Cost], theirs: list[Cost]) -> None:
    print(f"gaps of one region: {spread(ours)}")
    print(f"one SQL statement:  {spread(theirs)}")
    print(f"ratio of the medians: {median(ours) / median(theirs):.2f}; aim: at most {AIM}")
    print(f"aim for the p95: under {AIM_P95} ms")
