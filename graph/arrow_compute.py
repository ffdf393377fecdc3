"""Arrow's compute functions, which it makes while it is imported and no type checker can see."""

from __future__ import annotations

from typing import Any

import pyarrow.compute

pc: Any = pyarrow.compute
