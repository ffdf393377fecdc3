"""Saying things on the terminal: answers to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ...errors import LianpuError
from ...text import Text

_WIDE = 150
"""Columns where the output is no terminal: then nothing says how wide it is."""

out = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
err = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else _WIDE)

STATUS_STYLE = {
    "strong": "bold green",
    "adequate": "green",
    "weak": "yellow",
    "missing": "bold red",
    "unknown": "magenta",
}

_ERROR = Text("错误", "error")
_WRITTEN = Text("已写入 {path}", "written to {path}")


def say(text: Text | str) -> None:
    """Say something beside the answer."""
    err.print(_plain(str(text)), soft_wrap=True)


def complain(error: LianpuError) -> None:
    """Say what went wrong and what cures it."""
    err.print(f"[bold red]{_ERROR}[/]：{_plain(str(error.message))}", soft_wrap=True)
    if error.cure:
        err.print(_plain(str(error.cure)), soft_wrap=True)


def tell_written(path: Path | None) -> None:
    """Say where an answer was written, if it was to a file."""
    if path is not None:
        say(_WRITTEN.fill(path=path))


def table(*titles: Text | tuple[Text, str]) -> Table:
    """Return an empty table with those titles; a style of "right" sets a column to the right."""
    made = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 1))
    for title in titles:
        text, style = title if isinstance(title, tuple) else (title, "")
        right: bool = style == "right"
        made.add_column(str(text), justify="right" if right else "left", overflow="fold")
    return made


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
