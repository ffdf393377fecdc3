"""A way to the server that can be cut: forwards Bolt, and looks at each commit before it does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""Bolt's message COMMIT as one chunk."""
BEGIN, READS = b"\xb1\x11", b"mode\x81r"
"""How its message BEGIN starts, and what it says where the transaction only reads."""


AtCommit = Callable[[bytes], str | None]


class Proxy:
    """Listens on a port of its own; `at_commit` is told what a transaction has sent.

    It may return "before" to cut all connections before the commit goes through, or "after" to
    let it through and cut them before its acknowledgement comes back.
    """

    def __init__(self, port: int, at_commit: AtCommit = lambda _: None) -> None:
        self.at_commit = at_commit
        self._target = ("127.0.0.1", port)
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """Stop listening and cut what is open."""
        self._listening.close()
        self.cut()

    def cut(self) -> None:
        """Cut what is open; who connects anew gets through."""
        self._shut(*self._open)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                try:
                    server = socket.create_connection(self._target)
                except OSError:
                    client.close()
                    continue
                self._open += [client, server]
                lost = threading.Event()
                for work in (self._to_server, self._to_client):
                    threading.Thread(target=work, args=(client, server, lost), daemon=True).start()

    def _to_server(
        self, client: socket.socket, server: socket.socket, lost: threading.Event
    ) -> None:
        with suppress(OSError):
            sent = b""
            while data := client.recv(1 << 16):
                sent = data if BEGIN in data else sent + data
                if data.endswith(COMMIT) and not self._may_commit(sent, lost):
                    return
                server.sendall(data)
        self._shut(client, server)

    def _to_client(
        self, client: socket.socket, server: socket.socket, lost: threading.Event
    ) -> None:
        with suppress(OSError):
            while data := server.recv(1 << 16):
                if lost.is_set():  # it has committed, and nobody will know
                    self.cut()
                    return
                client.sendall(data)
        self._shut(client, server)

    def _may_commit(self, sent: bytes, lost: threading.Event) -> bool:
        with self._lock:
            what = self.at_commit(sent)
        if what == "before":
            self.cut()
        if what == "after":
            lost.set()
        return what != "before"

    @staticmethod
    def _shut(*sockets: socket.socket) -> None:
        for each in sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
