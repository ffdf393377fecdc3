"""Drawing: the chain map as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ...errors import BadInputError
from ...text import Text
from .options import AsOf, Cluster, Number, Region, day_of, help_of
from .screen import say
from .session import session_of
from .write import CANNOT_WRITE

_WRITTEN = Text("已写入 {path}", "written to {path}")


class Paper(StrEnum):
    """The sheets that a map is drawn on."""

    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"
    SLIDE = "16:9"


ChainDrawn = Annotated[
    str, typer.Option("--chain", "-c", help=help_of("产业链：名称或编号", "chain: name or id"))
]
File = Annotated[
    Path,
    typer.Option(
        "--out",
        "-o",
        help=help_of(
            "写入的文件，格式看后缀：svg png pdf pptx html graphml gexf mmd json",
            "the file; its ending is the format: svg png pdf pptx html graphml gexf mmd json",
        ),
    ),
]


def map_(
    context: typer.Context,
    chain: ChainDrawn,
    out: File,
    region: Region = None,
    cluster: Cluster = None,
    as_of: AsOf = None,
    snapshot: Number = None,
    paper: Annotated[
        Paper, typer.Option("--paper", help=help_of("纸张（横放）", "sheet, landscape"))
    ] = Paper.A3,
    fold: Annotated[
        list[str] | None,
        typer.Option("--fold", help=help_of("只显示标题的分组", "a group to show as a heading")),
    ] = None,
) -> None:
    """Draw a chain map."""
    from ...maps import FIRMS, SHEETS, format_of, render

    wanted = format_of(out)
    answer = (
        session_of(context)
        .atlas()
        .chain_map(
            chain, region, cluster=cluster, firms=FIRMS, as_of=day_of(as_of), snapshot=snapshot
        )
    )
    keep(out, render(answer, wanted, sheet=SHEETS[paper.value], folded=fold or ()))


def keep(out: Path, made: bytes) -> None:
    """Write a file and say so.

    Raises
    ------
    BadInputError
        It cannot be written.
    """
    try:
        out.write_bytes(made)
    except OSError as error:
        raise BadInputError(CANNOT_WRITE.fill(path=out, why=error.strerror or str(error))) from None
    say(_WRITTEN.fill(path=out))
