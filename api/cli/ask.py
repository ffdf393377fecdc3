"""Asking: gaps, standings, targets, explain, enterprise, changes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import BadInputError
from ...text import Text
from .options import (
    As,
    AsOf,
    Chain,
    Cluster,
    Crm,
    Limit,
    Number,
    Out,
    Product,
    Region,
    day_of,
    help_of,
)
from .screen import tell_written
from .session import session_of
from .write import Format, chosen_format, write_answer, write_bytes

if TYPE_CHECKING:
    import pandas as pd

    from ...algorithms.answers import GapsAnswer, TargetsAnswer
    from ...atlas import Atlas


_BAD_ORDER = Text("不能按“{name}”排序，可用：{names}", "cannot sort by “{name}”: {names}")


class Level(StrEnum):
    """Levels of regions."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"


def gaps(
    context: typer.Context,
    region: Region = None,
    chain: Chain = None,
    cluster: Cluster = None,
    as_of: AsOf = None,
    snapshot: Number = None,
    every: Annotated[
        bool, typer.Option("--all", help=help_of("也列出优势和完整的产品", "also what is no gap"))
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help=help_of("最多列出多少项", "at most"))
    ] = None,
    wanted: As = None,
    out: Out = None,
) -> None:
    """List gaps."""
    form = chosen_format(wanted, out)
    answer = (
        session_of(context)
        .atlas()
        .gaps(
            region,
            chain,
            cluster=cluster,
            as_of=day_of(as_of),
            snapshot=snapshot,
            all_statuses=every,
            limit=limit or (30 if form is Format.TABLE else None),
            evidence=form is not Format.TABLE,
        )
    )
    if form is Format.TABLE:
        from .show import show_gaps

        show_gaps(answer)
    else:
        write_answer(answer, gap_sheets(answer), form, out)
        tell_written(out)


def standings(
    context: typer.Context,
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            "-w",
            help=help_of("在哪个地区之内：代码或名称", "in which region: code or name"),
        ),
    ] = None,
    level: Annotated[
        Level | None, typer.Option("--level", "-l", help=help_of("哪一级的地区", "of which level"))
    ] = None,
    chain: Chain = None,
    as_of: AsOf = None,
    snapshot: Number = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            help=help_of(
                "按哪一项从多到少排，如 breaks（断点）、missing（缺失）、priority（优先级）",
                "what to sort by, the most first: breaks, missing, priority …",
            ),
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help=help_of("最多列出多少项", "at most"))
    ] = None,
    wanted: As = None,
    out: Out = None,
) -> None:
    """List regions side by side."""
    from ...algorithms.browse import Page

    form = chosen_format(wanted, out)
    most = limit or (50 if form is Format.TABLE else None)
    answer = (
        session_of(context)
        .atlas()
        .standings(
            level.value if level else None,
            within=within,
            chain=chain,
            page=Page(most or sys.maxsize, order=_order(sort)),
            as_of=day_of(as_of),
            snapshot=snapshot,
        )
    )
    if form is Format.TABLE:
        from .show import show_standings

        show_standings(answer)
    else:
        write_answer(answer, {str(Text("各地并列", "standings")): answer.frame()}, form, out)
        tell_written(out)


def _order(name: str | None) -> tuple[tuple[str, bool], ...]:
    from ...algorithms.browse.standings import SORTED_BY

    if name is None:
        return ()
    if name not in SORTED_BY:
        raise BadInputError(_BAD_ORDER.fill(name=name, names=", ".join(SORTED_BY)))
    return ((name, True),)


def targets(
    context: typer.Context,
    product: Product,
    region: Region = None,
    cluster: Cluster = None,
    as_of: AsOf = None,
    snapshot: Number = None,
    limit: Limit = 10,
    crm: Crm = None,
    wanted: As = None,
    out: Out = None,
) -> None:
    """List whom to call."""
    form = chosen_format(wanted, out)
    atlas = session_of(context).atlas()
    answer = atlas.targets(
        region, product, cluster=cluster, as_of=day_of(as_of), snapshot=snapshot, limit=limit
    )
    if crm:
        _write_for_crm(atlas, answer, crm, form, out)
    elif form is Format.TABLE:
        from .show import show_targets

        show_targets(answer)
    else:
        write_answer(answer, target_sheets([answer]), form, out)
        tell_written(out)


