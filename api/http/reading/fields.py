"""Field choice: only the named fields of each row, however deep they lie."""

from __future__ import annotations

from typing import Any

from ....errors import BadInputError
from ....text import Text

_NO_FIELD = Text("没有字段“{name}”，可用：{names}", "there is no field “{name}”: {names}")


def chosen(rows: list[dict[str, Any]], wanted: list[str]) -> list[dict[str, Any]]:
    """Return rows with the wanted fields alone; a dot leads into a field.

    Raises
    ------
    BadInputError
        No row has a field of that name.
    """
    for name in wanted:
        top = name.split(".")[0]
        if rows and all(top not in row for row in rows):
            raise BadInputError(_NO_FIELD.fill(name=name, names=", ".join(rows[0])))
    return [_pick(row, wanted) for row in rows]


def _pick(row: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    picked: dict[str, Any] = {}
    for name in wanted:
        _put(row, name.split("."), picked)
    return picked


def _put(source: dict[str, Any], path: list[str], into: dict[str, Any]) -> None:
    name, *rest = path
    if name not in source:
        return
    value = source[name]
    if rest and isinstance(value, dict):
        _put(value, rest, into.setdefault(name, {}))
    elif not rest:
        into[name] = value


def flat(row: dict[str, Any], lead: str = "") -> dict[str, Any]:
    """Return a row as one level: `product.name`; lists of plain words are joined, others left out.

    What has a text of its own, such as a status, gives its code.
    """
    cells: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict) and set(value) == {"code", "text"}:
            cells[lead + name] = value["code"]
        elif isinstance(value, dict):
            cells |= flat(value, f"{lead}{name}.")
        elif isinstance(value, list):
            words = [_word(each) for each in value]
            if None not in words:
                cells[lead + name] = "|".join(str(word) for word in words)
        else:
            cells[lead + name] = value
    return cells


def _word(value: Any) -> str | None:
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, dict):
        found = value.get("code") or (value.get("name") if set(value) == {"id", "name"} else None)
        return str(found) if found is not None else None
    return None
