"""Progress on the terminal."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from rich import progress as bars

from ...graph.progress import Progress
from ...text import Text
from .screen import err


@contextmanager
def progress_bar() -> Generator[Progress]:
    """Show a bar for each stage that is told of; nothing where standard error is no terminal."""
    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks: dict[str, bars.TaskID] = {}

        def tell(stage: Text, done: int, total: int) -> None:
            name = str(stage)
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield tell
