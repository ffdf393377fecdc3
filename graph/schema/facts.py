"""What every stated fact carries besides its own properties."""

from __future__ import annotations

from ...text import Text
from .types import Kind, Property

SOURCE = Property(
    "source",
    Kind.TEXT,
    Text("来源", "source"),
    "key of the Source it comes from",
    aliases=("出处", "数据来源", "信息来源"),
)
AS_OF = Property(
    "as_of",
    Kind.DATE,
    Text("数据日期", "as_of"),
    "the day for which the source states it",
    aliases=("截至日期", "统计日期", "数据时间", "日期"),
)
CONFIDENCE = Property(
    "confidence",
    Kind.SHARE,
    Text("可信度", "confidence"),
    "how far the source is to be trusted in this",
    aliases=("置信度",),
)
UNTIL = Property(
    "until",
    Kind.DATE,
    Text("失效日期", "until"),
    "the first day on which it holds no more",
    aliases=("有效期至", "到期日期", "终止日期"),
)
BATCH = Property("batch", Kind.INTEGER, Text("批次", "batch"), "the write batch that stated it")
RETIRED = Property(
    "retired",
    Kind.INTEGER,
    Text("退役批次", "retired"),
    "the write batch that replaced or retired it; empty while it is current",
)

STATED = (SOURCE, AS_OF, CONFIDENCE, UNTIL)
FACT = (*STATED, BATCH, RETIRED)
