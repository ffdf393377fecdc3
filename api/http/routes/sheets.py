"""Files to look at and to print: the chain map in every format, and the reports."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from ....maps import FIRMS, face_named, faces, render
from ...reports import gather, report
from ...reports.kinds import MEDIA_TYPES, known_kind
from ..auth.access import Reader
from ..problems import documented
from ..reading.forms import as_file
from ..reading.params import Name, Scoped
from ..service import Here

router = APIRouter(prefix="/v1", tags=["sheets"], responses=documented(401, 403, 404, 422))

Form = Literal["svg", "png", "pdf", "pptx", "html", "graphml", "gexf", "mmd", "json"]
Kind = Literal["handbook", "ppt", "worklist"]
Ending = Literal["docx", "pdf", "pptx", "xlsx"]
Key = Annotated[Name, Path(description="id or name of a chain")]


def _files(kinds: list[str]) -> dict[int | str, dict[str, Any]]:
    """What an operation gives, for the document."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"content": {kind.partition(";")[0]: binary for kind in kinds}}}


@router.get(
    "/chains/{chain}/drawing/{form}",
    operation_id="draw_chain_map",
    response_class=Response,
    responses=_files([face.media_type for face in faces().values()]),
)
def draw_chain_map(
    service: Here, caller: Reader, chain: Key, form: Form, asked: Annotated[Scoped, Query()]
) -> Response:
    """Draw the map of a chain 产业链图谱 on an A3 sheet, or give it as a graph for other tools.

    With a region or cluster each product shows how it stands there, who makes it, and whom to call.
    """
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    answer = service.atlas.chain_map(
        chain,
        asked.region,
        cluster=asked.cluster,
        firms=FIRMS,
        as_of=asked.as_of,
        snapshot=asked.snapshot,
    )
    return as_file(answer, render(answer, form), f"chain-map.{form}", face_named(form).media_type)


@router.get(
    "/chains/{chain}/report/{kind}/{ending}",
    operation_id="get_report",
    response_class=Response,
    responses=_files(list(MEDIA_TYPES.values())),
)
def get_report(
    service: Here,
    caller: Reader,
    chain: Key,
    kind: Kind,
    ending: Ending,
    asked: Annotated[Scoped, Query()],
) -> Response:
    """Write a report about a chain in a region or cluster: handbook 招商手册, slides, worklist."""
    service.ensure_may_ask(caller, asked.region, asked.cluster)
    known_kind(kind, ending)
    found = gather(
        service.atlas,
        chain,
        asked.region,
        cluster=asked.cluster,
        as_of=asked.as_of,
        snapshot=asked.snapshot,
    )
    made = report(found, kind, ending)
    return as_file(found.gaps, made, f"{kind}.{ending}", MEDIA_TYPES[ending])
