"""What the reports say."""

from __future__ import annotations

from ...text import Text

HANDBOOK = Text("{place}{chain}产业链招商手册", "Handbook: {chain} in {place}")
SLIDES = Text("{place}{chain}产业链招商汇报", "{chain} in {place}: what is missing, whom to call")
SUBTITLE = Text("快照 {number}（{date}）{as_of}", "Snapshot {number} ({date}){as_of}")
AS_OF = Text("，按 {day} 的事实", ", facts of {day}")
NOTE = Text(
    "本手册由链谱根据在册数据生成。每条结论都可追溯到事实、来源和日期；“缺失”与“未知”分开表述。",
    "Made by Lianpu from the data on record. Every claim can be traced to facts, sources and days; "
    "missing and unknown are told apart.",
)
PROFILE = Text("一、区域与产业链概况", "1  The region and the chain")
MAP = Text("二、产业链图谱", "2  The chain map")
GAPS = Text("三、缺口清单", "3  Gaps")
CALLS = Text("四、招引对象", "4  Whom to call")
METHOD = Text("五、数据来源与方法", "5  Sources and method")
COVERAGE = Text(
    "{place}在营企业在册 {enterprises} 家，其中 {known} 家产品已知；在册营业收入合计 {revenue}。",
    "{place} has {enterprises} active enterprises on record; the products of {known} are known; "
    "revenue on record {revenue}.",
)
COUNTS = Text(
    "{chain}产业链共 {total} 种产品：{counts}。", "The chain has {total} products: {counts}."
)
RATE = Text(
    "产业链本地配套率 {rate}，覆盖已知支出的 {covered}。",
    "Local content of the chain: {rate}, over {covered} of the spending known.",
)
STRONG = Text("优势环节：{names}。", "Strong: {names}.")
LEADERS = Text("链上本地骨干企业：{names}。", "Leading firms here: {names}.")
URGENT = Text("最急需补强的环节：{names}。", "Most urgent: {names}.")
BREAKS = Text("断点（上下游都在本地而本环节不在）：{names}。", "Breaks: {names}.")
FIRST = Text(
    "按优先级排列，列出前 {shown} 项，共 {total} 项。",
    "By priority: the first {shown} of {total}.",
)
NO_GAPS = Text("没有发现缺口。", "No gap was found.")
NO_CALLS = Text("没有可招引的企业在册。", "Nobody to call is on record.")
GAP_HEAD = (
    Text("序", "#"),
    Text("产品", "product"),
    Text("环节", "link"),
    Text("状态与类别", "status, kind"),
    Text("原因", "reasons"),
    Text("本地/外地", "here/away"),
    Text("用户", "users"),
    Text("本地需求", "need"),
    Text("建议", "action"),
    Text("优先级", "priority"),
)
GAP_WIDTHS = (0.04, 0.15, 0.13, 0.11, 0.22, 0.07, 0.05, 0.09, 0.07, 0.07)
TARGET_HEAD = (
    Text("序", "#"),
    Text("企业", "enterprise"),
    Text("所在地", "home"),
    Text("得分", "score"),
    Text("理由", "why"),
)
TARGET_WIDTHS = (0.05, 0.26, 0.12, 0.07, 0.5)
CALL = Text("{at}. {product}（{status}）", "{at}. {product} ({status})")
GAP_LINE = Text(
    "本地厂商 {local} 家，外地 {outside} 家，本地用户 {users} 家；建议：{action}。",
    "{local} makers here, {outside} elsewhere, {users} users here; action: {action}.",
)
EVIDENCE = Text("依据：{firm}", "Evidence: {firm}")
EXCLUDED = Text("未列入：{firms}。", "Not listed: {firms}.")
EXCLUDED_ONE = Text("{firm}（{gate}）", "{firm} ({gate})")
BREAK = Text("断点", "break")
SOURCE_HEAD = (Text("来源", "source"), Text("最新日期", "newest"), Text("链接", "link"))
SOURCE_WIDTHS = (0.4, 0.15, 0.45)
METHODS = (
    Text(
        "状态：优势要求三家以上厂商或有国家级资质，区位商不低于 1，本地配套率（已知时）不低于一半；"
        "有厂商而配套率低、独家、集中或关键环节无资质企业的为薄弱；"
        "无厂商且把握不低于 50% 的为缺失，否则为未知。",
        "Status: strong needs three makers or a national title, a location quotient of 1 and, "
        "where known, a local content rate of one half; weak has makers but a named weakness; "
        "missing has none, and certainty of at least 50%; else unknown.",
    ),
    Text(
        "优先级是需求、用户面、关键度、可行度、可得度、脆弱度、把握各部分的加权平均，没有数据的部分不计入。",
        "Priority is the weighted mean of demand, reach, criticality, feasibility, availability, "
        "fragility and certainty; parts without data are left out.",
    ),
    Text(
        "招引对象的得分是能力、专注、实力、往来、吸引力、扩张、距离、竞争各部分的加权平均；"
        "已在本地、经营异常、同集团重复等情形不列入并说明原因。",
        "A target's score is the weighted mean of capability, specialisation, strength, links, "
        "pull, expansion, proximity and contention; who is excluded is listed with the reason.",
    ),
    Text(
        "在册数据可能不全：把握只就在册企业而言。引用前请核对来源。",
        "The record may be incomplete: certainty speaks of enterprises on record. Check sources.",
    ),
)
JOIN, SEMICOLON, LINK = Text("、", ", "), Text("；", "; "), Text(" · ", " · ")
COUNT = Text("{status} {number}", "{status} {number}")
WORKLIST = Text("作战图清单", "worklist")
WORK_HEAD = (
    (Text("序", "#"), 5),
    (Text("缺口产品", "gap"), 20),
    (Text("环节", "link"), 20),
    (Text("状态", "status"), 9),
    (Text("类别", "kind"), 13),
    (Text("优先级", "priority"), 8),
    (Text("招引对象", "target"), 34),
    (Text("所在地", "home"), 12),
    (Text("得分", "score"), 8),
    (Text("理由", "why"), 60),
    (Text("在推进项目", "projects"), 22),
    (Text("阶段", "stage"), 9),
    (Text("责任单位/责任人", "responsible"), 18),
    (Text("下一步", "next step"), 36),
    (Text("期限", "due"), 12),
    (Text("备注", "remarks"), 24),
)
NEXT_LINKED = Text("请{linked}引荐，联系{firm}", "ask {linked} for an introduction to {firm}")
NEXT = Text("联系{firm}，了解扩产意向", "call {firm} about plans to expand")
NEXT_VERIFY = Text("核实本地是否有企业生产{product}", "verify whether {product} is made here")
NEXT_NOBODY = Text("查找{product}的生产企业", "look for makers of {product}")
ABOUT = Text(
    "{place} × {chain} · 快照 {number}（{date}）· 阶段、责任、期限由人填写，下一步是建议",
    "{place} × {chain} · snapshot {number} ({date}) · stage, responsible, due: yours to fill",
)
KINDS = {
    "handbook": Text("招商手册", "handbook"),
    "ppt": Text("汇报幻灯", "slides"),
    "worklist": Text("作战图清单", "worklist"),
}
NO_KIND = Text("没有“{name}”这种报告", "there is no report “{name}”")
THE_KINDS = Text("可选：{kinds}", "The reports are: {kinds}")
NO_ENDING = Text(
    "{kind}不能写成“{ending}”文件", "the report {kind} cannot be a file that ends in “{ending}”"
)
THE_ENDINGS = Text("后缀可用：{endings}", "It may end in: {endings}")
