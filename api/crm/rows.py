"""What there is to say of targets and leads, one field each; what is not known is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from ...algorithms.answers.models import Ref, TargetsAnswer
from ...atlas import Atlas
from ...graph.schema import SCHEMA
from ...text import Text
from ..operational.leads import Lead

Row = dict[str, Any]

FIELDS: dict[str, Text] = {
    "id": Text("链谱编号：信用代码，没有则由名称得出", "id: the credit code, else from the name"),
    "code": Text("统一社会信用代码", "credit code"),
    "name": Text("企业全称", "full name"),
    "short_name": Text("简称", "short name"),
    "website": Text("网址", "website"),
    "domain": Text("网址的域名", "domain of the website"),
    "province": Text("注册地省份", "province of its seat"),
    "city": Text("注册地城市", "city of its seat"),
    "county": Text("注册地区县", "county of its seat"),
    "industry": Text("行业", "industry"),
    "titles": Text("资质，分号分隔", "titles, with semicolons between"),
    "products": Text("产品，分号分隔", "products, with semicolons between"),
    "revenue": Text("营业收入（元/年）", "revenue, yuan a year"),
    "employees": Text("从业人数", "employees"),
    "capital": Text("注册资本（元）", "registered capital, yuan"),
    "founded": Text("成立日期", "day of foundation"),
    "group": Text("所属集团", "group"),
    "region": Text("招引地区", "region that it is sought for"),
    "product": Text("补链产品", "product sought"),
    "makes": Text("它生产的产品", "product that it makes"),
    "score": Text("得分（0 到 1）", "score, 0 to 1"),
    "why": Text("理由", "reasons"),
    "snapshot": Text("快照编号", "number of the snapshot"),
    "as_of": Text("数据日期", "day of the facts"),
    "lead": Text("线索编号", "id of the lead"),
    "stage": Text("阶段", "stage"),
    "stage_code": Text("阶段代码", "stage as a code"),
    "reason": Text("终止原因", "why it came to nothing"),
    "investment": Text("投资额（元）", "investment, yuan"),
    "signed_on": Text("签约日期", "day of signing"),
    "reference": Text("CRM 自己的编号", "the CRM's own id"),
    "note": Text("备注", "note"),
    "updated": Text("更新时间", "last change"),
}
"""Every field that a mapping may name."""

_OWN = (
    "code",
    "short_name",
    "website",
    "industry",
    "titles",
    "products",
    "revenue",
    "employees",
    "capital",
    "founded",
    "group",
)
_LEVELS = ("province", "city", "county")


def target_rows(atlas: Atlas, answers: Sequence[TargetsAnswer]) -> list[Row]:
    """Return targets, one row for each firm and product; of the snapshot that answered."""
    found = [(answer, each) for answer in answers for each in answer.targets]
    number = answers[0].snapshot.number if answers else None
    firms = _firms(atlas, (each.enterprise for _, each in found), number)
    return [
        firms[each.enterprise.id]
        | {
            "region": answer.scope.name,
            "product": answer.product.name,
            "makes": each.makes.name,
            "score": None if each.score is None else round(each.score, 4),
            "why": each.why,
            "snapshot": answer.snapshot.number,
            "as_of": answer.snapshot.as_of or answer.snapshot.date,
        }
        for answer, each in found
    ]


def lead_rows(atlas: Atlas, leads: Sequence[Lead]) -> list[Row]:
    """Return leads, one row each; without contact data."""
    refs = [Ref(id=each.enterprise, name=each.enterprise_name) for each in leads]
    firms = _firms(atlas, refs, None)
    own = ("reason", "investment", "signed_on", "reference", "note")
    return [
        firms[each.enterprise]
        | {name: getattr(each, name) for name in own}
        | {
            "region": each.region_name,
            "product": each.product_name,
            "lead": each.id,
            "stage": str(_stages()[each.stage]),
            "stage_code": each.stage,
            "updated": each.updated.isoformat(),
        }
        for each in leads
    ]


def _firms(atlas: Atlas, refs: Iterable[Ref], snapshot: int | None) -> dict[str, Row]:
    """Return what is known of enterprises, by the id that they were asked for by."""
    names = {ref.id: ref.name for ref in refs}
    former = atlas.current_ids([*names], snapshot=snapshot)
    now = {asked: former.get(asked, asked) for asked in names}
    known = atlas.attributes([*now.values()], _OWN, snapshot=snapshot).values
    seats = atlas.seats([*now.values()], snapshot=snapshot)
    found: dict[str, Row] = {}
    for asked, key in now.items():
        told = {each: _cell(known[key][each]) for each in _OWN}
        place = {level: seats.get(key, {}).get(level) for level in _LEVELS}
        domain = _domain(told["website"])
        found[asked] = {"id": key, "name": names[asked], "domain": domain} | told | place
    return found


def _cell(values: list[Any]) -> Any:
    if not values:
        return None
    first = values[0]
    if isinstance(first, float) and first.is_integer():
        return int(first)
    if len(values) == 1 and not isinstance(first, Ref | str):
        return first
    return ";".join(each.name if isinstance(each, Ref) else str(each) for each in values)


def _domain(website: str | None) -> str | None:
    if not website:
        return None
    host = urlsplit(website if "//" in website else f"//{website}").hostname
    return host.removeprefix("www.") if host else None


def _stages() -> dict[str, Text]:
    (stage,) = (each for each in SCHEMA.node("Project").properties if each.name == "stage")
    return {choice.value: choice.text for choice in stage.choices}
