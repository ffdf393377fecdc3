"""What somebody may be typing: names that begin with it, then names that hold it."""

from __future__ import annotations

from ..answers.common import snapshot_answer
from ..browse.listing import Page, page_of
from ..index import Index
from .describe import described
from .models import Start, StartsAnswer

_SQL = """SELECT label, id, name, length(name) AS length, CASE
WHEN id = $text OR name = $text OR list_contains(also, $text) THEN 0
WHEN starts_with(name, $text) THEN 1
WHEN list_bool_or(list_transform(also, lambda a: starts_with(a, $text))) THEN 2
ELSE 3 END AS rank FROM (
SELECT 'Enterprise' AS label, id, name,
list_filter(list_concat(coalesce(aliases, []), [code, short_name]), lambda a: a IS NOT NULL) AS also
FROM "Enterprise" WHERE name IS NOT NULL
UNION ALL SELECT 'Product', id, name, coalesce(aliases, []) FROM "Product")
WHERE id = $text OR contains(name, $text)
OR list_bool_or(list_transform(also, lambda a: starts_with(a, $text)))"""
_KEYS = {"rank": "rank", "length": "length", "id": "id"}


def starts_answer(index: Index, text: str, limit: int, offset: int) -> StartsAnswer:
    """Return enterprises and products whose name, alias or code begins with or holds a text."""
    page = Page(limit, offset, (("rank", False), ("length", False)))
    _, rows = page_of(index, _SQL, {"text": text}, page, _KEYS)
    about = described(index, [(row["label"], row["id"]) for row in rows])
    return StartsAnswer(
        snapshot=snapshot_answer(index.snapshot),
        starts=[
            Start(
                id=row["id"],
                name=row["name"],
                label=row["label"],
                description=about[row["label"], row["id"]][1],
            )
            for row in rows
        ],
    )
