"""What the server or the way to it refuses is said in words, with a cure; never a password."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from ....errors import ConflictError, LianpuError, SettingError, StoreError
from ....text import Text

_UNREACHABLE = Text(
    "无法连接 Neo4j 服务器 {url}：{why}", "the Neo4j server {url} does not answer: {why}"
)
_START = Text(
    "请确认服务器已启动、地址和端口正确、防火墙放行；未确认的写入不会留下一半。",
    "Check that it runs, and its address, port and firewall; no half of a write stays behind.",
)
_UNTRUSTED = Text(
    "无法与 Neo4j 服务器 {url} 建立加密连接：{why}",
    "no encrypted connection to the Neo4j server {url}: {why}",
)
_AUTHORITY = Text(
    "自签证书请用 LIANPU_NEO4J__CERTIFICATE 指定 CA 证书文件；服务器未开启 TLS 时用 neo4j:// "
    "或 bolt://。",
    "Name the authority of a certificate of your own by LIANPU_NEO4J__CERTIFICATE; where the "
    "server speaks no TLS use neo4j:// or bolt://.",
)
_REFUSED = Text(
    "Neo4j 服务器 {url} 不接受用户名或密码", "the Neo4j server {url} refuses the user or password"
)
_PASSWORD = Text(
    "请核对 LIANPU_NEO4J__USER 和 LIANPU_NEO4J__PASSWORD。",
    "Check LIANPU_NEO4J__USER and LIANPU_NEO4J__PASSWORD.",
)
_EXPIRED = Text(
    "Neo4j 服务器 {url} 要求先修改初始密码", "the Neo4j server {url} asks for a new password first"
)
_CHANGE = Text(
    "请登录 Neo4j Browser 或用 cypher-shell 修改密码。",
    "Change it in Neo4j Browser or with cypher-shell.",
)
_TOO_OFTEN = Text(
    "Neo4j 服务器 {url} 因多次密码错误暂时拒绝登录",
    "the Neo4j server {url} refuses to log in for a while after wrong passwords",
)
_READ_ONLY = Text(
    "Neo4j 服务器 {url} 或其数据库是只读的", "the Neo4j server {url} or its database is read-only"
)
_WRITABLE = Text(
    "读取快照和提问不受影响；要写入请换一台可写的服务器，或关闭 "
    "server.databases.default_to_read_only。",
    "Reading works as ever; to write, take a server that can be written, or turn "
    "server.databases.default_to_read_only off.",
)
_FORBIDDEN = Text("Neo4j 用户缺少权限：{why}", "the user lacks a right at the Neo4j server: {why}")
_RIGHTS = Text("所需权限见 docs/neo4j.md。", "docs/neo4j.md lists the rights that are needed.")
_SLOW = Text("Neo4j 服务器 {url} 超时：{why}", "the Neo4j server {url} took too long: {why}")
_LONGER = Text(
    "没有留下一半的写入。可调大 LIANPU_NEO4J__TIMEOUT，或等服务器空闲后再试。",
    "No half of a write stays behind. Raise LIANPU_NEO4J__TIMEOUT or try when it is less busy.",
)
_NO_MEMORY = Text(
    "Neo4j 服务器 {url} 内存不够：{why}", "the Neo4j server {url} lacks memory: {why}"
)
_MORE_MEMORY = Text(
    "没有留下一半的写入。请调大服务器的 server.memory.heap.max_size；写入时也可调小 "
    "LIANPU_NEO4J__ROWS。",
    "No half of a write stays behind. Raise server.memory.heap.max_size of the server; for "
    "writing LIANPU_NEO4J__ROWS may also be lowered.",
)
_NO_DATABASE = Text(
    "Neo4j 服务器 {url} 上没有这个数据库：{why}", "there is no such database at {url}: {why}"
)
_CONTRADICTS = Text(
    "写入与 Neo4j 中已有的数据冲突：{why}", "the write contradicts what Neo4j holds: {why}"
)
_UNUSABLE = Text("Neo4j 的连接设置不可用：{why}", "the settings for Neo4j are unusable: {why}")
_FAILED = Text("Neo4j 拒绝了请求（{code}）：{why}", "Neo4j refused ({code}): {why}")

_REASONS: tuple[tuple[type[OSError], Text], ...] = (
    (ConnectionRefusedError, Text("那里没有程序在听（连接被拒绝）", "nobody listens there")),
    (socket.gaierror, Text("找不到这个主机名", "no such host")),
    (TimeoutError, Text("没有回应", "no response in time")),
    (ConnectionError, Text("连接被切断", "the connection was cut")),
)
"""What is behind a connection that fails."""


@contextmanager
def said_in_words(url: str) -> Generator[None]:
    """Raise what the driver raises as an error of Lianpu.

    Raises
    ------
    StoreError
        The server cannot be reached, refuses, or takes too long.
    ConflictError
        A constraint of the database is broken.
    SettingError
        The connection cannot be set up as it is set.
    """
    try:
        yield
    except (Neo4jError, DriverError, OSError) as error:
        raise explained(error, url) from error


def explained(error: Exception, url: str) -> LianpuError:
    """Return the error of Lianpu that says what an error of the driver means."""
    why = _reason(error)
    if isinstance(error, ConfigurationError):
        return SettingError(_UNUSABLE.fill(why=why))
    if isinstance(error, Neo4jError) and not isinstance(error, ServiceUnavailable):
        return refused(error.code or "", url, why)
    if any(isinstance(each, ssl.SSLError) for each in _behind(error)):
        return StoreError(_UNTRUSTED.fill(url=url, why=why), _AUTHORITY)
    if isinstance(error, SessionExpired | ServiceUnavailable | OSError):
        return StoreError(_UNREACHABLE.fill(url=url, why=why), _START)
    return StoreError(_FAILED.fill(code=type(error).__name__, why=why))


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and all that it comes from; routing fails with a group of them."""
    yield error
    several = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for each in (*several, error.__cause__):
        if each is not None:
            yield from _behind(each)


