"""What a mapping file says of a Neo4j graph: what in it stands for each of its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ...errors import BadInputError
from ...text import Text

_ONE_OF = Text(
    "映射文件 [graph] 的 {file} 应写 nodes 或 relations 之一",
    "[graph] {file} in the mapping file must say either nodes or relations",
)
_NO_COLUMNS = Text(
    "映射文件 [graph] 的 {file} 要写 columns：关系的表由哪些属性组成",
    "[graph] {file} in the mapping file must say columns: what a table of relations is made of",
)
_PLAIN = Text(
    "映射文件 [graph] 的 {file} 应是以 .jsonl 结尾的文件名",
    "[graph] {file} in the mapping file must be a file's name that ends with .jsonl",
)


class GraphTable(BaseModel):
    """Where the rows of a table come from: a label, or types of relations between two labels."""

    model_config = ConfigDict(extra="forbid")

    nodes: str | None = None
    relations: str | list[str] = Field(default_factory=list[str])
    start: str | None = None
    end: str | None = None
    columns: dict[str, str] = {}

    @property
    def types(self) -> list[str]:
        """The types of relations."""
        return [self.relations] if isinstance(self.relations, str) else self.relations


def check_graph(tables: Mapping[str, GraphTable]) -> None:
    """Refuse tables that cannot be read.

    Raises
    ------
    BadInputError
        A table says neither or both of nodes and relations, lacks its columns, or has an unusable
        name.
    """
    for file, table in tables.items():
        if Path(file).name != file or not file.endswith(".jsonl"):
            raise BadInputError(_PLAIN.fill(file=file))
        if (table.nodes is None) == (not table.types):
            raise BadInputError(_ONE_OF.fill(file=file))
        if table.types and not table.columns:
            raise BadInputError(_NO_COLUMNS.fill(file=file))
