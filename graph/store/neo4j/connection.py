"""Speaking to the server: one driver, transactions with retries, errors in words."""

from __future__ import annotations

import logging
import re
import ssl
import time
from asyncio import CancelledError
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

import neo4j
from neo4j import GraphDatabase, NotificationMinimumSeverity, Query, TrustCustomCAs, unit_of_work
from neo4j.exceptions import IncompleteCommit, ServiceUnavailable, SessionExpired

from ....cypher import load
from ....errors import SettingError, StoreError
from ....settings import Settings
from ....text import Text
from .failures import said_in_words

_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_OLDEST = 5

_NO_URL = Text(
    "设置 store 应为 embedded 或 Neo4j 地址（{schemes}），现为 {url}",
    "the setting store must be embedded or the URL of a Neo4j server ({schemes}), not {url}",
)
_SECRET = Text(
    "Neo4j 地址里不能写用户名和密码", "the URL of the Neo4j server must not hold user and password"
)
_SEPARATE = Text(
    "请用 LIANPU_NEO4J__USER 和 LIANPU_NEO4J__PASSWORD。",
    "Use LIANPU_NEO4J__USER and LIANPU_NEO4J__PASSWORD.",
)
_NO_CERTIFICATE = Text(
    "LIANPU_NEO4J__CERTIFICATE 指定的 {file} 不是可用的 CA 证书文件（PEM）：{why}",
    "{file}, named by LIANPU_NEO4J__CERTIFICATE, holds no usable certificate (PEM): {why}",
)
_TOO_OLD = Text(
    "服务器 {url} 是 {version}，需要 Neo4j 5 或更新",
    "{url} is {version}; Neo4j 5 or newer is needed",
)

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # it speaks to who asks for its log

Result = TypeVar("Result")
Record = tuple[Any, ...]


class Connection:
    """A driver for the server that the settings name.

    Raises
    ------
    SettingError
        The URL or what belongs to it is unusable.
    StoreError
        The server does not answer, refuses the user, or is older than Neo4j 5.
    """

    def __init__(self, settings: Settings) -> None:
        self.url = checked_url(settings.store)
        self.settings = settings.neo4j
        with said_in_words(self.url):
            self._driver = _driver(settings)
        try:
            with said_in_words(self.url):
                self.agent = self._driver.get_server_info().agent
            check_version(self.agent, self.url)
        except BaseException:
            self._driver.close()
            raise

    def read(self, query: str, **values: Any) -> list[Record]:
        """Run a query that only reads and return its rows."""
        return self.reading(lambda tx: [tuple(row) for row in run(tx, query, values)])

    def write(self, query: str, **values: Any) -> list[Record]:
        """Run a query that may write in a transaction of its own; safe to be run twice."""
        return self.writing(lambda tx: [tuple(row) for row in run(tx, query, values)])

    def reading(self, work: Callable[[neo4j.ManagedTransaction], Result]) -> Result:
        """Do work that reads, again where the connection is lost."""
        timed = unit_of_work(timeout=self.settings.timeout)(work)

        def attempt() -> Result:
            with self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(timed)

        return self._until_sure(attempt)

    def writing(self, work: Callable[[neo4j.ManagedTransaction], Result]) -> Result:
        """Do work that writes, again after deadlocks and lost connections.

        Where the connection is lost while the server commits, nobody knows whether it did: `work`
        is done again and has to see for itself whether it has been done.
        """
        timed = unit_of_work(timeout=self.settings.timeout)(work)

        def attempt() -> Result:
            with self._session(neo4j.WRITE_ACCESS) as session:
                return session.execute_write(timed)

        return self._until_sure(attempt)

    def _until_sure(self, attempt: Callable[[], Result]) -> Result:
        """The driver tries again by itself, but for a commit whose acknowledgement was lost."""
        end = time.monotonic() + self.settings.retry
        with said_in_words(self.url):
            while True:
                try:
                    return attempt()
                except IncompleteCommit:
                    if time.monotonic() >= end:
                        raise

    @contextmanager
    def streaming(self, query: str, **values: Any) -> Generator[neo4j.Result]:
        """Run a query and give its rows as they come; it is begun again, not gone on with."""
        timed = Query(cast("Any", query), timeout=self.settings.timeout)
        with said_in_words(self.url), self._session(neo4j.READ_ACCESS, fetch=5000) as session:
            try:
                result = session.run(timed, values)
            except (ServiceUnavailable, SessionExpired):  # the connection was lost while idle
                result = session.run(timed, values)
            yield result

    def command(self, text: str) -> None:
        """Run a command on the schema of the database, in a transaction of its own."""
        with said_in_words(self.url), self._session(neo4j.WRITE_ACCESS) as session:
            session.run(cast("Any", text)).consume()

    def close(self) -> None:
        """Close the driver."""
        self._driver.close()

    @contextmanager
    def _session(self, access: str, fetch: int = 1000) -> Generator[neo4j.Session]:
        """Open a session; who interrupts it waits for nothing.

        What was being sent may be cut in the middle, and the server may be at work for long: the
        connection is dropped, as the driver does where a task is cancelled, and the server undoes
        the transaction.
        """
        opened = self._driver.session(
            database=self.settings.database, default_access_mode=access, fetch_size=fetch
        )
        try:
            with opened as session:
                try:
                    yield session
                except KeyboardInterrupt as stop:
                    raise CancelledError from stop
        except CancelledError as dropped:
            raise KeyboardInterrupt from dropped


