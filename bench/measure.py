"""What a piece of work costs: time, processor time and peak memory, in a process of its own."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Generator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

P = ParamSpec("P")

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Cost:
    """What a piece of work took."""

    seconds: float
    processor: float
    """Seconds of all cores together: steadier than `seconds` on a machine with other work."""
    peak: float
    """Peak memory of the process, GiB."""

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s (processor {self.processor:.1f} s), peak {self.peak:.2f} GiB"


def alone(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Cost:
    """Do a piece of work in a fresh process and return what it cost."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(_measured, work, *args, **kwargs).result()


@contextmanager
def timed(title: str) -> Generator[None]:
    """Print how long the body took."""
    start = time.perf_counter()
    yield
    print(f"{title}: {time.perf_counter() - start:.1f} s", flush=True)


def peak_memory() -> float:
    """Return the peak memory of this process so far, GiB.

    What `getrusage` says is at least that of the process it was started from, so the kernel's own
    figure goes before it where there is one.
    """
    if _STATUS.exists():
        line = next(each for each in _STATUS.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _measured(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Cost:
    start, before = time.perf_counter(), time.process_time()
    work(*args, **kwargs)
    return Cost(time.perf_counter() - start, time.process_time() - before, peak_memory())
