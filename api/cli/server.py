"""What only a server does: its migrations, and questions in its own language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text as Styled

from ...errors import BadInputError, ConflictError
from ...text import Text
from .options import As, Out, help_of
from .question import question_frame, show_question
from .screen import out as screen_out
from .screen import say, table, tell_written
from .session import Session, session_of
from .write import Format, chosen_format, write_answer

if TYPE_CHECKING:
    from ...cypher import Query, Value

_NO_SERVER = Text(
    "这里的存储是数据文件夹里的文件，不是 Neo4j 服务器",
    "the store is the file in the data folder, not a Neo4j server",
)
_NAME_ONE = Text(
    "请设 LIANPU_STORE 为服务器地址；不用服务器时用 lianpu gaps、targets 等命令提问。",
    "Set LIANPU_STORE to the URL of one; without a server ask with `lianpu gaps`, `targets` and "
    "so on.",
)
_NO_VALUE = Text("“{given}”应写成 名称=值", "“{given}” must be written as name=value")
_UP_TO_DATE = Text("数据库结构已是最新", "the database is up to date")
_NOT_APPLIED = Text(
    "有 {count} 个迁移未应用，运行 lianpu migrate 应用",
    "{count} migrations are not applied; `lianpu migrate` applies them",
)
_APPLIED = Text("应用时间", "applied")


def migrate(
    context: typer.Context,
    show: Annotated[
        bool, typer.Option("--show", help=help_of("只显示，不应用", "show them, apply none"))
    ] = False,
) -> None:
    """Show and apply the migrations of the database."""
    session = session_of(context)
    if not show:
        with session.store():
            pass
    if session.is_embedded:
        say(_UP_TO_DATE)
        return
    missing = _show_migrations(session)
    if missing:
        say(_NOT_APPLIED.fill(count=missing))
        raise typer.Exit(ConflictError.exit_code)
    say(_UP_TO_DATE)


def ask(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help=help_of("问题名称，不填则列出", "which; none lists them"))
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", help=help_of("参数，写成 名称=值", "name=value, repeatable")),
    ] = None,
    cypher: Annotated[
        bool,
        typer.Option(
            "--cypher",
            help=help_of("不提问，只给出可粘贴到 Neo4j Browser 的语句", "give the text to paste"),
        ),
    ] = False,
    wanted: As = None,
    out: Out = None,
) -> None:
    """Ask a Neo4j server one of the questions in Cypher."""
    from ...graph.store.neo4j import ask as ask_server
    from ...graph.store.neo4j import question, values_for

    if name is None:
        _list_questions()
        return
    query, given = question(name), _given(param or [])
    if cypher:
        _show_cypher(query, given)
        return
    values_for(query, given)
    session = session_of(context)
    if session.is_embedded:
        raise BadInputError(_NO_SERVER, _NAME_ONE)
    form = chosen_format(wanted, out)
    answer = ask_server(session.settings, name, given)
    if form is Format.TABLE:
        show_question(answer)
    else:
        write_answer(answer, {name: question_frame(answer)}, form, out)
        tell_written(out)


def _given(params: list[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in params]
    for (name, equals, _), given in zip(pairs, params, strict=True):
        if not equals or not name.strip():
            raise BadInputError(_NO_VALUE.fill(given=given))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _list_questions() -> None:
    from ...graph.store.neo4j import questions

    listed = table(Text("问题", "question"), Text("含义", "meaning"), Text("参数", "parameters"))
    for each in questions():
        chinese, *english = each.doc
        meaning = Text(chinese, " ".join(english).partition("  ")[0])
        takes = [_signature(one.name, one.required, one.default) for one in each.parameters]
        listed.add_row(each.name.rpartition("/")[2], str(meaning), Styled("  ".join(takes)))
    screen_out.print(listed)


def _signature(name: str, required: bool, default: Value) -> str:
    if required:
        return f"{name}=…"
    return f"[{name}={'…' if default is None else default}]"


def _show_cypher(query: Query, given: dict[str, str]) -> None:
    from ...graph.store.neo4j import values_for

    example = {name: str(value) for name, value in query.example.items()}
    values = values_for(query, example | given)
    written = ", ".join(f"{name}: {_literal(value)}" for name, value in values.items())
    screen_out.print(f":params {{{written}}}\n\n{query.text}", soft_wrap=True, end="")


def _literal(value: Value) -> str:
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "null" if value is None else str(value)


def _show_migrations(session: Session) -> int:
    """Show every migration; return how many are not applied."""
    from ...graph.store.neo4j import Connection, states

    connection = Connection(session.settings)
    try:
        found = states(connection)
    finally:
        connection.close()
    listed = table((Text("编号", "number"), "right"), Text("迁移", "migration"), _APPLIED)
    for each in found:
        when = f"{each.applied:.19}" if each.applied else "—"
        listed.add_row(str(each.migration.number), each.migration.name, when)
    screen_out.print(listed)
    return sum(each.applied is None for each in found)
