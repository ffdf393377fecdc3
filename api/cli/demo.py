"""The demonstration: a built-in example, answered for one region and chain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import ConflictError
from ...text import Text
from .ask import gap_sheets, target_sheets
from .options import help_of
from .progress import progress_bar
from .screen import out, say
from .session import Session, session_of

if TYPE_CHECKING:
    from ...algorithms.answers import GapsAnswer, TargetsAnswer
    from ...graph.store import Store

REGION, CHAIN = "芜湖市", "新能源汽车"
_GAPS_WITH_TARGETS = 12
_TARGETS_EACH = 8

_INTRO = Text(
    "示例数据：{count} 家真实企业，公开信息整理、未逐条核对，仅供演示。",
    "Example data: {count} real enterprises from public information, unverified, "
    "for demonstration.",
)
_WHOM = Text("先看最急需招引的一项：", "Whom to call for the most urgent one to attract:")
_WRITTEN = Text(
    "完整的缺口、招引对象和证据已写入 {path}", "all gaps, targets and evidence are in {path}"
)
_TRY = Text(
    "试一试：lianpu --data {data} gaps -r 南昌高新区 -c LED",
    "Try: lianpu --data {data} gaps -r 南昌高新区 -c LED",
)
_OWN_DATA = Text(
    "{place} 里已有 {count} 家企业：示例不混进自己的数据，未改动任何内容",
    "{place} holds {count} enterprises: the example is not mixed into data of your own, "
    "nothing was changed",
)
_ELSEWHERE = Text(
    "请另用一个数据文件夹：lianpu --store embedded --data 示例 demo",
    "Use a folder of its own: lianpu --store embedded --data example demo",
)


def demo(
    context: typer.Context,
    region: Annotated[str, typer.Option("--region", "-r", help=help_of("地区", "region"))] = REGION,
    chain: Annotated[str, typer.Option("--chain", "-c", help=help_of("产业链", "chain"))] = CHAIN,
    path: Annotated[Path, typer.Option("--out", "-o", help=help_of("工作簿", "workbook"))] = Path(
        "lianpu-demo.xlsx"
    ),
) -> None:
    """Load the example and answer for it."""
    session = session_of(context)
    loaded = load_example(session)
    atlas = session.atlas()
    answer = atlas.gaps(region, chain)
    wanted = [gap for gap in answer.gaps if gap.action.code in ("attract", "cooperate")]
    found = [
        atlas.targets(region, gap.product.id, limit=_TARGETS_EACH)
        for gap in wanted[:_GAPS_WITH_TARGETS]
    ]
    _show(answer, found)
    _write(path, answer, found)
    say(_INTRO.fill(count=loaded))
    say(_WRITTEN.fill(path=path))
    say(_TRY.fill(data=session.data))


def load_example(session: Session) -> int:
    """Load the library and the example; return how many enterprises there are.

    Raises
    ------
    ConflictError
        The store holds enterprises, and the example was never loaded into it.
    """
    from ...graph.snapshot import publish
    from ...ingest.library import demo_inputs, library_inputs
    from ...ingest.pipeline import run

    settings = session.settings
    with session.store(create=True) as store, progress_bar() as tell:
        _refuse_own_data(store, session)
        run(store, [*library_inputs()], settings=settings, progress=tell)
        run(store, demo_inputs(), settings=settings, progress=tell)
        publish(store, session.snapshots, keep=settings.snapshots_kept, progress=tell)
        return store.describe().current["Enterprise"]


def _refuse_own_data(store: Store, session: Session) -> None:
    from ...ingest.inputs import label_of
    from ...ingest.library import demo_inputs

    count = store.describe().current["Enterprise"]
    example = label_of(demo_inputs())
    if count and all(entry.label != example for entry in store.ledger()):
        place = session.data if session.is_embedded else session.settings.store
        raise ConflictError(_OWN_DATA.fill(place=place, count=count), _ELSEWHERE)


def _show(answer: GapsAnswer, found: list[TargetsAnswer]) -> None:
    from .show import show_gaps, show_targets

    show_gaps(answer.model_copy(update={"gaps": answer.gaps[:20]}))
    if found:
        out.print()
        out.print(str(_WHOM))
        first = found[0]
        show_targets(
            first.model_copy(update={"targets": first.targets[:3], "excluded": first.excluded[:5]})
        )
        out.print()


def _write(path: Path, answer: GapsAnswer, found: list[TargetsAnswer]) -> None:
    from ..workbook import write_sheets

    sheets = gap_sheets(answer)
    write_sheets(path, sheets | target_sheets(found) if found else sheets)
