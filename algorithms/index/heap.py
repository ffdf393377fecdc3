"""Memory that a question frees is kept for the next one."""

from __future__ import annotations

import numpy as np

_MOST = 32 * 2**20 - 2**16
"""The largest block that raises glibc's thresholds: they go to 32 MiB and no further."""


def keep_freed_memory() -> None:
    """Let the C library keep up to 64 MiB that were freed instead of giving them back at once.

    A question's arrays are freed together, and asked for again by the next one: over 100,000
    products the kernel had to clear 4,000 pages for each question, which took half of its time.
    glibc keeps what is below a threshold that follows the largest block freed so far (mallopt(3),
    M_MMAP_THRESHOLD); this block is never touched, so it takes no memory itself. Other C libraries
    have other ways, and nothing changes there.
    """
    np.empty(_MOST, dtype=np.uint8)
