"""An import that can be killed: run as a program, it starts one in a process of its own a line.

    {"folder": …, "files": …, "keep": …, "die_at": …}
    → the process's id, and when it is over its exit code

What takes time, loading the libraries, is done once: the processes are forked from this one. An
import acknowledges each batch, once it is published, by a line in `folder/acknowledged`. With
`die_at`, it kills itself where it has come to that many statements or changes of files.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from lianpu.graph.snapshot import publish
from lianpu.graph.store import embedded
from lianpu.ingest.pipeline import run
from lianpu.settings import load_settings

FILE_EVENTS = {"open", "os.link", "os.rename", "os.mkdir", "os.remove", "os.rmdir"}


def import_all(folder: Path, files: Path, keep: int) -> None:
    """Import every folder of `files` as a batch, publish it, and acknowledge it."""
    settings = load_settings(data=folder, threads=1)
    store = embedded.EmbeddedStore(folder, settings)
    store.migrate()
    for number, each in enumerate(sorted(files.iterdir()), start=1):
        run(store, each, settings=settings)
        publish(store, folder / "snapshots", keep=keep)
        with (folder / "acknowledged").open("a") as acknowledged:
            acknowledged.write(f"{number}\n")
    store.close()


class Steps:
    """Counts what an import does, and kills it at the step that it is to die at."""

    def __init__(self, folder: Path, die_at: int | None) -> None:
        self._folder, self._die_at = str(folder), die_at
        self.taken = 0

    def watch(self) -> None:
        """Begin to count."""
        connect = embedded.connect

        def counted(path: Path, settings: Any) -> Any:
            return _Counted(connect(path, settings), self)

        embedded.connect = counted
        sys.addaudithook(self._heard)

    def take(self) -> None:
        """Take a step, perhaps the last."""
        self.taken += 1
        if self.taken == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _heard(self, event: str, values: tuple[Any, ...]) -> None:
        if event in FILE_EVENTS and any(str(each).startswith(self._folder) for each in values):
            self.take()


class _Counted:
    """A connection that counts its statements."""

    def __init__(self, connection: Any, steps: Steps) -> None:
        self._connection, self._steps = connection, steps

    def execute(self, *given: Any) -> Any:
        self._steps.take()
        return self._connection.execute(*given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _serve() -> None:
    for line in sys.stdin:
        wanted = json.loads(line)
        child = os.fork()
        if not child:
            _be(Path(wanted["folder"]), Path(wanted["files"]), wanted["keep"], wanted["die_at"])
        _answer(child)
        _, status = os.waitpid(child, 0)
        _answer(os.waitstatus_to_exitcode(status))


def _answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _be(folder: Path, files: Path, keep: int, die_at: int | None) -> None:
    """Be an import, and end with it."""
    steps = Steps(folder, die_at)
    steps.watch()
    begun = time.monotonic()
    try:
        import_all(folder, files, keep)
        measured = {"steps": steps.taken, "seconds": time.monotonic() - begun}
        (folder.parent / "measured.json").write_text(json.dumps(measured))
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    _serve()
