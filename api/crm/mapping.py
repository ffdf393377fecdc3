"""Mappings: which of our fields stands under which header of a CRM."""

from __future__ import annotations

import datetime
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ... import library
from ...errors import NotKnownError
from ...text import Text

Kind = Literal["target", "lead"]

_UNKNOWN = Text("没有叫“{name}”的 CRM，可用：{names}", "there is no CRM “{name}”: {names}")


class Said(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str

    @property
    def text(self) -> Text:
        """It as a text."""
        return Text(self.zh, self.en)


class Column(BaseModel):
    """A column: one of our fields, or the same words in every row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    header: str
    value: str | None = None
    constant: str | None = None
    only_with: str | None = None
    """The constant stands only where this field has a value."""


class Mapping(BaseModel):
    """The headers of one CRM."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: Said
    object: str
    """What it is there."""
    key: str
    """The header by which records are found again."""
    source: str
    checked: datetime.date
    note: Said
    byte_order_mark: bool = True
    """Whether a CSV file begins with one: Excel wants it, some importers do not."""
    columns: tuple[Column, ...]
    target: tuple[Column, ...]
    lead: tuple[Column, ...]
    words: dict[str, dict[str, str]] = {}
    """By field: what a value of ours is called there."""

    def columns_for(self, kind: Kind) -> tuple[Column, ...]:
        """Return the columns of targets or of leads."""
        return (*self.columns, *(self.target if kind == "target" else self.lead))


@cache
def mappings() -> dict[str, Mapping]:
    """Return the mappings that are shipped, by name."""
    folder = resources.files(library) / "crm"
    found = (
        (file.name.removesuffix(".toml"), tomllib.loads(file.read_text(encoding="utf-8")))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    )
    return {name: Mapping(id=name, **said) for name, said in sorted(found, key=lambda f: f[0])}


def mapping_named(name: str) -> Mapping:
    """Return a mapping.

    Raises
    ------
    NotKnownError
        There is none of that name.
    """
    found = mappings()
    if name not in found:
        raise NotKnownError(_UNKNOWN.fill(name=name, names="、".join(found)))
    return found[name]
