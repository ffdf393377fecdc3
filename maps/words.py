"""What the sheet says."""

from __future__ import annotations

from ..algorithms.status import Status
from ..text import Text

MAP = Text("{region}{chain}产业链图谱", "{chain} chain map · {region}")
CHAIN_ONLY = Text("{chain}产业链图谱", "{chain} chain map")
STAGES = {
    "upstream": Text("上游", "Upstream"),
    "midstream": Text("中游", "Midstream"),
    "downstream": Text("下游", "Downstream"),
    "": Text("环节不详", "Stage not stated"),
}
STATUSES = {status.name.lower(): status.value for status in Status}
PRODUCTS = Text("{number} 种", "{number}")
STANDING = Text(
    "快照 {number}（{date}）{as_of} · 在营企业 {enterprises} 家，{known} 家产品已知{revenue}",
    "Snapshot {number} ({date}){as_of} · {enterprises} active enterprises, products of {known} "
    "known{revenue}",
)
SNAPSHOT = Text("快照 {number}（{date}）{as_of}", "Snapshot {number} ({date}){as_of}")
AS_OF = Text("，按 {day} 的事实", ", facts of {day}")
REVENUE = Text("，占已知营收 {share}", ", {share} of known revenue")
RATE = Text("本地配套率", "Local content")
RATE_COVERED = Text("覆盖 {share} 支出", "{share} of spending")
KINDS = Text("产品", "Products")
HERE = Text("本地{number}家：", "{number} here: ")
HERE_ONLY = Text("本地{number}家", "{number} here")
BY_STATISTICS = Text("有地区统计产出，企业未在册", "by regional statistics only")
EVERYWHERE = Text("在册{number}家", "{number} on record")
CALL = Text("可招：", "Call: ")
NOBODY = Text("外地也无可招企业在册", "no target on record")
FIGURES = Text(
    "外地{elsewhere}家 · 本地用户{users}家", "{elsewhere} elsewhere · {users} users here"
)
GAP = Text(
    "{kind} · 外地{elsewhere}家 · 用户{users}家", "{kind} · {elsewhere} away · {users} users"
)
VERIFY = Text("记录不足，待核实", "record too thin: verify")
BREAK = Text("断点", "break")
MORE = Text("还有 {number} 种", "and {number} more")
MORE_GAPS = Text("还有 {number} 种（缺 {missing}）", "and {number} more ({missing} missing)")
KEY_MARK = "★"
KEY = Text("★ 关键环节", "★ key link")
ESSENTIAL = Text("必需投入", "essential input")
INPUT = Text("一般投入", "other input")
KIND = Text("品类", "a kind of it")
SOURCES = Text("来源：{sources}", "Sources: {sources}")
NO_SOURCES = Text("来源：见各项事实", "Sources: with each fact")
METHOD = Text(
    "状态按本地生产企业数、资质、区位商和配套率判定；“缺失”指有把握没有，“未知”指记录不足，两者不混。"
    "企业名称按产出、资质排列，可招企业按综合得分排列。",
    "Status follows from makers, titles, location quotient and local content. Missing: surely "
    "nobody; unknown: the record is too thin. Firms by output and titles, targets by score.",
)
MADE_BY = Text("链谱 Lianpu 绘制", "drawn by Lianpu 链谱")
COMMA, SEMICOLON = Text("、", ", "), Text("；", "; ")
