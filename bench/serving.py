"""The service under load: gaps of a region and targets of a gap, against a bare FastAPI route.

Both servers are one process of uvicorn with the same protocol and loop; a driver in a process of
its own keeps connections open and asks over them in turn. The bare route returns the very bytes
that the service had returned, from memory, without keys, rates, logs or metrics.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
import statistics
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI, Request, Response
from lianpu.api.http import create_app
from lianpu.api.http.wire import protocol
from lianpu.api.operational import open_database
from lianpu.api.operational.clients import add_client, add_key
from lianpu.atlas import Atlas
from lianpu.settings import Settings

from bench.scene import Scene, settings_for

REGIONS, CONNECTIONS, SECONDS, ROUNDS = 40, 8, 4.0, 3
SOAK_SECONDS = float(os.environ.get("LIANPU_BENCH_SOAK", "120"))
_START_SECONDS = 300.0
_STATUS = "/proc/{pid}/status"


@dataclass(frozen=True)
class Load:
    """What a load came to."""

    requests: int
    seconds: float
    p99: float
    """Seconds below which 99 of 100 answers came."""
    processor: float
    """Seconds of processor time that the server took."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cost(self) -> float:
        """Seconds of the server's processor time a request."""
        return self.processor / max(1, self.requests)


def run(scene: Scene) -> None:
    """Print throughput, its ratio to the bare route, p99, and memory over a soak."""
    data = scene.data()
    key = _key(settings_for(data))
    for name, paths in _questions(data).items():
        _compare(f"{name}, each answered before", data, key, paths, kept=64)
    gaps = _questions(data)["gaps of a region"]
    _compare("gaps of a region, each worked out anew", data, key, gaps, kept=0)
    _soak(data, key, gaps)


def _compare(name: str, data: Path, key: str, paths: Sequence[str], kept: int) -> None:
    with _serving(_ours, data, kept) as ours:
        bodies = {path: _get(ours.port, path, key) for path in paths}
        _get(ours.port, "/openapi.json", key)  # the last thing that a fresh service has to do
        with _serving(_bare, bodies) as bare:
            pairs = [
                (_load(ours, paths, key, SECONDS), _load(bare, paths, key, SECONDS))
                for _ in range(ROUNDS)
            ]
    mine, floor = zip(*pairs, strict=True)
    rates = [a.rate / b.rate for a, b in pairs]
    costs = [b.cost / a.cost for a, b in pairs]
    size = statistics.mean(len(each) for each in bodies.values())
    print(f"{name}: {len(paths)} questions, {size / 1000:.1f} kB each")
    for who, loads in (("service", mine), ("bare route", floor)):
        rate = statistics.median(each.rate for each in loads)
        p99 = statistics.median(each.p99 for each in loads) * 1000
        cost = statistics.median(each.cost for each in loads) * 1000
        print(f"  {who}: {rate:.0f} a second, p99 {p99:.1f} ms, processor {cost:.2f} ms a request")
    print(
        f"  ratio of throughput: {statistics.median(rates):.2f}, "
        f"by processor time: {statistics.median(costs):.2f}",
        flush=True,
    )


def _soak(data: Path, key: str, paths: Sequence[str]) -> None:
    """Ask for a while, some questions anew each time, and print the server's memory."""
    with _serving(_ours, data, 1) as ours:
        told: list[str] = []
        end = time.monotonic() + SOAK_SECONDS
        _load(ours, paths, key, SECONDS)
        while time.monotonic() < end:
            told.append(f"{_memory(ours.pid):.0f}")
            _load(ours, paths, key, SOAK_SECONDS / 10)
        print(f"soak of {SOAK_SECONDS:.0f} s, MiB: {' '.join(told)} {_memory(ours.pid):.0f}")


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    pid: int
    port: int


@contextmanager
def _serving(serve: Callable[..., None], *given: object) -> Generator[Server]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = int(door.getsockname()[1])
    fresh = multiprocessing.get_context("spawn")
    process: BaseProcess = fresh.Process(target=serve, args=(port, *given))
    process.start()
    try:
        _await(port)
        yield Server(process.pid or 0, port)
    finally:
        process.terminate()
        process.join()


def _ours(port: int, data: Path, kept: int) -> None:
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the log goes nowhere
    settings = settings_for(data)
    http = settings.http.model_copy(update={"answers_kept_megabytes": kept})
    _serve(create_app(settings.model_copy(update={"http": http})), port)


def _bare(port: int, bodies: dict[str, bytes]) -> None:
    app = FastAPI(openapi_url=None)

    @app.get("/{rest:path}")
    async def given(request: Request) -> Response:
        asked = f"{request.url.path}?{request.url.query}"
        return Response(bodies[asked], media_type="application/json")

    _serve(app, port)


def _serve(app: FastAPI, port: int) -> None:
    uvicorn.run(app, port=port, http=protocol(), log_config=None, access_log=False)  # type: ignore[arg-type]


def _questions(data: Path) -> dict[str, list[str]]:
    """Return paths of questions: regions that have firms, and their first gap."""
    atlas = Atlas(settings_for(data))
    index = atlas.index()
    cities = [str(code) for code in index.regions.codes if len(str(code)) > 0]
    wanted = cities[:: max(1, len(cities) // REGIONS)][:REGIONS]
    gaps = [f"/v1/gaps?region={quote(code)}&limit=20&evidence=false" for code in wanted]
    targets: list[str] = []
    for code in wanted[:10]:
        found = atlas.gaps(code, limit=1, evidence=False).gaps
        targets += [
            f"/v1/targets?region={quote(code)}&product={quote(each.product.id)}&limit=20"
            for each in found
        ]
    return {"gaps of a region": gaps, "targets of a gap": targets}


def _key(settings: Settings) -> str:
    database = open_database(settings)
    client = add_client(database, "bench", ["read"], rate=10**9)
    key = add_key(database, client.id, days=1)[1]
    database.close()
    return key


def _get(port: int, path: str, key: str) -> bytes:
    return asyncio.run(_ask_once(port, path, key))


async def _ask_once(port: int, path: str, key: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await _ask(reader, writer, _request(path, key))
    finally:
        writer.close()


def _request(path: str, key: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\n\r\n".encode()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head.decode())
    length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
    return await reader.readexactly(length)


def _load(server: Server, paths: Sequence[str], key: str, seconds: float) -> Load:
    before = _processor(server.pid)
    start = time.perf_counter()
    times = asyncio.run(_drive(server.port, [_request(path, key) for path in paths], seconds))
    took = time.perf_counter() - start
    p99 = statistics.quantiles(times, n=100)[-1]
    return Load(len(times), took, p99, _processor(server.pid) - before)


async def _drive(port: int, requests: Sequence[bytes], seconds: float) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + seconds

    async def one(first: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = first
        while time.perf_counter() < end:
            asked = time.perf_counter()
            await _ask(reader, writer, requests[turn % len(requests)])
            times.append(time.perf_counter() - asked)
            turn += CONNECTIONS
        writer.close()

    await asyncio.gather(*(one(each) for each in range(CONNECTIONS)))
    return times


def _await(port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not start")


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Return the memory that a process holds, MiB."""
    text = Path(_STATUS.format(pid=pid)).read_text(encoding="ascii")
    line = next(each for each in text.splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
