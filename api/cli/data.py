"""Bringing data in: init, template, check, import, review."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import BadInputError, RejectedRowsError
from ...text import Text
from .options import AsOf, day_of, help_of
from .progress import progress_bar
from .report import show_chain_problems, show_report
from .screen import out, say, table
from .session import Session, session_of

if TYPE_CHECKING:
    from ...graph.progress import Progress
    from ...graph.snapshot import Manifest
    from ...graph.store import Store
    from ...ingest.report import ImportReport
    from ...ingest.review import Reviews

_READY = Text(
    "数据文件夹 {folder} 已就绪：地区 {regions}、行业 {industries}、"
    "产业链 {chains}、产品 {products}。",
    "The data folder {folder} is ready: {regions} regions, {industries} industries, "
    "{chains} chains, {products} products.",
)
_NEXT = Text(
    "下一步：lianpu template enterprises 企业.xlsx 生成模板，填好后 lianpu import 企业.xlsx",
    "Next: `lianpu template enterprises firms.xlsx`, fill it in, then `lianpu import firms.xlsx`.",
)
PUBLISHED = Text("已发布快照 {number}", "snapshot {number} is published")
NOTHING_NEW = Text("没有新内容，快照不变", "nothing new; the snapshot stays")
_MARKED = Text(
    "有问题的行已标注在 {path} 的“错误”列，改好后重新导入即可",
    "the rows with problems are marked in {path}; mend them and import again",
)
IN_REVIEW = Text(
    "运行 lianpu review 复核存疑的企业", "run `lianpu review` to decide on doubtful firms"
)
_CLEAN = Text("没有发现问题", "no problems were found")
_WRITTEN = Text("模板已写入 {path}", "the template was written to {path}")
_NONE_OPEN = Text("没有待复核的条目", "nothing waits for review")
_DECIDED = Text("第 {number} 号已记为“{decision}”", "number {number} was decided: {decision}")
_SAME, _DIFFERENT = Text("同一企业", "the same"), Text("不同企业", "different")
_ONE_OF = Text("请用 --same 或 --different 之一", "say either --same or --different")

Files = Annotated[list[Path], typer.Argument(help=help_of("文件或文件夹", "files or folders"))]
TemplateName = Annotated[
    str | None,
    typer.Option("--template", "-t", help=help_of("按哪个模板读", "which template they follow")),
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", "-m", help=help_of("映射文件（TOML）", "mapping file (TOML)")),
]
Errors = Annotated[
    Path | None,
    typer.Option(
        "--errors", help=help_of("标注错误的工作簿写到哪里", "where the marked workbook goes")
    ),
]


def init(context: typer.Context) -> None:
    """Make a data folder."""
    from ...ingest.library import library_inputs
    from ...ingest.pipeline import run

    session = session_of(context)
    with session.store(create=True) as store:
        with progress_bar() as tell:
            run(store, library_inputs(), settings=session.settings, progress=tell)
            publish_from(session, store, tell)
        current = store.describe().current
    say(
        _READY.fill(
            folder=session.data,
            regions=current["Region"],
            industries=current["Industry"],
            chains=current["Chain"],
            products=current["Product"],
        )
    )
    say(_NEXT)


def import_(
    context: typer.Context,
    files: Files,
    template: TemplateName = None,
    mapping: Mapping = None,
    strict: Annotated[
        bool, typer.Option("--strict", help=help_of("有一行不合格就都不写", "all rows or none"))
    ] = False,
    source: Annotated[
        str | None, typer.Option("--source", help=help_of("来源名称，默认文件名", "source title"))
    ] = None,
    as_of: AsOf = None,
    confidence: Annotated[
        float | None,
        typer.Option(
            "--confidence", min=0, max=1, help=help_of("可信度 0–1", "confidence, 0 to 1")
        ),
    ] = None,
    errors: Errors = None,
) -> None:
    """Import files."""
    from ...ingest.pipeline import run

    session = session_of(context)
    with session.store() as store, session.reviews() as reviews, progress_bar() as tell:
        try:
            report = run(
                store,
                files,
                settings=session.settings,
                template=template,
                strict=strict,
                source=source,
                as_of=day_of(as_of),
                confidence=confidence,
                mapping=mapping,
                reviews=reviews,
                progress=tell,
            )
        except RejectedRowsError as error:
            mark_problems(getattr(error, "report", None), files, errors)
            raise
        published = publish_from(session, store, tell)
    show_report(report)
    mark_problems(report, files, errors)
    say(PUBLISHED.fill(number=published.number) if published else NOTHING_NEW)
    if report.to_review:
        say(IN_REVIEW)


def check(
    context: typer.Context,
    files: Files,
    template: TemplateName = None,
    mapping: Mapping = None,
    errors: Errors = None,
) -> None:
    """Check files without importing them."""
    from ...ingest.chain_check import check_chain_files
    from ...ingest.pipeline import check as check_files

    session = session_of(context)
    with session.store() as store:
        from ...ingest.known import StoreKnown

        known = StoreKnown(store)
        report = check_files(
            files, known=known, settings=session.settings, template=template, mapping=mapping
        )
        problems = [] if mapping else check_chain_files(files, known)
    show_report(report)
    show_chain_problems(problems)
    mark_problems(report, files, errors)
    if report.rejected or any(each.serious for each in problems):
        raise typer.Exit(BadInputError.exit_code)
    if not report.problems.num_rows and not problems:
        say(_CLEAN)


def template(
    name: Annotated[
        str | None, typer.Argument(help=help_of("模板名称，不填则列出", "which; none lists them"))
    ] = None,
    path: Annotated[
        Path | None, typer.Argument(help=help_of("写到 .xlsx 或 .csv", "an .xlsx or .csv file"))
    ] = None,
) -> None:
    """Write a template."""
    from ...ingest.templates import TEMPLATES
    from ...ingest.templates.write import write_template

    if name is None:
        listed = table(Text("模板", "template"), Text("名称", "title"), Text("列", "columns"))
        for each in TEMPLATES.values():
            own = [str(column.title) for column in each.columns]
            listed.add_row(each.name, str(each.title), "、".join(own))
        out.print(listed)
        return
    target = path or Path(f"{name}.xlsx")
    write_template(name, target)
    say(_WRITTEN.fill(path=target))


def review(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Argument(help=help_of("复核编号，不填则列出", "which; none lists them"))
    ] = None,
    same: Annotated[
        bool, typer.Option("--same", help=help_of("是同一企业", "it is the same"))
    ] = False,
    different: Annotated[
        bool, typer.Option("--different", help=help_of("是不同企业", "they are different"))
    ] = False,
) -> None:
    """Decide on doubtful enterprises."""
    session = session_of(context)
    with session.reviews() as reviews:
        if number is None:
            _list_open(reviews)
            return
        if same == different:
            raise BadInputError(_ONE_OF)
        _decide(session, reviews, number, same)


def _decide(session: Session, reviews: Reviews, number: int, same: bool) -> None:
    from ...ingest.pipeline import run

    ready = reviews.decide(number, same=same)
    say(_DECIDED.fill(number=number, decision=_SAME if same else _DIFFERENT))
    if not ready:
        return
    with session.store() as store:
        report = run(store, ready, settings=session.settings, reviews=reviews)
        published = publish_from(session, store, None)
    show_report(report)
    if published:
        say(PUBLISHED.fill(number=published.number))


def _list_open(reviews: Reviews) -> None:
    found = reviews.list()
    if not found:
        say(_NONE_OPEN)
        return
    listed = table(
        (Text("编号", "number"), "right"),
        Text("表中名称", "as given"),
        Text("疑为", "perhaps"),
        (Text("相似度", "score"), "right"),
        (Text("等待的行", "rows waiting"), "right"),
        Text("理由", "why"),
    )
    for each in found:
        why = "；".join(str(reason) for reason in each.reasons)
        listed.add_row(
            str(each.id), each.given, each.known, f"{each.score:.2f}", str(each.rows), why
        )
    out.print(listed)


def publish_from(session: Session, store: Store, tell: Progress | None) -> Manifest | None:
    """Publish what a store holds as a snapshot of the data folder."""
    from ...graph.snapshot import publish

    settings = session.settings
    return publish(
        store,
        session.snapshots,
        keep=settings.snapshots_kept,
        threads=settings.threads,
        progress=tell,
    )


def mark_problems(report: ImportReport | None, files: list[Path], wanted: Path | None) -> None:
    """Give the sheets back with their problems marked, by default in the working folder."""
    if report is None or not report.problems.num_rows:
        return
    first = files[0].resolve()
    stem = first.stem if first.is_file() else first.name
    path = wanted or Path.cwd() / f"{stem}-错误-{datetime.now():%Y%m%d-%H%M%S}.xlsx"
    report.write_marked_workbook(path)
    say(_MARKED.fill(path=path))