def _write_for_crm(
    atlas: Atlas, answer: TargetsAnswer, crm: str, form: Format, out: Path | None
) -> None:
    """Write targets with the headers of a CRM: as CSV where no workbook is asked for."""
    from ..crm import csv_of, frame_of, mapping_named, target_rows

    mapping = mapping_named(crm)
    frame = frame_of(mapping, "target", target_rows(atlas, [answer]))
    if form is Format.XLSX:
        write_answer(answer, {mapping.object: frame}, form, out)
    else:
        write_bytes(csv_of(mapping, frame), out)
    tell_written(out)


def explain(
    context: typer.Context,
    product: Product,
    region: Region = None,
    chain: Chain = None,
    cluster: Cluster = None,
    as_of: AsOf = None,
    snapshot: Number = None,
    wanted: As = None,
    out: Out = None,
) -> None:
    """Explain one product."""
    from ...algorithms.answers import evidence_frame

    form = chosen_format(wanted, out)
    answer = (
        session_of(context)
        .atlas()
        .explain(
            region, product, chain=chain, cluster=cluster, as_of=day_of(as_of), snapshot=snapshot
        )
    )
    if form is Format.TABLE:
        from .show import show_explained

        show_explained(answer)
    else:
        frame = evidence_frame([(answer.product.name, answer.evidence)])
        write_answer(answer, {str(_EVIDENCE): frame}, form, out)
        tell_written(out)


def enterprise(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=help_of("企业名称、简称或代码", "name or code"))],
    as_of: AsOf = None,
    snapshot: Number = None,
    wanted: As = None,
    out: Out = None,
) -> None:
    """Show an enterprise."""
    from ...algorithms.answers import evidence_frame

    form = chosen_format(wanted, out)
    answer = session_of(context).atlas().enterprise(name, as_of=day_of(as_of), snapshot=snapshot)
    if form is Format.TABLE:
        from .show import show_enterprise

        show_enterprise(answer)
    else:
        frame = evidence_frame([(answer.enterprise.name, answer.facts)])
        write_answer(answer, {str(_EVIDENCE): frame}, form, out)
        tell_written(out)


def changes(
    context: typer.Context,
    region: Region = None,
    chain: Chain = None,
    cluster: Cluster = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help=help_of("从哪个快照编号或哪一天起", "snapshot or day")),
    ] = None,
    until: Annotated[
        int | None, typer.Option("--until", help=help_of("到哪个快照", "up to which snapshot"))
    ] = None,
    wanted: As = None,
    out: Out = None,
) -> None:
    """Compare two snapshots or days."""
    from ...algorithms.answers.frames import changes_frame

    form = chosen_format(wanted, out)
    number = int(since) if since and since.isdigit() and len(since) < 8 else None
    answer = (
        session_of(context)
        .atlas()
        .changes(
            region,
            chain,
            cluster=cluster,
            since=number,
            since_day=day_of(since) if since and number is None else None,
            until=until,
        )
    )
    if form is Format.TABLE:
        from .show import show_changes

        show_changes(answer)
    else:
        write_answer(answer, {str(Text("变化", "changes")): changes_frame(answer)}, form, out)
        tell_written(out)


_EVIDENCE = Text("证据", "evidence")


def gap_sheets(answer: GapsAnswer) -> dict[str, pd.DataFrame]:
    """Return gaps as sheets of a workbook: the list, and the facts behind it."""
    from ...algorithms.answers import evidence_frame

    facts = [(gap.product.name, gap.evidence) for gap in answer.gaps]
    return {
        str(Text("缺口清单", "gaps")): answer.frame(),
        str(Text("缺口证据", "gap evidence")): evidence_frame(facts),
    }


def target_sheets(answers: list[TargetsAnswer]) -> dict[str, pd.DataFrame]:
    """Return targets as sheets of a workbook: the list, and the facts behind it."""
    import pandas as pd

    from ...algorithms.answers import evidence_frame

    facts = [(each.enterprise.name, each.evidence) for one in answers for each in one.targets]
    frames = [frame for one in answers if not (frame := one.frame()).empty]
    listed = pd.concat(frames, ignore_index=True) if frames else answers[0].frame()
    return {
        str(Text("招引对象", "targets")): listed,
        str(Text("对象证据", "target evidence")): evidence_frame(facts),
    }