def run(tx: neo4j.ManagedTransaction, query: str, values: dict[str, Any]) -> neo4j.Result:
    """Run a query whose text comes from a file of `cypher/`, names of the schema filled in."""
    return tx.run(cast("Any", query), values)


def text_of(name: str, **names: str) -> str:
    """Return the text of a query of `cypher/store`, with names of the schema filled in."""
    return load(f"store/{name}").fill(**names)


def checked_url(url: str) -> str:
    """Return the URL of a Neo4j server.

    Raises
    ------
    SettingError
        It is none, or holds a user or a password.
    """
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise SettingError(_SECRET, _SEPARATE)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise SettingError(_NO_URL.fill(url=url, schemes="、".join(f"{s}://" for s in _SCHEMES)))
    return url


def check_version(agent: str, url: str) -> None:
    """Refuse a server that is older than Neo4j 5, by what it calls itself (`Neo4j/5.26.12`).

    Raises
    ------
    StoreError
        It is older, or no Neo4j.
    """
    found = re.fullmatch(r"Neo4j/(\d+)\..*", agent)
    if not found or int(found[1]) < _OLDEST:
        raise StoreError(_TOO_OLD.fill(url=url, version=agent))


def _driver(settings: Settings) -> neo4j.Driver:
    chosen = settings.neo4j
    secret = chosen.password.get_secret_value() if chosen.password else ""
    url, secured = settings.store, dict[str, Any]()
    if chosen.certificate:
        scheme, _, rest = url.partition("://")
        url = f"{scheme.partition('+')[0]}://{rest}"  # the driver takes one word on trust only
        secured = {"encrypted": True, "trusted_certificates": _authority(chosen.certificate)}
    return GraphDatabase.driver(
        url,
        auth=(chosen.user, secret) if chosen.password else None,
        connection_timeout=chosen.connect_timeout,
        connection_acquisition_timeout=chosen.connect_timeout * 2,
        max_transaction_retry_time=chosen.retry,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        user_agent="lianpu",
        **secured,
    )


def _authority(file: Path) -> TrustCustomCAs:
    try:
        ssl.create_default_context(cafile=file)
    except OSError as error:  # also where it holds none
        why = error.strerror or str(error)
        raise SettingError(_NO_CERTIFICATE.fill(file=file, why=why)) from None
    return TrustCustomCAs(str(file))
