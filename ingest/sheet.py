"""One sheet on its way in: its values, the keys that its references mean, its troubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..graph.arrow_compute import pc
from ..graph.coded import encode
from ..text import Text
from .cells import Complaint, Parsed, parse_column
from .cells.base import to_mask
from .entities import Pending
from .inputs import Input
from .reading import RawTable
from .templates import Column, Match, Template

_EMPTY = Text("“{header}”不能为空", "“{header}” must not be empty")
_FILL_IN = Text("请填写{header}", "fill in {header}")
_FILL_IN_EXAMPLE = Text("请填写，例如 {example}", "fill it in, such as {example}")


class Effect(Enum):
    """What a trouble costs."""

    REJECTED = Text("整行未导入", "row not taken")
    PARTIAL = Text("仅该单元格未导入", "only this cell not taken")
    REVIEW = Text("待人工确认", "waits for a decision")


@dataclass(frozen=True)
class Trouble:
    """Cells of one column that cannot be taken; `why[reason[i]]` for the row at `rows[i]`."""

    rows: NDArray[np.int64]
    column: Column | None
    reason: NDArray[np.int64]
    why: tuple[Complaint, ...]
    effect: Effect


@dataclass
class Sheet:
    """A sheet in work.

    `values` holds the read cells by column; `keys` the keys that reference columns mean, by number
    (few keys stand in many rows), aligned with the rows, or for columns of several with the
    flattened cells, whose rows are `parents`.
    """

    given: Input
    raw: RawTable
    template: Template
    match: Match
    values: dict[str, pa.Array] = field(default_factory=dict[str, pa.Array])
    keys: dict[str, pa.DictionaryArray] = field(default_factory=dict[str, pa.DictionaryArray])
    parents: dict[str, NDArray[np.int64]] = field(default_factory=dict[str, NDArray[np.int64]])
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    doubts: dict[int, list[Pending]] = field(default_factory=dict[int, list[Pending]])
    hints: list[Complaint] = field(default_factory=list[Complaint])

    def __post_init__(self) -> None:
        self.ok: NDArray[np.bool_] = np.ones(len(self.raw), dtype=bool)
        self.blank: NDArray[np.bool_] = np.zeros(len(self.raw), dtype=bool)
        for column in self.template.columns:
            if column.name in self.match.places:
                self._read(column)
        self._leave_out_blank_rows()
        for column in self.template.columns:
            if column.required:
                self._require(column)

    def has(self, name: str) -> bool:
        """Say whether the sheet has a column."""
        return name in self.values

    @property
    def held(self) -> NDArray[np.bool_]:
        """The rows that wait for a decision and are not rejected for anything else."""
        mask = np.zeros(len(self.raw), dtype=bool)
        mask[list(self.doubts)] = True
        return mask & self.ok

    @property
    def taken(self) -> NDArray[np.bool_]:
        """The rows that go in."""
        return self.ok & ~self.held

    def complain(
        self, column: Column | None, rows: NDArray[np.int64], complaint: Complaint
    ) -> None:
        """Reject rows for one common reason."""
        if len(rows):
            self._add(column, rows, np.zeros(len(rows), np.int64), (complaint,), Effect.REJECTED)

    def complain_each(
        self, column: Column, rows: NDArray[np.int64], why: Sequence[Complaint]
    ) -> None:
        """Reject rows, each for its own reason."""
        if len(rows):
            reason = np.arange(len(rows), dtype=np.int64)
            self._add(column, rows, reason, tuple(why), Effect.REJECTED)

    def doubt(self, row: int, pending: Pending) -> None:
        """Hold a row back until a person has decided."""
        self.doubts.setdefault(row, []).append(pending)

    def flat(self, name: str) -> tuple[pa.Array, NDArray[np.int64]]:
        """Return the texts of a reference column one by one, with the rows that they stand in."""
        values = self.values[name]
        if not pa.types.is_list(values.type):
            return values, np.arange(len(values), dtype=np.int64)
        texts = pc.list_flatten(values)
        if pa.types.is_struct(texts.type):
            texts = pc.struct_field(texts, "name")
        return texts, np.asarray(pc.list_parent_indices(values).to_numpy(), dtype=np.int64)

    def coded(self, name: str) -> tuple[pa.DictionaryArray, NDArray[np.int64]]:
        """Return what `flat` does, the texts by number."""
        texts, parents = self.flat(name)
        return encode(texts), parents

    def _read(self, column: Column) -> None:
        place, unit = self.match.places[column.name]
        cells = self.raw.columns[place]
        if column.refers and pa.types.is_string(cells.type):
            cells = encode(cells)
        parsed = parse_column(cells, column.form, unit)
        self.values[column.name] = parsed.values
        self._take_bad(column, parsed)

    def _take_bad(self, column: Column, parsed: Parsed) -> None:
        if not len(parsed.bad):
            return
        vital = column.required or column.decisive or column.refers is not None
        vital = vital or any(each.code == column.name for each in self.template.columns)
        effect = Effect.REJECTED if vital else Effect.PARTIAL
        self._add(column, parsed.bad, parsed.reason, parsed.why, effect)

    def _add(
        self,
        column: Column | None,
        rows: NDArray[np.int64],
        reason: NDArray[np.int64],
        why: tuple[Complaint, ...],
        effect: Effect,
    ) -> None:
        self.troubles.append(Trouble(rows, column, reason, why, effect))
        if effect is Effect.REJECTED:
            self.ok[rows] = False

    def _leave_out_blank_rows(self) -> None:
        """A row without any content states nothing and is no fault."""
        said = np.zeros(len(self.raw), dtype=bool)
        for values in self.values.values():
            said |= to_mask(pc.is_valid(values))
        for trouble in self.troubles:
            said[trouble.rows] = True
        self.blank = ~said
        self.ok &= said

    def _require(self, column: Column) -> None:
        empty = np.ones(len(self.raw), dtype=bool)
        for name in (column.name, column.code):
            if name is not None and name in self.values:
                empty &= ~to_mask(pc.is_valid(self.values[name]))
        rows = np.flatnonzero(empty & self.ok)
        right = _FILL_IN_EXAMPLE if column.example else _FILL_IN
        complaint = Complaint(
            _EMPTY.fill(header=column.title),
            right.fill(header=column.title, example=column.example),
        )
        self.complain(column, rows, complaint)
