"""Answers as pandas frames and flat tables, with headers in the language in force."""

from __future__ import annotations

import pandas as pd

from ...text import Text
from ..evidence import Fact
from .models import ChangesAnswer, GapsAnswer, PartAnswer, TargetsAnswer
from .words import RATES, ROLES, STAGES, word


def gaps_frame(answer: GapsAnswer) -> pd.DataFrame:
    """Return the gaps, one row each."""
    columns = {
        Text("产品", "product"): [gap.product.name for gap in answer.gaps],
        Text("环节", "stage"): [word(STAGES, gap.stage) for gap in answer.gaps],
        Text("层级", "tier"): [gap.tier for gap in answer.gaps],
        Text("分组", "group"): [gap.group for gap in answer.gaps],
        Text("关键", "key"): [gap.key for gap in answer.gaps],
        Text("状态", "status"): [gap.status.text for gap in answer.gaps],
        Text("类别", "kinds"): ["、".join(k.text for k in gap.kinds) for gap in answer.gaps],
        Text("断点", "break"): [gap.is_break for gap in answer.gaps],
        Text("原因", "reasons"): ["；".join(r.text for r in gap.reasons) for gap in answer.gaps],
        Text("把握", "certainty"): [gap.certainty for gap in answer.gaps],
        Text("本地使用企业", "users"): [gap.users for gap in answer.gaps],
        Text("本地需求（元/年）", "need (yuan a year)"): [gap.need for gap in answer.gaps],
        Text("本地供给（元/年）", "supply (yuan a year)"): [gap.supply for gap in answer.gaps],
        Text("本地生产企业", "local makers"): [gap.makers.local for gap in answer.gaps],
        Text("最近的生产企业", "nearest makers"): [g.makers.nearest.text for g in answer.gaps],
        Text("最近处企业数", "makers there"): [g.makers.nearest.count for g in answer.gaps],
        Text("外地生产企业", "makers elsewhere"): [g.makers.nearest.outside for g in answer.gaps],
        Text("本地配套率", "local rate"): [gap.local_rate.value for gap in answer.gaps],
        Text("配套率依据", "rate basis"): [
            word(RATES, gap.local_rate.basis) for gap in answer.gaps
        ],
        Text("区位商", "location quotient"): [g.location_quotient.value for g in answer.gaps],
        Text("建议", "action"): [gap.action.text for gap in answer.gaps],
        Text("其他可行", "other actions"): [
            "、".join(a.text for a in gap.other_actions) for gap in answer.gaps
        ],
        Text("优先级", "priority"): [gap.priority.score for gap in answer.gaps],
    }
    columns |= _part_columns([gap.priority.parts for gap in answer.gaps])
    return pd.DataFrame({str(title): values for title, values in columns.items()})


def targets_frame(answer: TargetsAnswer) -> pd.DataFrame:
    """Return the targets, one row each."""
    found = answer.targets
    columns = {
        Text("补链产品", "sought"): [answer.product.name for _ in found],
        Text("企业", "enterprise"): [each.enterprise.name for each in found],
        Text("编号", "id"): [each.enterprise.id for each in found],
        Text("所在地", "home"): [each.home.name if each.home else None for each in found],
        Text("生产", "makes"): [each.makes.name for each in found],
        Text("得分", "score"): [each.score for each in found],
        Text("理由", "why"): [each.why for each in found],
        Text("本地往来企业", "linked here"): [
            "、".join(other.name for other in each.linked) for each in found
        ],
    }
    columns |= _part_columns([each.parts for each in found])
    return pd.DataFrame({str(title): values for title, values in columns.items()})


def evidence_frame(about: list[tuple[str, list[Fact]]]) -> pd.DataFrame:
    """Return facts, one row each, with what they are evidence about."""
    rows = [(name, fact) for name, facts in about for fact in facts]
    columns = {
        Text("关于", "about"): [name for name, _ in rows],
        Text("作用", "role"): [word(ROLES, fact.role) for _, fact in rows],
        Text("事实", "fact"): [str(fact.sentence()) for _, fact in rows],
        Text("关系", "relation"): [fact.relation for _, fact in rows],
        Text("起点", "start"): [fact.start_name for _, fact in rows],
        Text("终点", "end"): [fact.end_name for _, fact in rows],
        Text("来源", "source"): [fact.source for _, fact in rows],
        Text("数据日期", "as of"): [fact.as_of for _, fact in rows],
        Text("可信度", "confidence"): [fact.confidence for _, fact in rows],
    }
    return pd.DataFrame({str(title): values for title, values in columns.items()})


def _part_columns(parts: list[list[PartAnswer]]) -> dict[Text, list[float | None]]:
    columns: dict[Text, list[float | None]] = {}
    for at, first in enumerate(parts[0] if parts else []):
        value = Text(f"{first.text}（分值）", f"{first.name} (value)")
        raw = Text(f"{first.text}（原始）", f"{first.name} (raw)")
        columns[value] = [each[at].value for each in parts]
        columns[raw] = [each[at].raw for each in parts]
    return columns


def changes_frame(answer: ChangesAnswer) -> pd.DataFrame:
    """Return the changes, one row each."""
    found = answer.changes
    columns = {
        Text("变化", "change"): [each.change for each in found],
        Text("产品", "product"): [each.product.name for each in found],
        Text("原状态", "before"): [each.before.text if each.before else None for each in found],
        Text("现状态", "after"): [each.after.text if each.after else None for each in found],
        Text("新的事实", "new facts"): [
            "；".join(str(fact.sentence()) for fact in each.by) for each in found
        ],
    }
    return pd.DataFrame({str(title): values for title, values in columns.items()})
