"""What ships with the package, as inputs of an import: standard codes, chains, the example."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from .. import library
from ..graph.store import Rekey
from .inputs import Input
from .mapping.layout import Layout
from .sources import SourceInfo

_PUBLISHER = "链谱 Lianpu"
_CONFIDENCE = {"standards": 1.0, "chains": 0.8, "demo": 0.6}
_TEMPLATES = {
    "regions": "regions",
    "zones": "regions",
    "countries": "regions",
    "industries": "industries",
    "titles": "title_catalogue",
}
_LAYOUTS = {
    "countries": Layout(constants={"级别": "country"}),
    "titles": Layout(ignore=("层级",)),
}
_CHANGES = "region_changes.csv"
_REGIONS = ("regions", "zones")


def library_inputs() -> list[Input]:
    """Return the standard codes and the chains that ship with the package."""
    return [*_standards(), *_chains()]


def demo_inputs() -> list[Input]:
    """Return the example enterprises that ship with the package; empty where there are none."""
    folder = _folder("demo")
    return [_input(path, "demo") for path in _tables(folder)] if folder.is_dir() else []


def chain_files() -> list[Path]:
    """Return the files of the chain library."""
    return list(_tables(_folder("chains")))


def industry_file() -> Path:
    """Return the file of the industry classification."""
    return _folder("standards") / "industries.csv"


def _folder(name: str) -> Path:
    return Path(str(resources.files(library))) / name


def _tables(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.csv")))


def _standards() -> Iterator[Input]:
    changes = _changes()
    for path in _tables(_folder("standards")):
        if path.name == _CHANGES:
            continue
        yield _regions(path, changes) if path.stem in _REGIONS else _input(path, "standards")
    yield _changed_regions(changes)


def _chains() -> Iterator[Input]:
    for path in _tables(_folder("chains")):
        yield _input(path, "chains", template="chains")


def _input(path: Path, folder: str, template: str | None = None) -> Input:
    return Input(
        path,
        template=template or _TEMPLATES.get(path.stem),
        layout=_LAYOUTS.get(path.stem) if folder == "standards" else None,
        source=_source(f"{folder}/{path.name}"),
        as_of=_entry(f"{folder}/{path.name}").get("retrieved"),
        confidence=_CONFIDENCE[folder],
    )


def _entry(name: str) -> dict[str, Any]:
    """Return what the manifest says of a file."""
    manifest = tomllib.loads((_folder(".") / "manifest.toml").read_text(encoding="utf-8"))
    for entry in manifest["file"]:
        if fnmatch(name, entry["path"]):
            return dict(entry)
    return {}


def _source(name: str) -> SourceInfo:
    entry = _entry(name)
    title = entry.get("title", name)
    return SourceInfo(
        title=title["zh"] if isinstance(title, dict) else title,
        publisher=_PUBLISHER,
        date=entry.get("retrieved"),
        link=entry.get("link"),
    )


def _changes() -> pd.DataFrame:
    """Return the dated changes of divisions, oldest first."""
    file = _folder("standards") / _CHANGES
    if not file.is_file():
        return pd.DataFrame(columns=["生效日期", "旧代码", "新代码", "新名称"])
    return pd.read_csv(file, dtype=str, keep_default_na=False).sort_values("生效日期")


def _regions(path: Path, changes: pd.DataFrame) -> Input:
    """Return the divisions without those that have ended since."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    ended = set(changes["旧代码"]) - {""}
    kept = frame[~frame["代码"].isin(ended)]
    like = _input(path, "standards")
    return Input(kept, like.template, path.name, None, like.source, like.as_of, like.confidence)


def _changed_regions(changes: pd.DataFrame) -> Input:
    """Return the divisions that came into being since; what they succeed is an alias of theirs."""
    old = pd.read_csv(_folder("standards") / "regions.csv", dtype=str, keep_default_na=False)
    old = old.set_index("代码")
    rows = [
        _successor(code, group, old)
        for code, group in changes[changes["新代码"] != ""].groupby("新代码")
    ]
    moved = changes[(changes["旧代码"] != "") & (changes["新代码"] != "")]
    pairs = zip(moved["旧代码"], moved["新代码"], strict=True)
    return Input(
        pd.DataFrame(rows),
        "regions",
        _CHANGES,
        source=_source(f"standards/{_CHANGES}"),
        confidence=_CONFIDENCE["standards"],
        rekeys=tuple(Rekey("Region", before, after) for before, after in pairs),
    )


def _successor(code: Any, group: pd.DataFrame, old: pd.DataFrame) -> dict[str, str]:
    former = [each for each in group["旧代码"] if each in old.index]
    near = old.loc[former[0]] if former else None
    city = f"{code[:4]}00"
    parent = city if city in old.index else f"{code[:2]}0000"
    place = near if near is not None else old.loc[parent]
    names = [*former, *(str(old.loc[each, "名称"]) for each in former)]
    last = group.iloc[-1]
    return {
        "代码": code,
        "名称": str(last["新名称"]),
        "级别": "county",
        "上级代码": parent,
        "经度": str(place["经度"]),
        "纬度": str(place["纬度"]),
        "坐标来源": "former" if near is not None else str(place["坐标来源"]),
        "别名": "|".join(names),
        "数据日期": date.fromisoformat(last["生效日期"]).isoformat(),
    }
