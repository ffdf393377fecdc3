"""A whole graph from one store to another."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import BadInputError, NotKnownError
from ...settings import Settings
from ...text import Text
from .options import help_of
from .progress import progress_bar
from .screen import say
from .session import session_of

if TYPE_CHECKING:
    from ...graph.store import Store

_SAME = Text("来源和目标是同一个图：{place}", "source and target are the same graph: {place}")
_NO_GRAPH = Text("{folder} 里没有图", "there is no graph in {folder}")
_DONE = Text(
    "已复制 {batches} 个批次、{rows} 行（本次写入 {written} 行），逐类行数和校验和都相同",
    "{batches} batches and {rows} rows are copied ({written} rows written this time); "
    "counts and checksums of every type are equal",
)
_REVIEWS = Text("复核清单和决定也已复制", "the review list and its decisions were copied too")
_REVIEWS_KEPT = Text(
    "目标数据文件夹 {folder} 已有复核决定，保留未动",
    "the data folder {folder} has decisions of its own; they stay",
)
_PUBLISHED = Text("已在 {folder} 发布快照 {number}", "snapshot {number} is published in {folder}")


def copy(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            help=help_of(
                "来源：embedded、数据文件夹或 Neo4j 地址",
                "the source: embedded, a data folder, or the URL of a Neo4j server",
            ),
        ),
    ],
    target: Annotated[
        str,
        typer.Option(
            "--to",
            help=help_of(
                "目标：embedded、数据文件夹或 Neo4j 地址，须为空",
                "the target: embedded, a data folder, or the URL of a Neo4j server; empty",
            ),
        ),
    ],
) -> None:
    """Copy a whole graph between stores."""
    from ...graph.snapshot import publish
    from ...graph.store.copying import copy_graph

    settings = session_of(context).settings
    one, other = _settings_for(source, settings), _settings_for(target, settings)
    if _place(one) == _place(other):
        raise BadInputError(_SAME.fill(place=_place(one)))
    with (
        _opened(one, write=False) as giving,
        _opened(other, write=True) as taking,
        progress_bar() as tell,
    ):
        copied = copy_graph(giving, taking, tell)
        snapshots, kept = other.data / "snapshots", settings.snapshots_kept
        found = publish(taking, snapshots, keep=kept, threads=settings.threads, progress=tell)
    rows = sum(copied.rows.values())
    say(_DONE.fill(batches=copied.batches, rows=f"{rows:,}", written=f"{copied.written:,}"))
    _copy_reviews(one.data, other.data)
    if found:
        say(_PUBLISHED.fill(folder=other.data, number=found.number))


def _settings_for(place: str, settings: Settings) -> Settings:
    """Return the settings with the store that an option names."""
    from ...graph.store import EMBEDDED

    if place == EMBEDDED or "://" in place:
        return settings.model_copy(update={"store": place})
    return settings.model_copy(update={"store": EMBEDDED, "data": Path(place)})


def _place(settings: Settings) -> str:
    from ...graph.store import EMBEDDED

    embedded = settings.store == EMBEDDED
    return str(settings.data.resolve()) if embedded else settings.store


@contextmanager
def _opened(settings: Settings, *, write: bool) -> Generator[Store]:
    """Open a store; of an embedded one that is only read, the file has to be there."""
    from ...graph.store import EMBEDDED, open_store
    from ...graph.store.embedded import FILE

    embedded = settings.store == EMBEDDED
    if embedded and not write and not (settings.data / FILE).exists():
        raise NotKnownError(_NO_GRAPH.fill(folder=settings.data))
    store = open_store(settings, write=write)
    try:
        if write or embedded:
            store.migrate()
        yield store
    finally:
        store.close()


def _copy_reviews(source: Path, target: Path) -> None:
    """What people decided goes along where the target has another data folder."""
    from ...ingest.review import FILE, Reviews

    if source.resolve() == target.resolve() or not (source / FILE).exists():
        return
    giving, taking = Reviews.in_folder(source), Reviews.in_folder(target)
    try:
        taken = taking.take_over(giving)
    finally:
        giving.close()
        taking.close()
    say(_REVIEWS if taken else _REVIEWS_KEPT.fill(folder=target))
