"""Progress on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ...text import Text
from .screen import err

Tell = Callable[[Text, int, int], None]


@contextmanager
def progress_bar() -> Generator[Tell]:
    """Show a bar for each stage that is told of; nothing where standard error is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks = {}

        def tell(stage: Text, done: int, total: int) -> None:
            name = str(stage)
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield tell
