"""What a box says, in as many lines as it has, each cut to its width."""

from __future__ import annotations

from collections.abc import Sequence

from ...algorithms.browse.models import ChainNode, NamedFirm
from .. import words as say
from . import sheet as size
from .measure import clean, cut, listing, width
from .model import Anchor, Box, Mark, Rect, Role, Words
from .sheet import Measures

Line = tuple[str, list[str], Role]
"""How it begins, the names of which as many follow as fit, and what it is."""


def box_of(node: ChainNode, rect: Rect, lines: int, measures: Measures) -> Box:
    """Return a product's box with its texts."""
    pad, mark_size = measures(size.BOX_PAD), measures(3.1)
    baseline = rect.y + pad + measures(size.NAME_LINE) * 0.78
    mark = Mark(rect.x + pad + mark_size + measures(0.6), baseline - measures(2.9), mark_size, "")
    if node.status:
        mark = mark._replace(status=node.status.code)
    start = mark.x + mark_size + measures(2.6) if node.status else rect.x + pad + measures(1)
    words = _name(node, rect, start, baseline, measures)
    left, room = rect.x + pad + measures(1), rect.width - 2 * pad - measures(2)
    letters = measures(size.DETAIL)
    for at, (lead, names, role) in enumerate(_lines(node, lines)):
        text = listing(lead, names, letters, room, str(say.COMMA))
        y = baseline + measures(size.DETAIL_LINE) * (at + 1.06)
        words.append(Words(left, round(y, 2), letters, text, role))
    return Box(node, rect, mark, tuple(words))


def short(firm: NamedFirm) -> str:
    """Return what a firm is called in few words."""
    return clean(firm.short_name or firm.name)


def _name(
    node: ChainNode, rect: Rect, start: float, baseline: float, measures: Measures
) -> list[Words]:
    """The name, with a star where it is a key link; a tag at the right where it is a break."""
    name = clean(node.product.name) + (f" {say.KEY_MARK}" if node.key else "")
    room = rect.right - measures(size.BOX_PAD) - start
    words: list[Words] = []
    if node.is_break:
        letters = measures(size.DETAIL)
        tag = str(say.BREAK)
        end = rect.right - measures(size.BOX_PAD + 1)
        words.append(Words(end, baseline, letters, tag, Role.TARGET, Anchor.END))
        room -= width(tag, letters) + measures(5)
    letters = measures(size.NAME)
    if width(name, letters) > room:
        letters = max(measures(size.LEAST_NAME), letters * room / width(name, letters))
        letters = int(letters * 100) / 100
    return [Words(start, baseline, letters, cut(name, letters, room), Role.NAME), *words]


def _lines(node: ChainNode, most: int) -> Sequence[Line]:
    """The most telling first; what is left over is not said."""
    if node.status is None:
        everywhere = str(say.EVERYWHERE.fill(number=node.makers))
        return [(everywhere, list[str](), Role.DETAIL)][:most]
    if node.status.code in ("strong", "adequate"):
        return [*_here(node, most), _figures(node)][:most]
    if node.status.code == "weak":
        return [*_here(node, 1), _call(node), _figures(node)][:most]
    if node.status.code == "missing":
        return [_call(node), _gap(node)][:most]
    return [(str(say.VERIFY), [], Role.DETAIL), _figures(node)][:most]


def _here(node: ChainNode, lines: int) -> list[Line]:
    """The makers here; those for whom the first line has no room follow in the second."""
    names = [short(firm) for firm in node.leaders]
    if not node.makers:
        return [(str(say.BY_STATISTICS), [], Role.DETAIL)]
    if not names:
        return [(str(say.HERE_ONLY.fill(number=node.makers)), [], Role.DETAIL)]
    lead = str(say.HERE.fill(number=node.makers))
    if lines < 3 or len(names) < 3:
        return [(lead, names, Role.DETAIL)]
    return [(lead, names[:2], Role.DETAIL), ("", names[2:], Role.DETAIL)]


def _call(node: ChainNode) -> Line:
    names = [short(firm) for firm in node.targets]
    if names:
        return (str(say.CALL), names, Role.TARGET)
    if node.makers_elsewhere:
        return _figures(node)
    return (str(say.NOBODY), [], Role.DETAIL)


def _figures(node: ChainNode) -> Line:
    text = say.FIGURES.fill(elsewhere=node.makers_elsewhere, users=node.users)
    return (str(text), [], Role.DETAIL)


def _gap(node: ChainNode) -> Line:
    if not node.kinds:
        return _figures(node)
    kind = "/".join(each.text for each in node.kinds)
    text = say.GAP.fill(kind=kind, elsewhere=node.makers_elsewhere, users=node.users)
    return (str(text), [], Role.DETAIL)
