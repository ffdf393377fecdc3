"""One writer at a time: a lease in the graph that says who holds it, and runs out if they die."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import neo4j

from ....errors import LianpuError, StoreBusyError
from ....text import Text
from .connection import Connection, Record, run, text_of

SECONDS = 60
"""How long a lease lasts without being kept up."""
_ASK_AGAIN = 0.5
_HELD: set[str] = set()
"""Tokens of the leases that this process holds or asks for: another with its number is dead."""

_BUSY = Text(
    "Neo4j 图 {url} 正由另一个程序写入：{host} 上的进程 {pid}（{command}），自 {since} 起",
    "the graph at {url} is being written by process {pid} on {host} ({command}) since {since}",
)
_WAIT = Text(
    "请等它结束后再试，或用 LIANPU_NEO4J__WAIT 让本程序等待；若它已中断，{seconds} 秒后自动放行。",
    "Try again when it has finished, or set LIANPU_NEO4J__WAIT; if it has died, the way is free "
    "after {seconds} seconds.",
)
_LOST = Text(
    "本程序的写入权已被另一个程序接管，未写入任何内容",
    "another writer has taken over; nothing was written",
)


class Lease:
    """The right to write, held until `close`.

    Raises
    ------
    StoreBusyError
        Another writer holds it, even after the time to wait; it is named.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.token = uuid4().hex
        _HELD.add(self.token)  # before the graph knows it: another thread takes it for dead else
        try:
            self._take()
        except BaseException:
            _HELD.discard(self.token)
            raise
        self._closed = threading.Event()
        self._keeper = threading.Thread(target=self._keep_up, name="lianpu-lease", daemon=True)
        self._keeper.start()

    def hold(self, tx: neo4j.ManagedTransaction) -> None:
        """Make sure, inside a transaction, that nobody else writes until it ends.

        Raises
        ------
        StoreBusyError
            Another writer has taken over.
        """
        values = {"token": self.token, "seconds": SECONDS}
        if run(tx, text_of("keep_lease"), values).single() is None:
            raise StoreBusyError(_LOST)

    def close(self) -> None:
        """Let the next writer in; a server that is gone lets them in when the lease runs out."""
        self._closed.set()
        self._keeper.join()
        _HELD.discard(self.token)
        try:
            self._connection.write(text_of("leave_lease"), token=self.token)
        except LianpuError:
            return

    def _take(self) -> None:
        end = time.monotonic() + self._connection.settings.wait
        while (holder := self._ask(instead_of="")) is not None:
            if _is_dead(holder) and self._ask(instead_of=holder[1]) is None:
                return
            if time.monotonic() >= end:
                raise StoreBusyError(self._busy(holder), _WAIT.fill(seconds=SECONDS))
            time.sleep(_ASK_AGAIN)

    def _ask(self, instead_of: str) -> Record | None:
        """Return who holds the lease, None where it is ours now."""
        found = self._connection.write(
            text_of("take_lease"),
            token=self.token,
            instead_of=instead_of,
            seconds=SECONDS,
            host=socket.gethostname(),
            pid=os.getpid(),
            command=" ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200],
        )[0]
        return None if found[1] == self.token else found

    def _busy(self, holder: Record) -> Text:
        _, _, host, pid, command, since = holder
        values = {"host": host, "pid": pid, "command": command}
        day = f"{datetime.fromisoformat(since).astimezone():%Y-%m-%d %H:%M:%S}"
        return _BUSY.fill(url=self._connection.url, since=day, **values)

    def _keep_up(self) -> None:
        while not self._closed.wait(SECONDS / 3):
            try:
                self._connection.write(text_of("keep_lease"), token=self.token, seconds=SECONDS)
            except LianpuError:
                continue  # what writes next finds out for itself


def _is_dead(holder: Record) -> bool:
    """Tell whether the holder was a process on this machine that is no more, or a lease of this
    process that could not be given back.
    """
    _, token, host, pid, _, _ = holder
    if host != socket.gethostname():
        return False
    if int(pid) == os.getpid():
        return token not in _HELD
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
