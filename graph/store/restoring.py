"""What a store says to a copy that comes in, and to others while it is not finished."""

from __future__ import annotations

from ...errors import ConflictError
from ...text import Text

COPYING = 0
"""The number of the line in the ledger that stands there until a copy is finished."""

_UNFINISHED = Text(
    "对这个图的复制还没有完成，暂不能写入", "a copy into this graph is not finished: no other write"
)
_FINISH = Text(
    "请再运行一次同样的 lianpu copy，它会接着做完。",
    "Run the same `lianpu copy` again; it goes on where it was cut short.",
)
_NOT_EMPTY = Text(
    "这个图已有 {last} 个批次，不能作为复制的目标",
    "this graph has {last} batches; a copy cannot come in",
)
_NOT_BEGUN = Text("复制没有开始", "no copy was begun")


def refuse_batch(copying: bool) -> None:
    """Refuse a batch while a copy comes in."""
    if copying:
        raise ConflictError(_UNFINISHED, _FINISH)


def refuse_copy(last: int) -> None:
    """Refuse a copy where batch `last` was written."""
    if last:
        raise ConflictError(_NOT_EMPTY.fill(last=last))


def refuse_rows(copying: bool) -> None:
    """Refuse rows of a copy that was not begun."""
    if not copying:
        raise ConflictError(_NOT_BEGUN)
