"""An existing Neo4j graph, read into the project's own schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .data import IN_REVIEW, NOTHING_NEW, PUBLISHED, Errors, mark_problems, publish_from
from .options import help_of
from .progress import progress_bar
from .report import show_report
from .screen import say
from .session import session_of


def adopt(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Option(
            "--from", help=help_of("原有图的 Neo4j 地址", "URL of the Neo4j server of that graph")
        ),
    ],
    mapping: Annotated[
        Path,
        typer.Option(
            "--mapping",
            "-m",
            help=help_of("映射文件（TOML），含 graph 部分", "mapping file (TOML) with graph"),
        ),
    ],
    database: Annotated[
        str | None,
        typer.Option("--database", help=help_of("原有图的数据库名", "database of that graph")),
    ] = None,
    user: Annotated[
        str | None,
        typer.Option("--user", help=help_of("原有图的用户名", "user name at that graph")),
    ] = None,
    errors: Errors = None,
) -> None:
    """Read an existing Neo4j graph."""
    from ...graph.store.neo4j import Connection
    from ...ingest.adopting import adopt as adopt_graph

    session = session_of(context)
    own: dict[str, Any] = {"database": database, "user": user}
    given = {name: value for name, value in own.items() if value is not None}
    neo4j = session.settings.neo4j.model_copy(update=given)
    there = session.settings.model_copy(update={"store": source, "neo4j": neo4j})
    connection = Connection(there)
    try:
        with session.store() as store, session.reviews() as reviews, progress_bar() as tell:
            report = adopt_graph(
                store,
                connection,
                mapping,
                settings=session.settings,
                reviews=reviews,
                progress=tell,
            )
            published = publish_from(session, store, tell)
    finally:
        connection.close()
    show_report(report)
    mark_problems(report, [mapping], errors)
    say(PUBLISHED.fill(number=published.number) if published else NOTHING_NEW)
    if report.to_review:
        say(IN_REVIEW)
