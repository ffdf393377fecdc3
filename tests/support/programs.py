"""Programs of the system that tests work with: a test without its program is skipped, or fails."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def is_required(name: str) -> bool:
    """Return whether a run without it is a failed one: LIANPU_REQUIRE lists such names."""
    return name in os.environ.get("LIANPU_REQUIRE", "").split(",")


def program(*names: str) -> str:
    """Return where the first of these programs is; without one the test ends here."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        absent(names[0], f"none of {', '.join(names)} is installed")
    return found


def absent(name: str, why: str) -> NoReturn:
    """Skip the test with a reason, or fail it where what it lacks is required."""
    if is_required(name):
        pytest.fail(f"LIANPU_REQUIRE names {name}, but {why}")
    pytest.skip(why)
