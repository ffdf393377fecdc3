"""JSON Lines, and a JSON array of objects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.json as arrow_json

from ...errors import BadInputError
from ...text import Text
from .excel import column_of
from .raw import Problem, RawTable, nothing_in
from .sniff import encoding_of

_NO_OBJECT = Text("这一行不是一个 JSON 对象", "the line is not a JSON object")
_NO_OBJECT_RIGHT = Text(
    '每行应是一个对象，例如 {{"企业": "…", "产品": "…"}}',
    'each line should be one object, such as {{"企业": "…", "产品": "…"}}',
)
_NOT_JSON = Text("{file} 不是 JSON Lines", "{file} is not JSON Lines")
_DEEPEST = 1000  # Arrow follows nesting on the stack of the process, however deep it goes


def read_json_lines(path: Path) -> RawTable:
    """Read objects, one a line; lines that are none are reported, the others kept.

    Raises
    ------
    BadInputError
        Not one line holds an object.
    """
    return _regular(path) or _line_by_line(path)


def _regular(path: Path) -> RawTable | None:
    lines = _shallow_lines(path)
    if lines is None or encoding_of(path) != "utf-8" or _starts_with_bracket(path):
        return None
    try:
        table = arrow_json.read_json(str(path))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    if any(_nested(field.type) for field in table.schema) or lines != len(table):
        return None  # with blank lines among them, lines must be counted one by one
    columns = tuple(column.combine_chunks() for column in table.columns)
    rows = pa.array(np.arange(1, len(table) + 1, dtype=np.int64))
    return RawTable(path.name, None, tuple(table.column_names), columns, rows)


def _nested(kind: pa.DataType) -> bool:
    deep = pa.types.is_nested(kind)
    return deep and not (pa.types.is_list(kind) and pa.types.is_string(kind.value_type))


def _shallow_lines(path: Path) -> int | None:
    """Return the number of lines; None where one may be nested more deeply than any record is."""
    count = 0
    with path.open("rb") as file:
        for line in file:
            if len(line) > _DEEPEST < line.count(b"[") + line.count(b"{"):
                return None
            count += 1
    return count


def _starts_with_bracket(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(64).lstrip().startswith(b"[")


def _line_by_line(path: Path) -> RawTable:
    text = path.read_text(encoding=encoding_of(path))
    objects, problems = _array(text) if text.lstrip().startswith("[") else _lines(text)
    if not objects:
        if problems:
            message = _NOT_JSON.fill(file=path.name)
            raise BadInputError(message, _NO_OBJECT_RIGHT.fill())
        raise nothing_in(path.name)
    headers = list(dict.fromkeys(name for _, each in objects for name in each))
    columns = tuple(column_of([_plain(each.get(name)) for _, each in objects]) for name in headers)
    rows = pa.array([number for number, _ in objects], pa.int64())
    return RawTable(path.name, None, tuple(headers), columns, rows, tuple(problems))


Objects = list[tuple[int, dict[str, Any]]]


def _lines(text: str) -> tuple[Objects, list[Problem]]:
    objects: Objects = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _object(line)
        if found is None:
            problems.append(Problem(number, line[:200], _NO_OBJECT, _NO_OBJECT_RIGHT.fill()))
        else:
            objects.append((number, found))
    return objects, problems


def _array(text: str) -> tuple[Objects, list[Problem]]:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        return [], [Problem(1, text[:200], _NO_OBJECT, _NO_OBJECT_RIGHT.fill())]
    good: Objects = [(i, each) for i, each in enumerate(items, 1) if _sound(each)]
    bad = [(i, json.dumps(each)) for i, each in enumerate(items, 1) if not _sound(each)]
    return good, [Problem(i, x[:200], _NO_OBJECT, _NO_OBJECT_RIGHT.fill()) for i, x in bad]


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if _sound(found) else None


def _sound(found: Any) -> bool:
    """Say whether it is an object of whole characters: an escape may name half of one."""
    if not isinstance(found, dict):
        return False
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(value: Any) -> Any:
    """Return lists of plain values joined by |, other nested values as JSON."""
    if isinstance(value, list) and not any(isinstance(each, list | dict) for each in value):
        return "|".join(str(each) for each in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
