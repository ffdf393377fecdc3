"""What a piece of work costs: time, processor time and peak memory, in a process of its own."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

import duckdb

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
        return process.submit(clock, work, *args, **kwargs).result()


def quiet_database() -> duckdb.DuckDBPyConnection:
    """Open an empty DuckDB that draws no progress bars between the figures."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return connection


def clock(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Cost:
    """Do a piece of work in this process and return what it cost."""
    start, before = time.perf_counter(), time.process_time()
    work(*args, **kwargs)
    return Cost(time.perf_counter() - start, time.process_time() - before, peak_memory())


def median(costs: Sequence[Cost]) -> float:
    """Return the median time, seconds."""
    return statistics.median(each.seconds for each in costs)


def spread(costs: Sequence[Cost]) -> str:
    """Return median and 95th percentile of time and of processor time."""
    by_time = _quantiles([each.seconds for each in costs])
    by_processor = _quantiles([each.processor for each in costs])
    return f"{by_time} (processor: {by_processor})"


def _quantiles(seconds: list[float]) -> str:
    p95 = statistics.quantiles(seconds, n=20)[-1]
    return f"median {statistics.median(seconds) * 1e3:.1f} ms, p95 {p95 * 1e3:.1f} ms"


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
