"""Reviews: is the name in the sheet the enterprise we know? A person decides."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from ...http.routes.reviews import Decision, decide_review
from ..guard import PageRoute
from ..view import Viewing, Where

router = APIRouter(route_class=PageRoute)

SHOWN = 200


class ReviewsAsked(Where):
    """Which reviews."""

    state: Literal["open", "same", "different"] = "open"


@router.get("/reviews")
def reviews(view: Viewing, asked: Annotated[ReviewsAsked, Query()]) -> Response:
    """Show names in doubt, the most alike first."""
    view.need("review")
    view.service.ensure_unbound(view.caller)
    with view.service.reviews() as found:
        rows = found.list(asked.state)
    return view.show("reviews.html", asked, asked=asked, rows=rows[:SHOWN], total=len(rows))


@router.post("/reviews/{number}")
def decide(
    view: Viewing, number: int, answer: Annotated[Literal["same", "different"], Form()]
) -> Response:
    """Decide on a name; the rows that waited for it go in with the next import."""
    view.need("review")
    decided = decide_review(view.service, view.caller, number, Decision(same=answer == "same"))
    if decided.job and view.caller.may("import"):
        return RedirectResponse(view.link(f"imports/{decided.job}"), status_code=303)
    return RedirectResponse(view.link("reviews"), status_code=303)
