"""Reviews: names in doubt, which a person decides on."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ....algorithms.answers.models import Answer, Ref
from ....ingest.review import Review
from ...operational import jobs
from ..auth.access import Reviewer
from ..problems import documented
from ..reading.lists import FORMS, NEXT, Chosen, rows_turn
from ..reading.params import Paged
from ..service import Here

router = APIRouter(prefix="/v1/reviews", tags=["reviews"], responses=documented(401, 403, 404, 422))

State = Literal["open", "same", "different"]


class ReviewsAsked(Paged):
    """Which reviews."""

    state: State | None = Field(default=None, description="all by default")


class ReviewAnswer(Answer):
    """Is the given name the known enterprise?"""

    number: int
    given: str = Field(description="the name as it was handed in")
    known: Ref = Field(description="the enterprise that it may be")
    score: float = Field(description="how alike the names are, 0 to 1")
    reasons: list[str]
    state: State
    rows: int = Field(description="rows that wait for the answer")


class ReviewsPage(Answer):
    """A page of reviews, the most alike first."""

    total: int
    reviews: list[ReviewAnswer]
    next: str | None = Field(description=NEXT)


class Decision(BaseModel):
    """What a person decided."""

    model_config = ConfigDict(extra="forbid")

    same: bool = Field(description="whether the given name is the known enterprise")


class Decided(Answer):
    """What follows from a decision."""

    number: int
    state: State
    job: str | None = Field(
        description="the import that takes the rows whose doubts are settled now, where there are"
    )


@router.get("", operation_id="list_reviews", response_model=ReviewsPage | Chosen, responses=FORMS)
def list_reviews(
    service: Here, caller: Reviewer, request: Request, asked: Annotated[ReviewsAsked, Query()]
) -> Response:
    """List names in doubt, the most alike first. Not for clients bound to a region."""
    service.ensure_unbound(caller)
    turn = rows_turn(request, asked)
    with service.reviews() as reviews:
        found = reviews.list(asked.state)
    rows = [_answer(each) for each in found[turn.rows]]
    page = ReviewsPage(total=len(found), reviews=rows, next=None)
    return turn.give(ReviewsPage, page, "reviews")


@router.post("/{number}/decision", operation_id="decide_review", response_model=Decided)
def decide_review(
    service: Here,
    caller: Reviewer,
    number: Annotated[int, Path(ge=1, le=2**31 - 1)],
    decision: Decision,
) -> Decided:
    """Decide on a name. It is remembered for later files too; deciding otherwise replaces it."""
    service.ensure_unbound(caller)
    with service.reviews() as reviews:
        ready = reviews.decide(number, same=decision.same)
    state: State = "same" if decision.same else "different"
    if not ready:
        return Decided(number=number, state=state, job=None)
    with service.database.writing() as session:
        job = jobs.new_job(jobs.new_job_id(), caller.id, None, [], {})
        session.add(job)
    return Decided(number=number, state=state, job=job.id)


def _answer(review: Review) -> ReviewAnswer:
    return ReviewAnswer(
        number=review.id,
        given=review.given,
        known=Ref(id=review.known_id, name=review.known),
        score=review.score,
        reasons=[str(each) for each in review.reasons],
        state=review.state,  # type: ignore[arg-type]
        rows=review.rows,
    )
