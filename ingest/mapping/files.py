r"""Mapping files: TOML that tells how files of another layout are to be read.

as_of = 2021-12-31
confidence = 0.6

[source]
title = "…"

[lookups.firms]                 # a value of one file found by a value of another
file = "company.jsonl"
key = "code"
value = "fullname"

[[tables]]
files = "supply_*.csv"          # a name or a pattern, within the folder that is imported
template = "supplies"           # name of a template, in either language
columns = { payee = "供方", payer = "需方" }
                                # header -> header of the template; a relation that runs the
                                # other way is turned round by naming its ends crosswise
constants = { "产品" = "钢材" }  # the same for every row
ignore = ["memo"]               # known and not wanted; other columns are reported
patterns = { code = { find = '\.(SH|SZ)$', put = "" } }
values = { kind = { "1" = "零部件" } }
separators = { products = "[,;]" }  # several values in a cell; "" for never several
units = { "金额" = "万元" }      # of bare numbers
bounds = { weight = [0, 1] }    # numbers outside say nothing
copies = { parent = { from = "name", find = '^(?:(.*)-[^-]+|[^-]*)$', put = '\1' } }
regions = { "所在地区" = "fullname" }  # the place that a firm's full name tells
lookups = [{ column = "company_code", from = "firms", to = "企业" }]
one_each = { by = "code", name = "fullname", into = "别名" }

[[tables.keep]]                 # rows that are taken; [[tables.drop]]: rows that are not
column = "rel"
matches = "^主营产品$"            # or least = 0, most = 1, or same_as = "other column"
zh = "不是主营产品"
en = "not a main product"

[graph."company.jsonl"]         # for `lianpu adopt`: what in a Neo4j graph stands for a file
nodes = "company"               # a label; all properties, renamed by columns where it has any
[graph."company_product.jsonl"]
relations = ["主营产品"]          # types; start = "…", end = "…" narrow the labels of their ends
columns = { "start.code" = "company_code", "end.name" = "product_name", "权重" = "rel_weight",
            type = "rel" }      # of a node at an end, of the relation, or its type
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...errors import BadInputError
from ...text import Text
from ..cells.base import as_text
from ..inputs import Given, Input
from ..reading import read_path
from ..sources import SourceInfo
from .graph import GraphTable, check_graph
from .layout import Condition, Layout, Lookup, OneEach, column_of

_UNREADABLE = Text("映射文件 {path} 读不了：{why}", "the mapping file {path} cannot be read: {why}")
_WRONG = Text("映射文件 {path} 的 {place} 不对：{why}", "{place} in the mapping file {path}: {why}")
_SEE = Text("写法见 docs/templates.md 和 examples/。", "See docs/templates.md and examples/.")
_NO_FILES = Text("{folder} 里没有 {files}", "there is no {files} in {folder}")
_WHICH = Text(
    "映射文件提到了它；请给出它所在的文件夹。",
    "The mapping file names it; give the folder that it lies in.",
)
_NO_LOOKUP = Text("没有名为 {name} 的对照表", "there is no lookup called {name}")
_FOLDERS = Text("有映射文件时请给出文件夹", "with a mapping file, give folders")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Change(_Model):
    find: str
    put: str = ""


class _Copy(_Model):
    of: str = Field(alias="from")
    find: str = ""
    put: str = ""


class _Rows(_Model):
    column: str
    zh: str
    en: str
    matches: str | None = None
    least: float | None = None
    most: float | None = None
    same_as: str | None = None


class _Use(_Model):
    column: str
    of: str = Field(alias="from")
    to: str


class _OneEach(_Model):
    by: str
    name: str
    into: str
    at_most: int = 2
    doubtful: list[str] = []


class _Lookup(_Model):
    file: str
    key: str
    value: str
    patterns: dict[str, _Change] = {}
    at_most: int = 2


class _Source(_Model):
    title: str
    publisher: str | None = None
    date: dt.date | None = None
    link: str | None = None
    reliability: float | None = None


class _Table(_Model):
    files: str
    template: str
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    ignore: list[str] = []
    patterns: dict[str, _Change] = {}
    values: dict[str, dict[str, str]] = {}
    separators: dict[str, str] = {}
    units: dict[str, str] = {}
    bounds: dict[str, tuple[float, float]] = {}
    copies: dict[str, _Copy] = {}
    regions: dict[str, str] = {}
    lookups: list[_Use] = []
    one_each: _OneEach | None = None
    keep: list[_Rows] = []
    drop: list[_Rows] = []


class _Mapping(_Model):
    source: _Source | None = None
    as_of: dt.date | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    lookups: dict[str, _Lookup] = {}
    graph: dict[str, GraphTable] = {}
    tables: list[_Table]


def inputs_of_mapping(mapping: Path, folders: Given | Sequence[Given]) -> list[Input]:
    """Return the inputs that a mapping file finds in some folders.

    Raises
    ------
    BadInputError
        The mapping file cannot be read or says something unknown, or a file that it names is not
        there.
    """
    read = _load(mapping)
    many = folders if isinstance(folders, Sequence) and not isinstance(folders, str) else [folders]
    places = [_folder(each) for each in many]
    lookups = {name: _lookup_table(each, places) for name, each in read.lookups.items()}
    source = SourceInfo(**read.source.model_dump()) if read.source else None
    return [
        Input(
            path,
            template=table.template,
            layout=_layout(table, lookups),
            source=source,
            as_of=read.as_of,
            confidence=read.confidence,
        )
        for table in read.tables
        for path in _files(table.files, places)
    ]


def graph_of_mapping(mapping: Path) -> dict[str, GraphTable]:
    """Return what a mapping file says of a graph: the tables by the names of their files.

    Raises
    ------
    BadInputError
        The mapping file cannot be read or says something unknown.
    """
    found = _load(mapping).graph
    check_graph(found)
    return found


def _load(path: Path) -> _Mapping:
    try:
        return _Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(_UNREADABLE.fill(path=path, why=error), _SEE) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = _WRONG.fill(path=path, place=place, why=first["msg"])
        raise BadInputError(message, _SEE) from None


def _folder(given: Given) -> Path:
    if isinstance(given, Input | pd.DataFrame):
        raise BadInputError(_FOLDERS)
    path = Path(given)
    return path if path.is_dir() else path.parent


def _files(pattern: str, folders: Sequence[Path]) -> list[Path]:
    found = sorted(path for folder in folders for path in folder.glob(pattern))
    if not found:
        shown = "、".join(map(str, folders))
        raise BadInputError(_NO_FILES.fill(folder=shown, files=pattern), _WHICH)
    return list(dict.fromkeys(found))


def _lookup_table(lookup: _Lookup, folders: Sequence[Path]) -> dict[str, str]:
    """Return value by key; the first where a key stands in a few rows, none where in many."""
    patterns = {column: (each.find, each.put) for column, each in lookup.patterns.items()}
    layout = Layout(patterns=patterns)
    wanted = {lookup.key, lookup.value}
    found: dict[str, list[str]] = {}
    for path in _files(lookup.file, folders):
        for raw in read_path(path, wanted.__contains__):
            table = layout.apply(raw)
            keys = as_text(column_of(table, lookup.key)).to_pylist()
            values = as_text(column_of(table, lookup.value)).to_pylist()
            for key, value in zip(keys, values, strict=True):
                if key and value:
                    found.setdefault(key, []).append(value)
    return {key: values[0] for key, values in found.items() if len(values) <= lookup.at_most}


def _layout(table: _Table, lookups: dict[str, dict[str, str]]) -> Layout:
    return Layout(
        where=(*map(_condition, table.keep), *(_condition(each, drop=True) for each in table.drop)),
        bounds=table.bounds,
        patterns={column: (each.find, each.put) for column, each in table.patterns.items()},
        lookups=tuple(_use(each, lookups) for each in table.lookups),
        one_each=_one_each(table.one_each),
        copies={new: (each.of, each.find, each.put) for new, each in table.copies.items()},
        regions=table.regions,
        values=table.values,
        separators=table.separators,
        columns=table.columns,
        units=table.units,
        constants=table.constants,
        ignore=tuple(table.ignore),
    )


def _condition(rows: _Rows, *, drop: bool = False) -> Condition:
    return Condition(
        rows.column,
        Text(rows.zh, rows.en),
        rows.matches,
        rows.least,
        rows.most,
        drop=drop,
        same_as=rows.same_as,
    )


def _use(use: _Use, lookups: dict[str, dict[str, str]]) -> Lookup:
    if use.of not in lookups:
        raise BadInputError(_NO_LOOKUP.fill(name=use.of), _SEE)
    return Lookup(use.column, use.to, lookups[use.of])


def _one_each(given: _OneEach | None) -> OneEach | None:
    if given is None:
        return None
    return OneEach(given.by, given.name, given.into, given.at_most, tuple(given.doubtful))
