"""Saying things on the terminal: answers to standard output, everything else to standard error."""

from __future__ import annotations

import sys

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


def say(text: Text | str) -> None:
    """Say something beside the answer."""
    err.print(_plain(str(text)), soft_wrap=True)


def complain(error: LianpuError) -> None:
    """Say what went wrong and what cures it."""
    err.print(f"[bold red]{_ERROR}[/]：{_plain(str(error.message))}", soft_wrap=True)
    if error.cure:
        err.print(_plain(str(error.cure)), soft_wrap=True)


def table(*titles: Text | tuple[Text, str]) -> Table:
    """Return an empty table with those titles; a style of "right" sets a column to the right."""
    made = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 1))
    for title in titles:
        text, style = title if isinstance(title, tuple) else (title, "")
        right: bool = style == "right"
        made.add_column(str(text), justify="right" if right else "left", overflow="fold")
    return made


def percent(value: float | None) -> str:
    """Return a share as people read it; a dash where it is not known."""
    return "—" if value is None else f"{value:.0%}"


def figure(value: float | None) -> str:
    """Return a score with two places; a dash where there is none."""
    return "—" if value is None else f"{value:.2f}"


def money(value: float | None) -> str:
    """Return yuan in 亿元 or 万元; a dash where it is not known."""
    if value is None:
        return "—"
    if abs(value) >= 1e8:
        return f"{value / 1e8:,.2f}{Text('亿元', ' x10^8 yuan')}"
    return f"{value / 1e4:,.0f}{Text('万元', ' x10^4 yuan')}"


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
