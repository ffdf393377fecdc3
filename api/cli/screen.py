"""Saying things on the terminal: answers to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text as Styled

from ...errors import LianpuError
from ...text import Text

_WIDE = 150
"""Columns where the output is no terminal: then nothing says how wide it is."""

_CONTROL = {place: None for place in (*range(32), *range(127, 160)) if chr(place) not in "\t\n"}
_TURNING = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SILENT = _CONTROL | _TURNING
"""Characters that command a terminal or turn the direction of writing: never shown."""


class Screen(Console):
    """A console that shows names as they are: their brackets are no markup, nor do they command."""

    def __init__(self, *, stderr: bool) -> None:
        width = None if (sys.stderr if stderr else sys.stdout).isatty() else _WIDE
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False, width=width)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Yield what is shown without characters that command the terminal."""
        for part in super().render(renderable, options):
            shown = part.text if part.control else part.text.translate(_SILENT)
            yield part._replace(text=shown)


out = Screen(stderr=False)
err = Screen(stderr=True)

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
    err.print(str(text), soft_wrap=True)


def complain(error: LianpuError) -> None:
    """Say what went wrong and what cures it."""
    said = Styled.assemble((str(_ERROR), "bold red"), "：", str(error.message))
    err.print(said, soft_wrap=True)
    if error.cure:
        err.print(str(error.cure), soft_wrap=True)


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
