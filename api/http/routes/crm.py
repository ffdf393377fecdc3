"""Targets and leads as a CRM imports them."""

from __future__ import annotations

import tempfile
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from ....text import language
from ... import crm as mapped
from ...crm.mapping import Kind, Mapping
from ...operational import leads as kept
from ...workbook import write_sheets
from ..auth.access import Reader, Seller
from ..leads.models import Stage
from ..leads.rules import visible_regions
from ..problems import documented
from ..reading.forms import CSV, XLSX, form_of
from ..reading.params import Name, Scoped
from ..service import Here

router = APIRouter(prefix="/v1/crm", tags=["crm"], responses=documented(401, 403, 404, 406, 422))

System = Annotated[str, Path(max_length=50, description="id of a CRM, as in the list")]
_MOST = 10_000
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            CSV: {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        }
    }
}


class CrmColumn(BaseModel):
    """A header and what stands under it."""

    header: str
    value: str | None = Field(description="a field of Lianpu, see docs/crm.md; null: a constant")
    constant: str | None


class CrmAnswer(BaseModel):
    """A CRM that sheets can be had for."""

    id: str
    name: str
    object: str = Field(description="what it is there")
    key: str = Field(description="the header by which records are found again")
    note: str = Field(description="what is to be prepared there")
    source: str = Field(description="where the headers come from")
    target: list[CrmColumn]
    lead: list[CrmColumn]


class CrmsAnswer(BaseModel):
    """The CRMs that sheets can be had for."""

    crms: list[CrmAnswer]


class TargetsWanted(Scoped):
    """For which gap, or for which region as a whole."""

    product: Name | None = Field(
        default=None, description="for this gap; for the most urgent gaps where none is named"
    )
    chain: Name | None = Field(default=None, description="id or name; where no product is named")
    gaps: int = Field(
        default=5, ge=1, le=20, description="how many gaps, where no product is named"
    )
    limit: int = Field(default=20, ge=1, le=100, description="how many targets for each gap")


@router.get("", operation_id="list_crms", response_model=CrmsAnswer)
def list_crms(_: Reader) -> CrmsAnswer:
    """List the CRMs that sheets can be had for, with their headers."""
    return CrmsAnswer(crms=[_shown(each) for each in mapped.mappings().values()])


@router.get(
    "/{crm}/targets",
    operation_id="get_crm_targets",
    response_class=Response,
    responses=_FILES,
)
def get_crm_targets(
    service: Here,
    caller: Reader,
    request: Request,
    crm: System,
    asked: Annotated[TargetsWanted, Query()],
) -> Response:
    """Give targets with the headers of a CRM, as CSV or XLSX (`Accept`)."""
    mapping = mapped.mapping_named(crm)
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    common: dict[str, Any] = {
        "cluster": asked.cluster,
        "as_of": asked.as_of,
        "snapshot": asked.snapshot,
    }
    if asked.product:
        found = [service.atlas.targets(asked.region, asked.product, limit=asked.limit, **common)]
    else:
        _, found = service.atlas.shortlist(
            asked.region, asked.chain, gaps=asked.gaps, each=asked.limit, **common
        )
    return _file(request, mapping, "target", mapped.target_rows(service.atlas, found))


@router.get("/{crm}/leads", operation_id="get_crm_leads", response_class=Response, responses=_FILES)
def get_crm_leads(
    service: Here,
    caller: Seller,
    request: Request,
    crm: System,
    region: Annotated[Name | None, Query(description="in this region; code or name")] = None,
    stage: Stage | None = None,
) -> Response:
    """Give leads with the headers of a CRM, as CSV or XLSX (`Accept`); without contact data."""
    mapping = mapped.mapping_named(crm)
    wanted = kept.LeadFilter(regions=visible_regions(service, caller, region), stage=stage)
    _, found = kept.leads(service.database, wanted, _MOST, 0)
    return _file(request, mapping, "lead", mapped.lead_rows(service.atlas, found))


def _file(request: Request, mapping: Mapping, kind: Kind, rows: list[mapped.Row]) -> Response:
    form = form_of(request, (CSV, XLSX))
    frame = mapped.frame_of(mapping, kind, rows)
    ending = "csv" if form == CSV else "xlsx"
    named = {"Content-Disposition": f'attachment; filename="{mapping.id}-{kind}s.{ending}"'}
    if form == CSV:
        return Response(mapped.csv_of(mapping, frame), media_type=CSV, headers=named)
    with tempfile.TemporaryDirectory() as folder:
        path = FilePath(folder) / "sheet.xlsx"
        write_sheets(path, {mapping.object: frame})
        return Response(path.read_bytes(), media_type=XLSX, headers=named)


def _shown(mapping: Mapping) -> CrmAnswer:
    zh = language() == "zh"
    return CrmAnswer(
        id=mapping.id,
        name=mapping.name.zh if zh else mapping.name.en,
        object=mapping.object,
        key=mapping.key,
        note=mapping.note.zh if zh else mapping.note.en,
        source=mapping.source,
        target=[_column(each) for each in mapping.columns_for("target")],
        lead=[_column(each) for each in mapping.columns_for("lead")],
    )


def _column(column: mapped.Column) -> CrmColumn:
    return CrmColumn(header=column.header, value=column.value, constant=column.constant)
