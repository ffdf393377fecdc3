"""One writer at a time: a lock that says who holds it."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from ...errors import StoreBusyError
from ...text import Text

_BUSY = Text(
    "数据文件夹 {folder} 正由另一个程序写入：进程 {pid}（{command}），自 {since} 起",
    "the data folder {folder} is being written by process {pid} ({command}) since {since}",
)
_WAIT = Text("请等它结束后再试。", "Try again when it has finished.")


class WriterLock:
    """An exclusive lock on a data folder; the operating system frees it if the holder dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / "writer.lock")
        self._holder = folder / "writer.json"

    def __enter__(self) -> WriterLock:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise StoreBusyError(self._busy(), _WAIT) from None
        try:
            self._holder.write_text(json.dumps(_myself(), ensure_ascii=False), encoding="utf-8")
        except OSError:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._holder.unlink(missing_ok=True)
        self._lock.release()

    def _busy(self) -> Text:
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            holder = {"pid": "?", "command": "?", "since": "?"}
        return _BUSY.fill(folder=self._folder, **holder)


def _myself() -> dict[str, object]:
    return {
        "pid": os.getpid(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200],
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
