"""What is wrong with a chain: circles, loose ends, names used twice, stages against the flow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import networkx as nx

from ..errors import BadInputError
from ..text import Text
from .entities.catalogue import Catalogue
from .inputs import Input, as_inputs
from .known import Known, NothingKnown
from .library import industry_file
from .reading import RawTable, read_path
from .report import marked_cells
from .resolve.names import normalise_name
from .sheet import Sheet
from .templates import choose, known_header

_STAGES = {"upstream": 1, "midstream": 2, "downstream": 3}
_LIBRARY_SIZE = (40, 120)
_LONGEST_SHOWN = 8


_WHERE = Text("{file} 第 {row} 行", "{file}, row {row}")


class Severity(Enum):
    """How bad a problem is: an error contradicts itself, a note is for a second look."""

    ERROR = Text("错误", "error")
    NOTE = Text("提示", "note")


@dataclass(frozen=True)
class ChainProblem:
    """One problem of a chain: where it stands, what is wrong, and what to do."""

    file: str
    row: int | None
    severity: Severity
    wrong: Text
    right: Text

    @property
    def where(self) -> str:
        """File and row."""
        return str(_WHERE.fill(file=self.file, row=self.row)) if self.row else self.file

    @property
    def serious(self) -> bool:
        """Whether it must be mended."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True)
class _Row:
    """One row of a chain sheet."""

    file: str
    number: int
    chain: str
    product: str
    aliases: tuple[str, ...]
    stage: str | None
    tier: int | None
    inputs: tuple[str, ...]
    general: tuple[str, ...]
    industries: tuple[str, ...]


@dataclass
class _Chains:
    """All rows of the chains under check, and the names under which products are found."""

    rows: list[_Row]
    known: Catalogue
    own: dict[str, list[_Row]] = field(default_factory=dict[str, list[_Row]])
    alias: dict[str, list[_Row]] = field(default_factory=dict[str, list[_Row]])

    def __post_init__(self) -> None:
        for row in self.rows:
            self.own.setdefault(normalise_name(row.product), []).append(row)
            for name in row.aliases:
                self.alias.setdefault(normalise_name(name), []).append(row)

    def product(self, text: str) -> str | None:
        """Return the product that a text means, None where no chain and no catalogue has it."""
        folded = normalise_name(text)
        rows = self.own.get(folded) or self.alias.get(folded)
        if rows:
            return rows[0].product
        found = self.known.find(text)
        return self.known.names[found] if isinstance(found, str) else None


_CYCLE = Text("产品互为投入，成了一圈：{path}", "products go into each other in a circle: {path}")
_CYCLE_RIGHT = Text("请去掉其中一环", "take out one of the links")
_KIND_CYCLE = Text("上位产品成了一圈：{path}", "general products form a circle: {path}")
_ORPHAN = Text(
    "“{product}”没有投入，也不是任何产品的投入",
    "“{product}” has no input and is no input of anything",
)
_ORPHAN_RIGHT = Text(
    "请补上它的上游或下游，或删去该行", "add what goes into it or what it goes into"
)
_TWICE = Text("“{product}”在第 {row} 行已经有了", "“{product}” stands in row {row} already")
_TWICE_RIGHT = Text("同一产品一条链只写一行", "one row a product in each chain")
_ALIAS = Text(
    "别名“{alias}”是“{other}”的名称或别名",
    "the alias “{alias}” is a name or alias of “{other}”",
)
_ALIAS_RIGHT = Text(
    "请删去这个别名，或合并两个产品", "take the alias out, or join the two products"
)
_STAGE = Text(
    "“{input}”（{theirs}）是“{product}”（{ours}）的投入，与上下游方向相反",
    "“{input}” ({theirs}) goes into “{product}” ({ours}), against the flow",
)
_STAGE_RIGHT = Text("请核对环节、层级或投入", "check stage, tier or input")
_CODE = Text("没有行业代码“{code}”", "there is no industry code “{code}”")
_CODE_RIGHT = Text("请填写 GB/T 4754-2017 的代码，例如 C3841", "write a code of GB/T 4754-2017")
_UNKNOWN = Text("“{name}”不是任何产业链里的产品", "“{name}” is not a product of any of the chains")
_UNKNOWN_RIGHT = Text("请改正名称，或为它加一行", "correct the name, or add a row for it")
_DOUBLE = Text(
    "“{input}”既是“{product}”的投入，也是其上位产品“{general}”的投入",
    "“{input}” is an input of “{product}” and of its general product “{general}”",
)
_DOUBLE_RIGHT = Text("会算两次，请只留在其中一个上", "it would count twice: leave it on one")
_SIZE = Text("“{chain}”有 {count} 个产品", "“{chain}” has {count} products")
_SIZE_RIGHT = Text("产业链库里以 40 到 120 个为宜", "in the library 40 to 120 are wanted")


