"""Reports as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .draw import ChainDrawn, keep
from .options import AsOf, Cluster, Number, Region, day_of, help_of
from .session import session_of

Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        help=help_of(
            "handbook 招商手册（docx pdf），ppt 汇报幻灯（pptx），worklist 作战图清单（xlsx）",
            "handbook (docx pdf), ppt (pptx), worklist (xlsx)",
        ),
    ),
]
File = Annotated[Path, typer.Option("--out", "-o", help=help_of("写入的文件", "the file to write"))]


def report(
    context: typer.Context,
    chain: ChainDrawn,
    kind: Kind,
    out: File,
    region: Region = None,
    cluster: Cluster = None,
    as_of: AsOf = None,
    snapshot: Number = None,
) -> None:
    """Write a report."""
    from ..reports import gather
    from ..reports import report as made
    from ..reports.kinds import known_kind

    ending = out.suffix.lower().removeprefix(".")
    known_kind(kind, ending)
    atlas = session_of(context).atlas()
    found = gather(atlas, chain, region, cluster=cluster, as_of=day_of(as_of), snapshot=snapshot)
    keep(out, made(found, kind, ending))
