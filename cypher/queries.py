"""Loading query files; what a file declares and what it uses must agree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PARTS = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<quoted>`(?:``|[^`])*`)
      | (?P<parameter>\$\w+)
      | (?P<name>«\w+»)
      | (?P<end>;)
      | (?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)
_HEADER = re.compile(r"//\s*(params|names|example|returns):\s*(.*)")
_GIVEN = re.compile(r"^(\w+)(?:\s*=\s*(.*))?$")

Value = str | int | None
"""What a header may give: `'text'`, a whole number or `null`."""


@dataclass(frozen=True)
class Parameter:
    """A value that a query takes; `default` is taken where it is not `required` and not given."""

    name: str
    required: bool = True
    default: Value = None


@dataclass(frozen=True)
class Query:
    """One query: its text, what it takes and what it gives.

    Attributes
    ----------
    name : the path below `cypher/` without the ending, as in `questions/gaps`.
    doc : the comments above the declarations, a line each.
    parameters : the values it takes.
    example : values to try it with, those of its parameters that are required.
    names : what is filled in from the schema.
    returns : the columns of its answer.
    """

    name: str
    text: str
    doc: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    example: Mapping[str, Value]
    names: tuple[str, ...]
    returns: tuple[str, ...]

    def fill(self, **names: str) -> str:
        """Return the text with names of the schema put in; only values are parameters.

        Names come quoted from the caller where they are lists; single ones are quoted here.
        """
        if sorted(names) != sorted(self.names):
            raise ValueError(f"{self.name} takes the names {self.names}, not {sorted(names)}")
        text = self.text
        for name, value in names.items():
            text = text.replace(f"«{name}»", value)
        return text


@cache
def load(name: str) -> Query:
    """Return the query of that name.

    Raises
    ------
    LookupError
        There is no such file.
    ValueError
        The file declares other parameters or names than it uses.
    """
    path = files(__name__.rpartition(".")[0]).joinpath(f"{name}.cypher")
    if not path.is_file():
        raise LookupError(f"there is no query {name}")
    return parse(name, path.read_text(encoding="utf-8"))


def names(area: str) -> list[str]:
    """Return the names of the queries of an area, sorted."""
    found = files(__name__.rpartition(".")[0]).joinpath(area).iterdir()
    endings = (each.name for each in found if each.name.endswith(".cypher"))
    return sorted(f"{area}/{each.removesuffix('.cypher')}" for each in endings)


def parse(name: str, text: str) -> Query:
    """Read a query and hold what it declares against what it uses."""
    declared: dict[str, tuple[str, ...]] = {}
    doc: list[str] = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        if found := _HEADER.match(line):
            declared[found[1]] = tuple(each.strip() for each in found[2].split(",") if each.strip())
        else:
            doc.append(line.removeprefix("//").strip())
    parameters = tuple(_parameter(each) for each in declared.get("params", ()))
    example = {each.name: each.default for each in map(_parameter, declared.get("example", ()))}
    query = Query(
        name,
        text,
        tuple(doc),
        parameters,
        example,
        declared.get("names", ()),
        declared.get("returns", ()),
    )
    _agree(name, "params", {each.name for each in parameters}, _used(text, "parameter"))
    _agree(name, "names", set(query.names), _used(text, "name"))
    if example:
        _agree(name, "example", set(example), {each.name for each in parameters if each.required})
    return query


def statements(text: str) -> list[str]:
    """Return the statements of a file of several, without comments; `;` ends each."""
    found, current = [], ""
    for kind, part in _parts(text):
        if kind == "end":
            found.append(current.strip())
            current = ""
        elif kind != "comment":
            current += part
    return [each for each in (*found, current.strip()) if each]


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for found in _PARTS.finditer(text):
        yield found.lastgroup or "", found[0]


def _used(text: str, wanted: str) -> set[str]:
    return {part.strip("$«»") for kind, part in _parts(text) if kind == wanted}


def _agree(name: str, what: str, declared: set[str], used: set[str]) -> None:
    if declared != used:
        raise ValueError(f"{name} declares {what} {sorted(declared)} but uses {sorted(used)}")


def _parameter(text: str) -> Parameter:
    found = _GIVEN.match(text)
    if not found:
        raise ValueError(f"{text!r} declares no parameter")
    if found[2] is None:
        return Parameter(found[1])
    return Parameter(found[1], False, _value(found[2]))


def _value(text: str) -> Value:
    value: Value = None if text == "null" else ast.literal_eval(text)
    return value
