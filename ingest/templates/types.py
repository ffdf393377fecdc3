"""The words in which templates are declared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ...graph.schema import Choice, Kind, Property
from ...text import Text
from ..cells import CellForm
from ..cells.dates import Partial


@lru_cache(maxsize=1 << 14)
def fold(header: str) -> str:
    """Return a header as it is compared: case, width, spaces and asterisks do not count."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\s*_·:]+", "", text.replace("必填", ""))


@dataclass(frozen=True)
class Column:
    """One column of a template.

    Parameters
    ----------
    refers : label of the node that the cell names; `many` where it names several.
    creates : a name that is not known yet becomes a new node.
    code : the column that holds the credit codes of the enterprises that this column names.
    decisive : a cell that cannot be read costs the row, since the fact itself is in doubt.
    """

    name: str
    title: Text
    kind: Kind = Kind.TEXT
    doc: Text | None = None
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    required: bool = False
    refers: str | None = None
    many: bool = False
    creates: bool = False
    code: str | None = None
    pairs: bool = False
    decisive: bool = False
    partial: Partial = Partial.FIRST
    example: str = ""

    @property
    def header(self) -> str:
        """The header that a written template shows: money is asked for in 万元."""
        return f"{self.title.zh}（万元）" if self.kind is Kind.MONEY else self.title.zh

    @property
    def form(self) -> CellForm:
        """How its cells are read."""
        kind = Kind.TEXTS if self.many else self.kind
        return CellForm(kind, self.choices, self.pairs, self.partial)

    @property
    def words(self) -> tuple[str, ...]:
        """All headers under which it is recognised."""
        return (self.title.zh, self.title.en, self.name, *self.aliases)


@dataclass(frozen=True)
class Gives:
    """The rows of one node or relation type that a sheet's row yields.

    `columns` maps the type's columns to the template's; several template columns for one list are
    joined. The key of a node and the ends of a relation are columns that refer. `constants` are the
    same for every row. A row whose identity is not complete yields nothing.
    """

    type: str
    columns: Mapping[str, str | tuple[str, ...]]
    constants: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True)
class Template:
    """A kind of sheet.

    `identifies` names the columns of the node that the sheet is about, where its rows describe one;
    `aliases` are further names of sheets and files.
    """

    name: str
    title: Text
    doc: Text
    columns: tuple[Column, ...]
    gives: tuple[Gives, ...]
    aliases: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """Return the column of that name (KeyError where there is none)."""
        return {each.name: each for each in self.columns}[name]

    @cached_property
    def by_word(self) -> dict[str, Column]:
        """The columns by all headers that mean them, folded; the first to claim one has it."""
        return {fold(word): each for each in reversed(self.columns) for word in each.words}

    @property
    def names(self) -> tuple[str, ...]:
        """All names of sheets and files by which it is chosen."""
        return (self.title.zh, self.title.en, self.name, *self.aliases)


def stated_by(
    property_: Property,
    *,
    name: str = "",
    title: Text | None = None,
    required: bool = False,
    decisive: bool = False,
    partial: Partial = Partial.FIRST,
    aliases: tuple[str, ...] = (),
    example: str = "",
) -> Column:
    """Return the column for a property of the schema, under its own title unless told otherwise."""
    return Column(
        name=name or property_.name,
        title=title or property_.title,
        kind=Kind.TEXT if property_.kind is Kind.TEXTS else property_.kind,
        doc=Text("", property_.doc) if property_.doc else None,
        aliases=(*property_.aliases, *aliases),
        choices=property_.choices,
        required=required,
        many=property_.kind is Kind.TEXTS,
        decisive=decisive,
        partial=partial,
        example=example,
    )


def refer(
    name: str,
    label: str,
    title: Text,
    *aliases: str,
    required: bool = False,
    many: bool = False,
    creates: bool = False,
    code: str | None = None,
    doc: Text | None = None,
    example: str = "",
) -> Column:
    """Return a column whose cells name nodes."""
    return Column(
        name,
        title,
        doc=doc,
        aliases=aliases,
        required=required,
        refers=label,
        many=many,
        creates=creates,
        code=code,
        example=example,
    )