def check_chains(
    files: Sequence[Path],
    *,
    known: Known | None = None,
    industries: Iterable[str] = (),
    library: bool = False,
) -> list[ChainProblem]:
    """Check chain sheets together.

    Parameters
    ----------
    files : sheets in the layout of the template `chains`.
    known : what the graph knows already: its products may be inputs too.
    industries : the known industry codes; empty to leave codes unchecked.
    library : note chains of a size that the library does not want.

    Raises
    ------
    BadInputError
        A file cannot be read or is no chain sheet.
    """
    sheets = [_sheet(path, raw) for path in files for raw in read_path(path, known_header)]
    return _check(sheets, known or NothingKnown(), frozenset(industries), library=library)


def check_chain_files(files: Sequence[Path], known: Known) -> list[ChainProblem]:
    """Check those of some files that are chain sheets against what the graph knows.

    Raises
    ------
    BadInputError
        A file cannot be read.
    """
    sheets = [
        _sheet(each.data, raw)
        for each in as_inputs(files)
        if isinstance(each.data, Path)
        for raw in read_path(each.data, known_header)
        if _is_chain(raw)
    ]
    return _check(sheets, known, frozenset(known.table("Industry")["code"].to_pylist()))


def _is_chain(raw: RawTable) -> bool:
    try:
        return choose(raw)[0].name == "chains"
    except BadInputError:
        return False


def _check(
    sheets: Sequence[Sheet], known: Known, industries: frozenset[str], *, library: bool = False
) -> list[ChainProblem]:
    products = Catalogue("Product", known.table("Product"))
    chains = _Chains([row for sheet in sheets for row in _rows(sheet)], products)
    problems = [each for sheet in sheets for each in _cell_problems(sheet)]
    problems += _twice(chains)
    problems += _unknown(chains)
    problems += _codes(chains, industries)
    problems += _orphans(chains)
    problems += _against_the_flow(chains)
    problems += _double_inputs(chains)
    problems += _cycles(chains)
    if library:
        problems += _sizes(chains)
    return sorted(problems, key=lambda each: (each.file, each.row or 0))


def library_codes() -> frozenset[str]:
    """Return the industry codes of the bundled library."""
    path = industry_file()
    sheets = [_sheet(path, raw, "industries") for raw in read_path(path, known_header)]
    return frozenset(code for sheet in sheets for code in sheet.values["code"].to_pylist())


def _sheet(path: Path, raw: RawTable, template: str = "chains") -> Sheet:
    chosen, match = choose(raw, template)
    return Sheet(Input(path), raw, chosen, match)


def _rows(sheet: Sheet) -> Iterator[_Row]:
    def texts(name: str) -> list[str | None]:
        return sheet.values[name].to_pylist() if sheet.has(name) else [None] * len(sheet.raw)

    def lists(name: str) -> list[tuple[str, ...]]:
        if not sheet.has(name):
            return [()] * len(sheet.raw)
        return [tuple(each or ()) for each in sheet.values[name].to_pylist()]

    tiers: list[int | None] = (
        sheet.values["tier"].to_pylist() if sheet.has("tier") else [None] * len(sheet.raw)
    )
    needed, others = lists("inputs"), lists("other_inputs")
    aliases, general, industries = lists("aliases"), lists("general"), lists("industry")
    chains, products, stages = texts("chain"), texts("product"), texts("stage")
    for i, number in enumerate(sheet.raw.rows.to_pylist()):
        if sheet.ok[i]:
            yield _Row(
                sheet.raw.file,
                number,
                chains[i] or "",
                products[i] or "",
                aliases[i],
                stages[i],
                tiers[i],
                (*needed[i], *others[i]),
                general[i],
                industries[i],
            )


def _cell_problems(sheet: Sheet) -> Iterator[ChainProblem]:
    for each in sheet.raw.problems:
        yield ChainProblem(sheet.raw.file, each.row, Severity.ERROR, each.wrong, each.right)
    for mark in marked_cells(sheet):
        row = sheet.raw.rows[mark.row].as_py()
        why = mark.complaint
        yield ChainProblem(sheet.raw.file, row, Severity.ERROR, why.wrong, why.right)


def _error(row: _Row, wrong: Text, right: Text) -> ChainProblem:
    return ChainProblem(row.file, row.number, Severity.ERROR, wrong, right)


def _note(row: _Row, wrong: Text, right: Text) -> ChainProblem:
    return ChainProblem(row.file, row.number, Severity.NOTE, wrong, right)


