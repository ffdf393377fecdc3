"""Answers as short text that an assistant reads: figures with units, facts with source and day.

The whole answer goes along as structured content; this is what fits into a conversation.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from pydantic import BaseModel

from ...algorithms.answers.models import (
    ChangesAnswer,
    EnterpriseAnswer,
    ExplainAnswer,
    GapAnswer,
    GapsAnswer,
    PartAnswer,
    ScopeAnswer,
    Shortlist,
    TargetsAnswer,
)
from ...algorithms.answers.words import RATES, ROLES, STAGES, word
from ...algorithms.browse.models import ChainMapAnswer, ChainNode
from ...algorithms.evidence import Fact
from ...algorithms.status import Status
from ...text import Text
from ..figures import figure, money, percent, standing

FACTS = 8
"""Facts told for each gap or target; the structured content has all."""

_COUNTS = Text(
    "按状态的产品数：{counts}。“未知”是记录不全，不等于缺失。",
    "products by status: {counts}. “Unknown” means that the record is incomplete, "
    "not that it is absent.",
)
_SHOWN = Text("共 {total} 项，此处 {shown} 项", "{total} in all, {shown} here")
_GAP = Text(
    "把握 {certainty}；本地使用企业 {users} 家，年需求 {need}，年供给 {supply}；"
    "本地生产企业 {local} 家，外地 {outside} 家（最近：{nearest} {near} 家）；"
    "本地配套率 {rate}（{basis}）；建议：{actions}；优先级 {priority}",
    "certainty {certainty}; users here {users}, yearly need {need}, supply {supply}; "
    "makers here {local}, elsewhere {outside} (nearest: {nearest}, {near}); "
    "local content rate {rate} ({basis}); actions: {actions}; priority {priority}",
)
_BREAK = Text("（断点）", " (break)")
_BECAUSE = Text("；原因：{reasons}", "; reasons: {reasons}")
_MORE = Text("……另有 {count} 条事实", "… and {count} more facts")
_NONE = Text("没有相关事实在册", "no facts are on record")
_LEFT_OUT = Text("未列入：{who}，{why}", "left out: {who}, {why}")
_NOWHERE = Text("地区不详", "place unknown")
_NOBODY = Text(
    "没有可招引的企业在册：没有企业生产它或相近的产品。",
    "nobody to call is on record: no enterprise makes it or a product near it.",
)
_MAP = Text(
    "每个产品：状态，本地／外地生产企业数（未给地区时为全图谱／0）。投入关系见结构化内容。",
    "each product: status, makers here/elsewhere (in the whole graph/0 where no region is given); "
    "what goes into what is in the structured content",
)
_KEY = Text("，关键", ", key")
_CHANGED = Text("快照 {before} → {after}：{count} 处变化", "snapshot {before} → {after}: {count}")
_PROJECT = Text("项目 {name}：{before} → {after}", "project {name}: {before} → {after}")


@singledispatch
def digest(answer: BaseModel) -> str:
    """Return an answer as text; JSON where it is short or of no special form."""
    return answer.model_dump_json(exclude_none=True)


@digest.register
def _(answer: GapsAnswer) -> str:
    counts = "，".join(
        f"{status.value} {answer.counts.get(status.name.lower(), 0)}" for status in Status
    )
    lines = [
        _title(answer.scope),
        str(standing(answer.snapshot, answer.coverage)),
        str(_COUNTS.fill(counts=counts)),
        str(_SHOWN.fill(total=answer.total, shown=len(answer.gaps))),
    ]
    for place, gap in enumerate(answer.gaps, start=1):
        lines += [f"{place}. {_gap(gap)}", *_facts(gap.evidence)]
    return "\n".join(lines)


@digest.register
def _(answer: ExplainAnswer) -> str:
    gap = answer.explained
    lines = [_title(answer.scope), str(standing(answer.snapshot, answer.coverage)), _gap(gap)]
    lines += [f"- {_part(part)}" for part in gap.priority.parts]
    lines += [f"- {each.text} = {each.formula} = {each.result:,.4g}" for each in gap.workings]
    return "\n".join([*lines, *_facts(gap.evidence)])


@digest.register
def _(answer: TargetsAnswer) -> str:
    lines = [
        _title(answer.scope),
        str(standing(answer.snapshot, answer.coverage)),
        f"{answer.product.name}（{answer.product.id}）：{answer.status.text}",
        str(_SHOWN.fill(total=answer.total, shown=len(answer.targets))),
    ]
    if not answer.targets:
        lines.append(str(_NOBODY))
    for place, each in enumerate(answer.targets, start=1):
        home = each.home.name if each.home else _NOWHERE
        lines.append(
            f"{place}. {each.enterprise.name}（{each.enterprise.id}，{home}）{figure(each.score)}"
        )
        lines += [f"   {each.why}", *_facts(each.evidence)]
    for out in answer.excluded[:FACTS]:
        why = f"{out.gate.text} {out.because}".strip()
        lines.append(str(_LEFT_OUT.fill(who=out.enterprise.name, why=why)))
    return "\n".join(lines)


@digest.register
def _(answer: Shortlist) -> str:
    return "\n\n".join(digest(each) for each in answer.shortlist) or str(_NOBODY)


@digest.register
def _(answer: ChainMapAnswer) -> str:
    where = f" × {answer.scope.name}" if answer.scope else ""
    lines = [f"{answer.chain.name}{where}", str(_MAP)]
    if answer.coverage:
        lines.insert(1, str(standing(answer.snapshot, answer.coverage)))
    for stage, title in STAGES.items():
        on_it = [node for node in answer.nodes if node.stage == stage]
        lines += [f"{title}：", *(_node(node) for node in on_it)] if on_it else []
    lines += [_node(node) for node in answer.nodes if node.stage not in STAGES]
    return "\n".join(lines)


def _node(node: ChainNode) -> str:
    status = f"，{node.status.text}" if node.status else ""
    mark = str(_KEY) if node.key else ""
    makers = f"{node.makers}/{node.makers_elsewhere}"
    return f"- {node.product.name}（{node.product.id}）{mark}{status}，{makers}"


@digest.register
def _(answer: EnterpriseAnswer) -> str:
    lines = [f"{answer.enterprise.name}（{answer.enterprise.id}）"]
    lines += [f"- {name}：{value}" for name, value in answer.properties.items()]
    return "\n".join([*lines, *_facts(answer.facts, most=50)])


@digest.register
def _(answer: ChangesAnswer) -> str:
    before, after = (
        f"{each.number}（{each.as_of or each.date}）" for each in (answer.before, answer.after)
    )
    lines = [
        _title(answer.scope),
        str(_CHANGED.fill(before=before, after=after, count=len(answer.changes))),
    ]
    for each in answer.changes:
        was, now = (term.text if term else "—" for term in (each.before, each.after))
        lines += [f"- {each.product.name}：{was} → {now}（{each.change}）", *_facts(each.by)]
    for project in answer.projects:
        stages = {"before": project.before or "—", "after": project.after or "—"}
        lines.append(f"- {_PROJECT.fill(name=project.project.name, **stages)}")
    return "\n".join(lines)


def _title(scope: ScopeAnswer) -> str:
    return f"{scope.name} × {scope.chain.name}" if scope.chain else scope.name


def _gap(gap: GapAnswer) -> str:
    kinds = _listed(kind.text for kind in gap.kinds)
    reasons = _listed(reason.text for reason in gap.reasons)
    figures = _GAP.fill(
        certainty=percent(gap.certainty),
        users=gap.users,
        need=money(gap.need),
        supply=money(gap.supply),
        local=gap.makers.local,
        outside=gap.makers.nearest.outside,
        nearest=gap.makers.nearest.text,
        near=gap.makers.nearest.count,
        rate=percent(gap.local_rate.value),
        basis=word(RATES, gap.local_rate.basis),
        actions=_listed(each.text for each in (gap.action, *gap.other_actions)),
        priority=figure(gap.priority.score),
    )
    because = _BECAUSE.fill(reasons=reasons) if reasons else ""
    mark = _BREAK if gap.is_break else ""
    status = f"{gap.status.text}{f'，{kinds}' if kinds else ''}{mark}"
    return f"{gap.product.name}（{gap.product.id}）：{status}{because}；{figures}"


def _part(part: PartAnswer) -> str:
    raw = "—" if part.raw is None else f"{part.raw:,.4g} {part.basis}"
    return f"{part.text}：{raw} → {figure(part.value)} × {part.weight:g}"


def _facts(facts: list[Fact], most: int = FACTS) -> list[str]:
    if not facts:
        return [f"   - {_NONE}"]
    told = [f"   - [{word(ROLES, fact.role)}] {fact.sentence()}" for fact in facts[:most]]
    if len(facts) > most:
        told.append(f"   - {_MORE.fill(count=len(facts) - most)}")
    return told


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)
