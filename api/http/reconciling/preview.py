"""A preview: an enterprise or product in a few lines of HTML, for a small frame."""

from __future__ import annotations

from html import escape

from ....algorithms.evidence import Fact
from ....algorithms.matching import MatchAsked
from ....atlas import Atlas
from ....errors import NotKnownError
from ....text import Text, language

CONTENT_POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
}
_FACTS = 8
_NONE = Text("没有编号为 {id} 的企业或产品", "there is no enterprise or product {id}")
_STYLE = "body{font:14px/1.5 sans-serif;margin:8px}h1{font-size:16px;margin:0}li{margin:2px 0}"


def preview_page(atlas: Atlas, key: str) -> str:
    """Return a page about an enterprise or product.

    Raises
    ------
    NotKnownError
        There is none of that id.
    """
    found = [each for each in atlas.matches(MatchAsked(key)).matches if each.id == key]
    if not found:
        raise NotKnownError(_NONE.fill(id=key))
    entity = found[0]
    facts = atlas.enterprise(key).facts if entity.label == "Enterprise" else []
    return (
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">'
        f"<title>{escape(entity.name)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(entity.name)}</h1><p>{escape(entity.id)}<br>{escape(entity.description)}</p>"
        f"<ul>{''.join(_item(fact) for fact in facts[:_FACTS])}</ul></body></html>"
    )


def _item(fact: Fact) -> str:
    return f"<li>{escape(str(fact.sentence()))}</li>"
