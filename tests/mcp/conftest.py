from __future__ import annotations

from pathlib import Path

import pytest

from ..support.town import town


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small town of `support/town.py`."""
    found = tmp_path_factory.mktemp("town")
    town().publish(found)
    return found
