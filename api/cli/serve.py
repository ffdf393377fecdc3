"""Serving over HTTP: serve, keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import BadInputError
from ...text import Text
from .options import help_of
from .screen import out, say, table
from .session import Session, session_of

if TYPE_CHECKING:
    from ..operational.database import Database

DEMO_FOLDER = Path("lianpu-demo")
DEMO_WRITE_SECONDS = 2.0
"""Who tries it out wants to see at once what a lead does to the graph."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")

_AT = Text("服务地址：{url}", "Serving at {url}")
_PAGE = Text("网页：{url}/page/", "Page: {url}/page/")
_TRY = Text(
    "试一试：{url}/v1/gaps?region=芜湖市&chain=新能源汽车",
    "Try: {url}/v1/gaps?region=芜湖市&chain=新能源汽车",
)
_DEMO = Text(
    "!!! 演示模式：示例数据，任何本机程序无需密钥即可读写。切勿用于真实数据。!!!",
    "!!! DEMO MODE: example data; any program on this machine may read and write without a key. "
    "Never use it for real data. !!!",
)
_NOT_LOOPBACK = Text("演示模式只能监听本机地址", "demo mode listens on loopback only")
_NO_KEYS = Text(
    "还没有任何密钥。用 lianpu keys add 名称 --scope read 建一个。",
    "There are no keys yet. Make one: lianpu keys add NAME --scope read",
)
_ONCE = Text(
    "密钥只显示这一次，请妥善保存：", "The key is shown this once; keep it in a safe place:"
)
_NO_SCOPE = Text("没有权限“{name}”，可用：{names}", "there is no scope “{name}”: {names}")
_REVOKED = Text("密钥 {prefix} 已吊销", "the key {prefix} is revoked")


def serve(
    context: typer.Context,
    demo: Annotated[
        bool,
        typer.Option("--demo", help=help_of("用内置示例，无需密钥，只限本机", "example, no key")),
    ] = False,
    host: Annotated[str | None, typer.Option("--host", help=help_of("监听地址", "address"))] = None,
    port: Annotated[
        int | None, typer.Option("--port", "-p", help=help_of("监听端口", "port"))
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", "-w", min=1, help=help_of("进程数", "processes"))
    ] = None,
) -> None:
    """Serve the API."""
    from ..http.server import run_server

    session = _with_options(session_of(context), host, port, workers)
    if demo:
        session = _demo(session)
    else:
        _remind_of_keys(session)
    http = session.settings.http
    url = f"http://{f'[{http.host}]' if ':' in http.host else http.host}:{http.port}"
    say(_AT.fill(url=url))
    say(_PAGE.fill(url=url))
    if demo:
        say(_TRY.fill(url=url))
    run_server(session.settings, demo=demo)


def add_key(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=help_of("给谁用", "who it is for"))],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", "-s", help=help_of("权限，可多次", "scopes"))
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", "-r", help=help_of("限定地区", "bound to a region"))
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, help=help_of("有效天数", "days it is good for"))
    ] = 365,
    rate: Annotated[
        int | None, typer.Option("--rate", min=1, help=help_of("每分钟请求数", "requests a minute"))
    ] = None,
) -> None:
    """Make a client with a key."""
    from ..http.auth.scopes import SCOPES
    from ..operational.clients import add_client
    from ..operational.clients import add_key as make_key

    for each in scope or ():
        if each not in SCOPES:
            raise BadInputError(_NO_SCOPE.fill(name=each, names=", ".join(SCOPES)))
    session = session_of(context)
    code = session.atlas().region_of(region) if region else None
    database = _database(session)
    client = add_client(database, name, scope or ["read"], code, rate)
    _, shown = make_key(database, client.id, days)
    say(_ONCE)
    out.print(shown, soft_wrap=True)


def list_keys(context: typer.Context) -> None:
    """List clients and their keys."""
    from ..operational.clients import clients

    listed = table(
        Text("客户", "client"),
        Text("编号", "id"),
        Text("地区", "region"),
        Text("权限", "scopes"),
        Text("密钥", "key"),
        Text("到期", "expires"),
        Text("最近使用", "last used"),
        Text("吊销", "revoked"),
    )
    for client, keys in clients(_database(session_of(context))):
        for key in keys:
            moments = (key.expires, key.last_used, key.revoked)
            listed.add_row(
                client.name,
                client.id,
                client.region or "—",
                " ".join(client.scopes),
                key.prefix,
                *(f"{each:%Y-%m-%d}" if each else "—" for each in moments),
            )
    out.print(listed)


def revoke_key(
    context: typer.Context,
    prefix: Annotated[str, typer.Argument(help=help_of("密钥开头八位", "its first eight digits"))],
) -> None:
    """Revoke a key."""
    from ..operational.clients import START, revoke

    found = revoke(_database(session_of(context)), prefix.removeprefix(START).split("_")[0])
    say(_REVOKED.fill(prefix=found.prefix))


def keys_app() -> typer.Typer:
    """Return the commands about keys."""
    app = typer.Typer(no_args_is_help=True)
    app.command("add", help=help_of("建立客户和密钥", "make a client with a key"))(add_key)
    app.command("list", help=help_of("列出客户和密钥", "list clients and keys"))(list_keys)
    app.command("revoke", help=help_of("吊销密钥", "revoke a key"))(revoke_key)
    return app


def _with_options(
    session: Session, host: str | None, port: int | None, workers: int | None
) -> Session:
    given = {"host": host, "port": port, "workers": workers}
    named = {name: value for name, value in given.items() if value is not None}
    http = session.settings.http.model_copy(update=named)
    return Session(session.settings.model_copy(update={"http": http}))


def _demo(session: Session) -> Session:
    """Load the example where it is not loaded yet; never into the folder of real data."""
    from ...settings import Settings
    from .demo import REGION, load_example

    settings = session.settings
    if settings.http.host not in LOOPBACK:
        raise BadInputError(_NOT_LOOPBACK)
    if settings.data == Settings.model_fields["data"].default:
        settings = settings.model_copy(update={"data": DEMO_FOLDER})
    http = settings.http.model_copy(update={"write_seconds": DEMO_WRITE_SECONDS})
    page = settings.page.model_copy(update={"region": settings.page.region or REGION})
    session = Session(settings.model_copy(update={"http": http, "page": page}))
    if not session.atlas().snapshots():
        load_example(session)
    say(_DEMO)
    return session


def _remind_of_keys(session: Session) -> None:
    from ..operational.clients import clients

    database = _database(session)
    if not clients(database):
        say(_NO_KEYS)
    database.close()


def _database(session: Session) -> Database:
    from ..operational import open_database

    return open_database(session.settings)