def _twice(chains: _Chains) -> Iterator[ChainProblem]:
    """A product twice in one chain; an alias that is another product's name or alias."""
    seen: dict[tuple[str, str], _Row] = {}
    for row in chains.rows:
        key = row.chain, normalise_name(row.product)
        if key in seen:
            wrong = _TWICE.fill(product=row.product, row=seen[key].number)
            yield _error(row, wrong, _TWICE_RIGHT)
        seen.setdefault(key, row)
        for alias in row.aliases:
            folded = normalise_name(alias)
            others = [*chains.own.get(folded, ()), *chains.alias.get(folded, ())]
            other = next((o.product for o in others if o.product != row.product), None)
            if other:
                yield _error(row, _ALIAS.fill(alias=alias, other=other), _ALIAS_RIGHT)


def _unknown(chains: _Chains) -> Iterator[ChainProblem]:
    for row in chains.rows:
        for name in (*row.inputs, *row.general):
            if chains.product(name) is None:
                yield _error(row, _UNKNOWN.fill(name=name), _UNKNOWN_RIGHT)


def _codes(chains: _Chains, known: frozenset[str]) -> Iterator[ChainProblem]:
    for row in chains.rows:
        for code in row.industries if known else ():
            if code not in known:
                yield _error(row, _CODE.fill(code=code), _CODE_RIGHT)


def _orphans(chains: _Chains) -> Iterator[ChainProblem]:
    """Products that no link reaches: what goes into a general product's kinds counts too."""
    used = {chains.product(name) for row in chains.rows for name in row.inputs}
    linked = {row.product for row in chains.rows if row.inputs} | used
    for row in chains.rows:
        kin = [chains.product(name) for name in row.general]
        if row.product not in linked and not linked.intersection(kin):
            yield _error(row, _ORPHAN.fill(product=row.product), _ORPHAN_RIGHT)


def _against_the_flow(chains: _Chains) -> Iterator[ChainProblem]:
    """Within one chain an input's stage and tier must not lie behind those of the product."""
    places = {(row.chain, row.product): row for row in chains.rows}
    for row in chains.rows:
        for name in row.inputs:
            given = places.get((row.chain, chains.product(name) or ""))
            if given is not None and _behind(given, row):
                values = {"input": name, "product": row.product}
                wrong = _STAGE.fill(theirs=_shown(given), ours=_shown(row), **values)
                yield _error(row, wrong, _STAGE_RIGHT)


def _behind(given: _Row, row: _Row) -> bool:
    stages = _STAGES.get(given.stage or ""), _STAGES.get(row.stage or "")
    if stages[0] and stages[1] and stages[0] > stages[1]:
        return True
    return given.tier is not None and row.tier is not None and given.tier > row.tier


def _shown(row: _Row) -> str:
    zh = {"upstream": "上游", "midstream": "中游", "downstream": "下游"}.get(row.stage or "", "")
    return f"{zh}{row.tier if row.tier is not None else ''}"


def _double_inputs(chains: _Chains) -> Iterator[ChainProblem]:
    inputs: defaultdict[str, set[str | None]] = defaultdict(set)
    for row in chains.rows:
        inputs[row.product] |= {chains.product(name) for name in row.inputs}
    kinds = _graph(chains, "general")
    for row in chains.rows:
        above = nx.descendants(kinds, row.product) if row.product in kinds else set[str]()
        for general in sorted(above - {row.product}):
            for name in row.inputs:
                if chains.product(name) in inputs[general]:
                    values = {"input": name, "product": row.product, "general": general}
                    yield _error(row, _DOUBLE.fill(**values), _DOUBLE_RIGHT)


def _graph(chains: _Chains, column: str) -> nx.DiGraph[str]:
    """Return product → its inputs, or product → its general products."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in chains.rows:
        for name in row.inputs if column == "inputs" else row.general:
            found = chains.product(name)
            if found is not None:
                graph.add_edge(row.product, found)
    return graph


def _cycles(chains: _Chains) -> Iterator[ChainProblem]:
    """Name one circle for each knot of products."""
    for column, words in (("inputs", _CYCLE), ("general", _KIND_CYCLE)):
        graph = _graph(chains, column)
        for knot in nx.strongly_connected_components(graph):
            start = min(knot)
            if len(knot) == 1 and not graph.has_edge(start, start):
                continue
            circle = [edge[0] for edge in nx.find_cycle(graph.subgraph(knot), start)]
            path = " → ".join([*circle[:_LONGEST_SHOWN], circle[0]])
            row = next(row for row in chains.rows if row.product in circle)
            yield _error(row, words.fill(path=path), _CYCLE_RIGHT)


def _sizes(chains: _Chains) -> Iterator[ChainProblem]:
    by_chain: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in chains.rows:
        by_chain[row.chain].append(row)
    for chain, rows in by_chain.items():
        if not _LIBRARY_SIZE[0] <= len(rows) <= _LIBRARY_SIZE[1]:
            yield _note(rows[0], _SIZE.fill(chain=chain, count=len(rows)), _SIZE_RIGHT)
