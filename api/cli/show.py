"""Answers as tables on a terminal."""

from __future__ import annotations

from typing import Any

from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from ...algorithms.answers import (
    ChangesAnswer,
    EnterpriseAnswer,
    GapAnswer,
    GapsAnswer,
    TargetsAnswer,
)
from ...algorithms.answers.models import PartAnswer, ScopeAnswer, ScopeCoverage, SnapshotAnswer
from ...algorithms.answers.words import QUOTIENTS, RATES, ROLES, level_of, word
from ...algorithms.browse.models import StandingsAnswer
from ...algorithms.evidence import Fact
from ...algorithms.gaps import Kind as GapKind
from ...algorithms.status import Status
from ...graph.schema import SCHEMA, Kind
from ...text import Text
from ..figures import figure, money, percent, standing
from .screen import STATUS_STYLE, out, table

_CHAIN_RATE = Text(
    "本地配套率 {rate}（覆盖 {covered} 的采购或需求）",
    "local content rate {rate} (covering {covered} of spending or need)",
)
_NO_GAPS = Text("没有发现缺口。", "No gaps were found.")
_NOBODY = Text(
    "这里还没有已知产品的企业在册，无从判断缺什么；请先导入企业，或用 --chain 指定产业链。",
    "No enterprise with known products is on record here, so nothing can be said of what it lacks: "
    "import enterprises first, or name a chain with --chain.",
)
_NO_TARGETS = Text(
    "图谱中没有可招引的企业：没有企业生产它或相近的产品。",
    "Nobody in the graph could be called: no enterprise makes it or a product near it.",
)
_SURE = Text(
    "把握只就在册企业而言：没有录入的企业，谁也不能断定有没有。",
    "certainty speaks of the enterprises on record: of others nothing can be said.",
)
_SNAPSHOT = Text("快照 {number}（{day}）", "snapshot {number} ({day})")
_EVERYWHERE = Text("各地", "everywhere")
_MORE = Text("……另有 {count} 项，用 --limit 查看更多", "… and {count} more; see them with --limit")


def show_gaps(answer: GapsAnswer) -> None:
    """Show what a scope lacks."""
    _head(answer.scope, answer.snapshot, answer.coverage)
    out.print(_counts(answer))
    if answer.local_rate.value is not None:
        rate, covered = percent(answer.local_rate.value), percent(answer.local_rate.covered)
        out.print(str(_CHAIN_RATE.fill(rate=rate, covered=covered)))
    if not answer.gaps:
        out.print(str(_NO_GAPS if answer.coverage.known else _NOBODY))
        return
    out.print()
    out.print(_gaps_table(answer))
    out.print(str(_SURE), style="dim")
    wanted = sum(answer.counts.get(each, 0) for each in ("weak", "missing", "unknown"))
    if wanted > len(answer.gaps):
        out.print(str(_MORE.fill(count=wanted - len(answer.gaps))), style="dim")


def show_standings(answer: StandingsAnswer) -> None:
    """Show regions side by side."""
    chain = f" × {answer.chain.name}" if answer.chain else ""
    out.print(f"{answer.within.name if answer.within else _EVERYWHERE}{chain}", style="bold")
    day = answer.snapshot.as_of or answer.snapshot.date
    out.print(str(_SNAPSHOT.fill(number=answer.snapshot.number, day=day)), style="dim")
    made = table(
        Text("地区", "region"),
        Text("级别", "level"),
        (Text("企业", "firms"), "right"),
        *((each.value, "right") for each in (*Status, *GapKind)),
        (Text("断点", "breaks"), "right"),
        Text("最急的缺口", "most urgent gaps"),
    )
    for each in answer.regions:
        counts = (*each.counts.values(), *each.kinds.values(), each.breaks)
        urgent = "、".join(gap.product.name for gap in each.urgent)
        firms, *others = (f"{count:,}" for count in (each.enterprises, *counts))
        made.add_row(each.region.name, level_of(each.level), firms, *others, urgent)
    out.print(made)
    if answer.total > len(answer.regions):
        out.print(str(_MORE.fill(count=answer.total - len(answer.regions))), style="dim")


def show_targets(answer: TargetsAnswer) -> None:
    """Show whom to call."""
    _head(answer.scope, answer.snapshot, answer.coverage)
    status = Styled(answer.status.text, STATUS_STYLE[answer.status.code])
    out.print(Styled.assemble((answer.product.name, "bold"), "：", status))
    if not answer.targets:
        out.print(str(_NO_TARGETS))
    for place, each in enumerate(answer.targets, start=1):
        home = each.home.name if each.home else str(Text("地区不详", "place unknown"))
        out.print()
        name = (f"{place}. {each.enterprise.name}", "bold")
        out.print(Styled.assemble(name, f"（{home}）  {figure(each.score)}"))
        out.print(f"   {each.why}")
        out.print(f"   {_parts(each.parts)}", style="dim")
        _facts(each.evidence, indent="   ")
    _excluded(answer)


