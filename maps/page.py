"""The drawing as a page that stands alone, without a script."""

from __future__ import annotations

from html import escape

from ..text import language
from .layout import Drawing
from .svg import svg

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0; background: #e9edf1 }}
svg {{ display: block; width: 100%; height: auto; max-width: 240vh; margin: auto }}
@page {{ size: {width}pt {height}pt; margin: 0 }}
@media print {{ body {{ background: none }} svg {{ max-width: none }} }}
</style>
</head>
<body>
{svg}
</body>
</html>
"""


def page(drawing: Drawing) -> str:
    """Return the drawing as an HTML page."""
    return _PAGE.format(
        language="zh-CN" if language() == "zh" else "en",
        title=escape(drawing.title),
        width=drawing.sheet.width,
        height=drawing.sheet.height,
        svg=svg(drawing),
    )
