"""The service under load: gaps of a region and targets of a gap, against a bare FastAPI route.

Both servers are one process of uvicorn with the same protocol and loop; a driver in a process of
its own keeps connections open and asks over them in turn. The bare route returns the very bytes
that the service had returned, from memory, without keys, rates, logs or metrics.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lianpu.atlas import Atlas

from bench.scene import Scene, settings_for
from bench.servers import Server, new_key, serve_bytes, serve_lianpu, serving

REGIONS, CONNECTIONS, SECONDS, ROUNDS = 40, 8, 4.0, 3


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
    """Print throughput, its ratio to the bare route, and p99."""
    data = scene.data()
    key = new_key(data, ["read"])
    for name, paths in _questions(data).items():
        _compare(f"{name}, each answered before", data, key, paths, kept=64)
    gaps = _questions(data)["gaps of a region"]
    _compare("gaps of a region, each worked out anew", data, key, gaps, kept=0)


def _compare(name: str, data: Path, key: str, paths: Sequence[str], kept: int) -> None:
    with serving(serve_lianpu, data, {"answers_kept_megabytes": kept}) as ours:
        bodies = {path: _get(ours.port, path, key) for path in paths}
        _get(ours.port, "/openapi.json", key)  # the last thing that a fresh service has to do
        with serving(serve_bytes, bodies) as bare:
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
    before = server.processor
    start = time.perf_counter()
    times = asyncio.run(_drive(server.port, [_request(path, key) for path in paths], seconds))
    took = time.perf_counter() - start
    p99 = statistics.quantiles(times, n=100)[-1]
    return Load(len(times), took, p99, server.processor - before)


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
