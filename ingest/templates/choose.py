"""Which template a sheet follows: the one named, else by its name, else by its headers."""

from __future__ import annotations

from functools import cache

from ...errors import BadInputError
from ...text import Text
from ..reading import RawTable
from .headers import Match, find_column, match_headers
from .registry import TEMPLATES
from .types import Template, fold

_NO_TEMPLATE = Text("没有叫“{name}”的模板", "there is no template “{name}”")
_CHOICES = Text("可选：{names}", "choose from: {names}")
_UNKNOWN_SHEET = Text(
    "看不出 {where} 是哪种表：表头 {headers}", "cannot tell what {where} is: headers {headers}"
)
_UNKNOWN_CURE = Text(
    "请把工作表或文件命名为模板名（{names}），或用 --template 指明，或用映射文件说明各列。",
    "Name the sheet or file after a template ({names}), name it with --template, "
    "or describe the columns in a mapping file.",
)
_MISSING = Text("{where} 缺少“{missing}”列", "{where} lacks the column “{missing}”")
_FOUND = Text(
    "现有表头：{headers}。请补上该列，或改用认识的表头：{words}。",
    "Headers found: {headers}. Add the column, or use a header that is known: {words}.",
)


def named(name: str) -> Template:
    """Return a template by its name in either language.

    Raises
    ------
    BadInputError
        There is none of that name.
    """
    wanted = fold(name)
    for template in TEMPLATES.values():
        if wanted in map(fold, template.names):
            return template
    names = "、".join(each.title.zh for each in TEMPLATES.values())
    english = ", ".join(TEMPLATES)
    raise BadInputError(_NO_TEMPLATE.fill(name=name), _CHOICES.fill(names=Text(names, english)))


@cache
def known_header(header: str) -> bool:
    """Say whether any template knows a header."""
    return any(isinstance(find_column(each, header), tuple) for each in TEMPLATES.values())


def choose(table: RawTable, name: str | None = None) -> tuple[Template, Match]:
    """Return the template that a sheet follows, and its headers matched.

    Raises
    ------
    BadInputError
        None fits, several fit equally well, or the named one lacks a required column.
    """
    template = named(name) if name else by_name(table) or _by_headers(table)
    match = match_headers(template, table.headers, table.unit)
    if missing := match.missing(template):
        column = missing[0]
        message = _MISSING.fill(where=table.where, missing=column.title)
        words = "、".join(dict.fromkeys(column.words))
        raise BadInputError(message, _FOUND.fill(headers=_shown(table), words=words))
    return template, match


def by_name(table: RawTable) -> Template | None:
    """Return the template after which a sheet or file is named, the longest name where several are.

    A name that merely contains a template's counts only where the required columns are there.
    """
    wanted = fold(table.name)
    exact = [each for each in TEMPLATES.values() if wanted in map(fold, each.names)]
    if exact:
        return exact[0]
    within = [
        (len(word), each)
        for each in TEMPLATES.values()
        for word in map(fold, each.names)
        if word in wanted and not match_headers(each, table.headers).missing(each)
    ]
    return max(within, key=lambda pair: pair[0])[1] if within else None


def _by_headers(table: RawTable) -> Template:
    matches = [
        (each, match_headers(each, table.headers, table.unit)) for each in TEMPLATES.values()
    ]
    fitting = [(len(m.places), each) for each, m in matches if not m.missing(each)]
    most = max((count for count, _ in fitting), default=0)
    best = [each for count, each in fitting if count == most]
    if len(best) == 1:
        return best[0]
    names = "、".join(each.title.zh for each in best or TEMPLATES.values())
    english = ", ".join(each.name for each in best or TEMPLATES.values())
    message = _UNKNOWN_SHEET.fill(where=table.where, headers=_shown(table))
    raise BadInputError(message, _UNKNOWN_CURE.fill(names=Text(names, english)))


def _shown(table: RawTable) -> str:
    return "、".join(table.headers[:20])