def show_explained(answer: GapAnswer) -> None:
    """Show one product with every figure behind its status and priority."""
    out.print(_title(answer))
    for reason in answer.reasons:
        out.print(f"  · {reason.text}")
    figures = table(Text("数字", "figure"), (Text("值", "value"), "right"), Text("依据", "basis"))
    for row in _figures(answer):
        figures.add_row(*row)
    out.print(figures)
    out.print()
    out.print(_parts_table(answer.priority.parts, answer.priority.score))
    out.print()
    for working in answer.workings:
        out.print(f"{working.text} = {working.formula} = {working.result:,.4g}")
        for term in working.terms[:_TERMS]:
            out.print("   " + "  ".join(_term(*each) for each in term.items()), style="dim")
    out.print()
    _facts(answer.evidence)


def show_enterprise(answer: EnterpriseAnswer) -> None:
    """Show what is known of an enterprise."""
    out.print(Panel.fit(answer.enterprise.name, style="bold"))
    properties = table(Text("项目", "property"), Text("内容", "value"))
    for name, value in answer.properties.items():
        properties.add_row(*_property(name, value))
    out.print(properties)
    out.print()
    for fact in answer.facts:
        out.print(f"· {fact.sentence()}", style="dim")


def show_changes(answer: ChangesAnswer) -> None:
    """Show what changed."""
    before, after = answer.before, answer.after
    span = f"{before.number}（{before.as_of or before.date}）→ {after.number}（{after.date}）"
    out.print(Styled.assemble((answer.scope.name, "bold"), f"  {span}"))
    if not answer.changes:
        out.print(str(Text("没有变化。", "Nothing changed.")))
        return
    words = {"opened": Text("新增", "opened"), "closed": Text("补上", "closed")}
    made = table(Text("变化", "change"), Text("产品", "product"), Text("状态", "status"), _BECAUSE)
    for each in answer.changes:
        was = each.before.text if each.before else "—"
        now = each.after.text if each.after else "—"
        word = words.get(each.change, Text("变动", "changed"))
        because = "；".join(str(fact.sentence()) for fact in each.by)
        made.add_row(str(word), each.product.name, f"{was} → {now}", because)
    out.print(made)


_BECAUSE = Text("新的事实", "new facts")
_TERMS = 8
"""How many terms of a formula are shown; `--format json` gives all."""
_SHORT = {
    "low_local_rate": Text("配套率低", "low local rate"),
    "single_maker": Text("独家", "single maker"),
    "concentrated": Text("产出集中", "concentrated"),
    "no_titled_maker": Text("无资质企业", "no titled maker"),
    "negligible": Text("产量可忽略", "negligible"),
    "no_maker": Text("无人生产", "no maker"),
    "record_incomplete": Text("记录不全", "record incomplete"),
    "nobody_on_record": Text("毫无记录", "nobody on record"),
    "nothing_known_here": Text("本地无记录", "nothing known here"),
}


def _head(scope: ScopeAnswer, snapshot: SnapshotAnswer, coverage: ScopeCoverage) -> None:
    chain = f" × {scope.chain.name}" if scope.chain else ""
    out.print(f"{scope.name}{chain}", style="bold")
    out.print(str(standing(snapshot, coverage)), style="dim")


def _counts(answer: GapsAnswer) -> Styled:
    parts: list[str | tuple[str, str]] = []
    for status in Status:
        code = status.name.lower()
        parts += [(f"{status.value} {answer.counts.get(code, 0)}", STATUS_STYLE[code]), "   "]
    return Styled.assemble(*parts)


def _gaps_table(answer: GapsAnswer) -> Table:
    made = table(
        (Text("#", "#"), "right"),
        Text("产品", "product"),
        Text("状态", "status"),
        Text("类别", "kind"),
        Text("建议", "action"),
        (Text("本地用户", "users"), "right"),
        (Text("本地/外地厂商", "makers here/elsewhere"), "right"),
        Text("最近", "nearest"),
        (Text("配套率", "local rate"), "right"),
        (Text("把握", "certainty"), "right"),
        (Text("优先级", "priority"), "right"),
        Text("原因", "reasons"),
    )
    for place, gap in enumerate(answer.gaps, start=1):
        made.add_row(str(place), *_gap_cells(gap))
    return made


