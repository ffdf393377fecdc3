"""Enterprises: looking for them, and the profile of one with what is around it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from ....algorithms.answers.words import ROLES
from ....algorithms.browse import EnterpriseFilter, Page
from ....algorithms.browse.models import NeighbourhoodAnswer
from ....graph.schema import SCHEMA
from ...http.reading.params import Name
from ..guard import PageRoute
from ..view import Viewing, Where
from ..words import property_words

router = APIRouter(route_class=PageRoute)

ROWS = 50
_AROUND = 60
"""Nodes of a neighbourhood at the most: more cannot be told apart."""


class EnterprisesAsked(Where):
    """Which enterprises."""

    q: Name | None = None
    product: Name | None = None
    title: Name | None = None
    state: Literal["active", "abnormal", "suspended", "revoked", "closed"] | None = None
    page: int = Field(default=1, ge=1, le=10_000)


class EnterpriseAsked(Where):
    """Which enterprise."""

    id: Name
    steps: int = Field(default=1, ge=1, le=2)
    level: Literal["city", "county", "zone"] = "city"


@router.get("/enterprises")
def enterprises(view: Viewing, asked: Annotated[EnterprisesAsked, Query()]) -> Response:
    """Look for enterprises by name, place, product or title."""
    wanted = EnterpriseFilter(asked.q, asked.region, asked.product, asked.title, asked.state)
    order = () if asked.q else (("revenue", True),)
    page = Page(ROWS, (asked.page - 1) * ROWS, order)
    answer = view.atlas.enterprises(wanted, page=page, as_of=asked.as_of, snapshot=asked.snapshot)
    pages = -(-answer.total // ROWS)
    return view.show("enterprises.html", asked, answer=answer, asked=asked, pages=pages)


@router.get("/enterprise")
def enterprise(view: Viewing, asked: Annotated[EnterpriseAsked, Query()]) -> Response:
    """Show all that is known of an enterprise, what is around it, and which regions need it."""
    when: dict[str, Any] = {"as_of": asked.as_of, "snapshot": asked.snapshot}
    answer = view.atlas.enterprise(asked.id, **when)
    around = view.atlas.neighbourhood(asked.id, steps=asked.steps, limit=_AROUND, **when)
    openings = view.atlas.openings(asked.id, level=asked.level, page=Page(limit=10), **when)
    return view.show(
        "enterprise.html",
        asked,
        answer=answer,
        asked=asked,
        properties=property_words("Enterprise", answer.properties),
        groups=_grouped(answer.facts, answer.enterprise.id),
        around=around,
        picture=_picture(around),
        openings=openings,
        roles=ROLES,
    )


def _grouped(facts: list[Any], own: str) -> dict[str, list[Any]]:
    """Return the facts by what they state, in the words of the schema."""
    groups: dict[str, list[Any]] = {}
    for fact in facts:
        title = str(SCHEMA.relation(fact.relation).title)
        groups.setdefault(title if fact.start == own else f"← {title}", []).append(fact)
    return groups


def _picture(around: NeighbourhoodAnswer) -> dict[str, Any]:
    """Return the neighbourhood as ECharts wants a graph."""
    labels = sorted({each.label for each in around.nodes})
    return {
        "categories": [str(SCHEMA.node(label).title) for label in labels],
        "nodes": [
            {
                "id": each.id,
                "name": each.name,
                "category": labels.index(each.label),
                "steps": each.steps,
            }
            for each in around.nodes
        ],
        "links": [
            {
                "source": fact.start,
                "target": fact.end,
                "name": str(SCHEMA.relation(fact.relation).title),
            }
            for fact in around.facts
        ],
    }