def _reason(error: Exception) -> Text | str:
    """Return why in words where they are known, else in those of what is behind it all."""
    found = list(_behind(error))
    for each in found:
        for kind, words in _REASONS:
            if isinstance(each, kind):
                return words
    return _first_line(error if isinstance(error, Neo4jError) else found[-1])


def refused(code: str, url: str, why: Text | str) -> LianpuError:
    """Return the error of Lianpu that says what a code of the server means."""
    if "ConstraintValidation" in code:
        return ConflictError(_CONTRADICTS.fill(why=why))
    if code.endswith("Unauthorized"):
        return StoreError(_REFUSED.fill(url=url), _PASSWORD)
    for words, message, cure in _KNOWN:
        if any(word in code for word in words):
            return StoreError(message.fill(url=url, why=why), cure)
    return StoreError(_FAILED.fill(code=code, why=why))


_KNOWN: tuple[tuple[tuple[str, ...], Text, Text | None], ...] = (
    (("AuthenticationRateLimit",), _TOO_OFTEN, _PASSWORD),
    (("CredentialsExpired",), _EXPIRED, _CHANGE),
    (("ReadOnly", "AccessMode", "NotALeader"), _READ_ONLY, _WRITABLE),
    (("Forbidden",), _FORBIDDEN, _RIGHTS),
    (("TimedOut", "Terminated", "LockClientStopped", "LockAcquisition"), _SLOW, _LONGER),
    (("MemoryPool", "OutOfMemory", "MemoryLimit"), _NO_MEMORY, _MORE_MEMORY),
    (("DatabaseNotFound",), _NO_DATABASE, None),
)
"""Words of the server's codes, in the order in which they are looked for, with what they mean."""


def _first_line(error: BaseException) -> str:
    text = (error.message if isinstance(error, Neo4jError) else "") or str(error)
    return (text.strip() or type(error).__name__).splitlines()[0][:300]