def _gap_cells(gap: GapAnswer) -> list[str | Styled]:
    mark = str(Text("（断点）", " (break)")) if gap.is_break else ""
    return [
        Styled(gap.product.name, "bold" if gap.key else ""),
        Styled(gap.status.text, STATUS_STYLE[gap.status.code]),
        "、".join(kind.text for kind in gap.kinds) + mark,
        gap.action.text,
        str(gap.users),
        f"{gap.makers.local}/{gap.makers.nearest.outside}",
        gap.makers.nearest.text,
        percent(gap.local_rate.value),
        percent(gap.certainty),
        figure(gap.priority.score),
        "、".join(str(_SHORT[reason.code]) for reason in gap.reasons),
    ]


def _title(answer: GapAnswer) -> Styled:
    status = (answer.status.text, STATUS_STYLE[answer.status.code])
    kinds = "、".join(kind.text for kind in answer.kinds)
    return Styled.assemble(
        (answer.product.name, "bold"), "：", status, f"  {kinds}  → ", answer.action.text
    )


def _figures(answer: GapAnswer) -> list[tuple[str, str, str]]:
    makers, nearest = answer.makers, answer.makers.nearest
    rows = [
        (Text("本地生产企业", "makers here"), str(makers.local), ""),
        (
            Text("有资质／国家级资质", "titled / national"),
            f"{makers.titled} / {makers.national}",
            "",
        ),
        (Text("集中度 HHI", "HHI"), figure(makers.hhi), ""),
        (Text("外地生产企业", "makers elsewhere"), str(nearest.outside), nearest.text),
        (Text("本地使用企业", "users here"), str(answer.users), ""),
        (Text("本地需求", "need"), money(answer.need), Text("元/年", "yuan a year")),
        (Text("本地供给", "supply"), money(answer.supply), Text("元/年", "yuan a year")),
        (Text("可延伸加工", "could be processed"), money(answer.potential), ""),
        (
            Text("本地配套率", "local rate"),
            percent(answer.local_rate.value),
            word(RATES, answer.local_rate.basis) or "",
        ),
        (
            Text("区位商 LQ", "location quotient"),
            figure(answer.location_quotient.value),
            word(QUOTIENTS, answer.location_quotient.basis) or "",
        ),
        (Text("把握", "certainty"), percent(answer.certainty), ""),
    ]
    return [(str(name), value, str(basis)) for name, value, basis in rows]


def _parts_table(parts: list[PartAnswer], score: float | None) -> Table:
    made = table(
        Text("优先级的部分", "part of the priority"),
        (Text("原始数值", "raw"), "right"),
        Text("单位或依据", "basis"),
        (Text("折算", "value"), "right"),
        (Text("权重", "weight"), "right"),
    )
    for part in parts:
        raw = "—" if part.raw is None else f"{part.raw:,.4g}"
        made.add_row(part.text, raw, part.basis, figure(part.value), f"{part.weight:g}")
    made.add_row(str(Text("合计", "score")), "", "", figure(score), "", style="bold")
    return made


def _term(name: str, value: str | float | None) -> str:
    return f"{name} {value:,.4g}" if isinstance(value, float) else f"{name} {value or '—'}"


def _parts(parts: list[PartAnswer]) -> str:
    return "  ".join(f"{part.text} {figure(part.value)}" for part in parts)


def _property(name: str, value: Any) -> tuple[str, str]:
    """A property of an enterprise as the schema calls it, money in 亿元 or 万元."""
    column = next(each for each in SCHEMA.node("Enterprise").columns if each.name == name)
    if column.kind is Kind.MONEY:
        return str(column.title), money(value)
    chosen = {choice.value: str(choice.text) for choice in column.choices}
    shown = "、".join(value) if isinstance(value, list) else str(value)
    return str(column.title), chosen.get(shown, shown)


def _facts(facts: list[Fact], indent: str = "") -> None:
    if not facts:
        out.print(str(Text("没有相关事实在册。", "No facts are on record.")), style="dim")
    for fact in facts:
        role = word(ROLES, fact.role)
        out.print(f"{indent}· [{role}] {fact.sentence()}", style="dim")


def _excluded(answer: TargetsAnswer) -> None:
    if not answer.excluded:
        return
    out.print()
    out.print(str(Text("未列入：", "Left out:")), style="bold")
    for each in answer.excluded:
        because = f"（{each.because}）" if each.because else ""
        out.print(f"  {each.enterprise.name}：{each.gate.text}{because}")
