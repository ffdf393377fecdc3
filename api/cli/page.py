"""The reference page of the command line, derived from the commands."""

from __future__ import annotations

from typing import Any

import typer

from .app import build
from .options import SAID

_INTRO = """# Commands

Derived from `api/cli`; do not edit. `--data DIR`, `--store URL` and `--lang zh|en` go before the
command. Answers are written to standard output, everything else to standard error.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 2 | what was given cannot be used |
| 3 | the named thing is not known |
| 4 | it contradicts what is there |
| 5 | the store cannot be read or written |
| 6 | another writer holds the store |
| 7 | a setting is unusable |
| 70 | an internal error |
| 130 | interrupted |
"""


def commands_page() -> str:
    """Return the page as Markdown, with every text in both languages."""
    group: Any = typer.main.get_command(build())
    return "\n".join([_INTRO, *(_command(each) for each in group.commands.values())])


def _command(command: Any) -> str:
    text = SAID[command.help]
    lines = [f"## lianpu {command.name}", "", f"{text.zh} — {text.en}", ""]
    rows = [_parameter(each) for each in command.params if each.name != "help"]
    if rows:
        lines += ["| option | 含义 | meaning |", "| --- | --- | --- |", *rows, ""]
    return "\n".join(lines)


def _parameter(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    text = SAID[parameter.help]
    return f"| {names} | {text.zh} | {text.en} |"
