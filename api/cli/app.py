"""The application: its commands, its options, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from ... import __version__
from ...errors import LianpuError
from ...settings import load_settings
from ...text import Language, Text, use_language
from . import screen

INTERNAL_ERROR, INTERRUPTED = 70, 130

_INTERNAL = Text(
    "程序内部出错：{kind}。写入要么完整要么没有，数据完好。"
    "设 LIANPU_DEBUG=1 再运行可看到细节，请连同命令一起反馈。",
    "an internal error: {kind}. A write is done whole or not at all, so the data are sound. "
    "Run again with LIANPU_DEBUG=1 for details and report them with the command.",
)
_STOPPED = Text(
    "已中断。写入要么完整要么没有，重新运行即可继续。",
    "Interrupted. A write is done whole or not at all; run it again to go on.",
)


def build() -> typer.Typer:
    """Return the application, with its texts in the language in force."""
    from . import adopting, ask, assist, care, copying, data, demo, draw, reporting, serve, server
    from .options import help_of

    app = typer.Typer(
        name="lianpu",
        help=str(
            Text(
                "链谱：本地产业链缺什么、有多急、该找谁。",
                "Lianpu: what the local chain lacks, how urgent it is, and whom to call.",
            )
        ),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    commands = (
        (
            "init",
            data.init,
            help_of("建立数据文件夹，装入标准代码和产业链库", "make a data folder"),
        ),
        ("import", data.import_, help_of("导入表格文件", "import spreadsheets")),
        ("template", data.template, help_of("列出或生成导入模板", "list or write templates")),
        ("check", data.check, help_of("只检查文件，不导入", "check files without importing")),
        ("review", data.review, help_of("复核存疑的企业对应", "decide on doubtful enterprises")),
        ("gaps", ask.gaps, help_of("缺口：缺什么、弱什么、可延伸什么", "what is missing or weak")),
        (
            "standings",
            ask.standings,
            help_of("各地并列：各有多少缺口、哪些最急", "regions side by side: gaps of each"),
        ),
        ("targets", ask.targets, help_of("招引对象：该找谁、为什么", "whom to call, and why")),
        ("explain", ask.explain, help_of("解释一个产品的每个数字", "explain every figure")),
        ("enterprise", ask.enterprise, help_of("查看一家企业的全部事实", "all facts of one firm")),
        ("map", draw.map_, help_of("产业链图谱：画在一张纸上", "the chain map on a sheet")),
        (
            "report",
            reporting.report,
            help_of("招商手册、汇报幻灯、作战图清单", "handbook, slides, worklist"),
        ),
        ("changes", ask.changes, help_of("两个快照或日期之间的变化", "what changed")),
        (
            "adopt",
            adopting.adopt,
            help_of("读入一个现有的 Neo4j 图，不改动它", "read an existing Neo4j graph as it is"),
        ),
        (
            "copy",
            copying.copy,
            help_of("把整个图复制到另一个存储", "copy a whole graph to another store"),
        ),
        ("ask", server.ask, help_of("用 Cypher 向 Neo4j 服务器提问", "ask Neo4j in Cypher")),
        ("snapshots", care.snapshots, help_of("列出已发布的快照", "list snapshots")),
        (
            "migrate",
            server.migrate,
            help_of("查看并应用数据库迁移", "show and apply the database's migrations"),
        ),
        ("doctor", care.doctor, help_of("检查数据文件夹是否正常", "check the data folder")),
        ("settings", care.settings, help_of("列出全部设置", "list all settings")),
        (
            "demo",
            demo.demo,
            help_of("装入示例并回答 芜湖市 × 新能源汽车", "load and answer the example"),
        ),
        ("serve", serve.serve, help_of("启动 HTTP 服务", "serve over HTTP")),
        ("mcp", assist.mcp, help_of("为智能助手提供 MCP 工具", "tools for assistants (MCP)")),
    )
    for name, command, text in commands:
        app.command(name, help=text)(command)
    app.add_typer(serve.keys_app(), name="keys", help=help_of("管理密钥", "manage keys"))
    return app


def main() -> None:
    """Run the command line; every error becomes words and an exit code."""
    try:
        use_language(_language_asked_for())
        build()(prog_name="lianpu")
    except LianpuError as error:
        screen.complain(error)
        sys.exit(error.exit_code)
    except SystemExit as leave:
        if leave.code == INTERRUPTED:
            screen.say(_STOPPED)
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("LIANPU_DEBUG"):
            traceback.print_exc()
        screen.say(_INTERNAL.fill(kind=f"{type(error).__name__}: {error}"))
        sys.exit(INTERNAL_ERROR)


def _options(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option("--data", "-d", envvar="LIANPU_DATA", help="数据文件夹 / data folder"),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option("--store", help="存储：embedded 或 Neo4j 地址 / the store, or a Neo4j URL"),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="界面语言 zh / en — language of messages")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="版本 / version")] = False,
) -> None:
    if version:
        screen.out.print(f"lianpu {__version__}")
        raise typer.Exit
    from .session import Session

    settings = load_settings(data=data, store=store, language=lang)
    use_language(settings.language)
    context.obj = Session(settings)


def _language_asked_for() -> Language:
    """The language has to be known before the texts of the commands are built."""
    words = sys.argv[1:]
    given = [after for word, after in pairwise(words) if word == "--lang"]
    given += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return load_settings(language=given[0] if given else None).language
