"""Looking after it: snapshots, doctor, settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from pydantic import BaseModel
from rich.text import Text as Styled

from ...settings import Settings
from ...text import Text
from .screen import out, table
from .session import session_of


def snapshots(context: typer.Context) -> None:
    """List the published snapshots."""
    from ...graph.snapshot import numbers, open_snapshot

    folder = session_of(context).snapshots
    open_snapshot(folder)  # where there is none, this says so
    listed = table(
        (Text("编号", "number"), "right"),
        Text("发布时间", "published"),
        (Text("批次", "batch"), "right"),
        (Text("在营企业", "enterprises"), "right"),
        (Text("产品已知", "known"), "right"),
        (Text("事实", "facts"), "right"),
    )
    for number in numbers(folder):
        manifest = open_snapshot(folder, number).manifest
        listed.add_row(
            str(number),
            f"{manifest.published.astimezone():%Y-%m-%d %H:%M:%S}",
            str(manifest.batch),
            str(manifest.coverage.enterprises),
            str(manifest.coverage.known),
            f"{sum(manifest.counts.values()):,}",
        )
    out.print(listed)


def doctor(context: typer.Context) -> None:
    """Check that all is well."""
    from ...ingest.checkup import examine

    marks = {"good": ("✓", "green"), "note": ("!", "yellow"), "bad": ("✗", "red")}
    findings = examine(session_of(context).settings)
    for each in findings:
        out.print(Styled.assemble(marks[each.level], " ", str(each.text)))
    if any(each.level == "bad" for each in findings):
        raise typer.Exit(1)


def settings(context: typer.Context) -> None:
    """List all settings with their values."""
    listed = table(Text("设置", "setting"), Text("值", "value"), Text("含义", "meaning"))
    for name, value, meaning in described(session_of(context).settings):
        listed.add_row(name, value, str(meaning))
    out.print(listed)


def described(chosen: Settings) -> Iterator[tuple[str, str, Text]]:
    """Return every setting by its name in the environment, with its value and meaning."""
    yield from _described(chosen, "LIANPU_")


def _described(model: BaseModel, prefix: str) -> Iterator[tuple[str, str, Text]]:
    for name, field in type(model).model_fields.items():
        value: Any = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _described(value, f"{prefix}{name.upper()}__")
        else:
            extra = field.json_schema_extra
            zh = extra["zh"] if isinstance(extra, dict) else ""
            yield f"{prefix}{name.upper()}", str(value), Text(str(zh), field.description or "")
