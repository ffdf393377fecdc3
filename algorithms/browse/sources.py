"""Sources as a list."""

from __future__ import annotations

from ..answers.common import snapshot_answer
from ..index import Index
from .listing import Page, page_of
from .models import SourceRow, SourcesAnswer

KEYS = {"date": "date", "title": "title", "id": "id"}


def sources_answer(index: Index, q: str | None, page: Page) -> SourcesAnswer:
    """Return the sources, or those with a text in their title or publisher."""
    sql = (
        'SELECT id, title, publisher, date, link, reliability FROM "Source" '
        "WHERE $q IS NULL OR id = $q OR contains(title, $q) OR contains(publisher, $q)"
    )
    total, rows = page_of(index, sql, {"q": q}, page, KEYS)
    return SourcesAnswer(
        snapshot=snapshot_answer(index.snapshot),
        total=total,
        sources=[SourceRow(**row) for row in rows],
    )
