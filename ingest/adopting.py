"""An existing Neo4j graph of any layout, read through a mapping into the project's own schema."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import BadInputError
from ..graph.progress import Progress
from ..graph.store import Store
from ..graph.store.neo4j import Connection
from ..settings import Settings
from ..text import Text
from .existing import write_tables
from .mapping.files import graph_of_mapping
from .pipeline import run
from .report import ImportReport
from .review import Reviews

_NO_GRAPH = Text(
    "映射文件 {path} 没有 [graph] 部分，不知道图里的什么对应哪张表",
    "the mapping file {path} has no [graph]: it does not say what in a graph is which table",
)
_SEE = Text("写法见 docs/neo4j.md 和 examples/。", "See docs/neo4j.md and examples/.")


def adopt(
    store: Store,
    connection: Connection,
    mapping: Path,
    *,
    settings: Settings,
    reviews: Reviews | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Read an existing graph into a store; it is itself only read, never changed.

    Its rows are first written to a temporary folder, under the names that the mapping's tables
    speak of, and imported from there: the same rows in files give the same result.

    Raises
    ------
    BadInputError
        The mapping is unusable, or the graph has nothing that it speaks of.
    StoreError
        The server does not answer or refuses.
    """
    tables = graph_of_mapping(mapping)
    if not tables:
        raise BadInputError(_NO_GRAPH.fill(path=mapping), _SEE)
    with TemporaryDirectory(prefix="lianpu-") as name:
        write_tables(connection, tables, Path(name), progress or _silent)
        return run(
            store, name, settings=settings, mapping=mapping, reviews=reviews, progress=progress
        )


def _silent(stage: Text, done: int, total: int) -> None:
    """Tell nobody."""
