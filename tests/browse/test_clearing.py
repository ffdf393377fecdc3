"""Snapshots are cleared away while others are still being read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lianpu.atlas import Atlas
from lianpu.errors import NotKnownError
from lianpu.settings import load_settings

from ..support.town import town


class Late(Atlas):
    """Has looked which snapshots there are just before the oldest was cleared away."""

    def snapshots(self) -> list[int]:
        return [1, *super().snapshots()]


@pytest.fixture
def late(tmp_path: Path) -> Atlas:
    folder = tmp_path / "data"
    town().publish(folder)
    snapshots = folder / "snapshots"
    shutil.copytree(snapshots / "000001", snapshots / "000002")
    shutil.rmtree(snapshots / "000001")
    return Late(load_settings(data=folder))


def test_a_snapshot_that_is_gone_is_not_listed(late: Atlas) -> None:
    assert len(late.manifests()) == 1


def test_a_snapshot_that_is_gone_is_not_known(late: Atlas) -> None:
    with pytest.raises(NotKnownError):
        late.index(1)
