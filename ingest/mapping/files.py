"""stub"""
from __future__ import annotations
from collections.abc import Sequence
from pathlib import Path
from ..inputs import Given, Input


def inputs_of_mapping(mapping: Path, inputs: Given | Sequence[Given]) -> list[Input]:
    raise NotImplementedError
