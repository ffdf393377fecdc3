from __future__ import annotations

import pytest
from lianpu.atlas import Atlas

from ..support.town import town


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The small town of `support/town.py`."""
    return town().publish(tmp_path_factory.mktemp("town"))
