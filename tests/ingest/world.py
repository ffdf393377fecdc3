"""A small world to import into: a few regions, industries, titles and an empty store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from lianpu.graph.store import Store
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.ingest import ImportReport, Input, Reviews, run
from lianpu.settings import Settings, load_settings
from stdnum.cn import uscc

REGIONS = pd.DataFrame(
    {
        "代码": ["340000", "340200", "340209", "320000", "320100", "320106", "320300", "320302"],
        "名称": ["安徽省", "芜湖市", "弋江区", "江苏省", "南京市", "鼓楼区", "徐州市", "鼓楼区"],
        "简称": ["安徽", "芜湖", "弋江", "江苏", "南京", "鼓楼", "徐州", "鼓楼"],
        "级别": ["省级", "市级", "县级", "省级", "市级", "县级", "市级", "县级"],
        "上级代码": ["", "340000", "340200", "", "320000", "320100", "320000", "320300"],
    }
)
INDUSTRIES = pd.DataFrame(
    {
        "代码": ["C", "C38", "C384", "C3841"],
        "上级代码": ["", "C", "C38", "C384"],
        "级别": ["1", "2", "3", "4"],
        "名称": ["制造业", "电气机械和器材制造业", "电池制造", "锂离子电池制造"],
    }
)
TITLES = pd.DataFrame(
    {
        "代码": ["high_tech", "giant"],
        "名称": ["高新技术企业", "专精特新小巨人企业"],
        "别名": ["高企", "小巨人"],
    }
)


def code(number: int) -> str:
    """Return a valid unified social credit code."""
    first = f"91340200{number:09d}"
    return first + uscc.calc_check_digit(first)


class World:
    """A store with its review list, and short ways to import into it and look at it."""

    def __init__(self, folder: Path) -> None:
        self.settings: Settings = load_settings(data=folder)
        self.store: Store = EmbeddedStore(folder, self.settings)
        self.store.migrate()
        self.reviews = Reviews.in_folder(folder)
        self.take(REGIONS, "地区")
        self.take(INDUSTRIES, "行业")
        self.take(TITLES, "资质目录")

    def take(
        self, rows: pd.DataFrame | dict[str, list[object]], template: str, name: str = "表.xlsx"
    ) -> ImportReport:
        """Import a frame."""
        frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows, dtype=object)
        return self.run(Input(frame, template, name))

    def run(self, *inputs: Input | Path, strict: bool = False) -> ImportReport:
        """Import inputs."""
        return run(
            self.store, list(inputs), settings=self.settings, reviews=self.reviews, strict=strict
        )

    def rows(self, name: str, *columns: str) -> set[tuple[Any, ...]]:
        """Return some columns of the current rows of a type."""
        table = self.store.scan(name).read_all().to_pylist()
        return {
            tuple(tuple(v) if isinstance(v := row[c], list) else v for c in columns)
            for row in table
            if row["retired"] is None
        }

    def names(self, name: str) -> set[object]:
        """Return the names of the current nodes of a type."""
        return {row[0] for row in self.rows(name, "name")}

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()
        self.reviews.close()
