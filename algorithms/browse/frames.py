"""Standings as a pandas frame, with headers in the language in force."""

from __future__ import annotations

import pandas as pd

from ...text import Text
from ..answers.words import level_of
from ..gaps import Kind
from ..status import Status
from .models import StandingsAnswer


def standings_frame(answer: StandingsAnswer) -> pd.DataFrame:
    """Return the standings, one row a region."""
    found = answer.regions
    columns: dict[Text, list[str | int | float | None]] = {
        Text("地区", "region"): [each.region.name for each in found],
        Text("代码", "code"): [each.region.id for each in found],
        Text("级别", "level"): [level_of(each.level) for each in found],
        Text("在册企业", "enterprises"): [each.enterprises for each in found],
        Text("看过的产品", "products looked at"): [each.products for each in found],
    }
    for status in Status:
        columns[status.value] = [each.counts[status.name.lower()] for each in found]
    for kind in Kind:
        columns[kind.value] = [each.kinds[kind.name.lower()] for each in found]
    columns |= {
        Text("断点", "breaks"): [each.breaks for each in found],
        Text("最急的缺口", "most urgent gaps"): [
            "、".join(gap.product.name for gap in each.urgent) for each in found
        ],
        Text("最高优先级", "highest priority"): [
            each.urgent[0].priority if each.urgent else None for each in found
        ],
    }
    return pd.DataFrame({str(title): values for title, values in columns.items()})
